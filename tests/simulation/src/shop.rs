//! A shop that does what the guides say, and no more: the reference for the plugin.
//!
//! What is stored outlives a crash; a task's own variables do not. A change of the store is one transaction
//! ([`Sim::with`]), which reads what it changes, and no call of the library happens inside one.

use bonuspay::json::Value;
use bonuspay::money::Amount;
use bonuspay::order::{OrderIndex, PayScene, PlaceOrder, Price};
use bonuspay::refund::{Origin as RefundOrigin, PlaceRefund, RefundIndex};
use bonuspay::{Money, NotificationKind, Outcome, Response, State};

use crate::event::{Delivery, Event, HOUR, MINUTE, Origin, SECOND, ShopTask};
use crate::keys::SHOP;
use crate::ledger::{Attempt, Flag, OrderState, Phase, RefundRow, Shown, WATCHED};
use crate::mutation::Mutation;
use crate::shopper;
use crate::sim::{Crashed, Refused, Sim};
use crate::world::World;

/// The gateway's own life of an order.
const LIFE: i64 = 2 * HOUR;
/// The first check comes after so long, each next one after ten times as long.
const FIRST_CHECK: i64 = 10 * MINUTE;
/// A check that came to nothing is made again after so long at first, and at the latest.
const AGAIN: (i64, i64) = (10 * MINUTE, 6 * HOUR);
/// A request can arrive so long after it was sent: its time may be 15 minutes ahead of the gateway's, the gateway takes
/// it up to 15 minutes behind, and our clock may have changed by as much without being refused. "Does not exist" is
/// final only afterwards.
const FINAL_AFTER: i64 = 60 * MINUTE;
/// Where refunds go.
const PAYOUT: &str = "TU1PTkFH1DnaRsAP5Aa12YXY2KNgsgm8PD";

/// An order or a refund as an answer tells it.
struct Seen {
    number: Option<String>,
    order_no: Option<String>,
    token: Option<String>,
    payee: Option<String>,
    state: State,
    total: Option<(i128, String)>,
    paid: Option<(i128, String)>,
    expires: Option<i64>,
    bound: bool,
}

impl Seen {
    /// Reads `pointer` of a document.
    fn of(document: &Value, order: &str, state: State, bound: bool) -> Self {
        let get = |name: &str| document.pointer(&format!("{order}/{name}")).and_then(Value::scalar);
        let text = |name: &str| get(name).map(str::to_owned);
        let money = |name: &str| {
            let amount = Amount::parse(get(&format!("{name}/amount"))?).ok()?;
            Some((units(&amount)?, text(&format!("{name}/currency"))?))
        };
        Self {
            number: text("merchantOrderNo"),
            order_no: text("orderNo"),
            token: text("reserved"),
            payee: text("payeeMid"),
            state,
            total: money("totalAmount"),
            paid: money("paymentInfo/paidAmount"),
            expires: get("expiredTime").and_then(|time| time.parse().ok()),
            bound,
        }
    }

    fn answered(response: &Response) -> Self {
        Self::of(response.document(), "/acquireOrder", response.state(), response.matches_request())
    }

    /// Whether this is our attempt and nobody else's (R17, R18, R32).
    fn is_of(&self, attempt: &Attempt) -> bool {
        let same = |said: &Option<String>, ours: &str| said.as_deref().is_none_or(|said| said == ours);
        self.bound
            && self.order_no.is_some()
            && same(&self.number, &attempt.number)
            && same(&self.token, &attempt.token)
            && same(&self.payee, SHOP)
            && attempt.order_no.as_deref().is_none_or(|ours| self.order_no.as_deref() == Some(ours))
    }
}

/// An amount in hundred-millionths; none if it has more decimals.
fn units(amount: &Amount) -> Option<i128> {
    let mut decimal = amount.decimal().normalize();
    if decimal.scale() > 8 {
        return None;
    }
    decimal.rescale(8);
    Some(decimal.mantissa())
}

const fn of_cents(cents: i64) -> i128 {
    cents as i128 * 1_000_000
}

fn money(units: i128) -> Money {
    let text = format!("{}.{:08}", units / 100_000_000, units % 100_000_000);
    Money::new(&text, "USDT").unwrap_or_else(|_| unreachable!("{text} is an amount"))
}

/// A task finds the shop's machine down.
pub fn missed(w: &mut World, task: &ShopTask) {
    match task {
        ShopTask::Notified(delivery) => w.answered(delivery, None, false),
        // Cron comes by itself when the machine is up; people come back.
        ShopTask::Cron => {}
        _ => w.after(30 * MINUTE, Event::Shop(task.clone())),
    }
}

