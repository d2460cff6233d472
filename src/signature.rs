//! Signing and verifying raw bytes.
