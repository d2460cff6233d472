#!/bin/sh
# Runs threads.php as requests of eight threads at once, in a PHP with threads, against a sandbox of its own. Each request
# must end well, each order must be in the sandbox once, and a debug PHP must report no leak.
# usage: tests/php/threads.sh MODULE.so      PHP_CONFIG names the php-config of a ZTS PHP with libphp.a: zts.sh sees to it
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
module=$(realpath "$1")
sandbox=${BONUSPAY_SANDBOX:-$root/target/release/bonuspay-sandbox}
threads=8 requests=25

work=$(mktemp -d)
child=
finish() {
	[ -z "$child" ] || kill "$child" 2>/dev/null || :
	rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

# shellcheck disable=SC2046  # lists of options
cc -std=gnu11 -D_GNU_SOURCE -Wall -g -o "$work/threads" "$here/threads.c" $("$PHP_CONFIG" --includes) -I"$("$PHP_CONFIG" --include-dir)" \
	-Wl,--export-dynamic -Wl,--whole-archive "$("$PHP_CONFIG" --prefix)/lib/libphp.a" -Wl,--no-whole-archive $("$PHP_CONFIG" --libs) -lpthread

"$sandbox" --listen 127.0.0.1:0 --data "$work/sandbox" >"$work/sandbox.json" 2>"$work/sandbox.log" &
child=$!
tries=0
until [ -s "$work/sandbox.json" ]; do
	tries=$((tries + 1))
	[ "$tries" -lt 200 ] || { cat "$work/sandbox.log" >&2; exit 1; }
	sleep 0.05
done

mkdir "$work/ini"
printf 'extension=%s\nreport_memleaks=1\ndisplay_errors=1\nhtml_errors=0\n' "$module" >"$work/ini/bonuspay.ini"
status=0
PHP_INI_SCAN_DIR="$work/ini" BONUSPAY_TEST_SANDBOX="$work/sandbox.json" \
	"$work/threads" "$threads" "$requests" "$here/threads.php" >"$work/out" 2>"$work/err" || status=$?

wanted=$((2 * threads * requests))
said=$(grep -c '^thread-[0-9a-f]*$' "$work/out" || :)
different=$(sort -u "$work/out" | wc -l)
if [ "$status" != 0 ] || [ "$said" != "$wanted" ] || [ "$different" != "$wanted" ] || [ -s "$work/err" ]; then
	grep -v '^thread-' "$work/out" | sort | uniq -c | head -n 20 >&2 || :
	head -n 40 "$work/err" >&2
	echo "threads: status $status, $said of $wanted requests ended well" >&2
	exit 1
fi
echo "threads: $wanted requests in twice $threads threads, nothing leaked"
