//! R39, the one place that decides whether a call is made again.

use std::time::Duration;

use crate::error::{Error, ErrorKind, Outcome};
use crate::protocol::call::Idempotency;

/// A call is repeated at most so often.
pub(crate) const REPEATS_MAX: u32 = 2;
const PAUSE_MIN: Duration = Duration::from_millis(200);
const PAUSE_MAX: Duration = Duration::from_secs(2);
/// With less than this left of the deadline another attempt would only make an outcome unknown.
const ATTEMPT_MIN: Duration = Duration::from_millis(100);

/// How long to wait before the call is made again, with a new request time and signature; `None` to stop.
///
/// `chance` gives a duration between two bounds, evenly (full jitter: shops that lost the gateway together must
/// not come back together).
pub(crate) fn pause_before_repeat(
    idempotency: Idempotency,
    error: &Error,
    repeats_made: u32,
    left: Duration,
    chance: &dyn Fn(Duration, Duration) -> Duration,
) -> Option<Duration> {
    if idempotency == Idempotency::SendOnce || repeats_made >= REPEATS_MAX || !worth_repeating(error) {
        return None;
    }
    let longest = left.checked_sub(ATTEMPT_MIN)?.min(PAUSE_MAX);
    (longest >= PAUSE_MIN).then(|| chance(PAUSE_MIN, longest).clamp(PAUSE_MIN, longest))
}

/// A network fault, or a refusal that says "later". Never an answer that breaks the protocol, fails its
/// signature or speaks of another order, nor a proxy that wants a password: the next would too.
fn worth_repeating(error: &Error) -> bool {
    match error.kind() {
        _ if error.is_lasting() => false,
        ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Io => true,
        ErrorKind::Api => matches!(error.api_code(), Some("402" | "500" | "504")),
        _ => false,
    }
}

/// What the caller may do with the last error, after all attempts.
///
/// Once an attempt's outcome was unknown, a later refusal or fault does not make it known.
pub(crate) fn conclude(idempotency: Idempotency, last: Error, some_attempt_was_unknown: bool) -> Error {
    let outcome = if some_attempt_was_unknown { Outcome::Unknown } else { last.outcome() };
    // What lasts until somebody mends it, a certificate or a proxy's password, may be mended by then.
    let mendable = last.kind() == ErrorKind::Tls || last.is_lasting();
    let may_help = worth_repeating(&last) || mendable || is_overload(&last);
    let safe = idempotency == Idempotency::Idempotent || outcome != Outcome::Unknown;
    last.with_outcome(outcome).with_retryable(may_help && safe)
}

