# The plugin's tests without WordPress, and what is made from its sources. Included by the Makefile.

.PHONY: test-plugin plugin-readme translations

test-plugin: php-ext-static
	@tests/plugin/run.sh
	@tests/plugin/translations.sh

# Writes the tables of woocommerce/README.md from the state table; the tests compare.
plugin-readme:
	@php tests/plugin/readme.php

# What translators begin with, and what is made of their work; afterwards it says what they have to do.
translations:
	@tests/plugin/translations.sh --renew
