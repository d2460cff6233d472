# Measurements; see benches/README.md. Included by the Makefile, whose BUILD holds the library and the sandbox.

BUILD ?= $(CURDIR)/target/release

.PHONY: bench bench-needs bench-check bench-php

bench: build sandbox bench-needs
	@BONUSPAY_BUILD='$(BUILD)' cargo run --locked --quiet --release --manifest-path benches/Cargo.toml

bench-needs:
	@if ! pkg-config --exists openssl; then \
		echo "OpenSSL's development files are missing: apt-get install libssl-dev pkg-config" >&2; exit 1; fi

# For `make check`, where OpenSSL is at hand.
bench-check: bench-needs
	@cargo fmt --check --manifest-path benches/Cargo.toml
	@BONUSPAY_BUILD='$(BUILD)' cargo clippy --locked --quiet --manifest-path benches/Cargo.toml --all-targets -- -D warnings

# The extension beside PHP's own curl and openssl; no aim that is missed fails it.
bench-php: setup-test php-ext sandbox
	@BONUSPAY_SANDBOX='$(BUILD)/bonuspay-sandbox' python3 -B benches/php/run.py php-ext/modules/bonuspay.so
