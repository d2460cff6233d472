# `make simulate SEEDS=… [FROM=…]`: the simulation, more of it than the tests run.

SEEDS ?= 10000
FROM ?= 0

CARGO ?= cargo

.PHONY: simulate test-simulation

# A target folder of its own: its build of the library must not take the place of the one that ships.
simulate: setup-build ## The simulation of shops, shoppers and faults: SEEDS, FROM
	@CARGO_TARGET_DIR='$(TARGET)/simulation' $(CARGO) run --locked -q --release --manifest-path tests/simulation/Cargo.toml -- \
		--seeds $(SEEDS) --from $(FROM)

# A short form, with the objects of the other tests: not optimised, but built in a tenth of the time. A thousand seeds are
# the fewest of which the program demands that everything has happened.
test-simulation: setup-build ## A short simulation, and its own tests
	@$(CARGO) run --locked -q --manifest-path tests/simulation/Cargo.toml -- --seeds 1000 --from $(FROM)
	@$(CARGO) test --locked -q --manifest-path tests/simulation/Cargo.toml
