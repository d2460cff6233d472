//! Orders: a shopper's payment (spec 3.2 and 3.3).

use serde::{Deserialize, Serialize};

use crate::config::Config;
use crate::error::Error;
use crate::money::{Amount, Money, Scales};
use crate::protocol::call::{Call, ExpectedAnswer, Idempotency, no_further_check};
use crate::protocol::json::Value;
use crate::protocol::schema::{self, Field, Rule, invalid, optional, required};
use crate::protocol::state::{OrderKey, State};

pub(crate) const REF_AMOUNT: &[Field] =
    &[required("exchangeCurrencyCode", Rule::Code(32)), required("refAmount", Rule::AnyMoney)];

const ACCESSORY_CONTENT: &[Field] = &[
    optional(
        "amountDetail",
        Rule::Object(&[
            optional("discountableAmount", Rule::AnyMoney),
            optional("amount", Rule::AnyMoney),
            optional("vatAmount", Rule::AnyMoney),
            optional("tipAmount", Rule::AnyMoney),
        ]),
    ),
    optional(
        "goodsDetail",
        Rule::Object(&[
            optional("body", Rule::Text(64)),
            optional("categoriesTree", Rule::Text(64)),
            optional("goodsCategory", Rule::Text(64)),
            optional("goodsId", Rule::Text(200)),
            optional("goodsName", Rule::Text(64)),
            optional("price", Rule::AnyMoney),
            optional("quantity", Rule::Decimal(2)),
            optional("showUrl", Rule::Text(500)),
        ]),
    ),
    optional(
        "terminalDetail",
        Rule::Object(&[
            optional("operatorId", Rule::Text(200)),
            optional("storeId", Rule::Text(200)),
            optional("terminalId", Rule::Text(200)),
            optional("merchantName", Rule::Text(64)),
            optional("storeName", Rule::Text(64)),
        ]),
    ),
];

/// Spec 3.2.1.
const PLACE_ORDER: &[Field] = &[
    required("merchantOrderNo", Rule::MerchantOrderNo),
    required("subject", Rule::Text(64)),
    optional("totalAmount", Rule::CoinMoney),
    optional("refAmount", Rule::Object(REF_AMOUNT)),
    optional("expiredTime", Rule::Time),
    optional("payeeMid", Rule::Code(20)),
    required("paySceneCode", Rule::Choice(&["API", "PLATON_QRPAY", "CHECK_OUT"])),
    optional("paySceneParams", Rule::AnyObject),
    optional("notifyUrl", Rule::Url),
    optional("accessoryContent", Rule::Object(ACCESSORY_CONTENT)),
    optional("reserved", Rule::Text(200)),
];

/// Spec 3.2.
const CHAIN_PARAMS: &[Field] = &[
    required("chainCode", Rule::Code(32)),
    required("payChannelCode", Rule::Choice(&["CHAIN"])),
    optional("payerEmail", Rule::Email(200)),
];
const CHECKOUT_PARAMS: &[Field] = &[optional("redirectUrl", Rule::Url)];
const PAY_SCENE_PARAMS_MAX: usize = 512;

/// Spec 2.3, `OrderIndexRequest`.
pub(crate) const ORDER_INDEX: &[Field] =
    &[optional("merchantOrderNo", Rule::MerchantOrderNo), optional("orderNo", Rule::OrderNo)];
pub(crate) const ORDER_INDEX_NAMES: &[&str] = &["merchantOrderNo", "orderNo"];
pub(crate) const ORDER_INDEX_ONE_OF: Option<(&str, &str)> = Some(("merchantOrderNo", "orderNo"));

/// Spec 3.2.1.
pub(crate) const PLACE: Call = Call {
    path: "crypto/placeOrder",
    idempotency: Idempotency::Idempotent,
    fields: PLACE_ORDER,
    exactly_one_of: Some(("totalAmount", "refAmount")),
    validate: check_place,
    answer: ExpectedAnswer {
        amounts: &[("/totalAmount", "/totalAmount"), ("/refAmount/refAmount", "/refAmount/refAmount")],
        echoes: &[
            ("/paySceneCode", "/paySceneCode"),
            ("/refAmount/exchangeCurrencyCode", "/refAmount/exchangeCurrencyCode"),
            ("/refAmount/exchangeCurrencyCode", "/totalAmount/currency"),
        ],
        ..ExpectedAnswer::of("acquireOrder", &["merchantOrderNo", "reserved"])
    },
};

