//! No panic leaves this library: every exported function runs its body under [`guard`].

use super::handle::{self, Object};
use super::text::Text;
use std::cell::Cell;
use std::ffi::c_char;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::ptr;
use std::sync::Once;

/// Runs a body; `None` when it panicked. The panic's own text is neither read nor printed: it could hold data.
pub(super) fn guard<R>(function: &'static str, body: impl FnOnce() -> R) -> Option<R> {
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
pub(super) unsafe fn write<V>(out: *mut V, value: V) {
    if !out.is_null() {
        // SAFETY: the caller's promise about the pointer.
        unsafe { out.write_unaligned(value) };
    }
}

/// A getter of a number: 0 when there is no object to ask.
///
/// # Safety
/// As the header says: `object` is NULL or alive.
pub(super) unsafe fn number<T: Object>(
    function: &'static str,
    object: *const T,
    get: impl FnOnce(&T::Inner) -> i32,
) -> i32 {
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
pub(super) unsafe fn text<T: Object>(
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
pub(super) unsafe fn free<T: Object>(function: &'static str, object: *mut T) {
    // SAFETY: the caller's promise about the object.
    guard(function, || drop(unsafe { handle::take(object) }));
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
