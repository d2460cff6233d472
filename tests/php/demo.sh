#!/bin/sh
# The payment in PHP against a sandbox of its own: tests/php/demo.sh SANDBOX MODULE.so
set -eu
sandbox_program=$1
EXTENSION=$2
export EXTENSION
here=$(dirname "$0")
data=$(mktemp -d)
sandbox=
finish() {
	if [ -n "$sandbox" ]; then kill "$sandbox" 2>/dev/null || true; wait "$sandbox" 2>/dev/null || true; fi
	rm -rf "$data"
}
trap finish EXIT
trap 'exit 130' INT TERM
"$sandbox_program" --listen 127.0.0.1:0 --data "$data/sandbox" --time-scale 1000 >"$data/ready" &
sandbox=$!
tries=0
until [ -s "$data/ready" ]; do
	tries=$((tries + 1))
	if [ "$tries" -gt 200 ] || ! kill -0 "$sandbox" 2>/dev/null; then echo "the sandbox did not start" >&2; exit 1; fi
	sleep 0.05
done
php -n -d extension="$EXTENSION" "$here/demo.php" "$(cat "$data/ready")"
