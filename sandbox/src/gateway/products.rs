//! What the gateway keeps besides orders and refunds: top-ups, payouts, settlements, sub-merchants.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value, json};

use super::endpoint::{Call, Endpoint};
use super::fields::Fields;
use super::merchant::Profile;
use super::record::{Changed, Record};
use super::refusal::{Code, Refusal};
use super::settlement::Settlement;
use super::submerchant::SubMerchant;
use super::topup::{Topup, Wallet, WalletKey};
use super::withdrawal::Withdrawal;
use crate::money::Style;

/// What the gateway keeps of these products.
#[derive(Default)]
pub(super) struct Products {
    pub(super) profiles: BTreeMap<String, Profile>,
    pub(super) wallets: BTreeMap<WalletKey, Wallet>,
    pub(super) topups: BTreeMap<String, Topup>,
    pub(super) withdrawals: BTreeMap<String, Withdrawal>,
    pub(super) settlements: BTreeMap<String, Settlement>,
    pub(super) sub_merchants: BTreeMap<String, SubMerchant>,
    // What follows is derived from the above.
    pub(super) withdrawal_numbers: HashMap<(String, String), String>,
    pub(super) settlement_numbers: HashMap<(String, String), String>,
}

impl Products {
    pub(super) fn file_profile(&mut self, profile: Profile) {
        self.profiles.insert(profile.partner_id.clone(), profile);
    }

    pub(super) fn file_wallet(&mut self, wallet: Wallet) {
        self.wallets.insert(wallet.key(), wallet);
    }

    pub(super) fn file_sub_merchant(&mut self, merchant: SubMerchant) {
        self.sub_merchants.insert(merchant.merchant_id.clone(), merchant);
    }

    pub(super) fn snapshot(&self) -> Vec<Record> {
        let mut records: Vec<Record> = Vec::new();
        records.extend(self.profiles.values().cloned().map(Box::new).map(Record::Profile));
        records.extend(self.wallets.values().cloned().map(Box::new).map(Record::Wallet));
        records.extend(self.topups.values().cloned().map(Box::new).map(Record::Topup));
        records.extend(self.withdrawals.values().cloned().map(Box::new).map(Record::Withdrawal));
        records.extend(self.settlements.values().cloned().map(Box::new).map(Record::Settlement));
        records.extend(self.sub_merchants.values().cloned().map(Box::new).map(Record::SubMerchant));
        records
    }

    pub(super) fn record(&self, changed: &Changed) -> Option<Record> {
        match changed {
            Changed::Wallet(key) => self.wallets.get(key).cloned().map(Box::new).map(Record::Wallet),
            Changed::Topup(no) => self.topups.get(no).cloned().map(Box::new).map(Record::Topup),
            Changed::Withdrawal(no) => self.withdrawals.get(no).cloned().map(Box::new).map(Record::Withdrawal),
            Changed::Settlement(no) => self.settlements.get(no).cloned().map(Box::new).map(Record::Settlement),
            Changed::SubMerchant(id) => self.sub_merchants.get(id).cloned().map(Box::new).map(Record::SubMerchant),
            _ => None,
        }
    }

    /// The answer about another object of the same merchant; see `Gateway::other_answer`.
    pub(super) fn other_answer(&self, endpoint: Endpoint, partner_id: &str, not: &str, origin: &str) -> Option<Value> {
        match endpoint {
            Endpoint::TopupAddress => {
                let mut own = self.wallets.values().filter(|wallet| wallet.partner_id == partner_id);
                let other = own.find(|wallet| wallet.customer_id != not)?;
                Some(json!({"wallet": other.document(origin)}))
            }
            Endpoint::TopupDeposit => {
                let own = self.topups.values().filter(|topup| topup.partner_id == partner_id);
                own.rev().find(|topup| topup.order_no != not).map(topup_answer)
            }
            Endpoint::WithdrawPlace | Endpoint::TransferPlace | Endpoint::WithdrawGet => {
                let own = self.withdrawals.values().filter(|withdrawal| withdrawal.partner_id == partner_id);
                own.rev().find(|withdrawal| withdrawal.order_no != not).map(withdrawal_answer)
            }
            Endpoint::SettlementPlace | Endpoint::SettlementGet => {
                let own = self.settlements.values().filter(|settlement| settlement.partner_id == partner_id);
                own.rev().find(|settlement| settlement.order_no != not).map(settlement_answer)
            }
            Endpoint::SubMerchantCreate | Endpoint::SubMerchantGet => {
                let own = self.sub_merchants.values().filter(|merchant| merchant.partner_id == partner_id);
                own.rev().find(|merchant| merchant.merchant_id != not).map(SubMerchant::document)
            }
            _ => None,
        }
    }
}

pub(super) fn topup_answer(topup: &Topup) -> Value {
    json!({"customerDepositOrder": topup.document(Style::Answer)})
}

pub(super) fn withdrawal_answer(withdrawal: &Withdrawal) -> Value {
    json!({"withdrawOrder": withdrawal.document(Style::Answer)})
}

pub(super) fn settlement_answer(settlement: &Settlement) -> Value {
    json!({"otcFundoutOrder": settlement.document(Style::Answer)})
}

type Numbers = HashMap<(String, String), String>;

/// The gateway's number that an OrderIndexRequest names, and the refusal if there is no such order.
pub(super) fn index(call: &Call, biz: &Fields<'_>, numbers: &Numbers) -> Result<(Option<String>, Code), Refusal> {
    Ok(match biz.one_of(("merchantOrderNo", 64), ("orderNo", 32))? {
        (true, number) => (numbers.get(&(call.partner_id.clone(), number)).cloned(), Code::MerchantOrderNoNotExist),
        (false, number) => (Some(number), Code::OrderNoNotExist),
    })
}
