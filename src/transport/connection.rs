//! One connection, ready for an exchange, and its loan to ureq.

use crate::system::lock::lock;
use rustls::ClientConnection;
use std::fmt;
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, LazyBuffers, NextTimeout, Transport};

/// The longest header section, interim answers included.
pub(super) const HEAD_MAX: usize = 64 * 1024;
const INPUT_BUFFER: usize = HEAD_MAX + 16 * 1024;
const OUTPUT_BUFFER: usize = 16 * 1024;

/// A socket whose every read and write ends by the deadline.
pub(super) struct Timed<'a> {
    pub(super) socket: &'a TcpStream,
    pub(super) deadline: Instant,
}

impl Timed<'_> {
    /// What is left, in a form that the system takes: zero would mean forever.
    fn left(&self) -> io::Result<Option<Duration>> {
        let left = self.deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        Ok(Some(left.max(Duration::from_millis(1))))
    }
}

/// Signals of the host interrupt system calls; the deadline stays where it is.
fn uninterrupted(mut call: impl FnMut() -> io::Result<usize>) -> io::Result<usize> {
    loop {
        match call() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Err(io::ErrorKind::TimedOut.into()),
            result => return result,
        }
    }
}

impl Read for Timed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        uninterrupted(|| {
            self.socket.set_read_timeout(self.left()?)?;
            Read::read(&mut &*self.socket, buffer)
        })
    }
}

