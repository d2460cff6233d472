//! Notifications: their bodies, and when they are sent again.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::clock::gulf_time;
use crate::money::Style;

/// Minutes between the attempts, as documented.
pub const RETRY_MINUTES: [i64; 7] = [2, 10, 10, 60, 120, 360, 900];

/// Older attempts than these are forgotten: a person may press "resend" as often as he likes.
const ATTEMPTS_KEPT: usize = 100;

/// What a notification tells about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Kind {
    Order,
    Refund,
    Topup,
    Withdraw,
    Settlement,
}

impl Kind {
    fn key(self) -> &'static str {
        match self {
            Kind::Order => "acquireOrder",
            Kind::Refund => "refundOrder",
            Kind::Topup => "customerDepositOrder",
            Kind::Withdraw => "withdrawOrder",
            Kind::Settlement => "otcFundoutOrder",
        }
    }
}

/// Where its delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Delivery {
    Pending,
    Delivered,
    GivenUp,
}

/// What one attempt to deliver it came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Attempt {
    pub at_ms: i64,
    pub status: Option<u16>,
    /// The start of the answer.
    pub answer: Option<String>,
    pub error: Option<String>,
    /// HTTP 200 and exactly the seven bytes `SUCCESS`.
    pub delivered: bool,
}

/// A notification. Its body is made once: each attempt sends the same bytes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Notification {
    pub id: String,
    pub kind: Kind,
    pub partner_id: String,
    pub order_no: String,
    pub merchant_order_no: String,
    pub status: String,
    pub url: String,
    pub body: String,
    pub created_at: i64,
    pub delivery: Delivery,
    /// Attempts made by the schedule; those made by hand are not counted.
    pub scheduled_attempts: usize,
    pub next_at: Option<i64>,
    /// Attempts asked for by hand, which neither the schedule nor a hold keeps back.
    #[serde(default)]
    pub resends: u32,
    pub attempts: Vec<Attempt>,
}

/// What a new notification is about.
pub struct Subject {
    /// What it tells about.
    pub kind: Kind,
    /// Whom it is for.
    pub partner_id: String,
    /// The gateway's number of it.
    pub order_no: String,
    /// The merchant's number of it; of a top-up, the customer's id.
    pub merchant_order_no: String,
    /// Where it goes.
    pub url: String,
    /// The AcquireOrder, RefundOrder and so on.
    pub document: Value,
}

impl Notification {
    /// A notification of now, first to be sent after a while.
    pub fn new(id: String, subject: Subject, now: i64, delay_ms: i64) -> Self {
        let status = subject.document.get("status").and_then(Value::as_str).unwrap_or_default().to_owned();
        let body = json!({
            "notify_time": gulf_time(now),
            (subject.kind.key()): subject.document,
            "_input_charset": "UTF-8",
            "notify_timestamp": now,
            "notify_id": id,
        });
        Self {
            id,
            kind: subject.kind,
            partner_id: subject.partner_id,
            order_no: subject.order_no,
            merchant_order_no: subject.merchant_order_no,
            status,
            url: subject.url,
            body: Style::Notification.text(&body),
            created_at: now,
            delivery: Delivery::Pending,
            scheduled_attempts: 0,
            next_at: Some(now + delay_ms),
            resends: 0,
            attempts: Vec::new(),
        }
    }

    /// Whether its schedule wants an attempt now.
    pub fn is_due(&self, now: i64) -> bool {
        self.next_at.is_some_and(|next| next <= now)
    }

    /// An attempt was made; a failed one of the schedule is followed by the next.
    pub fn attempted(&mut self, by_hand: bool, attempt: Attempt, now: i64, time_scale: i64) {
        if by_hand {
            self.resends = self.resends.saturating_sub(1);
        } else {
            self.scheduled_attempts += 1;
        }
        if attempt.delivered {
            self.delivery = Delivery::Delivered;
            self.next_at = None;
        } else if !by_hand && self.delivery == Delivery::Pending {
            let minutes = RETRY_MINUTES.get(self.scheduled_attempts.saturating_sub(1));
            self.next_at = minutes.map(|minutes| now + minutes * 60_000 / time_scale.max(1));
            if self.next_at.is_none() {
                self.delivery = Delivery::GivenUp;
            }
        }
        self.attempts.push(attempt);
        if self.attempts.len() > ATTEMPTS_KEPT {
            self.attempts.remove(0);
        }
    }

    /// The notification as the control API shows it.
    pub fn view(&self) -> Value {
        json!({
            "id": self.id,
            "kind": self.kind,
            "partnerId": self.partner_id,
            "orderNo": self.order_no,
            "merchantOrderNo": self.merchant_order_no,
            "status": self.status,
            "url": self.url,
            "state": self.delivery,
            "created_ms": self.created_at,
            "next_attempt_ms": self.next_at,
            "attempts": self.attempts,
            "body": self.body,
        })
    }
}
