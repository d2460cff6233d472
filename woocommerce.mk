# The plugin's tests without WordPress, and what is made from its sources. Included by the Makefile.

.PHONY: test-plugin

test-plugin: php-ext-static
	@tests/plugin/run.sh
