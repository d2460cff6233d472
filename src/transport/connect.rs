//! From a URL to a connection that is ready: name, TCP, proxy, TLS. Whatever fails here, nothing was sent.

use super::connection::{Connection, Timed};
use super::happy_eyeballs::{self, Unreached};
use super::origin::Origin;
use super::pool::{Pool, Process};
use super::proxy::{self, Proxy};
use super::resolver::{self, Unresolved};
use super::tls::{self, Unsecured};
use crate::error::{Error, ErrorKind};
use crate::system::os;
use std::io::{self, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Instant;

/// A connection over which nothing but the request is missing.
pub(super) fn open(
    process: &'static Process,
    pool: &Pool,
    origin: &Origin,
    deadline: Instant,
) -> Result<Connection, Error> {
    let (host, port, role) = match &pool.proxy {
        None => (&origin.host, origin.port, ""),
        Some(proxy) => (&proxy.host, proxy.port, "the proxy "),
    };
    let (socket, address) = tcp(process, host, port, role, deadline)?;
    let connection = ready(socket, pool, origin, deadline);
    match &connection {
        Ok(_) => process.last_good.remember(host, address),
        Err(_) => process.last_good.forget(host, address),
    }
    connection
}

/// From TCP on: the proxy's tunnel, and TLS.
fn ready(socket: TcpStream, pool: &Pool, origin: &Origin, deadline: Instant) -> Result<Connection, Error> {
    // Without it a small request waits for the acknowledgement of the one before.
    let _ = socket.set_nodelay(true);
    if let Some(proxy) = &pool.proxy {
        tunnel(&mut Timed { socket: &socket, deadline }, proxy, origin)?;
    }
    if !origin.https {
        return Ok(Connection::new(socket, None));
    }
    match tls::handshake(&pool.tls, &origin.host, &socket, deadline) {
        Ok(tls) => Ok(Connection::new(socket, Some(tls))),
        Err(Unsecured::Timeout) => Err(late(&format!("the TLS handshake with {}", origin.host), "")),
        Err(Unsecured::Refused(reason)) => Err(Error::local(
            ErrorKind::Tls,
            format!("no secure connection to {}: {reason}; nothing was sent", origin.host),
        )),
    }
}

fn late(what: &str, more: &str) -> Error {
    Error::local(
        ErrorKind::Timeout,
        format!("{what} did not end within the time limit for connecting{more}; nothing was sent"),
    )
}

fn unconnected(what: &str) -> Error {
    Error::local(ErrorKind::Connect, format!("{what}; nothing was sent"))
}

fn tcp(
    process: &'static Process,
    host: &str,
    port: u16,
    role: &str,
    deadline: Instant,
) -> Result<(TcpStream, SocketAddr), Error> {
    let found = resolver::resolve(&process.lookups, host, port, deadline, resolver::system_lookup);
    let found = found.map_err(|why| unresolved(&why, &format!("{role}{host}")))?;
    let addresses = happy_eyeballs::in_turn(found, process.last_good.of(host, port));
    happy_eyeballs::connect(&addresses, deadline)
        .map_err(|why| unreached(&why, &format!("{role}{host} on port {port}"), addresses.len()))
}

fn unresolved(why: &Unresolved, name: &str) -> Error {
    match why {
        Unresolved::Timeout => late(&format!("the lookup of {name}"), ""),
        Unresolved::Unknown => {
            unconnected(&format!("the name of {name} is unknown; check the spelling and this machine's DNS"))
        }
        Unresolved::Unanswered => unconnected(&format!(
            "{name} was not looked up: no name server answered, or it said \"later\"; check this machine's DNS"
        )),
        Unresolved::Failed => {
            unconnected(&format!("{name} was not looked up: the name service failed; check this machine's DNS"))
        }
        Unresolved::NoDescriptor => unconnected(&format!("{name} was not looked up: {NO_DESCRIPTOR}")),
        Unresolved::Busy => unconnected(&format!(
            "{name} was not looked up, as {} lookups hang already; check this machine's DNS",
            resolver::LOOKUPS_MAX
        )),
        Unresolved::NoThread => {
            unconnected(&format!("{name} was not looked up, as the system gave no thread; check this machine's limits"))
        }
    }
}

fn unreached(why: &Unreached, place: &str, addresses: usize) -> Error {
    match why {
        Unreached::Timeout(failures) if failures.is_empty() => late(&format!("the connection to {place}"), ""),
        Unreached::Timeout(failures) => {
            let more = format!(" (of {addresses} addresses some did not answer; of the others: {})", reasons(failures));
            late(&format!("the connection to {place}"), &more)
        }
        Unreached::Failed(failures) => {
            let forbidden = |failure: &io::Error| failure.kind() == io::ErrorKind::PermissionDenied;
            let lasting = !failures.is_empty() && failures.iter().all(forbidden);
            unconnected(&format!("no connection to {place}: {}", reasons(failures))).with_lasting(lasting)
        }
    }
}

/// Each kind of failure once; where there are several, with the number of addresses.
fn reasons(failures: &[io::Error]) -> String {
    let mut kinds: Vec<(&str, usize)> = Vec::new();
    for reason in failures.iter().map(reason) {
        match kinds.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, count)) => *count += 1,
            None => kinds.push((reason, 1)),
        }
    }
    match kinds.as_slice() {
        [] => "it has no address".to_owned(),
        [(reason, _)] => (*reason).to_owned(),
        several => {
            let texts: Vec<_> = several.iter().map(|(reason, count)| format!("{reason} ({count})")).collect();
            texts.join(", ")
        }
    }
}

