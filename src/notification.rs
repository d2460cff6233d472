//! Notifications: verified over the bytes that came, and only then read (spec 4).
//!
//! A notification is a hint. What proves a payment is the answer to Get Order for the order of one's own.

use std::fmt;

use serde::de::DeserializeOwned;

use crate::error::{Error, ErrorKind, Outcome};
use crate::key::PublicKey;
use crate::protocol::document;
use crate::protocol::json::Value;
use crate::protocol::signature;
use crate::protocol::state::{OrderKey, State};

/// What a notification is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(i32)]
#[non_exhaustive]
pub enum NotificationKind {
    /// `acquireOrder`: a shopper's payment.
    Order = 1,
    /// `refundOrder`: a refund of one.
    Refund = 2,
    /// `customerDepositOrder`: a deposit to a customer's address.
    Topup = 3,
    /// `withdrawOrder`: a withdrawal or a transfer.
    Withdraw = 4,
    /// `otcFundoutOrder`: a payout in ordinary money.
    Settlement = 5,
}

impl NotificationKind {
    fn of(key: OrderKey) -> Self {
        match key {
            OrderKey::Acquire => Self::Order,
            OrderKey::Refund => Self::Refund,
            OrderKey::CustomerDeposit => Self::Topup,
            OrderKey::Withdraw => Self::Withdraw,
            OrderKey::OtcFundout => Self::Settlement,
        }
    }
}

/// A notification whose signature is valid.
#[derive(Clone)]
pub struct Notification {
    kind: NotificationKind,
    key: OrderKey,
    state: State,
    document: Value,
    json: String,
    raw: Vec<u8>,
}

/// No signature fits an empty body that was never signed: what is wrong is that somebody read it before.
fn unread(error: Error) -> Error {
    if error.kind() != ErrorKind::BadSignature {
        return error;
    }
    let text = "the notification's body is empty: nothing was read. Give the body of the HTTP request as it came; \
                where somebody has read it before, it may be gone";
    Error::new(ErrorKind::BadSignature, Outcome::Rejected, text)
}

impl Notification {
    /// Verifies and reads one. The header's `partner_id`, where the caller has it, is a sanity check only: it is not
    /// signed.
    pub(crate) fn verify(
        keys: &[PublicKey],
        own_partner_id: Option<&str>,
        body: &[u8],
        sign: &[u8],
        partner_id: Option<&[u8]>,
    ) -> Result<Self, Error> {
        signature::verify(keys, body, sign).map_err(|error| if body.is_empty() { unread(error) } else { error })?;
        if let (Some(named), Some(own)) = (partner_id, own_partner_id)
            && named != own.as_bytes()
        {
            let text = "the notification's Partner-Id header names another merchant";
            return Err(refused(ErrorKind::Mismatch, text.into()).with_field("Partner-Id"));
        }
        let message = Value::parse(body).map_err(|error| {
            error.into_error(ErrorKind::Protocol, Outcome::Rejected, "the notification").with_authenticated(true)
        })?;
        let (key, flat) = flat(message)?;
        let document = document::documented(flat).map_err(|flaw| {
            let text = format!("the notification's {} {}", flaw.pointer, flaw.reason);
            refused(ErrorKind::Protocol, text).with_field(flaw.pointer)
        })?;
        let status = document.member(key.name()).and_then(|order| order.member("status")).and_then(Value::text);
        Ok(Self {
            kind: NotificationKind::of(key),
            key,
            state: key.state(status),
            json: document.to_json(),
            document,
            raw: body.to_vec(),
        })
    }

    /// What it is about.
    pub fn kind(&self) -> NotificationKind {
        self.kind
    }

    /// What its status means. Confirm with a query before acting on it.
    pub fn state(&self) -> State {
        self.state
    }

    /// `notify_id`; the same message may come several times.
    pub fn id(&self) -> Option<&str> {
        self.get("/notify_id")
    }

    /// The scalar at a JSON Pointer (RFC 6901) into the flat message, as text: `/acquireOrder/orderNo`.
    pub fn get(&self, pointer: &str) -> Option<&str> {
        self.document.pointer(pointer).and_then(Value::scalar)
    }

    /// The flat message (also when it came wrapped) with the documented spellings; decimals are strings.
    pub fn json(&self) -> &str {
        &self.json
    }

    /// The same as a document.
    pub fn document(&self) -> &Value {
        &self.document
    }

    /// The HTTP body as it came.
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// The order of the message as a typed view, such as [`AcquireOrder`](crate::product::order::AcquireOrder) or
    /// [`RefundOrder`](crate::product::refund::RefundOrder).
    ///
    /// # Errors
    /// [`ErrorKind::Protocol`] when a field has another type than documented.
    pub fn order<T: DeserializeOwned>(&self) -> Result<T, Error> {
        let order = self.document.member(self.key.name()).map(Value::to_json).unwrap_or_default();
        serde_json::from_str(&order).map_err(|error| {
            let text =
                format!("the notification holds a field of another type than documented (column {})", error.column());
            refused(ErrorKind::Protocol, text)
        })
    }
}

/// Without the message itself, which holds addresses.
impl fmt::Debug for Notification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Notification")
            .field("kind", &self.kind)
            .field("state", &self.state)
            .field("raw_bytes", &self.raw.len())
            .finish_non_exhaustive()
    }
}

fn refused(kind: ErrorKind, text: String) -> Error {
    Error::new(kind, Outcome::Rejected, text).with_authenticated(true)
}

/// The message without its wrapper. The documents print one, the wire has none (spec 4.1): both are read,
/// and a message that says two things is refused.
fn flat(message: Value) -> Result<(OrderKey, Value), Error> {
    let outer = order_keys(&message);
    let inner = message.member("body").map(order_keys).unwrap_or_default();
    match (outer.as_slice(), inner.as_slice()) {
        ([key], []) => Ok((*key, message)),
        ([], [key]) => {
            let key = *key;
            let body = message.member("body").cloned().unwrap_or(Value::Null);
            Ok((key, body))
        }
        ([outer_key], [inner_key])
            if outer_key == inner_key
                && message.member(outer_key.name())
                    == message.member("body").and_then(|body| body.member(inner_key.name())) =>
        {
            Ok((*outer_key, message))
        }
        ([], []) => Err(refused(
            ErrorKind::Protocol,
            "not a notification: it holds none of the documented orders (spec 4.1)".into(),
        )),
        _ => Err(refused(ErrorKind::Protocol, "an ambiguous notification: it holds more than one order".into())),
    }
}

fn order_keys(message: &Value) -> Vec<OrderKey> {
    OrderKey::ALL.into_iter().filter(|key| matches!(message.member(key.name()), Some(Value::Object(_)))).collect()
}
