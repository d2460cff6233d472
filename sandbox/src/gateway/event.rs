//! What happens to the gateway, and why an event was not accepted.

use serde_json::Value;

use super::endpoint::Call;
use super::merchant::{Merchant, Profile};
use super::notification::Attempt;
use super::refusal::Refusal;
use crate::money::{Amount, Currency, Money};
use crate::network::Network;

/// What the chain brings.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct NewDeposit {
    pub amount: Amount,
    /// The order's, if none is named.
    pub currency: Option<Currency>,
    /// The order's first that carries the coin, if none is named.
    pub network: Option<Network>,
    pub payer_address: Option<String>,
    pub tx_hash: Option<String>,
}

/// Something that happens to the gateway.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub enum Event {
    /// A merchant calls.
    Call(Call),
    /// A transaction reaches an order's address.
    Deposit { order_no: String, deposit: NewDeposit },
    /// An order's time is over at once.
    Expire { order_no: String },
    /// An order is cancelled by someone else than its merchant.
    Cancel { order_no: String },
    /// An underpaid order is accepted by someone else than its merchant.
    Accept { order_no: String },
    /// A refund succeeds at once.
    SettleRefund { order_no: String },
    /// A refund fails.
    FailRefund { order_no: String, fail_code: String, fail_des: String },
    /// A transaction reaches a customer's address.
    Topup(NewTopup),
    /// A deposit to a customer's address is confirmed at once.
    ConfirmTopup { order_no: String },
    /// A withdrawal or transfer comes to its end at once: it fails if a reason is told.
    EndWithdrawal { order_no: String, failure: Option<String> },
    /// A settlement comes to its end at once: it fails if a reason is told.
    EndSettlement { order_no: String, failure: Option<String> },
    /// What a merchant has set in the portal changes.
    SetProfile(Profile),
    /// The gateway's clock, but not that of the request-time window, is moved on.
    AdvanceClock { by_ms: i64 },
    /// A merchant registers, or changes its key.
    AddMerchant(Merchant),
    /// Deliveries stop or go on.
    HoldNotifications(bool),
    /// Held notifications go out one after another, the newest first.
    ReleaseReversed,
    /// Notifications of what happens from now on are sent this much later.
    DelayNotifications { delay_ms: i64 },
    /// A notification is to be sent now, so many times at once, whatever became of it before.
    Resend { id: String, times: u32 },
    /// A delivery was attempted.
    Attempted { id: String, by_hand: bool, attempt: Attempt },
    /// Time has passed, nothing else.
    PassTime,
    /// Everything but the numbering is forgotten.
    Reset,
}

/// Why an event was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// A refusal of the wire.
    Refused(Refusal),
    /// The control API named something that is not there.
    NotFound(String),
    /// The control API asked for something that the state does not allow.
    Conflict(String),
    /// The control API asked for something impossible.
    BadInput(String),
}

impl From<Refusal> for Rejection {
    fn from(refusal: Refusal) -> Self {
        Rejection::Refused(refusal)
    }
}

/// A transaction to a customer's address.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct NewTopup {
    pub partner_id: String,
    pub customer_id: String,
    pub money: Money,
    pub network: Network,
    pub tx_hash: Option<String>,
    /// Seen, but not yet confirmed.
    pub unconfirmed: bool,
}

/// What comes of an event.
pub type Reply = Result<Value, Rejection>;
