//! The request's bytes, and which answers are whole.

use super::connection::{Connection, ConnectionSlot, HEAD_MAX, Liveness};
use super::contract::{Exchange, HttpResponse};
use super::settings::TransportSettings;
use crate::error::{Error, ErrorKind};
use once_cell::race::OnceBox;
use std::io::Read;
use std::time::Instant;
use ureq::config::{AutoHeaderValue, Config};
use ureq::http::header::{CONNECTION, CONTENT_ENCODING, CONTENT_LENGTH, DATE, TRANSFER_ENCODING};
use ureq::http::{HeaderMap, HeaderName, HeaderValue, Request, Response, Version};
use ureq::{Agent, Body};

/// The longest body of an answer.
pub(super) const BODY_MAX: usize = 1024 * 1024;
/// Interim answers (1xx) before the answer.
const INTERIM_MAX: usize = 16;
/// It never has a body, whatever its headers say.
const NO_CONTENT: u16 = 204;
/// The registered content codings, all of which change the bytes that were signed. Any other, such as `identity` or the
/// `UTF-8` that some servers write there, is nothing to refuse an answer for: its signature proves the bytes.
const CODINGS: [&str; 12] = [
    "gzip",
    "x-gzip",
    "deflate",
    "compress",
    "x-compress",
    "br",
    "zstd",
    "dcb",
    "dcz",
    "aes128gcm",
    "exi",
    "pack200-gzip",
];
const HEADER_VALUE_MAX: usize = 4096;

/// What broke an exchange on a connection that was ready.
pub(super) enum Broken {
    /// What the connection saw; see [`Connection::fault`].
    Connection,
    /// The end of the connection where more was announced.
    Cut,
    /// What the connection saw, where its end alone would have been the answer's.
    Unended,
    /// The answer is not what HTTP allows, or not what is accepted here.
    Answer(Option<u16>, &'static str),
    /// A redirect.
    Redirect(u16),
    /// ureq stopped for a reason that is none of the connection's.
    Inside,
}

/// ureq without anything that it would do by itself.
pub(super) fn config() -> Config {
    static PLAIN: OnceBox<Config> = OnceBox::new();
    // ureq looks at the proxy variables of the environment whenever it makes a configuration. What it finds is thrown
    // away here, and it is made once in a process, because a host may change its environment in another thread.
    let plain = PLAIN.get_or_init(|| {
        Box::new(
            Agent::config_builder()
                .proxy(None)
                .http_status_as_error(false)
                .max_redirects(0)
                .max_redirects_will_error(false)
                .max_response_header_size(HEAD_MAX)
                .accept(AutoHeaderValue::None)
                .accept_encoding(AutoHeaderValue::None)
                .max_idle_connections(0)
                .max_idle_connections_per_host(0)
                .timeout_global(None)
                .build(),
        )
    });
    plain.clone()
}

/// Refuses what does not fit on a header's line, or is not plain ASCII.
pub(super) fn check_header_value(value: &str, field: &str) -> Result<(), Error> {
    let printable = value.bytes().all(|byte| matches!(byte, 0x20..=0x7e));
    if !printable || value.is_empty() || value.len() > HEADER_VALUE_MAX || value.trim_ascii() != value {
        let message = "this value cannot be sent as an HTTP header: it must be printable ASCII on one line";
        return Err(Error::local(ErrorKind::InvalidArgument, message).with_field(field));
    }
    Ok(())
}

/// The request with the headers of spec 1.2; Host and Content-Length are added when it is written.
pub(super) fn request<'a>(exchange: &Exchange<'a>, settings: &TransportSettings) -> Result<Request<&'a [u8]>, Error> {
    let mut request = Request::post(exchange.url);
    let headers: [(&'static str, &str); 5] = [
        ("content-type", "application/json"),
        ("content-language", &settings.language),
        ("user-agent", &settings.user_agent),
        ("partner-id", exchange.partner_id),
        ("sign", exchange.sign),
    ];
    for (name, value) in headers {
        check_header_value(value, name)?;
        let mut value = HeaderValue::from_str(value).map_err(|_| unwritable())?;
        // Keeps it out of whatever the host's logger shows of a request.
        value.set_sensitive(matches!(name, "sign" | "partner-id"));
        request = request.header(HeaderName::from_static(name), value);
    }
    request.body(exchange.body).map_err(|_| unwritable())
}

