//! C programs against the release library and a sandbox: plain, and with the compiler's
//! sanitizers on the C side. `make test-sanitizers` sets BONUSPAY_SANITIZERS, which adds valgrind and
//! ThreadSanitizer.
#![allow(clippy::unwrap_used, clippy::panic)]

use crate::native::{
    self, Sandbox, build, is_on_path, links, loudly, output, release, root, run, scratch, takes_a_payment, target,
};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// How a program is built and run.
#[derive(Clone, Copy)]
enum Kind {
    Plain,
    /// Address, leak and undefined behaviour sanitizers. The library itself is not instrumented; its heap is
    /// watched all the same, since it comes from the same malloc.
    Sanitized,
}

struct Bench {
    sandbox: Sandbox,
    programs: PathBuf,
    library: PathBuf,
    kind: Kind,
}

impl Bench {
    fn new(name: &str, kind: Kind) -> Self {
        Self::with_library(name, kind, &release())
    }

    fn with_library(name: &str, kind: Kind, library: &Path) -> Self {
        Self {
            sandbox: Sandbox::start(name, &[]),
            programs: scratch(name),
            library: links(library, &format!("{name}-library")),
            kind,
        }
    }

    fn build(&self, program: &str) -> PathBuf {
        let flags: &[&str] = match self.kind {
            Kind::Plain => &[],
            Kind::Sanitized => &["-fsanitize=address,undefined", "-fno-sanitize-recover=all"],
        };
        build(program, &self.library, flags, &self.programs)
    }

    /// Runs a program with the ready line and more arguments. It must exit with 0 and print nothing to stderr: the
    /// library prints nothing, and the sanitizers only when something is wrong.
    fn run(&self, program: &str, arguments: &[&str]) -> String {
        let binary = self.build(program);
        let mut command = Command::new(binary);
        command.arg(&self.sandbox.ready).args(arguments);
        succeed(&mut command)
    }
}

fn succeed(command: &mut Command) -> String {
    // No suppressions: whatever leaks is a finding.
    command.env("ASAN_OPTIONS", "detect_leaks=1:strict_string_checks=1").env("UBSAN_OPTIONS", "print_stacktrace=1");
    let output = output(command);
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && err.is_empty(), "{command:?}: {}\n{out}{err}", output.status);
    out.into_owned()
}

const KINDS: [(&str, Kind); 2] = [("plain", Kind::Plain), ("sanitized", Kind::Sanitized)];

fn everywhere(program: &str, last_line: &str, arguments: &[&str]) {
    for (name, kind) in KINDS {
        let bench = Bench::new(&format!("{program}-{name}"), kind);
        let out = bench.run(program, arguments);
        assert!(out.lines().last().unwrap_or_default().contains(last_line), "{program}, {name}:\n{out}");
    }
}

#[test]
fn an_order_is_placed_and_paid() {
    everywhere("place_and_pay", "paid: 12.81", &[]);
}

#[test]
fn notifications_are_verified() {
    everywhere("verify_notification", "\"acquireOrder\"", &[]);
}

#[test]
fn each_outcome_says_what_to_do() {
    everywhere("outcomes", "", &[]);
}

#[test]
fn threads_share_a_client() {
    everywhere("threads", "8 threads", &[]);
}

#[test]
fn several_questions_are_asked_at_once() {
    everywhere("questions", "20 orders at once", &[]);
}

#[test]
fn clients_live_across_a_fork() {
    everywhere("fork", "4 children", &[]);
}

#[test]
fn the_demo_holds() {
    everywhere("demo", "demo: order paid", &[]);
}

#[test]
fn the_walk_through_every_product_holds() {
    everywhere("demo_all", "demo: every product", &[]);
}

#[test]
fn an_unknown_payout_is_asked_for_and_paid_once() {
    everywhere("payout", "paid out once", &[]);
}

/// Embedders such as Go, musl and coroutine libraries give threads less than the 8 MiB of a process's first.
#[test]
fn a_payment_over_tls_fits_into_64_kib_of_stack() {
    let sandbox = Sandbox::start("small-stack", &["--tls"]);
    let library = links(&release(), "small-stack-library");
    let mut shop = Command::new(build("small_stack", &library, &[], &scratch("small-stack")));
    takes_a_payment(shop.args([&sandbox.ready, "65536"]), &sandbox);
}

