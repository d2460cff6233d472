//! Addresses of the networks that BonusPay pays out on (spec 2.4). Coins that went to a mistyped one are gone; whose
//! an address is, nobody can check.

use bech32::primitives::decode::SegwitHrpstringError;
use bech32::{Hrp, hrp, segwit};
use sha3::{Digest, Keccak256};

use crate::error::{Error, ErrorKind};

/// As long as the longest that BonusPay takes; what is longer is of no network.
const LENGTH_MAX: usize = 200;

/// What an address can be an address of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Tron,
    /// Of Polygon, too: one address is good on both.
    Ethereum,
    Bitcoin,
    BitcoinTestnet,
}

/// Why a text is not an address of a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Flaw {
    Form,
    Checksum,
}

/// Checks an address of a network: its form and its checksum. The networks are BonusPay's codes `BTC`, `ETH`,
/// `POLYGON` and `TRON`; and `BTC_TESTNET`, which is what `BTC` stands for in BonusPay's sandbox. The other test
/// networks have the main networks' addresses.
///
/// An Ethereum address in small letters has no checksum (EIP-55).
///
/// ```
/// use bonuspay::check_address;
///
/// assert!(check_address("TRON", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t").is_ok());
/// let mistyped = check_address("TRON", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6T").unwrap_err();
/// assert_eq!(mistyped.field(), Some("address"));
/// ```
///
/// # Errors
/// [`ErrorKind::InvalidArgument`] for a network that the library does not know, and for a text that is no address of
/// it. The message says what is wrong, without the address.
pub fn check_address(network: &str, address: &str) -> Result<(), Error> {
    let invalid = |field: &str, reason: &str| {
        Err(Error::local(ErrorKind::InvalidArgument, format!("{field} {reason}")).with_field(field))
    };
    let Some(format) = Format::of_network(network) else {
        return invalid("network", "must be BTC, BTC_TESTNET, ETH, POLYGON or TRON");
    };
    format.check(address).or_else(|reason| invalid("address", &reason))
}

/// What keeps coins from being sent to an address. `None` when nothing does, and for networks that the library does
/// not know: BonusPay may pay out on more. In the sandbox `BTC` is Bitcoin's test network (spec 2.4); an address of
/// the main one loses nothing there.
pub(crate) fn payout_problem(network: &str, address: &str, is_sandbox: bool) -> Option<String> {
    // A code in small letters is BonusPay's to refuse or to understand: the address must be right in both cases.
    let format = Format::of_network(&network.to_ascii_uppercase())?;
    if is_sandbox && format == Format::Bitcoin && Format::BitcoinTestnet.check(address).is_ok() {
        return None;
    }
    format.check(address).err()
}

/// Whether a text has the form of an Ethereum address; the checksum is not looked at.
pub(crate) fn has_ethereum_form(address: &str) -> bool {
    address.strip_prefix("0x").is_some_and(|digits| digits.len() == 40 && digits.bytes().all(|b| b.is_ascii_hexdigit()))
}

impl Format {
    const ALL: [Self; 4] = [Self::Tron, Self::Ethereum, Self::Bitcoin, Self::BitcoinTestnet];

    fn of_network(code: &str) -> Option<Self> {
        match code {
            "TRON" => Some(Self::Tron),
            "ETH" | "POLYGON" => Some(Self::Ethereum),
            "BTC" => Some(Self::Bitcoin),
            "BTC_TESTNET" => Some(Self::BitcoinTestnet),
            _ => None,
        }
    }

