//! What a merchant may call.

use serde_json::{Map, Value};

/// The endpoints that the gateway serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Endpoint {
    OrderPlace,
    OrderCancel,
    OrderAccept,
    OrderGet,
    OrderPaymentEvents,
    RefundPlace,
    RefundGet,
    TopupAddress,
    TopupDeposits,
    TopupDeposit,
    WithdrawPlace,
    TransferPlace,
    WithdrawGet,
    WithdrawNetworks,
    FxRate,
    AccountList,
    SettlementPlace,
    SettlementGet,
    SubMerchantCreate,
    SubMerchantGet,
}

impl Endpoint {
    /// All of them.
    pub const ALL: [Endpoint; 20] = [
        Endpoint::OrderPlace,
        Endpoint::OrderCancel,
        Endpoint::OrderAccept,
        Endpoint::OrderGet,
        Endpoint::OrderPaymentEvents,
        Endpoint::RefundPlace,
        Endpoint::RefundGet,
        Endpoint::TopupAddress,
        Endpoint::TopupDeposits,
        Endpoint::TopupDeposit,
        Endpoint::WithdrawPlace,
        Endpoint::TransferPlace,
        Endpoint::WithdrawGet,
        Endpoint::WithdrawNetworks,
        Endpoint::FxRate,
        Endpoint::AccountList,
        Endpoint::SettlementPlace,
        Endpoint::SettlementGet,
        Endpoint::SubMerchantCreate,
        Endpoint::SubMerchantGet,
    ];

    /// Its path below `/sgs/api/`.
    pub fn path(self) -> &'static str {
        match self {
            Endpoint::OrderPlace => "crypto/placeOrder",
            Endpoint::OrderCancel => "crypto/cancelOrder",
            Endpoint::OrderAccept => "crypto/acceptOrder",
            Endpoint::OrderGet => "crypto/getOrder",
            Endpoint::OrderPaymentEvents => "crypto/getPaymentDepositEventList",
            Endpoint::RefundPlace => "crypto/refund/placeOrder",
            Endpoint::RefundGet => "crypto/refund/getOrder",
            Endpoint::TopupAddress => "ccdeposit/getAddress",
            Endpoint::TopupDeposits => "ccdeposit/queryCustomerDepositOrderPage",
            Endpoint::TopupDeposit => "ccdeposit/getCustomerDepositOrder",
            Endpoint::WithdrawPlace => "ccwithdraw/placeOrder",
            Endpoint::TransferPlace => "ccwithdraw/transfer",
            Endpoint::WithdrawGet => "ccwithdraw/getOrder",
            Endpoint::WithdrawNetworks => "ccwithdraw/getNetworks",
            Endpoint::FxRate => "fxrate/getFxrate",
            Endpoint::AccountList => "account/getAccountList",
            Endpoint::SettlementPlace => "otcfundout/placeOrder",
            Endpoint::SettlementGet => "otcfundout/getOrder",
            Endpoint::SubMerchantCreate => "agent/subMerchantCreate",
            Endpoint::SubMerchantGet => "agent/subMerchantDetail",
        }
    }

    /// By its path below `/sgs/api/`.
    pub fn from_path(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|endpoint| endpoint.path() == path)
    }
}

/// A merchant's call whose signature was verified.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Call {
    pub endpoint: Endpoint,
    pub partner_id: String,
    pub request_time: i64,
    pub biz_content: Map<String, Value>,
    /// How wrong the gateway's clock is (the fault `clock-off`).
    pub clock_error_ms: i64,
}
