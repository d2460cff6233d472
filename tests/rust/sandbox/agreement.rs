//! Random requests that the library accepts go to the real sandbox: it accepts them too, or refuses them for what a
//! merchant has or has not; and nothing of what it answers is lost in the library's document.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;

use crate::native::Sandbox;
use crate::support::Random;
use bonuspay::json::Value;
use bonuspay::{Client, Config, Endpoint, Environment, ErrorKind, Response};

const CALLS: usize = 400;
const COINS: [(&str, usize, &[&str]); 4] = [
    ("USDT", 2, &["TRON", "ETH", "POLYGON"]),
    ("USDC", 2, &["TRON", "ETH", "POLYGON"]),
    ("ETH", 6, &["ETH"]),
    ("BTC", 8, &["BTC"]),
];

fn client(sandbox: &Sandbox) -> Client {
    let mut builder = Config::builder();
    builder.environment(Environment::Sandbox).unwrap().base_url(sandbox.field("base_url")).unwrap();
    builder.allow_http(true).unwrap().partner_id(sandbox.field("partner_id")).unwrap();
    builder.private_key(fs::read(sandbox.field("merchant_private_key")).unwrap()).unwrap();
    builder.public_key(fs::read(sandbox.field("gateway_public_key")).unwrap()).unwrap();
    Client::new(builder.build().unwrap()).unwrap()
}

/// Requests, each within what the library's types allow.
struct Asker {
    random: Random,
    asked: usize,
    orders: Vec<String>,
    payouts: Vec<String>,
    settlements: Vec<String>,
}

