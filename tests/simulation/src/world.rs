//! One world: the time, the queue of what will happen, everyone in it, and the one loop that lets it happen.
//!
//! It is single-threaded. While a task of the shop waits for an answer the loop goes on inside the wait, so other
//! tasks of the shop run in between, as they do in a shop with several workers.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bonuspay::client::Clock;
use bonuspay::{Client, Error, ErrorKind, Outcome};
use bonuspay_sandbox::money::Currency;
use bonuspay_sandbox::network::Network;
use sha2::{Digest, Sha256};

use crate::bank::Bank;
use crate::counts::Counts;
use crate::dice::Dice;
use crate::invariants;
use crate::keys::{Keys, THOROUGH};
use crate::mutation::Mutation;
use crate::network::{Net, Network as Wires};
use crate::shop::{self, Shop};
use crate::shopper;

/// Friday, 20 November 2026.
const START: i64 = 1_795_166_439_000;
/// A second, in the world's milliseconds.
pub const SECOND: i64 = 1000;
/// A minute.
pub const MINUTE: i64 = 60 * SECOND;
/// An hour.
pub const HOUR: i64 = 60 * MINUTE;
/// No world takes longer to come to rest.
const END: i64 = 14 * 24 * HOUR;
/// The promise that says so.
pub const COMES_TO_REST: &str = "the world comes to rest";
/// Nor has more steps.
const STEPS_MAX: u64 = 3_000;

/// A notification on its way.
#[derive(Clone)]
pub struct Letter {
    /// The header, which is not signed.
    pub partner_id: String,
    /// The header `Sign`.
    pub sign: String,
    /// The body.
    pub body: String,
    /// Which notification of the gateway's it is, and whether sent by hand; none for what others send.
    pub id: Option<(String, bool)>,
    /// Who wrote it.
    pub origin: Origin,
}

/// Who wrote a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The gateway, for the shop.
    Gateway,
    /// The gateway, for another merchant.
    Foreign,
    /// Someone else, or it was altered.
    Forged,
}

/// What the shop has to do.
#[derive(Clone)]
pub enum ShopTask {
    /// A shopper opens the payment page.
    Visit(usize),
    /// A notification came.
    Notified(Letter),
    /// The queue's turn.
    Cron,
    /// The merchant looks at an order and may refund or accept.
    Review(usize),
    /// The cart changed: the order costs something else now.
    Change(usize, i64),
    /// The order is cancelled.
    Cancel(usize),
}

/// Something that happens.
#[derive(Clone)]
pub enum Event {
    /// Money reaches an address.
    Deposit { order_no: String, cents: i64, currency: Currency, network: Network },
    /// A request arrives (again).
    Copy { call: u64, path: String, sign: String, body: Vec<u8> },
    /// The gateway has something to do by itself.
    GatewayWake,
    /// A notification was lost on its way.
    Lost { id: String, by_hand: bool },
    /// The gateway dies.
    GatewayDies,
    /// And comes back.
    GatewayUp,
    /// A refund fails.
    RefundFails { number: String },
    /// The other merchant does something clever.
    Rival,
    /// Someone sends a forged or an old notification.
    Forge,
    /// The shop does something.
    Shop(ShopTask),
    /// The shop's machine dies.
    ShopDies,
    /// And comes back.
    ShopUp,
    /// The shop's clock is off by so much from now on.
    Clock(i64),
}

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

/// The shop's machine died: the task ends here, and only what it had stored remains.
#[derive(Debug)]
pub struct Crashed;

/// Why a call failed, as the shop sees it.
#[derive(Debug, Clone)]
pub struct Refused {
    /// Whether the gateway may have acted.
    pub outcome: Outcome,
    /// The gateway's code.
    pub code: Option<String>,
}

/// Everyone and everything.
pub struct World {
    /// The true time; the gateway's too.
    pub now: i64,
    /// Chance.
    pub dice: Dice,
    queue: BTreeMap<(i64, u64), Event>,
    sequence: u64,
    depth: u32,
    /// The gateway.
    pub bank: Bank,
    /// The network.
    pub wires: Wires,
    /// The shop.
    pub shop: Shop,
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
    trace: Sha256,
    lines: Option<Vec<String>>,
}

