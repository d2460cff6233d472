//! The catalogue of endpoints. Each product's module describes its own calls; here they are named.

use crate::product::{account, fx, order, refund, settlement, submerchant, topup, withdraw};
use crate::protocol::call::{Call, Idempotency};

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

    /// The call's name: its function's in the C ABI without `bonuspay_`, such as `order_get`.
    pub fn name(self) -> &'static str {
        match self {
            Self::PlaceOrder => "order_place",
            Self::CancelOrder => "order_cancel",
            Self::AcceptOrder => "order_accept",
            Self::GetOrder => "order_get",
            Self::GetPaymentEvents => "order_payment_events",
            Self::PlaceRefund => "refund_place",
            Self::GetRefund => "refund_get",
            Self::GetTopupAddress => "topup_address",
            Self::GetTopupDeposits => "topup_deposits",
            Self::GetTopupDeposit => "topup_deposit",
            Self::PlaceWithdrawal => "withdraw_place",
            Self::PlaceTransfer => "transfer_place",
            Self::GetWithdrawal => "withdraw_get",
            Self::GetWithdrawNetworks => "withdraw_networks",
            Self::GetFxRate => "fx_rate",
            Self::GetBalances => "account_balances",
            Self::PlaceSettlement => "settlement_place",
            Self::GetSettlement => "settlement_get",
            Self::CreateSubMerchant => "submerchant_create",
            Self::GetSubMerchant => "submerchant_get",
        }
    }

    /// The endpoint of a call's name. Two endpoints have two names, as withdrawals and transfers are read by the same.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "transfer_get" => Some(Self::GetWithdrawal),
            "transfer_networks" => Some(Self::GetWithdrawNetworks),
            _ => Self::ALL.into_iter().find(|endpoint| endpoint.name() == name),
        }
    }

    /// Whether the call only asks. The question for a customer's deposit address counts, although the first one makes
    /// the address: the same question always gets the same.
    pub fn is_read(self) -> bool {
        self.call().idempotency == Idempotency::Idempotent && self != Self::PlaceOrder
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
    fn every_name_leads_to_its_endpoint() {
        for endpoint in Endpoint::ALL {
            assert_eq!(Endpoint::from_name(endpoint.name()), Some(endpoint));
        }
        assert_eq!(Endpoint::from_name("transfer_get"), Endpoint::from_name("withdraw_get"));
        assert_eq!(Endpoint::from_name("transfer_networks"), Endpoint::from_name("withdraw_networks"));
        for none in ["", "order", "order_get ", "ORDER_GET", "getOrder", "bonuspay_order_get", "crypto/getOrder"] {
            assert_eq!(Endpoint::from_name(none), None, "{none}");
        }
    }

    #[test]
    fn what_places_changes_or_makes_something_is_no_read() {
        let others: Vec<_> = Endpoint::ALL.into_iter().filter(|endpoint| !endpoint.is_read()).collect();
        let named = [
            Endpoint::PlaceOrder,
            Endpoint::CancelOrder,
            Endpoint::AcceptOrder,
            Endpoint::PlaceRefund,
            Endpoint::PlaceWithdrawal,
            Endpoint::PlaceTransfer,
            Endpoint::PlaceSettlement,
            Endpoint::CreateSubMerchant,
        ];
        assert_eq!(others, named);
    }

    #[test]
    fn what_moves_money_or_makes_something_is_never_repeated() {
        let never: Vec<_> =
            Endpoint::ALL.into_iter().filter(|endpoint| endpoint.call().idempotency == Idempotency::SendOnce).collect();
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
