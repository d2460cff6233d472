//! Gives the cdylib its SONAME, and keeps it in memory once it is loaded.

#[path = "src/ffi/abi.rs"]
mod abi;

fn main() {
    println!("cargo::rerun-if-changed=src/ffi/abi.rs");
    println!("cargo::rerun-if-changed=build.rs");
    // Set by the test that runs under ThreadSanitizer.
    println!("cargo::rustc-check-cfg=cfg(bonuspay_tsan)");
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,libbonuspay.so.{}", abi::BONUSPAY_ABI_VERSION);
        // Threads of a host may still hold connections of ours when it unloads its modules.
        println!("cargo::rustc-cdylib-link-arg=-Wl,-z,nodelete");
    }
}