/// Fully static, with the three functions that musl lacks: docs/guide/linking.md, "musl and Alpine".
#[test]
fn static_programs_run_with_musl() {
    if !is_on_path("musl-gcc") {
        return loudly("static programs with musl (make test-runtimes)");
    }
    let sandbox = Sandbox::start("musl", &[]);
    let out = scratch("musl");
    for program in ["place_and_pay", "verify_notification", "outcomes", "threads", "questions", "fork"] {
        succeed(Command::new(with_musl(program, &release(), &out)).arg(&sandbox.ready));
    }
}

/// A program of tests/c, linked with musl from the static library in a folder.
fn with_musl(program: &str, library: &Path, out: &Path) -> PathBuf {
    let binary = out.join(program);
    let source = |name: &str| root().join("tests/c").join(name).with_extension("c");
    run(Command::new("musl-gcc")
        .args(["-static", "-Wl,--eh-frame-hdr", "-pthread", "-std=c99", "-D_POSIX_C_SOURCE=200809L"])
        .args(["-Wall", "-Wextra", "-Werror", "-I"])
        .arg(root().join("include"))
        .args([source(program), source("musl"), library.join("libbonuspay.a")])
        .arg("-o")
        .arg(&binary));
    binary
}

/// Counted, for a time would say more of the machine. AWS-LC's collector of CPU jitter, which `.cargo/config.toml`
/// leaves out, would alone take 400 million.
#[test]
fn a_first_signature_takes_few_instructions() {
    if !is_on_path("valgrind") {
        return loudly("the instructions of a process's first signature, which valgrind counts (make test-sanitizers)");
    }
    let bench = Bench::new("first-use", Kind::Plain);
    let counted = output(
        Command::new("valgrind")
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
            .arg(bench.build("first_use"))
            .arg(bench.sandbox.field("merchant_private_key")),
    );
    let said = String::from_utf8_lossy(&counted.stderr);
    assert!(counted.status.success(), "{said}");
    let (_, instructions) = said.split_once("Collected : ").unwrap();
    let instructions: u64 = instructions.lines().next().unwrap().parse().unwrap();
    assert!(instructions < 40_000_000, "{instructions} instructions");
}

/// Makes a virtual environment the first time; says so when it cannot.
#[test]
fn the_vendors_client_and_the_library_agree() {
    let output = output(Command::new(root().join("tests/vendor/run.sh")).arg(release()));
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    match String::from_utf8_lossy(&output.stderr).trim() {
        why if why.contains("*** SKIPPED") => loudly(why),
        _ => assert!(said.ends_with("vendor: all tools, all signatures, all fields\n"), "{said}"),
    }
}

#[test]
fn programs_without_a_network() {
    for (name, kind) in KINDS {
        let bench = Bench::new(&format!("local-{name}"), kind);
        succeed(&mut Command::new(bench.build("keys")));
        let contract = bench.build("contract");
        assert!(succeed(&mut Command::new(&contract)).contains("the contract holds"));
        assert!(succeed(Command::new(&contract).arg("double-free")).contains("seen"));
    }
}

#[test]
fn quickstart_takes_a_payment() {
    let source = std::fs::read_to_string(root().join("tests/c/quickstart.c")).unwrap();
    assert!(source.lines().count() <= 40);
    for (name, kind) in KINDS {
        let bench = Bench::new(&format!("quickstart-{name}"), kind);
        takes_a_payment(&mut started(&bench.build("quickstart"), &bench.sandbox), &bench.sandbox);
    }
}

/// Cargo builds the examples before it runs the tests.
#[test]
fn quickstart_in_rust_takes_a_payment() {
    let sandbox = Sandbox::start("quickstart-rust", &[]);
    takes_a_payment(&mut started(&target().join("debug/examples/quickstart"), &sandbox), &sandbox);
}

fn started(program: &Path, sandbox: &Sandbox) -> Command {
    let mut command = Command::new(program);
    command.args(["base_url", "partner_id", "merchant_private_key", "gateway_public_key"].map(|f| sandbox.field(f)));
    command
}

