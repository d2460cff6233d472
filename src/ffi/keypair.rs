//! `bonuspay_keypair`.

use super::error::{bonuspay_error, bonuspay_status};
use super::fallible::create;
use super::guard::{free, text};
use super::handle::Object;
use super::text::{Text, bytes};
use crate::error::Error;
use crate::key::KeyPair;
use std::ffi::c_char;

/// A merchant's RSA key pair. Free it with `bonuspay_keypair_free`, which wipes it. Any number of threads may read
/// it at once.
pub struct bonuspay_keypair {
    _opaque: [u8; 0],
}

pub(super) struct KeyTexts {
    private_pem: Text,
    public_pem: Text,
    fingerprint: Text,
}

impl From<KeyPair> for KeyTexts {
    fn from(pair: KeyPair) -> Self {
        Self {
            private_pem: Text::new(pair.private_pem().as_bytes()),
            public_pem: Text::new(pair.public_pem()),
            fingerprint: Text::new(pair.fingerprint()),
        }
    }
}

impl Object for bonuspay_keypair {
    type Inner = KeyTexts;
    const MAGIC: u64 = u64::from_be_bytes(*b"bp2 keys");
    const NAME: &'static str = "bonuspay_keypair";
}

/// Makes a new key pair of `bits` bits: 2048, 3072 or 4096. Takes from a tenth of a second to some seconds. The
/// caller frees `*out` with `bonuspay_keypair_free`.
///
/// Returns `BONUSPAY_INVALID_ARGUMENT` for another size, `BONUSPAY_SIGN` when the system gives this process no random
/// numbers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_keypair_generate(
    bits: u32,
    out: *mut *mut bonuspay_keypair,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe { create("bonuspay_keypair_generate", out, err, || Ok(KeyPair::generate(bits)?.into())) }
}

/// Reads a private RSA key as merchants paste it: the text itself, PEM or bare Base64, never a path. The caller
/// frees `*out` with `bonuspay_keypair_free`.
///
/// Returns `BONUSPAY_KEY` for a key that cannot be used; the message says why and what would do. `BONUSPAY_SIGN` when
/// the system gives this process no random numbers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_keypair_from_private(
    key: *const c_char,
    key_len: usize,
    out: *mut *mut bonuspay_keypair,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe {
        create("bonuspay_keypair_from_private", out, err, || {
            let pair: Result<KeyPair, Error> = KeyPair::from_private_text(bytes("key", key, key_len)?);
            Ok(pair?.into())
        })
    }
}

/// Gives the private key as PKCS#8 PEM: the secret that signs for the merchant. The text is the key pair's, and is
/// wiped with it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_keypair_private_pem(
    keypair: *const bonuspay_keypair,
    len: *mut usize,
) -> *const c_char {
    // SAFETY: the header's conventions.
    unsafe { text("bonuspay_keypair_private_pem", keypair, len, |k| Some(&k.private_pem)) }
}

/// Gives the public key as SPKI PEM: what the merchant uploads to BonusPay. The text is the key pair's and goes with
/// it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_keypair_public_pem(
    keypair: *const bonuspay_keypair,
    len: *mut usize,
) -> *const c_char {
    // SAFETY: the header's conventions.
    unsafe { text("bonuspay_keypair_public_pem", keypair, len, |k| Some(&k.public_pem)) }
}

/// Gives the public key's SHA-256 fingerprint, by which a person tells keys apart. The text is the key pair's and
/// goes with it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_keypair_fingerprint(
    keypair: *const bonuspay_keypair,
    len: *mut usize,
) -> *const c_char {
    // SAFETY: the header's conventions.
    unsafe { text("bonuspay_keypair_fingerprint", keypair, len, |k| Some(&k.fingerprint)) }
}

/// Frees a key pair and wipes it. NULL is allowed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_keypair_free(keypair: *mut bonuspay_keypair) {
    // SAFETY: the header's conventions.
    unsafe { free("bonuspay_keypair_free", keypair) }
}