impl World {
    fn new(seed: u64, keys: &Arc<Keys>, mutation: Option<Mutation>, keep_trace: bool) -> Self {
        let mut dice = Dice::new(seed);
        let thorough = seed % THOROUGH == THOROUGH - 1;
        Self {
            now: START,
            queue: BTreeMap::new(),
            sequence: 0,
            depth: 0,
            bank: Bank::new(Arc::clone(keys), START, thorough),
            wires: Wires::new(&mut dice),
            shop: Shop::new(&mut dice),
            calls: Vec::new(),
            not_sent: Vec::new(),
            counts: Counts { seeds: 1, thorough: u64::from(thorough), ..Counts::default() },
            mutation,
            keys: Arc::clone(keys),
            broken: None,
            trace: Sha256::new(),
            lines: keep_trace.then(Vec::new),
            dice,
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
        if let Some(at) = self.bank.gateway().next_wakeup()
            && self.bank.wake.is_none_or(|wake| wake > at)
        {
            let at = at.max(self.now);
            self.bank.wake = Some(at);
            self.at(at, Event::GatewayWake);
        }
    }

    /// The gateway's machine dies, and comes back after a while.
    pub fn gateway_dies(&mut self) {
        let down = self.dice.between(SECOND, 20 * MINUTE);
        self.counts.gateway_crashes += 1;
        self.note(format_args!("the gateway dies for {down} ms"));
        self.bank.restart();
        self.bank.down_until = Some(self.now + down);
        self.bank.wake = None;
        self.wires.kept = false;
        self.after(down, Event::GatewayUp);
    }

    /// The shop's machine dies, and comes back after a while.
    pub fn shop_dies(&mut self) {
        if !self.shop.up {
            return;
        }
        let down = self.dice.between(SECOND, 2 * HOUR);
        self.counts.shop_crashes += 1;
        self.note(format_args!("the shop dies for {down} ms"));
        self.shop.up = false;
        self.shop.epoch += 1;
        self.wires.kept = false;
        self.after(down, Event::ShopUp);
    }
}

/// A world that runs.
pub struct Sim {
    world: Mutex<World>,
    client: Mutex<Option<Client>>,
}

/// What became of a world.
pub struct Report {
    /// Its seed.
    pub seed: u64,
    /// What happened.
    pub counts: Counts,
    /// The promise that was broken, if one was.
    pub broken: Option<String>,
    /// The SHA-256 of the trace.
    pub hash: String,
    /// The trace, if it was wanted.
    pub trace: Vec<String>,
}

impl Sim {
    /// Lets one world happen.
    pub fn run(seed: u64, keys: &Arc<Keys>, mutation: Option<Mutation>, keep_trace: bool) -> Report {
        let world = World::new(seed, keys, mutation, keep_trace);
        let sim = Arc::new(Self { world: Mutex::new(world), client: Mutex::new(None) });
        let parts = Net(Arc::downgrade(&sim));
        let client = Client::with_parts(keys.config(), Arc::new(parts.clone()), Arc::new(parts));
        *lock(&sim.client) = Some(client);
        sim.with(shopper::begin);
        sim.advance(i64::MAX);
        sim.with(|w| {
            if w.broken.is_none() {
                invariants::at_rest(w);
            }
            invariants::count(w);
            let hash = w.trace.clone().finalize().iter().map(|byte| format!("{byte:02x}")).collect();
            let trace = w.lines.take().unwrap_or_default();
            Report { seed, counts: w.counts, broken: w.broken.clone(), hash, trace }
        })
    }

    /// Looks at the world, or changes it. Never around anything that takes time.
    pub fn with<T>(&self, see: impl FnOnce(&mut World) -> T) -> T {
        see(&mut lock(&self.world))
    }

    /// The library.
    ///
    /// # Panics
    /// Before the world begins.
    pub fn client(&self) -> Client {
        lock(&self.client).clone().expect("the client is made before the world begins")
    }

    /// Lets happen what happens until then.
    pub fn advance(&self, until: i64) {
        loop {
            let event = self.with(|w| {
                if w.broken.is_some() {
                    return None;
                }
                let first = w.queue.first_entry().filter(|entry| entry.key().0 <= until)?;
                let ((at, _), event) = first.remove_entry();
                w.now = w.now.max(at);
                w.counts.steps += 1;
                if w.now > START + END || w.counts.steps > STEPS_MAX {
                    w.broke(COMES_TO_REST.into());
                }
                Some(event)
            });
            let Some(event) = event else { break };
            self.happen(event, until);
            self.with(invariants::after_step);
        }
        self.with(|w| w.now = if until == i64::MAX { w.now } else { w.now.max(until) });
    }

    fn happen(&self, event: Event, until: i64) {
        if let Event::Shop(task) = event {
            return self.shop_task(task, until);
        }
        self.with(|w| match event {
            Event::Deposit { .. } | Event::Copy { .. } | Event::GatewayWake | Event::Lost { .. }
                if w.bank.down_until.is_some() =>
            {
                // The chain waits for the gateway, and so does everything else but a request.
                let up = w.bank.down_until.unwrap_or(w.now) + 1;
                if !matches!(event, Event::Copy { .. } | Event::GatewayWake) {
                    w.at(up, event);
                }
            }
            Event::Deposit { order_no, cents, currency, network } => {
                w.note(format_args!("deposit {cents} cents {} to {order_no}", currency.code()));
                w.bank.deposit(w.now, &order_no, cents, currency, network);
                w.wake_gateway();
            }
            Event::Copy { call, path, sign, body } => w.deliver_copy(call, &path, &sign, &body),
            Event::GatewayWake => {
                w.bank.wake = None;
                w.send_notifications();
                w.wake_gateway();
            }
            Event::Lost { id, by_hand } => {
                w.bank.attempted(w.now, &id, by_hand, None, false);
                w.wake_gateway();
            }
            Event::GatewayDies => w.gateway_dies(),
            Event::GatewayUp => {
                w.bank.down_until = None;
                w.note(format_args!("the gateway is back"));
                w.wake_gateway();
            }
            Event::RefundFails { number } => {
                let (fail_code, fail_des) = (String::from("CHAIN"), String::from("the chain refused it"));
                let event = bonuspay_sandbox::gateway::Event::FailRefund { order_no: number, fail_code, fail_des };
                // It may have succeeded before.
                let failed = w.bank.step(w.now, event).is_ok();
                w.note(format_args!("a refund fails: {failed}"));
                w.wake_gateway();
            }
            Event::Rival => w.rival(),
            Event::Forge => w.forge(),
            Event::ShopDies => w.shop_dies(),
            Event::ShopUp => {
                w.note(format_args!("the shop is back"));
                w.shop.up = true;
                w.shop.cron_at = None;
                w.wake_shop();
            }
            Event::Clock(off) => {
                w.note(format_args!("the shop's clock is off by {off} ms"));
                w.counts.jumps += u64::from(off != 0);
                w.shop.clock_off = off;
                w.shop.cron_at = None;
                w.wake_shop();
            }
            Event::Shop(_) => {}
        });
    }

