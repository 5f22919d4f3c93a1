//! Figures and words in the form of a language, as pages, letters and the terminal write them.

use crate::analysis::{ChanceInterval, QuantileInterval, Range};
use crate::language::{Language, Message, number};
use crate::units::round_half_up;

/// What stands where there is no figure.
pub const NONE: &str = "–";

/// Writes in a language.
#[derive(Clone, Copy, Debug)]
pub struct Written(pub Language);

impl Written {
    /// The text of a key into which nothing is put.
    pub fn say(self, key: &'static str) -> String {
        self.0.say(key)
    }

    /// The words of a message.
    pub fn words(self, message: &Message) -> String {
        message.in_language(self.0)
    }

    /// A number with so many decimals, half up.
    pub fn number(self, value: f64, decimals: usize) -> String {
        number::number(round_half_up(value, decimals as i32), decimals, self.0)
    }

    /// A sum in whole units of the currency, without it.
    pub fn sum(self, value: Option<f64>) -> String {
        value.map_or_else(|| NONE.to_owned(), |value| self.number(value, 0))
    }

    /// A sum with its currency: `EUR 615,394`, `615 394 €`.
    pub fn money(self, value: f64, currency: &str) -> String {
        number::money(value, 0, currency, self.0)
    }

    /// A sum to the cent, with its currency.
    pub fn cents(self, value: f64, currency: &str) -> String {
        number::money(value, 2, currency, self.0)
    }

    /// A currency as its sums have it: `EUR`, `€`.
    pub fn currency(self, code: &str) -> String {
        if self.0 == Language::Latvian && code == "EUR" {
            "€".to_owned()
        } else {
            code.to_owned()
        }
    }

    /// A count: whole where it is, else with one decimal.
    pub fn count(self, value: Option<f64>) -> String {
        let decimals = |value: f64| usize::from(value.abs() < 100.0 && value != value.round());
        value.map_or_else(|| NONE.to_owned(), |value| self.number(value, decimals(value)))
    }

    /// A figure with three significant digits or all its whole ones.
    pub fn figure(self, value: f64) -> String {
        let decimals = match value.abs() {
            size if size >= 99.95 || size == 0.0 => 0,
            size if size >= 9.995 => 1,
            size if size >= 0.9995 => 2,
            size if size >= 0.09995 => 3,
            _ => 4,
        };
        let text = self.number(value, decimals);
        if decimals > 0 {
            text.trim_end_matches('0').trim_end_matches(['.', ',']).to_owned()
        } else {
            text
        }
    }

    /// A share as per cent: `87 %`; a decimal below ten.
    pub fn percent(self, share: Option<f64>) -> String {
        share.map_or_else(|| NONE.to_owned(), |share| number::percent(share, self.0))
    }

    /// A share as per cent with one decimal.
    pub fn percent_with_one_decimal(self, share: f64) -> String {
        let space = if self.0 == Language::Latvian { '\u{a0}' } else { '\u{202f}' };
        format!("{}{space}%", self.number(100.0 * share, 1))
    }

    /// A chance in per cent: 0 and 100 only where no draw or every draw agrees.
    pub fn chance(self, share: Option<f64>) -> String {
        match share {
            Some(share) if share > 0.0 && share < 0.01 => format!("<{}", self.percent(Some(0.01))),
            Some(share) if share < 1.0 && share > 0.99 => format!(">{}", self.percent(Some(0.99))),
            share => self.percent(share.map(|share| round_half_up(share, 2))),
        }
    }

    /// A difference with its sign.
    pub fn signed(self, value: f64) -> String {
        let text = self.sum(Some(value));
        if value >= 0.5 { format!("+{text}") } else { text }
    }

    /// A year, or the first and the last.
    pub fn years(self, (first, last): (i32, i32)) -> String {
        self.words(&if first == last {
            Message::new("page-year-alone").year("year", first)
        } else {
            Message::new("page-year-span").year("first", first).year("last", last)
        })
    }

    /// A month `2022-02` as its first day, a day `2022-02-01` as it is; any other text as it stands.
    pub fn date(self, text: &str) -> String {
        let parts: Option<Vec<u32>> = text.split('-').map(|part| part.parse().ok()).collect();
        match parts.as_deref() {
            Some([year, month]) => number::date(*year as i32, *month, 1, self.0),
            Some([year, month, day]) => number::date(*year as i32, *month, *day, self.0),
            _ => text.to_owned(),
        }
    }

    /// What the number of draws leaves open of a quantile: `[355–480]`, each end as `form` writes it;
    /// nothing where both ends read the same. Brackets, so that nobody takes it for a range of futures.
    pub fn open(self, of: &QuantileInterval, form: impl Fn(Option<f64>) -> String) -> String {
        let text = match (of.lower, of.upper) {
            (None, None) => return String::new(),
            (None, upper) => self.words(&Message::new("page-up-to").name("value", &form(upper))),
            (lower, None) => self.words(&Message::new("page-or-more").name("value", &form(lower))),
            (lower, upper) => {
                let (low, high) = (form(lower), form(upper));
                if low == high {
                    return String::new();
                }
                between(&low, &high)
            }
        };
        format!("[{text}]")
    }

