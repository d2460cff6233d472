/// The number of this ABI: the SONAME's suffix, what `bonuspay_abi_version()` returns, and what a
/// program compares at start. It changes when a function or constant changes its meaning or goes.
pub const BONUSPAY_ABI_VERSION: u32 = 2;
