//! What `make install` puts down can be moved, and programs find it by pkg-config, dynamically and statically.
#![allow(clippy::unwrap_used)]

mod native;

use native::{release, root, run, scratch};
use std::fs;
use std::path::Path;
use std::process::Command;

fn make(target: &str, destination: &Path, libdir: &str) {
    run(Command::new("make")
        .current_dir(root())
        .args(["-f", "install.mk", target, "PREFIX=/opt/bonus pay"])
        .arg(format!("LIBDIR=/opt/bonus pay/{libdir}"))
        .arg(format!("DESTDIR={}", destination.display()))
        .arg(format!("BUILD={}", release().display())));
}

fn pkg_config(libdir: &Path, arguments: &[&str]) -> Vec<String> {
    let said = run(Command::new("pkg-config")
        .env("PKG_CONFIG_PATH", libdir.join("pkgconfig"))
        .args(arguments)
        .arg("bonuspay"));
    // Blanks in folders come with a backslash.
    said.trim().replace("\\ ", "\0").split_whitespace().map(|word| word.replace('\0', " ")).collect()
}

fn build(out: &Path, flags: &[String]) {
    run(Command::new("cc")
        .arg(root().join("tests/c/keys.c"))
        .args(["-D_POSIX_C_SOURCE=200809L", "-o"])
        .arg(out)
        .args(flags));
}

fn installed_in(libdir: &str) {
    let place = scratch(&format!("install-{}", libdir.replace('/', "-")));
    make("install", &place.join("staged"), libdir);
    // Somewhere else than where it was installed, and with a blank in its name.
    let moved = place.join("moved elsewhere");
    fs::rename(place.join("staged/opt/bonus pay"), &moved).unwrap();
    let lib = moved.join(libdir);

    let version = pkg_config(&lib, &["--modversion"]);
    assert_eq!(version, [env!("CARGO_PKG_VERSION")]);
    assert_eq!(fs::read_link(lib.join("libbonuspay.so")).unwrap(), Path::new("libbonuspay.so.2"));

    let dynamic = place.join("dynamic");
    build(&dynamic, &pkg_config(&lib, &["--cflags", "--libs"]));
    let needed = run(Command::new("readelf").arg("-dW").arg(&dynamic));
    assert!(needed.contains("[libbonuspay.so.2]"), "{needed}");
    run(Command::new(&dynamic).env("LD_LIBRARY_PATH", &lib));

    let fixed = place.join("static");
    let mut flags = pkg_config(&lib, &["--static", "--cflags", "--libs"]);
    for flag in &mut flags {
        if flag == "-lbonuspay" {
            *flag = "-l:libbonuspay.a".to_owned();
        }
    }
    build(&fixed, &flags);
    let needed = run(Command::new("readelf").arg("-dW").arg(&fixed));
    assert!(!needed.contains("libbonuspay"), "{needed}");
    run(&mut Command::new(&fixed));
}

#[test]
fn installed_under_lib() {
    installed_in("lib");
}

#[test]
fn installed_under_a_deeper_folder() {
    installed_in("lib/x86_64-linux-gnu");
}

#[test]
fn uninstall_leaves_no_file() {
    let place = scratch("uninstall");
    make("install", &place, "lib");
    make("uninstall", &place, "lib");
    assert_eq!(run(Command::new("find").arg(&place).args(["-not", "-type", "d"])), "");
}

#[test]
fn the_libraries_for_static_programs_are_those_of_rustc() {
    let place = scratch("native-static-libs");
    let empty = place.join("empty.rs");
    fs::write(&empty, "").unwrap();
    let output = Command::new("rustc")
        .args(["--crate-type", "staticlib", "--print", "native-static-libs", "--out-dir"])
        .arg(&place)
        .arg(&empty)
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    let (_, libraries) = said.lines().find_map(|line| line.split_once("native-static-libs: ")).unwrap();
    let makefile = fs::read_to_string(root().join("install.mk")).unwrap();
    assert!(makefile.contains(&format!("install_static := {libraries}\n")), "rustc says: {libraries}");
}
