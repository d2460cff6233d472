//! What `make install` puts down can be moved, and programs find it by pkg-config, dynamically and statically.
#![allow(clippy::unwrap_used)]

use crate::native::{Sandbox, loudly, output, release, root, run, scratch, takes_a_payment};
use std::fs;
use std::path::Path;
use std::process::Command;

fn make(target: &str, destination: &Path, libdir: &str) {
    run(Command::new("make")
        .current_dir(root())
        .args(["-f", "make/install.mk", target, "PREFIX=/opt/bonus pay"])
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
fn what_was_not_built_is_not_installed() {
    let place = scratch("not-built");
    let empty = place.join("empty");
    let result = output(
        Command::new("make")
            .current_dir(root())
            .args(["-f", "make/install.mk", "install"])
            .arg(format!("BUILD={}", empty.display()))
            .arg(format!("DESTDIR={}", place.display())),
    );
    assert!(!result.status.success());
    assert!(String::from_utf8_lossy(&result.stderr).contains("Run make first."), "{result:?}");
    assert!(!place.join("usr").exists());
}

/// `make install` with an `id` and an `ldconfig` of the test's, which searches lib and notes its calls. The real ones
/// are met by docs/guide/linking.md, which tests/documents runs as root.
fn installed_as(user: &str, lib: &str, destination: &str) -> (String, String) {
    let place = scratch(&format!("loader-{user}-{lib}{}", destination.replace('/', "-")));
    let found = format!("'\tlibbonuspay.so.2 (libc6,x86-64) => {}/to/lib/libbonuspay.so.2\\n'", place.display());
    let programs = [
        ("id", format!("echo {user}")),
        ("ldconfig", format!("echo \"ldconfig $*\" >> {}/calls\n[ $# = 0 ] || printf {found}", place.display())),
    ];
    for (name, script) in programs {
        fs::write(place.join(name), format!("#!/bin/sh\n{script}\n")).unwrap();
        run(Command::new("chmod").arg("+x").arg(place.join(name)));
    }
    let said = run(Command::new("make")
        .current_dir(root())
        .env("PATH", format!("{}:{}", place.display(), std::env::var("PATH").unwrap()))
        .args(["-s", "-f", "make/install.mk", "install"])
        .arg(format!("PREFIX={}/to", place.display()))
        .arg(format!("LIBDIR={}/to/{lib}", place.display()))
        .arg(format!("DESTDIR={destination}"))
        .arg(format!("BUILD={}", release().display())));
    (said, fs::read_to_string(place.join("calls")).unwrap_or_default())
}

#[test]
fn root_tells_the_loader_and_others_are_told_how() {
    let ways = ["/etc/ld.so.conf.d/bonuspay.conf && ldconfig", "-Wl,-rpath,", "LD_LIBRARY_PATH=", "PKG_CONFIG_PATH="];
    let (said, calls) = installed_as("0", "lib", "");
    assert_eq!((said.as_str(), calls.as_str()), ("", "ldconfig \nldconfig -p\n"));
    let (said, calls) = installed_as("0", "other", "");
    assert!(ways.iter().all(|way| said.contains(way)), "{said}");
    assert_eq!(calls, "ldconfig \nldconfig -p\n");
    let (said, calls) = installed_as("1000", "other", "");
    assert!(ways.iter().all(|way| said.contains(way)), "{said}");
    assert_eq!(calls, "ldconfig -p\n");
    let staged = scratch("staged");
    let (said, calls) = installed_as("0", "lib", &staged.display().to_string());
    assert_eq!((said.as_str(), calls.as_str()), ("Run ldconfig as root once this is in its place.\n", ""));
}

/// A command whose arguments run in another root; none where nobody lets us.
fn in_root(folder: &Path) -> Option<Command> {
    let change = |ways: &[&str], root: &Path| {
        let mut command = Command::new("unshare");
        command.args(ways).arg(format!("--root={}", root.display()));
        command
    };
    let ways: [&[&str]; 2] = [&[], &["--map-root-user"]];
    let way = ways.into_iter().find(|way| output(change(way, Path::new("/")).arg("true")).status.success())?;
    Some(change(way, folder))
}

/// Nothing but the program and its keys is there: no loader, no library, no file of the system's.
#[test]
fn a_static_program_takes_a_payment_in_an_empty_root() {
    let place = scratch("static");
    make("install", &place, "lib");
    let program = place.join("empty/quickstart");
    fs::create_dir(place.join("empty")).unwrap();
    run(Command::new("cc")
        .args(["-D_POSIX_C_SOURCE=200809L", "-static", "-o"])
        .arg(&program)
        .arg(root().join("tests/c/quickstart.c"))
        .args(pkg_config(&place.join("opt/bonus pay/lib"), &["--static", "--cflags", "--libs"])));

    let sandbox = Sandbox::start("static", &[]);
    for key in ["merchant_private_key", "gateway_public_key"] {
        fs::copy(sandbox.field(key), place.join("empty").join(key)).unwrap();
    }
    let Some(mut shop) = in_root(&place.join("empty")) else {
        loudly(
            "a static program in an empty root: this user may not change the root, nor make a namespace to do it in",
        );
        return;
    };
    shop.arg("/quickstart");
    shop.args(["base_url", "partner_id"].map(|field| sandbox.field(field)));
    shop.args(["/merchant_private_key", "/gateway_public_key"]);
    takes_a_payment(&mut shop, &sandbox);
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
    let libraries = libraries.replace("-lgcc_s ", "");
    let makefile = fs::read_to_string(root().join("make/install.mk")).unwrap();
    assert!(makefile.contains(&format!("install_static := {libraries}\n")), "rustc says: {libraries}");
}
