use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rsa::pkcs8::der::asn1::AnyRef;
use rsa::pkcs8::der::{Decode, Tag, Tagged};
use zeroize::Zeroizing;

use super::plain::{contains, plain, split};
use super::unusable::{self, Stray, Unusable};

/// The longest text that is looked at, in bytes; the longest key that can be used has under 7,000.
const TEXT_MAX: usize = 64 * 1024;
const LABEL_MAX: usize = 64;
const BEGIN: &[u8] = b"-----BEGIN";
const END: &[u8] = b"-----END";
const DASHES: &[u8] = b"-----";
/// As word processors set them.
const QUOTES: [(&str, &str); 6] = [("“", "”"), ("‘", "’"), ("„", "“"), ("‚", "‘"), ("«", "»"), ("»", "«")];

/// The bytes that a pasted text encodes, whatever they are.
///
/// Every buffer has its final size from the start, so that no growing leaves copies, and is wiped.
pub(super) fn decode(text: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unusable> {
    let decoded = decode_once(text)?;
    // `base64 private.pem`, as it is done for variables of the environment.
    if is_text(&decoded) { decode_once(&decoded) } else { Ok(decoded) }
}

fn decode_once(text: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unusable> {
    if text.len() > TEXT_MAX {
        return Err(unusable::TOO_LONG);
    }
    if is_binary(text.trim_ascii()) {
        return Err(unusable::BINARY);
    }
    let plain = plain(text);
    // As it is, too: the plain text has no backslashes.
    let is_path = [text, &plain].into_iter().any(|text| is_path_or_url(unquoted(text.trim_ascii())));
    if is_path && !contains(&plain, BEGIN) {
        return Err(unusable::PATH_OR_URL);
    }
    if plain.trim_ascii().is_empty() {
        return Err(unusable::EMPTY);
    }
    match pem_body(&plain)? {
        Some(body) => body.decode(),
        None => bare_body(&plain)?.decode(),
    }
}

/// Whether it is PEM, or the Base64 of DER, once more.
fn is_text(decoded: &[u8]) -> bool {
    let is_base64 = |byte: &u8| is_base64(*byte) || byte.is_ascii_whitespace();
    !is_whole(decoded) && (contains(decoded, BEGIN) || decoded.starts_with(b"MI") && decoded.iter().all(is_base64))
}

/// The DER of each certificate of a bundle, in whatever state a paste left it; blocks of other kinds are passed over.
/// What keeps one from being read is told, if it is a character.
pub(crate) fn certificates(bundle: &[u8]) -> Result<Vec<Zeroizing<Vec<u8>>>, Option<Stray>> {
    let plain = plain(bundle);
    if !contains(&plain, BEGIN) {
        let decoded = bare_body(&plain).and_then(|body| body.decode()).map_err(|found| found.stray)?;
        return if is_text(&decoded) { blocks(&decoded) } else { Ok(vec![decoded]) };
    }
    blocks(&plain)
}

fn blocks(text: &[u8]) -> Result<Vec<Zeroizing<Vec<u8>>>, Option<Stray>> {
    let mut found = Vec::new();
    let mut at = Body { text, line: 1 };
    while let Some((_, after)) = split(at.text, BEGIN) {
        let (label, after) = split(after, DASHES).ok_or(None)?;
        let body = at.skipped(at.text.len() - after.len());
        let (base64, after) = split(after, END).ok_or(None)?;
        let (_, after) = split(after, DASHES).ok_or(None)?;
        if matches!(label.trim_ascii(), b"CERTIFICATE" | b"X509 CERTIFICATE") {
            let body = Body { text: base64, ..body };
            found.push(body.decode().map_err(|found| found.stray)?);
        }
        at = at.skipped(at.text.len() - after.len());
    }
    Ok(found)
}

fn is_binary(text: &[u8]) -> bool {
    let der = matches!(text, [0x30, 0x80..=0x84, ..]);
    let utf16 = text.starts_with(b"\xff\xfe") || text.starts_with(b"\xfe\xff");
    der || utf16 || text.contains(&0)
}

/// What stands between the markers of the only PEM block; `None` when there is no marker.
fn pem_body(text: &[u8]) -> Result<Option<Body<'_>>, Unusable> {
    let Some((_, rest)) = split(text, BEGIN) else {
        return Ok(None);
    };
    // OpenSSL writes an EC key as two blocks, parameters and key.
    if contains(text, b"-----BEGIN EC ") {
        return Err(unusable::EC);
    }
    if contains(rest, BEGIN) {
        return Err(unusable::SEVERAL);
    }
    let (label, rest) = split(rest, DASHES).ok_or(unusable::MARKERS)?;
    let before = text.len() - rest.len();
    if label.len() > LABEL_MAX {
        return Err(unusable::MARKERS);
    }
    if contains(label, b"PGP") {
        return Err(unusable::PGP);
    }
    let (body, end) = split(rest, END).ok_or(unusable::TRUNCATED)?;
    match split(end, DASHES) {
        Some((label, _)) if label.len() <= LABEL_MAX => {}
        _ => return Err(unusable::TRUNCATED),
    }
    if contains(body, b"Proc-Type") {
        return Err(unusable::ENCRYPTED_PKCS1);
    }
    let line = Body { text, line: 1 }.skipped(before).line;
    Ok(Some(Body { text: body, line }))
}

/// The Base64 of a text without markers, or what the text is instead.
fn bare_body(text: &[u8]) -> Result<Body<'_>, Unusable> {
    let body = unquoted(text.trim_ascii());
    let named = [
        (
            body.starts_with(b"ssh-") || body.starts_with(b"ecdsa-sha2-") || body.starts_with(b"sk-"),
            unusable::SSH_PUBLIC,
        ),
        (contains(body, b"BEGIN SSH2"), unusable::SSH_PUBLIC),
        (body.starts_with(b"PuTTY-User-Key-File"), unusable::PUTTY),
        (contains(body, b"<RSAKeyValue"), unusable::XML),
        (contains(body, b"\"kty\""), unusable::JWK),
        (contains(body, b"BEGIN ") || contains(body, b"END "), unusable::MARKERS),
    ];
    if let Some((_, what)) = named.into_iter().find(|(found, _)| *found) {
        return Err(what);
    }
    // The Base64 of a key's DER begins so.
    let is_key = body.starts_with(b"MII") && body.len() > LABEL_MAX;
    if is_key || body.iter().copied().all(|b| is_base64(b) || is_filler(b)) {
        let before = text.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or_default();
        return Ok(Body { text: body, line: Body { text, line: 1 }.skipped(before).line });
    }
    Err(unusable::NOT_A_KEY)
}

