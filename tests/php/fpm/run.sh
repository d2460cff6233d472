#!/bin/sh
# The extension under a real PHP-FPM: many workers, reloads, killed workers.
# usage: tests/php/fpm/run.sh MODULE.so
# PHP_FPM names the program, else it is looked for beside the PHP of PHP_CONFIG (default php-config);
# BONUSPAY_SANDBOX names the sandbox, else it is that of target/release.
set -eu
[ $# = 1 ] || { sed -n 3p "$0" >&2; exit 2; }
exec python3 -B "$(dirname "$0")/promises.py" "$1"
