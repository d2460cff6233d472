//! R39 through the client, on a clock of its own.

use std::time::Duration;

use bonuspay::money::Money;
use bonuspay::order::OrderIndex;
use bonuspay::refund::{Origin, PlaceRefund};
use bonuspay::transport::{Failure, HttpResponse};
use bonuspay::{Client, Endpoint, Error, ErrorKind, Outcome};

use crate::gateway::{Gateway, refusal, signed, success};
use crate::support;

fn index() -> OrderIndex {
    OrderIndex::Merchant("wp_1001-1".into())
}

fn refund(client: &Client) -> Error {
    let refund = PlaceRefund::to_address(
        "r-1",
        Origin::Merchant("wp_1001-1".into()),
        Money::new("1", "USDT").unwrap(),
        "TRON",
        "TT3afBRdUjLKjYYAAXPoetLTG6Xcqw9ZHb",
    );
    client.refund(&refund).unwrap_err()
}

const FOUND: &str = r#"{"acquireOrder":{"merchantOrderNo":"wp_1001-1","status":"CREATED"}}"#;

#[test]
fn a_read_is_repeated_twice_with_a_new_time_and_signature() {
    let gateway = Gateway::new()
        .then(|_| Err(Failure::not_sent(ErrorKind::Connect, "refused")))
        .signed(&refusal("504", "SERVICE_TIMEOUT"))
        .signed(&success(FOUND));
    gateway.client().get_order(&index()).unwrap();
    assert_eq!(gateway.count(), 3);
    for pause in gateway.sleeps() {
        assert!(pause >= Duration::from_millis(200) && pause <= Duration::from_secs(2));
    }
    gateway.sent(|sent| {
        assert!(sent[0].body != sent[1].body && sent[1].body != sent[2].body);
        assert!(sent[0].timeout > sent[1].timeout && sent[1].timeout > sent[2].timeout);
        for request in sent {
            assert!(support::verify_with_openssl(
                &support::named_key("merchant", 2048).public_path,
                request.body.as_bytes(),
                &request.sign
            ));
        }
    });
}

#[test]
fn after_three_attempts_it_stops_and_unknown_stays_unknown() {
    let gateway = Gateway::new()
        .then(|_| Err(Failure::unknown(ErrorKind::Io, "reset")))
        .then(|_| Err(Failure::not_sent(ErrorKind::Connect, "refused")))
        .then(|_| Err(Failure::not_sent(ErrorKind::Connect, "refused")));
    let error = gateway.client().get_order(&index()).unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome(), error.is_retryable(), gateway.count()),
        (ErrorKind::Connect, Outcome::Unknown, true, 3)
    );
}

#[test]
fn refusals_that_last_are_not_repeated() {
    for (code, message) in [
        ("400", "INVALID_PARAMETER"),
        ("403", "UNAUTHORIZED"),
        ("601", "RISK_FAIL"),
        ("77004", "MERCHANT_ORDER_NO_NOT_EXIST"),
    ] {
        let gateway = Gateway::new().signed(&refusal(code, message));
        let error = gateway.client().get_order(&index()).unwrap_err();
        assert_eq!((error.outcome(), error.is_retryable(), gateway.count()), (Outcome::Rejected, false, 1), "{code}");
    }
}

