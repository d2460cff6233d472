//! What only the operating system can tell or do: the process id, signal masks, names, connections that are not waited
//! for.
#![allow(unsafe_code)]

use std::ffi::CString;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6, TcpStream};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::time::Duration;
use std::{io, mem, ptr, thread};

/// The id of this process; another one after a fork.
pub(crate) fn process_id() -> u32 {
    std::process::id()
}

/// What to tell when [`gives_random_numbers`] says no.
pub(crate) const NO_RANDOM_NUMBERS: &str =
    "the system gives no random numbers: allow this process the call getrandom (a seccomp filter may deny it)";

/// To be asked before AWS-LC needs random numbers, as it ends the whole process when it gets none.
///
/// A system call, not the C library's function, which newer ones answer without asking the system.
pub(crate) fn gives_random_numbers() -> bool {
    let mut byte = 0_u8;
    // SAFETY: the pointer and the length are those of `byte`.
    while unsafe { libc::syscall(libc::SYS_getrandom, &raw mut byte, 1_usize, 0_u32) } != 1 {
        match io::Error::last_os_error().raw_os_error() {
            Some(libc::EINTR) => {}
            // AWS-LC's way on kernels before 3.17.
            Some(libc::ENOSYS) => return std::fs::File::open("/dev/urandom").is_ok(),
            _ => return false,
        }
    }
    true
}

/// Starts a detached thread that no signal of the host is ever delivered to.
pub(crate) fn spawn_without_signals(
    name: &str,
    stack_size: usize,
    work: impl FnOnce() + Send + 'static,
) -> io::Result<()> {
    let builder = thread::Builder::new().name(name.to_owned()).stack_size(stack_size);
    without_signals(|| builder.spawn(work)).map(drop)
}

/// The same within a scope. Whoever starts it joins it: a scope that ends by itself does not wait for the thread's very
/// end.
pub(crate) fn spawn_scoped_without_signals<'scope>(
    scope: &'scope thread::Scope<'scope, '_>,
    name: &str,
    stack_size: usize,
    work: impl FnOnce() + Send + 'scope,
) -> io::Result<thread::ScopedJoinHandle<'scope, ()>> {
    let builder = thread::Builder::new().name(name.to_owned()).stack_size(stack_size);
    without_signals(|| builder.spawn_scoped(scope, work))
}

/// A new thread inherits the mask of the one that starts it, so the mask is closed around the start.
fn without_signals<T>(start: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    // SAFETY: both sets live on this stack, and the calls only read the one and write the other.
    let before = unsafe {
        let mut all: libc::sigset_t = mem::zeroed();
        let mut before: libc::sigset_t = mem::zeroed();
        libc::sigfillset(&mut all);
        let code = libc::pthread_sigmask(libc::SIG_SETMASK, &all, &mut before);
        if code != 0 {
            return Err(io::Error::from_raw_os_error(code));
        }
        before
    };
    let started = start();
    // SAFETY: `before` was filled by the call above. Restoring a mask that was in force cannot fail.
    unsafe {
        libc::pthread_sigmask(libc::SIG_SETMASK, &before, ptr::null_mut());
    }
    started
}

/// Why the C library has no address for a name.
#[derive(Debug)]
pub(crate) enum LookupError {
    /// One of the `EAI_` numbers.
    Resolver(libc::c_int),
    System(io::Error),
}

/// The C library's lookup, in its order of preference. It cannot be interrupted.
///
/// Not the standard library's, which keeps the `EAI_` number to itself: "ask again later" and "there is no such name"
/// are the same to it.
pub(crate) fn look_up(host: &str, port: u16) -> Result<Vec<SocketAddr>, LookupError> {
    let name = CString::new(host).map_err(|_| LookupError::Resolver(libc::EAI_NONAME))?;
    let mut found = ptr::null_mut();
    // SAFETY: `hints` is plain numbers and NULLs, for which zero is a value; the name ends in NUL; `found` is written
    // on success, and then freed once below.
    let code = unsafe {
        let mut hints: libc::addrinfo = mem::zeroed();
        hints.ai_socktype = libc::SOCK_STREAM;
        libc::getaddrinfo(name.as_ptr(), ptr::null(), &raw const hints, &raw mut found)
    };
    match code {
        0 => {}
        libc::EAI_SYSTEM => return Err(LookupError::System(io::Error::last_os_error())),
        code => return Err(LookupError::Resolver(code)),
    }
    let mut addresses = Vec::new();
    let mut at = found;
    // SAFETY: the list is the C library's, ends in NULL, and is freed after its last use.
    unsafe {
        while let Some(entry) = at.as_ref() {
            addresses.extend(socket_address(entry, port));
            at = entry.ai_next;
        }
        libc::freeaddrinfo(found);
    }
    Ok(addresses)
}

