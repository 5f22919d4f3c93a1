//! Figures in the words and the form of a language, as pictures tell them.

use crate::analysis::{Range, Summary};
use crate::language::Message;
use crate::report::written::{self, Written};

/// The median as `form` writes it, and in brackets behind it the middle 80 % of the draws where there is
/// more than one value.
pub fn median_and_range(
    language: Written,
    range: &Range,
    form: impl Fn(Option<f64>) -> String,
) -> (String, String) {
    let (middle, spread) = written::median_and_range(range, form);
    if spread.is_empty() {
        return (middle, spread);
    }
    (middle, language.words(&Message::new("picture-range").name("range", &spread)))
}

/// Heads of columns.
pub fn column_heads(written: Written, heads: &[Message]) -> Vec<String> {
    heads.iter().map(|head| written.words(head)).collect()
}

/// In how many futures: all or none only where it is all or none of them.
pub fn in_futures(share: f64) -> Message {
    if share >= 1.0 {
        Message::new("chance-always")
    } else if share > 0.99 {
        Message::new("chance-more-than-99")
    } else if share > 0.0 && share < 0.01 {
        Message::new("chance-fewer-than-1")
    } else {
        Message::new("chance-of-100").count("count", share * 100.0)
    }
}

/// A year, or the years from the first to the last.
pub fn years((first, last): (i32, i32)) -> Message {
    if first == last {
        Message::new("picture-year").year("year", first)
    } else {
        Message::new("picture-years").year("first", first).year("last", last)
    }
}

/// The head of a column of a quantile.
pub fn percentile(rank: u32) -> Message {
    Message::new("chart-percentile").count("rank", f64::from(rank))
}

/// The median and the quantiles that tables of pictures show.
pub fn quantile_heads() -> [Message; 7] {
    let head = |rank: u32| match rank {
        50 => Message::new("picture-column-median"),
        rank => percentile(rank),
    };
    [5, 10, 25, 50, 75, 90, 95].map(head)
}

/// The values of these columns.
pub fn quantile_values(of: &Summary) -> [Option<f64>; 7] {
    [of.p05, of.p10, of.p25, of.p50, of.p75, of.p90, of.p95]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    const ENGLISH: Written = Written(Language::English);
    const LATVIAN: Written = Written(Language::Latvian);

    #[test]
    fn a_chance_is_certain_only_where_every_draw_agrees() {
        let shown = |share| ENGLISH.chance(Some(share)).replace('\u{202f}', " ");
        assert_eq!((&*shown(0.0), &*shown(0.004), &*shown(0.874)), ("0 %", "<1 %", "87 %"));
        assert_eq!((&*shown(0.999), &*shown(1.0)), (">99 %", "100 %"));
        assert_eq!(ENGLISH.chance(None), "–");
        assert_eq!(in_futures(0.001).in_language(Language::Latvian), "mazāk nekā 1 izspēlē no 100");
    }

    #[test]
    fn a_range_stands_in_brackets_behind_its_median() {
        let range = Range { p10: Some(1.0), p50: Some(2.0), p90: Some(3.0), ..Range::default() };
        let (middle, spread) = median_and_range(LATVIAN, &range, |value| LATVIAN.count(value));
        assert_eq!((&*middle, &*spread), ("2", " (80 % izspēļu: 1–3)"));
        let fixed = Range { p10: Some(2.0), p50: Some(2.0), p90: Some(2.0), ..Range::default() };
        assert_eq!(median_and_range(ENGLISH, &fixed, |value| ENGLISH.sum(value)).1, "");
    }

    #[test]
    fn figures_take_the_form_of_the_language() {
        assert_eq!(LATVIAN.sum(Some(615_394.49)), "615\u{a0}394");
        assert_eq!(LATVIAN.money(615_394.0, "EUR"), "615\u{a0}394\u{a0}€");
        assert_eq!(
            (ENGLISH.count(Some(592.0)), LATVIAN.count(Some(12.25))),
            ("592".into(), "12,3".into())
        );
        assert_eq!(years((2022, 2027)).in_language(Language::Latvian), "2022.–2027.");
    }
}
