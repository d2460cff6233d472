//! Sends notifications to merchants, and to nobody beyond this machine unless that was allowed.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::{Request, Uri};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

use super::loopback::is_loopback_host;
use super::tls;
use crate::gateway::Event;
use crate::gateway::notification::{Attempt, Notification};
use crate::sandbox::Sandbox;

const DEADLINE: Duration = Duration::from_secs(10);
const LARGEST_ANSWER: usize = 64 * 1024;
const ANSWER_KEPT: usize = 200;
const AT_ONCE: usize = 16;
const LONGEST_SLEEP_MS: i64 = 60_000;

/// Sends what is due, for ever.
pub async fn run(sandbox: Arc<Sandbox>) {
    let places = Arc::new(Semaphore::new(AT_ONCE));
    loop {
        let looker = Arc::clone(&sandbox);
        let (due, wakeup) = tokio::task::spawn_blocking(move || looker.take_due()).await.unwrap_or_default();
        for (notification, by_hand) in due {
            tokio::spawn(attempt(Arc::clone(&sandbox), Arc::clone(&places), notification, by_hand));
        }
        let until = wakeup.map_or(LONGEST_SLEEP_MS, |at| (at - sandbox.now_ms()).clamp(1, LONGEST_SLEEP_MS));
        tokio::select! {
            () = sandbox.deliveries.notified() => {}
            () = sleep(Duration::from_millis(until.unsigned_abs())) => {}
        }
    }
}

async fn attempt(sandbox: Arc<Sandbox>, places: Arc<Semaphore>, notification: Notification, by_hand: bool) {
    let _place = places.acquire().await;
    let at_ms = sandbox.now_ms();
    let signer = Arc::clone(&sandbox);
    let id = notification.id.clone();
    let signed = notification.clone();
    let sign = tokio::task::spawn_blocking(move || signer.sign_notification(&signed)).await.unwrap_or_default();
    let sent = timeout(DEADLINE, send(&notification, &sign, at_ms, sandbox.allow_remote_notify)).await;
    let attempt = match sent {
        Ok(Ok((status, body))) => Attempt {
            at_ms,
            status: Some(status),
            delivered: status == 200 && *body == *b"SUCCESS",
            answer: Some(String::from_utf8_lossy(&body).chars().take(ANSWER_KEPT).collect()),
            error: None,
        },
        Ok(Err(error)) => failed(at_ms, error),
        Err(_) => failed(at_ms, format!("no answer within {} s", DEADLINE.as_secs())),
    };
    let recorder = Arc::clone(&sandbox);
    let event = Event::Attempted { id, by_hand, attempt };
    // The gateway rejects no attempt; the step itself rings for the next one.
    let _ = tokio::task::spawn_blocking(move || recorder.step(event)).await;
}

fn failed(at_ms: i64, error: String) -> Attempt {
    Attempt { at_ms, status: None, answer: None, error: Some(error), delivered: false }
}

async fn send(notification: &Notification, sign: &str, at_ms: i64, allow_remote: bool) -> Result<(u16, Bytes), String> {
    let url: Uri = notification.url.parse().map_err(|_| "the URL cannot be read")?;
    let host = url.host().ok_or("the URL has no host")?;
    let is_https = url.scheme_str() == Some("https");
    let port = url.port_u16().unwrap_or(if is_https { 443 } else { 80 });
    let tcp = connect(host, port, allow_remote).await?;
    let authority = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
    let path = url.path_and_query().map_or("/", |path| path.as_str());
    let request = Request::post(path)
        .header("Content-Type", "application/json; charset=UTF-8")
        .header("Partner-Id", &notification.partner_id)
        .header("Sign", sign)
        .header("Request-Id", format!("21116.{}.{at_ms}", notification.id))
        .header("Host", authority)
        .header("Connection", "close")
        .header("User-Agent", "Apache-HttpClient/4.5.8 (Java/1.8.0_72)")
        .body(Full::new(Bytes::from(notification.body.clone())))
        .map_err(|error| error.to_string())?;
    if is_https {
        let stream = tls::connect(tcp, host).await.map_err(|error| error.to_string())?;
        return exchange(stream, request).await;
    }
    exchange(tcp, request).await
}

async fn exchange<S>(stream: S, request: Request<Full<Bytes>>) -> Result<(u16, Bytes), String>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let handshake = http1::Builder::new().title_case_headers(true).handshake(TokioIo::new(stream)).await;
    let (mut sender, connection) = handshake.map_err(|error| error.to_string())?;
    let talk = async {
        let answer = sender.send_request(request).await.map_err(|error| error.to_string())?;
        let status = answer.status().as_u16();
        let body =
            Limited::new(answer.into_body(), LARGEST_ANSWER).collect().await.map_err(|error| error.to_string())?;
        Ok((status, body.to_bytes()))
    };
    // The connection ends when the answer is read; an error of it shows in the talk.
    let (answer, _) = tokio::join!(talk, async {
        let _ = connection.await;
    });
    answer
}

async fn connect(host: &str, port: u16, allow_remote: bool) -> Result<TcpStream, String> {
    let addresses = addresses(host, port, allow_remote).await?;
    let mut last = "the name has no address".to_owned();
    for address in addresses {
        match TcpStream::connect(address).await {
            Ok(stream) => return Ok(stream),
            Err(error) => last = format!("{address}: {error}"),
        }
    }
    Err(last)
}

async fn addresses(host: &str, port: u16, allow_remote: bool) -> Result<Vec<SocketAddr>, String> {
    if !allow_remote && !is_loopback_host(host) {
        return Err(format!("{host}: not this machine (see --allow-remote-notify)"));
    }
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    if let Ok(address) = bare.parse::<IpAddr>() {
        return Ok(vec![SocketAddr::new(address, port)]);
    }
    if is_loopback_host(host) {
        return Ok(vec![(Ipv4Addr::LOCALHOST, port).into(), (Ipv6Addr::LOCALHOST, port).into()]);
    }
    let found: io::Result<Vec<_>> = tokio::net::lookup_host((bare, port)).await.map(Iterator::collect);
    found.map_err(|error| error.to_string())
}