const fn by_index(path: &'static str, idempotency: Idempotency) -> Call {
    Call {
        path,
        idempotency,
        fields: ORDER_INDEX,
        exactly_one_of: ORDER_INDEX_ONE_OF,
        validate: no_further_check,
        answer: ExpectedAnswer::of("acquireOrder", ORDER_INDEX_NAMES),
    }
}

/// Spec 3.2.2.
pub(crate) const CANCEL: Call = by_index("crypto/cancelOrder", Idempotency::SendOnce);
/// Spec 3.2.3.
pub(crate) const ACCEPT: Call = by_index("crypto/acceptOrder", Idempotency::SendOnce);
/// Spec 3.2.4.
pub(crate) const GET: Call = by_index("crypto/getOrder", Idempotency::Idempotent);
/// Spec 3.2.5.
pub(crate) const PAYMENT_EVENTS: Call = Call {
    answer: ExpectedAnswer::list(&["paymentDepositEventList", "paymentDepositEvents"]),
    ..by_index("crypto/getPaymentDepositEventList", Idempotency::Idempotent)
};

/// 77008: an order lives 48 hours at most.
const EXPIRY_MAX_MS: u64 = 48 * 60 * 60 * 1000;

/// What the table of fields cannot say of Place Order.
fn check_place(wire: Value, _config: &Config, now_ms: u64) -> Result<Value, Error> {
    if let Some(expiry) = wire.member("expiredTime").and_then(Value::scalar) {
        let expiry: u64 = expiry.parse().map_err(|_| invalid("/expiredTime", "is not a time in milliseconds"))?;
        if expiry <= now_ms {
            return Err(invalid("/expiredTime", "is not after the time of the request; is it in milliseconds?"));
        }
        if expiry - now_ms > EXPIRY_MAX_MS {
            return Err(invalid("/expiredTime", "is more than 48 hours after the time of the request"));
        }
    }
    let fields = match wire.member("paySceneCode").and_then(Value::text) {
        Some("API") => CHAIN_PARAMS,
        Some("CHECK_OUT") => CHECKOUT_PARAMS,
        _ => &[],
    };
    let none = Value::Object(Vec::new());
    let params = wire.member("paySceneParams").unwrap_or(&none);
    // The fields of a scene hold no amounts, so the scales have no say.
    let params = schema::check(params, fields, &Scales::default(), "/paySceneParams")?;
    let length = params.to_json().chars().count();
    if length > PAY_SCENE_PARAMS_MAX {
        let reason = format!("has {length} characters as JSON, the most is {PAY_SCENE_PARAMS_MAX}");
        return Err(invalid("/paySceneParams", &reason));
    }
    Ok(with_params(wire, params))
}

/// The scene's parameters as checked; none are sent where there are none (spec 1.1, empty parameters).
fn with_params(wire: Value, params: Value) -> Value {
    let Value::Object(members) = wire else {
        return wire;
    };
    let members = members.into_iter().filter_map(|(name, value)| match name.as_str() {
        "paySceneParams" if params == Value::Object(Vec::new()) => None,
        "paySceneParams" => Some((name, params.clone())),
        _ => Some((name, value)),
    });
    Value::Object(members.collect())
}

/// What is to be paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub enum Price {
    /// This much of a coin.
    #[serde(rename = "totalAmount")]
    Total(Money),
    /// This much of any currency, converted by BonusPay into a coin.
    #[serde(rename = "refAmount")]
    Reference(RefAmount),
}

/// An amount that BonusPay converts (spec 2.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RefAmount {
    /// The coin to be paid in: `USDT`, `USDC`, `ETH`, `BTC`.
    pub exchange_currency_code: String,
    /// The price, such as 19.90 EUR.
    pub ref_amount: Money,
}

