#!/bin/sh
# Collects what is to be translated. The same sources give the same bytes: no date, no line numbers.
# usage: tests/plugin/pot.sh FILE
set -eu
file=$(realpath -m "$1")
if ! command -v xgettext >/dev/null 2>&1; then
	echo "xgettext is missing. On Debian and Ubuntu: sudo apt-get install gettext" >&2
	exit 1
fi
cd "$(dirname "$0")/../../woocommerce"
version=$(sed -n 's/^ \* Version: *//p' bonuspay-for-woocommerce.php)
mkdir -p "$(dirname "$file")"
collect() {
	xgettext --from-code=UTF-8 --add-comments=translators: --add-location=file --sort-by-file --no-wrap \
		--keyword --keyword=__ --keyword=_e --keyword=_x:1,2c --keyword=_ex:1,2c --keyword=_n:1,2 --keyword=_nx:1,2,4c \
		--keyword=esc_html__ --keyword=esc_html_e --keyword=esc_html_x:1,2c --keyword=esc_attr__ --keyword=esc_attr_e --keyword=esc_attr_x:1,2c \
		--package-name='BonusPay for WooCommerce' --package-version="$version" \
		--msgid-bugs-address=https://wordpress.org/support/plugin/bonuspay-for-woocommerce "$@"
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
{
	echo '<?php'
	for field in 'Plugin Name' Description Author; do
		printf '/* translators: %s of the plugin. */\n__( "%s" );\n' "$field" "$(sed -n "s/^ \\* $field: *//p" bonuspay-for-woocommerce.php)"
	done
} >"$work/plugin-header.php"
find . -name '*.php' | sed 's|^\./||' | LC_ALL=C sort >"$work/php"
find assets -name '*.js' | LC_ALL=C sort >"$work/js"
collect --language=PHP --directory=. --directory="$work" --files-from="$work/php" plugin-header.php -o "$work/pot"
[ ! -s "$work/js" ] || collect --language=JavaScript --join-existing --files-from="$work/js" -o "$work/pot"
sed -e '/^"POT-Creation-Date:/d' -e 's/charset=CHARSET/charset=UTF-8/' -e 's/^# SOME DESCRIPTIVE TITLE\.$/# Texts of BonusPay for WooCommerce./' \
	-e '/^# Copyright/d' -e '/^# FIRST AUTHOR/d' -e '/^# This file is distributed/s/.*/# GPL-2.0-or-later, as the plugin./' "$work/pot" >"$file"
msgfmt --check-format -o /dev/null "$file"
echo "$(grep -c '^msgid ' "$file") texts in $1"
