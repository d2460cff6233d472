//! The gateway as a pure state machine: `step(state, time, event)` gives an answer and what has to be written down.
//!
//! It does no I/O and reads no clock, so that a simulation can run it. Whoever runs it writes the records down before
//! anyone sees the answer, feeds them to [`Gateway::replay`] after a restart, and delivers the notifications that
//! [`Gateway::take_due`] names.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::clock::gulf_time;
use crate::fields::Fields;
use crate::merchant::Merchant;
use crate::money::{Amount, Currency, Money, SMALLEST, Style};
use crate::network::{Network, hex};
use crate::notification::{Attempt, Kind, Notification, Subject};
use crate::order::{Deposit, Order, OrderStatus, PlaceOrder};
use crate::refund::{Origin, PlaceRefund, Refund, RefundStatus};
use crate::refusal::{Code, Refusal};
use crate::settlement::Settlement;
use crate::submerchant::SubMerchant;
use crate::topup::{Topup, Wallet, WalletKey};
use crate::withdrawal::Withdrawal;
use products::Products;
pub use products::{Account, NewTopup, Profile};

/// How far a request's time may be from the gateway's, either way.
pub const REQUEST_TIME_WINDOW_MS: i64 = 15 * 60 * 1000;

/// How long a refund takes if nobody settles it, divided by the time scale.
pub const REFUND_TAKES_MS: i64 = 30_000;

/// How often a notification may be sent at once.
pub const MOST_RESENDS: u32 = 20;

mod products;

/// The endpoints that the gateway serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Endpoint {
    OrderPlace,
    OrderCancel,
    OrderAccept,
    OrderGet,
    OrderPaymentEvents,
    RefundPlace,
    RefundGet,
    TopupAddress,
    TopupDeposits,
    TopupDeposit,
    WithdrawPlace,
    TransferPlace,
    WithdrawGet,
    WithdrawNetworks,
    FxRate,
    AccountList,
    SettlementPlace,
    SettlementGet,
    SubMerchantCreate,
    SubMerchantGet,
}

impl Endpoint {
    /// All of them.
    pub const ALL: [Endpoint; 20] = [
        Endpoint::OrderPlace,
        Endpoint::OrderCancel,
        Endpoint::OrderAccept,
        Endpoint::OrderGet,
        Endpoint::OrderPaymentEvents,
        Endpoint::RefundPlace,
        Endpoint::RefundGet,
        Endpoint::TopupAddress,
        Endpoint::TopupDeposits,
        Endpoint::TopupDeposit,
        Endpoint::WithdrawPlace,
        Endpoint::TransferPlace,
        Endpoint::WithdrawGet,
        Endpoint::WithdrawNetworks,
        Endpoint::FxRate,
        Endpoint::AccountList,
        Endpoint::SettlementPlace,
        Endpoint::SettlementGet,
        Endpoint::SubMerchantCreate,
        Endpoint::SubMerchantGet,
    ];

    /// Its path below `/sgs/api/`.
    pub fn path(self) -> &'static str {
        match self {
            Endpoint::OrderPlace => "crypto/placeOrder",
            Endpoint::OrderCancel => "crypto/cancelOrder",
            Endpoint::OrderAccept => "crypto/acceptOrder",
            Endpoint::OrderGet => "crypto/getOrder",
            Endpoint::OrderPaymentEvents => "crypto/getPaymentDepositEventList",
            Endpoint::RefundPlace => "crypto/refund/placeOrder",
            Endpoint::RefundGet => "crypto/refund/getOrder",
            Endpoint::TopupAddress => "ccdeposit/getAddress",
            Endpoint::TopupDeposits => "ccdeposit/queryCustomerDepositOrderPage",
            Endpoint::TopupDeposit => "ccdeposit/getCustomerDepositOrder",
            Endpoint::WithdrawPlace => "ccwithdraw/placeOrder",
            Endpoint::TransferPlace => "ccwithdraw/transfer",
            Endpoint::WithdrawGet => "ccwithdraw/getOrder",
            Endpoint::WithdrawNetworks => "ccwithdraw/getNetworks",
            Endpoint::FxRate => "fxrate/getFxrate",
            Endpoint::AccountList => "account/getAccountList",
            Endpoint::SettlementPlace => "otcfundout/placeOrder",
            Endpoint::SettlementGet => "otcfundout/getOrder",
            Endpoint::SubMerchantCreate => "agent/subMerchantCreate",
            Endpoint::SubMerchantGet => "agent/subMerchantDetail",
        }
    }

    /// By its path below `/sgs/api/`.
    pub fn from_path(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|endpoint| endpoint.path() == path)
    }
}

/// A merchant's call whose signature was verified.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Call {
    pub endpoint: Endpoint,
    pub partner_id: String,
    pub request_time: i64,
    pub biz_content: Map<String, Value>,
    /// How wrong the gateway's clock is (the fault `clock-off`).
    pub clock_error_ms: i64,
}

