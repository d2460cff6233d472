//! A TCP connection, and what a fault can do with it that HTTP has no words for.

use std::io;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::response::Response;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::time::{sleep, timeout};
use tokio_rustls::server::TlsStream;

const HOLD: Duration = Duration::from_secs(120);
const DRIP: Duration = Duration::from_millis(300);

/// What is done with a connection that is taken away from HTTP.
#[derive(Debug)]
pub enum Play {
    /// A reset (RST).
    Reset,
    /// An orderly end, without a word.
    Close,
    /// Nothing, for two minutes or until the other side goes.
    Hold,
    /// These bytes, then an orderly end.
    Write(Vec<u8>),
    /// These bytes, one every 0.3 s, then an orderly end.
    Drip(Vec<u8>),
}

/// A connection as its calls see it.
pub struct Connection {
    /// Counts the connections since the start.
    pub number: u64,
    take_over: Mutex<Option<oneshot::Sender<Play>>>,
}

impl Connection {
    /// The connection, and where its end is told.
    pub fn new(number: u64) -> (Self, oneshot::Receiver<Play>) {
        let (sender, receiver) = oneshot::channel();
        (Self { number, take_over: Mutex::new(Some(sender)) }, receiver)
    }

    /// Takes the connection away from HTTP. The call that asks for it ends here: its future is dropped.
    pub async fn take_over(&self, play: Play) -> Response {
        let sender = self.take_over.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(sender) = sender {
            // If nobody listens, the connection is gone already.
            let _ = sender.send(play);
        }
        std::future::pending().await
    }
}

/// Plays a connection to its end.
pub async fn play(mut stream: Stream, play: Play) {
    // The other side may be gone at any moment: that is its right, and the end of the play.
    match play {
        Play::Reset => {
            let _ = stream.tcp().set_zero_linger();
        }
        Play::Close => {
            let _ = stream.shutdown().await;
        }
        Play::Hold => {
            let mut rest = [0; 256];
            let gone = async { while stream.read(&mut rest).await.is_ok_and(|read| read > 0) {} };
            let _ = timeout(HOLD, gone).await;
        }
        Play::Write(bytes) => {
            let _ = stream.write_all(&bytes).await;
            let _ = stream.shutdown().await;
        }
        Play::Drip(bytes) => {
            for byte in bytes {
                if stream.write_all(&[byte]).await.is_err() || stream.flush().await.is_err() {
                    return;
                }
                sleep(DRIP).await;
            }
            let _ = stream.shutdown().await;
        }
    }
}

/// A connection's bytes, plain or inside TLS.
pub enum Stream {
    /// http
    Plain(TcpStream),
    /// https
    Tls(Box<TlsStream<TcpStream>>),
}

impl Stream {
    fn tcp(&self) -> &TcpStream {
        match self {
            Stream::Plain(tcp) => tcp,
            Stream::Tls(tls) => tls.get_ref().0,
        }
    }
}

impl AsyncRead for Stream {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Stream::Plain(tcp) => Pin::new(tcp).poll_read(context, buffer),
            Stream::Tls(tls) => Pin::new(tls).poll_read(context, buffer),
        }
    }
}

impl AsyncWrite for Stream {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Stream::Plain(tcp) => Pin::new(tcp).poll_write(context, bytes),
            Stream::Tls(tls) => Pin::new(tls).poll_write(context, bytes),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Stream::Plain(tcp) => Pin::new(tcp).poll_flush(context),
            Stream::Tls(tls) => Pin::new(tls).poll_flush(context),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Stream::Plain(tcp) => Pin::new(tcp).poll_shutdown(context),
            Stream::Tls(tls) => Pin::new(tls).poll_shutdown(context),
        }
    }
}
