//! What only the operating system can tell or do: the process id, signal masks.
#![allow(unsafe_code)]

use std::{io, mem, ptr, thread};

/// The id of this process; another one after a fork.
pub(crate) fn process_id() -> u32 {
    std::process::id()
}

/// Starts a detached thread that no signal of the host is ever delivered to.
pub(crate) fn spawn_without_signals(
    name: &str,
    stack_size: usize,
    work: impl FnOnce() + Send + 'static,
) -> io::Result<()> {
    let builder = thread::Builder::new().name(name.to_owned()).stack_size(stack_size);
    // A new thread inherits the mask of the one that starts it, so the mask is closed around the start.
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
    let started = builder.spawn(work);
    // SAFETY: `before` was filled by the call above. Restoring a mask that was in force cannot fail.
    unsafe {
        libc::pthread_sigmask(libc::SIG_SETMASK, &before, ptr::null_mut());
    }
    started.map(drop)
}
