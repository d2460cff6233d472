//! Whom a connection leads to.

use crate::error::{Error, ErrorKind};
use ureq::http::Uri;

const HTTP_PORT: u16 = 80;
const HTTPS_PORT: u16 = 443;

/// Whom a connection leads to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Origin {
    pub(super) https: bool,
    pub(super) host: String,
    pub(super) port: u16,
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

    /// With its port, as CONNECT wants it.
    pub(super) fn authority(&self) -> String {
        if self.host.contains(':') {
            format!("[{}]:{}", self.host, self.port)
        } else {
            format!("{}:{}", self.host, self.port)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
