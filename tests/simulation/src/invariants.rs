//! What must hold, whatever happens.

use std::collections::BTreeMap;

use bonuspay::{Outcome, State};
use bonuspay_sandbox::gateway::order::{Order, OrderStatus};
use bonuspay_sandbox::gateway::refund::RefundStatus;
use bonuspay_sandbox::money::Amount;

use crate::keys::SHOP;
use crate::ledger::{Flag, OrderState, Phase, WATCHED, by_number};
use crate::world::{CallLog, World, is_sent_once};

/// After every event.
pub fn after_step(w: &mut World) {
    if let Err(promise) = look(w) {
        w.broke(promise);
    }
}

fn own(w: &World) -> impl Iterator<Item = &Order> {
    w.gateway.core().orders().filter(|order| order.partner_id == SHOP)
}

fn look(w: &World) -> Result<(), String> {
    let attempts = by_number(&w.shop);
    let known: BTreeMap<&str, &Order> = own(w).map(|order| (order.request.merchant_order_no.as_str(), order)).collect();

    for order in own(w) {
        let number = order.request.merchant_order_no.as_str();
        // The shop knows the number before the gateway does.
        let Some((shop_order, _)) = attempts.get(number) else {
            return Err(format!("{number} is stored before it is sent"));
        };
        // What was paid is seen within 72 hours.
        if let Some(since) = w.gateway.paid_since.get(&order.order_no)
            && w.now > since + WATCHED
            && shop_order.state != OrderState::Paid
            && shop_order.flags.is_empty()
        {
            return Err(format!("{number} was paid {} ms ago, and the shop has not seen it", w.now - since));
        }
        // No refunds beyond what was received.
        let refunds = w.gateway.core().refunds().filter(|refund| refund.origin_order_no == order.order_no);
        let live = refunds.filter(|refund| refund.status != RefundStatus::Failure);
        let given: Amount = live.map(|refund| refund.request.amount.amount).sum();
        if given > order.received() {
            return Err(format!("{number}: {given} refunded of {}", order.received()));
        }
    }

    for (index, order) in w.shop.orders.iter().enumerate() {
        if order.completions > 1 {
            return Err(format!("order {index} is completed once, not {} times", order.completions));
        }
        if order.state == OrderState::Paid {
            let paid_by =
                order.paid_by.as_deref().and_then(|number| Some((known.get(number), attempts.get(number)?.1)));
            let Some((Some(real), attempt)) = paid_by else {
                return Err(format!("order {index} is paid by an order that the gateway knows"));
            };
            let enough =
                real.received() >= real.due.amount && real.due.amount.units() == i128::from(attempt.due) * 1_000_000;
            let accepted = attempt.accepted && real.received() > Amount::ZERO;
            if !enough && !accepted {
                return Err(format!("order {index} is taken as paid with {} of {}", real.received(), real.due.amount));
            }
        }
        let payable = |order: &&&Order| order.status == OrderStatus::Created && !order.is_expired(w.now);
        let open =
            order.attempts.iter().filter_map(|attempt| known.get(attempt.number.as_str())).filter(payable).count();
        if open > 1 {
            return Err(format!("order {index} has {open} payable attempts at once"));
        }
    }

    for refund in w.gateway.core().refunds().filter(|refund| refund.partner_id == SHOP) {
        let number = refund.request.refund_merchant_order_no.as_str();
        let row = w.shop.orders.iter().flat_map(|order| &order.refunds).find(|row| row.number == number);
        let Some(row) = row else {
            return Err(format!("refund {number} is stored before it is sent"));
        };
        if row.amount != refund.request.amount.amount.units() {
            return Err(format!("refund {number} has the amount that was meant"));
        }
        if row.state == State::Failed && refund.status != RefundStatus::Failure {
            return Err(format!("refund {number} was made, and the shop takes it for failed"));
        }
        if row.state == State::Succeeded && refund.status != RefundStatus::Success {
            return Err(format!("refund {number} was not made, and the shop takes it for done"));
        }
    }

    // SUCCESS is said only when what it is about has been seen to.
    for notification in w.gateway.core().notifications().filter(|notification| notification.partner_id == SHOP) {
        let told = notification.attempts.last().is_some_and(|attempt| attempt.delivered);
        if told
            && notification.status == "SUCCESS"
            && let Some((order, attempt)) = attempts.get(notification.merchant_order_no.as_str())
            && attempt.phase != Phase::Paid
            && order.flags.is_empty()
        {
            return Err(format!("the notification {} was answered before it was handled", notification.id));
        }
    }
    Ok(())
}

