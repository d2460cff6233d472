//! What becomes of settlements.

use serde_json::{Value, json};

use super::endpoint::Call;
use super::event::{Rejection, Reply};
use super::fields::Fields;
use super::notification::Kind;
use super::products::{index, settlement_answer};
use super::record::{Changed, Due};
use super::refusal::{Code, Refusal};
use super::settlement::{PlaceSettlement, Settlement};
use super::withdrawal::PayoutStatus;
use super::{Gateway, check_request_time};
use crate::money::Style;

impl Gateway {
    pub(super) fn file_settlement(&mut self, settlement: Settlement) {
        let order_no = settlement.order_no.clone();
        let number = (settlement.partner_id.clone(), settlement.request.merchant_order_no.clone());
        self.products.settlement_numbers.insert(number, order_no.clone());
        if settlement.status == PayoutStatus::Pending {
            self.agenda.insert((settlement.settles_at, Due::Settlement(order_no.clone())));
        }
        self.products.settlements.insert(order_no, settlement);
    }

    pub(super) fn place_settlement(&mut self, wall_ms: i64, call: &Call, biz: &Fields<'_>) -> Result<Value, Refusal> {
        let request = PlaceSettlement::read(biz)?;
        let number = (call.partner_id.clone(), request.merchant_order_no.clone());
        let known = self.products.settlement_numbers.get(&number);
        if let Some(known) = known.and_then(|order_no| self.products.settlements.get(order_no)) {
            if known.request != request {
                return Err(Refusal::new(Code::MerchantOrderNoExist, "known with other business parameters"));
            }
            return Ok(settlement_answer(known));
        }
        check_request_time(wall_ms, call)?;
        self.check_funds(&call.partner_id, request.crypto)?;
        let now = self.time(wall_ms);
        let settlement = Settlement {
            order_no: self.number_for("22", now),
            partner_id: call.partner_id.clone(),
            status: PayoutStatus::Pending,
            fail_des: None,
            created_at: now,
            settles_at: self.payout_ends(now),
            request,
        };
        let answer = settlement_answer(&settlement);
        self.changed.push(Changed::Settlement(settlement.order_no.clone()));
        self.file_settlement(settlement);
        Ok(answer)
    }

    pub(super) fn get_settlement(&self, call: &Call, biz: &Fields<'_>) -> Result<Value, Refusal> {
        let (order_no, unknown) = index(call, biz, &self.products.settlement_numbers)?;
        let found = order_no.and_then(|order_no| self.products.settlements.get(&order_no));
        let own = found.filter(|settlement| settlement.partner_id == call.partner_id);
        own.map(settlement_answer).ok_or_else(|| Refusal::new(unknown, "no such settlement of this merchant"))
    }

    pub(super) fn finish_settlement(&mut self, now: i64, order_no: &str, failure: Option<String>) {
        let found = self.products.settlements.get_mut(order_no);
        let Some(settlement) = found.filter(|settlement| settlement.status == PayoutStatus::Pending) else {
            return;
        };
        settlement.status = if failure.is_none() { PayoutStatus::Completed } else { PayoutStatus::Failed };
        settlement.fail_des = failure;
        let settlement = settlement.clone();
        self.changed.push(Changed::Settlement(order_no.to_owned()));
        let document = settlement.document(Style::Notification);
        let PlaceSettlement { merchant_order_no, notify_url, .. } = settlement.request;
        let names = [settlement.partner_id, settlement.order_no, merchant_order_no];
        self.notify_if(now, Kind::Settlement, notify_url, names, document);
    }

    pub(super) fn end_settlement(&mut self, now: i64, number: &str, failure: Option<String>) -> Reply {
        let settlement = self.find_settlement(number)?;
        if settlement.status != PayoutStatus::Pending {
            return Err(Rejection::Conflict("the settlement has come to its end before".into()));
        }
        let order_no = settlement.order_no.clone();
        self.finish_settlement(now, &order_no, failure);
        Ok(json!({"settlement": self.find_settlement(&order_no)?.view()}))
    }

    /// All settlements, the oldest first.
    pub fn settlements(&self) -> impl Iterator<Item = &Settlement> {
        self.products.settlements.values()
    }

    /// A settlement by the gateway's number, or else by a merchant's.
    pub fn find_settlement(&self, number: &str) -> Result<&Settlement, Rejection> {
        let by_merchant = || self.settlements().find(|settlement| settlement.request.merchant_order_no == number);
        let found = self.products.settlements.get(number).or_else(by_merchant);
        found.ok_or_else(|| Rejection::NotFound(format!("no settlement {number:?}")))
    }
}