impl World {
    /// The gateway learns what became of a notification.
    fn answered(&mut self, delivery: &Delivery, status: Option<u16>, delivered: bool) {
        if let Some((id, by_hand)) = &delivery.id
            && self.gateway.down_until.is_none()
        {
            let (id, by_hand) = (id.clone(), *by_hand);
            self.gateway.attempted(self.now, &id, by_hand, status, delivered);
            self.wake_gateway();
        }
    }
}

/// Does what is to be done.
///
/// # Errors
/// [`Crashed`] where the machine, or this worker of it, died.
pub fn run(sim: &Sim, task: ShopTask) -> Result<(), Crashed> {
    match task {
        ShopTask::Visit(order) => {
            let shown = checkout(sim, order)?;
            sim.with(|w| shopper::sees(w, order, shown));
            Ok(())
        }
        ShopTask::Notified(delivery) => {
            let early = sim.with(|w| w.is(Mutation::AnsweredFirst));
            if early {
                sim.with(|w| w.answered(&delivery, Some(200), true));
            }
            let answer = notified(sim, &delivery);
            if !early {
                let status = answer.as_ref().map_or(None, |delivered| Some(if *delivered { 200 } else { 503 }));
                sim.with(|w| w.answered(&delivery, status, matches!(answer, Ok(true))));
            }
            answer.map(drop)
        }
        ShopTask::Cron => {
            sim.with(|w| w.shop.cron_at = None);
            cron(sim)
        }
        ShopTask::Review(order) => review(sim, order),
        ShopTask::Change(order, due) => {
            sim.with(|w| {
                if let Some(order) = w.shop.orders.get_mut(order).filter(|order| order.state == OrderState::Open) {
                    order.due = due;
                }
            });
            Ok(())
        }
        ShopTask::Cancel(order) => cancel(sim, order),
    }
}

/// A place where a worker, or the whole machine, may die.
fn point(sim: &Sim, place: &str) -> Result<(), Crashed> {
    sim.with(|w| {
        let odds = w.shop.crashes_in;
        if odds == 0 || !w.rng.hit(1, odds) {
            return Ok(());
        }
        w.note(format_args!("a crash: {place}"));
        if w.rng.hit(1, 2) {
            w.shop_dies();
        } else {
            w.counts.shop_crashes += 1;
        }
        Err(Crashed)
    })
}

/// The payment page: the live attempt again, or a new one when all earlier are dead for certain (R38).
fn checkout(sim: &Sim, order: usize) -> Result<Shown, Crashed> {
    for _ in 0..3 {
        let live = sim.with(|w| {
            let left_open = w.is(Mutation::EarlierAttemptLeftOpen);
            let shop_order = w.shop.orders.get(order).filter(|order| order.state == OrderState::Open)?;
            let live = |attempt: &&Attempt| matches!(attempt.phase, Phase::Saved | Phase::Placed);
            let mut live = shop_order.attempts.iter().filter(live);
            if left_open {
                return live
                    .find(|attempt| attempt.due == shop_order.due)
                    .map(|attempt| (attempt.number.clone(), true));
            }
            live.next().map(|attempt| (attempt.number.clone(), attempt.due == shop_order.due))
        });
        match live {
            Some((number, true)) if sim.with(|w| w.asks_first(&number)) => {
                if check(sim, &number)? != Checked::NotThere {
                    return place(sim, &number);
                }
            }
            Some((number, true)) => return place(sim, &number),
            Some((number, false)) => {
                if !retire(sim, &number)? {
                    return Ok(None);
                }
            }
            None => {
                let Some(attempt) = sim.with(|w| new_attempt(w, order)) else { return Ok(None) };
                let number = attempt.number.clone();
                if sim.with(|w| w.is(Mutation::SavedAfterSending)) {
                    return place_unsaved(sim, order, attempt);
                }
                // The number is stored before anything is sent (R35). Two tabs that come here at once get the same.
                let stored = sim.with(|w| store_attempt(w, order, attempt));
                point(sim, "the number is stored")?;
                if stored {
                    return place(sim, &number);
                }
            }
        }
    }
    Ok(None)
}

impl World {
    /// Who takes "does not exist" for dead asks before he places again.
    fn asks_first(&self, number: &str) -> bool {
        let saved = self.shop.attempt(number).is_some_and(|attempt| attempt.phase == Phase::Saved && attempt.sent);
        saved && self.is(Mutation::NotExistIsDead)
    }
}

