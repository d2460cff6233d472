//! Merchants that the gateway knows.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::network::Network;

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

/// What a merchant sets in BonusPay's portal, and here by the control API.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Profile {
    pub partner_id: String,
    /// Where top-ups are told; no call names it.
    pub topup_notify_url: Option<String>,
    /// Where withdrawals may go: network and address. Anywhere, as long as no book is set.
    pub address_book: Option<Vec<(Network, String)>>,
}

impl Profile {
    /// The profile as the control API shows it.
    pub fn view(&self) -> Value {
        let entry = |(network, address): &(Network, String)| json!({"network": network.code(), "address": address});
        json!({
            "partnerId": self.partner_id,
            "topupNotifyUrl": self.topup_notify_url,
            "addresses": self.address_book.as_ref().map(|book| book.iter().map(entry).collect::<Vec<_>>()),
        })
    }
}
