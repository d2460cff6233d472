//! The gateway as a pure state machine: `step(state, time, event)` gives an answer and what has to be written down.
//!
//! It does no I/O and reads no clock, so that a simulation can run it. Whoever runs it writes the records down before
//! anyone sees the answer, feeds them to [`Gateway::replay`] after a restart, and delivers the notifications that
//! [`Gateway::take_due`] names.

mod accounts;
mod deliveries;
mod endpoint;
mod event;
pub mod fields;
pub mod merchant;
pub mod notification;
pub mod order;
mod orders;
mod products;
mod rates;
mod record;
pub mod refund;
mod refunds;
pub mod refusal;
pub mod settlement;
mod settlements;
pub mod submerchant;
mod submerchants;
pub mod topup;
mod topups;
pub mod withdrawal;
mod withdrawals;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::network::hex;
use fields::Fields;
use order::{Deposit, Order};
use products::Products;
use record::{Changed, Due};
use refund::Refund;
use refusal::{Code, Refusal};

use crate::money::Style;
pub use accounts::Account;
pub use endpoint::{Call, Endpoint};
pub use event::{Event, NewDeposit, NewTopup, Rejection, Reply};
use merchant::Merchant;
pub use merchant::Profile;
use notification::Notification;
pub use record::{Meta, Record};

/// How far a request's time may be from the gateway's, either way.
pub const REQUEST_TIME_WINDOW_MS: i64 = 15 * 60 * 1000;

/// How long a refund takes if nobody settles it, divided by the time scale.
pub const REFUND_TAKES_MS: i64 = 30_000;

/// How often a notification may be sent at once.
pub const MOST_RESENDS: u32 = 20;

/// What does not belong to the state: it may differ at the next start.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Retries and refunds go this many times faster.
    pub time_scale: i64,
    /// `http://127.0.0.1:8790`, for the addresses of checkout pages.
    pub origin: String,
}

/// The gateway.
pub struct Gateway {
    settings: Settings,
    meta: Meta,
    merchants: BTreeMap<String, Merchant>,
    orders: BTreeMap<String, Order>,
    refunds: BTreeMap<String, Refund>,
    notifications: BTreeMap<String, Notification>,
    products: Products,
    // What follows is derived from the above.
    order_numbers: HashMap<(String, String), String>,
    refund_numbers: HashMap<(String, String), String>,
    tokens: HashMap<String, String>,
    agenda: BTreeSet<(i64, Due)>,
    undelivered: BTreeSet<String>,
    /// How many attempts of a notification are on their way.
    in_flight: HashMap<String, u32>,
    /// Those that wait for the one before them; a restart lets them go.
    queue: VecDeque<String>,
    changed: Vec<Changed>,
}

impl Gateway {
    /// A gateway that knows nothing yet.
    pub fn new(settings: Settings, seed: String) -> Self {
        Self {
            settings,
            meta: Meta { seed, sequence: 0, advanced_ms: 0, held: false, delay_ms: 0 },
            merchants: BTreeMap::new(),
            orders: BTreeMap::new(),
            refunds: BTreeMap::new(),
            notifications: BTreeMap::new(),
            products: Products::default(),
            order_numbers: HashMap::new(),
            refund_numbers: HashMap::new(),
            tokens: HashMap::new(),
            agenda: BTreeSet::new(),
            undelivered: BTreeSet::new(),
            in_flight: HashMap::new(),
            queue: VecDeque::new(),
            changed: Vec::new(),
        }
    }

    /// Takes back in what an earlier run wrote down.
    pub fn replay(&mut self, record: Record) {
        match record {
            Record::Reset => self.forget(),
            Record::Meta(meta) => self.meta = meta,
            Record::Merchant(merchant) => {
                self.merchants.insert(merchant.partner_id.clone(), merchant);
            }
            Record::Order(order) => self.file_order(*order),
            Record::Refund(refund) => self.file_refund(*refund),
            Record::Notification(notification) => self.file_notification(*notification),
            Record::Profile(profile) => self.products.file_profile(*profile),
            Record::Wallet(wallet) => self.products.file_wallet(*wallet),
            Record::Topup(topup) => self.file_topup(*topup),
            Record::Withdrawal(withdrawal) => self.file_withdrawal(*withdrawal),
            Record::Settlement(settlement) => self.file_settlement(*settlement),
            Record::SubMerchant(merchant) => self.products.file_sub_merchant(*merchant),
        }
    }