/// The page of a server before BonusPay's that says "not now". It is no answer of the protocol, so the library does
/// not repeat by itself; later it may be gone.
fn is_overload(error: &Error) -> bool {
    error.kind() == ErrorKind::HttpStatus && matches!(error.http_status(), Some(429 | 500..=599))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn api(code: &str, outcome: Outcome) -> Error {
        Error::new(ErrorKind::Api, outcome, "refused").with_api(code, None, None)
    }

    fn error(kind: ErrorKind, outcome: Outcome) -> Error {
        Error::new(kind, outcome, "failed")
    }

    #[test]
    fn pauses_stay_within_bounds_for_a_thousand_seeds() {
        let broken = error(ErrorKind::Io, Outcome::Unknown);
        for seed in 0..1000_u64 {
            let chance = |from: Duration, to: Duration| from + (to - from) * u32::try_from(seed).unwrap() / 999;
            let mut left = Duration::from_millis(500 + seed * 14);
            let mut repeats = 0;
            while let Some(pause) = pause_before_repeat(Idempotency::Idempotent, &broken, repeats, left, &chance) {
                assert!(pause >= PAUSE_MIN && pause <= PAUSE_MAX && pause + ATTEMPT_MIN <= left, "{seed}");
                left -= pause;
                repeats += 1;
            }
            assert!(repeats <= REPEATS_MAX);
            assert!(repeats == REPEATS_MAX || left < PAUSE_MAX + PAUSE_MIN, "{seed}: gave up early");
        }
    }

    #[test]
    fn only_what_may_pass_is_repeated_and_never_what_moves_money() {
        let chance = |from: Duration, _: Duration| from;
        let again = |idempotency, error: &Error| {
            pause_before_repeat(idempotency, error, 0, Duration::from_secs(15), &chance).is_some()
        };
        let passing = [
            error(ErrorKind::Connect, Outcome::NotSent),
            error(ErrorKind::Timeout, Outcome::NotSent),
            error(ErrorKind::Io, Outcome::Unknown),
            api("402", Outcome::Rejected),
            api("500", Outcome::Unknown),
            api("504", Outcome::Unknown),
        ];
        for failed in &passing {
            assert!(again(Idempotency::Idempotent, failed), "{failed:?}");
            assert!(!again(Idempotency::SendOnce, failed), "{failed:?}");
        }
        let lasting = [
            error(ErrorKind::Tls, Outcome::NotSent),
            error(ErrorKind::Connect, Outcome::NotSent).with_lasting(true),
            error(ErrorKind::Protocol, Outcome::Unknown),
            error(ErrorKind::HttpStatus, Outcome::Unknown),
            error(ErrorKind::BadSignature, Outcome::Unknown),
            error(ErrorKind::Mismatch, Outcome::Unknown),
            api("400", Outcome::Rejected),
            api("403", Outcome::Rejected),
            api("601", Outcome::Rejected),
            api("77004", Outcome::Rejected),
            api("77004", Outcome::Unknown),
        ];
        for failed in &lasting {
            assert!(!again(Idempotency::Idempotent, failed), "{failed:?}");
        }
        let broken = error(ErrorKind::Io, Outcome::Unknown);
        assert!(
            pause_before_repeat(Idempotency::Idempotent, &broken, REPEATS_MAX, Duration::from_secs(15), &chance)
                .is_none()
        );
        assert!(
            pause_before_repeat(Idempotency::Idempotent, &broken, 0, Duration::from_millis(250), &chance).is_none()
        );
    }

    #[test]
    fn unknown_once_is_unknown_to_the_end() {
        let refused = conclude(Idempotency::Idempotent, error(ErrorKind::Connect, Outcome::NotSent), true);
        assert_eq!((refused.outcome(), refused.is_retryable()), (Outcome::Unknown, true));
        let refund = conclude(Idempotency::SendOnce, error(ErrorKind::Io, Outcome::Unknown), false);
        assert_eq!((refund.outcome(), refund.is_retryable()), (Outcome::Unknown, false));
        let refund = conclude(Idempotency::SendOnce, error(ErrorKind::Connect, Outcome::NotSent), false);
        assert_eq!((refund.outcome(), refund.is_retryable()), (Outcome::NotSent, true));
        let limited = conclude(Idempotency::SendOnce, api("402", Outcome::Rejected), false);
        assert_eq!((limited.outcome(), limited.is_retryable()), (Outcome::Rejected, true));
        let unproven = conclude(Idempotency::SendOnce, error(ErrorKind::Tls, Outcome::NotSent), false);
        assert!(unproven.is_retryable(), "a certificate may be mended, and nothing was sent");
        let barred = error(ErrorKind::Connect, Outcome::NotSent).with_lasting(true);
        assert!(conclude(Idempotency::SendOnce, barred, false).is_retryable(), "so may a proxy's password");
        let page = |status| error(ErrorKind::HttpStatus, Outcome::Unknown).with_http_status(status);
        for (status, later) in [(302, false), (404, false), (429, true), (500, true), (502, true), (503, true)] {
            assert_eq!(conclude(Idempotency::Idempotent, page(status), false).is_retryable(), later, "{status}");
            assert!(!conclude(Idempotency::SendOnce, page(status), false).is_retryable(), "{status}");
        }
        let known = conclude(Idempotency::Idempotent, api("77004", Outcome::Rejected), false);
        assert_eq!((known.outcome(), known.is_retryable()), (Outcome::Rejected, false));
    }
}
