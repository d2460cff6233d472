# The programs of examples/, a payment each, in every runtime that docs/guide/linking.md names.

.PHONY: test-runtimes test-runtimes-short
INNER += setup-runtimes

setup-runtimes:
	@.ci/setup runtimes

# Installs what is missing. RUNTIMES chooses: `make test-runtimes RUNTIMES="go java"`.
test-runtimes: setup-runtimes sandbox php-ext ## The programs of examples/, a payment each: RUNTIMES
	@tests/runtimes/run.sh '$(BUILD)' $(RUNTIMES)
	@$(CARGO) test $(LOCKED) $(QUIET) --test c_programs musl

# For `make test`: those that this machine has; the others are named.
test-runtimes-short: build sandbox php-ext ## Those programs of examples/ that this machine can run
	@tests/runtimes/run.sh --at-hand '$(BUILD)' $(RUNTIMES)