    /// All that would have to be written down to begin a new file.
    pub fn snapshot(&self) -> Vec<Record> {
        let mut records = vec![Record::Meta(self.meta.clone())];
        records.extend(self.merchants.values().cloned().map(Record::Merchant));
        records.extend(self.orders.values().cloned().map(Box::new).map(Record::Order));
        records.extend(self.refunds.values().cloned().map(Box::new).map(Record::Refund));
        records.extend(self.notifications.values().cloned().map(Box::new).map(Record::Notification));
        records.extend(self.products.snapshot());
        records
    }

    fn forget(&mut self) {
        self.merchants.clear();
        self.orders.clear();
        self.refunds.clear();
        self.notifications.clear();
        self.products = Products::default();
        self.order_numbers.clear();
        self.refund_numbers.clear();
        self.tokens.clear();
        self.agenda.clear();
        self.undelivered.clear();
        self.queue.clear();
        self.meta.advanced_ms = 0;
        self.meta.held = false;
        self.meta.delay_ms = 0;
    }

    /// One step: time passes to `wall_ms`, then the event happens. The records must be on disk before the answer is
    /// told to anyone; they may be there, for the time that passed, also when the event was rejected.
    pub fn step(&mut self, wall_ms: i64, event: Event) -> (Reply, Vec<Record>) {
        if matches!(event, Event::Reset) {
            self.forget();
            return (Ok(json!({})), vec![Record::Reset, Record::Meta(self.meta.clone())]);
        }
        self.pass_time(self.time(wall_ms));
        let mut merchant = None;
        let answer = match event {
            Event::Call(call) => self.call(wall_ms, &call).map_err(Rejection::from),
            Event::Deposit { order_no, deposit } => self.deposit(self.time(wall_ms), &order_no, deposit),
            Event::Expire { order_no } => self.expire_order(self.time(wall_ms), &order_no),
            Event::Cancel { order_no } => self.cancel_order(self.time(wall_ms), &order_no),
            Event::Accept { order_no } => self.accept_order(self.time(wall_ms), &order_no),
            Event::SettleRefund { order_no } => self.decide_refund(self.time(wall_ms), &order_no, None),
            Event::FailRefund { order_no, fail_code, fail_des } => {
                self.decide_refund(self.time(wall_ms), &order_no, Some((fail_code, fail_des)))
            }
            Event::Topup(new) => self.top_up(self.time(wall_ms), new),
            Event::ConfirmTopup { order_no } => self.confirm_topup(self.time(wall_ms), &order_no),
            Event::EndWithdrawal { order_no, failure } => self.end_withdrawal(self.time(wall_ms), &order_no, failure),
            Event::EndSettlement { order_no, failure } => self.end_settlement(self.time(wall_ms), &order_no, failure),
            Event::SetProfile(profile) => {
                let answer = profile.view();
                self.products.file_profile(profile.clone());
                return (Ok(answer), self.records_and(Record::Profile(Box::new(profile))));
            }
            Event::AdvanceClock { by_ms } => {
                self.meta.advanced_ms += by_ms;
                self.changed.push(Changed::Meta);
                self.pass_time(self.time(wall_ms));
                Ok(json!({"now_ms": self.time(wall_ms), "advanced_ms": self.meta.advanced_ms}))
            }
            Event::AddMerchant(added) => {
                self.merchants.insert(added.partner_id.clone(), added.clone());
                let answer = json!({"partnerId": added.partner_id});
                merchant = Some(Record::Merchant(added));
                Ok(answer)
            }
            Event::HoldNotifications(held) => Ok(self.hold_notifications(held, VecDeque::new())),
            Event::ReleaseReversed => {
                let now = self.time(wall_ms);
                let waiting = self.undelivered.iter().filter_map(|id| self.notifications.get(id));
                let due = waiting.filter(|notification| notification.is_due(now));
                let queue = due.rev().map(|notification| notification.id.clone()).collect();
                Ok(self.hold_notifications(false, queue))
            }
            Event::DelayNotifications { delay_ms } => {
                self.meta.delay_ms = delay_ms;
                self.changed.push(Changed::Meta);
                Ok(json!({"delay_ms": delay_ms}))
            }
            Event::Resend { id, times } => self.resend(&id, times),
            Event::Attempted { id, by_hand, attempt } => self.attempted(self.time(wall_ms), &id, by_hand, attempt),
            Event::PassTime | Event::Reset => Ok(json!({})),
        };
        let mut records = self.take_records();
        records.extend(merchant);
        (answer, records)
    }

