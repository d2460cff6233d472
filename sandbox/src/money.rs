//! Exact amounts: whole hundred-millionths in an `i128`, never a float.

use std::{fmt, io};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::ser::Formatter;
use serde_json::{Value, json};

/// Decimals that an amount can hold; the wire's `Decimal(12,8)` and `Decimal(23,8)` have no more.
pub const SCALE: u32 = 8;
const ONE: i128 = 100_000_000;

/// No amount in an answer is smaller (but for zero): the vendor's client re-serialises answers before it verifies
/// them, and would print a smaller one in exponent form.
pub const SMALLEST: Amount = Amount(10_000);

/// An exact decimal amount with at most eight decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amount(i128);

/// Why a text is not an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountError {
    /// Not a number of JSON's grammar.
    Malformed,
    /// More than eight decimals.
    TooPrecise,
    /// More than fifteen digits before the point.
    TooBig,
}

impl Amount {
    /// Nothing.
    pub const ZERO: Amount = Amount(0);

    /// From hundred-millionths.
    pub const fn from_units(units: i128) -> Self {
        Self(units)
    }

    /// In hundred-millionths.
    pub const fn units(self) -> i128 {
        self.0
    }

    /// Reads a number of JSON's grammar, exponent included, without rounding.
    pub fn parse(text: &str) -> Result<Self, AmountError> {
        let (negative, rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, parse_exponent(exponent)?),
            None => (rest, 0),
        };
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((_, "")) => return Err(AmountError::Malformed),
            Some((whole, fraction)) => (whole, fraction),
            None => (mantissa, ""),
        };
        let leading_zero = whole.len() > 1 && whole.starts_with('0');
        let digits = format!("{whole}{fraction}");
        if whole.is_empty() || leading_zero || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(AmountError::Malformed);
        }
        let significant = digits.trim_start_matches('0').trim_end_matches('0');
        if significant.is_empty() {
            return Ok(Self::ZERO);
        }
        let trailing_zeros = digits.len() - digits.trim_end_matches('0').len();
        let fraction_digits = i64::try_from(fraction.len()).map_err(|_| AmountError::TooPrecise)?;
        let trailing_zeros = i64::try_from(trailing_zeros).map_err(|_| AmountError::TooBig)?;
        // The power of ten of the last significant digit, counted in hundred-millionths.
        let shift = exponent - fraction_digits + trailing_zeros + i64::from(SCALE);
        let shift = u32::try_from(shift).map_err(|_| AmountError::TooPrecise)?;
        if significant.len() + shift as usize > 15 + SCALE as usize {
            return Err(AmountError::TooBig);
        }
        let units = significant.parse::<i128>().map_err(|_| AmountError::TooBig)? * 10_i128.pow(shift);
        Ok(Self(if negative { -units } else { units }))
    }

    /// How many decimals it needs.
    pub fn decimals(self) -> u32 {
        let mut units = self.0;
        let mut decimals = SCALE;
        while decimals > 0 && units % 10 == 0 {
            units /= 10;
            decimals -= 1;
        }
        decimals
    }

    /// How many digits stand before the point.
    pub fn whole_digits(self) -> usize {
        (self.0.abs() / ONE).to_string().len()
    }

    /// The multiple of the last place of `scale` that is not above it.
    pub fn floor_to(self, scale: u32) -> Self {
        let step = 10_i128.pow(SCALE.saturating_sub(scale));
        Self(self.0 - self.0.rem_euclid(step))
    }

    /// As `java.math.BigDecimal.toString` writes it at scale 8: `0.13000000`, zero as `0E-8`.
    pub fn java_text(self) -> String {
        let digits = self.0.abs().to_string();
        let sign = if self.0 < 0 { "-" } else { "" };
        // toString turns to exponents as soon as the first digit stands more than six places behind the point.
        if digits.len() > 2 {
            let padded = format!("{digits:0>9}");
            let (whole, fraction) = padded.split_at(padded.len() - SCALE as usize);
            return format!("{sign}{whole}.{fraction}");
        }
        match digits.split_at(1) {
            (first, "") => format!("{sign}{first}E-8"),
            (first, second) => format!("{sign}{first}.{second}E-7"),
        }
    }
}

