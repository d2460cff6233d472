//! The endpoints: their paths, what may be asked of them, and which calls may be made twice.

use crate::error::Error;
use crate::json::Value;
use crate::money::Scales;
use crate::schema::{self, Field};
use crate::state::OrderKey;
use crate::{order, refund};

/// An endpoint that this library knows (spec 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Endpoint {
    /// `crypto/placeOrder` (spec 3.2.1)
    PlaceOrder,
    /// `crypto/cancelOrder` (spec 3.2.2)
    CancelOrder,
    /// `crypto/acceptOrder` (spec 3.2.3)
    AcceptOrder,
    /// `crypto/getOrder` (spec 3.2.4)
    GetOrder,
    /// `crypto/getPaymentDepositEventList` (spec 3.2.5)
    GetPaymentEvents,
    /// `crypto/refund/placeOrder` (spec 3.2.6)
    PlaceRefund,
    /// `crypto/refund/getOrder` (spec 3.2.7)
    GetRefund,
}

/// Whether a call may reach the gateway twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// A read, or Place Order, which is idempotent by its number.
    Safe,
    /// It cancels, accepts, or moves money out.
    Never,
}

/// What an identity of the request is called in the answer's order.
pub(crate) struct Identity {
    pub(crate) asked: &'static str,
    pub(crate) answered: &'static str,
}

const fn same(name: &'static str) -> Identity {
    Identity { asked: name, answered: name }
}

impl Endpoint {
    /// Every endpoint.
    pub const ALL: [Self; 7] = [
        Self::PlaceOrder,
        Self::CancelOrder,
        Self::AcceptOrder,
        Self::GetOrder,
        Self::GetPaymentEvents,
        Self::PlaceRefund,
        Self::GetRefund,
    ];

    /// The path below the base URL.
    pub fn path(self) -> &'static str {
        match self {
            Self::PlaceOrder => "crypto/placeOrder",
            Self::CancelOrder => "crypto/cancelOrder",
            Self::AcceptOrder => "crypto/acceptOrder",
            Self::GetOrder => "crypto/getOrder",
            Self::GetPaymentEvents => "crypto/getPaymentDepositEventList",
            Self::PlaceRefund => "crypto/refund/placeOrder",
            Self::GetRefund => "crypto/refund/getOrder",
        }
    }

    /// The endpoint of a path.
    pub fn from_path(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|endpoint| endpoint.path() == path)
    }

    pub(crate) fn repeat(self) -> Repeat {
        match self {
            Self::PlaceOrder | Self::GetOrder | Self::GetPaymentEvents | Self::GetRefund => Repeat::Safe,
            Self::CancelOrder | Self::AcceptOrder | Self::PlaceRefund => Repeat::Never,
        }
    }

    fn fields(self) -> &'static [Field] {
        match self {
            Self::PlaceOrder => order::PLACE_ORDER,
            Self::CancelOrder | Self::AcceptOrder | Self::GetOrder | Self::GetPaymentEvents => order::ORDER_INDEX,
            Self::PlaceRefund => refund::PLACE_REFUND,
            Self::GetRefund => refund::GET_REFUND,
        }
    }

    /// Checks `bizContent` and gives it as it goes on the wire. `now_ms` is the request time.
    pub(crate) fn check(self, biz_content: &Value, scales: &Scales, now_ms: u64) -> Result<Value, Error> {
        let wire = schema::check(biz_content, self.fields(), scales, "")?;
        match self {
            Self::PlaceOrder => order::check_place(wire, now_ms),
            Self::CancelOrder | Self::AcceptOrder | Self::GetOrder | Self::GetPaymentEvents => {
                exactly_one(&wire, "merchantOrderNo", "orderNo").map(|()| wire)
            }
            Self::PlaceRefund => exactly_one(&wire, "originMerchantOrderNo", "originOrderNo").map(|()| wire),
            Self::GetRefund => exactly_one(&wire, "refundMerchantOrderNo", "orderNo").map(|()| wire),
        }
    }

    /// The order object in the answer's body.
    pub(crate) fn order_key(self) -> Option<OrderKey> {
        match self {
            Self::PlaceOrder | Self::CancelOrder | Self::AcceptOrder | Self::GetOrder => Some(OrderKey::Acquire),
            Self::PlaceRefund | Self::GetRefund => Some(OrderKey::Refund),
            Self::GetPaymentEvents => None,
        }
    }

    /// What binds an answer to its request: answers are signed, but not for a request (R32).
    pub(crate) fn identities(self) -> &'static [Identity] {
        match self {
            Self::PlaceOrder => const { &[same("merchantOrderNo"), same("reserved")] },
            Self::CancelOrder | Self::AcceptOrder | Self::GetOrder => {
                const { &[same("merchantOrderNo"), same("orderNo")] }
            }
            Self::PlaceRefund => {
                const { &[same("refundMerchantOrderNo"), same("originMerchantOrderNo"), same("reserved")] }
            }
            Self::GetRefund => const { &[same("refundMerchantOrderNo"), same("orderNo")] },
            Self::GetPaymentEvents => &[],
        }
    }

    /// The amounts that the answer must repeat if it names them (R33): `(in the request, in the answer's order)`.
    pub(crate) fn amounts(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::PlaceOrder => &[("/totalAmount", "/totalAmount"), ("/refAmount/refAmount", "/refAmount/refAmount")],
            Self::PlaceRefund => &[("/amount", "/refundAmount")],
            _ => &[],
        }
    }

    /// The names under which the answer's list may come (spec 6.4); it leaves under the first.
    pub(crate) fn list_names(self) -> &'static [&'static str] {
        match self {
            Self::GetPaymentEvents => &["paymentDepositEventList", "paymentDepositEvents"],
            _ => &[],
        }
    }

    /// Texts that the answer must repeat if it names them, beside the identities.
    pub(crate) fn echoes(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::PlaceOrder => &[
                ("/paySceneCode", "/paySceneCode"),
                ("/refAmount/exchangeCurrencyCode", "/refAmount/exchangeCurrencyCode"),
                ("/refAmount/exchangeCurrencyCode", "/totalAmount/currency"),
            ],
            _ => &[],
        }
    }
}

/// Exactly one of two fields, not both and not neither (spec 2.3).
pub(crate) fn exactly_one(wire: &Value, one: &str, other: &str) -> Result<(), Error> {
    match (wire.member(one), wire.member(other)) {
        (Some(_), None) | (None, Some(_)) => Ok(()),
        (Some(_), Some(_)) => Err(schema::invalid(
            &schema::below("", other),
            &format!("stands beside {one}: give exactly one of the two"),
        )),
        (None, None) => {
            Err(schema::invalid(&schema::below("", one), &format!("is required (or {other}: exactly one of the two)")))
        }
    }
}
