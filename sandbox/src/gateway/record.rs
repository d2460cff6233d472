//! What has to be written down.

use serde::{Deserialize, Serialize};

use super::merchant::{Merchant, Profile};
use super::notification::Notification;
use super::order::Order;
use super::refund::Refund;
use super::settlement::Settlement;
use super::submerchant::SubMerchant;
use super::topup::{Topup, Wallet, WalletKey};
use super::withdrawal::Withdrawal;

/// What has to be written down: each names a thing and holds all of it, so the last one counts.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Record {
    Reset,
    Meta(Meta),
    Merchant(Merchant),
    Order(Box<Order>),
    Refund(Box<Refund>),
    Notification(Box<Notification>),
    Profile(Box<Profile>),
    Wallet(Box<Wallet>),
    Topup(Box<Topup>),
    Withdrawal(Box<Withdrawal>),
    Settlement(Box<Settlement>),
    SubMerchant(Box<SubMerchant>),
}

/// What the gateway remembers besides orders and the like.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Meta {
    /// Addresses and checkout tokens are derived from it.
    pub seed: String,
    /// The last number given out, of whatever kind.
    pub sequence: u64,
    /// How far the clock was moved on.
    pub advanced_ms: i64,
    /// Whether deliveries are held back.
    pub held: bool,
    /// How long a new notification waits.
    #[serde(default)]
    pub delay_ms: i64,
}

/// What the gateway does by itself when its time comes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Due {
    Expiry(String),
    Refund(String),
    Topup(String),
    Withdrawal(String),
    Settlement(String),
}

/// What a step has changed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Changed {
    Meta,
    Order(String),
    Refund(String),
    Notification(String),
    Wallet(WalletKey),
    Topup(String),
    Withdrawal(String),
    Settlement(String),
    SubMerchant(String),
}
