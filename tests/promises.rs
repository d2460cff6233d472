//! docs/safety.md names a test for each promise: they must exist. And what only the source can show.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

#[test]
fn every_test_that_docs_safety_names_exists() {
    let page = read("docs/safety.md");
    let mut named = 0;
    for row in page.lines().filter(|line| line.starts_with("| R")) {
        let shown_by = row.trim_end_matches(" |").rsplit(" | ").next().unwrap();
        let before = named;
        for name in shown_by.split('`').skip(1).step_by(2) {
            named += 1;
            match name.split_once("::") {
                Some((file, title)) if file.ends_with(".mjs") => {
                    let source = read(file).replace("\\\"", "\"");
                    let mut calls = ['"', '`']
                        .into_iter()
                        .flat_map(|quote| [" ", "\n"].map(|before| format!("{before}test({quote}{title}{quote}, ")));
                    assert!(calls.any(|call| source.contains(&call)), "{file} has no test called {title}");
                }
                Some((file, test)) if file.ends_with(".php") => {
                    assert!(
                        read(file).contains(&format!("public function {test}(): void")),
                        "{file} has no test {test}"
                    );
                }
                Some((file, test)) => {
                    let source = read(file);
                    let at = source.find(&format!("fn {test}(")).unwrap_or_else(|| panic!("{file} has no test {test}"));
                    let attributes = &source[source[..at].trim_end().rfind("\n\n").unwrap_or(0)..at];
                    assert!(attributes.contains("#[test]"), "{name} is not a test");
                    assert!(!attributes.contains("#[ignore"), "{name} is ignored");
                }
                None => assert!(root().join(name).exists(), "{name} does not exist"),
            }
        }
        assert!(named > before, "no test in: {row}");
    }
    assert!(named > 100, "{named}");
}

#[test]
fn every_test_that_docs_protocol_names_exists() {
    let page = read("docs/protocol.md");
    let mut named = 0;
    for (file, test) in page.split('`').skip(1).step_by(2).filter_map(|name| name.split_once(".rs::")) {
        named += 1;
        let file = format!("{file}.rs");
        assert!(
            read(&file)
                .contains(&format!("#[test]\n{0}fn {test}(", if file.starts_with("src/") { "    " } else { "" })),
            "{file} has no test {test}"
        );
    }
    assert!(named > 50, "{named}");
}

#[test]
fn every_required_promise_has_a_row() {
    let page = read("docs/safety.md");
    let promised: Vec<&str> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| R"))
        .flat_map(|row| row.split(" | ").next().unwrap_or_default().split(", "))
        .map(|number| number.trim_start_matches('R'))
        .collect();
    let mut required: Vec<String> = ["61a", "115", "116", "123"].map(str::to_owned).to_vec();
    for range in [1..=13, 15..=53, 55..=61, 62..=73, 78..=83, 85..=89, 91..=105, 110..=113] {
        required.extend(range.map(|number| number.to_string()));
    }
    for number in required {
        assert!(promised.contains(&number.as_str()), "docs/safety.md has no row for R{number}");
    }
}

/// R48
#[test]
fn no_floating_point_in_the_library() {
    for path in sources(&root().join("src")) {
        let source = fs::read_to_string(&path).unwrap();
        let words = source.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        for word in words {
            assert!(
                !matches!(word, "f32" | "f64" | "as_f64" | "mul_f64" | "to_f64"),
                "{} holds {word}",
                path.display()
            );
        }
    }
}

/// R116
#[test]
fn one_crypto_library_and_no_pre_release() {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--offline", "--edges", "normal,build", "--prefix", "none", "--format", "{p}"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let tree = String::from_utf8(tree.stdout).unwrap();
    let packages: Vec<(&str, &str)> = tree.lines().filter_map(|line| line.split_once(" v")).collect();
    assert!(packages.len() > 40, "{}", packages.len());
    let crypto = [
        "aws-lc",
        "rsa",
        "rustls",
        "pkcs",
        "der",
        "spki",
        "signature",
        "digest",
        "webpki",
        "num-bigint",
        "rand",
        "zeroize",
        "subtle",
        "base64",
    ];
    for (name, version) in &packages {
        let second = matches!(*name, "ring" | "openssl" | "openssl-sys" | "native-tls");
        assert!(!second, "a second crypto library: {name}");
        let version = version.split(' ').next().unwrap_or_default();
        let is_crypto = crypto.iter().any(|prefix| name.starts_with(prefix));
        assert!(!(is_crypto && version.contains('-')), "{name} {version} is a pre-release");
    }
    assert!(packages.iter().any(|(name, _)| *name == "aws-lc-rs"));
}

/// R115
#[test]
fn cargo_is_always_called_with_locked_versions() {
    let mut calls = 0;
    for line in read("Makefile").lines().filter(|line| line.contains("$(CARGO) ")) {
        let builds = ["build", "test", "clippy", "doc", "run", "bench"]
            .iter()
            .any(|verb| line.contains(&format!("$(CARGO) {verb}")));
        if builds {
            calls += 1;
            assert!(line.contains("$(LOCKED)"), "{line}");
        }
    }
    assert!(calls >= 6 && read("Makefile").contains("LOCKED := --locked"), "{calls}");
}

/// README shows these programs whole, and tests/documents runs them; callback.php it compares.
#[test]
fn readme_shows_the_programs_that_are_tested() {
    let readme = read("README.md");
    for program in ["tests/c/quickstart.c", "tests/rust/quickstart.rs", "tests/php/quickstart.php"] {
        assert!(readme.contains(&read(program)), "README.md does not show {program} as it is");
    }
    assert!(read("tests/c/quickstart.c").lines().count() <= 40);
    assert!(read("tests/php/quickstart.php").lines().count() <= 10);
}
