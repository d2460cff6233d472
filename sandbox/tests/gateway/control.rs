use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::support::{Client, Sandbox, now_ms, order};

#[test]
fn the_journal_holds_each_call_byte_for_byte() {
    let sandbox = Sandbox::start();
    let (headers, body) = sandbox.request(&order("j-1", None), now_ms());
    let mut client = Client::connect(sandbox.listening());
    let first = client.send("POST", "/sgs/api/crypto/placeOrder", &headers, &body).unwrap();
    client.send("POST", "/sgs/api/crypto/placeOrder", &headers, b"{}").unwrap();
    Client::connect(sandbox.listening()).send("POST", "/sgs/api/crypto/placeOrder", &headers, &body).unwrap();

    let journal = sandbox.get("journal")["journal"].as_array().unwrap().clone();
    assert_eq!(journal.len(), 3);
    let entry = &journal[0];
    assert_eq!(entry["path"], "crypto/placeOrder");
    assert_eq!(entry["request_headers"]["partner-id"], "200000000888");
    assert_eq!(entry["request_body_base64"], STANDARD.encode(&body));
    assert_eq!(entry["signature_valid"], true);
    assert_eq!(entry["status"].to_string(), "200");
    assert_eq!(entry["response_headers"]["sign"], first.header("sign").unwrap());
    assert_eq!(entry["response_headers"]["content-length"], first.body.len().to_string());
    assert_eq!(entry["response_body_base64"], STANDARD.encode(&first.body));
    assert_eq!(entry["fault"], Value::Null);
    assert!((now_ms() - entry["at_ms"].as_i64().unwrap()).abs() < 60_000);
    assert_eq!(journal[1]["signature_valid"], false);
    let numbers: Vec<String> = journal.iter().map(|entry| entry["number"].to_string()).collect();
    assert_eq!(numbers, ["1", "2", "3"]);
    assert_eq!(journal[1]["connection"], entry["connection"]);
    assert_ne!(journal[2]["connection"], entry["connection"]);

    sandbox.control("DELETE", "journal", Value::Null);
    assert_eq!(sandbox.get("journal")["journal"], json!([]));
}

#[test]
fn a_browsers_page_from_elsewhere_is_refused() {
    let sandbox = Sandbox::start();
    let state = |name: &str, value: &str| {
        let headers = [(name.to_owned(), value.to_owned())];
        Client::connect(sandbox.listening()).send("POST", "/sandbox/api/reset", &headers, b"").unwrap().status
    };
    assert_eq!(state("Host", "rebound.example"), 403);
    assert_eq!(state("Origin", "https://evil.example"), 403);
    assert_eq!(state("Origin", "null"), 403);
    assert_eq!(state("Origin", "http://localhost:8080"), 200);
    assert_eq!(state("Host", "localhost:1"), 200);
}

#[test]
fn bad_input_is_an_error_in_words() {
    let sandbox = Sandbox::start();
    sandbox.place("o-1", None);
    for (method, path, body, status) in [
        ("GET", "nothing", Value::Null, 404),
        ("DELETE", "orders", Value::Null, 405),
        ("GET", "orders/nobody", Value::Null, 404),
        ("POST", "orders/nobody/deposits", json!({"amount": "1"}), 404),
        ("POST", "orders/o-1/deposits", json!({}), 400),
        ("POST", "orders/o-1/deposits", json!({"amount": "1,5"}), 400),
        ("POST", "orders/o-1/deposits", json!({"amount": "-1"}), 400),
        ("POST", "orders/o-1/deposits", json!({"amount": "0.00001"}), 400),
        ("POST", "orders/o-1/deposits", json!({"amount": "1", "currency": "BUSD"}), 400),
        ("POST", "orders/o-1/deposits", json!({"amount": "1", "currency": "BTC", "network": "TRON"}), 400),
        ("POST", "orders/o-1/deposits", json!({"amount": "1", "coin": "USDT"}), 400),
        ("POST", "refunds/nobody/settle", Value::Null, 404),
        ("POST", "clock", json!({"advance_ms": -1}), 400),
        ("POST", "clock", json!({"advance_ms": "1"}), 400),
        ("POST", "merchants", json!({"partnerId": "1", "publicKey": "x"}), 400),
        ("POST", "merchants", json!({"partnerId": "200000000999", "publicKey": "x"}), 400),
        ("POST", "notifications/1/resend", Value::Null, 404),
        ("POST", "notifications/1/resend", json!({"times": 0}), 400),
        ("POST", "notifications/1/resend", json!({"times": 21}), 400),
        ("POST", "notifications/release", json!({"order": "sorted"}), 400),
        ("POST", "notifications/delay", json!({}), 400),
        ("POST", "notifications/delay", json!({"delay_ms": -1}), 400),
        ("POST", "orders/nobody/cancel", Value::Null, 404),
        ("POST", "orders/o-1/accept", Value::Null, 409),
    ] {
        let reply = sandbox.control_raw(method, path, body);
        assert_eq!(reply.status, status, "{method} {path}: {}", reply.text());
        assert!(reply.json()["error"].is_string(), "{method} {path}");
    }
}

#[test]
fn a_person_may_cancel_and_accept_as_a_merchant_does() {
    let sandbox = Sandbox::start();
    let decide =
        |number: &str, action: &str| sandbox.control_raw("POST", &format!("orders/{number}/{action}"), Value::Null);
    for number in ["o-1", "o-2"] {
        sandbox.place(number, None);
    }
    assert_eq!(decide("o-1", "cancel").json()["order"]["status"], "FAILURE");
    assert_eq!(decide("o-1", "cancel").status, 409);
    assert_eq!(decide("o-1", "accept").json(), json!({"error": "the order has failed"}));
    sandbox.deposit("o-2", "5");
    assert_eq!(decide("o-2", "accept").json()["order"]["status"], "SUCCESS");
    assert_eq!(decide("o-2", "accept").status, 200);
    assert_eq!(decide("o-2", "cancel").status, 409);
}

#[test]
fn a_reset_leaves_the_keys_and_nothing_else() {
    let sandbox = Sandbox::start();
    let order_no = sandbox.place("o-1", None)["orderNo"].clone();
    sandbox.control("POST", "clock", json!({"advance_ms": 1000}));
    sandbox.control("POST", "notifications/hold", Value::Null);
    sandbox.fault("crypto/getOrder", "stall");
    sandbox.control("POST", "reset", Value::Null);
    let state = sandbox.get("state");
    assert!(state["counts"].as_object().unwrap().values().all(|count| *count == 0), "{}", state["counts"]);
    assert_eq!(state["faults"], json!([]));
    assert_eq!(state["advanced_ms"].to_string(), "0");
    assert_eq!(state["notifications_held"], false);
    assert_ne!(sandbox.place("o-1", None)["orderNo"], order_no, "a number is given once");
    let sandbox = sandbox.kill_and_restart(&[]);
    assert_eq!(sandbox.get("orders")["orders"].as_array().unwrap().len(), 1);
}