    const fn an_address(self) -> &'static str {
        match self {
            Self::Tron => "a TRON address (T and 33 letters and digits)",
            Self::Ethereum => "an Ethereum or Polygon address (0x and 40 digits from 0 to f)",
            Self::Bitcoin => "a Bitcoin address (it begins with bc1, 1 or 3)",
            Self::BitcoinTestnet => "an address of Bitcoin's test network (it begins with tb1, m, n or 2)",
        }
    }

    /// Checks a text; the error says what it is instead.
    fn check(self, address: &str) -> Result<(), String> {
        if let Some((at, odd)) = address.chars().enumerate().find(|(_, c)| !c.is_ascii_graphic()) {
            let place = at + 1;
            return Err(format!("holds a character that no address has, U+{:04X} at place {place}", u32::from(odd)));
        }
        let Err(flaw) = self.parse(address) else { return Ok(()) };
        if let Some(other) = Self::ALL.into_iter().find(|other| other.parse(address).is_ok()) {
            return Err(format!("must be {}; this is {}", self.an_address(), other.an_address()));
        }
        Err(match flaw {
            Flaw::Form => format!("must be {}", self.an_address()),
            Flaw::Checksum => {
                "has a mistyped character: its checksum does not fit; copy it again from the wallet".into()
            }
        })
    }

    fn parse(self, address: &str) -> Result<(), Flaw> {
        if address.len() > LENGTH_MAX {
            return Err(Flaw::Form);
        }
        match self {
            Self::Tron => base58(address, &[0x41]),
            Self::Ethereum => ethereum(address),
            // P2PKH and P2SH, or SegWit.
            Self::Bitcoin => bitcoin(address, &[0x00, 0x05], hrp::BC),
            Self::BitcoinTestnet => bitcoin(address, &[0x6f, 0xc4], hrp::TB),
        }
    }
}

/// Base58Check: a byte that says what it is, 20 bytes, and a checksum.
fn base58(text: &str, versions: &[u8]) -> Result<(), Flaw> {
    match bs58::decode(text).with_check(None).into_vec() {
        Ok(bytes) if bytes.len() == 21 && bytes.first().is_some_and(|version| versions.contains(version)) => Ok(()),
        // Of other texts the checksum says nothing.
        Err(bs58::decode::Error::InvalidChecksum { .. }) if (26..=35).contains(&text.len()) => Err(Flaw::Checksum),
        _ => Err(Flaw::Form),
    }
}

/// BIP-173 for version 0, BIP-350 for the later ones.
fn bitcoin(text: &str, versions: &[u8], prefix: Hrp) -> Result<(), Flaw> {
    match segwit::decode(text) {
        Ok((hrp, ..)) if hrp == prefix => Ok(()),
        Err(error) if matches!(error.0, SegwitHrpstringError::Checksum(_)) => Err(Flaw::Checksum),
        _ => base58(text, versions),
    }
}

