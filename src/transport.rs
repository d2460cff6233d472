//! HTTP, hardened.
