//! docs/reference/safety.md names a test for each promise: they must exist. And what only the source can show.

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
    let page = read("docs/reference/safety.md");
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
    let page = read("docs/reference/protocol.md");
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

/// Each path is there, from the root or in the folder that its row is about; a row that is about a file names its
/// functions.
#[test]
fn every_path_and_function_that_contributing_names_exists() {
    let page = read("CONTRIBUTING.md");
    let (mut paths, mut functions) = (0, 0);
    for line in page.lines() {
        let about = line.strip_prefix("| `").and_then(|row| row.split('`').next()).unwrap_or_default();
        for words in line.split('`').skip(1).step_by(2) {
            let name = words.split(' ').next().unwrap_or_default();
            if name.contains('/') || [".rs", ".h", ".php"].iter().any(|ending| name.ends_with(ending)) {
                paths += 1;
                let is_there = root().join(name).exists() || root().join(about).join(name).exists();
                assert!(is_there, "CONTRIBUTING.md names {name}, which is not there");
            } else if let Some(function) = name.strip_suffix("()").filter(|_| root().join(about).is_file()) {
                functions += 1;
                let is_there = read(about).match_indices(&format!("{function}(")).any(|(at, _)| {
                    !read(about)[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_')
                });
                assert!(is_there, "CONTRIBUTING.md: {about} has no {name}");
            }
        }
    }
    assert!(paths > 60 && functions > 30, "{paths} paths, {functions} functions");
}

#[test]
fn every_required_promise_has_a_row() {
    let page = read("docs/reference/safety.md");
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
        assert!(promised.contains(&number.as_str()), "docs/reference/safety.md has no row for R{number}");
    }
}

/// Every file that git tracks and that is text of ours, with its content.
fn tracked_texts() -> Vec<(String, String)> {
    let listed = Command::new("git").args(["ls-files"]).current_dir(root()).output().unwrap();
    assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
    let names = String::from_utf8(listed.stdout).unwrap();
    names
        .lines()
        .filter(|name| !name.starts_with("fuzz/corpus/") && !name.ends_with(".lock"))
        .filter_map(|name| Some((name.to_owned(), fs::read_to_string(root().join(name)).ok()?)))
        .collect()
}

