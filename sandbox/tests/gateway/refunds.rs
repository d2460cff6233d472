use serde_json::{Value, json};

use crate::support::{Sandbox, Shop};

const ADDRESS: &str = "TU1PTkFH1DnaRsAP5Aa12YXY2KNgsgm8PD";

fn refund(number: &str, origin: &str, amount: &str) -> Value {
    let amount: Value = serde_json::from_str(amount).unwrap();
    json!({
        "refundMerchantOrderNo": number,
        "originMerchantOrderNo": origin,
        "amount": {"amount": amount, "currency": "USDT"},
        "chainCode": "TRON",
        "refundAddress": ADDRESS,
        "reason": "wrong size",
    })
}

fn paid(sandbox: &Sandbox, number: &str) {
    sandbox.place(number, None);
    sandbox.deposit(number, "12.81");
}

#[test]
fn an_order_is_refunded_in_parts_and_never_beyond_what_was_received() {
    let sandbox = Sandbox::start();
    paid(&sandbox, "o-1");
    let answer = sandbox.call("crypto/refund/placeOrder", &refund("r-1", "o-1", "7"))["body"].clone();
    assert_eq!(answer["refundOrder"]["status"], "CREATED");
    assert_eq!(answer["refundOrder"]["refundAmount"]["amount"].to_string(), "7");
    assert_eq!(answer["refundOrder"]["amount"], answer["refundOrder"]["refundAmount"]);
    assert_eq!(answer["refundOrder"]["refundFee"]["amount"].to_string(), "0.1");
    assert_eq!(answer["refundOrder"]["originMerchantOrderNo"], "o-1");
    assert_eq!(answer["refundSummary"]["acquireAmount"]["amount"].to_string(), "12.81");
    assert_eq!(answer["refundSummary"]["remainRefundAmount"]["amount"].to_string(), "5.81");

    let place = |biz: &Value| sandbox.refusal("crypto/refund/placeOrder", biz).1;
    assert_eq!(place(&refund("r-2", "o-1", "7")), "REFUND_AMOUNT_EXCEEDED");
    assert_eq!(place(&refund("r-1", "o-1", "6")), "REFUND_MERCHANT_ORDER_NO_EXIST");
    assert_eq!(sandbox.call("crypto/refund/placeOrder", &refund("r-1", "o-1", "7"))["body"], answer);

    // What fails can be refunded again.
    let failed = sandbox.control("POST", "refunds/r-1/fail", json!({"failCode": "X", "failDes": "why"}));
    assert_eq!(failed["refund"]["refundOrder"]["failCode"], "X");
    assert_eq!(sandbox.control_raw("POST", "refunds/r-1/settle", Value::Null).status, 409);
    sandbox.call("crypto/refund/placeOrder", &refund("r-2", "o-1", "12"));
    sandbox.control("POST", "refunds/r-2/settle", Value::Null);
    assert_eq!(sandbox.order_status("o-1"), "SUCCESS");
    sandbox.call("crypto/refund/placeOrder", &refund("r-3", "o-1", "0.81"));
    let order_no = sandbox.call("crypto/refund/getOrder", &json!({"refundMerchantOrderNo": "r-3"}));
    let order_no = order_no["body"]["refundOrder"]["orderNo"].clone();
    sandbox.control("POST", &format!("refunds/{}/settle", order_no.as_str().unwrap()), Value::Null);
    let settled = sandbox.call("crypto/refund/getOrder", &json!({"orderNo": order_no}));
    assert_eq!(settled["body"]["refundOrder"]["status"], "SUCCESS");
    assert_eq!(sandbox.order_status("o-1"), "REFUNDED");
    assert_eq!(sandbox.refusal("crypto/cancelOrder", &json!({"merchantOrderNo": "o-1"})).0, "77003");
}

#[test]
fn a_refund_succeeds_by_itself_after_a_while() {
    let sandbox = Sandbox::start();
    paid(&sandbox, "o-1");
    sandbox.call("crypto/refund/placeOrder", &refund("r-1", "o-1", "12.81"));
    sandbox.control("POST", "clock", json!({"advance_ms": 29_000}));
    let status = || {
        let answer = sandbox.call("crypto/refund/getOrder", &json!({"refundMerchantOrderNo": "r-1"}));
        answer["body"]["refundOrder"]["status"].as_str().unwrap().to_owned()
    };
    assert_eq!(status(), "CREATED");
    sandbox.control("POST", "clock", json!({"advance_ms": 1_000}));
    assert_eq!(status(), "SUCCESS");
    assert_eq!(sandbox.order_status("o-1"), "REFUNDED");
}

