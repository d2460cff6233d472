//! The page for the person who tests: orders, notifications, the journal, the clock and the faults.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::Response;
use hyper::StatusCode;
use maud::{Markup, html};

use super::layout::{Done, Page, Reader, copyable, header, money, order_badge, span, time};
use super::{notification, order, products, requests};
use crate::fault::{Fault, FaultOrder};
use crate::gateway::notification::Notification;
use crate::gateway::order::Order;
use crate::gateway::{Endpoint, Gateway};
use crate::sandbox::{Ready, Sandbox};

const POLL_MS: u32 = 1000;
/// Longer lists would be slow to read, for people too; the control API has everything.
const SHOWN: usize = 50;

/// `GET /`
pub async fn show(State(sandbox): State<Arc<Sandbox>>, Query(done): Query<Done>) -> Response {
    let (entries, calls) = {
        let journal = sandbox.journal();
        (journal.newest(SHOWN), journal.len())
    };
    let faults = sandbox.faults().waiting().to_vec();
    let news = sandbox.look(News::of);
    let body = html! {
        (header(done, false))
        main class="dashboard" {
            div class="news" {
                section id="orders" aria-labelledby="orders-title" data-part {
                    h2 id="orders-title" { "Orders " (count(news.orders)) }
                    @if news.orders == 0 { (first_steps(&sandbox.ready)) } @else { (news.order_rows) }
                    (rest(news.orders, "orders"))
                }
                (news.products)
                section aria-labelledby="notifications-title" id="notifications" {
                    div id="notification-list" data-part {
                        h2 id="notifications-title" { "Notifications " (count(news.notifications)) }
                        (news.notification_rows)
                        (rest(news.notifications, "notifications"))
                    }
                    (delivery_forms(&news))
                }
                section aria-labelledby="journal-title" id="journal" {
                    div id="journal-list" data-part {
                        h2 id="journal-title" { "Journal " (count(calls)) }
                        (requests::list(&entries))
                        (rest(calls, "journal"))
                        @if calls > 0 {
                            form method="post" action="/journal/clear" {
                                button id="clear-journal" class="small" { "Clear the journal" }
                            }
                        }
                    }
                }
            }
            div class="tools" {
                section aria-labelledby="place-title" {
                    h2 id="place-title" { "No shop at hand?" }
                    (place_form())
                }
                (clock(&news))
                (fault_forms(&faults))
                section aria-labelledby="connect-title" {
                    h2 id="connect-title" { "Connect a shop" }
                    (connection(&sandbox.ready))
                }
                section aria-labelledby="reset-title" {
                    h2 id="reset-title" { "Start over" }
                    form method="post" action="/reset" class="stack" {
                        p class="quiet" {
                            "Orders, refunds, notifications, journal and faults are forgotten. The keys stay."
                        }
                        button class="danger" { "Forget everything" }
                    }
                }
            }
        }
    };
    let title = "BonusPay sandbox".to_owned();
    Page { reader: Reader::Tester, title, live: Some(("/".into(), POLL_MS)), reloads: false, body }
        .response(StatusCode::OK)
}

/// What the gateway knows, as far as this page tells it.
struct News {
    orders: usize,
    order_rows: Markup,
    products: Markup,
    notifications: usize,
    notification_rows: Markup,
    held: bool,
    delay_ms: i64,
    now: i64,
    advanced_ms: i64,
    time_scale: i64,
}

impl News {
    fn of(gateway: &Gateway, wall_ms: i64) -> Self {
        let now = gateway.time(wall_ms);
        let orders: Vec<&Order> = gateway.orders().collect();
        let notifications: Vec<&Notification> = gateway.notifications().collect();
        let newest = notifications.iter().skip(notifications.len().saturating_sub(SHOWN));
        let newest: Vec<Notification> = newest.map(|notification| (*notification).clone()).collect();
        let meta = gateway.meta();
        Self {
            orders: orders.len(),
            order_rows: order_rows(&orders, now),
            products: products::sections(gateway),
            notifications: notifications.len(),
            notification_rows: notification::list(
                &newest,
                "dashboard",
                "None yet. A shop is told of paid and failed orders, and of the end of refunds.",
            ),
            held: meta.held,
            delay_ms: meta.delay_ms,
            now,
            advanced_ms: meta.advanced_ms,
            time_scale: gateway.settings().time_scale,
        }
    }
}

