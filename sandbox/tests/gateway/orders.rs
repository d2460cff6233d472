use serde_json::{Value, json};

use crate::support::{Client, Sandbox, code_and_msg, now_ms, order};

#[test]
fn an_order_is_placed_underpaid_paid_and_overpaid() {
    let sandbox = Sandbox::start();
    let answer = sandbox.call("crypto/placeOrder", &order("wp_1001-1", None));
    assert_eq!(answer["head"]["applyStatus"], "SUCCESS");
    assert_eq!(answer["head"]["success"], true);
    let placed = &answer["body"]["acquireOrder"];
    assert_eq!(placed["status"], "CREATED");
    assert_eq!(placed["product"], "Crypto Basic Payment Gateway");
    assert_eq!(placed["payeeMid"], "200000000888");
    assert_eq!(placed["reserved"], "token-1");
    let lives = placed["expiredTime"].as_i64().unwrap() - placed["requestTime"].as_i64().unwrap();
    assert_eq!(lives, 2 * 3_600_000);
    let order_no = placed["orderNo"].as_str().unwrap();
    assert!(order_no.len() == 18 && order_no.bytes().all(|b| b.is_ascii_digit()));
    let params = &answer["body"]["interactionParams"];
    assert_eq!(params["network"], "TRON");
    assert_eq!(params["status"], "ENABLED");
    assert!(params["address"].as_str().unwrap().starts_with('T'));

    sandbox.deposit(order_no, "12.8");
    let get = || sandbox.call("crypto/getOrder", &json!({"orderNo": order_no}))["body"]["acquireOrder"].clone();
    assert_eq!(get()["status"], "CREATED");
    assert_eq!(get()["paymentInfo"], Value::Null);

    let other = json!({"amount": "5", "currency": "USDC", "network": "ETH"});
    let other = sandbox.control("POST", &format!("orders/{order_no}/deposits"), other);
    assert_eq!(other["counted"], false);
    assert_eq!(get()["status"], "CREATED");

    sandbox.deposit("wp_1001-1", "0.01000001");
    let paid = get();
    assert_eq!(paid["status"], "SUCCESS");
    assert_eq!(paid["paymentInfo"]["paidAmount"]["amount"].to_string(), "12.81000001");
    assert_eq!(paid["paymentInfo"]["payeeAddress"], params["address"]);
    assert_eq!(paid["settlementInfo"]["payeeFeeAmount"]["amount"].to_string(), "0.06");
    assert_eq!(paid["settlementInfo"]["settlementAmount"]["amount"].to_string(), "12.75000001");

    sandbox.deposit(order_no, "1");
    assert_eq!(get()["paymentInfo"]["paidAmount"]["amount"].to_string(), "13.81000001");

    let events = sandbox.call("crypto/getPaymentDepositEventList", &json!({"orderNo": order_no}));
    let events = events["body"]["paymentDepositEventList"].as_array().unwrap().clone();
    let amounts: Vec<String> = events.iter().map(|event| event["amount"]["amount"].to_string()).collect();
    assert_eq!(amounts, ["12.8", "5", "0.01000001", "1"]);
    for field in ["id", "network", "payerAddress", "receiverAddress", "txHash"] {
        assert!(events[0][field].is_string(), "{field}");
    }
}

