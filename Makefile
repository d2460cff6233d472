# `make demo` takes a payment end to end; `make test` passes the tests. Both set up what they need. `make help` lists the rest;
# make/ has a file for each concern.

# The last line of `make demo` is the demo's own, also under `make -C`.
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := build
SHELL := /bin/sh

# CARGO_TARGET_DIR is honoured; the products stand in target/release in any case.
TARGET := $(or $(CARGO_TARGET_DIR),$(CURDIR)/target)
BUILD := $(CURDIR)/target/release
export CARGO_TARGET_DIR := $(TARGET)

# cargo shares its own processors out; make's tokens do not reach it.
CARGO := env -u MAKEFLAGS -u MFLAGS cargo
LOCKED := --locked
# What the library's pages have besides. Not its tests: they build without, and one file cannot hold both.
FEATURES := --features testing
# What ships tells no folder of the machine that built it, and has the same bytes wherever that was. The sandbox has the same
# flags, so that it shares the objects.
ANYWHERE := --config "build.rustflags=['--remap-path-prefix=$(or $(CARGO_HOME),$(HOME)/.cargo)/registry/src=registry']"
# A stranger wants to see what happens, not every crate's name.
ifdef CI
QUIET := -q
endif

include $(sort $(wildcard make/*.mk))

# A target that others call has a line in `make help`; those that only other targets call are INNER.
.PHONY: help build test check clean
INNER += products setup-build setup-test test-lanes test-products test-builds test-rust test-languages test-browser
.PHONY: $(INNER)

help: ## This list
	@sed -n 's/^\([a-z][a-z0-9-]*\):.* ## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | LC_ALL=C sort | expand -t 22

# Without the rlib, beside which cargo leaves out the LTO that the profile asks for.
build: setup-build ## The library, libbonuspay.so and .a, in target/release (the default)
	@$(CARGO) rustc $(LOCKED) $(QUIET) $(ANYWHERE) --release -p bonuspay --lib --crate-type cdylib,staticlib
	@$(MAKE) products FILES="libbonuspay.so libbonuspay.a"
	@ln -sf libbonuspay.so $(BUILD)/$(SONAME)

# With a target folder elsewhere, the products are also put where the documentation says they are.
products:
	@mkdir -p $(BUILD)
	@if ! [ "$(TARGET)/release" -ef "$(BUILD)" ]; then cd "$(TARGET)/release" && cp -pf $(FILES) "$(BUILD)/"; fi

setup-build:
	@.ci/setup build

setup-test:
	@.ci/setup test

# Of the shop's tests those that `make test` runs, too.
STORE_SHORT := tests/store/money.test.mjs tests/store/smoke.test.mjs

# Lanes side by side. Of the builds one often waits for a single crate; of the tests one computes, and the others mostly
# wait, for answers that a sandbox holds back and for a browser.
test: setup-test ## All tests and checks, but for a whole shop's (store-test) and other systems' (test-fresh)
	@tests/scratch.sh $(MAKE) test-lanes

test-lanes:
	@$(MAKE) -j2 -Otarget test-products test-builds
	@$(MAKE) -j3 -Otarget test-rust test-languages test-browser
	@tests/store/run.sh --skipped $(STORE_SHORT)

test-products: sandbox php-ext php-ext-static dist-plugin

test-builds: check
	@$(CARGO) test $(LOCKED) $(QUIET) --no-run

# From quick to slow: what is wrong shows early.
test-rust: build sandbox
	@$(CARGO) test $(LOCKED) $(QUIET)
	@$(CARGO) test $(LOCKED) $(QUIET) $(ANYWHERE) --release --manifest-path sandbox/Cargo.toml
	@$(MAKE) fuzz-short
	@$(MAKE) test-simulation

test-languages:
	@tests/fresh/ci.sh
	@$(MAKE) test-php test-php-fpm test-plugin test-mutants-short test-runtimes-short test-dist test-documents-quick

# Of what was built before.
test-browser:
	@BONUSPAY_SANDBOX=$(BUILD)/bonuspay-sandbox tests/pages/run.sh
	@tests/store/on-zip '$(PLUGIN_ZIP)' tests/store/run.sh $(STORE_SHORT)

check: fuzz-check layers style ## Format, clippy, rustdoc's warnings, the order of the modules, and style
	@$(CARGO) fmt --check
	@$(CARGO) fmt --check --manifest-path sandbox/Cargo.toml
	@$(CARGO) fmt --check --manifest-path tests/simulation/Cargo.toml
	@$(CARGO) clippy $(LOCKED) $(QUIET) $(FEATURES) --all-targets -- -D warnings
	@$(CARGO) clippy $(LOCKED) $(QUIET) --manifest-path sandbox/Cargo.toml --all-targets -- -D warnings
	@RUSTDOCFLAGS="-D warnings" $(CARGO) doc $(LOCKED) $(QUIET) $(FEATURES) --no-deps --document-private-items

clean: ## Removes what was built, and stops every shop that is up
	@$(CARGO) clean
	@rm -rf target
