//! Refunds of orders (spec 3.2.6 and 3.2.7).

use serde::{Deserialize, Serialize};

use crate::config::Config;
use crate::error::Error;
use crate::money::Money;
use crate::protocol::call::{Call, ExpectedAnswer, Idempotency, check_payee, no_further_check};
use crate::protocol::json::Value;
use crate::protocol::schema::{Field, Rule, optional, required};
use crate::protocol::state::{OrderKey, State};

/// Spec 3.2.6.
const PLACE_REFUND: &[Field] = &[
    required("refundMerchantOrderNo", Rule::MerchantOrderNo),
    optional("originMerchantOrderNo", Rule::MerchantOrderNo),
    optional("originOrderNo", Rule::OrderNo),
    required("amount", Rule::CoinMoney),
    optional("notifyUrl", Rule::Url),
    optional("operatorName", Rule::Text(200)),
    optional("reason", Rule::Text(64)),
    optional("chainCode", Rule::Code(32)),
    optional("refundAddress", Rule::Address(128)),
    optional("reserved", Rule::Text(200)),
];

/// Spec 3.2.7.
const GET_REFUND: &[Field] =
    &[optional("refundMerchantOrderNo", Rule::MerchantOrderNo), optional("orderNo", Rule::OrderNo)];

/// Spec 3.2.6.
pub(crate) const PLACE: Call = Call {
    path: "crypto/refund/placeOrder",
    idempotency: Idempotency::SendOnce,
    fields: PLACE_REFUND,
    exactly_one_of: Some(("originMerchantOrderNo", "originOrderNo")),
    validate: check_refund,
    answer: ExpectedAnswer {
        amounts: &[("/amount", "/refundAmount")],
        echoes: &[("/originMerchantOrderNo", "/originMerchantOrderNo")],
        ..ExpectedAnswer::of("refundOrder", &["refundMerchantOrderNo", "reserved"])
    },
};
/// Spec 3.2.7.
pub(crate) const GET: Call = Call {
    path: "crypto/refund/getOrder",
    idempotency: Idempotency::Idempotent,
    fields: GET_REFUND,
    exactly_one_of: Some(("refundMerchantOrderNo", "orderNo")),
    validate: no_further_check,
    answer: ExpectedAnswer::of("refundOrder", &["refundMerchantOrderNo", "orderNo"]),
};

fn check_refund(wire: Value, config: &Config, _now_ms: u64) -> Result<Value, Error> {
    check_payee(&wire, "chainCode", "refundAddress", config)?;
    Ok(wire)
}

/// Names the order that is given back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Origin {
    /// By the merchant's number.
    #[serde(rename = "originMerchantOrderNo")]
    Merchant(String),
    /// By BonusPay's number.
    #[serde(rename = "originOrderNo")]
    BonusPay(String),
}

/// A refund, whole or in part (spec 3.2.6). BonusPay charges a fee for it.
///
/// It moves money out: the library sends it once. When the outcome is unknown, ask with Get Refund Order by
/// the same `refund_merchant_order_no`, which must have been saved before the call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PlaceRefund {
    /// Letters, digits, `-` and `_`, at most 64; unique for each refund.
    pub refund_merchant_order_no: String,
    /// The order that is given back.
    #[serde(flatten)]
    pub origin: Origin,
    /// How much.
    pub amount: Money,
    /// Where notifications of this refund go.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notify_url: Option<String>,
    /// Who did it, at most 200 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operator_name: Option<String>,
    /// Why, at most 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The network to pay out on; required when the order was paid on a chain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chain_code: Option<String>,
    /// Where to pay out; required when the order was paid on a chain. Never take the sender's address unasked:
    /// exchanges pay from wallets that many people share.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refund_address: Option<String>,
    /// Comes back unchanged, at most 200 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reserved: Option<String>,
}

impl PlaceRefund {
    /// A refund of an order that was paid on a chain.
    pub fn to_address(
        refund_merchant_order_no: impl Into<String>,
        origin: Origin,
        amount: Money,
        chain_code: impl Into<String>,
        refund_address: impl Into<String>,
    ) -> Self {
        Self {
            refund_merchant_order_no: refund_merchant_order_no.into(),
            origin,
            amount,
            notify_url: None,
            operator_name: None,
            reason: None,
            chain_code: Some(chain_code.into()),
            refund_address: Some(refund_address.into()),
            reserved: None,
        }
    }
}

/// Names one refund: by the merchant's number or by BonusPay's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum RefundIndex {
    /// `refundMerchantOrderNo`
    #[serde(rename = "refundMerchantOrderNo")]
    Merchant(String),
    /// `orderNo`
    #[serde(rename = "orderNo")]
    BonusPay(String),
}

/// A refund as BonusPay tells it (spec 3.2.6).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RefundOrder {
    /// The merchant's number of the refund.
    pub refund_merchant_order_no: Option<String>,
    /// BonusPay's number of the refund (spec 6.17).
    pub order_no: Option<String>,
    /// The merchant's number of the order.
    pub origin_merchant_order_no: Option<String>,
    /// What BonusPay charges.
    pub refund_fee: Option<Money>,
    /// The network of the payout.
    pub chain_code: Option<String>,
    /// Where it goes.
    pub refund_address: Option<String>,
    /// The status as it was told: `CREATED`, `SUCCESS`, `FAILURE`, or one of later days.
    pub status: Option<String>,
    /// How much is given back.
    pub refund_amount: Option<Money>,
    /// Where notifications go.
    pub notify_url: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Why it failed, as a code.
    pub fail_code: Option<String>,
    /// Why it failed, in words.
    pub fail_des: Option<String>,
    /// What the merchant gave along.
    pub reserved: Option<String>,
}

impl RefundOrder {
    /// What the status means.
    pub fn state(&self) -> State {
        OrderKey::Refund.state(self.status.as_deref())
    }
}

/// What can still be given back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RefundSummary {
    /// What was paid.
    pub acquire_amount: Option<Money>,
    /// What is left of it.
    pub remain_refund_amount: Option<Money>,
}

/// The answer to both refund calls.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RefundAnswer {
    /// The refund.
    pub refund_order: Option<RefundOrder>,
    /// What can still be given back.
    pub refund_summary: Option<RefundSummary>,
}