#[test]
fn a_repeated_order_is_the_same_order_and_another_one_is_refused() {
    let sandbox = Sandbox::start();
    let first = sandbox.call("crypto/placeOrder", &order("a-1", None))["body"].clone();
    assert_eq!(sandbox.call("crypto/placeOrder", &order("a-1", None))["body"], first);

    // The same amount in another spelling, at a time that a new order could not have.
    let body = order("a-1", None).to_string().replace("12.81", "1281.0e-2");
    let old = sandbox.call_at("crypto/placeOrder", &serde_json::from_str(&body).unwrap(), now_ms() - 3_600_000);
    assert_eq!(sandbox.verified(&old.unwrap())["body"], first);

    let mut dearer = order("a-1", None);
    dearer["totalAmount"]["amount"] = json!(12.82);
    assert_eq!(sandbox.refusal("crypto/placeOrder", &dearer).0, "77012");

    sandbox.deposit("a-1", "12.81");
    let repeated = sandbox.call("crypto/placeOrder", &order("a-1", None));
    assert_eq!(repeated["body"]["acquireOrder"]["status"], "SUCCESS");
    assert_eq!(repeated["body"]["interactionParams"], Value::Null);
    assert_eq!(sandbox.get("state")["counts"]["orders"].to_string(), "1");
}

#[test]
fn every_documented_refusal_has_its_code() {
    let sandbox = Sandbox::start();
    let now = now_ms();
    let changed = |change: &[(&str, Value)]| {
        let mut biz = order("r-1", None);
        for (pointer, value) in change {
            match biz.pointer_mut(pointer) {
                Some(place) => *place = value.clone(),
                None => biz[pointer.trim_start_matches('/')] = value.clone(),
            }
        }
        biz
    };
    let amount = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    let cases = [
        ("77007 EXPIREDTIME_LESS_THAN_REQUESTTIME", vec![("/expiredTime", json!(now - 10_000))]),
        ("77008 EXPIREDTIME_TOO_LATER", vec![("/expiredTime", json!(now + 48 * 3_600_000 + 60_000))]),
        ("77011 PAYSCENECODE_ILLEGAL", vec![("/paySceneCode", json!("api"))]),
        ("77021 CURRENCY_CODE_NOT_SUPPORTED", vec![("/totalAmount/currency", json!("BUSD"))]),
        ("77021 CURRENCY_CODE_NOT_SUPPORTED", vec![("/totalAmount/currency", json!("USD"))]),
        ("77021 CURRENCY_CODE_NOT_SUPPORTED", vec![("/paySceneParams/chainCode", json!("BTC"))]),
        ("77022 INVALID_CURRENCY_PRECISION", vec![("/totalAmount/amount", amount("12.805"))]),
        ("77022 INVALID_CURRENCY_PRECISION", vec![("/totalAmount/amount", amount("12.8000000001"))]),
        ("77023 PAYEEMID_NOT_EXIST", vec![("/payeeMid", json!("200000000001"))]),
        ("400 INVALID_PARAMETER", vec![("/totalAmount/amount", json!("12.81"))]),
        ("400 INVALID_PARAMETER", vec![("/totalAmount/amount", amount("-1"))]),
        ("400 INVALID_PARAMETER", vec![("/totalAmount/amount", amount("0"))]),
        ("400 INVALID_PARAMETER", vec![("/totalAmount/amount", amount("1e400"))]),
        ("400 INVALID_PARAMETER", vec![("/totalAmount", json!(12))]),
        ("400 INVALID_PARAMETER", vec![("/totalAmount", Value::Null)]),
        ("400 INVALID_PARAMETER", vec![("/merchantOrderNo", json!("a b"))]),
        ("400 INVALID_PARAMETER", vec![("/merchantOrderNo", json!("x".repeat(65)))]),
        ("400 INVALID_PARAMETER", vec![("/subject", json!(""))]),
        ("400 INVALID_PARAMETER", vec![("/subject", json!("é".repeat(65)))]),
        ("400 INVALID_PARAMETER", vec![("/paySceneParams", json!({"chainCode": "TRON"}))]),
        ("400 INVALID_PARAMETER", vec![("/paySceneParams/chainCode", json!("tron"))]),
        ("400 INVALID_PARAMETER", vec![("/notifyUrl", json!("ftp://127.0.0.1/"))]),
        ("400 INVALID_PARAMETER", vec![("/expiredTime", json!("1581493898000"))]),
        (
            "400 INVALID_PARAMETER",
            vec![(
                "/refAmount",
                json!({"exchangeCurrencyCode": "USDT", "refAmount": {"amount": 1, "currency": "INR"}}),
            )],
        ),
    ];
    for (expected, change) in cases {
        let (code, msg) = sandbox.refusal("crypto/placeOrder", &changed(&change));
        assert_eq!(format!("{code} {msg}"), expected, "{change:?}");
    }
    assert_eq!(sandbox.get("state")["counts"]["orders"].to_string(), "0");

    for path in ["crypto/getOrder", "crypto/cancelOrder", "crypto/acceptOrder", "crypto/getPaymentDepositEventList"] {
        let refusal = |biz: Value| sandbox.refusal(path, &biz).0;
        assert_eq!(refusal(json!({"merchantOrderNo": "nobody"})), "77004");
        assert_eq!(refusal(json!({"orderNo": "131710904557001559"})), "77016");
        assert_eq!(refusal(json!({})), "400");
        assert_eq!(refusal(json!({"merchantOrderNo": "a", "orderNo": "b"})), "400");
    }
    assert_eq!(sandbox.refusal("crypto/noSuchThing", &json!({})), ("404".into(), "SERVICE_NOT_AVAILABLE".into()));
}

