//! The library as a C program sees it: what of `include/bonuspay.h` is measured.

use std::ffi::{CStr, c_char, c_int};
use std::ptr::{null, null_mut};

#[repr(C)]
pub struct Opaque([u8; 0]);

type Setter = unsafe extern "C" fn(*mut Opaque, *const c_char, usize, *mut *mut Opaque) -> c_int;
type Call = unsafe extern "C" fn(*const Opaque, *const c_char, usize, *mut *mut Opaque, *mut *mut Opaque) -> c_int;

unsafe extern "C" {
    fn bonuspay_build_info() -> *const c_char;
    fn bonuspay_config_new() -> *mut Opaque;
    fn bonuspay_config_free(config: *mut Opaque);
    fn bonuspay_config_set_base_url(
        config: *mut Opaque,
        text: *const c_char,
        len: usize,
        err: *mut *mut Opaque,
    ) -> c_int;
    fn bonuspay_config_set_partner_id(
        config: *mut Opaque,
        text: *const c_char,
        len: usize,
        err: *mut *mut Opaque,
    ) -> c_int;
    fn bonuspay_config_set_private_key(
        config: *mut Opaque,
        text: *const c_char,
        len: usize,
        err: *mut *mut Opaque,
    ) -> c_int;
    fn bonuspay_config_set_public_key(
        config: *mut Opaque,
        text: *const c_char,
        len: usize,
        err: *mut *mut Opaque,
    ) -> c_int;
    fn bonuspay_config_set_ca_pem(config: *mut Opaque, text: *const c_char, len: usize, err: *mut *mut Opaque)
    -> c_int;
    fn bonuspay_client_new(config: *const Opaque, out: *mut *mut Opaque, err: *mut *mut Opaque) -> c_int;
    fn bonuspay_client_free(client: *mut Opaque);
    fn bonuspay_order_place(
        client: *const Opaque,
        biz: *const c_char,
        len: usize,
        out: *mut *mut Opaque,
        err: *mut *mut Opaque,
    ) -> c_int;
    fn bonuspay_order_get(
        client: *const Opaque,
        biz: *const c_char,
        len: usize,
        out: *mut *mut Opaque,
        err: *mut *mut Opaque,
    ) -> c_int;
    fn bonuspay_response_free(response: *mut Opaque);
    fn bonuspay_notification_verify(
        client: *const Opaque,
        body: *const c_char,
        body_len: usize,
        sign: *const c_char,
        sign_len: usize,
        partner_id: *const c_char,
        partner_id_len: usize,
        out: *mut *mut Opaque,
        err: *mut *mut Opaque,
    ) -> c_int;
    fn bonuspay_notification_free(notification: *mut Opaque);
    fn bonuspay_sign(
        client: *const Opaque,
        message: *const c_char,
        message_len: usize,
        out: *mut c_char,
        cap: usize,
        len: *mut usize,
        err: *mut *mut Opaque,
    ) -> c_int;
    fn bonuspay_verify(
        client: *const Opaque,
        message: *const c_char,
        message_len: usize,
        sign: *const c_char,
        sign_len: usize,
        err: *mut *mut Opaque,
    ) -> c_int;
    fn bonuspay_error_message(error: *const Opaque, len: *mut usize) -> *const c_char;
}

/// Room for a signature by a key of 2,048 bits, and a NUL.
const SIGNATURE: usize = 345;

pub struct Client(*mut Opaque);

// SAFETY: the header: any number of threads may use one client at once.
unsafe impl Send for Client {}
// SAFETY: the same.
unsafe impl Sync for Client {}

/// What a client needs.
pub struct Settings<'a> {
    pub base_url: &'a str,
    pub private_key: &'a str,
    pub public_key: &'a str,
    pub ca_pem: &'a str,
}

pub fn build_info() -> String {
    // SAFETY: static text.
    unsafe { CStr::from_ptr(bonuspay_build_info()) }.to_string_lossy().into_owned()
}

impl Client {
    pub fn new(settings: &Settings<'_>) -> Self {
        let texts: [(Setter, &str); 5] = [
            (bonuspay_config_set_base_url, settings.base_url),
            (bonuspay_config_set_partner_id, "200000000888"),
            (bonuspay_config_set_private_key, settings.private_key),
            (bonuspay_config_set_public_key, settings.public_key),
            (bonuspay_config_set_ca_pem, settings.ca_pem),
        ];
        // SAFETY: every text is alive with its length, and config is freed once, after the last call with it.
        unsafe {
            let config = bonuspay_config_new();
            let mut err = null_mut();
            for (set, text) in texts {
                if !text.is_empty() {
                    check(set(config, text.as_ptr().cast(), text.len(), &mut err), err);
                }
            }
            let mut client = null_mut();
            check(bonuspay_client_new(config, &mut client, &mut err), err);
            bonuspay_config_free(config);
            Self(client)
        }
    }

    pub fn sign(&self, message: &[u8]) -> [u8; SIGNATURE] {
        let (mut out, mut len, mut err) = ([0; SIGNATURE], 0, null_mut());
        let (start, cap) = (message.as_ptr().cast(), out.len());
        // SAFETY: the message is alive, and the buffer has the capacity that is told.
        unsafe {
            check(bonuspay_sign(self.0, start, message.len(), out.as_mut_ptr().cast(), cap, &mut len, &mut err), err);
        }
        out
    }

    pub fn verify(&self, message: &[u8], sign: &str) {
        let mut err = null_mut();
        let (message, message_len) = (message.as_ptr().cast(), message.len());
        // SAFETY: both texts are alive with their lengths.
        unsafe { check(bonuspay_verify(self.0, message, message_len, sign.as_ptr().cast(), sign.len(), &mut err), err) }
    }

    pub fn verify_notification(&self, body: &[u8], sign: &str) {
        let (mut out, mut err) = (null_mut(), null_mut());
        let (body, body_len, sign, sign_len) = (body.as_ptr().cast(), body.len(), sign.as_ptr().cast(), sign.len());
        // SAFETY: both texts are alive with their lengths, and the notification is freed once.
        unsafe {
            let status =
                bonuspay_notification_verify(self.0, body, body_len, sign, sign_len, null(), 0, &mut out, &mut err);
            check(status, err);
            bonuspay_notification_free(out);
        }
    }

    pub fn place_order(&self, biz: &str) {
        self.call(bonuspay_order_place, biz);
    }

    pub fn get_order(&self, biz: &str) {
        self.call(bonuspay_order_get, biz);
    }

    fn call(&self, call: Call, biz: &str) {
        let (mut out, mut err) = (null_mut(), null_mut());
        // SAFETY: the text is alive with its length, and the response is freed once.
        unsafe {
            check(call(self.0, biz.as_ptr().cast(), biz.len(), &mut out, &mut err), err);
            bonuspay_response_free(out);
        }
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // SAFETY: freed here alone; nothing borrows it any more.
        unsafe { bonuspay_client_free(self.0) }
    }
}

/// # Safety
/// `err` is the error that came with the status; it is alive when that is not 0.
unsafe fn check(status: c_int, err: *mut Opaque) {
    if status != 0 {
        // SAFETY: the caller's promise about the error, which is never freed: the program ends.
        let message = unsafe { CStr::from_ptr(bonuspay_error_message(err, null_mut())) };
        panic!("status {status}: {}", message.to_string_lossy());
    }
}
