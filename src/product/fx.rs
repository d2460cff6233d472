//! Fx Rate: what a coin is worth (spec 3.6). Indicative: an order has a rate of its own.

use serde::{Deserialize, Serialize};

use crate::money::Amount;
use crate::protocol::call::{Call, ExpectedAnswer, Idempotency, no_further_check};
use crate::protocol::schema::{Rule, required};

/// Spec 3.6.
pub(crate) const RATE: Call = Call {
    path: "fxrate/getFxrate",
    idempotency: Idempotency::Idempotent,
    fields: &[required("currencyPair", Rule::CurrencyPair), required("direction", Rule::Choice(&["BUY", "SELL"]))],
    exactly_one_of: None,
    validate: no_further_check,
    answer: ExpectedAnswer {
        echoes: &[("/direction", "/direction")],
        flat: Some("fxrate"),
        ..ExpectedAnswer::of("", &["currencyPair"])
    },
};

/// Which side of the trade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub enum Direction {
    /// The coin is bought.
    #[serde(rename = "BUY")]
    Buy,
    /// The coin is sold.
    #[serde(rename = "SELL")]
    Sell,
}

/// Asks for a rate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GetFxRate {
    /// Coin and currency, such as `USDT_INR`.
    pub currency_pair: String,
    /// Which side.
    pub direction: Direction,
}

/// A rate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct FxRate {
    /// Coin and currency.
    pub currency_pair: Option<String>,
    /// `BUY` or `SELL`.
    pub direction: Option<String>,
    /// How much of the currency one coin is.
    pub fxrate: Option<Amount>,
}
