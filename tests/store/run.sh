#!/bin/sh
# Runs tests of the shop, each file in a store of its own, several side by side.
# usage: tests/store/run.sh [--both] [FILE.test.mjs...]   all of them, when none is named
#        tests/store/run.sh --skipped [FILE.test.mjs...]  runs none, and says what is left out when only these run
#
# --both runs them twice: orders in tables of their own and one web server, then orders as posts and two. Else the
# environment is that of tests/store/store. JOBS=N runs N files at a time; LIMIT=SECONDS is what a test may take;
# KEEP=1 leaves the stores up. Without WordPress and WooCommerce the tests are left out, loudly.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
both=
only_say=
case "${1:-}" in
	--both) both=--both; shift ;;
	--skipped) only_say=1; shift ;;
esac
[ $# -gt 0 ] || set -- "$here"/*.test.mjs
for file in "$@"; do
	shift
	set -- "$@" "$(realpath "$file")"
done

# Of these files; those in a loop are counted once.
count_tests() { cat "$@" /dev/null | grep -cE '^[[:space:]]*(test|it)\(' || true; }

code=0
said=$("$here/setup" 2>&1 >/dev/null) || code=$?
if [ "$code" = 77 ]; then
	[ -z "$only_say" ] || set -- "$here"/*.test.mjs
	echo "SKIPPED: at least $(count_tests "$@") tests of the shop did not run (of $# files in tests/store). $said
Then run them by: make store-test"
	exit 0
fi
if [ -n "$only_say" ]; then
	ran=$*
	set --
	for file in "$here"/*.test.mjs; do
		case " $ran " in *" $file "*) ;; *) set -- "$@" "$file" ;; esac
	done
	[ $# = 0 ] || echo "Not run here: at least $(count_tests "$@") tests of the shop, in $# files of tests/store. Run them by: make store-test"
	exit 0
fi
"$here/../../.ci/setup" store-test
CHROMIUM=$("$here/../../.ci/chromium")
export CHROMIUM

cd "$here"
state=$here/../../target/store
mkdir -p "$state/npm"
exec 9>"$state/npm/lock"
flock 9
if ! cmp -s package-lock.json node_modules/.installed; then
	TMPDIR=$state/npm npm ci --silent
	cp package-lock.json node_modules/.installed
fi
exec 9>&-
exec node run.mjs $both "$@"
