#!/bin/sh
# What can be packed without a build: twice in different folders it is the same bytes, nothing is in it that should not be,
# and what should not be is seen when it is put there.
# usage: tests/dist/run.sh
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
die() {
	echo "dist: $*" >&2
	exit 1
}
version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$root/Cargo.toml" | head -n 1)
zip=bonuspay-for-woocommerce-$version.zip

# copy FOLDER: the sources, as a clone would have them.
copy() {
	mkdir -p "$1"
	(cd "$root" && set -- Cargo.toml Cargo.lock build.rs src include sandbox/Cargo.toml sandbox/Cargo.lock tests/simulation/Cargo.toml fuzz/Cargo.toml \
		benches/Cargo.toml README.md tests/rust tests/store/setup examples/rust composer.json \
		CHANGELOG.md LICENSE-* make/install.mk tools php-ext woocommerce &&
		{ git ls-files -- "$@" 2>/dev/null || find "$@" -type f; } | tar -cf - -T -) | tar -xf - -C "$1"
}

# pack FOLDER OUT
pack() {
	"$1/tools/release/plugin" "$2" && "$1/tools/release/extension-source" "$2" && "$1/tools/release/sbom" "$2"
}

export SOURCE_DATE_EPOCH=1700000001
pack "$root" "$scratch/out" 2>/dev/null
# Another folder, another umask, other times, no git.
other="$scratch/some where/else"
copy "$other"
# As `make demo` leaves it.
mkdir "$other/php-ext/modules"
: >"$other/php-ext/modules/bonuspay.so"
find "$other" -exec touch -d @1234567890 {} +
(umask 077 && pack "$other" "$scratch/out2")
diff -r "$scratch/out" "$scratch/out2" || die "another folder gives other bytes"

# The checksums are signed by who is named, and a changed one is seen.
(
	cd "$scratch/out2" && sha256sum -- * >../sums && mv ../sums SHA256SUMS
	GNUPGHOME=$scratch/gnupg
	export GNUPGHOME
	mkdir -m 700 "$GNUPGHOME"
	gpg --batch --quiet --passphrase '' --quick-generate-key 'Release <release@example.test>' ed25519 sign 2>/dev/null
	SIGNING_KEY=release@example.test "$root/tools/release/sign" .
	gpg --batch --quiet --verify SHA256SUMS.asc SHA256SUMS 2>/dev/null || die "the signature does not fit"
	sed -i '1s/^./x/' SHA256SUMS
	if gpg --batch --quiet --verify SHA256SUMS.asc SHA256SUMS 2>/dev/null; then die "a changed checksum has a good signature"; fi
	gpgconf --kill gpg-agent
)
rm "$scratch/out2/SHA256SUMS" "$scratch/out2/SHA256SUMS.asc"

unpacked=$scratch/unpacked
mkdir "$unpacked"
python3 "$here/look.py" "$scratch/out/$zip" "$version" "$scratch/out/bonuspay-$version.cdx.json"
python3 -m zipfile -e "$scratch/out/$zip" "$unpacked"
find "$unpacked" -name '*.php' -print0 | xargs -0 -n 1 -P 2 php -n -l >"$scratch/lint" 2>&1 ||
	{ grep -v '^No syntax errors' "$scratch/lint" >&2; die "no PHP"; }

# What the zip says of itself, in place of what the sources do.
rm -rf "$other/woocommerce"
mv "$unpacked/bonuspay-for-woocommerce" "$other/woocommerce"
"$here/versions.sh" "$other"
rm "$other/woocommerce/license.txt" "$other"/woocommerce/languages/*.pot

# refused FILE: packing fails while FILE, with what comes in, is in the plugin.
refused() {
	cat >"$other/woocommerce/$1"
	if "$other/tools/release/plugin" "$scratch/canary" 2>/dev/null; then die "woocommerce/$1 was packed"; fi
	rm "$other/woocommerce/$1"
}
echo secret | refused bonuspay.key
echo secret | refused private.pem
echo | refused assets/bonuspay.so
echo | refused src/notes.txt
printf -- '-----BEGIN PRIVATE KEY-----\n%064d\n%064d\n-----END PRIVATE KEY-----\n' 1 2 | refused src/Canary.php
# What tools leave is left out.
mkdir -p "$other/woocommerce/tests" "$other/woocommerce/.git"
for file in .env .git/config tests/canary.php composer.json package-lock.json phpcs.xml.dist; do echo secret >"$other/woocommerce/$file"; done
"$other/tools/release/plugin" "$scratch/canary"
cmp "$scratch/canary/$zip" "$scratch/out/$zip" || die "what tools leave is packed"
rm -rf "$other/woocommerce/tests" "$other/woocommerce/.git" "$other/woocommerce/.env" "$other"/woocommerce/*.json "$other"/woocommerce/*.dist
# In a clone, so is what was never committed.
(cd "$other" && git init -q && git add -A)
echo '<?php // secret' >"$other/woocommerce/src/Canary.php"
"$other/tools/release/plugin" "$scratch/canary" 2>"$scratch/said"
cmp "$scratch/canary/$zip" "$scratch/out/$zip" || die "what git does not know is packed"
grep -q 'woocommerce/src/Canary.php' "$scratch/said" || die "what git does not know is left out without a word"
rm "$other/woocommerce/src/Canary.php"

# wrong FILE SED: another version there is seen.
wrong() {
	cp "$other/$1" "$scratch/kept"
	sed "$2" "$scratch/kept" >"$other/$1"
	cmp -s "$other/$1" "$scratch/kept" && die "nothing to change in $1: $2"
	if "$here/versions.sh" "$other" 2>/dev/null; then die "$1 was changed by $2, which nothing saw"; fi
	cp "$scratch/kept" "$other/$1"
}
wrong Cargo.toml '0,/^version/s/^version = .*/version = "9.9.9"/'
wrong sandbox/Cargo.toml 's/^version = .*/version = "9.9.9"/'
for folder in . sandbox tests/simulation fuzz benches; do wrong "$folder/Cargo.toml" 's/^rust-version = .*/rust-version = "1.9"/'; done
wrong README.md 's/([0-9.]* or newer)/(1.9 or newer)/'
wrong php-ext/php_bonuspay.h 's/_VERSION ".*"/_VERSION "9.9.9"/'
wrong woocommerce/bonuspay-for-woocommerce.php 's/\* Version: .*/* Version: 9.9.9/'
wrong woocommerce/bonuspay-for-woocommerce.php "s/_VERSION', '.*'/_VERSION', '9.9.9'/"
wrong woocommerce/bonuspay-for-woocommerce.php 's/Requires PHP: .*/Requires PHP: 9.9/'
wrong woocommerce/readme.txt 's/^Stable tag: .*/Stable tag: 9.9.9/'
wrong woocommerce/readme.txt 's/^= [0-9.]* =$/= 9.9.9 =/'
wrong woocommerce/readme.txt 's/^Requires at least: .*/Requires at least: 9.9/'
wrong CHANGELOG.md '0,/^## /s/^## .*/## 9.9.9/'
wrong src/ffi/abi.rs 's/: u32 = .*/: u32 = 99;/'
echo "dist: packed twice with the same bytes, $(python3 -m zipfile -l "$scratch/out/$zip" | grep -c '\.php') PHP files, versions agree"
