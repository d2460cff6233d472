# Sourced by scripts that want a sandbox of their own. Once it is up, $data/ready tells what there is to know of it; when the
# script ends, the sandbox does, and the folder $data is removed.
# shellcheck shell=sh
data=$(mktemp -d)
sandbox=
finish() {
	if [ -n "$sandbox" ]; then kill "$sandbox" 2>/dev/null || true; wait "$sandbox" 2>/dev/null || true; fi
	rm -rf "$data"
}
trap finish EXIT
trap 'exit 130' INT TERM

# start_sandbox PROGRAM [OPTION...]
start_sandbox() {
	"$@" --listen 127.0.0.1:0 --data "$data/sandbox" >"$data/ready" &
	sandbox=$!
	tries=0
	until [ -s "$data/ready" ]; do
		tries=$((tries + 1))
		if [ "$tries" -gt 200 ] || ! kill -0 "$sandbox" 2>/dev/null; then echo "the sandbox did not start" >&2; exit 1; fi
		sleep 0.05
	done
}