/// R96. More calls by hand: the program takes their number.
#[test]
fn memory_stays_flat_over_many_calls() {
    let bench = Bench::new("endurance", Kind::Plain);
    let gateway_key = Path::new(bench.sandbox.field("gateway_public_key")).with_file_name("gateway_private.pem");
    let out = bench.run("endurance", &[gateway_key.to_str().unwrap()]);
    assert!(out.starts_with("200000 calls"), "{out}");
}

/// R98. PHP has all three in one process, and nobody knows in which order.
#[test]
fn openssl_and_curl_in_the_process_disturb_nobody() {
    let sandbox = Sandbox::start("load-order", &["--tls"]);
    let folder = links(&release(), "load-order-library");
    let library = folder.join("libbonuspay.so.2");
    let program = build("load_order", &folder, &["-ldl"], &scratch("load-order"));
    let (own, ssl, curl) = (library.to_str().unwrap(), "libssl.so.3", "libcurl.so.4");
    let orders: [&[&str]; 11] = [
        &[own],
        &[own, ssl],
        &[ssl, own],
        &[own, curl],
        &[curl, own],
        &[own, ssl, curl],
        &[own, curl, ssl],
        &[ssl, own, curl],
        &[ssl, curl, own],
        &[curl, own, ssl],
        &[curl, ssl, own],
    ];
    for order in orders {
        let result = output(Command::new(&program).arg(&sandbox.ready).args(order));
        let (out, err) = (String::from_utf8_lossy(&result.stdout), String::from_utf8_lossy(&result.stderr));
        if result.status.code() == Some(77) {
            loudly(&format!("the library beside {ssl} and {curl}, in the order {order:?}: {}", out.trim()));
            continue;
        }
        assert!(result.status.success() && err.is_empty(), "{order:?}: {}\n{out}{err}", result.status);
        assert!(out.contains("speak TLS"), "{out}");
    }
}

/// On the release profile, in a target folder of its own: minutes, the first time.
#[test]
fn no_panic_leaves_the_library() {
    // Of the tests' own profile, so that only the library itself is built again; nothing else uses the file.
    let folder = scratch("panic-library");
    let with_musl_too = is_on_path("musl-gcc");
    run(Command::new(env!("CARGO"))
        .current_dir(root())
        .args(["rustc", "--quiet", "--locked", "-p", "bonuspay", "--lib", "--crate-type"])
        .arg(if with_musl_too { "cdylib,staticlib" } else { "cdylib" })
        .args(["--features", "panic-inject", "--target-dir"])
        .arg(target()));
    fs::copy(target().join("debug/libbonuspay.so"), folder.join("libbonuspay.so")).unwrap();
    let source = std::fs::read_to_string(root().join("tests/c/panics.c")).unwrap();
    let declared = native::declared();
    for function in &declared {
        let tried = source.contains(&format!("({function},")) || source.contains(&format!("arm(\"{function}\")"));
        assert!(tried, "tests/c/panics.c does not make {function} panic");
    }
    let caught = format!("panics caught: {} functions\n", declared.len());
    for (name, kind) in KINDS {
        let bench = Bench::with_library(&format!("panics-{name}"), kind, &folder);
        assert_eq!(bench.run("panics", &[]), caught);
    }
    if with_musl_too {
        let sandbox = Sandbox::start("panics-musl", &[]);
        let program = with_musl("panics", &target().join("debug"), &scratch("panics-musl"));
        assert_eq!(succeed(Command::new(program).arg(&sandbox.ready)), caught);
    }
}

#[test]
fn every_function_is_called_by_the_contract() {
    let source = std::fs::read_to_string(root().join("tests/c/contract.c")).unwrap();
    for function in native::declared() {
        assert!(source.contains(&function), "tests/c/contract.c does not call {function}");
    }
}

