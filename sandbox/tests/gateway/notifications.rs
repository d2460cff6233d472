use serde_json::{Value, json};

use crate::support::{Sandbox, Shop, order, settle, verify, wait_until};

#[test]
fn a_notification_is_repeated_until_the_shop_says_success() {
    let sandbox = Sandbox::start();
    let shop = Shop::open(&["200 FAIL", "503 SUCCESS", "200 SUCCESS\n", "302 SUCCESS", "200 \"SUCCESS\""]);
    sandbox.place("n-1", Some(&shop.url));
    sandbox.deposit("n-1", "12.81");
    shop.wait_for(1);
    for (sent, minutes) in [(1, 2), (2, 10), (3, 10), (4, 60), (5, 120)] {
        let attempts = || sandbox.get("notifications")["notifications"][0]["attempts"].as_array().unwrap().len();
        wait_until("the attempt is recorded", || attempts() == sent);
        sandbox.control("POST", "clock", json!({"advance_ms": minutes * 60_000 - 5_000}));
        settle();
        assert_eq!(shop.received().len(), sent, "too early after attempt {sent}");
        sandbox.control("POST", "clock", json!({"advance_ms": 5_000}));
        shop.wait_for(sent + 1);
    }
    let state = || sandbox.get("notifications")["notifications"][0]["state"].clone();
    wait_until("delivered", || state() == "delivered");
    sandbox.control("POST", "clock", json!({"advance_ms": 86_400_000}));
    settle();
    let received = shop.received();
    assert_eq!(received.len(), 6);
    assert!(received.iter().all(|one| one.body == received[0].body), "each attempt sends the same bytes");

    sandbox.control("POST", &format!("notifications/{}/resend", id(&sandbox)), Value::Null);
    assert_eq!(shop.wait_for(7)[6].body, received[0].body);
}

fn id(sandbox: &Sandbox) -> String {
    sandbox.get("notifications")["notifications"][0]["id"].as_str().unwrap().to_owned()
}

#[test]
fn it_is_given_up_after_seven_retries() {
    let sandbox = Sandbox::start();
    let shop = Shop::open(&["200 FAIL"; 8]);
    sandbox.place("n-1", Some(&shop.url));
    sandbox.deposit("n-1", "12.81");
    for (sent, minutes) in (1..).zip([2, 10, 10, 60, 120, 360, 900]) {
        let notification = || sandbox.get("notifications")["notifications"][0].clone();
        wait_until("the attempt is recorded", || notification()["attempts"].as_array().unwrap().len() == sent);
        sandbox.control("POST", "clock", json!({"advance_ms": minutes * 60_000}));
        shop.wait_for(sent + 1);
    }
    wait_until("given up", || sandbox.get("notifications")["notifications"][0]["state"] == "given_up");
    sandbox.control("POST", &format!("notifications/{}/resend", id(&sandbox)), Value::Null);
    wait_until("delivered", || sandbox.get("notifications")["notifications"][0]["state"] == "delivered");
}

#[test]
fn it_has_the_documented_form_and_the_gateways_signature() {
    let sandbox = Sandbox::start();
    let shop = Shop::open(&[]);
    let mut biz = order("n-1", Some(&shop.url));
    biz["accessoryContent"] = json!({"amountDetail": {"vatAmount": {"amount": 0.1, "currency": "USDT"}}});
    sandbox.call("crypto/placeOrder", &biz);
    sandbox.deposit("n-1", "12.81");
    let received = shop.wait_for(1).remove(0);
    assert!(received.line.starts_with("POST /notify?shop=1 "), "{}", received.line);
    assert_eq!(received.header("content-type"), "application/json; charset=UTF-8");
    assert_eq!(received.header("partner-id"), "200000000888");
    assert!(received.header("user-agent").starts_with("Apache-HttpClient/"));
    assert!(!received.header("request-id").is_empty());
    let key = sandbox.file("gateway_public_key");
    assert!(verify(&key, &received.body, received.header("sign"), sandbox.folder()));

    let text = received.text();
    for amount in [
        r#""totalAmount":{"amount":12.81000000,"currency":"USDT"}"#,
        r#""paidAmount":{"amount":12.81000000,"currency":"USDT"}"#,
        r#""payerFeeAmount":{"amount":0E-8,"currency":"USDT"}"#,
        r#""vatAmount":{"amount":0.10000000,"currency":"USDT"}"#,
    ] {
        assert!(text.contains(amount), "{amount} in {text}");
    }
    let document: Value = serde_json::from_str(&text).unwrap();
    let keys: Vec<&String> = document.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["notify_time", "acquireOrder", "_input_charset", "notify_timestamp", "notify_id"]);
    assert_eq!(document["notify_time"].as_str().unwrap().len(), 14);
    assert_eq!(document["acquireOrder"]["status"], "SUCCESS");

    let answer = sandbox.call_raw("crypto/getOrder", &json!({"merchantOrderNo": "n-1"})).unwrap().text();
    for amount in [
        r#""totalAmount":{"amount":12.81,"currency":"USDT"}"#,
        r#""payerFeeAmount":{"amount":0,"currency":"USDT"}"#,
        r#""vatAmount":{"amount":0.1,"currency":"USDT"}"#,
    ] {
        assert!(answer.contains(amount), "{amount} in {answer}");
    }
}

