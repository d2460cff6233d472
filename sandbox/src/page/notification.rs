//! Notifications for the person who tests: in a list, and each on a page of its own.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use hyper::StatusCode;
use maud::{Markup, html};

use super::layout::{
    Done, Page, Reader, attempt_text, copyable, delivery_badge, header, hour, missing, notification_title, pretty, time,
};
use crate::gateway::notification::Notification;
use crate::sandbox::Sandbox;

const POLL_MS: u32 = 1000;

/// `GET /notifications/{id}`
pub async fn show(State(sandbox): State<Arc<Sandbox>>, Path(id): Path<String>, Query(done): Query<Done>) -> Response {
    let Some(notification) = sandbox.look(|gateway, _| gateway.notification(&id).cloned()) else {
        return missing(Reader::Tester, "There is no such notification");
    };
    let (signer, signed) = (Arc::clone(&sandbox), notification.clone());
    let sign = tokio::task::spawn_blocking(move || signer.sign_notification(&signed)).await.unwrap_or_default();
    let body = html! {
        (header(done, true))
        main class="narrow" {
            h1 { "Notification: " (notification_title(&notification)) }
            div id="delivery" data-part {
                p { (delivery_badge(&notification)) " for " (notification.merchant_order_no) }
                dl class="facts" {
                    div { dt { "Id" } dd { code { (notification.id) } } }
                    div { dt { "Goes to" } dd { code { (notification.url) } } }
                    div { dt { "Made" } dd { (time(notification.created_at)) } }
                    @if let Some(next) = notification.next_at { div { dt { "Next attempt" } dd { (time(next)) } } }
                }
            }
            div class="buttons" {
                (resend_button(&notification, 1, "notification", "Resend"))
                (resend_button(&notification, 2, "notification", "Resend twice at once"))
            }
            section id="attempts" aria-labelledby="attempts-title" data-part {
                h2 id="attempts-title" { "Attempts" }
                @if notification.attempts.is_empty() { p class="quiet" { "None yet." } }
                ol class="rows" {
                    @for attempt in &notification.attempts {
                        li {
                            span class="quiet" { (time(attempt.at_ms)) }
                            span class={ "what " (if attempt.delivered { "is-good" } else { "is-bad" }) } {
                                (attempt_text(attempt))
                            }
                        }
                    }
                }
            }
            section aria-labelledby="body-title" {
                h2 id="body-title" { "Body" }
                pre tabindex="0" { (pretty(&notification.body)) }
                h2 { "Sign" }
                (copyable("sign", "the signature", &sign))
            }
        }
    };
    let live = Some((format!("/notifications/{}", notification.id), POLL_MS));
    let title = format!("Notification {} · BonusPay sandbox", notification.id);
    Page { reader: Reader::Tester, title, live, reloads: false, body }.response(StatusCode::OK)
}

/// Notifications, the newest first.
pub fn list(notifications: &[Notification], from: &str, none: &str) -> Markup {
    html! {
        @if notifications.is_empty() { p class="quiet" { (none) } }
        ul class="rows notifications" {
            @for notification in notifications.iter().rev() {
                li {
                    span class="what" {
                        a id={ "notification-" (notification.id) } href={ "/notifications/" (notification.id) } {
                            (notification_title(notification)) " for " (notification.merchant_order_no)
                        }
                        " " (delivery_badge(notification))
                    }
                    span class="quiet" { (delivery_text(notification)) }
                    div class="buttons" {
                        (resend_button(notification, 1, from, "Resend"))
                        (resend_button(notification, 2, from, "Twice"))
                    }
                }
            }
        }
    }
}

fn delivery_text(notification: &Notification) -> Markup {
    html! {
        @match notification.attempts.last() {
            None => { "not sent yet" }
            Some(last) => {
                (notification.attempts.len()) (if notification.attempts.len() == 1 { " attempt" } else { " attempts" })
                ", last at " (hour(last.at_ms)) ": " (attempt_text(last))
            }
        }
        @if let Some(next) = notification.next_at { "; next at " (hour(next)) }
    }
}

fn resend_button(notification: &Notification, times: u32, from: &str, text: &str) -> Markup {
    html! {
        form method="post" action={ "/notifications/" (notification.id) "/resend" } {
            input type="hidden" name="from" value=(from);
            input type="hidden" name="times" value=(times);
            button id={ "resend-" (notification.id) "-" (times) } class="small"
                aria-label={ (text) ": " (notification_title(notification)) " for " (notification.merchant_order_no) } {
                    (text)
                }
        }
    }
}
