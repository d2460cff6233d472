//! QR codes.
use crate::error::Error;
/// A QR code as SVG.
pub fn svg(text: &str) -> Result<String, Error> { todo!("{text}") }
/// A QR code for a terminal, in half blocks.
pub fn text(text: &str) -> Result<String, Error> { todo!("{text}") }
