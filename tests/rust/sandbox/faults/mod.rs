//! Every fault, every call, through Rust and through C, against the real sandbox: what each comes to stands in
//! docs/reference/outcomes.md, which these tests compare. `BONUSPAY_WRITE_OUTCOMES=1` writes it anew.
//!
//! The sandbox's journal tells what really went over the wire: how many requests, on which connections.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod connections;
#[path = "../../support/fault_server.rs"]
mod fault_server;
mod framing;
mod shop;
mod table;

use crate::native::{Sandbox, build, links, loudly, release, scratch};
use fault_server::FaultServer;
use shop::{Asked, Call, InC, InRust, Program, Shop, Verdict};
use std::collections::{BTreeSet, VecDeque};
use std::net::{TcpListener, TcpStream};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

/// A fault, and how long it lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trouble {
    /// The sandbox does it each time that it is asked.
    Always(&'static str),
    /// The sandbox does it once.
    Once(&'static str),
    /// There is no way to the gateway.
    NoWay(NoWay),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NoWay {
    Closed,
    UnknownHost,
    NoTls,
    ProxyRefuses,
    ProxyWantsCredentials,
    ProxyStalls,
}

/// In the order of the table.
const TROUBLES: [Trouble; 33] = [
    Trouble::NoWay(NoWay::Closed),
    Trouble::NoWay(NoWay::UnknownHost),
    Trouble::NoWay(NoWay::NoTls),
    Trouble::NoWay(NoWay::ProxyRefuses),
    Trouble::NoWay(NoWay::ProxyWantsCredentials),
    Trouble::NoWay(NoWay::ProxyStalls),
    Trouble::Always("reset-before-read"),
    Trouble::Once("reset-before-read"),
    Trouble::Always("reset-after-read"),
    Trouble::Once("reset-after-read"),
    Trouble::Always("lose-answer"),
    Trouble::Once("lose-answer"),
    Trouble::Always("cut-body"),
    Trouble::Once("cut-body"),
    Trouble::Always("stall"),
    Trouble::Always("drip"),
    Trouble::Always("wrong-length"),
    Trouble::Always("redirect"),
    Trouble::Always("html-502"),
    Trouble::Always("unsigned-success"),
    Trouble::Always("unsigned-refusal"),
    Trouble::Always("wrong-signature"),
    Trouble::Always("other-order"),
    Trouble::Always("wrong-amount"),
    Trouble::Always("no-total-amount"),
    Trouble::Always("no-identity"),
    Trouble::Always("duplicate-keys"),
    Trouble::Always("refuse"),
    Trouble::Always("clock-off"),
    Trouble::Always("rate-limit"),
    Trouble::Once("rate-limit"),
    Trouble::Always("system-error"),
    Trouble::Once("system-error"),
];

impl Trouble {
    fn title(self) -> String {
        match self {
            Trouble::Always(fault) => format!("`{fault}`"),
            Trouble::Once(fault) => format!("`{fault}`, once"),
            Trouble::NoWay(NoWay::Closed) => "nothing listens".into(),
            Trouble::NoWay(NoWay::UnknownHost) => "unknown host".into(),
            Trouble::NoWay(NoWay::NoTls) => "no TLS on the port".into(),
            Trouble::NoWay(NoWay::ProxyRefuses) => "the proxy answers 502".into(),
            Trouble::NoWay(NoWay::ProxyWantsCredentials) => "the proxy answers 407".into(),
            Trouble::NoWay(NoWay::ProxyStalls) => "the proxy is silent".into(),
        }
    }

    /// What the retry rule (R39) calls a network fault, or a refusal that says "later".
    fn may_pass(self) -> bool {
        match self {
            Trouble::NoWay(no_way) => !matches!(no_way, NoWay::NoTls | NoWay::ProxyWantsCredentials),
            Trouble::Always(fault) | Trouble::Once(fault) => matches!(
                fault,
                "reset-before-read" | "reset-after-read" | "lose-answer" | "cut-body" | "rate-limit" | "system-error"
            ),
        }
    }

    /// A gateway that answers in order, if only to say "later", may be asked again over the same connection.
    fn leaves_the_connection(self) -> bool {
        matches!(self, Trouble::Always("rate-limit" | "system-error") | Trouble::Once("rate-limit" | "system-error"))
    }

    /// Long enough for all repeats, whatever their pauses; short where one attempt takes it all.
    fn total_ms(self) -> u32 {
        match self {
            Trouble::Always("stall" | "drip") => 700,
            _ => 15_000,
        }
    }

    /// How often the gateway, or the proxy before it, is asked.
    fn attempts(self, call: Call) -> usize {
        match self {
            _ if !self.may_pass() || !call.may_repeat() => 1,
            Trouble::Once(_) => 2,
            _ => 3,
        }
    }
}

#[derive(Clone, Copy)]
struct Cell {
    trouble: Trouble,
    call: Call,
}

/// What a cell came to, and what the gateway saw of it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    verdict: Verdict,
    requests: usize,
}

fn cells() -> impl Iterator<Item = Cell> {
    TROUBLES.into_iter().flat_map(|trouble| {
        let of_interest = move |call: &Call| !matches!(trouble, Trouble::Once(_)) || call.may_repeat();
        Call::ALL.into_iter().filter(of_interest).map(move |call| Cell { trouble, call })
    })
}

/// Lanes work side by side, each with a sandbox of its own. Most of a cell is waiting, so there may be many.
const LANES_PER_LANGUAGE: usize = 16;

/// All cells through one language.
fn run_all(name: &str, program: impl Fn(&Sandbox) -> Box<dyn Program> + Sync) -> Vec<Seen> {
    // The slow ones first, so that no lane ends long after the others.
    let mut order: Vec<_> = cells().enumerate().collect();
    order.sort_by_key(|(_, cell)| std::cmp::Reverse(cell.trouble.attempts(cell.call)));
    let results: Vec<Mutex<Option<Seen>>> = order.iter().map(|_| Mutex::new(None)).collect();
    let queue = Mutex::new(VecDeque::from(order));
    thread::scope(|scope| {
        for lane in 0..LANES_PER_LANGUAGE {
            let (queue, results, program) = (&queue, &results, &program);
            scope.spawn(move || {
                let sandbox = Sandbox::start(&format!("faults-{name}-{lane}"), &[]);
                let shop = Shop::new(&sandbox, &format!("{name}{lane}"));
                let mut program = program(&sandbox);
                loop {
                    let Some((number, cell)) = queue.lock().unwrap().pop_front() else { break };
                    let seen = run_one(&shop, program.as_mut(), cell);
                    *results[number].lock().unwrap() = Some(seen);
                }
            });
        }
    });
    results.into_iter().map(|seen| seen.into_inner().unwrap().unwrap()).collect()
}

fn run_one(shop: &Shop<'_>, program: &mut dyn Program, cell: Cell) -> Seen {
    let Cell { trouble, call } = cell;
    match trouble {
        Trouble::Always(fault) => at_the_sandbox(shop, program, cell, fault, 100),
        Trouble::Once(fault) => at_the_sandbox(shop, program, cell, fault, 1),
        Trouble::NoWay(no_way) => {
            let asked = Asked { connect_ms: 5000, total_ms: trouble.total_ms(), ..shop.asked(call) };
            on_the_way(shop, program, cell, no_way, asked)
        }
    }
}

fn at_the_sandbox(shop: &Shop<'_>, program: &mut dyn Program, cell: Cell, fault: &str, times: u32) -> Seen {
    let Cell { trouble, call } = cell;
    let asked = Asked { total_ms: trouble.total_ms(), ..shop.asked(call) };
    // What must have a connection of its own (R86) gets the chance to take a kept one.
    let kept = (!call.may_repeat()).then(|| shop.leave_a_kept_connection(program, &asked));
    shop.sandbox.control("DELETE", "journal", "");
    let order = format!(r#"{{"path":"{}","fault":"{fault}","times":{times}}}"#, call.path());
    shop.sandbox.control("POST", "faults", &order);
    let verdict = program.ask(&asked);
    shop.sandbox.control("DELETE", "faults", "");
    let journal = shop.journal();
    let name = format!("{fault}, {times} times, {call:?}");
    for entry in &journal {
        assert_eq!(entry.path, call.path(), "{name}: nobody follows a redirect, nothing else is asked");
        assert_ne!(entry.signature_valid, Some(false), "{name}");
        assert_ne!(Some(entry.connection), kept, "{name}: it took a kept connection");
    }
    let connections = journal.iter().map(|entry| entry.connection).collect::<BTreeSet<_>>().len();
    let seen = Seen { verdict: verdict.readable(shop, &asked), requests: journal.len() };
    assert_eq!(seen.requests, trouble.attempts(call), "{name}: {seen:?}");
    assert!(connections == journal.len() || trouble.leaves_the_connection(), "{name}: what broke is not used again");
    check(&name, cell.call, &seen);
    seen
}

fn on_the_way(shop: &Shop<'_>, program: &mut dyn Program, cell: Cell, no_way: NoWay, mut asked: Asked) -> Seen {
    // Whoever stands in the gateway's place, or before it.
    let other = |reply: &'static str| {
        FaultServer::start(move |_, talk| {
            talk.some_bytes();
            talk.send(reply);
            talk.stall();
        })
    };
    let other = match no_way {
        NoWay::Closed | NoWay::UnknownHost => None,
        NoWay::NoTls => Some(other("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")),
        NoWay::ProxyRefuses => Some(other("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")),
        NoWay::ProxyWantsCredentials => Some(other("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")),
        NoWay::ProxyStalls => Some(other("")),
    };
    // A port that is taken by a connection, so that no other test begins to listen on it.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    match (no_way, &other) {
        (NoWay::NoTls, Some(plain)) => asked.base_url = plain.https_url("127.0.0.1"),
        (_, Some(proxy)) => asked.proxy = format!("http://{}", proxy.address()),
        (NoWay::UnknownHost, None) => asked.base_url = "https://api.bonuspay.invalid/sgs/api/".into(),
        (_, None) => asked.base_url = format!("http://{}/sgs/api/", taken.local_addr().unwrap()),
    }
    if no_way == NoWay::ProxyStalls {
        asked.connect_ms = 300;
    }
    shop.sandbox.control("DELETE", "journal", "");
    let verdict = program.ask(&asked);
    let name = format!("{no_way:?}, {:?}", cell.call);
    assert_eq!(shop.journal().len(), 0, "{name}");
    if let Some(other) = other {
        assert_eq!(other.connections(), cell.trouble.attempts(cell.call), "{name}");
    }
    let seen = Seen { verdict: verdict.readable(shop, &asked), requests: 0 };
    assert_eq!(seen.verdict.outcome, "NotSent", "{name}: {seen:?}");
    check(&name, cell.call, &seen);
    seen
}

