#!/bin/sh
# The plugin's tests without WordPress. The last line: how many passed and failed; one that is left out has failed.
# usage: tests/plugin/run.sh [phpunit's options]; BONUSPAY_EXTENSION names the extension's single file.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
extension=${BONUSPAY_EXTENSION:-$here/../../target/php-ext/static/bonuspay.so}
if ! command -v phpunit >/dev/null 2>&1; then
	echo "phpunit is missing. On Debian and Ubuntu: sudo apt-get install phpunit" >&2
	exit 1
fi
if [ ! -f "$extension" ]; then
	echo "$extension is missing: make php-ext-static" >&2
	exit 1
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# One at a time: of several, PHP before 8.3 looks at the first alone.
find "$here" "$here/../../woocommerce" -name '*.php' -print0 | xargs -0 -n 1 -P 2 php -n -l >"$work/lint" 2>&1 || {
	grep -v '^No syntax errors' "$work/lint" >&2
	exit 1
}

BONUSPAY_EXTENSION=$(realpath "$extension")
export BONUSPAY_EXTENSION
code=0
php -d extension="$BONUSPAY_EXTENSION" -d zend.exception_ignore_args=0 \
	-d opcache.enable_cli=1 -d opcache.jit=tracing -d opcache.jit_buffer_size=64M "$(command -v phpunit)" -c "$here/phpunit.xml" \
	--log-junit "$work/junit.xml" "$@" >"$work/out" 2>&1 || code=$?
[ "$code" = 0 ] && [ -z "${VERBOSE:-}" ] || cat "$work/out"
php -r '
$all = @simplexml_load_file( $argv[1] );
if ( false === $all || ! isset( $all->testsuite ) ) {
	fwrite( STDERR, "phpunit ended early.\n" );
	exit( 1 );
}
$sum  = static fn( string $name ): int => (int) $all->testsuite[ $name ];
$bad  = $sum( "errors" ) + $sum( "failures" ) + $sum( "skipped" ) + $sum( "warnings" );
$good = $sum( "tests" ) - $bad;
echo "$good passed, $bad failed\n";
exit( $bad > 0 || $good < 1 ? 1 : (int) $argv[2] );
' "$work/junit.xml" "$code"
