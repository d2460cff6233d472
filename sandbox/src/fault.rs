//! Faults: what the gateway is told to do wrong, and to whom.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::gateway::Endpoint;
use crate::money::{Amount, Style};

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// A signed refusal, without the work.
    Refuse,
    /// The connection is reset before the body is read.
    ResetBeforeRead,
    /// The connection is reset after the body was read, without the work.
    ResetAfterRead,
    /// The request is read, nothing is done, nothing is answered.
    Stall,
    /// The answer comes a byte at a time.
    Drip,
    /// The connection is closed in the middle of the answer's body.
    CutBody,
    /// `Content-Length` announces half of the body that follows.
    WrongLength,
    /// 302, without the work.
    Redirect,
    /// 502 with an HTML page, without the work.
    #[serde(rename = "html-502")]
    Html502,
    /// The work is done, its answer has no `sign`.
    UnsignedSuccess,
    /// A refusal without `sign`, without the work.
    UnsignedRefusal,
    /// The work is done, the `sign` belongs to other bytes.
    WrongSignature,
    /// The work is done, the answer is that of another order.
    OtherOrder,
    /// The work is done, the answer tells another amount.
    WrongAmount,
    /// The work is done, the answer tells no amount.
    NoTotalAmount,
    /// The work is done, the answer does not tell whose it is.
    NoIdentity,
    /// The work is done, the answer has `status` twice.
    DuplicateKeys,
    /// The gateway's clock is wrong for this call.
    ClockOff,
    /// 402 RATE_LIMIT_REJECT, signed, without the work.
    RateLimit,
    /// 500 SYSTEM_ERROR, signed, without the work.
    SystemError,
    /// The work is done, the connection is closed without an answer.
    LoseAnswer,
}

impl Fault {
    /// All of them, in the order of the README.
    pub const ALL: [Fault; 21] = [
        Fault::Refuse,
        Fault::UnsignedRefusal,
        Fault::RateLimit,
        Fault::SystemError,
        Fault::ClockOff,
        Fault::ResetBeforeRead,
        Fault::ResetAfterRead,
        Fault::Stall,
        Fault::Redirect,
        Fault::Html502,
        Fault::LoseAnswer,
        Fault::Drip,
        Fault::CutBody,
        Fault::WrongLength,
        Fault::UnsignedSuccess,
        Fault::WrongSignature,
        Fault::OtherOrder,
        Fault::WrongAmount,
        Fault::NoTotalAmount,
        Fault::NoIdentity,
        Fault::DuplicateKeys,
    ];

    /// The name in the control API and in the journal.
    pub fn name(self) -> String {
        serde_json::to_value(self).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
    }
}

/// An order to do something wrong.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultOrder {
    /// Below `/sgs/api/`, or `*` for every path.
    pub path: String,
    /// What goes wrong.
    pub fault: Fault,
    /// For how many calls.
    #[serde(default = "once")]
    pub times: u32,
    /// `refuse`, `unsigned-refusal`: the code of the refusal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// `refuse`, `unsigned-refusal`: its `msg`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub msg: Option<String>,
    /// `clock-off`: how far the gateway's clock is ahead; 20 minutes behind if not told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset_ms: Option<i64>,
}

fn once() -> u32 {
    1
}

/// The faults that wait for their calls.
#[derive(Default)]
pub struct Faults(Vec<FaultOrder>);

impl Faults {
    /// Adds an order behind the others.
    pub fn add(&mut self, order: FaultOrder) {
        if order.times > 0 {
            self.0.push(order);
        }
    }

    /// The first fault for a call to this path, once.
    pub fn take(&mut self, path: &str) -> Option<FaultOrder> {
        let index = self.0.iter().position(|order| order.path == path || order.path == "*")?;
        let order = self.0.get_mut(index)?;
        order.times -= 1;
        let taken = order.clone();
        if taken.times == 0 {
            self.0.remove(index);
        }
        Some(taken)
    }

    /// Those that wait.
    pub fn waiting(&self) -> &[FaultOrder] {
        &self.0
    }

