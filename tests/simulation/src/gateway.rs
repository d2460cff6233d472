//! The gateway: the sandbox's own core, its store, and what a crash leaves of it.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use bonuspay_sandbox::gateway::merchant::Merchant;
use bonuspay_sandbox::gateway::notification::{Attempt, Notification};
use bonuspay_sandbox::gateway::refusal::{Code, Refusal};
use bonuspay_sandbox::gateway::{Endpoint, Event, Gateway as Core, NewDeposit, Record, Rejection, Settings};
use bonuspay_sandbox::http::envelope;
use bonuspay_sandbox::money::{Amount, Currency};
use bonuspay_sandbox::network::Network;
use serde_json::Value;

use crate::keys::{Keys, ORIGIN, RIVAL, SHOP};

/// When the gateway dies in the middle of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dies {
    /// It does not.
    Never,
    /// The step was made in memory, and is lost.
    BeforeSync,
    /// The step is on disk, its answer is not told.
    AfterSync,
}

/// What a merchant's request came to.
pub struct Handled {
    /// What was done: the answer's body, or the refusal.
    pub outcome: Result<Value, Refusal>,
    /// Whether it did, and will remember, what was asked.
    pub acted: bool,
}

/// The gateway with its store.
pub struct Gateway {
    core: Core,
    /// What was synced before anyone was told: all that outlives a crash.
    store: Vec<Record>,
    keys: Arc<Keys>,
    /// Whether the sandbox's own signing code is used, and the store goes through its form on disk.
    pub thorough: bool,
    /// Until when it is down.
    pub down_until: Option<i64>,
    /// When its next wake-up is in the queue.
    pub wake: Option<i64>,
    /// Since when an order has received all that is due, by the gateway's number.
    pub paid_since: BTreeMap<String, i64>,
    signatures: HashMap<String, String>,
}

fn new_core() -> Core {
    Core::new(Settings { time_scale: 1, origin: ORIGIN.into() }, "simulation".into())
}

impl Gateway {
    /// A gateway that knows two merchants.
    pub fn new(keys: Arc<Keys>, now: i64, thorough: bool) -> Self {
        let mut gateway = Self {
            core: new_core(),
            store: Vec::new(),
            thorough,
            down_until: None,
            wake: None,
            paid_since: BTreeMap::new(),
            signatures: HashMap::new(),
            keys,
        };
        for partner_id in [SHOP, RIVAL] {
            let public_key = gateway.keys.merchant_pem().to_owned();
            // Adding a merchant is never rejected.
            let _ = gateway.step(now, Event::AddMerchant(Merchant { partner_id: partner_id.into(), public_key }));
        }
        gateway
    }

    /// The state, to look at.
    pub fn core(&self) -> &Core {
        &self.core
    }

    /// A step whose records are synced.
    pub fn step(&mut self, now: i64, event: Event) -> Result<Value, Rejection> {
        let (answer, records) = self.core.step(now, event);
        self.store.extend(records);
        answer
    }

    /// A merchant's request, as the network brings it.
    pub fn handle(&mut self, now: i64, path: &str, partner_id: &str, sign: &str, body: &[u8], dies: Dies) -> Handled {
        let read = || {
            if partner_id != SHOP {
                return Err(Refusal::new(Code::Unauthorized, "no such merchant"));
            }
            if !self.keys.merchant_signed(body, sign, self.thorough) {
                return Err(Refusal::bad_signature("sign"));
            }
            let endpoint = Endpoint::from_path(path).ok_or_else(|| Refusal::new(Code::ServiceNotAvailable, "path"))?;
            envelope::read_call(endpoint, partner_id, body, 0)
        };
        let (outcome, records) = match read() {
            Ok(call) => self.core.step(now, Event::Call(call)),
            Err(refusal) => (Err(Rejection::Refused(refusal)), Vec::new()),
        };
        let outcome = outcome.map_err(|rejection| match rejection {
            Rejection::Refused(refusal) => refusal,
            other => Refusal::new(Code::SystemError, format!("{other:?}")),
        });
        let acted = outcome.is_ok() && dies != Dies::BeforeSync;
        if dies != Dies::BeforeSync {
            self.store.extend(records);
        }
        if dies != Dies::Never {
            self.restart();
        }
        Handled { outcome, acted }
    }

    /// A call of the other merchant, whose signature is none of our business.
    pub fn rival_call(&mut self, now: i64, endpoint: Endpoint, biz: &Value) -> Option<Value> {
        let body = serde_json::json!({"requestTime": now, "bizContent": biz}).to_string();
        let call = envelope::read_call(endpoint, RIVAL, body.as_bytes(), 0).ok()?;
        self.step(now, Event::Call(call)).ok()
    }

    /// Money reaches an order's address.
    pub fn deposit(&mut self, now: i64, order_no: &str, cents: i64, currency: Currency, network: Network) {
        let amount = Amount::from_units(i128::from(cents) * 1_000_000);
        let deposit =
            NewDeposit { amount, currency: Some(currency), network: Some(network), payer_address: None, tx_hash: None };
        // Everything that the shopper sends is possible.
        let _ = self.step(now, Event::Deposit { order_no: order_no.to_owned(), deposit });
        if let Ok(order) = self.core.find_order(order_no)
            && order.received() >= order.due.amount
        {
            self.paid_since.entry(order_no.to_owned()).or_insert(now);
        }
    }

    /// Notifications that are to be sent now.
    pub fn take_due(&mut self, now: i64) -> Vec<(Notification, bool)> {
        // Passing time is never rejected.
        let _ = self.step(now, Event::PassTime);
        self.core.take_due(now)
    }

    /// What became of a notification.
    pub fn attempted(&mut self, now: i64, id: &str, by_hand: bool, status: Option<u16>, delivered: bool) {
        let attempt = Attempt { at_ms: now, status, answer: None, error: None, delivered };
        // The gateway rejects no attempt.
        let _ = self.step(now, Event::Attempted { id: id.to_owned(), by_hand, attempt });
    }

    /// Comes up again with what is on disk.
    pub fn restart(&mut self) {
        self.core = new_core();
        for record in &self.store {
            let record = if self.thorough { through_disk(record) } else { record.clone() };
            self.core.replay(record);
        }
    }

    /// The answer's text.
    pub fn text(&self, outcome: &Result<Value, Refusal>) -> String {
        envelope::answer(outcome.as_ref(), "000001").to_string()
    }

    /// The gateway's signature over a text; the same text has the same signature, so it is made once a seed.
    pub fn sign(&mut self, text: &str) -> String {
        if let Some(sign) = self.signatures.get(text) {
            return sign.clone();
        }
        let sign = self.keys.gateway_sign(text, self.thorough);
        self.signatures.insert(text.to_owned(), sign.clone());
        sign
    }
}

fn through_disk(record: &Record) -> Record {
    let line = serde_json::to_string(record).unwrap_or_default();
    serde_json::from_str(&line).unwrap_or_else(|_| record.clone())
}
