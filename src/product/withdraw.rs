//! Withdrawals to an address of the merchant's address book, and transfers to any address (spec 3.4 and 3.5).
//!
//! Both move money out at once: they are sent once, on a connection of their own. When the outcome is unknown, ask
//! by the same `merchant_order_no`; a new number would pay twice.
//!
//! ```
//! use bonuspay::order::OrderIndex;
//! use bonuspay::withdraw::PlaceWithdrawal;
//! use bonuspay::{Client, Error, Outcome, State};
//!
//! /// Pays out. The request, with its number, was saved before.
//! fn pay_out(client: &Client, request: &PlaceWithdrawal) -> Result<State, Error> {
//!     let unknown = match client.transfer(request) {
//!         Ok(reply) => return Ok(reply.response().state()),
//!         Err(error) if error.outcome() == Outcome::Unknown => error,
//!         // Nothing left this machine, or BonusPay refused: nothing was paid.
//!         Err(error) => return Err(error),
//!     };
//!     match client.get_withdrawal(&OrderIndex::Merchant(request.merchant_order_no.clone())) {
//!         Ok(reply) => Ok(reply.response().state()),
//!         // Not even "does not exist" is final so soon: the request may still be on its way. Ask again later.
//!         Err(_) => Err(unknown),
//!     }
//! }
//! ```
//!
//! Refunds and settlements have the same way back, by [`Client::get_refund`](crate::Client::get_refund) and
//! [`Client::get_settlement`](crate::Client::get_settlement).

use serde::{Deserialize, Serialize};

use crate::config::Config;
use crate::error::Error;
use crate::money::{Amount, Money};
use crate::product::order::{ORDER_INDEX, ORDER_INDEX_NAMES, ORDER_INDEX_ONE_OF, REF_AMOUNT, RefAmount};
use crate::protocol::call::{Call, ExpectedAnswer, Idempotency, check_payee, no_further_check};
use crate::protocol::json::Value;
use crate::protocol::schema::{Field, Rule, optional, required};
use crate::protocol::state::{OrderKey, State};

const PLACE_FIELDS: &[Field] = &[
    required("merchantOrderNo", Rule::MerchantOrderNo),
    required("address", Rule::Address(200)),
    optional("expectedReceivedAmount", Rule::CoinMoney),
    optional("refAmount", Rule::Object(REF_AMOUNT)),
    required("network", Rule::Code(20)),
    optional("notifyUrl", Rule::Url),
];

const fn payout(path: &'static str) -> Call {
    Call {
        path,
        idempotency: Idempotency::SendOnce,
        fields: PLACE_FIELDS,
        exactly_one_of: Some(("expectedReceivedAmount", "refAmount")),
        validate: check_payout,
        answer: ExpectedAnswer {
            amounts: &[
                ("/expectedReceivedAmount", "/expectedReceivedAmount"),
                ("/refAmount/refAmount", "/refAmount/refAmount"),
            ],
            echoes: &[("/address", "/address"), ("/network", "/network")],
            ..ExpectedAnswer::of("withdrawOrder", &["merchantOrderNo"])
        },
    }
}

/// Spec 3.4.1. `refAmount` is not in its table, but the vendor's own client sends it (spec 6.19).
pub(crate) const PLACE: Call = payout("ccwithdraw/placeOrder");
/// Spec 3.5.1.
pub(crate) const TRANSFER: Call = payout("ccwithdraw/transfer");
/// Spec 3.5.2.
pub(crate) const GET: Call = Call {
    path: "ccwithdraw/getOrder",
    idempotency: Idempotency::Idempotent,
    fields: ORDER_INDEX,
    exactly_one_of: ORDER_INDEX_ONE_OF,
    validate: no_further_check,
    answer: ExpectedAnswer::of("withdrawOrder", ORDER_INDEX_NAMES),
};
/// Spec 3.5.3.
pub(crate) const NETWORKS: Call = Call {
    path: "ccwithdraw/getNetworks",
    idempotency: Idempotency::Idempotent,
    fields: &[required("assetCode", Rule::Code(32))],
    exactly_one_of: None,
    validate: no_further_check,
    answer: ExpectedAnswer::list(&["networks", "networkList", "withdrawNetworks", "withdrawNetworkList"]),
};

fn check_payout(wire: Value, config: &Config, _now_ms: u64) -> Result<Value, Error> {
    check_payee(&wire, "network", "address", config)?;
    Ok(wire)
}

/// What the receiver shall get.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub enum Payout {
    /// This much of a coin.
    #[serde(rename = "expectedReceivedAmount")]
    Expected(Money),
    /// This much of any currency, converted by BonusPay into a coin.
    #[serde(rename = "refAmount")]
    Reference(RefAmount),
}

/// A withdrawal or a transfer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PlaceWithdrawal {
    /// Letters, digits, `-` and `_`, at most 64; unique for the merchant, and saved before the call.
    pub merchant_order_no: String,
    /// Where to pay to; for a withdrawal, one of the merchant's address book.
    pub address: String,
    /// What the receiver shall get.
    #[serde(flatten)]
    pub payout: Payout,
    /// The network of the address.
    pub network: String,
    /// Where notifications go.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notify_url: Option<String>,
}

impl PlaceWithdrawal {
    /// A payout with its required fields.
    pub fn new(
        merchant_order_no: impl Into<String>,
        network: impl Into<String>,
        address: impl Into<String>,
        payout: Payout,
    ) -> Self {
        Self {
            merchant_order_no: merchant_order_no.into(),
            address: address.into(),
            payout,
            network: network.into(),
            notify_url: None,
        }
    }
}

/// A withdrawal or a transfer as BonusPay tells it (spec 3.5.2).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct WithdrawOrder {
    /// The merchant's number.
    pub merchant_order_no: Option<String>,
    /// BonusPay's number.
    pub order_no: Option<String>,
    /// `PENDING`, `COMPLETED`, `FAILED`.
    pub status: Option<String>,
    /// What the receiver shall get.
    pub expected_received_amount: Option<Money>,
    /// What was converted into it.
    pub ref_amount: Option<RefAmount>,
    /// What the receiver got.
    pub actual_received_amount: Option<Money>,
    /// What BonusPay keeps.
    pub partner_fee: Option<Money>,
    /// The transaction.
    pub txid: Option<String>,
    /// When it was placed, in milliseconds since 1970.
    pub created_time: Option<u64>,
    /// Where notifications go.
    pub notify_url: Option<String>,
    /// Where it goes.
    pub address: Option<String>,
    /// Why it failed.
    pub fail_des: Option<String>,
    /// The network.
    pub network: Option<String>,
}

impl WithdrawOrder {
    /// What the status means.
    pub fn state(&self) -> State {
        OrderKey::Withdraw.state(self.status.as_deref())
    }
}

/// The answer to placing and getting withdrawals and transfers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct WithdrawAnswer {
    /// The withdrawal or transfer.
    pub withdraw_order: Option<WithdrawOrder>,
}

/// Asks for the networks that a coin can be paid out on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GetNetworks {
    /// The coin.
    pub asset_code: String,
}

/// A network to pay out on (spec 3.5.3).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct WithdrawNetwork {
    /// The network's code.
    pub network: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// What an address on it looks like, as a regular expression.
    pub address_regex: Option<String>,
    /// How many decimals an amount may have.
    pub digit: Option<u32>,
    /// The smallest amount.
    pub withdraw_min: Option<Amount>,
}

/// The answer to getNetworks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct NetworksAnswer {
    /// The networks; BonusPay's name for the list is not documented (spec 6.4).
    #[serde(default)]
    pub networks: Vec<WithdrawNetwork>,
}
