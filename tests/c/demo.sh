#!/bin/sh
# Runs programs of tests/c against a sandbox of their own: tests/c/demo.sh BUILD_FOLDER [PROGRAM...], at first demo
set -eu
build=$1
shift
[ $# -gt 0 ] || set -- demo
here=$(dirname "$0")
data=$(mktemp -d)
sandbox=
finish() {
	if [ -n "$sandbox" ]; then kill "$sandbox" 2>/dev/null || true; wait "$sandbox" 2>/dev/null || true; fi
	rm -rf "$data"
}
trap finish EXIT
trap 'exit 130' INT TERM

for program; do
	cc -std=c99 -D_POSIX_C_SOURCE=200809L -O1 -Wall -pthread -I "$here/../../include" "$here/$program.c" \
		-L "$build" -lbonuspay -Wl,-rpath,"$build" -o "$data/$program"
done

"$build/bonuspay-sandbox" --listen 127.0.0.1:0 --data "$data/sandbox" --time-scale 1000 >"$data/ready" &
sandbox=$!
tries=0
until [ -s "$data/ready" ]; do
	tries=$((tries + 1))
	if [ "$tries" -gt 200 ] || ! kill -0 "$sandbox" 2>/dev/null; then echo "the sandbox did not start" >&2; exit 1; fi
	sleep 0.05
done
for program; do "$data/$program" "$(cat "$data/ready")"; done
