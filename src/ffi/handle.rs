//! Objects that C holds: a box that begins with a word which says what it is.

use crate::error::{Error, ErrorKind, Outcome};
use std::sync::atomic::{AtomicU64, Ordering};

/// A type that C knows by name only.
///
/// C's pointer to it is a pointer to a [`Handle`]. What it holds may be read by several threads at once,
/// because `const T *` may be.
pub(super) trait Object: Sized {
    /// What the handle holds.
    type Inner: Send + Sync;
    /// Eight letters, another word for each type.
    const MAGIC: u64;
    /// The type's name in C.
    const NAME: &'static str;
    /// What may have happened when the function that makes it panicked.
    const OUTCOME_OF_A_PANIC: Outcome = Outcome::NotSent;
}

/// What stands in place of the word when the object is freed.
const FREED: u64 = 0;

#[repr(C)]
struct Handle<T: Object> {
    magic: AtomicU64,
    inner: T::Inner,
}

pub(super) fn into_raw<T: Object>(inner: T::Inner) -> *mut T {
    let magic = AtomicU64::new(T::MAGIC);
    Box::into_raw(Box::new(Handle::<T> { magic, inner })).cast()
}

/// # Safety
/// `object` is NULL or points to an object of this library that is not freed.
pub(super) unsafe fn borrow<'a, T: Object>(name: &str, object: *const T) -> Result<&'a T::Inner, Error> {
    not_null(name, object)?;
    // SAFETY: not NULL, so it is alive.
    if !unsafe { is_live(object) } {
        return Err(wrong_object::<T>(name));
    }
    // SAFETY: its first word says that this is a `Handle<T>`.
    Ok(unsafe { &(*object.cast::<Handle<T>>()).inner })
}

/// # Safety
/// As for [`borrow`], and nobody else uses the object meanwhile.
pub(super) unsafe fn borrow_mut<'a, T: Object>(name: &str, object: *mut T) -> Result<&'a mut T::Inner, Error> {
    not_null(name, object)?;
    // SAFETY: not NULL, so it is alive.
    if !unsafe { is_live(object) } {
        return Err(wrong_object::<T>(name));
    }
    // SAFETY: its first word says that this is a `Handle<T>`; the caller promises that nobody else uses it.
    Ok(unsafe { &mut (*object.cast::<Handle<T>>()).inner })
}

/// Takes an object back from C.
///
/// # Safety
/// As for [`borrow`], and nobody uses the object any more.
pub(super) unsafe fn take<T: Object>(object: *mut T) -> Option<T::Inner> {
    // SAFETY: not NULL, so it is alive.
    if object.is_null() || !unsafe { is_live(object) } {
        return None;
    }
    // SAFETY: its first word says that this is a `Handle<T>`, and C gives it up.
    let handle = unsafe { Box::from_raw(object.cast::<Handle<T>>()) };
    // As an exchange, the store is not optimised away although the memory goes next.
    handle.magic.swap(FREED, Ordering::SeqCst);
    Some(handle.inner)
}

/// Whether the first word is the one of this type: not another type's, and not wiped by [`take`].
///
/// # Safety
/// `object` points to an object of this library.
unsafe fn is_live<T: Object>(object: *const T) -> bool {
    let magic = object.cast::<AtomicU64>();
    // SAFETY: every object of this library begins with this word.
    magic.is_aligned() && unsafe { (*magic).load(Ordering::Relaxed) } == T::MAGIC
}

fn wrong_object<T: Object>(name: &str) -> Error {
    let message = format!("{name} is no {}: another kind of object, or one that was freed", T::NAME);
    Error::local(ErrorKind::InvalidArgument, message).with_field(name)
}

pub(super) fn not_null<T>(name: &str, pointer: *const T) -> Result<(), Error> {
    if pointer.is_null() {
        return Err(Error::local(ErrorKind::NullArgument, format!("{name} must not be NULL")).with_field(name));
    }
    Ok(())
}
