#!/bin/sh
# The phpt suite, then threads.c, on a PHP with threads and debug checks (ZTS, debug), which Debian has no package of: built
# from Debian's source package of PHP. A debug PHP says at its end what was not freed, and the suite takes such a line for a
# failure. The build goes to ~/.cache/bonuspay-php (22 MB to fetch, three minutes on two cores, 250 MB of disk meanwhile, 40
# MB then; delete the folder to build anew). Needs no root. Needs: apt-get; and to build PHP and the extension, on Debian:
#     sudo apt-get install gcc libc6-dev make autoconf pkg-config libssl-dev xz-utils
# usage: tests/php/zts.sh LIBRARY [COMMAND...]
# LIBRARY is where libbonuspay is installed. A COMMAND is run in place of the tests, with this PHP's programs first on the
# PATH and the extension's path in BONUSPAY_MODULE. ZTS_SUITE and ZTS_VERSION name another Debian suite and its PHP.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
library=$(cd "$1" && pwd)
shift
suite=${ZTS_SUITE:-bookworm} version=${ZTS_VERSION:-8.2}

for need in apt-get:apt cc:gcc make:make autoconf:autoconf pkg-config:pkg-config xz:xz-utils; do
	command -v "${need%%:*}" >/dev/null || missing="${missing:-} ${need#*:}"
done
pkg-config --exists openssl 2>/dev/null || missing="${missing:-} libssl-dev"
if [ -n "${missing:-}" ]; then
	echo "Please install:$missing" >&2
	exit 1
fi

place=${XDG_CACHE_HOME:-$HOME/.cache}/bonuspay-php/$version-zts-debug

# Debian's patches are left out: the released source carries its generated parsers, which they would make anew.
fetch() {
	echo "Fetching the source of PHP $version of Debian's $suite to $place" >&2
	rm -rf "$place"
	mkdir -p "$place/source"
	"$here/apt.sh" "$place/apt" "$suite" deb-src
	(cd "$place" && APT_CONFIG="$place/apt/apt.conf" apt-get source --download-only "php$version" >/dev/null)
	rm -rf "$place/apt"
	tar -xf "$place/php$version"_*.orig.tar.xz -C "$place/source" --strip-components=1
}

# What the suite uses, and libphp.a for threads.c.
build() {
	echo "Building it, which takes some minutes; the log is $place/log" >&2
	cd "$place/source"
	{
		./configure --quiet --prefix="$place" --enable-zts --enable-debug --disable-all --disable-cgi --disable-phpdbg \
			--enable-cli --enable-embed=static --enable-opcache --enable-pcntl --enable-posix --enable-tokenizer \
			--enable-session --enable-filter --enable-ctype --with-openssl --without-pear CFLAGS=-g1 &&
			make -j"$(nproc)" && make install
	} >"$place/log" 2>&1 || {
		tail -n 30 "$place/log" >&2
		exit 1
	}
	cp run-tests.php "$place/"
	cd "$place"
	rm -rf source "$place/php$version"_*
}

if [ "$(cat "$place/ready" 2>/dev/null)" != "$suite" ]; then
	fetch
	(build)
	echo "$suite" >"$place/ready"
fi

build=$root/target/php-ext/$version-zts-debug
export PHP_CONFIG="$place/bin/php-config"
"$root/php-ext/build.sh" "$build" --with-bonuspay="$library"

# Without an optimiser's small frames PHP needs more than the usual 8 MB to free a hundred thousand nested arrays.
# shellcheck disable=SC3045  # every sh of Debian has it
ulimit -s 65536 2>/dev/null || :

export TEST_PHP_EXECUTABLE="$place/bin/php"
export RUN_TESTS="$place/run-tests.php"
export BONUSPAY_MODULE="$build/modules/bonuspay.so"
"$TEST_PHP_EXECUTABLE" -n -r 'echo "PHP ", PHP_VERSION, PHP_ZTS ? ", ZTS" : "", PHP_DEBUG ? ", debug" : "", "\n";'
if [ $# -gt 0 ]; then
	PATH="$place/bin:$PATH" "$@"
else
	"$here/run.sh" "$BONUSPAY_MODULE"
	"$here/threads.sh" "$BONUSPAY_MODULE"
fi
