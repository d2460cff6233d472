//! The other readings that the library's are compared with. They share no code with it.

pub(crate) mod amount;
pub(crate) mod base64;
pub(crate) mod json;
