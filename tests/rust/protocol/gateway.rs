//! A gateway in memory: scripted answers, recorded requests, a clock that only moves when it is slept on.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bonuspay::client::Clock;
use bonuspay::config::ConfigBuilder;
use bonuspay::money::Money;
use bonuspay::order::{PayScene, PlaceOrder, Price};
use bonuspay::transport::{ConnectionPolicy, Exchange, Failure, HttpResponse, Transport};
use bonuspay::{Client, Config, Environment};

use crate::support;

pub const PARTNER: &str = "200000000888";
/// 2026-11-20 08:49:37 UTC.
pub const NOW_MS: u64 = 1_795_164_577_000;

pub struct Sent {
    pub url: String,
    pub partner_id: String,
    pub sign: String,
    pub body: String,
    pub fresh: bool,
    pub timeout: Duration,
}

type Reply = Box<dyn FnMut(&Sent) -> Result<HttpResponse, Failure> + Send>;

#[derive(Default)]
struct Inner {
    script: VecDeque<Reply>,
    sent: Vec<Sent>,
    elapsed: Duration,
    sleeps: Vec<Duration>,
}

/// The transport and the clock of one client.
#[derive(Clone, Default)]
pub struct Gateway(Arc<Mutex<Inner>>);

impl Gateway {
    pub fn new() -> Self {
        Self::default()
    }

    /// What the next request gets.
    pub fn then(self, reply: impl FnMut(&Sent) -> Result<HttpResponse, Failure> + Send + 'static) -> Self {
        self.0.lock().unwrap().script.push_back(Box::new(reply));
        self
    }

    /// The next request gets this body, signed by the gateway's key.
    pub fn signed(self, body: &str) -> Self {
        let body = body.to_owned();
        self.then(move |_| Ok(signed(&body)))
    }

    /// The next request gets this body without a signature.
    pub fn unsigned(self, body: &str) -> Self {
        let body = body.to_owned();
        self.then(move |_| Ok(HttpResponse { sign: Vec::new(), ..signed(&body) }))
    }

    pub fn client(&self) -> Client {
        self.client_with(|_| ())
    }

    pub fn client_with(&self, more: impl FnOnce(&mut ConfigBuilder)) -> Client {
        let mut builder = settings();
        more(&mut builder);
        Client::with_parts(builder.build().unwrap(), Arc::new(self.clone()), Arc::new(self.clone()))
    }

    pub fn sent<T>(&self, look: impl FnOnce(&[Sent]) -> T) -> T {
        look(&self.0.lock().unwrap().sent)
    }

    pub fn count(&self) -> usize {
        self.sent(<[Sent]>::len)
    }

    pub fn sleeps(&self) -> Vec<Duration> {
        self.0.lock().unwrap().sleeps.clone()
    }
}

pub fn settings() -> ConfigBuilder {
    let mut builder = Config::builder();
    builder.environment(Environment::Sandbox).unwrap();
    builder.partner_id(PARTNER).unwrap();
    builder.private_key(&support::named_key("merchant", 2048).private_pem).unwrap();
    builder.public_key(&support::named_key("gateway", 2048).public_pem).unwrap();
    builder
}

/// The order that most tests place.
pub fn order() -> PlaceOrder {
    let price = Price::Total(Money::new("12.81", "USDT").unwrap());
    PlaceOrder::new("wp_1001-1", "Order 1001", price, PayScene::chain("TRON"))
}

/// The same with another field.
pub fn order_with(change: impl FnOnce(&mut PlaceOrder)) -> PlaceOrder {
    let mut order = order();
    change(&mut order);
    order
}

/// An answer with the gateway's signature.
pub fn signed(body: &str) -> HttpResponse {
    let sign = support::sign_with_openssl(&support::named_key("gateway", 2048).private_path, body.as_bytes());
    HttpResponse {
        http_status: 200,
        sign: vec![sign.into_bytes()],
        date: Some("Fri, 20 Nov 2026 08:49:37 GMT".into()),
        body: body.as_bytes().to_vec(),
    }
}

/// A successful answer with this `body`.
pub fn success(body: &str) -> String {
    format!(
        r#"{{"head":{{"applyStatus":"SUCCESS","code":"0","msg":"SUCCESS","success":true,"traceCode":"000000"}},"body":{body}}}"#
    )
}

/// A refusal.
pub fn refusal(code: &str, message: &str) -> String {
    format!(r#"{{"head":{{"applyStatus":"FAIL","code":"{code}","msg":"{message}","traceCode":"122185"}}}}"#)
}

impl Transport for Gateway {
    fn post(&self, exchange: &Exchange<'_>) -> Result<HttpResponse, Failure> {
        let sent = Sent {
            url: exchange.url.into(),
            partner_id: exchange.partner_id.into(),
            sign: exchange.sign.into(),
            body: std::str::from_utf8(exchange.body).unwrap().into(),
            fresh: matches!(exchange.connection, ConnectionPolicy::Fresh),
            timeout: exchange.timeout,
        };
        let mut inner = self.0.lock().unwrap();
        let mut reply = inner.script.pop_front().expect("a request that the script does not know");
        let answer = reply(&sent);
        inner.sent.push(sent);
        answer
    }
}

impl Clock for Gateway {
    fn unix_ms(&self) -> u64 {
        NOW_MS + u64::try_from(self.elapsed().as_millis()).unwrap()
    }

    fn elapsed(&self) -> Duration {
        self.0.lock().unwrap().elapsed
    }

    fn sleep(&self, duration: Duration) {
        let mut inner = self.0.lock().unwrap();
        inner.elapsed += duration;
        inner.sleeps.push(duration);
    }

    fn chance(&self, from: Duration, to: Duration) -> Duration {
        from + (to - from) / 2
    }
}