#[test]
fn a_refund_that_cannot_be_is_refused() {
    let sandbox = Sandbox::start();
    paid(&sandbox, "o-1");
    sandbox.place("unpaid", None);
    sandbox.place("failed", None);
    sandbox.call("crypto/cancelOrder", &json!({"merchantOrderNo": "failed"}));
    let refusal = |biz: Value| {
        let (code, msg) = sandbox.refusal("crypto/refund/placeOrder", &biz);
        format!("{code} {msg}")
    };
    let changed = |name: &str, value: Value| {
        let mut biz = refund("r-1", "o-1", "1");
        biz[name] = value;
        biz
    };
    assert_eq!(refusal(refund("r-1", "nobody", "1")), "77004 MERCHANT_ORDER_NO_NOT_EXIST");
    assert_eq!(refusal(refund("r-1", "failed", "1")), "77002 ORDER_FAILURE");
    assert!(refusal(refund("r-1", "unpaid", "1")).ends_with(" ORDER_NOT_PAID"));
    assert!(refusal(refund("r-1", "o-1", "12.82")).ends_with(" REFUND_AMOUNT_EXCEEDED"));
    assert_eq!(refusal(refund("r-1", "o-1", "1.001")), "77022 INVALID_CURRENCY_PRECISION");
    assert_eq!(
        refusal(changed("amount", json!({"amount": 1, "currency": "USDC"}))),
        "77021 CURRENCY_CODE_NOT_SUPPORTED"
    );
    let unnamed = json!({"originMerchantOrderNo": null, "originOrderNo": "131710904557001559"});
    let mut biz = refund("r-1", "o-1", "1");
    biz.as_object_mut().unwrap().extend(unnamed.as_object().unwrap().clone());
    assert_eq!(refusal(biz), "77016 ORDER_NO_NOT_EXIST");
    let invalid = [
        ("originOrderNo", json!("131710904557001559")),
        ("originMerchantOrderNo", Value::Null),
        ("chainCode", Value::Null),
        ("chainCode", json!("ETH")),
        ("refundAddress", Value::Null),
        ("refundAddress", json!("0x10b500c94537db4d3e625c1763b7f7642d009b3a")),
        ("amount", Value::Null),
        ("reason", json!("x".repeat(65))),
    ];
    for (name, value) in invalid {
        assert_eq!(refusal(changed(name, value)), "400 INVALID_PARAMETER", "{name}");
    }
    let get = |biz: Value| sandbox.refusal("crypto/refund/getOrder", &biz).0;
    assert_eq!(get(json!({"refundMerchantOrderNo": "r-1"})), "77004");
    assert_eq!(get(json!({"orderNo": "191405406113002297"})), "77016");
    assert_eq!(sandbox.get("state")["counts"]["refunds"].to_string(), "0");
}

#[test]
fn what_came_in_unevenly_can_be_refunded_to_the_last_digit() {
    let sandbox = Sandbox::start();
    sandbox.place("o-1", None);
    sandbox.deposit("o-1", "12.8054");
    assert_eq!(sandbox.refusal("crypto/refund/placeOrder", &refund("r-1", "o-1", "0.0054")).0, "77022");
    sandbox.call("crypto/refund/placeOrder", &refund("r-1", "o-1", "12.8054"));
    sandbox.control("POST", "refunds/r-1/settle", Value::Null);
    assert_eq!(sandbox.order_status("o-1"), "REFUNDED");
}

#[test]
fn the_end_of_a_refund_is_notified() {
    let sandbox = Sandbox::start();
    let shop = Shop::open(&[]);
    paid(&sandbox, "o-1");
    let mut biz = refund("r-1", "o-1", "0.13");
    biz["notifyUrl"] = json!(shop.url);
    sandbox.call("crypto/refund/placeOrder", &biz);
    sandbox.control("POST", "refunds/r-1/settle", Value::Null);
    let text = shop.wait_for(1)[0].text();
    assert!(text.contains(r#""refundOrder":{"refundMerchantOrderNo":"r-1","#), "{text}");
    assert!(text.contains(r#""refundAmount":{"amount":0.13000000,"currency":"USDT"}"#), "{text}");
    assert!(text.contains(r#""status":"SUCCESS""#), "{text}");
}