/// How the shopper pays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "paySceneCode", content = "paySceneParams")]
#[non_exhaustive]
pub enum PayScene {
    /// By a transfer to the address that the answer names.
    #[serde(rename = "API", rename_all = "camelCase")]
    Chain {
        /// The network: `TRON`, `ETH`, `POLYGON`, `BTC`.
        chain_code: String,
        /// Always [`CHAIN`].
        pay_channel_code: &'static str,
        /// BonusPay mails the payer when the payment has succeeded.
        #[serde(skip_serializing_if = "Option::is_none")]
        payer_email: Option<String>,
    },
    /// By PlatON's QR code.
    #[serde(rename = "PLATON_QRPAY")]
    PlatonQrPay,
    /// On BonusPay's hosted page.
    #[serde(rename = "CHECK_OUT", rename_all = "camelCase")]
    Checkout {
        /// Where the shopper is sent afterwards. That they come back proves nothing.
        #[serde(skip_serializing_if = "Option::is_none")]
        redirect_url: Option<String>,
    },
}

/// The one documented `payChannelCode` of scene API.
pub const CHAIN: &str = "CHAIN";

impl PayScene {
    /// A transfer on this network.
    pub fn chain(chain_code: impl Into<String>) -> Self {
        Self::Chain { chain_code: chain_code.into(), pay_channel_code: CHAIN, payer_email: None }
    }

    /// BonusPay's page, and then back to the shop.
    pub fn checkout(redirect_url: impl Into<String>) -> Self {
        Self::Checkout { redirect_url: Some(redirect_url.into()) }
    }
}

/// A new order (spec 3.2.1). Idempotent by `merchant_order_no`: repeat the same order to learn what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PlaceOrder {
    /// Letters, digits, `-` and `_`, at most 64; unique for the merchant.
    pub merchant_order_no: String,
    /// What is bought, at most 64 characters.
    pub subject: String,
    /// What is to be paid.
    #[serde(flatten)]
    pub price: Price,
    /// When the order expires: milliseconds since 1970, at most 48 hours ahead. BonusPay's default is 2 hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expired_time: Option<u64>,
    /// Who gets the money; the merchant by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payee_mid: Option<String>,
    /// How the shopper pays.
    #[serde(flatten)]
    pub scene: PayScene,
    /// Where notifications of this order go.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notify_url: Option<String>,
    /// Details of goods, amounts and terminal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accessory_content: Option<AccessoryContent>,
    /// Comes back unchanged, at most 200 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reserved: Option<String>,
}

impl PlaceOrder {
    /// An order with its required fields.
    pub fn new(
        merchant_order_no: impl Into<String>,
        subject: impl Into<String>,
        price: Price,
        scene: PayScene,
    ) -> Self {
        Self {
            merchant_order_no: merchant_order_no.into(),
            subject: subject.into(),
            price,
            expired_time: None,
            payee_mid: None,
            scene,
            notify_url: None,
            accessory_content: None,
            reserved: None,
        }
    }
}

/// Names one order: by the merchant's number or by BonusPay's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum OrderIndex {
    /// `merchantOrderNo`
    #[serde(rename = "merchantOrderNo")]
    Merchant(String),
    /// `orderNo`
    #[serde(rename = "orderNo")]
    BonusPay(String),
}

/// Details that go with an order (spec 3.2.4).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AccessoryContent {
    /// Parts of the amount.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount_detail: Option<AmountDetail>,
    /// The goods.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goods_detail: Option<GoodsDetail>,
    /// Where it was sold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terminal_detail: Option<TerminalDetail>,
}

/// Parts of an order's amount.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the documents say no more than the names do")]
#[non_exhaustive]
pub struct AmountDetail {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discountable_amount: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vat_amount: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tip_amount: Option<Money>,
}

/// The goods of an order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the documents say no more than the names do")]
#[non_exhaustive]
pub struct GoodsDetail {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub categories_tree: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goods_category: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goods_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goods_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Amount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub show_url: Option<String>,
}

/// Where an order was taken.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the documents say no more than the names do")]
#[non_exhaustive]
pub struct TerminalDetail {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operator_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub store_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terminal_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merchant_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub store_name: Option<String>,
}