/// What follows a prefix, as far as it is digits, points and one small letter: the number of a section or of a promise.
fn numbers_after<'t>(text: &'t str, prefix: &'t str) -> impl Iterator<Item = &'t str> {
    text.match_indices(prefix).filter_map(move |(at, _)| {
        let is_inside_a_word = text[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_');
        let rest = &text[at + prefix.len()..];
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let number = rest[..digits].trim_end_matches('.');
        (!is_inside_a_word && !number.is_empty()).then_some(number)
    })
}

#[test]
fn every_section_of_the_protocol_that_is_cited_exists() {
    let page = read("docs/reference/bonuspay-api.md");
    let sections: Vec<&str> = page
        .lines()
        .filter_map(|line| line.strip_prefix('#').map(|line| line.trim_start_matches('#')).or(line.strip_prefix("| ")))
        .filter_map(|line| line.trim_start().split(' ').next())
        .map(|number| number.trim_end_matches([':', '.']))
        .collect();
    let mut cited = 0;
    for (file, text) in tracked_texts() {
        for number in numbers_after(&text, "spec ") {
            cited += 1;
            assert!(sections.contains(&number), "{file} cites spec {number}, a section that the page has not");
        }
    }
    assert!(cited > 80, "{cited}");
}

#[test]
fn every_promise_that_is_cited_has_a_row() {
    let page = read("docs/reference/safety.md");
    let rows: Vec<&str> = page
        .lines()
        .filter(|line| line.starts_with("| R"))
        .flat_map(|row| numbers_after(row.split(" | ").next().unwrap_or_default(), "R"))
        .collect();
    let mut cited = 0;
    for (file, text) in tracked_texts() {
        let is_ours = [".rs", ".c", ".h", ".php", ".phpt", ".py", ".mjs", ".js", ".sh", ".md", ".mk"];
        if file.starts_with("docs/") || !is_ours.iter().any(|ending| file.ends_with(ending)) {
            continue;
        }
        for number in numbers_after(&text, "R") {
            cited += 1;
            assert!(rows.contains(&number), "{file} cites R{number}, of which docs/reference/safety.md has no row");
        }
    }
    assert!(cited > 100, "{cited}");
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
        .args(["tree", "--locked", "--edges", "normal,build", "--prefix", "none", "--format", "{p}"])
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

/// What would be published is what a build needs, under the licences that Cargo.toml names.
#[test]
fn the_package_has_what_a_build_needs_and_no_more() {
    let list = Command::new(env!("CARGO"))
        .args(["package", "--list", "--locked", "--offline", "--allow-dirty"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(list.status.success(), "{}", String::from_utf8_lossy(&list.stderr));
    let list = String::from_utf8(list.stdout).unwrap();
    let files: Vec<&str> = list.lines().collect();
    for wanted in ["src/lib.rs", "src/ffi/abi.rs", "build.rs", "README.md", "LICENSE-MIT", "LICENSE-APACHE"] {
        assert!(files.contains(&wanted), "{wanted}");
    }
    for file in files {
        let is_wanted = file.starts_with("src/") && file.ends_with(".rs")
            || ["include/bonuspay.h", "tests/rust/quickstart.rs", "examples/rust/payment.rs"].contains(&file)
            || !file.contains('/') && !file.contains("GPL");
        assert!(is_wanted, "{file}");
    }
}

/// R115
#[test]
fn cargo_is_always_called_with_locked_versions() {
    let mut makefiles = read("Makefile");
    for entry in fs::read_dir(root().join("make")).unwrap() {
        makefiles.push_str(&fs::read_to_string(entry.unwrap().path()).unwrap());
    }
    let mut calls = 0;
    for line in makefiles.lines().filter(|line| line.contains("$(CARGO) ") && !line.starts_with('#')) {
        let builds = ["build", "test", "clippy", "doc", "run", "bench"]
            .iter()
            .any(|verb| line.contains(&format!("$(CARGO) {verb}")));
        if builds {
            calls += 1;
            assert!(line.contains("$(LOCKED)") || line.contains("--locked"), "{line}");
        }
    }
    assert!(calls >= 12 && makefiles.contains("LOCKED := --locked"), "{calls}");
}

/// The other crates name the same, as tests/dist/versions.sh shows.
#[test]
fn the_oldest_rust_is_new_enough_for_every_dependency() {
    let number = |version: &str| {
        let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap());
        (parts.next(), parts.next())
    };
    for crates in ["Cargo.toml", "sandbox/Cargo.toml", "fuzz/Cargo.toml", "tests/simulation/Cargo.toml"] {
        let metadata = Command::new(env!("CARGO"))
            .args([
                "metadata",
                "--locked",
                "--format-version",
                "1",
                "--filter-platform",
                &host(),
                "--manifest-path",
                crates,
            ])
            .current_dir(root())
            .output()
            .unwrap();
        assert!(metadata.status.success(), "{}", String::from_utf8_lossy(&metadata.stderr));
        let metadata: serde_json::Value = serde_json::from_slice(&metadata.stdout).unwrap();
        let packages = metadata["packages"].as_array().unwrap();
        assert!(packages.len() > 40, "{crates}: {}", packages.len());
        for package in packages {
            let wanted = package["rust_version"].as_str().unwrap_or("1.0");
            assert!(
                number(wanted) <= number(env!("CARGO_PKG_RUST_VERSION")),
                "{} needs Rust {wanted}",
                package["name"]
            );
        }
    }
}

fn host() -> String {
    let said = Command::new("rustc").arg("-vV").output().unwrap().stdout;
    let said = String::from_utf8(said).unwrap();
    said.lines().find_map(|line| line.strip_prefix("host: ")).unwrap().to_owned()
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
