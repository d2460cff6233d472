//! The library as C programs find it: the release build, a compiler, a sandbox.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support::named_key;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant, SystemTime};
use std::{env, fs, thread};

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Cargo's target folder of this test run.
pub fn target() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap()
}

/// A folder of one's own for a test, empty.
pub fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// The folder of the release library. It is not built here: tests run side by side, and a build takes minutes.
pub fn release() -> PathBuf {
    let folder = target().join("release");
    check_fresh(&folder, "make build");
    folder
}

/// Panics unless the library in `folder` is there and not older than what it was built from.
fn check_fresh(folder: &Path, remedy: &str) {
    let library = folder.join("libbonuspay.so");
    let built = modified(&library).unwrap_or_else(|| panic!("{} is missing: `{remedy}` builds it", library.display()));
    let sources = fs::read_to_string(folder.join("libbonuspay.d")).expect("cargo writes the list of sources");
    let (_, sources) = sources.lines().next().unwrap().split_once(": ").unwrap();
    for source in sources.replace("\\ ", "\0").split(' ').map(|path| path.replace('\0', " ")) {
        let newer = modified(Path::new(&source)).is_none_or(|changed| changed > built);
        assert!(!newer, "{} is older than {source}: `{remedy}` builds it again", library.display());
    }
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).ok()?.modified().ok()
}

/// A folder with the links by which linkers and loaders find the library of another folder.
pub fn links(library_folder: &Path, name: &str) -> PathBuf {
    let folder = scratch(name);
    for link in ["libbonuspay.so", "libbonuspay.so.2"] {
        std::os::unix::fs::symlink(library_folder.join("libbonuspay.so"), folder.join(link)).unwrap();
    }
    folder
}

/// The C compiler, with the flags under which all programs of this project build.
pub fn compiler() -> Command {
    let host = format!("{}-unknown-linux-gnu", env::consts::ARCH);
    let tool = cc::Build::new().host(&host).target(&host).opt_level(1).cargo_metadata(false).get_compiler();
    let mut command = Command::new(tool.path());
    command
        .args(["-std=c99", "-D_POSIX_C_SOURCE=200809L", "-g", "-O1", "-Wall", "-Wextra", "-Wpedantic", "-Werror"])
        .args(["-pthread", "-fno-omit-frame-pointer"])
        .arg("-I")
        .arg(root().join("include"));
    command
}

/// Builds a program of tests/c against the library in a folder of links.
pub fn build(program: &str, library: &Path, flags: &[&str], out: &Path) -> PathBuf {
    let binary = out.join(program);
    let mut command = compiler();
    command
        .args(flags)
        .arg(root().join("tests/c").join(program).with_extension("c"))
        .arg("-L")
        .arg(library)
        .arg("-lbonuspay")
        .arg(format!("-Wl,-rpath,{}", library.display()))
        .arg("-o")
        .arg(&binary);
    run(&mut command);
    binary
}