    fn shop_task(&self, task: ShopTask, until: i64) {
        let runs = self.with(|w| {
            if w.depth >= 2 {
                // All workers are busy.
                w.at(until.saturating_add(1), Event::Shop(task.clone()));
                return false;
            }
            if !w.shop.up {
                shop::missed(w, &task);
                return false;
            }
            w.counts.nested += u64::from(w.depth > 0);
            w.depth += 1;
            true
        });
        if runs {
            // A crash ends the task: that is all.
            let _ = shop::run(self, task);
            self.with(|w| {
                w.depth -= 1;
                w.wake_shop();
            });
        }
    }

    /// Calls the library, and holds what it says against what the gateway saw.
    ///
    /// # Errors
    /// [`Crashed`] when the shop's machine died meanwhile.
    pub fn call<T>(
        &self,
        name: &'static str,
        make: impl Fn(&Client) -> Result<T, Error>,
    ) -> Result<Result<T, Refused>, Crashed> {
        let epoch = self.with(|w| {
            w.counts.calls += 1;
            let (id, epoch) = (w.counts.calls, w.shop.epoch);
            w.calls.push(CallLog {
                id,
                name,
                epoch,
                posts: 0,
                fresh: 0,
                delivered: 0,
                acted: 0,
                tampered: false,
                replayed_refusal: false,
            });
            epoch
        });
        let client = self.client();
        let mut result = make(&client);
        let lost = matches!(&result, Err(error) if error.outcome() == Outcome::Unknown);
        let once = invariants::is_sent_once(name);
        if once && lost && self.with(|w| w.is(Mutation::LibraryResends)) {
            result = make(&client);
        }
        self.with(|w| {
            let Some(log) = w.calls.pop() else { return Err(Crashed) };
            let result = result.map_err(|error| refused(w, &error));
            if w.shop.epoch != epoch {
                return Err(Crashed);
            }
            let said = result.as_ref().err();
            let code = said.and_then(|refused| refused.code.clone()).unwrap_or_default();
            let word = said.map_or_else(|| "Ok".into(), |refused| format!("{:?} {code}", refused.outcome));
            w.note(format_args!("call {} {name}: {word}", log.id));
            invariants::after_call(w, &log, said.map(|refused| refused.outcome));
            Ok(result)
        })
    }
}

fn refused(w: &World, error: &Error) -> Refused {
    let unsigned = error.kind() == ErrorKind::Api && !error.is_authenticated();
    let lost = matches!(error.kind(), ErrorKind::Io | ErrorKind::Timeout);
    let outcome = match error.outcome() {
        Outcome::Unknown if lost && w.is(Mutation::LostAnswerIsNotSent) => Outcome::NotSent,
        Outcome::Unknown if unsigned && w.is(Mutation::UnsignedRefusalBelieved) => Outcome::Rejected,
        outcome => outcome,
    };
    Refused { outcome, code: error.api_code().map(str::to_owned) }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Clock for Net {
    fn unix_ms(&self) -> u64 {
        self.0.upgrade().map_or(0, |sim| sim.with(|w| w.shop_now().unsigned_abs()))
    }

    fn elapsed(&self) -> Duration {
        self.0
            .upgrade()
            .map_or(Duration::ZERO, |sim| sim.with(|w| Duration::from_millis((w.now - START).unsigned_abs())))
    }

    fn sleep(&self, duration: Duration) {
        if let Some(sim) = self.0.upgrade() {
            let until = sim.with(|w| w.now + i64::try_from(duration.as_millis()).unwrap_or(0));
            sim.advance(until);
        }
    }

    fn chance(&self, from: Duration, to: Duration) -> Duration {
        let span = u64::try_from(to.saturating_sub(from).as_millis()).unwrap_or(0);
        self.0.upgrade().map_or(from, |sim| from + Duration::from_millis(sim.with(|w| w.dice.below(span + 1))))
    }
}
