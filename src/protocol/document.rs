//! Documents that leave this library: whatever spelling came in, one goes out.
//!
//! BonusPay's pages contradict each other in names and forms (spec 6.2 to 6.18). Here alone is it known:
//! keys become the documented ones, decimals become strings of plain digits, ids become strings.

use crate::money::Amount;
use crate::protocol::json::{Value, escape_step};
use crate::protocol::state::OrderKey;

/// `(other spelling, documented spelling)`, compared without regard to case.
const SPELLINGS: [(&str, &str); 5] = [
    ("interActionParams", "interactionParams"),
    ("payChanneCode", "payChannelCode"),
    ("payChannel", "payChannelCode"),
    ("cashierUrl", "cashierUrl"),
    ("txid", "txHash"),
];

/// Every field of the documents that is a Decimal.
const DECIMALS: [&str; 5] = ["amount", "minDeposit", "fxrate", "quantity", "withdrawMin"];

/// Times and counts of the documents: whole numbers, also when they come as strings of digits.
const WHOLE_NUMBERS: [&str; 11] = [
    "confirm",
    "confirmedTime",
    "createdTime",
    "digit",
    "expiredTime",
    "notify_timestamp",
    "paidTime",
    "requestTime",
    "settledTime",
    "totalElements",
    "totalPages",
];

/// Numbers made by BonusPay; one that comes as a JSON number keeps its digits as text.
const IDS: [&str; 8] =
    ["orderNo", "originOrderNo", "payeeMid", "notify_id", "merchantId", "customerId", "id", "traceCode"];

/// Numbers made by the merchant: always text, so anything else is not the merchant's.
const MERCHANT_NUMBERS: [&str; 3] = ["merchantOrderNo", "originMerchantOrderNo", "refundMerchantOrderNo"];

/// Where the checkout URL may stand in `interactionParams` (spec 6.3), first come first served.
pub(crate) const CHECKOUT_URLS: [&str; 6] =
    ["cashierUrl", "tokenUrl", "checkoutUrl", "checkOutUrl", "paymentUrl", "url"];

/// What is wrong, and the JSON Pointer of where.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Flaw {
    pub(crate) pointer: String,
    pub(crate) reason: &'static str,
}

impl Flaw {
    fn below(mut self, step: &str) -> Self {
        self.pointer.insert_str(0, &format!("/{}", escape_step(step)));
        self
    }
}

/// The documented form of a message.
pub(crate) fn documented(value: Value) -> Result<Value, Flaw> {
    normalise(value, None)
}

fn normalise(value: Value, inside: Option<&str>) -> Result<Value, Flaw> {
    match value {
        Value::Object(members) => {
            let mut object: Vec<(String, Value)> = Vec::with_capacity(members.len());
            for (key, member) in members {
                let documented = documented_name(&key, inside);
                let name = documented.map_or(key, str::to_owned);
                let member = normalise_member(&name, member).map_err(|flaw| flaw.below(&name))?;
                // No key stands twice, so only names that several spellings have can.
                match documented.and_then(|name| object.iter().find(|(known, _)| known == name)) {
                    None => object.push((name, member)),
                    Some((_, same)) if *same == member => {}
                    Some(_) => {
                        let flaw =
                            Flaw { pointer: String::new(), reason: "stands twice, in two spellings with two values" };
                        return Err(flaw.below(&name));
                    }
                }
            }
            Ok(Value::Object(object))
        }
        Value::List(items) => {
            let item = |(at, item): (usize, Value)| normalise(item, inside).map_err(|flaw| flaw.below(&at.to_string()));
            items.into_iter().enumerate().map(item).collect::<Result<_, _>>().map(Value::List)
        }
        scalar => Ok(scalar),
    }
}

fn documented_name(key: &str, inside: Option<&str>) -> Option<&'static str> {
    let withdraw = inside == Some(OrderKey::Withdraw.name());
    if withdraw && (key.eq_ignore_ascii_case("txHash") || key.eq_ignore_ascii_case("txid")) {
        return Some("txid");
    }
    if inside == Some(OrderKey::Refund.name()) && (key == "amount" || key == "refundAmount") {
        return Some("refundAmount");
    }
    SPELLINGS
        .iter()
        .find(|(other, documented)| key.eq_ignore_ascii_case(other) || key.eq_ignore_ascii_case(documented))
        .map(|(_, documented)| *documented)
}

