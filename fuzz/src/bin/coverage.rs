//! One target, chosen by `FUZZ_TARGET`, under libFuzzer.
#![no_main]

use std::sync::LazyLock;

use bonuspay_fuzz::Target;

static TARGET: LazyLock<&Target> = LazyLock::new(|| {
    let name = std::env::var("FUZZ_TARGET").unwrap_or_default();
    bonuspay_fuzz::target(&name).unwrap_or_else(|| {
        eprintln!("FUZZ_TARGET must name a target, not {name:?}");
        std::process::exit(2)
    })
});

libfuzzer_sys::fuzz_target!(|input: &[u8]| (TARGET.run)(input));
