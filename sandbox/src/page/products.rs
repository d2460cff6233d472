//! What the page for the tester tells of the products besides orders: balances, and each kind of order in a list.

use maud::{Markup, html};

use super::layout::money;
use crate::gateway::Gateway;

const SHOWN: usize = 20;

/// A section for each kind that there is something of, after the balances.
pub fn sections(gateway: &Gateway) -> Markup {
    let topups: Vec<Markup> = gateway
        .topups()
        .map(|topup| {
            let (coin, amount) = (topup.money.currency, topup.money.amount);
            row(&topup.order_no, &topup.customer_id, topup.network.name(), topup.status(), &money(amount, coin))
        })
        .collect();
    let payouts: Vec<Markup> = gateway
        .withdrawals()
        .map(|payout| {
            let request = &payout.request;
            let kind = if request.transfer { "transfer on " } else { "withdrawal on " };
            let how = format!("{kind}{}", request.network.name());
            let figure = money(payout.receives.amount, payout.receives.currency);
            row(&payout.order_no, &request.merchant_order_no, &how, payout.status.code(), &figure)
        })
        .collect();
    let settlements: Vec<Markup> = gateway
        .settlements()
        .map(|settlement| {
            let (request, worth) = (&settlement.request, settlement.worth());
            let how = format!("{} {}", worth.amount, worth.currency.code());
            let figure = money(request.crypto.amount, request.crypto.currency);
            row(&settlement.order_no, &request.merchant_order_no, &how, settlement.status.code(), &figure)
        })
        .collect();
    let merchants: Vec<Markup> = gateway
        .sub_merchants()
        .map(|merchant| {
            row(&merchant.merchant_id, &merchant.merchant_name, &merchant.merchant_id, &merchant.merchant_type, "")
        })
        .collect();
    html! {
        (balances(gateway))
        (section("topups", "Top-ups", topups))
        (section("withdrawals", "Withdrawals and transfers", payouts))
        (section("settlements", "Settlements", settlements))
        (section("submerchants", "Sub-merchants", merchants))
    }
}

fn balances(gateway: &Gateway) -> Markup {
    html! {
        section id="balances" aria-labelledby="balances-title" data-part {
            h2 id="balances-title" { "Balances" }
            ul class="rows" {
                @for partner in gateway.partner_ids() {
                    @for account in gateway.accounts(partner) {
                        li {
                            span class="what" { (partner) }
                            @if account.available() != account.balance {
                                span class="quiet" { (account.available()) " available" }
                            }
                            span class="figure" { (money(account.balance, account.currency)) }
                        }
                    }
                }
            }
        }
    }
}

/// The part is always there, also when there is nothing to tell: the script that brings news looks for it by its id.
fn section(id: &str, title: &str, rows: Vec<Markup>) -> Markup {
    html! {
        div id=(id) data-part {
            @if !rows.is_empty() {
                section aria-labelledby={ (id) "-title" } {
                    h2 id={ (id) "-title" } { (title) " " span class="count" { (rows.len()) } }
                    ul class="rows" { @for row in rows.iter().rev().take(SHOWN) { (row) } }
                }
            }
        }
    }
}

fn row(number: &str, name: &str, how: &str, status: &str, figure: &str) -> Markup {
    html! {
        li id={ "row-" (number) } {
            span class="what" { (name) " " span class="quiet" { (how) } }
            span { (status) }
            span class="figure" { (figure) }
        }
    }
}
