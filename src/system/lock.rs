//! The one way to take a lock.

use std::sync::{Mutex, MutexGuard};

/// What this library guards stays whole when a thread panics over it, so that it is never given up.
#[cfg(not(bonuspay_tsan))]
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// For ThreadSanitizer, which does not see the wait for a lock: that is compiled into the standard library, without
/// its instruments. An attempt is compiled here.
#[cfg(bonuspay_tsan)]
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    use std::sync::TryLockError;
    loop {
        match mutex.try_lock() {
            Ok(guard) => return guard,
            Err(TryLockError::Poisoned(poisoned)) => return poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => std::thread::yield_now(),
        }
    }
}
