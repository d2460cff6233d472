//! The committed header is what the source says, and compiles wherever C and C++ programs are built.
#![allow(clippy::unwrap_used)]

use crate::native::{declared, is_on_path, loudly, root, run, scratch};
use std::process::Command;

/// In the order in which a reader meets them.
const SOURCES: [&str; 10] =
    ["abi", "error", "config", "client", "calls", "many", "response", "notification", "keypair", "utility"];

fn generate() -> String {
    write(config())
}

/// The same for runtimes that read declarations (cffi, LuaJIT, PHP's FFI), most of which read no directives.
fn generate_declarations() -> String {
    let mut config = config();
    config.header = None;
    config.include_guard = None;
    config.sys_includes.clear();
    config.cpp_compat = false;
    config.documentation = false;
    let constant = |line: &str| match line.strip_prefix("#define ").and_then(|macro_| macro_.split_once(' ')) {
        Some((name, value)) => format!("enum {{ {name} = {value} }};\n"),
        None => format!("{line}\n"),
    };
    write(config).trim_start().lines().map(constant).collect()
}

fn config() -> cbindgen::Config {
    cbindgen::Config::from_file(root().join("include/cbindgen.toml")).unwrap()
}

fn write(config: cbindgen::Config) -> String {
    let mut builder = cbindgen::Builder::new().with_config(config);
    for source in SOURCES {
        builder = builder.with_src(root().join("src/ffi").join(source).with_extension("rs"));
    }
    let mut header = Vec::new();
    builder.generate().unwrap().write(&mut header);
    String::from_utf8(header).unwrap()
}

#[test]
fn headers_are_what_the_source_says() {
    for (name, generated) in [("bonuspay.h", generate()), ("bonuspay.ffi.h", generate_declarations())] {
        let path = root().join("include").join(name);
        if std::env::var_os("BONUSPAY_WRITE_HEADER").is_some() {
            std::fs::write(&path, &generated).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == generated,
            "include/{name} differs from the source: `make header` writes it, then read what changed"
        );
    }
}

/// The runtimes that read this file parse C by themselves, and less of it than a compiler does.
#[test]
fn declarations_are_nothing_but_declarations() {
    let declarations = std::fs::read_to_string(root().join("include/bonuspay.ffi.h")).unwrap();
    for mark in ["#", "/*", "//", "extern"] {
        assert!(!declarations.contains(mark), "include/bonuspay.ffi.h has {mark}");
    }
    for function in declared() {
        assert!(declarations.contains(&format!("{function}(")), "include/bonuspay.ffi.h does not declare {function}");
    }
}

#[test]
fn every_source_with_exports_is_in_the_header() {
    for entry in std::fs::read_dir(root().join("src/ffi")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let exports = std::fs::read_to_string(&path).unwrap().contains("pub unsafe extern \"C\" fn bonuspay_");
        // guard.rs has the one function that only tests of panics call.
        assert!(!exports || name == "guard" || SOURCES.contains(&name), "{name}.rs is missing in SOURCES");
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
            let freed = ["The caller frees `*out` with `bonuspay_", "The caller frees each `out[i]` with `bonuspay_"];
            assert!(freed.into_iter().any(said), "who frees *out? {block}");
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
    // Twice: the include guard holds. The size: what callers in other languages rely on.
    let source = scratch("header").join("program.c");
    let program = "#include \"bonuspay.h\"\n#include \"bonuspay.h\"\n\
                   typedef char status_is_an_int[sizeof(bonuspay_status) == sizeof(int) ? 1 : -1];\n\
                   int main(void) { status_is_an_int x; (void)x; return BONUSPAY_ABI_VERSION - 2; }\n";
    std::fs::write(&source, program).unwrap();
    const C: &[&str] = &["c99", "c11", "c17"];
    const CPP: &[&str] = &["c++11", "c++20"];
    let compilers = [("gcc", "c", C), ("g++", "c++", CPP), ("clang", "c", C), ("clang++", "c++", CPP)];
    let (found, missing): (Vec<_>, Vec<_>) = compilers.into_iter().partition(|(name, ..)| is_on_path(name));
    for (name, ..) in missing {
        loudly(&format!("the header with {name}, which is not on this machine"));
    }
    assert!(!found.is_empty(), "no compiler at hand");
    for (name, language, standards) in found {
        for standard in standards {
            run(Command::new(name)
                .args(["-fsyntax-only", "-x", language, &format!("-std={standard}")])
                .args(["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-Wundef", "-I"])
                .arg(root().join("include"))
                .arg(&source));
        }
    }
}
