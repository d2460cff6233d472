#!/bin/sh
# What .ci/setup says and does where something is missing, with programs of this test in place of the system's; that targets
# call it first; that .ci/run begins in a clean tree, with caches that are its own and empty; and that what a killed run left is removed.
# usage: tests/fresh/ci.sh
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
ci=$root/.ci
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

# What a target needs is asked for before anything is built.
for target in demo=demo vendor=vendor simulate=build audit=audit fuzz=fuzz fuzz-smoke=fuzz fuzz-short=build bench=bench \
	test-runtimes=runtimes test-simulation=build; do
	(cd "$root" && env -u MAKEFLAGS -u MFLAGS make --no-print-directory -n "${target%=*}") >"$work/said" 2>/dev/null
	[ "$(head -n 1 "$work/said")" = ".ci/setup ${target#*=}" ] && continue
	echo "setup: make ${target%=*} does not begin with .ci/setup ${target#*=}" >&2
	exit 1
done

# .ci/run, whose make tells where it is, what lies there, and what it was given.
mkdir -p "$work/cargo/registry/cache" "$work/clone/.ci"
echo '[net]' >"$work/cargo/config.toml"
cp "$ci/run" "$work/clone/.ci/"
echo /target/ >"$work/clone/.gitignore"
in_clone() { git -C "$work/clone" -c user.name=ci -c user.email=ci@shop.test "$@"; }
in_clone init --quiet
in_clone add .
in_clone commit --quiet -m "As CI has it"
program make <<-'END'
	pwd
	ls -A
	find "$CARGO_HOME" "$npm_config_cache" "$PIP_CACHE_DIR" 2>/dev/null || :
END
# runs PLACE: whether .ci/run tests a clean tree in that place, which "else" is any but the clone's own, with empty caches
runs() {
	PATH=$bin:$PATH CARGO_HOME=$work/cargo CARGO_TARGET_DIR=$work/clone/target bash "$work/clone/.ci/run" >"$work/said" 2>"$work/err"
	place=$(sed -n 1p "$work/said")
	cargo=$(sed -n 5p "$work/said")
	[ "$place" = "$work/clone" ] || { [ ! -e "$place" ] && place=else; }
	[ "$place" = "$1" ] && [ "$(sed -n 2,4p "$work/said" | tr '\n' ' ')" = ".ci .git .gitignore " ] &&
		[ "$cargo" != "$work/cargo" ] && [ "$(sed 1,5d "$work/said")" = "$cargo/config.toml" ] && [ ! -e "$cargo" ] && return
	echo "ci: the tree or the caches of .ci/run are not its own, not clean, or not removed:" >&2
	cat "$work/err" "$work/said" >&2
	exit 1
}
runs "$work/clone"
mkdir "$work/clone/target"
echo built >"$work/clone/target/left"
runs else

# What a run left that was killed: its folder, and what a shop in it still runs. One whose run goes on is left alone.
export TMPDIR="$work/tmp"
mkdir "$TMPDIR"
killed() { "$root/tests/scratch.sh" sh -c "$1; kill -KILL \$PPID" 2>/dev/null || :; }
killed 'store=$TMPDIR/bonuspay-store.killed && mkdir -p "$store/pids" && ln -s "$(command -v sleep)" "$store/service" &&
	{ setsid "$store/service" 600 >"$store/out" 2>&1 & echo $! >"$store/pids/service"; }'
service=$(cat "$TMPDIR"/bonuspay-run.*/bonuspay-store.killed/pids/service)
mkdir "$TMPDIR/bonuspay-run.lives"
echo $$ >"$TMPDIR/bonuspay-run.lives/maker"
"$root/tests/scratch.sh" true
if [ "$(ls "$TMPDIR")" != bonuspay-run.lives ] || grep -qs service "/proc/$service/cmdline"; then
	echo "scratch: a killed run's folder or service is still there, or one that runs is not: $(ls "$TMPDIR")" >&2
	exit 1
fi
# And what a shop that was killed while it came up left in the common place; not one that is up.
nobody=4194999
for store in up killed of-this-run of-a-killed-run; do
	case "$store" in *-this-run) run=$$ ;; *-killed-run) run=$nobody ;; *) run= ;; esac
	mkdir -p "$TMPDIR/bonuspay-store.$store"
	printf '%s\n' $nobody "$work/$store" "$run" >"$TMPDIR/bonuspay-store.$store/maker"
	[ "$store" = killed ] || ln -s "$TMPDIR/bonuspay-store.$store" "$work/$store"
done
"$root/tests/store/store" tidy "$TMPDIR"
if [ "$(ls "$TMPDIR" | tr '\n' ' ')" != "bonuspay-run.lives bonuspay-store.of-this-run bonuspay-store.up " ] || [ -L "$work/of-a-killed-run" ]; then
	echo "store: what a killed one left is still there, or one that is up is not: $(ls "$TMPDIR")" >&2
	exit 1
fi
echo "ci: what is missing is named, installed, waited for and tried again; a run begins clean, and removes what a killed one left"
