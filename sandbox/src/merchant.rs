//! Merchants that the gateway knows.

use serde::{Deserialize, Serialize};

/// The merchant that every sandbox has.
pub const DEFAULT_PARTNER_ID: &str = "200000000888";

/// A merchant: a number, and the key that its requests are signed with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Merchant {
    /// `Partner-Id`, 12 digits.
    pub partner_id: String,
    /// PEM (SubjectPublicKeyInfo).
    pub public_key: String,
}

/// Whether a text can be a merchant's number.
pub fn is_partner_id(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit())
}
