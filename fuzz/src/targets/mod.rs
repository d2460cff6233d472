//! One entry of the library each.

pub(crate) mod amount;
pub(crate) mod answer;
pub(crate) mod c_abi;
pub(crate) mod checkout_url;
pub(crate) mod json;
pub(crate) mod key;
pub(crate) mod notification;
pub(crate) mod signature;

mod gateway;

use crate::independent::{self, json::Json};
use bonuspay::{Error, Outcome};

/// The library's own bound on runs of letters and digits in what may go to a log.
const OPAQUE_RUN: usize = 24;
const MESSAGE: usize = 620;

/// What holds of every error: its texts are short, one line, and hold nothing that could be a key or an address.
fn check_error(error: &Error) {
    let texts = [Some(error.message()), error.field(), error.api_code(), error.api_message(), error.trace_code()];
    for text in texts.into_iter().flatten() {
        assert!(text.len() <= MESSAGE, "{} bytes", text.len());
        assert!(!text.contains(char::is_control), "a control character");
        for run in text.split(|c: char| !c.is_ascii_alphanumeric()) {
            let opaque = run.len() > OPAQUE_RUN && run.contains(|c: char| c.is_ascii_digit());
            assert!(!opaque, "an opaque run: {run}");
        }
    }
    if error.outcome() == Outcome::NotSent {
        assert!(!error.is_authenticated(), "authenticated by nobody");
    }
}

/// Every decimal of a document is plain digits, and is one of those that came.
fn check_decimals(came: &Json, document: &str) {
    const DECIMALS: [&str; 5] = ["amount", "minDeposit", "fxrate", "quantity", "withdrawMin"];
    let left = independent::json::read(document.as_bytes()).expect("a document is JSON");
    let (mut here, mut there) = (Vec::new(), Vec::new());
    came.scalars_under(&DECIMALS, &mut there);
    left.scalars_under(&DECIMALS, &mut here);
    let there: Vec<_> = there.iter().filter_map(|(_, text)| independent::amount::plain(text)).collect();
    for (number, text) in here {
        assert!(!number, "a decimal left as a number: {text}");
        assert_eq!(independent::amount::plain(&text).as_ref(), Some(&text), "not in plain digits");
        assert!(there.contains(&text), "{text} came nowhere");
    }
}
