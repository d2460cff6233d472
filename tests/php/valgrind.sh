#!/bin/sh
# Runs php-ext/tests under valgrind: no error, and no block that is definitely lost.
# usage: tests/php/valgrind.sh MODULE.so [TEST.phpt...]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
module=$1
shift
# run-tests.php looks for no leak of itself; valgrind's -q says nothing where all is well. Children that a test starts
# are watched too, where they are PHP.
VALGRIND_OPTS="--leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite --num-callers=30 --suppressions=$here/valgrind.supp"
VALGRIND_OPTS="$VALGRIND_OPTS --trace-children-skip=*/openssl,*/sh,*/true,*/kill,*/readelf,*/nm,*/arginfo,*/realpath,*/dirname,*/sed,*/cp,*/ln,*/rm,*/mkdir,*/mktemp,*/php-config"
export VALGRIND_OPTS USE_ZEND_ALLOC=0

place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cc -shared -fPIC -O0 -o "$place/leaks.so" -x c - <<-'C'
	#include <stdlib.h>
	static void *volatile lost;
	__attribute__((constructor)) static void lose(void) { lost = malloc(4321); lost = 0; }
C
if LD_PRELOAD="$place/leaks.so" "$here/run.sh" "$module" valgrind "$here/leaks-on-purpose.phpt" >"$place/log" 2>&1 \
	|| ! grep -q '4,321 bytes in 1 blocks are definitely lost' "$place/log"; then
	cat "$place/log"
	echo "tests/php: valgrind did not find the leak that was made on purpose" >&2
	exit 1
fi
"$here/run.sh" "$module" valgrind "$@"
