# The plugin's tests without WordPress, and what is made from its sources. Included by the Makefile.

.PHONY: test-plugin plugin-readme pot

test-plugin: php-ext-static
	@tests/plugin/run.sh

# Writes the tables of woocommerce/README.md from the state table; the tests compare.
plugin-readme:
	@php tests/plugin/readme.php

# What translators begin with.
pot:
	@tests/plugin/pot.sh woocommerce/languages/bonuspay-for-woocommerce.pot
