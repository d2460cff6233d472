//! The wire protocol under `/sgs/api/`: signatures, the envelope, and the faults.

use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Extension, Request, State};
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hyper::header::{CONTENT_LENGTH, CONTENT_TYPE, DATE, HeaderName, HeaderValue, LOCATION};
use hyper::{HeaderMap, Method, StatusCode};
use serde_json::Value;

use super::connection::{Connection, Play};
use super::envelope;
use crate::fault::{self, Fault, FaultOrder};
use crate::gateway::refusal::{Code, Refusal};
use crate::gateway::{Call, Endpoint, Event, Rejection};
use crate::journal::{Entry, headers_view};
use crate::key;
use crate::sandbox::Sandbox;

const PREFIX: &str = "/sgs/api/";
const LARGEST_BODY: usize = 1024 * 1024;
const CLOCK_OFF_MS: i64 = -20 * 60 * 1000;

/// Serves a merchant's call.
pub async fn serve(
    State(sandbox): State<Arc<Sandbox>>,
    Extension(connection): Extension<Arc<Connection>>,
    request: Request,
) -> Response {
    let (head, body) = request.into_parts();
    let path = head.uri.path().strip_prefix(PREFIX).unwrap_or_default().to_owned();
    let order = sandbox.faults().take(&path);
    let fault = order.as_ref().map(|order| order.fault);
    let mut entry = Entry {
        at_ms: sandbox.now_ms(),
        path: path.clone(),
        request_headers: headers_view(&head.headers),
        fault: fault.map(Fault::name),
        connection: connection.number,
        ..Entry::default()
    };
    if fault == Some(Fault::ResetBeforeRead) {
        sandbox.journal().add(entry);
        return connection.take_over(Play::Reset).await;
    }
    let Ok(body) = to_bytes(Body::new(body), LARGEST_BODY).await else {
        entry.status = Some(StatusCode::PAYLOAD_TOO_LARGE.as_u16());
        sandbox.journal().add(entry);
        return plain_status(StatusCode::PAYLOAD_TOO_LARGE);
    };
    entry.request_body_base64 = Some(STANDARD.encode(&body));

    let incoming = Incoming { path, method: head.method, headers: head.headers, body, fault: order };
    let worker = Arc::clone(&sandbox);
    let worked = tokio::task::spawn_blocking(move || incoming.work(&worker)).await;
    let Ok((signature_valid, outgoing)) = worked else {
        sandbox.journal().add(entry);
        return plain_status(StatusCode::INTERNAL_SERVER_ERROR);
    };
    entry.signature_valid = Some(signature_valid);
    if let Some(outgoing) = &outgoing {
        entry.status = Some(outgoing.status.as_u16());
        entry.response_headers = Some(headers_view(&outgoing.headers));
        entry.response_body_base64 = Some(STANDARD.encode(&outgoing.body));
    }
    sandbox.journal().add(entry);
    match (outgoing, fault) {
        (None, Some(Fault::ResetAfterRead)) => connection.take_over(Play::Reset).await,
        (None, Some(Fault::Stall)) => connection.take_over(Play::Hold).await,
        (None, _) => connection.take_over(Play::Close).await,
        (Some(outgoing), Some(Fault::Drip)) => connection.take_over(Play::Drip(outgoing.bytes(None))).await,
        (Some(outgoing), Some(Fault::CutBody)) => {
            let half = outgoing.body.len() - outgoing.body.len() / 2;
            let mut bytes = outgoing.bytes(None);
            bytes.truncate(bytes.len().saturating_sub(half));
            connection.take_over(Play::Write(bytes)).await
        }
        (Some(outgoing), Some(Fault::WrongLength)) => {
            let half = outgoing.body.len() / 2;
            connection.take_over(Play::Write(outgoing.bytes(Some(half)))).await
        }
        (Some(outgoing), _) => outgoing.response(),
    }
}

