//! What went wrong, whether money may have moved, and what to do about it.

use std::fmt;

/// The kind of an [`Error`]. The numbers are those of `bonuspay_status` in the C ABI; none is ever reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(i32)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A required pointer was NULL (C ABI only).
    NullArgument = 1,
    /// An argument, or a field of the request, is missing, misspelt or ill-formed.
    InvalidArgument = 2,
    /// The configuration is incomplete or contradicts itself.
    InvalidConfig = 3,
    /// A key cannot be used.
    Key = 4,
    /// Signing failed, or the system gives this process no random numbers to load a key with.
    Sign = 5,
    /// No connection: the name is unknown, nothing listens, or the network is down.
    Connect = 10,
    /// The TLS handshake failed.
    Tls = 11,
    /// A deadline passed.
    Timeout = 12,
    /// The connection broke.
    Io = 13,
    /// The answer is not BonusPay's: an HTTP error page, a redirect.
    HttpStatus = 20,
    /// The answer or the message breaks the protocol.
    Protocol = 21,
    /// A signature is missing or wrong.
    BadSignature = 22,
    /// BonusPay refused; see [`Error::api_code`] and [`Error::api_message`].
    Api = 30,
    /// A genuine message or answer speaks of something else than what was asked.
    Mismatch = 40,
    /// A fault in this library.
    Internal = 98,
    /// A panic was caught, at the C ABI or in one of several questions.
    Panic = 99,
}

/// Whether the gateway may have done what a failed call asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(i32)]
pub enum Outcome {
    /// Nothing left this machine: repeat freely.
    NotSent = 1,
    /// The gateway refused, and the refusal is signed (or, for a verification, nothing was asked of it).
    Rejected = 2,
    /// It may have happened: ask before anything else.
    Unknown = 3,
}

/// The error of every fallible function.
///
/// Its text says what is wrong, where, and what to do. It may always go to a log: it never holds a key,
/// a signature, a body or a wallet address.
#[derive(Clone, thiserror::Error)]
#[error("{}", .0.message)]
pub struct Error(Box<Detail>);

#[derive(Clone)]
struct Detail {
    kind: ErrorKind,
    outcome: Outcome,
    message: String,
    field: Option<String>,
    retryable: bool,
    lasting: bool,
    authenticated: bool,
    http_status: Option<u16>,
    api_code: Option<String>,
    api_message: Option<String>,
    trace_code: Option<String>,
}

impl Error {
    /// An error of something that never left this machine.
    pub(crate) fn local(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self::new(kind, Outcome::NotSent, message)
    }

    /// An error with its outcome.
    pub(crate) fn new(kind: ErrorKind, outcome: Outcome, message: impl Into<String>) -> Self {
        Self(Box::new(Detail {
            kind,
            outcome,
            message: log_safe(&message.into(), MESSAGE_MAX),
            field: None,
            retryable: false,
            lasting: false,
            authenticated: false,
            http_status: None,
            api_code: None,
            api_message: None,
            trace_code: None,
        }))
    }

    pub(crate) fn with_message(mut self, message: impl Into<String>) -> Self {
        self.0.message = log_safe(&message.into(), MESSAGE_MAX);
        self
    }

    pub(crate) fn with_field(mut self, field: impl AsRef<str>) -> Self {
        self.0.field = Some(log_safe(field.as_ref(), FIELD_MAX));
        self
    }

    pub(crate) fn with_outcome(mut self, outcome: Outcome) -> Self {
        self.0.outcome = outcome;
        self
    }

    pub(crate) fn with_retryable(mut self, retryable: bool) -> Self {
        self.0.retryable = retryable;
        self
    }

    /// The next try would come to the same; until somebody changes something.
    pub(crate) fn with_lasting(mut self, lasting: bool) -> Self {
        self.0.lasting = lasting;
        self
    }

    pub(crate) fn is_lasting(&self) -> bool {
        self.0.lasting
    }

    pub(crate) fn with_authenticated(mut self, authenticated: bool) -> Self {
        self.0.authenticated = authenticated;
        self
    }

    pub(crate) fn with_http_status(mut self, status: u16) -> Self {
        self.0.http_status = Some(status);
        self
    }

