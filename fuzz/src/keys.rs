//! Keys of the two sides, made at start, the same in every run. They protect nothing.

use std::sync::LazyLock;

use bonuspay::key::{PrivateKey, PublicKey};
use rsa::BigUint;
use rsa::pkcs8::{EncodePrivateKey, EncodePublicKey, LineEnding};

pub(crate) struct Side {
    /// For the other reader.
    pub(crate) rsa: rsa::RsaPrivateKey,
    pub(crate) private_pem: String,
    pub(crate) public_pem: String,
    pub(crate) private: PrivateKey,
    pub(crate) public: PublicKey,
}

// Which numbers begin a way to a prime, and how long the way is, was found once: the search itself takes seconds in a
// build with sanitizers.
pub(crate) static GATEWAY: LazyLock<Side> = LazyLock::new(|| Side::new(prime(1, 834), prime(2, 608)));
pub(crate) static MERCHANT: LazyLock<Side> = LazyLock::new(|| Side::new(prime(3, 10), prime(4, 2740)));

impl Side {
    fn new(p: BigUint, q: BigUint) -> Self {
        let rsa = rsa::RsaPrivateKey::from_p_q(p, q, BigUint::from(65537_u32)).unwrap();
        let private_pem = rsa.to_pkcs8_pem(LineEnding::LF).unwrap().to_string();
        let public_pem = rsa.to_public_key().to_public_key_pem(LineEnding::LF).unwrap();
        let private = PrivateKey::from_text(private_pem.as_bytes()).unwrap();
        let public = PublicKey::from_text(public_pem.as_bytes()).unwrap();
        Self { rsa, private_pem, public_pem, private, public }
    }
}

/// The prime of 1,024 bits that stands so far behind a number made of `seed`.
fn prime(seed: u64, distance: u32) -> BigUint {
    let mut bytes = [0; 128];
    let mut state = seed;
    for chunk in bytes.chunks_mut(8) {
        chunk.copy_from_slice(&next(&mut state).to_be_bytes());
    }
    bytes[0] |= 0xc0;
    bytes[127] |= 1;
    BigUint::from_bytes_be(&bytes) + distance
}

/// SplitMix64.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
