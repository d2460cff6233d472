//! Texts: read from pointer and length, given out with a NUL behind them.

use super::handle::not_null;
use crate::error::{Error, ErrorKind};
use crate::system::lock::lock;
use std::collections::HashMap;
use std::ffi::c_char;
use std::sync::Mutex;
use zeroize::Zeroizing;

/// Bytes of the caller. NULL with length 0 is the empty text.
///
/// # Safety
/// `start` is NULL or has `len` readable bytes, which nobody changes meanwhile.
pub(super) unsafe fn bytes<'a>(name: &str, start: *const c_char, len: usize) -> Result<&'a [u8], Error> {
    if len == 0 {
        return Ok(&[]);
    }
    not_null(name, start)?;
    if len > isize::MAX as usize {
        let message = format!("{name}: no text has {len} bytes; was a negative number given as length?");
        return Err(Error::local(ErrorKind::InvalidArgument, message).with_field(name));
    }
    // SAFETY: the caller's promise; not NULL, and not longer than a slice may be.
    Ok(unsafe { std::slice::from_raw_parts(start.cast(), len) })
}

/// UTF-8 text of the caller.
///
/// # Safety
/// As for [`bytes`].
pub(super) unsafe fn utf8<'a>(name: &str, start: *const c_char, len: usize) -> Result<&'a str, Error> {
    // SAFETY: the caller's promise.
    let bytes = unsafe { bytes(name, start, len) }?;
    std::str::from_utf8(bytes).map_err(|error| {
        let message = format!("{name} is not UTF-8: byte {}", error.valid_up_to());
        Error::local(ErrorKind::InvalidArgument, message).with_field(name)
    })
}

/// A text that an object gives out: the NUL stands behind it, and it is wiped when the object goes.
pub(super) struct Text(Zeroizing<Vec<u8>>);

impl Text {
    pub(super) fn new(text: impl AsRef<[u8]>) -> Self {
        let text = text.as_ref();
        // With its full size from the start: a vector that grows leaves copies behind.
        let mut bytes = Vec::with_capacity(text.len() + 1);
        bytes.extend_from_slice(text);
        bytes.push(0);
        Self(Zeroizing::new(bytes))
    }

    pub(super) fn as_ptr(&self) -> *const c_char {
        self.0.as_ptr().cast()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len() - 1
    }

    pub(super) fn holds_nul(&self) -> bool {
        self.0.iter().take(self.len()).any(|byte| *byte == 0)
    }
}

/// The texts that were asked for by JSON Pointer. What was given out stays where it is.
#[derive(Default)]
pub(super) struct Texts(Mutex<HashMap<String, Box<Text>>>);

impl Texts {
    /// The text at this pointer; `find` is asked the first time.
    pub(super) fn get<'a>(&'a self, pointer: &str, find: impl FnOnce() -> Option<&'a str>) -> Option<&'a Text> {
        let mut texts = lock(&self.0);
        if !texts.contains_key(pointer) {
            texts.insert(pointer.to_owned(), Box::new(Text::new(find()?)));
        }
        let text: *const Text = &**texts.get(pointer)?;
        // SAFETY: boxed, never replaced, and never removed before `self` is dropped.
        Some(unsafe { &*text })
    }
}
