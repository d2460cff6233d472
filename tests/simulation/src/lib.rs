//! Shop, shopper, network and gateway in one process, seeded, on a virtual clock. See README.md.

pub mod cast;
pub mod counts;
pub mod event;
pub mod fate;
pub mod gateway;
pub mod invariants;
pub mod keys;
pub mod ledger;
pub mod mutation;
pub mod network;
pub mod plan;
pub mod rng;
pub mod shop;
pub mod shopper;
pub mod sim;
pub mod world;
