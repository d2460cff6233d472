//! The transport that ships: one exchange over HTTP/1.1 and TLS.

use super::connection::{Fault, Wire};
use super::contract::{Answer, Connection, Exchange, Failure, Transport};
use super::framing::{self, Broken};
use super::origin::Origin;
use super::settings::{HashedSettings, LONGEST_TIMEOUT, TransportSettings};
use super::{connect, pool};
use crate::error::{Error, ErrorKind, Outcome};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The transport over HTTP/1.1 and TLS.
#[derive(Debug, Clone)]
pub struct HttpTransport {
    settings: Arc<HashedSettings>,
}

impl HttpTransport {
    /// Checks the settings. Opens nothing and starts nothing, so it may be called before a fork.
    pub fn new(settings: TransportSettings) -> Result<Self, Error> {
        let settings = Arc::new(HashedSettings::new(settings));
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
        let origin = Origin::of(exchange.url, settings.allow_http)?;
        let request = framing::request(exchange, settings)?;

        let kept = match exchange.connection {
            Connection::MayReuse => engine.take(&origin),
            Connection::Fresh => None,
        };
        let wire = match kept {
            Some(wire) => wire,
            None => connect::open(&process.lookups, &engine, &origin, connect_deadline)?,
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

/// `limit` is the call's as it was set: what an attempt had left of it would only puzzle whoever reads the text.
fn failure(origin: &Origin, wire: &Wire, broken: Broken, limit: Duration) -> Failure {
    let host = &origin.host;
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
