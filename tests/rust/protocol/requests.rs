//! What leaves: checked, serialised once, signed as sent.

use bonuspay::money::Money;
use bonuspay::order::{AccessoryContent, GoodsDetail, OrderIndex, PayScene, Price, RefAmount};
use bonuspay::refund::{Origin, PlaceRefund, RefundIndex};
use bonuspay::{Amount, Endpoint, ErrorKind, Outcome};

use crate::gateway::{Gateway, NOW_MS, PARTNER, order, order_with, success};
use crate::support;

const PLACED: &str = r#"{"acquireOrder":{"merchantOrderNo":"wp_1001-1","orderNo":"131710904557001559","status":"CREATED","totalAmount":{"amount":12.81,"currency":"USDT"}}}"#;

/// The field of the error that this request gives, with nothing sent.
fn refused(endpoint: Endpoint, biz_content: &str) -> String {
    let gateway = Gateway::new();
    let error = gateway.client().call(endpoint, biz_content.as_bytes()).unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome(), gateway.count()),
        (ErrorKind::InvalidArgument, Outcome::NotSent, 0),
        "{biz_content}"
    );
    assert!(!error.is_retryable() && error.message().len() > 10, "{error:?}");
    error.field().unwrap_or_default().to_owned()
}

#[test]
fn a_request_is_the_documented_envelope_with_amounts_as_plain_numbers() {
    let gateway = Gateway::new().signed(&success(PLACED));
    let mut order = order();
    order.notify_url = Some("https://shop.example/notify?a=1&b=ü".into());
    order.expired_time = Some(NOW_MS + 3_600_000);
    let mut goods = GoodsDetail::default();
    goods.quantity = Some(Amount::parse("2.50").unwrap());
    goods.goods_name = Some("Käse/日本".into());
    order.accessory_content.insert(AccessoryContent::default()).goods_detail = Some(goods);
    gateway.client().place_order(&order).unwrap();
    gateway.sent(|sent| {
        assert_eq!(sent[0].url, "https://api.testbonuspay.network/sgs/api/crypto/placeOrder");
        assert_eq!(sent[0].partner_id, PARTNER);
        assert_eq!(
            sent[0].body,
            format!(
                r#"{{"requestTime":{NOW_MS},"bizContent":{{"merchantOrderNo":"wp_1001-1","subject":"Order 1001","totalAmount":{{"amount":12.81,"currency":"USDT"}},"expiredTime":{},"paySceneCode":"API","paySceneParams":{{"chainCode":"TRON","payChannelCode":"CHAIN"}},"notifyUrl":"https://shop.example/notify?a=1&b=ü","accessoryContent":{{"goodsDetail":{{"goodsName":"Käse/日本","quantity":2.50}}}}}}}}"#,
                NOW_MS + 3_600_000
            )
        );
        let key = &support::named_key("merchant", 2048).public_path;
        assert!(support::verify_with_openssl(key, sent[0].body.as_bytes(), &sent[0].sign));
    });
}

#[test]
fn typed_requests_and_json_make_the_same_bytes() {
    let json = r#"{"merchantOrderNo":"wp_1001-1","subject":"Order 1001","totalAmount":{"amount":"12.81","currency":"USDT"},"paySceneCode":"API","paySceneParams":{"chainCode":"TRON","payChannelCode":"CHAIN"}}"#;
    let (typed, text) = (Gateway::new().signed(&success(PLACED)), Gateway::new().signed(&success(PLACED)));
    typed.client().place_order(&order()).unwrap();
    text.client().call(Endpoint::PlaceOrder, json.as_bytes()).unwrap();
    assert_eq!(typed.sent(|s| s[0].body.clone()), text.sent(|s| s[0].body.clone()));
}

