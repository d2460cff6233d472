//! Settlements: coins into fiat money on the merchant's virtual bank account.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::fields::Fields;
use super::refusal::{Code, Refusal};
use super::withdrawal::PayoutStatus;
use crate::money::{Amount, Currency, Money, Style};
use crate::network::Network;

/// The business parameters of a settlement; two requests with the same ones ask for the same.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct PlaceSettlement {
    pub merchant_order_no: String,
    pub fiat: Currency,
    pub crypto: Money,
    pub notify_url: Option<String>,
}

impl PlaceSettlement {
    /// Reads and checks `bizContent`. Settlements have codes of their own.
    pub fn read(biz: &Fields<'_>) -> Result<Self, Refusal> {
        let merchant_order_no = biz.merchant_number("merchantOrderNo")?;
        let unsupported = |what: &str| Refusal::new(Code::SettlementCurrencyNotSupported, what);
        let fiat = Currency::from_code(&biz.required_text("fiatCurrency", 32)?).filter(|fiat| !fiat.is_coin());
        let fiat = fiat.ok_or_else(|| unsupported("fiatCurrency"))?;
        let crypto = biz.money_in_scale("cryptoAmount").map_err(|refusal| match refusal.code.as_str() {
            "77021" => Refusal::new(Code::SettlementCurrencyNotSupported, refusal.detail),
            "77022" => Refusal::new(Code::SettlementPrecision, refusal.detail),
            _ => refusal,
        })?;
        let crypto = crypto.ok_or_else(|| Refusal::parameter("cryptoAmount: is missing"))?;
        if !crypto.currency.is_coin() {
            return Err(unsupported("cryptoAmount.currency: not a coin"));
        }
        let least = crypto.currency.smallest_settlement();
        if crypto.amount < least {
            let what = format!("cryptoAmount: at least {least} {}", crypto.currency.code());
            return Err(Refusal::new(Code::CryptoAmountTooLow, what));
        }
        Ok(Self { merchant_order_no, fiat, crypto, notify_url: biz.url("notifyUrl", 200)? })
    }
}

/// A settlement as the gateway keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Settlement {
    pub order_no: String,
    pub partner_id: String,
    pub request: PlaceSettlement,
    pub status: PayoutStatus,
    pub fail_des: Option<String>,
    pub created_at: i64,
    /// When it is completed by itself.
    pub settles_at: i64,
}

impl Settlement {
    /// What the coins are worth.
    pub fn worth(&self) -> Money {
        self.request.crypto.worth_in(self.request.fiat)
    }

    /// 0.1 % is the bank partner's.
    fn detail(&self, style: Style) -> Value {
        let (worth, fiat) = (self.worth(), self.request.fiat);
        let fee = Amount::from_units(worth.amount.units() / 1000).floor_to(fiat.scale());
        let coin = self.request.crypto.currency;
        let network = Network::of_coin(coin).into_iter().next().unwrap_or(Network::Tron);
        let seed = format!("settlement:{}", self.order_no);
        json!({
            "fromAddress": network.address(&seed),
            "toAddress": network.address("settlement partner"),
            "txHash": network.transaction_hash(&seed),
            "receivingAmount": Money::new(worth.amount - fee, fiat).document(style),
            "receivingFee": Money::new(fee, fiat).document(style),
        })
    }

    /// The OtcFundoutOrder of the wire.
    pub fn document(&self, style: Style) -> Value {
        let request = &self.request;
        let mut order = Map::new();
        let mut put = |name: &str, value: Value| order.insert(name.into(), value);
        put("merchantOrderNo", json!(request.merchant_order_no));
        put("orderNo", json!(self.order_no));
        put("status", json!(self.status.code()));
        put("cryptoAmount", request.crypto.document(style));
        put("settlementAmount", self.worth().document(style));
        put("createdTime", json!(self.created_at));
        if self.status == PayoutStatus::Completed {
            put("fundoutDetail", self.detail(style));
        }
        for (name, text) in [("notifyUrl", &request.notify_url), ("failDes", &self.fail_des)] {
            if let Some(text) = text {
                put(name, json!(text));
            }
        }
        Value::Object(order)
    }

    /// The settlement as the control API shows it.
    pub fn view(&self) -> Value {
        json!({
            "orderNo": self.order_no,
            "merchantOrderNo": self.request.merchant_order_no,
            "partnerId": self.partner_id,
            "status": self.status.code(),
            "amount": self.request.crypto.amount,
            "currency": self.request.crypto.currency.code(),
            "fiatAmount": self.worth().amount,
            "fiatCurrency": self.request.fiat.code(),
            "createdTime": self.created_at,
            "settlesAt": self.settles_at,
            "otcFundoutOrder": self.document(Style::Answer),
        })
    }
}
