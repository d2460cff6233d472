//! The library against the real sandbox.

#[path = "../support/native.rs"]
mod native;
#[path = "../support/mod.rs"]
mod support;

mod agreement;
mod faults;
