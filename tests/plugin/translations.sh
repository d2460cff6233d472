#!/bin/sh
# The texts that translators begin with are those of the sources; each translation is whole, and its .mo is made of its .po.
# usage: tests/plugin/translations.sh           looks
#        tests/plugin/translations.sh --renew   writes the .pot, merges it into each .po, makes each .mo
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$here/../../woocommerce/languages
pot=$folder/bonuspay-for-woocommerce.pot
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
wrong=0
bad() {
	echo "translations: $*: make translations" >&2
	wrong=1
}

if [ "${1:-}" = --renew ]; then
	"$here/../../tools/translations/pot" "$pot" >/dev/null
	for po in "$folder"/*.po; do
		msgmerge --quiet --update --backup=none --no-fuzzy-matching --no-wrap "$po" "$pot"
		msgattrib --no-obsolete --no-wrap --output-file="$po" "$po"
		msgfmt --output-file="${po%.po}.mo" "$po"
	done
fi

"$here/../../tools/translations/pot" "$scratch/pot" >/dev/null
cmp -s "$scratch/pot" "$pot" || bad "the .pot is not that of the sources"
count=0
for po in "$folder"/*.po; do
	count=$((count + 1))
	name=$(basename "$po" .po)
	msgfmt --check --output-file="$scratch/mo" "$po" || bad "$name has a fault"
	LC_ALL=C msgfmt --statistics --output-file=/dev/null "$po" 2>&1 | grep -qE '^[0-9]+ translated messages\.$' || bad "$name is not whole"
	msgcmp "$po" "$scratch/pot" >/dev/null 2>&1 || bad "$name lacks texts"
	cmp -s "$scratch/mo" "${po%.po}.mo" || bad "$name.mo is not made of $name.po"
done
[ "$count" -gt 0 ] || bad "there is no translation"
[ "$wrong" = 0 ] || exit 1
echo "$count translation of $(grep -c '^msgid ' "$pot") texts is whole"
