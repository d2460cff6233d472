//! Links the library that `make` built.

fn main() {
    println!("cargo::rerun-if-env-changed=BONUSPAY_BUILD");
    let build = std::env::var("BONUSPAY_BUILD").unwrap_or_else(|_| "../target/release".into());
    println!("cargo::rustc-link-search=native={build}");
    println!("cargo::rustc-link-lib=dylib=bonuspay");
    println!("cargo::rustc-link-arg=-Wl,-rpath,{build}");
}
