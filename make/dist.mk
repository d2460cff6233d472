# `make dist` makes a release's files in target/dist; tools/release/ has a script for each. Included by the Makefile.

DIST := $(CURDIR)/target/dist
PLUGIN_ZIP := $(DIST)/bonuspay-for-woocommerce-$(install_version).zip

.PHONY: setup-dist dist dist-plugin test-dist

setup-dist:
	@.ci/setup dist

dist: setup-dist build
	@tools/release/all '$(BUILD)' '$(DIST)'

# The plugin alone, which takes no build.
dist-plugin:
	@tools/release/plugin '$(DIST)'

# Versions agree; packed twice in different folders, the bytes are the same; nothing is packed that should not be.
test-dist:
	@tests/dist/versions.sh
	@tests/dist/run.sh
