//! `bonuspay_notification`.

use super::guard::{free, number, text};
use super::handle::Object;
use super::response::bonuspay_state;
use super::text::{Text, Texts, utf8};
use crate::notification::{Notification, NotificationKind};
use std::ffi::c_char;
use std::sync::OnceLock;

/// What a notification is about.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum bonuspay_kind {
    /// An order: `/acquireOrder`.
    BONUSPAY_NOTIFICATION_ORDER = 1,
    /// A refund: `/refundOrder`.
    BONUSPAY_NOTIFICATION_REFUND = 2,
    /// A deposit to a customer's own address: `/customerDepositOrder`.
    BONUSPAY_NOTIFICATION_TOPUP = 3,
    /// A withdrawal or transfer: `/withdrawOrder`.
    BONUSPAY_NOTIFICATION_WITHDRAW = 4,
    /// A settlement in fiat money: `/otcFundoutOrder`.
    BONUSPAY_NOTIFICATION_SETTLEMENT = 5,
}

use bonuspay_kind::*;

impl From<NotificationKind> for bonuspay_kind {
    fn from(kind: NotificationKind) -> Self {
        match kind {
            NotificationKind::Order => BONUSPAY_NOTIFICATION_ORDER,
            NotificationKind::Refund => BONUSPAY_NOTIFICATION_REFUND,
            NotificationKind::Topup => BONUSPAY_NOTIFICATION_TOPUP,
            NotificationKind::Withdraw => BONUSPAY_NOTIFICATION_WITHDRAW,
            NotificationKind::Settlement => BONUSPAY_NOTIFICATION_SETTLEMENT,
        }
    }
}

/// A notification whose signature is valid. Free it with `bonuspay_notification_free`. Any number of threads may
/// read it at once.
pub struct bonuspay_notification {
    _opaque: [u8; 0],
}

pub(super) struct NotificationTexts {
    notification: Notification,
    id: OnceLock<Option<Text>>,
    json: OnceLock<Text>,
    raw: OnceLock<Text>,
    scalars: Texts,
}

impl From<Notification> for NotificationTexts {
    fn from(notification: Notification) -> Self {
        Self {
            notification,
            id: OnceLock::new(),
            json: OnceLock::new(),
            raw: OnceLock::new(),
            scalars: Texts::default(),
        }
    }
}

impl Object for bonuspay_notification {
    type Inner = NotificationTexts;
    const MAGIC: u64 = u64::from_be_bytes(*b"bpnotice");
    const NAME: &'static str = "bonuspay_notification";
}

/// Gives the `bonuspay_kind`; 0 for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_notification_kind(notification: *const bonuspay_notification) -> i32 {
    // SAFETY: the header's conventions.
    unsafe { number("bonuspay_notification_kind", notification, |n| bonuspay_kind::from(n.notification.kind()) as i32) }
}

/// Gives the `bonuspay_state` of what the notification is about; 0 for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_notification_state(notification: *const bonuspay_notification) -> i32 {
    // SAFETY: the header's conventions.
    unsafe {
        number("bonuspay_notification_state", notification, |n| bonuspay_state::from(n.notification.state()) as i32)
    }
}

/// Gives the notification's own id (`notify_id`), the same in every repeat of it; NULL when it has none. The text
/// is the notification's and goes with it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_notification_id(
    notification: *const bonuspay_notification,
    len: *mut usize,
) -> *const c_char {
    // SAFETY: the header's conventions.
    unsafe {
        text("bonuspay_notification_id", notification, len, |n| {
            n.id.get_or_init(|| n.notification.id().map(Text::new)).as_ref()
        })
    }
}

/// Gives one value of the notification as text, by JSON Pointer (RFC 6901): `/acquireOrder/orderNo`. The same
/// pointer serves whether the notification came flat or wrapped. NULL when there is nothing, `null`, an object or
/// an array. The text is the notification's and goes with it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_notification_get(
    notification: *const bonuspay_notification,
    pointer: *const c_char,
    pointer_len: usize,
    len: *mut usize,
) -> *const c_char {
    // SAFETY: the header's conventions.
    unsafe {
        text("bonuspay_notification_get", notification, len, |n| {
            let pointer = utf8("pointer", pointer, pointer_len).ok()?;
            n.scalars.get(pointer, || n.notification.get(pointer))
        })
    }
}

/// Gives the notification as a flat JSON document: see the conventions. The text is the notification's and goes
/// with it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_notification_json(
    notification: *const bonuspay_notification,
    len: *mut usize,
) -> *const c_char {
    // SAFETY: the header's conventions.
    unsafe {
        text("bonuspay_notification_json", notification, len, |n| {
            Some(n.json.get_or_init(|| Text::new(n.notification.json())))
        })
    }
}

/// Gives the HTTP body as it came, byte for byte: for a record, never to parse it again. The bytes are the
/// notification's and go with it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_notification_raw(
    notification: *const bonuspay_notification,
    len: *mut usize,
) -> *const c_char {
    // SAFETY: the header's conventions.
    unsafe {
        text("bonuspay_notification_raw", notification, len, |n| {
            Some(n.raw.get_or_init(|| Text::new(n.notification.raw())))
        })
    }
}

/// Frees a notification and all its texts. NULL is allowed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_notification_free(notification: *mut bonuspay_notification) {
    // SAFETY: the header's conventions.
    unsafe { free("bonuspay_notification_free", notification) }
}
