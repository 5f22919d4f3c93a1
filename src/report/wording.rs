//! Figures as a reader of pictures and pages sees them.

use crate::analysis::{Range, Summary};
use crate::chart::Language;
use crate::chart::format::number as plain;
use crate::units::round_half_up;

/// What stands where there is no figure.
pub const NONE: &str = "–";

/// A number with so many decimals, half up.
pub fn number(value: f64, decimals: usize) -> String {
    plain(round_half_up(value, decimals as i32), decimals, Language::English)
}

/// A count: whole where it is, else with one decimal.
pub fn count(value: Option<f64>) -> String {
    let decimals = |value: f64| usize::from(value.abs() < 100.0 && value != value.round());
    value.map_or_else(|| NONE.to_owned(), |value| number(value, decimals(value)))
}

/// The range of the tables out of the moments and quantiles of the files.
pub fn range_of(summary: &Summary) -> Range {
    let Summary { mean, p05, p10, p50, p90, p95, .. } = *summary;
    Range { mean, p05, p10, p50, p90, p95 }
}

/// A text with a capital at its beginning.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_no_more_decimals_than_they_mean() {
        assert_eq!((count(Some(592.0)), count(Some(12.25))), ("592".to_owned(), "12.3".to_owned()));
        assert_eq!((count(Some(438.7)), count(None)), ("439".to_owned(), NONE.to_owned()));
        assert_eq!((capitalised("ērts"), capitalised("")), ("Ērts".to_owned(), String::new()));
    }
}
