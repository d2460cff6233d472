//! `bonuspay_response` and `bonuspay_state`.

use super::guard::{free, number, text};
use super::handle::Object;
use super::text::{Text, Texts, utf8};
use crate::error::Outcome;
use crate::protocol::state::State;
use crate::response::Response;
use std::ffi::c_char;
use std::sync::OnceLock;

/// What a document's status means for whoever waits for the money.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum bonuspay_state {
    /// The document has no status.
    BONUSPAY_STATE_NONE = 0,
    /// Not final: ask again later.
    BONUSPAY_STATE_PENDING = 1,
    /// Paid; or, of a refund, paid back.
    BONUSPAY_STATE_SUCCEEDED = 2,
    /// Failed, expired or cancelled.
    BONUSPAY_STATE_FAILED = 3,
    /// The order was paid and given back.
    BONUSPAY_STATE_REFUNDED = 4,
    /// A status that this library does not know: treat it as pending, never as paid.
    BONUSPAY_STATE_UNKNOWN = 5,
}

use bonuspay_state::*;

impl From<State> for bonuspay_state {
    fn from(state: State) -> Self {
        match state {
            State::None => BONUSPAY_STATE_NONE,
            State::Pending => BONUSPAY_STATE_PENDING,
            State::Succeeded => BONUSPAY_STATE_SUCCEEDED,
            State::Failed => BONUSPAY_STATE_FAILED,
            State::Refunded => BONUSPAY_STATE_REFUNDED,
            State::Unknown => BONUSPAY_STATE_UNKNOWN,
        }
    }
}

/// BonusPay's answer to a call, whose signature is valid. Free it with `bonuspay_response_free`. Any number of
/// threads may read it at once.
pub struct bonuspay_response {
    _opaque: [u8; 0],
}

pub(super) struct ResponseTexts {
    response: Response,
    json: OnceLock<Text>,
    raw: OnceLock<Text>,
    checkout_url: OnceLock<Option<Text>>,
    scalars: Texts,
}

impl From<Response> for ResponseTexts {
    fn from(response: Response) -> Self {
        Self {
            response,
            json: OnceLock::new(),
            raw: OnceLock::new(),
            checkout_url: OnceLock::new(),
            scalars: Texts::default(),
        }
    }
}

impl Object for bonuspay_response {
    type Inner = ResponseTexts;
    const MAGIC: u64 = u64::from_be_bytes(*b"bpanswer");
    const NAME: &'static str = "bonuspay_response";
    // A call had begun: nobody knows whether its request was sent.
    const OUTCOME_OF_A_PANIC: Outcome = Outcome::Unknown;
}

/// Gives one value of the answer's `body` as text, by JSON Pointer (RFC 6901): `/acquireOrder/totalAmount/amount`
/// gives `12.81`. Numbers, `true` and `false` come as their text, amounts in plain digits. NULL when there is
/// nothing, `null`, an object or an array. The text is the response's and goes with it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_response_get(
    response: *const bonuspay_response,
    pointer: *const c_char,
    pointer_len: usize,
    len: *mut usize,
) -> *const c_char {
    // SAFETY: the header's conventions.
    unsafe {
        text("bonuspay_response_get", response, len, |r| {
            let pointer = utf8("pointer", pointer, pointer_len).ok()?;
            r.scalars.get(pointer, || r.response.get(pointer))
        })
    }
}

/// Gives the answer's `body` as a JSON document: see the conventions. The text is the response's and goes with it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_response_json(response: *const bonuspay_response, len: *mut usize) -> *const c_char {
    // SAFETY: the header's conventions.
    unsafe {
        text("bonuspay_response_json", response, len, |r| Some(r.json.get_or_init(|| Text::new(r.response.json()))))
    }
}

/// Gives the HTTP body as it came, byte for byte: for a record, never to parse it again. The bytes are the
/// response's and go with it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_response_raw(response: *const bonuspay_response, len: *mut usize) -> *const c_char {
    // SAFETY: the header's conventions.
    unsafe { text("bonuspay_response_raw", response, len, |r| Some(r.raw.get_or_init(|| Text::new(r.response.raw())))) }
}

/// Gives the `bonuspay_state` of the order or refund that the answer is about; 0 for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_response_state(response: *const bonuspay_response) -> i32 {
    // SAFETY: the header's conventions.
    unsafe { number("bonuspay_response_state", response, |r| bonuspay_state::from(r.response.state()) as i32) }
}

/// Gives the URL of the hosted page to which the shopper goes, of an order of scene `CHECK_OUT`; NULL when there is
/// none, or when its scheme or host is not BonusPay's. The text is the response's and goes with it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_response_checkout_url(
    response: *const bonuspay_response,
    len: *mut usize,
) -> *const c_char {
    // SAFETY: the header's conventions.
    unsafe {
        text("bonuspay_response_checkout_url", response, len, |r| {
            r.checkout_url.get_or_init(|| r.response.checkout_url().map(Text::new)).as_ref()
        })
    }
}

/// Gives 1 when the answer itself names what was asked for, by order number or by the `reserved` text; else 0.
/// Answers are not bound to requests in any other way: never take one for paid that is not bound.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_response_matches_request(response: *const bonuspay_response) -> i32 {
    // SAFETY: the header's conventions.
    unsafe { number("bonuspay_response_matches_request", response, |r| r.response.matches_request().into()) }
}

/// Frees a response and all its texts. NULL is allowed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_response_free(response: *mut bonuspay_response) {
    // SAFETY: the header's conventions.
    unsafe { free("bonuspay_response_free", response) }
}
