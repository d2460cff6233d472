//! The products beside orders and refunds: what is refused before it is sent, what is read, what binds an answer.

use bonuspay::account::GetBalances;
use bonuspay::fx::{Direction, GetFxRate};
use bonuspay::order::{OrderIndex, RefAmount};
use bonuspay::settlement::PlaceSettlement;
use bonuspay::topup::{GetAddress, PageParam, QueryDeposits};
use bonuspay::withdraw::{Payout, PlaceWithdrawal};
use bonuspay::{Endpoint, Environment, ErrorKind, Money, Outcome, State};

use crate::gateway::{Gateway, refusal, success};

fn refused(endpoint: Endpoint, biz_content: &str) -> String {
    let gateway = Gateway::new();
    let error = gateway.client().call(endpoint, biz_content.as_bytes()).unwrap_err();
    assert_eq!((error.kind(), error.outcome(), gateway.count()), (ErrorKind::InvalidArgument, Outcome::NotSent, 0));
    error.field().unwrap_or_default().to_owned()
}

fn withdrawal() -> PlaceWithdrawal {
    let payout = Payout::Expected(Money::new("100", "USDT").unwrap());
    PlaceWithdrawal::new("w-1", "TRON", "TT3afBRdUjLKjYYAAXPoetLTG6Xcqw9ZHb", payout)
}

const ORDER: &str = r#"{"withdrawOrder":{"merchantOrderNo":"w-1","orderNo":"20230324000000093","status":"PENDING","expectedReceivedAmount":{"amount":100,"currency":"USDT"},"address":"TT3afBRdUjLKjYYAAXPoetLTG6Xcqw9ZHb","network":"TRON","txHash":"ab","partnerFee":{"amount":1.2,"currency":"USDT"}}}"#;

