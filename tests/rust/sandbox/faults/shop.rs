//! A shop that asks the sandbox for things, and programs in two languages that do the asking.

use crate::native::Sandbox;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use bonuspay::key::PublicKey;
use bonuspay::{Client, Config, Endpoint, Environment};
use serde_json::Value;
use std::cell::Cell;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

/// The order and refund calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    PlaceOrder,
    GetOrder,
    GetPaymentEvents,
    GetRefund,
    CancelOrder,
    AcceptOrder,
    PlaceRefund,
}

impl Call {
    pub const ALL: [Self; 7] = [
        Self::PlaceOrder,
        Self::GetOrder,
        Self::GetPaymentEvents,
        Self::GetRefund,
        Self::CancelOrder,
        Self::AcceptOrder,
        Self::PlaceRefund,
    ];

    /// Written out here once more, for the library must not decide what it is measured by.
    pub fn may_repeat(self) -> bool {
        !matches!(self, Self::CancelOrder | Self::AcceptOrder | Self::PlaceRefund)
    }

    /// In the C ABI, without `bonuspay_`.
    pub fn name(self) -> &'static str {
        match self {
            Self::PlaceOrder => "order_place",
            Self::GetOrder => "order_get",
            Self::GetPaymentEvents => "order_payment_events",
            Self::GetRefund => "refund_get",
            Self::CancelOrder => "order_cancel",
            Self::AcceptOrder => "order_accept",
            Self::PlaceRefund => "refund_place",
        }
    }

    pub fn path(self) -> &'static str {
        match self {
            Self::PlaceOrder => "crypto/placeOrder",
            Self::GetOrder => "crypto/getOrder",
            Self::GetPaymentEvents => "crypto/getPaymentDepositEventList",
            Self::GetRefund => "crypto/refund/getOrder",
            Self::CancelOrder => "crypto/cancelOrder",
            Self::AcceptOrder => "crypto/acceptOrder",
            Self::PlaceRefund => "crypto/refund/placeOrder",
        }
    }
}

/// One call as a program is asked to make it.
#[derive(Clone, Debug)]
pub struct Asked {
    pub call: Call,
    pub base_url: String,
    pub proxy: String,
    /// Of its own for each case, so that it finds no kept connection.
    pub user_agent: String,
    pub connect_ms: u32,
    pub total_ms: u32,
    /// The number that names what is asked for.
    pub number: String,
    pub biz: String,
}

/// What a call came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub status: String,
    pub outcome: String,
    pub retryable: bool,
    pub authenticated: bool,
    pub http_status: i32,
    pub api_code: String,
    pub text: String,
}

impl Verdict {
    fn of_success(state: i32, bound: bool) -> Self {
        let bound = if bound { "bound" } else { "not bound" };
        let state = ["NONE", "PENDING", "SUCCEEDED", "FAILED"][usize::try_from(state).unwrap()];
        Self::new(0, 0, [0; 3], "", &format!("{state}, {bound}"))
    }

    /// From the numbers of the C ABI.
    fn new(
        status: i32,
        outcome: i32,
        [retryable, authenticated, http_status]: [i32; 3],
        code: &str,
        text: &str,
    ) -> Self {
        let flag = |value: i32| match value {
            0 => false,
            1 => true,
            other => panic!("{other} is no yes or no"),
        };
        Self {
            status: status_name(status).into(),
            outcome: ["", "NotSent", "Rejected", "Unknown"][usize::try_from(outcome).unwrap()].into(),
            retryable: flag(retryable),
            authenticated: flag(authenticated),
            http_status,
            api_code: code.into(),
            text: text.into(),
        }
    }

    /// With words for what differs from run to run.
    pub fn readable(mut self, shop: &Shop<'_>, asked: &Asked) -> Self {
        for url in [&asked.base_url, &asked.proxy] {
            let port = url.rsplit(':').next().unwrap().split('/').next().unwrap();
            if !port.is_empty() {
                self.text = self.text.replace(&format!("port {port}"), "port PORT");
            }
        }
        self.text = self.text.replace(&shop.key, "KEY").replace(&format!("\"{}\"", asked.number), "NUMBER");
        // What is still between quotes, and long, is the number of something else.
        let parts = self.text.split('"').enumerate();
        let parts = parts.map(|(at, part)| if at % 2 == 1 && part.len() > 12 { "OTHER" } else { part });
        self.text = parts.collect::<Vec<_>>().join("\"").replace("\"OTHER\"", "OTHER");
        self
    }
}

