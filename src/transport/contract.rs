//! What a transport is: one POST, one answer, and an exact word on whether anything was sent.

use crate::error::{Error, ErrorKind, Outcome};
use std::fmt;
use std::time::Duration;

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
    pub connection: ConnectionPolicy,
    /// What is left of the call's total deadline.
    pub timeout: Duration,
}

/// Which connections may carry an exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ConnectionPolicy {
    /// A kept one, if there is one. For calls that may be repeated.
    MayReuse,
    /// A new one, always. For calls that must not be sent twice.
    Fresh,
}

/// What the gateway, or whatever stands in front of it, answered. Nothing in it is verified yet.
#[derive(Clone)]
pub struct HttpResponse {
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

/// Carries exchanges. [`HttpTransport`](super::HttpTransport) is the one that ships; tests bring their own.
pub trait Transport: Send + Sync {
    /// Sends one POST and reads its answer. Never retries.
    fn post(&self, exchange: &Exchange<'_>) -> Result<HttpResponse, Failure>;
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

impl fmt::Debug for HttpResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpResponse")
            .field("http_status", &self.http_status)
            .field("signatures", &self.sign.len())
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}