fn new_attempt(w: &mut World, order: usize) -> Option<Attempt> {
    let now = w.shop_now();
    let token = w.rng.below(u64::MAX);
    let shop_order = w.shop.orders.get(order).filter(|order| order.state == OrderState::Open)?;
    Some(Attempt {
        number: format!("wp_{}-{}", 1001 + order, shop_order.attempts.len() + 1),
        token: format!("{token:016x}"),
        due: shop_order.due,
        order_no: None,
        phase: Phase::Saved,
        accepted: false,
        seen: 0,
        sent: false,
        expires: now + LIFE,
        checks: 0,
        fails: 0,
        next_check: Some(now + FIRST_CHECK),
    })
}

/// False when another worker was faster.
fn store_attempt(w: &mut World, order: usize, attempt: Attempt) -> bool {
    let Some(shop_order) = w.shop.orders.get_mut(order) else { return false };
    if shop_order.attempts.iter().any(|known| known.number == attempt.number) {
        return false;
    }
    shop_order.attempts.push(attempt);
    true
}

fn place_unsaved(sim: &Sim, order: usize, attempt: Attempt) -> Result<Shown, Crashed> {
    let request = sim.with(|w| request_of(w, &attempt));
    let placed = sim.call("place_order", |client| client.place_order(&request))?;
    point(sim, "the number is not stored yet")?;
    let number = attempt.number.clone();
    sim.with(|w| store_attempt(w, order, attempt));
    match placed {
        Ok(reply) => take_placed(sim, &number, reply.response()),
        Err(_) => Ok(None),
    }
}

fn request_of(w: &World, attempt: &Attempt) -> PlaceOrder {
    let price = Price::Total(money(of_cents(attempt.due)));
    let scene = match w.shop.checkout {
        true => PayScene::checkout("https://shop.example/thanks"),
        false => PayScene::chain("TRON"),
    };
    let mut request = PlaceOrder::new(&attempt.number, "Order", price, scene);
    request.notify_url = Some("https://shop.example/notify".into());
    request.reserved = Some(attempt.token.clone());
    request
}

/// Place Order, for the first time or again: it is idempotent by its number.
fn place(sim: &Sim, number: &str) -> Result<Shown, Crashed> {
    let Some(request) = sim.with(|w| w.shop.attempt(number).map(|attempt| request_of(w, attempt))) else {
        return Ok(None);
    };
    let result = sim.call("place_order", |client| client.place_order(&request))?;
    sim.with(|w| {
        if let Some((order, index)) = w.shop.both(number) {
            order.attempts[index].sent = true;
        }
    });
    match result {
        Ok(reply) => take_placed(sim, number, reply.response()),
        Err(refused) => {
            sim.with(|w| {
                if refused.outcome == Outcome::Unknown
                    && w.is(Mutation::NewNumberAfterUnknown)
                    && let Some((order, index)) = w.shop.both(number)
                {
                    order.attempts[index].phase = Phase::Dead;
                }
            });
            Ok(None)
        }
    }
}

fn take_placed(sim: &Sim, number: &str, response: &Response) -> Result<Shown, Crashed> {
    let seen = Seen::answered(response);
    point(sim, "the answer to Place Order is not stored yet")?;
    let payable = response.get("/interactionParams/address").is_some() || response.checkout_url().is_some();
    Ok(sim.with(|w| {
        if !observe(w, number, &seen, None) || !payable || seen.state != State::Pending {
            return None;
        }
        let attempt = w.shop.attempt(number)?;
        Some((attempt.order_no.clone()?, attempt.due))
    }))
}

/// Makes an attempt dead for certain, by Cancel and then Get Order. False when that is not (yet) so.
fn retire(sim: &Sim, number: &str) -> Result<bool, Crashed> {
    let index = OrderIndex::Merchant(number.to_owned());
    // Whatever it says: Get Order is the proof.
    let _ = sim.call("cancel_order", |client| client.cancel_order(&index))?;
    point(sim, "cancelled, but not confirmed")?;
    check(sim, number)?;
    let phase = sim.with(|w| w.shop.attempt(number).map(|attempt| attempt.phase));
    if phase == Some(Phase::Saved) {
        // It may be on its way, and cannot be cancelled before it is there: place it, to cancel it the next time.
        place(sim, number)?;
    }
    Ok(phase == Some(Phase::Dead))
}

