# The plugin's tests without WordPress, and what is made from its sources.

.PHONY: phpcs test-plugin test-mutants test-mutants-short plugin-readme translations

test-plugin: php-ext-static ## The plugin's tests without WordPress
	@tests/plugin/run.sh
	@tests/plugin/translations.sh

# Inverts each condition of the plugin's gates, one at a time, in a copy: some test must fail. GATES names files of
# woocommerce/src; all of them take minutes. The short form tries a few without a shop, in seconds.
test-mutants: setup-store sandbox php-ext-static ## Inverts the plugin's conditions one by one: some test must fail
	@nice -n 10 php tests/plugin/mutants/run.php $(GATES)

test-mutants-short: php-ext-static ## Inverts a few of the plugin's conditions, in seconds
	@nice -n 10 php tests/plugin/mutants/run.php --no-shop Decision/Identity_Check.php Settings/Tolerance.php Settings/Shop_Identity.php

# tests/style/phpcs.sh says where it looks.
phpcs: ## The plugin by WordPress's coding standard, where that is at hand
	@tests/style/phpcs.sh

# The tests compare.
plugin-readme: ## Writes the tables of woocommerce/README.md from the state table
	@php tools/docs/plugin-readme.php

# What translators begin with, and what is made of their work; afterwards it says what they have to do.
translations: ## Merges the plugin's texts into each translation
	@tools/translations/renew
	@tests/plugin/translations.sh
