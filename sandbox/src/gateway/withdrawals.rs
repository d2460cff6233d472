//! What becomes of withdrawals and transfers.

use serde_json::{Value, json};

use super::endpoint::{Call, Endpoint};
use super::event::{Rejection, Reply};
use super::fields::Fields;
use super::notification::Kind;
use super::products::{index, withdrawal_answer};
use super::record::{Changed, Due};
use super::refusal::{Code, Refusal};
use super::withdrawal::{PayoutStatus, PlaceWithdrawal, Withdrawal};
use super::{Gateway, check_request_time};
use crate::money::{Money, Style};

impl Gateway {
    pub(super) fn file_withdrawal(&mut self, withdrawal: Withdrawal) {
        let order_no = withdrawal.order_no.clone();
        let number = (withdrawal.partner_id.clone(), withdrawal.request.merchant_order_no.clone());
        self.products.withdrawal_numbers.insert(number, order_no.clone());
        if withdrawal.status == PayoutStatus::Pending {
            self.agenda.insert((withdrawal.settles_at, Due::Withdrawal(order_no.clone())));
        }
        self.products.withdrawals.insert(order_no, withdrawal);
    }

    pub(super) fn place_withdrawal(&mut self, wall_ms: i64, call: &Call, biz: &Fields<'_>) -> Result<Value, Refusal> {
        let request = PlaceWithdrawal::read(biz, call.endpoint == Endpoint::TransferPlace)?;
        let number = (call.partner_id.clone(), request.merchant_order_no.clone());
        let known = self.products.withdrawal_numbers.get(&number);
        if let Some(known) = known.and_then(|order_no| self.products.withdrawals.get(order_no)) {
            if known.request != request {
                return Err(Refusal::new(Code::MerchantOrderNoExist, "known with other business parameters"));
            }
            return Ok(withdrawal_answer(known));
        }
        check_request_time(wall_ms, call)?;
        let profile = self.products.profiles.get(&call.partner_id);
        let book = profile.and_then(|profile| profile.address_book.as_ref()).filter(|_| !request.transfer);
        let entry = (request.network, request.address.clone());
        if book.is_some_and(|book| !book.contains(&entry)) {
            return Err(Refusal::parameter("address: not in the merchant's address book"));
        }
        let receives = request.price.in_coin();
        let fee = receives.currency.withdrawal_fee();
        self.check_funds(&call.partner_id, Money::new(receives.amount + fee, receives.currency))?;
        let now = self.time(wall_ms);
        let withdrawal = Withdrawal {
            order_no: self.number_for("21", now),
            partner_id: call.partner_id.clone(),
            receives,
            fee,
            status: PayoutStatus::Pending,
            fail_des: None,
            txid: None,
            created_at: now,
            settles_at: self.payout_ends(now),
            request,
        };
        let answer = withdrawal_answer(&withdrawal);
        self.changed.push(Changed::Withdrawal(withdrawal.order_no.clone()));
        self.file_withdrawal(withdrawal);
        Ok(answer)
    }

    pub(super) fn get_withdrawal(&self, call: &Call, biz: &Fields<'_>) -> Result<Value, Refusal> {
        let (order_no, unknown) = index(call, biz, &self.products.withdrawal_numbers)?;
        let found = order_no.and_then(|order_no| self.products.withdrawals.get(&order_no));
        let own = found.filter(|withdrawal| withdrawal.partner_id == call.partner_id);
        own.map(withdrawal_answer).ok_or_else(|| Refusal::new(unknown, "no such withdrawal of this merchant"))
    }

    pub(super) fn finish_withdrawal(&mut self, now: i64, order_no: &str, failure: Option<String>) {
        let found = self.products.withdrawals.get_mut(order_no);
        let Some(withdrawal) = found.filter(|withdrawal| withdrawal.status == PayoutStatus::Pending) else {
            return;
        };
        match failure {
            Some(reason) => {
                withdrawal.status = PayoutStatus::Failed;
                withdrawal.fail_des = Some(reason);
            }
            None => {
                withdrawal.status = PayoutStatus::Completed;
                withdrawal.txid = Some(withdrawal.request.network.transaction_hash(order_no));
            }
        }
        let withdrawal = withdrawal.clone();
        self.changed.push(Changed::Withdrawal(order_no.to_owned()));
        let document = withdrawal.document(Style::Notification);
        let PlaceWithdrawal { merchant_order_no, notify_url, .. } = withdrawal.request;
        let names = [withdrawal.partner_id, withdrawal.order_no, merchant_order_no];
        self.notify_if(now, Kind::Withdraw, notify_url, names, document);
    }

    pub(super) fn end_withdrawal(&mut self, now: i64, number: &str, failure: Option<String>) -> Reply {
        let withdrawal = self.find_withdrawal(number)?;
        if withdrawal.status != PayoutStatus::Pending {
            return Err(Rejection::Conflict("the withdrawal has come to its end before".into()));
        }
        let order_no = withdrawal.order_no.clone();
        self.finish_withdrawal(now, &order_no, failure);
        Ok(json!({"withdrawal": self.find_withdrawal(&order_no)?.view()}))
    }

    /// All withdrawals and transfers, the oldest first.
    pub fn withdrawals(&self) -> impl Iterator<Item = &Withdrawal> {
        self.products.withdrawals.values()
    }

    /// A withdrawal or transfer by the gateway's number, or else by a merchant's.
    pub fn find_withdrawal(&self, number: &str) -> Result<&Withdrawal, Rejection> {
        let by_merchant = || self.withdrawals().find(|withdrawal| withdrawal.request.merchant_order_no == number);
        let found = self.products.withdrawals.get(number).or_else(by_merchant);
        found.ok_or_else(|| Rejection::NotFound(format!("no withdrawal {number:?}")))
    }
}