fn cancel(sim: &Sim, order: usize) -> Result<(), Crashed> {
    let live = sim.with(|w| {
        let shop_order = w.shop.orders.get_mut(order).filter(|order| order.state == OrderState::Open)?;
        shop_order.state = OrderState::Cancelled;
        let live = |attempt: &&Attempt| matches!(attempt.phase, Phase::Saved | Phase::Placed);
        shop_order.attempts.iter().find(live).map(|attempt| attempt.number.clone())
    });
    point(sim, "cancelled here, not there")?;
    if let Some(number) = live {
        retire(sim, &number)?;
    }
    Ok(())
}

/// The one function that decides by what the gateway said, whoever asked (R43). It reads the state anew, in the same
/// transaction in which it changes it. False when the answer does not speak of this attempt.
fn observe(w: &mut World, number: &str, seen: &Seen, read_before: Option<OrderState>) -> bool {
    let (amount_ignored, identity_ignored) = (w.is(Mutation::AmountIgnored), w.is(Mutation::IdentityIgnored));
    let Some((order, index)) = w.shop.both(number) else { return false };
    let attempt = &mut order.attempts[index];
    if !seen.is_of(attempt) && !identity_ignored {
        w.counts.foreign += 1;
        w.note(format_args!("{number}: the answer speaks of something else"));
        return false;
    }
    if attempt.order_no.is_none() {
        attempt.order_no.clone_from(&seen.order_no);
    }
    if attempt.phase == Phase::Saved {
        attempt.phase = Phase::Placed;
    }
    if let Some(expires) = seen.expires {
        attempt.expires = expires;
    }
    let due = of_cents(attempt.due);
    match seen.state {
        State::Succeeded => {
            let in_coin = |money: &Option<(i128, String)>| match money {
                Some((amount, currency)) if currency == "USDT" => Some(*amount),
                _ => None,
            };
            let (total, paid) = (in_coin(&seen.total), in_coin(&seen.paid));
            let Some(paid) = paid else { return amount_ignored };
            attempt.seen = attempt.seen.max(paid);
            let enough = total == Some(due) && (paid >= due || attempt.accepted && paid > 0);
            if !enough && !amount_ignored {
                order.flags.insert(Flag::Underpaid);
                return true;
            }
            attempt.phase = Phase::Paid;
            let over = paid > due;
            if over {
                order.flags.insert(Flag::Overpaid);
            }
            match read_before.unwrap_or(order.state) {
                OrderState::Open => {
                    order.state = OrderState::Paid;
                    order.completions += 1;
                    order.paid_by = Some(number.to_owned());
                    w.note(format_args!("{number}: paid, {paid} of {due}"));
                }
                OrderState::Paid if order.paid_by.as_deref() != Some(number) => {
                    order.flags.insert(Flag::DoublePayment);
                }
                OrderState::Paid => {}
                OrderState::Cancelled => {
                    order.flags.insert(Flag::MoneyOnDead);
                }
            }
        }
        State::Failed if attempt.phase != Phase::Paid => attempt.phase = Phase::Dead,
        State::Refunded if attempt.phase != Phase::Paid => {
            attempt.phase = Phase::Dead;
            order.flags.insert(Flag::MoneyOnDead);
        }
        _ => {}
    }
    true
}

/// What a check came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Checked {
    /// The gateway told of the attempt.
    Told,
    /// The gateway does not know it.
    NotThere,
    /// Nobody knows.
    Failed,
}

/// Get Order: the proof.
fn check(sim: &Sim, number: &str) -> Result<Checked, Crashed> {
    let index = OrderIndex::Merchant(number.to_owned());
    let (before, trusting) = sim.with(|w| {
        let order = w.shop.find(number).and_then(|(order, _)| w.shop.orders.get(order)).map(|order| order.state);
        (order.filter(|_| w.is(Mutation::DecidedByOldState)), w.is(Mutation::IdentityIgnored))
    });
    let mut raw = Vec::new();
    let result = sim.call("get_order", |client| client.get_order(&index))?;
    if trusting {
        raw = sim.with(|w| std::mem::take(&mut w.network.last_raw));
    }
    point(sim, "the answer to Get Order is not stored yet")?;
    Ok(sim.with(|w| match result {
        Ok(reply) => {
            if observe(w, number, &Seen::answered(reply.response()), before) {
                Checked::Told
            } else {
                Checked::Failed
            }
        }
        Err(_) if trusting && told_success(&raw) => {
            let document = Value::parse(&raw).unwrap_or(Value::Null);
            let seen = Seen::of(&document, "/body/acquireOrder", State::Succeeded, true);
            if observe(w, number, &seen, before) { Checked::Told } else { Checked::Failed }
        }
        Err(refused) => not_told(w, number, &refused),
    }))
}

