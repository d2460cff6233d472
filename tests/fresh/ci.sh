#!/bin/sh
# What .ci/setup says and does where something is missing, with programs of this test in place of the system's; and that
# .ci/run begins with caches that are its own and empty.
# usage: tests/fresh/ci.sh
set -eu
ci=$(cd "$(dirname "$0")/../../.ci" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bin=$work/bin
packages='chromium-headless-shell curl nodejs npm '

# program NAME, whose text comes in
program() {
	{ echo '#!/bin/sh'; cat; } >"$bin/$1"
	chmod +x "$bin/$1"
}

# machine USER_ID RUST ANSWER...: nothing is installed; apt-get gives each answer once, the last one for ever.
machine() {
	rm -rf "$bin"
	mkdir "$bin"
	for tool in sh cat chmod cut dirname grep head ls mktemp rm sed sort tr; do ln -s "$(command -v "$tool")" "$bin/$tool"; done
	program id <<-END
		echo $1
	END
	program rustc <<-END
		echo "rustc $2 (0123456789 2026-01-01)"
	END
	program cargo </dev/null
	program sleep </dev/null
	shift 2
	printf '%s\n' "$@" >"$work/answers"
	: >"$work/calls"
	program apt-get <<-END
		echo "\$*" >>'$work/calls'
		answer=\$(head -n 1 '$work/answers')
		rest=\$(sed 1d '$work/answers')
		[ -z "\$rest" ] || echo "\$rest" >'$work/answers'
		case "\$answer" in
			brings) for tool in node npm curl chromium-headless-shell; do printf '#!/bin/sh\n' >'$bin'/\$tool; chmod +x '$bin'/\$tool; done ;;
			ok) ;;
			*) echo "E: \$answer" >&2; exit 100 ;;
		esac
	END
}

# expect NAME EXIT_CODE CALLS_OF_APT TEXT...: of .ci/setup pages
expect() {
	name=$1 wanted=$2 calls=$3 code=0
	shift 3
	PATH=$bin /bin/sh "$ci/setup" pages >"$work/said" 2>&1 || code=$?
	for text; do
		[ "$(grep -cF -- "$text" "$work/said")" = 1 ] || { code="$code, and not once: $text"; break; }
	done
	[ "$code" = "$wanted" ] && [ "$(wc -l <"$work/calls")" = "$calls" ] && return
	echo "setup: $name: exit code $code, $(wc -l <"$work/calls") calls of apt-get:" >&2
	cat "$work/said" >&2
	exit 1
}

lock='Could not get lock /var/lib/apt/lists/lock. It is held by process 1 (apt-get)'
broken='Failed to fetch file:/nowhere  Connection timed out'

machine 1000 1.95.0 brings
expect "an ordinary user is told" 1 0 "Please install: $packages" "sudo apt-get install --no-install-recommends $packages"
machine 0 1.95.0 ok brings
expect "root gets it" 0 2 "Installing: $packages"
machine 0 1.95.0 "$lock" "$lock" ok "$lock" brings
expect "the lock is waited for" 0 5 "Waiting for another package manager"
machine 0 1.95.0 "$lock"
expect "but not for ever" 1 122 "Waiting for another package manager"
machine 0 1.95.0 ok "$broken" "$broken" brings
expect "a download is repeated" 0 4
machine 0 1.95.0 "$broken" "$broken" "$broken" brings
expect "what another source lacks need not matter" 0 4 "Going on"
machine 0 1.95.0 ok "$broken"
expect "but not for ever" 1 4 "$broken"
machine 0 1.95.0 ok "Unable to locate package chromium-headless-shell" brings
expect "what there is not is not asked for twice" 1 2 "Unable to locate package chromium-headless-shell"
machine 0 1.95.0 ok
expect "a package that does not bring it" 1 2 "is not there: $packages"
machine 0 1.9.0 brings
expect "an old Rust" 1 0 "Rust 1.9.0 is too old"

# .ci/run, whose make tells what it was given.
mkdir -p "$work/cargo/registry/cache" "$work/clone/.ci"
echo '[net]' >"$work/cargo/config.toml"
cp "$ci/run" "$work/clone/.ci/"
program make <<-'END'
	find "$CARGO_HOME" "$npm_config_cache" "$PIP_CACHE_DIR" 2>/dev/null || :
END
PATH=$bin:$PATH CARGO_HOME=$work/cargo bash "$work/clone/.ci/run" >"$work/said"
cargo=$(head -n 1 "$work/said")
if [ "$cargo" = "$work/cargo" ] || [ "$(sed 1d "$work/said")" != "$cargo/config.toml" ] || [ -e "$cargo" ]; then
	echo "ci: the caches of .ci/run are not its own, not empty, or not removed:" >&2
	cat "$work/said" >&2
	exit 1
fi
echo "ci: what is missing is named, installed, waited for and tried again; the caches are empty"
