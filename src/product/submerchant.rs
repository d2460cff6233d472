//! Sub-merchants of an agent (spec 3.9). The pages are cut, so their inner objects travel as they are given.

use serde::{Deserialize, Serialize};

use crate::config::Config;
use crate::error::Error;
use crate::protocol::call::{Call, ExpectedAnswer, Idempotency, no_further_check};
use crate::protocol::json::Value;
use crate::protocol::schema::{Rule, invalid, optional, required};

/// Spec 3.9.
pub(crate) const CREATE: Call = Call {
    path: "agent/subMerchantCreate",
    idempotency: Idempotency::SendOnce,
    fields: &[
        required("merchantType", Rule::Choice(&["BUSINESS", "PERSONAL"])),
        required("merchantName", Rule::Text(256)),
        required("subMerchantAdminEmail", Rule::Email(256)),
        optional("businessMerchantData", Rule::AnyObject),
        optional("personalMerchantData", Rule::AnyObject),
        required("merchantContactData", Rule::AnyObject),
        required("merchantAddressData", Rule::AnyObject),
    ],
    exactly_one_of: Some(("businessMerchantData", "personalMerchantData")),
    validate: check_create,
    answer: ExpectedAnswer::of("", &[]),
};
/// Spec 3.9.
pub(crate) const GET: Call = Call {
    path: "agent/subMerchantDetail",
    idempotency: Idempotency::Idempotent,
    fields: &[required("merchantId", Rule::Code(20))],
    exactly_one_of: None,
    validate: no_further_check,
    answer: ExpectedAnswer::of("", &["merchantId"]),
};

/// The data are those of the type.
fn check_create(wire: Value, _config: &Config, _now_ms: u64) -> Result<Value, Error> {
    let wanted = match wire.member("merchantType").and_then(Value::text) {
        Some("BUSINESS") => "businessMerchantData",
        _ => "personalMerchantData",
    };
    if wire.member(wanted).is_none() {
        return Err(invalid(&format!("/{wanted}"), "is required for this merchantType"));
    }
    Ok(wire)
}

/// A new sub-merchant.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CreateSubMerchant {
    /// The name, at most 256 characters.
    pub merchant_name: String,
    /// The administrator's e-mail address.
    pub sub_merchant_admin_email: String,
    /// Company or person, with what BonusPay asks of it.
    #[serde(flatten)]
    pub data: MerchantData,
    /// How to reach them.
    pub merchant_contact_data: serde_json::Value,
    /// Where they are.
    pub merchant_address_data: serde_json::Value,
}

impl CreateSubMerchant {
    /// A sub-merchant without contact and address data, which are empty objects; set the fields to give them.
    pub fn new(
        merchant_name: impl Into<String>,
        sub_merchant_admin_email: impl Into<String>,
        data: MerchantData,
    ) -> Self {
        let empty = || serde_json::Value::Object(serde_json::Map::new());
        Self {
            merchant_name: merchant_name.into(),
            sub_merchant_admin_email: sub_merchant_admin_email.into(),
            data,
            merchant_contact_data: empty(),
            merchant_address_data: empty(),
        }
    }
}

/// A company's or a person's data, as BonusPay's portal describes them.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "merchantType")]
#[non_exhaustive]
pub enum MerchantData {
    /// A company.
    #[serde(rename = "BUSINESS", rename_all = "camelCase")]
    Business {
        /// Its data.
        business_merchant_data: serde_json::Value,
    },
    /// A person.
    #[serde(rename = "PERSONAL", rename_all = "camelCase")]
    Personal {
        /// Their data.
        personal_merchant_data: serde_json::Value,
    },
}

/// Asks for a sub-merchant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GetSubMerchant {
    /// BonusPay's number of the sub-merchant.
    pub merchant_id: String,
}

/// A sub-merchant as BonusPay tells it; the whole is in [`Reply::response`](crate::client::Reply::response).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SubMerchant {
    /// BonusPay's number.
    pub merchant_id: Option<String>,
    /// `BUSINESS` or `PERSONAL`.
    pub merchant_type: Option<String>,
    /// The name.
    pub merchant_name: Option<String>,
}