/// For [`Mutation::IdentityIgnored`]: the library would have compared.
fn told_success(raw: &[u8]) -> bool {
    let document = Value::parse(raw).unwrap_or(Value::Null);
    document.pointer("/body/acquireOrder/status").and_then(Value::text) == Some("SUCCESS")
}

fn not_told(w: &mut World, number: &str, refused: &Refused) -> Checked {
    let not_there = refused.outcome == Outcome::Rejected && refused.code.as_deref() == Some("77004");
    let dead = not_there && w.is(Mutation::NotExistIsDead);
    match w.shop.both(number) {
        // We know better: it is there.
        Some((order, index)) if order.attempts[index].order_no.is_some() => Checked::Failed,
        Some((order, index)) if not_there => {
            if dead {
                order.attempts[index].phase = Phase::Dead;
            }
            Checked::NotThere
        }
        _ => Checked::Failed,
    }
}

/// Get PaymentEventList: what came in that Get Order does not tell. False when nobody knows.
fn check_events(sim: &Sim, number: &str) -> Result<bool, Crashed> {
    let index = OrderIndex::Merchant(number.to_owned());
    let reply = match sim.call("get_payment_events", |client| client.get_payment_events(&index))? {
        Ok(reply) => reply,
        Err(refused) => return Ok(sim.with(|w| not_told(w, number, &refused) == Checked::NotThere)),
    };
    point(sim, "the payment events are not stored yet")?;
    sim.with(|w| {
        let any_chain = w.shop.checkout;
        let Some((order, index)) = w.shop.both(number) else { return };
        let attempt = &mut order.attempts[index];
        let (mut counted, mut other) = (0, false);
        for event in &reply.payment_deposit_event_list {
            let in_coin = event.amount.as_ref().filter(|money| money.currency == "USDT");
            let on_chain = any_chain || event.network.as_deref() == Some("TRON");
            match in_coin.and_then(|money| units(&money.amount)) {
                Some(units) if on_chain => counted += units,
                _ => other = true,
            }
        }
        attempt.seen = attempt.seen.max(counted);
        let due = of_cents(attempt.due);
        let ours = order.paid_by.as_deref() == Some(number);
        let flag = match (attempt.phase, order.state) {
            _ if counted == 0 => None,
            (Phase::Dead, _) | (_, OrderState::Cancelled) => Some(Flag::MoneyOnDead),
            (_, OrderState::Paid) if !ours => Some(Flag::DoublePayment),
            (Phase::Paid, _) => (counted > due).then_some(Flag::Overpaid),
            _ => (counted < due).then_some(Flag::Underpaid),
        };
        order.flags.extend(flag);
        order.flags.extend(other.then_some(Flag::NotCounted));
    });
    Ok(true)
}

