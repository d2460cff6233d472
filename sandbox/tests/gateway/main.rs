//! What the sandbox promises, asked of the real program over HTTP.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod control;
mod faults;
mod notifications;
mod orders;
mod pages;
mod products;
mod refunds;
mod start;
mod support;