    fn records_and(&mut self, record: Record) -> Vec<Record> {
        let mut records = self.take_records();
        records.push(record);
        records
    }

    fn take_records(&mut self) -> Vec<Record> {
        let mut seen = HashSet::new();
        let changed: Vec<Changed> = self.changed.drain(..).filter(|changed| seen.insert(changed.clone())).collect();
        let record = |changed| match changed {
            Changed::Meta => Some(Record::Meta(self.meta.clone())),
            Changed::Order(no) => self.orders.get(&no).cloned().map(Box::new).map(Record::Order),
            Changed::Refund(no) => self.refunds.get(&no).cloned().map(Box::new).map(Record::Refund),
            Changed::Notification(id) => self.notifications.get(&id).cloned().map(Box::new).map(Record::Notification),
            product => self.products.record(&product),
        };
        changed.into_iter().filter_map(record).collect()
    }

    /// The gateway's time.
    pub fn time(&self, wall_ms: i64) -> i64 {
        wall_ms + self.meta.advanced_ms
    }

    fn pass_time(&mut self, now: i64) {
        while let Some((at, due)) = self.agenda.first().cloned() {
            if at > now {
                break;
            }
            self.agenda.pop_first();
            match due {
                Due::Expiry(order_no) => {
                    if self.orders.get_mut(&order_no).is_some_and(|order| order.expire(now)) {
                        self.order_changed(now, &order_no, true);
                    }
                }
                Due::Refund(order_no) => self.finish_refund(now, &order_no, None),
                Due::Topup(order_no) => self.finish_topup(now, &order_no),
                Due::Withdrawal(order_no) => self.finish_withdrawal(now, &order_no, None),
                Due::Settlement(order_no) => self.finish_settlement(now, &order_no, None),
            }
        }
    }

    /// When something next happens by itself, on the machine's clock.
    pub fn next_wakeup(&self) -> Option<i64> {
        let agenda = self.agenda.first().map(|(at, _)| *at);
        let sending = self.undelivered.iter().filter(|id| !self.in_flight.contains_key(*id) && !self.is_queued(id));
        let waiting = sending.filter_map(|id| self.notifications.get(id));
        let delivery = waiting.filter(|_| !self.meta.held).filter_map(|notification| notification.next_at).min();
        let next = agenda.into_iter().chain(delivery).min();
        next.map(|at| at - self.meta.advanced_ms)
    }

    fn next_number(&mut self) -> u64 {
        self.meta.sequence += 1;
        self.changed.push(Changed::Meta);
        self.meta.sequence
    }

    /// 18 digits like those of the documents: a prefix of the kind, the second, and a running number.
    fn number_for(&mut self, prefix: &str, now: i64) -> String {
        let sequence = self.next_number() % 1_000_000;
        format!("{prefix}{:010}{sequence:06}", now / 1000 % 10_000_000_000)
    }

    fn payout_ends(&self, now: i64) -> i64 {
        now + REFUND_TAKES_MS / self.settings.time_scale.max(1)
    }

    fn derive(&self, what: &str) -> String {
        hex(&Sha256::digest(format!("{}:{what}", self.meta.seed)))
    }