/// Only `write`: the standard library's vectored write would raise SIGPIPE in a C host.
impl Write for Timed<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        uninterrupted(|| {
            self.socket.set_write_timeout(self.left()?)?;
            Write::write(&mut &*self.socket, bytes)
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Why a connection cannot go on.
#[derive(Debug)]
pub(super) enum Fault {
    Timeout,
    /// The other side is gone, as far as this side can tell.
    Gone(&'static str),
    Broken(&'static str),
    HeadTooBig,
    /// A piece of it, such as a chunk's first line, is longer than any that is read.
    Unreadable,
}

impl Fault {
    fn of(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::TimedOut => Self::Timeout,
            io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted => Self::Gone("it was reset"),
            io::ErrorKind::BrokenPipe | io::ErrorKind::NotConnected => Self::Gone("the other side had closed it"),
            _ => Self::Broken("the network failed"),
        }
    }
}

/// A connection, TLS included, and what happened on it during the current exchange.
pub(super) struct Connection {
    socket: TcpStream,
    tls: Option<Box<ClientConnection>>,
    /// What ureq wrote of the request and is not sent yet: head and body leave together, as one packet.
    unsent: Vec<u8>,
    /// ureq's own, kept with the connection: making and clearing them costs more than all the rest of HTTP.
    buffers: Option<LazyBuffers>,
    /// It carried an exchange before this one.
    pub(super) reused: bool,
    /// A byte of the request was, or may have been, written.
    pub(super) wrote: bool,
    /// Bytes of the answer.
    pub(super) received: usize,
    /// The other side ended the connection properly.
    pub(super) ended: bool,
    /// Bytes were left over after the answer.
    pub(super) surplus: bool,
    /// Interim answers (1xx) that were read past.
    pub(super) interim: usize,
    pub(super) fault: Option<Fault>,
    deadline: Instant,
    in_head: bool,
}

impl Connection {
    pub(super) fn new(socket: TcpStream, tls: Option<ClientConnection>) -> Self {
        Self {
            socket,
            tls: tls.map(Box::new),
            unsent: Vec::new(),
            buffers: None,
            reused: false,
            wrote: false,
            received: 0,
            ended: false,
            surplus: false,
            interim: 0,
            fault: None,
            deadline: Instant::now(),
            in_head: true,
        }
    }

    /// Forgets the exchange before.
    pub(super) fn begin(&mut self, deadline: Instant) {
        self.unsent.clear();
        self.wrote = false;
        self.received = 0;
        self.ended = false;
        self.surplus = false;
        self.interim = 0;
        self.fault = None;
        self.deadline = deadline;
        self.in_head = true;
    }

    /// Takes a piece of the request. It is sent with the next one, or when the answer is waited for.
    fn write(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        if self.unsent.len() + bytes.len() > OUTPUT_BUFFER {
            self.send_all()?;
        }
        self.unsent.extend_from_slice(bytes);
        Ok(())
    }

    fn send_all(&mut self) -> Result<(), Fault> {
        if self.unsent.is_empty() {
            return Ok(());
        }
        let mut unsent = std::mem::take(&mut self.unsent);
        let result = self.send(&unsent);
        unsent.clear();
        self.unsent = unsent;
        result
    }

    fn send(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        if self.deadline <= Instant::now() {
            return Err(Fault::Timeout);
        }
        self.wrote = true;
        let mut timed = Timed { socket: &self.socket, deadline: self.deadline };
        let Some(tls) = &mut self.tls else {
            return timed.write_all(bytes).map_err(|error| Fault::of(&error));
        };
        let mut rest = bytes;
        while !rest.is_empty() || tls.wants_write() {
            let taken = tls.writer().write(rest).map_err(|error| Fault::of(&error))?;
            rest = rest.get(taken..).unwrap_or_default();
            while tls.wants_write() {
                tls.write_tls(&mut timed).map_err(|error| Fault::of(&error))?;
            }
        }
        Ok(())
    }

    /// Reads past interim answers, whatever their headers: ureq refuses a 100 that has any.
    fn skip_interim(&mut self, buffers: &mut LazyBuffers) {
        while self.in_head
            && let Some(length) = interim_head(buffers.input())
        {
            buffers.input_consume(length);
            self.interim += 1;
        }
    }

    /// Zero is the proper end: over TLS only when the other side announced it.
    fn receive(&mut self, buffer: &mut [u8]) -> Result<usize, Fault> {
        if self.in_head && self.received > HEAD_MAX {
            return Err(Fault::HeadTooBig);
        }
        if buffer.is_empty() {
            return Err(Fault::Unreadable);
        }
        let mut timed = Timed { socket: &self.socket, deadline: self.deadline };
        let amount = match &mut self.tls {
            None => timed.read(buffer).map_err(|error| Fault::of(&error))?,
            Some(tls) => loop {
                match tls.reader().read(buffer) {
                    Ok(amount) => break amount,
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                    Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                        return Err(Fault::Gone("it was cut off without the end that TLS announces"));
                    }
                    Err(error) => return Err(Fault::of(&error)),
                }
                while tls.wants_write() {
                    tls.write_tls(&mut timed).map_err(|error| Fault::of(&error))?;
                }
                tls.read_tls(&mut timed).map_err(|error| Fault::of(&error))?;
                if tls.process_new_packets().is_err() {
                    return Err(Fault::Broken("TLS found it damaged or refused"));
                }
            },
        };
        self.received = self.received.saturating_add(amount);
        self.ended |= amount == 0;
        Ok(amount)
    }

    /// What is on the line between exchanges. Never waits.
    pub(super) fn liveness(&mut self) -> Liveness {
        if self.socket.set_nonblocking(true).is_err() {
            return Liveness::Closed;
        }
        let line = match &mut self.tls {
            None => match self.socket.peek(&mut [0]) {
                Ok(0) => Liveness::Closed,
                Ok(_) => Liveness::Talking,
                result => quiet_if_blocked(&result),
            },
            Some(tls) => secured_liveness(tls, &self.socket),
        };
        if self.socket.set_nonblocking(false).is_err() {
            return Liveness::Closed;
        }
        line
    }
}

/// What [`Connection::liveness`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Liveness {
    /// Open, and nothing has come that nobody asked for.
    Quiet,
    /// Bytes came that belong to no answer.
    Talking,
    Closed,
}

/// A server may send session tickets at any time; only data or the end count.
fn secured_liveness(tls: &mut ClientConnection, mut socket: &TcpStream) -> Liveness {
    loop {
        match tls.process_new_packets() {
            Err(_) => return Liveness::Closed,
            Ok(state) if state.plaintext_bytes_to_read() > 0 => return Liveness::Talking,
            Ok(state) if state.peer_has_closed() => return Liveness::Closed,
            Ok(_) => {}
        }
        match tls.read_tls(&mut socket) {
            Ok(0) => return Liveness::Closed,
            Ok(_) => {}
            result => return quiet_if_blocked(&result),
        }
    }
}

fn quiet_if_blocked(result: &io::Result<usize>) -> Liveness {
    match result {
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => Liveness::Quiet,
        _ => Liveness::Closed,
    }
}

/// The place where a connection waits while ureq has no use for it.
#[derive(Clone)]
pub(super) struct ConnectionSlot(Arc<Mutex<Option<Connection>>>);

impl ConnectionSlot {
    pub(super) fn new(connection: Connection) -> Self {
        Self(Arc::new(Mutex::new(Some(connection))))
    }

    pub(super) fn take(&self) -> Option<Connection> {
        lock(&self.0).take()
    }
}

impl fmt::Debug for ConnectionSlot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ConnectionSlot")
    }
}

/// ureq resolves before it asks for a connection, and the connection is there already.
impl Resolver for ConnectionSlot {
    fn resolve(
        &self,
        _: &ureq::http::Uri,
        _: &ureq::config::Config,
        _: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        Ok(self.empty())
    }
}

impl Connector for ConnectionSlot {
    type Out = BorrowedConnection;

    fn connect(&self, _: &ConnectionDetails<'_>, _: Option<()>) -> Result<Option<BorrowedConnection>, ureq::Error> {
        Ok(self.take().map(|mut connection| BorrowedConnection {
            tls: connection.tls.is_some(),
            buffers: connection.buffers.take().unwrap_or_else(no_buffers_yet),
            connection: Some(connection),
            slot: self.clone(),
        }))
    }
}

/// They take their memory at first use.
fn no_buffers_yet() -> LazyBuffers {
    LazyBuffers::new(INPUT_BUFFER, OUTPUT_BUFFER)
}

