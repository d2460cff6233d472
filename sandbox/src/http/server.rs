//! Listens, and gives each connection to HTTP, or to a fault.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tower_service::Service;

use super::connection::{Connection, Stream, play};

const HANDSHAKE: Duration = Duration::from_secs(10);

/// Serves for ever.
pub async fn run(listener: TcpListener, tls: Option<TlsAcceptor>, router: Router) {
    let connections = AtomicU64::new(0);
    loop {
        match listener.accept().await {
            Ok((tcp, _)) => {
                let number = connections.fetch_add(1, Ordering::Relaxed) + 1;
                tokio::spawn(serve(tcp, tls.clone(), router.clone(), number));
            }
            Err(error) => {
                // Out of file descriptors, most likely: give the others time to end.
                eprintln!("bonuspay-sandbox: cannot take a connection: {error}");
                sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

async fn serve(tcp: TcpStream, tls: Option<TlsAcceptor>, router: Router, number: u64) {
    // Small answers must not wait for the other side's acknowledgements.
    let _ = tcp.set_nodelay(true);
    let stream = match tls {
        None => Stream::Plain(tcp),
        Some(acceptor) => match timeout(HANDSHAKE, acceptor.accept(tcp)).await {
            Ok(Ok(stream)) => Stream::Tls(Box::new(stream)),
            _ => return,
        },
    };
    let (connection, mut taken) = Connection::new(number);
    let connection = Arc::new(connection);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(Arc::clone(&connection));
        let mut router = router.clone();
        async move { Service::call(&mut router, request.map(Body::new)).await as Result<_, Infallible> }
    });
    let mut http = http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        Ok(script) = &mut taken => play(http.into_parts().io.into_inner(), script).await,
        // How a client leaves is its own affair.
        _ = &mut http => {}
    }
}