/// What holds in every cell.
fn check(name: &str, call: Call, seen: &Seen) {
    let verdict = &seen.verdict;
    assert!(seen.requests <= if call.may_repeat() { 3 } else { 1 }, "{name}: R39: {seen:?}");
    match verdict.outcome.as_str() {
        "NotSent" => assert_eq!(seen.requests, 0, "{name}: {seen:?}"),
        "Rejected" => assert!(verdict.authenticated, "{name}: only a signed word is a refusal: {seen:?}"),
        "Unknown" => assert!(!verdict.retryable || call.may_repeat(), "{name}: twice may be once too often: {seen:?}"),
        _ => assert!(verdict.status == "OK" && seen.requests > 0, "{name}: {seen:?}"),
    }
    assert!(verdict.text.len() < 600 && !verdict.text.contains(['\n', '|']), "{name}: {seen:?}");
    let words = verdict.text.split(|c: char| !c.is_ascii_alphanumeric());
    assert!(
        words.max_by_key(|word| word.len()).unwrap().len() < 32,
        "{name}: a key, a signature or a wallet: {seen:?}"
    );
}

#[test]
fn every_fault_of_every_call_comes_to_what_the_table_says() {
    let begun = Instant::now();
    let library = links(&release(), "faults-library");
    let binary = build("faults", &library, &[], &scratch("faults-program"));
    let (in_rust, in_c) = thread::scope(|scope| {
        let rust = scope.spawn(|| run_all("rust", |sandbox| Box::new(InRust::new(sandbox))));
        let c = scope.spawn(|| run_all("c", |sandbox| Box::new(InC::start(&binary, sandbox))));
        (rust.join(), c.join())
    });
    let (in_rust, in_c) = (in_rust.unwrap(), in_c.unwrap());
    println!("{} cells, twice, in {} ms", in_rust.len(), begun.elapsed().as_millis());
    assert!(begun.elapsed() < Duration::from_secs(120));
    let mut rows = Vec::new();
    let mut unanswered = None;
    for (cell, (rust, c)) in cells().zip(in_rust.into_iter().zip(in_c)) {
        let unknown_host = cell.trouble == Trouble::NoWay(NoWay::UnknownHost);
        let no_answer =
            |seen: &&Seen| seen.verdict.status == "TIMEOUT" || seen.verdict.text.contains("no name server answered");
        if unknown_host && [&rust, &c].iter().any(no_answer) {
            unanswered = Some(cell.trouble);
            continue;
        }
        assert_eq!(rust, c, "Rust and C differ: {:?} {:?}", cell.trouble, cell.call);
        rows.push((cell, rust));
    }
    if unanswered.is_some() {
        loudly("the rows of an unknown host: this machine's DNS does not answer");
        rows.retain(|(cell, _)| Some(cell.trouble) != unanswered);
    }
    table::compare(&rows, unanswered);
}
