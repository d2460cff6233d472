# README's commands in an empty system; tests/fresh/run.sh says what can be set.

.PHONY: test-fresh
INNER += setup-fresh

setup-fresh:
	@.ci/setup fresh

test-fresh: setup-fresh ## README's commands on a machine that has nothing, an empty system in a folder: SYSTEM, AS, TARGETS, MUTATE
	@tests/fresh/run.sh
