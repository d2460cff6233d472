//! What needs no client: versions, amounts, what a wallet scans.

use super::abi::BONUSPAY_ABI_VERSION;
use super::error::{bonuspay_error, bonuspay_status};
use super::fallible::{compute, fill, run};
use super::guard::guard;
use super::text::{Text, utf8};
use crate::money::Amount;
use crate::wallet::address::check_address;
use crate::wallet::payment_uri::payment_uri;
use crate::wallet::qr;
use std::cmp::Ordering;
use std::ffi::{CStr, c_char};
use std::ptr;
use std::sync::OnceLock;

/// Gives the number of the ABI that the loaded library has. Compare it with `BONUSPAY_ABI_VERSION`, what the
/// program was built with, before anything else.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_abi_version() -> u32 {
    guard("bonuspay_abi_version", || BONUSPAY_ABI_VERSION).unwrap_or(0)
}

/// Gives the library's version, such as `0.1.0`. Static text, never freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_version() -> *const c_char {
    guard("bonuspay_version", || VERSION.as_ptr()).unwrap_or(ptr::null())
}

/// Gives one line for a bug report: version, ABI, platform, TLS and crypto. Static text, never freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_build_info() -> *const c_char {
    guard("bonuspay_build_info", || build_info().as_ptr()).unwrap_or(ptr::null())
}

const VERSION: &CStr = match CStr::from_bytes_with_nul(concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes()) {
    Ok(version) => version,
    Err(_) => c"",
};

fn build_info() -> &'static Text {
    static LINE: OnceLock<Text> = OnceLock::new();
    LINE.get_or_init(|| {
        let version = env!("CARGO_PKG_VERSION");
        let (arch, os) = (std::env::consts::ARCH, std::env::consts::OS);
        let purpose = if cfg!(feature = "panic-inject") { "; panics on demand, never for a release" } else { "" };
        Text::new(format!("bonuspay {version}; ABI {BONUSPAY_ABI_VERSION}; {arch} {os}; rustls, aws-lc-rs{purpose}"))
    })
}

/// Compares two amounts, given as JSON numbers in text (`12.81`, `1281E-2`): `*out` is -1 when `a` is smaller, 0
/// when they are equal (`12.81` and `12.810` are), 1 when `a` is greater. Exact: nothing is rounded. There is no
/// error object; `*out` is 0 after a failure too, so look at the status.
///
/// Returns `BONUSPAY_INVALID_ARGUMENT` for a text that is no JSON number, or has more digits than the library can
/// hold exactly.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_amount_cmp(
    a: *const c_char,
    a_len: usize,
    b: *const c_char,
    b_len: usize,
    out: *mut i32,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe {
        compute("bonuspay_amount_cmp", out, || {
            let a = Amount::parse(utf8("a", a, a_len)?)?;
            let b = Amount::parse(utf8("b", b, b_len)?)?;
            Ok(match a.compare(&b) {
                Ordering::Less => -1,
                Ordering::Equal => 0,
                Ordering::Greater => 1,
            })
        })
    }
}

/// Checks an address that coins shall be sent to: its form, and its checksum. `network` is one of BonusPay's codes
/// `BTC`, `ETH`, `POLYGON` and `TRON`, or `BTC_TESTNET`, which is what `BTC` stands for in the sandbox; the other test
/// networks have the main networks' addresses. Refunds, withdrawals and transfers are checked so before anything is
/// sent. An Ethereum address in small letters has no checksum. Whose an address is nobody can check.
///
/// Returns `BONUSPAY_INVALID_ARGUMENT` for an address that is none of the network (field `address`), and for a network
/// that the library does not know (field `network`). The error's text says what is wrong, without the address.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_address_check(
    network: *const c_char,
    network_len: usize,
    address: *const c_char,
    address_len: usize,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe {
        run("bonuspay_address_check", err, || {
            check_address(utf8("network", network, network_len)?, utf8("address", address, address_len)?)
        })
    }
}

/// Writes what a wallet reads from a QR code: a BIP-21 URI for BTC, an EIP-681 URI for ETH on ETH, the bare address
/// for tokens. `amount` is a decimal text. See the conventions for texts in a buffer of yours.
///
/// Both URIs name the main network, on which a wallet pays real coins: for an order of the sandbox, show the address
/// alone.
///
/// Returns `BONUSPAY_INVALID_ARGUMENT` for too small a buffer, for an amount that is none, and for a currency, a
/// network or an address that no URI can hold.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_payment_uri(
    currency: *const c_char,
    currency_len: usize,
    network: *const c_char,
    network_len: usize,
    address: *const c_char,
    address_len: usize,
    amount: *const c_char,
    amount_len: usize,
    out: *mut c_char,
    cap: usize,
    len: *mut usize,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe {
        fill("bonuspay_payment_uri", out, cap, len, err, || {
            let currency = utf8("currency", currency, currency_len)?;
            let network = utf8("network", network, network_len)?;
            let address = utf8("address", address, address_len)?;
            let amount = utf8("amount", amount, amount_len)?;
            payment_uri(currency, network, address, amount)
        })
    }
}

/// Writes a QR code of a text as an SVG image, some 15,000 bytes. See the conventions for texts in a buffer of
/// yours.
///
/// Returns `BONUSPAY_INVALID_ARGUMENT` for too small a buffer, and for an empty text or one too long for a QR code.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_qr_svg(
    text: *const c_char,
    text_len: usize,
    out: *mut c_char,
    cap: usize,
    len: *mut usize,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe { fill("bonuspay_qr_svg", out, cap, len, err, || qr::svg(utf8("text", text, text_len)?)) }
}

/// Writes a QR code of a text for a terminal, in UTF-8 half blocks, with a line end after each row; some 3,000
/// bytes. See the conventions for texts in a buffer of yours.
///
/// Returns `BONUSPAY_INVALID_ARGUMENT` for too small a buffer, and for an empty text or one too long for a QR code.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_qr_text(
    text: *const c_char,
    text_len: usize,
    out: *mut c_char,
    cap: usize,
    len: *mut usize,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe { fill("bonuspay_qr_text", out, cap, len, err, || qr::text(utf8("text", text, text_len)?)) }
}
