//! What becomes of refunds.

use serde_json::{Value, json};

use super::accounts::refund_cost;
use super::endpoint::Call;
use super::event::{Rejection, Reply};
use super::fields::Fields;
use super::notification::{Kind, Subject};
use super::order::{Order, OrderStatus};
use super::record::{Changed, Due};
use super::refund::{Origin, PlaceRefund, Refund, RefundStatus};
use super::refusal::{Code, Refusal};
use super::{Gateway, REFUND_TAKES_MS, check_request_time};
use crate::money::{Amount, Money, SMALLEST, Style};

impl Gateway {
    pub(super) fn file_refund(&mut self, refund: Refund) {
        let order_no = refund.order_no.clone();
        let number = (refund.partner_id.clone(), refund.request.refund_merchant_order_no.clone());
        self.refund_numbers.insert(number, order_no.clone());
        if refund.status == RefundStatus::Created {
            self.agenda.insert((refund.settles_at, Due::Refund(order_no.clone())));
        }
        self.refunds.insert(order_no, refund);
    }

    pub(super) fn refund_answer(&self, refund: &Refund) -> Value {
        let mut answer = json!({"refundOrder": refund.document(Style::Answer)});
        if let (Some(answer), Some(order)) = (answer.as_object_mut(), self.orders.get(&refund.origin_order_no)) {
            let money = |amount| Money::new(amount, order.due.currency).document(Style::Answer);
            let summary = json!({
                "acquireAmount": money(order.received()),
                "remainRefundAmount": money(order.refundable()),
            });
            answer.insert("refundSummary".into(), summary);
        }
        answer
    }

    pub(super) fn place_refund(&mut self, wall_ms: i64, call: &Call, biz: &Fields<'_>) -> Result<Value, Refusal> {
        let request = PlaceRefund::read(biz)?;
        let number = (call.partner_id.clone(), request.refund_merchant_order_no.clone());
        if let Some(refund) = self.refund_numbers.get(&number).and_then(|order_no| self.refunds.get(order_no)) {
            if refund.request != request {
                return Err(Refusal::new(Code::RefundMerchantOrderNoExist, "known with other business parameters"));
            }
            return Ok(self.refund_answer(refund));
        }
        check_request_time(wall_ms, call)?;
        let now = self.time(wall_ms);
        let settles_at = now + REFUND_TAKES_MS / self.settings.time_scale.max(1);
        let order_no = self.number_for("19", now);
        let order = self.order_by(&call.partner_id, &request.origin)?;
        check_refundable(order, request.amount)?;
        let (origin_no, payee) = (order.order_no.clone(), order.payee_mid.clone());
        let cost = refund_cost(order, request.amount);
        self.check_funds(&payee, cost)?;
        let order = self.order_by(&call.partner_id, &Origin::Gateway(origin_no))?;
        order.reserve_refund(request.amount.amount);
        let refund = Refund {
            order_no: order_no.clone(),
            partner_id: call.partner_id.clone(),
            origin_order_no: order.order_no.clone(),
            origin_merchant_order_no: order.request.merchant_order_no.clone(),
            status: RefundStatus::Created,
            fail_code: None,
            fail_des: None,
            created_at: now,
            settles_at,
            request,
        };
        let answer = self.refund_answer(&refund);
        self.changed.push(Changed::Order(refund.origin_order_no.clone()));
        self.changed.push(Changed::Refund(order_no));
        self.file_refund(refund);
        Ok(answer)
    }

    pub(super) fn get_refund(&self, call: &Call, biz: &Fields<'_>) -> Result<Value, Refusal> {
        let (order_no, unknown) = match biz.one_of(("refundMerchantOrderNo", 64), ("orderNo", 32))? {
            (true, number) => {
                let key = (call.partner_id.clone(), number);
                (self.refund_numbers.get(&key).cloned(), Code::MerchantOrderNoNotExist)
            }
            (false, number) => (Some(number), Code::OrderNoNotExist),
        };
        let refund = order_no.and_then(|order_no| self.refunds.get(&order_no));
        let own = refund.filter(|refund| refund.partner_id == call.partner_id);
        let refund = own.ok_or_else(|| Refusal::new(unknown, "no such refund of this merchant"))?;
        Ok(self.refund_answer(refund))
    }

    /// A refund comes to its end, unless it did before.
    pub(super) fn finish_refund(&mut self, now: i64, order_no: &str, failure: Option<(String, String)>) {
        let Some(refund) = self.refunds.get_mut(order_no).filter(|refund| refund.status == RefundStatus::Created)
        else {
            return;
        };
        let succeeded = failure.is_none();
        refund.status = if succeeded { RefundStatus::Success } else { RefundStatus::Failure };
        (refund.fail_code, refund.fail_des) = failure.unzip();
        let refund = refund.clone();
        self.changed.push(Changed::Refund(order_no.to_owned()));
        if let Some(order) = self.orders.get_mut(&refund.origin_order_no) {
            let completes = order.finish_refund(refund.request.amount.amount, succeeded, now);
            self.order_changed(now, &refund.origin_order_no, completes);
        }
        if let Some(url) = refund.request.notify_url.clone() {
            let subject = Subject {
                kind: Kind::Refund,
                partner_id: refund.partner_id.clone(),
                order_no: order_no.to_owned(),
                merchant_order_no: refund.request.refund_merchant_order_no.clone(),
                url,
                document: refund.document(Style::Notification),
            };
            self.notify(now, subject);
        }
    }

    pub(super) fn decide_refund(&mut self, now: i64, number: &str, failure: Option<(String, String)>) -> Reply {
        let order_no = self.find_refund(number)?.order_no.clone();
        if self.refunds.get(&order_no).is_some_and(|refund| refund.status != RefundStatus::Created) {
            return Err(Rejection::Conflict("the refund has come to its end before".into()));
        }
        self.finish_refund(now, &order_no, failure);
        Ok(json!({"refund": self.find_refund(&order_no)?.view()}))
    }

    /// A refund by the gateway's number, or else by a merchant's.
    pub fn find_refund(&self, number: &str) -> Result<&Refund, Rejection> {
        let by_merchant = || self.refunds.values().find(|refund| refund.request.refund_merchant_order_no == number);
        let found = self.refunds.get(number).or_else(by_merchant);
        found.ok_or_else(|| Rejection::NotFound(format!("no refund {number:?}")))
    }

    /// All refunds, the oldest first.
    pub fn refunds(&self) -> impl Iterator<Item = &Refund> {
        self.refunds.values()
    }
}

fn check_refundable(order: &Order, money: Money) -> Result<(), Refusal> {
    if order.received() == Amount::ZERO {
        let code = if order.status == OrderStatus::Failure { Code::OrderFailure } else { Code::OrderNotPaid };
        return Err(Refusal::new(code, "nothing was received for this order"));
    }
    if money.currency != order.due.currency {
        return Err(Refusal::new(Code::CurrencyCodeNotSupported, "amount.currency: not that of the order"));
    }
    let remains = order.refundable() - money.amount;
    if remains < Amount::ZERO {
        let what = format!("amount: at most {} can be refunded", order.refundable());
        return Err(Refusal::new(Code::RefundAmountExceeded, what));
    }
    // A chain may bring more decimals than a request may use; the whole rest can always be refunded.
    if remains != Amount::ZERO && money.amount.decimals() > money.currency.scale() {
        return Err(Refusal::new(Code::InvalidCurrencyPrecision, "amount.amount has too many decimals"));
    }
    if remains != Amount::ZERO && remains < SMALLEST {
        return Err(Refusal::parameter(format!("amount: would leave less than {SMALLEST}")));
    }
    Ok(())
}
