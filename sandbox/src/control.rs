//! The control API under `/sandbox/api/`: what a test, or a person, does to the gateway that no merchant can.

use std::net::IpAddr;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, Request, State};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use hyper::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::fault::{self, FaultOrder};
use crate::gateway::{Event, MOST_RESENDS, NewDeposit, Profile, Rejection};
use crate::key;
use crate::merchant::{Merchant, is_partner_id};
use crate::money::{Amount, Currency};
use crate::network::Network;
use crate::sandbox::Sandbox;

mod products;

const TEN_YEARS_MS: i64 = 315_360_000_000;

type Shared = State<Arc<Sandbox>>;
pub(crate) type Answer = Result<Json<Value>, Problem>;

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
        .layer(from_fn(refuse_strangers))
}

/// What a control call is answered with when it is not done.
pub(crate) struct Problem(pub StatusCode, pub String);

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        (self.0, Json(json!({"error": self.1}))).into_response()
    }
}

impl From<Rejection> for Problem {
    fn from(rejection: Rejection) -> Self {
        match rejection {
            Rejection::NotFound(what) => Problem(StatusCode::NOT_FOUND, what),
            Rejection::Conflict(what) => Problem(StatusCode::CONFLICT, what),
            Rejection::BadInput(what) => Problem(StatusCode::BAD_REQUEST, what),
            Rejection::Refused(refusal) => {
                Problem(StatusCode::BAD_REQUEST, format!("{}: {}", refusal.msg, refusal.detail))
            }
        }
    }
}

pub(crate) fn bad(what: impl Into<String>) -> Problem {
    Problem(StatusCode::BAD_REQUEST, what.into())
}

async fn no_such_call() -> Problem {
    Problem(StatusCode::NOT_FOUND, "no such control call".into())
}

async fn wrong_method() -> Problem {
    Problem(StatusCode::METHOD_NOT_ALLOWED, "this control call has another method".into())
}

/// A page on the internet must not be able to drive the sandbox through its reader's browser: by a request of its own
/// (`Origin`), nor by a name of its own that leads to loopback (`Host`).
pub(crate) async fn refuse_strangers(request: Request, next: Next) -> Response {
    if is_stranger(request.headers()) || (!request.method().is_safe() && is_cross_site(request.headers())) {
        let what = "the sandbox is driven from this machine: Host and Origin must be loopback".to_owned();
        return Problem(StatusCode::FORBIDDEN, what).into_response();
    }
    next.run(request).await
}

fn is_stranger(headers: &HeaderMap) -> bool {
    let foreign = |name: &str, is_own: fn(&str) -> bool| {
        headers.get_all(name).iter().any(|value| !value.to_str().is_ok_and(is_own))
    };
    foreign("host", is_loopback_authority)
        || foreign("origin", |origin| origin.split_once("://").is_some_and(|(_, rest)| is_loopback_authority(rest)))
}

/// What a browser itself says of the page that a request comes from, should it not name the page's origin.
fn is_cross_site(headers: &HeaderMap) -> bool {
    let says_so = headers.get_all("sec-fetch-site").iter().any(|site| site.as_bytes() == b"cross-site");
    says_so && !headers.contains_key("origin")
}

fn is_loopback_authority(authority: &str) -> bool {
    let Ok(authority) = authority.parse::<hyper::http::uri::Authority>() else {
        return false;
    };
    is_loopback_host(authority.host())
}

/// Whether a host of a URL is this machine, without asking a name server.
pub fn is_loopback_host(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
    match host.parse::<IpAddr>() {
        Ok(address) => address.to_canonical().is_loopback(),
        Err(_) => host == "localhost" || host.ends_with(".localhost"),
    }
}

/// Reads a body; an empty one is an empty object.
fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, Problem> {
    let text = if body.trim_ascii().is_empty() { b"{}" } else { body.as_ref() };
    serde_json::from_slice(text).map_err(|error| bad(format!("body: {error}")))
}

