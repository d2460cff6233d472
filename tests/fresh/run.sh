#!/usr/bin/env bash
# README's commands on a machine that has nothing: `make demo`, `make test`, and then every block of every page, in an empty
# system in a folder, where there is a Rust toolchain, git and make, and a clone of this repository's last commit.
# usage: tests/fresh/run.sh
#
# SYSTEM is a suite of Debian or Ubuntu, first bookworm; APT_MIRROR names a mirror that has it. AS is root, user, or both,
# which is first so on bookworm: an ordinary user is told what to install, gets that and no more, and then must pass.
# TARGETS are other make targets. KEEP=1 leaves the systems and the logs, and says where. WordPress and WooCommerce are lent
# where tests/store/setup finds them.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
default=bookworm
suite=${SYSTEM:-$default}
if [ "$suite" = "$default" ]; then users=${AS:-root user}; else users=${AS:-root}; fi
targets=${TARGETS:-demo test test-documents}

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
}

# prepare USER: a system for that user in $system, with its clone and its settings.
prepare() {
	system=$work/$1
	cp -a "$work/base" "$system"
	home=/root uid=0 path=/opt/rust/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
	if [ "$1" != root ]; then home=/home/user uid=1000 path=/opt/rust/bin:/usr/local/bin:/usr/bin:/bin; fi
	# Hard links would have the owner of this repository's own files changed.
	git clone --quiet --no-hardlinks "$root" "$system$home/bonuspay"
	mkdir "$system$home/.cargo"
	for name in config config.toml credentials.toml; do
		[ ! -f "${CARGO_HOME:-$HOME/.cargo}/$name" ] || cp "${CARGO_HOME:-$HOME/.cargo}/$name" "$system$home/.cargo/"
	done
	{ grep -sE '^(//|@[^=]*:registry|registry|(https?-)?proxy)' "$HOME/.npmrc" || :; } >"$system$home/.npmrc"
	chown -R "$uid:$uid" "$system$home"
}

# inside COMMAND...: as the user, in the clone.
inside() {
	LEND=$lend "$here/enter" "$system" "$uid" -C "$home/bonuspay" HOME="$home" PATH="$path" LANG=C.UTF-8 "${carried[@]}" "$@"
}

failed=0
verdict() {
	echo "$1" | tee -a "$work/verdicts"
}

# Nothing may be left out but the shop's tests where there is no shop.
skipped() {
	grep 'SKIPPED' "$1" | { if [ -n "$shop" ]; then cat; else grep -vE 'tests of the shop|the zip was not'; fi; }
}

# passes USER TARGET: whether it does, with nothing left out.
passes() {
	local log=$work/$1-$2.log TIMEFORMAT='%0lR, of which the processors worked %U s + %S s' took status=0
	took=$({ time inside make "$2" >"$log" 2>&1; } 2>&1) || status=$?
	if [ "$status" != 0 ]; then
		tail -n 60 "$log"
		verdict "FAILED: make $2 as $1 on $suite (after $took)"
		return 1
	fi
	if skipped "$log"; then
		verdict "FAILED: make $2 as $1 on $suite left out what is above (after $took)"
		return 1
	fi
	verdict "passed: make $2 as $1 on $suite in $took"
}

# An ordinary user's first call: it must name what to install, which is then done.
is_named() {
	local log=$work/user-$1-first.log packages
	if inside make "$1" >"$log" 2>&1; then return 0; fi
	packages=$(sed -n 's/^On Debian and Ubuntu: sudo apt-get install --no-install-recommends //p' "$log")
	if [ -z "$packages" ]; then
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
	done
	[ "$1" != root ] || grep -q 'Waiting for another package manager' "$work/root-${targets%% *}.log" ||
		{ verdict "FAILED: the package manager's lock was not waited for"; return 1; }
	left_behind "$1"
}

echo "An empty system of $suite is being made"
bootstrap
for user in $users; do
	try "$user" || failed=1
	[ "${KEEP:-}" = 1 ] || rm -rf --one-file-system "${work:?}/$user"
done
echo "--- test-fresh"
cat "$work/verdicts"
[ -n "$shop" ] || echo "WordPress and WooCommerce were not at hand: the shop's tests did not run"
exit "$failed"
