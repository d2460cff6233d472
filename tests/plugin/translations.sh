#!/bin/sh
# Each translation has every text of the sources, and its .mo is made of its .po.
# usage: tests/plugin/translations.sh
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
wrong=0
bad() {
	echo "translations: $*: make translations" >&2
	wrong=1
}

"$root/tools/translations/pot" "$root/woocommerce" "$scratch/pot" >/dev/null
count=0
for po in "$root"/woocommerce/languages/*.po; do
	count=$((count + 1))
	name=$(basename "$po" .po)
	msgfmt --check --output-file="$scratch/mo" "$po" || bad "$name has a fault"
	LC_ALL=C msgfmt --statistics --output-file=/dev/null "$po" 2>&1 | grep -qE '^[0-9]+ translated messages\.$' || bad "$name is not whole"
	msgcmp "$po" "$scratch/pot" >/dev/null 2>&1 || bad "$name lacks texts"
	cmp -s "$scratch/mo" "${po%.po}.mo" || bad "$name.mo is not made of $name.po"
done
[ "$count" -gt 0 ] || bad "there is no translation"
[ "$wrong" = 0 ] || exit 1
echo "$count translation of $(grep -c '^msgid ' "$scratch/pot") texts is whole"
