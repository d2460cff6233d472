#!/usr/bin/env bash
# README's commands on a machine that has nothing: `make demo` and the quick starts that are pasted after it, `make test`,
# and then every block of every page, in an empty system in a folder, where there is a Rust toolchain, git and make, and a
# clone of this repository's last commit.
# usage: tests/fresh/run.sh
#
# SYSTEM is a suite of Debian or Ubuntu, first bookworm; APT_MIRROR names a mirror that has it. AS is root, user, or both,
# which is first so on bookworm: an ordinary user is told what to install, gets that and no more, and then must pass.
# TARGETS are other make targets. KEEP=1 leaves the systems and the logs, and says where. WordPress and WooCommerce are lent
# where tests/store/setup finds them; so is CHROMIUM's folder, which Ubuntu needs: it has no package but a snap.
# CHROMIUM_PACKAGES are what that one needs besides.
#
# MUTATE takes packages out of .ci/setup, in the clone, and passes when what needs them then fails by naming them:
#     make test-fresh MUTATE=curl:curl
#     make test-fresh MUTATE="php-config:php-dev phpize:php-dev"
# Both need `make demo` alone; TARGETS names what needs others. Some change nothing: php-dev brings gcc, too.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
default=bookworm
suite=${SYSTEM:-$default}
if [ "$suite" = "$default" ]; then users=${AS:-root user}; else users=${AS:-root}; fi
targets=${TARGETS:-demo test test-documents}
if [ -n "${MUTATE:-}" ]; then users=root targets=${TARGETS:-demo}; fi

# What may be left out in an empty system, as it is said there, and why.
expected='examples/ in (python-cffi|node|go|ruby|perl|lua|java), which needs # test-runtimes installs what they need
static programs with musl \(make test-runtimes\)$ # likewise
\(make test-sanitizers\)$ # that target installs valgrind, and is slow
WordPress.s coding standard was not checked # no package brings it
the rows of an unknown host: # the DNS is that of this machine
a static program in an empty root: # user: may not change the root, nor make a namespace within a folder'

die() {
	echo "test-fresh: $*" >&2
	exit 1
}

[ "$(id -u)" = 0 ] || die "needs root, to make a system in a folder: sudo make test-fresh"
toolchain=$(rustc --print sysroot)
[ "$toolchain" != /usr ] || die "needs a Rust toolchain in a folder of its own, as rustup has it"
mirror=$("$root/tools/debian/mirror" "$suite")
[ -z "$(git -C "$root" status --porcelain --untracked-files=no)" ] || echo "test-fresh: what is not committed is not tested" >&2

work=$(mktemp -d "${TMPDIR:-/tmp}/bonuspay-fresh.XXXXXX")
chmod 755 "$work"
finish() {
	if [ "${KEEP:-}" = 1 ]; then echo "test-fresh: left in $work"; else rm -rf --one-file-system "$work"; fi
}
trap finish EXIT
trap 'exit 130' INT TERM

lend="/opt/rust $toolchain"
carried=()
if shop=$("$root/tests/store/setup" 2>/dev/null); then
	lend+=$'\n'"/opt/wordpress $(realpath "$(sed -n 1p <<<"$shop")")"$'\n'"/opt/woocommerce $(realpath "$(sed -n 2p <<<"$shop")")"
	carried+=(WORDPRESS_DIR=/opt/wordpress WOOCOMMERCE_DIR=/opt/woocommerce)
fi
if [ -n "${CHROMIUM:-}" ]; then
	chromium=$(realpath "$("$root/.ci/chromium")")
	case "${chromium%/*}" in /bin | /usr/bin) die "CHROMIUM must name a program in a folder of its own, which can be lent" ;; esac
	lend+=$'\n'"/opt/chromium ${chromium%/*}"
	carried+=("CHROMIUM=/opt/chromium/${chromium##*/}")
fi
# The settings that lead to the registries.
while IFS= read -r -d '' variable; do
	case "$variable" in
		*_proxy=* | *_PROXY=* | CARGO_HTTP_* | CARGO_NET_* | CARGO_REGISTR* | CARGO_SOURCE_* | npm_config_registry=* | PIP_INDEX_URL=* | PIP_EXTRA_INDEX_URL=*)
			carried+=("$variable") ;;
	esac
done < <(env -0)
certificates=${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}
for variable in CARGO_HTTP_CAINFO npm_config_cafile NODE_EXTRA_CA_CERTS PIP_CERT; do
	carried+=("$variable=/opt/certificates.crt")
done

