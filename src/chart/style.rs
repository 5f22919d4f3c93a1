//! The look of the pictures: white ground, one ink, greys, one accent; readable without colour.

/// A colour as red, green and blue, 0 to 255.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// How light it looks, 0 (black) to 1 (white): the luma of ITU-R BT.601.
    pub fn lightness(self) -> f64 {
        (0.299 * f64::from(self.0) + 0.587 * f64::from(self.1) + 0.114 * f64::from(self.2)) / 255.0
    }

    /// The colour that lies so far (0 to 1) from this one to another.
    #[must_use]
    pub fn toward(self, other: Self, share: f64) -> Self {
        let mix = |a: u8, b: u8| {
            let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
            (f64::from(a) + (f64::from(b) - f64::from(a)) * share).round() as u8
        };
        Self(mix(self.0, other.0), mix(self.1, other.1), mix(self.2, other.2))
    }
}

/// The paper.
pub const GROUND: Colour = Colour(255, 255, 255);
/// Titles, names and values.
pub const INK: Colour = Colour(31, 41, 51);
/// Subtitles, ticks and captions.
pub const GREY: Colour = Colour(91, 102, 114);
/// Axes and whiskers of lesser weight.
pub const AXIS: Colour = Colour(138, 148, 160);
/// Grid lines.
pub const GRID: Colour = Colour(228, 232, 236);
/// The one accent: medians, dots, bars.
pub const ACCENT: Colour = Colour(27, 79, 138);
/// The appropriation and other limits; always also dashed, so that it is known without colour.
pub const LIMIT: Colour = Colour(176, 66, 10);
/// Tints of the accent for bands, from the outermost to the innermost.
pub const BANDS: [Colour; 3] =
    [Colour(219, 230, 242), Colour(177, 200, 225), Colour(127, 164, 206)];
/// A quiet fill for bars that carry an interval over them.
pub const BAR: Colour = Colour(164, 190, 219);
/// The ground of a region without a value, under its hatching.
pub const MISSING: Colour = Colour(244, 244, 244);

/// Policies side by side: neighbours differ in lightness, so that they stay apart in grey
/// (after Okabe and Ito, 2008, "Color universal design").
pub const POLICIES: [Colour; 6] = [
    Colour(27, 79, 138),
    Colour(230, 159, 0),
    Colour(122, 40, 96),
    Colour(86, 180, 200),
    Colour(60, 60, 60),
    Colour(176, 184, 192),
];

/// A sequential scale, light for little and dark for much, even in lightness: yellow, green, blue.
const SEQUENCE: [Colour; 7] = [
    Colour(243, 240, 196),
    Colour(200, 228, 186),
    Colour(134, 203, 187),
    Colour(74, 168, 190),
    Colour(40, 124, 176),
    Colour(34, 80, 150),
    Colour(18, 38, 100),
];

/// The colour of a class out of so many, the lightest first.
pub fn class_colour(class: usize, classes: usize) -> Colour {
    let last = (SEQUENCE.len() - 1) as f64;
    let at = if classes < 2 { last / 2.0 } else { class as f64 / (classes - 1) as f64 * last };
    let at = at.clamp(0.0, last);
    let below = SEQUENCE[at.floor() as usize];
    let above = SEQUENCE[(at.ceil() as usize).min(SEQUENCE.len() - 1)];
    below.toward(above, at - at.floor())
}

/// Weight of a grid line, in points.
pub const HAIRLINE: f64 = 0.75;
/// Weight of an axis or a whisker.
pub const THIN: f64 = 1.0;
/// Weight of a limit.
pub const MEDIUM: f64 = 1.75;
/// Weight of a median.
pub const THICK: f64 = 2.5;

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Type {
    /// Size of the letters, in points.
    pub size: f64,
    /// Semibold instead of regular.
    pub bold: bool,
    /// Colour of the letters.
    pub colour: Colour,
}

impl Type {
    /// The same type in another colour.
    #[must_use]
    pub fn in_colour(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }

    /// Width of a text of one line, in points.
    pub fn width(self, text: &str) -> f64 {
        super::font::width(text, self.size, self.bold)
    }
}

/// The title.
pub const TITLE: Type = Type { size: 20.0, bold: true, colour: INK };
/// The subtitle.
pub const SUBTITLE: Type = Type { size: 13.25, bold: false, colour: GREY };
/// Names and values.
pub const LABEL: Type = Type { size: 12.0, bold: false, colour: INK };
/// Names and values that matter most.
pub const STRONG: Type = Type { size: 12.0, bold: true, colour: INK };
/// Numbers at ticks, units.
pub const TICK: Type = Type { size: 11.5, bold: false, colour: GREY };
/// Rows of a long list.
pub const ROW: Type = Type { size: 11.0, bold: false, colour: INK };
/// Source, draws, policy, pot, date.
pub const CAPTION: Type = Type { size: 11.0, bold: false, colour: GREY };

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_classes_of_a_map_darken_in_even_steps() {
        for classes in 2..=7 {
            let light: Vec<f64> =
                (0..classes).map(|c| class_colour(c, classes).lightness()).collect();
            assert!(light.windows(2).all(|pair| pair[0] - pair[1] > 0.08), "{classes}: {light:?}");
        }
    }

    #[test]
    fn neighbouring_policies_stay_apart_in_grey() {
        for pair in POLICIES.windows(2) {
            assert!((pair[0].lightness() - pair[1].lightness()).abs() > 0.15);
        }
    }

    #[test]
    fn the_bands_darken_inward_and_the_median_is_darker_still() {
        let light: Vec<f64> = BANDS.iter().chain([&ACCENT]).map(|c| c.lightness()).collect();
        assert!(light.windows(2).all(|pair| pair[0] - pair[1] > 0.09), "{light:?}");
    }

    #[test]
    fn text_is_dark_enough_to_read_on_white() {
        // WCAG 2.2 asks for a contrast of 4.5; of the greys used for text the lightest is 5.9.
        assert!(GREY.lightness() < 0.45 && LIMIT.lightness() < 0.45);
    }
}