fn parse_exponent(text: &str) -> Result<i64, AmountError> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(AmountError::Malformed);
    }
    let size: i64 = digits.parse().unwrap_or(i64::MAX).min(1_000_000);
    Ok(if text.starts_with('-') { -size } else { size })
}

impl fmt::Display for Amount {
    /// The shortest plain form: `12.81`, `1`, `0`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let whole = self.0.abs() / ONE;
        let fraction = self.0.abs() % ONE;
        if fraction == 0 {
            return write!(f, "{sign}{whole}");
        }
        let fraction = format!("{fraction:08}");
        write!(f, "{sign}{whole}.{}", fraction.trim_end_matches('0'))
    }
}

impl std::ops::Add for Amount {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl std::ops::Sub for Amount {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl std::iter::Sum for Amount {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, |sum, amount| sum + amount)
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(|_| de::Error::custom("not an amount"))
    }
}

/// How amounts are written in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Answers: the shortest plain form.
    Answer,
    /// Notifications: eight decimals, as Java writes them.
    Notification,
}

impl Style {
    /// The JSON number of an amount, exactly as this style spells it.
    pub fn number(self, amount: Amount) -> Value {
        let text = match self {
            Style::Answer => amount.to_string(),
            Style::Notification => amount.java_text(),
        };
        // Both styles write numbers of JSON's grammar, so the reading cannot fail.
        text.parse().map_or(Value::Null, Value::Number)
    }

    /// The text of a document whose amounts were written in this style.
    pub fn text(self, document: &Value) -> String {
        if self == Style::Answer {
            return document.to_string();
        }
        let mut text = Vec::new();
        let mut serializer = serde_json::Serializer::with_formatter(&mut text, JavaExponents);
        // Writing a Value into memory cannot fail, and gives UTF-8.
        let written = document.serialize(&mut serializer);
        written.ok().and_then(|()| String::from_utf8(text).ok()).unwrap_or_default()
    }

    /// Rewrites each Money object inside a document that is only echoed.
    pub fn restyle(self, document: &mut Value) {
        match document {
            Value::Array(items) => items.iter_mut().for_each(|item| self.restyle(item)),
            Value::Object(fields) => {
                let is_money = fields.get("currency").is_some_and(Value::is_string);
                if let Some(Value::Number(number)) = fields.get("amount").filter(|_| is_money)
                    && let Ok(amount) = Amount::parse(number.as_str())
                {
                    fields.insert("amount".into(), self.number(amount));
                }
                fields.values_mut().for_each(|field| self.restyle(field));
            }
            _ => {}
        }
    }
}

/// Compact JSON with a capital E: serde_json keeps `0E-8` as `0e-8`.
struct JavaExponents;

impl Formatter for JavaExponents {
    fn write_number_str<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: &str) -> io::Result<()> {
        writer.write_all(value.replace('e', "E").as_bytes())
    }
}

/// What can be paid with or priced in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs)]
pub enum Currency {
    Usdt,
    Usdc,
    Eth,
    Btc,
    Usd,
    Eur,
    Gbp,
    Inr,
    Jpy,
}

impl Currency {
    const ALL: [Currency; 9] = [
        Currency::Usdt,
        Currency::Usdc,
        Currency::Eth,
        Currency::Btc,
        Currency::Usd,
        Currency::Eur,
        Currency::Gbp,
        Currency::Inr,
        Currency::Jpy,
    ];

    /// What orders can be paid in.
    pub const COINS: [Currency; 4] = [Currency::Usdt, Currency::Usdc, Currency::Eth, Currency::Btc];