/// R88. The library with ThreadSanitizer's instruments, by the switches that rustc has for it: no stable ones yet, so
/// a release that has them otherwise is a reason to say so, not to fail. Minutes, the first time.
///
/// Not helgrind: it knows pthread's locks, while Rust's are futexes and atomics, so that it reports every correct use
/// of one as a race. The standard library has no instruments either, hence `src/system/lock.rs`. OpenSSL's and aws-lc's
/// C is not watched.
#[test]
fn thread_sanitizer_finds_nothing() {
    if !asked_for("ThreadSanitizer on 8 threads that share a client") {
        return;
    }
    let sysroot = run(Command::new("rustc").args(["--print", "sysroot"]));
    let triple = format!("{}-unknown-linux-gnu", env::consts::ARCH);
    let runtimes = Path::new(sysroot.trim()).join("lib/rustlib").join(&triple).join("lib");
    let runtime = fs::read_dir(&runtimes).unwrap().map(|entry| entry.unwrap().path());
    let Some(runtime) = runtime.into_iter().find(|path| path.to_string_lossy().ends_with("_rt.tsan.a")) else {
        loudly("ThreadSanitizer: this Rust toolchain brings no runtime of it");
        return;
    };
    let folder = target().join("tsan");
    let built = output(
        Command::new(env!("CARGO"))
            .current_dir(root())
            .env("RUSTC_BOOTSTRAP", "1")
            .env(
                "RUSTFLAGS",
                "-Zsanitizer=thread -Cunsafe-allow-abi-mismatch=sanitizer -Cstrip=none --cfg bonuspay_tsan",
            )
            .args(["build", "--quiet", "--locked", "--release", "-p", "bonuspay", "--lib", "--target", &triple])
            .args(["--config", "profile.release.lto=false", "--config", "profile.release.strip=false", "--target-dir"])
            .arg(&folder),
    );
    if !built.status.success() {
        let why = String::from_utf8_lossy(&built.stderr);
        loudly(&format!("ThreadSanitizer: this Rust toolchain does not build the library with it:\n{why}"));
        return;
    }
    let library = links(&folder.join(&triple).join("release"), "tsan-library");
    let sandbox = Sandbox::start("tsan", &[]);
    let out = scratch("tsan");
    let program = |name: &str, flag: &str| {
        let (object, binary) = (out.join(format!("{name}.o")), out.join(name));
        let source = root().join("tests/c/threads.c");
        run(native::compiler().args([flag, "-fsanitize=thread", "-c", "-o"]).arg(&object).arg(source));
        // Rust's runtime, for the compiler's own lacks functions that rustc calls.
        run(native::compiler()
            .arg(&object)
            .arg("-Wl,--whole-archive")
            .arg(&runtime)
            .args(["-Wl,--no-whole-archive", "-Wl,--export-dynamic", "-L"])
            .arg(&library)
            .arg("-lbonuspay")
            .arg(format!("-Wl,-rpath,{}", library.display()))
            .args(["-lm", "-ldl", "-lrt", "-lresolv", "-o"])
            .arg(&binary));
        output(Command::new(&binary).arg(&sandbox.ready).arg("300"))
    };
    let mistaken = program("mistaken", "-DRACE");
    assert!(!mistaken.status.success(), "a race of the program's own was not seen");
    assert!(String::from_utf8_lossy(&mistaken.stderr).contains("data race"));
    let right = program("right", "-DNO_RACE");
    let err = String::from_utf8_lossy(&right.stderr);
    assert!(right.status.success() && err.is_empty(), "{}\n{err}", right.status);
}

/// Slow, so only where it is asked for: `make test-sanitizers`.
fn asked_for(what: &str) -> bool {
    let asked = env::var_os("BONUSPAY_SANITIZERS").is_some();
    if !asked {
        loudly(&format!("{what} (make test-sanitizers)"));
    }
    asked
}

#[test]
fn valgrind_finds_nothing() {
    if !asked_for("valgrind on the C programs, and 8 threads with 1,000 calls each") {
        return;
    }
    let bench = Bench::new("valgrind", Kind::Plain);
    bench.run("threads", &["1000"]);
    let ready = bench.sandbox.ready.as_str();
    let networked =
        ["place_and_pay", "verify_notification", "outcomes", "questions", "fork", "demo", "demo_all", "payout"]
            .map(|name| (name, vec![ready]));
    let local = ["keys", "contract"].map(|name| (name, vec![]));
    for (program, arguments) in local.into_iter().chain(networked).chain([("threads", vec![ready, "5"])]) {
        let mut command = Command::new("valgrind");
        command
            .args(["-q", "--leak-check=full", "--show-leak-kinds=definite", "--errors-for-leak-kinds=definite"])
            .arg("--error-exitcode=99")
            .arg(bench.build(program))
            .args(arguments);
        succeed(&mut command);
    }
}
