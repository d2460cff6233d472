//! `bonuspay_question`, and several of them at once.

use super::client::bonuspay_client;
use super::error::{bonuspay_error, bonuspay_status};
use super::fallible::create_each;
use super::guard::guard;
use super::handle::{borrow, not_null};
use super::response::bonuspay_response;
use super::text::{bytes, utf8};
use crate::client::{QUESTIONS_MAX, Question, check_count};
use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind};
use std::ffi::c_char;
use std::time::Duration;

/// How many questions `bonuspay_call_many` takes at most.
pub const BONUSPAY_QUESTIONS_MAX: u32 = 64;

// The header's generator reads numbers, and follows no path to one.
const _: () = assert!(BONUSPAY_QUESTIONS_MAX as usize == QUESTIONS_MAX);

/// One of the questions of `bonuspay_call_many`.
#[repr(C)]
pub struct bonuspay_question {
    /// The call: the name of its function without `bonuspay_`, such as `order_get`.
    pub call: *const c_char,
    /// The length of `call`.
    pub call_len: usize,
    /// The request, as the function takes it.
    pub biz: *const c_char,
    /// The length of `biz`.
    pub biz_len: usize,
}

/// Asks several questions at once: `calls` has `n` of them, 1 to `BONUSPAY_QUESTIONS_MAX`, and `out` and `errs` have
/// `n` places each. For the question `calls[i]`, either `out[i]` is the answer and `errs[i]` is NULL, or `out[i]` is
/// NULL and `errs[i]` is the error; both are what the call's own function would have given. `errs` may be NULL. After
/// a failure of the whole, all places are NULL.
///
/// Calls that only ask may be asked: `order_get`, `order_payment_events`, `refund_get`, `topup_address`,
/// `topup_deposits`, `topup_deposit`, `withdraw_get`, `withdraw_networks`, `transfer_get`, `transfer_networks`,
/// `fx_rate`, `account_balances`, `settlement_get`, `submerchant_get`. Up to 8 are under way at once, each on a
/// connection of its own, which is kept for the next; the others wait for their turn.
///
/// `deadline_ms` is for all of them together, at most 600000; 0 stands for the client's total time, which bounds each
/// question in any case, from when its turn came. One whose turn does not come in time is `BONUSPAY_TIMEOUT`,
/// `BONUSPAY_OUTCOME_NOT_SENT`.
///
/// The caller frees each `out[i]` with `bonuspay_response_free`, and each `errs[i]` with `bonuspay_error_free`.
///
/// Returns `BONUSPAY_OK` when each question has its answer or its error: look into each place. Returns
/// `BONUSPAY_INVALID_ARGUMENT` before anything is sent for too many questions or none, for a name that is no call's,
/// for a call that does more than ask, and for too long a deadline; the error's field, such as `calls[2]`, says where.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_call_many(
    client: *const bonuspay_client,
    calls: *const bonuspay_question,
    n: usize,
    deadline_ms: u32,
    out: *mut *mut bonuspay_response,
    errs: *mut *mut bonuspay_error,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe {
        create_each("bonuspay_call_many", n, out, errs, err, || {
            let client = borrow("client", client)?;
            check_count(n)?;
            not_null("calls", calls)?;
            let questions: Vec<_> = (0..n).map(|at| question(calls, at)).collect::<Result<_, _>>()?;
            let deadline = (deadline_ms > 0).then(|| Duration::from_millis(deadline_ms.into()));
            // A guard of its own, as each thread needs one.
            let answers = client.ask_many(&questions, deadline, |ask| guard("bonuspay_call_many: a question", ask))?;
            Ok(answers.into_iter().map(|answer| answer.map(Into::into)).collect())
        })
    }
}

/// # Safety
/// As the header says: there are more than `at` questions at `calls`, each of texts that nobody changes meanwhile.
unsafe fn question<'a>(calls: *const bonuspay_question, at: usize) -> Result<Question<'a>, Error> {
    let field = |name: &str| format!("calls[{at}].{name}");
    // SAFETY: the caller's promise. Unaligned is allowed, as for outputs.
    unsafe {
        let given = calls.wrapping_add(at).read_unaligned();
        let name = utf8(&field("call"), given.call, given.call_len)?;
        let endpoint = Endpoint::from_name(name).ok_or_else(|| unknown(&field("call")))?;
        Ok(Question::new(endpoint, bytes(&field("biz"), given.biz, given.biz_len)?))
    }
}

fn unknown(field: &str) -> Error {
    let text = "is no call's name: that is a function's without bonuspay_, such as order_get; nothing was sent";
    Error::local(ErrorKind::InvalidArgument, format!("{field} {text}")).with_field(field)
}
