#!/bin/sh
# The library, the extension and the plugin say one version, everywhere; so do all crates of the oldest Rust; what the plugin
# requires it says the same twice.
# usage: tests/dist/versions.sh [FOLDER]      FOLDER has the sources, in place of this working tree
set -eu
cd "${1:-$(dirname "$0")/../..}"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
wrong=0

# first PATTERN FILE: what \(...\) of the first line that fits stands for.
first() { sed -n "s/$1/\1/p" "$2" | head -n 1; }
# same WHERE FOUND WANTED
same() {
	[ "$2" = "$3" ] || { echo "versions: $1 says '$2', and not '$3'" >&2; wrong=1; }
}
# has WHERE FILE TEXT
has() {
	grep -qF -- "$3" "$2" || { echo "versions: $1 does not say '$3'" >&2; wrong=1; }
}

version=$(first '^version = "\(.*\)"' Cargo.toml)
main=woocommerce/bonuspay-for-woocommerce.php
readme=woocommerce/readme.txt
header() { first "^ \* $1: *\(.*[^ ]\) *$" "$main"; }
says() { first "^$1: *\(.*[^ ]\) *$" "$readme"; }

same "sandbox/Cargo.toml" "$(first '^version = "\(.*\)"' sandbox/Cargo.toml)" "$version"
for lock in Cargo.lock sandbox/Cargo.lock; do
	name=bonuspay
	[ "$lock" = Cargo.lock ] || name=bonuspay-sandbox
	same "$lock" "$(sed -n "/^name = \"$name\"$/{n;s/^version = \"\(.*\)\"/\1/p;}" "$lock")" "$version"
done
same "PHP_BONUSPAY_VERSION" "$(first '^#define PHP_BONUSPAY_VERSION "\(.*\)"' php-ext/php_bonuspay.h)" "$version"
# Packagist takes a package's version from the tag.
own=$(first '^ *"version": "\(.*\)".*' composer.json)
same "composer.json" "${own:-$version}" "$version"
same "the plugin's header" "$(header Version)" "$version"
same "BONUSPAY_WC_VERSION" "$(first "^define( 'BONUSPAY_WC_VERSION', '\(.*\)' );" "$main")" "$version"
same "readme.txt's Stable tag" "$(says 'Stable tag')" "$version"
same "readme.txt's changelog" "$(sed -n '/^== Changelog ==/,$p' "$readme" | sed -n 's/^= \([^ ]*\) =.*/\1/p' | head -n 1)" "$version"
same "CHANGELOG.md" "$(first '^## \([^ ]*\).*' CHANGELOG.md)" "$version"
for pot in woocommerce/languages/*.pot; do
	[ ! -f "$pot" ] || has "$pot" "$pot" "\"Project-Id-Version: $(header 'Plugin Name') $version\\n\""
done
oldest=$(printf '%s\n%s\n' "$(first "^.*const MINIMUM = '\(.*\)';" woocommerce/src/BonusPay/Extension.php)" "$version" | sort -V | head -n 1)
same "the extension that the plugin wants, Extension::MINIMUM," "$(first "^.*const MINIMUM = '\(.*\)';" woocommerce/src/BonusPay/Extension.php)" "$oldest"
wc=$(header 'WC requires at least')
same "the notice of too old a WooCommerce, Notices::WOOCOMMERCE_MINIMUM," "$(first "^.*const WOOCOMMERCE_MINIMUM = '\(.*\)';" woocommerce/src/Admin/Notices.php)" "$wc"
if tag=$(git describe --exact-match --tags --match 'v[0-9]*' HEAD 2>/dev/null) && [ -z "${1:-}" ]; then
	same "the tag" "$tag" "v$version"
fi

# The ABI has a number of its own.
abi=$(first '^pub const BONUSPAY_ABI_VERSION: u32 = \(.*\);' src/ffi/abi.rs)
same "bonuspay.h's BONUSPAY_ABI_VERSION" "$(first '^#define BONUSPAY_ABI_VERSION \(.*\)' include/bonuspay.h)" "${abi:-a number}"
mkdir "$scratch/build"
: >"$scratch/build/libbonuspay.so"
: >"$scratch/build/libbonuspay.a"
env -u MAKEFLAGS make -s -f make/install.mk install BUILD="$scratch/build" PREFIX=/usr DESTDIR="$scratch/to" >/dev/null
same "bonuspay.pc" "$(first '^Version: \(.*\)' "$scratch/to/usr/lib/pkgconfig/bonuspay.pc")" "$version"
same "the library's link" "$(readlink "$scratch/to/usr/lib/libbonuspay.so")" "libbonuspay.so.$abi"
if [ -f target/release/libbonuspay.so ] && command -v readelf >/dev/null; then
	same "the library's SONAME" "$(readelf -dW target/release/libbonuspay.so | sed -n 's/.*soname: \[\(.*\)\]/\1/p')" "libbonuspay.so.$abi"
fi

# .ci/setup reads the first one.
rust=$(first '^rust-version = "\(.*\)"' Cargo.toml)
for folder in sandbox tests/simulation fuzz benches; do
	same "$folder/Cargo.toml's rust-version" "$(first '^rust-version = "\(.*\)"' "$folder/Cargo.toml")" "${rust:-a number}"
done
has "README.md" README.md "Rust toolchain ($rust or newer)"

# WordPress reads the header, wordpress.org the readme.
same "readme.txt's name" "$(first '^=== \(.*\) ===' "$readme")" "$(header 'Plugin Name')"
for field in 'Requires at least' 'Requires PHP' 'License' 'License URI'; do
	same "readme.txt's '$field'" "$(says "$field")" "$(header "$field")"
done
for field in 'Plugin Name' 'Description' 'Requires at least' 'Requires PHP' 'Requires Plugins' 'WC requires at least' 'WC tested up to' 'Text Domain' 'License'; do
	[ -n "$(header "$field")" ] || { echo "versions: the plugin's header has no '$field'" >&2; wrong=1; }
done
has "$readme" "$readme" "WooCommerce $(header 'WC requires at least') or newer"
has "$readme" "$readme" "PHP $(header 'Requires PHP') or newer"
# What the shop's tests run with is what the plugin says that it was tested with.
setup=tests/store/setup
same "tests/store/setup's wordpress_version" "$(first '^wordpress_version=\([0-9]*\.[0-9]*\).*' "$setup")" "$(says 'Tested up to')"
same "tests/store/setup's woocommerce_version" "$(first '^woocommerce_version=\([0-9]*\.[0-9]*\).*' "$setup")" "$(header 'WC tested up to')"
has "$setup" "$setup" "WordPress ($(header 'Requires at least') or later)"
has "$setup" "$setup" "WooCommerce ($(header 'WC requires at least') or later"
has "composer.json" composer.json "\"php\": \">=$(header 'Requires PHP'),"

# What wordpress.org allows.
[ "$(says Tags | tr ',' '\n' | grep -c .)" -le 5 ] || { echo "versions: readme.txt has more than 5 tags" >&2; wrong=1; }
short=$(sed -n '/^License URI/,/^== /p' "$readme" | sed '1d;$d' | sed '/^ *$/d')
if [ -z "$short" ] || [ "${#short}" -gt 150 ]; then echo "versions: readme.txt's short description has ${#short} characters: 1 to 150 are allowed" >&2; wrong=1; fi
has "$readme" "$readme" "== External services =="
exit "$wrong"
