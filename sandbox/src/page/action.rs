//! What the forms of the tester's pages do: a step of the gateway, then back to a page that shows it.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use serde::Deserialize;
use serde_json::{Value, json};

use super::layout::{Page, Reader};
use crate::control::{
    DepositOrder, Problem, REFUND_FAIL_CODE, REFUND_FAIL_DES, Reply, advance_clock, arm_fault, bad,
    delay_notifications, forget, new_deposit, resend_notification, step,
};
use crate::fault::FaultOrder;
use crate::gateway::merchant::DEFAULT_PARTNER_ID;
use crate::gateway::order::{Order, OrderStatus};
use crate::gateway::{Call, Endpoint, Event};
use crate::sandbox::Sandbox;

type Shared = State<Arc<Sandbox>>;
type Outcome = Result<Redirect, Failed>;
type Filled<T> = Result<Form<T>, FormRejection>;

/// A form that did not work, told on a page.
pub struct Failed(Problem);

impl From<Problem> for Failed {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl From<FormRejection> for Failed {
    fn from(rejection: FormRejection) -> Self {
        Self(bad(rejection.body_text()))
    }
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        let Problem(status, text) = self.0;
        let body = html! {
            main class="narrow" {
                h1 { "That did not work" }
                p role="alert" { (text) }
                p { a href="/" { "To the sandbox" } }
            }
        };
        let title = "That did not work · BonusPay sandbox".to_owned();
        Page { reader: Reader::Tester, title, live: None, reloads: false, body }.response(status)
    }
}

