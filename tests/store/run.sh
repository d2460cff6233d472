#!/bin/sh
# Brings a store of its own up, runs tests against it, and takes it down.
# usage: tests/store/run.sh [FILE.test.mjs...]      all of them, when none is named
#        tests/store/run.sh --skipped               runs none, and says which would be left out
#
# The environment is that of tests/store/store; KEEP=1 leaves the store up. Without WordPress and WooCommerce the tests
# are left out, loudly.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
only_say=
if [ "${1:-}" = --skipped ]; then
	only_say=1
	shift
fi
[ $# -gt 0 ] || set -- "$here"/*.test.mjs
for file in "$@"; do
	shift
	set -- "$@" "$(realpath "$file")"
done

code=0
said=$("$here/setup" 2>&1 >/dev/null) || code=$?
if [ "$code" = 77 ]; then
	tests=$(cat "$@" | grep -cE '^[[:space:]]*(test|it)\(')
	echo "SKIPPED: at least $tests tests of the shop did not run (of $# files in tests/store). $said
Then run them by: tests/store/run.sh"
	exit 0
fi
[ -z "$only_say" ] || exit 0
"$here/../../.ci/setup" store-test
CHROMIUM=$(command -v "${CHROMIUM:-chromium}")
export CHROMIUM

cd "$here"
if ! cmp -s package-lock.json node_modules/.installed; then
	npm ci --silent
	cp package-lock.json node_modules/.installed
fi

STORE=${STORE:-run-$$}
export STORE
finish() {
	if [ "${KEEP:-}" = 1 ]; then
		echo "left up; end it by: STORE=$STORE make store-down" >&2
	else
		"$here/store" down
	fi
}
trap finish EXIT
trap 'exit 130' INT TERM
"$here/store" up >/dev/null
node --test --test-concurrency=1 "$@"