/// A connection while ureq holds it. It comes back when ureq drops it, whatever the reason.
pub(super) struct BorrowedConnection {
    connection: Option<Connection>,
    slot: ConnectionSlot,
    buffers: LazyBuffers,
    tls: bool,
}

impl Drop for BorrowedConnection {
    fn drop(&mut self) {
        if let Some(mut connection) = self.connection.take() {
            connection.surplus = !self.buffers.input().is_empty();
            if !connection.surplus {
                connection.buffers = Some(std::mem::replace(&mut self.buffers, no_buffers_yet()));
            }
            *lock(&self.slot.0) = Some(connection);
        }
    }
}

impl fmt::Debug for BorrowedConnection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BorrowedConnection")
    }
}

impl BorrowedConnection {
    /// Notes the fault where it is found again; ureq only needs to stop. The kind is none that ureq reads as an end.
    fn run<T>(
        &mut self,
        step: impl FnOnce(&mut Connection, &mut LazyBuffers) -> Result<T, Fault>,
    ) -> Result<T, ureq::Error> {
        let connection = self.connection.as_mut().ok_or(ureq::Error::ConnectionFailed)?;
        step(connection, &mut self.buffers).map_err(|fault| {
            connection.fault = Some(fault);
            ureq::Error::Io(io::Error::other("the connection is broken"))
        })
    }
}

impl Transport for BorrowedConnection {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self
    }

    fn transmit_output(&mut self, amount: usize, _: NextTimeout) -> Result<(), ureq::Error> {
        self.run(|connection, buffers| connection.write(buffers.output().get(..amount).unwrap_or_default()))
    }

    fn await_input(&mut self, _: NextTimeout) -> Result<bool, ureq::Error> {
        self.run(|connection, buffers| {
            connection.send_all()?;
            let amount = connection.receive(buffers.input_append_buf())?;
            buffers.input_appended(amount);
            connection.skip_interim(buffers);
            Ok(amount > 0)
        })
    }

    /// Never for ureq's own pool.
    fn is_open(&mut self) -> bool {
        false
    }

    fn is_tls(&self) -> bool {
        self.tls
    }
}

impl Buffers for BorrowedConnection {
    fn output(&mut self) -> &mut [u8] {
        self.buffers.output()
    }

    fn input(&self) -> &[u8] {
        self.buffers.input()
    }

    fn input_append_buf(&mut self) -> &mut [u8] {
        self.buffers.input_append_buf()
    }

    fn input_appended(&mut self, amount: usize) {
        self.buffers.input_appended(amount);
    }

    /// The first that ureq consumes is the answer's head: interim ones it never sees.
    fn input_consume(&mut self, amount: usize) {
        if let Some(connection) = self.connection.as_mut().filter(|_| amount > 0) {
            connection.in_head = false;
        }
        self.buffers.input_consume(amount);
    }

    fn tmp_and_output(&mut self) -> (&mut [u8], &mut [u8]) {
        self.buffers.tmp_and_output()
    }

    fn can_use_input(&self) -> bool {
        self.buffers.can_use_input()
    }
}

/// The length of the interim answer at the start, if a whole one stands there. 101 is none: nothing follows it.
fn interim_head(input: &[u8]) -> Option<usize> {
    let rest = input.trim_ascii_start();
    let code = rest.strip_prefix(b"HTTP/1.1 ").or_else(|| rest.strip_prefix(b"HTTP/1.0 "))?;
    if !matches!(code, [b'1', b'0'..=b'9', b'0'..=b'9', b' ' | b'\r' | b'\n', ..]) || code.starts_with(b"101") {
        return None;
    }
    let ends = |at: &usize| matches!(input.get(at + 1..), Some([b'\n', ..] | [b'\r', b'\n', ..]));
    let start = input.len() - rest.len();
    let last = (start..input.len()).filter(|at| input.get(*at) == Some(&b'\n')).find(ends)?;
    Some(last + if input.get(last + 1) == Some(&b'\n') { 2 } else { 3 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn interim_answers_end_where_they_end() {
        for (head, rest) in [
            ("HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n"),
            ("\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\nX: y\r\n\r\n", ""),
            ("HTTP/1.0 199\nX: y\n\n", "\n"),
            ("HTTP/1.1 100\r\nX: y\n\r\n", "H"),
        ] {
            assert_eq!(interim_head(format!("{head}{rest}").as_bytes()), Some(head.len()), "{head:?}");
        }
        for text in [
            "",
            "HTTP/1.1 100 Continue\r\n",
            "HTTP/1.1 100 Continue\r\nX: y\r\n\r",
            "HTTP/1.1 101 Switching Protocols\r\n\r\n",
            "HTTP/1.1 1000 Continue\r\n\r\n",
            "HTTP/1.1 10 Continue\r\n\r\n",
            "HTTP/1.1 200 OK\r\n\r\n",
            "HTTP/2 100 Continue\r\n\r\n",
        ] {
            assert_eq!(interim_head(text.as_bytes()), None, "{text:?}");
        }
    }
}
