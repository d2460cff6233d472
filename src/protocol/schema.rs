//! What the documents allow in a request, as tables: every product's fields stand in one of these.
//!
//! A request is checked whole before anything is sent: an unknown field is a misspelling, and a misspelling
//! of `totalAmount` must not become an order without an amount.

use crate::error::{Error, ErrorKind};
use crate::money::{Amount, Scales};
use crate::protocol::json::{Value, escape_step};
use crate::url::check_web_url;

/// One field of a request.
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
    pub(crate) rule: Rule,
}

pub(crate) const fn required(name: &'static str, rule: Rule) -> Field {
    Field { name, required: true, rule }
}

pub(crate) const fn optional(name: &'static str, rule: Rule) -> Field {
    Field { name, required: false, rule }
}

/// What a field may hold.
pub(crate) enum Rule {
    /// An order number made by the merchant (spec 2.3): letters, digits, `-`, `_`, at most 64.
    MerchantOrderNo,
    /// A number made by BonusPay: letters, digits, `-`, `_`, at most 32.
    OrderNo,
    /// Text of at most so many characters.
    Text(usize),
    /// A code of letters, digits, `-`, `_`, of at most so many characters.
    Code(usize),
    /// One of these texts.
    Choice(&'static [&'static str]),
    /// An absolute http or https URL of at most 200 characters.
    Url,
    /// An e-mail address of at most so many characters.
    Email(usize),
    /// A wallet address of at most so many characters.
    Address(usize),
    /// Unix time in milliseconds, as a JSON integer.
    Time,
    /// A positive amount in a coin, in the coin's scale.
    CoinMoney,
    /// A positive amount in any currency, in the currency's scale.
    AnyMoney,
    /// A decimal number of at most so many decimals, not negative.
    Decimal(u32),
    /// An object of these fields.
    Object(&'static [Field]),
    /// A currency code in capitals.
    Currency,
    /// Two currency codes joined by `_`, such as `USDT_INR`.
    CurrencyPair,
    /// A whole number from this one on.
    Count(u32),
    /// A list of codes of at most so many characters, not empty.
    Codes(usize),
    /// An object that another rule looks into.
    AnyObject,
}

/// Amounts have at most so many digits before the point (spec 6.8).
const WHOLE_DIGITS_MAX: usize = 12;
const URL_MAX: usize = 200;

/// Checks an object against its fields, and gives it as it goes on the wire: amounts as numbers in plain
/// digits, members that are `null` left out.
pub(crate) fn check(value: &Value, fields: &[Field], scales: &Scales, path: &str) -> Result<Value, Error> {
    let members = members(value, path)?;
    for (name, _) in members {
        if !fields.iter().any(|field| field.name == name) {
            return Err(invalid(&below(path, name), &unknown(name, fields)));
        }
    }
    let given = |field: &Field| matches!(value.member(field.name), Some(member) if *member != Value::Null);
    if let Some(missing) = fields.iter().find(|field| field.required && !given(field)) {
        return Err(invalid(&below(path, missing.name), "is required"));
    }
    let mut wire = Vec::with_capacity(members.len());
    for (name, member) in members {
        if let (Some(field), true) = (fields.iter().find(|field| field.name == name), *member != Value::Null) {
            wire.push((name.clone(), check_member(member, &field.rule, scales, &below(path, name))?));
        }
    }
    Ok(Value::Object(wire))
}

/// An object's members. `[]` has none: PHP writes an empty array so, whatever it stands for.
fn members<'a>(value: &'a Value, path: &str) -> Result<&'a [(String, Value)], Error> {
    match value {
        Value::Object(members) => Ok(members),
        Value::List(items) if items.is_empty() => Ok(&[]),
        Value::List(_) => {
            Err(invalid(path, "must be an object, not a list; in PHP that is an array with names as keys"))
        }
        other => Err(invalid(path, &format!("must be an object, not {}", other.kind()))),
    }
}

/// A list's items. An object whose names are numbers is a list with gaps, as PHP's `array_filter` leaves them.
fn items(value: &Value) -> Option<Vec<Value>> {
    let is_index = |name: &String| name.parse::<u32>().is_ok_and(|index| index.to_string() == *name);
    match value {
        Value::List(items) => Some(items.clone()),
        Value::Object(members) if members.iter().all(|(name, _)| is_index(name)) => {
            Some(members.iter().map(|(_, item)| item.clone()).collect())
        }
        _ => None,
    }
}

