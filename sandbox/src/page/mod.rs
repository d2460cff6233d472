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
use hyper::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use maud::{DOCTYPE, Markup, html};

use crate::control::refuse_strangers;
use crate::sandbox::Sandbox;

mod checkout;
mod desk;
mod form;
mod layout;
mod notification;
mod order;
mod products;
mod qr;
mod traffic;

/// The pages' routes.
pub fn routes() -> Router<Arc<Sandbox>> {
    let tester = Router::new()
        .route("/", get(desk::show))
        .route("/orders", post(form::place))
        .route("/orders/{number}", get(order::show))
        .route("/orders/{number}/pay", post(form::pay))
        .route("/orders/{number}/expire", post(form::expire))
        .route("/orders/{number}/cancel", post(form::cancel))
        .route("/orders/{number}/accept", post(form::accept))
        .route("/refunds/{number}/settle", post(form::settle))
        .route("/refunds/{number}/fail", post(form::fail))
        .route("/notifications/{id}", get(notification::show))
        .route("/notifications/{id}/resend", post(form::resend))
        .route("/notifications/hold", post(form::hold))
        .route("/notifications/release", post(form::release))
        .route("/notifications/delay", post(form::delay))
        .route("/clock", post(form::clock))
        .route("/faults", post(form::add_fault))
        .route("/faults/clear", post(form::clear_faults))
        .route("/journal/{number}", get(traffic::show))
        .route("/journal/clear", post(form::clear_journal))
        .route("/reset", post(form::reset))
        .layer(from_fn(refuse_strangers));
    Router::new().route("/checkout/{token}", get(checkout::show)).route("/assets/{name}", get(asset)).merge(tester)
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

/// Whom a page is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reader {
    Shopper,
    Tester,
}

impl Reader {
    fn headers(self) -> [(HeaderName, &'static str); 5] {
        let policy = match self {
            Reader::Shopper => {
                "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
                 base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
            }
            Reader::Tester => {
                "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
                 base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
            }
        };
        // With no-referrer a browser would send the tester's own forms with `Origin: null`.
        let referrer = if self == Reader::Shopper { "no-referrer" } else { "same-origin" };
        [
            (CONTENT_TYPE, "text/html; charset=utf-8"),
            (CONTENT_SECURITY_POLICY, policy),
            (REFERRER_POLICY, referrer),
            (X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (CACHE_CONTROL, "no-store"),
        ]
    }
}

/// A whole page.
struct Page {
    reader: Reader,
    title: String,
    /// The address that the script asks for news, and the milliseconds between; none where there can be no news.
    live: Option<(String, u32)>,
    /// Whether a browser without script is to load it again by itself.
    reloads: bool,
    body: Markup,
}

impl Page {
    fn response(self, status: StatusCode) -> Response {
        let (live, every) = self.live.unzip();
        let markup = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.title) }
                    link rel="stylesheet" href="/assets/sandbox.css";
                    link rel="icon" href="/assets/icon.svg" type="image/svg+xml";
                    script src="/assets/live.js" defer {}
                    @if self.reloads {
                        noscript { meta http-equiv="refresh" content="10"; }
                    }
                }
                body data-live=[live] data-every=[every] { (self.body) }
            }
        };
        (status, self.reader.headers(), markup.into_string()).into_response()
    }
}

/// The page of something that is not there.
fn missing(reader: Reader, what: &str) -> Response {
    let body = html! {
        main class="narrow" {
            h1 { (what) }
            p { "It may have been forgotten by a reset, or the address is not complete." }
            @if reader == Reader::Tester { p { a href="/" { "To the sandbox" } } }
        }
    };
    Page { reader, title: what.to_owned(), live: None, reloads: false, body }.response(StatusCode::NOT_FOUND)
}
