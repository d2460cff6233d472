//! HTTP, hardened: one POST, one answer, and an exact word on whether anything was sent.
//!
//! ureq writes the request and reads the answer. Everything around that is done here, because it decides what an
//! error means: the connection is complete, TLS handshake included, before ureq sees it, so that whatever fails
//! before is [`Outcome::NotSent`] and whatever fails after the first byte of the request is [`Outcome::Unknown`].
//!
//! - No redirect is followed, no proxy is taken from the environment, nothing is retried.
//! - Both deadlines are hard: name lookup, TLS and a dripping answer count.
//! - Connections are kept per process and per [`TransportSettings`], and never cross a fork.
//! - No thread is started except for the lookup of a name.

mod connect;
mod framing;
mod pool;
mod resolver;
mod tls;
mod wire;

use crate::error::{Error, ErrorKind, Outcome};
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::time::{Duration, Instant};
use wire::{Fault, Wire};

pub(crate) use connect::check_proxy;
pub(crate) use tls::check_ca_pem;

/// The longest time limit that can be set.
pub const LONGEST_TIMEOUT: Duration = Duration::from_secs(600);
/// The time limit of building a connection, unless another one is set.
pub const DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// The time limit of a whole call, unless another one is set.
pub const DEFAULT_TOTAL_TIMEOUT: Duration = Duration::from_secs(15);
/// What the library calls itself, unless told otherwise.
pub const DEFAULT_USER_AGENT: &str = concat!("bonuspay/", env!("CARGO_PKG_VERSION"));
/// The only language that BonusPay knows (spec 1.2).
pub const DEFAULT_LANGUAGE: &str = "en";

/// One HTTP exchange with the gateway.
#[derive(Clone, Copy)]
pub struct Exchange<'a> {
    /// The whole URL of the endpoint.
    pub url: &'a str,
    /// The merchant's id, sent as `Partner-Id`.
    pub partner_id: &'a str,
    /// The Base64 signature of `body`, sent as `sign`.
    pub sign: &'a str,
    /// The bytes that were signed; sent as they are.
    pub body: &'a [u8],
    /// Whether a kept connection may carry it.
    pub connection: Connection,
    /// What is left of the call's total deadline.
    pub timeout: Duration,
}

/// Which connections may carry an exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Connection {
    /// A kept one, if there is one. For calls that may be repeated.
    MayReuse,
    /// A new one, always. For calls that must not be sent twice.
    Fresh,
}

/// What the gateway, or whatever stands in front of it, answered. Nothing in it is verified yet.
#[derive(Clone)]
pub struct Answer {
    /// The HTTP status, never a 1xx or a 3xx.
    pub http_status: u16,
    /// The raw value of every `sign` header, in their order.
    pub sign: Vec<Vec<u8>>,
    /// The `Date` header.
    pub date: Option<String>,
    /// The body, byte for byte.
    pub body: Vec<u8>,
}

/// An exchange that came to nothing.
#[derive(Debug, Clone)]
pub struct Failure {
    /// What happened, and whether anything was sent.
    pub error: Error,
    /// A kept connection died before the first byte of an answer: the same bytes may be sent once more on a fresh
    /// connection, if the call may be repeated at all.
    pub stale: bool,
}

impl Failure {
    /// Nothing left this machine.
    pub fn not_sent(kind: ErrorKind, message: &str) -> Self {
        Error::new(kind, Outcome::NotSent, message).into()
    }

    /// The request may have arrived.
    pub fn unknown(kind: ErrorKind, message: &str) -> Self {
        Error::new(kind, Outcome::Unknown, message).into()
    }

    /// A kept connection died before the first byte of an answer.
    pub fn stale(kind: ErrorKind, message: &str) -> Self {
        Self { error: Error::new(kind, Outcome::Unknown, message), stale: true }
    }
}

/// Carries exchanges. [`HttpTransport`] is the one that ships; tests bring their own.
pub trait Transport: Send + Sync {
    /// Sends one POST and reads its answer. Never retries.
    fn post(&self, exchange: &Exchange<'_>) -> Result<Answer, Failure>;
}

/// What a connection depends on. Equal settings share their kept connections.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct TransportSettings {
    /// The limit of name lookup, TCP, proxy and TLS together.
    pub connect_timeout: Duration,
    /// The limit of everything, also when an exchange asks for more.
    pub total_timeout: Duration,
    /// `http://host:port` or `http://user:password@host:port`.
    pub proxy: Option<String>,
    /// Certificates to trust besides the public authorities, as PEM.
    pub ca_pem: Option<Vec<u8>>,
    /// The `User-Agent` header.
    pub user_agent: String,
    /// The `Content-Language` header.
    pub language: String,
    /// Whether `http://` may be spoken.
    pub allow_http: bool,
}

impl Default for TransportSettings {
    fn default() -> Self {
        Self {
            connect_timeout: DEFAULT_CONNECT_TIMEOUT,
            total_timeout: DEFAULT_TOTAL_TIMEOUT,
            proxy: None,
            ca_pem: None,
            user_agent: DEFAULT_USER_AGENT.to_owned(),
            language: DEFAULT_LANGUAGE.to_owned(),
            allow_http: false,
        }
    }
}

impl fmt::Debug for TransportSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportSettings")
            .field("connect_timeout", &self.connect_timeout)
            .field("total_timeout", &self.total_timeout)
            .field("proxy", &self.proxy.as_deref().map(connect::proxy_without_credentials))
            .field("ca_pem_bytes", &self.ca_pem.as_ref().map(Vec::len))
            .field("user_agent", &self.user_agent)
            .field("language", &self.language)
            .field("allow_http", &self.allow_http)
            .finish()
    }
}