const NO_DESCRIPTOR: &str =
    "no more files may be opened; check the limits of this process and of this machine (ulimit -n)";

fn reason(error: &io::Error) -> &'static str {
    match error.kind() {
        _ if os::is_out_of_descriptors(error) => NO_DESCRIPTOR,
        io::ErrorKind::ConnectionRefused => "nothing listens there",
        io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable => "the network leads nowhere",
        io::ErrorKind::ConnectionReset => "it was reset at once",
        io::ErrorKind::PermissionDenied => "this machine forbids it",
        io::ErrorKind::TimedOut => "it did not answer",
        io::ErrorKind::AddrNotAvailable => "this machine has no address or no port left for it",
        _ => "the network failed",
    }
}

/// Asks the proxy for a tunnel.
fn tunnel(timed: &mut Timed<'_>, proxy: &Proxy, origin: &Origin) -> Result<(), Error> {
    let name = &proxy.host;
    let broken = |error: io::Error| match error.kind() {
        io::ErrorKind::TimedOut => late(&format!("the proxy {name}'s answer"), ""),
        _ => unconnected(&format!("the proxy {name} closed the connection")),
    };
    timed.write_all(proxy.ask_for(&origin.authority()).as_bytes()).map_err(broken)?;
    match proxy::read_status(timed).map_err(broken)? {
        Some(200..=299) => Ok(()),
        Some(407) => {
            Err(unconnected(&format!("the proxy {name} wants other credentials (HTTP 407)")).with_lasting(true))
        }
        Some(status) => {
            let text = format!("the proxy {name} refused the tunnel to {} (HTTP {status})", origin.host);
            Err(unconnected(&text).with_lasting(!proxy::may_pass(status)))
        }
        None => Err(unconnected(&format!("the proxy {name} does not speak HTTP")).with_lasting(true)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_failure_is_named() {
        let failures = |numbers: &[i32]| numbers.iter().map(|number| io::Error::from_raw_os_error(*number)).collect();
        let text =
            |why: Unreached, addresses| unreached(&why, "api.example on port 443", addresses).message().to_owned();
        let refused = Unreached::Failed(failures(&[libc::ECONNREFUSED; 2]));
        assert_eq!(
            text(refused, 2),
            "no connection to api.example on port 443: nothing listens there; nothing was sent"
        );
        let mixed = Unreached::Failed(failures(&[libc::ENETUNREACH, libc::ECONNREFUSED, libc::ENETUNREACH]));
        assert_eq!(
            text(mixed, 3),
            "no connection to api.example on port 443: the network leads nowhere (2), nothing listens there (1); \
             nothing was sent"
        );
        let silent = Unreached::Timeout(failures(&[libc::ECONNREFUSED]));
        assert_eq!(
            text(silent, 3),
            "the connection to api.example on port 443 did not end within the time limit for connecting (of 3 \
             addresses some did not answer; of the others: nothing listens there); nothing was sent"
        );
        for (number, expected) in [
            (libc::EMFILE, "no more files may be opened"),
            (libc::ENFILE, "no more files may be opened"),
            (libc::ETIMEDOUT, "it did not answer"),
            (libc::EADDRNOTAVAIL, "no port left"),
            (libc::EACCES, "forbids"),
        ] {
            let text = text(Unreached::Failed(failures(&[number])), 1);
            assert!(text.contains(expected), "{number}: {text}");
        }
    }

    #[test]
    fn only_what_this_machine_forbids_at_every_address_lasts() {
        let lasts = |numbers: &[i32]| {
            let failures = numbers.iter().map(|number| io::Error::from_raw_os_error(*number)).collect();
            unreached(&Unreached::Failed(failures), "x", numbers.len()).is_lasting()
        };
        assert!(lasts(&[libc::EACCES, libc::EPERM]));
        assert!(!lasts(&[libc::EACCES, libc::ECONNREFUSED]) && !lasts(&[libc::EMFILE]) && !lasts(&[]));
    }
}