/// What the chain brings.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct NewDeposit {
    pub amount: Amount,
    /// The order's, if none is named.
    pub currency: Option<Currency>,
    /// The order's first that carries the coin, if none is named.
    pub network: Option<Network>,
    pub payer_address: Option<String>,
    pub tx_hash: Option<String>,
}

/// Something that happens to the gateway.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub enum Event {
    /// A merchant calls.
    Call(Call),
    /// A transaction reaches an order's address.
    Deposit { order_no: String, deposit: NewDeposit },
    /// An order's time is over at once.
    Expire { order_no: String },
    /// An order is cancelled by someone else than its merchant.
    Cancel { order_no: String },
    /// An underpaid order is accepted by someone else than its merchant.
    Accept { order_no: String },
    /// A refund succeeds at once.
    SettleRefund { order_no: String },
    /// A refund fails.
    FailRefund { order_no: String, fail_code: String, fail_des: String },
    /// A transaction reaches a customer's address.
    Topup(NewTopup),
    /// A deposit to a customer's address is confirmed at once.
    ConfirmTopup { order_no: String },
    /// A withdrawal or transfer comes to its end at once: it fails if a reason is told.
    EndWithdrawal { order_no: String, failure: Option<String> },
    /// A settlement comes to its end at once: it fails if a reason is told.
    EndSettlement { order_no: String, failure: Option<String> },
    /// What a merchant has set in the portal changes.
    SetProfile(Profile),
    /// The gateway's clock, but not that of the request-time window, is moved on.
    AdvanceClock { by_ms: i64 },
    /// A merchant registers, or changes its key.
    AddMerchant(Merchant),
    /// Deliveries stop or go on.
    HoldNotifications(bool),
    /// Held notifications go out one after another, the newest first.
    ReleaseReversed,
    /// Notifications of what happens from now on are sent this much later.
    DelayNotifications { delay_ms: i64 },
    /// A notification is to be sent now, so many times at once, whatever became of it before.
    Resend { id: String, times: u32 },
    /// A delivery was attempted.
    Attempted { id: String, by_hand: bool, attempt: Attempt },
    /// Time has passed, nothing else.
    PassTime,
    /// Everything but the numbering is forgotten.
    Reset,
}

/// Why an event was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// A refusal of the wire.
    Refused(Refusal),
    /// The control API named something that is not there.
    NotFound(String),
    /// The control API asked for something that the state does not allow.
    Conflict(String),
    /// The control API asked for something impossible.
    BadInput(String),
}

impl From<Refusal> for Rejection {
    fn from(refusal: Refusal) -> Self {
        Rejection::Refused(refusal)
    }
}

/// What has to be written down: each names a thing and holds all of it, so the last one counts.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Record {
    Reset,
    Meta(Meta),
    Merchant(Merchant),
    Order(Box<Order>),
    Refund(Box<Refund>),
    Notification(Box<Notification>),
    Profile(Box<Profile>),
    Wallet(Box<Wallet>),
    Topup(Box<Topup>),
    Withdrawal(Box<Withdrawal>),
    Settlement(Box<Settlement>),
    SubMerchant(Box<SubMerchant>),
}

/// What the gateway remembers besides its books.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Meta {
    /// Addresses and checkout tokens are derived from it.
    pub seed: String,
    /// The last number given out, of whatever kind.
    pub sequence: u64,
    /// How far the clock was moved on.
    pub advanced_ms: i64,
    /// Whether deliveries are held back.
    pub held: bool,
    /// How long a new notification waits.
    #[serde(default)]
    pub delay_ms: i64,
}

