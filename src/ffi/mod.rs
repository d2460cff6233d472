//! The C ABI.
#![allow(unsafe_code)]
mod abi;
pub use abi::BONUSPAY_ABI_VERSION;