    fn call(&mut self, wall_ms: i64, call: &Call) -> Result<Value, Refusal> {
        let biz = Fields::new(&call.biz_content);
        match call.endpoint {
            Endpoint::OrderPlace => return self.place_order(wall_ms, call, &biz),
            Endpoint::RefundPlace => return self.place_refund(wall_ms, call, &biz),
            Endpoint::WithdrawPlace | Endpoint::TransferPlace => return self.place_withdrawal(wall_ms, call, &biz),
            Endpoint::SettlementPlace => return self.place_settlement(wall_ms, call, &biz),
            _ => check_request_time(wall_ms, call)?,
        }
        let now = self.time(wall_ms);
        match call.endpoint {
            Endpoint::OrderCancel => {
                let order = self.order_of(call, &biz)?;
                order.cancel()?;
                let order_no = order.order_no.clone();
                self.order_changed(now, &order_no, true);
                self.order_answer(&order_no)
            }
            Endpoint::OrderAccept => {
                let order = self.order_of(call, &biz)?;
                let newly_paid = order.accept(now)?;
                let order_no = order.order_no.clone();
                self.order_changed(now, &order_no, newly_paid);
                self.order_answer(&order_no)
            }
            Endpoint::OrderPaymentEvents => {
                let order = self.order_of(call, &biz)?;
                let events: Vec<Value> = order.deposits.iter().map(Deposit::document).collect();
                Ok(json!({"paymentDepositEventList": events}))
            }
            Endpoint::RefundGet => self.get_refund(call, &biz),
            Endpoint::TopupAddress => self.topup_address(now, call, &biz),
            Endpoint::TopupDeposits => self.topup_page(call, &biz),
            Endpoint::TopupDeposit => self.get_topup(call, &biz),
            Endpoint::WithdrawGet => self.get_withdrawal(call, &biz),
            Endpoint::WithdrawNetworks => rates::networks(&biz),
            Endpoint::FxRate => rates::rate(&biz),
            Endpoint::AccountList => self.account_list(call, &biz),
            Endpoint::SettlementGet => self.get_settlement(call, &biz),
            Endpoint::SubMerchantCreate => self.create_sub_merchant(now, call, &biz),
            Endpoint::SubMerchantGet => self.get_sub_merchant(call, &biz),
            _ => {
                let order_no = self.order_of(call, &biz)?.order_no.clone();
                self.order_answer(&order_no)
            }
        }
    }

    // What follows only looks.

    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// What it remembers besides orders and the like.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// A merchant.
    pub fn merchant(&self, partner_id: &str) -> Option<&Merchant> {
        self.merchants.get(partner_id)
    }

    /// The merchants' numbers.
    pub fn partner_ids(&self) -> Vec<&str> {
        self.merchants.keys().map(String::as_str).collect()
    }

    /// The answer that another order (or refund) of the same merchant would get; the fault `other-order` tells it.
    pub fn other_answer(&self, endpoint: Endpoint, partner_id: &str, not: &str) -> Option<Value> {
        match endpoint {
            Endpoint::RefundPlace | Endpoint::RefundGet => {
                let own = self.refunds.values().filter(|refund| refund.partner_id == partner_id);
                own.rev().find(|refund| refund.order_no != not).map(|refund| self.refund_answer(refund))
            }
            Endpoint::OrderPlace
            | Endpoint::OrderCancel
            | Endpoint::OrderAccept
            | Endpoint::OrderGet
            | Endpoint::OrderPaymentEvents => {
                let own = self.orders.values().filter(|order| order.partner_id == partner_id);
                let other = own.rev().find(|order| order.order_no != not)?;
                let placing = endpoint == Endpoint::OrderPlace;
                let answer = json!({"acquireOrder": other.document(Style::Answer)});
                Some(if placing { self.place_answer(other) } else { answer })
            }
            _ => self.products.other_answer(endpoint, partner_id, not, &self.settings.origin),
        }
    }
}

fn check_request_time(wall_ms: i64, call: &Call) -> Result<(), Refusal> {
    let now = wall_ms + call.clock_error_ms;
    let off = call.request_time - now;
    if off < -REQUEST_TIME_WINDOW_MS {
        return Err(Refusal::new(Code::RequestTimeTooEarly, format!("requestTime: {} s behind", -off / 1000)));
    }
    if off > REQUEST_TIME_WINDOW_MS {
        return Err(Refusal::new(Code::RequestTimeTooLater, format!("requestTime: {} s ahead", off / 1000)));
    }
    Ok(())
}

fn uuid(hash: &str) -> String {
    let part = |from: usize, to: usize| hash.get(from..to).unwrap_or_default();
    format!("{}-{}-4{}-8{}-{}", part(0, 8), part(8, 12), part(13, 16), part(17, 20), part(20, 32))
}
