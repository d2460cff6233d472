# Fuzzing; see fuzz/README.md. Works alone as `make -f make/fuzz.mk fuzz-short`.

CARGO ?= cargo

.PHONY: fuzz fuzz-library fuzz-smoke fuzz-short
INNER += fuzz-check fuzz-library setup-fuzz setup-fuzz-short

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
fuzz-short: setup-fuzz-short fuzz-library ## The fuzz corpora and a second of mutations a target, on any toolchain
	@$(CARGO) run --locked --quiet --manifest-path fuzz/Cargo.toml -- --seconds 1 $(FUZZ_SEED:%=--seed %) $(FUZZ_TARGETS)

# A library that is a cdylib too has no hash in its name: the one with the feature "fuzzing" is the one without it, once the
# tests were built, and cargo sees that only for a source of its own.
fuzz-library:
	@[ -z "$$(find fuzz/src fuzz/Cargo.toml -newer "$(TARGET)/debug/mutate" 2>/dev/null)" ] || touch src/fuzzing.rs

# For `make check`.
fuzz-check: fuzz-library
	@$(CARGO) fmt --check --manifest-path fuzz/Cargo.toml
	@$(CARGO) clippy --locked --quiet --manifest-path fuzz/Cargo.toml --all-targets -- -D warnings
