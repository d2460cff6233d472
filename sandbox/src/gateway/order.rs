//! Orders: what a merchant asks for, what the chain brings, and what the gateway tells of them.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::fields::Fields;
use super::refusal::{Code, Refusal};
use crate::money::{Amount, Currency, Money, SMALLEST, Style};
use crate::network::Network;

const DEFAULT_LIFE_MS: i64 = 2 * 60 * 60 * 1000;
const LONGEST_LIFE_MS: i64 = 48 * 60 * 60 * 1000;
const PRODUCT: &str = "Crypto Basic Payment Gateway";

/// The business parameters of Place Order; two requests with the same ones ask for the same order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct PlaceOrder {
    pub merchant_order_no: String,
    pub subject: String,
    pub price: Price,
    pub expired_time: Option<i64>,
    pub payee_mid: Option<String>,
    pub scene: Scene,
    pub notify_url: Option<String>,
    pub accessory_content: Option<Value>,
    pub reserved: Option<String>,
}

/// How the merchant priced the order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Price {
    /// In the coin to be paid.
    Total(Money),
    /// In something else, to be converted into a coin.
    Reference {
        /// The price.
        price: Money,
        /// The coin to be paid.
        coin: Currency,
    },
}

/// How the shopper is shown what to pay.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Scene {
    /// The merchant shows an address of one chain.
    Api {
        /// The chain.
        network: Network,
        /// Where the gateway would mail the shopper.
        payer_email: Option<String>,
    },
    /// The merchant shows a QR code.
    PlatonQrPay,
    /// The gateway's own page.
    CheckOut {
        /// Where the shopper goes afterwards.
        redirect_url: Option<String>,
    },
}

impl Scene {
    /// `paySceneCode`.
    pub fn code(&self) -> &'static str {
        match self {
            Scene::Api { .. } => "API",
            Scene::PlatonQrPay => "PLATON_QRPAY",
            Scene::CheckOut { .. } => "CHECK_OUT",
        }
    }

    fn pay_channel_code(&self) -> &'static str {
        match self {
            Scene::PlatonQrPay => "PLATON_QRPAY",
            _ => "CHAIN",
        }
    }

    fn read(biz: &Fields<'_>) -> Result<Self, Refusal> {
        let code = biz.required_text("paySceneCode", 200)?;
        let empty = Map::new();
        let params = biz.object("paySceneParams")?.unwrap_or_else(|| Fields::new(&empty));
        match code.as_str() {
            "API" => {
                let chain = params.required_text("chainCode", 32)?;
                let network = Network::from_code(&chain)
                    .ok_or_else(|| Refusal::parameter(format!("paySceneParams.chainCode: no chain {chain:?}")))?;
                if params.required_text("payChannelCode", 32)? != "CHAIN" {
                    return Err(Refusal::parameter("paySceneParams.payChannelCode: must be CHAIN"));
                }
                Ok(Scene::Api { network, payer_email: params.text("payerEmail", 200)? })
            }
            "PLATON_QRPAY" => Ok(Scene::PlatonQrPay),
            "CHECK_OUT" => Ok(Scene::CheckOut { redirect_url: params.url("redirectUrl", 512)? }),
            _ => Err(Refusal::new(Code::PaySceneCodeIllegal, format!("paySceneCode: {code:?}"))),
        }
    }
}

impl PlaceOrder {
    /// Reads and checks `bizContent`.
    pub fn read(biz: &Fields<'_>) -> Result<Self, Refusal> {
        let merchant_order_no = biz.merchant_number("merchantOrderNo")?;
        let subject = biz.required_text("subject", 64)?;
        let scene = Scene::read(biz)?;
        let price = Price::read(biz, "totalAmount")?;
        let request = Self {
            merchant_order_no,
            subject,
            price,
            expired_time: biz.timestamp("expiredTime")?,
            payee_mid: biz.text("payeeMid", 20)?,
            scene,
            notify_url: biz.url("notifyUrl", 200)?,
            accessory_content: biz.document("accessoryContent")?,
            reserved: biz.text("reserved", 200)?,
        };
        let due = request.due();
        if let Scene::Api { network, .. } = request.scene
            && !network.carries(due.currency)
        {
            let what = format!("{} does not run on {}", due.currency.code(), network.code());
            return Err(Refusal::new(Code::CurrencyCodeNotSupported, what));
        }
        if due.amount < SMALLEST {
            return Err(Refusal::parameter(format!("refAmount: worth less than {SMALLEST} {}", due.currency.code())));
        }
        Ok(request)
    }

    /// What is to be paid.
    pub fn due(&self) -> Money {
        self.price.in_coin()
    }

