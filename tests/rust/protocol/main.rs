//! The protocol without a network: requests as they are signed, answers and notifications as they are believed.
//! The gateway's signatures are made, and ours are verified, by openssl's command line.

#[path = "../support/mod.rs"]
mod support;

mod answers;
mod gateway;
mod notifications;
mod products;
mod questions;
mod requests;
mod retries;
mod samples;
