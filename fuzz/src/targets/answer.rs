//! Answers, from the raw body on: with a genuine signature, so that what stands behind it is reached, and without.

use std::sync::LazyLock;

use bonuspay::transport::HttpResponse;
use bonuspay::{Config, Endpoint, Environment, Error, ErrorKind, Outcome, Response, State, fuzzing};

use super::checkout_url::is_allowed;
use crate::bytes::Bytes;
use crate::independent::{self, json::Json};
use crate::keys::{GATEWAY, MERCHANT};

const NOW_MS: u64 = 1_710_904_639_805;
const ORDER: &str = r#"{"merchantOrderNo":"wp_1001-1","subject":"Tea","totalAmount":{"amount":"12.81","currency":"USDT"},
    "paySceneCode":"CHECK_OUT","reserved":"r1"}"#;
const PRICED: &str = r#"{"merchantOrderNo":"wp_1001-1","subject":"Tea","refAmount":{"exchangeCurrencyCode":"USDT",
    "refAmount":{"amount":"12.81","currency":"EUR"}},"paySceneCode":"API","paySceneParams":{"chainCode":"TRON",
    "payChannelCode":"CHAIN"}}"#;
const REFUND: &str = r#"{"refundMerchantOrderNo":"wp_r1","originMerchantOrderNo":"wp_1001-1",
    "amount":{"amount":"12.81","currency":"USDT"}}"#;
const INDEX: &str = r#"{"merchantOrderNo":"wp_1001-1"}"#;

/// What is asked, and what the answer must not contradict.
struct Call {
    endpoint: Endpoint,
    biz_content: &'static str,
    /// `(path in the answer's body, text)`
    identity: Option<([&'static str; 2], &'static str)>,
    amount: Option<[&'static str; 3]>,
}

const CALLS: [Call; 7] = [
    Call {
        endpoint: Endpoint::PlaceOrder,
        biz_content: ORDER,
        identity: Some((["acquireOrder", "merchantOrderNo"], "wp_1001-1")),
        amount: Some(["acquireOrder", "totalAmount", "amount"]),
    },
    Call {
        endpoint: Endpoint::PlaceOrder,
        biz_content: PRICED,
        identity: Some((["acquireOrder", "merchantOrderNo"], "wp_1001-1")),
        amount: None,
    },
    Call {
        endpoint: Endpoint::GetOrder,
        biz_content: INDEX,
        identity: Some((["acquireOrder", "merchantOrderNo"], "wp_1001-1")),
        amount: None,
    },
    Call {
        endpoint: Endpoint::GetOrder,
        biz_content: r#"{"orderNo":"131710904557001559"}"#,
        identity: Some((["acquireOrder", "orderNo"], "131710904557001559")),
        amount: None,
    },
    Call { endpoint: Endpoint::GetPaymentEvents, biz_content: INDEX, identity: None, amount: None },
    Call {
        endpoint: Endpoint::PlaceRefund,
        biz_content: REFUND,
        identity: Some((["refundOrder", "refundMerchantOrderNo"], "wp_r1")),
        amount: Some(["refundOrder", "refundAmount", "amount"]),
    },
    Call {
        endpoint: Endpoint::GetRefund,
        biz_content: r#"{"refundMerchantOrderNo":"wp_r1"}"#,
        identity: Some((["refundOrder", "refundMerchantOrderNo"], "wp_r1")),
        amount: None,
    },
];

static CONFIG: LazyLock<Config> = LazyLock::new(|| {
    let mut config = Config::builder();
    config.environment(Environment::Production).unwrap().partner_id("200000000888").unwrap();
    config.public_key(&GATEWAY.public_pem).unwrap();
    config.build().unwrap()
});

pub(crate) fn run(input: &[u8]) {
    let mut input = Bytes::new(input);
    let (signing, call) = (input.below(10), &CALLS[input.below(CALLS.len())]);
    let http_status = input.one_of(&[200, 200, 200, 400, 403, 500, 502]);
    let date = [None, Some("Wed, 20 Mar 2024 03:17:19 GMT".to_owned()), Some("yesterday".to_owned())];
    let date = date[input.below(3)].clone();
    let body = input.rest().to_vec();

    let genuine = || GATEWAY.private.sign(&body).unwrap().into_bytes();
    let sign = match signing {
        0 => vec![],
        1 => vec![vec![]],
        2 => vec![MERCHANT.private.sign(&body).unwrap().into_bytes()],
        3 => vec![genuine(), b"AAAA".to_vec()],
        4 => vec![body.iter().copied().take(400).collect()],
        _ => vec![genuine()],
    };
    let authenticated = signing > 4;
    let answer = HttpResponse { http_status, sign, date, body: body.clone() };
    match fuzzing::answer(&CONFIG, call.endpoint, call.biz_content.as_bytes(), answer, NOW_MS) {
        Ok(response) => {
            assert!(authenticated, "a success without a signature");
            check(call, &response, &body);
        }
        Err(error) => check_refusal(&error, authenticated, signing, &body),
    }
}

fn check(call: &Call, response: &Response, body: &[u8]) {
    let message = independent::json::read(body).expect("what is accepted is JSON");
    assert_eq!(message.at(&["head", "applyStatus"]), Some(&Json::Text("SUCCESS".into())));
    assert_eq!(message.at(&["head", "code"]).and_then(Json::scalar), Some("0"));
    assert_eq!(response.raw(), body);
    let nothing = Json::Null;
    let told = message.member("body").unwrap_or(&nothing);
    super::check_decimals(told, response.json());

    if let Some((path, asked)) = call.identity
        && let Some(answered) = told.at(&path).and_then(Json::scalar)
    {
        assert_eq!(answered, asked, "an answer about something else");
        assert!(response.matches_request());
    }
    if let Some(amount) = call.amount.and_then(|path| told.at(&path)).and_then(Json::scalar) {
        let digits = independent::amount::plain(amount).unwrap();
        assert!(independent::amount::compare(&digits, "12.81").is_eq(), "{digits} was not asked for");
    }
    if response.state() == State::Succeeded {
        let mut statuses = Vec::new();
        told.scalars_under(&["status"], &mut statuses);
        let paid = ["SUCCESS", "PAID_SUCCESS", "SETTLED", "REFUNDED_SETTLED"];
        assert!(statuses.iter().any(|(_, status)| paid.contains(&status.as_str())), "{statuses:?}");
    }
    if let Some(url) = response.checkout_url() {
        assert!(is_allowed(&CONFIG, url), "{url}");
    }
    let _ = format!("{response:?}{:?}", response.get("/acquireOrder/status"));
}

fn check_refusal(error: &Error, authenticated: bool, signing: usize, body: &[u8]) {
    super::check_error(error);
    assert!(error.outcome() != Outcome::NotSent, "an answer came, so something was sent");
    if !authenticated {
        assert_eq!(error.outcome(), Outcome::Unknown, "somebody unknown refused");
        assert!(!error.is_authenticated());
    }
    let no_signature = signing <= 1 || signing == 4 && body.is_empty();
    if !no_signature && !authenticated {
        assert_eq!(error.kind(), ErrorKind::BadSignature);
    }
    if authenticated {
        assert!(error.kind() != ErrorKind::BadSignature, "a genuine signature is refused: {error}");
    }
    if error.outcome() == Outcome::Rejected {
        let message = independent::json::read(body).expect("a refusal is JSON");
        assert!(error.kind() == ErrorKind::Api && message.member("head").is_some());
    }
}
