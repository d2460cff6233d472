#!/bin/sh
# The phpt suite on the PHP of another Debian suite, which is unpacked beside the system and never installed into it: PHP,
# and the libraries it needs down to its C library, go to ~/.cache/bonuspay-php (26 MB to fetch, 55 MB of disk; delete the
# folder to fetch them anew). The extension is built with this system's compiler and that PHP's headers and phpize.
# Needs no root. Needs: apt-get and dpkg-deb; and what builds any extension on Debian:
#     sudo apt-get install gcc libc6-dev make autoconf libtool shtool pkg-config
# usage: tests/php/debian.sh 'SUITE...' VERSION LIBRARY [COMMAND...]
#     tests/php/debian.sh trixie 8.4 target/php-ext/prefix
#     tests/php/debian.sh 'sid experimental' 8.5 target/php-ext/prefix
# LIBRARY is where libbonuspay is installed. A COMMAND is run in place of the suite, with this PHP's programs first on the
# PATH and the extension's path in BONUSPAY_MODULE.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
suites=$1 version=$2 library=$(cd "$3" && pwd)
shift 3

for need in apt-get:apt dpkg-deb:dpkg cc:gcc make:make autoconf:autoconf shtool:shtool pkg-config:pkg-config; do
	command -v "${need%%:*}" >/dev/null || missing="${missing:-} ${need#*:}"
done
[ -d /usr/share/libtool/build-aux ] || missing="${missing:-} libtool"
if [ -n "${missing:-}" ]; then
	echo "Please install:$missing" >&2
	exit 1
fi

place=${XDG_CACHE_HOME:-$HOME/.cache}/bonuspay-php/$version
tree=$place/root

fetch() {
	echo "Fetching PHP $version of Debian's $suites to $place" >&2
	rm -rf "$place"
	mkdir -p "$place"
	"$here/apt.sh" "$place/apt" "$suites" deb
	export APT_CONFIG="$place/apt/apt.conf"
	# With no package installed as far as apt knows, all that PHP needs comes along; of what its headers need, nothing.
	if ! apt-get install --download-only -y "php$version-cli" libgcc-s1 >"$place/apt/log" 2>&1; then
		cat "$place/apt/log" >&2
		exit 1
	fi
	(cd "$place/apt/cache/archives" && apt-get download "php$version-dev")
	unset APT_CONFIG
	for package in "$place"/apt/cache/archives/*.deb; do
		case ${package##*/} in
			php* | lib* | zlib* | gcc*) dpkg-deb -x "$package" "$tree" ;;
		esac
	done
	rm -rf "$place/apt"
}

# Programs that stand for the unpacked ones, which believe that they are in /usr.
wrap() {
	mkdir -p "$place/bin"
	libraries=$(dirname "$(find "$tree/usr/lib" "$tree/lib" -name libc.so.6 2>/dev/null | head -n 1)")
	loader=$(find "$libraries" -name 'ld-linux*.so.*' | head -n 1)
	api=$(sed -n 's/^phpapi="\(.*\)"/\1/p' "$tree/usr/bin/php-config$version")
	cat >"$place/bin/php$version" <<-WRAPPER
		#!/bin/sh
		# So that PHP_BINARY is this file: the unpacked program starts with its own C library alone.
		exec "$loader" --library-path "$libraries\${LD_LIBRARY_PATH:+:\$LD_LIBRARY_PATH}" --argv0 "$place/bin/php$version" "$tree/usr/bin/php$version" -d extension_dir="$tree/usr/lib/php/$api" "\$@"
	WRAPPER
	sed -e "s|^prefix=.*|prefix=\"$tree/usr\"|" -e "s|^php_cli_binary=NONE|php_cli_binary=\"$place/bin/php$version\"|" \
		"$tree/usr/bin/php-config$version" >"$place/bin/php-config$version"
	# Its macros are the system's: those of libtool and pkg-config.
	sed -e "s|^prefix=.*|prefix='$tree/usr'|" -e 's|^aclocaldir=.*|aclocaldir=/usr/share/aclocal|' \
		"$tree/usr/bin/phpize$version" >"$place/bin/phpize$version"
	chmod +x "$place"/bin/*
	ln -sf "php$version" "$place/bin/php"
}

if [ "$(cat "$place/ready" 2>/dev/null)" != "$suites" ]; then
	fetch
	echo "$suites" >"$place/ready"
fi
wrap
[ "$("$place/bin/php$version" -n -r 'echo PHP_BINARY;')" = "$place/bin/php$version" ]

build=$root/target/php-ext/$version
PHP_CONFIG=$place/bin/php-config$version "$root/php-ext/build.sh" "$build" --with-bonuspay="$library"

export TEST_PHP_EXECUTABLE="$place/bin/php$version"
export BONUSPAY_MODULE="$build/modules/bonuspay.so"
RUN_TESTS=$(find "$tree/usr/lib/php" -name run-tests.php)
export RUN_TESTS
"$TEST_PHP_EXECUTABLE" -n -r 'echo "PHP ", PHP_VERSION, PHP_ZTS ? ", ZTS" : "", PHP_DEBUG ? ", debug" : "", "\n";'
if [ $# -gt 0 ]; then
	PATH="$place/bin:$PATH" "$@"
else
	"$here/run.sh" "$BONUSPAY_MODULE"
fi
