//! Withdrawals to the merchant's own addresses, and transfers to any address.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::fields::Fields;
use super::order::Price;
use super::refusal::{Code, Refusal};
use crate::money::{Amount, Money, SMALLEST, Style};
use crate::network::Network;

/// How far a payout is: WithdrawOrderStatus and OtcFundoutOrderStatus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs)]
pub enum PayoutStatus {
    Pending,
    Completed,
    Failed,
}

impl PayoutStatus {
    /// The word on the wire.
    pub fn code(self) -> &'static str {
        match self {
            PayoutStatus::Pending => "PENDING",
            PayoutStatus::Completed => "COMPLETED",
            PayoutStatus::Failed => "FAILED",
        }
    }
}

/// The business parameters of a withdrawal or a transfer; two requests with the same ones ask for the same.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct PlaceWithdrawal {
    /// To any address, not one of the address book.
    pub transfer: bool,
    pub merchant_order_no: String,
    pub address: String,
    pub price: Price,
    pub network: Network,
    pub notify_url: Option<String>,
}

impl PlaceWithdrawal {
    /// Reads and checks `bizContent`.
    pub fn read(biz: &Fields<'_>, transfer: bool) -> Result<Self, Refusal> {
        let merchant_order_no = biz.merchant_number("merchantOrderNo")?;
        let price = Price::read(biz, "expectedReceivedAmount")?;
        let receives = price.in_coin();
        let network = biz.network("network", 20, receives.currency)?;
        let address = biz.required_text("address", 200)?;
        if !network.is_address(&address) {
            return Err(Refusal::parameter(format!("address: not an address on {}", network.code())));
        }
        let least = receives.currency.smallest_transfer();
        if receives.amount < least.max(SMALLEST) {
            let what = format!("at least {least} {} can be paid out", receives.currency.code());
            return Err(Refusal::new(Code::CryptoAmountTooLow, what));
        }
        Ok(Self { transfer, merchant_order_no, address, price, network, notify_url: biz.url("notifyUrl", 200)? })
    }
}

/// A withdrawal or a transfer as the gateway keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Withdrawal {
    pub order_no: String,
    pub partner_id: String,
    pub request: PlaceWithdrawal,
    pub receives: Money,
    pub fee: Amount,
    pub status: PayoutStatus,
    pub fail_des: Option<String>,
    pub txid: Option<String>,
    pub created_at: i64,
    /// When it is completed by itself.
    pub settles_at: i64,
}

impl Withdrawal {
    /// What it takes from the merchant.
    pub fn cost(&self) -> Money {
        Money::new(self.receives.amount + self.fee, self.receives.currency)
    }

    /// The WithdrawOrder of the wire.
    pub fn document(&self, style: Style) -> Value {
        let request = &self.request;
        let mut order = Map::new();
        let mut put = |name: &str, value: Value| order.insert(name.into(), value);
        put("merchantOrderNo", json!(request.merchant_order_no));
        put("orderNo", json!(self.order_no));
        put("status", json!(self.status.code()));
        put("expectedReceivedAmount", self.receives.document(style));
        if let Price::Reference { price, coin } = &request.price {
            put("refAmount", json!({"exchangeCurrencyCode": coin.code(), "refAmount": price.document(style)}));
        }
        if self.status == PayoutStatus::Completed {
            put("actualReceivedAmount", self.receives.document(style));
        }
        put("partnerFee", Money::new(self.fee, self.receives.currency).document(style));
        put("createdTime", json!(self.created_at));
        put("address", json!(request.address));
        put("network", json!(request.network.code()));
        let optional = [("txid", &self.txid), ("notifyUrl", &request.notify_url), ("failDes", &self.fail_des)];
        for (name, text) in optional {
            if let Some(text) = text {
                put(name, json!(text));
            }
        }
        Value::Object(order)
    }

    /// The withdrawal as the control API shows it.
    pub fn view(&self) -> Value {
        json!({
            "orderNo": self.order_no,
            "merchantOrderNo": self.request.merchant_order_no,
            "partnerId": self.partner_id,
            "transfer": self.request.transfer,
            "status": self.status.code(),
            "amount": self.receives.amount,
            "fee": self.fee,
            "currency": self.receives.currency.code(),
            "network": self.request.network.code(),
            "address": self.request.address,
            "createdTime": self.created_at,
            "settlesAt": self.settles_at,
            "withdrawOrder": self.document(Style::Answer),
        })
    }
}
