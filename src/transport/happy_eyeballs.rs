//! Happy Eyeballs (RFC 8305): the addresses of a name are tried beside one another, the first that answers wins.
//!
//! Nothing is sent here. The losers are closed as they are.

use crate::system::lock::lock;
use crate::system::os;
use std::collections::VecDeque;
use std::io;
use std::net::{SocketAddr, TcpStream};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// How long an address is waited for before the next one is tried beside it (RFC 8305, 5).
const ATTEMPT_DELAY: Duration = Duration::from_millis(250);
/// Addresses of one name that are tried: a name that has thousands must not take all of a host's descriptors.
const ADDRESSES_MAX: usize = 64;
/// Hosts whose last good address is remembered.
const REMEMBERED_MAX: usize = 32;

/// Why no address was reached, with what the system said of those that failed.
#[derive(Debug)]
pub(super) enum Unreached {
    /// Not all had failed when the time was up.
    Timeout(Vec<io::Error>),
    Failed(Vec<io::Error>),
}

/// The first address that answers.
pub(super) fn connect(addresses: &[SocketAddr], deadline: Instant) -> Result<(TcpStream, SocketAddr), Unreached> {
    let begun = Instant::now();
    let mut attempts = Attempts::new(addresses, begun, deadline.saturating_duration_since(begun));
    loop {
        let now = Instant::now();
        if now >= deadline {
            return Err(Unreached::Timeout(attempts.failures));
        }
        attempts.start_what_is_due(now);
        if attempts.running.is_empty() {
            return Err(Unreached::Failed(attempts.failures));
        }
        match attempts.wait(now, deadline) {
            Ok(None) => {}
            Ok(Some(winner)) => return Ok(winner),
            Err(error) => return Err(Unreached::Failed(vec![error])),
        }
    }
}

struct Attempts<'a> {
    waiting: VecDeque<&'a SocketAddr>,
    /// In the order of preference.
    running: Vec<(SocketAddr, TcpStream)>,
    failures: Vec<io::Error>,
    next: Instant,
    delay: Duration,
}

impl<'a> Attempts<'a> {
    fn new(addresses: &'a [SocketAddr], begun: Instant, left: Duration) -> Self {
        // Where time is short or the addresses are many, each still gets its turn, the last one too.
        let share = left / u32::try_from(addresses.len().max(1)).unwrap_or(u32::MAX);
        Self {
            waiting: addresses.iter().collect(),
            running: Vec::new(),
            failures: Vec::new(),
            next: begun,
            delay: ATTEMPT_DELAY.min(share),
        }
    }

    /// The next one, when its time has come; at once, when nothing else is under way.
    fn start_what_is_due(&mut self, now: Instant) {
        while self.running.is_empty() || self.next <= now {
            let Some(address) = self.waiting.pop_front() else { return };
            match os::begin_connect(address) {
                Ok(socket) => {
                    self.running.push((*address, socket));
                    self.next = now + self.delay;
                }
                Err(error) => self.failures.push(error),
            }
        }
    }

    /// The winner, if there is one by the time the next address is due.
    fn wait(&mut self, now: Instant, deadline: Instant) -> io::Result<Option<(TcpStream, SocketAddr)>> {
        let until = if self.waiting.is_empty() { deadline } else { deadline.min(self.next) };
        let sockets = self.running.iter().map(|(_, socket)| socket);
        let ended = os::wait_for_any(sockets, until.saturating_duration_since(now))?;
        let mut still_running = Vec::new();
        for ((address, socket), ended) in std::mem::take(&mut self.running).into_iter().zip(ended) {
            if !ended {
                still_running.push((address, socket));
                continue;
            }
            match result(&socket) {
                Ok(()) => return Ok(Some((socket, address))),
                Err(error) => {
                    self.failures.push(error);
                    self.next = now;
                }
            }
        }
        self.running = still_running;
        Ok(None)
    }
}

/// What became of an attempt that has ended. A connection that was made is one that blocks, like any other.
fn result(socket: &TcpStream) -> io::Result<()> {
    match socket.take_error()? {
        Some(error) => Err(error),
        None => socket.set_nonblocking(false),
    }
}

