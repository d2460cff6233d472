//! From a URL to a connection that is ready: name, TCP, proxy, TLS. Whatever fails here, nothing was sent.

use super::pool::{Engine, Process};
use super::resolver::{self, Unresolved};
use super::tls::{self, Unsecured};
use super::wire::{Timed, Wire};
use crate::error::{Error, ErrorKind};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Instant;
use ureq::http::Uri;

/// The longest header section of a proxy's answer to CONNECT.
const PROXY_HEAD_MAX: usize = 8 * 1024;
const HTTP_PORT: u16 = 80;
const HTTPS_PORT: u16 = 443;

/// Whom a connection leads to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Origin {
    https: bool,
    host: String,
    port: u16,
}

impl Origin {
    pub(super) fn of(url: &str, allow_http: bool) -> Result<Self, Error> {
        let refused = |what: &str| Err(Error::local(ErrorKind::InvalidArgument, format!("the URL of the call {what}")));
        let Ok(uri) = url.parse::<Uri>() else {
            return refused("is not a URL");
        };
        let https = match uri.scheme_str() {
            Some("https") => true,
            Some("http") if allow_http => false,
            Some("http") => return refused("is plain http, which is not allowed; set allow_http for a sandbox"),
            _ => return refused("must begin with https://"),
        };
        let Some(authority) = uri.authority().filter(|authority| !authority.as_str().contains('@')) else {
            return refused("must name a host, and no user");
        };
        let host = authority.host();
        let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
        let port = match authority.port() {
            Some(port) => port.as_u16(),
            None if https => HTTPS_PORT,
            None => HTTP_PORT,
        };
        if host.is_empty() || port == 0 {
            return refused("must name a host and a port that can be reached");
        }
        Ok(Self { https, host: host.to_ascii_lowercase(), port })
    }

    pub(super) fn host(&self) -> &str {
        &self.host
    }

    /// With its port, as CONNECT wants it.
    fn authority(&self) -> String {
        if self.host.contains(':') {
            format!("[{}]:{}", self.host, self.port)
        } else {
            format!("{}:{}", self.host, self.port)
        }
    }
}

/// A proxy that tunnels by CONNECT.
pub(super) struct Proxy {
    host: String,
    port: u16,
    /// The value of `Proxy-Authorization`.
    authorization: Option<String>,
}

/// Refuses what is no proxy that this library can use.
pub(crate) fn check_proxy(text: &str) -> Result<(), Error> {
    Proxy::parse(text).map(drop)
}

/// A proxy's URL for logs.
pub(crate) fn proxy_without_credentials(text: &str) -> String {
    match text.rsplit_once('@') {
        Some((_, host)) => format!("http://***@{host}"),
        None => text.to_owned(),
    }
}

impl Proxy {
    pub(super) fn parse(text: &str) -> Result<Self, Error> {
        let refused = || {
            let message = "the proxy must be written http://host:port or http://user:password@host:port";
            Error::local(ErrorKind::InvalidArgument, message).with_field("proxy")
        };
        let rest = text.strip_prefix("http://").ok_or_else(refused)?;
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        if !rest.bytes().all(|byte| byte.is_ascii_graphic()) || rest.contains(['/', '\\', '?', '#', '"']) {
            return Err(refused());
        }
        let (credentials, address) = match rest.rsplit_once('@') {
            Some((credentials, address)) => (Some(credentials), address),
            None => (None, rest),
        };
        let (host, port) = address.rsplit_once(':').ok_or_else(refused)?;
        let bracketed = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
        let host = match bracketed {
            Some(literal) if literal.parse::<std::net::Ipv6Addr>().is_ok() => literal,
            None if is_host_name(host) => host,
            _ => return Err(refused()),
        };
        let port = port.parse().ok().filter(|number| *number != 0 && port.bytes().all(|b| b.is_ascii_digit()));
        let authorization = match credentials {
            None => None,
            Some(text) => {
                let (user, password) = text.split_once(':').unwrap_or((text, ""));
                let mut plain = percent_decoded(user).filter(|user| !user.contains(&b':')).ok_or_else(refused)?;
                plain.push(b':');
                plain.extend(percent_decoded(password).ok_or_else(refused)?);
                Some(format!("Basic {}", BASE64_STANDARD.encode(plain)))
            }
        };
        Ok(Self { host: host.to_owned(), port: port.ok_or_else(refused)?, authorization })
    }
}

