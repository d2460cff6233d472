//! `bonuspay_status`, `bonuspay_outcome` and `bonuspay_error`.

use super::guard::{free, number, text};
use super::handle::Object;
use super::text::Text;
use crate::error::{Error, ErrorKind, Outcome};
use std::ffi::c_char;

/// What a function returns. New values may be added, none is ever renumbered: treat one that you do not know
/// like `BONUSPAY_INTERNAL`.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum bonuspay_status {
    /// Done. `*err` is NULL.
    BONUSPAY_OK = 0,
    /// A pointer that is required was NULL; the error's field names the parameter.
    BONUSPAY_NULL_ARGUMENT = 1,
    /// An argument, or a field of the request, is missing, misspelt or ill-formed; the error's field names it.
    BONUSPAY_INVALID_ARGUMENT = 2,
    /// The configuration is incomplete or contradicts itself; the error's field names the setting.
    BONUSPAY_INVALID_CONFIG = 3,
    /// A key cannot be used: its text is no RSA key, it is too small, damaged, encrypted.
    BONUSPAY_KEY = 4,
    /// Signing failed, or the system gives this process no random numbers to load a key with.
    BONUSPAY_SIGN = 5,
    /// No connection: the name is unknown, nothing listens, or the network is down.
    BONUSPAY_CONNECT = 10,
    /// The TLS handshake failed: certificate, host name or protocol version.
    BONUSPAY_TLS = 11,
    /// A deadline passed.
    BONUSPAY_TIMEOUT = 12,
    /// The connection broke.
    BONUSPAY_IO = 13,
    /// The answer is not BonusPay's: an HTTP error page, a redirect.
    BONUSPAY_HTTP_STATUS = 20,
    /// The answer, or the message, breaks the protocol.
    BONUSPAY_PROTOCOL = 21,
    /// A signature is missing or wrong.
    BONUSPAY_BAD_SIGNATURE = 22,
    /// BonusPay refused: see `bonuspay_error_api_code`.
    BONUSPAY_API = 30,
    /// A genuine message or answer speaks of another order, merchant, amount or currency than was asked.
    BONUSPAY_NOTIFICATION_MISMATCH = 40,
    /// A fault in this library.
    BONUSPAY_INTERNAL = 98,
    /// A fault in this library, caught at the last moment (a Rust panic). Objects can still be freed.
    BONUSPAY_PANIC = 99,
}

use bonuspay_status::*;

impl From<ErrorKind> for bonuspay_status {
    fn from(kind: ErrorKind) -> Self {
        match kind {
            ErrorKind::NullArgument => BONUSPAY_NULL_ARGUMENT,
            ErrorKind::InvalidArgument => BONUSPAY_INVALID_ARGUMENT,
            ErrorKind::InvalidConfig => BONUSPAY_INVALID_CONFIG,
            ErrorKind::Key => BONUSPAY_KEY,
            ErrorKind::Sign => BONUSPAY_SIGN,
            ErrorKind::Connect => BONUSPAY_CONNECT,
            ErrorKind::Tls => BONUSPAY_TLS,
            ErrorKind::Timeout => BONUSPAY_TIMEOUT,
            ErrorKind::Io => BONUSPAY_IO,
            ErrorKind::HttpStatus => BONUSPAY_HTTP_STATUS,
            ErrorKind::Protocol => BONUSPAY_PROTOCOL,
            ErrorKind::BadSignature => BONUSPAY_BAD_SIGNATURE,
            ErrorKind::Api => BONUSPAY_API,
            ErrorKind::Mismatch => BONUSPAY_NOTIFICATION_MISMATCH,
            ErrorKind::Internal => BONUSPAY_INTERNAL,
            ErrorKind::Panic => BONUSPAY_PANIC,
        }
    }
}

