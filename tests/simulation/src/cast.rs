//! Who takes part in the simulation.

use std::sync::Arc;

use crate::keys::Keys;
use crate::mutation::Mutation;
use crate::sim::{Cast, Report, Sim};
use crate::{invariants, network, shop, shopper};

static CAST: Cast = Cast {
    client: network::client,
    begin: shopper::begin,
    shop: shop::run,
    missed: shop::missed,
    after_step: invariants::after_step,
    after_call: invariants::after_call,
    at_rest: invariants::at_rest,
    count: invariants::count,
};

/// Lets the world of a seed happen.
pub fn run(seed: u64, keys: &Arc<Keys>, mutation: Option<Mutation>, keep_trace: bool) -> Report {
    Sim::run(&CAST, seed, keys, mutation, keep_trace)
}
