//! Chains: which coin runs on which, and addresses and transaction hashes that look like theirs.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::money::Currency;

/// A chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs)]
pub enum Network {
    Tron,
    Eth,
    Polygon,
    Btc,
}

impl Network {
    /// All of them.
    pub const ALL: [Network; 4] = [Network::Tron, Network::Eth, Network::Polygon, Network::Btc];

    /// By its code, which is case-sensitive.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|network| network.code() == code)
    }

    /// The chains that a coin runs on, the usual one first.
    pub fn of_coin(coin: Currency) -> Vec<Network> {
        Self::ALL.into_iter().filter(|network| network.carries(coin)).collect()
    }

    /// Whether a coin runs on this chain.
    pub fn carries(self, coin: Currency) -> bool {
        match coin {
            Currency::Usdt | Currency::Usdc => {
                matches!(self, Network::Tron | Network::Eth | Network::Polygon)
            }
            Currency::Eth => self == Network::Eth,
            Currency::Btc => self == Network::Btc,
            _ => false,
        }
    }

    /// The code on the wire.
    pub fn code(self) -> &'static str {
        match self {
            Network::Tron => "TRON",
            Network::Eth => "ETH",
            Network::Polygon => "POLYGON",
            Network::Btc => "BTC",
        }
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Network::Tron => "TRON",
            Network::Eth => "Ethereum",
            Network::Polygon => "Polygon",
            Network::Btc => "Bitcoin",
        }
    }

    /// Block confirmations that a payment needs, as `interactionParams` tells.
    pub fn confirmations(self) -> u32 {
        match self {
            Network::Tron => 19,
            Network::Eth => 12,
            Network::Polygon => 128,
            Network::Btc => 2,
        }
    }

    /// An address of this chain, always the same for the same seed. On BTC one of the test network.
    pub fn address(self, seed: &str) -> String {
        let hash = Sha256::digest(format!("{}:{seed}", self.code()));
        let bytes: Vec<u8> = hash.iter().copied().take(20).collect();
        match self {
            Network::Tron => base58check(&[&[0x41], bytes.as_slice()].concat()),
            Network::Eth | Network::Polygon => format!("0x{}", hex(&bytes)),
            Network::Btc => bech32("tb", &bytes),
        }
    }

    /// A transaction hash of this chain, always the same for the same seed.
    pub fn transaction_hash(self, seed: &str) -> String {
        let hash = hex(&Sha256::digest(format!("transaction:{}:{seed}", self.code())));
        match self {
            Network::Eth | Network::Polygon => format!("0x{hash}"),
            Network::Tron | Network::Btc => hash,
        }
    }

    /// The form of its addresses, as `addressRegex` tells; [`Network::is_address`] looks at the same.
    pub fn address_regex(self) -> &'static str {
        match self {
            Network::Tron => "^T[1-9A-HJ-NP-Za-km-z]{33}$",
            Network::Eth | Network::Polygon => "^0x[0-9a-fA-F]{40}$",
            Network::Btc => "^((bc1|tb1)[qpzry9x8gf2tvdw0s3jn54khce6mua7l]{38,59}|[13mn2][1-9A-HJ-NP-Za-km-z]{25,34})$",
        }
    }

    /// Whether a text has the form of an address of this chain. Checksums are not looked at.
    pub fn is_address(self, text: &str) -> bool {
        let base58 = |text: &str| text.bytes().all(|b| BASE58.contains(&b));
        match self {
            Network::Tron => text.len() == 34 && text.starts_with('T') && base58(text),
            Network::Eth | Network::Polygon => {
                text.len() == 42
                    && text.strip_prefix("0x").is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))
            }
            Network::Btc => {
                let bech32 = text.strip_prefix("bc1").or_else(|| text.strip_prefix("tb1"));
                match bech32 {
                    Some(data) => (38..=59).contains(&data.len()) && data.bytes().all(|b| BECH32.contains(&b)),
                    None => {
                        (26..=35).contains(&text.len()) && text.starts_with(['1', '3', 'm', 'n', '2']) && base58(text)
                    }
                }
            }
        }
    }
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

