//! Exact amounts.
use crate::error::Error;
use std::cmp::Ordering;

/// An exact decimal amount.
#[derive(Debug, Clone, Copy)]
pub struct Amount(rust_decimal::Decimal);

impl Amount {
    /// Reads the text of a JSON number.
    pub fn parse(text: &str) -> Result<Self, Error> { todo!("{text}") }
    /// Compares the values: 12.81 equals 12.810.
    pub fn compare(&self, other: &Self) -> Ordering { self.0.cmp(&other.0) }
}
