# `make store` brings up a real shop on loopback; tests/store/store says what can be set.

.PHONY: store store-down store-reset store-test
INNER += setup-store store-down-all

setup-store:
	@.ci/setup store

store: setup-store sandbox php-ext-static ## Brings up a shop on loopback
	@tests/store/store up

store-down: ## Stops the shop and removes it
	@tests/store/store down

# The database, uploads, logs, mails and the sandbox as they were after `make store`.
store-reset: ## Puts the shop back to how it came up
	@tests/store/store reset

# All tests of the shop, with both ways of storing orders, several files at a time. JOBS=N, LIMIT=SECONDS: run.sh says more.
# ZIP=FILE: on the plugin in that zip, not on woocommerce/.
on_zip = $(if $(ZIP),tests/store/on-zip '$(ZIP)')
store-test: sandbox php-ext-static ## All tests of the shop, with both ways of storing orders: JOBS, LIMIT, ZIP
	@$(if $(ZIP),tests/dist/install.sh '$(ZIP)')
	@$(on_zip) tests/store/run.sh --both

# What runs outlives the folder that says so.
clean: store-down-all
store-down-all:
	@for store in target/store/*; do [ ! -L "$$store" ] || STORE=$${store##*/} tests/store/store down; done

# Workers and the database are killed, and BonusPay misbehaves. SEED=N repeats its choices.
.PHONY: store-load
store-load: sandbox php-ext-static ## Two hundred shoppers while parts of the shop are killed: SEED
	@LIMIT=3600 NODES=2 DURABLE=1 tests/store/run.sh tests/store/load.mjs
