//! The C ABI: what `include/bonuspay.h` declares, a file per object.
//!
//! The header's first page is the contract. This module holds what makes it true in one place: every exported
//! function writes its outputs first and then runs its body under one of the guards below, so that no panic
//! unwinds into C, no argument is read before it was checked, and no output is left unwritten.
#![allow(unsafe_code, non_camel_case_types)]

mod abi;
mod client;
mod config;
mod error;
mod handle;
mod keypair;
mod notification;
mod products;
mod response;
mod text;
mod utility;

/// For the fuzz targets, which call what C calls.
#[cfg(feature = "fuzzing")]
pub mod exported {
    pub use super::abi::*;
    pub use super::client::*;
    pub use super::config::*;
    pub use super::error::*;
    pub use super::keypair::*;
    pub use super::notification::*;
    pub use super::response::*;
    pub use super::utility::*;
}

use crate::error::{Error, ErrorKind, Outcome};
use error::{bonuspay_error, bonuspay_status};
use handle::Object;
use std::cell::Cell;
use std::ffi::c_char;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::ptr;
use std::sync::Once;
use text::Text;

/// A function whose result is a new object.
///
/// # Safety
/// As the header says: `out` and `err` are NULL or may be written.
unsafe fn create<T: Object>(
    function: &'static str,
    out: *mut *mut T,
    err: *mut *mut bonuspay_error,
    body: impl FnOnce() -> Result<T::Inner, Error>,
) -> bonuspay_status {
    // SAFETY: the caller's promise about both pointers.
    unsafe {
        write(out, ptr::null_mut());
        finish(function, T::OUTCOME_OF_A_PANIC, err, || {
            handle::not_null("out", out)?;
            write(out, handle::into_raw::<T>(body()?));
            Ok(())
        })
    }
}

/// A function whose result is a number.
///
/// # Safety
/// As the header says: `out` is NULL or may be written.
unsafe fn compute<N: Copy + Default>(
    function: &'static str,
    out: *mut N,
    body: impl FnOnce() -> Result<N, Error>,
) -> bonuspay_status {
    // SAFETY: the caller's promise about the pointer.
    unsafe {
        write(out, N::default());
        finish(function, Outcome::NotSent, ptr::null_mut(), || {
            handle::not_null("out", out)?;
            write(out, body()?);
            Ok(())
        })
    }
}

/// A function whose result is a text in the caller's buffer.
///
/// # Safety
/// As the header says: `out` has room for `cap` bytes, `len` and `err` are NULL or may be written.
unsafe fn fill(
    function: &'static str,
    out: *mut c_char,
    cap: usize,
    len: *mut usize,
    err: *mut *mut bonuspay_error,
    body: impl FnOnce() -> Result<String, Error>,
) -> bonuspay_status {
    // SAFETY: the caller's promise about the pointers.
    unsafe {
        write(len, 0);
        if cap > 0 {
            write(out, 0);
        }
        finish(function, Outcome::NotSent, err, || {
            if cap > 0 {
                handle::not_null("out", out)?;
            }
            handle::not_null("len", len)?;
            let text = body()?;
            write(len, text.len());
            if cap < text.len() {
                return Err(too_small(cap, text.len()));
            }
            ptr::copy_nonoverlapping(text.as_ptr(), out.cast(), text.len());
            if cap > text.len() {
                write(out.add(text.len()), 0);
            }
            Ok(())
        })
    }
}

fn too_small(cap: usize, needed: usize) -> Error {
    let message = format!("out: {cap} bytes are too few, the text has {needed} (see len)");
    Error::local(ErrorKind::InvalidArgument, message).with_field("out")
}

/// A function without a result but its status.
///
/// # Safety
/// As the header says: `err` is NULL or may be written.
unsafe fn run(
    function: &'static str,
    err: *mut *mut bonuspay_error,
    body: impl FnOnce() -> Result<(), Error>,
) -> bonuspay_status {
    // SAFETY: the caller's promise about the pointer.
    unsafe { finish(function, Outcome::NotSent, err, body) }
}

/// A getter of a number: 0 when there is no object to ask.
///
/// # Safety
/// As the header says: `object` is NULL or alive.
unsafe fn number<T: Object>(function: &'static str, object: *const T, get: impl FnOnce(&T::Inner) -> i32) -> i32 {
    guard(function, || {
        // SAFETY: the caller's promise about the object.
        let inner = unsafe { handle::borrow("object", object) };
        inner.map(get).unwrap_or(0)
    })
    .unwrap_or(0)
}

