//! The hosted checkout page: what is to be paid, where, how long, and whether it was.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use hyper::StatusCode;
use maud::{Markup, html};
use serde::Deserialize;

use super::layout::{Page, Reader, copy_button, countdown, hour, missing, money};
use super::qr;
use crate::gateway::order::{Failure, Order, OrderStatus, Scene};
use crate::money::Amount;
use crate::network::Network;
use crate::sandbox::Sandbox;

const POLL_MS: u32 = 1000;

#[derive(Deserialize)]
pub struct Choice {
    network: Option<String>,
}

/// `GET /checkout/{token}`
pub async fn show(
    State(sandbox): State<Arc<Sandbox>>,
    Path(token): Path<String>,
    Query(choice): Query<Choice>,
) -> Response {
    let found =
        sandbox.look(|gateway, wall_ms| gateway.order_by_token(&token).cloned().map(|o| (o, gateway.time(wall_ms))));
    let Some((order, now)) = found else {
        return missing(Reader::Shopper, "There is no such order");
    };
    let view = View::new(&order, now, choice.network.as_deref());
    let page = Page {
        reader: Reader::Shopper,
        title: format!("{}: {}", view.headline(), order.request.subject),
        live: Some((format!("/checkout/{token}?network={}", view.network.code()), POLL_MS)),
        reloads: view.is_payable(),
        body: view.body(),
    };
    page.response(StatusCode::OK)
}

struct View<'a> {
    order: &'a Order,
    now: i64,
    network: Network,
}

impl<'a> View<'a> {
    fn new(order: &'a Order, now: i64, wanted: Option<&str>) -> Self {
        let networks = order.networks();
        let wanted = wanted.and_then(Network::from_code).filter(|network| networks.contains(network));
        let first = networks.first().copied().unwrap_or(Network::Tron);
        Self { order, now, network: wanted.unwrap_or(first) }
    }

    fn is_payable(&self) -> bool {
        self.order.status == OrderStatus::Created && !self.order.is_expired(self.now)
    }

    fn money(&self, amount: Amount) -> String {
        money(amount, self.order.due.currency)
    }

