//! Two amounts, a line each: equal to the digits that shifting the point gives, or refused by both.

use bonuspay::Amount;

use crate::independent::amount::{compare, plain};

pub(crate) fn run(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else {
        return;
    };
    let (a, b) = text.split_once('\n').unwrap_or((text, "12.81"));
    let (Some((a, a_digits)), Some((b, b_digits))) = (read(a), read(b)) else {
        return;
    };
    assert_eq!(a.compare(&b), compare(&a_digits, &b_digits), "{a_digits} and {b_digits}");
    assert_eq!(a == b, a.compare(&b).is_eq());
}

fn read(text: &str) -> Option<(Amount, String)> {
    let amount = match (Amount::parse(text), plain(text)) {
        (Ok(amount), Some(digits)) => {
            assert_eq!(amount.to_string(), digits, "{text}");
            amount
        }
        (Err(error), None) => {
            super::check_error(&error);
            return None;
        }
        (ours, theirs) => panic!("{text}: {ours:?}, by shifting {theirs:?}"),
    };
    let digits = amount.to_string();
    assert_eq!(Amount::parse(&digits).unwrap().to_string(), digits);
    let nothing = digits.trim_matches(['-', '0', '.']).is_empty();
    assert_eq!(amount.is_negative(), digits.starts_with('-'));
    assert_eq!(amount.is_positive(), !nothing && !digits.starts_with('-'));
    let decimals = digits.split_once('.').map_or("", |(_, fraction)| fraction).trim_end_matches('0').len();
    assert_eq!(amount.decimals() as usize, decimals, "{digits}");
    Some((amount, digits))
}
