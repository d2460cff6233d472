//! The endpoints: their paths, what may be asked of them, which calls may be made twice, and what binds an answer to
//! its request. Each product's module describes its own calls; here they are named.

use crate::error::Error;
use crate::json::Value;
use crate::money::Scales;
use crate::schema::{self, Field};
use crate::{account, fx, order, refund, settlement, submerchant, topup, withdraw};

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
    /// `ccdeposit/getAddress` (spec 3.1.1)
    GetTopupAddress,
    /// `ccdeposit/queryCustomerDepositOrderPage` (spec 3.1.2)
    GetTopupDeposits,
    /// `ccdeposit/getCustomerDepositOrder` (spec 3.1.3)
    GetTopupDeposit,
    /// `ccwithdraw/placeOrder` (spec 3.4.1)
    PlaceWithdrawal,
    /// `ccwithdraw/transfer` (spec 3.5.1)
    PlaceTransfer,
    /// `ccwithdraw/getOrder`, of withdrawals and transfers (spec 3.5.2)
    GetWithdrawal,
    /// `ccwithdraw/getNetworks`, of withdrawals and transfers (spec 3.5.3)
    GetWithdrawNetworks,
    /// `fxrate/getFxrate` (spec 3.6)
    GetFxRate,
    /// `account/getAccountList` (spec 3.7)
    GetBalances,
    /// `otcfundout/placeOrder` (spec 3.8.1)
    PlaceSettlement,
    /// `otcfundout/getOrder` (spec 3.8.2)
    GetSettlement,
    /// `agent/subMerchantCreate` (spec 3.9)
    CreateSubMerchant,
    /// `agent/subMerchantDetail` (spec 3.9)
    GetSubMerchant,
}

/// Whether a call may reach the gateway twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// A read, or Place Order, which is idempotent by its number.
    Safe,
    /// It cancels, accepts, makes something, or moves money out.
    Never,
}

/// What is known of one call.
pub(crate) struct Call {
    pub(crate) path: &'static str,
    pub(crate) repeat: Repeat,
    pub(crate) fields: &'static [Field],
    /// Two fields of which exactly one must be given (spec 2.3).
    pub(crate) either: Option<(&'static str, &'static str)>,
    /// What neither the fields nor `either` can say; gives the request as it goes on the wire.
    pub(crate) more: fn(Value, u64) -> Result<Value, Error>,
    pub(crate) answer: Answer,
}

/// What is known of the answer to a call. Answers are signed, but not for a request: what an answer repeats of the
/// request binds it, and what it contradicts is an error (R32, R33).
pub(crate) struct Answer {
    /// The member of `body` that is spoken of below; empty for `body` itself.
    pub(crate) object: &'static str,
    /// Names that the answer repeats: any of them binds it.
    pub(crate) identities: &'static [&'static str],
    /// Amounts that it repeats: `(in the request, in the answer's object)`, as JSON Pointers.
    pub(crate) amounts: &'static [(&'static str, &'static str)],
    /// Other texts that it repeats, likewise.
    pub(crate) echoes: &'static [(&'static str, &'static str)],
    /// A field that shows that `body` has come one level too deep (spec 3.6).
    pub(crate) flat: Option<&'static str>,
    /// The names under which its list may come (spec 6.4); it leaves under the first.
    pub(crate) list: &'static [&'static str],
}

impl Answer {
    pub(crate) const fn of(object: &'static str, identities: &'static [&'static str]) -> Self {
        Self { object, identities, amounts: &[], echoes: &[], flat: None, list: &[] }
    }

    pub(crate) const fn list(names: &'static [&'static str]) -> Self {
        Self { list: names, ..Self::of("", &[]) }
    }
}

/// Nothing more to check.
pub(crate) fn as_it_is(wire: Value, _now_ms: u64) -> Result<Value, Error> {
    Ok(wire)
}