/// After each call of the library: its word against the gateway's journal.
pub fn after_call(w: &mut World, log: &CallLog, outcome: Option<Outcome>) {
    let once = is_sent_once(log.name);
    let (id, name) = (log.id, log.name);
    if once && (log.posts > 1 || log.fresh != log.posts) {
        w.broke(format!("call {id} ({name}) is sent once, on a fresh connection: {} requests", log.posts));
    }
    if log.posts > 6 {
        w.broke(format!("call {id} ({name}) made {} requests", log.posts));
    }
    match outcome {
        None if log.tampered => w.broke(format!("call {id} ({name}) believed a forged answer")),
        None => {}
        Some(Outcome::NotSent) => {
            w.counts.not_sent += 1;
            w.not_sent.push(id);
            if log.delivered > 0 {
                w.broke(format!("call {id} ({name}) was told as not sent, and the gateway saw it"));
            }
        }
        Some(Outcome::Rejected) => {
            w.counts.rejected += 1;
            // A genuine refusal of another request cannot be told from one of this: answers are not bound to requests.
            if (log.acted > 0 || log.tampered) && !log.replayed_refusal {
                w.broke(format!("call {id} ({name}) was told as rejected, and the gateway did it"));
            }
        }
        Some(Outcome::Unknown) => w.counts.unknown += 1,
    }
    if log.tampered && outcome.is_some() {
        w.counts.forged += 1;
    }
}

/// When nothing more will happen.
pub fn at_rest(w: &mut World) {
    if let Err(promise) = rest(w) {
        w.broke(promise);
    }
}

fn rest(w: &World) -> Result<(), String> {
    let attempts = by_number(&w.shop);
    for order in own(w) {
        let number = order.request.merchant_order_no.as_str();
        let Some((shop_order, _)) = attempts.get(number) else { continue };
        let pays = shop_order.state == OrderState::Paid && shop_order.paid_by.as_deref() == Some(number);
        let received = order.received();
        // What comes after the payment is looked for only where the merchant wants it.
        if pays && !w.shop.watches_surplus {
            continue;
        }
        if order.deposits.iter().any(|deposit| !deposit.counted) && !shop_order.flags.contains(&Flag::NotCounted) {
            return Err(format!("{number}: money in another coin is seen"));
        }
        if pays && received > order.due.amount && !shop_order.flags.contains(&Flag::Overpaid) {
            return Err(format!("{number}: a surplus is seen"));
        }
        if !pays && received > Amount::ZERO && shop_order.flags.is_empty() {
            return Err(format!("{number}: {received} came in for nothing, and nobody is told"));
        }
    }
    for order in &w.shop.orders {
        let lost = |state: State| state == State::Pending && !order.flags.contains(&Flag::RefundUnclear);
        if let Some(row) = order.refunds.iter().find(|row| lost(row.state)) {
            return Err(format!("refund {}: what became of it is known, or a person is told", row.number));
        }
    }
    Ok(())
}

/// Counts what came of it.
pub fn count(w: &mut World) {
    let gateway = w.gateway.core();
    let partly = |order: &&Order| order.received() > Amount::ZERO && order.received() < order.due.amount;
    let partly = own(w).filter(partly).count();
    let refunds = gateway.refunds().filter(|refund| refund.status == RefundStatus::Success).count();
    w.counts.paid = w.shop.orders.iter().filter(|order| order.state == OrderState::Paid).count() as u64;
    w.counts.flagged = w.shop.orders.iter().filter(|order| !order.flags.is_empty()).count() as u64;
    w.counts.partly = partly as u64;
    w.counts.refunds = refunds as u64;
}
