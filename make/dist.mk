# `make dist` makes a release's files in target/dist; tools/release/ has a script for each.

DIST := $(CURDIR)/target/dist
PLUGIN_ZIP = $(DIST)/bonuspay-for-woocommerce-$(install_version).zip

.PHONY: dist dist-plugin test-dist
INNER += setup-dist

setup-dist:
	@.ci/setup dist

dist: setup-dist build ## A release's files, in target/dist
	@tools/release/all '$(BUILD)' '$(DIST)'

dist-plugin: setup-dist ## The plugin's zip alone, which takes no build
	@tools/release/plugin '$(DIST)'

# Versions agree; packed twice in different folders, the bytes are the same; nothing is packed that should not be.
test-dist: ## What a release packs, and that its versions agree
	@tests/dist/versions.sh
	@tests/dist/run.sh