/// The addresses in the order in which they are tried: the one that was good the last time, then the system's
/// preference, the families in turn. When one family leads nowhere, the second try is the other one.
pub(super) fn in_turn(found: Vec<SocketAddr>, last_good: Option<SocketAddr>) -> Vec<SocketAddr> {
    let last_good = last_good.filter(|good| found.contains(good));
    let mut ordered: Vec<SocketAddr> = Vec::new();
    for address in last_good.into_iter().chain(found) {
        if !ordered.contains(&address) && ordered.len() < ADDRESSES_MAX {
            ordered.push(address);
        }
    }
    let six_first = ordered.first().is_some_and(SocketAddr::is_ipv6);
    let (first, second): (Vec<_>, Vec<_>) = ordered.into_iter().partition(|address| address.is_ipv6() == six_first);
    let mut rest = second.into_iter();
    let mut mixed = Vec::new();
    for address in first {
        mixed.push(address);
        mixed.extend(rest.next());
    }
    mixed.extend(rest);
    mixed
}

/// The addresses that were good the last time: a dead one that the name service still tells costs a process its wait
/// once, and not with every connection.
#[derive(Default)]
pub(super) struct LastGood(Mutex<VecDeque<Good>>);

struct Good {
    host: String,
    /// With its port.
    address: SocketAddr,
}

impl LastGood {
    pub(super) fn of(&self, host: &str, port: u16) -> Option<SocketAddr> {
        let known = lock(&self.0);
        known.iter().find(|good| good.host == host && good.address.port() == port).map(|good| good.address)
    }

    pub(super) fn remember(&self, host: &str, address: SocketAddr) {
        let mut known = lock(&self.0);
        known.retain(|good| !(good.host == host && good.address.port() == address.port()));
        known.push_front(Good { host: host.to_owned(), address });
        known.truncate(REMEMBERED_MAX);
    }

    /// What answered, but was not whom we wanted, is no better than the others.
    pub(super) fn forget(&self, host: &str, address: SocketAddr) {
        lock(&self.0).retain(|good| !(good.host == host && good.address == address));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;
    use std::net::TcpListener;

    /// A listener whose queue is full drops what comes: the black hole of one machine.
    struct BlackHole {
        address: SocketAddr,
        _listener: TcpListener,
        _queue: Vec<TcpStream>,
    }

    fn black_hole() -> BlackHole {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let mut queue = Vec::new();
        while let Ok(socket) = TcpStream::connect_timeout(&address, Duration::from_millis(100)) {
            queue.push(socket);
            assert!(queue.len() < 10_000, "this system's queues have no end");
        }
        BlackHole { address, _listener: listener, _queue: queue }
    }

    fn good() -> (TcpListener, SocketAddr) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        (listener, address)
    }

    fn closed() -> SocketAddr {
        good().1
    }

    fn soon(milliseconds: u64) -> Instant {
        Instant::now() + Duration::from_millis(milliseconds)
    }

    fn address(text: &str) -> SocketAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_dead_address_costs_a_quarter_of_a_second() {
        let hole = black_hole();
        let (_listener, wanted) = good();
        let begun = Instant::now();
        let (socket, reached) = connect(&[hole.address, wanted], soon(5000)).unwrap();
        let took = begun.elapsed();
        assert_eq!((socket.peer_addr().unwrap(), reached), (wanted, wanted));
        assert!(took >= ATTEMPT_DELAY && took < 8 * ATTEMPT_DELAY, "{took:?}");
    }

    #[test]
    fn every_address_gets_its_turn_within_the_limit() {
        let hole = black_hole();
        let (_listener, wanted) = good();
        let mut addresses = vec![hole.address; 11];
        addresses.push(wanted);
        let (_, reached) = connect(&addresses, soon(2400)).unwrap();
        assert_eq!(reached, wanted, "the twelfth, though the limit has no room for twelve quarters of a second");
        assert!(
            matches!(connect(&[hole.address], soon(150)), Err(Unreached::Timeout(failures)) if failures.is_empty())
        );
        assert!(matches!(connect(&[wanted], soon(0)), Err(Unreached::Timeout(_))));
    }

