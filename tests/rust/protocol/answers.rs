//! What an answer must be to be believed.

use bonuspay::money::Money;
use bonuspay::order::{OrderIndex, PayScene, PlaceOrder, Price, RefAmount};
use bonuspay::refund::{Origin, PlaceRefund};
use bonuspay::transport::HttpResponse;
use bonuspay::{Amount, Endpoint, Error, ErrorKind, Outcome, State};

use crate::gateway::{Gateway, NOW_MS, order, order_with, refusal, settings, signed, success};
use crate::support;

const PAID: &str = r#"{"acquireOrder":{"merchantOrderNo":"wp_1001-1","orderNo":"131710904557001559","status":"SUCCESS","totalAmount":{"amount":12.81,"currency":"USDT"},"paymentInfo":{"paidAmount":{"amount":12.81000000,"currency":"USDT"},"paidTime":1710904639805,"payChanneCode":"CHAIN"}}}"#;

fn index() -> OrderIndex {
    OrderIndex::Merchant("wp_1001-1".into())
}

fn get(answer: impl Fn() -> HttpResponse + Send + 'static) -> Result<bonuspay::Response, Error> {
    let gateway = Gateway::new().then(move |_| Ok(answer()));
    gateway.client().get_order(&index()).map(|reply| reply.response().clone())
}

fn get_signed(body: &str) -> Result<bonuspay::Response, Error> {
    let body = body.to_owned();
    get(move || signed(&body))
}

#[test]
fn a_signed_success_is_read_whole() {
    let gateway = Gateway::new().signed(&success(PAID));
    let reply = gateway.client().get_order(&index()).unwrap();
    let order = reply.acquire_order.as_ref().unwrap();
    assert_eq!(order.state(), State::Succeeded);
    let paid = order.payment_info.as_ref().unwrap();
    assert_eq!(paid.paid_amount.as_ref().unwrap().amount, Amount::parse("12.81").unwrap());
    assert_eq!(paid.pay_channel_code.as_deref(), Some("CHAIN"));
    let response = reply.response();
    assert_eq!(response.get("/acquireOrder/paymentInfo/paidAmount/amount"), Some("12.81000000"));
    assert_eq!(response.get("/acquireOrder/paymentInfo/paidTime"), Some("1710904639805"));
    assert_eq!(response.raw(), success(PAID).as_bytes());
    assert!(response.matches_request() && response.json().contains(r#""amount":"12.81""#));
}

/// R2
#[test]
fn a_success_without_a_valid_signature_is_a_forgery() {
    let with_sign =
        |sign: Vec<Vec<u8>>| get(move || HttpResponse { sign: sign.clone(), ..signed(&success(PAID)) }).unwrap_err();
    let good = signed(&success(PAID)).sign.remove(0);
    let other_key =
        support::sign_with_openssl(&support::named_key("other", 2048).private_path, success(PAID).as_bytes());
    for sign in [
        vec![],
        vec![b"".to_vec()],
        vec![b"AAAA".to_vec()],
        vec![other_key.into_bytes()],
        vec![[&good[..], b", bad"].concat()],
    ] {
        let error = with_sign(sign);
        assert_eq!(
            (error.kind(), error.outcome(), error.is_authenticated()),
            (ErrorKind::BadSignature, Outcome::Unknown, false)
        );
        assert!(!error.message().contains("131710904557001559") && !error.is_retryable());
    }
    let altered = get(|| HttpResponse {
        body: success(&PAID.replace("12.81,", "12.82,")).into_bytes(),
        ..signed(&success(PAID))
    });
    assert_eq!(altered.unwrap_err().kind(), ErrorKind::BadSignature);
}

/// R9
#[test]
fn two_sign_headers_are_refused_even_if_one_is_good() {
    let good = || signed(&success(PAID)).sign.remove(0);
    for sign in [vec![good(), good()], vec![good(), b"x".to_vec()], vec![b"".to_vec(), good()]] {
        let error = get(move || HttpResponse { sign: sign.clone(), ..signed(&success(PAID)) }).unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::BadSignature, Outcome::Unknown));
    }
}