/// An order as BonusPay tells it (spec 3.2.4). The samples lack fields that the tables require, so every
/// field is optional; what this view does not name is in the whole document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AcquireOrder {
    /// When the order was made, in milliseconds since 1970.
    pub request_time: Option<u64>,
    /// The merchant's number.
    pub merchant_order_no: Option<String>,
    /// BonusPay's number.
    pub order_no: Option<String>,
    /// The status as it was told: `CREATED`, `SUCCESS`, `FAILURE`, `REFUNDED`, or one of later days.
    pub status: Option<String>,
    /// What was paid, when and how.
    pub payment_info: Option<PaymentInfo>,
    /// What the merchant gets.
    pub settlement_info: Option<SettlementInfo>,
    /// BonusPay's name of the product.
    pub product: Option<String>,
    /// What is due.
    pub total_amount: Option<Money>,
    /// The price that was converted into what is due.
    pub ref_amount: Option<RefAmount>,
    /// After discounts. Never decide by it whether an order is paid.
    pub actual_total_amount: Option<Money>,
    /// Who gets the money.
    pub payee_mid: Option<String>,
    /// When the order expires, in milliseconds since 1970. A payment may still succeed later (spec 6.33).
    pub expired_time: Option<u64>,
    /// Where notifications go.
    pub notify_url: Option<String>,
    /// What is bought.
    pub subject: Option<String>,
    /// Details.
    pub accessory_content: Option<AccessoryContent>,
    /// The scene.
    pub pay_scene_code: Option<String>,
    /// Why it failed, as a code.
    pub fail_code: Option<String>,
    /// Why it failed, in words.
    pub fail_des: Option<String>,
    /// What the merchant gave along.
    pub reserved: Option<String>,
}

impl AcquireOrder {
    /// What the status means.
    pub fn state(&self) -> State {
        OrderKey::Acquire.state(self.status.as_deref())
    }
}

/// A payment (spec 3.2.4).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PaymentInfo {
    /// What was received.
    pub paid_amount: Option<Money>,
    /// When, in milliseconds since 1970.
    pub paid_time: Option<u64>,
    /// What the payer paid for the transfer.
    pub payer_fee_amount: Option<Money>,
    /// `CHAIN` or `PLATON_QRPAY`.
    pub pay_channel_code: Option<String>,
    /// The transaction.
    pub tx_hash: Option<String>,
    /// Where it went.
    pub payee_address: Option<String>,
    /// Where it came from; an exchange sends for many people.
    pub payer_address: Option<String>,
}

/// A settlement (spec 3.2.4).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SettlementInfo {
    /// When, in milliseconds since 1970.
    pub settled_time: Option<u64>,
    /// BonusPay's fee.
    pub payee_fee_amount: Option<Money>,
    /// What the merchant gets.
    pub settlement_amount: Option<Money>,
}

/// Where and how to pay (spec 3.2): which fields there are depends on the scene.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct InteractionParams {
    /// Scene API: `CHAIN`.
    pub pay_channel_code: Option<String>,
    /// Scene API: the address to pay to.
    pub address: Option<String>,
    /// Scene API: how many confirmations it takes.
    pub confirm: Option<u32>,
    /// Scene API: the network of the address.
    pub network: Option<String>,
    /// Scene API: `ENABLED` when the address may be used.
    pub status: Option<String>,
    /// Scene PLATON_QRPAY: the content of the QR code.
    pub qrcontent: Option<String>,
}

/// The answer to Place Order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PlacedOrder {
    /// The order; an earlier one under the same number comes back as it now stands.
    pub acquire_order: Option<AcquireOrder>,
    /// How to pay, while the order waits.
    pub interaction_params: Option<InteractionParams>,
}

/// The answer to Get, Cancel and Accept Order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct OrderAnswer {
    /// The order as it now stands.
    pub acquire_order: Option<AcquireOrder>,
}

/// The answer to Get PaymentEventList.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PaymentEvents {
    /// The deposits that were seen; BonusPay's name for the list is not documented (spec 6.4).
    #[serde(default)]
    pub payment_deposit_event_list: Vec<PaymentDepositEvent>,
}

/// One deposit to an order's address (spec 3.2.5).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PaymentDepositEvent {
    /// BonusPay's number of the event.
    pub id: Option<String>,
    /// The network.
    pub network: Option<String>,
    /// Where it came from.
    pub payer_address: Option<String>,
    /// Where it went.
    pub receiver_address: Option<String>,
    /// How much.
    pub amount: Option<Money>,
    /// When it was confirmed, in milliseconds since 1970.
    pub confirmed_time: Option<u64>,
    /// When it was seen, in milliseconds since 1970.
    pub created_time: Option<u64>,
    /// The transaction.
    pub tx_hash: Option<String>,
}