    pub(crate) fn with_api(mut self, code: &str, message: Option<&str>, trace_code: Option<&str>) -> Self {
        self.0.api_code = Some(log_safe(code, FIELD_MAX));
        self.0.api_message = message.map(|text| log_safe(text, FIELD_MAX));
        self.0.trace_code = trace_code.map(|text| log_safe(text, FIELD_MAX));
        self
    }

    /// What kind of failure this is.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Whether the gateway may have done what was asked.
    pub fn outcome(&self) -> Outcome {
        self.0.outcome
    }

    /// Whether repeating the same call, with the same order number, is safe and may help.
    pub fn is_retryable(&self) -> bool {
        self.0.retryable
    }

    /// Whether the failure was told by BonusPay itself, in an answer whose signature is valid.
    pub fn is_authenticated(&self) -> bool {
        self.0.authenticated
    }

    /// What is wrong, where, and what to do; one line.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The setting's name, or the JSON Pointer of the request's or the answer's field.
    pub fn field(&self) -> Option<&str> {
        self.0.field.as_deref()
    }

    /// The HTTP status of the answer, when there was one.
    pub fn http_status(&self) -> Option<u16> {
        self.0.http_status
    }

    /// BonusPay's code (`head.code`), such as `77004`.
    pub fn api_code(&self) -> Option<&str> {
        self.0.api_code.as_deref()
    }

    /// BonusPay's message (`head.msg`), such as `MERCHANT_ORDER_NO_NOT_EXIST`.
    pub fn api_message(&self) -> Option<&str> {
        self.0.api_message.as_deref()
    }

    /// BonusPay's trace code, which its support asks for.
    pub fn trace_code(&self) -> Option<&str> {
        self.0.trace_code.as_deref()
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("outcome", &self.0.outcome)
            .field("message", &self.0.message)
            .field("field", &self.0.field)
            .field("retryable", &self.0.retryable)
            .field("authenticated", &self.0.authenticated)
            .field("http_status", &self.0.http_status)
            .field("api_code", &self.0.api_code)
            .field("api_message", &self.0.api_message)
            .field("trace_code", &self.0.trace_code)
            .finish()
    }
}

const MESSAGE_MAX: usize = 600;
const FIELD_MAX: usize = 200;
/// Longer runs of letters and digits are what keys, signatures and addresses are made of.
const OPAQUE_RUN_MAX: usize = 24;

/// One line of bounded length, without control characters, and without any run of letters and digits
/// that could be an address, a key or a signature.
pub(crate) fn log_safe(text: &str, max: usize) -> String {
    let mut safe = String::with_capacity(text.len().min(max));
    let mut run = String::new();
    let flush = |run: &mut String, safe: &mut String| {
        let opaque =
            run.len() > OPAQUE_RUN_MAX && (run.bytes().any(|b| b.is_ascii_digit()) || run.len() > 2 * OPAQUE_RUN_MAX);
        safe.push_str(if opaque { "[hidden]" } else { run });
        run.clear();
    };
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '+' | '=') {
            run.push(c);
            continue;
        }
        flush(&mut run, &mut safe);
        let invisible = c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
        if invisible {
            safe.extend(c.escape_unicode());
        } else {
            safe.push(c);
        }
        if safe.len() > max {
            break;
        }
    }
    flush(&mut run, &mut safe);
    if safe.len() > max {
        let cut = (0..=max).rev().find(|at| safe.is_char_boundary(*at)).unwrap_or(0);
        safe.truncate(cut);
        safe.push('…');
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_for_logs_is_one_short_line_without_secrets() {
        assert_eq!(log_safe("a\r\nb\u{1b}[31m", 100), "a\\u{d}\\u{a}b\\u{1b}[31m");
        assert_eq!(log_safe("MERCHANT_ORDER_NO_NOT_EXIST", 100), "MERCHANT_ORDER_NO_NOT_EXIST");
        assert_eq!(log_safe("pay to 0xa4ef81a7d86f365785dd5bcc8e7964fe98155e16 now", 100), "pay to [hidden] now");
        assert_eq!(log_safe(&"x".repeat(5000), 100), "[hidden]");
        assert!(log_safe(&"é".repeat(5000), 101).len() <= 105);
        assert_eq!(log_safe("131710904557001559", 100), "131710904557001559");
    }
}
