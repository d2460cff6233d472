//! Shop, shopper, network and gateway in one process, seeded, on a virtual clock. See README.md.

pub mod bank;
pub mod counts;
pub mod dice;
pub mod invariants;
pub mod keys;
pub mod mutation;
pub mod network;
pub mod shop;
pub mod shopper;
pub mod world;