/// A notification: verified, matched, put down, and then asked about (R17 to R22). True is `SUCCESS`.
fn notified(sim: &Sim, delivery: &Delivery) -> Result<bool, Crashed> {
    let partner = Some(delivery.partner_id.as_bytes());
    let verified = sim.client.verify_notification(delivery.body.as_bytes(), delivery.sign.as_bytes(), partner);
    let Ok(message) = verified else {
        sim.with(|w| {
            w.counts.forged += 1;
            w.note(format_args!("a notification is refused"));
            if delivery.origin != Origin::Forged {
                w.broke("a genuine notification verifies".into());
            }
        });
        return Ok(false);
    };
    if delivery.origin == Origin::Forged {
        sim.with(|w| w.broke("a forged notification does not verify".into()));
    }
    if message.kind() == NotificationKind::Refund {
        let number = message.get("/refundOrder/refundMerchantOrderNo").unwrap_or_default().to_owned();
        let known = sim.with(|w| {
            let now = w.shop_now();
            let (order, index) = w.shop.refund(&number)?;
            let row = &mut order.refunds[index];
            if row.state == State::Pending {
                row.next_check = Some(now + MINUTE);
            }
            Some(row.state)
        });
        return match known {
            None => Ok(false),
            Some(State::Pending) => {
                ask_refund(sim, &number)?;
                Ok(sim.with(|w| w.shop.refund(&number).is_some_and(|(o, i)| o.refunds[i].state != State::Pending)))
            }
            Some(_) => Ok(true),
        };
    }
    let seen = Seen::of(message.document(), "/acquireOrder", message.state(), true);
    let number = seen.number.clone().unwrap_or_default();
    let put_down = sim.with(|w| {
        let now = w.shop_now();
        let trusting = w.is(Mutation::NotificationTrusted);
        let ours = w.shop.attempt(&number).is_some_and(|attempt| seen.is_of(attempt));
        w.note(format_args!("a notification for {number}: {:?}, ours: {ours}", seen.state));
        if trusting {
            if let Some((order, index)) = w.shop.both(&number) {
                order.attempts[index].order_no.clone_from(&seen.order_no);
                order.attempts[index].token = seen.token.clone().unwrap_or_default();
            }
            let seen = Seen { payee: None, ..Seen::of(message.document(), "/acquireOrder", message.state(), true) };
            observe(w, &number, &seen, None);
            return Some(true);
        }
        if !ours {
            w.counts.foreign += 1;
            return None;
        }
        let (order, index) = w.shop.both(&number)?;
        let attempt = &mut order.attempts[index];
        let known = match attempt.phase {
            Phase::Paid => true,
            Phase::Dead => seen.state == State::Failed,
            _ => false,
        };
        if !known {
            // If this worker dies now, the queue will ask.
            attempt.next_check = Some(now + MINUTE);
        }
        Some(known)
    });
    match put_down {
        None => return Ok(false),
        Some(true) => return Ok(true),
        Some(false) => {}
    }
    point(sim, "the notification is put down, not handled")?;
    let checked = check(sim, &number)?;
    Ok(sim.with(|w| {
        plan(w, &number, checked == Checked::Told);
        // A notification of SUCCESS that Get Order does not confirm comes again.
        let phase = w.shop.attempt(&number).map(|attempt| attempt.phase);
        let flagged = w.shop.find(&number).is_some_and(|(order, _)| !w.shop.orders[order].flags.is_empty());
        let confirmed = seen.state != State::Succeeded || phase == Some(Phase::Paid) || flagged;
        checked == Checked::Told && confirmed
    }))
}

/// When to look at an attempt again.
fn plan(w: &mut World, number: &str, done: bool) {
    let now = w.shop_now();
    let forgotten = w.is(Mutation::DeadIsForgotten);
    let watches_surplus = w.shop.watches_surplus;
    let Some((order, index)) = w.shop.both(number) else { return };
    let attempt = &mut order.attempts[index];
    let last = attempt.expires + WATCHED;
    if !done {
        let pause = AGAIN.0 << attempt.fails.min(10);
        attempt.fails += 1;
        attempt.next_check = Some(now + pause.min(AGAIN.1));
        return;
    }
    attempt.fails = 0;
    let unwatched = attempt.phase == Phase::Paid && !watches_surplus;
    if now >= last || unwatched || forgotten && attempt.phase == Phase::Dead {
        attempt.next_check = None;
        return;
    }
    attempt.checks += 1;
    let pause = FIRST_CHECK * 10_i64.pow(attempt.checks.min(4));
    let last = last.max(now + MINUTE);
    let middle = attempt.expires + WATCHED / 3;
    attempt.next_check = Some(match attempt.phase {
        // What comes late for a paid attempt is a surplus: the last look finds it.
        Phase::Paid => last,
        // Money for a dead one is told by nobody, and may have come at once.
        Phase::Dead if now < middle => middle,
        Phase::Dead => last,
        Phase::Saved | Phase::Placed => last.min(now + pause),
    });
}

/// The queue: whatever is due, one after the other.
fn cron(sim: &Sim) -> Result<(), Crashed> {
    let (attempts, refunds) = sim.with(|w| {
        let now = w.shop_now();
        let due = |next: Option<i64>| next.is_some_and(|next| next <= now);
        let attempts = w.shop.orders.iter().flat_map(|order| &order.attempts).filter(|attempt| due(attempt.next_check));
        let refunds = w.shop.orders.iter().flat_map(|order| &order.refunds).filter(|row| due(row.next_check));
        let attempts: Vec<String> = attempts.map(|attempt| attempt.number.clone()).collect();
        (attempts, refunds.map(|row| row.number.clone()).collect::<Vec<_>>())
    });
    for number in attempts {
        look(sim, &number)?;
    }
    for number in refunds {
        check_refund(sim, &number)?;
    }
    Ok(())
}

