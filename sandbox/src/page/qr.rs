//! QR codes, drawn as SVG.

use maud::{Markup, html};
use qrcode::{Color, QrCode};

/// The light border that the standard wants, in modules.
const QUIET: usize = 4;

/// A QR code of a text, dark on light in every colour scheme; nothing if the text is too long for one.
pub fn code(text: &str, label: &str) -> Markup {
    let Ok(code) = QrCode::new(text) else {
        return html! {};
    };
    let size = code.width() + 2 * QUIET;
    let colors = code.to_colors();
    let mut path = String::new();
    for (y, row) in colors.chunks(code.width()).enumerate() {
        let dark = row.iter().enumerate().filter(|(_, color)| **color == Color::Dark);
        dark.for_each(|(x, _)| path.push_str(&format!("M{} {}h1v1h-1z", x + QUIET, y + QUIET)));
    }
    html! {
        svg class="qr" role="img" aria-label=(label) viewBox={ "0 0 " (size) " " (size) } shape-rendering="crispEdges" {
            rect width=(size) height=(size) fill="#fff" {}
            path d=(path) fill="#000" {}
        }
    }
}
