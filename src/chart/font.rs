//! The bundled font: its bytes, and the width of a text by its own metrics.

use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Inter, regular weight (TrueType), cut down to the Latin script; SIL Open Font License 1.1.
pub const REGULAR: &[u8] = include_bytes!("../assets/fonts/Inter-Regular.ttf");
/// Inter, semibold weight (TrueType).
pub const SEMIBOLD: &[u8] = include_bytes!("../assets/fonts/Inter-SemiBold.ttf");
/// Inter, regular weight, for a page to embed (weight 400).
pub const REGULAR_WOFF2: &[u8] = include_bytes!("../assets/fonts/Inter-Regular.woff2");
/// Inter, semibold weight, for a page to embed (weights 600 and 700).
pub const SEMIBOLD_WOFF2: &[u8] = include_bytes!("../assets/fonts/Inter-SemiBold.woff2");
/// The licence of the font.
pub const LICENCE: &str = include_str!("../assets/fonts/OFL.txt");

/// Height of the ascender above the baseline, in ems (Inter's `hhea` table).
pub const ASCENT: f64 = 1984.0 / 2048.0;
/// Depth of the descender below the baseline, in ems.
pub const DESCENT: f64 = 494.0 / 2048.0;
/// Height of a capital letter, in ems.
pub const CAPITAL: f64 = 1490.0 / 2048.0;

/// What a character that the font lacks is taken to measure, in ems.
const UNKNOWN: f64 = 1.0;

/// The width of a text set in one line, in the unit of `size`; kerning is left out, so it is an upper
/// bound in all but a few pairs.
pub fn width(text: &str, size: f64, bold: bool) -> f64 {
    static TABLES: OnceLock<[Advances; 2]> = OnceLock::new();
    let [regular, semibold] = TABLES.get_or_init(|| [advances(REGULAR), advances(SEMIBOLD)]);
    let table = if bold { semibold } else { regular };
    size * text.chars().map(|c| table.get(&u32::from(c)).copied().unwrap_or(UNKNOWN)).sum::<f64>()
}

/// Whether the font has a glyph for every character of the text.
pub fn covers(text: &str) -> bool {
    let (regular, semibold) = (advances(REGULAR), advances(SEMIBOLD));
    text.chars()
        .all(|c| regular.contains_key(&u32::from(c)) && semibold.contains_key(&u32::from(c)))
}

/// Advance widths in ems by code point.
type Advances = BTreeMap<u32, f64>;

/// Reads the character map (format 4) and the horizontal metrics of a TrueType font; empty if it has none.
fn advances(font: &[u8]) -> Advances {
    read_advances(font).unwrap_or_default()
}

fn read_advances(font: &[u8]) -> Option<Advances> {
    let units = f64::from(u16_at(table(font, *b"head")?, 18)?);
    let long_metrics = usize::from(u16_at(table(font, *b"hhea")?, 34)?);
    let metrics = table(font, *b"hmtx")?;
    let map = table(font, *b"cmap")?;
    let subtables = (0..usize::from(u16_at(map, 2)?)).filter_map(|i| {
        let offset = usize::try_from(u32_at(map, 4 + 8 * i + 4)?).ok()?;
        map.get(offset..)
    });
    let map = subtables.into_iter().find(|subtable| u16_at(subtable, 0) == Some(4))?;
    let segments = usize::from(u16_at(map, 6)?) / 2;
    let mut found = Advances::new();
    for segment in 0..segments {
        let end = u16_at(map, 14 + 2 * segment)?;
        let start = u16_at(map, 16 + 2 * (segments + segment))?;
        let delta = u16_at(map, 16 + 2 * (2 * segments + segment))?;
        let range_at = 16 + 2 * (3 * segments + segment);
        let range = usize::from(u16_at(map, range_at)?);
        for code in start..=end {
            let glyph = if range == 0 {
                code.wrapping_add(delta)
            } else {
                match u16_at(map, range_at + range + 2 * usize::from(code - start)) {
                    None | Some(0) => 0,
                    Some(glyph) => glyph.wrapping_add(delta),
                }
            };
            if glyph != 0 {
                let row = usize::from(glyph).min(long_metrics.saturating_sub(1));
                found.insert(u32::from(code), f64::from(u16_at(metrics, 4 * row)?) / units);
            }
        }
    }
    Some(found)
}

/// The bytes from the start of a table on.
fn table(font: &[u8], tag: [u8; 4]) -> Option<&[u8]> {
    (0..usize::from(u16_at(font, 4)?)).find_map(|i| {
        let record = font.get(12 + 16 * i..28 + 16 * i)?;
        let offset = usize::try_from(u32_at(record, 8)?).ok()?;
        if record.get(..4)? == tag { font.get(offset..) } else { None }
    })
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_font_has_every_letter_that_the_pictures_use() {
        assert!(covers("āčēģīķļņšūžōŗĀČĒĢĪĶĻŅŠŪŽŌŖ"));
        assert!(covers("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"));
        assert!(covers("€−≥≤·–—“”„…×%‰&<>'\"()[]{}/\u{a0}\u{2009}\u{202f}"));
        assert!(!covers("漢"));
    }

    #[test]
    fn the_font_files_are_small() {
        for font in [REGULAR, SEMIBOLD, REGULAR_WOFF2, SEMIBOLD_WOFF2] {
            assert!(font.len() < 120 * 1024);
        }
        assert!(LICENCE.contains("SIL OPEN FONT LICENSE"));
    }

    #[test]
    fn a_width_is_the_sum_of_the_advances_in_the_font_file() {
        // Read with fonttools from Inter-Regular.ttf: hmtx A = 1413, i = 496 of 2048.
        assert_eq!(width("Ai", 2048.0, false), 1413.0 + 496.0);
        assert_eq!(width("", 12.0, true), 0.0);
        assert!(width("Ai", 12.0, true) > width("Ai", 12.0, false));
    }

    #[test]
    fn a_damaged_font_measures_nothing_and_does_not_stop_the_program() {
        for length in 0..REGULAR.len().min(2000) {
            let _ = advances(&REGULAR[..length]);
        }
        assert!(advances(b"").is_empty());
    }
}
