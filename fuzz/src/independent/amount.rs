//! Amounts by shifting the point in the text; no arithmetic on the digits.

use std::cmp::Ordering;

/// 2^96 - 1: the most that the library's type holds, without its point.
const MOST: &str = "79228162514264337593543950335";
const DECIMALS_MOST: usize = 28;
/// Larger exponents are refused, whatever they belong to.
const EXPONENT_DIGITS_MOST: usize = 4;

/// Plain digits with the scale that the text has, where they can be held.
pub(crate) fn plain(text: &str) -> Option<String> {
    let (negative, rest) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let at = rest.find(['e', 'E']);
    let (digits, exponent) = at.map_or((rest, "0"), |at| (&rest[..at], &rest[at + 1..]));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_number = |text: &str| !text.is_empty() && text.chars().all(|digit| "0123456789".contains(digit));
    if !is_number(whole) || !is_number(fraction) || (whole.len() > 1 && whole.starts_with('0')) {
        return None;
    }
    let fraction = if digits.contains('.') { fraction } else { "" };
    let (left, exponent) = match exponent.as_bytes() {
        [b'-', ..] => (true, &exponent[1..]),
        [b'+', ..] => (false, &exponent[1..]),
        _ => (false, exponent),
    };
    let shift = exponent.trim_start_matches('0');
    if !is_number(exponent) || shift.len() > EXPONENT_DIGITS_MOST {
        return None;
    }
    let shift: usize = shift.parse().unwrap_or(0);

    let all = format!("{whole}{fraction}");
    let nothing = all.trim_matches('0').is_empty();
    let (mut all, decimals) = match left {
        true => (all, fraction.len() + shift),
        false if shift <= fraction.len() => (all, fraction.len() - shift),
        false if nothing => (all, 0),
        false => (all.clone() + &"0".repeat(shift - fraction.len()), 0),
    };
    let significant = all.trim_start_matches('0');
    let fits = (significant.len(), significant) <= (MOST.len(), MOST);
    if decimals > DECIMALS_MOST || !fits {
        return None;
    }
    while all.len() <= decimals {
        all.insert(0, '0');
    }
    let (whole, fraction) = all.split_at(all.len() - decimals);
    let whole = Some(whole.trim_start_matches('0')).filter(|whole| !whole.is_empty()).unwrap_or("0");
    let sign = if negative && !nothing { "-" } else { "" };
    Some(if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") })
}

/// Compares two texts of plain digits.
pub(crate) fn compare(a: &str, b: &str) -> Ordering {
    let parts = |text: &str| -> (bool, String, String) {
        let unsigned = text.trim_start_matches('-');
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        (text.starts_with('-'), format!("{whole:0>40}"), format!("{fraction:0<40}"))
    };
    let ((a_negative, a_whole, a_fraction), (b_negative, b_whole, b_fraction)) = (parts(a), parts(b));
    let sizes = (a_whole, a_fraction).cmp(&(b_whole, b_fraction));
    match (a_negative, b_negative) {
        (false, false) => sizes,
        (true, true) => sizes.reverse(),
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
    }
}

#[test]
fn it_shifts() {
    for (text, digits) in [
        ("12.81", Some("12.81")),
        ("1281E-2", Some("12.81")),
        ("-0.10e1", Some("-1.0")),
        ("0E-8", Some("0.00000000")),
        ("-0", Some("0")),
        ("1E+2", Some("100")),
        ("0e9999", Some("0")),
        ("1e-29", None),
        ("01", None),
        ("1.", None),
        ("1e", None),
        ("79228162514264337593543950335", Some("79228162514264337593543950335")),
        ("79228162514264337593543950336", None),
    ] {
        assert_eq!(plain(text).as_deref(), digits, "{text}");
    }
    assert_eq!(compare("12.8", "12.81"), Ordering::Less);
    assert_eq!(compare("-3", "-2.5"), Ordering::Less);
    assert_eq!(compare("100.0", "100"), Ordering::Equal);
}
