//! An order's own page for the person who tests: what happened to it, and what can be made to happen.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use hyper::StatusCode;
use maud::{Markup, html};

use super::layout::{Done, Page, Reader, copyable, header, missing, money, order_badge, pretty, refund_badge, time};
use super::notification;
use crate::gateway::notification::Notification;
use crate::gateway::order::{Order, OrderStatus};
use crate::gateway::refund::{Refund, RefundStatus};
use crate::money::{Amount, Currency, SMALLEST, Style};
use crate::network::Network;
use crate::sandbox::Sandbox;

const POLL_MS: u32 = 1000;

/// `GET /orders/{number}`
pub async fn show(
    State(sandbox): State<Arc<Sandbox>>,
    Path(number): Path<String>,
    Query(done): Query<Done>,
) -> Response {
    let found = sandbox.look(|gateway, wall_ms| {
        let order = gateway.find_order(&number).ok()?.clone();
        let refunds: Vec<_> = gateway.refunds().filter(|r| r.origin_order_no == order.order_no).cloned().collect();
        let concerns = |n: &&Notification| {
            n.order_no == order.order_no || refunds.iter().any(|refund| refund.order_no == n.order_no)
        };
        let notifications: Vec<_> = gateway.notifications().filter(concerns).cloned().collect();
        let checkout = order.checkout_url("");
        Some((order, refunds, notifications, checkout, gateway.time(wall_ms)))
    });
    let Some((order, refunds, notifications, checkout, now)) = found else {
        return missing(Reader::Tester, "There is no such order");
    };
    let body = html! {
        (header(done, true))
        main class="narrow" {
            h1 { (order.request.merchant_order_no) }
            div id="order" data-part { (summary(&order, &checkout, now)) }
            section id="actions" aria-labelledby="actions-title" data-part { (actions(&order, now)) }
            section aria-labelledby="other-title" { (other_payment(&order)) }
            section id="deposits" aria-labelledby="deposits-title" data-part { (deposits(&order)) }
            section id="refunds" aria-labelledby="refunds-title" data-part { (refund_list(&order, &refunds)) }
            section id="notifications" aria-labelledby="notifications-title" data-part {
                h2 id="notifications-title" { "Notifications" }
                (notification::list(&notifications, "order", "Nothing was told to the shop yet."))
                @if order.request.notify_url.is_none() {
                    p class="quiet" { "The order has no notifyUrl: the shop has to ask." }
                }
            }
            section id="wire" data-part {
                details id="wire-details" {
                    summary { "The order as Get Order answers it" }
                    pre tabindex="0" { (pretty(&order.document(Style::Answer).to_string())) }
                }
            }
        }
    };
    let live = Some((format!("/orders/{}", order.order_no), POLL_MS));
    let title = format!("{} · BonusPay sandbox", order.request.merchant_order_no);
    Page { reader: Reader::Tester, title, live, reloads: false, body }.response(StatusCode::OK)
}

fn summary(order: &Order, checkout: &str, now: i64) -> Markup {
    let coin = order.due.currency;
    html! {
        p { (order_badge(order, now)) " " (order.request.subject) }
        dl class="pairs" {
            div { dt { "Due" } dd { (money(order.due.amount, coin)) } }
            div { dt { "Received" } dd { (money(order.received(), coin)) } }
            div { dt { "Missing" } dd { (money(order.missing(), coin)) } }
            @if order.refunded > Amount::ZERO { div { dt { "Refunded" } dd { (money(order.refunded, coin)) } } }
        }
        dl class="facts" {
            div { dt { "Number" } dd { (copyable("order-no", "the number", &order.order_no)) } }
            div { dt { "Scene" } dd { (order.request.scene.code()) } }
            div { dt { "Placed" } dd { (time(order.created_at)) } }
            div { dt { "Expires" } dd { (time(order.expires_at)) } }
            @if let Some(url) = &order.request.notify_url { div { dt { "Notify" } dd { code { (url) } } } }
            div { dt { "Shopper" } dd { a href=(checkout) { "the checkout page" } } }
        }
    }
}

/// The amounts worth a button: exactly what is missing, too little, too much.
struct Payments {
    exact: Amount,
    too_little: Option<Amount>,
    too_much: Amount,
}

impl Payments {
    fn of(order: &Order) -> Option<Self> {
        let exact = order.missing();
        let half = Amount::from_units(exact.units() / 2).floor_to(order.due.currency.scale());
        let too_little = Some(half).filter(|half| *half >= SMALLEST);
        (exact >= SMALLEST).then(|| Self { exact, too_little, too_much: exact + too_little.unwrap_or(exact) })
    }
}

/// A button that pays; `from` tells where it stands.
pub fn pay_button(order: &Order, from: &str) -> Markup {
    let coin = order.due.currency;
    html! {
        @if let Some(payments) = Payments::of(order).filter(|_| order.status == OrderStatus::Created) {
            form method="post" action={ "/orders/" (order.order_no) "/pay" } {
                input type="hidden" name="from" value=(from);
                button id={ "pay-" (order.order_no) } class="small" name="amount" value=(payments.exact)
                    aria-label={ "Pay " (money(payments.exact, coin)) " for " (order.request.merchant_order_no) } {
                    "Pay " (payments.exact)
                }
            }
        }
    }
}