#[test]
fn a_request_is_authenticated_before_it_is_read() {
    let sandbox = Sandbox::start();
    let (headers, body) = sandbox.request(&order("s-1", None), now_ms());
    let post = |headers: &[(String, String)], body: &[u8]| {
        Client::connect(sandbox.listening()).send("POST", "/sgs/api/crypto/placeOrder", headers, body).unwrap()
    };
    let with = |name: &str, value: &str| {
        let mut headers = headers.clone();
        headers.retain(|(known, _)| known != name);
        headers.push((name.to_owned(), value.to_owned()));
        headers
    };
    let unsigned = |reply: &crate::support::Reply| {
        assert_eq!(reply.header("sign"), None);
        assert_eq!(reply.json()["head"]["applyStatus"], "ERROR");
        assert_eq!(code_and_msg(&reply.json()), ("400".into(), "INVALID_SIGNATURE".into()));
    };
    let mut altered = body.clone();
    altered.push(b' ');
    unsigned(&post(&headers, &altered));
    unsigned(&post(&with("sign", "AAAA"), &body));
    unsigned(&post(&with("sign", ""), &body));
    let sign = headers[2].1.clone();
    let twice = [headers.clone(), vec![("sign".to_owned(), sign)]].concat();
    unsigned(&post(&twice, &body));

    let stranger = post(&with("Partner-Id", "200000000001"), &body);
    assert_eq!(code_and_msg(&sandbox.verified(&stranger)), ("403".into(), "UNAUTHORIZED".into()));
    let form = post(&with("Content-Type", "application/x-www-form-urlencoded"), &body);
    assert_eq!(code_and_msg(&sandbox.verified(&form)).0, "400");

    for (minutes, msg) in [(-16, "REQUESTTIME_TOO_EARLY"), (16, "REQUESTTIME_TOO_LATER")] {
        let reply = sandbox.call_at("crypto/placeOrder", &order("s-1", None), now_ms() + minutes * 60_000);
        assert_eq!(code_and_msg(&sandbox.verified(&reply.unwrap())), ("400".into(), msg.into()));
    }
    assert_eq!(sandbox.get("state")["counts"]["orders"].to_string(), "0");
    assert!(post(&headers, &body).header("date").is_some());
    assert_eq!(sandbox.get("state")["counts"]["orders"].to_string(), "1");
}

