//! Requests that come from this machine, and hosts that are this machine.

use std::net::IpAddr;

use axum::Json;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use hyper::{HeaderMap, StatusCode};
use serde_json::json;

/// A page on the internet must not be able to drive the sandbox through its reader's browser: by a request of its own
/// (`Origin`), nor by a name of its own that leads to loopback (`Host`).
pub async fn require_loopback_origin(request: Request, next: Next) -> Response {
    if is_foreign(request.headers()) || (!request.method().is_safe() && is_cross_site(request.headers())) {
        let what = "the sandbox is driven from this machine: Host and Origin must be loopback".to_owned();
        return (StatusCode::FORBIDDEN, Json(json!({"error": what}))).into_response();
    }
    next.run(request).await
}

fn is_foreign(headers: &HeaderMap) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_is_not_foreign() {
        let foreign = |name: &'static str, value: &str| {
            let mut headers = HeaderMap::new();
            if let Ok(value) = value.parse() {
                headers.insert(name, value);
            }
            is_foreign(&headers)
        };
        for own in ["127.0.0.1:8790", "localhost", "[::1]:8790", "127.9.9.9", "shop.localhost:80", "LOCALHOST:1"] {
            assert!(!foreign("host", own), "{own}");
            assert!(!foreign("origin", &format!("http://{own}")), "{own}");
        }
        for other in ["shop.example", "127.0.0.1.example", "10.0.0.1:8790", "localhost.example", "", "a@b@c"] {
            assert!(foreign("host", other), "{other}");
            assert!(foreign("origin", &format!("https://{other}")), "{other}");
        }
        assert!(foreign("origin", "null"));
    }
}