/// A getter of a text that the object keeps: NULL when there is none.
///
/// # Safety
/// As the header says: `object` is NULL or alive, `len` is NULL or may be written.
unsafe fn text<T: Object>(
    function: &'static str,
    object: *const T,
    len: *mut usize,
    get: impl FnOnce(&T::Inner) -> Option<&Text>,
) -> *const c_char {
    // SAFETY: the caller's promise about both pointers; the text lives as long as the object.
    unsafe {
        write(len, 0);
        guard(function, || {
            let found = handle::borrow("object", object).ok().and_then(get);
            let Some(text) = found.filter(|text| !(len.is_null() && text.holds_nul())) else {
                return ptr::null();
            };
            write(len, text.len());
            text.as_ptr()
        })
        .unwrap_or(ptr::null())
    }
}

/// Frees an object; NULL and what is visibly no such object are left alone.
///
/// # Safety
/// As the header says: `object` is NULL or alive, and nobody uses it any more.
unsafe fn free<T: Object>(function: &'static str, object: *mut T) {
    // SAFETY: the caller's promise about the object.
    guard(function, || drop(unsafe { handle::take(object) }));
}

/// Runs a body, and turns its error, or its panic, into a status and an error object.
///
/// # Safety
/// `err` is NULL or may be written.
unsafe fn finish(
    function: &'static str,
    outcome_of_a_panic: Outcome,
    err: *mut *mut bonuspay_error,
    body: impl FnOnce() -> Result<(), Error>,
) -> bonuspay_status {
    // SAFETY: the caller's promise about the pointer.
    unsafe { write(err, ptr::null_mut()) };
    let error = match guard(function, body) {
        Some(Ok(())) => return bonuspay_status::BONUSPAY_OK,
        Some(Err(error)) => error,
        None => panicked(function, outcome_of_a_panic),
    };
    let status = bonuspay_status::from(error.kind());
    if !err.is_null() {
        // SAFETY: the caller's promise about the pointer.
        unsafe { write(err, handle::into_raw::<bonuspay_error>(error.into())) };
    }
    status
}

fn panicked(function: &str, outcome: Outcome) -> Error {
    let message = format!("{function}: a fault in this library was caught (a panic); please report it with this line");
    Error::new(ErrorKind::Panic, outcome, message)
}

/// Runs a body; `None` when it panicked. The panic's own text is neither read nor printed: it could hold data.
fn guard<R>(function: &'static str, body: impl FnOnce() -> R) -> Option<R> {
    silence_guarded_panics();
    GUARDS.set(GUARDS.get() + 1);
    let result = catch_unwind(AssertUnwindSafe(|| {
        inject::panic_if_armed(function);
        body()
    }));
    GUARDS.set(GUARDS.get() - 1);
    result.ok()
}

thread_local! {
    static GUARDS: Cell<u32> = const { Cell::new(0) };
}

/// Rust prints each panic to stderr. A library that is a guest in somebody's process prints nothing: panics under
/// a guard stay silent, all others go where they went before.
fn silence_guarded_panics() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let previous = take_hook();
        set_hook(Box::new(move |panic| {
            if GUARDS.get() == 0 {
                previous(panic);
            }
        }));
    });
}

/// Writes an output that may be NULL. Unaligned is allowed, so that no pointer of the caller can be undefined
/// behaviour for its last bits alone.
///
/// # Safety
/// `out` is NULL or may be written.
unsafe fn write<V>(out: *mut V, value: V) {
    if !out.is_null() {
        // SAFETY: the caller's promise about the pointer.
        unsafe { out.write_unaligned(value) };
    }
}

/// The proof that guards work: panics on demand, in builds made for that test only.
mod inject {
    #[cfg(feature = "panic-inject")]
    mod armed {
        use std::cell::RefCell;
        use std::ffi::c_char;

        thread_local! {
            static FUNCTION: RefCell<Option<Vec<u8>>> = const { RefCell::new(None) };
        }

        /// Makes the next call of the named function, in this thread, panic; says whether the last one that was
        /// ordered never happened. Not in the header.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn bonuspay_panic_next(function: *const c_char, function_len: usize) -> bool {
            // SAFETY: only the test of panics calls this, with a name and its length.
            let name = unsafe { std::slice::from_raw_parts(function.cast::<u8>(), function_len) };
            FUNCTION.replace(Some(name.to_vec())).is_some()
        }

        #[allow(clippy::panic)]
        pub fn panic_if_armed(function: &str) {
            let hit = FUNCTION.with_borrow(|armed| armed.as_deref() == Some(function.as_bytes()));
            if hit {
                FUNCTION.set(None);
                panic!("injected into {function}: canary-7f3a");
            }
        }
    }

    #[cfg(feature = "panic-inject")]
    pub use armed::panic_if_armed;

    #[cfg(not(feature = "panic-inject"))]
    #[inline(always)]
    pub fn panic_if_armed(_function: &str) {}
}

#[cfg(test)]
mod tests;
