//! The transport that ships: one exchange over HTTP/1.1 and TLS.

use super::connection::{Connection, Fault};
use super::contract::{ConnectionPolicy, Exchange, Failure, HttpResponse, Transport};
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
        pool::Process::current().pool(&settings)?;
        Ok(Self { settings })
    }
}

impl Transport for HttpTransport {
    fn post(&self, exchange: &Exchange<'_>) -> Result<HttpResponse, Failure> {
        let now = Instant::now();
        let settings = &self.settings.given;
        let total = exchange.timeout.min(settings.total_timeout).min(LONGEST_TIMEOUT);
        let deadline = now + total;
        let connect_deadline = deadline.min(now + settings.connect_timeout.min(LONGEST_TIMEOUT));

        let process = pool::Process::current();
        let pool = process.pool(&self.settings)?;
        let origin = Origin::of(exchange.url, settings.allow_http)?;
        let request = framing::request(exchange, settings)?;

        let kept = match exchange.connection {
            ConnectionPolicy::MayReuse => pool.take(&origin),
            ConnectionPolicy::Fresh => None,
        };
        let connection = match kept {
            Some(connection) => connection,
            None => connect::open(process, &pool, &origin, connect_deadline)?,
        };
        let (result, connection) = framing::exchange(&pool.http, connection, deadline, request);
        let Some(connection) = connection else {
            let message = "the connection was lost inside the library";
            return Err(Error::new(ErrorKind::Internal, Outcome::Unknown, message).into());
        };
        match result {
            Ok((answer, keep)) => {
                if keep {
                    pool.keep(origin, connection);
                }
                Ok(answer)
            }
            Err(broken) => Err(failure(&origin, &connection, broken, settings.total_timeout.min(LONGEST_TIMEOUT))),
        }
    }
}

/// `limit` is the call's as it was set: what an attempt had left of it would only puzzle whoever reads the text.
fn failure(origin: &Origin, connection: &Connection, broken: Broken, limit: Duration) -> Failure {
    let host = &origin.host;
    let outcome = if connection.wrote { Outcome::Unknown } else { Outcome::NotSent };
    let unwritten = connection.fault.is_none() && !connection.wrote;
    let silent = connection.received == 0;
    let error = |kind, text: String| Error::new(kind, outcome, text);
    let refused = |what: &str| error(ErrorKind::Protocol, format!("the answer of {host} was refused: {what}"));
    let lost = |what: &str| error(ErrorKind::Io, format!("the connection to {host} broke: {what}"));
    let mut gone = false;
    let error = match (&connection.fault, broken) {
        (_, Broken::Redirect(status)) => {
            let text = "which is never followed; check the base URL";
            error(ErrorKind::HttpStatus, format!("{host} answered with a redirect (HTTP {status}), {text}"))
                .with_http_status(status)
        }
        (Some(Fault::Timeout), broken) => {
            let limit = limit.as_millis();
            let more = match broken {
                Broken::Unended => ": it does not say how long it is, and the connection stayed open",
                _ => "",
            };
            let text = format!("no complete answer from {host} within the call's limit of {limit} ms{more}");
            error(ErrorKind::Timeout, text)
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
        (None, Broken::Connection | Broken::Cut | Broken::Unended) => {
            gone = true;
            lost(if silent { "it was closed without an answer" } else { "it was closed in the middle of the answer" })
        }
    };
    Failure { error, stale: gone && connection.reused && silent }
}
