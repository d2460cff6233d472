//! What a wallet reads.

pub(crate) mod payment_uri;
pub mod qr;
