//! A server on loopback that does with a connection whatever a test wants, on raw sockets.
//!
//! Each connection gets a thread and a script. A script that stalls ends when the client gives up, so no test waits
//! for a server.
#![allow(dead_code)]

use rustls::{HandshakeKind, ServerConfig, ServerConnection, StreamOwned};
use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::os::fd::AsRawFd;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// No script runs longer.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct FaultServer {
    address: SocketAddr,
    seen: Arc<Seen>,
}

#[derive(Default)]
struct Seen {
    connections: AtomicUsize,
    requests: Mutex<Vec<Vec<u8>>>,
    stopped: AtomicBool,
}

impl FaultServer {
    /// `script` gets the number of the connection, from 0.
    pub fn start(script: impl Fn(usize, &mut Talk) + Send + Sync + 'static) -> Self {
        Self::run("127.0.0.1", None, script)
    }

    /// On another address of this machine.
    pub fn start_at(address: &str, script: impl Fn(usize, &mut Talk) + Send + Sync + 'static) -> Self {
        Self::run(address, None, script)
    }

    /// Speaks TLS. A handshake that fails ends the connection before the script.
    pub fn start_tls(config: Arc<ServerConfig>, script: impl Fn(usize, &mut Talk) + Send + Sync + 'static) -> Self {
        Self::run("127.0.0.1", Some(config), script)
    }

    fn run(
        address: &str,
        tls: Option<Arc<ServerConfig>>,
        script: impl Fn(usize, &mut Talk) + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind((address, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Seen::default());
        let log = Arc::clone(&seen);
        let script = Arc::new(script);
        thread::spawn(move || {
            for socket in listener.incoming() {
                if log.stopped.load(Ordering::Acquire) {
                    return;
                }
                let Ok(socket) = socket else { continue };
                let number = log.connections.fetch_add(1, Ordering::AcqRel);
                let (script, log, tls) = (Arc::clone(&script), Arc::clone(&log), tls.clone());
                thread::spawn(move || {
                    if let Ok(mut talk) = Talk::begin(socket, tls, log) {
                        script(number, &mut talk);
                    }
                });
            }
        });
        Self { address, seen }
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    pub fn url(&self) -> String {
        format!("http://{}/sgs/api/crypto/getOrder", self.address)
    }

    pub fn https_url(&self, host: &str) -> String {
        format!("https://{host}:{}/sgs/api/crypto/getOrder", self.port())
    }

    pub fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::Acquire)
    }

    /// The requests as they came, head and body.
    pub fn requests(&self) -> Vec<Vec<u8>> {
        self.seen.requests.lock().unwrap().clone()
    }
}

impl Drop for FaultServer {
    fn drop(&mut self) {
        self.seen.stopped.store(true, Ordering::Release);
        let _ = TcpStream::connect(self.address);
    }
}

enum Line {
    Plain(TcpStream),
    Tls(Box<StreamOwned<ServerConnection, TcpStream>>),
}

/// One connection, from the server's side. Writing to a client that is gone is no error: that is what tests provoke.
pub struct Talk {
    line: Line,
    socket: TcpStream,
    seen: Arc<Seen>,
}

impl Talk {
    fn begin(socket: TcpStream, tls: Option<Arc<ServerConfig>>, seen: Arc<Seen>) -> io::Result<Self> {
        socket.set_read_timeout(Some(PATIENCE))?;
        socket.set_write_timeout(Some(PATIENCE))?;
        socket.set_nodelay(true)?;
        let raw = socket.try_clone()?;
        let line = match tls {
            None => Line::Plain(socket),
            Some(config) => {
                let connection = ServerConnection::new(config).map_err(io::Error::other)?;
                let mut stream = StreamOwned::new(connection, socket);
                while stream.conn.is_handshaking() {
                    stream.conn.complete_io(&mut stream.sock)?;
                }
                Line::Tls(Box::new(stream))
            }
        };
        Ok(Self { line, socket: raw, seen })
    }

