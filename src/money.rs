//! Exact amounts: the JSON number grammar in, plain digits out, never a float, never a rounding.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{Error, ErrorKind};

/// An exact decimal amount with the scale it was written with: `0.13000000` keeps its zeros, `0E-8` is `0.00000000`.
///
/// Equality and order are those of the values: 12.81 equals 12.810.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(Decimal);

/// `{"amount", "currency"}` (spec 2.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// How much.
    pub amount: Amount,
    /// Of what: `USDT`, `ETH`, `EUR`.
    pub currency: String,
}

impl Money {
    /// An amount of a currency: `Money::new("12.81", "USDT")`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`] when the amount is not a decimal number.
    pub fn new(amount: &str, currency: impl Into<String>) -> Result<Self, Error> {
        Ok(Self { amount: Amount::parse(amount)?, currency: currency.into() })
    }
}

/// More decimals than these the type does not hold.
const SCALE_MAX: i64 = 28;

impl Amount {
    /// Reads the text of a JSON number: `12.81`, `0E-8`, `1281E-2`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`] when the text is not exactly a JSON number (`+1`, `01`, `1.`, `.5`, ` 1`, `1_0`),
    /// or has more digits than the type holds (28 decimals, 28 digits in all): nothing is ever rounded.
    pub fn parse(text: &str) -> Result<Self, Error> {
        Self::exact(text).map_err(|reason| Error::local(ErrorKind::InvalidArgument, reason))
    }

    pub(crate) fn exact(text: &str) -> Result<Self, &'static str> {
        const NOT_A_NUMBER: &str = "not a decimal number; write digits with a point, such as 12.81";
        const TOO_MANY_DIGITS: &str = "more digits than can be held exactly (28); nothing is rounded";

        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (digits, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, Some(exponent)),
            None => (unsigned, None),
        };
        let (whole, fraction) = match digits.split_once('.') {
            Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
            Some(_) => return Err(NOT_A_NUMBER),
            None => (digits, ""),
        };
        let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty()
            || (whole.len() > 1 && whole.starts_with('0'))
            || !all_digits(whole)
            || !all_digits(fraction)
        {
            return Err(NOT_A_NUMBER);
        }
        let exponent: i64 = match exponent {
            None => 0,
            Some(text) => {
                let bare = text.strip_prefix(['+', '-']).unwrap_or(text);
                if bare.is_empty() || !all_digits(bare) {
                    return Err(NOT_A_NUMBER);
                }
                // The longest meaningful exponent has two digits; leading zeros are allowed by the grammar.
                let bare = bare.trim_start_matches('0');
                if bare.len() > 4 {
                    return Err(TOO_MANY_DIGITS);
                }
                let size: i64 = if bare.is_empty() { 0 } else { bare.parse().map_err(|_| NOT_A_NUMBER)? };
                if text.starts_with('-') { -size } else { size }
            }
        };

        let mut mantissa: i128 = 0;
        for digit in whole.bytes().chain(fraction.bytes()) {
            mantissa = mantissa
                .checked_mul(10)
                .and_then(|m| m.checked_add(i128::from(digit - b'0')))
                .ok_or(TOO_MANY_DIGITS)?;
        }
        let mut scale = i64::try_from(fraction.len()).map_err(|_| TOO_MANY_DIGITS)? - exponent;
        while scale < 0 && mantissa != 0 {
            mantissa = mantissa.checked_mul(10).ok_or(TOO_MANY_DIGITS)?;
            scale += 1;
        }
        let scale = scale.max(0);
        if scale > SCALE_MAX {
            return Err(TOO_MANY_DIGITS);
        }
        let scale = u32::try_from(scale).map_err(|_| TOO_MANY_DIGITS)?;
        let signed = if negative { -mantissa } else { mantissa };
        Decimal::try_from_i128_with_scale(signed, scale).map(Self).map_err(|_| TOO_MANY_DIGITS)
    }

    /// Compares the values: 12.81 equals 12.810.
    pub fn compare(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }

    /// Whether it is more than nothing.
    pub fn is_positive(&self) -> bool {
        self.0.is_sign_positive() && !self.0.is_zero()
    }

    /// Whether it is less than nothing.
    pub fn is_negative(&self) -> bool {
        self.0.is_sign_negative() && !self.0.is_zero()
    }

    /// How many decimals the value needs, trailing zeros not counted.
    pub fn decimals(&self) -> u32 {
        self.0.normalize().scale()
    }

    /// How many digits stand before the point.
    pub(crate) fn whole_digits(&self) -> usize {
        self.0.trunc().abs().to_string().len()
    }

    /// The decimal itself, for sums and differences.
    pub fn decimal(&self) -> Decimal {
        self.0
    }
}

