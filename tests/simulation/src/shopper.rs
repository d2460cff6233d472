//! The shopper, and what else befalls the shop: all that is decided before the first step.

use bonuspay_sandbox::money::Currency;
use bonuspay_sandbox::network::Network;

use crate::event::{Event, HOUR, MINUTE, SECOND, ShopTask};
use crate::ledger::{OrderState, ShopOrder, Shown};
use crate::plan::{Plan, Way};
use crate::world::World;

/// Orders, shoppers, merchants, crashes, clocks and villains.
pub fn begin(w: &mut World) {
    let orders = if w.rng.hit(1, 8) { 2 } else { 1 };
    for order in 0..orders {
        let due = w.rng.between(100, 5000);
        w.shop.orders.push(ShopOrder {
            due,
            state: OrderState::Open,
            paid_by: None,
            completions: 0,
            flags: Default::default(),
            attempts: Vec::new(),
            refunds: Vec::new(),
        });
        let way = w.rng.pick(&[
            (30, Way::Exactly),
            (8, Way::InParts),
            (8, Way::TooLittle),
            (6, Way::TooMuch),
            (8, Way::Late),
            (4, Way::LatePart),
            (6, Way::Twice),
            (3, Way::WrongCoin),
            (2, Way::WrongChain),
            (8, Way::OldAddress),
            (4, Way::AfterCancelling),
            (4, Way::Never),
        ]);
        w.plans.push(Plan { way, visits: 0, paid: false, first: None });
        w.note(format_args!("order {order}: {due} cents, {way:?}"));
        let visit = w.rng.between(0, 10 * MINUTE);
        w.after(visit, Event::Shop(ShopTask::Visit(order)));
        match way {
            Way::Twice => {
                let apart = w.rng.between(0, SECOND);
                w.after(visit + apart, Event::Shop(ShopTask::Visit(order)));
            }
            Way::OldAddress => {
                let change = visit + w.rng.between(MINUTE, 20 * MINUTE);
                let due = w.rng.between(100, 5000);
                w.after(change, Event::Shop(ShopTask::Change(order, due)));
                w.after(change + MINUTE, Event::Shop(ShopTask::Visit(order)));
            }
            Way::AfterCancelling => {
                let cancel = visit + w.rng.between(MINUTE, HOUR);
                w.after(cancel, Event::Shop(ShopTask::Cancel(order)));
            }
            _ => {}
        }
        let reviews = w.rng.pick(&[(8, 0), (3, 1), (1, 2)]);
        for _ in 0..reviews {
            let at = w.rng.between(HOUR, 70 * HOUR);
            w.after(at, Event::Shop(ShopTask::Review(order)));
            if w.rng.hit(1, 4) {
                // A double click.
                w.after(at + 200, Event::Shop(ShopTask::Review(order)));
            }
        }
    }
    if w.rng.hit(1, 5) {
        let at = w.rng.between(0, 4 * HOUR);
        w.after(at, Event::ShopDies);
    }
    if w.rng.hit(1, 6) {
        let at = w.rng.between(0, 4 * HOUR);
        w.after(at, Event::GatewayDies);
    }
    if w.rng.hit(1, 6) {
        let most = w.rng.pick(&[(1, 14 * MINUTE), (1, HOUR), (2, 24 * HOUR)]);
        let off = w.rng.between(-most, most);
        let at = w.rng.between(0, 6 * HOUR);
        let lasts = w.rng.between(MINUTE, 12 * HOUR);
        w.after(at, Event::Clock(off));
        w.after(at + lasts, Event::Clock(0));
    }
    if w.rng.hit(1, 4) {
        let at = w.rng.between(MINUTE, HOUR);
        w.after(at, Event::Rival);
    }
    let forged = w.rng.pick(&[(4, 0), (2, 1), (1, 3)]);
    for _ in 0..forged {
        let at = w.rng.between(5 * MINUTE, 30 * HOUR);
        w.after(at, Event::Forge);
    }
}

/// The shopper sees the payment page, or that there is none.
pub fn sees(w: &mut World, order: usize, shown: Shown) {
    let Some(plan) = w.plans.get_mut(order) else { return };
    plan.visits += 1;
    let Some((order_no, due)) = shown else {
        // "Try again later": he does, a few times.
        let waits = w.shop.orders.get(order).is_some_and(|order| order.state == OrderState::Open);
        if plan.visits < 5 && waits {
            let later = w.rng.between(MINUTE, 30 * MINUTE);
            w.after(later, Event::Shop(ShopTask::Visit(order)));
        }
        return;
    };
    let own = w.gateway.core().find_order(&order_no).is_ok_and(|found| found.partner_id == crate::keys::SHOP);
    if !own {
        w.broke(format!("the shopper is sent to {order_no}, which is not the shop's"));
    }
    let Some(plan) = w.plans.get_mut(order) else { return };
    let (way, paid, first) = (plan.way, plan.paid, plan.first.clone());
    plan.first.get_or_insert_with(|| order_no.clone());
    plan.paid = true;
    if paid && !matches!(way, Way::Twice | Way::OldAddress) {
        return;
    }
    w.note(format_args!("the shopper sees {order_no}, {due} cents"));
    let soon = w.rng.between(5 * SECOND, 100 * MINUTE);
    let late = w.rng.between(2 * HOUR + MINUTE, 62 * HOUR);
    let part = w.rng.between(1, due);
    let mut pay = |after: i64, order_no: &str, cents: i64, currency: Currency, network: Network| {
        w.after(after, Event::Deposit { order_no: order_no.to_owned(), cents, currency, network });
    };
    let (usdt, tron) = (Currency::Usdt, Network::Tron);
    match way {
        Way::Exactly | Way::Twice => pay(soon, &order_no, due, usdt, tron),
        Way::InParts => {
            pay(soon, &order_no, part, usdt, tron);
            pay(soon + MINUTE, &order_no, due - part, usdt, tron);
        }
        Way::TooLittle => pay(soon, &order_no, part, usdt, tron),
        Way::TooMuch => pay(soon, &order_no, due + part, usdt, tron),
        Way::Late | Way::AfterCancelling => pay(late, &order_no, due, usdt, tron),
        Way::LatePart => {
            pay(soon, &order_no, part, usdt, tron);
            pay(late, &order_no, due - part, usdt, tron);
        }
        Way::WrongCoin => pay(soon, &order_no, due, Currency::Usdc, tron),
        Way::WrongChain => pay(soon, &order_no, due, usdt, Network::Eth),
        Way::OldAddress => {
            // He pays the address of the first page, whatever the second shows; some pay the second, too.
            match first {
                None => pay(late, &order_no, due, usdt, tron),
                Some(_) if part % 2 == 0 => pay(soon, &order_no, due, usdt, tron),
                Some(_) => {}
            }
        }
        Way::Never => {}
    }
}
