use std::fmt::{self, Write};
use std::sync::Arc;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256};
use rsa::pkcs1;
use rsa::pkcs8::der::asn1::{BitStringRef, UintRef};
use rsa::pkcs8::der::pem::{self, LineEnding};
use rsa::pkcs8::der::{Decode, Encode};
use rsa::pkcs8::spki::SubjectPublicKeyInfoRef;

use super::structure::{self, Content};
use super::text;
use super::unusable::{self, Wanted};
use crate::error::{Error, ErrorKind};

const BITS_MIN: usize = 2048;
const BITS_MAX: usize = 8192;
/// aws-lc's bound, against public exponents that make verifying slow.
const EXPONENT_BITS_MAX: usize = 33;
const COMMON_EXPONENT: u64 = 65537;
/// `SHA256:` and sixteen digits.
const SHORT_FINGERPRINT: usize = 23;

/// An RSA public key of 2,048 to 8,192 bits, ready to verify signatures (spec section 1.3).
///
/// It holds the key as aws-lc parsed it, with what the first verification precomputes, so that a call costs the
/// verification alone. Clones share it; so may threads.
#[derive(Clone)]
pub struct PublicKey(Arc<Inner>);

struct Inner {
    verifier: ParsedPublicKey,
    spki: Vec<u8>,
    fingerprint: String,
    bits: usize,
    exponent: u64,
}

impl PublicKey {
    /// Reads what a merchant pastes: PEM or bare Base64 of a public key (SPKI or PKCS#1) or of an X.509
    /// certificate.
    ///
    /// Of a certificate only the key is taken. Its dates, names, uses and signature are not looked at: a key is
    /// trusted because the owner of the shop configured it, as with a bare key.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Key`], naming what the text is instead and how to get the right key. A modulus outside 2,048
    /// to 8,192 bits or even, and a public exponent that is even, below 3 or longer than 33 bits, are refused.
    pub fn from_text(text: &[u8]) -> Result<Self, Error> {
        let decoded = text::decode(text).map_err(|found| found.error(Wanted::Public))?;
        match structure::content(&decoded) {
            Content::RsaPublic(key) | Content::RsaCertificate(key) => Self::from_pkcs1(key),
            Content::RsaPrivate(_) => Err(unusable::PRIVATE_KEY.error(Wanted::Public)),
            Content::Unusable(found) => Err(found.error(Wanted::Public)),
        }
    }

    fn from_pkcs1(der: &[u8]) -> Result<Self, Error> {
        let damaged = |_| unusable::DAMAGED.error(Wanted::Public);
        let key = pkcs1::RsaPublicKey::from_der(der).map_err(damaged)?;
        Self::from_numbers(key.modulus, key.public_exponent)
    }

