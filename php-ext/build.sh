#!/bin/sh
# Builds the extension in a folder of its own, so that each PHP and each kind of build has one.
# usage: php-ext/build.sh DIR CONFIGURE-OPTION...      PHP_CONFIG names the PHP (default php-config)
set -eu
# A make of its own, whoever calls.
unset MAKEFLAGS MFLAGS MAKELEVEL
dir=$1
shift
here=$(cd "$(dirname "$0")" && pwd)
php_config=${PHP_CONFIG:-php-config}
phpize=${PHPIZE:-$(echo "$php_config" | sed 's|php-config\([^/]*\)$|phpize\1|')}

mkdir -p "$dir"
cd "$dir"
for file in "$here"/*.[ch] "$here"/config.m4; do
	cmp -s "$file" "${file##*/}" || cp "$file" .
done

# What a person needs not see while all goes well.
quietly() {
	"$@" >build.log 2>&1 || { cat build.log >&2; exit 1; }
}

asked="$php_config $("$php_config" --vernum) $*"
if [ "$asked" != "$(cat configured 2>/dev/null)" ] || [ config.m4 -nt configured ]; then
	[ ! -f Makefile ] || quietly make clean
	quietly "$phpize"
	quietly ./configure --with-php-config="$(command -v "$php_config")" "$@"
	printf '%s\n' "$asked" >configured
fi
# A changed library or header is no prerequisite that libtool knows.
touch bonuspay.c
quietly make -j2
if grep -A5 'warning:' build.log | grep -v 'is not portable' >&2; then
	echo "php-ext: the compiler warns; see above" >&2
fi