/// Whether BonusPay may have done what a failed call asked for. Decide by this, not by the status.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum bonuspay_outcome {
    /// Nothing left this machine. Repeat freely.
    BONUSPAY_OUTCOME_NOT_SENT = 1,
    /// BonusPay refused, and the refusal is signed; or, of a verification, the message is not to be believed.
    /// Nothing happened; the same request will be refused again until its cause is gone.
    BONUSPAY_OUTCOME_REJECTED = 2,
    /// It may have happened. Ask with the same number (`bonuspay_order_get`, `bonuspay_refund_get`) before
    /// anything else. Never make a new number for it.
    BONUSPAY_OUTCOME_UNKNOWN = 3,
}

use bonuspay_outcome::*;

impl From<Outcome> for bonuspay_outcome {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::NotSent => BONUSPAY_OUTCOME_NOT_SENT,
            Outcome::Rejected => BONUSPAY_OUTCOME_REJECTED,
            Outcome::Unknown => BONUSPAY_OUTCOME_UNKNOWN,
        }
    }
}

/// What went wrong, in full. It belongs to the one call that gave it; free it with `bonuspay_error_free`.
/// None of its texts holds a key, a signature, a body or a wallet address: all may go to a log.
pub struct bonuspay_error {
    _opaque: [u8; 0],
}

pub(super) struct ErrorTexts {
    error: Error,
    message: Text,
    field: Option<Text>,
    api_code: Option<Text>,
    api_message: Option<Text>,
    trace_code: Option<Text>,
}

impl From<Error> for ErrorTexts {
    fn from(error: Error) -> Self {
        Self {
            message: Text::new(error.message()),
            field: error.field().map(Text::new),
            api_code: error.api_code().map(Text::new),
            api_message: error.api_message().map(Text::new),
            trace_code: error.trace_code().map(Text::new),
            error,
        }
    }
}

impl Object for bonuspay_error {
    type Inner = ErrorTexts;
    const MAGIC: u64 = u64::from_be_bytes(*b"bp error");
    const NAME: &'static str = "bonuspay_error";
}

/// Gives the `bonuspay_status` that the call returned; 0 for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_error_status(error: *const bonuspay_error) -> i32 {
    // SAFETY: the header's conventions.
    unsafe { number("bonuspay_error_status", error, |e| bonuspay_status::from(e.error.kind()) as i32) }
}

/// Gives what is wrong, where, and what to do: one line of English for a log, not for a shopper. The text is the
/// error's and goes with it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_error_message(error: *const bonuspay_error, len: *mut usize) -> *const c_char {
    // SAFETY: the header's conventions.
    unsafe { text("bonuspay_error_message", error, len, |e| Some(&e.message)) }
}

/// Gives the parameter, the setting, or the JSON Pointer of the request's or the answer's field that is wrong;
/// NULL when it is none. The text is the error's and goes with it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_error_field(error: *const bonuspay_error, len: *mut usize) -> *const c_char {
    // SAFETY: the header's conventions.
    unsafe { text("bonuspay_error_field", error, len, |e| e.field.as_ref()) }
}

/// Gives the `bonuspay_outcome`: whether BonusPay may have done what was asked; 0 for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_error_outcome(error: *const bonuspay_error) -> i32 {
    // SAFETY: the header's conventions.
    unsafe { number("bonuspay_error_outcome", error, |e| bonuspay_outcome::from(e.error.outcome()) as i32) }
}

/// Gives 1 when repeating the same call, with the same order number, is safe and may help; else 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_error_retryable(error: *const bonuspay_error) -> i32 {
    // SAFETY: the header's conventions.
    unsafe { number("bonuspay_error_retryable", error, |e| e.error.is_retryable().into()) }
}

/// Gives 1 when BonusPay itself told of the failure, in an answer whose signature is valid; else 0. What is not
/// authenticated proves nothing about an order.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_error_authenticated(error: *const bonuspay_error) -> i32 {
    // SAFETY: the header's conventions.
    unsafe { number("bonuspay_error_authenticated", error, |e| e.error.is_authenticated().into()) }
}

