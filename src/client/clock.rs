//! Time and chance.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Time and chance as the client sees them; a simulation brings its own.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970.
    fn unix_ms(&self) -> u64;
    /// Time that only moves forward, from any starting point.
    fn elapsed(&self) -> Duration;
    /// Waits.
    fn sleep(&self, duration: Duration);
    /// A duration between two bounds, evenly.
    fn chance(&self, from: Duration, to: Duration) -> Duration;
}

/// The machine's clock.
#[derive(Debug)]
pub struct SystemClock(Instant);

impl Default for SystemClock {
    fn default() -> Self {
        Self(Instant::now())
    }
}

impl Clock for SystemClock {
    fn unix_ms(&self) -> u64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    }

    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }

    fn sleep(&self, duration: Duration) {
        std::thread::sleep(duration);
    }

    fn chance(&self, from: Duration, to: Duration) -> Duration {
        let mut bytes = [0; 4];
        // Without randomness the middle will do.
        let part = match aws_lc_rs::rand::fill(&mut bytes) {
            Ok(()) => u32::from_le_bytes(bytes),
            Err(_) => u32::MAX / 2,
        };
        let span = u64::try_from(to.saturating_sub(from).as_micros()).unwrap_or(u64::MAX).min(u64::from(u32::MAX));
        from + Duration::from_micros((span * u64::from(part)) >> 32)
    }
}
