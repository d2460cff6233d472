//! Every JSON sample of the documents through the readers: as it is, with each member left out in turn, with members
//! and codes that nobody documented, with numbers as strings and ids as numbers.

use std::fmt::Debug;

use bonuspay::account::GetBalances;
use bonuspay::client::Reply;
use bonuspay::fx::{Direction, GetFxRate};
use bonuspay::json::Value;
use bonuspay::money::Money;
use bonuspay::order::{AcquireOrder, OrderIndex, PayScene, PlaceOrder, Price};
use bonuspay::refund::{RefundIndex, RefundOrder};
use bonuspay::settlement::OtcFundoutOrder;
use bonuspay::topup::{CustomerDepositOrder, GetAddress, PageParam, QueryDeposits};
use bonuspay::transport::HttpResponse;
use bonuspay::withdraw::WithdrawOrder;
use bonuspay::{Client, Config, Error, ErrorKind, Response, State};

use crate::gateway::{Gateway, success};
use crate::support;

/// What a reader makes of an answer: the whole, and the typed view as text.
type Read = Result<(Response, String), Error>;

struct Sample {
    name: &'static str,
    body: &'static str,
    read: fn(&Client) -> Read,
}

fn seen<T: Debug>(reply: Result<Reply<T>, Error>) -> Read {
    reply.map(|reply| (reply.response().clone(), format!("{:?}", reply.into_view())))
}

fn get_order(client: &Client) -> Read {
    seen(client.get_order(&OrderIndex::Merchant("M965739182419".into())))
}

fn place_order(client: &Client) -> Read {
    let price = Price::Total(Money::new("12.81", "USDT").unwrap());
    seen(client.place_order(&PlaceOrder::new("M1", "Tea", price, PayScene::chain("TRON"))))
}

fn get_refund(client: &Client) -> Read {
    seen(client.get_refund(&RefundIndex::Merchant("M818494241569".into())))
}

fn get_address(client: &Client) -> Read {
    let request = GetAddress { customer_id: "test001".into(), asset_code: "ETH".into(), network: "ETH".into() };
    seen(client.get_topup_address(&request))
}

fn get_deposits(client: &Client) -> Read {
    let page_param = PageParam { number: 0, size: 10 };
    seen(client.get_topup_deposits(&QueryDeposits { start_time: 1, end_time: 2, page_param }))
}

fn get_withdrawal(client: &Client) -> Read {
    seen(client.get_withdrawal(&OrderIndex::Merchant("45318b6facbb4fc48bf4eb8d6201e173".into())))
}

fn get_settlement(client: &Client) -> Read {
    seen(client.get_settlement(&OrderIndex::Merchant("8784b0b4-6c9f-4c26-8858-47a9b5037d74".into())))
}

fn get_rate(client: &Client) -> Read {
    seen(client.get_fx_rate(&GetFxRate { currency_pair: "USDT_INR".into(), direction: Direction::Sell }))
}