fn status_name(status: i32) -> &'static str {
    match status {
        0 => "OK",
        10 => "CONNECT",
        11 => "TLS",
        12 => "TIMEOUT",
        13 => "IO",
        20 => "HTTP_STATUS",
        21 => "PROTOCOL",
        22 => "BAD_SIGNATURE",
        30 => "API",
        40 => "NOTIFICATION_MISMATCH",
        other => panic!("no fault comes to status {other}"),
    }
}

/// A call as the sandbox saw it.
pub struct Entry {
    pub path: String,
    pub connection: u64,
    pub signature_valid: Option<bool>,
    pub body: Vec<u8>,
}

impl Entry {
    /// The order that the request names.
    pub fn number(&self) -> String {
        let body: Value = serde_json::from_slice(&self.body).unwrap();
        body["bizContent"]["merchantOrderNo"].as_str().unwrap_or_default().to_owned()
    }
}

pub fn journal(sandbox: &Sandbox) -> Vec<Entry> {
    let journal: Value = serde_json::from_str(&sandbox.control("GET", "journal", "")).unwrap();
    let entry = |entry: &Value| Entry {
        path: entry["path"].as_str().unwrap().to_owned(),
        connection: entry["connection"].as_u64().unwrap(),
        signature_valid: entry["signature_valid"].as_bool(),
        body: BASE64_STANDARD.decode(entry["request_body_base64"].as_str().unwrap_or_default()).unwrap(),
    };
    journal["journal"].as_array().unwrap().iter().map(entry).collect()
}

/// What stands around the calls: orders, payments, refunds.
pub struct Shop<'a> {
    pub sandbox: &'a Sandbox,
    name: String,
    helper: Client,
    key: String,
    next: Cell<u32>,
}

impl<'a> Shop<'a> {
    pub fn new(sandbox: &'a Sandbox, name: &str) -> Self {
        let key = fs::read_to_string(sandbox.field("gateway_public_key")).unwrap();
        Self {
            sandbox,
            name: name.into(),
            helper: Account::of(sandbox).client(sandbox.field("base_url"), "", &format!("shop-{name}"), 5000, 15_000),
            key: PublicKey::from_text(key.as_bytes()).unwrap().short_fingerprint().to_owned(),
            next: Cell::new(0),
        }
    }

    pub fn number(&self, what: &str) -> String {
        self.next.set(self.next.get() + 1);
        format!("{what}-of-{}-{}", self.name, self.next.get())
    }

    pub fn journal(&self) -> Vec<Entry> {
        journal(self.sandbox)
    }

    fn call(&self, endpoint: Endpoint, biz: &str) {
        self.helper.call(endpoint, biz.as_bytes()).unwrap();
    }

