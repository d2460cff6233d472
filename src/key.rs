//! Keys: what merchants paste, checked.
