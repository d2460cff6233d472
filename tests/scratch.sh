#!/bin/sh
# Runs a command with a folder of its own for all that is temporary, and removes it; also those of runs that were killed.
# usage: tests/scratch.sh COMMAND...
set -eu
for left in "${TMPDIR:-/tmp}"/bonuspay-run.*; do
	[ -f "$left/maker" ] && ! [ -L "$left" ] && [ -w "$left" ] && ! [ -d "/proc/$(cat "$left/maker")" ] || continue
	"$(dirname "$0")/store/store" tidy "$left" all
	rm -rf "$left" || true
done
# A socket's name has 107 bytes at most, so the folder's is short. Services of other users write there, as in /tmp.
TMPDIR=$(mktemp -d "${TMPDIR:-/tmp}/bonuspay-run.XXXXXX")
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT
trap 'exit 130' INT TERM
echo $$ >"$TMPDIR/maker"
chmod 1777 "$TMPDIR"
"$@"
