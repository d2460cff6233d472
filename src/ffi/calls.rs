//! The other products' calls: one function each.

use super::client::{bonuspay_client, call};
use super::error::{bonuspay_error, bonuspay_status};
use super::response::bonuspay_response;
use crate::endpoint::Endpoint;
use std::ffi::c_char;

/// Asks for a customer's deposit address (`ccdeposit/getAddress`); the same question gets the same address. See
/// `/wallet/address`, `/wallet/minDeposit` and `/wallet/cashierUrl`.
///
/// `biz`: `customerId`, `assetCode`, `network`. The caller frees `*out` with `bonuspay_response_free`.
///
/// Returns the statuses of a call: see the conventions.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_topup_address(
    client: *const bonuspay_client,
    biz: *const c_char,
    biz_len: usize,
    out: *mut *mut bonuspay_response,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe { call("bonuspay_topup_address", Endpoint::GetTopupAddress, client, (biz, biz_len), out, err) }
}

/// Asks for a page of the deposits to customers' addresses (`ccdeposit/queryCustomerDepositOrderPage`), the newest
/// first, under `/customerDepositOrderPage/items`. A deposit that arrives between two pages pushes others to the next
/// one: read pages until one is short, and pass over the `orderNo`s that you have seen; none is lost.
///
/// `biz`: `startTime`, `endTime` (milliseconds since 1970), `pageParam` with `number` (from 0) and `size`. The caller
/// frees `*out` with `bonuspay_response_free`.
///
/// Returns the statuses of a call: see the conventions.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_topup_deposits(
    client: *const bonuspay_client,
    biz: *const c_char,
    biz_len: usize,
    out: *mut *mut bonuspay_response,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe { call("bonuspay_topup_deposits", Endpoint::GetTopupDeposits, client, (biz, biz_len), out, err) }
}

/// Asks for one deposit (`ccdeposit/getCustomerDepositOrder`).
///
/// `biz`: `orderNo`, BonusPay's number. The caller frees `*out` with `bonuspay_response_free`.
///
/// Returns the statuses of a call: see the conventions.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_topup_deposit(
    client: *const bonuspay_client,
    biz: *const c_char,
    biz_len: usize,
    out: *mut *mut bonuspay_response,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe { call("bonuspay_topup_deposit", Endpoint::GetTopupDeposit, client, (biz, biz_len), out, err) }
}

/// Withdraws to an address of the merchant's address book (`ccwithdraw/placeOrder`). Moves money out: sent once, on a
/// connection of its own, never repeated. When its outcome is unknown, ask with `bonuspay_withdraw_get` by the same
/// number; a new number would pay twice.
///
/// `biz`: `merchantOrderNo`, `address`, `network`, `expectedReceivedAmount` or `refAmount`, and what else BonusPay
/// documents. The caller frees `*out` with `bonuspay_response_free`.
///
/// Returns the statuses of a call: see the conventions.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_withdraw_place(
    client: *const bonuspay_client,
    biz: *const c_char,
    biz_len: usize,
    out: *mut *mut bonuspay_response,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe { call("bonuspay_withdraw_place", Endpoint::PlaceWithdrawal, client, (biz, biz_len), out, err) }
}

/// Asks for a withdrawal (`ccwithdraw/getOrder`).
///
/// `biz`: `merchantOrderNo` or `orderNo`, one of the two. The caller frees `*out` with `bonuspay_response_free`.
///
/// Returns the statuses of a call: see the conventions.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_withdraw_get(
    client: *const bonuspay_client,
    biz: *const c_char,
    biz_len: usize,
    out: *mut *mut bonuspay_response,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe { call("bonuspay_withdraw_get", Endpoint::GetWithdrawal, client, (biz, biz_len), out, err) }
}

/// Asks for the networks that a coin can be withdrawn on (`ccwithdraw/getNetworks`), under `/networks`.
///
/// `biz`: `assetCode`. The caller frees `*out` with `bonuspay_response_free`.
///
/// Returns the statuses of a call: see the conventions.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_withdraw_networks(
    client: *const bonuspay_client,
    biz: *const c_char,
    biz_len: usize,
    out: *mut *mut bonuspay_response,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe { call("bonuspay_withdraw_networks", Endpoint::GetWithdrawNetworks, client, (biz, biz_len), out, err) }
}

/// Transfers to any address (`ccwithdraw/transfer`). Moves money out: sent once, on a connection of its own, never
/// repeated. When its outcome is unknown, ask with `bonuspay_transfer_get` by the same number; a new number would pay
/// twice.
///
/// `biz`: `merchantOrderNo`, `address`, `network`, `expectedReceivedAmount` or `refAmount`, and what else BonusPay
/// documents. The caller frees `*out` with `bonuspay_response_free`.
///
/// Returns the statuses of a call: see the conventions.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_transfer_place(
    client: *const bonuspay_client,
    biz: *const c_char,
    biz_len: usize,
    out: *mut *mut bonuspay_response,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe { call("bonuspay_transfer_place", Endpoint::PlaceTransfer, client, (biz, biz_len), out, err) }
}