/// A part of a pasted text, and the number of the line where it begins.
struct Body<'a> {
    text: &'a [u8],
    line: usize,
}

impl<'a> Body<'a> {
    /// What comes after so many bytes.
    fn skipped(&self, length: usize) -> Body<'a> {
        let (before, text) = self.text.split_at_checked(length).unwrap_or((self.text, &[]));
        Body { text, line: self.line + before.iter().filter(|byte| **byte == b'\n').count() }
    }

    fn decode(&self) -> Result<Zeroizing<Vec<u8>>, Unusable> {
        if [&b"***"[..], b"...", "•••".as_bytes(), "…".as_bytes()].into_iter().any(|dots| contains(self.text, dots))
        {
            return Err(unusable::PLACEHOLDER);
        }
        let base64 = self.base64(false)?;
        let decoded = decoded(&base64);
        if decoded.as_ref().is_ok_and(|decoded| is_whole(decoded)) {
            return decoded;
        }
        // A form, or an address, makes a blank of each `+`: with them back, the key has the length that it tells.
        let with_plus = decoded_whole(&self.base64(true)?);
        match with_plus {
            Some(whole) => Ok(whole),
            None if self.lacks_plus() && decoded.is_err() => Err(unusable::FORM),
            None => decoded,
        }
    }

    /// The characters of the Base64 alone; a blank within a line is one when it `stands_for_plus`.
    fn base64(&self, stands_for_plus: bool) -> Result<Zeroizing<Vec<u8>>, Unusable> {
        let mut base64 = Zeroizing::new(Vec::with_capacity(self.text.len() + 3));
        let is_url_safe = !self.text.iter().any(|byte| matches!(byte, b'+' | b'/'));
        let mut rest = self.text;
        while let [first, after @ ..] = rest {
            rest = after;
            match *first {
                b' ' if stands_for_plus => base64.push(b'+'),
                byte if byte.is_ascii_whitespace() => {}
                // What e-mail (quoted-printable) makes of an equals sign, and of the end of a long line.
                b'=' if quoted_printable(after).is_some() => {
                    let (equals, length) = quoted_printable(after).unwrap_or_default();
                    base64.extend(equals);
                    rest = after.get(length..).unwrap_or_default();
                }
                b'-' if is_url_safe => base64.push(b'+'),
                b'_' if is_url_safe => base64.push(b'/'),
                byte if is_base64(byte) && !matches!(byte, b'-' | b'_') => base64.push(byte),
                _ => return Err(unusable::BAD_BASE64.with(self.stray(self.text.len() - after.len() - 1))),
            }
        }
        if base64.is_empty() {
            return Err(unusable::EMPTY);
        }
        if is_url_safe && self.text.iter().any(|byte| matches!(byte, b'-' | b'_')) {
            // This alphabet is written without padding.
            let padding = (4 - base64.len() % 4) % 4;
            base64.extend(std::iter::repeat_n(b'=', padding));
        }
        Ok(base64)
    }

    fn stray(&self, at: usize) -> Stray {
        let Body { text, line } = self.skipped(at);
        match text.utf8_chunks().next().and_then(|chunk| chunk.valid().chars().next()) {
            Some(character) => Stray::Character(character, line),
            None => Stray::Byte(text.first().copied().unwrap_or_default(), line),
        }
    }

    /// Whether some lines have blanks inside, and others have none, as where a `+` was.
    fn lacks_plus(&self) -> bool {
        let mut lines =
            self.text.trim_ascii().split(|byte| *byte == b'\n').map(|line| line.trim_ascii().contains(&b' '));
        let (has, has_not) =
            lines.clone().fold((0, 0), |(has, not), blank| if blank { (has + 1, not) } else { (has, not + 1) });
        lines.nth(1).is_some() && has > 0 && has_not > 0
    }
}