    fn headline(&self) -> &'static str {
        let partly = self.order.received() > Amount::ZERO;
        match (self.order.status, self.order.failure) {
            (OrderStatus::Created, _) if !self.is_payable() => "Time is over",
            (OrderStatus::Created, _) if partly => "Partly paid",
            (OrderStatus::Created, _) => "Waiting for your payment",
            (OrderStatus::Success, _) => "Paid",
            (OrderStatus::Failure, Some(Failure::Cancelled)) => "Cancelled",
            (OrderStatus::Failure, _) => "Expired",
            (OrderStatus::Refunded, _) => "Refunded",
        }
    }

    fn explanation(&self) -> String {
        let received = self.order.received();
        match (self.order.status, self.order.failure) {
            (OrderStatus::Created, _) if !self.is_payable() => {
                let received = self.money(received);
                format!("{received} arrived, which is not all. The shop decides what becomes of it.")
            }
            (OrderStatus::Created, _) if received > Amount::ZERO => {
                format!("{} arrived. Please send {} more.", self.money(received), self.money(self.order.missing()))
            }
            (OrderStatus::Created, _) => "This page shows it as soon as it arrives.".into(),
            (OrderStatus::Success, _) if received > self.order.due.amount => {
                let more = self.money(received - self.order.due.amount);
                format!("{} arrived, {more} more than was due. Please ask the shop about it.", self.money(received))
            }
            (OrderStatus::Success, _) => format!("{} arrived. Thank you.", self.money(received)),
            (OrderStatus::Failure, Some(Failure::Cancelled)) => {
                "The shop cancelled this order. Please do not pay any more.".into()
            }
            (OrderStatus::Failure, _) => "The time to pay is over. Please do not pay any more.".into(),
            (OrderStatus::Refunded, _) => "The shop gave the payment back.".into(),
        }
    }

    fn mood(&self) -> &'static str {
        match self.order.status {
            OrderStatus::Created => "waiting",
            OrderStatus::Success => "good",
            OrderStatus::Failure => "bad",
            OrderStatus::Refunded => "plain",
        }
    }

    fn body(&self) -> Markup {
        let request = &self.order.request;
        html! {
            main class="checkout" {
                header {
                    p class="kicker" { "BonusPay sandbox" }
                    h1 { (request.subject) }
                    p class="sum" { (self.money(self.order.due.amount)) }
                    p class="quiet" { "Order " (request.merchant_order_no) }
                }
                div id="state" class={ "state " (self.mood()) } role="status" aria-live="polite" data-part
                    data-status=(self.order.status.code()) {
                    strong { (self.headline()) }
                    " "
                    span { (self.explanation()) }
                }
                p id="lost" class="state plain" role="status" hidden {
                    "The connection is lost. This page goes on trying."
                }
                div id="received" data-part { (self.received()) }
                div id="left" data-part { (self.time_left()) }
                div id="payment" data-part {
                    @if self.is_payable() { (self.instructions()) } @else { (self.transactions()) }
                }
                div id="return" data-part { (self.way_back()) }
                @if self.is_payable() {
                    noscript {
                        p class="quiet center" {
                            "This page loads itself again every ten seconds. " a href="" { "Look now" }
                        }
                    }
                }
                footer class="quiet" {
                    p {
                        strong { "This is a sandbox: no coin moves." }
                        " Its addresses belong to no one; never send anything to them."
                    }
                    p { a href={ "/orders/" (self.order.order_no) } { "The tester's page of this order" } }
                }
            }
        }
    }

    fn received(&self) -> Markup {
        let received = self.order.received();
        let uncounted: Vec<_> = self.order.deposits.iter().filter(|deposit| !deposit.counted).collect();
        html! {
            @if self.order.status == OrderStatus::Created && received > Amount::ZERO {
                progress max=(self.order.due.amount) value=(received) aria-label="Received" {}
                dl class="pairs" {
                    div { dt { "Received" } dd { (self.money(received)) } }
                    div { dt { "Remaining" } dd { (self.money(self.order.missing())) } }
                }
            }
            @for deposit in uncounted {
                p class="state plain" {
                    (money(deposit.money.amount, deposit.money.currency)) " on " (deposit.network.name())
                    " arrived too, which does not count here. Please ask the shop about it."
                }
            }
        }
    }

    fn time_left(&self) -> Markup {
        let left = self.order.expires_at - self.now;
        html! {
            @if self.is_payable() {
                p class="left" {
                    "Time left: "
                    strong role="timer" data-left=(left) { (countdown(left)) }
                    span class="quiet" { " until " (hour(self.order.expires_at)) " UTC" }
                }
            }
        }
    }

    fn instructions(&self) -> Markup {
        let coin = self.order.due.currency.code();
        let network = self.network;
        let address = self.order.address(network);
        html! {
            (self.networks())
            p class="advice" {
                "Send " strong { (coin) } " on the " strong { (network.name()) }
                " network only, and exactly this amount:"
            }
            dl class="fields" {
                div {
                    dt { "Amount" }
                    dd { code id="amount" class="exact" { (self.order.missing()) } " " (coin) }
                    dd { (copy_button("amount", "the amount")) }
                }
                div {
                    dt { (network.name()) " address" }
                    dd { code id="address" class="exact" { (address) } }
                    dd { (copy_button("address", "the address")) }
                }
            }
            figure {
                (qr::code(&address, &format!("QR code of the {} address", network.name())))
                figcaption class="quiet" { "The address, to scan with a wallet" }
            }
        }
    }

    fn networks(&self) -> Markup {
        let networks = self.order.networks();
        html! {
            @if networks.len() > 1 {
                nav class="choice" aria-label="Network" {
                    @for network in networks {
                        @let current = (network == self.network).then_some("true");
                        @let code = network.code();
                        a id={ "network-" (code) } href={ "?network=" (code) } aria-current=[current] {
                            (network.name())
                        }
                    }
                }
            }
        }
    }

    fn transactions(&self) -> Markup {
        let counted: Vec<_> = self.order.deposits.iter().filter(|deposit| deposit.counted).collect();
        html! {
            @if !counted.is_empty() {
                h2 { "Transactions" }
                ul class="plain-list" {
                    @for deposit in counted {
                        li {
                            strong { (self.money(deposit.money.amount)) } " on " (deposit.network.name())
                            code class="exact quiet" { (deposit.tx_hash) }
                        }
                    }
                }
            }
        }
    }

    /// The shop's address was checked when the order was placed; a book of other times is no reason for a link that
    /// runs something.
    fn way_back(&self) -> Markup {
        let Scene::CheckOut { redirect_url: Some(url) } = &self.order.request.scene else {
            return html! {};
        };
        let is_web = ["http://", "https://"].iter().any(|scheme| url.to_ascii_lowercase().starts_with(scheme));
        let paid = self.order.status == OrderStatus::Success;
        html! {
            @if is_web {
                p class="center" {
                    a id="back" class=(if paid { "button" } else { "back" }) href=(url) rel="noreferrer" {
                        "Back to the shop"
                    }
                }
                @if paid {
                    p id="returning" class="quiet center" hidden {
                        "You are taken there in a few seconds. " button type="button" class="small" id="stay" {
                            "Stay here"
                        }
                    }
                }
            }
        }
    }
}
