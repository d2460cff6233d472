//! The pages: the hosted checkout for shoppers, and one for the person who tests.
//!
//! They are plain HTML and plain forms. A script, the same for all, asks for the page again every now and then and
//! puts in what changed; without it they are reloaded. Templates escape whatever they are given.

use std::sync::Arc;

use axum::Router;
use axum::extract::Path;
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use hyper::StatusCode;
use hyper::header::{CACHE_CONTROL, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};

use crate::http::loopback::require_loopback_origin;
use crate::sandbox::Sandbox;

mod action;
mod checkout;
mod dashboard;
mod deposit;
mod layout;
mod notification;
mod order;
mod products;
mod qr;
mod requests;

/// The pages' routes.
pub fn routes() -> Router<Arc<Sandbox>> {
    let tester = Router::new()
        .route("/", get(dashboard::show))
        .route("/orders", post(action::place))
        .route("/orders/{number}", get(order::show))
        .route("/orders/{number}/pay", post(action::pay))
        .route("/orders/{number}/expire", post(action::expire))
        .route("/orders/{number}/cancel", post(action::cancel))
        .route("/orders/{number}/accept", post(action::accept))
        .route("/refunds/{number}/settle", post(action::settle))
        .route("/refunds/{number}/fail", post(action::fail))
        .route("/notifications/{id}", get(notification::show))
        .route("/notifications/{id}/resend", post(action::resend))
        .route("/notifications/hold", post(action::hold))
        .route("/notifications/release", post(action::release))
        .route("/notifications/delay", post(action::delay))
        .route("/clock", post(action::clock))
        .route("/faults", post(action::add_fault))
        .route("/faults/clear", post(action::clear_faults))
        .route("/journal/{number}", get(requests::show))
        .route("/journal/clear", post(action::clear_journal))
        .route("/reset", post(action::reset))
        .layer(from_fn(require_loopback_origin));
    Router::new()
        .route("/checkout/{token}", get(checkout::show))
        .route("/deposit/{token}", get(deposit::show))
        .route("/assets/{name}", get(asset))
        .merge(tester)
}

async fn asset(Path(name): Path<String>) -> Response {
    let (content_type, text) = match name.as_str() {
        "sandbox.css" => ("text/css; charset=utf-8", include_str!("sandbox.css")),
        "live.js" => ("text/javascript; charset=utf-8", include_str!("live.js")),
        "icon.svg" => ("image/svg+xml", include_str!("icon.svg")),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let headers = [(CONTENT_TYPE, content_type), (X_CONTENT_TYPE_OPTIONS, "nosniff"), (CACHE_CONTROL, "no-cache")];
    (headers, text).into_response()
}