/// The transport over HTTP/1.1 and TLS.
#[derive(Debug, Clone)]
pub struct HttpTransport {
    settings: Arc<Settings>,
}

/// Settings with their hash, so that a call does not hash a bundle of certificates.
#[derive(Debug)]
struct Settings {
    given: TransportSettings,
    hash: u64,
}

impl Settings {
    fn new(given: TransportSettings) -> Self {
        let mut hasher = DefaultHasher::new();
        given.hash(&mut hasher);
        Self { hash: hasher.finish(), given }
    }
}

impl HttpTransport {
    /// Checks the settings. Opens nothing and starts nothing, so it may be called before a fork.
    pub fn new(settings: TransportSettings) -> Result<Self, Error> {
        let settings = Arc::new(Settings::new(settings));
        framing::check_header_value(&settings.given.user_agent, "user_agent")?;
        framing::check_header_value(&settings.given.language, "language")?;
        pool::Process::current().engine(&settings)?;
        Ok(Self { settings })
    }
}

impl Transport for HttpTransport {
    fn post(&self, exchange: &Exchange<'_>) -> Result<Answer, Failure> {
        let now = Instant::now();
        let settings = &self.settings.given;
        let total = exchange.timeout.min(settings.total_timeout).min(LONGEST_TIMEOUT);
        let deadline = now + total;
        let connect_deadline = deadline.min(now + settings.connect_timeout.min(LONGEST_TIMEOUT));

        let process = pool::Process::current();
        let engine = process.engine(&self.settings)?;
        let origin = connect::Origin::of(exchange.url, settings.allow_http)?;
        let request = framing::request(exchange, settings)?;

        let kept = match exchange.connection {
            Connection::MayReuse => engine.take(&origin),
            Connection::Fresh => None,
        };
        let wire = match kept {
            Some(wire) => wire,
            None => connect::open(process, &engine, &origin, connect_deadline)?,
        };
        let (result, wire) = framing::exchange(&engine.http, wire, deadline, request);
        let Some(wire) = wire else {
            let message = "the connection was lost inside the library";
            return Err(Error::new(ErrorKind::Internal, Outcome::Unknown, message).into());
        };
        match result {
            Ok((answer, keep)) => {
                if keep {
                    engine.keep(origin, wire);
                }
                Ok(answer)
            }
            Err(broken) => Err(failure(&origin, &wire, broken, settings.total_timeout.min(LONGEST_TIMEOUT))),
        }
    }
}

/// What broke an exchange on a connection that was ready.
enum Broken {
    /// What the wire saw; see [`Wire::fault`].
    Wire,
    /// The end of the connection where more was announced.
    Cut,
    /// The answer is not what HTTP allows, or not what is accepted here.
    Answer(Option<u16>, &'static str),
    /// A redirect.
    Redirect(u16),
    /// ureq stopped for a reason that is none of the connection's.
    Inside,
}

/// `limit` is the call's as it was set: what an attempt had left of it would only puzzle whoever reads the text.
fn failure(origin: &connect::Origin, wire: &Wire, broken: Broken, limit: Duration) -> Failure {
    let host = origin.host();
    let outcome = if wire.wrote { Outcome::Unknown } else { Outcome::NotSent };
    let unwritten = wire.fault.is_none() && !wire.wrote;
    let silent = wire.received == 0;
    let error = |kind, text: String| Error::new(kind, outcome, text);
    let refused = |what: &str| error(ErrorKind::Protocol, format!("the answer of {host} was refused: {what}"));
    let lost = |what: &str| error(ErrorKind::Io, format!("the connection to {host} broke: {what}"));
    let mut gone = false;
    let error = match (&wire.fault, broken) {
        (_, Broken::Redirect(status)) => {
            let text = "which is never followed; check the base URL";
            error(ErrorKind::HttpStatus, format!("{host} answered with a redirect (HTTP {status}), {text}"))
                .with_http_status(status)
        }
        (Some(Fault::Timeout), _) => {
            let limit = limit.as_millis();
            error(ErrorKind::Timeout, format!("no complete answer from {host} within the call's limit of {limit} ms"))
        }
        (Some(Fault::HeadTooBig), _) => refused("its header section is longer than 64 KiB"),
        (Some(Fault::Unreadable), _) => refused("its framing has no end"),
        (Some(Fault::Broken(what)), _) => lost(what),
        (Some(Fault::Gone(what)), _) => {
            gone = true;
            lost(what)
        }
        (None, _) if unwritten => error(ErrorKind::Internal, format!("the request to {host} could not be written")),
        (None, Broken::Answer(Some(status), what)) => refused(what).with_http_status(status),
        (None, Broken::Answer(None, what)) => refused(what),
        (None, Broken::Inside) => error(ErrorKind::Internal, format!("the call to {host} failed inside the library")),
        (None, Broken::Wire | Broken::Cut) => {
            gone = true;
            lost(if silent { "it was closed without an answer" } else { "it was closed in the middle of the answer" })
        }
    };
    Failure { error, stale: gone && wire.reused && silent }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self { error, stale: false }
    }
}

impl fmt::Debug for Exchange<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exchange")
            .field("url", &self.url)
            .field("body_bytes", &self.body.len())
            .field("connection", &self.connection)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("http_status", &self.http_status)
            .field("signatures", &self.sign.len())
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}
