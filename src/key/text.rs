use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::unusable::{self, Unusable};

/// The longest text that is looked at, in bytes; the longest key that can be used has under 7,000.
const TEXT_MAX: usize = 64 * 1024;
const LABEL_MAX: usize = 64;
const BEGIN: &[u8] = b"-----BEGIN";
const END: &[u8] = b"-----END";
const DASHES: &[u8] = b"-----";

/// The bytes that a pasted text encodes, whatever they are.
///
/// Every buffer has its final size from the start, so that no growing leaves copies, and is wiped.
pub(super) fn decode(text: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unusable> {
    if text.len() > TEXT_MAX {
        return Err(unusable::TOO_LONG);
    }
    let text = text.trim_ascii();
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text).trim_ascii();
    if text.is_empty() {
        return Err(unusable::EMPTY);
    }
    if is_binary(text) {
        return Err(unusable::BINARY);
    }
    match pem_body(text)? {
        Some(body) => decode_body(body),
        None => decode_body(bare_body(text)?),
    }
}

fn is_binary(text: &[u8]) -> bool {
    let der = matches!(text, [0x30, 0x80..=0x84, ..]);
    let utf16 = text.starts_with(b"\xff\xfe") || text.starts_with(b"\xfe\xff");
    der || utf16 || text.contains(&0)
}

/// What stands between the markers of the only PEM block; `None` when there is no marker.
fn pem_body(text: &[u8]) -> Result<Option<&[u8]>, Unusable> {
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
    Ok(Some(body))
}

/// The Base64 of a text without markers, or what the text is instead.
fn bare_body(text: &[u8]) -> Result<&[u8], Unusable> {
    let text = unquoted(text);
    if is_path_or_url(text) {
        return Err(unusable::PATH_OR_URL);
    }
    let named = [
        (
            text.starts_with(b"ssh-") || text.starts_with(b"ecdsa-sha2-") || text.starts_with(b"sk-"),
            unusable::SSH_PUBLIC,
        ),
        (contains(text, b"BEGIN SSH2"), unusable::SSH_PUBLIC),
        (text.starts_with(b"PuTTY-User-Key-File"), unusable::PUTTY),
        (contains(text, b"<RSAKeyValue"), unusable::XML),
        (contains(text, b"\"kty\""), unusable::JWK),
        (contains(text, b"BEGIN ") || contains(text, b"END "), unusable::MARKERS),
    ];
    match named.into_iter().find(|(found, _)| *found) {
        Some((_, what)) => Err(what),
        None if text.iter().copied().all(|b| is_base64(b) || is_filler(b)) => Ok(text),
        None => Err(unusable::NOT_A_KEY),
    }
}

fn decode_body(body: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unusable> {
    if [&b"***"[..], b"...", "•••".as_bytes(), "…".as_bytes()].into_iter().any(|dots| contains(body, dots)) {
        return Err(unusable::PLACEHOLDER);
    }
    let mut base64 = Zeroizing::new(Vec::with_capacity(body.len()));
    let mut bytes = body.iter().copied();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' if matches!(bytes.next(), Some(b'n' | b'r')) => {}
            _ if byte.is_ascii_whitespace() => {}
            _ if is_base64(byte) => base64.push(byte),
            _ => return Err(unusable::BAD_BASE64),
        }
    }
    if base64.is_empty() {
        return Err(unusable::EMPTY);
    }
    if base64.len() % 4 != 0 {
        return Err(unusable::TRUNCATED);
    }
    let mut decoded = Zeroizing::new(vec![0; base64.len() / 4 * 3]);
    let length = STANDARD.decode_slice(&*base64, &mut decoded).map_err(|_| unusable::BAD_BASE64)?;
    decoded.truncate(length);
    Ok(decoded)
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
}

/// What may stand between the characters of a bare key, the placeholder's own characters included.
fn is_filler(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'\\' | b'*' | b'.') || !byte.is_ascii()
}

fn unquoted(text: &[u8]) -> &[u8] {
    match text {
        [b'"', inner @ .., b'"'] | [b'\'', inner @ .., b'\''] => inner.trim_ascii(),
        _ => text,
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

fn contains(text: &[u8], part: &[u8]) -> bool {
    split(text, part).is_some()
}

fn split<'a>(text: &'a [u8], separator: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let at = text.windows(separator.len()).position(|window| window == separator)?;
    let (before, rest) = text.split_at_checked(at)?;
    Some((before, rest.get(separator.len()..)?))
}