fn normalise_member(name: &str, member: Value) -> Result<Value, Flaw> {
    let flaw = |reason| Err(Flaw { pointer: String::new(), reason });
    match member {
        Value::Number(text) | Value::Text(text) if DECIMALS.contains(&name) => match Amount::exact(&text) {
            Ok(amount) => Ok(Value::Text(amount.to_string())),
            Err(reason) => flaw(reason),
        },
        Value::Null | Value::Bool(_) | Value::List(_) if DECIMALS.contains(&name) => flaw("must be a decimal number"),
        // The only decimal fields that hold an object are amounts of the accessory details: Money under the name
        // `amount`.
        Value::Object(members) if DECIMALS.contains(&name) && (name != "amount" || members.is_empty()) => {
            flaw("must be a decimal number")
        }
        Value::Number(text) if IDS.contains(&name) => match text.bytes().all(|b| b.is_ascii_digit()) {
            true => Ok(Value::Text(text)),
            false => flaw("must be a number without sign, point or exponent, or a string"),
        },
        Value::Text(text) if WHOLE_NUMBERS.contains(&name) && is_whole(&text) => Ok(Value::Number(text)),
        Value::Bool(_) | Value::List(_) | Value::Object(_) if IDS.contains(&name) => flaw("must be a string"),
        Value::Text(text) if MERCHANT_NUMBERS.contains(&name) => Ok(Value::Text(text)),
        _ if MERCHANT_NUMBERS.contains(&name) => flaw("must be a string"),
        other => normalise(other, Some(name)),
    }
}

/// Digits that are a number of JSON's grammar, and no more of them than a time has.
fn is_whole(text: &str) -> bool {
    let digits = (1..=16).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    digits && (text.len() == 1 || !text.starts_with('0'))
}

/// A list answer with its list under the name that is documented, or the likeliest one: the documents do not
/// name them all (spec 6.4). The only array of the body is taken for the list, and so is a body that is one.
pub(crate) fn with_list(body: Value, names: &[&str]) -> Value {
    let Some(name) = names.first() else {
        return body;
    };
    let members = match body {
        Value::List(_) => return Value::Object(vec![((*name).to_owned(), body)]),
        Value::Object(members) => members,
        other => return other,
    };
    let arrays = || members.iter().enumerate().filter(|(_, (_, value))| matches!(value, Value::List(_)));
    let named = names.iter().find_map(|name| arrays().find(|(_, (key, _))| key == name));
    let at = named.or_else(|| arrays().next().filter(|_| arrays().count() == 1)).map(|(at, _)| at);
    let rename = |(i, (key, value))| if Some(i) == at { ((*name).to_owned(), value) } else { (key, value) };
    Value::Object(members.into_iter().enumerate().map(rename).collect())
}

/// A body whose only member is an object that holds a field which the documents put into `body` itself.
pub(crate) fn flattened(body: Value, field: &str) -> Value {
    match body {
        Value::Object(mut members)
            if members.len() == 1
                && members.iter().all(|(key, inner)| key != field && inner.member(field).is_some()) =>
        {
            members.pop().map_or(Value::Null, |(_, inner)| inner)
        }
        other => other,
    }
}

/// For requests that no table describes: decimals given as strings become numbers, as the wire wants them.
pub(crate) fn decimals_as_numbers(value: Value) -> Result<Value, Flaw> {
    Ok(match value {
        Value::Object(members) => {
            let member = |(name, member): (String, Value)| -> Result<(String, Value), Flaw> {
                let member = match member {
                    Value::Text(text) if DECIMALS.contains(&name.as_str()) => Amount::exact(&text)
                        .map(|amount| Value::Number(amount.to_string()))
                        .map_err(|reason| Flaw { pointer: String::new(), reason }.below(&name))?,
                    other => decimals_as_numbers(other).map_err(|flaw| flaw.below(&name))?,
                };
                Ok((name, member))
            };
            Value::Object(members.into_iter().map(member).collect::<Result<_, _>>()?)
        }
        Value::List(items) => {
            let item =
                |(at, item): (usize, Value)| decimals_as_numbers(item).map_err(|flaw| flaw.below(&at.to_string()));
            Value::List(items.into_iter().enumerate().map(item).collect::<Result<_, _>>()?)
        }
        scalar => scalar,
    })
}