fn check_member(value: &Value, rule: &Rule, scales: &Scales, path: &str) -> Result<Value, Error> {
    let limits = |max: usize| -> Result<&str, Error> { text_of(value, max, path) };
    let coded = |max: usize| -> Result<&str, Error> {
        let text = limits(max)?;
        if !text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_') {
            return Err(invalid(path, "may only hold letters, digits, - and _"));
        }
        Ok(text)
    };
    match rule {
        Rule::MerchantOrderNo => coded(64).map(drop)?,
        Rule::OrderNo => coded(32).map(drop)?,
        Rule::Text(max) => limits(*max).map(drop)?,
        Rule::Code(max) => coded(*max).map(drop)?,
        Rule::Choice(texts) => {
            if !texts.contains(&limits(200)?) {
                return Err(invalid(path, &format!("must be one of {}", texts.join(", "))));
            }
        }
        Rule::Url => {
            // What it leads to is the merchant's own affair.
            check_web_url(limits(URL_MAX)?).map_err(|odd| {
                invalid(path, &format!("must be an absolute http:// or https:// URL; this one {odd}"))
            })?;
        }
        Rule::Email(max) => {
            let text = limits(*max)?;
            let whole = |part: &str| {
                !part.is_empty() && !part.contains(|c: char| c == '@' || c.is_whitespace() || c.is_control())
            };
            if !matches!(text.split_once('@'), Some((name, host)) if whole(name) && whole(host)) {
                return Err(invalid(path, "must be an e-mail address"));
            }
        }
        Rule::Address(max) => {
            if !limits(*max)?.bytes().all(|b| b.is_ascii_graphic()) {
                return Err(invalid(path, "must be a wallet address: printable ASCII without spaces"));
            }
        }
        Rule::Time => {
            let whole = |text: &str| (1..=16).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
            if !matches!(value, Value::Number(text) if whole(text)) {
                return Err(invalid(path, "must be a time in milliseconds since 1970, as a whole number"));
            }
        }
        Rule::Currency => {
            if !is_currency(limits(32)?) {
                return Err(invalid(path, "must be a currency code in capitals, such as USDT or EUR"));
            }
        }
        Rule::CurrencyPair => {
            if !limits(32)?.split_once('_').is_some_and(|(one, other)| is_currency(one) && is_currency(other)) {
                return Err(invalid(path, "must be two currency codes joined by _, such as USDT_INR"));
            }
        }
        Rule::Count(least) => {
            let count = match value {
                Value::Number(text) => text.parse::<u32>().ok().filter(|count| count.to_string() == *text),
                _ => None,
            };
            if count.is_none_or(|count| count < *least) {
                return Err(invalid(path, &format!("must be a whole number from {least} on")));
            }
        }
        Rule::Codes(max) => {
            let codes = items(value).ok_or_else(|| {
                let hint = if matches!(value, Value::Object(_)) { "; in PHP array_values() makes a list" } else { "" };
                invalid(path, &format!("must be a list of codes, not {}{hint}", value.kind()))
            })?;
            if codes.is_empty() {
                return Err(invalid(path, "is an empty list; leave the field out to ask for all"));
            }
            for (at, code) in codes.iter().enumerate() {
                check_member(code, &Rule::Code(*max), scales, &below(path, &at.to_string()))?;
            }
            return Ok(Value::List(codes));
        }
        Rule::CoinMoney => return money(value, path, |currency| scales.of_coin(currency)),
        Rule::AnyMoney => return money(value, path, |currency| scales.of_any(currency)),
        Rule::Decimal(decimals) => {
            let amount = decimal(value, path)?;
            if amount.decimals() > *decimals || amount.is_negative() {
                return Err(invalid(path, &format!("must be a number from 0 with at most {decimals} decimals")));
            }
            return Ok(Value::Number(amount.to_string()));
        }
        Rule::Object(fields) => return check(value, fields, scales, path),
        Rule::AnyObject => return Ok(Value::Object(members(value, path)?.to_vec())),
    }
    Ok(value.clone())
}

fn text_of<'a>(value: &'a Value, max: usize, path: &str) -> Result<&'a str, Error> {
    let Value::Text(text) = value else {
        return Err(invalid(path, &format!("must be a string, not {}", value.kind())));
    };
    let length = text.chars().count();
    if length == 0 {
        return Err(invalid(path, "is empty; leave the field out or give it a value"));
    }
    if length > max {
        return Err(invalid(path, &format!("has {length} characters, the most is {max}")));
    }
    if text.contains('\0') {
        return Err(invalid(path, "holds a NUL character"));
    }
    Ok(text)
}

