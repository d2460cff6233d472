//! The envelope: `{requestTime, bizContent}` built once, signed and sent as the same bytes; an answer's
//! signature verified before the answer is believed (spec 1.3, 1.4, 2.1, 2.2).

use crate::error::{Error, ErrorKind, Outcome};
use crate::key::{PrivateKey, PublicKey};
use crate::protocol::api_code;
use crate::protocol::json::Value;
use crate::protocol::signature;
use crate::transport::HttpResponse;

/// A request as it goes on the wire.
pub(crate) struct Sealed {
    pub(crate) body: String,
    pub(crate) sign: String,
}

/// Builds and signs one request. `request_time_ms` is in milliseconds since 1970.
pub(crate) fn seal(biz_content: &Value, request_time_ms: u64, key: &PrivateKey) -> Result<Sealed, Error> {
    let body = format!(r#"{{"requestTime":{request_time_ms},"bizContent":{}}}"#, biz_content.to_json());
    let sign = key.sign(body.as_bytes())?;
    Ok(Sealed { body, sign })
}

/// The `body` of a success; `None` where it has none.
///
/// `now_ms` serves to say how far a refused clock is off.
pub(crate) fn open(answer: &HttpResponse, keys: &[PublicKey], now_ms: u64) -> Result<Option<Value>, Error> {
    let signed = is_signed(answer, keys)?;
    let unknown = |kind, text: &str| Error::new(kind, Outcome::Unknown, text).with_http_status(answer.http_status);

    let message = match Value::parse(&answer.body) {
        Ok(message) => message,
        Err(_) if !signed && !(200..300).contains(&answer.http_status) => {
            let text = format!(
                "HTTP status {} without an answer of BonusPay's: ask for the order's state later",
                answer.http_status
            );
            return Err(unknown(ErrorKind::HttpStatus, &text));
        }
        Err(error) => {
            return Err(error
                .into_error(ErrorKind::Protocol, Outcome::Unknown, "the answer")
                .with_http_status(answer.http_status)
                .with_authenticated(signed));
        }
    };
    let Some(head) = Head::of(&message) else {
        let kind = if signed || (200..300).contains(&answer.http_status) {
            ErrorKind::Protocol
        } else {
            ErrorKind::HttpStatus
        };
        return Err(
            unknown(kind, "the answer has no head with applyStatus and code (spec 2.2)").with_authenticated(signed)
        );
    };
    if head.is_success() {
        if !signed {
            return Err(unknown(
                ErrorKind::BadSignature,
                "the answer claims success but is not signed: the traffic was altered, or this is not BonusPay. \
                 Ask for the order's state",
            ));
        }
        return Ok(message.member("body").filter(|body| **body != Value::Null).cloned());
    }
    Err(refusal(&head, signed, answer, now_ms))
}

/// One valid signature, or none at all; anything else is a forgery.
fn is_signed(answer: &HttpResponse, keys: &[PublicKey]) -> Result<bool, Error> {
    let refused = |error: Error| error.with_outcome(Outcome::Unknown).with_http_status(answer.http_status);
    match answer.sign.as_slice() {
        [] => Ok(false),
        [sign] if sign.is_empty() => Ok(false),
        [sign] => signature::verify(keys, &answer.body, sign).map(|_| true).map_err(refused),
        several => {
            let text = format!("the answer has {} sign headers instead of one", several.len());
            Err(refused(Error::new(ErrorKind::BadSignature, Outcome::Unknown, text)))
        }
    }
}

struct Head<'a> {
    apply_status: &'a str,
    code: &'a str,
    message: Option<&'a str>,
    trace_code: Option<&'a str>,
}

impl<'a> Head<'a> {
    fn of(message: &'a Value) -> Option<Self> {
        let head = message.member("head")?;
        let text = |name: &str| match head.member(name)? {
            Value::Text(text) | Value::Number(text) => Some(text.as_str()),
            _ => None,
        };
        Some(Self {
            apply_status: head.member("applyStatus").and_then(Value::text)?,
            code: text("code")?,
            message: text("msg"),
            trace_code: text("traceCode"),
        })
    }

    fn is_success(&self) -> bool {
        self.apply_status == "SUCCESS" && self.code == "0"
    }
}

fn refusal(head: &Head<'_>, signed: bool, answer: &HttpResponse, now_ms: u64) -> Error {
    let known = api_code::look_up(head.code, head.message);
    // An application exception under a code that says nothing of the result: nobody knows what was done.
    let exception = head.apply_status != "FAIL" && head.apply_status != "SUCCESS" && !known.is_documented();
    let outcome = if !signed || exception { Outcome::Unknown } else { known.outcome };
    let mut text = format!("BonusPay refused: {}", head.code);
    if let Some(message) = head.message {
        text.push(' ');
        text.push_str(message);
    }
    if !signed {
        text.push_str(" (this refusal is not signed and proves nothing)");
    }
    text.push_str("; ");
    text.push_str(if signed { known.remedy } else { "ask for the order's state before anything else" });
    if let (true, Some(skew)) = (api_code::clock_is_off(head.message), clock_skew(answer, now_ms)) {
        text.push_str(&skew);
    }
    Error::new(ErrorKind::Api, outcome, text)
        .with_api(head.code, head.message, head.trace_code)
        .with_http_status(answer.http_status)
        .with_authenticated(signed)
}

/// By how much the `Date` of the answer differs from our clock, in words.
fn clock_skew(answer: &HttpResponse, now_ms: u64) -> Option<String> {
    let theirs = http_date_seconds(answer.date.as_deref()?)?;
    let ours = i64::try_from(now_ms / 1000).ok()?;
    let minutes = (ours - theirs).abs().checked_add(30)? / 60;
    let side = if ours > theirs { "ahead" } else { "behind" };
    Some(format!(" (by the answer's date, this server's clock is about {minutes} min {side})"))
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`, the one form that HTTP dates are sent in, as seconds since 1970.
fn http_date_seconds(text: &str) -> Option<i64> {
    let (_, rest) = text.split_once(", ")?;
    let mut parts = rest.split(' ');
    let day: i64 = parts.next()?.parse().ok()?;
    let month = parts.next()?;
    let year: i64 = parts.next()?.parse().ok()?;
    let mut clock = parts.next()?.split(':').map(|part| part.parse::<i64>().ok());
    let (hour, minute, second) = (clock.next()??, clock.next()??, clock.next()??);
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = i64::try_from(months.iter().position(|name| *name == month)?).ok()? + 1;
    if parts.next() != Some("GMT") || !(1970..=9999).contains(&year) || !(1..=31).contains(&day) {
        return None;
    }
    // Days from civil, counted from March so that the leap day comes last.
    let (y, m) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    let days = 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719_468;
    Some(days * 86_400 + hour * 3_600 + minute * 60 + second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn http_dates() {
        assert_eq!(http_date_seconds("Sun, 06 Nov 1994 08:49:37 GMT"), Some(784_111_777));
        assert_eq!(http_date_seconds("Thu, 29 Feb 2024 23:59:59 GMT"), Some(1_709_251_199));
        assert_eq!(http_date_seconds("Fri, 20 Nov 2026 08:49:37 GMT"), Some(1_795_164_577));
        for bad in
            ["", "now", "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49 GMT", "Sun, 06 Nov 1994 08:49:37 CET"]
        {
            assert_eq!(http_date_seconds(bad), None, "{bad}");
        }
    }
}
