# The sandbox, and what is shown with it.

.PHONY: sandbox demo demo-all vendor
INNER += setup-demo setup-vendor

setup-demo:
	@.ci/setup demo

setup-vendor:
	@.ci/setup vendor

sandbox: build ## BonusPay's stand-in for tests, target/release/bonuspay-sandbox
	@$(CARGO) build $(LOCKED) $(QUIET) $(ANYWHERE) --release --manifest-path sandbox/Cargo.toml
	@$(MAKE) products FILES=bonuspay-sandbox

# All that is needed is named at once, also for the quick starts that come after it.
demo: setup-demo build sandbox php-ext ## A payment end to end, in PHP and in C
	@tests/php/demo.sh "$(BUILD)/bonuspay-sandbox" "$(CURDIR)/php-ext/modules/bonuspay.so"
	@tests/c/demo.sh "$(BUILD)"

demo-all: build sandbox ## The payment in C, then a walk through every other product
	@tests/c/demo.sh "$(BUILD)" demo demo_all

vendor: setup-vendor sandbox ## The vendor's own client against the sandbox, and against the library
	@tests/vendor/run.sh --all "$(BUILD)"
