//! The documented refusals: a code, its `msg`, and a word of our own on what exactly was wrong.

use serde_json::{Value, json};

/// A refusal of the gateway. Numbers and texts are those of the error table of the documents, but for
/// RefundAmountExceeded, OrderNotPaid, RefundMerchantOrderNoExist and MerchantIdNotExist: the documents do not tell
/// their numbers, so the numbers are the sandbox's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Code {
    InvalidParameter,
    InvalidSignature,
    RequestTimeTooEarly,
    RequestTimeTooLater,
    RateLimitReject,
    Unauthorized,
    ServiceNotAvailable,
    SystemError,
    OrderPaid,
    OrderFailure,
    OrderSettled,
    MerchantOrderNoNotExist,
    ExpiredTimeLessThanRequestTime,
    ExpiredTimeTooLater,
    PaySceneCodeIllegal,
    MerchantOrderNoExist,
    OrderNoNotExist,
    CurrencyCodeNotSupported,
    InvalidCurrencyPrecision,
    PayeeMidNotExist,
    RefundAmountExceeded,
    OrderNotPaid,
    RefundMerchantOrderNoExist,
    SettlementCurrencyNotSupported,
    SettlementPrecision,
    CryptoAmountTooLow,
    InsufficientFunds,
    MerchantIdNotExist,
}

impl Code {
    fn code_and_msg(self) -> (&'static str, &'static str) {
        match self {
            Code::InvalidParameter => ("400", "INVALID_PARAMETER"),
            Code::InvalidSignature => ("400", "INVALID_SIGNATURE"),
            Code::RequestTimeTooEarly => ("400", "REQUESTTIME_TOO_EARLY"),
            Code::RequestTimeTooLater => ("400", "REQUESTTIME_TOO_LATER"),
            Code::RateLimitReject => ("402", "RATE_LIMIT_REJECT"),
            Code::Unauthorized => ("403", "UNAUTHORIZED"),
            Code::ServiceNotAvailable => ("404", "SERVICE_NOT_AVAILABLE"),
            Code::SystemError => ("500", "SYSTEM_ERROR"),
            Code::OrderPaid => ("77001", "ORDER_PAID"),
            Code::OrderFailure => ("77002", "ORDER_FAILURE"),
            Code::OrderSettled => ("77003", "ORDER_SETTLED"),
            Code::MerchantOrderNoNotExist => ("77004", "MERCHANT_ORDER_NO_NOT_EXIST"),
            Code::ExpiredTimeLessThanRequestTime => ("77007", "EXPIREDTIME_LESS_THAN_REQUESTTIME"),
            Code::ExpiredTimeTooLater => ("77008", "EXPIREDTIME_TOO_LATER"),
            Code::PaySceneCodeIllegal => ("77011", "PAYSCENECODE_ILLEGAL"),
            Code::MerchantOrderNoExist => ("77012", "MERCHANT_ORDER_NO_EXIST"),
            Code::OrderNoNotExist => ("77016", "ORDER_NO_NOT_EXIST"),
            Code::CurrencyCodeNotSupported => ("77021", "CURRENCY_CODE_NOT_SUPPORTED"),
            Code::InvalidCurrencyPrecision => ("77022", "INVALID_CURRENCY_PRECISION"),
            Code::PayeeMidNotExist => ("77023", "PAYEEMID_NOT_EXIST"),
            Code::RefundAmountExceeded => ("77005", "REFUND_AMOUNT_EXCEEDED"),
            Code::OrderNotPaid => ("77013", "ORDER_NOT_PAID"),
            Code::RefundMerchantOrderNoExist => ("77014", "REFUND_MERCHANT_ORDER_NO_EXIST"),
            Code::SettlementCurrencyNotSupported => ("80002", "CURRENCY_CODE_NOT_SUPPORTED"),
            Code::SettlementPrecision => ("80003", "INVALID_CURRENCY_PRECISION"),
            Code::CryptoAmountTooLow => ("80004", "CRYPTO_AMOUNT_TOO_LOW"),
            Code::InsufficientFunds => ("80005", "INSUFFICIENT_FUNDS"),
            Code::MerchantIdNotExist => ("77024", "MERCHANT_ID_NOT_EXIST"),
        }
    }
}

/// A call that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// `FAIL`, or `ERROR` for a signature that does not verify.
    pub apply_status: &'static str,
    /// The code on the wire, a string there.
    pub code: String,
    /// The symbolic name on the wire.
    pub msg: String,
    /// What was wrong, for the developer; it travels in the header `X-Sandbox-Detail`.
    pub detail: String,
}

impl Refusal {
    /// A documented refusal, with the reason in words.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        let (number, msg) = code.code_and_msg();
        Self::custom(number, msg, detail)
    }

    /// A refusal with any code and `msg`.
    pub fn custom(code: &str, msg: &str, detail: impl Into<String>) -> Self {
        Self { apply_status: "FAIL", code: code.into(), msg: msg.into(), detail: detail.into() }
    }

    /// The refusal of a request whose signature does not verify.
    pub fn bad_signature(detail: impl Into<String>) -> Self {
        Self { apply_status: "ERROR", ..Self::new(Code::InvalidSignature, detail) }
    }

    /// 400 INVALID_PARAMETER.
    pub fn parameter(detail: impl Into<String>) -> Self {
        Self::new(Code::InvalidParameter, detail)
    }

    /// The answer's `head`.
    pub fn head(&self, trace_code: &str) -> Value {
        json!({
            "applyStatus": self.apply_status,
            "code": self.code,
            "msg": self.msg,
            "success": false,
            "traceCode": trace_code,
        })
    }
}

/// The `head` of a success.
pub fn success_head(trace_code: &str) -> Value {
    json!({"applyStatus": "SUCCESS", "code": "0", "msg": "SUCCESS", "success": true, "traceCode": trace_code})
}
