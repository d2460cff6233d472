//! The journal for the person who tests: in a list, and each call on a page of its own.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hyper::StatusCode;
use maud::{Markup, html};
use serde_json::Value;

use super::layout::{Done, Page, Reader, fault_badge, header, hour, missing, pretty, signature_badge, time};
use crate::journal::Entry;
use crate::sandbox::Sandbox;

/// `GET /journal/{number}`
pub async fn show(State(sandbox): State<Arc<Sandbox>>, Path(number): Path<u64>) -> Response {
    let Some(entry) = sandbox.journal().entry(number).cloned() else {
        return missing(Reader::Tester, "There is no such call in the journal");
    };
    let body = html! {
        (header(Done::default(), true))
        main class="narrow" {
            h1 { "Call " (entry.number) ": " (entry.path) }
            p { (verdict(&entry)) }
            dl class="facts" {
                div { dt { "When" } dd { (time(entry.at_ms)) } }
                div { dt { "Connection" } dd { (entry.connection) } }
            }
            section aria-labelledby="request-title" {
                h2 id="request-title" { "Request" }
                (headers(Some(&entry.request_headers)))
                (body_text(entry.request_body_base64.as_deref(), "It was not read."))
            }
            section aria-labelledby="answer-title" {
                h2 id="answer-title" { "Answer" }
                @if entry.status.is_some() {
                    (headers(entry.response_headers.as_ref()))
                    (body_text(entry.response_body_base64.as_deref(), "It has no body."))
                } @else {
                    p class="quiet" { "None was sent." }
                }
            }
        }
    };
    let title = format!("Call {} · BonusPay sandbox", entry.number);
    Page { reader: Reader::Tester, title, live: None, reloads: false, body }.response(StatusCode::OK)
}

/// Calls, the newest first.
pub fn list(entries: &[Entry]) -> Markup {
    html! {
        @if entries.is_empty() { p class="quiet" { "No call came yet. Each one is kept here, byte for byte." } }
        ul class="rows calls" {
            @for entry in entries {
                li {
                    span class="what" {
                        a id={ "call-" (entry.number) } href={ "/journal/" (entry.number) } {
                            (entry.number) " " (entry.path)
                        }
                    }
                    span class="quiet" { (hour(entry.at_ms)) }
                    span { (verdict(entry)) }
                }
            }
        }
    }
}

fn verdict(entry: &Entry) -> Markup {
    html! {
        (outcome(entry)) " " (signature_badge(entry.signature_valid))
        @if let Some(fault) = &entry.fault { " " (fault_badge(fault)) }
    }
}

/// What the answer said: the HTTP status, and the envelope's code where there is one.
fn outcome(entry: &Entry) -> String {
    let Some(status) = entry.status else {
        return "no answer".into();
    };
    let body = entry.response_body_base64.as_deref().and_then(|text| STANDARD.decode(text).ok()).unwrap_or_default();
    let answer: Value = serde_json::from_slice(&body).unwrap_or_default();
    let head = |name: &str| answer.pointer(&format!("/head/{name}")).and_then(Value::as_str);
    match (head("code"), head("msg")) {
        (Some("0"), Some(msg)) => format!("HTTP {status}: {msg}"),
        (Some(code), Some(msg)) => format!("HTTP {status}: {code} {msg}"),
        _ => format!("HTTP {status}"),
    }
}

fn headers(headers: Option<&Value>) -> Markup {
    let headers = headers.and_then(Value::as_object);
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    html! {
        details {
            summary { "Headers" }
            pre tabindex="0" {
                @for (name, value) in headers.into_iter().flatten() { (name) ": " (text(value)) "\n" }
            }
        }
    }
}

fn body_text(base64: Option<&str>, none: &str) -> Markup {
    let body = base64.and_then(|text| STANDARD.decode(text).ok());
    html! {
        @match body {
            Some(body) => { pre tabindex="0" { (pretty(&String::from_utf8_lossy(&body))) } }
            None => { p class="quiet" { (none) } }
        }
    }
}