/// Asks for a transfer (`ccwithdraw/getOrder`).
///
/// `biz`: `merchantOrderNo` or `orderNo`, one of the two. The caller frees `*out` with `bonuspay_response_free`.
///
/// Returns the statuses of a call: see the conventions.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_transfer_get(
    client: *const bonuspay_client,
    biz: *const c_char,
    biz_len: usize,
    out: *mut *mut bonuspay_response,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe { call("bonuspay_transfer_get", Endpoint::GetWithdrawal, client, (biz, biz_len), out, err) }
}

/// Asks for the networks that a coin can be transferred on (`ccwithdraw/getNetworks`), under `/networks`.
///
/// `biz`: `assetCode`. The caller frees `*out` with `bonuspay_response_free`.
///
/// Returns the statuses of a call: see the conventions.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_transfer_networks(
    client: *const bonuspay_client,
    biz: *const c_char,
    biz_len: usize,
    out: *mut *mut bonuspay_response,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe { call("bonuspay_transfer_networks", Endpoint::GetWithdrawNetworks, client, (biz, biz_len), out, err) }
}

/// Asks for a rate (`fxrate/getFxrate`), under `/fxrate`. It is indicative: an order has a rate of its own.
///
/// `biz`: `currencyPair` such as `USDT_INR`, `direction` `BUY` or `SELL`. The caller frees `*out` with
/// `bonuspay_response_free`.
///
/// Returns the statuses of a call: see the conventions.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_fx_rate(
    client: *const bonuspay_client,
    biz: *const c_char,
    biz_len: usize,
    out: *mut *mut bonuspay_response,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe { call("bonuspay_fx_rate", Endpoint::GetFxRate, client, (biz, biz_len), out, err) }
}

/// Asks for the merchant's balances (`account/getAccountList`), under `/assetCodeList`.
///
/// `biz`: `assetCodeList`, or nothing for all coins. The caller frees `*out` with `bonuspay_response_free`.
///
/// Returns the statuses of a call: see the conventions.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_account_balances(
    client: *const bonuspay_client,
    biz: *const c_char,
    biz_len: usize,
    out: *mut *mut bonuspay_response,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe { call("bonuspay_account_balances", Endpoint::GetBalances, client, (biz, biz_len), out, err) }
}

/// Sells coins and pays the proceeds out to the merchant's bank account (`otcfundout/placeOrder`). Moves money out:
/// sent once, on a connection of its own, never repeated. When its outcome is unknown, ask with
/// `bonuspay_settlement_get`.
///
/// `biz`: `merchantOrderNo`, `fiatCurrency`, `cryptoAmount`, and what else BonusPay documents. The caller frees `*out`
/// with `bonuspay_response_free`.
///
/// Returns the statuses of a call: see the conventions.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_settlement_place(
    client: *const bonuspay_client,
    biz: *const c_char,
    biz_len: usize,
    out: *mut *mut bonuspay_response,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe { call("bonuspay_settlement_place", Endpoint::PlaceSettlement, client, (biz, biz_len), out, err) }
}

/// Asks for a settlement (`otcfundout/getOrder`).
///
/// `biz`: `merchantOrderNo` or `orderNo`, one of the two. The caller frees `*out` with `bonuspay_response_free`.
///
/// Returns the statuses of a call: see the conventions.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_settlement_get(
    client: *const bonuspay_client,
    biz: *const c_char,
    biz_len: usize,
    out: *mut *mut bonuspay_response,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe { call("bonuspay_settlement_get", Endpoint::GetSettlement, client, (biz, biz_len), out, err) }
}

/// Makes a sub-merchant (`agent/subMerchantCreate`). Sent once, never repeated.
///
/// `biz`: `merchantType`, `merchantName`, `subMerchantAdminEmail`, `businessMerchantData` or `personalMerchantData`,
/// `merchantContactData`, `merchantAddressData`. The caller frees `*out` with `bonuspay_response_free`.
///
/// Returns the statuses of a call: see the conventions.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_submerchant_create(
    client: *const bonuspay_client,
    biz: *const c_char,
    biz_len: usize,
    out: *mut *mut bonuspay_response,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe { call("bonuspay_submerchant_create", Endpoint::CreateSubMerchant, client, (biz, biz_len), out, err) }
}

/// Asks for a sub-merchant (`agent/subMerchantDetail`).
///
/// `biz`: `merchantId`. The caller frees `*out` with `bonuspay_response_free`.
///
/// Returns the statuses of a call: see the conventions.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bonuspay_submerchant_get(
    client: *const bonuspay_client,
    biz: *const c_char,
    biz_len: usize,
    out: *mut *mut bonuspay_response,
    err: *mut *mut bonuspay_error,
) -> bonuspay_status {
    // SAFETY: the header's conventions.
    unsafe { call("bonuspay_submerchant_get", Endpoint::GetSubMerchant, client, (biz, biz_len), out, err) }
}