#[test]
fn every_scene_sends_its_own_parameters_and_no_empty_ones() {
    for (scene, params) in [
        (PayScene::PlatonQrPay, r#""paySceneCode":"PLATON_QRPAY"}"#),
        (
            PayScene::checkout("https://shop.example/back"),
            r#""paySceneCode":"CHECK_OUT","paySceneParams":{"redirectUrl":"https://shop.example/back"}}"#,
        ),
        (PayScene::Checkout { redirect_url: None }, r#""paySceneCode":"CHECK_OUT"}"#),
    ] {
        let gateway = Gateway::new().signed(&success(PLACED));
        gateway.client().place_order(&order_with(|order| order.scene = scene)).unwrap();
        gateway.sent(|sent| assert!(sent[0].body.contains(params), "{}", sent[0].body));
    }
}

#[test]
fn orders_and_refunds_are_named_by_one_number() {
    let gateway = Gateway::new().signed(&success("{}")).signed(&success("{}")).signed(&success("{}"));
    let client = gateway.client();
    client.get_order(&OrderIndex::BonusPay("131710904557001559".into())).unwrap();
    client.get_refund(&RefundIndex::Merchant("r-1".into())).unwrap();
    let refund = PlaceRefund::to_address(
        "r-1",
        Origin::Merchant("wp_1001-1".into()),
        Money::new("1.50", "USDT").unwrap(),
        "TRON",
        "TT3afBRdUjLKjYYAAXPoetLTG6Xcqw9ZHb",
    );
    client.refund(&refund).unwrap();
    gateway.sent(|sent| {
        assert!(sent[0].body.ends_with(r#""bizContent":{"orderNo":"131710904557001559"}}"#));
        assert!(sent[1].body.ends_with(r#""bizContent":{"refundMerchantOrderNo":"r-1"}}"#));
        assert!(sent[2].body.ends_with(
            r#""bizContent":{"refundMerchantOrderNo":"r-1","originMerchantOrderNo":"wp_1001-1","amount":{"amount":1.50,"currency":"USDT"},"chainCode":"TRON","refundAddress":"TT3afBRdUjLKjYYAAXPoetLTG6Xcqw9ZHb"}}"#
        ));
    });
    assert_eq!(refused(Endpoint::GetOrder, "{}"), "/merchantOrderNo");
    assert_eq!(refused(Endpoint::GetOrder, r#"{"merchantOrderNo":"a","orderNo":"b"}"#), "/orderNo");
    assert_eq!(refused(Endpoint::GetRefund, r#"{"refundMerchantOrderNo":"a","orderNo":"b"}"#), "/orderNo");
    assert_eq!(refused(Endpoint::CancelOrder, r#"{"merchantOrderNo":null}"#), "/merchantOrderNo");
}

#[test]
fn ill_formed_fields_are_errors_with_their_path_and_nothing_is_sent() {
    let with = |change: &str| {
        let base = r#"{"merchantOrderNo":"wp_1001-1","subject":"s","totalAmount":{"amount":"12.81","currency":"USDT"},"paySceneCode":"API","paySceneParams":{"chainCode":"TRON","payChannelCode":"CHAIN"}}"#;
        let (from, to) = change.split_once(" => ").unwrap();
        assert!(base.contains(from), "{from}");
        refused(Endpoint::PlaceOrder, &base.replacen(from, to, 1))
    };
    let long = |n: usize| "x".repeat(n);
    for (change, field) in [
        (r#""subject" => "Subject""#.to_owned(), "/Subject"),
        (r#""totalAmount" => "totalAmout""#.into(), "/totalAmout"),
        (r#""subject":"s", => "#.into(), "/subject"),
        (r#""subject":"s" => "subject":"""#.into(), "/subject"),
        (r#""subject":"s" => "subject":null"#.into(), "/subject"),
        (r#""subject":"s" => "subject":7"#.into(), "/subject"),
        (r#""subject":"s" => "subject":"a\u0000b""#.into(), "/subject"),
        (format!(r#""subject":"s" => "subject":"{}""#, "é".repeat(65)), "/subject"),
        (r#""wp_1001-1" => "wp 1001""#.into(), "/merchantOrderNo"),
        (r#""wp_1001-1" => "wp_1001é""#.into(), "/merchantOrderNo"),
        (format!(r#""wp_1001-1" => "{}""#, long(65)), "/merchantOrderNo"),
        (r#""wp_1001-1" => 1001"#.into(), "/merchantOrderNo"),
        (r#""12.81" => "12.805""#.into(), "/totalAmount/amount"),
        (r#""12.81" => "0""#.into(), "/totalAmount/amount"),
        (r#""12.81" => "-1""#.into(), "/totalAmount/amount"),
        (r#""12.81" => "12,81""#.into(), "/totalAmount/amount"),
        (r#""12.81" => true"#.into(), "/totalAmount/amount"),
        (r#""12.81" => "1234567890123""#.into(), "/totalAmount/amount"),
        (r#""USDT" => "usdt""#.into(), "/totalAmount/currency"),
        (r#""currency":"USDT" => "curency":"USDT""#.into(), "/totalAmount/curency"),
        (r#"{"amount":"12.81","currency":"USDT"} => "12.81""#.into(), "/totalAmount"),
        (r#""API" => "PAYPAGE""#.into(), "/paySceneCode"),
        (r#""payChannelCode":"CHAIN" => "payChannelCode":"CARD""#.into(), "/paySceneParams/payChannelCode"),
        (r#""chainCode":"TRON", => "#.into(), "/paySceneParams/chainCode"),
        (r#""chainCode":"TRON" => "chaincode":"TRON""#.into(), "/paySceneParams/chaincode"),
        (r#""payChannelCode":"CHAIN" => "payChannelCode":"CHAIN","payerEmail":"nobody""#.into(), "/paySceneParams/payerEmail"),
        (r#"{"chainCode":"TRON","payChannelCode":"CHAIN"} => "TRON""#.into(), "/paySceneParams"),
        (r#""subject":"s" => "subject":"s","notifyUrl":"shop.example/n""#.into(), "/notifyUrl"),
        (r#""subject":"s" => "subject":"s","notifyUrl":"https://shop..example/n""#.into(), "/notifyUrl"),
        (r#""subject":"s" => "subject":"s","notifyUrl":"https://10.0.0.256/n""#.into(), "/notifyUrl"),
        (format!(r#""subject":"s" => "subject":"s","notifyUrl":"https://shop.example/{}""#, long(200)), "/notifyUrl"),
        (format!(r#""subject":"s" => "subject":"s","expiredTime":{NOW_MS}"#), "/expiredTime"),
        (format!(r#""subject":"s" => "subject":"s","expiredTime":{}"#, NOW_MS / 1000 + 3600), "/expiredTime"),
        (format!(r#""subject":"s" => "subject":"s","expiredTime":{}"#, NOW_MS + 48 * 3_600_000 + 1), "/expiredTime"),
        (r#""subject":"s" => "subject":"s","expiredTime":"soon""#.into(), "/expiredTime"),
        (r#""subject":"s" => "subject":"s","expiredTime":1.5e12"#.into(), "/expiredTime"),
        (format!(r#""subject":"s" => "subject":"s","reserved":"{}""#, long(201)), "/reserved"),
        (r#""subject":"s" => "subject":"s","accessoryContent":{"goodsDetail":{"quantity":"1.005"}}"#.into(), "/accessoryContent/goodsDetail/quantity"),
        (r#""subject":"s" => "subject":"s","refAmount":{"exchangeCurrencyCode":"USDT","refAmount":{"amount":"1","currency":"EUR"}}"#.into(), "/refAmount"),
        (r#""totalAmount":{"amount":"12.81","currency":"USDT"}, => "#.into(), "/totalAmount"),
        (r#""totalAmount":{"amount":"12.81","currency":"USDT"} => "refAmount":{"exchangeCurrencyCode":"USDT","refAmount":{"amount":"1000.5","currency":"JPY"}}"#.into(), "/refAmount/refAmount/amount"),
    ] {
        assert_eq!(with(&change), field, "{change}");
    }
    for bad in ["", "[]", "nul", "{\"subject\":", "{\"subject\":\"a\",\"subject\":\"b\"}", "\u{feff}{}", "7"] {
        refused(Endpoint::PlaceOrder, bad);
    }
    let url = format!("https://shop.example/{}", "x".repeat(460));
    let checkout = format!(
        r#"{{"merchantOrderNo":"a","subject":"s","totalAmount":{{"amount":"1","currency":"USDT"}},"paySceneCode":"CHECK_OUT","paySceneParams":{{"redirectUrl":"{url}"}}}}"#
    );
    assert_eq!(refused(Endpoint::PlaceOrder, &checkout), "/paySceneParams/redirectUrl");
}

/// PHP has one array for both: an empty one is written `[]`, and a list with gaps as an object of numbers.
#[test]
fn an_empty_array_is_an_empty_object_and_a_list_may_have_gaps() {
    let order = |more: &str| {
        format!(
            r#"{{"merchantOrderNo":"wp_1001-1","subject":"s","totalAmount":{{"amount":"12.81","currency":"USDT"}},{more}}}"#
        )
    };
    let checkout = order(r#""paySceneCode":"CHECK_OUT","paySceneParams":[],"accessoryContent":[]"#);
    let gateway = Gateway::new().signed(&success(PLACED)).signed(&success("{}")).signed(&success("{}"));
    let client = gateway.client();
    client.call(Endpoint::PlaceOrder, checkout.as_bytes()).unwrap();
    client.call(Endpoint::GetBalances, br#"{"assetCodeList":{"1":"USDT","3":"BTC"}}"#).unwrap();
    client.call(Endpoint::GetBalances, b"[]").unwrap();
    gateway.sent(|sent| {
        assert!(sent[0].body.ends_with(r#""paySceneCode":"CHECK_OUT","accessoryContent":{}}}"#), "{}", sent[0].body);
        assert!(sent[1].body.ends_with(r#""bizContent":{"assetCodeList":["USDT","BTC"]}}"#), "{}", sent[1].body);
        assert!(sent[2].body.ends_with(r#""bizContent":{}}"#), "{}", sent[2].body);
    });

    let told = |endpoint, json: &str| {
        let error = Gateway::new().client().call(endpoint, json.as_bytes()).unwrap_err();
        (error.field().unwrap_or_default().to_owned(), error.message().to_owned())
    };
    for (json, hint) in [
        (r#"{"assetCodeList":{"a":"USDT"}}"#, "in PHP array_values() makes a list"),
        (r#"{"assetCodeList":{"0":"USDT","x":"BTC"}}"#, "in PHP array_values() makes a list"),
        (r#"{"assetCodeList":{"01":"USDT"}}"#, "in PHP array_values() makes a list"),
        (r#"{"assetCodeList":"USDT"}"#, "must be a list of codes, not a string"),
        (r#"{"assetCodeList":[]}"#, "leave the field out"),
        (r#"{"assetCodeList":{}}"#, "leave the field out"),
    ] {
        let (field, message) = told(Endpoint::GetBalances, json);
        assert!(field == "/assetCodeList" && message.contains(hint), "{json}: {field}: {message}");
    }
    let (field, message) = told(Endpoint::PlaceOrder, &order(r#""paySceneCode":"API","paySceneParams":["TRON"]"#));
    assert!(field == "/paySceneParams" && message.contains("an array with names as keys"), "{field}: {message}");
}

/// R52
#[test]
fn outgoing_amounts_keep_to_their_currencys_scale() {
    let error = |currency: &str, amount: &str| {
        let price = Price::Total(Money::new(amount, currency).unwrap());
        Gateway::new().client().place_order(&order_with(|order| order.price = price)).unwrap_err()
    };
    for (currency, too_fine, allowed) in
        [("USDT", "12.805", "2"), ("USDC", "0.001", "2"), ("ETH", "0.0000001", "6"), ("BTC", "0.000000001", "8")]
    {
        let error = error(currency, too_fine);
        assert!(error.message().contains(&format!("{currency} allows {allowed}")), "{error}");
    }
    let passes = |currency: &str, amount: &str| {
        let gateway = Gateway::new().signed(&success("{}"));
        let price = Price::Total(Money::new(amount, currency).unwrap());
        gateway.client().place_order(&order_with(|order| order.price = price)).unwrap();
        gateway.sent(|sent| sent[0].body.contains(&format!(r#""amount":{amount},"#)))
    };
    assert!(passes("BTC", "0.00012345") && passes("ETH", "0.123456") && passes("USDT", "12.810"));
    let gateway = Gateway::new().signed(&success("{}"));
    let price = Price::Reference(RefAmount {
        exchange_currency_code: "USDT".into(),
        ref_amount: Money::new("1981", "JPY").unwrap(),
    });
    gateway.client().place_order(&order_with(|order| order.price = price)).unwrap();
    gateway.sent(|sent| {
        assert!(
            sent[0].body.contains(
                r#""refAmount":{"exchangeCurrencyCode":"USDT","refAmount":{"amount":1981,"currency":"JPY"}}"#
            )
        )
    });

    let finer = Gateway::new().signed(&success("{}"));
    let client = finer.client_with(|builder| {
        builder.scale("USDT", 4).unwrap();
    });
    client
        .place_order(&order_with(|order| order.price = Price::Total(Money::new("12.8054", "USDT").unwrap())))
        .unwrap();
}

/// R61a, R123
#[test]
fn hostile_subjects_travel_unaltered_and_every_signature_verifies_with_openssl() {
    let mut subjects: Vec<String> = [
        "\"",
        "\\",
        "\\\"",
        "</script><script>alert(1)</script>",
        "' OR 1=1-- ",
        "%s%d%n",
        "\r\n\t",
        "\u{1}\u{1f}\u{7f}",
        "שלום \u{202e}abc",
        "😀👩‍👩‍👧",
        "\u{200b}\u{feff}",
        "a/b\\/c",
        "\u{2028}\u{2029}",
        "é vs e\u{301}",
        "\u{10ffff}",
        "\u{fffd}",
        "{\"a\":1}",
        "null",
        "日本語",
        "\u{85}\u{a0}",
    ]
    .map(str::to_owned)
    .to_vec();
    subjects.extend((1..=200_u32).filter_map(|n| char::from_u32(n * 37 % 0x3000 + 1)).map(|c| format!("x{c}y")));
    let public = &support::named_key("merchant", 2048).public_path;
    let mut checked = 0;
    for subject in subjects {
        let gateway = Gateway::new().signed(&success("{}"));
        gateway.client().place_order(&order_with(|order| order.subject = subject.clone())).unwrap();
        gateway.sent(|sent| {
            assert!(support::verify_with_openssl(public, sent[0].body.as_bytes(), &sent[0].sign), "{subject:?}");
            let read: serde_json::Value = serde_json::from_str(&sent[0].body).unwrap();
            assert_eq!(read["bizContent"]["subject"], subject.as_str());
            let kept = subject.chars().filter(|c| !c.is_ascii()).all(|c| sent[0].body.contains(c));
            assert!(kept, "non-ASCII characters are sent as they are: {subject:?}");
        });
        checked += 1;
    }
    assert_eq!(checked, 220);
}

/// Endpoints to come are called by their path; what the library knows is checked also there.
#[test]
fn calls_by_path() {
    let gateway = Gateway::new().signed(&success(r#"{"rate":{"fxrate":83.5371}}"#));
    let answer = gateway
        .client()
        .call_path("fxrate/getFutureRate", br#"{"currencyPair":"USDT_INR","money":{"amount":"1.50"}}"#)
        .unwrap();
    assert_eq!(answer.get("/rate/fxrate"), Some("83.5371"));
    gateway.sent(|sent| {
        assert!(sent[0].fresh && sent[0].url.ends_with("/sgs/api/fxrate/getFutureRate"));
        assert!(sent[0].body.ends_with(r#"{"currencyPair":"USDT_INR","money":{"amount":1.50}}}"#));
    });
    let client = Gateway::new().client();
    assert_eq!(client.call_path("crypto/getOrder", b"{}").unwrap_err().field(), Some("/merchantOrderNo"));
    for path in [
        "",
        "/crypto/getOrder",
        "crypto/",
        "../x",
        "a//b",
        "a?b",
        "a b",
        "https://evil.example/x",
        "a\r\nb",
        &"a/".repeat(200),
    ] {
        assert_eq!(client.call_path(path, b"{}").unwrap_err().field(), Some("path"), "{path:?}");
    }
    for biz in ["[]", "1", "{\"amount\":\"x\"}"] {
        assert_eq!(client.call_path("a/b", biz.as_bytes()).unwrap_err().kind(), ErrorKind::InvalidArgument);
    }
}
