use super::error::{self, bonuspay_error, bonuspay_status};
use super::fallible::{create, fill};
use super::guard::{free, number, text};
use super::handle::{Object, borrow, into_raw, take};
use super::text::{self, Text};
use crate::error::{Error, ErrorKind};
use std::ffi::CStr;
use std::ptr;

struct Number;
impl Object for Number {
    type Inner = i32;
    const MAGIC: u64 = 1;
    const NAME: &'static str = "number";
}

struct Letters;
impl Object for Letters {
    type Inner = Text;
    const MAGIC: u64 = 2;
    const NAME: &'static str = "letters";
}

#[test]
fn a_panic_becomes_an_error_without_its_text() {
    let mut out = ptr::dangling_mut::<Number>();
    let mut err = ptr::dangling_mut::<bonuspay_error>();
    // SAFETY: both outputs are this test's own.
    let status = unsafe { create("bonuspay_x", &mut out, &mut err, || panic!("secret")) };
    assert_eq!(status, bonuspay_status::BONUSPAY_PANIC);
    assert!(out.is_null());
    // SAFETY: the error lives until it is freed below, and its message as long.
    let message = unsafe { CStr::from_ptr(error::bonuspay_error_message(err, ptr::null_mut())) };
    let message = message.to_str().unwrap();
    assert!(message.starts_with("bonuspay_x: ") && !message.contains("secret"), "{message}");
    // SAFETY: freed once; the message was read before.
    unsafe { error::bonuspay_error_free(err) };
}

#[test]
fn a_panic_in_a_getter_is_nothing() {
    let object = into_raw::<Letters>(Text::new("abc"));
    let mut len = 7;
    // SAFETY: the object is alive until it is freed, once, at the end.
    unsafe {
        assert!(text("bonuspay_x", object, &mut len, |_| panic!()).is_null());
        assert_eq!(len, 0);
        assert_eq!(number("bonuspay_x", object, |_| panic!()), 0);
        free("bonuspay_x", object);
    }
}

#[test]
fn outputs_are_written_also_without_an_error_pointer() {
    let mut out = ptr::dangling_mut::<Number>();
    let refuse = || Err(Error::local(ErrorKind::InvalidArgument, "no"));
    // SAFETY: the output is this test's own, and the error's may be NULL.
    let status = unsafe { create("bonuspay_x", &mut out, ptr::null_mut(), refuse) };
    assert_eq!(status, bonuspay_status::BONUSPAY_INVALID_ARGUMENT);
    assert!(out.is_null());
}

#[test]
fn an_object_of_another_kind_is_refused_and_left_alone() {
    let number = into_raw::<Number>(5);
    // SAFETY: the object is alive until it is taken, and is looked at as the wrong kind by its mark alone.
    unsafe {
        let error = borrow::<Letters>("letters", number.cast()).map(drop).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidArgument);
        assert_eq!(error.field(), Some("letters"));
        assert!(take::<Letters>(number.cast()).is_none());
        assert!(borrow::<Letters>("letters", number.cast::<Letters>().wrapping_byte_add(1)).is_err());
        assert_eq!(take(number), Some(5));
    }
}

#[test]
fn a_text_with_a_nul_is_given_only_with_its_length() {
    let object = into_raw::<Letters>(Text::new("wp_1001-1\0x"));
    let mut len = 0;
    // SAFETY: the object is alive until it is freed, once, at the end.
    unsafe {
        assert!(text("bonuspay_x", object, ptr::null_mut(), |t| Some(t)).is_null());
        assert!(!text("bonuspay_x", object, &mut len, |t| Some(t)).is_null());
        free("bonuspay_x", object);
    }
    assert_eq!(len, 11);
}

#[test]
fn a_buffer_may_be_exact_or_too_small() {
    let mut buffer = [b'#'; 5];
    let mut len = 0;
    let mut fill_it = |cap| {
        let text = || Ok("abc".to_owned());
        // SAFETY: no capacity that is tried is more than the buffer's five bytes.
        let status = unsafe { fill("bonuspay_x", buffer.as_mut_ptr().cast(), cap, &mut len, ptr::null_mut(), text) };
        (status, len, buffer)
    };
    assert_eq!(fill_it(0), (bonuspay_status::BONUSPAY_INVALID_ARGUMENT, 3, *b"#####"));
    assert_eq!(fill_it(2), (bonuspay_status::BONUSPAY_INVALID_ARGUMENT, 3, *b"\0####"));
    assert_eq!(fill_it(3), (bonuspay_status::BONUSPAY_OK, 3, *b"abc##"));
    assert_eq!(fill_it(4), (bonuspay_status::BONUSPAY_OK, 3, *b"abc\0#"));
}

#[test]
fn lengths_are_checked_before_the_bytes_are_read() {
    let byte = 0;
    // SAFETY: no length but 0 that is tried is read: NULL and too long are refused before.
    let read = |start, len| unsafe { text::bytes("biz", start, len) }.map_err(|e| e.kind());
    assert_eq!(read(ptr::null(), 0), Ok(&[][..]));
    assert_eq!(read(ptr::null(), 1), Err(ErrorKind::NullArgument));
    assert_eq!(read(&byte, usize::MAX), Err(ErrorKind::InvalidArgument));
    // SAFETY: the literal has the two bytes.
    assert_eq!(unsafe { text::utf8("biz", c"a\xff".as_ptr(), 2) }.unwrap_err().kind(), ErrorKind::InvalidArgument);
}

#[test]
fn texts_by_pointer_stay_where_they_are() {
    let texts = text::Texts::default();
    let first = texts.get("/a", || Some("1")).unwrap().as_ptr();
    for n in 0..1000 {
        texts.get(&format!("/{n}"), || Some("x"));
    }
    assert_eq!(texts.get("/a", || Some("2")).unwrap().as_ptr(), first);
    assert!(texts.get("/none", || None).is_none());
}