    /// Everything that such a call needs to succeed, and the call.
    pub fn asked(&self, call: Call) -> Asked {
        let order = self.number("order");
        if call != Call::PlaceOrder {
            self.call(Endpoint::PlaceOrder, &place(&order));
        }
        let paid = match call {
            Call::AcceptOrder => Some("1.00"),
            Call::PlaceRefund | Call::GetRefund => Some("5.00"),
            _ => None,
        };
        if let Some(paid) = paid {
            let money = format!(r#"{{"amount":"{paid}","currency":"USDT","network":"TRON"}}"#);
            self.sandbox.control("POST", &format!("orders/{order}/deposits"), &money);
        }
        let (number, biz) = match call {
            Call::PlaceOrder => (order.clone(), place(&order)),
            Call::PlaceRefund => {
                let number = self.number("refund");
                (number.clone(), refund(&number, &order))
            }
            Call::GetRefund => {
                let number = self.number("refund");
                self.call(Endpoint::PlaceRefund, &refund(&number, &order));
                (number.clone(), format!(r#"{{"refundMerchantOrderNo":"{number}"}}"#))
            }
            _ => (order.clone(), index(&order)),
        };
        Asked {
            call,
            base_url: self.sandbox.field("base_url").to_owned(),
            proxy: String::new(),
            user_agent: self.number("agent"),
            connect_ms: 5000,
            total_ms: 15_000,
            number,
            biz,
        }
    }

    /// Makes the program read an order with the same settings; gives the connection that it could use again.
    pub fn leave_a_kept_connection(&self, program: &mut dyn Program, asked: &Asked) -> u64 {
        let read =
            Asked { total_ms: asked.total_ms, user_agent: asked.user_agent.clone(), ..self.asked(Call::GetOrder) };
        assert_eq!(program.ask(&read).status, "OK");
        self.journal().last().unwrap().connection
    }
}

pub fn index(order: &str) -> String {
    format!(r#"{{"merchantOrderNo":"{order}"}}"#)
}

pub fn place(order: &str) -> String {
    format!(
        r#"{{"merchantOrderNo":"{order}","subject":"Tea","paySceneCode":"API","paySceneParams":{{"chainCode":"TRON","payChannelCode":"CHAIN"}},"totalAmount":{{"amount":"5.00","currency":"USDT"}}}}"#
    )
}

pub fn refund(number: &str, order: &str) -> String {
    format!(
        r#"{{"refundMerchantOrderNo":"{number}","originMerchantOrderNo":"{order}","amount":{{"amount":"2.00","currency":"USDT"}},"chainCode":"TRON","refundAddress":"TU1PTkFH1DnaRsAP5Aa12YXY2KNgsgm8PD"}}"#
    )
}

/// The merchant's number and keys.
struct Account {
    partner_id: String,
    private_key: Vec<u8>,
    public_key: Vec<u8>,
}

impl Account {
    fn of(sandbox: &Sandbox) -> Self {
        Self {
            partner_id: sandbox.field("partner_id").into(),
            private_key: fs::read(sandbox.field("merchant_private_key")).unwrap(),
            public_key: fs::read(sandbox.field("gateway_public_key")).unwrap(),
        }
    }

    fn client(&self, base_url: &str, proxy: &str, user_agent: &str, connect_ms: u32, total_ms: u32) -> Client {
        let mut builder = Config::builder();
        builder.environment(Environment::Sandbox).unwrap().base_url(base_url).unwrap().allow_http(true).unwrap();
        builder.partner_id(&self.partner_id).unwrap().user_agent(user_agent).unwrap();
        builder.private_key(&self.private_key).unwrap().public_key(&self.public_key).unwrap();
        builder.connect_timeout(Duration::from_millis(connect_ms.into())).unwrap();
        builder.total_timeout(Duration::from_millis(total_ms.into())).unwrap();
        if !proxy.is_empty() {
            builder.proxy(proxy).unwrap();
        }
        Client::new(builder.build().unwrap()).unwrap()
    }
}

/// Makes calls.
pub trait Program {
    fn ask(&mut self, asked: &Asked) -> Verdict;
}

/// The library as Rust programs use it.
pub struct InRust(Account);

impl InRust {
    pub fn new(sandbox: &Sandbox) -> Self {
        Self(Account::of(sandbox))
    }
}

impl Program for InRust {
    fn ask(&mut self, asked: &Asked) -> Verdict {
        let Asked { base_url, proxy, user_agent, connect_ms, total_ms, .. } = asked;
        let client = self.0.client(base_url, proxy, user_agent, *connect_ms, *total_ms);
        let endpoint = Endpoint::from_path(asked.call.path()).unwrap();
        match client.call(endpoint, asked.biz.as_bytes()) {
            Ok(response) => Verdict::of_success(response.state() as i32, response.matches_request()),
            Err(error) => Verdict::new(
                error.kind() as i32,
                error.outcome() as i32,
                [
                    error.is_retryable().into(),
                    error.is_authenticated().into(),
                    error.http_status().unwrap_or_default().into(),
                ],
                error.api_code().unwrap_or_default(),
                error.message(),
            ),
        }
    }
}

/// The library as C programs use it: tests/c/faults.c.
pub struct InC {
    process: Child,
    say: Option<ChildStdin>,
    hear: BufReader<ChildStdout>,
}

impl InC {
    pub fn start(binary: &Path, sandbox: &Sandbox) -> Self {
        let mut process =
            Command::new(binary).arg(&sandbox.ready).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let hear = BufReader::new(process.stdout.take().unwrap());
        Self { say: process.stdin.take(), hear, process }
    }
}

impl Program for InC {
    fn ask(&mut self, asked: &Asked) -> Verdict {
        let Asked { base_url, proxy, user_agent, connect_ms, total_ms, biz, call, .. } = asked;
        let name = call.name();
        let line = format!("{name}\t{base_url}\t{proxy}\t{user_agent}\t{connect_ms}\t{total_ms}\t{biz}\n");
        self.say.as_mut().unwrap().write_all(line.as_bytes()).unwrap();
        let mut line = String::new();
        self.hear.read_line(&mut line).unwrap();
        let fields: Vec<_> = line.trim_end_matches('\n').split('\t').collect();
        assert_eq!(fields.len(), 7, "{name}: {line:?}");
        let number = |at: usize| fields[at].parse::<i32>().unwrap();
        if number(0) == 0 {
            return Verdict::of_success(number(5), number(6) != 0);
        }
        Verdict::new(number(0), number(1), [number(2), number(3), number(4)], fields[5], fields[6])
    }
}

impl Drop for InC {
    fn drop(&mut self) {
        drop(self.say.take());
        let ended = self.process.wait().unwrap();
        assert!(ended.success() || std::thread::panicking());
    }
}
