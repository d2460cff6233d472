//! Addresses, and what a wallet reads.

pub(crate) mod address;
pub(crate) mod payment_uri;
pub mod qr;
