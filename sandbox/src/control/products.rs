//! The control API of the products besides orders and refunds.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::reply::{Problem, Reply, Shared, bad, read, read_amount, step};
use crate::gateway::merchant::DEFAULT_PARTNER_ID;
use crate::gateway::{Account, Event, NewTopup};
use crate::money::{Currency, Money};
use crate::network::Network;
use crate::sandbox::Sandbox;

/// The routes.
pub fn routes() -> Router<Arc<Sandbox>> {
    Router::new()
        .route("/balances", get(balances))
        .route("/wallets", get(wallets))
        .route("/topups", get(topups).post(top_up))
        .route("/topups/{number}/settle", post(settle_topup))
        .route("/withdrawals", get(withdrawals))
        .route("/withdrawals/{number}/settle", post(settle_withdrawal))
        .route("/withdrawals/{number}/fail", post(fail_withdrawal))
        .route("/settlements", get(settlements))
        .route("/settlements/{number}/settle", post(settle_settlement))
        .route("/settlements/{number}/fail", post(fail_settlement))
        .route("/submerchants", get(sub_merchants))
        .route("/addressbook", get(address_book).post(add_addresses).delete(open_address_book))
}

async fn balances(State(sandbox): Shared) -> Json<Value> {
    let balances = sandbox.look(|gateway, _| {
        let of = |partner_id: &str| {
            let accounts = gateway.accounts(partner_id).into_iter();
            let view = |account: Account| {
                json!({
                    "partnerId": partner_id,
                    "currency": account.currency.code(),
                    "balance": account.balance,
                    "available": account.available(),
                    "reserved": account.reserved,
                })
            };
            accounts.map(view).collect::<Vec<_>>()
        };
        gateway.partner_ids().into_iter().flat_map(of).collect::<Vec<_>>()
    });
    Json(json!({"balances": balances}))
}

async fn wallets(State(sandbox): Shared) -> Json<Value> {
    let wallets = sandbox
        .look(|gateway, _| gateway.wallets().map(|wallet| wallet.view(&gateway.settings().origin)).collect::<Vec<_>>());
    Json(json!({"wallets": wallets}))
}

async fn topups(State(sandbox): Shared) -> Json<Value> {
    let topups = sandbox.look(|gateway, _| gateway.topups().map(|topup| topup.view()).collect::<Vec<_>>());
    Json(json!({"topups": topups}))
}

async fn withdrawals(State(sandbox): Shared) -> Json<Value> {
    let all = sandbox.look(|gateway, _| gateway.withdrawals().map(|each| each.view()).collect::<Vec<_>>());
    Json(json!({"withdrawals": all}))
}

async fn settlements(State(sandbox): Shared) -> Json<Value> {
    let all = sandbox.look(|gateway, _| gateway.settlements().map(|each| each.view()).collect::<Vec<_>>());
    Json(json!({"settlements": all}))
}

async fn sub_merchants(State(sandbox): Shared) -> Json<Value> {
    let all = sandbox.look(|gateway, _| gateway.sub_merchants().map(|each| each.view()).collect::<Vec<_>>());
    Json(json!({"subMerchants": all}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct TopupOrder {
    partner_id: Option<String>,
    customer_id: String,
    asset_code: Option<String>,
    currency: Option<String>,
    network: String,
    amount: Value,
    tx_hash: Option<String>,
    status: Option<String>,
}

async fn top_up(State(sandbox): Shared, body: Bytes) -> Reply {
    let order: TopupOrder = read(&body)?;
    let code = match (order.asset_code, order.currency) {
        (Some(code), None) | (None, Some(code)) => code,
        _ => return Err(bad("assetCode: exactly one of it and currency is wanted")),
    };
    let coin = Currency::coin_from_code(&code).ok_or_else(|| bad(format!("assetCode: no coin {code:?}")))?;
    let network = Network::from_code(&order.network);
    let network = network.ok_or_else(|| bad(format!("network: no chain {:?}", order.network)))?;
    let unconfirmed = match order.status.as_deref() {
        None | Some("SUCCESS") => false,
        Some("CREATED") => true,
        Some(other) => return Err(bad(format!("status: CREATED or SUCCESS, not {other:?}"))),
    };
    let new = NewTopup {
        partner_id: order.partner_id.unwrap_or_else(|| DEFAULT_PARTNER_ID.to_owned()),
        customer_id: order.customer_id,
        money: Money::new(read_amount(&order.amount)?, coin),
        network,
        tx_hash: order.tx_hash,
        unconfirmed,
    };
    step(sandbox, Event::Topup(new)).await
}

async fn settle_topup(State(sandbox): Shared, Path(order_no): Path<String>) -> Reply {
    step(sandbox, Event::ConfirmTopup { order_no }).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Failure {
    fail_des: Option<String>,
}

fn reason(body: &Bytes, default: &str) -> Result<Option<String>, Problem> {
    let Failure { fail_des } = read(body)?;
    Ok(Some(fail_des.unwrap_or_else(|| default.to_owned())))
}

async fn settle_withdrawal(State(sandbox): Shared, Path(order_no): Path<String>) -> Reply {
    step(sandbox, Event::EndWithdrawal { order_no, failure: None }).await
}

async fn fail_withdrawal(State(sandbox): Shared, Path(order_no): Path<String>, body: Bytes) -> Reply {
    let failure = reason(&body, "The chain refused the transaction")?;
    step(sandbox, Event::EndWithdrawal { order_no, failure }).await
}

async fn settle_settlement(State(sandbox): Shared, Path(order_no): Path<String>) -> Reply {
    step(sandbox, Event::EndSettlement { order_no, failure: None }).await
}

async fn fail_settlement(State(sandbox): Shared, Path(order_no): Path<String>, body: Bytes) -> Reply {
    let failure = reason(&body, "The bank refused the payment")?;
    step(sandbox, Event::EndSettlement { order_no, failure }).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Addresses {
    partner_id: Option<String>,
    #[serde(default)]
    addresses: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    network: Network,
    address: String,
}

fn whose(named: Option<String>) -> String {
    named.unwrap_or_else(|| DEFAULT_PARTNER_ID.to_owned())
}

/// The default merchant's.
async fn address_book(State(sandbox): Shared) -> Json<Value> {
    Json(sandbox.look(|gateway, _| gateway.profile(DEFAULT_PARTNER_ID).view()))
}

async fn add_addresses(State(sandbox): Shared, body: Bytes) -> Reply {
    let Addresses { partner_id, addresses } = read(&body)?;
    let mut profile = sandbox.look(|gateway, _| gateway.profile(&whose(partner_id)));
    let book = profile.address_book.get_or_insert_default();
    for Entry { network, address } in addresses {
        if !network.is_address(&address) {
            return Err(bad(format!("addresses: {address:?} is none on {}", network.code())));
        }
        if !book.contains(&(network, address.clone())) {
            book.push((network, address));
        }
    }
    step(sandbox, Event::SetProfile(profile)).await
}

async fn open_address_book(State(sandbox): Shared, body: Bytes) -> Reply {
    let Addresses { partner_id, .. } = read(&body)?;
    let mut profile = sandbox.look(|gateway, _| gateway.profile(&whose(partner_id)));
    profile.address_book = None;
    step(sandbox, Event::SetProfile(profile)).await
}
