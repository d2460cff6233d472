#!/bin/sh
# The vendor's own client against the sandbox, and its requests against the library's.
# usage: tests/vendor/run.sh [--all] BUILD_FOLDER
#
# Leaves a virtual environment beside it for the next time. What cannot be had is skipped, loudly; with --all that fails.
set -eu
skipped=0
if [ "$1" = --all ]; then
	skipped=1
	shift
fi
build=$1
here=$(cd "$(dirname "$0")" && pwd)
venv=$here/.venv
skip() {
	printf '\n*** SKIPPED: the vendor client against the sandbox: %s\n\n' "$1" >&2
	exit "$skipped"
}
command -v python3 >/dev/null 2>&1 || skip "there is no python3"
if ! cmp -s "$here/requirements.txt" "$venv/installed"; then
	log=$(mktemp)
	rm -rf "$venv"
	python3 -m venv "$venv" >"$log" 2>&1 || { cat "$log" >&2; rm -f "$log"; skip "python3 -m venv does not work"; }
	"$venv/bin/python" -m pip install --quiet --disable-pip-version-check -r "$here/requirements.txt" >"$log" 2>&1 ||
		{ cat "$log" >&2; rm -f "$log"; skip "pip cannot install tests/vendor/requirements.txt"; }
	rm -f "$log"
	cp "$here/requirements.txt" "$venv/installed"
fi

# shellcheck source=tests/sandbox.sh
. "$here/../sandbox.sh"
start_sandbox "$build/bonuspay-sandbox"
# The client reads a .env of the folder that it is started in, and proxies of the environment.
cd "$data"
env -u http_proxy -u https_proxy -u all_proxy -u HTTP_PROXY -u HTTPS_PROXY -u ALL_PROXY PYTHONDONTWRITEBYTECODE=1 \
	"$venv/bin/python" "$here/drive.py" "$build/libbonuspay.so" "$(cat "$data/ready")"
