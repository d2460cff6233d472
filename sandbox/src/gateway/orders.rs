//! What becomes of orders.

use serde_json::{Value, json};

use super::endpoint::Call;
use super::event::{NewDeposit, Rejection, Reply};
use super::fields::Fields;
use super::notification::{Kind, Subject};
use super::order::{Deposit, Order, OrderStatus, PlaceOrder};
use super::record::{Changed, Due};
use super::refund::{Origin, Refund};
use super::refusal::{Code, Refusal};
use super::{Gateway, check_request_time, uuid};
use crate::money::{Amount, Money, SMALLEST, Style};
use crate::network::Network;

impl Gateway {
    pub(super) fn file_order(&mut self, order: Order) {
        let order_no = order.order_no.clone();
        let number = (order.partner_id.clone(), order.request.merchant_order_no.clone());
        self.order_numbers.insert(number, order_no.clone());
        self.tokens.insert(order.token.clone(), order_no.clone());
        if order.status == OrderStatus::Created {
            self.agenda.insert((order.expires_at, Due::Expiry(order_no.clone())));
        }
        self.orders.insert(order_no, order);
    }

    pub(super) fn order_changed(&mut self, now: i64, order_no: &str, tell: bool) {
        self.changed.push(Changed::Order(order_no.to_owned()));
        let Some(order) = self.orders.get(order_no).filter(|_| tell) else {
            return;
        };
        let Some(url) = order.request.notify_url.clone() else {
            return;
        };
        let subject = Subject {
            kind: Kind::Order,
            partner_id: order.partner_id.clone(),
            order_no: order_no.to_owned(),
            merchant_order_no: order.request.merchant_order_no.clone(),
            url,
            document: order.document(Style::Notification),
        };
        self.notify(now, subject);
    }

    /// The order that an OrderIndexRequest names; only the merchant's own ones exist for it.
    pub(super) fn order_of(&mut self, call: &Call, biz: &Fields<'_>) -> Result<&mut Order, Refusal> {
        let origin = match biz.one_of(("merchantOrderNo", 64), ("orderNo", 32))? {
            (true, number) => Origin::Merchant(number),
            (false, number) => Origin::Gateway(number),
        };
        self.order_by(&call.partner_id, &origin)
    }

    pub(super) fn order_by(&mut self, partner_id: &str, origin: &Origin) -> Result<&mut Order, Refusal> {
        let (order_no, unknown) = match origin {
            Origin::Merchant(number) => {
                let key = (partner_id.to_owned(), number.clone());
                (self.order_numbers.get(&key).cloned(), Code::MerchantOrderNoNotExist)
            }
            Origin::Gateway(number) => (Some(number.clone()), Code::OrderNoNotExist),
        };
        let order = order_no.and_then(|order_no| self.orders.get_mut(&order_no));
        let own = order.filter(|order| order.partner_id == partner_id);
        own.ok_or_else(|| Refusal::new(unknown, "no such order of this merchant"))
    }

    pub(super) fn order_answer(&self, order_no: &str) -> Result<Value, Refusal> {
        let order = self.orders.get(order_no).ok_or_else(|| Refusal::new(Code::OrderNoNotExist, "no such order"))?;
        Ok(json!({"acquireOrder": order.document(Style::Answer)}))
    }

    pub(super) fn place_answer(&self, order: &Order) -> Value {
        let mut answer = json!({"acquireOrder": order.document(Style::Answer)});
        if let (Some(answer), Some(params)) = (answer.as_object_mut(), order.interaction_params(&self.settings.origin))
        {
            answer.insert("interactionParams".into(), params);
        }
        answer
    }

    pub(super) fn place_order(&mut self, wall_ms: i64, call: &Call, biz: &Fields<'_>) -> Result<Value, Refusal> {
        let request = PlaceOrder::read(biz)?;
        let number = (call.partner_id.clone(), request.merchant_order_no.clone());
        if let Some(order) = self.order_numbers.get(&number).and_then(|order_no| self.orders.get(order_no)) {
            if order.request != request {
                return Err(Refusal::new(Code::MerchantOrderNoExist, "known with other business parameters"));
            }
            return Ok(self.place_answer(order));
        }
        check_request_time(wall_ms, call)?;
        let expired_time = request.expiry(call.request_time)?;
        let payee_mid = request.payee_mid.clone().unwrap_or_else(|| call.partner_id.clone());
        if !self.merchants.contains_key(&payee_mid) {
            return Err(Refusal::new(Code::PayeeMidNotExist, "payeeMid: no such merchant"));
        }
        let now = self.time(wall_ms);
        let order_no = self.number_for("13", now);
        let hash = self.derive(&format!("token:{order_no}"));
        let order = Order {
            partner_id: call.partner_id.clone(),
            due: request.due(),
            payee_mid,
            request_time: call.request_time,
            expired_time,
            expires_at: expired_time + self.meta.advanced_ms,
            created_at: now,
            token: uuid(&hash),
            status: OrderStatus::Created,
            failure: None,
            paid_time: None,
            deposits: Vec::new(),
            refunding: Amount::ZERO,
            refunded: Amount::ZERO,
            order_no: order_no.clone(),
            request,
        };
        let answer = self.place_answer(&order);
        self.file_order(order);
        self.order_changed(now, &order_no, false);
        Ok(answer)
    }

