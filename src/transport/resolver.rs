//! Looking up names under a deadline.

use crate::system::os::{self, LookupError};
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Instant;

/// Lookups that may be under way in one process at a time.
pub(super) const LOOKUPS_MAX: usize = 32;
/// Room for the name service modules that the C library loads.
const STACK_SIZE: usize = 1024 * 1024;

/// The C library's lookup; tests bring slower ones.
pub(super) type Lookup = fn(&str, u16) -> Result<Vec<SocketAddr>, Unresolved>;

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unresolved {
    /// The name has no address.
    Unknown,
    /// No name server answered, or the one that did said "later".
    Unanswered,
    /// The name service itself failed.
    Failed,
    /// This process, or this machine, may open no more files.
    NoDescriptor,
    /// The lookup took too long.
    Timeout,
    /// Too many lookups are stuck.
    Busy,
    /// The system gave no thread.
    NoThread,
}

pub(super) fn system_lookup(host: &str, port: u16) -> Result<Vec<SocketAddr>, Unresolved> {
    os::look_up(host, port).map_err(|error| {
        // The C library takes its own files that it could not open for files that are not there.
        if os::no_descriptor_is_left() { Unresolved::NoDescriptor } else { cause(&error) }
    })
}

fn cause(error: &LookupError) -> Unresolved {
    match error {
        LookupError::System(error) if os::is_out_of_descriptors(error) => Unresolved::NoDescriptor,
        LookupError::Resolver(libc::EAI_NONAME | libc::EAI_NODATA) => Unresolved::Unknown,
        LookupError::Resolver(libc::EAI_AGAIN) => Unresolved::Unanswered,
        LookupError::System(_) | LookupError::Resolver(_) => Unresolved::Failed,
    }
}

/// The addresses of a host, in the system's order.
///
/// The C library cannot be interrupted, so a name is looked up in a thread that is left behind when it is late.
pub(super) fn resolve(
    lookups: &'static Lookups,
    host: &str,
    port: u16,
    deadline: Instant,
    lookup: Lookup,
) -> Result<Vec<SocketAddr>, Unresolved> {
    if let Ok(address) = host.parse::<IpAddr>() {
        return Ok(vec![SocketAddr::new(address, port)]);
    }
    let slot = Slot::take(lookups).ok_or(Unresolved::Busy)?;
    let (sender, receiver) = sync_channel(1);
    let name = host.to_owned();
    os::spawn_without_signals("bonuspay-dns", STACK_SIZE, move || {
        let found = lookup(&name, port);
        drop(slot);
        // Nobody listens any more when the deadline has passed.
        let _ = sender.send(found);
    })
    .map_err(|_| Unresolved::NoThread)?;
    match receiver.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
        Ok(Ok(found)) if found.is_empty() => Err(Unresolved::Unknown),
        Ok(result) => result,
        Err(RecvTimeoutError::Disconnected) => Err(Unresolved::Failed),
        Err(RecvTimeoutError::Timeout) => Err(Unresolved::Timeout),
    }
}

/// The lookups that are under way in one process.
#[derive(Default)]
pub(super) struct Lookups(AtomicUsize);

