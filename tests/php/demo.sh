#!/bin/sh
# The payment in PHP against a sandbox of its own: tests/php/demo.sh SANDBOX MODULE.so
set -eu
sandbox_program=$1
EXTENSION=$2
export EXTENSION
here=$(dirname "$0")
# shellcheck source=tests/sandbox.sh
. "$here/../sandbox.sh"
start_sandbox "$sandbox_program" --time-scale 1000
php -n -d extension="$EXTENSION" "$here/demo.php" "$(cat "$data/ready")"