#[test]
fn a_price_in_another_currency_is_converted_rounding_up() {
    let sandbox = Sandbox::start();
    let place = |number: &str, amount: &str, currency: &str, coin: &str| {
        let amount: Value = serde_json::from_str(amount).unwrap();
        let biz = json!({
            "merchantOrderNo": number,
            "subject": "Ipad",
            "refAmount": {"exchangeCurrencyCode": coin, "refAmount": {"amount": amount, "currency": currency}},
            "paySceneCode": "CHECK_OUT",
            "paySceneParams": {"redirectUrl": "https://shop.example/return?order=1"},
        });
        let answer = sandbox.call("crypto/placeOrder", &biz);
        let placed = &answer["body"]["acquireOrder"];
        assert_eq!(placed["refAmount"], biz["refAmount"]);
        placed["totalAmount"]["amount"].to_string()
    };
    assert_eq!(place("f-1", "100000", "INR", "USDT"), "1197.61");
    assert_eq!(place("f-2", "10", "EUR", "USDC"), "10.87");
    assert_eq!(place("f-3", "0.79", "GBP", "USDT"), "1");
    assert_eq!(place("f-4", "999", "JPY", "ETH"), "0.002664");
    assert_eq!(place("f-5", "100", "USD", "BTC"), "0.00166667");
}

