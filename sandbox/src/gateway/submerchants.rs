//! Sub-merchants, and what merchants set in the portal.

use serde_json::Value;

use super::Gateway;
use super::endpoint::Call;
use super::fields::Fields;
use super::merchant::Profile;
use super::record::Changed;
use super::refusal::{Code, Refusal};
use super::submerchant::SubMerchant;

impl Gateway {
    pub(super) fn create_sub_merchant(&mut self, now: i64, call: &Call, biz: &Fields<'_>) -> Result<Value, Refusal> {
        let mut merchant = SubMerchant::read(biz)?;
        merchant.merchant_id = format!("201{:09}", self.next_number() % 1_000_000_000);
        merchant.partner_id = call.partner_id.clone();
        merchant.created_at = now;
        let answer = merchant.document();
        self.changed.push(Changed::SubMerchant(merchant.merchant_id.clone()));
        self.products.file_sub_merchant(merchant);
        Ok(answer)
    }

    pub(super) fn get_sub_merchant(&self, call: &Call, biz: &Fields<'_>) -> Result<Value, Refusal> {
        let id = biz.required_text("merchantId", 20)?;
        let own = self.products.sub_merchants.get(&id).filter(|merchant| merchant.partner_id == call.partner_id);
        own.map(SubMerchant::document)
            .ok_or_else(|| Refusal::new(Code::MerchantIdNotExist, "merchantId: no such sub-merchant of this agent"))
    }

    /// All sub-merchants.
    pub fn sub_merchants(&self) -> impl Iterator<Item = &SubMerchant> {
        self.products.sub_merchants.values()
    }

    /// What a merchant has set.
    pub fn profile(&self, partner_id: &str) -> Profile {
        let known = self.products.profiles.get(partner_id).cloned();
        known.unwrap_or_else(|| Profile { partner_id: partner_id.to_owned(), ..Profile::default() })
    }
}
