#!/bin/sh
# Runs a command with a folder of its own for all that is temporary, and removes it.
# usage: tests/scratch.sh COMMAND...
set -eu
# A socket's name has 107 bytes at most, so the folder's is short. Services of other users write there, as in /tmp.
TMPDIR=$(mktemp -d)
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT
trap 'exit 130' INT TERM
chmod 1777 "$TMPDIR"
"$@"