    /// By its code, which is case-sensitive.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|currency| currency.code() == code)
    }

    /// A coin by its code.
    pub fn coin_from_code(code: &str) -> Option<Self> {
        Self::from_code(code).filter(|currency| currency.is_coin())
    }

    /// The code on the wire.
    pub fn code(self) -> &'static str {
        match self {
            Currency::Usdt => "USDT",
            Currency::Usdc => "USDC",
            Currency::Eth => "ETH",
            Currency::Btc => "BTC",
            Currency::Usd => "USD",
            Currency::Eur => "EUR",
            Currency::Gbp => "GBP",
            Currency::Inr => "INR",
            Currency::Jpy => "JPY",
        }
    }

    /// Whether orders can be paid in it.
    pub fn is_coin(self) -> bool {
        Self::COINS.contains(&self)
    }

    /// Decimals that a request may use.
    pub fn scale(self) -> u32 {
        match self {
            Currency::Eth => 6,
            Currency::Btc => 8,
            Currency::Jpy => 0,
            _ => 2,
        }
    }

    /// Its price in US dollars, as a fraction.
    fn price_in_usd(self) -> (i128, i128) {
        match self {
            Currency::Usdt | Currency::Usdc | Currency::Usd => (1, 1),
            Currency::Eth => (2_500, 1),
            Currency::Btc => (60_000, 1),
            Currency::Eur => (100, 92),
            Currency::Gbp => (100, 79),
            Currency::Inr => (10, 835),
            Currency::Jpy => (1, 150),
        }
    }

    /// What one of it is worth in another currency, rounded to eight decimals.
    pub fn rate_in(self, other: Currency) -> Amount {
        let (from_numerator, from_denominator) = self.price_in_usd();
        let (to_numerator, to_denominator) = other.price_in_usd();
        let (numerator, denominator) = (ONE * from_numerator * to_denominator, from_denominator * to_numerator);
        Amount((2 * numerator + denominator).div_euclid(2 * denominator))
    }

    /// What a merchant has of each coin at the start.
    pub fn opening_balance(self) -> Amount {
        match self {
            Currency::Usdt | Currency::Usdc => Amount(10_000 * ONE),
            Currency::Eth => Amount(10 * ONE),
            Currency::Btc => Amount(ONE),
            _ => Amount::ZERO,
        }
    }

    /// The smallest deposit to a customer's address, and the smallest withdrawal.
    pub fn smallest_transfer(self) -> Amount {
        match self {
            Currency::Eth => Amount(100_000),
            Currency::Btc => SMALLEST,
            _ => Amount(ONE),
        }
    }

    /// What a withdrawal or a transfer costs the merchant, on top of what the receiver gets.
    pub fn withdrawal_fee(self) -> Amount {
        match self {
            Currency::Eth => Amount(50_000),
            Currency::Btc => SMALLEST,
            _ => Amount(ONE),
        }
    }

    /// The smallest amount of a coin that can be settled in fiat money.
    pub fn smallest_settlement(self) -> Amount {
        match self {
            Currency::Eth => Amount(1_000_000),
            Currency::Btc => Amount(100_000),
            _ => Amount(10 * ONE),
        }
    }

    /// What a refund costs the merchant, on top of the amount refunded.
    pub fn refund_fee(self) -> Amount {
        match self {
            Currency::Usdt | Currency::Usdc => Amount(10_000_000),
            _ => SMALLEST,
        }
    }
}

/// An amount of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// How much.
    pub amount: Amount,
    /// Of what.
    pub currency: Currency,
}

impl Money {
    /// `amount` of `currency`.
    pub fn new(amount: Amount, currency: Currency) -> Self {
        Self { amount, currency }
    }

    /// The wire's Money object.
    pub fn document(self, style: Style) -> Value {
        json!({"amount": style.number(self.amount), "currency": self.currency.code()})
    }

    /// What the gateway keeps of a payment: 0.5 %, rounded down to the coin's scale, nothing if that is too little to
    /// tell.
    pub fn service_fee(self) -> Money {
        let half_percent = Amount(self.amount.0 * 5 / 1000).floor_to(self.currency.scale());
        Money::new(if half_percent < SMALLEST { Amount::ZERO } else { half_percent }, self.currency)
    }

