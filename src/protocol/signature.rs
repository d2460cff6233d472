//! Verifying the gateway's signatures over raw bytes (spec section 1.3).
//!
//! One algorithm, RSASSA-PKCS1-v1_5 with SHA-256, and one spelling: standard Base64 with padding. What is verified
//! is the bytes as they came; there is no second try with other bytes, another digest or another padding.
//! [`PrivateKey::sign`](crate::key::PrivateKey::sign) makes the signatures.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::error::{Error, ErrorKind, Outcome};
use crate::key::PublicKey;

/// The longest signature text that is read, in characters; the longest possible one (8,192 bits) has 1,368.
pub const TEXT_MAX: usize = 2048;

/// Verifies `sign`, the value of the header `sign`, over `message`. Gives the index of the key that made it.
///
/// `sign` is read strictly, and never trimmed: at most [`TEXT_MAX`] characters of the standard alphabet, padded,
/// without blanks or line ends, unused bits zero, and of the length that the key's signatures have.
///
/// # Errors
///
/// [`ErrorKind::BadSignature`] with [`Outcome::Rejected`] when the signature is missing, malformed, of a wrong
/// length or made by none of `keys`; [`ErrorKind::InvalidConfig`] when `keys` is empty. Whatever else may go wrong
/// inside reads as a bad signature.
pub fn verify(keys: &[PublicKey], message: &[u8], sign: &[u8]) -> Result<usize, Error> {
    if keys.is_empty() {
        return Err(Error::local(
            ErrorKind::InvalidConfig,
            "no public key of BonusPay is configured, so nothing can be verified",
        ));
    }
    let signature = decode(sign)?;
    let mut fitting = keys.iter().enumerate().filter(|(_, key)| key.signature_len() == signature.len()).peekable();
    if fitting.peek().is_none() {
        return Err(wrong_length(keys, signature.len()));
    }
    match fitting.find(|(_, key)| key.verifies(message, &signature)) {
        Some((index, _)) => Ok(index),
        None => Err(matches_none(keys)),
    }
}

fn decode(sign: &[u8]) -> Result<Vec<u8>, Error> {
    if sign.is_empty() {
        return Err(bad("the signature is missing: the header sign is absent or empty"));
    }
    if sign.len() > TEXT_MAX {
        return Err(bad(format!(
            "the signature is malformed: {} characters, and {TEXT_MAX} are the most that are read",
            sign.len()
        )));
    }
    STANDARD.decode(sign).map_err(|_| {
        bad("the signature is malformed: it must be one value in standard Base64 with padding, \
             without blanks or line ends")
    })
}

fn wrong_length(keys: &[PublicKey], length: usize) -> Error {
    bad(format!(
        "the signature has the wrong length: {length} bytes, which fits none of the {} configured public keys ({}); \
         check that the key is BonusPay's, for this environment",
        keys.len(),
        list(keys)
    ))
}

fn matches_none(keys: &[PublicKey]) -> Error {
    bad(format!(
        "the signature matches none of the {} configured public keys ({}); check that the key is BonusPay's, for \
         this environment, and that the body is verified as it came, byte for byte",
        keys.len(),
        list(keys)
    ))
}

fn list(keys: &[PublicKey]) -> String {
    keys.iter().map(PublicKey::short_fingerprint).collect::<Vec<_>>().join(", ")
}

fn bad(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::BadSignature, Outcome::Rejected, message)
}