    /// Whether the client's TLS session began on an earlier connection.
    pub fn is_resumed(&self) -> bool {
        match &self.line {
            Line::Plain(_) => false,
            Line::Tls(stream) => stream.conn.handshake_kind() == Some(HandshakeKind::Resumed),
        }
    }

    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match &mut self.line {
            Line::Plain(socket) => socket.read(buffer),
            Line::Tls(stream) => stream.read(buffer),
        }
    }

    /// Reads one request with its body. `None` is a client that left.
    pub fn request(&mut self) -> Option<Vec<u8>> {
        let mut request = Vec::new();
        let mut buffer = [0; 4096];
        loop {
            if let Some(end) = find(&request, b"\r\n\r\n") {
                let head = String::from_utf8_lossy(&request[..end]).to_ascii_lowercase();
                let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
                let length: usize = length.map_or(0, |text| text.trim().parse().unwrap());
                if request.len() >= end + 4 + length {
                    self.seen.requests.lock().unwrap().push(request.clone());
                    return Some(request);
                }
            }
            match self.read(&mut buffer) {
                Ok(0) | Err(_) => return None,
                Ok(amount) => request.extend_from_slice(&buffer[..amount]),
            }
        }
    }

    /// Reads whatever comes first.
    pub fn some_bytes(&mut self) {
        let _ = self.read(&mut [0; 4096]);
    }

    /// Whether the client is still there.
    pub fn send(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        match &mut self.line {
            Line::Plain(socket) => socket.write_all(bytes.as_ref()).is_ok(),
            Line::Tls(stream) => stream.write_all(bytes.as_ref()).and_then(|()| stream.flush()).is_ok(),
        }
    }

    /// Past TLS.
    pub fn send_raw(&mut self, bytes: impl AsRef<[u8]>) {
        let _ = self.socket.write_all(bytes.as_ref());
    }

    /// Passes everything on to another connection, both ways, until both have ended.
    pub fn join(&mut self, mut target: TcpStream) {
        let (mut from, mut to) = (self.socket.try_clone().unwrap(), target.try_clone().unwrap());
        let up = thread::spawn(move || {
            let _ = io::copy(&mut from, &mut to);
            let _ = to.shutdown(Shutdown::Write);
        });
        let _ = io::copy(&mut target, &mut self.socket);
        let _ = self.socket.shutdown(Shutdown::Write);
        let _ = up.join();
    }

    /// One byte at a time, until the client has enough of it.
    pub fn drip(&mut self, bytes: &[u8], pause: Duration) {
        for byte in bytes {
            if !self.send([*byte]) {
                return;
            }
            thread::sleep(pause);
        }
    }

    /// The same piece again and again, until the client has enough of it.
    pub fn flood(&mut self, piece: &[u8]) {
        while self.send(piece) {}
    }

    /// Does nothing until the client leaves.
    pub fn stall(&mut self) {
        let mut buffer = [0; 4096];
        while matches!(self.read(&mut buffer), Ok(amount) if amount > 0) {}
    }

    /// Ends the connection by a reset.
    pub fn reset(&mut self) {
        let linger = libc::linger { l_onoff: 1, l_linger: 0 };
        let size = libc::socklen_t::try_from(size_of::<libc::linger>()).unwrap();
        // SAFETY: the pointer and the size are those of `linger`, which the call only reads.
        #[allow(unsafe_code)]
        let code = unsafe {
            libc::setsockopt(
                self.socket.as_raw_fd(),
                libc::SOL_SOCKET,
                libc::SO_LINGER,
                std::ptr::from_ref(&linger).cast(),
                size,
            )
        };
        assert_eq!(code, 0);
        // The reset is sent when the last descriptor closes, so both are given up for one that leads nowhere.
        let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
        self.socket = TcpStream::connect(elsewhere.local_addr().unwrap()).unwrap();
        self.line = Line::Plain(self.socket.try_clone().unwrap());
    }

    /// Ends TLS as TLS wants it, then the connection.
    pub fn close(&mut self) {
        self.close_tls_only();
        let _ = self.socket.shutdown(Shutdown::Write);
    }

    /// Ends TLS, but not the connection.
    pub fn close_tls_only(&mut self) {
        if let Line::Tls(stream) = &mut self.line {
            stream.conn.send_close_notify();
            let _ = stream.flush();
        }
    }

    /// Ends the connection without a word of TLS.
    pub fn cut(&mut self) {
        let _ = self.socket.shutdown(Shutdown::Write);
    }

    /// Answers every request with its own body until the client leaves.
    pub fn echo(&mut self) {
        while let Some(request) = self.request() {
            let body = body_of(&request).to_vec();
            if !self.send(answer(200, &[], &body)) {
                return;
            }
        }
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

pub fn head_of(request: &[u8]) -> String {
    String::from_utf8(request[..find(request, b"\r\n\r\n").unwrap()].to_vec()).unwrap()
}

pub fn body_of(request: &[u8]) -> &[u8] {
    &request[find(request, b"\r\n\r\n").unwrap() + 4..]
}

/// A well-formed answer.
pub fn answer(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let mut text = format!("HTTP/1.1 {status} Whatever\r\nContent-Length: {}\r\n", body.len());
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str("\r\n");
    [text.as_bytes(), body].concat()
}