# The system that both users begin with. Of a suite that this debootstrap does not know, any newer one's script will do.
bootstrap() {
	local components=main script=
	if [ ! -e "/usr/share/debootstrap/scripts/$suite" ]; then script=sid; fi
	case "$mirror" in *ubuntu*) components=main,universe ;; esac
	# shellcheck disable=SC2086  # no script is no argument
	unshare --mount debootstrap --variant=minbase --components="$components" --include=make "$suite" "$work/base" "$mirror" $script >"$work/debootstrap.log" 2>&1 ||
		{ tail -n 20 "$work/debootstrap.log" >&2; die "debootstrap failed"; }
	{ apt-config dump --format '%F "%v";%n' | grep -E '^Acquire::(http|https|Check-)' || :; } >"$work/base/etc/apt/apt.conf.d/99lent"
	# Nothing of this has to survive a power cut.
	echo force-unsafe-io >"$work/base/etc/dpkg/dpkg.cfg.d/lent"
	cp /etc/resolv.conf "$work/base/etc/"
	cp "$certificates" "$work/base/opt/certificates.crt"
	chroot "$work/base" useradd --create-home --shell /bin/bash --uid 1000 user
	system=$work/base
	# shellcheck disable=SC2086  # a list of packages
	[ -z "${CHROMIUM_PACKAGES:-}" ] || { as_root apt-get -qq update && as_root apt-get -qq install -y --no-install-recommends $CHROMIUM_PACKAGES; }
}

# prepare USER: a system for that user in $system, with its clone and its settings.
prepare() {
	system=$work/$1
	cp -a "$work/base" "$system"
	home=/root uid=0 path=/opt/rust/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
	if [ "$1" != root ]; then home=/home/user uid=1000 path=/opt/rust/bin:/usr/local/bin:/usr/bin:/bin; fi
	# Hard links would have the owner of this repository's own files changed.
	git clone --quiet --no-hardlinks "$root" "$system$home/bonuspay"
	[ -z "${MUTATE:-}" ] || mutate "$system$home/bonuspay"
	mkdir "$system$home/.cargo"
	for name in config config.toml credentials.toml; do
		[ ! -f "${CARGO_HOME:-$HOME/.cargo}/$name" ] || cp "${CARGO_HOME:-$HOME/.cargo}/$name" "$system$home/.cargo/"
	done
	{ grep -sE '^(//|@[^=]*:registry|registry|(https?-)?proxy)' "$HOME/.npmrc" || :; } >"$system$home/.npmrc"
	chown -R "$uid:$uid" "$system$home"
	entry=("$here/enter" "$system" "$uid" -C "$home/bonuspay" HOME="$home" PATH="$path" LANG=C.UTF-8 "${carried[@]}")
}

# mutate CLONE
mutate() {
	local need pattern
	for need in $MUTATE; do
		pattern="([\"[:space:]])$(sed 's/[].[*+?^$|(){}\\#]/\\&/g' <<<"$need")([\"[:space:]]|\$)"
		grep -qE "$pattern" "$1/.ci/setup" || die "MUTATE: .ci/setup has no $need"
		sed -E -i "s#$pattern#\1\2#g" "$1/.ci/setup"
	done
	git -C "$1" -c user.name=test-fresh -c user.email=test-fresh@shop.test commit --quiet --all -m "Without $MUTATE"
}

# inside COMMAND...: as the user, in the clone.
inside() {
	LEND=$lend "${entry[@]}" "$@"
}

failed=0
verdict() {
	echo "$1" | tee -a "$work/verdicts"
}

not_tried() { grep -oE '(NOT TRIED|NOT RUN): .*' "$1" | sort -u; }

# left_out USER LOG: what must not be. The shop's tests may where there is no shop.
left_out() {
	grep 'SKIPPED' "$2" | { if [ -n "$shop" ]; then cat; else grep -vE 'tests of the shop|the zip was not'; fi; }
	[ "$1" != root ] || grep 'no system to throw away' "$2"
	not_tried "$2" | grep -vEf <({ if [ "$1" = root ]; then grep -v '# user: '; else cat; fi; } <<<"$expected" | sed 's/ # .*//')
}

# has_no_chromium USER TARGET LOG: said plainly, and no pass.
has_no_chromium() {
	grep -q 'No Chromium found' "$3" || return 1
	verdict "NOT PASSED: make $2 as $1 cannot be had on $suite, which has no package of Chromium: name one in CHROMIUM"
}

# passes USER TARGET: whether it does, with nothing left out.
passes() {
	local log=$work/$1-$2.log TIMEFORMAT='%0lR, of which the processors worked %U s + %S s' took status=0 left
	took=$({ time inside make "$2" >"$log" 2>&1; } 2>&1) || status=$?
	if [ "$status" != 0 ]; then
		if has_no_chromium "$1" "$2" "$log"; then return 1; fi
		tail -n 60 "$log"
		verdict "FAILED: make $2 as $1 on $suite (after $took)"
		return 1
	fi
	left=$(left_out "$1" "$log" || :)
	if [ -n "$left" ]; then
		verdict "FAILED: make $2 as $1 on $suite left something out (after $took):"$'\n'"$left"
		return 1
	fi
	verdict "passed: make $2 as $1 on $suite in $took"
	left=$(not_tried "$log" || :)
	[ -z "$left" ] || verdict "left out there, as expected:"$'\n'"$left"
}

