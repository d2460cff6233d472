//! The proxy's URL.

use crate::error::{Error, ErrorKind};
use base64::{Engine as _, prelude::BASE64_STANDARD};

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
}