fn money(value: &Value, path: &str, scale_of: impl Fn(&str) -> u32) -> Result<Value, Error> {
    const FIELDS: &[Field] = &[required("amount", Rule::AnyObject), required("currency", Rule::AnyObject)];
    let Value::Object(members) = value else {
        return Err(invalid(path, &format!("must be an object with amount and currency, not {}", value.kind())));
    };
    if let Some((name, _)) = members.iter().find(|(name, _)| name != "amount" && name != "currency") {
        return Err(invalid(&below(path, name), &unknown(name, FIELDS)));
    }
    let (amount_path, currency_path) = (below(path, "amount"), below(path, "currency"));
    let currency = value.member("currency").ok_or_else(|| invalid(&currency_path, "is required"))?;
    let currency = text_of(currency, 32, &currency_path)?;
    if !is_currency(currency) {
        return Err(invalid(&currency_path, "must be a currency code in capitals, such as USDT or EUR"));
    }
    let amount = value.member("amount").ok_or_else(|| invalid(&amount_path, "is required"))?;
    let amount = decimal(amount, &amount_path)?;
    if !amount.is_positive() {
        return Err(invalid(&amount_path, "must be more than 0"));
    }
    if amount.whole_digits() > WHOLE_DIGITS_MAX {
        return Err(invalid(&amount_path, &format!("has more than {WHOLE_DIGITS_MAX} digits before the point")));
    }
    let scale = scale_of(currency);
    if amount.decimals() > scale {
        return Err(invalid(
            &amount_path,
            &format!("has {} decimals; {currency} allows {scale}. Round it by your own rule first", amount.decimals()),
        ));
    }
    Ok(Value::Object(vec![
        ("amount".into(), Value::Number(amount.to_string())),
        ("currency".into(), Value::Text(currency.into())),
    ]))
}

fn decimal(value: &Value, path: &str) -> Result<Amount, Error> {
    match value {
        Value::Text(text) | Value::Number(text) => {
            Amount::exact(text).map_err(|reason| invalid(path, &format!("is {reason}")))
        }
        other => Err(invalid(path, &format!("must be a decimal number as a string, not {}", other.kind()))),
    }
}

fn is_currency(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

pub(crate) fn below(path: &str, step: &str) -> String {
    format!("{path}/{}", escape_step(step))
}

pub(crate) fn invalid(path: &str, reason: &str) -> Error {
    let place = if path.is_empty() { "bizContent" } else { path };
    Error::local(ErrorKind::InvalidArgument, format!("{place} {reason}")).with_field(path)
}

fn unknown(name: &str, fields: &[Field]) -> String {
    let folded = |text: &str| text.to_ascii_lowercase().replace(['_', '-'], "");
    let near = fields
        .iter()
        .map(|field| (distance(&folded(name), &folded(field.name)), field.name))
        .min()
        .filter(|(distance, _)| *distance <= 2);
    match near {
        Some((_, meant)) => format!("is not a documented field; did you mean {meant}?"),
        None => {
            let known: Vec<_> = fields.iter().map(|field| field.name).collect();
            match known.is_empty() {
                true => "is not a documented field; none is allowed here".into(),
                false => format!("is not a documented field; known are {}", known.join(", ")),
            }
        }
    }
}

/// How many letters must change to make one text of the other (Levenshtein), for short texts.
fn distance(a: &str, b: &str) -> usize {
    if a.len() > 64 || b.len() > 64 {
        return usize::MAX;
    }
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut next = vec![i + 1];
        for ((j, to), (left, above)) in b.chars().enumerate().zip(row.iter().zip(row.iter().skip(1))) {
            let before = next.get(j).copied().unwrap_or(usize::MAX - 1);
            next.push((left + usize::from(from != to)).min(above + 1).min(before + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_misses_are_named() {
        assert_eq!(distance("totalamount", "totalamount"), 0);
        assert_eq!(distance("totlamount", "totalamount"), 1);
        assert_eq!(distance("kitten", "sitting"), 3);
        const FIELDS: &[Field] =
            &[optional("merchantOrderNo", Rule::MerchantOrderNo), optional("subject", Rule::Text(64))];
        assert!(unknown("merchant_order_no", FIELDS).contains("did you mean merchantOrderNo?"));
        assert!(unknown("zzzzzz", FIELDS).contains("known are merchantOrderNo, subject"));
    }
}