fn text(answer: &Value, pointer: &str) -> String {
    answer.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn to_order(order_no: &str, done: &str) -> Outcome {
    Ok(Redirect::to(&format!("/orders/{order_no}?done={done}")))
}

/// To the dashboard, if it worked.
fn to_dashboard_after(answer: Reply, done: &str, section: &str) -> Outcome {
    let Json(_) = answer?;
    to_dashboard(done, section)
}

fn to_dashboard(done: &str, section: &str) -> Outcome {
    Ok(Redirect::to(&format!("/?done={done}#{section}")))
}

/// An order as a shop would place it, so that there is something to look at.
pub async fn place(State(sandbox): Shared) -> Outcome {
    let wall_ms = sandbox.now_ms();
    let origin = sandbox.look(|gateway, _| gateway.settings().origin.clone());
    let biz = json!({
        "merchantOrderNo": format!("sample-{wall_ms}"),
        "subject": "A sample order",
        "totalAmount": {"amount": 12.81, "currency": "USDT"},
        "paySceneCode": "CHECK_OUT",
        "paySceneParams": {"redirectUrl": format!("{origin}/")},
    });
    let call = Call {
        endpoint: Endpoint::OrderPlace,
        partner_id: DEFAULT_PARTNER_ID.to_owned(),
        request_time: wall_ms,
        biz_content: biz.as_object().cloned().unwrap_or_default(),
        clock_error_ms: 0,
    };
    let Json(answer) = step(sandbox, Event::Call(call)).await?;
    to_order(&text(&answer, "/acquireOrder/orderNo"), "placed")
}

#[derive(Deserialize)]
pub struct Payment {
    amount: String,
    currency: Option<String>,
    network: Option<String>,
    /// Whether the order is to expire before the payment comes.
    #[serde(default)]
    late: bool,
    from: Option<String>,
}

pub async fn pay(State(sandbox): Shared, Path(order_no): Path<String>, filled: Filled<Payment>) -> Outcome {
    let Form(payment) = filled?;
    let chosen = |choice: Option<String>| choice.filter(|choice| !choice.is_empty());
    let deposit = new_deposit(DepositOrder {
        amount: Value::String(payment.amount.trim().to_owned()),
        currency: chosen(payment.currency),
        network: chosen(payment.network),
        payer_address: None,
        tx_hash: None,
    })?;
    if payment.late && sandbox.look(|gateway, wall_ms| is_open(gateway.find_order(&order_no), gateway.time(wall_ms))) {
        let Json(_) = step(Arc::clone(&sandbox), Event::Expire { order_no: order_no.clone() }).await?;
    }
    let Json(answer) = step(sandbox, Event::Deposit { order_no, deposit }).await?;
    if payment.from.as_deref() == Some("dashboard") {
        return to_dashboard("paid", "orders");
    }
    to_order(&text(&answer, "/order/orderNo"), "paid")
}

fn is_open<E>(order: Result<&Order, E>, now: i64) -> bool {
    order.is_ok_and(|order| order.status == OrderStatus::Created && !order.is_expired(now))
}

async fn decide(sandbox: Arc<Sandbox>, event: Event, done: &str) -> Outcome {
    let Json(answer) = step(sandbox, event).await?;
    to_order(&text(&answer, "/order/orderNo"), done)
}

pub async fn expire(State(sandbox): Shared, Path(order_no): Path<String>) -> Outcome {
    decide(sandbox, Event::Expire { order_no }, "expired").await
}

pub async fn cancel(State(sandbox): Shared, Path(order_no): Path<String>) -> Outcome {
    decide(sandbox, Event::Cancel { order_no }, "cancelled").await
}

pub async fn accept(State(sandbox): Shared, Path(order_no): Path<String>) -> Outcome {
    decide(sandbox, Event::Accept { order_no }, "accepted").await
}

pub async fn settle(State(sandbox): Shared, Path(order_no): Path<String>) -> Outcome {
    let Json(answer) = step(sandbox, Event::SettleRefund { order_no }).await?;
    to_order(&text(&answer, "/refund/originOrderNo"), "settled")
}

pub async fn fail(State(sandbox): Shared, Path(order_no): Path<String>) -> Outcome {
    let (fail_code, fail_des) = (REFUND_FAIL_CODE.to_owned(), REFUND_FAIL_DES.to_owned());
    let Json(answer) = step(sandbox, Event::FailRefund { order_no, fail_code, fail_des }).await?;
    to_order(&text(&answer, "/refund/originOrderNo"), "failed")
}

#[derive(Deserialize)]
pub struct Resend {
    times: u32,
    from: Option<String>,
}

pub async fn resend(State(sandbox): Shared, Path(id): Path<String>, filled: Filled<Resend>) -> Outcome {
    let Form(Resend { times, from }) = filled?;
    let Json(answer) = resend_notification(Arc::clone(&sandbox), id, times).await?;
    let told_of = text(&answer, "/notification/orderNo");
    match from.as_deref() {
        Some("notification") => {
            Ok(Redirect::to(&format!("/notifications/{}?done=resent", text(&answer, "/notification/id"))))
        }
        Some("order") => {
            let order_no = sandbox.look(|gateway, _| {
                gateway.find_refund(&told_of).map(|refund| refund.origin_order_no.clone()).unwrap_or(told_of)
            });
            Ok(Redirect::to(&format!("/orders/{order_no}?done=resent#notifications")))
        }
        _ => to_dashboard("resent", "notifications"),
    }
}

pub async fn hold(State(sandbox): Shared) -> Outcome {
    to_dashboard_after(step(sandbox, Event::HoldNotifications(true)).await, "held", "notifications")
}

#[derive(Deserialize)]
pub struct Release {
    order: Option<String>,
}

pub async fn release(State(sandbox): Shared, filled: Filled<Release>) -> Outcome {
    let Form(Release { order }) = filled?;
    let reversed = order.as_deref() == Some("reversed");
    let event = if reversed { Event::ReleaseReversed } else { Event::HoldNotifications(false) };
    to_dashboard_after(step(sandbox, event).await, "released", "notifications")
}

/// A number and what it counts.
#[derive(Deserialize)]
pub struct Duration {
    count: i64,
    #[serde(default)]
    unit: i64,
}

impl Duration {
    /// Too much is refused by those who take it.
    fn ms(&self) -> i64 {
        self.count.saturating_mul(self.unit)
    }
}

pub async fn delay(State(sandbox): Shared, filled: Filled<Duration>) -> Outcome {
    to_dashboard_after(delay_notifications(sandbox, filled?.ms()).await, "delayed", "notifications")
}

pub async fn clock(State(sandbox): Shared, filled: Filled<Duration>) -> Outcome {
    to_dashboard_after(advance_clock(sandbox, filled?.ms()).await, "advanced", "clock")
}

pub async fn add_fault(State(sandbox): Shared, filled: Filled<FaultOrder>) -> Outcome {
    let Form(order) = filled?;
    to_dashboard_after(arm_fault(&sandbox, order), "fault", "faults")
}

pub async fn clear_faults(State(sandbox): Shared) -> Outcome {
    sandbox.faults().clear();
    to_dashboard("cleared", "faults")
}

pub async fn clear_journal(State(sandbox): Shared) -> Outcome {
    sandbox.journal().clear();
    to_dashboard("cleared", "journal")
}

pub async fn reset(State(sandbox): Shared) -> Outcome {
    to_dashboard_after(forget(sandbox).await, "reset", "orders")
}
