//! Functions that can fail: a status comes back, and an error object beside it.

use super::error::{bonuspay_error, bonuspay_status};
use super::guard::{guard, write};
use super::handle::{self, Object};
use crate::error::{Error, ErrorKind, Outcome};
use std::ffi::c_char;
use std::ptr;

/// A function whose result is a new object.
///
/// # Safety
/// As the header says: `out` and `err` are NULL or may be written.
pub(super) unsafe fn create<T: Object>(
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

/// A function whose results are objects, each with an error in its place where there is none. The lengths of both
/// arrays, and of the results, are `count`.
///
/// # Safety
/// As the header says: `out` and `errs` are NULL or have `count` places that may be written, `err` is NULL or may be
/// written.
pub(super) unsafe fn create_each<T: Object>(
    function: &'static str,
    count: usize,
    out: *mut *mut T,
    errs: *mut *mut bonuspay_error,
    err: *mut *mut bonuspay_error,
    body: impl FnOnce() -> Result<Vec<Result<T::Inner, Error>>, Error>,
) -> bonuspay_status {
    // SAFETY: the caller's promise about the pointers.
    unsafe {
        // More than the address space holds is a negative number that was given as a count, and refused by the body.
        let places = if count > isize::MAX as usize / size_of::<*mut T>() { 0 } else { count };
        for at in 0..places {
            write(place(out, at), ptr::null_mut());
            write(place(errs, at), ptr::null_mut());
        }
        finish(function, T::OUTCOME_OF_A_PANIC, err, || {
            handle::not_null("out", out)?;
            for (at, result) in body()?.into_iter().take(count).enumerate() {
                match result {
                    Ok(inner) => write(place(out, at), handle::into_raw::<T>(inner)),
                    Err(_) if errs.is_null() => {}
                    Err(error) => write(place(errs, at), handle::into_raw::<bonuspay_error>(error.into())),
                }
            }
            Ok(())
        })
    }
}

/// A place of an array; none of an array that is none.
fn place<V>(array: *mut V, at: usize) -> *mut V {
    if array.is_null() { array } else { array.wrapping_add(at) }
}

/// A function whose result is a number.
///
/// # Safety
/// As the header says: `out` is NULL or may be written.
pub(super) unsafe fn compute<N: Copy + Default>(
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
pub(super) unsafe fn fill(
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
pub(super) unsafe fn run(
    function: &'static str,
    err: *mut *mut bonuspay_error,
    body: impl FnOnce() -> Result<(), Error>,
) -> bonuspay_status {
    // SAFETY: the caller's promise about the pointer.
    unsafe { finish(function, Outcome::NotSent, err, body) }
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