/// What `=` and this are in quoted-printable text: an equals sign or nothing, and how many bytes of this belong to it.
fn quoted_printable(after: &[u8]) -> Option<(Option<u8>, usize)> {
    let goes_on = |rest: &[u8]| rest.first().is_some_and(|byte| *byte != b'=' && is_base64(*byte));
    match after {
        [b'3', b'D' | b'd', ..] => Some((Some(b'='), 2)),
        [b'\r', b'\n', rest @ ..] if goes_on(rest) => Some((None, 2)),
        [b'\n', rest @ ..] if goes_on(rest) => Some((None, 1)),
        _ => None,
    }
}

fn decoded(base64: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unusable> {
    if !base64.len().is_multiple_of(4) {
        return Err(unusable::TRUNCATED);
    }
    let mut decoded = Zeroizing::new(vec![0; base64.len() / 4 * 3]);
    let length = STANDARD.decode_slice(base64, &mut decoded).map_err(|_| unusable::BAD_BASE64)?;
    decoded.truncate(length);
    Ok(decoded)
}

fn decoded_whole(base64: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    decoded(base64).ok().filter(|decoded| is_whole(decoded))
}

/// Whether the bytes are one element of DER and nothing else, by the length that it tells.
fn is_whole(der: &[u8]) -> bool {
    AnyRef::from_der(der).is_ok_and(|element| element.tag() == Tag::Sequence)
}

/// Of either alphabet (RFC 4648, sections 4 and 5).
fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'-' | b'_')
}

/// What may stand between the characters of a bare key, the placeholder's own characters included.
fn is_filler(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'\\' | b'*' | b'.') || !byte.is_ascii()
}

fn unquoted(text: &[u8]) -> &[u8] {
    match text {
        [b'"', inner @ .., b'"'] | [b'\'', inner @ .., b'\''] | [b'`', inner @ .., b'`'] => inner.trim_ascii(),
        _ => QUOTES
            .iter()
            .find_map(|(open, close)| text.strip_prefix(open.as_bytes())?.strip_suffix(close.as_bytes()))
            .map_or(text, <[u8]>::trim_ascii),
    }
}

/// No key in Base64 begins with `/`: DER begins with the byte 0x30, which is `M`.
fn is_path_or_url(text: &[u8]) -> bool {
    let lower = |end: &[u8]| {
        text.len() >= end.len() && text.iter().rev().zip(end.iter().rev()).all(|(a, b)| a.eq_ignore_ascii_case(b))
    };
    [&b"/"[..], b"./", b"../", b"~", b"\\\\"].into_iter().any(|start| text.starts_with(start))
        || contains(text, b"://")
        || matches!(text, [drive, b':', b'\\' | b'/', ..] if drive.is_ascii_alphabetic())
        || [&b".pem"[..], b".key", b".der", b".crt", b".cer", b".txt"].into_iter().any(lower)
}
