//! The committed header is what the source says, and compiles wherever C and C++ programs are built.
#![allow(clippy::unwrap_used)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// In the order in which a reader meets them.
const SOURCES: [&str; 8] = ["abi", "error", "config", "client", "response", "notification", "keypair", "utility"];

fn generate() -> String {
    let config = cbindgen::Config::from_file(root().join("cbindgen.toml")).unwrap();
    let mut builder = cbindgen::Builder::new().with_config(config);
    for source in SOURCES {
        builder = builder.with_src(root().join("src/ffi").join(source).with_extension("rs"));
    }
    let mut header = Vec::new();
    builder.generate().unwrap().write(&mut header);
    String::from_utf8(header).unwrap()
}

#[test]
fn header_is_what_the_source_says() {
    let generated = generate();
    let path = root().join("include/bonuspay.h");
    if std::env::var_os("BONUSPAY_WRITE_HEADER").is_some() {
        std::fs::write(&path, &generated).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == generated,
        "include/bonuspay.h differs from the source: `BONUSPAY_WRITE_HEADER=1 cargo test --test header` writes it, \
         then read what changed"
    );
}

#[test]
fn every_source_with_exports_is_in_the_header() {
    for entry in std::fs::read_dir(root().join("src/ffi")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let exports = std::fs::read_to_string(&path).unwrap().contains("pub unsafe extern \"C\" fn bonuspay_");
        // mod.rs has the one function that only tests of panics call.
        assert!(!exports || name == "mod" || SOURCES.contains(&name), "{name}.rs is missing in SOURCES");
    }
}

#[test]
fn every_function_says_what_it_gives_and_who_frees_it() {
    let header = generate();
    let mut functions = 0;
    for (end, _) in header.match_indices(");\n") {
        let start = header[..end].rfind("\n\n").unwrap();
        let block = &header[start..end];
        if !block.contains(" bonuspay_") && !block.contains("*bonuspay_") {
            continue;
        }
        functions += 1;
        let comment = block.find("/**").map(|at| &block[at..]).unwrap_or_default();
        let said = |words: &str| comment.replace("\n *", "").contains(words);
        assert!(!comment.is_empty(), "without a comment: {block}");
        if block.contains("**out,") {
            assert!(said("The caller frees `*out` with `bonuspay_"), "who frees *out? {block}");
            assert!(said("Returns "), "which statuses? {block}");
        }
        if block.contains("size_t *len)") {
            assert!(said("with it"), "whose text is it? {block}");
        }
    }
    assert!(functions > 50, "{functions} functions found");
}

#[test]
fn header_compiles_everywhere() {
    let compilers = [("gcc", "g++"), ("clang", "clang++")];
    let mut compiled = 0;
    for (c, cpp) in compilers {
        for (compiler, language, standards) in
            [(c, "c", &["c99", "c11", "c17"][..]), (cpp, "c++", &["c++11", "c++20"][..])]
        {
            if Command::new(compiler).arg("--version").output().is_err() {
                // Not by eprintln!: the test harness would keep it to itself.
                writeln!(std::io::stderr(), "header: NOT TRIED, not on this machine: {compiler}").unwrap();
                continue;
            }
            for standard in standards {
                compile(compiler, language, standard);
                compiled += 1;
            }
        }
    }
    assert!(compiled > 0, "no compiler at hand");
}

fn compile(compiler: &str, language: &str, standard: &str) {
    let source = scratch(&format!("header-{compiler}-{standard}.{}", if language == "c" { "c" } else { "cc" }));
    // Twice: the include guard holds. The size: what callers in other languages rely on.
    let program = "#include \"bonuspay.h\"\n#include \"bonuspay.h\"\n\
                   typedef char status_is_an_int[sizeof(bonuspay_status) == sizeof(int) ? 1 : -1];\n\
                   int main(void) { status_is_an_int x; (void)x; return BONUSPAY_ABI_VERSION - 1; }\n";
    std::fs::write(&source, program).unwrap();
    let output = Command::new(compiler)
        .args(["-fsyntax-only", "-x", language, &format!("-std={standard}")])
        .args(["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-Wundef", "-I"])
        .arg(root().join("include"))
        .arg(&source)
        .output()
        .unwrap();
    assert!(output.status.success(), "{compiler} -std={standard}:\n{}", String::from_utf8_lossy(&output.stderr));
}

fn scratch(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}