    /// When the order expires, for a request of that time.
    pub fn expiry(&self, request_time: i64) -> Result<i64, Refusal> {
        let expired_time = self.expired_time.unwrap_or(request_time + DEFAULT_LIFE_MS);
        if expired_time <= request_time {
            return Err(Refusal::new(Code::ExpiredTimeLessThanRequestTime, "expiredTime"));
        }
        if expired_time - request_time > LONGEST_LIFE_MS {
            return Err(Refusal::new(Code::ExpiredTimeTooLater, "expiredTime: more than 48 hours after requestTime"));
        }
        Ok(expired_time)
    }
}

impl Price {
    /// Exactly one of the field of this name and `refAmount`.
    pub fn read(biz: &Fields<'_>, total_name: &str) -> Result<Self, Refusal> {
        let coin = |currency: Currency, field: &str| {
            let unsupported = || Refusal::new(Code::CurrencyCodeNotSupported, format!("{field}: not a coin"));
            currency.is_coin().then_some(currency).ok_or_else(unsupported)
        };
        let total = biz.money_in_scale(total_name)?;
        match (total, biz.object("refAmount")?) {
            (Some(total), None) => {
                coin(total.currency, &format!("{total_name}.currency"))?;
                Ok(Price::Total(total))
            }
            (None, Some(reference)) => {
                let code = reference.required_text("exchangeCurrencyCode", 32)?;
                let unsupported = || Refusal::new(Code::CurrencyCodeNotSupported, "refAmount.exchangeCurrencyCode");
                let exchange = Currency::from_code(&code).ok_or_else(unsupported)?;
                let missing = || Refusal::parameter("refAmount.refAmount: is missing");
                let price = reference.money_in_scale("refAmount")?.ok_or_else(missing)?;
                Ok(Price::Reference { price, coin: coin(exchange, "refAmount.exchangeCurrencyCode")? })
            }
            _ => Err(Refusal::parameter(format!("{total_name}: exactly one of it and refAmount is wanted"))),
        }
    }

    /// What it comes to in the coin.
    pub fn in_coin(&self) -> Money {
        match self {
            Price::Total(money) => *money,
            Price::Reference { price, coin } => price.in_coin(*coin),
        }
    }
}

/// AcquireOrderStatus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs)]
pub enum OrderStatus {
    Created,
    Success,
    Failure,
    Refunded,
}

impl OrderStatus {
    /// The word on the wire.
    pub fn code(self) -> &'static str {
        match self {
            OrderStatus::Created => "CREATED",
            OrderStatus::Success => "SUCCESS",
            OrderStatus::Failure => "FAILURE",
            OrderStatus::Refunded => "REFUNDED",
        }
    }
}

/// Why an order failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Failure {
    Expired,
    Cancelled,
}

impl Failure {
    fn code_and_text(self) -> (&'static str, &'static str) {
        match self {
            Failure::Expired => ("ORDER_EXPIRED", "The order expired before a payment was received"),
            Failure::Cancelled => ("ORDER_CANCELLED", "The merchant cancelled the order"),
        }
    }
}

/// A transaction that reached one of the order's addresses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Deposit {
    pub id: String,
    pub money: Money,
    pub network: Network,
    /// Whether it is the coin, and a chain, that the order is to be paid with. Others are only reported.
    pub counted: bool,
    pub payer_address: String,
    pub receiver_address: String,
    pub tx_hash: String,
    pub time: i64,
}

impl Deposit {
    /// A PaymentDepositEvent.
    pub fn document(&self) -> Value {
        json!({
            "id": self.id,
            "network": self.network.code(),
            "payerAddress": self.payer_address,
            "receiverAddress": self.receiver_address,
            "amount": self.money.document(Style::Answer),
            "confirmedTime": self.time,
            "createdTime": self.time,
            "txHash": self.tx_hash,
        })
    }

    fn view(&self) -> Value {
        json!({
            "id": self.id,
            "amount": self.money.amount,
            "currency": self.money.currency.code(),
            "network": self.network.code(),
            "counted": self.counted,
            "payerAddress": self.payer_address,
            "receiverAddress": self.receiver_address,
            "txHash": self.tx_hash,
            "time": self.time,
        })
    }
}

/// An order as the gateway keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Order {
    pub order_no: String,
    pub partner_id: String,
    pub request: PlaceOrder,
    pub due: Money,
    pub payee_mid: String,
    pub request_time: i64,
    /// As the merchant sees it.
    pub expired_time: i64,
    /// The same moment on the gateway's clock, which the control API may have moved on.
    pub expires_at: i64,
    pub created_at: i64,
    /// Names the order in the address of its checkout page.
    pub token: String,
    pub status: OrderStatus,
    pub failure: Option<Failure>,
    pub paid_time: Option<i64>,
    pub deposits: Vec<Deposit>,
    /// What refunds took that have not failed.
    pub refunding: Amount,
    /// What refunds took that have succeeded.
    pub refunded: Amount,
}