/// A member of an object, by its name without regard to case.
pub(crate) fn member_in_any_case<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    match value {
        Value::Object(members) => {
            members.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, member)| member)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn out(text: &str) -> String {
        documented(Value::parse(text.as_bytes()).unwrap()).unwrap().to_json()
    }

    fn flaw(text: &str) -> String {
        let flaw = documented(Value::parse(text.as_bytes()).unwrap()).unwrap_err();
        format!("{} {}", flaw.pointer, flaw.reason)
    }

    #[test]
    fn every_known_spelling_goes_out_as_documented() {
        for (came, goes) in [
            (r#"{"interActionParams":{"CashierUrl":"u"}}"#, r#"{"interactionParams":{"cashierUrl":"u"}}"#),
            (r#"{"interactionparams":{}}"#, r#"{"interactionParams":{}}"#),
            (r#"{"paymentInfo":{"payChanneCode":"CHAIN"}}"#, r#"{"paymentInfo":{"payChannelCode":"CHAIN"}}"#),
            (r#"{"paymentInfo":{"payChannel":"CHAIN"}}"#, r#"{"paymentInfo":{"payChannelCode":"CHAIN"}}"#),
            (r#"{"withdrawOrder":{"txHash":"x"}}"#, r#"{"withdrawOrder":{"txid":"x"}}"#),
            (r#"{"customerDepositOrder":{"txid":"x"}}"#, r#"{"customerDepositOrder":{"txHash":"x"}}"#),
            (
                r#"{"refundOrder":{"amount":{"amount":0.12,"currency":"USDT"}}}"#,
                r#"{"refundOrder":{"refundAmount":{"amount":"0.12","currency":"USDT"}}}"#,
            ),
            (r#"{"a":{"payChannel":"C","payChannelCode":"C"}}"#, r#"{"a":{"payChannelCode":"C"}}"#),
        ] {
            assert_eq!(out(came), goes);
        }
        for (twice, name) in [
            (r#"{"p":{"payChannel":"A","payChannelCode":"B"}}"#, "/p/payChannelCode"),
            (r#"{"refundOrder":{"amount":{},"refundAmount":{"a":1}}}"#, "/refundOrder/refundAmount"),
            (r#"{"refundOrder":{"refundAmount":{"a":1},"amount":{"a":2}}}"#, "/refundOrder/refundAmount"),
            (r#"{"withdrawOrder":{"txid":"A","txHash":"B"}}"#, "/withdrawOrder/txid"),
        ] {
            assert!(flaw(twice).starts_with(&format!("{name} stands twice")), "{}", flaw(twice));
        }
    }

    #[test]
    fn decimals_leave_as_plain_strings_in_the_wires_own_scale_and_ids_as_strings() {
        assert_eq!(
            out(
                r#"{"m":{"amount":0.13000000},"z":{"amount":0E-8},"s":{"amount":"1281E-2"},"minDeposit":1E+2,"fxrate":83.5371,"confirm":2,"paidTime":1710904639805}"#
            ),
            r#"{"m":{"amount":"0.13000000"},"z":{"amount":"0.00000000"},"s":{"amount":"12.81"},"minDeposit":"100","fxrate":"83.5371","confirm":2,"paidTime":1710904639805}"#
        );
        assert_eq!(
            out(r#"{"orderNo":131710904557001559,"unknown":1e-8}"#),
            r#"{"orderNo":"131710904557001559","unknown":1e-8}"#
        );
        assert_eq!(
            out(r#"{"amountDetail":{"amount":{"amount":1,"currency":"X"}}}"#),
            r#"{"amountDetail":{"amount":{"amount":"1","currency":"X"}}}"#
        );
    }

    #[test]
    fn times_and_counts_leave_as_numbers() {
        assert_eq!(
            out(r#"{"confirm":"2","paidTime":"1710904639805","digit":6,"totalPages":"0"}"#),
            r#"{"confirm":2,"paidTime":1710904639805,"digit":6,"totalPages":0}"#
        );
        let kept = r#"{"confirm":"02","paidTime":"soon","createdTime":"","requestTime":"1.5","confirmedTime":null}"#;
        assert_eq!(out(kept), kept);
    }

    #[test]
    fn lists_are_found_under_any_name() {
        let names = &["theList", "list"];
        for (came, goes) in [
            (r#"{"list":[1],"other":[2]}"#, r#"{"theList":[1],"other":[2]}"#),
            (r#"{"x":1,"surprise":[1]}"#, r#"{"x":1,"theList":[1]}"#),
            ("[1]", r#"{"theList":[1]}"#),
            (r#"{"a":[1],"b":[2]}"#, r#"{"a":[1],"b":[2]}"#),
            ("{}", "{}"),
        ] {
            assert_eq!(with_list(Value::parse(came.as_bytes()).unwrap(), names).to_json(), goes);
        }
    }

    #[test]
    fn many_members_are_no_work() {
        let members: Vec<_> = (0..40_000).map(|at| format!(r#""member{at:08}":0"#)).collect();
        let value = Value::parse(format!("{{{}}}", members.join(",")).as_bytes()).unwrap();
        let start = std::time::Instant::now();
        assert!(documented(value).is_ok());
        assert!(start.elapsed().as_secs() < 2, "every member was compared with every other");
    }

    #[test]
    fn type_confusion_is_an_error_with_its_path() {
        for bad in ["true", "null", "[]", "{}", "\"\"", "\"12,81\"", "\"12.81 USDT\"", "1e400"] {
            let text = flaw(&format!(r#"{{"acquireOrder":{{"totalAmount":{{"amount":{bad}}}}}}}"#));
            assert!(text.starts_with("/acquireOrder/totalAmount/amount "), "{bad}: {text}");
        }
        for bad in ["1", "null", "{}"] {
            assert!(
                flaw(&format!(r#"{{"acquireOrder":{{"merchantOrderNo":{bad}}}}}"#))
                    .starts_with("/acquireOrder/merchantOrderNo ")
            );
        }
        assert!(flaw(r#"{"acquireOrder":{"orderNo":1.5}}"#).starts_with("/acquireOrder/orderNo "));
    }
}
