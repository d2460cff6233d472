//! The simulation itself: it repeats, it holds, and it bites.

use std::sync::{Arc, LazyLock};

use bonuspay_simulation::cast;
use bonuspay_simulation::keys::{Keys, THOROUGH};
use bonuspay_simulation::mutation::Mutation;
use bonuspay_simulation::sim::COMES_TO_REST;

static KEYS: LazyLock<Arc<Keys>> = LazyLock::new(|| Arc::new(Keys::generate().unwrap()));

/// Other keys, the same trace: nothing that happens depends on them, nor on anything else outside of the seed.
#[test]
fn the_same_seed_is_the_same_world() {
    let others = Arc::new(Keys::generate().unwrap());
    for seed in (0..40).chain([THOROUGH - 1]) {
        let (one, two) = (cast::run(seed, &KEYS, None, true), cast::run(seed, &others, None, true));
        assert_eq!(one.trace, two.trace, "seed {seed}");
        assert_eq!((one.hash, one.counts), (two.hash, two.counts), "seed {seed}");
    }
}

#[test]
fn other_seeds_are_other_worlds() {
    let mut hashes: Vec<String> = (0..100).map(|seed| cast::run(seed, &KEYS, None, false).hash).collect();
    hashes.sort();
    hashes.dedup();
    assert_eq!(hashes.len(), 100);
}

/// Each mistake is found, and found by the promise that it breaks.
#[test]
fn the_invariants_bite() {
    let mut missed = Vec::new();
    for mutation in Mutation::ALL {
        let seeds = std::iter::once(mutation.look_first_in()).chain(0..mutation.found_within());
        let mut broken = seeds.filter_map(|seed| {
            let broken = cast::run(seed, &KEYS, Some(mutation), false).broken;
            // That a world goes on for ever shows that something is wrong, not what.
            broken.filter(|promise| promise != COMES_TO_REST).map(|promise| (seed, promise))
        });
        match broken.next() {
            Some((seed, promise)) => println!("{mutation:?}: seed {seed}: {promise}"),
            None => missed.push(mutation),
        }
    }
    assert!(missed.is_empty(), "not found: {missed:?}");
}
