//! The control API under `/sandbox/api/`: what a test, or a person, does to the gateway that no merchant can.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::middleware::from_fn;
use axum::routing::{get, post};
use axum::{Json, Router};
use hyper::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::fault::{self, FaultOrder};
use crate::gateway::merchant::{Merchant, is_partner_id};
use crate::gateway::{Event, MOST_RESENDS, NewDeposit, Profile};
use crate::http::loopback::require_loopback_origin;
use crate::key;
use crate::money::Currency;
use crate::network::Network;
use crate::sandbox::Sandbox;
use reply::{Shared, read, read_amount};

mod products;
mod reply;

pub(crate) use reply::{Problem, Reply, bad, step};

const TEN_YEARS_MS: i64 = 315_360_000_000;

/// The control API's routes.
pub fn routes() -> Router<Arc<Sandbox>> {
    Router::new()
        .route("/state", get(state))
        .route("/reset", post(reset))
        .route("/merchants", post(add_merchant))
        .route("/orders", get(orders))
        .route("/orders/{number}", get(order))
        .route("/orders/{number}/deposits", post(deposit))
        .route("/orders/{number}/expire", post(expire))
        .route("/orders/{number}/cancel", post(cancel))
        .route("/orders/{number}/accept", post(accept))
        .route("/refunds/{number}/settle", post(settle_refund))
        .route("/refunds/{number}/fail", post(fail_refund))
        .route("/clock", post(clock))
        .route("/faults", post(add_fault).delete(clear_faults))
        .route("/journal", get(journal).delete(clear_journal))
        .route("/notifications", get(notifications))
        .route("/notifications/hold", post(hold))
        .route("/notifications/release", post(release))
        .route("/notifications/delay", post(delay))
        .route("/notifications/{id}/resend", post(resend))
        .merge(products::routes())
        .fallback(no_such_call)
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn(require_loopback_origin))
}

async fn no_such_call() -> Problem {
    Problem(StatusCode::NOT_FOUND, "no such control call".into())
}

async fn wrong_method() -> Problem {
    Problem(StatusCode::METHOD_NOT_ALLOWED, "this control call has another method".into())
}

async fn state(State(sandbox): Shared) -> Json<Value> {
    let (faults, journal) = (sandbox.faults().waiting().to_vec(), sandbox.journal().len());
    Json(sandbox.look(|gateway, wall_ms| {
        json!({
            "version": env!("CARGO_PKG_VERSION"),
            "origin": gateway.settings().origin,
            "base_url": format!("{}/sgs/api/", gateway.settings().origin),
            "wall_ms": wall_ms,
            "now_ms": gateway.time(wall_ms),
            "advanced_ms": gateway.meta().advanced_ms,
            "time_scale": gateway.settings().time_scale,
            "notifications_held": gateway.meta().held,
            "notifications_delay_ms": gateway.meta().delay_ms,
            "merchants": gateway.partner_ids(),
            "faults": faults,
            "counts": {
                "orders": gateway.orders().count(),
                "refunds": gateway.refunds().count(),
                "topups": gateway.topups().count(),
                "withdrawals": gateway.withdrawals().count(),
                "settlements": gateway.settlements().count(),
                "submerchants": gateway.sub_merchants().count(),
                "notifications": gateway.notifications().count(),
                "journal": journal,
            },
        })
    }))
}

async fn reset(State(sandbox): Shared) -> Reply {
    forget(sandbox).await
}