fn unwritable() -> Error {
    Error::local(ErrorKind::InvalidArgument, "the URL of the endpoint or a header cannot be written as HTTP")
}

/// Sends and reads. Gives the connection back, and with the answer whether it may carry another exchange.
pub(super) fn exchange(
    config: &Config,
    mut connection: Connection,
    deadline: Instant,
    request: Request<&[u8]>,
) -> (Result<(HttpResponse, bool), Broken>, Option<Connection>) {
    connection.begin(deadline);
    let slot = ConnectionSlot::new(connection);
    let agent = Agent::with_parts(config.clone(), slot.clone(), slot.clone());
    let answer = match agent.run(request) {
        Ok(response) => read(response),
        Err(ureq::Error::LargeResponseHeader(..)) => {
            Err(Broken::Answer(None, "its header section is longer than 64 KiB"))
        }
        Err(ureq::Error::Protocol(error)) if has_too_many_fields(&error) => {
            Err(Broken::Answer(None, "it has too many header fields, more than 128"))
        }
        Err(ureq::Error::Protocol(_) | ureq::Error::Http(_)) => {
            Err(Broken::Answer(None, "it is not a well-formed HTTP/1.1 answer"))
        }
        Err(ureq::Error::Io(_)) => Err(Broken::Connection),
        Err(_) => Err(Broken::Inside),
    };
    drop(agent);
    // Everything of ureq's is gone by now, so the loan has ended.
    let mut connection = slot.take();
    let answer = answer.and_then(|(answer, framing)| match &mut connection {
        Some(connection) => accept(answer, framing, connection),
        None => Err(Broken::Inside),
    });
    (answer, connection)
}

/// ureq names the type of its errors nowhere.
fn has_too_many_fields(error: &impl std::fmt::Debug) -> bool {
    format!("{error:?}") == "HttpParseTooManyHeaders"
}

/// How an answer says where it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Framing {
    /// By its length, or by its last chunk.
    Counted { keep: bool },
    /// By the end of the connection.
    ToTheEnd,
}

fn read(response: Response<Body>) -> Result<(HttpResponse, Framing), Broken> {
    let status = response.status().as_u16();
    let refused = |what| Broken::Answer(Some(status), what);
    if response.status().is_redirection() {
        return Err(Broken::Redirect(status));
    }
    if response.status().is_informational() {
        return Err(refused("it switches to another protocol"));
    }
    let (framing, length) = match status {
        NO_CONTENT => (Framing::Counted { keep: false }, None),
        _ => framing(response.headers(), response.version()).map_err(refused)?,
    };
    if length.is_some_and(|length| length > BODY_MAX) {
        return Err(refused("its body is longer than 1 MiB"));
    }
    let sign = response.headers().get_all("sign").iter().map(|value| value.as_bytes().to_vec()).collect();
    let date = response.headers().get(DATE).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let mut body = Vec::with_capacity(length.unwrap_or(0));
    let mut rest = response.into_body();
    let mut rest = rest.as_reader();
    let mut piece = [0; 8 * 1024];
    loop {
        match rest.read(&mut piece) {
            Ok(0) => break,
            Ok(amount) => body.extend_from_slice(piece.get(..amount).unwrap_or_default()),
            Err(error) => return Err(unread(&error, status, framing)),
        }
        if body.len() > BODY_MAX {
            return Err(refused("its body is longer than 1 MiB"));
        }
    }
    if length.is_some_and(|length| length != body.len()) {
        return Err(Broken::Cut);
    }
    Ok((HttpResponse { http_status: status, sign, date, body }, framing))
}

