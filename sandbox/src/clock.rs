//! Time. The core is given it; only the program reads a clock.

use std::time::{SystemTime, UNIX_EPOCH};

/// Where the program gets the time from. A simulation brings its own.
pub trait Clock: Send + Sync {
    /// Milliseconds since the epoch.
    fn now_ms(&self) -> i64;
}

/// The machine's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    fn now_ms(&self) -> i64 {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX)
    }
}

/// `yyyyMMddHHmmss` at UTC+4, where the gateway's `notify_time` comes from.
pub fn gulf_time(ms: i64) -> String {
    let ([year, month, day], [hour, minute, second]) = civil(ms.div_euclid(1000) + 4 * 3600);
    format!("{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02}")
}

/// `2026-11-20 14:03:05`, in UTC.
pub fn utc_time(ms: i64) -> String {
    let ([year, month, day], [hour, minute, second]) = civil(ms.div_euclid(1000));
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
}

/// Date and time of day.
fn civil(seconds: i64) -> ([i64; 3], [i64; 3]) {
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // Days to a civil date, in eras of 400 years that begin in March.
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    ([year, month, day], [second / 3600, second / 60 % 60, second % 60])
}

#[cfg(test)]
mod tests {
    #[test]
    fn notify_time_is_that_of_the_documents_sample() {
        assert_eq!(super::gulf_time(1_637_331_743_833), "20211119182223");
        assert_eq!(super::gulf_time(1_709_150_400_000), "20240229000000");
        assert_eq!(super::utc_time(1_709_150_400_000), "2024-02-28 20:00:00");
    }
}
