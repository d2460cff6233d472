//! What goes over the wire: JSON, signatures, the envelope, and what a call and its answer may hold.

pub(crate) mod api_code;
pub(crate) mod call;
pub(crate) mod document;
pub(crate) mod envelope;
pub mod json;
pub(crate) mod schema;
pub mod signature;
pub(crate) mod state;