#[test]
fn a_refund_is_sent_once_whatever_happens() {
    let faults: [fn() -> Gateway; 4] = [
        || Gateway::new().signed(&refusal("500", "SYSTEM_ERROR")),
        || Gateway::new().signed(&refusal("402", "RATE_LIMIT_REJECT")),
        || Gateway::new().then(|_| Err(Failure::unknown(ErrorKind::Io, "reset"))),
        || Gateway::new().then(|_| Err(Failure::stale(ErrorKind::Io, "closed meanwhile"))),
    ];
    let outcomes = faults.map(|fault| {
        let gateway = fault();
        let error = refund(&gateway.client());
        gateway.sent(|sent| assert!(sent.len() == 1 && sent[0].fresh));
        (error.outcome(), error.is_retryable())
    });
    assert_eq!(
        outcomes,
        [(Outcome::Unknown, false), (Outcome::Rejected, true), (Outcome::Unknown, false), (Outcome::Unknown, false)]
    );
    for endpoint in [Endpoint::CancelOrder, Endpoint::AcceptOrder] {
        let gateway = Gateway::new().signed(&refusal("504", "SERVICE_TIMEOUT"));
        let error = gateway.client().call(endpoint, br#"{"merchantOrderNo":"wp_1001-1"}"#).unwrap_err();
        assert_eq!((error.outcome(), gateway.count()), (Outcome::Unknown, 1));
        gateway.sent(|sent| assert!(sent[0].fresh));
    }
}

#[test]
fn a_stale_connection_is_replaced_once_with_the_same_bytes() {
    let gateway = Gateway::new()
        .then(|sent| {
            assert!(!sent.fresh);
            Err(Failure::stale(ErrorKind::Io, "closed meanwhile"))
        })
        .then(|sent| {
            assert!(sent.fresh);
            Ok(signed(&success(FOUND)))
        });
    gateway.client().get_order(&index()).unwrap();
    gateway.sent(|sent| assert_eq!((&sent[0].body, &sent[0].sign), (&sent[1].body, &sent[1].sign)));
    assert!(gateway.sleeps().is_empty());
}

/// A pool may hold several connections that died together.
#[test]
fn only_one_connection_a_call_is_found_stale() {
    let gateway = Gateway::new()
        .then(|_| Err(Failure::stale(ErrorKind::Io, "closed meanwhile")))
        .then(|_| Err(Failure::unknown(ErrorKind::Io, "reset")))
        .then(|_| Err(Failure::unknown(ErrorKind::Io, "reset")))
        .then(|_| Err(Failure::unknown(ErrorKind::Io, "reset")));
    let error = gateway.client().get_order(&index()).unwrap_err();
    assert_eq!((error.outcome(), error.is_retryable()), (Outcome::Unknown, true));
    gateway.sent(|sent| assert_eq!(sent.iter().map(|sent| sent.fresh).collect::<Vec<_>>(), [false, true, true, true]));
}

/// Found by the simulation.
#[test]
fn what_a_stale_connection_carried_stays_unknown_when_the_second_try_fails() {
    let stale = || Err(Failure::stale(ErrorKind::Io, "closed meanwhile"));
    let refused = || Err(Failure::not_sent(ErrorKind::Connect, "refused"));
    let fails: [fn() -> Result<HttpResponse, Failure>; 2] = [
        || Err(Failure::not_sent(ErrorKind::Connect, "refused")),
        || Ok(signed(&refusal("77004", "MERCHANT_ORDER_NO_NOT_EXIST"))),
    ];
    for fail in fails {
        // What follows are the scheduled repeats, where there are any.
        let gateway = Gateway::new().then(move |_| stale()).then(move |_| fail());
        let gateway = gateway.then(move |_| refused()).then(move |_| refused());
        let error = gateway.client().get_order(&index()).unwrap_err();
        assert_eq!(error.outcome(), Outcome::Unknown, "{error}");
    }
}

/// Found by the simulation.
#[test]
fn what_was_refused_is_not_told_as_not_sent_when_the_repeats_find_no_connection() {
    let refused = || Err(Failure::not_sent(ErrorKind::Connect, "refused"));
    let gateway = Gateway::new().signed(&refusal("402", "RATE_LIMIT_REJECT"));
    let gateway = gateway.then(move |_| refused()).then(move |_| refused());
    let error = gateway.client().get_order(&index()).unwrap_err();
    assert_eq!((error.outcome(), error.api_code(), gateway.count()), (Outcome::Rejected, Some("402"), 3), "{error}");
    assert!(error.is_retryable());
}

#[test]
fn repeats_end_with_the_total_deadline() {
    let gateway = Gateway::new().then(|_| Err(Failure::unknown(ErrorKind::Io, "reset")));
    let client = gateway.client_with(|builder| {
        builder.connect_timeout(Duration::from_millis(200)).unwrap();
        builder.total_timeout(Duration::from_millis(250)).unwrap();
    });
    assert_eq!(client.get_order(&index()).unwrap_err().outcome(), Outcome::Unknown);
    assert_eq!(gateway.count(), 1);
}
