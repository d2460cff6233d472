//! The C ABI: what `include/bonuspay.h` declares, a file per object.
//!
//! The header's first page is the contract. `guard` and `fallible` hold what makes it true in one place: every exported
//! function writes its outputs first and then runs its body under one of the guards, so that no panic
//! unwinds into C, no argument is read before it was checked, and no output is left unwritten.
#![allow(unsafe_code, non_camel_case_types)]

mod abi;
mod calls;
mod client;
mod config;
mod error;
mod fallible;
mod guard;
mod handle;
mod keypair;
mod many;
mod notification;
mod response;
mod text;
mod utility;

/// For the fuzz targets, which call what C calls.
#[cfg(feature = "fuzzing")]
pub mod exported {
    pub use super::abi::*;
    pub use super::client::*;
    pub use super::config::*;
    pub use super::error::*;
    pub use super::keypair::*;
    pub use super::many::*;
    pub use super::notification::*;
    pub use super::response::*;
    pub use super::utility::*;
}

#[cfg(test)]
mod tests;
