use std::fmt;
use std::sync::Arc;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeyPair as Signer;
use aws_lc_rs::signature::RSA_PKCS1_SHA256;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rsa::BigUint;
use rsa::pkcs1::{self, EncodeRsaPrivateKey};
use rsa::pkcs8::der::Decode;
use rsa::pkcs8::der::asn1::UintRef;
use zeroize::Zeroizing;

use super::public::{self, PublicKey};
use super::scrub;
use super::structure::{self, Content};
use super::text;
use super::unusable::{self, Wanted};
use crate::error::{Error, ErrorKind};
use crate::system::os;

const BITS_MAX: usize = 4096;

/// An RSA private key of 2,048 to 4,096 bits, ready to sign (spec section 1.3).
///
/// Clones share the key, and so may threads; it is wiped when the last of them is dropped.
///
/// Of every copy that this library makes of the text and of the numbers, none outlives the call that made it but
/// aws-lc's own, which aws-lc wipes when it frees it.
#[derive(Clone)]
pub struct PrivateKey(Arc<Inner>);

struct Inner {
    signer: Signer,
    public: PublicKey,
}

impl PrivateKey {
    /// Reads what a merchant pastes: PEM or bare Base64 of an unencrypted RSA private key (PKCS#8 or PKCS#1).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Key`], naming what the text is instead and how to get the right key; a key whose numbers do
    /// not belong together is refused here, not found out when signing. The text itself is in no error.
    /// [`ErrorKind::Sign`], when the system gives this process no random numbers.
    pub fn from_text(text: &[u8]) -> Result<Self, Error> {
        Self::with_pkcs1(text).map(|(key, _)| key)
    }

    /// The key and its `RSAPrivateKey` in DER.
    pub(super) fn with_pkcs1(text: &[u8]) -> Result<(Self, Zeroizing<Vec<u8>>), Error> {
        let decoded = text::decode(text).map_err(refused)?;
        match structure::content(&decoded) {
            Content::RsaPrivate(pkcs1) => Self::from_pkcs1(pkcs1),
            Content::RsaPublic(_) => Err(refused(unusable::PUBLIC_KEY)),
            Content::RsaCertificate(_) => Err(refused(unusable::CERTIFICATE)),
            Content::Unusable(found) => Err(refused(found)),
        }
    }

    pub(super) fn from_pkcs1(der: &[u8]) -> Result<(Self, Zeroizing<Vec<u8>>), Error> {
        let key = pkcs1::RsaPrivateKey::from_der(der).map_err(|_| refused(unusable::DAMAGED))?;
        let bits = public::check_modulus(key.modulus, BITS_MAX)?;
        public::check_exponent(key.public_exponent)?;
        if public::bits(key.private_exponent) > bits {
            return Err(refused(unusable::INCONSISTENT));
        }
        let pkcs1 = if lacks_parts(&key) { completed(&key)? } else { Zeroizing::new(der.to_vec()) };
        check_random_numbers()?;
        // Checks n = pq, de = 1 mod p-1 and q-1, dP, dQ and qInv exactly (RSA_check_key), in memory that it wipes.
        // The rsa crate's own reader leaves both primes in freed memory, and checks nothing of dP, dQ and qInv.
        let signer = Signer::from_der(&pkcs1).map_err(|_| refused(unusable::INCONSISTENT))?;
        let public = PublicKey::from_numbers(key.modulus, key.public_exponent)?;
        let key = Self(Arc::new(Inner { signer, public }));
        // What no check of the numbers finds is a factor that is not prime.
        key.sign(b"BonusPay").map_err(|_| refused(unusable::INCONSISTENT))?;
        Ok((key, pkcs1))
    }

    /// Signs `message` with RSASSA-PKCS1-v1_5 and SHA-256. Gives the signature in standard Base64 with padding,
    /// one line, as the header `sign` carries it (spec section 1.3).
    ///
    /// It takes constant time for a key: aws-lc, blinded. A faulty computation cannot leak the key by a wrong
    /// signature (Boneh, DeMillo, Lipton): aws-lc raises every result to the public exponent and compares before
    /// it gives it out (`rsa_default_private_transform` in `rsa_impl.c`), so a second verification here would
    /// only cost its 16 microseconds again.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Sign`], when aws-lc cannot sign: no memory, no random numbers, or a fault of the machine.
    pub fn sign(&self, message: &[u8]) -> Result<String, Error> {
        check_random_numbers()?;
        let mut signature = vec![0; self.0.signer.public_modulus_len()];
        self.0
            .signer
            .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature)
            .map_err(|_| Error::local(ErrorKind::Sign, "signing failed; nothing was sent"))?;
        Ok(STANDARD.encode(signature))
    }

    /// The length of the modulus in bits.
    pub fn bits(&self) -> u32 {
        self.0.public.bits()
    }

    /// The public half, which the owner uploads to the BonusPay merchant portal.
    pub fn public_key(&self) -> &PublicKey {
        &self.0.public
    }

    /// The fingerprint of the public half; see [`PublicKey::fingerprint`].
    pub fn fingerprint(&self) -> &str {
        self.0.public.fingerprint()
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PrivateKey").field("bits", &self.bits()).field("fingerprint", &self.fingerprint()).finish()
    }
}

fn refused(found: unusable::Unusable) -> Error {
    found.error(Wanted::Private)
}

/// Blinding takes random numbers, and so does the making of a key.
pub(super) fn check_random_numbers() -> Result<(), Error> {
    if os::gives_random_numbers() {
        return Ok(());
    }
    Err(Error::local(ErrorKind::Sign, format!("{}; nothing was sent", os::NO_RANDOM_NUMBERS)))
}

/// Some key stores give n, e and d alone, or leave out the CRT parts, and write 0 in their places.
fn lacks_parts(key: &pkcs1::RsaPrivateKey<'_>) -> bool {
    [key.prime1, key.prime2, key.exponent1, key.exponent2, key.coefficient].into_iter().any(is_zero)
}

fn is_zero(number: UintRef<'_>) -> bool {
    public::bits(number) == 0
}

/// The whole key from n, e and d, and from the primes when they are there.
///
/// The one place where the rsa crate computes with a live key's numbers. It wipes the numbers of its keys but not
/// the temporaries of its arithmetic, which is why freed memory is overwritten after it.
fn completed(key: &pkcs1::RsaPrivateKey<'_>) -> Result<Zeroizing<Vec<u8>>, Error> {
    let inconsistent = || refused(unusable::INCONSISTENT);
    let number = |number: UintRef<'_>| BigUint::from_bytes_be(number.as_bytes());
    if is_zero(key.private_exponent) || is_zero(key.prime1) != is_zero(key.prime2) {
        return Err(inconsistent());
    }
    let primes = if is_zero(key.prime1) { Vec::new() } else { vec![number(key.prime1), number(key.prime2)] };
    let whole = rsa::RsaPrivateKey::from_components(
        number(key.modulus),
        number(key.public_exponent),
        number(key.private_exponent),
        primes,
    )
    .and_then(|whole| Ok(whole.to_pkcs1_der()?));
    scrub::freed_memory();
    whole.map(|pkcs1| Zeroizing::new(pkcs1.as_bytes().to_vec())).map_err(|_| inconsistent())
}