    /// Forgets them.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

type Subject = Map<String, Value>;

/// What an answer's body is about: the object under the key of its kind, the objects of its list, or the body itself.
fn subjects(body: &mut Value) -> Vec<&mut Subject> {
    const OBJECTS: [&str; 6] =
        ["acquireOrder", "refundOrder", "wallet", "customerDepositOrder", "withdrawOrder", "otcFundoutOrder"];
    const LISTS: [&str; 2] = ["networks", "assetCodeList"];
    let Some(body) = body.as_object_mut() else {
        return Vec::new();
    };
    if ["fxrate", "merchantId"].iter().any(|name| body.contains_key(*name)) {
        return vec![body];
    }
    let mut found = Vec::new();
    for (key, value) in body.iter_mut() {
        match (key.as_str(), value) {
            ("customerDepositOrderPage", page) => {
                found.extend(page.get_mut("items").and_then(Value::as_array_mut).into_iter().flatten());
            }
            (name, object) if OBJECTS.contains(&name) => found.push(object),
            (name, Value::Array(items)) if LISTS.contains(&name) => found.extend(items),
            _ => {}
        }
    }
    found.into_iter().filter_map(Value::as_object_mut).collect()
}

/// What the fields are called that hold an amount, as Money or bare.
const AMOUNTS: [&str; 14] = [
    "totalAmount",
    "refAmount",
    "refundAmount",
    "amount",
    "depositAmount",
    "settledAmount",
    "minDeposit",
    "expectedReceivedAmount",
    "cryptoAmount",
    "fxrate",
    "availableBalance",
    "balance",
    "withdrawBalance",
    "withdrawMin",
];

/// Adds one to the amounts of what the answer is about.
pub fn change_amounts(body: &mut Value) {
    for subject in subjects(body) {
        for name in AMOUNTS {
            let Some(mut place) = subject.get_mut(name) else {
                continue;
            };
            if let Value::Object(money) = place {
                let Some(amount) = money.get_mut("amount") else {
                    continue;
                };
                place = amount;
            }
            if let Some(amount) = place.as_number().and_then(|number| Amount::parse(number.as_str()).ok()) {
                *place = Style::Answer.number(amount + Amount::from_units(100_000_000));
            }
        }
    }
}

/// Takes the amounts of what the answer is about away.
pub fn remove_amounts(body: &mut Value) {
    for subject in subjects(body) {
        AMOUNTS.into_iter().for_each(|name| drop(subject.shift_remove(name)));
    }
}

/// Takes away what tells what the answer is about, and whose.
pub fn remove_identity(body: &mut Value) {
    const NAMES: [&str; 10] = [
        "merchantOrderNo",
        "orderNo",
        "refundMerchantOrderNo",
        "originMerchantOrderNo",
        "reserved",
        "customerId",
        "merchantId",
        "currencyPair",
        "currencyCode",
        "network",
    ];
    for subject in subjects(body) {
        NAMES.into_iter().for_each(|name| drop(subject.shift_remove(name)));
    }
}

/// Makes it somebody else's, if there is no other to tell about.
pub fn invent_identity(body: &mut Value) {
    for subject in subjects(body) {
        const NAMES: [&str; 8] = [
            "merchantOrderNo",
            "refundMerchantOrderNo",
            "originMerchantOrderNo",
            "reserved",
            "customerId",
            "merchantId",
            "currencyPair",
            "currencyCode",
        ];
        for name in NAMES {
            if let Some(number) = subject.get_mut(name) {
                *number = Value::String(format!("other-{}", number.as_str().unwrap_or_default()));
            }
        }
        if let Some(number) = subject.get_mut("orderNo") {
            *number = Value::String("131999999999999999".into());
        }
    }
}

/// What names the subject of an answer's body: the gateway's number, or the customer.
pub fn order_no(body: &mut Value) -> String {
    let name = |subject: &&mut Subject| {
        let names = ["orderNo", "merchantId", "customerId"].into_iter();
        names.filter_map(|name| subject.get(name)).find_map(Value::as_str).map(str::to_owned)
    };
    subjects(body).first().and_then(name).unwrap_or_default()
}

/// Writes `status` twice, the false one last, where lenient readers look.
pub fn duplicate_keys(text: &str) -> String {
    let key = "\"status\":\"";
    let Some(start) = text.find(key) else {
        return text.replacen("\"head\":", "\"head\":{},\"head\":", 1);
    };
    let rest = text.get(start + key.len()..).unwrap_or_default();
    let end = start + key.len() + rest.find('"').unwrap_or_default() + 1;
    let (before, after) = text.split_at(end);
    format!("{before},\"status\":\"SUCCESS\"{after}")
}

/// Whether a path is one that a fault can wait for.
pub fn is_path(path: &str) -> bool {
    path == "*" || Endpoint::from_path(path).is_some()
}