#[test]
fn the_checkout_page_and_the_qr_code_lead_to_the_order() {
    let sandbox = Sandbox::start();
    let mut biz = order("c-1", None);
    biz["paySceneCode"] = json!("CHECK_OUT");
    biz["paySceneParams"] = json!({"redirectUrl": "https://shop.example/return"});
    biz["subject"] = json!("<script>alert(1)</script>");
    let answer = sandbox.call("crypto/placeOrder", &biz);
    let url = answer["body"]["interactionParams"]["cashierUrl"].as_str().unwrap().to_owned();
    let path = url.strip_prefix(&format!("http://{}", sandbox.listening())).unwrap();
    let get = |path: &str| Client::connect(sandbox.listening()).send("GET", path, &[], b"").unwrap().text();
    let page = || get(path);
    let addresses = sandbox.get("orders/c-1")["order"]["addresses"].clone();
    for network in ["TRON", "ETH", "POLYGON"] {
        let page = get(&format!("{path}?network={network}"));
        assert!(page.contains(addresses[network].as_str().unwrap()), "{network}");
    }
    assert!(page().contains("data-status=\"CREATED\""));
    assert!(page().contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(!page().contains("<script>"));
    sandbox.control(
        "POST",
        "orders/c-1/deposits",
        json!({"amount": "12.81", "currency": "USDT", "network": "POLYGON"}),
    );
    assert!(page().contains("data-status=\"SUCCESS\""));
    let unknown = Client::connect(sandbox.listening()).send("GET", "/checkout/nobody", &[], b"").unwrap();
    assert_eq!(unknown.status, 404);

    let mut biz = order("q-1", None);
    biz["paySceneCode"] = json!("PLATON_QRPAY");
    biz.as_object_mut().unwrap().remove("paySceneParams");
    let answer = sandbox.call("crypto/placeOrder", &biz);
    assert!(answer["body"]["interactionParams"]["qrcontent"].as_str().unwrap().starts_with("http://127.0.0.1:"));
}

#[test]
fn only_a_created_order_can_be_cancelled() {
    let sandbox = Sandbox::start();
    sandbox.place("k-1", None);
    let index = json!({"merchantOrderNo": "k-1"});
    let cancelled = sandbox.call("crypto/cancelOrder", &index)["body"]["acquireOrder"].clone();
    assert_eq!(cancelled["status"], "FAILURE");
    assert_eq!(cancelled["failCode"], "ORDER_CANCELLED");
    assert_eq!(sandbox.refusal("crypto/cancelOrder", &index), ("77002".into(), "ORDER_FAILURE".into()));
    // Money that comes after all is kept, and does not revive the order.
    sandbox.deposit("k-1", "12.81");
    assert_eq!(sandbox.order_status("k-1"), "FAILURE");
    assert_eq!(sandbox.get("orders/k-1")["order"]["refundable"], "12.81");

    sandbox.place("k-2", None);
    sandbox.deposit("k-2", "12.81");
    let index = json!({"merchantOrderNo": "k-2"});
    assert_eq!(sandbox.refusal("crypto/cancelOrder", &index), ("77001".into(), "ORDER_PAID".into()));
}

#[test]
fn an_underpaid_order_is_paid_when_it_is_accepted() {
    let sandbox = Sandbox::start();
    sandbox.place("u-1", None);
    let index = json!({"merchantOrderNo": "u-1"});
    assert_eq!(sandbox.refusal("crypto/acceptOrder", &index).1, "ORDER_NOT_PAID");
    sandbox.deposit("u-1", "12.8");
    let accepted = sandbox.call("crypto/acceptOrder", &index)["body"]["acquireOrder"].clone();
    assert_eq!(accepted["status"], "SUCCESS");
    assert_eq!(accepted["totalAmount"]["amount"].to_string(), "12.81");
    assert_eq!(accepted["paymentInfo"]["paidAmount"]["amount"].to_string(), "12.8");
    assert_eq!(sandbox.call("crypto/acceptOrder", &index)["head"]["code"], "0");
}

#[test]
fn an_order_expires_by_the_clock_and_may_be_paid_late() {
    let sandbox = Sandbox::start();
    for number in ["e-1", "e-2"] {
        sandbox.place(number, None);
    }
    sandbox.deposit("e-2", "5");
    sandbox.control("POST", "clock", json!({"advance_ms": 7_190_000}));
    assert_eq!(sandbox.order_status("e-1"), "CREATED");
    sandbox.control("POST", "clock", json!({"advance_ms": 11_000}));
    let expired = sandbox.call("crypto/getOrder", &json!({"merchantOrderNo": "e-1"}))["body"]["acquireOrder"].clone();
    assert_eq!(expired["status"], "FAILURE");
    assert_eq!(expired["failCode"], "ORDER_EXPIRED");
    assert_eq!(sandbox.order_status("e-2"), "CREATED");
    assert_eq!(sandbox.get("orders/e-2")["order"]["expired"], true);

    // An order that is placed now has its two hours from now.
    sandbox.place("e-3", None);
    assert_eq!(sandbox.order_status("e-3"), "CREATED");
    sandbox.control("POST", "orders/e-3/expire", Value::Null);
    assert_eq!(sandbox.order_status("e-3"), "FAILURE");
    assert_eq!(sandbox.control_raw("POST", "orders/e-3/expire", Value::Null).status, 409);

    sandbox.deposit("e-1", "12.80");
    assert_eq!(sandbox.order_status("e-1"), "FAILURE");
    sandbox.deposit("e-1", "0.01");
    assert_eq!(sandbox.order_status("e-1"), "SUCCESS");
}

#[test]
fn another_merchant_sees_none_of_it() {
    let sandbox = Sandbox::start();
    sandbox.place("m-1", None);
    let public_key = std::fs::read_to_string(sandbox.folder().join("merchant_public.pem")).unwrap();
    sandbox.control("POST", "merchants", json!({"partnerId": "200000000999", "publicKey": public_key}));
    let order_no = sandbox.get("orders/m-1")["order"]["orderNo"].clone();
    for (index, code) in [(json!({"merchantOrderNo": "m-1"}), "77004"), (json!({"orderNo": order_no}), "77016")] {
        let (mut headers, body) = sandbox.request(&index, now_ms());
        headers[1].1 = "200000000999".to_owned();
        let reply = Client::connect(sandbox.listening()).send("POST", "/sgs/api/crypto/getOrder", &headers, &body);
        assert_eq!(code_and_msg(&sandbox.verified(&reply.unwrap())).0, code);
    }
    // It may be the payee, though.
    let mut biz = order("m-2", None);
    biz["payeeMid"] = json!("200000000999");
    assert_eq!(sandbox.call("crypto/placeOrder", &biz)["body"]["acquireOrder"]["payeeMid"], "200000000999");
}
