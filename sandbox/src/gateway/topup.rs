//! Top-ups: an address for each customer, and the deposits that reach it.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::fields::Fields;
use super::refusal::Refusal;
use crate::money::{Currency, Money, Style};
use crate::network::Network;

const PRODUCT: &str = "CTOPUP";

/// What names a wallet: the merchant, its customer, the coin and the chain.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct WalletKey {
    pub partner_id: String,
    pub customer_id: String,
    pub asset_code: String,
    pub network: String,
}

/// A customer's wallet as the gateway keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Wallet {
    pub partner_id: String,
    pub customer_id: String,
    pub asset: Currency,
    pub network: Network,
    pub address: String,
    /// Names the wallet in the address of its page.
    pub token: String,
    pub created_at: i64,
}

impl Wallet {
    /// Reads and checks `bizContent` of getAddress: customer, coin, chain.
    pub fn read(biz: &Fields<'_>) -> Result<(String, Currency, Network), Refusal> {
        let customer_id = biz.required_text("customerId", 200)?;
        if !customer_id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_') {
            return Err(Refusal::parameter("customerId: may hold letters, digits, - and _ only"));
        }
        let asset = biz.coin("assetCode")?;
        Ok((customer_id, asset, biz.network("network", 32, asset)?))
    }

    /// What names it.
    pub fn key(&self) -> WalletKey {
        WalletKey {
            partner_id: self.partner_id.clone(),
            customer_id: self.customer_id.clone(),
            asset_code: self.asset.code().into(),
            network: self.network.code().into(),
        }
    }

    /// The page that shows the address.
    pub fn cashier_url(&self, origin: &str) -> String {
        format!("{origin}/deposit/{}?type=ctopup", self.token)
    }

    /// The CustomerWallet of the wire.
    pub fn document(&self, origin: &str) -> Value {
        json!({
            "customerId": self.customer_id,
            "status": "ENABLED",
            "product": PRODUCT,
            "assetCode": self.asset.code(),
            "network": self.network.code(),
            "address": self.address,
            "minDeposit": Style::Answer.number(self.asset.smallest_transfer()),
            "confirm": self.network.confirmations(),
            "cashierUrl": self.cashier_url(origin),
        })
    }

    /// The wallet as the control API shows it.
    pub fn view(&self, origin: &str) -> Value {
        json!({
            "partnerId": self.partner_id,
            "customerId": self.customer_id,
            "currency": self.asset.code(),
            "network": self.network.code(),
            "address": self.address,
            "cashierUrl": self.cashier_url(origin),
            "createdTime": self.created_at,
        })
    }
}

/// A deposit to a customer's address.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Topup {
    pub order_no: String,
    pub partner_id: String,
    pub customer_id: String,
    pub money: Money,
    pub network: Network,
    pub address: String,
    pub tx_hash: String,
    pub created_at: i64,
    /// When it is confirmed by itself.
    pub confirms_at: i64,
    /// When it was confirmed.
    pub confirmed_at: Option<i64>,
}

impl Topup {
    /// The word on the wire.
    pub fn status(&self) -> &'static str {
        if self.confirmed_at.is_some() { "SUCCESS" } else { "CREATED" }
    }

    /// What the merchant gets.
    pub fn settled(&self) -> Money {
        Money::new(self.money.amount - self.money.service_fee().amount, self.money.currency)
    }

    /// The CustomerDepositOrder of the wire.
    pub fn document(&self, style: Style) -> Value {
        let mut document = json!({
            "customerId": self.customer_id,
            "orderNo": self.order_no,
            "status": self.status(),
            "txHash": self.tx_hash,
            "product": PRODUCT,
            "depositAmount": self.money.document(style),
            "fee": self.money.service_fee().document(style),
            "settledAmount": self.settled().document(style),
            "network": self.network.code(),
        });
        if let (Some(time), Some(document)) = (self.confirmed_at, document.as_object_mut()) {
            document.insert("confirmedTime".into(), json!(time));
        }
        document
    }

    /// The deposit as the control API shows it.
    pub fn view(&self) -> Value {
        json!({
            "orderNo": self.order_no,
            "partnerId": self.partner_id,
            "customerId": self.customer_id,
            "status": self.status(),
            "amount": self.money.amount,
            "currency": self.money.currency.code(),
            "network": self.network.code(),
            "address": self.address,
            "settled": self.settled().amount,
            "createdTime": self.created_at,
            "confirmsAt": self.confirms_at,
            "customerDepositOrder": self.document(Style::Answer),
        })
    }
}
