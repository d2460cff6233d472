# Checks that stand by themselves.

.PHONY: layers style test-sanitizers audit
INNER += setup-audit

# See tests/layers/. First the check on trees with a circle, which it must find.
layers: ## Arrows between modules point one way
	@python3 -B tests/layers/test_rust.py
	@python3 -B tests/layers/rust.py

# First the checks on faults that they must find.
style: ## How wide lines are and how long functions, and WordPress's coding standard
	@python3 -B tests/style/test_style.py
	@python3 -B tests/style/lines.py
	@python3 -B tests/style/functions.py
	@$(MAKE) phpcs

test-sanitizers: setup-test build sandbox ## The C programs under valgrind, and their threads under ThreadSanitizer
	@.ci/setup sanitizers
	@BONUSPAY_SANITIZERS=1 $(CARGO) test $(LOCKED) --test c_programs programs

# Advisories only where ADVISORY_DB names a copy of the database.
audit: setup-audit ## Licences, sources and banned crates of all that is compiled in
	@.ci/audit

setup-audit:
	@.ci/setup audit