pub(crate) async fn forget(sandbox: Arc<Sandbox>) -> Reply {
    let done = tokio::task::spawn_blocking(move || sandbox.reset()).await;
    let done = done.map_err(|error| Problem(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))?;
    Ok(Json(done?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct NewMerchant {
    partner_id: String,
    /// May be left out for a known merchant.
    public_key: Option<String>,
    topup_notify_url: Option<String>,
}

async fn add_merchant(State(sandbox): Shared, body: Bytes) -> Reply {
    let NewMerchant { partner_id, public_key, topup_notify_url } = read(&body)?;
    if !is_partner_id(&partner_id) {
        return Err(bad("partnerId: must be 12 digits"));
    }
    let known = || sandbox.look(|gateway, _| gateway.merchant(&partner_id).map(|known| known.public_key.clone()));
    let public_key = public_key.or_else(known).ok_or_else(|| bad("publicKey: is missing"))?;
    key::check_public_key(&public_key).map_err(|error| bad(format!("publicKey: {error}")))?;
    let is_web = |url: &String| url.starts_with("http://") || url.starts_with("https://");
    if topup_notify_url.as_ref().is_some_and(|url| !is_web(url)) {
        return Err(bad("topupNotifyUrl: must be an http or https URL"));
    }
    if topup_notify_url.is_some() {
        let profile = sandbox.look(|gateway, _| gateway.profile(&partner_id));
        drop(step(Arc::clone(&sandbox), Event::SetProfile(Profile { topup_notify_url, ..profile })).await?);
    }
    step(sandbox, Event::AddMerchant(Merchant { partner_id, public_key })).await
}

async fn orders(State(sandbox): Shared) -> Json<Value> {
    let orders = sandbox.look(|gateway, wall_ms| {
        let now = gateway.time(wall_ms);
        let views = gateway.orders().filter_map(|order| gateway.order_view(now, &order.order_no).ok());
        views.collect::<Vec<_>>()
    });
    Json(json!({"orders": orders}))
}

async fn order(State(sandbox): Shared, Path(number): Path<String>) -> Reply {
    let order = sandbox.look(|gateway, wall_ms| gateway.order_view(gateway.time(wall_ms), &number))?;
    Ok(Json(json!({"order": order})))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct DepositOrder {
    pub amount: Value,
    pub currency: Option<String>,
    pub network: Option<String>,
    pub payer_address: Option<String>,
    pub tx_hash: Option<String>,
}

async fn deposit(State(sandbox): Shared, Path(order_no): Path<String>, body: Bytes) -> Reply {
    let deposit = new_deposit(read(&body)?)?;
    step(sandbox, Event::Deposit { order_no, deposit }).await
}

pub(crate) fn new_deposit(order: DepositOrder) -> Result<NewDeposit, Problem> {
    let coin = |code: String| Currency::coin_from_code(&code).ok_or_else(|| bad(format!("currency: no coin {code:?}")));
    let chain = |code: String| Network::from_code(&code).ok_or_else(|| bad(format!("network: no chain {code:?}")));
    Ok(NewDeposit {
        amount: read_amount(&order.amount)?,
        currency: order.currency.map(coin).transpose()?,
        network: order.network.map(chain).transpose()?,
        payer_address: order.payer_address,
        tx_hash: order.tx_hash,
    })
}

async fn expire(State(sandbox): Shared, Path(order_no): Path<String>) -> Reply {
    step(sandbox, Event::Expire { order_no }).await
}

async fn cancel(State(sandbox): Shared, Path(order_no): Path<String>) -> Reply {
    step(sandbox, Event::Cancel { order_no }).await
}

async fn accept(State(sandbox): Shared, Path(order_no): Path<String>) -> Reply {
    step(sandbox, Event::Accept { order_no }).await
}

async fn settle_refund(State(sandbox): Shared, Path(order_no): Path<String>) -> Reply {
    step(sandbox, Event::SettleRefund { order_no }).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct RefundFailure {
    fail_code: Option<String>,
    fail_des: Option<String>,
}

async fn fail_refund(State(sandbox): Shared, Path(order_no): Path<String>, body: Bytes) -> Reply {
    let RefundFailure { fail_code, fail_des } = read(&body)?;
    let fail_code = fail_code.unwrap_or_else(|| REFUND_FAIL_CODE.to_owned());
    let fail_des = fail_des.unwrap_or_else(|| REFUND_FAIL_DES.to_owned());
    step(sandbox, Event::FailRefund { order_no, fail_code, fail_des }).await
}

/// Why a refund failed, unless another reason is told.
pub(crate) const REFUND_FAIL_CODE: &str = "REFUND_FAILED";
pub(crate) const REFUND_FAIL_DES: &str = "The refund could not be paid out";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    advance_ms: i64,
}

async fn clock(State(sandbox): Shared, body: Bytes) -> Reply {
    let Advance { advance_ms: by_ms } = read(&body)?;
    advance_clock(sandbox, by_ms).await
}

/// Ten years at a time: no sum of times can overflow.
pub(crate) async fn advance_clock(sandbox: Arc<Sandbox>, by_ms: i64) -> Reply {
    if !(0..=TEN_YEARS_MS).contains(&by_ms) {
        return Err(bad("advance_ms: time goes forward, at most ten years at a time"));
    }
    step(sandbox, Event::AdvanceClock { by_ms }).await
}

async fn add_fault(State(sandbox): Shared, body: Bytes) -> Reply {
    let order: FaultOrder = read(&body)?;
    arm_fault(&sandbox, order)
}

pub(crate) fn arm_fault(sandbox: &Sandbox, order: FaultOrder) -> Reply {
    if !fault::is_path(&order.path) {
        return Err(bad(format!("path: no endpoint {:?}", order.path)));
    }
    let mut faults = sandbox.faults();
    faults.add(order);
    Ok(Json(json!({"faults": faults.waiting()})))
}

async fn clear_faults(State(sandbox): Shared) -> Json<Value> {
    sandbox.faults().clear();
    Json(json!({"faults": []}))
}

async fn journal(State(sandbox): Shared) -> Json<Value> {
    Json(sandbox.journal().view())
}

async fn clear_journal(State(sandbox): Shared) -> Json<Value> {
    sandbox.journal().clear();
    Json(json!({"journal": []}))
}

async fn notifications(State(sandbox): Shared) -> Json<Value> {
    let (held, delay_ms, notifications) = sandbox.look(|gateway, _| {
        let notifications: Vec<_> = gateway.notifications().cloned().collect();
        (gateway.meta().held, gateway.meta().delay_ms, notifications)
    });
    let views = notifications.iter().map(|notification| {
        let mut view = notification.view();
        if let Some(view) = view.as_object_mut() {
            view.insert("sign".into(), json!(sandbox.sign_notification(notification)));
        }
        view
    });
    Json(json!({"held": held, "delay_ms": delay_ms, "notifications": views.collect::<Vec<_>>()}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Resend {
    #[serde(default = "once")]
    times: u32,
}

fn once() -> u32 {
    1
}

async fn resend(State(sandbox): Shared, Path(id): Path<String>, body: Bytes) -> Reply {
    let Resend { times } = read(&body)?;
    resend_notification(sandbox, id, times).await
}

pub(crate) async fn resend_notification(sandbox: Arc<Sandbox>, id: String, times: u32) -> Reply {
    if !(1..=MOST_RESENDS).contains(&times) {
        return Err(bad(format!("times: from 1 to {MOST_RESENDS}")));
    }
    step(sandbox, Event::Resend { id, times }).await
}

async fn hold(State(sandbox): Shared) -> Reply {
    step(sandbox, Event::HoldNotifications(true)).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Release {
    order: Option<ReleaseOrder>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum ReleaseOrder {
    Reversed,
}

async fn release(State(sandbox): Shared, body: Bytes) -> Reply {
    let Release { order } = read(&body)?;
    match order {
        Some(ReleaseOrder::Reversed) => step(sandbox, Event::ReleaseReversed).await,
        None => step(sandbox, Event::HoldNotifications(false)).await,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Delay {
    delay_ms: i64,
}

async fn delay(State(sandbox): Shared, body: Bytes) -> Reply {
    let Delay { delay_ms } = read(&body)?;
    delay_notifications(sandbox, delay_ms).await
}

pub(crate) async fn delay_notifications(sandbox: Arc<Sandbox>, delay_ms: i64) -> Reply {
    if !(0..=TEN_YEARS_MS).contains(&delay_ms) {
        return Err(bad("delay_ms: from 0 to ten years"));
    }
    step(sandbox, Event::DelayNotifications { delay_ms }).await
}
