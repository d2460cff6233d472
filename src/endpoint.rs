//! The endpoints' names.

/// An endpoint that this library knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Endpoint {
    /// `crypto/placeOrder`
    PlaceOrder,
    /// `crypto/cancelOrder`
    CancelOrder,
    /// `crypto/acceptOrder`
    AcceptOrder,
    /// `crypto/getOrder`
    GetOrder,
    /// `crypto/getPaymentDepositEventList`
    GetPaymentEvents,
    /// `crypto/refund/placeOrder`
    PlaceRefund,
    /// `crypto/refund/getOrder`
    GetRefund,
}
