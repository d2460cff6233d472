//! Fiat Settlement: coins sold and paid out to the merchant's bank account (spec 3.8).
//!
//! It moves money out: sent once, on a connection of its own. When the outcome is unknown, ask by the same number.

use serde::{Deserialize, Serialize};

use crate::money::Money;
use crate::product::order::{ORDER_INDEX, ORDER_INDEX_NAMES, ORDER_INDEX_ONE_OF};
use crate::protocol::call::{Call, ExpectedAnswer, Idempotency, no_further_check};
use crate::protocol::schema::{Rule, optional, required};
use crate::protocol::state::{OrderKey, State};

/// Spec 3.8.1.
pub(crate) const PLACE: Call = Call {
    path: "otcfundout/placeOrder",
    idempotency: Idempotency::SendOnce,
    fields: &[
        required("merchantOrderNo", Rule::MerchantOrderNo),
        optional("notifyUrl", Rule::Url),
        required("fiatCurrency", Rule::Currency),
        required("cryptoAmount", Rule::CoinMoney),
    ],
    exactly_one_of: None,
    validate: no_further_check,
    answer: ExpectedAnswer {
        amounts: &[("/cryptoAmount", "/cryptoAmount")],
        echoes: &[("/fiatCurrency", "/settlementAmount/currency")],
        ..ExpectedAnswer::of("otcFundoutOrder", &["merchantOrderNo"])
    },
};
/// Spec 3.8.2.
pub(crate) const GET: Call = Call {
    path: "otcfundout/getOrder",
    idempotency: Idempotency::Idempotent,
    fields: ORDER_INDEX,
    exactly_one_of: ORDER_INDEX_ONE_OF,
    validate: no_further_check,
    answer: ExpectedAnswer::of("otcFundoutOrder", ORDER_INDEX_NAMES),
};

/// Sells coins and pays the proceeds out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PlaceSettlement {
    /// Letters, digits, `-` and `_`, at most 64; unique for the merchant, and saved before the call.
    pub merchant_order_no: String,
    /// Where notifications go.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notify_url: Option<String>,
    /// What is paid out, such as `USD`.
    pub fiat_currency: String,
    /// What is sold.
    pub crypto_amount: Money,
}

impl PlaceSettlement {
    /// A settlement with its required fields.
    pub fn new(merchant_order_no: impl Into<String>, crypto_amount: Money, fiat_currency: impl Into<String>) -> Self {
        Self {
            merchant_order_no: merchant_order_no.into(),
            notify_url: None,
            fiat_currency: fiat_currency.into(),
            crypto_amount,
        }
    }
}

/// A settlement as BonusPay tells it (spec 3.8.2).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct OtcFundoutOrder {
    /// The merchant's number.
    pub merchant_order_no: Option<String>,
    /// BonusPay's number.
    pub order_no: Option<String>,
    /// `PENDING`, `COMPLETED`, `FAILED`.
    pub status: Option<String>,
    /// What is sold.
    pub crypto_amount: Option<Money>,
    /// What is paid out.
    pub settlement_amount: Option<Money>,
    /// When it was placed, in milliseconds since 1970.
    pub created_time: Option<u64>,
    /// Where notifications go.
    pub notify_url: Option<String>,
    /// Why it failed.
    pub fail_des: Option<String>,
    /// How it was paid out.
    pub fundout_detail: Option<FundoutDetail>,
}

impl OtcFundoutOrder {
    /// What the status means.
    pub fn state(&self) -> State {
        OrderKey::OtcFundout.state(self.status.as_deref())
    }
}

/// How a settlement was paid out (spec 3.8.2).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct FundoutDetail {
    /// Where the coins came from.
    pub from_address: Option<String>,
    /// Where they went.
    pub to_address: Option<String>,
    /// The transaction.
    pub tx_hash: Option<String>,
    /// What the bank account got.
    pub receiving_amount: Option<Money>,
    /// What the bank's partner kept.
    pub receiving_fee: Option<Money>,
}

/// The answer to both settlement calls.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SettlementAnswer {
    /// The settlement.
    pub otc_fundout_order: Option<OtcFundoutOrder>,
}
