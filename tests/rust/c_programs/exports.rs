//! The library gives out the functions of its header and nothing else, under its name.
#![allow(clippy::unwrap_used)]

use crate::native::{declared, release, run};
use std::process::Command;

#[test]
fn exactly_the_functions_of_the_header_are_exported() {
    let symbols = run(Command::new("nm").args(["-D", "--defined-only"]).arg(release().join("libbonuspay.so")));
    let mut exported: Vec<_> = symbols.lines().map(|line| line.rsplit(' ').next().unwrap().to_owned()).collect();
    exported.sort();
    assert_eq!(exported, declared());
    assert!(exported.len() > 60, "{exported:?}");
}

#[test]
fn the_library_has_its_name_stays_loaded_and_brings_its_own_tls() {
    let dynamic = run(Command::new("readelf").arg("-dW").arg(release().join("libbonuspay.so")));
    let entries = |tag: &str| -> Vec<&str> { dynamic.lines().filter(|line| line.contains(tag)).collect() };
    assert!(dynamic.contains("Library soname: [libbonuspay.so.2]"), "{dynamic}");
    assert!(entries("FLAGS_1").iter().any(|line| line.contains("NODELETE")), "{dynamic}");
    assert!(entries("(RPATH)").is_empty() && entries("(RUNPATH)").is_empty(), "{dynamic}");
    for library in entries("(NEEDED)") {
        let own = ["libc.so.6", "libm.so.6", "libgcc_s.so.1", "ld-linux"].iter().any(|known| library.contains(known));
        assert!(own, "needs more than libc: {library}");
    }
}

/// `.cargo/config.toml` leaves it out of every build in this repository; docs/reference/safety.md says why that may be.
#[test]
fn the_collector_of_cpu_jitter_is_not_built_in() {
    let symbols = run(Command::new("nm").arg("--defined-only").arg(release().join("libbonuspay.a")));
    assert!(symbols.contains("_CRYPTO_sysrand") && !symbols.contains("_jent_"), "jitterentropy is in libbonuspay.a");
}
