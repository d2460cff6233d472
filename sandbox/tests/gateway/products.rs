use serde_json::{Value, json};

use crate::support::{Sandbox, Shop, now_ms};

const TRON: &str = "TU1PTkFH1DnaRsAP5Aa12YXY2KNgsgm8PD";
const ETH: &str = "0x10b500c94537db4d3e625c1763b7f7642d009b3a";

fn wallet(sandbox: &Sandbox, customer: &str, coin: &str, network: &str) -> Value {
    let biz = json!({"customerId": customer, "assetCode": coin, "network": network});
    let answer = sandbox.call("ccdeposit/getAddress", &biz);
    assert_eq!(answer["head"]["code"], "0", "{answer}");
    answer["body"]["wallet"].clone()
}

fn top_up(sandbox: &Sandbox, amount: &str) -> String {
    let body = json!({"customerId": "c-1", "assetCode": "USDT", "network": "TRON", "amount": amount});
    let topup = sandbox.control("POST", "topups", body)["topup"].clone();
    topup["orderNo"].as_str().unwrap().to_owned()
}

fn transfer(number: &str, amount: &str) -> Value {
    json!({
        "merchantOrderNo": number,
        "address": TRON,
        "network": "TRON",
        "expectedReceivedAmount": {"amount": serde_json::from_str::<Value>(amount).unwrap(), "currency": "USDT"},
    })
}

/// Balance and available balance of a coin.
fn balance(sandbox: &Sandbox, coin: &str) -> String {
    let answer = sandbox.call("account/getAccountList", &json!({"assetCodeList": [coin]}));
    let account = &answer["body"]["assetCodeList"][0];
    assert_eq!(account["currencyCode"], coin);
    assert_eq!(account["withdrawBalance"], account["availableBalance"]);
    format!("{} {}", account["balance"]["amount"], account["availableBalance"]["amount"])
}

fn refusal(sandbox: &Sandbox, path: &str, biz: &Value) -> String {
    let (code, msg) = sandbox.refusal(path, biz);
    format!("{code} {msg}")
}

#[test]
fn every_merchant_begins_with_some_of_each_coin() {
    let sandbox = Sandbox::start();
    let answer = sandbox.call("account/getAccountList", &json!({}));
    let told = answer["body"]["assetCodeList"].as_array().unwrap().iter();
    let told: Vec<String> = told.map(|a| format!("{} {}", a["balance"]["amount"], a["currencyCode"])).collect();
    assert_eq!(told, ["10000 \"USDT\"", "10000 \"USDC\"", "10 \"ETH\"", "1 \"BTC\""]);
    let some = sandbox.call("account/getAccountList", &json!({"assetCodeList": ["BTC", "ETH"]}));
    assert_eq!(some["body"]["assetCodeList"].as_array().unwrap().len(), 2);
    let unknown = json!({"assetCodeList": ["DOGE"]});
    assert_eq!(refusal(&sandbox, "account/getAccountList", &unknown), "77021 CURRENCY_CODE_NOT_SUPPORTED");
    assert_eq!(sandbox.get("balances")["balances"][0]["balance"], "10000");
}

#[test]
fn a_customer_keeps_his_address() {
    let sandbox = Sandbox::start();
    let first = wallet(&sandbox, "c-1", "USDT", "TRON");
    for name in ["customerId", "status", "product", "assetCode", "network", "address", "minDeposit", "confirm"] {
        assert!(!first[name].is_null(), "{name}");
    }
    assert_eq!((first["minDeposit"].to_string().as_str(), first["status"].as_str()), ("1", Some("ENABLED")));
    assert_ne!(first["address"], wallet(&sandbox, "c-2", "USDT", "TRON")["address"]);
    assert_eq!(first["address"], wallet(&sandbox, "c-1", "USDC", "TRON")["address"], "one chain, one address");
    // The seed that it comes of is on disk, although nothing else ever happened.
    let sandbox = sandbox.kill_and_restart(&[]);
    let again = wallet(&sandbox, "c-1", "USDT", "TRON");
    assert_eq!(again["address"], first["address"]);

    let url = again["cashierUrl"].as_str().unwrap();
    let (_, path) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let page = crate::support::Client::connect(sandbox.listening()).send("GET", &format!("/{path}"), &[], b"").unwrap();
    assert!(page.status == 200 && page.text().contains(first["address"].as_str().unwrap()), "{}", page.text());

    let ask = |customer: &str, coin: &str, network: &str| {
        let biz = json!({"customerId": customer, "assetCode": coin, "network": network});
        refusal(&sandbox, "ccdeposit/getAddress", &biz)
    };
    assert_eq!(ask("c-1", "DOGE", "TRON"), "77021 CURRENCY_CODE_NOT_SUPPORTED");
    assert_eq!(ask("c-1", "BTC", "TRON"), "400 INVALID_PARAMETER");
    assert_eq!(ask("c 1", "BTC", "BTC"), "400 INVALID_PARAMETER");
}