const BASE58: &[u8] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const BECH32: &[u8] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";

fn letter(alphabet: &[u8], index: u32) -> char {
    alphabet.get(index as usize).copied().map_or('?', char::from)
}

fn base58check(payload: &[u8]) -> String {
    let checksum = Sha256::digest(Sha256::digest(payload));
    // Base 58, the smallest digit first.
    let mut digits: Vec<u32> = Vec::new();
    for &byte in payload.iter().chain(checksum.iter().take(4)) {
        let mut carry = u32::from(byte);
        for digit in &mut digits {
            carry += *digit << 8;
            *digit = carry % 58;
            carry /= 58;
        }
        while carry > 0 {
            digits.push(carry % 58);
            carry /= 58;
        }
    }
    let zeros = payload.iter().take_while(|&&byte| byte == 0).count();
    digits.extend(std::iter::repeat_n(0, zeros));
    digits.iter().rev().map(|&digit| letter(BASE58, digit)).collect()
}

/// A version 0 witness program (BIP 173).
fn bech32(prefix: &str, program: &[u8]) -> String {
    let mut data = vec![0_u32];
    let (mut bits, mut pending) = (0_u32, 0_u32);
    for &byte in program {
        pending = (pending << 8) | u32::from(byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            data.push((pending >> bits) & 31);
        }
        pending &= (1 << bits) - 1;
    }
    if bits > 0 {
        data.push((pending << (5 - bits)) & 31);
    }
    let high = prefix.bytes().map(|b| u32::from(b) >> 5);
    let low = prefix.bytes().map(|b| u32::from(b) & 31);
    let checked = high.chain([0]).chain(low).chain(data.iter().copied()).chain([0; 6]);
    let checksum = bech32_polymod(checked) ^ 1;
    data.extend((0..6).rev().map(|place| (checksum >> (5 * place)) & 31));
    let text: String = data.iter().map(|&value| letter(BECH32, value)).collect();
    format!("{prefix}1{text}")
}

fn bech32_polymod(values: impl Iterator<Item = u32>) -> u32 {
    const GENERATOR: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
    values.fold(1, |checksum, value| {
        let top = checksum >> 25;
        let shifted = ((checksum & 0x01ff_ffff) << 5) ^ value;
        GENERATOR
            .iter()
            .enumerate()
            .filter(|(bit, _)| (top >> bit) & 1 == 1)
            .fold(shifted, |checksum, (_, generator)| checksum ^ generator)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_match_published_vectors() {
        // BIP 173: the P2WPKH example of the test network.
        let program: Vec<u8> = (0..40)
            .step_by(2)
            .map(|i| u8::from_str_radix(&"751e76e8199196d454941c45d1b3a323f1433bd6"[i..i + 2], 16).unwrap_or(0))
            .collect();
        assert_eq!(bech32("tb", &program), "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx");
        // The genesis block's address: version 0 and the hash of its key.
        let hash: Vec<u8> = (0..42)
            .step_by(2)
            .map(|i| u8::from_str_radix(&"0062e907b15cbf27d5425399ebf6f0fb50ebb88f18"[i..i + 2], 16).unwrap_or(0))
            .collect();
        assert_eq!(base58check(&hash), "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa");
    }

    #[test]
    fn own_addresses_have_the_form_of_their_chain_and_of_no_other() {
        for network in Network::ALL {
            let address = network.address("131710904557001559");
            assert_eq!(address, network.address("131710904557001559"));
            for other in Network::ALL {
                let same_form = network == other
                    || matches!((network, other), (Network::Eth | Network::Polygon, Network::Eth | Network::Polygon));
                assert_eq!(other.is_address(&address), same_form, "{address} on {}", other.code());
            }
        }
    }
}
