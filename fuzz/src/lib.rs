//! Fuzz targets. Each takes any bytes, makes of them what somebody else could send, gives that to the library, and
//! compares what comes back with another reading of the same bytes: not crashing is the least that is asked.
//!
//! Keys are made at start, the same in every run, so that what was found once is found again.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod bytes;
mod independent;
mod keys;
mod targets;

/// One entry of the library.
pub struct Target {
    /// As in `fuzz/corpus/` and on the command line.
    pub name: &'static str,
    /// Panics when the library is wrong.
    pub run: fn(&[u8]),
    /// Longer inputs only make it slower.
    pub longest: usize,
}

/// Every target.
pub const TARGETS: [Target; 8] = [
    Target { name: "amount", run: targets::amount::run, longest: 200 },
    Target { name: "answer", run: targets::answer::run, longest: 4096 },
    Target { name: "c_abi", run: targets::c_abi::run, longest: 1024 },
    Target { name: "checkout_url", run: targets::checkout_url::run, longest: 512 },
    Target { name: "json", run: targets::json::run, longest: 4096 },
    Target { name: "key", run: targets::key::run, longest: 2048 },
    Target { name: "notification", run: targets::notification::run, longest: 4096 },
    Target { name: "signature", run: targets::signature::run, longest: 2048 },
];

/// The target of this name.
pub fn target(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}