#[test]
fn a_deposit_is_credited_less_the_fee_and_told_to_the_shop() {
    let sandbox = Sandbox::start();
    let shop = Shop::open(&[]);
    let profile = json!({"partnerId": "200000000888", "topupNotifyUrl": shop.url});
    sandbox.control("POST", "merchants", profile);
    let body = json!({"customerId": "c-1", "currency": "USDT", "network": "TRON", "amount": "300"});
    assert_eq!(sandbox.control_raw("POST", "topups", body.clone()).status, 404, "nobody asked for an address");
    wallet(&sandbox, "c-1", "USDT", "TRON");
    let small = json!({"customerId": "c-1", "currency": "USDT", "network": "TRON", "amount": "0.99"});
    assert_eq!(sandbox.control_raw("POST", "topups", small).status, 400);

    let order_no = top_up(&sandbox, "300");
    assert_eq!(balance(&sandbox, "USDT"), "10298.5 10298.5");
    let answer = sandbox.call("ccdeposit/getCustomerDepositOrder", &json!({"orderNo": order_no}));
    let order = &answer["body"]["customerDepositOrder"];
    assert_eq!(order["status"], "SUCCESS");
    assert_eq!(order["depositAmount"]["amount"].to_string(), "300");
    assert_eq!(order["fee"]["amount"].to_string(), "1.5");
    assert_eq!(order["settledAmount"]["amount"].to_string(), "298.5");
    let text = shop.wait_for(1)[0].text();
    assert!(text.contains(r#""customerDepositOrder":{"customerId":"c-1","#), "{text}");
    assert!(text.contains(r#""settledAmount":{"amount":298.50000000,"currency":"USDT"}"#), "{text}");

    // Seen on the chain, then confirmed: by hand, or by the clock.
    let mut unconfirmed = body;
    unconfirmed["status"] = json!("CREATED");
    let seen = sandbox.control("POST", "topups", unconfirmed.clone())["topup"]["orderNo"].clone();
    sandbox.control("POST", "topups", unconfirmed);
    assert_eq!(balance(&sandbox, "USDT"), "10298.5 10298.5");
    sandbox.control("POST", &format!("topups/{}/settle", seen.as_str().unwrap()), Value::Null);
    assert_eq!(balance(&sandbox, "USDT"), "10597 10597");
    assert_eq!(sandbox.control_raw("POST", &format!("topups/{order_no}/settle"), Value::Null).status, 409);
    sandbox.control("POST", "clock", json!({"advance_ms": 30_000}));
    assert_eq!(balance(&sandbox, "USDT"), "10895.5 10895.5");
    assert_eq!(
        refusal(&sandbox, "ccdeposit/getCustomerDepositOrder", &json!({"orderNo": "1"})),
        "77016 ORDER_NO_NOT_EXIST"
    );
}

#[test]
fn deposits_come_in_pages_the_newest_first() {
    let sandbox = Sandbox::start();
    wallet(&sandbox, "c-1", "USDT", "TRON");
    let mut numbers: Vec<String> = (1..=5).map(|n| top_up(&sandbox, &n.to_string())).collect();
    numbers.reverse();
    let (start, end) = (now_ms() - 60_000, now_ms() + 60_000);
    let page = |number: u32, size: u32, start: i64, end: i64| {
        let biz = json!({"startTime": start, "endTime": end, "pageParam": {"number": number, "size": size}});
        sandbox.call("ccdeposit/queryCustomerDepositOrderPage", &biz)["body"]["customerDepositOrderPage"].clone()
    };
    let mut seen = Vec::new();
    for number in 0..4 {
        let page = page(number, 2, start, end);
        assert_eq!((page["totalElements"].as_u64(), page["totalPages"].as_u64()), (Some(5), Some(3)));
        seen.extend(page["items"].as_array().unwrap().iter().map(|i| i["orderNo"].as_str().unwrap().to_owned()));
    }
    assert_eq!(seen, numbers);
    assert_eq!(page(0, 10, start, start + 1)["totalElements"], 0);
    assert_eq!(page(u32::MAX, u32::MAX, start, end)["items"], json!([]));
    let bad = json!({"startTime": start, "endTime": end, "pageParam": {"number": -1, "size": 2}});
    assert_eq!(refusal(&sandbox, "ccdeposit/queryCustomerDepositOrderPage", &bad), "400 INVALID_PARAMETER");
}

#[test]
fn a_transfer_takes_amount_and_fee() {
    let sandbox = Sandbox::start();
    let shop = Shop::open(&[]);
    let mut biz = transfer("w-1", "100");
    biz["notifyUrl"] = json!(shop.url);
    let answer = sandbox.call("ccwithdraw/transfer", &biz)["body"].clone();
    assert_eq!(answer["withdrawOrder"]["status"], "PENDING");
    assert!(answer["withdrawOrder"]["txid"].is_null());
    assert_eq!(balance(&sandbox, "USDT"), "10000 9899");
    assert_eq!(sandbox.call("ccwithdraw/transfer", &biz)["body"], answer, "the same number, the same transfer");
    assert_eq!(refusal(&sandbox, "ccwithdraw/transfer", &transfer("w-1", "99")), "77012 MERCHANT_ORDER_NO_EXIST");
    assert_eq!(refusal(&sandbox, "ccwithdraw/placeOrder", &biz), "77012 MERCHANT_ORDER_NO_EXIST");

    sandbox.control("POST", "withdrawals/w-1/settle", Value::Null);
    assert_eq!(balance(&sandbox, "USDT"), "9899 9899");
    let got = sandbox.call("ccwithdraw/getOrder", &json!({"merchantOrderNo": "w-1"}))["body"]["withdrawOrder"].clone();
    assert_eq!((got["status"].as_str(), got["partnerFee"]["amount"].to_string().as_str()), (Some("COMPLETED"), "1"));
    assert_eq!(got["actualReceivedAmount"]["amount"].to_string(), "100");
    assert_eq!(got["txid"].as_str().unwrap().len(), 64);
    assert_eq!(sandbox.call("ccwithdraw/getOrder", &json!({"orderNo": got["orderNo"]}))["body"]["withdrawOrder"], got);
    let text = shop.wait_for(1)[0].text();
    assert!(text.contains(r#""withdrawOrder":{"merchantOrderNo":"w-1","#) && text.contains("COMPLETED"), "{text}");
    assert_eq!(sandbox.control_raw("POST", "withdrawals/w-1/fail", Value::Null).status, 409);

    // What fails costs nothing; what nobody decides is completed by the clock.
    sandbox.call("ccwithdraw/transfer", &transfer("w-2", "100"));
    sandbox.call("ccwithdraw/placeOrder", &transfer("w-3", "9"));
    let failed = sandbox.control("POST", "withdrawals/w-2/fail", json!({"failDes": "why"}));
    assert_eq!(failed["withdrawal"]["withdrawOrder"]["failDes"], "why");
    let sandbox = sandbox.kill_and_restart(&[]);
    assert_eq!(balance(&sandbox, "USDT"), "9899 9889");
    sandbox.control("POST", "clock", json!({"advance_ms": 30_000}));
    assert_eq!(balance(&sandbox, "USDT"), "9889 9889");
}

#[test]
fn a_payout_that_cannot_be_is_refused() {
    let sandbox = Sandbox::start();
    let place = |biz: &Value| refusal(&sandbox, "ccwithdraw/transfer", biz);
    let changed = |name: &str, value: Value| {
        let mut biz = transfer("w-1", "100");
        biz[name] = value;
        place(&biz)
    };
    assert_eq!(place(&transfer("w-1", "9999.01")), "80005 INSUFFICIENT_FUNDS");
    assert_eq!(place(&transfer("w-1", "0.99")), "80004 CRYPTO_AMOUNT_TOO_LOW");
    assert_eq!(place(&transfer("w-1", "1.001")), "77022 INVALID_CURRENCY_PRECISION");
    assert_eq!(changed("address", json!(ETH)), "400 INVALID_PARAMETER");
    assert_eq!(changed("network", json!("BTC")), "400 INVALID_PARAMETER");
    assert_eq!(changed("expectedReceivedAmount", Value::Null), "400 INVALID_PARAMETER");
    assert_eq!(changed("refAmount", json!({})), "400 INVALID_PARAMETER");
    let reference = json!({"exchangeCurrencyCode": "USDT", "refAmount": {"amount": 8350, "currency": "INR"}});
    let mut biz = transfer("w-ref", "1");
    biz.as_object_mut().unwrap().remove("expectedReceivedAmount");
    biz["refAmount"] = reference.clone();
    let order = sandbox.call("ccwithdraw/transfer", &biz)["body"]["withdrawOrder"].clone();
    assert_eq!(
        (order["expectedReceivedAmount"]["amount"].to_string().as_str(), &order["refAmount"]),
        ("100", &reference)
    );
    assert_eq!(place(&transfer("w-all", "9898.01")), "80005 INSUFFICIENT_FUNDS", "101 are reserved");
    sandbox.call("ccwithdraw/transfer", &transfer("w-all", "9898"));
    let get = |biz: Value| refusal(&sandbox, "ccwithdraw/getOrder", &biz);
    assert_eq!(get(json!({"merchantOrderNo": "none"})), "77004 MERCHANT_ORDER_NO_NOT_EXIST");
    assert_eq!(get(json!({"orderNo": "1"})), "77016 ORDER_NO_NOT_EXIST");
}

#[test]
fn withdrawals_go_where_the_address_book_allows() {
    let sandbox = Sandbox::start();
    assert_eq!(sandbox.get("addressbook")["addresses"], Value::Null);
    sandbox.call("ccwithdraw/placeOrder", &transfer("w-1", "10"));
    sandbox.control("POST", "addressbook", json!({"addresses": [{"network": "ETH", "address": ETH}]}));
    let place = |biz: &Value| refusal(&sandbox, "ccwithdraw/placeOrder", biz);
    assert_eq!(place(&transfer("w-2", "10")), "400 INVALID_PARAMETER");
    assert_eq!(place(&transfer("w-1", "10")).split(' ').next(), Some("0"), "it was placed before");
    assert_eq!(
        refusal(&sandbox, "ccwithdraw/transfer", &transfer("t-2", "10")),
        "0 SUCCESS",
        "a transfer may go anywhere"
    );
    sandbox.control("POST", "addressbook", json!({"addresses": [{"network": "TRON", "address": TRON}]}));
    assert_eq!(place(&transfer("w-2", "10")), "0 SUCCESS");
    sandbox.control("DELETE", "addressbook", Value::Null);
    assert_eq!(sandbox.get("addressbook")["addresses"], Value::Null);
    assert_eq!(
        sandbox.control_raw("POST", "addressbook", json!({"addresses": [{"network": "TRON", "address": ETH}]})).status,
        400
    );
}

#[test]
fn networks_and_rates() {
    let sandbox = Sandbox::start();
    let networks = sandbox.call("ccwithdraw/getNetworks", &json!({"assetCode": "USDT"}))["body"]["networks"].clone();
    assert_eq!(networks.as_array().unwrap().len(), 3);
    assert_eq!(networks[0]["network"], "TRON");
    assert_eq!(
        (networks[0]["digit"].to_string().as_str(), networks[0]["withdrawMin"].to_string().as_str()),
        ("2", "1")
    );
    assert_eq!(networks[0]["fee"]["amount"].to_string(), "1");
    let rate = |pair: &str, direction: &str| {
        let biz = json!({"currencyPair": pair, "direction": direction});
        let answer = sandbox.call("fxrate/getFxrate", &biz);
        if answer["head"]["code"] == "0" {
            assert_eq!(answer["body"]["currencyPair"], pair);
            return answer["body"]["fxrate"].to_string();
        }
        answer["head"]["msg"].as_str().unwrap().to_owned()
    };
    assert_eq!(rate("USDT_INR", "SELL"), "83.5");
    assert_eq!(rate("BTC_JPY", "BUY"), "9000000");
    assert_eq!(rate("USDT_XYZ", "BUY"), "CURRENCY_CODE_NOT_SUPPORTED");
    assert_eq!(rate("USDT", "BUY"), "INVALID_PARAMETER");
    assert_eq!(rate("USDT_INR", "HOLD"), "INVALID_PARAMETER");
}

#[test]
fn a_settlement_takes_coins() {
    let sandbox = Sandbox::start();
    let shop = Shop::open(&[]);
    let ask = |number: &str, amount: &str, coin: &str, fiat: &str| {
        let amount: Value = serde_json::from_str(amount).unwrap();
        json!({
            "merchantOrderNo": number,
            "fiatCurrency": fiat,
            "cryptoAmount": {"amount": amount, "currency": coin},
            "notifyUrl": shop.url,
        })
    };
    let place = |biz: &Value| refusal(&sandbox, "otcfundout/placeOrder", biz);
    assert_eq!(place(&ask("s-1", "100", "BUSD", "USD")), "80002 CURRENCY_CODE_NOT_SUPPORTED");
    assert_eq!(place(&ask("s-1", "100", "USDT", "XYZ")), "80002 CURRENCY_CODE_NOT_SUPPORTED");
    assert_eq!(place(&ask("s-1", "100.001", "USDT", "USD")), "80003 INVALID_CURRENCY_PRECISION");
    assert_eq!(place(&ask("s-1", "9.99", "USDT", "USD")), "80004 CRYPTO_AMOUNT_TOO_LOW");
    assert_eq!(place(&ask("s-1", "10000.01", "USDT", "USD")), "80005 INSUFFICIENT_FUNDS");
    let answer = sandbox.call("otcfundout/placeOrder", &ask("s-1", "1000", "USDT", "EUR"))["body"].clone();
    assert_eq!(answer["otcFundoutOrder"]["status"], "PENDING");
    assert_eq!(answer["otcFundoutOrder"]["settlementAmount"]["amount"].to_string(), "920");
    assert_eq!(place(&ask("s-1", "1000", "USDT", "USD")), "77012 MERCHANT_ORDER_NO_EXIST");
    assert_eq!(balance(&sandbox, "USDT"), "10000 9000");
    sandbox.control("POST", "settlements/s-1/settle", Value::Null);
    assert_eq!(balance(&sandbox, "USDT"), "9000 9000");
    let got =
        sandbox.call("otcfundout/getOrder", &json!({"merchantOrderNo": "s-1"}))["body"]["otcFundoutOrder"].clone();
    assert_eq!(got["status"], "COMPLETED");
    assert_eq!(got["fundoutDetail"]["receivingAmount"]["amount"].to_string(), "919.08");
    assert_eq!(got["fundoutDetail"]["receivingFee"]["amount"].to_string(), "0.92");
    assert!(shop.wait_for(1)[0].text().contains(r#""otcFundoutOrder":{"merchantOrderNo":"s-1","#));
    sandbox.call("otcfundout/placeOrder", &ask("s-2", "1000", "USDT", "EUR"));
    sandbox.control("POST", "settlements/s-2/fail", Value::Null);
    assert_eq!(balance(&sandbox, "USDT"), "9000 9000");
    assert_eq!(
        refusal(&sandbox, "otcfundout/getOrder", &json!({"merchantOrderNo": "s-3"})),
        "77004 MERCHANT_ORDER_NO_NOT_EXIST"
    );
}

#[test]
fn orders_and_refunds_move_the_balance() {
    let sandbox = Sandbox::start();
    sandbox.place("o-1", None);
    sandbox.deposit("o-1", "12.80");
    assert_eq!(balance(&sandbox, "USDT"), "10000 10000", "an order that is not paid is not settled");
    sandbox.deposit("o-1", "0.01");
    assert_eq!(balance(&sandbox, "USDT"), "10012.75 10012.75", "12.81 less 0.5 %");
    let refund = json!({
        "refundMerchantOrderNo": "r-1",
        "originMerchantOrderNo": "o-1",
        "amount": {"amount": 12, "currency": "USDT"},
        "chainCode": "TRON",
        "refundAddress": TRON,
    });
    sandbox.call("ccwithdraw/transfer", &transfer("w-1", "10000"));
    assert_eq!(refusal(&sandbox, "crypto/refund/placeOrder", &refund), "80005 INSUFFICIENT_FUNDS");
    sandbox.control("POST", "withdrawals/w-1/fail", Value::Null);
    sandbox.call("crypto/refund/placeOrder", &refund);
    assert_eq!(balance(&sandbox, "USDT"), "10012.75 10000.65", "12 and the fee");
    sandbox.control("POST", "refunds/r-1/settle", Value::Null);
    assert_eq!(balance(&sandbox, "USDT"), "10000.65 10000.65");
}

#[test]
fn sub_merchants_are_kept() {
    let sandbox = Sandbox::start();
    let biz = json!({
        "merchantType": "BUSINESS",
        "merchantName": "Candy home",
        "subMerchantAdminEmail": "a@b.example",
        "businessMerchantData": {"registrationNo": "1"},
        "merchantContactData": {"phone": "1"},
        "merchantAddressData": {"city": "X"},
    });
    let made = sandbox.call("agent/subMerchantCreate", &biz)["body"].clone();
    let sandbox = sandbox.kill_and_restart(&[]);
    let got = sandbox.call("agent/subMerchantDetail", &json!({"merchantId": made["merchantId"]}))["body"].clone();
    assert_eq!(got, made);
    assert_eq!(
        (&got["merchantName"], &got["businessMerchantData"]["registrationNo"]),
        (&json!("Candy home"), &json!("1"))
    );
    assert_eq!(
        refusal(&sandbox, "agent/subMerchantDetail", &json!({"merchantId": "1"})),
        "77024 MERCHANT_ID_NOT_EXIST"
    );
    let mut personal = biz;
    personal["merchantType"] = json!("PERSONAL");
    assert_eq!(refusal(&sandbox, "agent/subMerchantCreate", &personal), "400 INVALID_PARAMETER");
}

#[test]
fn faults_fit_each_product() {
    let sandbox = Sandbox::start();
    wallet(&sandbox, "c-1", "USDT", "TRON");
    wallet(&sandbox, "c-2", "USDT", "TRON");
    sandbox.call("ccwithdraw/transfer", &transfer("w-1", "10"));
    let deposit = top_up(&sandbox, "10");
    let now = now_ms();
    let page = json!({"startTime": now - 60_000, "endTime": now + 60_000, "pageParam": {"number": 0, "size": 9}});
    let customer = json!({"customerId": "c-1", "assetCode": "USDT", "network": "TRON"});
    let rate = json!({"currencyPair": "USDT_INR", "direction": "BUY"});
    let cases = [
        ("ccdeposit/getAddress", customer, "/wallet/customerId", "/wallet/minDeposit"),
        (
            "ccdeposit/getCustomerDepositOrder",
            json!({"orderNo": deposit}),
            "/customerDepositOrder/orderNo",
            "/customerDepositOrder/depositAmount/amount",
        ),
        (
            "ccdeposit/queryCustomerDepositOrderPage",
            page,
            "/customerDepositOrderPage/items/0/orderNo",
            "/customerDepositOrderPage/items/0/depositAmount/amount",
        ),
        (
            "ccwithdraw/transfer",
            transfer("w-2", "10"),
            "/withdrawOrder/merchantOrderNo",
            "/withdrawOrder/expectedReceivedAmount/amount",
        ),
        ("fxrate/getFxrate", rate, "/currencyPair", "/fxrate"),
        ("account/getAccountList", json!({}), "/assetCodeList/0/currencyCode", "/assetCodeList/0/balance/amount"),
        (
            "otcfundout/placeOrder",
            json!({
                "merchantOrderNo": "s-1",
                "fiatCurrency": "USD",
                "cryptoAmount": {"amount": 10, "currency": "USDT"},
            }),
            "/otcFundoutOrder/merchantOrderNo",
            "/otcFundoutOrder/cryptoAmount/amount",
        ),
    ];
    for (path, biz, identity, amount) in cases {
        let faulted = |fault: &str| {
            sandbox.fault(path, fault);
            sandbox.call(path, &biz)["body"].clone()
        };
        let right = sandbox.call(path, &biz)["body"].clone();
        assert!(right.pointer(identity).is_some() && right.pointer(amount).is_some(), "{path}: {right}");
        assert_ne!(faulted("other-order").pointer(identity), right.pointer(identity), "{path}");
        assert_eq!(faulted("no-identity").pointer(identity), None, "{path}");
        assert_ne!(faulted("wrong-amount").pointer(amount), right.pointer(amount), "{path}");
        assert_eq!(faulted("no-total-amount").pointer(amount), None, "{path}");
    }
    sandbox.fault("ccwithdraw/transfer", "lose-answer");
    assert!(sandbox.call_raw("ccwithdraw/transfer", &transfer("w-9", "10")).is_err());
    let asked = sandbox.call("ccwithdraw/getOrder", &json!({"merchantOrderNo": "w-9"}));
    assert_eq!(asked["body"]["withdrawOrder"]["status"], "PENDING", "the work was done");
}

#[test]
fn the_testers_page_shows_balances_and_every_kind_of_order() {
    let sandbox = Sandbox::start();
    wallet(&sandbox, "c-1", "USDT", "TRON");
    top_up(&sandbox, "300");
    sandbox.call("ccwithdraw/transfer", &transfer("w-1", "10"));
    let page = crate::support::Client::connect(sandbox.listening()).send("GET", "/", &[], b"").unwrap().text();
    for told in ["10298.5 USDT", "10287.5", "c-1", "300 USDT", "w-1", "PENDING"] {
        assert!(page.contains(told), "{told}: {page}");
    }
}
