//! What a product's module says of a call: what may be asked, whether it may be sent twice, and what binds its answer
//! to it.

use super::json::Value;
use super::schema::{self, Field, below, invalid};
use crate::config::{Config, Environment};
use crate::error::Error;
use crate::wallet::address::payout_problem;

/// Whether a call may reach the gateway twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Idempotency {
    /// A read, or Place Order, which is idempotent by its number.
    Idempotent,
    /// It cancels, accepts, makes something, or moves money out.
    SendOnce,
}

/// What is known of one call.
pub(crate) struct Call {
    pub(crate) path: &'static str,
    pub(crate) idempotency: Idempotency,
    pub(crate) fields: &'static [Field],
    /// Two fields of which exactly one must be given (spec 2.3).
    pub(crate) exactly_one_of: Option<(&'static str, &'static str)>,
    /// What the fields alone cannot say; gives the request as it goes on the wire.
    pub(crate) validate: fn(Value, &Config, u64) -> Result<Value, Error>,
    pub(crate) answer: ExpectedAnswer,
}

/// What is known of the answer to a call. Answers are signed, but not for a request: what an answer repeats of the
/// request binds it, and what it contradicts is an error (R32, R33).
pub(crate) struct ExpectedAnswer {
    /// The member of `body` that is spoken of below; empty for `body` itself.
    pub(crate) object: &'static str,
    /// Names that the answer repeats: any of them binds it.
    pub(crate) identities: &'static [&'static str],
    /// Amounts that it repeats: `(in the request, in the answer's object)`, as JSON Pointers.
    pub(crate) amounts: &'static [(&'static str, &'static str)],
    /// Other texts that it repeats, likewise.
    pub(crate) echoes: &'static [(&'static str, &'static str)],
    /// A field that shows that `body` has come one level too deep (spec 3.6).
    pub(crate) flat: Option<&'static str>,
    /// The names under which its list may come (spec 6.4); it leaves under the first.
    pub(crate) list: &'static [&'static str],
}

impl ExpectedAnswer {
    pub(crate) const fn of(object: &'static str, identities: &'static [&'static str]) -> Self {
        Self { object, identities, amounts: &[], echoes: &[], flat: None, list: &[] }
    }

    pub(crate) const fn list(names: &'static [&'static str]) -> Self {
        Self { list: names, ..Self::of("", &[]) }
    }
}

/// For calls of which the fields say everything.
pub(crate) fn no_further_check(wire: Value, _config: &Config, _now_ms: u64) -> Result<Value, Error> {
    Ok(wire)
}

/// The address that coins are to be sent to must be one of its network: what goes to a mistyped one is gone. The names
/// are those of the network's and the address's field.
pub(crate) fn check_payee(wire: &Value, network: &str, address: &str, config: &Config) -> Result<(), Error> {
    let (Some(Value::Text(code)), Some(Value::Text(text))) = (wire.member(network), wire.member(address)) else {
        return Ok(());
    };
    let is_sandbox = config.environment() == Environment::Sandbox;
    payout_problem(code, text, is_sandbox).map_or(Ok(()), |problem| Err(invalid(&below("", address), &problem)))
}

impl Call {
    /// Checks `bizContent` and gives it as it goes on the wire. `now_ms` is the request time.
    pub(crate) fn check(&self, biz_content: &Value, config: &Config, now_ms: u64) -> Result<Value, Error> {
        let wire = schema::check(biz_content, self.fields, config.scales(), "")?;
        if let Some((one, other)) = self.exactly_one_of {
            exactly_one(&wire, one, other)?;
        }
        (self.validate)(wire, config, now_ms)
    }
}

/// Exactly one of two fields, not both and not neither (spec 2.3).
fn exactly_one(wire: &Value, one: &str, other: &str) -> Result<(), Error> {
    match (wire.member(one), wire.member(other)) {
        (Some(_), None) | (None, Some(_)) => Ok(()),
        (Some(_), Some(_)) => {
            let text = format!("stands beside {one}: give exactly one of the two");
            Err(invalid(&below("", other), &text))
        }
        (None, None) => {
            let text = format!("is required (or {other}: exactly one of the two)");
            Err(invalid(&below("", one), &text))
        }
    }
}