    /// The same of a chance, in per cent as the chance itself: `[39–45]`.
    pub fn open_chance(self, of: &ChanceInterval) -> String {
        let number = |share: Option<f64>| {
            self.chance(share).trim_end_matches(['%', '\u{a0}', '\u{202f}']).to_owned()
        };
        let ends = of.map(|of| QuantileInterval { lower: Some(of.lower), upper: Some(of.upper) });
        ends.map_or_else(String::new, |ends| self.open(&ends, number))
    }
}

/// What the number of draws leaves open of a chance, in per cent: `[39–45]`; nothing where it is not known.
#[must_use]
pub fn open_chance(of: &ChanceInterval, language: Language) -> String {
    Written(language).open_chance(of)
}

/// The median, and the range of the middle 80 % of the draws where there is more than one value.
pub fn median_and_range(range: &Range, form: impl Fn(Option<f64>) -> String) -> (String, String) {
    let (low, high) = (form(range.p10), form(range.p90));
    let spread = if low == high { String::new() } else { between(&low, &high) };
    (form(range.p50), spread)
}

/// `low–high`, one figure where both are the same; per cent stand once.
pub fn between(low: &str, high: &str) -> String {
    match low.strip_suffix('%') {
        _ if low == high => low.to_owned(),
        Some(low) if high.ends_with('%') => format!("{}–{high}", low.trim_end()),
        _ => format!("{low}–{high}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::interval::Interval;

    const ENGLISH: Written = Written(Language::English);
    const LATVIAN: Written = Written(Language::Latvian);

    #[test]
    fn a_chance_is_certain_only_where_every_draw_agrees() {
        let shown = |share| ENGLISH.chance(Some(share)).replace('\u{202f}', " ");
        assert_eq!((&*shown(0.0), &*shown(0.004), &*shown(0.874)), ("0 %", "<1 %", "87 %"));
        assert_eq!((&*shown(0.999), &*shown(1.0)), (">99 %", "100 %"));
        assert_eq!(ENGLISH.chance(None), NONE);
    }

    #[test]
    fn figures_have_three_significant_digits_in_the_form_of_the_language() {
        let cases = [(1_234.5, "1,235"), (12.345, "12.3"), (0.5, "0.5"), (0.031_25, "0.0313")];
        for (value, text) in cases {
            assert_eq!(ENGLISH.figure(value), text);
        }
        assert_eq!([0.0, -0.02, 100.0].map(|value| ENGLISH.figure(value)), ["0", "−0.02", "100"]);
        assert_eq!((LATVIAN.figure(12.345), LATVIAN.figure(0.5)), ("12,3".into(), "0,5".into()));
    }

    #[test]
    fn years_and_dates_take_the_form_of_the_language() {
        assert_eq!(
            (LATVIAN.years((2022, 2027)), ENGLISH.years((2022, 2022))),
            ("2022.–2027.".into(), "2022".into())
        );
        assert_eq!(
            (LATVIAN.date("2022-02"), ENGLISH.date("2022-02-15")),
            ("01.02.2022.".into(), "2022-02-15".into())
        );
        assert_eq!(LATVIAN.date("end of 2022"), "end of 2022");
    }

    #[test]
    fn both_ends_stand_in_brackets_and_a_missing_one_is_told_in_words() {
        let of =
            |lower, upper| LATVIAN.open(&Interval { lower, upper }, |value| LATVIAN.sum(value));
        assert_eq!(of(Some(355_000.2), Some(480_000.0)), "[355\u{a0}000–480\u{a0}000]");
        assert_eq!(
            (of(None, Some(7.0)), of(Some(7.0), None)),
            ("[līdz 7]".into(), "[7 vai vairāk]".into())
        );
        assert_eq!((of(Some(7.0), Some(7.3)), of(None, None)), (String::new(), String::new()));
        let chance = Some(Interval { lower: 0.996, upper: 1.0 });
        assert_eq!(
            (ENGLISH.open_chance(&chance), ENGLISH.open_chance(&None)),
            ("[>99–100]".into(), String::new())
        );
    }

    #[test]
    fn a_range_names_its_unit_once() {
        assert_eq!(between("6.6\u{202f}%", "10\u{202f}%"), "6.6–10\u{202f}%");
        assert_eq!(between("6,6\u{a0}%", "10\u{a0}%"), "6,6–10\u{a0}%");
        let fixed = Range { p10: Some(2.0), p50: Some(2.0), p90: Some(2.0), ..Range::default() };
        assert_eq!(median_and_range(&fixed, |value| ENGLISH.sum(value)).1, "");
    }
}
