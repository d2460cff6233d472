//! `bonuspay_config`.

use super::error::{bonuspay_error, bonuspay_status};
use super::fallible::run;
use super::guard::{free, guard};
use super::handle::{self, Object, borrow_mut};
use super::text::{bytes, utf8};
use crate::config::{Config, ConfigBuilder, Environment};
use crate::error::{Error, ErrorKind};
use std::ffi::c_char;
use std::time::Duration;

/// Which BonusPay. There is no default: choose one, or give a base URL of your own.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum bonuspay_environment {
    /// Test coins. http is possible when it is allowed.
    BONUSPAY_ENVIRONMENT_SANDBOX = 1,
    /// Real money. https only.
    BONUSPAY_ENVIRONMENT_PRODUCTION = 2,
}

use bonuspay_environment::*;

/// Settings for a client. Make one with `bonuspay_config_new`, set what you need in any order, make any number of
/// clients from it, free it. Used by one thread at a time.
pub struct bonuspay_config {
    _opaque: [u8; 0],
}

impl Object for bonuspay_config {
    type Inner = ConfigBuilder;
    const MAGIC: u64 = u64::from_be_bytes(*b"bpconfig");
    const NAME: &'static str = "bonuspay_config";
}

/// Makes settings without any value. The caller frees them with `bonuspay_config_free`. NULL only after a fault in
/// this library.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_config_new() -> *mut bonuspay_config {
    guard("bonuspay_config_new", || handle::into_raw(Config::builder())).unwrap_or(std::ptr::null_mut())
}

/// Frees settings; their keys are wiped. Clients made from them go on. NULL is allowed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_config_free(config: *mut bonuspay_config) {
    // SAFETY: the header's conventions.
    unsafe { free("bonuspay_config_free", config) }
}

/// Runs a setter.
///
/// # Safety
/// The header's conventions.
unsafe fn set(
    function: &'static str,
    config: *mut bonuspay_config,
    err: *mut *mut bonuspay_error,
    setter: impl FnOnce(&mut ConfigBuilder) -> Result<(), Error>,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe { run(function, err, || setter(borrow_mut("config", config)?)) }
}

/// Sets the environment: a `bonuspay_environment`.
///
/// Returns `BONUSPAY_INVALID_ARGUMENT` for a number that is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_config_set_environment(
    config: *mut bonuspay_config,
    environment: i32,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe {
        set("bonuspay_config_set_environment", config, err, |c| c.environment(read_environment(environment)?).map(drop))
    }
}

fn read_environment(number: i32) -> Result<Environment, Error> {
    const SANDBOX: i32 = BONUSPAY_ENVIRONMENT_SANDBOX as i32;
    const PRODUCTION: i32 = BONUSPAY_ENVIRONMENT_PRODUCTION as i32;
    match number {
        SANDBOX => Ok(Environment::Sandbox),
        PRODUCTION => Ok(Environment::Production),
        _ => {
            let message = format!("environment: {number} is neither {SANDBOX} (sandbox) nor {PRODUCTION} (production)");
            Err(Error::local(ErrorKind::InvalidArgument, message).with_field("environment"))
        }
    }
}

/// Sets a base URL of your own, such as `https://api.example.com/sgs/api/`, in place of the environment's. It counts
/// as the environment chosen: a loopback host gets the sandbox's rules, any other host those of production, unless
/// the environment is set too.
///
/// Returns `BONUSPAY_INVALID_ARGUMENT` for a text that is no such URL. Whether http is allowed shows when the client
/// is made.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_config_set_base_url(
    config: *mut bonuspay_config,
    base_url: *const c_char,
    base_url_len: usize,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe {
        set("bonuspay_config_set_base_url", config, err, |c| {
            c.base_url(utf8("base_url", base_url, base_url_len)?).map(drop)
        })
    }
}

/// Sets the merchant's id at BonusPay, the `Partner-Id`: 12 digits, as its portal shows it. Required for calls.
///
/// Returns `BONUSPAY_INVALID_ARGUMENT` for a text that is no such id.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_config_set_partner_id(
    config: *mut bonuspay_config,
    partner_id: *const c_char,
    partner_id_len: usize,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe {
        set("bonuspay_config_set_partner_id", config, err, |c| {
            c.partner_id(utf8("partner_id", partner_id, partner_id_len)?).map(drop)
        })
    }
}

/// Sets the merchant's private RSA key, 2048 to 4096 bits: the text itself, PEM or bare Base64, never a path. The
/// library keeps a copy and wipes it in the end; the caller's own is the caller's to wipe. Without it a client can
/// verify, and nothing else.
///
/// Returns `BONUSPAY_KEY` for a key that cannot be used; the message says why and what would do. `BONUSPAY_SIGN` when
/// the system gives this process no random numbers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_config_set_private_key(
    config: *mut bonuspay_config,
    private_key: *const c_char,
    private_key_len: usize,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe {
        set("bonuspay_config_set_private_key", config, err, |c| {
            c.private_key(bytes("private_key", private_key, private_key_len)?).map(drop)
        })
    }
}

