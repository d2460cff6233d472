//! QR codes, by the `qrcode` crate: as an SVG for pages and as text for terminals.

use qrcode::render::{svg, unicode};
use qrcode::{EcLevel, QrCode};

use crate::error::{Error, ErrorKind};

fn code(text: &str) -> Result<QrCode, Error> {
    let invalid = |reason: &str| Error::local(ErrorKind::InvalidArgument, format!("text {reason}")).with_field("text");
    if text.is_empty() {
        return Err(invalid("is empty"));
    }
    QrCode::with_error_correction_level(text, EcLevel::M)
        .map_err(|_| invalid("is too long for a QR code (2,331 bytes)"))
}

/// A QR code as an SVG document, black on white with the quiet zone that scanners need.
///
/// # Errors
/// [`ErrorKind::InvalidArgument`] for an empty text, or one too long for a QR code.
pub fn svg(text: &str) -> Result<String, Error> {
    let code = code(text)?;
    Ok(code
        .render::<svg::Color<'_>>()
        .min_dimensions(256, 256)
        .dark_color(svg::Color("#000"))
        .light_color(svg::Color("#fff"))
        .build())
}

/// A QR code for a terminal, in half blocks, two modules to a line. Light modules are drawn, for dark backgrounds.
///
/// # Errors
/// [`ErrorKind::InvalidArgument`] for an empty text, or one too long for a QR code.
pub fn text(text: &str) -> Result<String, Error> {
    let code = code(text)?;
    Ok(code
        .render::<unicode::Dense1x2>()
        .dark_color(unicode::Dense1x2::Light)
        .light_color(unicode::Dense1x2::Dark)
        .build())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_and_their_limits() {
        let drawn = svg("bitcoin:tb1q?amount=0.001").unwrap();
        assert!(drawn.starts_with("<?xml") && drawn.ends_with("</svg>"), "{drawn}");
        assert!(text("T1").unwrap().lines().count() > 10);
        for bad in [String::new(), "x".repeat(3000)] {
            assert_eq!(svg(&bad).unwrap_err().field(), Some("text"));
            assert!(text(&bad).is_err());
        }
    }
}
