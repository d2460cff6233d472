#!/bin/sh
# Drives the sandbox's pages with a real Chromium.
# usage: tests/pages/run.sh [--screenshots DIR]
#
# BONUSPAY_SANDBOX names the program to test, else target/release/bonuspay-sandbox; CHROMIUM the browser.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
export BONUSPAY_SANDBOX="${BONUSPAY_SANDBOX:-$here/../../target/release/bonuspay-sandbox}"

screenshots=
case "${1:-}" in
	"") ;;
	--screenshots)
		mkdir -p "${2:?a folder is wanted}"
		screenshots=$(cd "$2" && pwd)
		;;
	*) sed -n '3s/^# //p' "$0" >&2; exit 2 ;;
esac

"$here/../../.ci/setup" pages
CHROMIUM=$("$here/../../.ci/chromium")
export CHROMIUM

if ! [ -x "$BONUSPAY_SANDBOX" ]; then
	echo "tests/pages: no program at $BONUSPAY_SANDBOX; 'make sandbox' builds it" >&2
	exit 1
fi

cd "$here"
if ! cmp -s package-lock.json node_modules/.installed; then
	npm ci --silent
	cp package-lock.json node_modules/.installed
fi
if [ -n "$screenshots" ]; then
	exec node ../../tools/docs/sandbox-pictures.mjs "$screenshots"
fi
exec node --test --test-concurrency=2 checkout.test.mjs dashboard.test.mjs
