//! Notifications: verified over the bytes that came, then read, and refused when they could mean two things.

use bonuspay::order::AcquireOrder;
use bonuspay::refund::RefundOrder;
use bonuspay::{Error, ErrorKind, Notification, NotificationKind, Outcome, State};

use crate::gateway::{Gateway, PARTNER};
use crate::support;

fn sign(body: &[u8]) -> String {
    support::sign_with_openssl(&support::named_key("gateway", 2048).private_path, body)
}

fn verify(body: &str) -> Result<Notification, Error> {
    Gateway::new().client().verify_notification(
        body.as_bytes(),
        sign(body.as_bytes()).as_bytes(),
        Some(PARTNER.as_bytes()),
    )
}

fn envelope(order: &str) -> String {
    format!(
        r#"{{"notify_time":"20211119182223",{order},"_input_charset":"UTF-8","notify_timestamp":1637331743833,"notify_id":"202111190340008301"}}"#
    )
}

/// Spec 4.2, BonusPay's sample with its cut end closed.
const ORDER: &str = r#""acquireOrder":{"merchantOrderNo":"f74b5a0e-cad7-4655-a9bb-b139937de853","orderNo":"131710904557001559","status":"SUCCESS","paymentInfo":{"paidAmount":{"currency":"USDT","amount":12.80540000},"paidTime":1710904639805,"payerFeeAmount":{"currency":"USDT","amount":0E-8},"payChannelCode":"PLATON_QRPAY","txHash":"0x92b8a19ac4426acebdacc856282d00872e6fc8dd4317e260b96fc01def972e88"}}"#;

#[test]
fn an_order_is_read_with_the_wires_own_digits() {
    let body = envelope(ORDER);
    let notification = verify(&body).unwrap();
    assert_eq!((notification.kind(), notification.state()), (NotificationKind::Order, State::Succeeded));
    assert_eq!(notification.id(), Some("202111190340008301"));
    assert_eq!(notification.get("/acquireOrder/orderNo"), Some("131710904557001559"));
    assert_eq!(notification.get("/acquireOrder/paymentInfo/paidAmount/amount"), Some("12.80540000"));
    assert_eq!(notification.get("/acquireOrder/paymentInfo/payerFeeAmount/amount"), Some("0.00000000"));
    assert_eq!(notification.get("/notify_timestamp"), Some("1637331743833"));
    assert_eq!(notification.raw(), body.as_bytes());
    let order: AcquireOrder = notification.order().unwrap();
    assert_eq!(order.payment_info.unwrap().paid_amount.unwrap().amount.to_string(), "12.80540000");
}

/// The samples of spec 4.2.
#[test]
fn all_five_kinds_are_told_apart() {
    for (order, kind, state, pointer, value) in [
        (ORDER, NotificationKind::Order, State::Succeeded, "/acquireOrder/status", "SUCCESS"),
        (
            r#""refundOrder":{"reason":"refund reason","amount":{"amount":0.12,"currency":"BUSD"},"orderNo":"131637332464634201","refundMerchantOrderNo":"M470993189317","reserved":"","originMerchantOrderNo":"M956003460711","status":"REFUNDED_SETTLED"}"#,
            NotificationKind::Refund,
            State::Succeeded,
            "/refundOrder/refundAmount/amount",
            "0.12",
        ),
        (
            r#""customerDepositOrder":{"depositAmount":{"amount":300,"currency":"USDC"},"orderNo":"20210810000000331","fee":{"amount":10,"currency":"USDC"},"settledAmount":{"amount":290,"currency":"USDC"},"status":"CREATED"}"#,
            NotificationKind::Topup,
            State::Pending,
            "/customerDepositOrder/settledAmount/amount",
            "290",
        ),
        (
            r#""withdrawOrder":{"actualReceivedAmount":{"currency":"ETH","amount":0.011},"merchantOrderNo":"45318b6facbb4fc48bf4eb8d6201e173","status":"FAILED","txHash":"0x6941","network":"ETH"}"#,
            NotificationKind::Withdraw,
            State::Failed,
            "/withdrawOrder/txid",
            "0x6941",
        ),
        (
            r#""otcFundoutOrder":{"cryptoAmount":{"currency":"USDT","amount":0.11},"merchantOrderNo":"8784b0b4","status":"COMPLETED","settlementAmount":{"currency":"USD","amount":0.1}}"#,
            NotificationKind::Settlement,
            State::Succeeded,
            "/otcFundoutOrder/cryptoAmount/amount",
            "0.11",
        ),
    ] {
        let notification = verify(&envelope(order)).unwrap();
        assert_eq!((notification.kind(), notification.state(), notification.get(pointer)), (kind, state, Some(value)));
    }
    let refund: RefundOrder =
        verify(&envelope(r#""refundOrder":{"amount":{"amount":0.12,"currency":"BUSD"}}"#)).unwrap().order().unwrap();
    assert_eq!(refund.refund_amount.unwrap().amount.to_string(), "0.12");
}

#[test]
fn an_empty_body_is_one_that_was_not_read() {
    let refused = |sign: &str| Gateway::new().client().verify_notification(b"", sign.as_bytes(), None).unwrap_err();
    for sign in ["AAAA", "", &sign(b"{}")] {
        let error = refused(sign);
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::BadSignature, Outcome::Rejected));
        assert!(error.message().contains("nothing was read"), "{error}");
    }
    // BonusPay itself has signed that it says nothing.
    let error = refused(&sign(b""));
    assert_eq!((error.kind(), error.is_authenticated()), (ErrorKind::Protocol, true));
}