impl Asker {
    fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.random.below(from.len())]
    }

    fn number(&mut self) -> String {
        self.asked += 1;
        format!("{}-{}_{}", self.pick(&["n", "A9", "wp_1001"]), self.asked, self.random.below(1_000_000))
    }

    /// One of the numbers that were given out, or one that was not.
    fn known(&mut self, numbers: &[String]) -> String {
        match numbers.len() {
            0 => "nobody".into(),
            count => numbers[self.random.below(count)].clone(),
        }
    }

    /// An amount of the coin's scale, with any number of its decimals; as text, as the types want it.
    fn amount(&mut self, scale: usize) -> String {
        let whole = match self.random.below(4) {
            0 => self.random.below(10),
            1 => self.random.below(100_000),
            _ => self.random.below(100),
        };
        let decimals = self.random.below(scale + 1);
        let fraction = self.random.below(10_usize.pow(decimals as u32));
        let text = if decimals == 0 { whole.to_string() } else { format!("{whole}.{fraction:0decimals$}") };
        // Below 0.0001 the sandbox takes nothing; see its README.
        if text.bytes().take(6).any(|b| (b'1'..=b'9').contains(&b)) { text } else { "1".into() }
    }

    fn money(&mut self) -> (String, &'static str, &'static str) {
        let (coin, scale, networks) = COINS[self.random.below(COINS.len())];
        let amount = self.amount(scale);
        (format!(r#"{{"amount":"{amount}","currency":"{coin}"}}"#), coin, self.pick(networks))
    }

    /// Money, or the price in something else; the chain that fits.
    fn price(&mut self, name: &str) -> (String, &'static str) {
        let (money, coin, network) = self.money();
        if self.random.below(3) > 0 {
            return (format!(r#""{name}":{money}"#), network);
        }
        let (fiat, scale) = [("EUR", 2), ("INR", 2), ("JPY", 0), ("USD", 2), ("GBP", 2)][self.random.below(5)];
        // Worth at least 0.0001 of any coin.
        let amount = format!("{}{}", 1 + self.random.below(9), ["000", "999.50", "024.05"][self.random.below(3)]);
        let amount = if scale == 0 { amount.split('.').next().unwrap_or_default().to_owned() } else { amount };
        let price = format!(r#"{{"amount":"{amount}","currency":"{fiat}"}}"#);
        (format!(r#""refAmount":{{"exchangeCurrencyCode":"{coin}","refAmount":{price}}}"#), network)
    }

    fn text(&mut self) -> &'static str {
        self.pick(&["Ipad", "Tee ☕ \\\"grün\\\"", "世界 <b>&amp;</b>", "a\\\\b/c\\u0001", "x", "1e5", "null"])
    }

    fn url(&mut self) -> &'static str {
        self.pick(&[
            "http://127.0.0.1:9/n",
            "https://shop.example/wc-api/x?a=b&c=%20",
            "http://localhost:9",
            "https://[::1]:9/",
        ])
    }

    fn address(network: &str) -> &'static str {
        match network {
            "TRON" => "TU1PTkFH1DnaRsAP5Aa12YXY2KNgsgm8PD",
            "BTC" => "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx",
            _ => "0x10b500c94537db4d3e625c1763b7f7642d009b3a",
        }
    }

    /// A member, or nothing.
    fn maybe(&mut self, name: &str, value: &str) -> String {
        if self.random.below(2) == 0 { String::new() } else { format!(r#","{name}":"{value}""#) }
    }

    fn order(&mut self) -> String {
        let (number, subject) = (self.number(), self.text());
        let (price, network) = self.price("totalAmount");
        let (reserved, url) = (self.text(), self.url());
        let more = self.maybe("reserved", reserved) + &self.maybe("notifyUrl", url);
        let scene = match self.random.below(3) {
            0 => r#""paySceneCode":"PLATON_QRPAY""#.into(),
            1 => {
                let back = self.url();
                format!(r#""paySceneCode":"CHECK_OUT","paySceneParams":{{"redirectUrl":"{back}"}}"#)
            }
            _ => format!(
                r#""paySceneCode":"API","paySceneParams":{{"chainCode":"{network}","payChannelCode":"CHAIN"{}}}"#,
                self.maybe("payerEmail", "a@b.example")
            ),
        };
        self.orders.push(number.clone());
        format!(r#"{{"merchantOrderNo":"{number}","subject":"{subject}",{price},{scene}{more}}}"#)
    }

    fn next(&mut self) -> (Endpoint, String) {
        let (orders, payouts) = (self.orders.clone(), self.payouts.clone());
        let index = |number: String| format!(r#"{{"merchantOrderNo":"{number}"}}"#);
        match self.random.below(16) {
            0..=2 => (Endpoint::PlaceOrder, self.order()),
            3 => (Endpoint::GetOrder, index(self.known(&orders))),
            4 if self.random.below(3) == 0 => (Endpoint::CancelOrder, index(self.known(&orders))),
            4 => (Endpoint::AcceptOrder, index(self.known(&orders))),
            5 => (Endpoint::GetPaymentEvents, index(self.known(&orders))),
            6 => {
                let (number, origin, (money, _, network)) = (self.number(), self.known(&orders), self.money());
                let (address, reason) = (Self::address(network), self.text());
                let more = self.maybe("reason", reason);
                let names = format!(r#""refundMerchantOrderNo":"{number}","originMerchantOrderNo":"{origin}""#);
                let how = format!(r#""chainCode":"{network}","refundAddress":"{address}","amount":{money}"#);
                (Endpoint::PlaceRefund, format!("{{{names},{how}{more}}}"))
            }
            7 => {
                let (_, coin, network) = self.money();
                let customer = self.pick(&["c-1", "c_2", "C3"]);
                let biz = format!(r#"{{"customerId":"{customer}","assetCode":"{coin}","network":"{network}"}}"#);
                (Endpoint::GetTopupAddress, biz)
            }
            8 => {
                let (number, size) = (self.random.below(3), 1 + self.random.below(20));
                let page = format!(r#""pageParam":{{"number":{number},"size":{size}}}"#);
                (Endpoint::GetTopupDeposits, format!(r#"{{"startTime":0,"endTime":9999999999999,{page}}}"#))
            }
            9 | 10 => {
                let (number, (price, network), url) = (self.number(), self.price("expectedReceivedAmount"), self.url());
                let (address, more) = (Self::address(network), self.maybe("notifyUrl", url));
                self.payouts.push(number.clone());
                let place = self.pick(&[&Endpoint::PlaceWithdrawal, &Endpoint::PlaceTransfer]);
                let names = format!(r#""merchantOrderNo":"{number}","address":"{address}","network":"{network}""#);
                (*place, format!("{{{names},{price}{more}}}"))
            }
            11 => (Endpoint::GetWithdrawal, index(self.known(&payouts))),
            12 => (Endpoint::GetWithdrawNetworks, format!(r#"{{"assetCode":"{}"}}"#, self.money().1)),
            13 => {
                let (coin, fiat) = (self.money().1, self.pick(&["INR", "EUR", "JPY", "USD"]));
                let side = self.pick(&["BUY", "SELL"]);
                (Endpoint::GetFxRate, format!(r#"{{"currencyPair":"{coin}_{fiat}","direction":"{side}"}}"#))
            }
            14 => (Endpoint::GetBalances, self.pick(&["{}", r#"{"assetCodeList":["USDT","BTC"]}"#]).to_owned()),
            _ => {
                let (number, (money, ..), fiat) = (self.number(), self.money(), self.pick(&["USD", "EUR", "JPY"]));
                let settlements = self.settlements.clone();
                if self.random.below(3) == 0 {
                    return (Endpoint::GetSettlement, index(self.known(&settlements)));
                }
                self.settlements.push(number.clone());
                let biz = format!(r#"{{"merchantOrderNo":"{number}","fiatCurrency":"{fiat}","cryptoAmount":{money}}}"#);
                (Endpoint::PlaceSettlement, biz)
            }
        }
    }
}

/// Each scalar of what came stands in the document, with the same digits.
fn check_nothing_is_lost(response: &Response) {
    fn walk(value: &Value, path: &str, response: &Response) {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    // The one name that the documents spell otherwise than the sandbox, which tells both.
                    let name = if path == "/refundOrder" && name == "amount" { "refundAmount" } else { name };
                    walk(member, &format!("{path}/{name}"), response);
                }
            }
            Value::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    walk(item, &format!("{path}/{at}"), response);
                }
            }
            scalar => assert_eq!(response.get(path), scalar.scalar(), "{path} of {}", response.json()),
        }
    }
    let raw = Value::parse(response.raw()).unwrap();
    walk(raw.member("body").unwrap(), "", response);
}

#[test]
fn what_the_types_accept_is_accepted_and_nothing_that_is_answered_is_lost() {
    let sandbox = Sandbox::start("agreement", &[]);
    let client = client(&sandbox);
    let mut asker = Asker {
        random: Random::new(20_261_120),
        asked: 0,
        orders: Vec::new(),
        payouts: Vec::new(),
        settlements: Vec::new(),
    };
    let (mut done, mut refused) = (0, 0);
    for turn in 0..CALLS {
        let (endpoint, biz) = asker.next();
        match client.call(endpoint, biz.as_bytes()) {
            Ok(response) => {
                check_nothing_is_lost(&response);
                done += 1;
            }
            Err(error) => {
                let code = error.api_code().unwrap_or_default();
                // Numbers that are not known, and what is not there to be taken.
                let business = error.kind() == ErrorKind::Api && (code.starts_with("77") || code.starts_with("8000"));
                let precise = matches!(code, "77021" | "77022" | "80002" | "80003");
                let other_coin = endpoint == Endpoint::PlaceRefund;
                assert!(business && (!precise || other_coin), "{endpoint:?} {biz}: {error}");
                refused += 1;
            }
        }
        if turn % 5 == 0
            && let Some(order) = asker.orders.last()
        {
            sandbox.control("POST", &format!("orders/{order}/deposits"), r#"{"amount":"12.8054"}"#);
        }
    }
    assert!(done > CALLS / 2 && refused > 10, "{done} done, {refused} refused");
}