# README's programs, as they are pasted after `make demo`. They leave what they write, which is not to be seen in /tmp.
quick_starts() {
	local heading log=$work/$1-quick-start.log
	for heading in "A payment in PHP" "A payment in C"; do
		LEND=$lend python3 -B "$here/quickstart.py" "$system$home/bonuspay/README.md" "$heading" "${entry[@]}" TMPDIR="$home" sh -ec >"$log" 2>&1 ||
			{ tail -n 20 "$log"; verdict "FAILED: README's \"$heading\" after make demo as $1 on $suite"; return 1; }
		verdict "passed: README's \"$heading\" after make demo as $1 on $suite"
	done
}

# An ordinary user's first call: it must name what to install, which is then done.
is_named() {
	local log=$work/user-$1-first.log packages
	if inside make "$1" >"$log" 2>&1; then return 0; fi
	packages=$(sed -n 's/^On Debian and Ubuntu: sudo apt-get install --no-install-recommends //p' "$log")
	if [ -z "$packages" ]; then
		if has_no_chromium user "$1" "$log"; then return 1; fi
		tail -n 20 "$log"
		verdict "FAILED: make $1 as user on $suite names nothing to install"
		return 1
	fi
	echo "make $1 names: $packages"
	# shellcheck disable=SC2086  # a list of packages
	{ as_root apt-get -qq update && as_root apt-get -qq install -y --no-install-recommends $packages; } >"$work/install.log" 2>&1 ||
		{ tail -n 20 "$work/install.log"; verdict "FAILED: what make $1 names cannot be installed"; return 1; }
}

as_root() {
	LEND=$lend "$here/enter" "$system" 0 PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive "$@"
}

# Another package manager is at work when the first command comes, as on a machine that was just started.
hold_lock() {
	as_root apt-get -o APT::Update::Pre-Invoke::='sleep 15' update >/dev/null 2>&1 &
	until [ -e "$system/var/lib/apt/lists/lock" ]; do sleep 0.1; done
}

left_behind() {
	local left
	left=$(ls -A "$system/tmp"; git -c safe.directory='*' -C "$system$home/bonuspay" status --porcelain)
	[ -z "$left" ] || { verdict "FAILED: left behind in /tmp or in the clone as $1: $left"; return 1; }
}

try() {
	local target
	prepare "$1"
	[ "$1" != root ] || hold_lock
	for target in $targets; do
		[ "$1" = root ] || is_named "$target" || return 1
		passes "$1" "$target" || return 1
		[ "$target" != demo ] || quick_starts "$1" || return 1
	done
	[ "$1" != root ] || grep -q 'Waiting for another package manager' "$work/root-${targets%% *}.log" ||
		{ verdict "FAILED: the package manager's lock was not waited for"; return 1; }
	left_behind "$1"
}

# Without what MUTATE takes out it must have failed, by name.
check_mutation() {
	local need said
	: >"$work/verdicts"
	if [ "$1" = 0 ]; then verdict "FAILED: make $targets passed without $MUTATE"; return 1; fi
	for need in $MUTATE; do
		need=${need%%:*}
		if said=$(grep -hwF -- "${need##*/}" "$work"/root-*.log | grep -m 1 -E 'not found|No such file|missing|cannot find'); then
			verdict "passed: make $targets failed without $MUTATE: $said"
			return 0
		fi
	done
	verdict "FAILED: make $targets failed without $MUTATE, but does not name it"
	return 1
}

# Of all pages where all were run, else of the quick part.
say_unrun() {
	local user log
	for user in $users; do
		for log in "$work/$user-test-documents.log" "$work/$user-test.log"; do
			[ -f "$log" ] || continue
			echo "--- blocks of the pages that were not run as $user"
			grep -o 'not run: .*' "$log" || echo "none was run"
			break
		done
	done
}

echo "An empty system of $suite is being made"
bootstrap
for user in $users; do
	try "$user" || failed=1
	[ -z "${MUTATE:-}" ] || { check_mutation "$failed" && failed=0 || failed=1; }
	[ "${KEEP:-}" = 1 ] || rm -rf --one-file-system "${work:?}/$user"
done
say_unrun
echo "--- test-fresh"
cat "$work/verdicts"
[ -n "$shop" ] || echo "WordPress and WooCommerce were not at hand: the shop's tests did not run"
exit "$failed"
