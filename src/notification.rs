//! Notifications.
use crate::state::State;

/// What a notification is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(i32)]
pub enum NotificationKind {
    /// `acquireOrder`
    Order = 1,
    /// `refundOrder`
    Refund = 2,
    /// `customerDepositOrder`
    Topup = 3,
    /// `withdrawOrder`
    Withdraw = 4,
    /// `otcFundoutOrder`
    Settlement = 5,
}
/// A verified notification.
#[derive(Clone)]
pub struct Notification;
impl Notification {
    /// Its kind.
    pub fn kind(&self) -> NotificationKind { todo!() }
    /// Its state.
    pub fn state(&self) -> State { todo!() }
    /// `notify_id`.
    pub fn id(&self) -> Option<&str> { todo!() }
    /// The scalar at a JSON Pointer into the flat message, as text.
    pub fn get(&self, pointer: &str) -> Option<&str> { todo!("{pointer}") }
    /// The flat message with the documented spellings, amounts as strings.
    pub fn json(&self) -> &str { todo!() }
    /// The HTTP body as it came.
    pub fn raw(&self) -> &[u8] { todo!() }
}
