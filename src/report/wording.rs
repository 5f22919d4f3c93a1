//! Figures as a reader of pictures and pages sees them.

use crate::analysis::{Range, Summary};
use crate::chart::Language;
use crate::chart::format::number as plain;
use crate::units::round_half_up;

/// What stands where there is no figure.
pub const NONE: &str = "–";

/// No-break thin space, between a number and its unit.
const THIN: char = '\u{202f}';

/// A number with so many decimals, half up.
pub fn number(value: f64, decimals: usize) -> String {
    plain(round_half_up(value, decimals as i32), decimals, Language::English)
}

/// A sum in whole units of the currency, without its code.
pub fn sum(value: Option<f64>) -> String {
    value.map_or_else(|| NONE.to_owned(), |value| number(value, 0))
}

/// A sum with the code of its currency: `EUR 615,394`.
pub fn money(value: f64, currency: &str) -> String {
    format!("{currency}\u{a0}{}", number(value, 0))
}

/// A count: whole where it is, else with one decimal.
pub fn count(value: Option<f64>) -> String {
    let decimals = |value: f64| usize::from(value.abs() < 100.0 && value != value.round());
    value.map_or_else(|| NONE.to_owned(), |value| number(value, decimals(value)))
}

/// A share as per cent: `87 %`; a decimal below ten.
pub fn percent(share: Option<f64>) -> String {
    let decimals = |share: f64| usize::from(share.abs() < 0.0995 && share != 0.0);
    share.map_or_else(
        || NONE.to_owned(),
        |share| format!("{}{THIN}%", number(100.0 * share, decimals(share))),
    )
}

/// A chance in per cent: 0 and 100 only where no draw or every draw agrees.
pub fn chance(share: Option<f64>) -> String {
    match share {
        None => NONE.to_owned(),
        Some(share) if share > 0.0 && share < 0.01 => format!("<1{THIN}%"),
        Some(share) if share < 1.0 && share > 0.99 => format!(">99{THIN}%"),
        Some(share) => format!("{}{THIN}%", number(100.0 * share, 0)),
    }
}

/// `low to high`, one figure where both are the same.
pub fn span(low: &str, high: &str) -> String {
    let unit = format!("{THIN}%");
    match low.strip_suffix(&unit) {
        _ if low == high => low.to_owned(),
        Some(low) if high.ends_with(&unit) => format!("{low}–{high}"),
        _ => format!("{low}–{high}"),
    }
}

/// The median, and the range of the middle 80 % of the draws, each as `form` writes it.
pub fn median_and_range(range: &Range, form: impl Fn(Option<f64>) -> String) -> (String, String) {
    let (low, high) = (form(range.p10), form(range.p90));
    let spread = if low == high { String::new() } else { span(&low, &high) };
    (form(range.p50), spread)
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
    fn a_chance_is_certain_only_where_every_draw_agrees() {
        assert_eq!(chance(Some(0.0)), "0\u{202f}%");
        assert_eq!(chance(Some(0.004)), "<1\u{202f}%");
        assert_eq!(chance(Some(0.999)), ">99\u{202f}%");
        assert_eq!((chance(Some(1.0)), chance(None)), ("100\u{202f}%".to_owned(), "–".to_owned()));
    }

    #[test]
    fn figures_have_no_more_decimals_than_they_mean() {
        assert_eq!(sum(Some(615_394.49)), "615,394");
        assert_eq!((count(Some(592.0)), count(Some(12.25))), ("592".to_owned(), "12.3".to_owned()));
        assert_eq!(count(Some(438.7)), "439");
        assert_eq!(
            (percent(Some(0.874)), percent(Some(0.0312))),
            ("87\u{202f}%".to_owned(), "3.1\u{202f}%".to_owned())
        );
        assert_eq!(money(-1_200.0, "EUR"), "EUR\u{a0}−1,200");
        assert_eq!((capitalised("ērts"), capitalised("")), ("Ērts".to_owned(), String::new()));
    }

    #[test]
    fn a_range_names_its_unit_once() {
        assert_eq!(span("6.6\u{202f}%", "10\u{202f}%"), "6.6–10\u{202f}%");
        assert_eq!((span("3", "5"), span("–", "–")), ("3–5".to_owned(), "–".to_owned()));
    }

    #[test]
    fn a_range_of_one_figure_is_left_out() {
        let range = Range { p10: Some(1.0), p50: Some(2.0), p90: Some(3.0), ..Range::default() };
        assert_eq!(median_and_range(&range, sum), ("2".to_owned(), "1–3".to_owned()));
        let fixed = Range { p10: Some(2.0), p50: Some(2.0), p90: Some(2.0), ..Range::default() };
        assert_eq!(median_and_range(&fixed, sum), ("2".to_owned(), String::new()));
        assert_eq!(median_and_range(&Range::default(), sum), ("–".to_owned(), String::new()));
    }
}
