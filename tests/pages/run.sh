#!/bin/sh
# Drives the sandbox's pages with a real Chromium.
# usage: tests/pages/run.sh [--screenshots DIR]
#
# BONUSPAY_SANDBOX names the program to test, else target/release/bonuspay-sandbox; CHROMIUM the browser. What is
# missing is installed where that is allowed; where it is not, the tests are left out, loudly.
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

browser() {
	for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
		if [ -n "$name" ] && command -v "$name"; then return; fi
	done
}

missing() {
	command -v node >/dev/null 2>&1 || printf ' nodejs'
	command -v npm >/dev/null 2>&1 || printf ' npm'
	[ -n "$(browser)" ] || printf ' chromium fonts-dejavu-core'
}

wanted=$(missing)
if [ -n "$wanted" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
	echo "Installing:$wanted" >&2
	export DEBIAN_FRONTEND=noninteractive
	log=$(mktemp)
	# shellcheck disable=SC2086  # a list of packages
	{ apt-get update -qq && apt-get install -qq -y --no-install-recommends $wanted; } >"$log" 2>&1 || cat "$log" >&2
	rm -f "$log"
	wanted=$(missing)
fi
if [ -z "$wanted" ] && ! node -e 'process.exit(Number(process.versions.node.split(".")[0] < 18))'; then
	wanted=" nodejs of version 18 or later"
fi
if [ -n "$wanted" ]; then
	echo "SKIPPED: the checkout page and the tester's page were not tried in a browser (tests/pages); missing:$wanted"
	exit 0
fi
CHROMIUM=$(browser)
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
	exec node screenshots.mjs "$screenshots"
fi
exec node --test --test-concurrency=2 checkout.test.mjs desk.test.mjs
