//! A finished picture: SVG text, and PNG made from it.

use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, fontdb};

use super::font;

/// A finished picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// The picture as a whole SVG document without an XML declaration, so that a page can hold it as it is.
    pub svg: String,
    /// Width in points (the SVG's `width`).
    pub width: f64,
    /// Height in points.
    pub height: f64,
    /// Every text drawn and the room it takes, in the order of drawing.
    pub texts: Vec<TextBox>,
}

/// One line of text and the room it takes by the metrics of the font.
#[derive(Clone, Debug, PartialEq)]
pub struct TextBox {
    /// The text.
    pub text: String,
    /// Left edge, in points from the left of the picture.
    pub x: f64,
    /// Upper edge (ascender), in points from the top.
    pub y: f64,
    /// Width, in points.
    pub width: f64,
    /// Height from ascender to descender, in points.
    pub height: f64,
}

impl TextBox {
    /// Whether two texts share more than a line's width of room.
    pub fn overlaps(&self, other: &Self) -> bool {
        const TOUCH: f64 = 0.01;
        self.x + TOUCH < other.x + other.width
            && other.x + TOUCH < self.x + self.width
            && self.y + TOUCH < other.y + other.height
            && other.y + TOUCH < self.y + self.height
    }
}

/// Why an SVG text could not be made into a PNG.
#[derive(Debug, thiserror::Error)]
pub enum PngError {
    /// The text is not an SVG document.
    #[error("the picture is not valid SVG: {0}")]
    Svg(String),
    /// The picture has no area or is too large for the memory.
    #[error("the picture has no area or is too large")]
    Size,
    /// The encoder refused.
    #[error("the picture could not be written as PNG: {0}")]
    Encode(String),
}

/// Renders a picture to PNG at two pixels a point (1,680 pixels wide), with the bundled font only.
///
/// # Errors
/// Where the text is not SVG or the picture has no area.
pub fn png(svg: &str) -> Result<Vec<u8>, PngError> {
    const PIXELS_PER_POINT: f32 = 2.0;
    let tree = tree(svg)?;
    let size = tree.size().scale_by(PIXELS_PER_POINT).ok_or(PngError::Size)?.to_int_size();
    let mut pixels = Pixmap::new(size.width(), size.height()).ok_or(PngError::Size)?;
    resvg::render(
        &tree,
        Transform::from_scale(PIXELS_PER_POINT, PIXELS_PER_POINT),
        &mut pixels.as_mut(),
    );
    pixels.encode_png().map_err(|error| PngError::Encode(error.to_string()))
}

/// The SVG document as the renderer understands it.
pub(super) fn tree(svg: &str) -> Result<usvg::Tree, PngError> {
    static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let fonts = FONTS.get_or_init(|| {
        let mut fonts = fontdb::Database::new();
        fonts.load_font_data(font::REGULAR.to_vec());
        fonts.load_font_data(font::SEMIBOLD.to_vec());
        fonts.set_sans_serif_family("Inter");
        Arc::new(fonts)
    });
    let options = usvg::Options {
        fontdb: Arc::clone(fonts),
        font_family: "Inter".to_owned(),
        ..usvg::Options::default()
    };
    usvg::Tree::from_str(svg, &options).map_err(|error| PngError::Svg(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_png_has_two_pixels_a_point() {
        let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='30' height='20'><rect width='30' height='20'/></svg>";
        let bytes = png(svg).expect("valid");
        // PNG: signature of 8 bytes, then the header chunk with width and height from byte 16.
        assert_eq!(&bytes[1..4], b"PNG");
        assert_eq!(&bytes[16..24], &[0, 0, 0, 60, 0, 0, 0, 40]);
    }

    #[test]
    fn what_is_not_svg_is_refused() {
        assert!(matches!(png("no picture"), Err(PngError::Svg(_))));
        assert!(png("").is_err());
    }
}
