# The plugin's tests without WordPress, and what is made from its sources. Included by the Makefile.

.PHONY: phpcs test-plugin test-mutants test-mutants-short plugin-readme translations

test-plugin: php-ext-static
	@tests/plugin/run.sh
	@tests/plugin/translations.sh

# Inverts each condition of the plugin's gates, one at a time, in a copy: some test must fail. GATES names files of
# woocommerce/src; all of them take minutes. The short form tries a few without a shop, in seconds.
test-mutants: setup-store sandbox php-ext-static
	@nice -n 10 php tests/plugin/mutants/run.php $(GATES)

test-mutants-short: php-ext-static
	@nice -n 10 php tests/plugin/mutants/run.php --no-shop Decision/Identity_Check.php Settings/Tolerance.php Settings/Shop_Identity.php

# The plugin by WordPress's coding standard, where that is at hand; tests/style/phpcs.sh says where it looks.
phpcs:
	@tests/style/phpcs.sh

# Writes the tables of woocommerce/README.md from the state table; the tests compare.
plugin-readme:
	@php tests/plugin/readme.php

# What translators begin with, and what is made of their work; afterwards it says what they have to do.
translations:
	@tests/plugin/translations.sh --renew
