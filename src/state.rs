//! What a status text means for whoever waits for the money.

/// The meaning of a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(i32)]
pub enum State {
    /// The document has no status (a balance, a list).
    None = 0,
    /// Not final.
    Pending = 1,
    /// Paid, paid out, or refunded as asked.
    Succeeded = 2,
    /// Failed, expired or cancelled.
    Failed = 3,
    /// The order was paid and given back.
    Refunded = 4,
    /// A status that this library does not know: treat it as pending, never as paid.
    Unknown = 5,
}