    pub(super) fn from_numbers(modulus: UintRef<'_>, public_exponent: UintRef<'_>) -> Result<Self, Error> {
        let damaged = |_| unusable::DAMAGED.error(Wanted::Public);
        let bits = check_modulus(modulus, BITS_MAX)?;
        let exponent = check_exponent(public_exponent)?;
        let pkcs1 = pkcs1::RsaPublicKey { modulus, public_exponent }.to_der().map_err(damaged)?;
        let subject_public_key = BitStringRef::from_bytes(&pkcs1).map_err(damaged)?;
        let spki =
            SubjectPublicKeyInfoRef { algorithm: pkcs1::ALGORITHM_ID, subject_public_key }.to_der().map_err(damaged)?;
        let verifier = ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &pkcs1)
            .map_err(|_| unusable::INCONSISTENT.error(Wanted::Public))?;
        let fingerprint = fingerprint(&spki);
        Ok(Self(Arc::new(Inner { verifier, spki, fingerprint, bits, exponent })))
    }

    /// The length of the modulus in bits.
    pub fn bits(&self) -> u32 {
        u32::try_from(self.0.bits).unwrap_or(u32::MAX)
    }

    /// `SHA256:` and the SHA-256 of the key's DER (SPKI) in lower-case hexadecimal digits, the digits that
    /// `openssl pkey -pubin -in public.pem -outform DER | openssl dgst -sha256` prints.
    pub fn fingerprint(&self) -> &str {
        &self.0.fingerprint
    }

    /// The beginning of [`fingerprint`](Self::fingerprint), with sixteen digits: enough to tell keys apart in a
    /// log, and what errors name keys by.
    pub fn short_fingerprint(&self) -> &str {
        let fingerprint = self.fingerprint();
        fingerprint.get(..SHORT_FINGERPRINT).unwrap_or(fingerprint)
    }

    /// What to tell the owner of a key whose public exponent is smaller than the common 65537; such a key works.
    pub fn exponent_warning(&self) -> Option<String> {
        let exponent = self.0.exponent;
        (exponent < COMMON_EXPONENT).then(|| {
            format!("the key's public exponent is {exponent}; it works, but {COMMON_EXPONENT} is the safe choice")
        })
    }

    /// The key as PEM (SPKI, `-----BEGIN PUBLIC KEY-----`), lines ending in `\n`, byte for byte what OpenSSL writes.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Internal`], which is a fault in this library.
    pub fn to_pem(&self) -> Result<String, Error> {
        pem::encode_string("PUBLIC KEY", LineEnding::LF, &self.0.spki)
            .map_err(|_| Error::local(ErrorKind::Internal, "the public key could not be written as PEM"))
    }

    pub(crate) fn signature_len(&self) -> usize {
        self.0.bits.div_ceil(8)
    }

    /// Whether `signature` is the key's signature of `message`: RSASSA-PKCS1-v1_5 with SHA-256 and nothing else.
    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        self.0.verifier.verify_sig(message, signature).is_ok()
    }
}

impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        self.0.spki == other.0.spki
    }
}

impl Eq for PublicKey {}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PublicKey").field("bits", &self.bits()).field("fingerprint", &self.fingerprint()).finish()
    }
}

/// The length in bits of a modulus of at most `max` bits.
pub(super) fn check_modulus(modulus: UintRef<'_>, max: usize) -> Result<usize, Error> {
    let bits = bits(modulus);
    if bits < BITS_MIN {
        return Err(Error::local(ErrorKind::Key, format!("key too small ({bits} bits, need {BITS_MIN})")));
    }
    if bits > max {
        return Err(Error::local(ErrorKind::Key, format!("key too large ({bits} bits, at most {max} are supported)")));
    }
    if !is_odd(modulus) {
        return Err(Error::local(ErrorKind::Key, "the key is damaged: its modulus is even, which no RSA key's is"));
    }
    Ok(bits)
}

/// A public exponent of 1 would make every message its own signature; even ones have no private exponent.
pub(super) fn check_exponent(exponent: UintRef<'_>) -> Result<u64, Error> {
    if bits(exponent) > EXPONENT_BITS_MAX {
        return Err(Error::local(
            ErrorKind::Key,
            format!("the key's public exponent is longer than {EXPONENT_BITS_MAX} bits; make a key with 65537"),
        ));
    }
    let value = exponent.as_bytes().iter().fold(0_u64, |value, byte| value << 8 | u64::from(*byte));
    if value < 3 || value % 2 == 0 {
        return Err(Error::local(
            ErrorKind::Key,
            format!("the key's public exponent is {value}, with which signatures prove nothing; make a key with 65537"),
        ));
    }
    Ok(value)
}

pub(super) fn bits(number: UintRef<'_>) -> usize {
    let significant = number.as_bytes().iter().skip_while(|byte| **byte == 0);
    let top = significant.clone().next().map_or(0, |byte| byte.leading_zeros() as usize);
    significant.count() * 8 - top
}

fn is_odd(number: UintRef<'_>) -> bool {
    number.as_bytes().last().is_some_and(|byte| byte % 2 == 1)
}

fn fingerprint(spki: &[u8]) -> String {
    let mut text = String::from("SHA256:");
    for byte in digest(&SHA256, spki).as_ref() {
        let _ = write!(text, "{byte:02x}");
    }
    text
}
