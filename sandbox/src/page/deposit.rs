//! The hosted page of a customer's deposit address, where `cashierUrl` leads.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use hyper::StatusCode;
use hyper::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};

use crate::gateway::topup::Wallet;
use crate::sandbox::Sandbox;

const POLICY: &str = "default-src 'none'; base-uri 'none'; form-action 'none'";

/// `GET /deposit/{token}`
pub async fn show(State(sandbox): State<Arc<Sandbox>>, Path(token): Path<String>) -> Response {
    let page = sandbox.look(|gateway, _| gateway.wallet_by_token(&token).map(page));
    let headers = [
        (CONTENT_SECURITY_POLICY, POLICY),
        (REFERRER_POLICY, "no-referrer"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (CACHE_CONTROL, "no-store"),
    ];
    match page {
        Some(page) => (headers, Html(page)).into_response(),
        None => (StatusCode::NOT_FOUND, headers, Html("<h1>No such address</h1>")).into_response(),
    }
}

/// Codes, addresses and customers' ids hold no character that HTML would take for its own.
fn page(wallet: &Wallet) -> String {
    let coin = wallet.asset.code();
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <title>BonusPay sandbox deposit</title></head>\
         <body>\n<h1>Deposit {coin}</h1>\n<dl><dt>Customer</dt><dd>{}</dd><dt>Network</dt><dd>{}</dd>\
         <dt>Address</dt><dd><code id=\"address\">{}</code></dd><dt>At least</dt><dd>{} {coin}</dd></dl>\n\
         <p>A sandbox: no real coin moves.</p>\n</body></html>\n",
        wallet.customer_id,
        wallet.network.name(),
        wallet.address,
        wallet.asset.smallest_transfer(),
    )
}
