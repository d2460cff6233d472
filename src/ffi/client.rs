//! `bonuspay_client`: one function an endpoint.

use super::config::bonuspay_config;
use super::error::{bonuspay_error, bonuspay_status};
use super::fallible::{create, fill, run};
use super::guard::free;
use super::handle::{Object, borrow};
use super::notification::bonuspay_notification;
use super::response::bonuspay_response;
use super::text::{bytes, utf8};
use crate::client::Client;
use crate::endpoint::Endpoint;
use std::ffi::c_char;

/// Talks to one BonusPay with one merchant's keys. Any number of threads may use one client at once, and it may be
/// used on both sides of a fork. Keep it: connections are reused.
pub struct bonuspay_client {
    _opaque: [u8; 0],
}

impl Object for bonuspay_client {
    type Inner = Client;
    const MAGIC: u64 = u64::from_be_bytes(*b"bpclient");
    const NAME: &'static str = "bonuspay_client";
}

/// Makes a client from settings, which it copies. Nothing is connected yet. The caller frees `*out` with
/// `bonuspay_client_free`.
///
/// Returns `BONUSPAY_INVALID_CONFIG` when a setting is missing or contradicts another, `BONUSPAY_KEY` for a key
/// that cannot be used.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_client_new(
    config: *const bonuspay_config,
    out: *mut *mut bonuspay_client,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe { create("bonuspay_client_new", out, err, || Client::new(borrow("config", config)?.build()?)) }
}

/// Frees a client; its keys are wiped when no other client uses them. Answers and notifications that it gave stay.
/// No thread may still be in a call of this client. NULL is allowed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_client_free(client: *mut bonuspay_client) {
    // SAFETY: the header's conventions.
    unsafe { free("bonuspay_client_free", client) }
}

/// Calls an endpoint.
///
/// # Safety
/// The header's conventions.
pub(super) unsafe fn call(
    function: &'static str,
    endpoint: Endpoint,
    client: *const bonuspay_client,
    (biz, biz_len): (*const c_char, usize),
    out: *mut *mut bonuspay_response,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe {
        create(function, out, err, || {
            let client = borrow("client", client)?;
            Ok(client.call(endpoint, bytes("biz", biz, biz_len)?)?.into())
        })
    }
}

/// Places an order (`crypto/placeOrder`). Idempotent by `merchantOrderNo`: the same number and content give the
/// same order, so that an unknown outcome may be repeated. The library itself repeats it at most twice, within the
/// total time. The answer's amount and currency are compared with what was asked.
///
/// `biz`: `merchantOrderNo`, `subject`, `totalAmount` or `refAmount`, `paySceneCode`, and what else BonusPay
/// documents; `expiredTime` is in milliseconds since 1970. The caller frees `*out` with `bonuspay_response_free`.
///
/// Returns the statuses of a call: see the conventions.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_order_place(
    client: *const bonuspay_client,
    biz: *const c_char,
    biz_len: usize,
    out: *mut *mut bonuspay_response,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe { call("bonuspay_order_place", Endpoint::PlaceOrder, client, (biz, biz_len), out, err) }
}

/// Cancels an order that is not paid (`crypto/cancelOrder`). Ask with `bonuspay_order_get` before. Sent once, never
/// repeated.
///
/// `biz`: `merchantOrderNo` or `orderNo`, one of the two. The caller frees `*out` with `bonuspay_response_free`.
///
/// Returns the statuses of a call: see the conventions.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_order_cancel(
    client: *const bonuspay_client,
    biz: *const c_char,
    biz_len: usize,
    out: *mut *mut bonuspay_response,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe { call("bonuspay_order_cancel", Endpoint::CancelOrder, client, (biz, biz_len), out, err) }
}

/// Accepts an order as it stands, although too little or too much was paid (`crypto/acceptOrder`). Sent once, never
/// repeated.
///
/// `biz`: `merchantOrderNo` or `orderNo`, one of the two. The caller frees `*out` with `bonuspay_response_free`.
///
/// Returns the statuses of a call: see the conventions.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_order_accept(
    client: *const bonuspay_client,
    biz: *const c_char,
    biz_len: usize,
    out: *mut *mut bonuspay_response,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe { call("bonuspay_order_accept", Endpoint::AcceptOrder, client, (biz, biz_len), out, err) }
}

/// Asks for an order (`crypto/getOrder`): the proof of a payment. Compare numbers, amount and currency with your
/// own before you believe it, and see `bonuspay_response_matches_request`.
///
/// `biz`: `merchantOrderNo` or `orderNo`, one of the two. The caller frees `*out` with `bonuspay_response_free`.
///
/// Returns the statuses of a call: see the conventions.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_order_get(
    client: *const bonuspay_client,
    biz: *const c_char,
    biz_len: usize,
    out: *mut *mut bonuspay_response,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe { call("bonuspay_order_get", Endpoint::GetOrder, client, (biz, biz_len), out, err) }
}

/// Asks what was deposited for an order so far (`crypto/getPaymentDepositEventList`).
///
/// `biz`: `merchantOrderNo` or `orderNo`, one of the two. The caller frees `*out` with `bonuspay_response_free`.
///
/// Returns the statuses of a call: see the conventions.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_order_payment_events(
    client: *const bonuspay_client,
    biz: *const c_char,
    biz_len: usize,
    out: *mut *mut bonuspay_response,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe { call("bonuspay_order_payment_events", Endpoint::GetPaymentEvents, client, (biz, biz_len), out, err) }
}

