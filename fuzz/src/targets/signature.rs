//! Signature texts. PKCS#1 v1.5 is deterministic: over a message there is one text by a key, made here by the `rsa`
//! crate, and every other text must be refused.

use std::slice::from_ref;
use std::sync::LazyLock;

use bonuspay::{ErrorKind, Outcome, signature};
use rsa::Pkcs1v15Sign;
use sha2::{Digest, Sha256};

use crate::bytes::Bytes;
use crate::independent::base64;
use crate::keys::{GATEWAY, MERCHANT};

const MESSAGES: [&[u8]; 3] = [b"", b"{\"acquireOrder\":{\"a\":0.10,\"u\":\"http:\\/\\/x\"}}\r\n", b"\0"];

static SIGNATURES: LazyLock<[Vec<u8>; 3]> = LazyLock::new(|| {
    MESSAGES.map(|message| GATEWAY.rsa.sign(Pkcs1v15Sign::new::<Sha256>(), &Sha256::digest(message)).unwrap())
});

pub(crate) fn run(input: &[u8]) {
    let mut input = Bytes::new(input);
    let (message, of) = (input.below(MESSAGES.len()), input.below(MESSAGES.len()));
    let mut bytes = SIGNATURES[of].clone();
    let text = match input.below(3) {
        0 => input.rest().to_vec(),
        1 => {
            let mut text = base64::encode(&bytes).into_bytes();
            input.edit(&mut text);
            text.extend(input.rest());
            text
        }
        _ => {
            input.edit(&mut bytes);
            bytes.extend(input.rest());
            base64::encode(&bytes).into_bytes()
        }
    };
    let genuine = text == base64::encode(&SIGNATURES[message]).as_bytes();
    for keys in [vec![GATEWAY.public.clone()], vec![MERCHANT.public.clone(), GATEWAY.public.clone()]] {
        match signature::verify(&keys, MESSAGES[message], &text) {
            Ok(by) => assert!(genuine && keys[by] == GATEWAY.public, "a forgery is accepted"),
            Err(error) => {
                assert!(!genuine, "a genuine signature is refused: {error}");
                assert_eq!((error.kind(), error.outcome()), (ErrorKind::BadSignature, Outcome::Rejected));
                super::check_error(&error);
            }
        }
    }
    assert!(signature::verify(from_ref(&MERCHANT.public), MESSAGES[message], &text).is_err());
}
