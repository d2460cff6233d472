//! The transport against a server that misbehaves in every way a test could think of (R36, R39, R78–R93).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../support/authority.rs"]
mod authority;
#[path = "../support/fault_server.rs"]
mod fault_server;
#[path = "../support/mod.rs"]
mod support;

mod certificates;
mod kept_connections;
mod not_sent;
mod processes;
mod proxies;
mod questions;
mod request;
mod secrets;
mod sent;

use authority::{Authority, Key, OldServer, Wanted};
use bonuspay::key::{KeyPair, PrivateKey};
use bonuspay::transport::{
    ConnectionPolicy, Exchange, Failure, HttpResponse, HttpTransport, Transport, TransportSettings,
};
use bonuspay::{ErrorKind, Outcome};
use fault_server::{FaultServer, Talk, answer, body_of, head_of};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const SIGN: &str = "c2lnbmF0dXJlLWNhbmFyeQ==";
const BODY: &[u8] = br#"{"requestTime":1,"bizContent":{"canary":"body-canary"}}"#;
/// Far above what a test waits for, far below what a stalling server would take.
const LONG: Duration = Duration::from_secs(10);
const SHORT: Duration = Duration::from_millis(250);

fn settings() -> TransportSettings {
    let mut settings = TransportSettings::default();
    settings.allow_http = true;
    settings
}

/// Settings that no other test has, for a pool that no other test touches.
fn own_settings(name: &str) -> TransportSettings {
    let mut settings = settings();
    settings.user_agent = format!("bonuspay-test/{name}");
    settings
}

fn transport(settings: TransportSettings) -> HttpTransport {
    HttpTransport::new(settings).unwrap()
}

fn post(
    transport: &HttpTransport,
    url: &str,
    connection: ConnectionPolicy,
    timeout: Duration,
) -> Result<HttpResponse, Failure> {
    transport.post(&Exchange { url, partner_id: "200000000888", sign: SIGN, body: BODY, connection, timeout })
}

fn fresh(url: &str, timeout: Duration) -> Result<HttpResponse, Failure> {
    post(&transport(settings()), url, ConnectionPolicy::Fresh, timeout)
}

#[track_caller]
fn failed(result: Result<HttpResponse, Failure>, kind: ErrorKind, outcome: Outcome) -> Failure {
    let failure = result.expect_err("the exchange should have failed");
    assert_eq!((failure.error.kind(), failure.error.outcome()), (kind, outcome), "{:?}", failure.error);
    assert!(!failure.error.message().contains("canary"), "{}", failure.error);
    failure
}

/// One exchange with a server that reads the request, then does as told.
#[track_caller]
fn after_reading(then: impl Fn(&mut Talk) + Send + Sync + 'static) -> Result<HttpResponse, Failure> {
    let server = FaultServer::start(move |_, talk| {
        if talk.request().is_some() {
            then(talk);
        }
    });
    let started = Instant::now();
    let result = fresh(&server.url(), Duration::from_millis(900));
    assert!(started.elapsed() < Duration::from_secs(4));
    assert_eq!(server.requests().len(), 1, "the transport never retries");
    result
}

fn answered(bytes: &[u8]) -> Result<HttpResponse, Failure> {
    let bytes = bytes.to_vec();
    after_reading(move |talk| {
        talk.send(&bytes);
        talk.close();
        talk.stall();
    })
}

type Script = fn(&mut Talk);

const ALONE: &str = "BONUSPAY_TEST_ALONE";

/// Whether this process was started by [`in_a_process`], and not by someone who runs the ignored tests too.
fn is_alone() -> bool {
    std::env::var_os(ALONE).is_some()
}

/// Runs a test of this file in a process of its own.
fn in_a_process(test: &str, prepare: impl FnOnce(&mut Command)) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    prepare(&mut command);
    run_alone(command, test);
}

fn run_alone(mut command: Command, test: &str) {
    command.args(["--exact", test, "--ignored", "--nocapture", "--test-threads=1"]);
    command.env(ALONE, "1");
    let output = command.output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    assert!(text.contains("1 passed"), "{text}");
}

fn threads() -> usize {
    std::fs::read_dir("/proc/self/task").unwrap().count()
}