    pub(super) fn deposit(&mut self, now: i64, number: &str, new: NewDeposit) -> Reply {
        let order_no = self.find_order(number)?.order_no.clone();
        let sequence = self.next_number();
        let Some(order) = self.orders.get_mut(&order_no) else {
            return Err(Rejection::NotFound(format!("no order {number:?}")));
        };
        let currency = new.currency.unwrap_or(order.due.currency);
        let fitting = |networks: Vec<Network>| networks.into_iter().find(|network| network.carries(currency));
        let network = new.network.or_else(|| fitting(order.networks())).or_else(|| fitting(Network::of_coin(currency)));
        let network = network
            .filter(|network| network.carries(currency))
            .ok_or_else(|| Rejection::BadInput(format!("{} does not run on that network", currency.code())))?;
        if new.amount < SMALLEST || new.amount.whole_digits() > 12 {
            return Err(Rejection::BadInput(format!("amount: from {SMALLEST} up to 12 digits before the point")));
        }
        let id = format!("PD{sequence:06}");
        let deposit = Deposit {
            counted: currency == order.due.currency && order.networks().contains(&network),
            money: Money::new(new.amount, currency),
            network,
            payer_address: new.payer_address.unwrap_or_else(|| network.address(&format!("payer:{order_no}"))),
            receiver_address: order.address(network),
            tx_hash: new.tx_hash.unwrap_or_else(|| network.transaction_hash(&format!("{order_no}:{id}"))),
            time: now,
            id,
        };
        let completes = order.deposit(deposit.clone());
        self.order_changed(now, &order_no, completes);
        let order = self.order_view(now, &order_no)?;
        Ok(json!({"deposit": deposit.document(), "counted": deposit.counted, "order": order}))
    }

    pub(super) fn expire_order(&mut self, now: i64, number: &str) -> Reply {
        let order_no = self.find_order(number)?.order_no.clone();
        if let Some(order) = self.orders.get_mut(&order_no) {
            if order.status != OrderStatus::Created {
                return Err(Rejection::Conflict(format!("the order is {}", order.status.code())));
            }
            order.expires_at = order.expires_at.min(now);
            let failed = order.expire(now);
            self.order_changed(now, &order_no, failed);
        }
        Ok(json!({"order": self.order_view(now, &order_no)?}))
    }

    pub(super) fn cancel_order(&mut self, now: i64, number: &str) -> Reply {
        let order_no = self.find_order(number)?.order_no.clone();
        if let Some(order) = self.orders.get_mut(&order_no) {
            order.cancel().map_err(|refusal| Rejection::Conflict(refusal.detail))?;
            self.order_changed(now, &order_no, true);
        }
        Ok(json!({"order": self.order_view(now, &order_no)?}))
    }

    pub(super) fn accept_order(&mut self, now: i64, number: &str) -> Reply {
        let order_no = self.find_order(number)?.order_no.clone();
        if let Some(order) = self.orders.get_mut(&order_no) {
            let newly_paid = order.accept(now).map_err(|refusal| Rejection::Conflict(refusal.detail))?;
            self.order_changed(now, &order_no, newly_paid);
        }
        Ok(json!({"order": self.order_view(now, &order_no)?}))
    }

    /// An order by the gateway's number, or else by a merchant's.
    pub fn find_order(&self, number: &str) -> Result<&Order, Rejection> {
        let by_merchant = || self.orders.values().find(|order| order.request.merchant_order_no == number);
        let found = self.orders.get(number).or_else(by_merchant);
        found.ok_or_else(|| Rejection::NotFound(format!("no order {number:?}")))
    }

    /// The order whose checkout page has this token.
    pub fn order_by_token(&self, token: &str) -> Option<&Order> {
        self.tokens.get(token).and_then(|order_no| self.orders.get(order_no))
    }

    /// An order as the control API shows it, with its refunds.
    pub fn order_view(&self, now: i64, number: &str) -> Reply {
        let order = self.find_order(number)?;
        let mut view = order.view(&self.settings.origin, now);
        let refunds = self.refunds.values().filter(|refund| refund.origin_order_no == order.order_no);
        let refunds: Vec<Value> = refunds.map(Refund::view).collect();
        if let Some(view) = view.as_object_mut() {
            view.insert("refunds".into(), json!(refunds));
        }
        Ok(view)
    }

    /// All orders, the oldest first.
    pub fn orders(&self) -> impl Iterator<Item = &Order> {
        self.orders.values()
    }
}