pub(crate) async fn step(sandbox: Arc<Sandbox>, event: Event) -> Answer {
    let stepped = tokio::task::spawn_blocking(move || sandbox.step(event)).await;
    let stepped = stepped.map_err(|error| Problem(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))?;
    Ok(Json(stepped?))
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

async fn reset(State(sandbox): Shared) -> Answer {
    forget(sandbox).await
}

pub(crate) async fn forget(sandbox: Arc<Sandbox>) -> Answer {
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

async fn add_merchant(State(sandbox): Shared, body: Bytes) -> Answer {
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

async fn order(State(sandbox): Shared, Path(number): Path<String>) -> Answer {
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

fn read_amount(value: &Value) -> Result<Amount, Problem> {
    let amount = match value {
        Value::String(text) => Amount::parse(text),
        Value::Number(number) => Amount::parse(number.as_str()),
        _ => return Err(bad("amount: must be a decimal")),
    };
    amount.map_err(|_| bad("amount: must be a decimal with at most 8 places"))
}

async fn deposit(State(sandbox): Shared, Path(order_no): Path<String>, body: Bytes) -> Answer {
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

async fn expire(State(sandbox): Shared, Path(order_no): Path<String>) -> Answer {
    step(sandbox, Event::Expire { order_no }).await
}

async fn cancel(State(sandbox): Shared, Path(order_no): Path<String>) -> Answer {
    step(sandbox, Event::Cancel { order_no }).await
}

async fn accept(State(sandbox): Shared, Path(order_no): Path<String>) -> Answer {
    step(sandbox, Event::Accept { order_no }).await
}

async fn settle_refund(State(sandbox): Shared, Path(order_no): Path<String>) -> Answer {
    step(sandbox, Event::SettleRefund { order_no }).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct RefundFailure {
    fail_code: Option<String>,
    fail_des: Option<String>,
}

async fn fail_refund(State(sandbox): Shared, Path(order_no): Path<String>, body: Bytes) -> Answer {
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

async fn clock(State(sandbox): Shared, body: Bytes) -> Answer {
    let Advance { advance_ms: by_ms } = read(&body)?;
    advance_clock(sandbox, by_ms).await
}

/// Ten years at a time: no sum of times can overflow.
pub(crate) async fn advance_clock(sandbox: Arc<Sandbox>, by_ms: i64) -> Answer {
    if !(0..=TEN_YEARS_MS).contains(&by_ms) {
        return Err(bad("advance_ms: time goes forward, at most ten years at a time"));
    }
    step(sandbox, Event::AdvanceClock { by_ms }).await
}

async fn add_fault(State(sandbox): Shared, body: Bytes) -> Answer {
    let order: FaultOrder = read(&body)?;
    arm_fault(&sandbox, order)
}

pub(crate) fn arm_fault(sandbox: &Sandbox, order: FaultOrder) -> Answer {
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

async fn resend(State(sandbox): Shared, Path(id): Path<String>, body: Bytes) -> Answer {
    let Resend { times } = read(&body)?;
    resend_notification(sandbox, id, times).await
}

pub(crate) async fn resend_notification(sandbox: Arc<Sandbox>, id: String, times: u32) -> Answer {
    if !(1..=MOST_RESENDS).contains(&times) {
        return Err(bad(format!("times: from 1 to {MOST_RESENDS}")));
    }
    step(sandbox, Event::Resend { id, times }).await
}

async fn hold(State(sandbox): Shared) -> Answer {
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

async fn release(State(sandbox): Shared, body: Bytes) -> Answer {
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

async fn delay(State(sandbox): Shared, body: Bytes) -> Answer {
    let Delay { delay_ms } = read(&body)?;
    delay_notifications(sandbox, delay_ms).await
}

pub(crate) async fn delay_notifications(sandbox: Arc<Sandbox>, delay_ms: i64) -> Answer {
    if !(0..=TEN_YEARS_MS).contains(&delay_ms) {
        return Err(bad("delay_ms: from 0 to ten years"));
    }
    step(sandbox, Event::DelayNotifications { delay_ms }).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_is_no_stranger() {
        let stranger = |name: &'static str, value: &str| {
            let mut headers = HeaderMap::new();
            if let Ok(value) = value.parse() {
                headers.insert(name, value);
            }
            is_stranger(&headers)
        };
        for own in ["127.0.0.1:8790", "localhost", "[::1]:8790", "127.9.9.9", "shop.localhost:80", "LOCALHOST:1"] {
            assert!(!stranger("host", own), "{own}");
            assert!(!stranger("origin", &format!("http://{own}")), "{own}");
        }
        for foreign in ["shop.example", "127.0.0.1.example", "10.0.0.1:8790", "localhost.example", "", "a@b@c"] {
            assert!(stranger("host", foreign), "{foreign}");
            assert!(stranger("origin", &format!("https://{foreign}")), "{foreign}");
        }
        assert!(stranger("origin", "null"));
    }
}