/// R3
#[test]
fn an_unsigned_refusal_proves_nothing() {
    let body = refusal("77004", "MERCHANT_ORDER_NO_NOT_EXIST");
    let gateway = Gateway::new().unsigned(&body);
    let error = gateway.client().get_order(&index()).unwrap_err();
    assert_eq!((error.kind(), error.outcome(), error.is_authenticated()), (ErrorKind::Api, Outcome::Unknown, false));
    let error = get_signed(&body).unwrap_err();
    assert_eq!((error.kind(), error.outcome(), error.is_authenticated()), (ErrorKind::Api, Outcome::Rejected, true));
    assert_eq!(
        (error.api_code(), error.api_message(), error.trace_code()),
        (Some("77004"), Some("MERCHANT_ORDER_NO_NOT_EXIST"), Some("122185"))
    );
    let forged =
        get(move || HttpResponse { sign: vec![b"AAAA".to_vec()], ..signed(&refusal("77004", "X")) }).unwrap_err();
    assert_eq!((forged.kind(), forged.outcome()), (ErrorKind::BadSignature, Outcome::Unknown));
}

#[test]
fn signed_refusals_that_leave_the_result_open_are_unknown() {
    for (body, outcome) in [
        (refusal("500", "SYSTEM_ERROR"), Outcome::Unknown),
        (refusal("504", "SERVICE_TIMEOUT"), Outcome::Unknown),
        (refusal("99999", "SOMETHING_NEW"), Outcome::Rejected),
        (refusal("99999", "SOMETHING_NEW").replace("FAIL", "ERROR"), Outcome::Unknown),
        (refusal("77001", "ORDER_PAID").replace("FAIL", "SUCCESS"), Outcome::Rejected),
        (refusal("400", "INVALID_PARAMETER").replace(r#""400""#, "400"), Outcome::Rejected),
    ] {
        let refund = PlaceRefund::to_address(
            "r-1",
            Origin::Merchant("wp_1001-1".into()),
            Money::new("1", "USDT").unwrap(),
            "TRON",
            "TT3afBRdUjLKjYYAAXPoetLTG6Xcqw9ZHb",
        );
        let error = Gateway::new().signed(&body).client().refund(&refund).unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Api, outcome), "{body}");
    }
    assert!(get_signed(&success(PAID).replace(r#""code":"0""#, r#""code":0"#)).is_ok(), "a numeric zero is tolerated");
}

/// R12
#[test]
fn keys_come_from_the_configuration_only() {
    let other = support::named_key("other", 2048);
    let body = success(&PAID.replacen(
        '{',
        &format!(r#"{{"publicKey":{},"#, serde_json::to_string(&other.public_pem).unwrap()),
        1,
    ));
    let sign = support::sign_with_openssl(&other.private_path, body.as_bytes()).into_bytes();
    let error = get(move || HttpResponse { sign: vec![sign.clone()], body: body.clone().into_bytes(), ..signed("{}") })
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BadSignature);
}

/// R13
#[test]
fn any_of_up_to_five_gateway_keys_verifies() {
    let other = support::named_key("other", 2048);
    let client = |gateway: &Gateway| {
        gateway.client_with(|builder| {
            builder.public_key(&other.public_pem).unwrap();
        })
    };
    let by_other = support::sign_with_openssl(&other.private_path, success(PAID).as_bytes());
    let gateway = Gateway::new()
        .signed(&success(PAID))
        .then(move |_| Ok(HttpResponse { sign: vec![by_other.clone().into_bytes()], ..signed(&success(PAID)) }));
    client(&gateway).get_order(&index()).unwrap();
    client(&gateway).get_order(&index()).unwrap();
}

/// R32
#[test]
fn an_answer_about_another_order_is_a_mismatch() {
    let other = PAID.replace("wp_1001-1", "wp_0999-1");
    let error = get_signed(&success(&other)).unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome(), error.field()),
        (ErrorKind::Mismatch, Outcome::Unknown, Some("/acquireOrder/merchantOrderNo"))
    );
    assert!(error.is_authenticated(), "genuine, yet not what was asked for");
    assert!(error.message().contains("wp_1001-1") && error.message().contains("wp_0999-1"));
    let by_number =
        |no: &str| Gateway::new().signed(&success(PAID)).client().get_order(&OrderIndex::BonusPay(no.into()));
    assert!(by_number("131710904557001559").unwrap().response().matches_request());
    assert_eq!(by_number("131710904557001558").unwrap_err().field(), Some("/acquireOrder/orderNo"));
    let as_a_number = PAID.replace(r#""131710904557001559""#, "131710904557001559");
    let gateway = Gateway::new().signed(&success(&as_a_number)).signed(&success(&as_a_number));
    assert!(
        gateway
            .client()
            .get_order(&OrderIndex::BonusPay("131710904557001559".into()))
            .unwrap()
            .response()
            .matches_request()
    );
    assert!(gateway.client().get_order(&OrderIndex::BonusPay("131710904557001560".into())).is_err());
    let refund = r#"{"refundOrder":{"refundMerchantOrderNo":"r-2","status":"SUCCESS"}}"#;
    let error = Gateway::new()
        .signed(&success(refund))
        .client()
        .get_refund(&bonuspay::refund::RefundIndex::Merchant("r-1".into()))
        .unwrap_err();
    assert_eq!(error.field(), Some("/refundOrder/refundMerchantOrderNo"));
}

/// R32: BonusPay's own sample names no order.
#[test]
fn an_answer_that_names_nothing_is_marked_unbound() {
    let nameless = r#"{"acquireOrder":{"status":"SUCCESS","reserved":"order desc","totalAmount":{"amount":0.01,"currency":"USDT"}}}"#;
    let response = get_signed(&success(nameless)).unwrap();
    assert!(!response.matches_request() && response.state() == State::Succeeded);
    for empty in ["{}", "null", r#"{"acquireOrder":null}"#] {
        let response = get_signed(&success(empty)).unwrap();
        assert_eq!((response.matches_request(), response.get("/acquireOrder/status")), (false, None), "{empty}");
        assert_ne!(response.state(), State::Succeeded);
    }
    let token = order_with(|order| order.reserved = Some("a-token".into()));
    let place = |reserved: &str| {
        let body = format!(r#"{{"acquireOrder":{{"status":"CREATED","reserved":"{reserved}"}}}}"#);
        Gateway::new().signed(&success(&body)).client().place_order(&token)
    };
    assert!(place("a-token").unwrap().response().matches_request());
    assert_eq!(place("another").unwrap_err().field(), Some("/acquireOrder/reserved"));
}

/// R33
#[test]
fn an_old_order_under_the_number_must_agree_in_amount_currency_and_scene() {
    let place = |order: &PlaceOrder, total: &str, scene: &str| {
        let body = format!(
            r#"{{"acquireOrder":{{"merchantOrderNo":"wp_1001-1","status":"CREATED","totalAmount":{total},"paySceneCode":"{scene}"}}}}"#
        );
        Gateway::new().signed(&success(&body)).client().place_order(order)
    };
    for same in ["12.81", "12.8100", "1281E-2", "\"12.81\""] {
        place(&order(), &format!(r#"{{"amount":{same},"currency":"USDT"}}"#), "API").unwrap();
    }
    for (total, scene, field) in [
        (r#"{"amount":10.00,"currency":"USDT"}"#, "API", "/acquireOrder/totalAmount"),
        (r#"{"amount":12.81000001,"currency":"USDT"}"#, "API", "/acquireOrder/totalAmount"),
        (r#"{"amount":12.81,"currency":"USDC"}"#, "API", "/acquireOrder/totalAmount"),
        (r#"{"amount":12.81,"currency":"usdt"}"#, "API", "/acquireOrder/totalAmount"),
        (r#"{"amount":12.81}"#, "API", "/acquireOrder/totalAmount"),
        (r#"{"amount":12.81,"currency":"USDT"}"#, "CHECK_OUT", "/acquireOrder/paySceneCode"),
    ] {
        let error = place(&order(), total, scene).unwrap_err();
        assert_eq!(
            (error.kind(), error.outcome(), error.field()),
            (ErrorKind::Mismatch, Outcome::Unknown, Some(field)),
            "{total}"
        );
    }
    let reference = Price::Reference(RefAmount {
        exchange_currency_code: "USDT".into(),
        ref_amount: Money::new("12", "EUR").unwrap(),
    });
    let reference = order_with(|order| order.price = reference);
    place(&reference, r#"{"amount":13.05,"currency":"USDT"}"#, "API").unwrap();
    assert_eq!(
        place(&reference, r#"{"amount":13.05,"currency":"USDC"}"#, "API").unwrap_err().field(),
        Some("/acquireOrder/totalAmount/currency")
    );
    let missing =
        Gateway::new().signed(&success(r#"{"acquireOrder":{"merchantOrderNo":"wp_1001-1","status":"CREATED"}}"#));
    missing.client().place_order(&order()).unwrap();
}

/// R34
#[test]
fn a_checkout_url_is_given_only_if_a_shopper_may_be_sent_there() {
    let place = |params: &str| {
        let body = format!(r#"{{"acquireOrder":{{"merchantOrderNo":"wp_1001-1","status":"CREATED"}},{params}}}"#);
        Gateway::new()
            .signed(&success(&body))
            .client()
            .place_order(&order_with(|order| order.scene = PayScene::checkout("https://shop.example/")))
    };
    let good = "https://checkout.testbonuspay.network/?token=c5bfdda1-29da-4998-9117-1d45cf4b19cf&type=ctopup";
    for key in ["cashierUrl", "CashierUrl", "tokenUrl", "checkoutUrl", "checkOutUrl", "paymentUrl", "url"] {
        for wrapper in ["interactionParams", "interActionParams"] {
            let reply = place(&format!(r#""{wrapper}":{{"{key}":"{good}"}}"#)).unwrap();
            assert_eq!(reply.response().checkout_url(), Some(good), "{wrapper} {key}");
        }
    }
    for bad in [
        "http://checkout.testbonuspay.network/",
        "https://checkout.testbonuspay.network@evil.example/",
        "https://testbonuspay.network.evil.example/",
        "//evil.example",
        "javascript:1",
        "",
    ] {
        // What the signature proves stands: that the order was made, and whether it is paid.
        let reply = place(&format!(r#""interactionParams":{{"tokenUrl":"{bad}"}}"#)).unwrap();
        assert_eq!(reply.response().checkout_url(), None, "{bad}");
        assert_eq!(reply.response().get("/interactionParams/tokenUrl"), Some(bad));
        assert_eq!(reply.response().state(), State::Pending, "{bad}");
    }
    let both = format!(r#""interactionParams":{{"tokenUrl":"https://evil.example/","url":"{good}"}}"#);
    assert_eq!(place(&both).unwrap().response().checkout_url(), None);
    assert_eq!(place(r#""interactionParams":{"address":"T1"}"#).unwrap().response().checkout_url(), None);
}

/// R53, R55, R56, R57: a genuine signature over a bad message is a protocol error, never a bad signature.
#[test]
fn a_signed_answer_that_is_not_acceptable_json_is_a_protocol_error() {
    let status_twice = success(&PAID.replace(r#""status":"SUCCESS""#, r#""status":"CREATED","status":"SUCCESS""#));
    let amount_twice = success(&PAID.replace(r#""amount":12.81,"#, r#""amount":12.81,"amount":0.01,"#));
    let deep = success(&format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000)));
    for body in [
        status_twice,
        amount_twice,
        deep,
        "{\"head\":".repeat(20_000),
        "<html>".into(),
        String::new(),
        "\u{feff}{}".into(),
        success(r#"{"a":"\ud800"}"#),
        "[]".into(),
        r#"{"body":{}}"#.into(),
        r#"{"head":{"applyStatus":true,"code":"0"}}"#.into(),
    ] {
        let error = get_signed(&body).unwrap_err();
        assert_eq!(
            (error.kind(), error.outcome(), error.is_authenticated()),
            (ErrorKind::Protocol, Outcome::Unknown, true),
            "{}",
            &body[..body.len().min(60)]
        );
    }
}

/// R59
#[test]
fn type_confusion_is_an_error_with_its_path() {
    for bad in ["true", "null", "[]", "{}", "\"\"", "\"12,81\"", "\"12.81 USDT\""] {
        let error = get_signed(&success(&PAID.replacen("12.81,", &format!("{bad},"), 1))).unwrap_err();
        assert_eq!(
            (error.kind(), error.field()),
            (ErrorKind::Protocol, Some("/acquireOrder/totalAmount/amount")),
            "{bad}"
        );
    }
    for bad in ["1", "null", "{}"] {
        let error = get_signed(&success(&PAID.replace(r#""wp_1001-1""#, bad))).unwrap_err();
        assert_eq!(
            (error.kind(), error.field()),
            (ErrorKind::Protocol, Some("/acquireOrder/merchantOrderNo")),
            "{bad}"
        );
    }
}

/// R58, R25
#[test]
fn unknown_fields_and_statuses_survive_and_an_unknown_status_is_never_paid() {
    let response = get_signed(&success(
        &PAID.replace("{\"merchant", "{\"new\":{\"x\":[1]},\"merchant").replace("\"SUCCESS\"", "\"PAUSED\""),
    ))
    .unwrap();
    assert_eq!(
        (response.state(), response.get("/acquireOrder/status"), response.get("/acquireOrder/new/x/0")),
        (State::Unknown, Some("PAUSED"), Some("1"))
    );
    for status in ["\"success\"", "\"SUCCESS \"", "\"PAID\"", "\"\"", "null", "1", "[\"SUCCESS\"]"] {
        let body = success(&PAID.replace("\"status\":\"SUCCESS\"", &format!("\"status\":{status}")));
        let gateway = Gateway::new().signed(&body);
        let response = gateway.client().call(Endpoint::GetOrder, br#"{"merchantOrderNo":"wp_1001-1"}"#).unwrap();
        assert_eq!(response.state(), State::Unknown, "{status}");
    }
}

/// R60
#[test]
fn a_nul_never_shortens_a_number() {
    let error = get_signed(&success(&PAID.replace("wp_1001-1", "wp_1001-1\\u0000x"))).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Mismatch);
}

/// R85
#[test]
fn other_http_statuses_are_read_like_200_and_pages_are_told_by_their_status() {
    for status in [400, 403, 500] {
        let error = get(move || HttpResponse {
            http_status: status,
            ..signed(&refusal("77004", "MERCHANT_ORDER_NO_NOT_EXIST"))
        })
        .unwrap_err();
        assert_eq!(
            (error.kind(), error.outcome(), error.http_status(), error.api_code()),
            (ErrorKind::Api, Outcome::Rejected, Some(status), Some("77004"))
        );
    }
    for body in ["<html>Bad Gateway</html>", "", "{}"] {
        let error = get(move || HttpResponse { http_status: 502, sign: vec![], ..signed(body) }).unwrap_err();
        assert_eq!(
            (error.kind(), error.outcome(), error.http_status()),
            (ErrorKind::HttpStatus, Outcome::Unknown, Some(502)),
            "{body}"
        );
        assert!(!error.message().contains("Gateway"));
    }
    let error = get(|| HttpResponse { sign: vec![], ..signed("<html>Hello</html>") }).unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Protocol, Outcome::Unknown));
    // What is signed is BonusPay's own, whatever the status: its protocol is broken, not some server before it.
    for body in ["<html>Bad Gateway</html>", "{}"] {
        let error = get(move || HttpResponse { http_status: 502, ..signed(body) }).unwrap_err();
        assert_eq!(
            (error.kind(), error.outcome(), error.http_status(), error.is_authenticated(), error.is_retryable()),
            (ErrorKind::Protocol, Outcome::Unknown, Some(502), true, false),
            "{body}"
        );
    }
}

/// R91
#[test]
fn a_clock_that_is_off_is_named_with_its_side_and_size() {
    assert_eq!(NOW_MS, 1_795_164_577_000);
    for (message, date, words) in [
        ("REQUESTTIME_TOO_LATER", "Fri, 20 Nov 2026 08:29:37 GMT", "about 20 min ahead"),
        ("REQUESTTIME_TOO_LATER", "Fri, 20 Nov 2026 08:29:57 GMT", "about 20 min ahead"),
        ("REQUESTTIME_TOO_EARLY", "Fri, 20 Nov 2026 09:09:37 GMT", "about 20 min behind"),
        ("REQUESTTIME_TOO_EARLY", "Fri, 20 Nov 2026 09:10:17 GMT", "about 21 min behind"),
    ] {
        let gateway = Gateway::new()
            .then(move |_| Ok(HttpResponse { date: Some(date.into()), ..signed(&refusal("400", message)) }));
        let error = gateway.client().get_order(&index()).unwrap_err();
        assert!(error.message().contains(words) && error.message().contains("clock"), "{error}");
        assert_eq!((error.outcome(), gateway.count()), (Outcome::Rejected, 1));
    }
    let gateway =
        Gateway::new().then(|_| Ok(HttpResponse { date: None, ..signed(&refusal("400", "REQUESTTIME_TOO_LATER")) }));
    assert!(gateway.client().get_order(&index()).unwrap_err().message().contains("ahead"));
}

/// R32: of an endpoint that the library does not know, it does not know either what would bind its answer.
#[test]
fn the_answer_of_an_unknown_endpoint_is_never_bound() {
    let gateway = Gateway::new().signed(&success(PAID));
    let response = gateway.client().call_path("crypto/newCall", br#"{"merchantOrderNo":"wp_1001-1"}"#).unwrap();
    assert!(!response.matches_request());
    assert_eq!(response.state(), State::None);
    gateway.sent(|sent| assert!(sent[0].fresh, "and it may move money out"));
}

/// R91: the date decides nothing, and explains nothing but a clock that BonusPay complained of.
#[test]
fn another_refusal_says_nothing_of_the_clock() {
    let refused = || HttpResponse {
        date: Some("Fri, 20 Nov 2026 08:29:37 GMT".into()),
        ..signed(&refusal("77001", "ORDER_PAID"))
    };
    assert!(!get(refused).unwrap_err().message().contains("clock"));
}

#[test]
fn payment_events_are_found_under_any_name() {
    let event = r#"[{"id":"PD001","network":"TRON","amount":{"amount":5.00000000,"currency":"USDT"},"txHash":"ab"}]"#;
    for body in [
        format!(r#"{{"paymentDepositEventList":{event}}}"#),
        format!(r#"{{"paymentDepositEvents":{event}}}"#),
        format!(r#"{{"somethingElse":{event}}}"#),
        event.to_owned(),
    ] {
        let reply = Gateway::new().signed(&success(&body)).client().get_payment_events(&index()).unwrap();
        let amount = reply.payment_deposit_event_list[0].amount.as_ref().unwrap();
        assert_eq!(amount.amount.to_string(), "5.00000000", "{body}");
        assert_eq!(reply.response().state(), State::None);
    }
}

#[test]
fn a_client_without_the_needed_key_says_so_and_sends_nothing() {
    let gateway = Gateway::new();
    let only = |private: bool, public: bool| {
        let mut builder = bonuspay::Config::builder();
        builder.environment(bonuspay::Environment::Sandbox).unwrap().partner_id("200000000888").unwrap();
        if private {
            builder.private_key(&support::named_key("merchant", 2048).private_pem).unwrap();
        }
        if public {
            builder.public_key(&support::named_key("gateway", 2048).public_pem).unwrap();
        }
        bonuspay::Client::with_parts(
            builder.build().unwrap(),
            std::sync::Arc::new(gateway.clone()),
            std::sync::Arc::new(gateway.clone()),
        )
    };
    for (client, field) in [(only(true, false), "public_key"), (only(false, true), "private_key")] {
        let error = client.get_order(&index()).unwrap_err();
        assert_eq!(
            (error.kind(), error.outcome(), error.field()),
            (ErrorKind::InvalidConfig, Outcome::NotSent, Some(field))
        );
    }
    let sign = only(true, false).sign(b"message").unwrap();
    assert!(support::verify_with_openssl(&support::named_key("merchant", 2048).public_path, b"message", &sign));
    assert_eq!(only(true, false).verify(b"message", sign.as_bytes()).unwrap_err().kind(), ErrorKind::InvalidConfig);
    assert_eq!(only(false, true).sign(b"message").unwrap_err().field(), Some("private_key"));
    assert_eq!(gateway.count(), 0);
    assert!(settings().build().is_ok());
}

/// R71
#[test]
fn nothing_public_shows_a_secret() {
    let merchant = support::named_key("merchant", 2048);
    let gateway = Gateway::new().signed(&success(PAID));
    let client = gateway.client();
    let reply = client.get_order(&index()).unwrap();
    let mut shown = vec![format!("{:?}", client.config()), format!("{:?}", settings()), format!("{reply:?}")];
    let bodies = [
        "",
        "{}",
        "<html>",
        r#"{"head":{"applyStatus":"FAIL","code":"400","msg":"pay to TT3afBRdUjLKjYYAAXPoetLTG6Xcqw9ZHb\r\nnow"}}"#,
    ];
    for body in bodies {
        let error = get_signed(body).unwrap_err();
        assert!(!error.message().contains('\n') && !error.message().contains("TT3afBRdUjLKjYYAAXPoetLTG6Xcqw9ZHb"));
        shown.push(format!("{error:?} {error}"));
    }
    let body: String = merchant.private_pem.lines().filter(|line| !line.starts_with("---")).collect();
    for text in shown {
        assert!(!(0..body.len() - 16).step_by(4).any(|at| text.contains(&body[at..at + 16])), "{text}");
        assert!(!text.contains("PRIVATE KEY"));
    }
}
