#!/bin/sh
# The plugin by WordPress's coding standard, as phpcs.xml.dist has it; and no phpcs annotation that is without effect.
# usage: tests/style/phpcs.sh [FILE...]
#
# The four tools are looked for in ~/.cache/bonuspay-phpcs, or where PHPCS_DIR says: PHP_CodeSniffer,
# WordPress-Coding-Standards (3.1 or later), PHPCSUtils and PHPCSExtra, a folder each, as their releases have it. Else a
# phpcs in the path is taken that has the standard installed. Where neither is at hand nothing is checked, loudly.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
tools=${PHPCS_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/bonuspay-phpcs}

if [ -f "$tools/PHP_CodeSniffer/bin/phpcs" ]; then
	set -- php "$tools/PHP_CodeSniffer/bin/phpcs" \
		--runtime-set installed_paths "$tools/WordPress-Coding-Standards,$tools/PHPCSUtils,$tools/PHPCSExtra" -- "$@"
elif command -v phpcs >/dev/null 2>&1 && phpcs -i | grep -qw WordPress-Extra; then
	set -- phpcs -- "$@"
else
	echo "NOT RUN: WordPress's coding standard was not checked. Neither $tools/PHP_CodeSniffer nor a phpcs with the
standard WordPress-Extra is here; tests/style/phpcs.sh says what it looks for. Then run it by: make phpcs"
	exit 0
fi
exec python3 -B "$here/phpcs.py" "$@"
