# The pages as a reader would follow them; see tests/documents/run.py.

.PHONY: test-documents test-documents-quick

# What needs no root, and builds and installs nothing.
test-documents-quick: setup-test sandbox php-ext php-ext-static ## Runs the blocks of all pages that need no root
	@tests/documents/mistakes.sh
	@python3 -B tests/documents/run.py

# All of it, for which the system is there twice: what root's blocks install is gone afterwards.
test-documents: setup-test ## Runs the blocks of all pages, in a system that is thrown away
	@tests/documents/throwaway python3 -B tests/documents/run.py --all