impl Order {
    /// What came in, in the coin and on the chains that count.
    pub fn received(&self) -> Amount {
        self.deposits.iter().filter(|deposit| deposit.counted).map(|deposit| deposit.money.amount).sum()
    }

    /// What a refund may still take.
    pub fn refundable(&self) -> Amount {
        self.received() - self.refunding
    }

    /// What is still to be paid; nothing once it was paid, or failed for good.
    pub fn missing(&self) -> Amount {
        let payable = self.status == OrderStatus::Created || self.failure == Some(Failure::Expired);
        let missing = self.due.amount - self.refundable();
        if payable { missing.max(Amount::ZERO) } else { Amount::ZERO }
    }

    /// The chains that it may be paid on.
    pub fn networks(&self) -> Vec<Network> {
        match self.request.scene {
            Scene::Api { network, .. } => vec![network],
            _ => Network::of_coin(self.due.currency),
        }
    }

    /// Its address on a chain.
    pub fn address(&self, network: Network) -> String {
        network.address(&format!("{}:{}", self.token, self.order_no))
    }

    /// Whether its time is over.
    pub fn is_expired(&self, now: i64) -> bool {
        now >= self.expires_at
    }

    /// Takes in a transaction. True when it completes the payment.
    pub fn deposit(&mut self, deposit: Deposit) -> bool {
        let time = deposit.time;
        self.deposits.push(deposit);
        self.succeed_if_paid(time)
    }

    /// Late payments count as well, but never for a cancelled order: its merchant may have been paid otherwise.
    fn succeed_if_paid(&mut self, now: i64) -> bool {
        let open = match self.status {
            OrderStatus::Created => true,
            OrderStatus::Failure => self.failure == Some(Failure::Expired),
            OrderStatus::Success | OrderStatus::Refunded => false,
        };
        let paid = open && self.refundable() >= self.due.amount;
        if paid {
            self.succeed(now);
        }
        paid
    }

    /// Its time is over: true when it fails for it, which it does only if nothing was received.
    pub fn expire(&mut self, now: i64) -> bool {
        let fails = self.status == OrderStatus::Created && self.is_expired(now) && self.received() == Amount::ZERO;
        if fails {
            self.status = OrderStatus::Failure;
            self.failure = Some(Failure::Expired);
        }
        fails
    }

    /// Cancel Order: from CREATED only. Money that came in stays refundable.
    pub fn cancel(&mut self) -> Result<(), Refusal> {
        self.refuse_unless_created()?;
        self.status = OrderStatus::Failure;
        self.failure = Some(Failure::Cancelled);
        Ok(())
    }

    /// Accept Order: true when it was underpaid and now is paid, false when it was paid before.
    pub fn accept(&mut self, now: i64) -> Result<bool, Refusal> {
        if self.status == OrderStatus::Success {
            return Ok(false);
        }
        self.refuse_unless_created()?;
        if self.refundable() <= Amount::ZERO {
            return Err(Refusal::new(Code::OrderNotPaid, "nothing was received that could be accepted"));
        }
        self.succeed(now);
        Ok(true)
    }

    fn refuse_unless_created(&self) -> Result<(), Refusal> {
        match self.status {
            OrderStatus::Created => Ok(()),
            OrderStatus::Success => Err(Refusal::new(Code::OrderPaid, "the order is paid")),
            OrderStatus::Failure => Err(Refusal::new(Code::OrderFailure, "the order has failed")),
            OrderStatus::Refunded => Err(Refusal::new(Code::OrderSettled, "the order is refunded")),
        }
    }

    fn succeed(&mut self, now: i64) {
        self.status = OrderStatus::Success;
        self.failure = None;
        self.paid_time = Some(now);
    }

    /// A refund was asked for.
    pub fn reserve_refund(&mut self, amount: Amount) {
        self.refunding = self.refunding + amount;
    }

    /// A refund came to its end. True when its failure leaves enough for the payment to be complete.
    pub fn finish_refund(&mut self, amount: Amount, succeeded: bool, now: i64) -> bool {
        if !succeeded {
            self.refunding = self.refunding - amount;
            return self.succeed_if_paid(now);
        }
        self.refunded = self.refunded + amount;
        if self.refunded == self.received() {
            self.status = OrderStatus::Refunded;
        }
        false
    }