const ACQUIRE_ORDER: &str = r#"{"merchantOrderNo":"M965739182419","orderNo":"131710904557001559","accessoryContent":{"amountDetail":{"vatAmount":{"amount":0.01,"currency":"BUSD"}},"goodsDetail":{"body":"gifts","goodsId":"GI1005","goodsName":"candy flower"},"terminalDetail":{"merchantName":"sdfsdf"}},"actualTotalAmount":{"amount":1,"currency":"ETH"},"expiredTime":1678950113923,"notifyUrl":"http://yoursite.com/api/notification","paySceneCode":"API","payeeMid":"200000344356","paymentInfo":{"paidAmount":{"amount":1,"currency":"ETH"},"paidTime":1678972513000,"payChanneCode":"CHAIN","payerFeeAmount":{"amount":1,"currency":"ETH"}},"requestTime":1678942913923,"reserved":"order desc","settlementInfo":{"payeeFeeAmount":{"amount":0.02,"currency":"BUSD"},"settledTime":1678972548000,"settlementAmount":{"amount":0.08,"currency":"BUSD"}},"status":"SUCCESS","subject":"ipad","totalAmount":{"amount":0.01,"currency":"BUSD"}}"#;
const REFUND_ORDER: &str = r#"{"refundMerchantOrderNo":"M818494241569","orderNo":"191405406113002297","originMerchantOrderNo":"M965739182419","status":"SUCCESS","amount":{"currency":"BUSD","amount":0.01},"reason":"refund","reserved":"order desc"}"#;
const DEPOSIT: &str = r#"{"confirmedTime":1626766860411,"customerId":"test001","depositAmount":{"amount":0.02,"currency":"ETH"},"settledAmount":{"amount":0.01,"currency":"ETH"},"fee":{"amount":0.01,"currency":"ETH"},"network":"ETH","orderNo":"20210720000000252","product":"CTOPUP","status":"SUCCESS","txHash":"0x8847644b885ebc4342aaca100ae13bc6e5655a74f5e18d10dd832bce1633bec2"}"#;
const WITHDRAWAL: &str = r#"{"actualReceivedAmount":{"currency":"ETH","amount":0.011},"merchantOrderNo":"45318b6facbb4fc48bf4eb8d6201e173","orderNo":"20230324000000093","status":"COMPLETED","txid":"0x6941","createdTime":1709109026970,"partnerFee":{"currency":"ETH","amount":0.001},"address":"0x009e4dF8B6a","expectedReceivedAmount":{"currency":"ETH","amount":0.011},"network":"ETH"}"#;
const SETTLEMENT: &str = r#"{"cryptoAmount":{"currency":"USDT","amount":0.11},"merchantOrderNo":"8784b0b4-6c9f-4c26-8858-47a9b5037d74","notifyUrl":"http://yoursite.com/api/notification","createdTime":1709109026970,"orderNo":"20240228000000453","status":"COMPLETED","fundoutDetail":{"fromAddress":"TT3afBRdUjLKjYYAAXPoetLTG6Xcqw9ZHb","toAddress":"TJ18DxzR8T89UjgJUKkhR3xUoW2i69b4Ku","txHash":"a91b85d1c8ad53a4afe348c156637efdfb04956211fbf03b953de25a4d5d8531","receivingAmount":{"currency":"USD","amount":100},"receivingFee":{"currency":"USD","amount":0.1}},"settlementAmount":{"currency":"USD","amount":0.1}}"#;