#[test]
fn failures_are_notified_and_waiting_is_not() {
    let sandbox = Sandbox::start();
    let shop = Shop::open(&[]);
    for number in ["cancelled", "expired", "underpaid"] {
        sandbox.place(number, Some(&shop.url));
    }
    sandbox.deposit("underpaid", "1");
    sandbox.call("crypto/cancelOrder", &json!({"merchantOrderNo": "cancelled"}));
    shop.wait_for(1);
    sandbox.control("POST", "orders/expired/expire", Value::Null);
    sandbox.control("POST", "orders/underpaid/expire", Value::Null);
    shop.wait_for(2);
    settle();
    let received = shop.received();
    assert_eq!(received.len(), 2);
    assert!(received[0].text().contains(r#""failCode":"ORDER_CANCELLED""#));
    assert!(received[1].text().contains(r#""failCode":"ORDER_EXPIRED""#));
    sandbox.call("crypto/acceptOrder", &json!({"merchantOrderNo": "underpaid"}));
    assert!(shop.wait_for(3)[2].text().contains(r#""status":"SUCCESS""#));
}

#[test]
fn held_notifications_wait_for_their_release() {
    let sandbox = Sandbox::start();
    let shop = Shop::open(&[]);
    sandbox.control("POST", "notifications/hold", Value::Null);
    for number in ["n-1", "n-2"] {
        sandbox.place(number, Some(&shop.url));
        sandbox.deposit(number, "12.81");
    }
    settle();
    assert_eq!(shop.received().len(), 0);
    assert_eq!(sandbox.get("notifications")["held"], true);
    let second = sandbox.get("notifications")["notifications"][1]["id"].as_str().unwrap().to_owned();
    sandbox.control("POST", &format!("notifications/{second}/resend"), Value::Null);
    assert!(shop.wait_for(1)[0].text().contains("\"n-2\""));
    sandbox.control("POST", "notifications/release", Value::Null);
    assert!(shop.wait_for(2)[1].text().contains("\"n-1\""));
    settle();
    assert_eq!(shop.received().len(), 2);
}

#[test]
fn it_is_sent_several_times_at_once_on_request() {
    let sandbox = Sandbox::start();
    let shop = Shop::open(&[]);
    sandbox.place("n-1", Some(&shop.url));
    sandbox.deposit("n-1", "12.81");
    shop.wait_for(1);
    sandbox.control("POST", &format!("notifications/{}/resend", id(&sandbox)), json!({"times": 3}));
    let received = shop.wait_for(4);
    settle();
    assert_eq!(shop.received().len(), 4);
    assert!(received.iter().all(|one| one.body == received[0].body));
    let attempts = || sandbox.get("notifications")["notifications"][0]["attempts"].as_array().unwrap().len();
    wait_until("the attempts are recorded", || attempts() == 4);
}

#[test]
fn held_notifications_are_released_newest_first_on_request() {
    let sandbox = Sandbox::start();
    // A refusal of the first to come keeps nobody waiting.
    let shop = Shop::open(&["200 FAIL"]);
    sandbox.control("POST", "notifications/hold", Value::Null);
    let numbers = ["n-1", "n-2", "n-3", "n-4", "n-5"];
    for number in numbers {
        sandbox.place(number, Some(&shop.url));
        sandbox.deposit(number, "12.81");
    }
    let last = sandbox.get("notifications")["notifications"][4]["id"].as_str().unwrap().to_owned();
    sandbox.control("POST", "notifications/release", json!({"order": "reversed"}));
    let received = shop.wait_for(5);
    let order: Vec<Value> = received.iter().map(|one| one.json()["acquireOrder"]["merchantOrderNo"].clone()).collect();
    assert_eq!(order, ["n-5", "n-4", "n-3", "n-2", "n-1"]);
    assert_eq!(received[0].json()["notify_id"], last);
}

#[test]
fn new_ones_are_delayed_on_request() {
    let sandbox = Sandbox::start();
    let shop = Shop::open(&[]);
    sandbox.control("POST", "notifications/delay", json!({"delay_ms": 90_000_000}));
    sandbox.place("n-1", Some(&shop.url));
    sandbox.deposit("n-1", "12.81");
    let sandbox = sandbox.kill_and_restart(&[]);
    assert_eq!(sandbox.get("notifications")["delay_ms"].to_string(), "90000000");
    sandbox.control("POST", "clock", json!({"advance_ms": 89_990_000}));
    settle();
    assert_eq!(shop.received().len(), 0);
    sandbox.control("POST", "clock", json!({"advance_ms": 10_000}));
    shop.wait_for(1);
    sandbox.control("POST", "notifications/delay", json!({"delay_ms": 0}));
    sandbox.place("n-2", Some(&shop.url));
    sandbox.deposit("n-2", "12.81");
    shop.wait_for(2);
}

#[test]
fn it_goes_to_no_other_machine() {
    let sandbox = Sandbox::start();
    // TEST-NET-1, a name that would have to be looked up, and one that only looks like this machine.
    for (number, url) in
        [("n-1", "http://192.0.2.1/"), ("n-2", "http://shop.example/"), ("n-3", "http://127.0.0.1@192.0.2.1/")]
    {
        sandbox.place(number, Some(url));
        sandbox.deposit(number, "12.81");
    }
    let attempts = |index: usize| sandbox.get("notifications")["notifications"][index]["attempts"].clone();
    for index in 0..3 {
        wait_until("an attempt", || attempts(index).as_array().is_some_and(|attempts| !attempts.is_empty()));
        assert!(attempts(index)[0]["error"].as_str().unwrap().contains("not this machine"));
    }
}

#[test]
fn a_shop_with_a_certificate_of_its_own_making_is_reached() {
    let sandbox = Sandbox::start();
    let shop = Sandbox::start_with(&["--tls"]);
    let url = format!("https://{}/checkout/nobody", shop.listening());
    sandbox.place("n-1", Some(&url));
    sandbox.deposit("n-1", "12.81");
    let attempts = || sandbox.get("notifications")["notifications"][0]["attempts"].clone();
    wait_until("an attempt", || attempts()[0]["status"] == 405);
}
