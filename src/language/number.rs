//! Numbers, sums, shares and dates as a reader of the language writes them.
//!
//! Latvian as in CLDR 46 (`common/main/lv.xml`): decimal comma, groups of three parted by a no-break
//! space from five digits on, the sign of the currency behind the number. Before the per cent sign
//! stands a space, as Latvian usage has it.

use super::Language;
use crate::units::round_half_up;

/// No-break thin space, before the per cent sign in English.
const THIN: char = '\u{202f}';
/// No-break space.
const NO_BREAK: char = '\u{a0}';
/// What stands for a value that is not a number.
const NONE: &str = "–";

/// A number with so many decimals, half up; a true minus sign, never a negative zero.
pub fn number(value: f64, decimals: usize, language: Language) -> String {
    if !value.is_finite() {
        return NONE.to_owned();
    }
    if value.abs() >= 1e15 {
        return format!("{value:.2e}").replace('-', "−");
    }
    let value = round_half_up(value, decimals as i32);
    let plain = format!("{:.*}", decimals, value.abs());
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let (group, point, least) = match language {
        Language::English | Language::Bracketed => (',', '.', 4),
        Language::Latvian => (NO_BREAK, ',', 5),
    };
    let mut text = String::with_capacity(plain.len() + 8);
    if value < 0.0 && plain.contains(|c: char| c.is_ascii_digit() && c != '0') {
        text.push('−');
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && whole.len() >= least && (whole.len() - i).is_multiple_of(3) {
            text.push(group);
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push(point);
        text.push_str(fraction);
    }
    text
}

/// A sum with its currency (ISO code) and so many decimals, half up: `EUR 1,234.56`, `1234,56 €`.
pub fn money(sum: f64, decimals: usize, currency: &str, language: Language) -> String {
    let rounded = round_half_up(sum, decimals as i32);
    with_currency(&number(rounded, decimals, language), "", currency, language)
}

/// A sum to three figures from 10 000 on, below to the whole unit: `EUR 4.52 million`, `615 000 €`.
pub fn rough_money(sum: f64, currency: &str, language: Language) -> String {
    let size = sum.abs();
    if !(9_999.5..1e15).contains(&size) {
        return money(sum, 0, currency, language);
    }
    // The last of the three figures that are kept.
    let mut last = 10.0;
    while size >= 999.5 * last {
        last *= 10.0;
    }
    let kept = round_half_up(size / last, 0) * last;
    let (unit, words) = match kept {
        kept if kept >= 1e9 => (1e9, ["billion", "mljrd."]),
        kept if kept >= 1e6 => (1e6, ["million", "milj."]),
        _ => (1.0, ["", ""]),
    };
    let decimals = match kept / unit {
        _ if unit == 1.0 => 0,
        scaled if scaled < 10.0 => 2,
        scaled if scaled < 100.0 => 1,
        _ => 0,
    };
    let word = if language == Language::Latvian { words[1] } else { words[0] };
    let text = number((kept / unit).copysign(sum), decimals, language);
    with_currency(&text, word, currency, language)
}

/// A share as per cent, a decimal below ten: `87 %`.
pub fn percent(share: f64, language: Language) -> String {
    let hundredths = 100.0 * share;
    let decimals = usize::from(hundredths.abs() < 9.95 && hundredths != hundredths.round());
    let rounded = round_half_up(hundredths, decimals as i32);
    let space = if language == Language::Latvian { NO_BREAK } else { THIN };
    format!("{}{space}%", number(rounded, decimals, language))
}

/// A date: `2022-12-31`, `31.12.2022.`
pub fn date(year: i32, month: u32, day: u32, language: Language) -> String {
    match language {
        Language::English | Language::Bracketed => format!("{year:04}-{month:02}-{day:02}"),
        Language::Latvian => format!("{day:02}.{month:02}.{year:04}."),
    }
}

fn with_currency(number: &str, word: &str, currency: &str, language: Language) -> String {
    let sign = if currency == "EUR" { "€" } else { currency };
    let parts = match language {
        Language::English | Language::Bracketed => [currency, number, word],
        Language::Latvian => [number, word, sign],
    };
    let kept: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    kept.join(&NO_BREAK.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{English, Latvian};

    #[test]
    fn numbers_take_the_form_of_the_language() {
        assert_eq!(number(1234.5, 1, English), "1,234.5");
        assert_eq!(number(-1_234_567.0, 0, English), "−1,234,567");
        assert_eq!(number(999.6, 0, English), "1,000");
        // CLDR for Latvian: decimal comma, no group below 10 000.
        assert_eq!(number(1234.56, 2, Latvian), "1234,56");
        assert_eq!(number(12_345.67, 2, Latvian), "12\u{a0}345,67");
        assert_eq!(number(-1_234_567.0, 0, Latvian), "−1\u{a0}234\u{a0}567");
    }

    #[test]
    fn a_value_that_rounds_to_nothing_has_no_minus_sign() {
        assert_eq!(number(-0.2, 0, English), "0");
        assert_eq!(number(-0.0, 1, English), "0.0");
        assert_eq!(number(f64::NAN, 0, English), "–");
        assert_eq!(rough_money(f64::NAN, "EUR", Latvian), "–\u{a0}€");
    }

    #[test]
    fn sums_have_their_currency_where_the_language_has_it() {
        assert_eq!(money(1234.56, 2, "EUR", Latvian), "1234,56\u{a0}€");
        assert_eq!(money(12_345.67, 2, "EUR", Latvian), "12\u{a0}345,67\u{a0}€");
        assert_eq!(money(940_394.0, 0, "EUR", Latvian), "940\u{a0}394\u{a0}€");
        assert_eq!(money(940_394.0, 0, "PLN", Latvian), "940\u{a0}394\u{a0}PLN");
        assert_eq!(money(1234.56, 2, "EUR", English), "EUR\u{a0}1,234.56");
        // Half up on the decimal reading, where `format!` would round 1.005 down.
        assert_eq!(money(1.005, 2, "EUR", Latvian), "1,01\u{a0}€");
    }

    #[test]
    fn large_sums_have_three_figures() {
        let english = |sum| rough_money(sum, "EUR", English).replace('\u{a0}', " ");
        let latvian = |sum| rough_money(sum, "EUR", Latvian).replace('\u{a0}', " ");
        assert_eq!(english(4_522_659.0), "EUR 4.52 million");
        assert_eq!(latvian(4_522_659.0), "4,52 milj. €");
        assert_eq!((english(9_999.4), latvian(9_999.4)), ("EUR 9,999".into(), "9999 €".into()));
        assert_eq!((english(9_999.5), latvian(56_250.0)), ("EUR 10,000".into(), "56 300 €".into()));
        assert_eq!(latvian(615_394.0), "615 000 €");
        // What rounds to a thousand thousands is a million.
        let (below, above) = (english(999_400.0), english(999_600.0));
        assert_eq!((&*below, &*above), ("EUR 999,000", "EUR 1.00 million"));
        assert_eq!(english(-13_861_186.0), "EUR −13.9 million");
        assert_eq!(english(999_600_000.0), "EUR 1.00 billion");
        assert_eq!(latvian(2_345_000_000.0), "2,35 mljrd. €");
        assert_eq!(english(2e13), "EUR 20,000 billion");
    }

    #[test]
    fn shares_and_dates_take_the_form_of_the_language() {
        assert_eq!(percent(0.05, Latvian), "5\u{a0}%");
        assert_eq!(
            (percent(0.874, English), percent(0.0312, Latvian)),
            ("87\u{202f}%".into(), "3,1\u{a0}%".into())
        );
        assert_eq!(date(2022, 12, 31, Latvian), "31.12.2022.");
        assert_eq!(date(2022, 2, 1, English), "2022-02-01");
    }
}
