# Measurements; see benches/README.md.

BUILD ?= $(CURDIR)/target/release

.PHONY: bench bench-check bench-php
INNER += setup-bench

bench: setup-bench sandbox ## Measures the library; benches/README.md has the figures
	@BONUSPAY_BUILD='$(BUILD)' cargo run --locked --quiet --release --manifest-path benches/Cargo.toml

setup-bench:
	@.ci/setup bench

bench-check: setup-bench ## Format and clippy of benches/, which need OpenSSL's development files
	@cargo fmt --check --manifest-path benches/Cargo.toml
	@BONUSPAY_BUILD='$(BUILD)' cargo clippy --locked --quiet --manifest-path benches/Cargo.toml --all-targets -- -D warnings

# No aim that is missed fails it.
bench-php: setup-test php-ext sandbox ## Measures the extension beside PHP's own curl and openssl
	@BONUSPAY_SANDBOX='$(BUILD)/bonuspay-sandbox' python3 -B benches/php/run.py php-ext/modules/bonuspay.so
