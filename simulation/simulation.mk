# `make simulate SEEDS=… [FROM=…]`: the simulation, more of it than the tests run. Included by the root's Makefile.

SEEDS ?= 10000
FROM ?= 0

.PHONY: simulate test-simulation
simulate:
	@cargo run --locked -q --release --manifest-path simulation/Cargo.toml -- --seeds $(SEEDS) --from $(FROM)

test-simulation: simulate
	@cargo test --locked -q --release --manifest-path simulation/Cargo.toml
