# Files that are committed and made from the source; the tests compare.

.PHONY: header outcomes

header: ## Writes include/bonuspay.h and include/bonuspay.ffi.h from the source
	@BONUSPAY_WRITE_HEADER=1 $(CARGO) test $(LOCKED) -q --test c_programs header

outcomes: build sandbox ## Writes docs/reference/outcomes.md from what the library does
	@BONUSPAY_WRITE_OUTCOMES=1 $(CARGO) test $(LOCKED) -q --test sandbox faults
