# `make demo` takes a payment end to end; `make test` passes the tests. Both set up what they need.

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
# What ships tells no folder of the machine that built it, and has the same bytes wherever that was. The sandbox has the same
# flags, so that it shares the objects.
ANYWHERE := --config "build.rustflags=['--remap-path-prefix=$(or $(CARGO_HOME),$(HOME)/.cargo)/registry/src=registry']"
# A stranger wants to see what happens, not every crate's name.
ifdef CI
QUIET := -q
endif

include install.mk
include fuzz.mk
include bench.mk
include php-ext.mk
include runtimes.mk
include store.mk
include woocommerce.mk
include dist.mk
include documents.mk
include tests/simulation/simulation.mk

.PHONY: build sandbox demo demo-all vendor test setup-build setup-test check layers style test-sanitizers audit header clean outcomes

# Without the rlib, beside which cargo leaves out the LTO that the profile asks for.
build: setup-build
	@$(CARGO) rustc $(LOCKED) $(QUIET) $(ANYWHERE) --release -p bonuspay --lib --crate-type cdylib,staticlib
	@$(MAKE) products FILES="libbonuspay.so libbonuspay.a"
	@ln -sf libbonuspay.so $(BUILD)/$(SONAME)

sandbox: build
	@$(CARGO) build $(LOCKED) $(QUIET) $(ANYWHERE) --release --manifest-path sandbox/Cargo.toml
	@$(MAKE) products FILES=bonuspay-sandbox

# With a target folder elsewhere, the products are also put where the documentation says they are.
.PHONY: products
products:
	@mkdir -p $(BUILD)
	@if ! [ "$(TARGET)/release" -ef "$(BUILD)" ]; then cd "$(TARGET)/release" && cp -pf $(FILES) "$(BUILD)/"; fi

# All that is needed is named at once.
demo: setup-php build sandbox php-ext
	@tests/php/demo.sh "$(BUILD)/bonuspay-sandbox" "$(CURDIR)/php-ext/modules/bonuspay.so"
	@tests/c/demo.sh "$(BUILD)"

# The same, then a walk through every other product.
demo-all: build sandbox
	@tests/c/demo.sh "$(BUILD)" demo demo_all

# The vendor's own client against the sandbox, and against the library.
vendor: build sandbox
	@tests/vendor/run.sh "$(BUILD)"

setup-build:
	@.ci/setup build

setup-test:
	@.ci/setup test

# Of the shop's tests those that `make test` runs, too.
STORE_SHORT := tests/store/money.test.mjs tests/store/smoke.test.mjs

# Each time two lanes side by side. Of the builds one often waits for a single crate; of the tests one computes, and the
# other mostly waits for answers that a sandbox holds back.
.PHONY: test-lanes test-builds test-rust test-web
test: setup-test
	@tests/scratch.sh $(MAKE) test-lanes

test-lanes:
	@$(MAKE) -j2 -Otarget sandbox test-builds
	@$(MAKE) -j2 -Otarget test-rust test-web
	@tests/store/run.sh --skipped $(STORE_SHORT)

# The two commands that README begins with, in an empty system; tests/fresh/run.sh says what can be set.
.PHONY: setup-fresh test-fresh
setup-fresh:
	@.ci/setup fresh

test-fresh: setup-fresh
	@tests/fresh/run.sh

test-builds: check
	@$(CARGO) test $(LOCKED) $(QUIET) --no-run

# From quick to slow: what is wrong shows early.
test-rust: build sandbox
	@$(CARGO) test $(LOCKED) $(QUIET)
	@$(CARGO) test $(LOCKED) $(QUIET) $(ANYWHERE) --release --manifest-path sandbox/Cargo.toml
	@$(MAKE) fuzz-short
	@$(MAKE) test-simulation

test-web:
	@tests/fresh/ci.sh
	@$(MAKE) test-php test-php-fpm test-plugin test-mutants-short test-runtimes-short test-dist test-documents-quick dist-plugin
	@BONUSPAY_SANDBOX=$(BUILD)/bonuspay-sandbox tests/pages/run.sh
	@dist/on-zip '$(PLUGIN_ZIP)' tests/store/run.sh $(STORE_SHORT)

check: fuzz-check layers style
	@$(CARGO) fmt --check
	@$(CARGO) fmt --check --manifest-path sandbox/Cargo.toml
	@$(CARGO) fmt --check --manifest-path tests/simulation/Cargo.toml
	@$(CARGO) clippy $(LOCKED) $(QUIET) --all-targets -- -D warnings
	@$(CARGO) clippy $(LOCKED) $(QUIET) --manifest-path sandbox/Cargo.toml --all-targets -- -D warnings
	@RUSTDOCFLAGS="-D warnings" $(CARGO) doc $(LOCKED) $(QUIET) --no-deps --document-private-items

# Arrows between modules point one way; see tests/layers/. First the check on trees with a circle, which it must find.
layers:
	@python3 -B tests/layers/test_rust.py
	@python3 -B tests/layers/rust.py

# How wide lines are and how long functions, and WordPress's coding standard. First the checks on faults that they must find.
style:
	@python3 -B tests/style/test_style.py
	@python3 -B tests/style/lines.py
	@python3 -B tests/style/functions.py
	@$(MAKE) phpcs

# The C programs under valgrind, and the threads under ThreadSanitizer.
test-sanitizers: setup-test build sandbox
	@.ci/setup sanitizers
	@BONUSPAY_SANITIZERS=1 $(CARGO) test $(LOCKED) --test harness

# Licences, sources and banned crates; advisories only where ADVISORY_DB names a copy of the database.
audit:
	@.ci/setup audit
	@.ci/audit

# Writes include/bonuspay.h and include/bonuspay.ffi.h from the source; the tests compare.
header:
	@BONUSPAY_WRITE_HEADER=1 $(CARGO) test $(LOCKED) -q --test header

# Writes docs/outcomes.md from what the library does; the tests compare.
outcomes: build sandbox
	@BONUSPAY_WRITE_OUTCOMES=1 $(CARGO) test $(LOCKED) -q --test faults

clean:
	@$(CARGO) clean
	@rm -rf target