/// Runs a command that must succeed, and gives what it printed.
pub fn run(command: &mut Command) -> String {
    let output = output(command);
    assert!(
        output.status.success(),
        "{command:?}: {}\n{}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

pub fn output(command: &mut Command) -> Output {
    command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"))
}

pub fn is_on_path(program: impl AsRef<OsStr>) -> bool {
    Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
}

/// Says that something was left out, past the test harness, which keeps the output of tests that pass.
pub fn loudly(what: &str) {
    let mut terminal = std::io::stderr();
    writeln!(terminal, "NOT TRIED: {what}").unwrap();
}

/// The functions that the header declares, sorted.
pub fn declared() -> Vec<String> {
    let header = fs::read_to_string(root().join("include/bonuspay.h")).unwrap();
    let code = header.split("*/").map(|part| part.split("/*").next().unwrap_or_default()).collect::<String>();
    let mut names: Vec<_> = code
        .match_indices("bonuspay_")
        .map(|(at, _)| &code[at..])
        .filter_map(|rest| {
            let end = rest.find(|c: char| c != '_' && !c.is_ascii_alphanumeric())?;
            rest[end..].starts_with('(').then(|| rest[..end].to_owned())
        })
        .collect();
    names.sort();
    names
}

/// A sandbox of one's own, on a port and in a folder of its own, with the keys that all of them have: making keys takes
/// most of a start, and the sandbox's own tests see it make them. It ends with the test.
pub struct Sandbox {
    process: Child,
    /// The line that it printed when it was ready.
    pub ready: String,
    folder: PathBuf,
}

impl Sandbox {
    pub fn start(name: &str, flags: &[&str]) -> Self {
        let folder = scratch(&format!("{name}-sandbox"));
        for owner in ["merchant", "gateway"] {
            fs::write(folder.join(format!("{owner}_private.pem")), &named_key(owner, 2048).private_pem).unwrap();
        }
        let (process, ready) = serve(&folder, "127.0.0.1:0", flags);
        Self { process, ready, folder }
    }

    /// Ends without a word, and starts again on the same port with the same books.
    pub fn restart(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        (self.process, self.ready) = serve(&self.folder, self.field("listening"), &[]);
    }

    /// A field of the ready line.
    pub fn field(&self, name: &str) -> &str {
        let (_, rest) = self.ready.split_once(&format!("\"{name}\":\"")).unwrap();
        rest.split('"').next().unwrap()
    }

    fn ask_over_tls(&self, request: &str) -> String {
        let mut tls = Command::new("openssl")
            .args(["s_client", "-quiet", "-verify_return_error", "-CAfile", self.field("ca_pem")])
            .args(["-connect", self.field("listening")])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        tls.stdin.as_mut().unwrap().write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        tls.stdout.take().unwrap().read_to_string(&mut answer).unwrap();
        tls.wait().unwrap();
        answer
    }

    /// A control call; gives the body of the answer.
    pub fn control(&self, method: &str, path: &str, body: &str) -> String {
        let address = self.field("listening");
        let length = body.len();
        let request = format!(
            "{method} /sandbox/api/{path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\
             Content-Length: {length}\r\n\r\n{body}"
        );
        let answer =
            if self.ready.contains("\"ca_pem\":\"") { self.ask_over_tls(&request) } else { ask(address, &request) };
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 200"), "{method} {path}: {answer}");
        body.to_owned()
    }
}

fn ask(address: &str, request: &str) -> String {
    let mut connection = TcpStream::connect(address).unwrap();
    connection.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    answer
}

fn serve(folder: &Path, address: &str, flags: &[&str]) -> (Child, String) {
    let binary =
        env::var_os("BONUSPAY_SANDBOX").map_or_else(|| target().join("release/bonuspay-sandbox"), PathBuf::from);
    assert!(binary.exists(), "{} is missing: `make sandbox` builds it", binary.display());
    let mut process = Command::new(binary)
        .args(["--listen", address, "--data"])
        .arg(folder)
        .args(flags)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut ready = String::new();
    BufReader::new(process.stdout.take().unwrap()).read_line(&mut ready).unwrap();
    assert!(ready.starts_with('{'), "the sandbox did not get ready: {ready}");
    (process, ready.trim().to_owned())
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A program that places an order, says where to pay, and waits: this test pays.
pub fn takes_a_payment(program: &mut Command, sandbox: &Sandbox) {
    let mut shop = program.stdout(Stdio::piped()).spawn().unwrap_or_else(|error| panic!("{error}"));
    let mut said = BufReader::new(shop.stdout.take().unwrap());
    let mut line = String::new();
    said.read_line(&mut line).unwrap();
    assert!(line.starts_with("Pay 12.81 USDT on TRON to T"), "{line}");
    let orders = sandbox.control("GET", "orders", "");
    let (_, order) = orders.split_once("\"orderNo\":\"").unwrap();
    let order_no = order.split('"').next().unwrap();
    let money = r#"{"amount":"12.81","currency":"USDT","network":"TRON"}"#;
    sandbox.control("POST", &format!("orders/{order_no}/deposits"), money);
    let mut rest = String::new();
    said.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "Paid\n");
    assert!(shop.wait().unwrap().success());
}

/// Waits for something that takes a moment, at most 20 seconds.
pub fn eventually<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(start.elapsed() < Duration::from_secs(20), "did not happen: {what}");
        thread::sleep(Duration::from_millis(20));
    }
}