/// ureq hides its own errors in an I/O error, and tells an early end as one of the system's.
fn unread(error: &std::io::Error, status: u16, framing: Framing) -> Broken {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<ureq::Error>()) {
        Some(ureq::Error::Protocol(_)) => Broken::Answer(Some(status), "its chunks are malformed"),
        _ if framing == Framing::ToTheEnd => Broken::Unended,
        _ => Broken::Connection,
    }
}

/// R84: an answer must not say in two ways how long it is.
fn framing(headers: &HeaderMap, version: Version) -> Result<(Framing, Option<usize>), &'static str> {
    if tokens(headers, CONTENT_ENCODING).any(|coding| CODINGS.iter().any(|known| is(coding, known))) {
        return Err("it is compressed, though that was not asked for");
    }
    let keep = version == Version::HTTP_11 && !tokens(headers, CONNECTION).any(|option| is(option, "close"));
    match (is_chunked(headers, version)?, length(headers)?) {
        (true, Some(_)) => Err("it has both Content-Length and Transfer-Encoding"),
        (true, None) => Ok((Framing::Counted { keep }, None)),
        (false, Some(length)) => Ok((Framing::Counted { keep }, Some(length))),
        (false, None) => Ok((Framing::ToTheEnd, None)),
    }
}

/// The elements of a header that is a list, on however many lines.
fn tokens(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &[u8]> {
    headers
        .get_all(name)
        .into_iter()
        .flat_map(|value| value.as_bytes().split(|byte| *byte == b','))
        .map(<[u8]>::trim_ascii)
}

fn is(token: &[u8], name: &str) -> bool {
    token.eq_ignore_ascii_case(name.as_bytes())
}

/// `identity` is a name that older servers give to no coding at all.
fn is_chunked(headers: &HeaderMap, version: Version) -> Result<bool, &'static str> {
    let mut codings = tokens(headers, TRANSFER_ENCODING).filter(|coding| !coding.is_empty() && !is(coding, "identity"));
    match (codings.next(), codings.next()) {
        (None, _) => Ok(false),
        (Some(coding), None) if is(coding, "chunked") => {
            if version == Version::HTTP_11 {
                Ok(true)
            } else {
                Err("it comes in chunks, which HTTP/1.0 does not know")
            }
        }
        _ => Err("its Transfer-Encoding is not just chunked"),
    }
}

/// The same length may stand there twice (RFC 9110, 8.6).
fn length(headers: &HeaderMap) -> Result<Option<usize>, &'static str> {
    let mut known = None;
    for text in tokens(headers, CONTENT_LENGTH) {
        let length = plain_number(text).ok_or("its Content-Length is not a number")?;
        if known.is_some_and(|known| known != length) {
            return Err("it has two lengths");
        }
        known = Some(length);
    }
    Ok(known)
}

fn plain_number(text: &[u8]) -> Option<usize> {
    let digits = !text.is_empty() && text.len() <= 18 && text.iter().all(u8::is_ascii_digit);
    let text = std::str::from_utf8(text).ok().filter(|_| digits)?;
    text.parse().ok()
}

/// What can only be told when the answer was read to its end.
fn accept(answer: HttpResponse, framing: Framing, connection: &mut Connection) -> Result<(HttpResponse, bool), Broken> {
    let refused = |what| Err(Broken::Answer(Some(answer.http_status), what));
    if connection.interim > INTERIM_MAX {
        return refused("too many interim answers (1xx) came before it");
    }
    match framing {
        Framing::ToTheEnd if connection.ended => Ok((answer, false)),
        Framing::ToTheEnd => Err(Broken::Cut),
        // The end came inside the last chunk's line.
        Framing::Counted { .. } if connection.ended => Err(Broken::Cut),
        Framing::Counted { .. } if connection.surplus => refused("it is longer than it says"),
        Framing::Counted { keep } => match connection.liveness() {
            Liveness::Talking => refused("it is longer than it says"),
            line => Ok((answer, keep && line == Liveness::Quiet)),
        },
    }
}
