use serde_json::{Value, json};

use crate::support::{Client, Reply, Sandbox, order};

fn get(sandbox: &Sandbox, path: &str) -> Reply {
    Client::connect(sandbox.listening()).send("GET", path, &[], b"").unwrap()
}

fn post(sandbox: &Sandbox, path: &str, headers: &[(&str, &str)], form: &str) -> Reply {
    let mut headers: Vec<_> = headers.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    headers.push(("Content-Type".to_owned(), "application/x-www-form-urlencoded".to_owned()));
    Client::connect(sandbox.listening()).send("POST", path, &headers, form.as_bytes()).unwrap()
}

#[test]
fn a_form_does_what_it_says_and_leads_to_a_page_that_shows_it() {
    let sandbox = Sandbox::start();
    let order_no = sandbox.place("o-1", None)["orderNo"].as_str().unwrap().to_owned();
    let done = post(&sandbox, "/orders/o-1/pay", &[], "amount=5&currency=USDT&network=");
    assert_eq!(done.status, 303, "{}", done.text());
    assert_eq!(done.header("location").unwrap(), format!("/orders/{order_no}?done=paid"));
    let page = get(&sandbox, done.header("location").unwrap()).text();
    assert!(page.contains("The payment has arrived.") && page.contains("partly paid"), "{page}");

    let refused = post(&sandbox, "/orders/o-1/pay", &[], "amount=five");
    assert_eq!(refused.status, 400);
    assert!(refused.text().contains("role=\"alert\""));
    assert_eq!(post(&sandbox, "/orders/nobody/expire", &[], "").status, 404);
    assert_eq!(post(&sandbox, "/clock", &[], "count=9223372036854775807&unit=86400000").status, 400);
    assert_eq!(get(&sandbox, "/orders/nobody").status, 404);
}

#[test]
fn a_browsers_page_from_elsewhere_cannot_use_the_forms() {
    let sandbox = Sandbox::start();
    sandbox.place("o-1", None);
    let status = |headers: &[(&str, &str)]| post(&sandbox, "/orders/o-1/pay", headers, "amount=1").status;
    for foreign in [
        ("Host", "rebound.example"),
        ("Origin", "https://evil.example"),
        ("Origin", "null"),
        ("Sec-Fetch-Site", "cross-site"),
    ] {
        assert_eq!(status(&[foreign]), 403, "{foreign:?}");
    }
    assert_eq!(sandbox.get("orders/o-1")["order"]["received"], "0");
    let own = format!("http://{}", sandbox.listening());
    assert_eq!(status(&[("Origin", &own), ("Sec-Fetch-Site", "same-origin")]), 303);
    let rebound = [("Host".to_owned(), "rebound.example".to_owned())];
    let page = Client::connect(sandbox.listening()).send("GET", "/", &rebound, b"").unwrap();
    assert_eq!(page.status, 403);
}

#[test]
fn whatever_a_merchant_sends_is_shown_as_text() {
    let sandbox = Sandbox::start();
    let evil = "</title><script>alert(1)</script>\"'";
    let mut biz = order("o-1", Some("http://127.0.0.1:9/?a=<b>&c=\"d\""));
    biz["subject"] = json!(evil);
    biz["reserved"] = json!(evil);
    // The URL is no URL, so the order is refused, and journalled.
    sandbox.call("crypto/placeOrder", &biz);
    biz["notifyUrl"] = Value::Null;
    sandbox.call("crypto/placeOrder", &biz);
    sandbox.deposit("o-1", "12.81");
    for path in ["/", "/orders/o-1", "/journal/1", "/journal/2"] {
        let page = get(&sandbox, path);
        assert_eq!(page.status, 200, "{path}");
        assert!(page.text().contains("&lt;script&gt;alert(1)"), "{path}");
        assert!(!page.text().contains("<script>"), "{path}");
        let policy = page.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    }
    let told = get(&sandbox, "/?done=%3Cscript%3E").text();
    assert!(!told.contains("%3Cscript") && !told.contains("<script>"));
}
