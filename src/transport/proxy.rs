//! The proxy: its URL, what it is asked, and what it answers.

use crate::error::{Error, ErrorKind};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use std::io::{self, Read};

/// The longest answer to CONNECT, interim answers included.
const HEAD_MAX: usize = 8 * 1024;

/// A proxy that tunnels by CONNECT.
pub(super) struct Proxy {
    pub(super) host: String,
    pub(super) port: u16,
    /// The value of `Proxy-Authorization`.
    pub(super) authorization: Option<String>,
}

/// Refuses what is no proxy that this library can use.
pub(crate) fn check_proxy(text: &str) -> Result<(), Error> {
    Proxy::parse(text).map(drop)
}

/// A proxy's URL for logs.
pub(super) fn without_credentials(text: &str) -> String {
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

    /// The request for a tunnel to `target`, a host with its port.
    pub(super) fn ask_for(&self, target: &str) -> String {
        let authorization = match &self.authorization {
            Some(value) => format!("Proxy-Authorization: {value}\r\n"),
            None => String::new(),
        };
        format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n{authorization}\r\n")
    }
}

/// The status of the proxy's answer, past its interim ones; `None` for what is no HTTP.
///
/// Read one byte at a time: what follows the head is the tunnel's.
pub(super) fn read_status(from: &mut impl Read) -> io::Result<Option<u16>> {
    let mut room = HEAD_MAX;
    loop {
        let Some(line) = read_line(from, &mut room)? else { return Ok(None) };
        let Some(status) = status(&line) else { return Ok(None) };
        loop {
            match read_line(from, &mut room)? {
                None => return Ok(None),
                Some(line) if line.is_empty() => break,
                Some(_) => {}
            }
        }
        // 101 is the last word of what it answers.
        if status / 100 != 1 || status == 101 {
            return Ok(Some(status));
        }
    }
}

/// A line without its end, which may be a line feed alone; `None` when it is longer than the room that is left.
fn read_line(from: &mut impl Read, room: &mut usize) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let mut byte = [0];
    while *room > 0 {
        from.read_exact(&mut byte)?;
        *room -= 1;
        match byte {
            [b'\n'] => {
                if line.last() == Some(&b'\r') {
                    line.pop();
                }
                return Ok(Some(line));
            }
            [byte] => line.push(byte),
        }
    }
    Ok(None)
}

/// Three digits and no more, after the version; a reason may follow.
fn status(line: &[u8]) -> Option<u16> {
    let rest = line.strip_prefix(b"HTTP/1.1 ").or_else(|| line.strip_prefix(b"HTTP/1.0 "))?;
    let (code, reason) = rest.split_at_checked(3)?;
    let is_status = code.iter().all(u8::is_ascii_digit) && matches!(reason, [] | [b' ', ..]);
    let code = std::str::from_utf8(code).ok().filter(|_| is_status)?;
    code.parse().ok().filter(|status| *status >= 100)
}

/// Whether a refusal may be gone with the next try. A proxy that wants a password, or forbids the way, says the same
/// again, and counts the tries.
pub(super) fn may_pass(status: u16) -> bool {
    matches!(status, 408 | 425 | 429 | 500 | 502 | 503 | 504)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proxies_are_read_strictly() {
        let proxy = Proxy::parse("http://u%40x:p%3a%20@proxy.example:3128/").unwrap();
        assert_eq!((proxy.host.as_str(), proxy.port), ("proxy.example", 3128));
        assert_eq!(proxy.authorization.as_deref(), Some("Basic dUB4OnA6IA=="));
        assert!(Proxy::parse("http://[::1]:3128").unwrap().authorization.is_none());
        for text in [
            "",
            "proxy:3128",
            "https://proxy:1",
            "socks5://proxy:1",
            "http://proxy",
            "http://:1",
            "http://proxy:0",
            "http://proxy:+1",
            "http://proxy:99999",
            "http://pro xy:1",
            "http://proxy:1/x",
            "http://a%0d%0ab@proxy:1",
            "http://a%zz@proxy:1",
            "http://[proxy]:1",
            "http://proxy:1\r\nX: y",
        ] {
            let error = check_proxy(text).unwrap_err();
            assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidArgument, Some("proxy")), "{text}");
        }
        assert_eq!(without_credentials("http://me:secret@proxy:1"), "http://***@proxy:1");
    }

    #[test]
    fn a_proxys_answer_is_its_status_and_nothing_behind_it_is_read() {
        let answered = |text: &str| {
            let mut rest = text.as_bytes();
            let status = read_status(&mut rest).map_err(|error| error.kind());
            (status, rest.len())
        };
        for (text, status, left) in [
            ("HTTP/1.1 200 Connection established\r\nX: y\r\n\r\nTLS", 200, 3),
            ("HTTP/1.0 200 OK\n\nTLS", 200, 3),
            ("HTTP/1.1 200\n\r\nTLS", 200, 3),
            ("HTTP/1.1 200 \r\n\r\n", 200, 0),
            ("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nX: y\r\n\r\nHTTP/1.1 200 OK\r\n\r\nT", 200, 1),
            ("HTTP/1.1 100 Continue\n\nHTTP/1.1 407 No\n\n", 407, 0),
            ("HTTP/1.1 101 Switching Protocols\r\n\r\nT", 101, 1),
        ] {
            assert_eq!(answered(text), (Ok(Some(status)), left), "{text:?}");
        }
        for text in ["HTTP/1.1 2000 OK\n\n", "HTTP/1.1 20 OK\n\n", "HTTP/1.1 200OK\n\n", "HTTP/1.1 +20 OK\n\n"] {
            assert_eq!(answered(text).0, Ok(None), "{text:?}");
        }
        for text in ["HTTP/2 200 OK\n\n", "HTTP/1.1  200 OK\n\n", "HTTP/1.1 099 OK\n\n", "SSH-2.0-x\r\n", "\n\n"] {
            assert_eq!(answered(text).0, Ok(None), "{text:?}");
        }
        assert_eq!(answered(&"HTTP/1.1 100 Continue\n\n".repeat(1000)).0, Ok(None), "no end of interim answers");
        assert_eq!(answered(&"x".repeat(HEAD_MAX + 1)).0, Ok(None));
        assert_eq!(answered("HTTP/1.1 200 OK\r\n").0, Err(io::ErrorKind::UnexpectedEof));
    }

    #[test]
    fn only_a_refusal_that_says_later_may_pass() {
        let passing: Vec<u16> = (100..600).filter(|status| may_pass(*status)).collect();
        assert_eq!(passing, [408, 425, 429, 500, 502, 503, 504]);
    }
}
