//! A reader that knows only the plainest form of a URL.
//!
//! Browsers repair odd URLs, each in its own way, and a URL that two programs read differently leads somewhere else
//! than where the check looked. So nothing is repaired here: what is not plain is refused.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

const LENGTH_MAX: usize = 2048;
const HOST_MAX: usize = 253;
const LABEL_MAX: usize = 63;

/// What keeps a text from being the URL of a web page, plain or not: it may have capitals, and letters beyond ASCII.
pub(crate) fn check_web_url(text: &str) -> Result<(), &'static str> {
    if text.contains(|c: char| c.is_whitespace() || c.is_control() || "\\<>\"^`{|}".contains(c)) {
        return Err("holds a space, a control character, or another one that no URL holds");
    }
    let Parts { host, literal, .. } = Parts::of(text)?;
    if literal.is_none() { check_host(host) } else { Ok(()) }
}

/// A name that DNS could hold, in any script, or an IPv4 address as four plain numbers.
fn check_host(host: &str) -> Result<(), &'static str> {
    let host = host.strip_suffix('.').unwrap_or(host);
    let has_labels = host.split('.').all(|label| {
        (1..=LABEL_MAX).contains(&label.len())
            && label.chars().all(is_of_name)
            && label.chars().any(|c| c.is_ascii_alphanumeric() || c.is_alphabetic())
    });
    if host.len() > HOST_MAX || !has_labels {
        return Err("has a host that no name or address is");
    }
    // Where a name would end in a number, browsers see an address.
    let last = host.rsplit('.').next().unwrap_or_default();
    let hexadecimal = last.strip_prefix("0x").or(last.strip_prefix("0X"));
    let is_number = last.bytes().all(|byte| byte.is_ascii_digit())
        || hexadecimal.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let is_mixed = !last.is_ascii() && last.contains(|c: char| c.is_ascii_digit());
    if is_mixed || is_number && host.parse::<Ipv4Addr>().is_err() {
        return Err("has a host that looks like an address, but is none");
    }
    Ok(())
}

/// Letters, and the marks of scripts that write with them. Of others, such as full-width forms or a dot of another
/// script, browsers make something else first.
fn is_of_name(c: char) -> bool {
    let is_mark = matches!(
        c,
        // Catalan's and Japanese's middle dots, Persian's joiners, Arabic's and Persian's digits; marks.
        '\u{b7}' | '\u{30fb}' | '\u{200c}' | '\u{200d}' | '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}'
            | '\u{300}'..='\u{36f}' | '\u{900}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
    );
    let is_form = matches!(c, '\u{fb00}'..='\u{ffef}');
    c.is_ascii_alphanumeric() || c == '-' || c == '_' || !c.is_ascii() && (c.is_alphabetic() || is_mark) && !is_form
}

/// A URL taken apart at its marks.
struct Parts<'a> {
    https: bool,
    /// Without brackets.
    host: &'a str,
    /// What stood in brackets.
    literal: Option<Ipv6Addr>,
    port: u16,
    rest: &'a str,
}

impl<'a> Parts<'a> {
    fn of(url: &'a str) -> Result<Self, &'static str> {
        let (https, rest) = match (url.strip_prefix("https://"), url.strip_prefix("http://")) {
            (Some(rest), _) => (true, rest),
            (None, Some(rest)) => (false, rest),
            (None, None) => return Err("does not begin with https://"),
        };
        let (authority, rest) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        if authority.contains('@') {
            return Err("names a user");
        }
        let (host, port, literal) = match authority.strip_prefix('[') {
            Some(bracketed) => {
                let (host, port) = bracketed.split_once(']').ok_or("has an unclosed bracket")?;
                (host, port, Some(host.parse().map_err(|_| "holds a malformed IPv6 address")?))
            }
            None => {
                let (host, port) = authority.split_at(authority.find(':').unwrap_or(authority.len()));
                (host, port, None)
            }
        };
        if host.is_empty() {
            return Err("names no host");
        }
        let port = match port.strip_prefix(':') {
            None if !port.is_empty() => return Err("has something between its host and its path"),
            None if https => 443,
            None => 80,
            Some(digits) => read_port(digits).ok_or("has a malformed port")?,
        };
        Ok(Self { https, host, literal, port, rest })
    }
}

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
        let Parts { https, host, literal, port, rest } = Parts::of(url)?;
        if !(rest.is_empty() || rest.starts_with('/')) {
            return Err("has no slash after its host");
        }
        let literal = match literal {
            Some(literal) => Some(IpAddr::V6(literal)),
            None => read_host(host)?.map(IpAddr::V4),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_is_named_as_the_reason() {
        assert_eq!(PlainUrl::parse("https://a@bonuspay.network/"), Err("names a user"));
    }

    #[test]
    fn web_urls() {
        for good in [
            "https://shop.example/wc-api/x?a=b&c=%20",
            "http://127.0.0.1:8080/n",
            "https://[::1]/",
            "https://münchen.example/",
            "https://Shop_1.example?wc-api=x",
            "https://shop.example./?wc-api=x#y",
            "https://दुकान.example/",
            "https://हिन्दी.भारत/n",
            "https://paral·lel.cat/",
            "https://نامه\u{200c}ای.example/",
            "https://localhost/",
            "https://1shop/n",
            "https://shop.example/%zz?100%",
        ] {
            assert_eq!(check_web_url(good), Ok(()), "{good}");
        }
        for bad in [
            "ftp://x",
            "https://",
            "https:///x",
            "javascript:alert(1)",
            "https://a b",
            "https://u@h/",
            "//h/",
            "https://h/\\x",
            "HTTPS://",
            "https://:80/",
            "https://h/\n",
            // Which no browser takes.
            "https://h:65536/",
            "https://h:x/",
            "https://[h]/",
            "https://[::1/",
            "https://[::1]x/",
            "https://[fe80::1%25eth0]/",
            "https://256.1.1.1/",
            "https://1.2.3/",
            "https://1.2.3.4.5/",
            "https://shop.0x1f/",
            "https://0x/",
            "https://a%b/",
            "https://a%20b/",
            "https://a*b/",
            "https://a,b/",
            "https://a..b/",
            "https://a.netw。1/",
            "https://a.１/",
            "https://a℀b/",
            "https://x.0𝐱1f/",
            "https://\u{ad}/",
            "https://.a/",
            "https://./",
        ] {
            assert!(check_web_url(bad).is_err(), "{bad}");
        }
    }
}