fn count(number: usize) -> Markup {
    html! { @if number > 0 { span class="count" { (number) } } }
}

fn rest(number: usize, call: &str) -> Markup {
    html! {
        @if number > SHOWN {
            p class="quiet" {
                "The newest " (SHOWN) ". All of them: " a href={ "/sandbox/api/" (call) } { "GET /sandbox/api/" (call) }
            }
        }
    }
}

fn order_rows(orders: &[&Order], now: i64) -> Markup {
    html! {
        ul class="rows orders" {
            @for order in orders.iter().rev().take(SHOWN) {
                li {
                    span class="what" {
                        a id={ "order-" (order.order_no) } href={ "/orders/" (order.order_no) } {
                            (order.request.merchant_order_no)
                        }
                        " " span class="quiet" { (order.request.subject) }
                    }
                    span { (order_badge(order, now)) }
                    span class="figure" { (order.received()) " of " (money(order.due.amount, order.due.currency)) }
                    (order::pay_button(order, "dashboard"))
                }
            }
        }
    }
}

/// What to do when there is nothing yet.
fn first_steps(ready: &Ready) -> Markup {
    html! {
        div class="empty" {
            p { strong { "No order yet." } " Point your shop at this sandbox, or try it from a shell:" }
            pre id="example" tabindex="0" { (example(ready)) }
            p { button type="button" class="copy small" id="copy-example" data-copy="example" { "Copy the example" } }
            p class="quiet" {
                "It places an order of 12.81 USDT. Its answer tells the address of the checkout page; here you pay it."
            }
        }
    }
}

/// A signed call, to be tried as it stands.
fn example(ready: &Ready) -> String {
    let certificate = ready.ca_pem.as_ref().map(|path| format!(" --cacert '{}'", path.display())).unwrap_or_default();
    format!(
        r#"now=$(date +%s)
body='{{"requestTime":'$now'000,"bizContent":{{
  "merchantOrderNo":"first-'$now'","subject":"A book",
  "totalAmount":{{"amount":12.81,"currency":"USDT"}},
  "paySceneCode":"CHECK_OUT"}}}}'
sign=$(printf %s "$body" |
  openssl dgst -sha256 -sign '{key}' |
  openssl base64 -A)
curl -s{certificate} {url}crypto/placeOrder \
  -H 'Content-Type: application/json' \
  -H 'Partner-Id: {partner}' -H "sign: $sign" \
  --data-binary "$body"
"#,
        key = ready.merchant_private_key.display(),
        url = ready.base_url,
        partner = ready.partner_id,
    )
}

fn place_form() -> Markup {
    html! {
        form method="post" action="/orders" class="stack" {
            p class="quiet" { "Place an order of 12.81 USDT yourself, and see its checkout page." }
            button id="place" { "Place an order" }
        }
    }
}

fn connection(ready: &Ready) -> Markup {
    html! {
        dl class="facts stacked" {
            div { dt { "Base URL" } dd { (copyable("base-url", "the base URL", &ready.base_url)) } }
            div { dt { "Partner id" } dd { (copyable("partner-id", "the partner id", ready.partner_id)) } }
            div {
                dt { "Merchant's private key" } dd {
                    (copyable("merchant-key", "the path", &ready.merchant_private_key.display().to_string()))
                }
            }
            div {
                dt { "Gateway's public key" } dd {
                    (copyable("gateway-key", "the path", &ready.gateway_public_key.display().to_string()))
                }
            }
            @if let Some(path) = &ready.ca_pem {
                div {
                    dt { "Certificate authority" } dd { (copyable("ca-pem", "the path", &path.display().to_string())) }
                }
            }
        }
    }
}