impl fmt::Display for Amount {
    /// Plain digits with the scale it was written with; never an exponent.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl FromStr for Amount {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}

impl From<Decimal> for Amount {
    fn from(decimal: Decimal) -> Self {
        Self(decimal)
    }
}

/// As a string of plain digits, as in every document of this library.
impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::exact(&text).map_err(serde::de::Error::custom)
    }
}

/// How many decimals an outgoing amount may have, per currency.
///
/// BonusPay prints 2 for BTC as well (spec 6.6), which would make 12 EUR nothing; 8 is the coin's own scale.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Scales {
    set_by_merchant: BTreeMap<String, u32>,
}

const CRYPTO_SCALES: [(&str, u32); 4] = [("USDT", 2), ("USDC", 2), ("ETH", 6), ("BTC", 8)];

/// ISO 4217's exceptions from two minor digits, for amounts of ordinary money in `refAmount`.
const FIAT_WITHOUT_MINOR: [&str; 16] =
    ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"];
const FIAT_WITH_THREE: [&str; 7] = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];
const OTHER_CRYPTO_SCALE: u32 = 8;
const FIAT_SCALE: u32 = 2;

impl Scales {
    pub(crate) fn set(&mut self, currency: &str, scale: u32) {
        self.set_by_merchant.insert(currency.to_owned(), scale);
    }

    pub(crate) fn set_by_merchant(&self, currency: &str) -> Option<u32> {
        self.set_by_merchant.get(currency).copied()
    }

    /// Of an amount in a coin.
    pub(crate) fn of_coin(&self, currency: &str) -> u32 {
        let documented = || CRYPTO_SCALES.iter().find(|(code, _)| *code == currency).map(|(_, scale)| *scale);
        self.set_by_merchant(currency).or_else(documented).unwrap_or(OTHER_CRYPTO_SCALE)
    }

