//! What a wallet reads.
use crate::error::Error;
/// BIP-21 for BTC, EIP-681 for native ETH, the bare address for tokens.
pub fn payment_uri(currency: &str, network: &str, address: &str, amount: &str) -> Result<String, Error> { todo!("{currency}{network}{address}{amount}") }