fn delivery_forms(news: &News) -> Markup {
    html! {
        div id="delivery" class="buttons" data-part {
            @if news.held {
                form method="post" action="/notifications/release" {
                    button id="release" class="primary small" { "Release" }
                }
                form method="post" action="/notifications/release" {
                    input type="hidden" name="order" value="reversed";
                    button id="release-reversed" class="small" { "Release, newest first" }
                }
                span class="quiet" { "They are held back." }
            } @else {
                form method="post" action="/notifications/hold" { button id="hold" class="small" { "Hold them back" } }
            }
            @if news.delay_ms > 0 {
                form method="post" action="/notifications/delay" {
                    input type="hidden" name="count" value="0";
                    button id="no-delay" class="small" { "No delay any more" }
                }
                span class="quiet" { "New ones wait " (span(news.delay_ms)) "." }
            }
        }
        form method="post" action="/notifications/delay" class="inline" {
            (duration("delay", "Delay new ones by"))
            button id="delay" class="small" { "Set" }
        }
    }
}

/// A span of time to be typed in.
fn duration(id: &str, text: &str) -> Markup {
    html! {
        label { (text) input id={ (id) "-count" } name="count" type="number" min="0" step="1" required value="1"; }
        label {
            "Unit"
            select id={ (id) "-unit" } name="unit" {
                option value="1000" { "seconds" }
                option value="60000" selected { "minutes" }
                option value="3600000" { "hours" }
                option value="86400000" { "days" }
            }
        }
    }
}

fn clock(news: &News) -> Markup {
    html! {
        section id="clock" aria-labelledby="clock-title" {
            h2 id="clock-title" { "Clock" }
            p id="now" data-part {
                (time(news.now))
                @if news.advanced_ms > 0 {
                    br; span class="quiet" { (span(news.advanced_ms)) " ahead of this machine" }
                }
                @if news.time_scale > 1 {
                    br; span class="quiet" { "Retries and refunds go " (news.time_scale) " times faster" }
                }
            }
            form method="post" action="/clock" class="buttons" {
                input type="hidden" name="unit" value="60000";
                button class="small" name="count" value="15" { "+ 15 min" }
                button class="small" name="count" value="120" { "+ 2 h" }
                button class="small" name="count" value="1440" { "+ 1 day" }
            }
            form method="post" action="/clock" class="inline" {
                (duration("advance", "Advance by"))
                button id="advance" class="small" { "Advance" }
            }
        }
    }
}

fn fault_forms(waiting: &[FaultOrder]) -> Markup {
    html! {
        section id="faults" aria-labelledby="faults-title" {
            h2 id="faults-title" { "Faults" }
            div id="fault-list" data-part {
                @if waiting.is_empty() {
                    p class="quiet" { "None waits. Let the next calls go wrong:" }
                } @else {
                    ul class="rows" {
                        @for fault in waiting {
                            li {
                                span class="what" { strong { (fault.fault.name()) } br; (fault.path) }
                                span class="quiet" { (fault.times) " ×" }
                            }
                        }
                    }
                    form method="post" action="/faults/clear" {
                        button id="clear-faults" class="small" { "Clear them" }
                    }
                }
            }
            form method="post" action="/faults" class="stack" {
                label {
                    "Fault" select id="fault" name="fault" { @for fault in Fault::ALL { option { (fault.name()) } } }
                }
                label {
                    "Calls to"
                    select id="fault-path" name="path" {
                        option value="*" { "every path" }
                        @for endpoint in Endpoint::ALL { option { (endpoint.path()) } }
                    }
                }
                label {
                    "How many" input id="fault-times" name="times" type="number" min="1" max="1000" value="1" required;
                }
                button id="set-fault" class="small" { "Set the fault" }
            }
        }
    }
}
