//! Sub-merchants of an agent.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::fields::Fields;
use super::refusal::Refusal;

/// A sub-merchant as the gateway keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct SubMerchant {
    pub merchant_id: String,
    /// The agent.
    pub partner_id: String,
    pub merchant_type: String,
    pub merchant_name: String,
    pub admin_email: String,
    /// The objects of the request, as they came.
    pub data: Map<String, Value>,
    pub created_at: i64,
}

impl SubMerchant {
    /// Reads and checks `bizContent`. What the objects hold is not documented, so anything goes.
    pub fn read(biz: &Fields<'_>) -> Result<Self, Refusal> {
        let merchant_type = biz.required_text("merchantType", 10)?;
        let own = match merchant_type.as_str() {
            "BUSINESS" => "businessMerchantData",
            "PERSONAL" => "personalMerchantData",
            _ => return Err(Refusal::parameter("merchantType: must be BUSINESS or PERSONAL")),
        };
        let mut data = Map::new();
        for name in [own, "merchantContactData", "merchantAddressData"] {
            let missing = || Refusal::parameter(format!("{name}: is missing"));
            data.insert(name.into(), biz.document(name)?.ok_or_else(missing)?);
        }
        Ok(Self {
            merchant_id: String::new(),
            partner_id: String::new(),
            merchant_type,
            merchant_name: biz.required_text("merchantName", 256)?,
            admin_email: biz.required_text("subMerchantAdminEmail", 256)?,
            data,
            created_at: 0,
        })
    }

    /// The SubMerchantDetail of the wire.
    pub fn document(&self) -> Value {
        let mut document = json!({
            "merchantId": self.merchant_id,
            "merchantType": self.merchant_type,
            "merchantName": self.merchant_name,
            "subMerchantAdminEmail": self.admin_email,
        });
        if let Some(document) = document.as_object_mut() {
            document.extend(self.data.clone());
        }
        document
    }

    /// The sub-merchant as the control API shows it.
    pub fn view(&self) -> Value {
        json!({
            "merchantId": self.merchant_id,
            "partnerId": self.partner_id,
            "merchantName": self.merchant_name,
            "createdTime": self.created_at,
            "subMerchantDetail": self.document(),
        })
    }
}