/// # Safety
/// The entry's address must be as long as its family says.
unsafe fn socket_address(entry: &libc::addrinfo, port: u16) -> Option<SocketAddr> {
    match entry.ai_family {
        libc::AF_INET => {
            // SAFETY: of this family, and the C library aligns what it gives.
            let address = unsafe { entry.ai_addr.cast::<libc::sockaddr_in>().read_unaligned() };
            let ip = Ipv4Addr::from(u32::from_be(address.sin_addr.s_addr));
            Some(SocketAddrV4::new(ip, port).into())
        }
        libc::AF_INET6 => {
            // SAFETY: as above.
            let address = unsafe { entry.ai_addr.cast::<libc::sockaddr_in6>().read_unaligned() };
            let ip = Ipv6Addr::from(address.sin6_addr.s6_addr);
            Some(SocketAddrV6::new(ip, port, address.sin6_flowinfo, address.sin6_scope_id).into())
        }
        _ => None,
    }
}

/// Whether this process, or the whole machine, may open no more files.
pub(crate) fn no_descriptor_is_left() -> bool {
    stream_socket(libc::AF_INET).is_err_and(|error| is_out_of_descriptors(&error))
}

pub(crate) fn is_out_of_descriptors(error: &io::Error) -> bool {
    matches!(error.raw_os_error(), Some(libc::EMFILE | libc::ENFILE))
}

fn stream_socket(family: libc::c_int) -> io::Result<OwnedFd> {
    let kind = libc::SOCK_STREAM | libc::SOCK_NONBLOCK | libc::SOCK_CLOEXEC;
    // SAFETY: numbers only; a descriptor that the call gives belongs to nobody else.
    unsafe {
        match libc::socket(family, kind, 0) {
            -1 => Err(io::Error::last_os_error()),
            descriptor => Ok(OwnedFd::from_raw_fd(descriptor)),
        }
    }
}

/// A TCP connection that is being made. [`wait_for_any`] tells when it is made, or has failed.
pub(crate) fn begin_connect(address: &SocketAddr) -> io::Result<TcpStream> {
    let (family, address, length) = match address {
        SocketAddr::V4(address) => (libc::AF_INET, RawAddress { v4: raw_v4(address) }, size_of::<libc::sockaddr_in>()),
        SocketAddr::V6(address) => {
            (libc::AF_INET6, RawAddress { v6: raw_v6(address) }, size_of::<libc::sockaddr_in6>())
        }
    };
    let socket = stream_socket(family)?;
    let length = libc::socklen_t::try_from(length).map_err(io::Error::other)?;
    // SAFETY: the pointer leads to an address of that length, which the call only reads.
    let code = unsafe { libc::connect(socket.as_raw_fd(), (&raw const address).cast(), length) };
    if code != 0 {
        let error = io::Error::last_os_error();
        if !matches!(error.raw_os_error(), Some(libc::EINPROGRESS | libc::EINTR)) {
            return Err(error);
        }
    }
    Ok(socket.into())
}

/// As `connect` takes it.
#[repr(C)]
union RawAddress {
    v4: libc::sockaddr_in,
    v6: libc::sockaddr_in6,
}

fn raw_v4(address: &SocketAddrV4) -> libc::sockaddr_in {
    // SAFETY: plain numbers, for which zero is a value.
    let mut raw: libc::sockaddr_in = unsafe { mem::zeroed() };
    raw.sin_family = libc::AF_INET as libc::sa_family_t;
    raw.sin_port = address.port().to_be();
    raw.sin_addr.s_addr = u32::from(*address.ip()).to_be();
    raw
}

fn raw_v6(address: &SocketAddrV6) -> libc::sockaddr_in6 {
    // SAFETY: plain numbers, for which zero is a value.
    let mut raw: libc::sockaddr_in6 = unsafe { mem::zeroed() };
    raw.sin6_family = libc::AF_INET6 as libc::sa_family_t;
    raw.sin6_port = address.port().to_be();
    raw.sin6_addr.s6_addr = address.ip().octets();
    raw.sin6_flowinfo = address.flowinfo();
    raw.sin6_scope_id = address.scope_id();
    raw
}

/// Waits until one of the connections is made or has failed, and says for each whether it is; none is when the time
/// was up, or a signal of the host's came first.
pub(crate) fn wait_for_any<'a>(
    sockets: impl Iterator<Item = &'a TcpStream>,
    longest: Duration,
) -> io::Result<Vec<bool>> {
    let poll = |socket: &TcpStream| libc::pollfd { fd: socket.as_raw_fd(), events: libc::POLLOUT, revents: 0 };
    let mut polled: Vec<libc::pollfd> = sockets.map(poll).collect();
    let count = libc::nfds_t::try_from(polled.len()).map_err(io::Error::other)?;
    let milliseconds = libc::c_int::try_from(longest.as_millis().saturating_add(1)).unwrap_or(libc::c_int::MAX);
    // SAFETY: the pointer and the count are the vector's.
    let code = unsafe { libc::poll(polled.as_mut_ptr(), count, milliseconds) };
    if code < 0 {
        let error = io::Error::last_os_error();
        if error.kind() != io::ErrorKind::Interrupted {
            return Err(error);
        }
        return Ok(vec![false; polled.len()]);
    }
    Ok(polled.iter().map(|polled| polled.revents != 0).collect())
}