#[test]
fn what_the_documents_forbid_is_refused_with_its_path() {
    for (endpoint, biz, field) in [
        (Endpoint::GetTopupAddress, r#"{"customerId":"a b","assetCode":"USDT","network":"TRON"}"#, "/customerId"),
        (Endpoint::GetTopupAddress, r#"{"customerId":"a","assetCode":"USDT"}"#, "/network"),
        (
            Endpoint::GetTopupAddress,
            r#"{"customerId":"a","assetCode":"USDT","network":"TRON","notifyUrl":"https://x"}"#,
            "/notifyUrl",
        ),
        (Endpoint::GetTopupDeposits, r#"{"startTime":2,"endTime":1,"pageParam":{"number":0,"size":1}}"#, "/endTime"),
        (
            Endpoint::GetTopupDeposits,
            r#"{"startTime":1,"endTime":2,"pageParam":{"number":-1,"size":1}}"#,
            "/pageParam/number",
        ),
        (
            Endpoint::GetTopupDeposits,
            r#"{"startTime":1,"endTime":2,"pageParam":{"number":0,"size":0}}"#,
            "/pageParam/size",
        ),
        (
            Endpoint::GetTopupDeposits,
            r#"{"startTime":1,"endTime":2,"pageParam":{"number":"0","size":1}}"#,
            "/pageParam/number",
        ),
        (Endpoint::GetTopupDeposit, "{}", "/orderNo"),
        (
            Endpoint::PlaceWithdrawal,
            r#"{"merchantOrderNo":"w","network":"TRON","expectedReceivedAmount":{"amount":"1","currency":"USDT"}}"#,
            "/address",
        ),
        (
            Endpoint::PlaceWithdrawal,
            r#"{"merchantOrderNo":"w","address":"T 1","network":"TRON","expectedReceivedAmount":{"amount":"1","currency":"USDT"}}"#,
            "/address",
        ),
        // Mistyped, and of another network.
        (
            Endpoint::PlaceWithdrawal,
            r#"{"merchantOrderNo":"w","address":"TT3afBRdUjLKjYYAAXPoetLTG6Xcqw9ZHc","network":"TRON","expectedReceivedAmount":{"amount":"1","currency":"USDT"}}"#,
            "/address",
        ),
        (
            Endpoint::PlaceTransfer,
            r#"{"merchantOrderNo":"w","address":"TT3afBRdUjLKjYYAAXPoetLTG6Xcqw9ZHb","network":"POLYGON","expectedReceivedAmount":{"amount":"1","currency":"USDT"}}"#,
            "/address",
        ),
        (
            Endpoint::PlaceRefund,
            r#"{"refundMerchantOrderNo":"r","originOrderNo":"1","amount":{"amount":"1","currency":"USDT"},"chainCode":"ETH","refundAddress":"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD"}"#,
            "/refundAddress",
        ),
        (
            Endpoint::PlaceTransfer,
            r#"{"merchantOrderNo":"w","address":"T1","network":"TRON"}"#,
            "/expectedReceivedAmount",
        ),
        (
            Endpoint::PlaceTransfer,
            r#"{"merchantOrderNo":"w","address":"T1","network":"TRON","expectedReceivedAmount":{"amount":"1","currency":"USDT"},"refAmount":{"exchangeCurrencyCode":"USDT","refAmount":{"amount":"1","currency":"EUR"}}}"#,
            "/refAmount",
        ),
        (
            Endpoint::PlaceTransfer,
            r#"{"merchantOrderNo":"w","address":"T1","network":"TRON","expectedReceivedAmount":{"amount":"1.001","currency":"USDT"}}"#,
            "/expectedReceivedAmount/amount",
        ),
        (Endpoint::GetWithdrawal, r#"{"merchantOrderNo":"a","orderNo":"b"}"#, "/orderNo"),
        (Endpoint::GetWithdrawNetworks, "{}", "/assetCode"),
        (Endpoint::GetFxRate, r#"{"currencyPair":"USDTINR","direction":"BUY"}"#, "/currencyPair"),
        (Endpoint::GetFxRate, r#"{"currencyPair":"usdt_inr","direction":"BUY"}"#, "/currencyPair"),
        (Endpoint::GetFxRate, r#"{"currencyPair":"USDT_INR","direction":"buy"}"#, "/direction"),
        (Endpoint::GetBalances, r#"{"assetCodeList":"USDT"}"#, "/assetCodeList"),
        (Endpoint::GetBalances, r#"{"assetCodeList":["USDT",1]}"#, "/assetCodeList/1"),
        (
            Endpoint::PlaceSettlement,
            r#"{"merchantOrderNo":"s","fiatCurrency":"usd","cryptoAmount":{"amount":"1","currency":"USDT"}}"#,
            "/fiatCurrency",
        ),
        (Endpoint::PlaceSettlement, r#"{"merchantOrderNo":"s","fiatCurrency":"USD"}"#, "/cryptoAmount"),
        (Endpoint::CreateSubMerchant, r#"{"merchantType":"CLUB"}"#, "/merchantName"),
        (
            Endpoint::CreateSubMerchant,
            r#"{"merchantType":"BUSINESS","merchantName":"n","subMerchantAdminEmail":"a@b","personalMerchantData":{},"merchantContactData":{},"merchantAddressData":{}}"#,
            "/businessMerchantData",
        ),
        (Endpoint::GetSubMerchant, "{}", "/merchantId"),
    ] {
        assert_eq!(refused(endpoint, biz), field, "{endpoint:?} {biz}");
    }
}

/// In BonusPay's sandbox BTC is Bitcoin's test network.
#[test]
fn production_pays_to_no_address_of_a_test_network() {
    let biz = r#"{"refundMerchantOrderNo":"r","originOrderNo":"1","amount":{"amount":"1","currency":"BTC"},"chainCode":"BTC","refundAddress":"tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx"}"#;
    let refund = r#"{"refundOrder":{"refundMerchantOrderNo":"r","status":"CREATED"}}"#;
    let gateway = Gateway::new().signed(&success(refund));
    let live = gateway.client_with(|settings| {
        settings.environment(Environment::Production).unwrap();
    });
    let error = live.call(Endpoint::PlaceRefund, biz.as_bytes()).unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidArgument, Outcome::NotSent));
    assert_eq!((error.field(), gateway.count()), (Some("/refundAddress"), 0));
    assert!(gateway.client().call(Endpoint::PlaceRefund, biz.as_bytes()).is_ok());
}

#[test]
fn a_customers_address_is_asked_for_and_must_be_the_customers() {
    let wallet = r#"{"wallet":{"address":"0xa4ef81a7d86f365785dd5bcc8e7964fe98155e16","confirm":2,"customerId":"M965739182419","minDeposit":0.01,"network":"ETH","product":"CTOPUP","status":"ENABLED","CashierUrl":"https://checkout.bonuspay.network/?token=x"}}"#;
    let gateway = Gateway::new().signed(&success(wallet)).signed(&success(wallet));
    let ask =
        |customer: &str| GetAddress { customer_id: customer.into(), asset_code: "ETH".into(), network: "ETH".into() };
    let reply = gateway.client().get_topup_address(&ask("M965739182419")).unwrap();
    let wallet = reply.wallet.as_ref().unwrap();
    assert_eq!(wallet.min_deposit.unwrap().to_string(), "0.01");
    assert!(wallet.cashier_url.is_some() && reply.response().matches_request());
    gateway.sent(|sent| assert!(sent[0].url.ends_with("/sgs/api/ccdeposit/getAddress") && !sent[0].fresh));
    let error = gateway.client().get_topup_address(&ask("someone-else")).unwrap_err();
    assert_eq!((error.kind(), error.field()), (ErrorKind::Mismatch, Some("/wallet/customerId")));
}

fn page(numbers: &[u32]) -> String {
    let items: Vec<_> = numbers
        .iter()
        .map(|n| {
            format!(r#"{{"orderNo":"{n}","status":"SUCCESS","depositAmount":{{"amount":0.02,"currency":"ETH"}}}}"#)
        })
        .collect();
    success(&format!(
        r#"{{"customerDepositOrderPage":{{"items":[{}],"totalElements":{},"totalPages":9}}}}"#,
        items.join(","),
        numbers.len()
    ))
}

#[test]
fn deposits_are_given_once_each_also_when_new_ones_arrive_between_pages() {
    // After the first page 99 arrives on top: 2 is pushed to the second page, and 4 to the third.
    let gateway = Gateway::new().signed(&page(&[1, 2])).signed(&page(&[2, 3])).signed(&page(&[4]));
    let client = gateway.client();
    let deposits: Vec<_> = client.topup_deposits(1, 2, 2).map(|deposit| deposit.unwrap().order_no.unwrap()).collect();
    assert_eq!(deposits, ["1", "2", "3", "4"]);
    gateway.sent(|sent| assert!(sent[2].body.contains(r#""pageParam":{"number":2,"size":2}"#)));
    let gateway = Gateway::new().signed(&page(&[1, 2])).signed(&page(&[]));
    assert_eq!(gateway.client().topup_deposits(1, 2, 2).count(), 2);
    let broken = Gateway::new().signed(&page(&[1])).signed(&refusal("403", "UNAUTHORIZED"));
    let client = broken.client();
    let mut deposits = client.topup_deposits(1, 2, 1);
    assert!(deposits.next().unwrap().is_ok());
    assert_eq!(deposits.next().unwrap().unwrap_err().api_code(), Some("403"));
    assert!(deposits.next().is_none());
    let query = QueryDeposits { start_time: 1, end_time: 2, page_param: PageParam { number: 0, size: 10 } };
    let reply = Gateway::new().signed(&page(&[7])).client().get_topup_deposits(&query).unwrap();
    assert_eq!(reply.customer_deposit_order_page.as_ref().unwrap().items[0].state(), State::Succeeded);
}

#[test]
fn payouts_are_sent_once_on_a_connection_of_their_own_and_must_be_what_was_asked() {
    let gateway = Gateway::new().signed(&success(ORDER)).signed(&success(ORDER)).signed(&success(ORDER));
    let client = gateway.client();
    let reply = client.withdraw(&withdrawal()).unwrap();
    let order = reply.withdraw_order.as_ref().unwrap();
    assert_eq!(
        (order.state(), order.txid.as_deref(), reply.response().matches_request()),
        (State::Pending, Some("ab"), true)
    );
    client.transfer(&withdrawal()).unwrap();
    client.get_withdrawal(&OrderIndex::Merchant("w-1".into())).unwrap();
    gateway.sent(|sent| {
        assert!(sent[0].fresh && sent[0].url.ends_with("ccwithdraw/placeOrder"));
        assert!(sent[1].fresh && sent[1].url.ends_with("ccwithdraw/transfer"));
        assert!(!sent[2].fresh && sent[2].url.ends_with("ccwithdraw/getOrder"));
        assert!(sent[0].body.contains(r#""expectedReceivedAmount":{"amount":100,"currency":"USDT"}"#));
    });
    for (from, to, field) in [
        ("w-1", "w-2", "/withdrawOrder/merchantOrderNo"),
        (r#""amount":100"#, r#""amount":10"#, "/withdrawOrder/expectedReceivedAmount"),
        ("TT3af", "TX3af", "/withdrawOrder/address"),
        ("TRON", "ETH", "/withdrawOrder/network"),
    ] {
        let error =
            Gateway::new().signed(&success(&ORDER.replace(from, to))).client().transfer(&withdrawal()).unwrap_err();
        assert_eq!(
            (error.kind(), error.outcome(), error.field()),
            (ErrorKind::Mismatch, Outcome::Unknown, Some(field))
        );
        assert!(!error.message().contains("3afBRdUjLKjYYAAXPoetLTG6Xcqw9ZHb"), "{error}");
    }
    let gateway = Gateway::new().signed(&refusal("500", "SYSTEM_ERROR"));
    let error = gateway.client().transfer(&withdrawal()).unwrap_err();
    assert_eq!((error.outcome(), error.is_retryable(), gateway.count()), (Outcome::Unknown, false, 1));
    let reference = RefAmount { exchange_currency_code: "USDT".into(), ref_amount: Money::new("100", "EUR").unwrap() };
    let gateway = Gateway::new().signed(&success("{}"));
    let mut in_euros = withdrawal();
    in_euros.payout = Payout::Reference(reference);
    gateway.client().transfer(&in_euros).unwrap();
    gateway.sent(|sent| {
        assert!(
            sent[0]
                .body
                .contains(r#""refAmount":{"exchangeCurrencyCode":"USDT","refAmount":{"amount":100,"currency":"EUR"}}"#)
        )
    });
}

#[test]
fn networks_and_balances_are_found_under_any_name() {
    let network =
        r#"[{"network":"TRON","name":"Tron","addressRegex":"^T.{33}$","digit":6,"withdrawMin":10,"withdrawMax":5}]"#;
    for body in
        [format!(r#"{{"networks":{network}}}"#), format!(r#"{{"withdrawNetworkList":{network}}}"#), network.to_owned()]
    {
        let reply = Gateway::new().signed(&success(&body)).client().get_withdraw_networks("USDT").unwrap();
        assert_eq!(reply.networks[0].withdraw_min.unwrap().to_string(), "10");
        assert_eq!(reply.response().get("/networks/0/withdrawMax"), Some("5"), "what is not known is kept");
    }
    let account = r#"[{"availableBalance":{"amount":100,"currency":"USDT"},"balance":{"amount":100.5,"currency":"USDT"},"currencyCode":"USDT"}]"#;
    for body in
        [format!(r#"{{"assetCodeList":{account}}}"#), format!(r#"{{"accountList":{account}}}"#), account.to_owned()]
    {
        let reply = Gateway::new().signed(&success(&body)).client().get_balances(&GetBalances::default()).unwrap();
        assert_eq!(reply.asset_code_list[0].balance, Some(Money::new("100.5", "USDT").unwrap()));
    }
}

#[test]
fn a_rate_is_read_in_the_body_or_one_level_deeper() {
    let ask = GetFxRate { currency_pair: "USDT_INR".into(), direction: Direction::Sell };
    let rate = r#"{"currencyPair":"USDT_INR","direction":"SELL","fxrate":83.5371}"#;
    for body in [rate.to_owned(), format!(r#"{{"fxrateResult":{rate}}}"#)] {
        let reply = Gateway::new().signed(&success(&body)).client().get_fx_rate(&ask).unwrap();
        assert_eq!((reply.fxrate.unwrap().to_string().as_str(), reply.response().matches_request()), ("83.5371", true));
    }
    let error = Gateway::new().signed(&success(&rate.replace("SELL", "BUY"))).client().get_fx_rate(&ask).unwrap_err();
    assert_eq!((error.kind(), error.field()), (ErrorKind::Mismatch, Some("/direction")));
}

#[test]
fn a_settlement_must_be_of_what_was_sold() {
    let order = r#"{"otcFundoutOrder":{"cryptoAmount":{"currency":"USDT","amount":0.11},"merchantOrderNo":"s-1","status":"COMPLETED","fundoutDetail":{"receivingAmount":{"currency":"USD","amount":100}},"settlementAmount":{"currency":"USD","amount":0.1}}}"#;
    let ask = |amount: &str| PlaceSettlement::new("s-1", Money::new(amount, "USDT").unwrap(), "USD");
    let gateway = Gateway::new().signed(&success(order)).signed(&success(order)).signed(&success(order));
    let reply = gateway.client().settle(&ask("0.11")).unwrap();
    assert_eq!(reply.otc_fundout_order.as_ref().unwrap().state(), State::Succeeded);
    gateway.sent(|sent| assert!(sent[0].fresh));
    assert_eq!(gateway.client().settle(&ask("0.12")).unwrap_err().field(), Some("/otcFundoutOrder/cryptoAmount"));
    gateway.client().get_settlement(&OrderIndex::Merchant("s-1".into())).unwrap();
}
