//! The one loop that lets a world happen.
//!
//! It is single-threaded. While a task of the shop waits for an answer the loop goes on inside the wait, so other
//! tasks of the shop run in between, as they do in a shop with several workers.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use bonuspay::{Client, Error, ErrorKind, Outcome};
use sha2::Digest;

use crate::counts::Counts;
use crate::event::{Event, HOUR, ShopTask};
use crate::keys::Keys;
use crate::mutation::Mutation;
use crate::world::{CallLog, START, World, is_sent_once};

/// No world takes longer to come to rest.
const END: i64 = 14 * 24 * HOUR;
/// The promise that says so.
pub const COMES_TO_REST: &str = "the world comes to rest";
/// Nor has more steps.
const STEPS_MAX: u64 = 3_000;

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

/// A world that runs.
pub struct Sim {
    cast: &'static Cast,
    world: Mutex<World>,
    /// The shop's library.
    pub client: Client,
}

/// Who takes part: what the loop leaves to others.
pub struct Cast {
    /// The shop's library, over a network and a clock of this world.
    pub client: fn(&Keys, &Weak<Sim>) -> Client,
    /// Decides what will happen by itself.
    pub begin: fn(&mut World),
    /// Does what the shop has to do.
    pub shop: fn(&Sim, ShopTask) -> Result<(), Crashed>,
    /// A task finds the shop's machine down.
    pub missed: fn(&mut World, &ShopTask),
    /// What must hold after every event.
    pub after_step: fn(&mut World),
    /// What must hold after each call of the library.
    pub after_call: fn(&mut World, &CallLog, Option<Outcome>),
    /// What must hold when nothing more will happen.
    pub at_rest: fn(&mut World),
    /// Counts what came of it.
    pub count: fn(&mut World),
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
    pub fn run(
        cast: &'static Cast,
        seed: u64,
        keys: &Arc<Keys>,
        mutation: Option<Mutation>,
        keep_trace: bool,
    ) -> Report {
        let world = World::new(seed, keys, mutation, keep_trace);
        let sim = Arc::new_cyclic(|sim| Self { cast, world: Mutex::new(world), client: (cast.client)(keys, sim) });
        sim.with(cast.begin);
        sim.advance(i64::MAX);
        sim.with(|w| {
            if w.broken.is_none() {
                (cast.at_rest)(w);
            }
            (cast.count)(w);
            let hash = w.trace.clone().finalize().iter().map(|byte| format!("{byte:02x}")).collect();
            let trace = w.lines.take().unwrap_or_default();
            Report { seed, counts: w.counts, broken: w.broken.clone(), hash, trace }
        })
    }

    /// Looks at the world, or changes it. Never around anything that takes time.
    pub fn with<T>(&self, see: impl FnOnce(&mut World) -> T) -> T {
        see(&mut lock(&self.world))
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
            self.with(self.cast.after_step);
        }
        self.with(|w| w.now = if until == i64::MAX { w.now } else { w.now.max(until) });
    }

    fn happen(&self, event: Event, until: i64) {
        if let Event::Shop(task) = event {
            return self.shop_task(task, until);
        }
        self.with(|w| match event {
            Event::Deposit { .. } | Event::Replay { .. } | Event::GatewayWake | Event::Lost { .. }
                if w.gateway.down_until.is_some() =>
            {
                // The chain waits for the gateway, and so does everything else but a request.
                let up = w.gateway.down_until.unwrap_or(w.now) + 1;
                if !matches!(event, Event::Replay { .. } | Event::GatewayWake) {
                    w.at(up, event);
                }
            }
            Event::Deposit { order_no, cents, currency, network } => {
                w.note(format_args!("deposit {cents} cents {} to {order_no}", currency.code()));
                w.gateway.deposit(w.now, &order_no, cents, currency, network);
                w.wake_gateway();
            }
            Event::Replay { call, path, sign, body } => w.deliver_replay(call, &path, &sign, &body),
            Event::GatewayWake => {
                w.gateway.wake = None;
                w.send_notifications();
                w.wake_gateway();
            }
            Event::Lost { id, by_hand } => {
                w.gateway.attempted(w.now, &id, by_hand, None, false);
                w.wake_gateway();
            }
            Event::GatewayDies => w.gateway_dies(),
            Event::GatewayUp => {
                w.gateway.down_until = None;
                w.note(format_args!("the gateway is back"));
                w.wake_gateway();
            }
            Event::RefundFails { number } => {
                let (fail_code, fail_des) = (String::from("CHAIN"), String::from("the chain refused it"));
                let event = bonuspay_sandbox::gateway::Event::FailRefund { order_no: number, fail_code, fail_des };
                // It may have succeeded before.
                let failed = w.gateway.step(w.now, event).is_ok();
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
                (self.cast.missed)(w, &task);
                return false;
            }
            w.counts.nested += u64::from(w.depth > 0);
            w.depth += 1;
            true
        });
        if runs {
            // A crash ends the task: that is all.
            let _ = (self.cast.shop)(self, task);
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
        let mut result = make(&self.client);
        let lost = matches!(&result, Err(error) if error.outcome() == Outcome::Unknown);
        let once = is_sent_once(name);
        if once && lost && self.with(|w| w.is(Mutation::LibraryResends)) {
            result = make(&self.client);
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
            (self.cast.after_call)(w, &log, said.map(|refused| refused.outcome));
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