/// Looks at an attempt: at its order, and at its money where Get Order does not tell all.
fn look(sim: &Sim, number: &str) -> Result<(), Crashed> {
    let Some((phase, expired, ended)) = sim.with(|w| {
        let now = w.shop_now();
        let (order, index) = w.shop.both(number)?;
        let attempt = &mut order.attempts[index];
        attempt.next_check.filter(|next| *next <= now)?;
        // Taken: no other worker does the same, and if this one dies another one will.
        attempt.next_check = Some(now + AGAIN.0);
        Some((attempt.phase, now >= attempt.expires, now >= attempt.expires + WATCHED))
    }) else {
        return Ok(());
    };
    let done = match phase {
        Phase::Saved | Phase::Placed => {
            let known = check(sim, number)?;
            let told = known == Checked::Told;
            known != Checked::Failed && (!told || !expired || check_events(sim, number)?)
        }
        // Nothing but money can change these.
        Phase::Dead if check_events(sim, number)? => {
            let seen = sim.with(|w| w.shop.attempt(number).is_some_and(|attempt| attempt.seen > 0));
            !seen || check(sim, number)? == Checked::Told
        }
        Phase::Paid => check_events(sim, number)?,
        Phase::Dead => false,
    };
    // An order that is settled elsewhere leaves no attempt open.
    let surplus = sim.with(|w| {
        let settled = w.shop.find(number).is_some_and(|(order, _)| w.shop.orders[order].state != OrderState::Open);
        settled && w.shop.attempt(number).is_some_and(|attempt| attempt.phase == Phase::Placed)
    });
    if surplus && done && !ended {
        let index = OrderIndex::Merchant(number.to_owned());
        let _ = sim.call("cancel_order", |client| client.cancel_order(&index))?;
    }
    sim.with(|w| plan(w, number, done));
    Ok(())
}

/// The merchant looks at an order: gives money back, or takes what came.
fn review(sim: &Sim, order: usize) -> Result<(), Crashed> {
    let accepted = sim.with(|w| {
        let accepts = w.rng.hit(1, 3);
        let shop_order = w.shop.orders.get_mut(order)?;
        let open = shop_order.state == OrderState::Open && shop_order.flags.contains(&Flag::Underpaid);
        let attempt =
            shop_order.attempts.iter_mut().find(|attempt| attempt.phase == Phase::Placed && attempt.seen > 0)?;
        if !open || !accepts {
            return None;
        }
        attempt.accepted = true;
        Some(attempt.number.clone())
    });
    if let Some(number) = accepted {
        point(sim, "accepted here, not there")?;
        let index = OrderIndex::Merchant(number.clone());
        let _ = sim.call("accept_order", |client| client.accept_order(&index))?;
        let done = check(sim, &number)? != Checked::Failed;
        sim.with(|w| plan(w, &number, done));
        return Ok(());
    }
    let row = sim.with(|w| new_refund(w, order));
    let Some(number) = row else { return Ok(()) };
    point(sim, "the refund's number is stored")?;
    send_refund(sim, &number)
}

/// The number is stored, and the money set aside, before anything is sent (R46, R47).
fn new_refund(w: &mut World, order: usize) -> Option<String> {
    let (part, late) = (w.rng.below(3), w.shop_now());
    let shop_order = w.shop.orders.get_mut(order)?;
    let given = |attempt: &Attempt| -> i128 {
        let rows = shop_order.refunds.iter().filter(|row| row.attempt == attempt.number && row.state != State::Failed);
        rows.map(|row| row.amount).sum()
    };
    let (attempt, left) = shop_order
        .attempts
        .iter()
        .map(|attempt| (attempt, attempt.seen - given(attempt)))
        .find(|(_, left)| *left > 0)?;
    let amount = if part == 0 { left } else { (left * 3 / 5 / 1_000_000).max(1) * 1_000_000 };
    let amount = amount.min(left);
    let number = format!("wp_{}-r{}", 1001 + order, shop_order.refunds.len() + 1);
    let row = RefundRow {
        number: number.clone(),
        attempt: attempt.number.clone(),
        amount,
        state: State::Pending,
        sent_at: None,
        rejected: false,
        sends: 0,
        fails: 0,
        next_check: Some(late + 5 * MINUTE),
    };
    shop_order.refunds.push(row);
    Some(number)
}

