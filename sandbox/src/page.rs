//! The hosted checkout page: what is to be paid, where, and whether it was.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use hyper::StatusCode;
use hyper::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};

use crate::order::{Order, OrderStatus, Scene};
use crate::sandbox::Sandbox;

const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// `GET /checkout/{token}`
pub async fn checkout(State(sandbox): State<Arc<Sandbox>>, Path(token): Path<String>) -> Response {
    let page = sandbox
        .look(|gateway, wall_ms| gateway.order_by_token(&token).map(|order| order_page(order, gateway.time(wall_ms))));
    let headers = [
        (CONTENT_SECURITY_POLICY, POLICY),
        (REFERRER_POLICY, "no-referrer"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (CACHE_CONTROL, "no-store"),
    ];
    match page {
        Some(page) => (headers, Html(page)).into_response(),
        None => (StatusCode::NOT_FOUND, headers, Html(frame("No such order", false, "<h1>No such order</h1>")))
            .into_response(),
    }
}

fn order_page(order: &Order, now: i64) -> String {
    let coin = order.due.currency.code();
    let waits = order.status == OrderStatus::Created;
    let rows: String = order
        .networks()
        .into_iter()
        .map(|network| format!("<tr><th>{}</th><td><code>{}</code></td></tr>", network.code(), order.address(network)))
        .collect();
    let back = match &order.request.scene {
        Scene::CheckOut { redirect_url: Some(url) } => {
            format!("<p><a rel=\"noreferrer\" href=\"{}\">Back to the shop</a></p>", escape(url))
        }
        _ => String::new(),
    };
    let body = format!(
        "<h1>{} {coin}</h1>\n<p>{}</p>\n<dl><dt>Order</dt><dd>{}</dd><dt>Number</dt><dd>{}</dd>\
         <dt>Received</dt><dd>{} {coin}</dd><dt>State</dt><dd id=\"state\" data-status=\"{}\">{}</dd></dl>\n{}{back}",
        order.due.amount,
        escape(&order.request.subject),
        escape(&order.request.merchant_order_no),
        order.order_no,
        order.received(),
        order.status.code(),
        state_text(order, now),
        if waits { format!("<p>Pay to one of these addresses:</p><table>{rows}</table>\n") } else { String::new() },
    );
    frame("BonusPay sandbox checkout", waits, &body)
}

fn state_text(order: &Order, now: i64) -> &'static str {
    match order.status {
        OrderStatus::Created if order.is_expired(now) => {
            "The time to pay is over. The shop decides about what was received."
        }
        OrderStatus::Created => "Waiting for the payment",
        OrderStatus::Success => "Paid",
        OrderStatus::Failure => "Expired or cancelled: please do not pay any more",
        OrderStatus::Refunded => "Refunded",
    }
}

fn frame(title: &str, reload: bool, body: &str) -> String {
    let reload = if reload { "<meta http-equiv=\"refresh\" content=\"3\">" } else { "" };
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">{reload}\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>\
         <style>body{{font-family:sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem}}\
         code{{overflow-wrap:anywhere}}th{{text-align:left;padding-right:1rem}}</style></head>\n\
         <body>{body}<p><small>This is a sandbox: no coin moves.</small></p></body></html>\n"
    )
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_shops_text_stays_text() {
        assert_eq!(super::escape("<a href='\"'>&"), "&lt;a href=&#39;&quot;&#39;&gt;&amp;");
    }
}
