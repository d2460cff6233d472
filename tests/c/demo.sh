#!/bin/sh
# Runs programs of tests/c against a sandbox of their own: tests/c/demo.sh BUILD_FOLDER [PROGRAM...], at first demo
set -eu
build=$1
shift
[ $# -gt 0 ] || set -- demo
here=$(dirname "$0")
# shellcheck source=tests/sandbox.sh
. "$here/../sandbox.sh"

for program; do
	cc -std=c99 -D_POSIX_C_SOURCE=200809L -O1 -Wall -pthread -I "$here/../../include" "$here/$program.c" \
		-L "$build" -lbonuspay -Wl,-rpath,"$build" -o "$data/$program"
done

start_sandbox "$build/bonuspay-sandbox" --time-scale 1000
for program; do "$data/$program" "$(cat "$data/ready")"; done
