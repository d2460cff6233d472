//! Keys as merchants paste them, what is signed with them, and what is left of them in memory.

#[path = "../support/mod.rs"]
mod support;

mod memory;
mod signatures;
mod texts;
