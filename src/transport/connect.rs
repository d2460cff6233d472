//! From a URL to a connection that is ready: name, TCP, proxy, TLS. Whatever fails here, nothing was sent.

use super::connection::{Connection, Timed};
use super::origin::Origin;
use super::pool::Pool;
use super::proxy::Proxy;
use super::resolver::{self, Lookups, Unresolved};
use super::tls::{self, Unsecured};
use crate::error::{Error, ErrorKind};
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Instant;

/// The longest header section of a proxy's answer to CONNECT.
const PROXY_HEAD_MAX: usize = 8 * 1024;
/// A connection over which nothing but the request is missing.
pub(super) fn open(
    lookups: &'static Lookups,
    pool: &Pool,
    origin: &Origin,
    deadline: Instant,
) -> Result<Connection, Error> {
    let socket = match &pool.proxy {
        None => tcp(lookups, &origin.host, origin.port, "", deadline)?,
        Some(proxy) => {
            let mut socket = tcp(lookups, &proxy.host, proxy.port, "the proxy ", deadline)?;
            tunnel(&mut Timed { socket: &mut socket, deadline }, proxy, origin)?;
            socket
        }
    };
    if !origin.https {
        return Ok(Connection::new(socket, None));
    }
    match tls::handshake(&pool.tls, &origin.host, &socket, deadline) {
        Ok(tls) => Ok(Connection::new(socket, Some(tls))),
        Err(Unsecured::Timeout) => Err(late(&format!("the TLS handshake with {}", origin.host))),
        Err(Unsecured::Refused(reason)) => Err(Error::local(
            ErrorKind::Tls,
            format!("no secure connection to {}: {reason}; nothing was sent", origin.host),
        )),
    }
}

fn late(what: &str) -> Error {
    Error::local(
        ErrorKind::Timeout,
        format!("{what} did not end within the time limit for connecting; nothing was sent"),
    )
}

fn unconnected(what: &str) -> Error {
    Error::local(ErrorKind::Connect, format!("{what}; nothing was sent"))
}

fn tcp(lookups: &'static Lookups, host: &str, port: u16, role: &str, deadline: Instant) -> Result<TcpStream, Error> {
    let found = resolver::resolve(lookups, host, port, deadline, resolver::system_lookup);
    let addresses = found.map_err(|why| match why {
        Unresolved::Timeout => late(&format!("the lookup of {role}{host}")),
        Unresolved::Unknown => {
            unconnected(&format!("the name of {role}{host} is unknown; check the spelling and this machine's DNS"))
        }
        Unresolved::Busy => unconnected(&format!(
            "{role}{host} was not looked up, as {} lookups hang already; check this machine's DNS",
            resolver::LOOKUPS_MAX
        )),
        Unresolved::NoThread => unconnected(&format!(
            "{role}{host} was not looked up, as the system gave no thread; check this machine's limits"
        )),
    })?;
    reach(&addresses, deadline).map_err(|why| match why {
        None => late(&format!("the connection to {role}{host} on port {port}")),
        Some(kind) => {
            let reason = match kind {
                io::ErrorKind::ConnectionRefused => "nothing listens there",
                io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable => "the network leads nowhere",
                io::ErrorKind::ConnectionReset => "it was reset at once",
                io::ErrorKind::PermissionDenied => "this machine forbids it",
                _ => "the network failed",
            };
            unconnected(&format!("no connection to {role}{host} on port {port}: {reason}"))
        }
    })
}

