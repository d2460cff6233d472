use std::fmt;

use rsa::pkcs1::{self, EncodeRsaPrivateKey};
use rsa::pkcs8::PrivateKeyInfo;
use rsa::pkcs8::der::Encode;
use rsa::pkcs8::der::pem::{self, LineEnding};
use rsa::rand_core::OsRng;
use zeroize::Zeroizing;

use super::private::check_random_numbers;
use super::{PrivateKey, scrub};
use crate::error::{Error, ErrorKind};

/// A merchant's key pair as texts: the private key for the shop's configuration, the public key for the BonusPay
/// merchant portal.
///
/// The texts are wiped when it is dropped.
pub struct KeyPair {
    private_pem: Zeroizing<String>,
    public_pem: String,
    key: PrivateKey,
}

impl KeyPair {
    /// Makes a new key pair of 2048, 3072 or 4096 bits with the public exponent 65537, from the operating
    /// system's random numbers. It takes from a tenth of a second (2048) to some seconds (4096).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidArgument`] for another length; [`ErrorKind::Sign`] when the system gives this process no
    /// random numbers; [`ErrorKind::Internal`] when none could be made.
    pub fn generate(bits: u32) -> Result<Self, Error> {
        let bits = match bits {
            2048 => 2048,
            3072 => 3072,
            4096 => 4096,
            _ => {
                let message = format!("a key of {bits} bits cannot be made: choose 2048, 3072 or 4096");
                return Err(Error::local(ErrorKind::InvalidArgument, message));
            }
        };
        check_random_numbers()?;
        let failed = || Error::local(ErrorKind::Internal, "no key could be made");
        let made = rsa::RsaPrivateKey::new(&mut OsRng, bits).and_then(|key| Ok(key.to_pkcs1_der()?));
        scrub::freed_memory();
        let pkcs1 = made.map_err(|_| failed())?;
        let (key, pkcs1) = PrivateKey::from_pkcs1(pkcs1.as_bytes())?;
        Self::new(key, &pkcs1)
    }

    /// The pair of an existing private key, in the canonical forms; `text` is read as by
    /// [`PrivateKey::from_text`].
    ///
    /// # Errors
    ///
    /// As [`PrivateKey::from_text`].
    pub fn from_private_text(text: &[u8]) -> Result<Self, Error> {
        let (key, pkcs1) = PrivateKey::with_pkcs1(text)?;
        Self::new(key, &pkcs1)
    }

    fn new(key: PrivateKey, pkcs1: &[u8]) -> Result<Self, Error> {
        let private_pem = private_pem(pkcs1)
            .ok_or_else(|| Error::local(ErrorKind::Internal, "the private key could not be written as PEM"))?;
        let public_pem = key.public_key().to_pem()?;
        Ok(Self { private_pem, public_pem, key })
    }

    /// The private key as PEM (PKCS#8, `-----BEGIN PRIVATE KEY-----`), lines ending in `\n`.
    pub fn private_pem(&self) -> &str {
        &self.private_pem
    }

    /// The public key as PEM (SPKI, `-----BEGIN PUBLIC KEY-----`), lines ending in `\n`.
    pub fn public_pem(&self) -> &str {
        &self.public_pem
    }

    /// The fingerprint of the public key; see [`PublicKey::fingerprint`](super::PublicKey::fingerprint).
    pub fn fingerprint(&self) -> &str {
        self.key.fingerprint()
    }

    /// The private key, ready to sign.
    pub fn private_key(&self) -> &PrivateKey {
        &self.key
    }
}

impl fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyPair").field("bits", &self.key.bits()).field("fingerprint", &self.fingerprint()).finish()
    }
}

/// Written into buffers of the final size, so that nothing but what is wiped ever held the key.
fn private_pem(pkcs1: &[u8]) -> Option<Zeroizing<String>> {
    let info = PrivateKeyInfo::new(pkcs1::ALGORITHM_ID, pkcs1);
    let mut der = Zeroizing::new(vec![0; usize::try_from(info.encoded_len().ok()?).ok()?]);
    info.encode_to_slice(&mut der).ok()?;
    let length = pem::encoded_len("PRIVATE KEY", LineEnding::LF, &der).ok()?;
    let mut text = Zeroizing::new(vec![0; length]);
    pem::encode("PRIVATE KEY", LineEnding::LF, &der, &mut text).ok()?;
    String::from_utf8(std::mem::take(&mut *text)).ok().map(Zeroizing::new)
}
