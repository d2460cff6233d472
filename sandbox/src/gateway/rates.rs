//! What is asked of coins: their networks, their rates.

use serde_json::{Value, json};

use super::fields::Fields;
use super::refusal::{Code, Refusal};
use crate::money::{Currency, Money, SMALLEST, Style};
use crate::network::Network;

/// getNetworks.
pub(super) fn networks(biz: &Fields<'_>) -> Result<Value, Refusal> {
    let coin = biz.coin("assetCode")?;
    let network = |network: Network| {
        json!({
            "network": network.code(),
            "name": network.name(),
            "addressRegex": network.address_regex(),
            "digit": coin.scale(),
            "withdrawMin": Style::Answer.number(coin.smallest_transfer()),
            "fee": Money::new(coin.withdrawal_fee(), coin).document(Style::Answer),
        })
    };
    let networks: Vec<Value> = Network::of_coin(coin).into_iter().map(network).collect();
    Ok(json!({"networks": networks}))
}

/// getFxrate. Buying and selling cost the same.
pub(super) fn rate(biz: &Fields<'_>) -> Result<Value, Refusal> {
    let pair = biz.required_text("currencyPair", 32)?;
    let direction = biz.required_text("direction", 32)?;
    if !matches!(direction.as_str(), "BUY" | "SELL") {
        return Err(Refusal::parameter("direction: must be BUY or SELL"));
    }
    let (one, other) = pair.split_once('_').ok_or_else(|| Refusal::parameter("currencyPair: must be like USDT_INR"))?;
    let rate = Currency::from_code(one).zip(Currency::from_code(other)).map(|(one, other)| one.rate_in(other));
    let rate = rate.filter(|rate| *rate >= SMALLEST);
    let rate = rate.ok_or_else(|| Refusal::new(Code::CurrencyCodeNotSupported, format!("currencyPair: no {pair}")))?;
    Ok(json!({"currencyPair": pair, "direction": direction, "fxrate": Style::Answer.number(rate)}))
}
