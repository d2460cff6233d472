use std::io::{ErrorKind, Read, Write};
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{Client, Reply, Sandbox, code_and_msg, now_ms, order};

const GET: &str = "crypto/getOrder";

fn index() -> Value {
    json!({"merchantOrderNo": "o-1"})
}

fn with_order() -> Sandbox {
    let sandbox = Sandbox::start();
    sandbox.place("o-1", None);
    sandbox
}

fn faulty(sandbox: &Sandbox, fault: &str) -> std::io::Result<Reply> {
    sandbox.fault(GET, fault);
    let reply = sandbox.call_raw(GET, &index());
    assert_eq!(sandbox.get("journal")["journal"].as_array().unwrap().last().unwrap()["fault"], fault);
    assert_eq!(sandbox.order_status("o-1"), "CREATED", "the fault is over");
    reply
}

#[test]
fn answers_that_lie_are_signed() {
    let sandbox = with_order();
    let true_answer = sandbox.call(GET, &index())["body"]["acquireOrder"].clone();
    let lie = |fault: &str| sandbox.verified(&faulty(&sandbox, fault).unwrap())["body"]["acquireOrder"].clone();

    let invented = lie("other-order");
    assert_ne!(invented["merchantOrderNo"], true_answer["merchantOrderNo"]);
    assert_ne!(invented["orderNo"], true_answer["orderNo"]);
    assert_ne!(invented["reserved"], true_answer["reserved"]);
    sandbox.place("o-2", None);
    assert_eq!(lie("other-order")["merchantOrderNo"], "o-2");

    let mut dearer = true_answer.clone();
    dearer["totalAmount"]["amount"] = serde_json::from_str("13.81").unwrap();
    assert_eq!(lie("wrong-amount"), dearer);
    assert_eq!(lie("no-total-amount")["totalAmount"], Value::Null);
    let nobody = lie("no-identity");
    for name in ["merchantOrderNo", "orderNo", "reserved"] {
        assert_eq!(nobody[name], Value::Null);
    }
    let twice = faulty(&sandbox, "duplicate-keys").unwrap();
    assert!(sandbox.is_signed(&twice));
    assert!(twice.text().contains(r#""status":"CREATED","status":"SUCCESS""#));
}

#[test]
fn signatures_are_missing_or_wrong() {
    let sandbox = with_order();
    for fault in ["unsigned-success", "wrong-signature"] {
        let reply = faulty(&sandbox, fault).unwrap();
        assert_eq!(reply.json()["body"]["acquireOrder"]["merchantOrderNo"], "o-1");
        assert_eq!(reply.header("sign").is_some(), fault == "wrong-signature");
        assert!(!sandbox.is_signed(&reply));
    }
    // As long as a good one: nothing but the verification can tell.
    assert_eq!(faulty(&sandbox, "wrong-signature").unwrap().header("sign").unwrap().len(), 344);

    let order =
        json!({"path": GET, "fault": "unsigned-refusal", "code": "77004", "msg": "MERCHANT_ORDER_NO_NOT_EXIST"});
    sandbox.control("POST", "faults", order.clone());
    let reply = sandbox.call_raw(GET, &index()).unwrap();
    assert_eq!(reply.header("sign"), None);
    assert_eq!(code_and_msg(&reply.json()), ("77004".into(), "MERCHANT_ORDER_NO_NOT_EXIST".into()));
    let mut order = order;
    order["fault"] = json!("refuse");
    sandbox.control("POST", "faults", order);
    assert_eq!(sandbox.refusal(GET, &index()), ("77004".into(), "MERCHANT_ORDER_NO_NOT_EXIST".into()));
}

#[test]
fn refusals_of_the_platform_are_signed() {
    let sandbox = with_order();
    for (fault, code, msg) in [
        ("refuse", "400", "INVALID_PARAMETER"),
        ("rate-limit", "402", "RATE_LIMIT_REJECT"),
        ("system-error", "500", "SYSTEM_ERROR"),
        ("clock-off", "400", "REQUESTTIME_TOO_LATER"),
    ] {
        let reply = faulty(&sandbox, fault).unwrap();
        assert_eq!(code_and_msg(&sandbox.verified(&reply)), (code.into(), msg.into()));
    }
    sandbox.control("POST", "faults", json!({"path": GET, "fault": "clock-off", "offset_ms": 1_200_000}));
    assert_eq!(sandbox.refusal(GET, &index()).1, "REQUESTTIME_TOO_EARLY");
}

#[test]
fn the_connection_breaks_before_the_work_or_after_it() {
    let sandbox = with_order();
    for fault in ["reset-before-read", "reset-after-read"] {
        sandbox.fault("crypto/placeOrder", fault);
        let broken = sandbox.call_raw("crypto/placeOrder", &order(fault, None)).unwrap_err();
        assert_eq!(broken.kind(), ErrorKind::ConnectionReset, "{fault}");
        assert_eq!(sandbox.refusal(GET, &json!({"merchantOrderNo": fault})).0, "77004");
    }
    sandbox.fault("crypto/placeOrder", "lose-answer");
    let lost = sandbox.call_raw("crypto/placeOrder", &order("lost", None)).unwrap_err();
    assert_eq!(lost.kind(), ErrorKind::UnexpectedEof);
    assert_eq!(sandbox.order_status("lost"), "CREATED");
    let journal = sandbox.get("journal")["journal"].as_array().unwrap().clone();
    let entry = journal.iter().find(|entry| entry["fault"] == "lose-answer").unwrap();
    assert_eq!(entry["signature_valid"], true);
    assert_eq!(entry["status"], Value::Null);
}

#[test]
fn a_stalled_call_is_neither_done_nor_answered() {
    let sandbox = with_order();
    sandbox.fault("crypto/placeOrder", "stall");
    let (headers, body) = sandbox.request(&order("stalled", None), now_ms());
    let mut client = Client::connect(sandbox.listening());
    client.read_timeout(Duration::from_millis(300));
    let waited = client.send("POST", "/sgs/api/crypto/placeOrder", &headers, &body).unwrap_err();
    assert!(matches!(waited.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut));
    assert_eq!(sandbox.refusal(GET, &json!({"merchantOrderNo": "stalled"})).0, "77004");
}

#[test]
fn the_answer_is_not_what_http_promises() {
    let sandbox = with_order();
    assert_eq!(faulty(&sandbox, "cut-body").unwrap_err().kind(), ErrorKind::UnexpectedEof);
    let short = faulty(&sandbox, "wrong-length").unwrap();
    assert!(!short.text().ends_with('}') && !sandbox.is_signed(&short));
    let moved = faulty(&sandbox, "redirect").unwrap();
    assert_eq!((moved.status, moved.header("sign")), (302, None));
    assert!(moved.header("location").unwrap().starts_with("http://127.0.0.1:"));
    let page = faulty(&sandbox, "html-502").unwrap();
    assert_eq!((page.status, page.header("content-type")), (502, Some("text/html")));

    sandbox.fault(GET, "drip");
    let (headers, body) = sandbox.request(&index(), now_ms());
    let mut stream = std::net::TcpStream::connect(sandbox.listening()).unwrap();
    let mut head = format!("POST /sgs/api/{GET} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n", body.len());
    headers.iter().for_each(|(name, value)| head.push_str(&format!("{name}: {value}\r\n")));
    stream.write_all(&[head.as_bytes(), b"\r\n", &body].concat()).unwrap();
    let mut first = [0; 64];
    assert_eq!(stream.read(&mut first).unwrap(), 1);
    assert_eq!(stream.read(&mut first).unwrap(), 1);
}

#[test]
fn faults_wait_for_their_path_and_their_times() {
    let sandbox = with_order();
    sandbox.control("POST", "faults", json!({"path": GET, "fault": "rate-limit", "times": 2}));
    sandbox.control("POST", "faults", json!({"path": GET, "fault": "system-error"}));
    sandbox.place("o-2", None);
    let codes: Vec<String> = (0..4).map(|_| code_and_msg(&sandbox.call(GET, &index())).0).collect();
    assert_eq!(codes, ["402", "402", "500", "0"]);
    sandbox.control("POST", "faults", json!({"path": GET, "fault": "stall", "times": 9}));
    assert_eq!(sandbox.get("state")["faults"].as_array().unwrap().len(), 1);
    sandbox.control("DELETE", "faults", Value::Null);
    assert_eq!(sandbox.order_status("o-1"), "CREATED");
    for wrong in [
        json!({"path": GET, "fault": "no-such-fault"}),
        json!({"path": "crypto/nothing", "fault": "stall"}),
        json!({"path": GET, "fault": "stall", "time": 2}),
        json!({"fault": "stall"}),
    ] {
        let reply = sandbox.control_raw("POST", "faults", wrong.clone());
        assert_eq!(reply.status, 400, "{wrong}");
        assert!(reply.json()["error"].is_string());
    }
}
