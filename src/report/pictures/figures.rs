//! Figures in the words and the form of a language, as pictures tell them.

use crate::analysis::{Range, Summary};
use crate::language::{Language, Message, number};
use crate::units::round_half_up;

/// What stands where there is no figure.
const NONE: &str = "–";

/// Writes in a language.
#[derive(Clone, Copy, Debug)]
pub struct Figures {
    /// The language.
    pub language: Language,
}

impl Figures {
    /// The words of a message.
    pub fn say(self, message: &Message) -> String {
        message.in_language(self.language)
    }

    /// A number with so many decimals, half up.
    pub fn number(self, value: f64, decimals: usize) -> String {
        number::number(round_half_up(value, decimals as i32), decimals, self.language)
    }

    /// A sum in whole units of the currency, without it.
    pub fn sum(self, value: Option<f64>) -> String {
        value.map_or_else(|| NONE.to_owned(), |value| self.number(value, 0))
    }

    /// A sum with its currency: `EUR 615,394`, `615 394 €`.
    pub fn money(self, value: f64, currency: &str) -> String {
        number::money(value, 0, currency, self.language)
    }

    /// A sum to the cent, with its currency.
    pub fn cents(self, value: f64, currency: &str) -> String {
        number::money(value, 2, currency, self.language)
    }

    /// A count: whole where it is, else with one decimal.
    pub fn count(self, value: Option<f64>) -> String {
        let decimals = |value: f64| usize::from(value.abs() < 100.0 && value != value.round());
        value.map_or_else(|| NONE.to_owned(), |value| self.number(value, decimals(value)))
    }

    /// A share as per cent.
    pub fn percent(self, share: Option<f64>) -> String {
        share.map_or_else(|| NONE.to_owned(), |share| number::percent(share, self.language))
    }

    /// A chance in per cent: 0 and 100 only where no draw or every draw agrees.
    pub fn chance(self, share: Option<f64>) -> String {
        match share {
            Some(share) if share > 0.0 && share < 0.01 => format!("<{}", self.percent(Some(0.01))),
            Some(share) if share < 1.0 && share > 0.99 => format!(">{}", self.percent(Some(0.99))),
            share => self.percent(share.map(|share| round_half_up(share, 2))),
        }
    }

    /// `low–high`, one figure where both are the same; per cent stand once.
    #[allow(clippy::unused_self)] // asked for beside the figures that it joins
    pub fn span(self, low: &str, high: &str) -> String {
        match low.strip_suffix('%') {
            _ if low == high => low.to_owned(),
            Some(low) if high.ends_with('%') => format!("{}–{high}", low.trim_end()),
            _ => format!("{low}–{high}"),
        }
    }

    /// The median as `form` writes it, and in brackets behind it the middle 80 % of the draws where there
    /// is more than one value.
    pub fn median_and_range(
        self,
        range: &Range,
        form: impl Fn(Option<f64>) -> String,
    ) -> (String, String) {
        let (low, high) = (form(range.p10), form(range.p90));
        if low == high {
            return (form(range.p50), String::new());
        }
        let spread = Message::new("picture-range").name("range", &self.span(&low, &high));
        (form(range.p50), self.say(&spread))
    }

    /// Heads of columns.
    #[allow(clippy::needless_pass_by_value)] // messages are made where they are said
    pub fn heads<const N: usize>(self, heads: [Message; N]) -> Vec<String> {
        heads.iter().map(|head| self.say(head)).collect()
    }
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

    const ENGLISH: Figures = Figures { language: Language::English };
    const LATVIAN: Figures = Figures { language: Language::Latvian };

    #[test]
    fn a_chance_is_certain_only_where_every_draw_agrees() {
        let shown = |share| ENGLISH.chance(Some(share)).replace('\u{202f}', " ");
        assert_eq!((&*shown(0.0), &*shown(0.004), &*shown(0.874)), ("0 %", "<1 %", "87 %"));
        assert_eq!((&*shown(0.999), &*shown(1.0)), (">99 %", "100 %"));
        assert_eq!(ENGLISH.chance(None), "–");
        assert_eq!(in_futures(0.001).in_language(Language::Latvian), "mazāk nekā 1 izspēlē no 100");
    }

    #[test]
    fn a_range_names_its_unit_once() {
        assert_eq!(ENGLISH.span("6.6\u{202f}%", "10\u{202f}%"), "6.6–10\u{202f}%");
        assert_eq!(LATVIAN.span("6,6\u{a0}%", "10\u{a0}%"), "6,6–10\u{a0}%");
        assert_eq!((ENGLISH.span("3", "5"), ENGLISH.span("–", "–")), ("3–5".into(), "–".into()));
        let range = Range { p10: Some(1.0), p50: Some(2.0), p90: Some(3.0), ..Range::default() };
        let (middle, spread) = LATVIAN.median_and_range(&range, |value| LATVIAN.count(value));
        assert_eq!((&*middle, &*spread), ("2", " (80 % izspēļu: 1–3)"));
        let fixed = Range { p10: Some(2.0), p50: Some(2.0), p90: Some(2.0), ..Range::default() };
        assert_eq!(ENGLISH.median_and_range(&fixed, |value| ENGLISH.sum(value)).1, "");
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