/// Adds a public RSA key of BonusPay: the text itself, PEM or bare Base64, never a path. May be called up to 5
/// times, for the change of keys: a signature by any of them counts. Without one, `bonuspay_sign` works and
/// everything else is `BONUSPAY_INVALID_CONFIG`.
///
/// Returns `BONUSPAY_KEY` for a key that cannot be used, `BONUSPAY_INVALID_CONFIG` for a sixth.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_config_set_public_key(
    config: *mut bonuspay_config,
    public_key: *const c_char,
    public_key_len: usize,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe {
        set("bonuspay_config_set_public_key", config, err, |c| {
            c.public_key(bytes("public_key", public_key, public_key_len)?).map(drop)
        })
    }
}

/// Sets the time for finding the host and connecting, TLS included, in milliseconds: 1 to 600000, and at
/// most the total time. Default 5000.
///
/// Returns `BONUSPAY_INVALID_ARGUMENT` for another number: a deadline cannot be switched off.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_config_set_connect_timeout_ms(
    config: *mut bonuspay_config,
    milliseconds: u32,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe {
        set("bonuspay_config_set_connect_timeout_ms", config, err, |c| {
            c.connect_timeout(Duration::from_millis(milliseconds.into())).map(drop)
        })
    }
}

/// Sets the time for a whole call, repeats included, in milliseconds: 1 to 600000. Default 15000.
///
/// Returns `BONUSPAY_INVALID_ARGUMENT` for another number: a deadline cannot be switched off.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_config_set_total_timeout_ms(
    config: *mut bonuspay_config,
    milliseconds: u32,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe {
        set("bonuspay_config_set_total_timeout_ms", config, err, |c| {
            c.total_timeout(Duration::from_millis(milliseconds.into())).map(drop)
        })
    }
}

/// Sets an HTTP proxy that tunnels (CONNECT), such as `http://user:password@proxy.example.com:3128`. Default none: no
/// proxy is ever taken from the environment.
///
/// Returns `BONUSPAY_INVALID_ARGUMENT` for a text that is no such URL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_config_set_proxy(
    config: *mut bonuspay_config,
    proxy: *const c_char,
    proxy_len: usize,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe { set("bonuspay_config_set_proxy", config, err, |c| c.proxy(utf8("proxy", proxy, proxy_len)?).map(drop)) }
}

/// Sets certificate authorities to trust besides the public ones: PEM texts one after the other, never a
/// path. There is no way to switch the check of certificates off.
///
/// Returns `BONUSPAY_INVALID_ARGUMENT` for a text without a certificate.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_config_set_ca_pem(
    config: *mut bonuspay_config,
    ca_pem: *const c_char,
    ca_pem_len: usize,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe {
        set("bonuspay_config_set_ca_pem", config, err, |c| c.ca_pem(bytes("ca_pem", ca_pem, ca_pem_len)?).map(drop))
    }
}

/// Sets the `User-Agent` header: up to 200 printable ASCII characters. Default the library's name and version.
///
/// Returns `BONUSPAY_INVALID_ARGUMENT` for another text.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_config_set_user_agent(
    config: *mut bonuspay_config,
    user_agent: *const c_char,
    user_agent_len: usize,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe {
        set("bonuspay_config_set_user_agent", config, err, |c| {
            c.user_agent(utf8("user_agent", user_agent, user_agent_len)?).map(drop)
        })
    }
}

/// Sets the `Content-Language` header. Default `en`, the only language that BonusPay documents.
///
/// Returns `BONUSPAY_INVALID_ARGUMENT` for a text that is no language tag.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_config_set_language(
    config: *mut bonuspay_config,
    language: *const c_char,
    language_len: usize,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe {
        set("bonuspay_config_set_language", config, err, |c| {
            c.language(utf8("language", language, language_len)?).map(drop)
        })
    }
}

/// Allows http, for a sandbox. Default false. Production never takes http, whatever this says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_config_set_allow_http(
    config: *mut bonuspay_config,
    allow_http: bool,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe { set("bonuspay_config_set_allow_http", config, err, |c| c.allow_http(allow_http).map(drop)) }
}

/// Sets how many decimals an amount of this currency may have in a request. Defaults: USDT 2, USDC 2, ETH 6,
/// BTC 8.
///
/// Returns `BONUSPAY_INVALID_ARGUMENT` for a text that is no currency code, and for more than 18 digits.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_config_set_scale(
    config: *mut bonuspay_config,
    currency: *const c_char,
    currency_len: usize,
    digits: u32,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe {
        set("bonuspay_config_set_scale", config, err, |c| {
            c.scale(utf8("currency", currency, currency_len)?, digits).map(drop)
        })
    }
}
