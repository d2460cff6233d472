//! Crypto TOPUP: a permanent deposit address for each customer (spec 3.1).

use serde::{Deserialize, Serialize};

use crate::config::Config;
use crate::error::Error;
use crate::money::{Amount, Money};
use crate::protocol::call::{Call, ExpectedAnswer, Idempotency, no_further_check};
use crate::protocol::json::Value;
use crate::protocol::schema::{Field, Rule, invalid, required};
use crate::protocol::state::{OrderKey, State};

/// Spec 3.1.1. The callback URL of top-ups is a setting of the portal, not of the call (spec 6.30).
pub(crate) const ADDRESS: Call = Call {
    path: "ccdeposit/getAddress",
    idempotency: Idempotency::Idempotent,
    fields: &[
        required("customerId", Rule::Code(200)),
        required("assetCode", Rule::Code(32)),
        required("network", Rule::Code(32)),
    ],
    exactly_one_of: None,
    validate: no_further_check,
    answer: ExpectedAnswer {
        echoes: &[("/network", "/network"), ("/assetCode", "/assetCode")],
        ..ExpectedAnswer::of("wallet", &["customerId"])
    },
};

const PAGE_PARAM: &[Field] = &[required("number", Rule::Count(0)), required("size", Rule::Count(1))];

/// Spec 3.1.2.
pub(crate) const DEPOSITS: Call = Call {
    path: "ccdeposit/queryCustomerDepositOrderPage",
    idempotency: Idempotency::Idempotent,
    fields: &[
        required("startTime", Rule::Time),
        required("endTime", Rule::Time),
        required("pageParam", Rule::Object(PAGE_PARAM)),
    ],
    exactly_one_of: None,
    validate: check_times,
    answer: ExpectedAnswer::of("customerDepositOrderPage", &[]),
};

/// Spec 3.1.3.
pub(crate) const DEPOSIT: Call = Call {
    path: "ccdeposit/getCustomerDepositOrder",
    idempotency: Idempotency::Idempotent,
    fields: &[required("orderNo", Rule::OrderNo)],
    exactly_one_of: None,
    validate: no_further_check,
    answer: ExpectedAnswer::of("customerDepositOrder", &["orderNo"]),
};

fn check_times(wire: Value, _config: &Config, _now_ms: u64) -> Result<Value, Error> {
    let time = |name| wire.member(name).and_then(Value::scalar).and_then(|text| text.parse::<u64>().ok());
    if time("startTime") > time("endTime") {
        return Err(invalid("/endTime", "is before startTime"));
    }
    Ok(wire)
}

/// Asks for a customer's address for a coin on a network. The same question gets the same address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GetAddress {
    /// The merchant's own id of the customer: letters, digits, `-` and `_`, at most 200.
    pub customer_id: String,
    /// The coin: `USDT`, `USDC`, `ETH`, `BTC`.
    pub asset_code: String,
    /// The network: `TRON`, `ETH`, `POLYGON`, `BTC`.
    pub network: String,
}

/// A customer's wallet (spec 3.1.1).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CustomerWallet {
    /// The merchant's id of the customer.
    pub customer_id: Option<String>,
    /// `ENABLED`, or `DISABLED`: deposits to a disabled address are not credited.
    pub status: Option<String>,
    /// `CTOPUP`.
    pub product: Option<String>,
    /// The coin.
    pub asset_code: Option<String>,
    /// The network.
    pub network: Option<String>,
    /// The address to pay to.
    pub address: Option<String>,
    /// Smaller deposits are lost.
    pub min_deposit: Option<Amount>,
    /// How many confirmations it takes.
    pub confirm: Option<u32>,
    /// BonusPay's page for the deposit.
    pub cashier_url: Option<String>,
}

/// The answer to getAddress.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct AddressAnswer {
    /// The wallet.
    pub wallet: Option<CustomerWallet>,
}

/// Asks for a page of the deposits in a time span, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct QueryDeposits {
    /// From when on, in milliseconds since 1970.
    pub start_time: u64,
    /// Until when, in milliseconds since 1970.
    pub end_time: u64,
    /// Which page.
    pub page_param: PageParam,
}

/// A page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PageParam {
    /// The first page is 0.
    pub number: u32,
    /// How many deposits a page has.
    pub size: u32,
}

/// A deposit to a customer's address (spec 3.1.3).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CustomerDepositOrder {
    /// The merchant's id of the customer.
    pub customer_id: Option<String>,
    /// BonusPay's number.
    pub order_no: Option<String>,
    /// `CREATED`: seen on the chain. `SUCCESS`: confirmed.
    pub status: Option<String>,
    /// The transaction.
    pub tx_hash: Option<String>,
    /// `CTOPUP`.
    pub product: Option<String>,
    /// What arrived.
    pub deposit_amount: Option<Money>,
    /// What BonusPay keeps.
    pub fee: Option<Money>,
    /// What the merchant gets.
    pub settled_amount: Option<Money>,
    /// When it was confirmed, in milliseconds since 1970.
    pub confirmed_time: Option<u64>,
    /// The network.
    pub network: Option<String>,
}

impl CustomerDepositOrder {
    /// What the status means.
    pub fn state(&self) -> State {
        OrderKey::CustomerDeposit.state(self.status.as_deref())
    }
}

/// The answer to getCustomerDepositOrder.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DepositAnswer {
    /// The deposit.
    pub customer_deposit_order: Option<CustomerDepositOrder>,
}

/// The answer to queryCustomerDepositOrderPage.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DepositsAnswer {
    /// The page.
    pub customer_deposit_order_page: Option<DepositPage>,
}

/// A page of deposits (spec 3.1.2).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DepositPage {
    /// The deposits, the newest first.
    #[serde(default)]
    pub items: Vec<CustomerDepositOrder>,
    /// How many deposits there are on all pages.
    pub total_elements: Option<u64>,
    /// How many pages there are.
    pub total_pages: Option<u64>,
}