fn send_refund(sim: &Sim, number: &str) -> Result<(), Crashed> {
    let Some(request) = sim.with(|w| {
        let now = w.shop_now();
        let (order, index) = w.shop.refund(number)?;
        let row = &mut order.refunds[index];
        row.sent_at = Some(now);
        row.sends += 1;
        row.rejected = false;
        let origin = RefundOrigin::Merchant(row.attempt.clone());
        let mut request = PlaceRefund::to_address(&row.number, origin, money(row.amount), "TRON", PAYOUT);
        request.notify_url = Some("https://shop.example/notify".into());
        Some(request)
    }) else {
        return Ok(());
    };
    let result = sim.call("refund", |client| client.refund(&request))?;
    point(sim, "the answer to the refund is not stored yet")?;
    let again = sim.with(|w| {
        let again = w.is(Mutation::RefundAgainUnderNewNumber);
        match result {
            Ok(reply) => observe_refund(w, number, reply.response()),
            Err(refused) => {
                if let Some((order, index)) = w.shop.refund(number) {
                    order.refunds[index].rejected = refused.outcome == Outcome::Rejected;
                    if again && refused.outcome == Outcome::Unknown {
                        let row = &mut order.refunds[index];
                        row.state = State::Failed;
                        row.next_check = None;
                        let mut copy = row.clone();
                        copy.number = format!("{}x", row.number);
                        copy.state = State::Pending;
                        let number = copy.number.clone();
                        order.refunds.push(copy);
                        return Some(number);
                    }
                }
            }
        }
        None
    });
    match again {
        Some(number) => send_refund(sim, &number),
        None => Ok(()),
    }
}

fn observe_refund(w: &mut World, number: &str, response: &Response) {
    let get = |name: &str| response.get(&format!("/refundOrder/{name}"));
    let same = get("refundMerchantOrderNo") == Some(number);
    let state = response.state();
    if let (Some((order, index)), true) = (w.shop.refund(number), response.matches_request() && same) {
        let row = &mut order.refunds[index];
        if row.state == State::Pending && matches!(state, State::Succeeded | State::Failed) {
            row.state = state;
            row.next_check = None;
        }
        w.note(format_args!("{number}: {state:?}"));
    }
}

/// The queue asks for a refund. See [`ask_refund`].
///
/// Get Refund Order; and only where that says "does not exist" after any copy must have arrived, the same number again.
fn check_refund(sim: &Sim, number: &str) -> Result<(), Crashed> {
    let due = sim.with(|w| {
        let now = w.shop_now();
        let Some((order, index)) = w.shop.refund(number) else { return false };
        let row = &mut order.refunds[index];
        let due = row.next_check.is_some_and(|at| at <= now);
        if due {
            row.next_check = Some(now + AGAIN.0);
        }
        due
    });
    if due { ask_refund(sim, number) } else { Ok(()) }
}

fn ask_refund(sim: &Sim, number: &str) -> Result<(), Crashed> {
    let index = RefundIndex::Merchant(number.to_owned());
    let result = sim.call("get_refund", |client| client.get_refund(&index))?;
    point(sim, "the answer to Get Refund is not stored yet")?;
    let again = sim.with(|w| {
        let now = w.shop_now();
        let not_there = match &result {
            Ok(reply) => {
                observe_refund(w, number, reply.response());
                false
            }
            Err(refused) => refused.outcome == Outcome::Rejected && refused.code.as_deref() == Some("77004"),
        };
        let (order, index) = w.shop.refund(number)?;
        let row = &mut order.refunds[index];
        if row.state != State::Pending {
            return None;
        }
        let pause = (2 * MINUTE) << row.fails.min(8);
        row.fails += 1;
        row.next_check = Some(now + pause.min(6 * HOUR));
        let final_at = row.sent_at.map_or(now, |sent| sent + FINAL_AFTER);
        let settled = now >= final_at;
        if not_there && !settled {
            row.next_check = Some(final_at);
        }
        if !not_there || !settled {
            return None;
        }
        if row.rejected {
            row.state = State::Failed;
            row.next_check = None;
            return None;
        }
        if row.sends >= 5 {
            row.next_check = None;
            order.flags.insert(Flag::RefundUnclear);
            return None;
        }
        Some(())
    });
    if again.is_some() {
        sim.with(|w| {
            w.counts.steps += 1;
            let soon = w.shop_now() + 30 * SECOND;
            if let Some((order, index)) = w.shop.refund(number) {
                order.refunds[index].next_check = Some(soon);
            }
        });
        return send_refund(sim, number);
    }
    Ok(())
}
