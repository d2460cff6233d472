//! What happens in a world.

use bonuspay_sandbox::money::Currency;
use bonuspay_sandbox::network::Network;

/// A second, in the world's milliseconds.
pub const SECOND: i64 = 1000;
/// A minute.
pub const MINUTE: i64 = 60 * SECOND;
/// An hour.
pub const HOUR: i64 = 60 * MINUTE;
/// A notification on its way.
#[derive(Clone)]
pub struct Delivery {
    /// The header, which is not signed.
    pub partner_id: String,
    /// The header `Sign`.
    pub sign: String,
    /// The body.
    pub body: String,
    /// Which notification of the gateway's it is, and whether sent by hand; none for what others send.
    pub id: Option<(String, bool)>,
    /// Who wrote it.
    pub origin: Origin,
}

/// Who wrote a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The gateway, for the shop.
    Gateway,
    /// The gateway, for another merchant.
    Foreign,
    /// Someone else, or it was altered.
    Forged,
}

/// What the shop has to do.
#[derive(Clone)]
pub enum ShopTask {
    /// A shopper opens the payment page.
    Visit(usize),
    /// A notification came.
    Notified(Delivery),
    /// The queue's turn.
    Cron,
    /// The merchant looks at an order and may refund or accept.
    Review(usize),
    /// The cart changed: the order costs something else now.
    Change(usize, i64),
    /// The order is cancelled.
    Cancel(usize),
}

/// Something that happens.
#[derive(Clone)]
pub enum Event {
    /// Money reaches an address.
    Deposit { order_no: String, cents: i64, currency: Currency, network: Network },
    /// A request arrives (again).
    Replay { call: u64, path: String, sign: String, body: Vec<u8> },
    /// The gateway has something to do by itself.
    GatewayWake,
    /// A notification was lost on its way.
    Lost { id: String, by_hand: bool },
    /// The gateway dies.
    GatewayDies,
    /// And comes back.
    GatewayUp,
    /// A refund fails.
    RefundFails { number: String },
    /// The other merchant does something clever.
    Rival,
    /// Someone sends a forged or an old notification.
    Forge,
    /// The shop does something.
    Shop(ShopTask),
    /// The shop's machine dies.
    ShopDies,
    /// And comes back.
    ShopUp,
    /// The shop's clock is off by so much from now on.
    Clock(i64),
}