/// The bodies; where a sample stands for several calls, or holds a constant of above, `@` is it.
const SAMPLES: [(Sample, &str); 12] = [
    (Sample { name: "getOrder", body: r#"{"acquireOrder":@}"#, read: get_order }, ACQUIRE_ORDER),
    (
        Sample { name: "placeOrder, API", body: "@", read: place_order },
        r#"{"acquireOrder":{"merchantOrderNo":"M1","orderNo":"131710904557001559","status":"CREATED","totalAmount":{"amount":12.81,"currency":"USDT"},"paySceneCode":"API"},"interActionParams":{"payChannelCode":"CHAIN","address":"TTj","confirm":2,"network":"TRON","status":"ENABLED"}}"#,
    ),
    (
        Sample {
            name: "refund/getOrder",
            body: r#"{"refundOrder":@,"refundSummary":{"acquireAmount":{"currency":"BUSD","amount":1.01},"remainRefundAmount":{"currency":"BUSD","amount":1}}}"#,
            read: get_refund,
        },
        REFUND_ORDER,
    ),
    (
        Sample {
            name: "getPaymentDepositEventList",
            body: r#"{"paymentDepositEventList":[@]}"#,
            read: |client| seen(client.get_payment_events(&OrderIndex::Merchant("M1".into()))),
        },
        r#"{"id":"PD001","network":"TRON","payerAddress":"T1","receiverAddress":"T2","amount":{"amount":5,"currency":"USDT"},"confirmedTime":1709109026970,"createdTime":1709109026970,"txHash":"ab"}"#,
    ),
    (
        Sample { name: "getAddress", body: r#"{"wallet":@}"#, read: get_address },
        r#"{"address":"0xa4ef81a7d86f365785dd5bcc8e7964fe98155e16","confirm":2,"customerId":"test001","minDeposit":0.01,"network":"ETH","product":"CTOPUP","status":"ENABLED","CashierUrl":"https://checkout.bonuspay.network/?token=c5bfdda1"}"#,
    ),
    (
        Sample {
            name: "queryCustomerDepositOrderPage",
            body: r#"{"customerDepositOrderPage":{"items":[@],"sortPageParam":{"number":0,"size":10,"sortParamList":[{"direction":"DESC","property":"confirmedTime"}]},"totalElements":1,"totalPages":1}}"#,
            read: get_deposits,
        },
        DEPOSIT,
    ),
    (
        Sample {
            name: "getCustomerDepositOrder",
            body: r#"{"customerDepositOrder":@}"#,
            read: |client| seen(client.get_topup_deposit("20210720000000252")),
        },
        DEPOSIT,
    ),
    (Sample { name: "ccwithdraw/getOrder", body: r#"{"withdrawOrder":@}"#, read: get_withdrawal }, WITHDRAWAL),
    (
        Sample {
            name: "getNetworks",
            body: r#"{"networks":[@]}"#,
            read: |client| seen(client.get_withdraw_networks("USDT")),
        },
        r#"{"network":"TRON","name":"Tron","addressRegex":"^T.{33}$","digit":6,"withdrawMin":10.5}"#,
    ),
    (
        Sample { name: "getFxrate", body: "@", read: get_rate },
        r#"{"currencyPair":"USDT_INR","direction":"SELL","fxrate":83.5371}"#,
    ),
    (
        Sample {
            name: "getAccountList",
            body: r#"{"assetCodeList":[@]}"#,
            read: |client| seen(client.get_balances(&GetBalances::default())),
        },
        r#"{"availableBalance":{"amount":100,"currency":"USDT"},"balance":{"amount":100,"currency":"USDT"},"withdrawBalance":{"amount":100,"currency":"USDT"},"currencyCode":"USDT"}"#,
    ),
    (Sample { name: "otcfundout/getOrder", body: r#"{"otcFundoutOrder":@}"#, read: get_settlement }, SETTLEMENT),
];

fn samples() -> impl Iterator<Item = (Sample, Value)> {
    SAMPLES.into_iter().map(|(sample, inner)| {
        let body = Value::parse(sample.body.replace('@', inner).as_bytes()).unwrap();
        (sample, body)
    })
}

/// The gateway's key in a client of ours: openssl's command line is too slow for thousands of answers.
fn gateways_signer() -> Client {
    let mut builder = Config::builder();
    builder.environment(bonuspay::Environment::Sandbox).unwrap();
    builder.partner_id(crate::gateway::PARTNER).unwrap();
    builder.private_key(&support::named_key("gateway", 2048).private_pem).unwrap();
    Client::new(builder.build().unwrap()).unwrap()
}

fn read(signer: &Client, sample: &Sample, body: &Value) -> Read {
    let text = success(&body.to_json());
    let sign = vec![signer.sign(text.as_bytes()).unwrap().into_bytes()];
    let answer = HttpResponse { http_status: 200, sign, date: None, body: text.into_bytes() };
    let gateway = Gateway::new().then(move |_| Ok(answer.clone()));
    (sample.read)(&gateway.client())
}

/// Every document that comes of changing one place: the change is tried on each value of the tree.
fn variants(value: &Value, change: &dyn Fn(&str, &Value) -> Option<Value>) -> Vec<(String, Value)> {
    fn walk(
        path: &str,
        key: &str,
        value: &Value,
        change: &dyn Fn(&str, &Value) -> Option<Value>,
    ) -> Vec<(String, Value)> {
        let mut found: Vec<_> = change(key, value).map(|changed| (path.to_owned(), changed)).into_iter().collect();
        match value {
            Value::Object(members) => {
                for (at, (name, member)) in members.iter().enumerate() {
                    for (place, changed) in walk(&format!("{path}/{name}"), name, member, change) {
                        let mut members = members.clone();
                        members[at].1 = changed;
                        found.push((place, Value::Object(members)));
                    }
                }
            }
            Value::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    for (place, changed) in walk(&format!("{path}/{at}"), key, item, change) {
                        let mut items = items.clone();
                        items[at] = changed;
                        found.push((place, Value::List(items)));
                    }
                }
            }
            _ => {}
        }
        found
    }
    walk("", "", value, change)
}

/// Each document without one of its members, and with the path of the one that is gone.
fn shortened(value: &Value) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    let longest = 20;
    for at in 0..longest {
        let cut = |_: &str, value: &Value| match value {
            Value::Object(members) if at < members.len() => {
                let mut members = members.clone();
                members.remove(at);
                Some(Value::Object(members))
            }
            _ => None,
        };
        found.extend(variants(value, &cut));
    }
    found
}

fn is_money(value: &Value) -> bool {
    let Value::Object(members) = value else { return false };
    members.len() == 1 && members.iter().any(|(name, _)| name == "amount" || name == "currency")
}

#[test]
fn every_sample_is_read() {
    let signer = gateways_signer();
    for (sample, body) in samples() {
        let (response, view) = read(&signer, &sample, &body).unwrap_or_else(|error| panic!("{}: {error}", sample.name));
        assert!(view.contains("Some("), "{}: {view}", sample.name);
        assert_eq!(response.raw(), success(&body.to_json()).as_bytes());
    }
}

/// Spec 6.13: every field of an answer is optional but the envelope. Half a Money is none.
#[test]
fn any_member_may_be_missing() {
    let signer = gateways_signer();
    let mut tried = 0;
    for (sample, body) in samples() {
        for (place, shorter) in shortened(&body) {
            let half_money = shorter.pointer(&place).is_some_and(is_money);
            match read(&signer, &sample, &shorter) {
                Ok(_) => assert!(!half_money, "{}: half a Money at {place}", sample.name),
                Err(error) => {
                    assert!(half_money, "{} below {place}: {error}: {}", sample.name, shorter.to_json());
                    assert!(matches!(error.kind(), ErrorKind::Protocol | ErrorKind::Mismatch), "{error}");
                }
            }
            tried += 1;
        }
    }
    assert!(tried > 150, "{tried}");
}

#[test]
fn what_nobody_documented_is_kept_and_harms_nothing() {
    let signer = gateways_signer();
    let surprise = Value::parse(br#"{"list":[1,"x",null,{"a":true}],"number":1e-9}"#).unwrap();
    for (sample, body) in samples() {
        let (_, view) = read(&signer, &sample, &body).unwrap();
        let add = |_: &str, value: &Value| match value {
            Value::Object(members) => {
                let mut members = members.clone();
                members.push(("surprise".into(), surprise.clone()));
                Some(Value::Object(members))
            }
            _ => None,
        };
        for (place, longer) in variants(&body, &add) {
            let (response, seen) =
                read(&signer, &sample, &longer).unwrap_or_else(|error| panic!("{} at {place}: {error}", sample.name));
            assert_eq!(seen, view, "{} at {place}", sample.name);
            assert!(response.json().contains(r#""surprise":{"list":[1,"x",null,{"a":true}],"number":1e-9}"#));
        }
    }
}

/// A status that nobody documented is neither paid nor failed.
#[test]
fn unknown_codes_are_told_as_they_came() {
    const CODES: [&str; 6] = ["status", "product", "paySceneCode", "payChannelCode", "payChanneCode", "direction"];
    let signer = gateways_signer();
    for (sample, body) in samples() {
        let rename = |key: &str, value: &Value| {
            let is_code = CODES.contains(&key) && matches!(value, Value::Text(_));
            is_code.then(|| Value::Text("SOMETHING_NEW".into()))
        };
        for (place, other) in variants(&body, &rename) {
            // These were asked for, so another one is an answer to another question.
            let asked = place == "/direction"
                || (sample.name, place.as_str()) == ("placeOrder, API", "/acquireOrder/paySceneCode");
            match read(&signer, &sample, &other) {
                Ok((response, view)) => {
                    let told = view.contains("SOMETHING_NEW") || response.json().contains("SOMETHING_NEW");
                    assert!(told && !asked, "{} at {place}", sample.name);
                    let status_of_order = place.ends_with("rder/status");
                    assert!(!status_of_order || response.state() == State::Unknown, "{} at {place}", sample.name);
                }
                Err(error) => assert!(asked && error.kind() == ErrorKind::Mismatch, "{} at {place}", sample.name),
            }
        }
    }
}

/// Spec 6.7 and 6.11: amounts, times and counts may come as strings, numbers of BonusPay's as numbers.
#[test]
fn numbers_and_strings_may_change_places() {
    const IDS: [&str; 4] = ["orderNo", "originOrderNo", "payeeMid", "id"];
    const NOT_READ: [&str; 2] = ["number", "size"];
    let signer = gateways_signer();
    let mut tried = 0;
    for (sample, body) in samples() {
        let (response, view) = read(&signer, &sample, &body).unwrap();
        let swap = |key: &str, value: &Value| match value {
            Value::Number(text) if !NOT_READ.contains(&key) => Some(Value::Text(text.clone())),
            Value::Text(text) if IDS.contains(&key) && text.parse::<u64>().is_ok() => Some(Value::Number(text.clone())),
            _ => None,
        };
        for (place, swapped) in variants(&body, &swap) {
            let (same, seen) =
                read(&signer, &sample, &swapped).unwrap_or_else(|error| panic!("{} at {place}: {error}", sample.name));
            assert_eq!(seen, view, "{} at {place}", sample.name);
            assert_eq!(same.json(), response.json(), "{} at {place}", sample.name);
            tried += 1;
        }
    }
    assert!(tried > 40, "{tried}");
}

/// The same for notifications, of each kind.
#[test]
fn notifications_are_as_tolerant() {
    let signer = gateways_signer();
    let client = Gateway::new().client();
    let read = |body: &Value, view: fn(&bonuspay::Notification) -> Result<String, Error>| {
        let text = body.to_json();
        let sign = signer.sign(text.as_bytes()).unwrap();
        let notification = client.verify_notification(text.as_bytes(), sign.as_bytes(), None)?;
        view(&notification)
    };
    type View = fn(&bonuspay::Notification) -> Result<String, Error>;
    let kinds: [(&str, &str, View); 5] = [
        ("acquireOrder", ACQUIRE_ORDER, |n| n.order::<AcquireOrder>().map(|order| format!("{order:?}"))),
        ("refundOrder", REFUND_ORDER, |n| n.order::<RefundOrder>().map(|order| format!("{order:?}"))),
        ("customerDepositOrder", DEPOSIT, |n| n.order::<CustomerDepositOrder>().map(|order| format!("{order:?}"))),
        ("withdrawOrder", WITHDRAWAL, |n| n.order::<WithdrawOrder>().map(|order| format!("{order:?}"))),
        ("otcFundoutOrder", SETTLEMENT, |n| n.order::<OtcFundoutOrder>().map(|order| format!("{order:?}"))),
    ];
    for (key, order, view) in kinds {
        let text = format!(
            r#"{{"notify_time":"20211119182223","{key}":{order},"_input_charset":"UTF-8","notify_timestamp":1637331743833,"notify_id":"202111190340008301"}}"#
        );
        let body = Value::parse(text.as_bytes()).unwrap();
        let whole = read(&body, view).unwrap();
        for (place, shorter) in shortened(&body) {
            let half_money = shorter.pointer(&place).is_some_and(is_money);
            let no_order = shorter.member(key).is_none();
            let outcome = read(&shorter, view);
            assert_eq!(outcome.is_err(), half_money || no_order, "{key} below {place}: {outcome:?}");
        }
        let as_text = |_: &str, value: &Value| match value {
            Value::Number(text) => Some(Value::Text(text.clone())),
            _ => None,
        };
        for (place, swapped) in variants(&body, &as_text) {
            assert_eq!(read(&swapped, view).unwrap_or_else(|error| panic!("{place}: {error}")), whole);
        }
    }
}
