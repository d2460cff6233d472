//! What several pages share: the frame, states, amounts, times, texts to copy.

use axum::response::{IntoResponse, Response};
use hyper::StatusCode;
use hyper::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use maud::{DOCTYPE, Markup, html};
use serde::Deserialize;

use crate::clock::utc_time;
use crate::gateway::notification::{Attempt, Delivery, Kind, Notification};
use crate::gateway::order::{Order, OrderStatus};
use crate::gateway::refund::{Refund, RefundStatus};
use crate::money::{Amount, Currency};

/// Whom a page is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reader {
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
pub struct Page {
    pub reader: Reader,
    pub title: String,
    /// The address that the script asks for news, and the milliseconds between; none where there can be no news.
    pub live: Option<(String, u32)>,
    /// Whether a browser without script is to load it again by itself.
    pub reloads: bool,
    pub body: Markup,
}

impl Page {
    pub fn response(self, status: StatusCode) -> Response {
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
pub fn missing(reader: Reader, what: &str) -> Response {
    let body = html! {
        main class="narrow" {
            h1 { (what) }
            p { "It may have been forgotten by a reset, or the address is not complete." }
            @if reader == Reader::Tester { p { a href="/" { "To the sandbox" } } }
        }
    };
    Page { reader, title: what.to_owned(), live: None, reloads: false, body }.response(StatusCode::NOT_FOUND)
}

/// What a form has just done. Only known words are told: the address of a page is no place to write on it.
#[derive(Default, Deserialize)]
pub struct Done {
    done: Option<String>,
}

impl Done {
    fn text(&self) -> Option<&'static str> {
        Some(match self.done.as_deref()? {
            "placed" => "The order is placed.",
            "paid" => "The payment has arrived.",
            "expired" => "The order's time is over.",
            "cancelled" => "The order is cancelled.",
            "accepted" => "The order is accepted.",
            "settled" => "The refund succeeded.",
            "failed" => "The refund failed.",
            "resent" => "The notification is on its way.",
            "held" => "Notifications are held back.",
            "released" => "Notifications are sent again.",
            "delayed" => "The delay is set.",
            "advanced" => "The clock is advanced.",
            "fault" => "The fault waits for its call.",
            "cleared" => "Nothing is left of it.",
            "reset" => "Everything is forgotten but the keys.",
            _ => return None,
        })
    }
}

/// What stands above each of the tester's pages.
pub fn header(done: Done, has_way_back: bool) -> Markup {
    html! {
        header class="bar" {
            @if has_way_back {
                p { a href="/" { "← BonusPay sandbox" } }
            } @else {
                h1 { "BonusPay sandbox" }
                p { "A payment gateway of your own. No coin moves." }
            }
            noscript { p { a href="" { "Look again" } } }
        }
        p id="lost" class="notice" role="status" hidden { "The sandbox does not answer. This page goes on trying." }
        @if let Some(text) = done.text() { p class="notice" role="status" { (text) } }
    }
}

/// `12.81 USDT`
pub fn money(amount: Amount, coin: Currency) -> String {
    format!("{amount} {}", coin.code())
}

/// A point in time.
pub fn time(ms: i64) -> Markup {
    let text = utc_time(ms);
    html! { time datetime={ (text.replace(' ', "T")) "Z" } { (text) " UTC" } }
}

/// A point in time within the list of a day.
pub fn hour(ms: i64) -> Markup {
    let text = utc_time(ms);
    let (_, hour) = text.split_once(' ').unwrap_or_default();
    html! { time datetime={ (text.replace(' ', "T")) "Z" } title={ (text) " UTC" } { (hour) } }
}

/// `2 h 5 min`: a span of time in its two biggest units.
pub fn span(ms: i64) -> String {
    let units = [(86_400_000, "d"), (3_600_000, "h"), (60_000, "min"), (1000, "s"), (1, "ms")];
    let mut rest = ms.max(0);
    let mut parts = Vec::new();
    for (size, name) in units {
        if rest >= size && parts.len() < 2 {
            parts.push(format!("{} {name}", rest / size));
            rest %= size;
        }
    }
    if parts.is_empty() { "0 s".into() } else { parts.join(" ") }
}

/// `1:59:58`, as the script goes on counting it.
pub fn countdown(ms: i64) -> String {
    let seconds = ms.max(0) / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

fn badge(mood: &str, text: &str) -> Markup {
    html! { span class={ "badge " (mood) } { (text) } }
}

/// Where an order stands.
pub fn order_badge(order: &Order, now: i64) -> Markup {
    match order.status {
        OrderStatus::Created if order.is_expired(now) => badge("waiting", "CREATED, expired"),
        OrderStatus::Created if order.received() > Amount::ZERO => badge("waiting", "CREATED, partly paid"),
        OrderStatus::Created => badge("waiting", "CREATED"),
        OrderStatus::Success => badge("good", "SUCCESS"),
        OrderStatus::Failure => badge("bad", "FAILURE"),
        OrderStatus::Refunded => badge("plain", "REFUNDED"),
    }
}

/// Where a refund stands.
pub fn refund_badge(refund: &Refund) -> Markup {
    match refund.status {
        RefundStatus::Created => badge("waiting", "CREATED"),
        RefundStatus::Success => badge("good", "SUCCESS"),
        RefundStatus::Failure => badge("bad", "FAILURE"),
    }
}

/// Where the delivery of a notification stands.
pub fn delivery_badge(notification: &Notification) -> Markup {
    match notification.delivery {
        Delivery::Pending => badge("waiting", "pending"),
        Delivery::Delivered => badge("good", "delivered"),
        Delivery::GivenUp => badge("bad", "given up"),
    }
}

/// Whether a signature was good, where someone looked.
pub fn signature_badge(valid: Option<bool>) -> Markup {
    match valid {
        Some(true) => badge("good", "signature ok"),
        Some(false) => badge("bad", "signature wrong"),
        None => badge("plain", "not looked at"),
    }
}

/// A fault that was played.
pub fn fault_badge(fault: &str) -> Markup {
    badge("bad", fault)
}

/// What an attempt came to: `HTTP 200 SUCCESS`.
pub fn attempt_text(attempt: &Attempt) -> String {
    match (attempt.status, &attempt.answer, &attempt.error) {
        (Some(status), Some(answer), _) if !answer.is_empty() => format!("HTTP {status} {answer}"),
        (Some(status), ..) => format!("HTTP {status}, empty"),
        (None, _, error) => error.clone().unwrap_or_default(),
    }
}

/// `order SUCCESS`
pub fn notification_title(notification: &Notification) -> String {
    let kind = match notification.kind {
        Kind::Order => "order",
        Kind::Refund => "refund",
        Kind::Topup => "top-up",
        Kind::Withdraw => "payout",
        Kind::Settlement => "settlement",
    };
    format!("{kind} {}", notification.status)
}

/// The button that copies an element's text. It is only seen where there is a script.
pub fn copy_button(id: &str, what: &str) -> Markup {
    html! {
        button type="button" class="copy small" id={ "copy-" (id) } data-copy=(id) aria-label={ "Copy " (what) } {
            "Copy"
        }
    }
}

/// A text that is to be copied exactly.
pub fn copyable(id: &str, what: &str, text: &str) -> Markup {
    html! {
        span class="copyable" { code id=(id) class="exact" { (text) } (copy_button(id, what)) }
    }
}

/// JSON with its lines broken, otherwise character for character: a key that comes twice is seen twice, and a number
/// as it was written. Other texts stay as they are.
pub fn pretty(text: &str) -> String {
    if serde_json::from_str::<serde::de::IgnoredAny>(text).is_err() {
        return text.to_owned();
    }
    let mut pretty = String::with_capacity(text.len() * 2);
    let (mut depth, mut in_string, mut escaped, mut opened) = (0_usize, false, false, false);
    let line = |pretty: &mut String, depth: usize| {
        pretty.push('\n');
        pretty.extend(std::iter::repeat_n("  ", depth));
    };
    for c in text.chars() {
        if in_string {
            pretty.push(c);
            in_string = c != '"' || escaped;
            escaped = c == '\\' && !escaped;
            continue;
        }
        if c.is_ascii_whitespace() {
            continue;
        }
        if opened && !matches!(c, '}' | ']') {
            line(&mut pretty, depth);
        }
        match c {
            '{' | '[' => depth += 1,
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                if !opened {
                    line(&mut pretty, depth);
                }
            }
            _ => {}
        }
        pretty.push(c);
        match c {
            ',' => line(&mut pretty, depth),
            ':' => pretty.push(' '),
            '"' => in_string = true,
            _ => {}
        }
        opened = matches!(c, '{' | '[');
    }
    pretty
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_broken_into_lines_and_not_changed() {
        let text = r#"{"a":[1.0,{}],"a":"x,{\"y\":\\","e":0E-8}"#;
        let wanted = "{\n  \"a\": [\n    1.0,\n    {}\n  ],\n  \"a\": \"x,{\\\"y\\\":\\\\\",\n  \"e\": 0E-8\n}";
        assert_eq!(pretty(text), wanted);
        assert_eq!(pretty("<html>{"), "<html>{");
    }

    #[test]
    fn spans_name_two_units() {
        assert_eq!(span(7_500_000), "2 h 5 min");
        assert_eq!(span(90_061_000), "1 d 1 h");
        assert_eq!(span(0), "0 s");
        assert_eq!(countdown(7_198_999), "1:59:58");
        assert_eq!(countdown(-5), "0:00");
    }
}
