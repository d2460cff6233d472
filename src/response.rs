//! A verified answer, compared with what was asked.

use std::fmt;

use serde::de::DeserializeOwned;

use crate::checkout_url;
use crate::config::Config;
use crate::error::{Error, ErrorKind, Outcome};
use crate::money::Amount;
use crate::protocol::call::ExpectedAnswer;
use crate::protocol::document::{self, CHECKOUT_URLS};
use crate::protocol::json::Value;
use crate::protocol::schema::below;
use crate::protocol::state::{OrderKey, State};

/// The answer of a successful call: its signature is valid, and it does not contradict what was asked.
#[derive(Clone)]
pub struct Response {
    document: Value,
    json: String,
    raw: Vec<u8>,
    state: State,
    checkout_url: Option<String>,
    matches_request: bool,
}

impl Response {
    /// `expected` is `None` for a path that this library does not know. `asked` is `bizContent` as it was sent; `body`
    /// what the verified answer holds.
    pub(crate) fn new(
        expected: Option<&ExpectedAnswer>,
        asked: &Value,
        body: Option<Value>,
        raw: Vec<u8>,
        config: &Config,
    ) -> Result<Self, Error> {
        let body = body.unwrap_or(Value::Object(Vec::new()));
        let document = document::documented(body).map_err(|flaw| {
            let text = format!("the answer's {} {}", flaw.pointer, flaw.reason);
            doubtful(ErrorKind::Protocol, text, &flaw.pointer)
        })?;
        let document = match expected.and_then(|answer| answer.flat) {
            Some(field) => document::flattened(document, field),
            None => document,
        };
        let document = document::with_list(document, expected.map(|answer| answer.list).unwrap_or_default());
        let matches_request = match expected {
            Some(answer) => compare(answer, asked, &document)?,
            None => false,
        };
        let state = expected.map_or(State::None, |answer| state_of(answer, &document));
        let checkout_url = checkout_url_of(&document, config);
        Ok(Self { json: document.to_json(), document, raw, state, checkout_url, matches_request })
    }

    /// The scalar at a JSON Pointer (RFC 6901) into the answer's `body`, as text: `/acquireOrder/orderNo`.
    /// `None` where there is none, and for `null`, arrays and objects.
    pub fn get(&self, pointer: &str) -> Option<&str> {
        self.document.pointer(pointer).and_then(Value::scalar)
    }

    /// The answer's `body` with the documented spellings; decimals are strings of plain digits, ids are strings.
    pub fn json(&self) -> &str {
        &self.json
    }

    /// The same as a document.
    pub fn document(&self) -> &Value {
        &self.document
    }

    /// The answer's HTTP body as it came.
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// What the order's status means.
    pub fn state(&self) -> State {
        self.state
    }

    /// The URL of BonusPay's hosted page, checked: it is safe to send a shopper there. `None` when the answer has none,
    /// or one whose scheme or host is not BonusPay's; the document has that one, and no shopper may be sent there.
    pub fn checkout_url(&self) -> Option<&str> {
        self.checkout_url.as_deref()
    }

    /// Whether the answer itself names what was asked for. Answers are not bound to requests by their
    /// signature: one that names nothing must not decide that an order is paid.
    pub fn matches_request(&self) -> bool {
        self.matches_request
    }

    pub(crate) fn view<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_str(&self.json).map_err(|error| {
            // serde's own text may quote the answer.
            let text = format!("the answer holds a field of another type than documented (column {})", error.column());
            doubtful(ErrorKind::Protocol, text, "")
        })
    }
}

/// Without the answer itself, which holds addresses.
impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("state", &self.state)
            .field("matches_request", &self.matches_request)
            .field("raw_bytes", &self.raw.len())
            .finish_non_exhaustive()
    }
}

/// The call was made and its answer is genuine, yet it does not say what became of the call.
fn doubtful(kind: ErrorKind, text: String, pointer: &str) -> Error {
    Error::new(kind, Outcome::Unknown, text).with_field(pointer).with_authenticated(true)
}

fn state_of(answer: &ExpectedAnswer, document: &Value) -> State {
    let key = OrderKey::ALL.into_iter().find(|key| key.name() == answer.object);
    match key.and_then(|key| Some((key, document.member(key.name())?))) {
        Some((key, order)) => key.state(order.member("status").and_then(Value::text)),
        None => State::None,
    }
}

/// Whether the answer names what was asked for.
///
/// # Errors
/// [`ErrorKind::Mismatch`] when it names something else.
fn compare(answer: &ExpectedAnswer, asked: &Value, document: &Value) -> Result<bool, Error> {
    let prefix = if answer.object.is_empty() { String::new() } else { below("", answer.object) };
    let Some(order) = document.pointer(&prefix) else {
        return Ok(false);
    };
    let path = |pointer: &str| format!("{prefix}{pointer}");
    let mut bound = false;
    for identity in answer.identities {
        let wanted = asked.member(identity).and_then(Value::text);
        let named = order.member(identity).and_then(Value::scalar);
        if let (Some(wanted), Some(named)) = (wanted, named) {
            if wanted != named {
                return Err(mismatch(&path(&below("", identity)), wanted, named));
            }
            bound = true;
        }
    }
    for (request, answered) in answer.amounts {
        let (Some(wanted), Some(named)) = (asked.pointer(request), order.pointer(answered)) else {
            continue;
        };
        let money = |value: &Value| -> Option<(Amount, String)> {
            let amount = value.member("amount").and_then(Value::scalar).and_then(|text| Amount::exact(text).ok())?;
            Some((amount, value.member("currency").and_then(Value::text)?.to_owned()))
        };
        if money(wanted).is_none() || money(wanted) != money(named) {
            let text = |value: &Value| match money(value) {
                Some((amount, currency)) => format!("{amount} {currency}"),
                None => "no amount with a currency".to_owned(),
            };
            return Err(mismatch(&path(answered), &text(wanted), &text(named)));
        }
    }
    for (request, answered) in answer.echoes {
        let wanted = asked.pointer(request).and_then(Value::text);
        let named = order.pointer(answered).and_then(Value::scalar);
        if let (Some(wanted), Some(named)) = (wanted, named)
            && wanted != named
        {
            return Err(mismatch(&path(answered), wanted, named));
        }
    }
    Ok(bound)
}

fn mismatch(pointer: &str, wanted: &str, named: &str) -> Error {
    let text = format!(
        "the answer speaks of another {pointer}: asked for {wanted:?}, answered {named:?}. \
         Do not act on it; query the order"
    );
    doubtful(ErrorKind::Mismatch, text, pointer)
}

/// A foreign one is left out: the signature proves the rest of the answer, which may be that the order is paid.
fn checkout_url_of(document: &Value, config: &Config) -> Option<String> {
    let params = document.member("interactionParams")?;
    let url = CHECKOUT_URLS
        .iter()
        .find_map(|name| document::member_in_any_case(params, name).and_then(Value::text))
        .filter(|url| checkout_url::leads_to_bonuspay(config, url))?;
    Some(url.to_owned())
}