/// Pays an order, or a part of it, back (`crypto/refund/placeOrder`). Moves money out: sent once, on a connection of
/// its own, never repeated. When its outcome is unknown, ask with `bonuspay_refund_get`.
///
/// `biz`: `refundMerchantOrderNo`, `originMerchantOrderNo` or `originOrderNo`, `amount`, `chainCode`,
/// `refundAddress`, and what else BonusPay documents. The caller frees `*out` with `bonuspay_response_free`.
///
/// Returns the statuses of a call: see the conventions.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_refund_place(
    client: *const bonuspay_client,
    biz: *const c_char,
    biz_len: usize,
    out: *mut *mut bonuspay_response,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe { call("bonuspay_refund_place", Endpoint::PlaceRefund, client, (biz, biz_len), out, err) }
}

/// Asks for a refund (`crypto/refund/getOrder`).
///
/// `biz`: the refund's number. The caller frees `*out` with `bonuspay_response_free`.
///
/// Returns the statuses of a call: see the conventions.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_refund_get(
    client: *const bonuspay_client,
    biz: *const c_char,
    biz_len: usize,
    out: *mut *mut bonuspay_response,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe { call("bonuspay_refund_get", Endpoint::GetRefund, client, (biz, biz_len), out, err) }
}

/// Calls an endpoint by its path below the base URL, such as `crypto/newThing`: for endpoints to come. Nothing is
/// known about what it does, so it is sent once and never repeated, no field is checked, and its answer is not
/// compared with the request. A path that the library knows is called like its own function.
///
/// `biz`: any JSON object. The caller frees `*out` with `bonuspay_response_free`.
///
/// Returns the statuses of a call: see the conventions.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_call(
    client: *const bonuspay_client,
    path: *const c_char,
    path_len: usize,
    biz: *const c_char,
    biz_len: usize,
    out: *mut *mut bonuspay_response,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe {
        create("bonuspay_call", out, err, || {
            let client = borrow("client", client)?;
            let path = utf8("path", path, path_len)?;
            Ok(client.call_path(path, bytes("biz", biz, biz_len)?)?.into())
        })
    }
}

/// Verifies a notification and reads it: `body`, the HTTP body exactly as it came, and `sign`, the value of its one
/// `Sign` header. `partner_id` is the value of its `Partner-Id` header, or NULL when there was none. A genuine
/// notification is a hint, not a proof: ask with `bonuspay_order_get`. The caller frees `*out` with
/// `bonuspay_notification_free`.
///
/// Returns `BONUSPAY_BAD_SIGNATURE` for a signature that is missing, ill-formed or wrong,
/// `BONUSPAY_NOTIFICATION_MISMATCH` for another merchant's id, `BONUSPAY_PROTOCOL` for a genuine signature over
/// what is no notification, `BONUSPAY_INVALID_CONFIG` for a client without a public key.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_notification_verify(
    client: *const bonuspay_client,
    body: *const c_char,
    body_len: usize,
    sign: *const c_char,
    sign_len: usize,
    partner_id: *const c_char,
    partner_id_len: usize,
    out: *mut *mut bonuspay_notification,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe {
        create("bonuspay_notification_verify", out, err, || {
            let client = borrow("client", client)?;
            let body = bytes("body", body, body_len)?;
            let sign = bytes("sign", sign, sign_len)?;
            let partner = bytes("partner_id", partner_id, partner_id_len)?;
            let partner = (!partner_id.is_null()).then_some(partner);
            Ok(client.verify_notification(body, sign, partner)?.into())
        })
    }
}

/// Signs any bytes with the merchant's private key: SHA-256 with RSA PKCS#1 v1.5, as Base64 of one line. `out` has
/// room for `cap` bytes; `*len` is the signature's length, 344 for a key of 2048 bits. See the conventions for
/// texts in a buffer of yours.
///
/// Returns `BONUSPAY_INVALID_ARGUMENT` for too small a buffer, `BONUSPAY_INVALID_CONFIG` for a client without a
/// private key, `BONUSPAY_SIGN` when signing fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_sign(
    client: *const bonuspay_client,
    message: *const c_char,
    message_len: usize,
    out: *mut c_char,
    cap: usize,
    len: *mut usize,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe {
        fill("bonuspay_sign", out, cap, len, err, || {
            borrow("client", client)?.sign(bytes("message", message, message_len)?)
        })
    }
}

/// Verifies a signature over any bytes with BonusPay's public keys: SHA-256 with RSA PKCS#1 v1.5, as Base64 of one
/// line. Only `BONUSPAY_OK`, which is 0, means that it is valid.
///
/// Returns `BONUSPAY_BAD_SIGNATURE` when it is not, `BONUSPAY_INVALID_CONFIG` for a client without a public key.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_verify(
    client: *const bonuspay_client,
    message: *const c_char,
    message_len: usize,
    sign: *const c_char,
    sign_len: usize,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe {
        run("bonuspay_verify", err, || {
            let client = borrow("client", client)?;
            let message = bytes("message", message, message_len)?;
            client.verify(message, bytes("sign", sign, sign_len)?)
        })
    }
}