/// One of the lookups that may run.
struct Slot(&'static Lookups);

impl Slot {
    fn take(lookups: &'static Lookups) -> Option<Self> {
        let free = |running| (running < LOOKUPS_MAX).then_some(running + 1);
        lookups.0.fetch_update(Ordering::AcqRel, Ordering::Acquire, free).ok().map(|_| Self(lookups))
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::AcqRel);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io;
    use std::thread::sleep;
    use std::time::Duration;

    static LOOKUPS: Lookups = Lookups(AtomicUsize::new(0));

    fn soon(milliseconds: u64) -> Instant {
        Instant::now() + Duration::from_millis(milliseconds)
    }

    fn address(text: &str) -> SocketAddr {
        text.parse().unwrap()
    }

    #[test]
    fn literals_take_no_lookup() {
        let fail: Lookup = |_, _| panic!("looked up");
        assert_eq!(resolve(&LOOKUPS, "127.0.0.1", 1, soon(0), fail), Ok(vec![address("127.0.0.1:1")]));
        assert_eq!(resolve(&LOOKUPS, "::1", 1, soon(0), fail), Ok(vec![address("[::1]:1")]));
    }

    #[test]
    fn no_address_is_an_unknown_name() {
        assert_eq!(resolve(&LOOKUPS, "empty", 1, soon(5000), |_, _| Ok(vec![])), Err(Unresolved::Unknown));
    }

    #[test]
    fn each_cause_is_kept() {
        for (code, expected) in [
            (libc::EAI_NONAME, Unresolved::Unknown),
            (libc::EAI_NODATA, Unresolved::Unknown),
            (libc::EAI_AGAIN, Unresolved::Unanswered),
            (libc::EAI_FAIL, Unresolved::Failed),
            (libc::EAI_MEMORY, Unresolved::Failed),
        ] {
            assert_eq!(cause(&LookupError::Resolver(code)), expected, "{code}");
        }
        for (number, expected) in [
            (libc::EMFILE, Unresolved::NoDescriptor),
            (libc::ENFILE, Unresolved::NoDescriptor),
            (libc::EIO, Unresolved::Failed),
        ] {
            assert_eq!(cause(&LookupError::System(io::Error::from_raw_os_error(number))), expected, "{number}");
        }
        let again: Lookup = |_, _| Err(Unresolved::Unanswered);
        assert_eq!(resolve(&LOOKUPS, "later", 1, soon(5000), again), Err(Unresolved::Unanswered));
    }

    #[test]
    fn the_c_library_is_asked_for_both_families() {
        let found = system_lookup("localhost", 81).unwrap();
        assert!(found.iter().all(|address| address.ip().is_loopback() && address.port() == 81), "{found:?}");
        assert_eq!(system_lookup("127.0.0.1", 81), Ok(vec![address("127.0.0.1:81")]));
        assert_eq!(system_lookup("::1", 81), Ok(vec![address("[::1]:81")]));
        assert_eq!(system_lookup("a\0b", 81), Err(Unresolved::Unknown));
    }

    #[test]
    fn stuck_lookups_are_left_behind_and_bounded() {
        let slow: Lookup = |_, _| {
            sleep(Duration::from_millis(1500));
            Ok(vec![])
        };
        static OWN: Lookups = Lookups(AtomicUsize::new(0));
        let started = Instant::now();
        for _ in 0..LOOKUPS_MAX {
            assert_eq!(resolve(&OWN, "stuck", 1, soon(5), slow), Err(Unresolved::Timeout));
        }
        for _ in 0..100 {
            assert_eq!(resolve(&OWN, "stuck", 1, soon(5), slow), Err(Unresolved::Busy));
        }
        assert!(started.elapsed() < Duration::from_millis(1400));
        while OWN.0.load(Ordering::Acquire) > 0 {
            sleep(Duration::from_millis(20));
        }
        assert_eq!(resolve(&OWN, "free", 1, soon(5000), |_, _| Ok(vec![])), Err(Unresolved::Unknown));
    }

    #[test]
    fn lookups_run_without_signals() {
        let look: Lookup = |_, _| {
            let status = std::fs::read_to_string("/proc/thread-self/status").unwrap();
            let mask = status.lines().find_map(|line| line.strip_prefix("SigBlk:")).unwrap().trim();
            let mask = u64::from_str_radix(mask, 16).unwrap();
            // HUP, INT, USR1, SEGV left out: 1, 2, 10, and 14 (ALRM), 15 (TERM), 17 (CHLD), 27 (PROF).
            let blocked = [1, 2, 10, 14, 15, 17, 27].iter().all(|signal| mask & (1 << (signal - 1)) != 0);
            Ok(vec![SocketAddr::from(([127, 0, 0, 1], u16::from(blocked)))])
        };
        let found = resolve(&LOOKUPS, "mask", 0, soon(5000), look).unwrap();
        assert_eq!(found, [address("127.0.0.1:1")]);
        let own = std::fs::read_to_string("/proc/thread-self/status").unwrap();
        assert!(own.contains("SigBlk:\t0000000000000000"), "the caller's mask is as before");
    }
}