fn actions(order: &Order, now: i64) -> Markup {
    let coin = order.due.currency;
    let open = order.status == OrderStatus::Created;
    let in_time = open && !order.is_expired(now);
    html! {
        h2 id="actions-title" { "Make it happen" }
        @if let Some(payments) = Payments::of(order) {
            div class="buttons" {
                @if in_time {
                    form method="post" action={ "/orders/" (order.order_no) "/pay" } class="buttons" {
                        button id="pay-exact" class="primary" name="amount" value=(payments.exact) {
                            "Pay " (money(payments.exact, coin))
                        }
                        @if let Some(amount) = payments.too_little {
                            button id="pay-little" name="amount" value=(amount) { "Too little: " (amount) }
                        }
                        button id="pay-much" name="amount" value=(payments.too_much) {
                            "Too much: " (payments.too_much)
                        }
                    }
                }
                form method="post" action={ "/orders/" (order.order_no) "/pay" } class="buttons" {
                    input type="hidden" name="late" value="true";
                    button id="pay-late" name="amount" value=(payments.exact) {
                        @if in_time { "Expire, then pay" } @else { "Pay late: " (money(payments.exact, coin)) }
                    }
                }
            }
        }
        @if open {
            div class="buttons" {
                @if order.received() > Amount::ZERO { (action(order, "accept", "Accept what was received")) }
                @if in_time { (action(order, "expire", "Expire")) }
                (action(order, "cancel", "Cancel"))
            }
        } @else if Payments::of(order).is_none() {
            p class="quiet" { "It has come to its end. Money can still arrive, below." }
        }
    }
}

fn action(order: &Order, name: &str, text: &str) -> Markup {
    html! {
        form method="post" action={ "/orders/" (order.order_no) "/" (name) } {
            button id=(name) { (text) }
        }
    }
}

fn other_payment(order: &Order) -> Markup {
    html! {
        h2 id="other-title" { "Another payment" }
        form method="post" action={ "/orders/" (order.order_no) "/pay" } class="inline" {
            label {
                "Amount"
                input id="other-amount" name="amount" required inputmode="decimal" autocomplete="off" size="10"
                    pattern="[0-9]+(\\.[0-9]{1,8})?";
            }
            label {
                "Coin"
                select id="other-coin" name="currency" {
                    @for coin in Currency::COINS {
                        option value=(coin.code()) selected[coin == order.due.currency] { (coin.code()) }
                    }
                }
            }
            label {
                "Network"
                select id="other-network" name="network" {
                    option value="" { "the usual" }
                    @for network in Network::ALL { option value=(network.code()) { (network.name()) } }
                }
            }
            button id="other-pay" { "Send" }
        }
        p class="quiet" {
            "What comes in another coin, or on a network that the order does not take, is reported and does not count."
        }
    }
}

fn deposits(order: &Order) -> Markup {
    html! {
        h2 id="deposits-title" { "What arrived" }
        @if order.deposits.is_empty() {
            p class="quiet" { "Nothing yet." }
        } @else {
            ul class="rows" {
                @for deposit in &order.deposits {
                    li {
                        span class="what" {
                            strong { (money(deposit.money.amount, deposit.money.currency)) }
                            " on " (deposit.network.name())
                            @if !deposit.counted { " " span class="badge bad" { "does not count" } }
                        }
                        span class="quiet" { (time(deposit.time)) }
                        code class="exact quiet wide" { (deposit.tx_hash) }
                    }
                }
            }
        }
    }
}

fn refund_list(order: &Order, refunds: &[Refund]) -> Markup {
    html! {
        h2 id="refunds-title" { "Refunds" }
        @if refunds.is_empty() {
            p class="quiet" {
                "None. The shop places them; up to " (money(order.refundable(), order.due.currency))
                " could be refunded."
            }
        } @else {
            ul class="rows" {
                @for refund in refunds {
                    li {
                        span class="what" {
                            strong { (money(refund.request.amount.amount, refund.request.amount.currency)) }
                            " " (refund_badge(refund)) br;
                            (refund.request.refund_merchant_order_no)
                            @if let Some(reason) = &refund.fail_des { ": " (reason) }
                        }
                        @if refund.status == RefundStatus::Created {
                            span class="quiet" { "succeeds by itself at " (time(refund.settles_at)) }
                            div class="buttons" {
                                (verdict(refund, "settle", "Settle")) (verdict(refund, "fail", "Fail"))
                            }
                        }
                        code class="exact quiet wide" {
                            (refund.request.network.name()) " " (refund.request.refund_address)
                        }
                    }
                }
            }
        }
    }
}

fn verdict(refund: &Refund, name: &str, text: &str) -> Markup {
    html! {
        form method="post" action={ "/refunds/" (refund.order_no) "/" (name) } {
            button id={ (name) "-" (refund.order_no) } class="small"
                aria-label={ (text) " refund " (refund.request.refund_merchant_order_no) } { (text) }
        }
    }
}
