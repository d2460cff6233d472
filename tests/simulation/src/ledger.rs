//! What the shop has stored: all that outlives a crash.

use std::collections::{BTreeMap, BTreeSet};

use bonuspay::State;

use crate::event::HOUR;
use crate::rng::Rng;

/// An order is watched so long after its expiry (R45).
pub const WATCHED: i64 = 72 * HOUR;
/// Where an order of the shop's stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderState {
    /// It waits for its payment.
    Open,
    /// It is paid.
    Paid,
    /// The shopper gave it up.
    Cancelled,
}

/// What a person must look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flag {
    /// Less came in than was due.
    Underpaid,
    /// More came in than was due.
    Overpaid,
    /// Another attempt was paid before.
    DoublePayment,
    /// Money came for an attempt that is dead, or an order that was given up.
    MoneyOnDead,
    /// Money in another coin or on another chain.
    NotCounted,
    /// What became of a refund is not known.
    RefundUnclear,
}

/// Where an attempt stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Its number is stored; whether the gateway knows it is not known.
    Saved,
    /// The gateway knows it.
    Placed,
    /// The gateway said that it failed.
    Dead,
    /// It is paid.
    Paid,
}

/// One number at the gateway.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// `merchantOrderNo`.
    pub number: String,
    /// `reserved`: who does not know it does not speak of this attempt.
    pub token: String,
    /// What was asked for, in cents.
    pub due: i64,
    /// The gateway's number.
    pub order_no: Option<String>,
    /// Where it stands.
    pub phase: Phase,
    /// The merchant takes what came in.
    pub accepted: bool,
    /// What came in, as far as is known, in hundred-millionths.
    pub seen: i128,
    pub(crate) sent: bool,
    pub(crate) expires: i64,
    pub(crate) checks: u32,
    pub(crate) fails: u32,
    pub(crate) next_check: Option<i64>,
}

/// A refund.
#[derive(Debug, Clone)]
pub struct RefundRow {
    /// `refundMerchantOrderNo`.
    pub number: String,
    /// The attempt whose money it is.
    pub attempt: String,
    /// In hundred-millionths.
    pub amount: i128,
    /// Where it stands: known to be made, known to have failed, or neither.
    pub state: State,
    pub(crate) sent_at: Option<i64>,
    pub(crate) rejected: bool,
    pub(crate) sends: u32,
    pub(crate) fails: u32,
    pub(crate) next_check: Option<i64>,
}

/// An order of the shop's.
#[derive(Debug, Clone)]
pub struct ShopOrder {
    /// What it costs, in cents.
    pub due: i64,
    /// Where it stands.
    pub state: OrderState,
    /// Which attempt paid it.
    pub paid_by: Option<String>,
    /// How often it was completed: mails, stock, licence keys.
    pub completions: u32,
    /// For a person.
    pub flags: BTreeSet<Flag>,
    /// The oldest first.
    pub attempts: Vec<Attempt>,
    /// The oldest first.
    pub refunds: Vec<RefundRow>,
}

/// The shop: its store, and its machine.
pub struct Shop {
    /// The store.
    pub orders: Vec<ShopOrder>,
    /// The hosted page, or an address on a chain.
    pub(crate) checkout: bool,
    /// The machine runs.
    pub up: bool,
    /// Counts its lives.
    pub epoch: u64,
    /// How wrong its clock is.
    pub clock_off: i64,
    /// When the queue's turn is in the world's queue.
    pub cron_at: Option<i64>,
    pub(crate) crashes_in: u64,
    /// The merchant wants to know of a surplus: paid attempts are looked at once more at the end.
    pub watches_surplus: bool,
}

impl Shop {
    /// A shop without orders.
    pub fn new(rng: &mut Rng) -> Self {
        Self {
            orders: Vec::new(),
            checkout: rng.hit(1, 4),
            up: true,
            epoch: 0,
            clock_off: 0,
            cron_at: None,
            crashes_in: if rng.hit(1, 3) { 25 } else { 0 },
            watches_surplus: rng.hit(1, 3),
        }
    }

    pub(crate) fn find(&self, number: &str) -> Option<(usize, usize)> {
        let place = |order: &ShopOrder| order.attempts.iter().position(|attempt| attempt.number == number);
        self.orders.iter().enumerate().find_map(|(index, order)| Some((index, place(order)?)))
    }

    pub(crate) fn attempt(&self, number: &str) -> Option<&Attempt> {
        self.find(number).and_then(|(order, attempt)| self.orders.get(order)?.attempts.get(attempt))
    }

    pub(crate) fn both(&mut self, number: &str) -> Option<(&mut ShopOrder, usize)> {
        let (order, attempt) = self.find(number)?;
        Some((self.orders.get_mut(order)?, attempt))
    }

    pub(crate) fn refund(&mut self, number: &str) -> Option<(&mut ShopOrder, usize)> {
        let order = self.orders.iter_mut().find(|order| order.refunds.iter().any(|row| row.number == number))?;
        let index = order.refunds.iter().position(|row| row.number == number)?;
        Some((order, index))
    }

    /// The last attempt of the first order: what an outsider may know of.
    pub fn any_attempt(&self) -> Option<(String, Option<String>, i64)> {
        let attempt = self.orders.first()?.attempts.last()?;
        Some((attempt.number.clone(), attempt.order_no.clone(), attempt.due))
    }

    /// The token of an attempt.
    pub fn token_of(&self, number: &str) -> Option<String> {
        self.attempt(number).map(|attempt| attempt.token.clone())
    }

    pub(crate) fn next_check(&self) -> Option<i64> {
        let attempts = self.orders.iter().flat_map(|order| &order.attempts).filter_map(|attempt| attempt.next_check);
        let refunds = self.orders.iter().flat_map(|order| &order.refunds).filter_map(|row| row.next_check);
        attempts.chain(refunds).min()
    }
}

/// What the shopper is shown: the gateway's number of the order to pay, which stands for its address.
pub type Shown = Option<(String, i64)>;

/// The store by the attempts' numbers, for the invariants.
pub fn by_number(shop: &Shop) -> BTreeMap<&str, (&ShopOrder, &Attempt)> {
    let all = shop.orders.iter().flat_map(|order| order.attempts.iter().map(move |attempt| (order, attempt)));
    all.map(|(order, attempt)| (attempt.number.as_str(), (order, attempt))).collect()
}