fn is_host_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'))
}

/// Nothing that decodes to a control character is taken.
fn percent_decoded(text: &str) -> Option<Vec<u8>> {
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        let byte = if byte == b'%' {
            let pair = [bytes.next()?, bytes.next()?];
            let digits = pair.iter().all(u8::is_ascii_hexdigit);
            u8::from_str_radix(std::str::from_utf8(&pair).ok().filter(|_| digits)?, 16).ok()?
        } else {
            byte
        };
        if byte.is_ascii_control() {
            return None;
        }
        decoded.push(byte);
    }
    Some(decoded)
}

/// A connection over which nothing but the request is missing.
pub(super) fn open(
    process: &'static Process,
    engine: &Engine,
    origin: &Origin,
    deadline: Instant,
) -> Result<Wire, Error> {
    let socket = match &engine.proxy {
        None => tcp(process, &origin.host, origin.port, "", deadline)?,
        Some(proxy) => {
            let mut socket = tcp(process, &proxy.host, proxy.port, "the proxy ", deadline)?;
            tunnel(&mut Timed { socket: &mut socket, deadline }, proxy, origin)?;
            socket
        }
    };
    if !origin.https {
        return Ok(Wire::new(socket, None));
    }
    match tls::handshake(&engine.tls, &origin.host, &socket, deadline) {
        Ok(tls) => Ok(Wire::new(socket, Some(tls))),
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

fn tcp(process: &'static Process, host: &str, port: u16, role: &str, deadline: Instant) -> Result<TcpStream, Error> {
    let found = resolver::resolve(process, host, port, deadline, resolver::system_lookup);
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
        Some(code) => Err(unconnected(&format!(
            "the proxy {name} refused the tunnel to {} (HTTP {code})",
            origin.host
        ))),
        None => Err(unconnected(&format!("the proxy {name} does not speak HTTP"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;
    use std::time::Duration;

    #[test]
    fn origins_are_read_strictly() {
        let origin = |url| Origin::of(url, true).map(|o| (o.https, o.host, o.port)).map_err(|e| e.kind());
        assert_eq!(origin("https://API.example/x"), Ok((true, "api.example".to_owned(), 443)));
        assert_eq!(origin("http://[::1]:81/x"), Ok((false, "::1".to_owned(), 81)));
        for url in ["", "/x", "api.example", "ftp://api.example/", "https://u@api.example/", "https://api.example:0/"] {
            assert_eq!(origin(url), Err(ErrorKind::InvalidArgument), "{url}");
        }
        assert!(Origin::of("http://api.example/", false).is_err());
    }

    #[test]
    fn proxies_are_read_strictly() {
        let proxy = Proxy::parse("http://u%40x:p%3a%20@proxy.example:3128/").unwrap();
        assert_eq!((proxy.host.as_str(), proxy.port), ("proxy.example", 3128));
        assert_eq!(proxy.authorization.as_deref(), Some("Basic dUB4OnA6IA=="));
        assert!(Proxy::parse("http://[::1]:3128").unwrap().authorization.is_none());
        for text in [
            "", "proxy:3128", "https://proxy:1", "socks5://proxy:1", "http://proxy", "http://:1", "http://proxy:0",
            "http://proxy:+1", "http://proxy:99999", "http://pro xy:1", "http://proxy:1/x", "http://a%0d%0ab@proxy:1",
            "http://a%zz@proxy:1", "http://[proxy]:1", "http://proxy:1\r\nX: y",
        ] {
            let error = check_proxy(text).unwrap_err();
            assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidArgument, Some("proxy")), "{text}");
        }
        assert_eq!(proxy_without_credentials("http://me:secret@proxy:1"), "http://***@proxy:1");
    }

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
