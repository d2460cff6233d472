//! One world: the time, the queue of what will happen, and everyone in it.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::counts::Counts;
use crate::event::{Event, HOUR, MINUTE, SECOND, ShopTask};
use crate::fate::Network;
use crate::gateway::Gateway;
use crate::keys::{Keys, THOROUGH};
use crate::ledger::Shop;
use crate::mutation::Mutation;
use crate::plan::Plan;
use crate::rng::Rng;

/// Friday, 20 November 2026.
pub const START: i64 = 1_795_166_439_000;

/// One call of the library, as the gateway saw it.
pub struct CallLog {
    /// Its number.
    pub id: u64,
    /// Which call it is.
    pub name: &'static str,
    /// In which life of the shop's machine it was made.
    pub epoch: u64,
    /// How many requests it made, and how many of them on a fresh connection.
    pub posts: u32,
    /// See `posts`.
    pub fresh: u32,
    /// How many reached the gateway.
    pub delivered: u32,
    /// How many the gateway did.
    pub acted: u32,
    /// The last answer was forged or altered.
    pub tampered: bool,
    /// The last answer was a genuine refusal of another request: nothing tells them apart.
    pub replayed_refusal: bool,
}

/// Whether the library must not send this call twice (R39).
pub fn is_sent_once(name: &str) -> bool {
    matches!(name, "refund" | "cancel_order" | "accept_order")
}

/// Everyone and everything.
pub struct World {
    /// The true time; the gateway's too.
    pub now: i64,
    /// Chance.
    pub rng: Rng,
    pub(crate) queue: BTreeMap<(i64, u64), Event>,
    sequence: u64,
    pub(crate) depth: u32,
    /// The gateway.
    pub gateway: Gateway,
    /// The network.
    pub network: Network,
    /// The shop.
    pub shop: Shop,
    /// What the shoppers have in mind.
    pub plans: Vec<Plan>,
    /// The calls under way, the innermost last.
    pub calls: Vec<CallLog>,
    /// Calls of which the shop was told that nothing was sent.
    pub not_sent: Vec<u64>,
    /// What happened.
    pub counts: Counts,
    /// What someone does wrong on purpose.
    pub mutation: Option<Mutation>,
    /// The keys.
    pub keys: Arc<Keys>,
    /// The first promise that was broken.
    pub broken: Option<String>,
    pub(crate) trace: Sha256,
    pub(crate) lines: Option<Vec<String>>,
}

impl World {
    /// The world of a seed, before its first event.
    pub fn new(seed: u64, keys: &Arc<Keys>, mutation: Option<Mutation>, keep_trace: bool) -> Self {
        let mut rng = Rng::new(seed);
        let thorough = seed % THOROUGH == THOROUGH - 1;
        Self {
            now: START,
            queue: BTreeMap::new(),
            sequence: 0,
            depth: 0,
            gateway: Gateway::new(Arc::clone(keys), START, thorough),
            network: Network::new(&mut rng),
            shop: Shop::new(&mut rng),
            plans: Vec::new(),
            calls: Vec::new(),
            not_sent: Vec::new(),
            counts: Counts { seeds: 1, thorough: u64::from(thorough), ..Counts::default() },
            mutation,
            keys: Arc::clone(keys),
            broken: None,
            trace: Sha256::new(),
            lines: keep_trace.then(Vec::new),
            rng,
        }
    }

    /// Puts something into the queue.
    pub fn at(&mut self, at: i64, event: Event) {
        self.sequence += 1;
        self.queue.insert((at.max(self.now), self.sequence), event);
    }

    /// The same, some time from now.
    pub fn after(&mut self, delay: i64, event: Event) {
        self.at(self.now + delay, event);
    }

    /// A line of the trace.
    pub fn note(&mut self, text: fmt::Arguments<'_>) {
        let line = format!("{:>12} {}{text}\n", self.now - START, "  ".repeat(self.depth as usize));
        self.trace.update(line.as_bytes());
        if let Some(lines) = &mut self.lines {
            lines.push(line);
        }
    }

    /// A promise was broken.
    pub fn broke(&mut self, promise: String) {
        self.note(format_args!("BROKEN: {promise}"));
        self.broken.get_or_insert(promise);
    }

    /// Whether someone does this wrong on purpose.
    pub fn is(&self, mutation: Mutation) -> bool {
        self.mutation == Some(mutation)
    }

    /// The time by the shop's clock.
    pub fn shop_now(&self) -> i64 {
        self.now + self.shop.clock_off
    }

    /// Sees to it that the gateway is woken in time.
    pub fn wake_gateway(&mut self) {
        if let Some(at) = self.gateway.core().next_wakeup()
            && self.gateway.wake.is_none_or(|wake| wake > at)
        {
            let at = at.max(self.now);
            self.gateway.wake = Some(at);
            self.at(at, Event::GatewayWake);
        }
    }

    /// Sees to it that the queue's turn comes in time.
    pub fn wake_shop(&mut self) {
        if !self.shop.up || self.is(Mutation::NoReconciliation) {
            return;
        }
        let Some(next) = self.shop.next_check() else { return };
        let at = (next - self.shop.clock_off).max(self.now);
        if self.shop.cron_at.is_none_or(|cron| cron > at) {
            self.shop.cron_at = Some(at);
            self.at(at, Event::Shop(ShopTask::Cron));
        }
    }

    /// The gateway's machine dies, and comes back after a while.
    pub fn gateway_dies(&mut self) {
        let down = self.rng.between(SECOND, 20 * MINUTE);
        self.counts.gateway_crashes += 1;
        self.note(format_args!("the gateway dies for {down} ms"));
        self.gateway.restart();
        self.gateway.down_until = Some(self.now + down);
        self.gateway.wake = None;
        self.network.kept = false;
        self.after(down, Event::GatewayUp);
    }

    /// The shop's machine dies, and comes back after a while.
    pub fn shop_dies(&mut self) {
        if !self.shop.up {
            return;
        }
        let down = self.rng.between(SECOND, 2 * HOUR);
        self.counts.shop_crashes += 1;
        self.note(format_args!("the shop dies for {down} ms"));
        self.shop.up = false;
        self.shop.epoch += 1;
        self.network.kept = false;
        self.after(down, Event::ShopUp);
    }
}