    /// The same worth in another currency, rounded down to its scale.
    pub fn worth_in(self, other: Currency) -> Money {
        let (from_numerator, from_denominator) = self.currency.price_in_usd();
        let (to_numerator, to_denominator) = other.price_in_usd();
        let units = self.amount.0 * from_numerator * to_denominator / (from_denominator * to_numerator);
        Money::new(Amount(units).floor_to(other.scale()), other)
    }

    /// The same worth in a coin, rounded up to the coin's scale.
    pub fn in_coin(self, coin: Currency) -> Money {
        let (from_numerator, from_denominator) = self.currency.price_in_usd();
        let (to_numerator, to_denominator) = coin.price_in_usd();
        let step = 10_i128.pow(SCALE - coin.scale());
        let numerator = self.amount.0 * from_numerator * to_denominator;
        let denominator = from_denominator * to_numerator * step;
        let steps = numerator.div_euclid(denominator) + i128::from(numerator.rem_euclid(denominator) != 0);
        Money::new(Amount(steps * step), coin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(text: &str) -> Amount {
        Amount::parse(text).unwrap_or(Amount(-1))
    }

    #[test]
    fn reads_the_whole_number_grammar_and_nothing_else() {
        for (text, plain) in [
            ("12.81", "12.81"),
            ("12.810", "12.81"),
            ("1281E-2", "12.81"),
            ("0E-8", "0"),
            ("1e+2", "100"),
            ("-3.5", "-3.5"),
            ("0.00000001", "0.00000001"),
            ("0e999999999999", "0"),
        ] {
            assert_eq!(Amount::parse(text).map(|a| a.to_string()), Ok(plain.to_owned()), "{text}");
        }
        for text in ["", "-", "+1", "01", "1.", ".5", "1_0", "0x10", "NaN", " 1", "1 ", "1e", "1e+", "１"] {
            assert_eq!(Amount::parse(text), Err(AmountError::Malformed), "{text}");
        }
        assert_eq!(Amount::parse("0.000000001"), Err(AmountError::TooPrecise));
        assert_eq!(Amount::parse("1e-1000000000000"), Err(AmountError::TooPrecise));
        assert_eq!(Amount::parse("1e400"), Err(AmountError::TooBig));
        assert_eq!(Amount::parse("1000000000000000"), Err(AmountError::TooBig));
    }

    #[test]
    fn writes_what_java_writes() {
        for (text, java) in [
            ("0.13", "0.13000000"),
            ("0", "0E-8"),
            ("12.81", "12.81000000"),
            ("0.00000123", "0.00000123"),
            ("0.00000012", "1.2E-7"),
            ("0.00000005", "5E-8"),
        ] {
            assert_eq!(amount(text).java_text(), java, "{text}");
        }
    }

    #[test]
    fn rates_and_worth_are_those_of_the_table() {
        let rate = |from: Currency, to| from.rate_in(to).to_string();
        assert_eq!(rate(Currency::Usdt, Currency::Inr), "83.5");
        assert_eq!(rate(Currency::Inr, Currency::Usdt), "0.01197605");
        assert_eq!(rate(Currency::Btc, Currency::Jpy), "9000000");
        assert_eq!(rate(Currency::Eth, Currency::Eur), "2300");
        let worth = |text, coin, fiat| Money::new(amount(text), coin).worth_in(fiat).amount.to_string();
        assert_eq!(worth("10.01", Currency::Usdt, Currency::Eur), "9.2");
        assert_eq!(worth("0.001", Currency::Btc, Currency::Jpy), "9000");
    }

    #[test]
    fn converts_rounding_up() {
        let in_coin = |text, from, coin| Money::new(amount(text), from).in_coin(coin).amount.to_string();
        assert_eq!(in_coin("100000", Currency::Inr, Currency::Usdt), "1197.61");
        assert_eq!(in_coin("0.92", Currency::Eur, Currency::Usdt), "1");
        assert_eq!(in_coin("10", Currency::Eur, Currency::Usdc), "10.87");
        assert_eq!(in_coin("150", Currency::Jpy, Currency::Eth), "0.0004");
        assert_eq!(in_coin("1", Currency::Usd, Currency::Btc), "0.00001667");
    }
}