/// What does not belong to the state: it may differ at the next start.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Retries and refunds go this many times faster.
    pub time_scale: i64,
    /// `http://127.0.0.1:8790`, for the addresses of checkout pages.
    pub origin: String,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
    Expiry(String),
    Refund(String),
    Topup(String),
    Withdrawal(String),
    Settlement(String),
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Changed {
    Meta,
    Order(String),
    Refund(String),
    Notification(String),
    Wallet(WalletKey),
    Topup(String),
    Withdrawal(String),
    Settlement(String),
    SubMerchant(String),
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
    // What follows is derived from the books above.
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

type Answer = Result<Value, Rejection>;

impl Gateway {
    /// A gateway with empty books.
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

    fn file_order(&mut self, order: Order) {
        let order_no = order.order_no.clone();
        let number = (order.partner_id.clone(), order.request.merchant_order_no.clone());
        self.order_numbers.insert(number, order_no.clone());
        self.tokens.insert(order.token.clone(), order_no.clone());
        if order.status == OrderStatus::Created {
            self.agenda.insert((order.expires_at, Due::Expiry(order_no.clone())));
        }
        self.orders.insert(order_no, order);
    }

    fn file_refund(&mut self, refund: Refund) {
        let order_no = refund.order_no.clone();
        let number = (refund.partner_id.clone(), refund.request.refund_merchant_order_no.clone());
        self.refund_numbers.insert(number, order_no.clone());
        if refund.status == RefundStatus::Created {
            self.agenda.insert((refund.settles_at, Due::Refund(order_no.clone())));
        }
        self.refunds.insert(order_no, refund);
    }

    fn file_notification(&mut self, notification: Notification) {
        if notification.next_at.is_some() || notification.resends > 0 {
            self.undelivered.insert(notification.id.clone());
        } else {
            self.undelivered.remove(&notification.id);
        }
        self.notifications.insert(notification.id.clone(), notification);
    }

    /// One step: time passes to `wall_ms`, then the event happens. The records must be on disk before the answer is
    /// told to anyone; they may be there, for the time that passed, also when the event was rejected.
    pub fn step(&mut self, wall_ms: i64, event: Event) -> (Answer, Vec<Record>) {
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

    /// Whether a notification waits for another one that was released before it.
    fn is_queued(&self, id: &str) -> bool {
        self.queue.iter().skip(1).any(|queued| queued == id)
    }

    /// The notifications to be sent now, each with whether it was asked for by hand; one that is to be sent several
    /// times at once is there as often. Each is then in flight until [`Event::Attempted`] tells what came of it.
    pub fn take_due(&mut self, wall_ms: i64) -> Vec<(Notification, bool)> {
        let now = self.time(wall_ms);
        let mut due = Vec::new();
        for notification in self.undelivered.iter().filter_map(|id| self.notifications.get(id)) {
            let scheduled = !self.meta.held && notification.is_due(now) && !self.is_queued(&notification.id);
            let times = notification.resends.max(u32::from(scheduled));
            if times > 0 && !self.in_flight.contains_key(&notification.id) {
                self.in_flight.insert(notification.id.clone(), times);
                let copies = (0..times).map(|_| (notification.clone(), notification.resends > 0));
                due.extend(copies);
            }
        }
        due
    }

    fn attempted(&mut self, now: i64, id: &str, by_hand: bool, attempt: Attempt) -> Answer {
        if let Some(flying) = self.in_flight.get_mut(id) {
            *flying -= 1;
            if *flying == 0 {
                self.in_flight.remove(id);
            }
        }
        // A reset may have forgotten it while it was on its way.
        if let Some(mut notification) = self.notifications.get(id).cloned() {
            notification.attempted(by_hand, attempt, now, self.settings.time_scale);
            if !by_hand || !notification.is_due(now) {
                self.queue.retain(|queued| queued != id);
            }
            self.file_notification(notification);
            self.changed.push(Changed::Notification(id.to_owned()));
        }
        Ok(json!({}))
    }

    fn hold_notifications(&mut self, held: bool, queue: VecDeque<String>) -> Value {
        self.meta.held = held;
        self.queue = queue;
        self.changed.push(Changed::Meta);
        json!({"held": held})
    }

    fn resend(&mut self, id: &str, times: u32) -> Answer {
        let found = self.notifications.get(id).cloned();
        let mut notification = found.ok_or_else(|| Rejection::NotFound(format!("no notification {id:?}")))?;
        notification.resends = notification.resends.saturating_add(times).min(MOST_RESENDS);
        let view = notification.view();
        self.file_notification(notification);
        self.changed.push(Changed::Notification(id.to_owned()));
        Ok(json!({"notification": view}))
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

    fn derive(&self, what: &str) -> String {
        hex(&Sha256::digest(format!("{}:{what}", self.meta.seed)))
    }

    fn notify(&mut self, now: i64, subject: Subject) {
        let date: String = gulf_time(now).chars().take(8).collect();
        let id = format!("{date}{:010}", self.next_number());
        self.changed.push(Changed::Notification(id.clone()));
        self.file_notification(Notification::new(id, subject, now, self.meta.delay_ms));
    }

    fn order_changed(&mut self, now: i64, order_no: &str, tell: bool) {
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
            Endpoint::WithdrawNetworks => products::networks(&biz),
            Endpoint::FxRate => products::rate(&biz),
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

    /// The order that an OrderIndexRequest names; only the merchant's own ones exist for it.
    fn order_of(&mut self, call: &Call, biz: &Fields<'_>) -> Result<&mut Order, Refusal> {
        let origin = match biz.one_of(("merchantOrderNo", 64), ("orderNo", 32))? {
            (true, number) => Origin::Merchant(number),
            (false, number) => Origin::Gateway(number),
        };
        self.order_by(&call.partner_id, &origin)
    }

    fn order_by(&mut self, partner_id: &str, origin: &Origin) -> Result<&mut Order, Refusal> {
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

    fn order_answer(&self, order_no: &str) -> Result<Value, Refusal> {
        let order = self.orders.get(order_no).ok_or_else(|| Refusal::new(Code::OrderNoNotExist, "no such order"))?;
        Ok(json!({"acquireOrder": order.document(Style::Answer)}))
    }

    fn place_answer(&self, order: &Order) -> Value {
        let mut answer = json!({"acquireOrder": order.document(Style::Answer)});
        if let (Some(answer), Some(params)) = (answer.as_object_mut(), order.interaction_params(&self.settings.origin))
        {
            answer.insert("interactionParams".into(), params);
        }
        answer
    }

    fn place_order(&mut self, wall_ms: i64, call: &Call, biz: &Fields<'_>) -> Result<Value, Refusal> {
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

    fn refund_answer(&self, refund: &Refund) -> Value {
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

    fn place_refund(&mut self, wall_ms: i64, call: &Call, biz: &Fields<'_>) -> Result<Value, Refusal> {
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
        let cost = products::refund_cost(order, request.amount);
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

    fn get_refund(&self, call: &Call, biz: &Fields<'_>) -> Result<Value, Refusal> {
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
    fn finish_refund(&mut self, now: i64, order_no: &str, failure: Option<(String, String)>) {
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

    fn decide_refund(&mut self, now: i64, number: &str, failure: Option<(String, String)>) -> Answer {
        let order_no = self.find_refund(number)?.order_no.clone();
        if self.refunds.get(&order_no).is_some_and(|refund| refund.status != RefundStatus::Created) {
            return Err(Rejection::Conflict("the refund has come to its end before".into()));
        }
        self.finish_refund(now, &order_no, failure);
        Ok(json!({"refund": self.find_refund(&order_no)?.view()}))
    }

    fn deposit(&mut self, now: i64, number: &str, new: NewDeposit) -> Answer {
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

    fn expire_order(&mut self, now: i64, number: &str) -> Answer {
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

    fn cancel_order(&mut self, now: i64, number: &str) -> Answer {
        let order_no = self.find_order(number)?.order_no.clone();
        if let Some(order) = self.orders.get_mut(&order_no) {
            order.cancel().map_err(|refusal| Rejection::Conflict(refusal.detail))?;
            self.order_changed(now, &order_no, true);
        }
        Ok(json!({"order": self.order_view(now, &order_no)?}))
    }

    fn accept_order(&mut self, now: i64, number: &str) -> Answer {
        let order_no = self.find_order(number)?.order_no.clone();
        if let Some(order) = self.orders.get_mut(&order_no) {
            let newly_paid = order.accept(now).map_err(|refusal| Rejection::Conflict(refusal.detail))?;
            self.order_changed(now, &order_no, newly_paid);
        }
        Ok(json!({"order": self.order_view(now, &order_no)?}))
    }

    // What follows only looks.

    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// What it remembers besides its books.
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

    /// An order by the gateway's number, or else by a merchant's.
    pub fn find_order(&self, number: &str) -> Result<&Order, Rejection> {
        let by_merchant = || self.orders.values().find(|order| order.request.merchant_order_no == number);
        let found = self.orders.get(number).or_else(by_merchant);
        found.ok_or_else(|| Rejection::NotFound(format!("no order {number:?}")))
    }

    /// A refund by the gateway's number, or else by a merchant's.
    pub fn find_refund(&self, number: &str) -> Result<&Refund, Rejection> {
        let by_merchant = || self.refunds.values().find(|refund| refund.request.refund_merchant_order_no == number);
        let found = self.refunds.get(number).or_else(by_merchant);
        found.ok_or_else(|| Rejection::NotFound(format!("no refund {number:?}")))
    }

    /// The order whose checkout page has this token.
    pub fn order_by_token(&self, token: &str) -> Option<&Order> {
        self.tokens.get(token).and_then(|order_no| self.orders.get(order_no))
    }

    /// An order as the control API shows it, with its refunds.
    pub fn order_view(&self, now: i64, number: &str) -> Answer {
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

    /// All refunds, the oldest first.
    pub fn refunds(&self) -> impl Iterator<Item = &Refund> {
        self.refunds.values()
    }

    /// A notification.
    pub fn notification(&self, id: &str) -> Option<&Notification> {
        self.notifications.get(id)
    }

    /// All notifications, the oldest first.
    pub fn notifications(&self) -> impl Iterator<Item = &Notification> {
        self.notifications.values()
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

fn uuid(hash: &str) -> String {
    let part = |from: usize, to: usize| hash.get(from..to).unwrap_or_default();
    format!("{}-{}-4{}-8{}-{}", part(0, 8), part(8, 12), part(13, 16), part(17, 20), part(20, 32))
}