    #[test]
    fn an_address_that_fails_leads_to_the_next_at_once() {
        let (_listener, wanted) = good();
        let nowhere = [closed(), closed(), closed()];
        let begun = Instant::now();
        let (_, reached) = connect(&[&nowhere[..], &[wanted]].concat(), soon(5000)).unwrap();
        assert_eq!(reached, wanted);
        assert!(begun.elapsed() < ATTEMPT_DELAY, "{:?}", begun.elapsed());
        let Err(Unreached::Failed(failures)) = connect(&nowhere, soon(5000)) else { panic!("nothing listens there") };
        let kinds: Vec<_> = failures.iter().map(io::Error::kind).collect();
        assert_eq!(kinds, [io::ErrorKind::ConnectionRefused; 3]);
    }

    #[test]
    fn a_slow_address_may_still_win_and_the_losers_are_closed_without_a_byte() {
        let hole = black_hole();
        let (first, second) = (good(), good());
        let (mut winner, _) = connect(&[first.1, second.1], soon(5000)).unwrap();
        assert_eq!(winner.peer_addr().unwrap(), first.1);
        second.0.set_nonblocking(true).unwrap();
        assert_eq!(second.0.accept().unwrap_err().kind(), io::ErrorKind::WouldBlock, "nobody went there");
        winner.set_read_timeout(Some(Duration::from_millis(20))).unwrap();
        assert_eq!(winner.read(&mut [0]).unwrap_err().kind(), io::ErrorKind::WouldBlock, "it waits, as any other");

        // The queue is emptied while the second attempt waits too: the first one wins, half a second late.
        let BlackHole { address, _listener: listener, _queue } = hole;
        let other = black_hole();
        let emptying = std::thread::spawn(move || {
            std::thread::sleep(2 * ATTEMPT_DELAY);
            drop(_queue);
            let mut last = None;
            for socket in listener.incoming() {
                let mut socket = socket.unwrap();
                socket.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
                let mut bytes = Vec::new();
                last = socket.read_to_end(&mut bytes).ok().map(|_| bytes);
                if last.as_deref() == Some(b"winner") {
                    break;
                }
            }
            last
        });
        let (mut socket, reached) = connect(&[address, other.address], soon(9000)).unwrap();
        assert_eq!(reached, address);
        io::Write::write_all(&mut socket, b"winner").unwrap();
        drop(socket);
        assert_eq!(emptying.join().unwrap().as_deref(), Some(&b"winner"[..]));
    }

    #[test]
    fn families_take_turns_behind_the_last_good_address() {
        let found = ["[::1]:1", "[::2]:1", "[::3]:1", "1.1.1.1:1", "2.2.2.2:1"].map(address).to_vec();
        let wanted = ["[::1]:1", "1.1.1.1:1", "[::2]:1", "2.2.2.2:1", "[::3]:1"].map(address).to_vec();
        assert_eq!(in_turn(found.clone(), None), wanted);
        let wanted = ["2.2.2.2:1", "[::1]:1", "1.1.1.1:1", "[::2]:1", "[::3]:1"].map(address).to_vec();
        assert_eq!(in_turn(found.clone(), Some(address("2.2.2.2:1"))), wanted);
        assert_eq!(in_turn(found, Some(address("3.3.3.3:1")))[0], address("[::1]:1"), "it is the host's no more");
        assert_eq!(in_turn(vec![address("1.1.1.1:1"); 20], None).len(), 1);
        let many = (0..500).map(|port| SocketAddr::from(([127, 0, 0, 1], port))).collect();
        assert_eq!(in_turn(many, None).len(), ADDRESSES_MAX);
    }

    #[test]
    fn few_addresses_are_remembered_and_what_deceived_is_forgotten() {
        let known = LastGood::default();
        let (one, two) = (address("1.1.1.1:443"), address("2.2.2.2:443"));
        known.remember("a", one);
        known.remember("a", address("1.1.1.1:80"));
        known.remember("a", two);
        assert_eq!((known.of("a", 443), known.of("a", 80)), (Some(two), Some(address("1.1.1.1:80"))));
        known.forget("a", one);
        assert_eq!(known.of("a", 443), Some(two), "another address of the host");
        known.forget("a", two);
        assert_eq!(known.of("a", 443), None);
        for number in 0..REMEMBERED_MAX {
            known.remember(&number.to_string(), one);
        }
        assert_eq!(known.of("a", 80), None, "the oldest went");
        assert_eq!(lock(&known.0).len(), REMEMBERED_MAX);
    }
}
