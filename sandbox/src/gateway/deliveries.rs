//! Which notifications are sent, and when.

use std::collections::VecDeque;

use serde_json::{Value, json};

use super::event::{Rejection, Reply};
use super::notification::{Attempt, Kind, Notification, Subject};
use super::record::Changed;
use super::{Gateway, MOST_RESENDS};
use crate::clock::gulf_time;

impl Gateway {
    /// The notifications to be sent now, each with whether it was asked for by hand; one that is to be sent several
    /// times at once is there as often. Each is then in flight until [`Event::Attempted`] tells what came of it.
    pub fn take_due(&mut self, wall_ms: i64) -> Vec<(Notification, bool)> {
        let now = self.time(wall_ms);
        let mut due = Vec::new();
        for notification in self.undelivered.iter().filter_map(|id| self.notifications.get(id)) {
            let scheduled = !self.meta.held && notification.is_due(now) && !self.is_queued(&notification.id);
            let times = notification.resends.max(u32::from(scheduled));
            if times > 0 && !self.in_flight.contains_key(&notification.id) {
                self.in_flight.insert(notification.id.clone(), times);
                let copies = (0..times).map(|_| (notification.clone(), notification.resends > 0));
                due.extend(copies);
            }
        }
        due
    }

    /// A notification.
    pub fn notification(&self, id: &str) -> Option<&Notification> {
        self.notifications.get(id)
    }

    /// All notifications, the oldest first.
    pub fn notifications(&self) -> impl Iterator<Item = &Notification> {
        self.notifications.values()
    }

    pub(super) fn file_notification(&mut self, notification: Notification) {
        if notification.next_at.is_some() || notification.resends > 0 {
            self.undelivered.insert(notification.id.clone());
        } else {
            self.undelivered.remove(&notification.id);
        }
        self.notifications.insert(notification.id.clone(), notification);
    }

    /// Whether a notification waits for another one that was released before it.
    pub(super) fn is_queued(&self, id: &str) -> bool {
        self.queue.iter().skip(1).any(|queued| queued == id)
    }

    pub(super) fn attempted(&mut self, now: i64, id: &str, by_hand: bool, attempt: Attempt) -> Reply {
        if let Some(flying) = self.in_flight.get_mut(id) {
            *flying -= 1;
            if *flying == 0 {
                self.in_flight.remove(id);
            }
        }
        // A reset may have forgotten it while it was on its way.
        if let Some(mut notification) = self.notifications.get(id).cloned() {
            notification.attempted(by_hand, attempt, now, self.settings.time_scale);
            if !by_hand || !notification.is_due(now) {
                self.queue.retain(|queued| queued != id);
            }
            self.file_notification(notification);
            self.changed.push(Changed::Notification(id.to_owned()));
        }
        Ok(json!({}))
    }

    pub(super) fn hold_notifications(&mut self, held: bool, queue: VecDeque<String>) -> Value {
        self.meta.held = held;
        self.queue = queue;
        self.changed.push(Changed::Meta);
        json!({"held": held})
    }

    pub(super) fn resend(&mut self, id: &str, times: u32) -> Reply {
        let found = self.notifications.get(id).cloned();
        let mut notification = found.ok_or_else(|| Rejection::NotFound(format!("no notification {id:?}")))?;
        notification.resends = notification.resends.saturating_add(times).min(MOST_RESENDS);
        let view = notification.view();
        self.file_notification(notification);
        self.changed.push(Changed::Notification(id.to_owned()));
        Ok(json!({"notification": view}))
    }

    pub(super) fn notify(&mut self, now: i64, subject: Subject) {
        let date: String = gulf_time(now).chars().take(8).collect();
        let id = format!("{date}{:010}", self.next_number());
        self.changed.push(Changed::Notification(id.clone()));
        self.file_notification(Notification::new(id, subject, now, self.meta.delay_ms));
    }

    pub(super) fn notify_if(&mut self, now: i64, kind: Kind, url: Option<String>, names: [String; 3], document: Value) {
        if let Some(url) = url {
            let [partner_id, order_no, merchant_order_no] = names;
            self.notify(now, Subject { kind, partner_id, order_no, merchant_order_no, url, document });
        }
    }
}