/// R1, R5: one attempt over the raw bytes.
#[test]
fn only_the_bytes_that_were_signed_verify() {
    let body = format!(
        "{}\r\n",
        envelope(r#""acquireOrder":{"status":"SUCCESS","notifyUrl":"http:\/\/x","n":0E-8,"m":0.10}"#)
    );
    let good = sign(body.as_bytes());
    let client = Gateway::new().client();
    let kind = |body: &str, sign: &str| {
        client
            .verify_notification(body.as_bytes(), sign.as_bytes(), None)
            .map(|_| ())
            .map_err(|e| (e.kind(), e.outcome()))
    };
    assert_eq!(kind(&body, &good), Ok(()));
    let reencoded: serde_json::Value = serde_json::from_str(&body).unwrap();
    for altered in [
        body.trim_end().to_owned(),
        body.replace("\\/", "/"),
        body.replace("0.10", "0.1"),
        reencoded.to_string(),
        body.replace("\r\n", "\n"),
        format!(" {body}"),
        String::new(),
    ] {
        assert_eq!(kind(&altered, &good), Err((ErrorKind::BadSignature, Outcome::Rejected)));
    }
    let folded = format!("{good}, {good}");
    for sign in ["", "AAAA", &folded, &good.replace('=', ""), &format!("{good}\n"), &format!(" {good}"), &good[1..]] {
        assert_eq!(kind(&body, sign), Err((ErrorKind::BadSignature, Outcome::Rejected)), "{sign:?}");
    }
}

/// R16
#[test]
fn the_partner_id_header_is_a_check_and_never_an_identity() {
    let body = envelope(ORDER);
    let good = sign(body.as_bytes());
    let client = Gateway::new().client();
    let kind = |sign: &str, partner: Option<&[u8]>| {
        client.verify_notification(body.as_bytes(), sign.as_bytes(), partner).map(|_| ()).map_err(|e| e.kind())
    };
    assert_eq!(kind(&good, Some(PARTNER.as_bytes())), Ok(()));
    assert_eq!(kind(&good, None), Ok(()));
    for other in ["200000000001", "", "200000000888 ", "200000000888, 200000000888"] {
        assert_eq!(kind(&good, Some(other.as_bytes())), Err(ErrorKind::Mismatch), "{other:?}");
    }
    assert_eq!(kind("AAAA", Some(PARTNER.as_bytes())), Err(ErrorKind::BadSignature));
}

/// R29
#[test]
fn flat_and_wrapped_are_read_and_ambiguous_ones_are_refused() {
    let wrapped = verify(&format!(r#"{{"header":{{"Host":"x"}},"body":{}}}"#, envelope(ORDER))).unwrap();
    let flat = verify(&envelope(ORDER)).unwrap();
    assert_eq!((wrapped.json(), wrapped.state(), wrapped.id()), (flat.json(), flat.state(), flat.id()));
    let other = ORDER.replace("12.8054", "99.0000");
    let refund = r#""refundOrder":{"status":"SUCCESS"}"#;
    for body in [
        format!(r#"{{{ORDER},"body":{{{other}}}}}"#),
        format!("{{{ORDER},{refund}}}"),
        format!(r#"{{"body":{{{ORDER},{refund}}}}}"#),
        format!(r#"{{{ORDER},"body":{{{refund}}}}}"#),
        "{}".into(),
        "[]".into(),
        r#"{"acquireOrder":[]}"#.into(),
        r#"{"acquireOrder":"SUCCESS"}"#.into(),
        r#"{"body":{"body":{"acquireOrder":{}}}}"#.into(),
        r#"{"head":{"applyStatus":"SUCCESS","code":"0"},"body":{}}"#.into(),
    ] {
        let error = verify(&body).unwrap_err();
        assert_eq!(
            (error.kind(), error.outcome(), error.is_authenticated()),
            (ErrorKind::Protocol, Outcome::Rejected, true),
            "{body}"
        );
    }
    assert!(
        verify(&format!(r#"{{{ORDER},"body":{{{ORDER}}}}}"#)).is_ok(),
        "the same thing said twice is not two things"
    );
}

/// R53, R56, R57: genuine signatures over bad messages.
#[test]
fn bad_messages_with_good_signatures_are_protocol_errors() {
    for body in [
        envelope(&ORDER.replace(r#""status":"SUCCESS""#, r#""status":"CREATED","status":"SUCCESS""#)),
        envelope(&ORDER.replace(r#""amount":12.80540000"#, r#""amount":12.8,"amount":0"#)),
        envelope(&ORDER.replace("12.80540000", "true")),
        envelope(&ORDER.replace(r#""f74b5a0e-cad7-4655-a9bb-b139937de853""#, "1")),
        format!("{}\"\\ud800\"}}", envelope(ORDER).replace('}', ",")),
        "[".repeat(100_000),
        r#"{"a":"#.repeat(16_000),
        format!("\u{feff}{}", envelope(ORDER)),
        "x".repeat(2 * 1024 * 1024),
        "SUCCESS".into(),
    ] {
        assert_eq!(
            verify(&body).unwrap_err().kind(),
            ErrorKind::Protocol,
            "{}",
            body.chars().take(80).collect::<String>()
        );
    }
}

/// R25, R27
#[test]
fn unknown_statuses_are_not_paid_and_old_messages_are_still_read() {
    for status in ["\"success\"", "\"PAID\"", "\"\"", "null", "1", "[\"SUCCESS\"]"] {
        let notification = verify(&envelope(&ORDER.replace("\"SUCCESS\"", status))).unwrap();
        assert_eq!(notification.state(), State::Unknown, "{status}");
    }
    assert!(verify(&envelope(ORDER).replace("1637331743833", "1")).is_ok(), "no freshness window loses money");
}
