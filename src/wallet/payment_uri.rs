//! What a wallet reads from a QR code.

use crate::error::{Error, ErrorKind};
use crate::money::Amount;
use crate::wallet::address::has_ethereum_form;

const WEI_DECIMALS: usize = 18;
const SATOSHI_DECIMALS: u32 = 8;

/// The text of a payment: BIP-21 for BTC, EIP-681 for ETH on its own network, the bare address for tokens, which
/// wallets have no common form for.
///
/// Both URIs name the main network, on which a wallet pays real coins: for an order of the sandbox, show the address
/// alone.
///
/// `currency` and `network` are BonusPay's codes (`USDT`, `TRON`); `amount` is a decimal number.
///
/// # Errors
/// [`ErrorKind::InvalidArgument`] when a part is empty or ill-formed, or the amount is not positive or finer than the
/// coin.
pub fn payment_uri(currency: &str, network: &str, address: &str, amount: &str) -> Result<String, Error> {
    let code = |name: &str, text: &str| match !text.is_empty()
        && text.len() <= 32
        && text.bytes().all(|b| b.is_ascii_alphanumeric())
    {
        true => Ok(()),
        false => Err(invalid(name, "must be a code such as USDT or TRON")),
    };
    code("currency", currency)?;
    code("network", network)?;
    if address.is_empty() || address.len() > 128 || !address.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Err(invalid("address", "must be a wallet address: letters and digits"));
    }
    let amount = Amount::exact(amount).map_err(|reason| invalid("amount", &format!("is {reason}")))?;
    if !amount.is_positive() {
        return Err(invalid("amount", "must be more than 0"));
    }
    match (currency, network) {
        ("BTC", "BTC") => {
            if amount.decimals() > SATOSHI_DECIMALS {
                return Err(invalid("amount", "is finer than a satoshi (8 decimals)"));
            }
            Ok(format!("bitcoin:{address}?amount={}", amount.decimal().normalize()))
        }
        ("ETH", "ETH") => {
            if !has_ethereum_form(address) {
                return Err(invalid("address", "must be 0x and 40 hexadecimal digits"));
            }
            // Chain 1: a wallet that is set to another chain would send that chain's coin to the same address.
            Ok(format!("ethereum:{address}@1?value={}", wei(&amount)?))
        }
        _ => Ok(address.to_owned()),
    }
}

/// The amount in the smallest unit, by moving digits.
fn wei(amount: &Amount) -> Result<String, Error> {
    let digits = amount.decimal().normalize().to_string();
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    if fraction.len() > WEI_DECIMALS {
        return Err(invalid("amount", "is finer than a wei (18 decimals)"));
    }
    let moved = format!("{whole}{fraction}{}", "0".repeat(WEI_DECIMALS - fraction.len()));
    Ok(moved.trim_start_matches('0').to_owned())
}

fn invalid(field: &str, reason: &str) -> Error {
    Error::local(ErrorKind::InvalidArgument, format!("{field} {reason}")).with_field(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ETH: &str = "0xa4ef81a7d86f365785dd5bcc8e7964fe98155e16";

    #[test]
    fn each_coin_in_the_form_its_wallets_read() {
        let uri = |c, n, a, m| payment_uri(c, n, a, m).unwrap();
        assert_eq!(
            uri("BTC", "BTC", "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7k", "0.00100000"),
            "bitcoin:tb1qw508d6qejxtdg4y5r3zarvary0c5xw7k?amount=0.001"
        );
        assert_eq!(uri("ETH", "ETH", ETH, "1.01"), format!("ethereum:{ETH}@1?value=1010000000000000000"));
        assert_eq!(uri("ETH", "ETH", ETH, "1E-18"), format!("ethereum:{ETH}@1?value=1"));
        assert_eq!(uri("ETH", "ETH", ETH, "100"), format!("ethereum:{ETH}@1?value=100000000000000000000"));
        assert_eq!(
            uri("USDT", "TRON", "TT3afBRdUjLKjYYAAXPoetLTG6Xcqw9ZHb", "12.81"),
            "TT3afBRdUjLKjYYAAXPoetLTG6Xcqw9ZHb"
        );
        assert_eq!(uri("USDC", "ETH", ETH, "1"), ETH);
    }

    #[test]
    fn ill_formed_parts_are_refused_by_name() {
        for (field, result) in [
            ("currency", payment_uri("", "ETH", ETH, "1")),
            ("network", payment_uri("ETH", "E T H", ETH, "1")),
            ("address", payment_uri("ETH", "ETH", "0x12", "1")),
            ("address", payment_uri("BTC", "BTC", "bc1?amount=9&x=", "1")),
            ("amount", payment_uri("BTC", "BTC", "bc1q", "0")),
            ("amount", payment_uri("BTC", "BTC", "bc1q", "-1")),
            ("amount", payment_uri("BTC", "BTC", "bc1q", "0.000000001")),
            ("amount", payment_uri("ETH", "ETH", ETH, "1e-19")),
            ("amount", payment_uri("USDT", "TRON", "T1", "12,81")),
        ] {
            assert_eq!(result.unwrap_err().field(), Some(field));
        }
    }
}
