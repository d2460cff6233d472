//! Notifications: a body with a genuine signature, with none, or with another's.

use std::sync::LazyLock;

use bonuspay::client::SystemClock;
use bonuspay::transport::{Exchange, Failure, HttpResponse, Transport};
use bonuspay::{Client, Config, Environment, ErrorKind, Notification, NotificationKind, Outcome, State};
use std::sync::Arc;

use crate::bytes::Bytes;
use crate::independent::{self, json::Json};
use crate::keys::{GATEWAY, MERCHANT};

const PARTNER: &str = "200000000888";

struct NoNetwork;

impl Transport for NoNetwork {
    fn post(&self, _: &Exchange<'_>) -> Result<HttpResponse, Failure> {
        Err(Failure::not_sent(ErrorKind::Connect, "there is no network here"))
    }
}

static CLIENT: LazyLock<Client> = LazyLock::new(|| {
    let mut config = Config::builder();
    config.environment(Environment::Sandbox).unwrap().partner_id(PARTNER).unwrap();
    config.public_key(&GATEWAY.public_pem).unwrap();
    Client::with_parts(config.build().unwrap(), Arc::new(NoNetwork), Arc::new(SystemClock::default()))
});

pub(crate) fn run(input: &[u8]) {
    let mut input = Bytes::new(input);
    let (signing, partner) = (input.below(8), input.below(4));
    let body = input.rest();
    let sign = match signing {
        0 => String::new(),
        1 => MERCHANT.private.sign(body).unwrap(),
        2 => GATEWAY.private.sign(b"something else").unwrap(),
        _ => GATEWAY.private.sign(body).unwrap(),
    };
    let partner = [None, None, Some(&b"200000000888"[..]), Some(b"200000000001")][partner];
    match CLIENT.verify_notification(body, sign.as_bytes(), partner) {
        Ok(notification) => {
            assert!(signing > 2, "an unsigned notification is accepted");
            assert!(partner.is_none_or(|partner| partner == PARTNER.as_bytes()), "another merchant's");
            check(&notification, body);
        }
        Err(error) => {
            assert_eq!(error.outcome(), Outcome::Rejected);
            assert_eq!(error.kind() == ErrorKind::BadSignature, signing <= 2);
            super::check_error(&error);
        }
    }
}

fn check(notification: &Notification, body: &[u8]) {
    let message = independent::json::read(body).expect("what is accepted is JSON");
    let key = match notification.kind() {
        NotificationKind::Order => "acquireOrder",
        NotificationKind::Refund => "refundOrder",
        NotificationKind::Topup => "customerDepositOrder",
        NotificationKind::Withdraw => "withdrawOrder",
        NotificationKind::Settlement => "otcFundoutOrder",
        kind => panic!("{kind:?} is new: name its member here"),
    };
    let flat = message.member(key).filter(|order| matches!(order, Json::Object(_)));
    let order = flat.or_else(|| message.at(&["body", key])).expect("it holds the order that it is about");
    assert_eq!(notification.raw(), body);
    super::check_decimals(&message, notification.json());

    let status = order.member("status").and_then(|status| match status {
        Json::Text(status) => Some(status.as_str()),
        _ => None,
    });
    const PAID: [&str; 5] = ["SUCCESS", "PAID_SUCCESS", "SETTLED", "REFUNDED_SETTLED", "COMPLETED"];
    if notification.state() == State::Succeeded {
        assert!(status.is_some_and(|status| PAID.contains(&status)), "{status:?} is taken for paid");
    }
    for (name, exact) in [("orderNo", true), ("merchantOrderNo", true), ("status", false), ("subject", false)] {
        if let Some(text) = order.member(name).and_then(Json::scalar) {
            let ours = notification.get(&format!("/{key}/{name}"));
            assert!(ours == Some(text) || !exact && ours.is_none(), "{name}: {text} became {ours:?}");
        }
    }
    if let Some(amount) = order.at(&["totalAmount", "amount"]).and_then(Json::scalar) {
        let ours = notification.get(&format!("/{key}/totalAmount/amount")).map(str::to_owned);
        assert_eq!(ours, independent::amount::plain(amount));
    }
    if notification.kind() == NotificationKind::Order
        && let Err(error) = notification.order::<bonuspay::order::AcquireOrder>()
    {
        super::check_error(&error);
    }
    let _ = notification.order::<bonuspay::refund::RefundOrder>();
    let _ = format!("{notification:?}{:?}", notification.id());
}
