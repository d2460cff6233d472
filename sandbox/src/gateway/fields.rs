//! Reading the fields of a request's `bizContent`: the documented types and lengths, or a refusal that names the field.

use serde_json::{Map, Value};

use super::refusal::{Code, Refusal};
use crate::money::{Amount, AmountError, Currency, Money, SMALLEST};
use crate::network::Network;

/// An object of the request, with the path that leads to it.
pub struct Fields<'a> {
    map: &'a Map<String, Value>,
    path: String,
}

impl<'a> Fields<'a> {
    /// The fields of `bizContent` itself.
    pub fn new(map: &'a Map<String, Value>) -> Self {
        Self { map, path: String::new() }
    }

    /// "If the value of a request parameter is empty, it will not be processed": null and "" count as absent.
    fn value(&self, name: &str) -> Option<&'a Value> {
        self.map.get(name).filter(|value| !value.is_null() && value.as_str() != Some(""))
    }

    fn wrong(&self, name: &str, what: &str) -> Refusal {
        Refusal::parameter(format!("{}{name}: {what}", self.path))
    }

    /// A text of at most `max` characters.
    pub fn text(&self, name: &str, max: usize) -> Result<Option<String>, Refusal> {
        let Some(value) = self.value(name) else {
            return Ok(None);
        };
        let text = value.as_str().ok_or_else(|| self.wrong(name, "must be a string"))?;
        if text.chars().count() > max {
            return Err(self.wrong(name, &format!("longer than {max} characters")));
        }
        Ok(Some(text.to_owned()))
    }

    /// A text that must be there.
    pub fn required_text(&self, name: &str, max: usize) -> Result<String, Refusal> {
        self.text(name, max)?.ok_or_else(|| self.wrong(name, "is missing"))
    }

    /// A merchant's own number: letters, digits, `-` and `_`, at most 64.
    pub fn merchant_number(&self, name: &str) -> Result<String, Refusal> {
        let number = self.required_text(name, 64)?;
        if !number.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_') {
            return Err(self.wrong(name, "may hold letters, digits, - and _ only"));
        }
        Ok(number)
    }

    /// Exactly one of two names, as OrderIndexRequest and its like want it.
    pub fn one_of(&self, first: (&str, usize), second: (&str, usize)) -> Result<(bool, String), Refusal> {
        match (self.text(first.0, first.1)?, self.text(second.0, second.1)?) {
            (Some(text), None) => Ok((true, text)),
            (None, Some(text)) => Ok((false, text)),
            _ => Err(self.wrong(first.0, &format!("exactly one of it and {} is wanted", second.0))),
        }
    }

    /// An absolute http or https URL of at most `max` characters.
    pub fn url(&self, name: &str, max: usize) -> Result<Option<String>, Refusal> {
        let Some(text) = self.text(name, max)? else {
            return Ok(None);
        };
        let uri: hyper::Uri = text.parse().map_err(|_| self.wrong(name, "is not a URL"))?;
        if !matches!(uri.scheme_str(), Some("http" | "https")) || uri.host().is_none_or(str::is_empty) {
            return Err(self.wrong(name, "must be an http or https URL"));
        }
        Ok(Some(text))
    }

    /// A Timestamp(3): milliseconds, an integer.
    pub fn timestamp(&self, name: &str) -> Result<Option<i64>, Refusal> {
        let Some(value) = self.value(name) else {
            return Ok(None);
        };
        // Within fourteen digits no sum of two times can overflow.
        let time = value.as_i64().filter(|time| (0..100_000_000_000_000).contains(time));
        time.map(Some).ok_or_else(|| self.wrong(name, "must be an integer of milliseconds"))
    }

    /// A Timestamp(3) that must be there.
    pub fn required_timestamp(&self, name: &str) -> Result<i64, Refusal> {
        self.timestamp(name)?.ok_or_else(|| self.wrong(name, "is missing"))
    }

    /// A whole number, from `least` on, that must be there.
    pub fn count(&self, name: &str, least: u32) -> Result<u32, Refusal> {
        let value = self.value(name).ok_or_else(|| self.wrong(name, "is missing"))?;
        let count = value.as_u64().and_then(|count| u32::try_from(count).ok()).filter(|count| *count >= least);
        count.ok_or_else(|| self.wrong(name, &format!("must be a whole number from {least} on")))
    }

    /// A list of texts; an empty one counts as absent.
    pub fn texts(&self, name: &str) -> Result<Vec<&'a str>, Refusal> {
        let Some(value) = self.value(name) else {
            return Ok(Vec::new());
        };
        let items = value.as_array().map(|items| items.iter().map(Value::as_str).collect::<Option<Vec<_>>>());
        items.flatten().ok_or_else(|| self.wrong(name, "must be a list of strings"))
    }

    /// A coin by its code.
    pub fn coin(&self, name: &str) -> Result<Currency, Refusal> {
        let code = self.required_text(name, 32)?;
        let unsupported =
            || Refusal::new(Code::CurrencyCodeNotSupported, format!("{}{name}: no coin {code:?}", self.path));
        Currency::coin_from_code(&code).ok_or_else(unsupported)
    }

    /// A chain that carries a coin.
    pub fn network(&self, name: &str, max: usize, coin: Currency) -> Result<Network, Refusal> {
        let code = self.required_text(name, max)?;
        let network = Network::from_code(&code).ok_or_else(|| self.wrong(name, &format!("no chain {code:?}")))?;
        if !network.carries(coin) {
            return Err(self.wrong(name, &format!("{} does not run on {code}", coin.code())));
        }
        Ok(network)
    }

    /// An object inside this one.
    pub fn object(&self, name: &str) -> Result<Option<Fields<'a>>, Refusal> {
        let Some(value) = self.value(name) else {
            return Ok(None);
        };
        let map = value.as_object().ok_or_else(|| self.wrong(name, "must be an object"))?;
        Ok(Some(Fields { map, path: format!("{}{name}.", self.path) }))
    }

    /// An object that is kept as it came.
    pub fn document(&self, name: &str) -> Result<Option<Value>, Refusal> {
        self.object(name)?;
        Ok(self.value(name).cloned())
    }

    /// A Money object: a positive JSON number and a currency of the list.
    pub fn money(&self, name: &str) -> Result<Option<Money>, Refusal> {
        let Some(fields) = self.object(name)? else {
            return Ok(None);
        };
        let Some(Value::Number(number)) = fields.value("amount") else {
            return Err(fields.wrong("amount", "must be a JSON number"));
        };
        let code = fields.required_text("currency", 32)?;
        let currency = Currency::from_code(&code)
            .ok_or_else(|| Refusal::new(Code::CurrencyCodeNotSupported, format!("{}currency", fields.path)))?;
        let amount = match Amount::parse(number.as_str()) {
            Ok(amount) => amount,
            Err(AmountError::TooPrecise) => return Err(fields.imprecise()),
            Err(_) => return Err(fields.wrong("amount", "is not a Decimal(12,8)")),
        };
        if amount < SMALLEST {
            return Err(fields.wrong("amount", &format!("must be at least {SMALLEST}")));
        }
        if amount.whole_digits() > 12 {
            return Err(fields.wrong("amount", "more than 12 digits before the point"));
        }
        Ok(Some(Money { amount, currency }))
    }

    /// A Money object with no more decimals than its currency has.
    pub fn money_in_scale(&self, name: &str) -> Result<Option<Money>, Refusal> {
        let Some(money) = self.money(name)? else {
            return Ok(None);
        };
        if money.amount.decimals() > money.currency.scale() {
            return Err(Fields { map: self.map, path: format!("{}{name}.", self.path) }.imprecise());
        }
        Ok(Some(money))
    }

    fn imprecise(&self) -> Refusal {
        Refusal::new(Code::InvalidCurrencyPrecision, format!("{}amount has too many decimals", self.path))
    }
}
