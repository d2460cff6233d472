//! Which call goes over which connection (R86, R87), by the numbers in the sandbox's journal.

use super::shop::{Asked, Call, Entry, InC, InRust, Program, Shop, journal};
use crate::native::{self, Sandbox};
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

fn in_both(name: &str, test: impl Fn(&mut Sandbox, &mut dyn Program)) {
    let library = native::links(&native::release(), &format!("{name}-library"));
    let binary = native::build("faults", &library, &[], &native::scratch(name));
    let mut sandbox = Sandbox::start(name, &[]);
    let mut in_rust = InRust::new(&sandbox);
    test(&mut sandbox, &mut in_rust);
    sandbox.control("POST", "reset", "");
    let mut in_c = InC::start(&binary, &sandbox);
    test(&mut sandbox, &mut in_c);
}

/// All that is asked here has the same settings, and so shares its connections.
fn asked(shop: &Shop<'_>, call: Call) -> Asked {
    Asked { user_agent: "one-and-the-same".into(), ..shop.asked(call) }
}

/// Makes one call, and gives what the gateway saw of it.
fn seen(sandbox: &Sandbox, program: &mut dyn Program, asked: &Asked, status: &str) -> Vec<Entry> {
    sandbox.control("DELETE", "journal", "");
    let verdict = program.ask(asked);
    assert_eq!(verdict.status, status, "{verdict:?}");
    journal(sandbox)
}

#[track_caller]
fn one(entries: &[Entry]) -> u64 {
    assert_eq!(entries.len(), 1);
    entries[0].connection
}

fn fault(sandbox: &Sandbox, call: Call, fault: &str, times: u32) {
    let order = format!(r#"{{"path":"{}","fault":"{fault}","times":{times}}}"#, call.path());
    sandbox.control("POST", "faults", &order);
}

#[test]
fn reads_and_place_order_share_a_connection_and_what_must_not_come_twice_never_does() {
    in_both("kept", |sandbox, program| {
        let shop = Shop::new(sandbox, "kept");
        let kept = one(&seen(sandbox, program, &asked(&shop, Call::PlaceOrder), "OK"));
        for call in [Call::GetOrder, Call::GetPaymentEvents, Call::GetRefund, Call::PlaceOrder, Call::GetOrder] {
            assert_eq!(one(&seen(sandbox, program, &asked(&shop, call), "OK")), kept, "{call:?}");
        }
        let mut used = BTreeSet::from([kept]);
        for call in [Call::PlaceRefund, Call::CancelOrder, Call::AcceptOrder, Call::PlaceRefund, Call::PlaceRefund] {
            let connection = one(&seen(sandbox, program, &asked(&shop, call), "OK"));
            assert!(used.insert(connection), "{call:?} went over connection {connection}, which was used before");
        }
        let again = one(&seen(sandbox, program, &asked(&shop, Call::GetOrder), "OK"));
        assert!(used.contains(&again));
    });
}

#[test]
fn a_gateway_that_was_restarted_sees_one_request() {
    in_both("restarted", |sandbox, program| {
        for call in [Call::GetOrder, Call::PlaceOrder, Call::PlaceRefund] {
            let (kept, next) = {
                let shop = Shop::new(sandbox, &format!("{call:?}"));
                (asked(&shop, Call::GetOrder), asked(&shop, call))
            };
            one(&seen(sandbox, program, &kept, "OK"));
            sandbox.restart();
            one(&seen(sandbox, program, &next, "OK"));
        }
    });
}

#[test]
fn a_kept_connection_that_dies_under_a_call_is_replaced_once_with_the_same_bytes() {
    in_both("dying", |sandbox, program| {
        let shop = Shop::new(sandbox, "dying");
        for call in [Call::GetOrder, Call::PlaceOrder] {
            let kept = one(&seen(sandbox, program, &asked(&shop, Call::GetOrder), "OK"));
            let next = asked(&shop, call);
            fault(sandbox, call, "lose-answer", 1);
            let entries = seen(sandbox, program, &next, "OK");
            assert_eq!((entries.len(), entries[0].connection), (2, kept), "{call:?}");
            assert_ne!(entries[1].connection, kept);
            assert_eq!(entries[0].body, entries[1].body, "no new request time, no new signature");
        }
    });
}

#[test]
fn a_gateway_that_always_hangs_up_is_asked_at_most_three_times_beside_the_kept_connection() {
    in_both("hanging", |sandbox, program| {
        let shop = Shop::new(sandbox, "hanging");
        let kept = one(&seen(sandbox, program, &asked(&shop, Call::GetOrder), "OK"));
        let next = asked(&shop, Call::PlaceOrder);
        fault(sandbox, Call::PlaceOrder, "lose-answer", 100);
        let entries = seen(sandbox, program, &next, "IO");
        sandbox.control("DELETE", "faults", "");
        let connections: BTreeSet<_> = entries.iter().map(|entry| entry.connection).collect();
        assert_eq!((entries.len(), entries[0].connection, connections.len()), (4, kept, 4));
        assert!(entries.iter().all(|entry| entry.number() == next.number), "always the same number");
        assert!(entries[0].body == entries[1].body && entries[1].body != entries[2].body);
    });
}

#[test]
fn a_refund_on_a_connection_that_dies_is_sent_once() {
    in_both("refund", |sandbox, program| {
        let shop = Shop::new(sandbox, "refund");
        for call in [Call::PlaceRefund, Call::CancelOrder, Call::AcceptOrder] {
            let kept = one(&seen(sandbox, program, &asked(&shop, Call::GetOrder), "OK"));
            for broken in ["lose-answer", "reset-before-read"] {
                let next = asked(&shop, call);
                fault(sandbox, call, broken, 100);
                let connection = one(&seen(sandbox, program, &next, "IO"));
                sandbox.control("DELETE", "faults", "");
                assert_ne!(connection, kept, "{call:?}");
            }
        }
    });
}

/// tests/c/fork.c: the parent places an order for each child and one for itself, reads its own, forks four times, and
/// then each of the five reads its own, at the same time.
#[test]
fn a_child_shares_no_connection_with_its_parent() {
    let library = native::links(&native::release(), "forked-library");
    let binary = native::build("fork", &library, &[], &native::scratch("forked"));
    let sandbox = Sandbox::start("forked", &[]);
    native::run(Command::new(binary).arg(&sandbox.ready));
    let (mut placed, mut read) = (BTreeSet::new(), BTreeMap::<_, Vec<_>>::new());
    for entry in journal(&sandbox) {
        if entry.path == Call::PlaceOrder.path() {
            placed.insert(entry.connection);
        } else {
            read.entry(entry.number()).or_default().push(entry.connection);
        }
    }
    assert_eq!(placed.len(), 1, "the parent's");
    assert_eq!(read.len(), 5);
    let mut seen = BTreeSet::new();
    for (number, connections) in read {
        let own: BTreeSet<_> = connections.iter().copied().collect();
        assert_eq!(own.len(), 1, "{number}: {connections:?}");
        assert!(seen.insert(own), "{number} was read over the connection of another process");
        let calls = if connections[0] == *placed.first().unwrap() { 2 + 20 + 2 } else { 20 };
        assert_eq!(connections.len(), calls, "{number}");
    }
}
