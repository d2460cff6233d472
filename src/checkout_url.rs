//! Which URL a shopper may be sent to (R34), by a reader that knows only the plainest form of a URL.
//!
//! Browsers repair odd URLs, each in its own way, and a URL that two programs read differently leads somewhere else
//! than where the check looked. So nothing is repaired here: what is not plain is refused.

use crate::config::Config;
use crate::error::{Error, ErrorKind, Outcome};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

const LENGTH_MAX: usize = 2048;
const HOST_MAX: usize = 253;
const LABEL_MAX: usize = 63;

/// A URL in its plainest form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PlainUrl<'a> {
    pub(crate) https: bool,
    /// In lower case, without brackets.
    pub(crate) host: &'a str,
    pub(crate) literal: Option<IpAddr>,
    pub(crate) port: u16,
    /// Empty, or from the first slash on.
    pub(crate) rest: &'a str,
}

impl<'a> PlainUrl<'a> {
    /// Reads a URL, or tells what is odd about it.
    pub(crate) fn parse(url: &'a str) -> Result<Self, &'static str> {
        if url.len() > LENGTH_MAX {
            return Err("is longer than 2048 characters");
        }
        if !url.bytes().all(|byte| byte.is_ascii_graphic() && !b"\\\"'<>^`{|}".contains(&byte)) {
            return Err("holds a space, a control character, or another one that no plain URL holds");
        }
        let (https, rest) = match (url.strip_prefix("https://"), url.strip_prefix("http://")) {
            (Some(rest), _) => (true, rest),
            (None, Some(rest)) => (false, rest),
            (None, None) => return Err("does not begin with https://"),
        };
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, rest) = rest.split_at(end);
        if !(rest.is_empty() || rest.starts_with('/')) {
            return Err("has no slash after its host");
        }
        if authority.contains('@') {
            return Err("names a user");
        }
        let (host, port) = match authority.strip_prefix('[') {
            Some(bracketed) => bracketed.split_once(']').ok_or("has an unclosed bracket")?,
            None => authority.split_at(authority.find(':').unwrap_or(authority.len())),
        };
        let literal = if authority.starts_with('[') {
            Some(IpAddr::V6(host.parse::<Ipv6Addr>().map_err(|_| "holds a malformed IPv6 address")?))
        } else {
            read_host(host)?.map(IpAddr::V4)
        };
        let port = match port.strip_prefix(':') {
            None if !port.is_empty() => return Err("has something between its host and its path"),
            None if https => 443,
            None => 80,
            Some(digits) => read_port(digits).ok_or("has a malformed port")?,
        };
        if !has_plain_escapes(rest) {
            return Err("holds a malformed percent escape, or one of a control character");
        }
        Ok(Self { https, host, literal, port, rest })
    }

    pub(crate) fn is_loopback(&self) -> bool {
        match self.literal {
            Some(address) => address.to_canonical().is_loopback(),
            None => self.host == "localhost" || self.host.ends_with(".localhost"),
        }
    }

    /// Whether the host is the domain, or within it.
    pub(crate) fn is_within(&self, domain: &str) -> bool {
        self.host.strip_suffix(domain).is_some_and(|left| left.is_empty() || left.ends_with('.'))
    }

    pub(crate) fn same_origin(&self, other: &PlainUrl<'_>) -> bool {
        (self.https, self.host, self.port) == (other.https, other.host, other.port)
    }
}

/// A name of letters, digits and hyphens, in lower case; or an IPv4 address as four plain numbers.
fn read_host(host: &str) -> Result<Option<Ipv4Addr>, &'static str> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let labels_plain = host.split('.').all(|label| {
        (1..=LABEL_MAX).contains(&label.len())
            && label.bytes().all(plain)
            && !label.starts_with('-')
            && !label.ends_with('-')
    });
    if host.len() > HOST_MAX || !labels_plain {
        return Err("has a host that is not plain (lower-case letters, digits, hyphens, dots)");
    }
    // 127.1, 0x7f.1 and 2130706433 are addresses too, for some.
    let last = host.rsplit('.').next().unwrap_or_default();
    if last.starts_with(|first: char| first.is_ascii_digit()) {
        return host.parse().map(Some).map_err(|_| "has a host that looks like an address, but is none");
    }
    Ok(None)
}

fn read_port(digits: &str) -> Option<u16> {
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
    digits.parse().ok().filter(|_| plain)
}