/// EIP-55: the case of the letters is the checksum. Small letters alone have none.
fn ethereum(text: &str) -> Result<(), Flaw> {
    let digits = text.strip_prefix("0x").filter(|_| has_ethereum_form(text)).ok_or(Flaw::Form)?;
    let small = digits.to_ascii_lowercase();
    if digits == small {
        return Ok(());
    }
    let hash = Keccak256::digest(&small);
    let halves = hash.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    let fits =
        digits.chars().zip(halves).all(|(digit, half)| digit.is_ascii_digit() || digit.is_uppercase() == (half >= 8));
    if fits { Ok(()) } else { Err(Flaw::Checksum) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of EIP-55, BIP-173 and BIP-350, and public contracts; the two of "1A1z…" and "3J98…" are of Bitcoin's wiki.
    const GOOD: &[(&str, &[&str])] = &[
        (
            "ETH",
            &[
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
                "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
                "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
                "0x52908400098527886E0F7030069857D2E4169EE7",
                "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
                "0xde709f2102306220921060314715629080e2fb77",
                "0x27b1fdb04752bbc536007a920d24acb045561c26",
                "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
            ],
        ),
        ("TRON", &["TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "TJRabPrwbZy45sbavfcjinPJC18kjpRTv8"]),
        (
            "BTC",
            &[
                "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
                "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
                "1111111111111111111114oLvT2",
                "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
                "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
                "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
                "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y",
                "BC1SW50QGDZ25J",
                "bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs",
            ],
        ),
        (
            "BTC_TESTNET",
            &[
                "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx",
                "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7",
                "tb1pqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesf3hn0c",
                "mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn",
                "2MzQwSSnBHWHqSAqtTVQ6v47XtaisrJa1Vc",
            ],
        ),
    ];

    const BAD: &[(&str, &[&str])] = &[
        (
            "ETH",
            &[
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD",
                "0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED",
                "5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                "0X5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
                "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beae",
                "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed\n",
                "ethereum:0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
                "",
            ],
        ),
        (
            "TRON",
            &[
                "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6T",
                "1R7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
                "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6",
                "41a614f803b6fd780986a42c78ec9c7f77e6ded13c",
                " TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
                "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t\u{a0}",
                "",
            ],
        ),
        (
            "BTC",
            &[
                "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb",
                "11A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
                "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
                "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3T4",
                "tc1qw508d6qejxtdg4y5r3zarvary0c5xw7kg3g4ty",
                "BC13W508D6QEJXTDG4Y5R3ZARVARY0C5XW7KN40WF2",
                "bc1rw5uspcuh",
                "bc10w508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kw5rljs90",
                "BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P",
                "bc1zw508d6qejxtdg4y5r3zarvaryvqyzf3du",
                "bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4",
                "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",
                "bc1gmk9yu",
                "",
            ],
        ),
    ];

    #[test]
    fn genuine_addresses_are_taken_on_their_network_alone() {
        for (network, addresses) in GOOD {
            for address in *addresses {
                for (other, _) in GOOD {
                    assert_eq!(check_address(other, address).is_ok(), network == other, "{address} on {other}");
                }
                assert_eq!(check_address("POLYGON", address).is_ok(), *network == "ETH", "{address}");
            }
        }
    }

    #[test]
    fn what_is_none_is_refused_without_its_text() {
        for (network, addresses) in BAD {
            for address in *addresses {
                let error = check_address(network, address).expect_err(address);
                assert_eq!(error.field(), Some("address"), "{address}");
                assert!(address.len() < 8 || !error.to_string().contains(address), "{error}");
            }
        }
        assert!(check_address("TRON", &"T".repeat(100_000)).is_err());
    }

    #[test]
    fn no_single_wrong_character_gets_through() {
        let letters: Vec<char> = ('0'..='9').chain('a'..='z').chain('A'..='Z').collect();
        for (network, addresses) in GOOD {
            for address in addresses.iter().step_by(3) {
                // Small letters alone have no checksum.
                if *network == "ETH" && address.to_ascii_lowercase() == *address {
                    continue;
                }
                for at in 0..address.len() {
                    for letter in &letters {
                        let (before, rest) = address.split_at(at);
                        let wrong = format!("{before}{letter}{}", &rest[1..]);
                        // EIP-55 has about 15 bits: a digit for a digit may pass it, a letter's case never does.
                        let counts = *network != "ETH" || rest[..1].eq_ignore_ascii_case(&letter.to_string());
                        if wrong != *address && counts {
                            assert!(check_address(network, &wrong).is_err(), "{wrong} for {address}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn what_it_is_instead_is_said() {
        let said = |network: &str, address: &str| check_address(network, address).unwrap_err().to_string();
        let tron = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t";
        assert!(said("ETH", tron).contains("this is a TRON address"));
        assert!(said("BTC", GOOD[3].1[0]).contains("this is an address of Bitcoin's test network"));
        assert!(said("TRON", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6T").contains("checksum"));
        assert!(said("BTC", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5").contains("checksum"));
        assert!(said("ETH", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD").contains("checksum"));
        assert!(said("TRON", &format!("{tron}\u{200b}")).contains("U+200B at place 35"));
        assert!(said("SOLANA", tron).contains("network must be BTC, BTC_TESTNET, ETH, POLYGON or TRON"));
    }

    #[test]
    fn payouts_go_to_what_their_environment_knows() {
        let testnet = GOOD[3].1[0];
        assert!(payout_problem("BTC", testnet, true).is_none());
        assert!(payout_problem("BTC", testnet, false).is_some());
        assert!(payout_problem("BTC", GOOD[2].1[0], true).is_none());
        assert!(payout_problem("tron", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6T", true).is_some());
        // Of a network of later days BonusPay knows more than we do.
        assert!(payout_problem("SOLANA", "anything", false).is_none());
    }
}