/// Gives the HTTP status of the answer, such as 502; 0 when there was no answer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_error_http_status(error: *const bonuspay_error) -> i32 {
    // SAFETY: the header's conventions.
    unsafe { number("bonuspay_error_http_status", error, |e| e.error.http_status().map_or(0, i32::from)) }
}

/// Gives BonusPay's code (`head.code`), such as `77004`; NULL when there is none. The text is the error's and goes
/// with it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_error_api_code(error: *const bonuspay_error, len: *mut usize) -> *const c_char {
    // SAFETY: the header's conventions.
    unsafe { text("bonuspay_error_api_code", error, len, |e| e.api_code.as_ref()) }
}

/// Gives BonusPay's message (`head.msg`), such as `MERCHANT_ORDER_NO_NOT_EXIST`; NULL when there is none. The text
/// is the error's and goes with it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_error_api_message(error: *const bonuspay_error, len: *mut usize) -> *const c_char {
    // SAFETY: the header's conventions.
    unsafe { text("bonuspay_error_api_message", error, len, |e| e.api_message.as_ref()) }
}

/// Gives BonusPay's trace code, which its support asks for; NULL when there is none. The text is the error's and
/// goes with it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_error_trace_code(error: *const bonuspay_error, len: *mut usize) -> *const c_char {
    // SAFETY: the header's conventions.
    unsafe { text("bonuspay_error_trace_code", error, len, |e| e.trace_code.as_ref()) }
}

/// Frees an error and all its texts. NULL is allowed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_error_free(error: *mut bonuspay_error) {
    // SAFETY: the header's conventions.
    unsafe { free("bonuspay_error_free", error) }
}

/// Gives a status's own name, such as `BONUSPAY_TIMEOUT`; `BONUSPAY_?` for a number that is none. Static text,
/// never freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_status_name(status: i32) -> *const c_char {
    super::guard::guard("bonuspay_status_name", || status_name(status).as_ptr()).unwrap_or(std::ptr::null())
}

fn status_name(status: i32) -> &'static std::ffi::CStr {
    const STATUSES: &[(bonuspay_status, &std::ffi::CStr)] = &[
        (BONUSPAY_OK, c"BONUSPAY_OK"),
        (BONUSPAY_NULL_ARGUMENT, c"BONUSPAY_NULL_ARGUMENT"),
        (BONUSPAY_INVALID_ARGUMENT, c"BONUSPAY_INVALID_ARGUMENT"),
        (BONUSPAY_INVALID_CONFIG, c"BONUSPAY_INVALID_CONFIG"),
        (BONUSPAY_KEY, c"BONUSPAY_KEY"),
        (BONUSPAY_SIGN, c"BONUSPAY_SIGN"),
        (BONUSPAY_CONNECT, c"BONUSPAY_CONNECT"),
        (BONUSPAY_TLS, c"BONUSPAY_TLS"),
        (BONUSPAY_TIMEOUT, c"BONUSPAY_TIMEOUT"),
        (BONUSPAY_IO, c"BONUSPAY_IO"),
        (BONUSPAY_HTTP_STATUS, c"BONUSPAY_HTTP_STATUS"),
        (BONUSPAY_PROTOCOL, c"BONUSPAY_PROTOCOL"),
        (BONUSPAY_BAD_SIGNATURE, c"BONUSPAY_BAD_SIGNATURE"),
        (BONUSPAY_API, c"BONUSPAY_API"),
        (BONUSPAY_NOTIFICATION_MISMATCH, c"BONUSPAY_NOTIFICATION_MISMATCH"),
        (BONUSPAY_INTERNAL, c"BONUSPAY_INTERNAL"),
        (BONUSPAY_PANIC, c"BONUSPAY_PANIC"),
    ];
    let known = STATUSES.iter().find(|(value, _)| *value as i32 == status);
    known.map_or(c"BONUSPAY_?", |(_, name)| name)
}