fn has_plain_escapes(rest: &str) -> bool {
    let mut pieces = rest.split('%');
    pieces.next();
    pieces.all(|piece| {
        let pair = piece.get(..2).filter(|pair| pair.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let byte = pair.and_then(|pair| u8::from_str_radix(pair, 16).ok());
        byte.is_some_and(|byte| !byte.is_ascii_control())
    })
}

/// Refuses a checkout URL that does not lead to BonusPay.
///
/// With the environment's own base URL: https, at the environment's domain or within it, port 443. With a base URL of
/// one's own: that URL's origin and nothing else.
pub(crate) fn check(config: &Config, url: &str) -> Result<(), Error> {
    let refused = |what: &str| {
        Err(Error::new(
            ErrorKind::Protocol,
            Outcome::Unknown,
            format!("the checkout URL of the answer {what}; do not send the shopper there, and ask BonusPay"),
        ))
    };
    let plain = match PlainUrl::parse(url) {
        Ok(plain) => plain,
        Err(what) => return refused(what),
    };
    let Ok(base) = PlainUrl::parse(config.base_url()) else {
        return refused("cannot be compared with the base URL");
    };
    let allowed = if config.has_own_host() {
        plain.same_origin(&base)
    } else {
        plain.https && plain.port == 443 && plain.is_within(config.environment().domain())
    };
    if allowed { Ok(()) } else { refused("does not lead to the environment's BonusPay") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Environment, TEST_PUBLIC_KEY};

    fn config(environment: Option<Environment>, base_url: Option<&str>, allow_http: bool) -> Config {
        let mut builder = Config::builder();
        builder
            .partner_id("200000000888")
            .unwrap()
            .public_key(TEST_PUBLIC_KEY)
            .unwrap()
            .allow_http(allow_http)
            .unwrap();
        if let Some(environment) = environment {
            builder.environment(environment).unwrap();
        }
        if let Some(base_url) = base_url {
            builder.base_url(base_url).unwrap();
        }
        builder.build().unwrap()
    }

    #[test]
    fn the_environments_own_pages_are_allowed() {
        let sandbox = config(Some(Environment::Sandbox), None, false);
        let production = config(Some(Environment::Production), None, false);
        for url in [
            "https://checkout.bonuspay.network/?token=1f0e7a5c-2f3b&type=ctopup",
            "https://bonuspay.network/pay",
            "https://bonuspay.network",
            "https://a.b.bonuspay.network:443/#/pay?x=%20",
        ] {
            assert!(check(&production, url).is_ok(), "{url}");
            assert!(check(&sandbox, url).is_err(), "{url}");
        }
        let url = "https://checkout.testbonuspay.network/?token=1";
        assert!(check(&sandbox, url).is_ok());
        assert!(check(&production, url).is_err());
        // Spelling out the environment's own base URL changes nothing.
        let spelt = config(None, Some("https://api.bonuspay.network/sgs/api"), false);
        assert!(check(&spelt, "https://checkout.bonuspay.network/?token=1").is_ok());
    }

    #[test]
    fn hostile_urls_are_refused() {
        let production = config(Some(Environment::Production), None, false);
        let long = format!("https://bonuspay.network/{}", "a".repeat(3000));
        let long_label = format!("https://{}.bonuspay.network/", "a".repeat(64));
        let long_host = format!("https://{}bonuspay.network/", "a.".repeat(130));
        let hostile = [
            "",
            "/",
            "//evil.com",
            "evil.com",
            "javascript:1",
            "JavaScript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "http://checkout.bonuspay.network/",
            "http://checkout.bonuspay.network:443/",
            "HTTPS://checkout.bonuspay.network/",
            "https:checkout.bonuspay.network/",
            "https:/checkout.bonuspay.network/",
            "https:///checkout.bonuspay.network/",
            "https://",
            "https://checkout.bonuspay.network@evil.com/",
            "https://evil.com@checkout.bonuspay.network/",
            "https://a:b@checkout.bonuspay.network/",
            "https://@checkout.bonuspay.network/",
            "https://bonuspay.network.evil.com/",
            "https://evilbonuspay.network/",
            "https://evil-bonuspay.network/",
            "https://bonuspay.network.",
            "https://.bonuspay.network/",
            "https://a..bonuspay.network/",
            "https://-a.bonuspay.network/",
            "https://a-.bonuspay.network/",
            "https://a_b.bonuspay.network/",
            "https://bonuspay.network:8443/",
            "https://bonuspay.network:/",
            "https://bonuspay.network:0443/",
            "https://bonuspay.network:+443/",
            "https://bonuspay.network:443:443/",
            "https://bonuspay.network:65979/",
            "https://bonuspay.network:443@evil.com/",
            "https://bonuspay.network:80/",
            "https://evil.com\\.bonuspay.network/",
            "https://evil.com\\@bonuspay.network/",
            "https:\\\\bonuspay.network/",
            "https://evil.com#.bonuspay.network/",
            "https://evil.com?.bonuspay.network/",
            "https://bonuspay.network?x",
            "https://bonuspay.network#x",
            "https://evil.com/.bonuspay.network/",
            "https://evil.com/https://bonuspay.network/",
            "https://evil.com%2f.bonuspay.network/",
            "https://evil.com%00.bonuspay.network/",
            "https://CHECKOUT.bonuspay.network/",
            "https://bonuspay.networK/",
            "https://bonuspay\u{3002}network/",
            "https://bonusp\u{430}y.network/",
            "https://bonuspay.network/\u{202e}",
            "https://xn--bonuspy-6fg.network/",
            " https://bonuspay.network/",
            "https://bonuspay.network/ ",
            "https://bonuspay.network/\n",
            "https://bonuspay.network/\r\nX: y",
            "https://bonuspay.network/\0",
            "https://bonus\tpay.network/",
            "ht\ntps://bonuspay.network/",
            "https://bonuspay.network/%",
            "https://bonuspay.network/%4",
            "https://bonuspay.network/%zz",
            "https://bonuspay.network/%0d%0a",
            "https://bonuspay.network/%00",
            "https://bonuspay.network/\"onload=",
            "https://bonuspay.network/'",
            "https://bonuspay.network/<script>",
            "https://bonuspay.network/a|b",
            "https://bonuspay.network/`",
            "https://bonuspay.network/{x}",
            "https://[::1]/",
            "https://[bonuspay.network]/",
            "https://[::1].bonuspay.network/",
            "https://[::1/",
            "https://127.0.0.1/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://127.1/",
            "https://01.2.3.4/",
            "https://localhost/",
            "https://network/",
            "wss://bonuspay.network/",
            "https+x://bonuspay.network/",
            long.as_str(),
            long_label.as_str(),
            long_host.as_str(),
        ];
        for url in hostile {
            let error = check(&production, url).unwrap_err();
            assert_eq!((error.kind(), error.outcome()), (ErrorKind::Protocol, Outcome::Unknown), "{url}");
            assert!(!error.message().contains("evil"), "the text repeats nothing of the URL: {url}");
        }
    }

    #[test]
    fn a_user_is_named_as_the_reason() {
        assert_eq!(PlainUrl::parse("https://a@bonuspay.network/"), Err("names a user"));
    }

    #[test]
    fn a_base_url_of_ones_own_allows_its_origin_only() {
        let local = config(None, Some("http://127.0.0.1:8790/sgs/api/"), true);
        assert!(check(&local, "http://127.0.0.1:8790/checkout?token=1").is_ok());
        for url in [
            "http://127.0.0.1:8791/",
            "http://127.0.0.1/",
            "https://127.0.0.1:8790/",
            "http://localhost:8790/",
            "http://127.1:8790/",
            "http://2130706433:8790/",
            "https://checkout.testbonuspay.network/",
            "https://checkout.bonuspay.network/",
            "http://127.0.0.1:8790.evil.com/",
        ] {
            assert!(check(&local, url).is_err(), "{url}");
        }
        let own = config(None, Some("https://pay.example/sgs/api/"), true);
        assert!(check(&own, "https://pay.example:443/x").is_ok());
        assert!(check(&own, "http://pay.example/x").is_err());
        assert!(check(&own, "https://sub.pay.example/x").is_err());
    }

    #[test]
    fn no_input_is_a_panic() {
        let production = config(Some(Environment::Production), None, false);
        let pieces =
            ["https://", "http://", "[", "]", ":", "@", "/", "%", "é", "::1", "bonuspay.network", "", ".", "-", "0"];
        for a in pieces {
            for b in pieces {
                for c in pieces {
                    for d in pieces {
                        let _ = check(&production, &format!("{a}{b}{c}{d}"));
                    }
                }
            }
        }
    }
}
