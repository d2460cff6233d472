# `make simulate SEEDS=… [FROM=…]`: the simulation, more of it than the tests run. Included by the root's Makefile.

SEEDS ?= 10000
FROM ?= 0

# A target folder of its own: its build of the library must not take the place of the one that ships.
SIMULATE := CARGO_TARGET_DIR='$(TARGET)/simulation' cargo

.PHONY: simulate test-simulation
simulate:
	@$(SIMULATE) run --locked -q --release --manifest-path simulation/Cargo.toml -- --seeds $(SEEDS) --from $(FROM)

test-simulation: simulate
	@$(SIMULATE) test --locked -q --release --manifest-path simulation/Cargo.toml
