//! Refunds of orders.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::fields::Fields;
use super::refusal::Refusal;
use crate::money::{Money, Style};
use crate::network::Network;

/// The business parameters of a refund; two requests with the same ones ask for the same refund.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct PlaceRefund {
    pub refund_merchant_order_no: String,
    pub origin: Origin,
    pub amount: Money,
    pub network: Network,
    pub refund_address: String,
    pub notify_url: Option<String>,
    pub operator_name: Option<String>,
    pub reason: Option<String>,
    pub reserved: Option<String>,
}

/// How the request names the order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Origin {
    /// By `originMerchantOrderNo`.
    Merchant(String),
    /// By `originOrderNo`.
    Gateway(String),
}

impl PlaceRefund {
    /// Reads and checks `bizContent`. All payments here are chain payments, so a chain and an address are wanted.
    pub fn read(biz: &Fields<'_>) -> Result<Self, Refusal> {
        let refund_merchant_order_no = biz.merchant_number("refundMerchantOrderNo")?;
        let origin = match biz.one_of(("originMerchantOrderNo", 64), ("originOrderNo", 32))? {
            (true, number) => Origin::Merchant(number),
            (false, number) => Origin::Gateway(number),
        };
        // The scale is checked against the order: what came in unevenly must be refundable to the last digit.
        let amount = biz.money("amount")?.ok_or_else(|| Refusal::parameter("amount: is missing"))?;
        let chain = biz.required_text("chainCode", 32)?;
        let network = Network::from_code(&chain)
            .filter(|network| network.carries(amount.currency) || !amount.currency.is_coin())
            .ok_or_else(|| Refusal::parameter(format!("chainCode: {} on {chain:?}", amount.currency.code())))?;
        let refund_address = biz.required_text("refundAddress", 128)?;
        if !network.is_address(&refund_address) {
            return Err(Refusal::parameter(format!("refundAddress: not an address on {}", network.code())));
        }
        Ok(Self {
            refund_merchant_order_no,
            origin,
            amount,
            network,
            refund_address,
            notify_url: biz.url("notifyUrl", 200)?,
            operator_name: biz.text("operatorName", 200)?,
            reason: biz.text("reason", 64)?,
            reserved: biz.text("reserved", 200)?,
        })
    }
}

/// RefundOrderStatus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs)]
pub enum RefundStatus {
    Created,
    Success,
    Failure,
}

impl RefundStatus {
    fn code(self) -> &'static str {
        match self {
            RefundStatus::Created => "CREATED",
            RefundStatus::Success => "SUCCESS",
            RefundStatus::Failure => "FAILURE",
        }
    }
}

/// A refund as the gateway keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Refund {
    pub order_no: String,
    pub partner_id: String,
    pub request: PlaceRefund,
    pub origin_order_no: String,
    pub origin_merchant_order_no: String,
    pub status: RefundStatus,
    pub fail_code: Option<String>,
    pub fail_des: Option<String>,
    pub created_at: i64,
    /// When it succeeds by itself.
    pub settles_at: i64,
}

impl Refund {
    /// The RefundOrder of the wire. The amount stands under its documented name and under the request's.
    pub fn document(&self, style: Style) -> Value {
        let request = &self.request;
        let fee = Money::new(request.amount.currency.refund_fee(), request.amount.currency);
        let mut refund = Map::new();
        let mut put = |name: &str, value: Value| refund.insert(name.into(), value);
        put("refundMerchantOrderNo", json!(request.refund_merchant_order_no));
        put("orderNo", json!(self.order_no));
        put("originMerchantOrderNo", json!(self.origin_merchant_order_no));
        put("status", json!(self.status.code()));
        put("refundAmount", request.amount.document(style));
        put("amount", request.amount.document(style));
        put("refundFee", fee.document(style));
        put("chainCode", json!(request.network.code()));
        put("refundAddress", json!(request.refund_address));
        let optional = [
            ("operatorName", &request.operator_name),
            ("reason", &request.reason),
            ("notifyUrl", &request.notify_url),
            ("reserved", &request.reserved),
            ("failCode", &self.fail_code),
            ("failDes", &self.fail_des),
        ];
        for (name, text) in optional {
            if let Some(text) = text {
                put(name, json!(text));
            }
        }
        Value::Object(refund)
    }

    /// The refund as the control API shows it.
    pub fn view(&self) -> Value {
        json!({
            "orderNo": self.order_no,
            "refundMerchantOrderNo": self.request.refund_merchant_order_no,
            "originOrderNo": self.origin_order_no,
            "originMerchantOrderNo": self.origin_merchant_order_no,
            "partnerId": self.partner_id,
            "status": self.status.code(),
            "amount": self.request.amount.amount,
            "currency": self.request.amount.currency.code(),
            "createdTime": self.created_at,
            "settlesAt": self.settles_at,
            "refundOrder": self.document(Style::Answer),
        })
    }
}