fn plain_status(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

/// A call that was read.
struct Incoming {
    path: String,
    method: Method,
    headers: HeaderMap,
    body: Bytes,
    fault: Option<FaultOrder>,
}

/// An answer, byte for byte.
struct Outgoing {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Outgoing {
    fn new(status: StatusCode, content_type: &'static str, body: Vec<u8>, now_ms: i64) -> Self {
        let mut headers = HeaderMap::new();
        let time = UNIX_EPOCH + Duration::from_millis(now_ms.max(0).unsigned_abs());
        put(&mut headers, DATE, &httpdate::fmt_http_date(time));
        put(&mut headers, CONTENT_TYPE, content_type);
        put(&mut headers, CONTENT_LENGTH, &body.len().to_string());
        Self { status, headers, body }
    }

    fn response(self) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }

    /// The answer as it goes over the wire, with another length announced if one is given.
    fn bytes(&self, length: Option<usize>) -> Vec<u8> {
        let mut text = format!("HTTP/1.1 {}\r\n", self.status);
        for (name, value) in &self.headers {
            let told = length.filter(|_| name == CONTENT_LENGTH).map(|length| length.to_string());
            let value = told.unwrap_or_else(|| String::from_utf8_lossy(value.as_bytes()).into_owned());
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        text.push_str("\r\n");
        [text.as_bytes(), self.body.as_slice()].concat()
    }
}

fn put(headers: &mut HeaderMap, name: HeaderName, text: &str) {
    let visible: String = text.chars().map(|c| if c.is_ascii_graphic() || c == ' ' { c } else { '?' }).collect();
    if let Ok(value) = HeaderValue::from_str(&visible) {
        headers.insert(name, value);
    }
}

/// What the work came to.
struct Reply {
    endpoint: Option<Endpoint>,
    partner_id: String,
    outcome: Result<Value, Refusal>,
}

impl Incoming {
    /// Looks at the signature and does the work, unless a fault prevents it. No answer is sent where there is none.
    fn work(self, sandbox: &Sandbox) -> (bool, Option<Outgoing>) {
        let merchant = self.merchant(sandbox);
        let signature = merchant.as_ref().map_err(Clone::clone).and_then(|(_, key)| self.check_signature(key));
        let partner_id = merchant.map(|(partner_id, _)| partner_id).unwrap_or_default();
        let signature_valid = signature.is_ok();
        let fault = self.fault.as_ref().map(|order| order.fault);
        let refuse = |outcome| Some(Reply { endpoint: None, partner_id: String::new(), outcome: Err(outcome) });
        let answer = match fault {
            Some(Fault::ResetAfterRead | Fault::Stall) => None,
            Some(Fault::Redirect) => return (signature_valid, Some(self.redirect(sandbox))),
            Some(Fault::Html502) => return (signature_valid, Some(html_502(sandbox))),
            Some(Fault::Refuse | Fault::UnsignedRefusal) => refuse(self.ordered_refusal()),
            Some(Fault::RateLimit) => refuse(Refusal::new(Code::RateLimitReject, "fault rate-limit")),
            Some(Fault::SystemError) => refuse(Refusal::new(Code::SystemError, "fault system-error")),
            _ => Some(match signature {
                Ok(()) => self.call(sandbox, partner_id),
                Err(refusal) => Reply { endpoint: None, partner_id, outcome: Err(refusal) },
            }),
        };
        let answer = answer.filter(|_| fault != Some(Fault::LoseAnswer));
        (signature_valid, answer.map(|answer| self.outgoing(sandbox, answer)))
    }

    fn merchant(&self, sandbox: &Sandbox) -> Result<(String, String), Refusal> {
        let unknown = || Refusal::new(Code::Unauthorized, "Partner-Id: no such merchant");
        let id = single(&self.headers, "partner-id").ok_or_else(unknown)?;
        let merchant = sandbox.look(|gateway, _| gateway.merchant(id).cloned()).ok_or_else(unknown)?;
        Ok((merchant.partner_id, merchant.public_key))
    }

    fn check_signature(&self, public_key: &str) -> Result<(), Refusal> {
        let sign = single(&self.headers, "sign");
        let sign = sign.ok_or_else(|| Refusal::bad_signature("sign: exactly one such header is wanted"))?;
        key::verify(public_key, &self.body, sign).map_err(Refusal::bad_signature)
    }

    fn ordered_refusal(&self) -> Refusal {
        let told =
            |text: fn(&FaultOrder) -> &Option<String>| self.fault.as_ref().and_then(|order| text(order).as_deref());
        let code = told(|order| &order.code).unwrap_or("400");
        let msg = told(|order| &order.msg).unwrap_or("INVALID_PARAMETER");
        Refusal::custom(code, msg, "fault")
    }

    fn call(&self, sandbox: &Sandbox, partner_id: String) -> Reply {
        let endpoint = Endpoint::from_path(&self.path);
        let outcome = self.read_call(endpoint, &partner_id).and_then(|call| {
            sandbox.step(Event::Call(call)).map_err(|rejection| match rejection {
                Rejection::Refused(refusal) => refusal,
                // Only the control API is rejected otherwise.
                other => Refusal::new(Code::SystemError, format!("{other:?}")),
            })
        });
        Reply { endpoint, partner_id, outcome }
    }

    fn read_call(&self, endpoint: Option<Endpoint>, partner_id: &str) -> Result<Call, Refusal> {
        let endpoint = endpoint.ok_or_else(|| Refusal::new(Code::ServiceNotAvailable, "no such path"))?;
        if self.method != Method::POST {
            return Err(Refusal::new(Code::ServiceNotAvailable, "POST only"));
        }
        let content_type = single(&self.headers, "content-type").unwrap_or_default();
        let media_type = content_type.split(';').next().unwrap_or_default().trim();
        if !media_type.eq_ignore_ascii_case("application/json") {
            return Err(Refusal::parameter("Content-Type: must be application/json"));
        }
        envelope::read_call(endpoint, partner_id, &self.body, self.clock_error_ms())
    }

    fn clock_error_ms(&self) -> i64 {
        let order = self.fault.as_ref().filter(|order| order.fault == Fault::ClockOff);
        order.map_or(0, |order| order.offset_ms.unwrap_or(CLOCK_OFF_MS))
    }

    fn outgoing(&self, sandbox: &Sandbox, answer: Reply) -> Outgoing {
        let fault = self.fault.as_ref().map(|order| order.fault);
        let trace_code = sandbox.trace_code();
        let (document, detail, is_error) = match &answer.outcome {
            Ok(body) => {
                let body = falsify(fault, body, &answer, sandbox);
                (envelope::answer(Ok(&body), &trace_code), None, false)
            }
            Err(refusal) => {
                let is_error = refusal.apply_status == "ERROR";
                (envelope::answer(Err(refusal), &trace_code), Some(refusal.detail.clone()), is_error)
            }
        };
        let mut text = document.to_string();
        if fault == Some(Fault::DuplicateKeys) {
            text = fault::duplicate_keys(&text);
        }
        let sign = match fault {
            // PayBy answers a request that it could not verify without a signature of its own.
            _ if is_error => None,
            Some(Fault::UnsignedSuccess | Fault::UnsignedRefusal) => None,
            Some(Fault::WrongSignature) => Some(sandbox.sign(format!("{text} ").as_bytes())),
            _ => Some(sandbox.sign(text.as_bytes())),
        };
        let now = sandbox.now_ms() + self.clock_error_ms();
        let mut outgoing = Outgoing::new(StatusCode::OK, "application/json; charset=UTF-8", text.into_bytes(), now);
        if let Some(sign) = sign {
            put(&mut outgoing.headers, HeaderName::from_static("sign"), &sign);
        }
        if let Some(detail) = detail {
            put(&mut outgoing.headers, HeaderName::from_static("x-sandbox-detail"), &detail);
        }
        outgoing
    }

    /// To a place on this very gateway, which journals it if someone follows.
    fn redirect(&self, sandbox: &Sandbox) -> Outgoing {
        let origin = sandbox.look(|gateway, _| gateway.settings().origin.clone());
        let mut outgoing = Outgoing::new(StatusCode::FOUND, "text/html", Vec::new(), sandbox.now_ms());
        put(&mut outgoing.headers, LOCATION, &format!("{origin}{PREFIX}redirected"));
        outgoing
    }
}

fn html_502(sandbox: &Sandbox) -> Outgoing {
    let page = b"<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>\n";
    Outgoing::new(StatusCode::BAD_GATEWAY, "text/html", page.to_vec(), sandbox.now_ms())
}

/// The body of a success as a fault would have it.
fn falsify(fault: Option<Fault>, body: &Value, answer: &Reply, sandbox: &Sandbox) -> Value {
    let mut body = body.clone();
    match fault {
        Some(Fault::WrongAmount) => fault::change_amounts(&mut body),
        Some(Fault::NoTotalAmount) => fault::remove_amounts(&mut body),
        Some(Fault::NoIdentity) => fault::remove_identity(&mut body),
        Some(Fault::OtherOrder) => {
            let own = fault::order_no(&mut body);
            let other = answer.endpoint.and_then(|endpoint| {
                sandbox.look(|gateway, _| gateway.other_answer(endpoint, &answer.partner_id, &own))
            });
            match other {
                Some(other) => body = other,
                None => fault::invent_identity(&mut body),
            }
        }
        _ => {}
    }
    body
}

/// A header that came exactly once, as text.
fn single<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}
