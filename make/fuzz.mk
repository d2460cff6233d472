# Fuzzing; see fuzz/README.md. Works alone as `make -f make/fuzz.mk fuzz-short`.

CARGO ?= cargo

.PHONY: fuzz fuzz-smoke fuzz-short
INNER += fuzz-check setup-fuzz setup-fuzz-short

# A target; all when empty.
FUZZ_TARGETS ?=
FUZZ_SECONDS ?= 3600

setup-fuzz:
	@.ci/setup fuzz

setup-fuzz-short:
	@.ci/setup build

# For hours: every target for FUZZ_SECONDS, guided by coverage, with the address sanitizer.
fuzz: setup-fuzz ## Fuzzes for hours: FUZZ_TARGETS, FUZZ_SECONDS
	@fuzz/run $(FUZZ_SECONDS) $(FUZZ_TARGETS)

fuzz-smoke: setup-fuzz ## Fuzzes each target for ten seconds
	@fuzz/run 10 $(FUZZ_TARGETS)

# For `make test`: the corpora and a second of mutations each, on any toolchain. FUZZ_SEED repeats a run.
fuzz-short: setup-fuzz-short ## The fuzz corpora and a second of mutations a target, on any toolchain
	@$(CARGO) run --locked --quiet --manifest-path fuzz/Cargo.toml -- --seconds 1 $(FUZZ_SEED:%=--seed %) $(FUZZ_TARGETS)

# For `make check`.
fuzz-check:
	@$(CARGO) fmt --check --manifest-path fuzz/Cargo.toml
	@$(CARGO) clippy --locked --quiet --manifest-path fuzz/Cargo.toml --all-targets -- -D warnings
