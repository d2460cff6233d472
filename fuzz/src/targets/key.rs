//! Texts in the two key fields: as they come, or a real key with changes in its DER and in its wrapping. What loads
//! must be what the `rsa` crate reads too, and must sign and verify.

use std::slice::from_ref;

use bonuspay::key::{KeyPair, PrivateKey, PublicKey};
use bonuspay::{Error, ErrorKind, signature};
use rsa::pkcs1::{EncodeRsaPrivateKey, EncodeRsaPublicKey};
use rsa::pkcs1v15::VerifyingKey;
use rsa::pkcs8::{DecodePrivateKey, DecodePublicKey, EncodePrivateKey, EncodePublicKey};
use rsa::signature::Verifier;
use rsa::traits::PublicKeyParts;
use sha2::{Digest, Sha256};

use crate::bytes::Bytes;
use crate::independent::base64;
use crate::keys::MERCHANT;

const MESSAGE: &[u8] = b"message";

pub(crate) fn run(input: &[u8]) {
    let mut input = Bytes::new(input);
    let text = match input.below(5) {
        0 => input.rest().to_vec(),
        form => wrapped(der(form), &mut input),
    };
    match PrivateKey::from_text(&text) {
        Ok(key) => check_private(&key, &text),
        Err(error) => check_refusal(&error),
    }
    match PublicKey::from_text(&text) {
        Ok(key) => check_public(&key),
        Err(error) => check_refusal(&error),
    }
}

fn der(form: usize) -> Vec<u8> {
    let (private, public) = (&MERCHANT.rsa, MERCHANT.rsa.to_public_key());
    match form {
        1 => private.to_pkcs8_der().unwrap().as_bytes().to_vec(),
        2 => private.to_pkcs1_der().unwrap().as_bytes().to_vec(),
        3 => public.to_public_key_der().unwrap().into_vec(),
        _ => public.to_pkcs1_der().unwrap().into_vec(),
    }
}

/// As files, forms, e-mails and `.env` files leave a key.
fn wrapped(mut der: Vec<u8>, input: &mut Bytes<'_>) -> Vec<u8> {
    const LABELS: [&str; 8] = [
        "PRIVATE KEY",
        "RSA PRIVATE KEY",
        "PUBLIC KEY",
        "RSA PUBLIC KEY",
        "CERTIFICATE",
        "ENCRYPTED PRIVATE KEY",
        "EC PRIVATE KEY",
        "",
    ];
    let (label, line_end) = (input.one_of(&LABELS), input.one_of(&["\n", "\r\n", "", " ", "\\n", "\n \t", "\\r\\n"]));
    let around = input.one_of(&["", "\u{feff}", "Bag Attributes\n", "\"", "'", "  ", "key=", "..."]);
    input.edit(&mut der);
    let body = base64::encode(&der);
    let lines: Vec<_> = body.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    let body = lines.join(line_end);
    let text = match label {
        "" => format!("{around}{body}{around}"),
        _ => format!("{around}-----BEGIN {label}-----{line_end}{body}{line_end}-----END {label}-----{line_end}"),
    };
    let mut text = text.into_bytes();
    input.edit(&mut text);
    text
}

fn check_private(key: &PrivateKey, text: &[u8]) {
    let sign = key.sign(MESSAGE).expect("what loads signs");
    assert!(signature::verify(from_ref(key.public_key()), MESSAGE, sign.as_bytes()).is_ok());
    let pair = KeyPair::from_private_text(text).expect("what loads can be written");
    let theirs = rsa::RsaPrivateKey::from_pkcs8_pem(pair.private_pem()).expect("the rsa crate reads it too");
    let theirs_sign = theirs.sign(rsa::Pkcs1v15Sign::new::<Sha256>(), &Sha256::digest(MESSAGE)).unwrap();
    assert_eq!(sign, base64::encode(&theirs_sign), "another signature than the rsa crate's");
    assert_eq!(PrivateKey::from_text(pair.private_pem().as_bytes()).unwrap().fingerprint(), key.fingerprint());
    assert!(!format!("{key:?}{pair:?}").contains("PRIVATE"));
    check_public(key.public_key());
}

fn check_public(key: &PublicKey) {
    let pem = key.to_pem().unwrap();
    assert!(PublicKey::from_text(pem.as_bytes()).unwrap() == *key, "the written form reads back");
    assert!((2048..=8192).contains(&key.bits()));
    for byte in [0, 1, 0xff] {
        let mut forged = vec![0; key.bits().div_ceil(8) as usize];
        *forged.last_mut().unwrap() = byte;
        assert!(signature::verify(from_ref(key), MESSAGE, base64::encode(&forged).as_bytes()).is_err());
    }
    // Its own limit.
    if key.bits() > 4096 {
        return;
    }
    let theirs = rsa::RsaPublicKey::from_public_key_pem(&pem).expect("the rsa crate reads it too");
    let (modulus, exponent) = (theirs.n().to_bytes_be(), theirs.e().to_bytes_be());
    assert_eq!(theirs.n().bits(), key.bits() as usize);
    assert!(modulus.last().unwrap() % 2 == 1 && exponent.last().unwrap() % 2 == 1 && exponent != [1]);
    let spki = theirs.to_public_key_der().unwrap();
    let digest: String = Sha256::digest(spki.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(key.fingerprint(), format!("SHA256:{digest}"));
    if theirs == MERCHANT.rsa.to_public_key() {
        let sign = rsa::pkcs1v15::SigningKey::<Sha256>::new(MERCHANT.rsa.clone());
        let sign = rsa::signature::Signer::sign(&sign, MESSAGE);
        assert!(VerifyingKey::<Sha256>::new(theirs).verify(MESSAGE, &sign).is_ok());
        let text = base64::encode(&rsa::signature::SignatureEncoding::to_vec(&sign));
        assert!(signature::verify(from_ref(key), MESSAGE, text.as_bytes()).is_ok());
    }
}

fn check_refusal(error: &Error) {
    assert_eq!(error.kind(), ErrorKind::Key);
    super::check_error(error);
}