/// The first address that answers. Each one gets an equal share of the time that is left, so that one that swallows
/// everything leaves time for the next. `None` is time that ran out.
fn reach(addresses: &[SocketAddr], deadline: Instant) -> Result<TcpStream, Option<io::ErrorKind>> {
    let mut refused = None;
    let mut waiting = u32::try_from(addresses.len()).unwrap_or(u32::MAX);
    for address in addresses {
        let left = deadline.saturating_duration_since(Instant::now());
        let share = left / waiting.max(1);
        waiting = waiting.saturating_sub(1);
        if share.is_zero() {
            break;
        }
        match TcpStream::connect_timeout(address, share) {
            Ok(socket) => {
                // Without it a small request waits for the acknowledgement of the one before.
                let _ = socket.set_nodelay(true);
                return Ok(socket);
            }
            Err(error) if error.kind() == io::ErrorKind::TimedOut => {}
            Err(error) => refused = Some(error.kind()),
        }
    }
    Err(refused.filter(|_| Instant::now() < deadline))
}

/// Asks the proxy for a tunnel.
fn tunnel(timed: &mut Timed<'_>, proxy: &Proxy, origin: &Origin) -> Result<(), Error> {
    let name = &proxy.host;
    let broken = |error: io::Error| match error.kind() {
        io::ErrorKind::TimedOut => late(&format!("the proxy {name}'s answer")),
        _ => unconnected(&format!("the proxy {name} closed the connection")),
    };
    let target = origin.authority();
    let mut ask = format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n");
    if let Some(authorization) = &proxy.authorization {
        ask.push_str("Proxy-Authorization: ");
        ask.push_str(authorization);
        ask.push_str("\r\n");
    }
    ask.push_str("\r\n");
    timed.write_all(ask.as_bytes()).map_err(broken)?;

    // One byte at a time: what follows the head is the tunnel's.
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        if head.len() >= PROXY_HEAD_MAX {
            return Err(unconnected(&format!("the proxy {name} does not speak HTTP")));
        }
        timed.read_exact(&mut byte).map_err(broken)?;
        head.extend_from_slice(&byte);
    }
    let status = match head.split_at_checked(b"HTTP/1.1 ".len()) {
        Some((b"HTTP/1.1 " | b"HTTP/1.0 ", rest)) => rest.get(..3).and_then(|code| std::str::from_utf8(code).ok()),
        _ => None,
    };
    match status.and_then(|code| code.parse::<u16>().ok()) {
        Some(200..=299) => Ok(()),
        Some(407) => Err(unconnected(&format!("the proxy {name} wants other credentials (HTTP 407)"))),
        Some(code) => {
            Err(unconnected(&format!("the proxy {name} refused the tunnel to {} (HTTP {code})", origin.host)))
        }
        None => Err(unconnected(&format!("the proxy {name} does not speak HTTP"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;
    use std::time::Duration;

    /// A listener whose queue is full drops what comes: the black hole of one machine.
    fn black_hole() -> (TcpListener, Vec<TcpStream>, SocketAddr) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let mut queue = Vec::new();
        while let Ok(socket) = TcpStream::connect_timeout(&address, Duration::from_millis(100)) {
            queue.push(socket);
            assert!(queue.len() < 10_000, "this system's queues have no end");
        }
        (listener, queue, address)
    }

    #[test]
    fn a_black_hole_leaves_time_for_the_next_address() {
        let (_listener, _queue, hole) = black_hole();
        let good = TcpListener::bind("127.0.0.1:0").unwrap();
        let wanted = good.local_addr().unwrap();
        let deadline = Instant::now() + Duration::from_millis(600);
        let socket = reach(&[hole, wanted], deadline).unwrap();
        assert_eq!(socket.peer_addr().unwrap(), wanted);
        let deadline = Instant::now() + Duration::from_millis(150);
        assert_eq!(reach(&[hole], deadline).unwrap_err(), None);
    }

    #[test]
    fn a_refused_address_leads_to_the_next() {
        let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let good = TcpListener::bind("127.0.0.1:0").unwrap();
        let deadline = Instant::now() + Duration::from_secs(5);
        assert!(reach(&[closed, good.local_addr().unwrap()], deadline).is_ok());
        assert_eq!(reach(&[closed], deadline).unwrap_err(), Some(io::ErrorKind::ConnectionRefused));
    }
}
