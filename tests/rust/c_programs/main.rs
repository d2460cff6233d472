//! The library as C programs have it: its header, what it exports, how it is installed, and programs that use it.

#[path = "../support/native.rs"]
mod native;
#[path = "../support/mod.rs"]
mod support;

mod abi;
mod exports;
mod header;
mod install;
mod programs;