impl Endpoint {
    /// Every endpoint.
    pub const ALL: [Self; 20] = [
        Self::PlaceOrder,
        Self::CancelOrder,
        Self::AcceptOrder,
        Self::GetOrder,
        Self::GetPaymentEvents,
        Self::PlaceRefund,
        Self::GetRefund,
        Self::GetTopupAddress,
        Self::GetTopupDeposits,
        Self::GetTopupDeposit,
        Self::PlaceWithdrawal,
        Self::PlaceTransfer,
        Self::GetWithdrawal,
        Self::GetWithdrawNetworks,
        Self::GetFxRate,
        Self::GetBalances,
        Self::PlaceSettlement,
        Self::GetSettlement,
        Self::CreateSubMerchant,
        Self::GetSubMerchant,
    ];

    pub(crate) fn call(self) -> &'static Call {
        match self {
            Self::PlaceOrder => &order::PLACE,
            Self::CancelOrder => &order::CANCEL,
            Self::AcceptOrder => &order::ACCEPT,
            Self::GetOrder => &order::GET,
            Self::GetPaymentEvents => &order::PAYMENT_EVENTS,
            Self::PlaceRefund => &refund::PLACE,
            Self::GetRefund => &refund::GET,
            Self::GetTopupAddress => &topup::ADDRESS,
            Self::GetTopupDeposits => &topup::DEPOSITS,
            Self::GetTopupDeposit => &topup::DEPOSIT,
            Self::PlaceWithdrawal => &withdraw::PLACE,
            Self::PlaceTransfer => &withdraw::TRANSFER,
            Self::GetWithdrawal => &withdraw::GET,
            Self::GetWithdrawNetworks => &withdraw::NETWORKS,
            Self::GetFxRate => &fx::RATE,
            Self::GetBalances => &account::BALANCES,
            Self::PlaceSettlement => &settlement::PLACE,
            Self::GetSettlement => &settlement::GET,
            Self::CreateSubMerchant => &submerchant::CREATE,
            Self::GetSubMerchant => &submerchant::GET,
        }
    }

    /// The path below the base URL.
    pub fn path(self) -> &'static str {
        self.call().path
    }

    /// The endpoint of a path.
    pub fn from_path(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|endpoint| endpoint.path() == path)
    }

    pub(crate) fn repeat(self) -> Repeat {
        self.call().repeat
    }

    /// Checks `bizContent` and gives it as it goes on the wire. `now_ms` is the request time.
    pub(crate) fn check(self, biz_content: &Value, scales: &Scales, now_ms: u64) -> Result<Value, Error> {
        let call = self.call();
        let wire = schema::check(biz_content, call.fields, scales, "")?;
        if let Some((one, other)) = call.either {
            exactly_one(&wire, one, other)?;
        }
        (call.more)(wire, now_ms)
    }
}

/// Exactly one of two fields, not both and not neither (spec 2.3).
fn exactly_one(wire: &Value, one: &str, other: &str) -> Result<(), Error> {
    match (wire.member(one), wire.member(other)) {
        (Some(_), None) | (None, Some(_)) => Ok(()),
        (Some(_), Some(_)) => {
            let text = format!("stands beside {one}: give exactly one of the two");
            Err(schema::invalid(&schema::below("", other), &text))
        }
        (None, None) => {
            let text = format!("is required (or {other}: exactly one of the two)");
            Err(schema::invalid(&schema::below("", one), &text))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_endpoints_share_a_path() {
        for endpoint in Endpoint::ALL {
            assert_eq!(Endpoint::from_path(endpoint.path()), Some(endpoint));
        }
    }

    #[test]
    fn what_moves_money_or_makes_something_is_never_repeated() {
        let never: Vec<_> = Endpoint::ALL.into_iter().filter(|endpoint| endpoint.repeat() == Repeat::Never).collect();
        let named = [
            Endpoint::CancelOrder,
            Endpoint::AcceptOrder,
            Endpoint::PlaceRefund,
            Endpoint::PlaceWithdrawal,
            Endpoint::PlaceTransfer,
            Endpoint::PlaceSettlement,
            Endpoint::CreateSubMerchant,
        ];
        assert_eq!(never, named);
    }
}