    /// Of an amount in any currency, coins and ordinary money.
    pub(crate) fn of_any(&self, currency: &str) -> u32 {
        if let Some(scale) = self.set_by_merchant(currency) {
            return scale;
        }
        if CRYPTO_SCALES.iter().any(|(code, _)| *code == currency) {
            return self.of_coin(currency);
        }
        if FIAT_WITHOUT_MINOR.contains(&currency) {
            0
        } else if FIAT_WITH_THREE.contains(&currency) {
            3
        } else {
            FIAT_SCALE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        Amount::parse(text).unwrap().to_string()
    }

    #[test]
    fn the_whole_number_grammar_comes_in_and_plain_digits_go_out() {
        for (text, digits) in [
            ("12.81", "12.81"),
            ("0E-8", "0.00000000"),
            ("1281E-2", "12.81"),
            ("1e-8", "0.00000001"),
            ("1E+2", "100"),
            ("0.13000000", "0.13000000"),
            ("0", "0"),
            ("-0", "0"),
            ("-0.00", "0.00"),
            ("-12.81", "-12.81"),
            ("1.5e1", "15"),
            ("1.50e1", "15.0"),
            ("0e5", "0"),
            ("1E0000000000000000001", "10"),
            ("9007199254740993.00000001", "9007199254740993.00000001"),
            ("12.8054", "12.8054"),
        ] {
            assert_eq!(plain(text), digits, "{text}");
        }
    }

    #[test]
    fn what_the_grammar_does_not_allow_is_an_error() {
        for text in [
            "",
            " ",
            "1_0",
            "+1",
            "01",
            "1.",
            ".5",
            "0x10",
            "NaN",
            " 1",
            "1 ",
            "１２",
            "12,81",
            "12.81 USDT",
            "1e",
            "1e+",
            "-",
            "--1",
            "1.2.3",
            "1e1.5",
            "00",
            "-01",
            "1\0",
            "Infinity",
            "1e 5",
        ] {
            assert!(Amount::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn more_digits_than_the_type_holds_is_an_error_and_never_a_rounding() {
        for text in [
            "12.80540000000000000000000000000001",
            "1e400",
            "1e1000000000",
            "1e99999999999999999999999",
            "1e-29",
            "0E-29",
            "79228162514264337593543950336",
            "123456789012345678901234567890",
            &"9".repeat(10_000),
            &format!("0.{}1", "0".repeat(100_000)),
        ] {
            assert!(Amount::parse(text).is_err(), "{}", text.len());
        }
        assert_eq!(plain("79228162514264337593543950335"), "79228162514264337593543950335");
        assert_eq!(plain("0.0000000000000000000000000001"), "0.0000000000000000000000000001");
    }

    #[test]
    fn comparing_is_exact() {
        let cmp = |a: &str, b: &str| Amount::parse(a).unwrap().compare(&Amount::parse(b).unwrap());
        assert_eq!(cmp("12.81", "12.810000"), Ordering::Equal);
        assert_eq!(cmp("12.81", "1281E-2"), Ordering::Equal);
        assert_eq!(cmp("12.80999999", "12.81"), Ordering::Less);
        assert_eq!(cmp("12.80540000000000000001", "12.8054"), Ordering::Greater);
        assert_eq!(cmp("0", "-0.0"), Ordering::Equal);
        let sum = Amount::parse("0.1").unwrap().decimal() + Amount::parse("0.2").unwrap().decimal();
        assert_eq!(Amount::from(sum), Amount::parse("0.3").unwrap());
    }

    /// The oracle is schoolbook: shift the digits by hand, with no number type at all.
    #[test]
    fn random_texts_agree_with_digits_moved_by_hand() {
        let mut seed: u64 = 0x9e37_79b9_7f4a_7c15;
        let mut next = move |below: u64| {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            seed % below
        };
        let (mut read, mut refused) = (0, 0);
        for _ in 0..20_000 {
            let whole = if next(3) == 0 {
                "0".to_owned()
            } else {
                format!(
                    "{}{}",
                    1 + next(9),
                    (0..next(20)).map(|_| char::from(b'0' + next(10) as u8)).collect::<String>()
                )
            };
            let fraction: String = (0..next(22)).map(|_| char::from(b'0' + next(10) as u8)).collect();
            let exponent = next(41) as i64 - 20;
            let text = format!("{whole}{}{fraction}e{exponent}", if fraction.is_empty() { "" } else { "." });
            let mut digits = format!("{whole}{fraction}");
            let mut point = whole.len() as i64 + exponent;
            while point <= 0 {
                digits.insert(0, '0');
                point += 1;
            }
            while (digits.len() as i64) < point {
                digits.push('0');
            }
            let (before, after) = digits.split_at(point as usize);
            let before = match before.trim_start_matches('0') {
                "" => "0",
                rest => rest,
            };
            let by_hand = if after.is_empty() { before.to_owned() } else { format!("{before}.{after}") };
            match Amount::parse(&text) {
                Ok(amount) => {
                    read += 1;
                    assert_eq!(amount.to_string(), by_hand, "{text}");
                }
                Err(_) => {
                    refused += 1;
                    let significant = format!("{before}{after}").trim_start_matches('0').len();
                    assert!(significant > 28 || after.len() > 28, "{text}");
                }
            }
        }
        assert!(read > 5_000 && refused > 500, "{read} {refused}");
    }

    #[test]
    fn scales_by_currency() {
        let mut scales = Scales::default();
        scales.set("BTC", 2);
        assert_eq!(scales.of_coin("BTC"), 2);
        let scales = Scales::default();
        let coins = ["USDT", "USDC", "ETH", "BTC"].map(|c| scales.of_coin(c));
        assert_eq!(coins, [2, 2, 6, 8]);
        let any = ["JPY", "EUR", "KWD", "INR", "ETH"].map(|c| scales.of_any(c));
        assert_eq!(any, [0, 2, 3, 2, 6]);
    }
}