    /// The AcquireOrder of the wire.
    pub fn document(&self, style: Style) -> Value {
        let request = &self.request;
        let mut order = Map::new();
        let mut put = |name: &str, value: Value| order.insert(name.into(), value);
        put("merchantOrderNo", json!(request.merchant_order_no));
        put("orderNo", json!(self.order_no));
        put("status", json!(self.status.code()));
        put("product", json!(PRODUCT));
        put("totalAmount", self.due.document(style));
        if let Price::Reference { price, coin } = &request.price {
            put("refAmount", json!({"exchangeCurrencyCode": coin.code(), "refAmount": price.document(style)}));
        }
        if let Some(paid_time) = self.paid_time {
            put("paymentInfo", self.payment_info(paid_time, style));
            put("settlementInfo", self.settlement_info(paid_time, style));
        }
        put("payeeMid", json!(self.payee_mid));
        put("expiredTime", json!(self.expired_time));
        put("requestTime", json!(self.request_time));
        put("subject", json!(request.subject));
        put("paySceneCode", json!(request.scene.code()));
        if let Some(url) = &request.notify_url {
            put("notifyUrl", json!(url));
        }
        if let Some(content) = &request.accessory_content {
            let mut content = content.clone();
            style.restyle(&mut content);
            put("accessoryContent", content);
        }
        if let Some(reserved) = &request.reserved {
            put("reserved", json!(reserved));
        }
        if let Some(failure) = self.failure {
            let (code, text) = failure.code_and_text();
            put("failCode", json!(code));
            put("failDes", json!(text));
        }
        Value::Object(order)
    }

    fn payment_info(&self, paid_time: i64, style: Style) -> Value {
        let mut info = json!({
            "paidAmount": Money::new(self.received(), self.due.currency).document(style),
            "paidTime": paid_time,
            "payerFeeAmount": Money::new(Amount::ZERO, self.due.currency).document(style),
            "payChannelCode": self.request.scene.pay_channel_code(),
        });
        if let (Some(last), Some(info)) = (self.deposits.iter().rfind(|deposit| deposit.counted), info.as_object_mut())
        {
            info.insert("txHash".into(), json!(last.tx_hash));
            info.insert("payeeAddress".into(), json!(last.receiver_address));
            info.insert("payerAddress".into(), json!(last.payer_address));
        }
        info
    }

    fn settlement_info(&self, paid_time: i64, style: Style) -> Value {
        json!({
            "payeeFeeAmount": Money::new(self.received(), self.due.currency).service_fee().document(style),
            "settledTime": paid_time,
            "settlementAmount": self.settlement().document(style),
        })
    }

    /// What the merchant gets of what was received, once the order is paid.
    pub fn settlement(&self) -> Money {
        let paid = Money::new(self.received(), self.due.currency);
        Money::new(paid.amount - paid.service_fee().amount, paid.currency)
    }

    /// Where the shopper pays, while there is something to pay.
    pub fn interaction_params(&self, origin: &str) -> Option<Value> {
        if self.status != OrderStatus::Created {
            return None;
        }
        Some(match self.request.scene {
            Scene::Api { network, .. } => json!({
                "payChannelCode": "CHAIN",
                "address": self.address(network),
                "confirm": network.confirmations(),
                "network": network.code(),
                "status": "ENABLED",
            }),
            Scene::PlatonQrPay => json!({"qrcontent": self.checkout_url(origin)}),
            Scene::CheckOut { .. } => json!({"cashierUrl": self.checkout_url(origin)}),
        })
    }

    /// The hosted page.
    pub fn checkout_url(&self, origin: &str) -> String {
        format!("{origin}/checkout/{}", self.token)
    }

    /// The order as the control API shows it.
    pub fn view(&self, origin: &str, now: i64) -> Value {
        let addresses: Map<String, Value> =
            self.networks().into_iter().map(|network| (network.code().into(), json!(self.address(network)))).collect();
        json!({
            "orderNo": self.order_no,
            "merchantOrderNo": self.request.merchant_order_no,
            "partnerId": self.partner_id,
            "status": self.status.code(),
            "scene": self.request.scene.code(),
            "currency": self.due.currency.code(),
            "due": self.due.amount,
            "received": self.received(),
            "refundable": self.refundable(),
            "refunded": self.refunded,
            "expired": self.is_expired(now),
            "createdTime": self.created_at,
            "expiredTime": self.expired_time,
            "addresses": addresses,
            "checkoutUrl": self.checkout_url(origin),
            "notifyUrl": self.request.notify_url,
            "deposits": self.deposits.iter().map(Deposit::view).collect::<Vec<_>>(),
            "acquireOrder": self.document(Style::Answer),
        })
    }
}
