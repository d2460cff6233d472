//! The operating system, and locks.

pub(crate) mod lock;
pub(crate) mod os;
