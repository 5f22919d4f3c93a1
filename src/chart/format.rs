//! Numbers and sums as a reader of the language writes them.

pub use crate::language::Language;
pub use crate::language::number::number;

/// What the values of a picture are counted in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A sum of money in whole units of the currency (ISO code, `EUR`).
    Money(String),
    /// Hundredths: the value 87.5 is 87.5 %.
    Percent,
    /// Whole things, with the word that follows the number (`points`); may be empty.
    Count(String),
    /// Any other quantity, with the text of its unit (`km`, `EUR/head`); may be empty.
    Other(String),
}

/// No-break thin space, between a number and its unit.
const THIN: char = '\u{202f}';
/// No-break space.
const NO_BREAK: char = '\u{a0}';
/// What stands for a value that is not a number.
const NONE: &str = "–";

/// A value to the last whole unit, with its unit: `EUR 615,394`, `87.5 %`, `592 points`.
pub fn exact(value: f64, unit: &Unit, language: Language) -> String {
    let decimals = match unit {
        Unit::Money(_) | Unit::Count(_) => 0,
        Unit::Percent => 1,
        Unit::Other(_) => significant(value),
    };
    with_unit(&number(value, decimals, language), "", unit, language)
}

/// One choice of unit for all the numbers of an axis or a column: EUR, EUR thousand, EUR million.
#[derive(Clone, Debug, PartialEq)]
pub struct Magnitude {
    unit: Unit,
    language: Language,
    divisor: f64,
    word: &'static str,
}

impl Magnitude {
    /// The unit in which the largest of the values needs no more than about four digits.
    pub fn new(unit: &Unit, largest: f64, language: Language) -> Self {
        let size = if largest.is_finite() { largest.abs() } else { 0.0 };
        let thousands = matches!(unit, Unit::Money(_)) && size >= 20_000.0;
        let (divisor, english, latvian) = match unit {
            Unit::Percent => (1.0, "", ""),
            _ if size >= 2e9 => (1e9, "billion", "mljrd."),
            _ if size >= 2e6 => (1e6, "million", "milj."),
            _ if thousands => (1e3, "thousand", "tūkst."),
            _ => (1.0, "", ""),
        };
        let word = if language == Language::Latvian { latvian } else { english };
        Self { unit: unit.clone(), language, divisor, word }
    }

    /// The unit itself, whatever the size of the values.
    pub fn whole(unit: &Unit, language: Language) -> Self {
        Self { unit: unit.clone(), language, divisor: 1.0, word: "" }
    }

    /// The unit alone, for the head of an axis: `EUR million`, `%`, `points`.
    pub fn heading(&self) -> String {
        match (&self.unit, self.language) {
            (Unit::Percent, _) => "%".to_owned(),
            (Unit::Money(currency), Language::English | Language::Bracketed) => {
                join(currency, self.word)
            }
            (Unit::Money(currency), Language::Latvian) => join(self.word, sign(currency)),
            (Unit::Count(name) | Unit::Other(name), _) => join(self.word, name),
        }
    }

    /// The number at a tick, with as many decimals as the step between ticks needs.
    pub fn tick(&self, value: f64, step: f64) -> String {
        let mut decimals = 0;
        let mut left = (step / self.divisor).abs();
        while decimals < 6 && left > 0.0 && (left - left.round()).abs() > 1e-6 * left {
            left *= 10.0;
            decimals += 1;
        }
        number(value / self.divisor, decimals, self.language)
    }

    /// The number alone, to about three figures.
    pub fn value(&self, value: f64) -> String {
        let scaled = value / self.divisor;
        let small = scaled.abs() < 9.95 && scaled != scaled.round();
        let decimals = match self.unit {
            Unit::Percent => usize::from(small),
            // As sentences write a count: a title and its label say the same.
            Unit::Count(_) if self.divisor == 1.0 => {
                usize::from(scaled.abs() < 100.0 && scaled != scaled.round())
            }
            Unit::Money(_) if self.divisor == 1.0 => 2 * usize::from(small),
            _ => significant(scaled),
        };
        let text = number(scaled, decimals, self.language);
        let nothing = text.chars().all(|c| !c.is_ascii_digit() || c == '0') && text != NONE;
        if nothing { number(0.0, 0, self.language) } else { text }
    }

    /// Decimals for a column of numbers: three figures of the largest or two of the middle one, at most two decimals.
    pub fn column_decimals(&self, values: &[f64]) -> usize {
        let mut sizes: Vec<f64> =
            values.iter().map(|v| (v / self.divisor).abs()).filter(|v| v.is_finite()).collect();
        sizes.sort_by(f64::total_cmp);
        let (largest, middle) = (
            sizes.last().copied().unwrap_or(0.0),
            sizes.get(sizes.len() / 2).copied().unwrap_or(0.0),
        );
        let whole = matches!(self.unit, Unit::Money(_) | Unit::Count(_)) && self.divisor == 1.0;
        match self.unit {
            Unit::Money(_) if whole && largest < 9.95 => {
                2 * usize::from(sizes.iter().any(|v| *v != v.round()))
            }
            Unit::Count(_) if whole && largest < 9.95 => {
                usize::from(sizes.iter().any(|v| *v != v.round()))
            }
            _ if whole => 0,
            Unit::Percent => usize::from(largest < 9.95 && largest > 0.0),
            _ => significant(largest).max(significant(middle * 10.0)).min(2),
        }
    }

    /// The number alone with so many decimals.
    pub fn fixed(&self, value: f64, decimals: usize) -> String {
        number(value / self.divisor, decimals, self.language)
    }

    /// The number with its unit: `EUR 1.24 million`.
    pub fn label(&self, value: f64) -> String {
        // Nothing is not counted in millions.
        let text = self.value(value);
        let word = if text == "0" { "" } else { self.word };
        with_unit(&text, word, &self.unit, self.language)
    }
}

/// Decimals that show three significant figures of a value, none for a whole small number.
fn significant(value: f64) -> usize {
    match value.abs() {
        size if size == 0.0 || size >= 99.95 => 0,
        size if size >= 9.995 => 1,
        size if size >= 0.1 => 2,
        size if size >= 0.01 => 3,
        _ => 4,
    }
}

fn with_unit(number: &str, word: &str, unit: &Unit, language: Language) -> String {
    let joined = |parts: [&str; 3]| {
        let kept: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        kept.join(&NO_BREAK.to_string())
    };
    match (unit, language) {
        (Unit::Money(currency), Language::English | Language::Bracketed) => {
            joined([currency, number, word])
        }
        (Unit::Money(currency), Language::Latvian) => joined([number, word, sign(currency)]),
        (Unit::Percent, _) => format!("{number}{THIN}%"),
        (Unit::Count(name) | Unit::Other(name), _) => joined([number, word, name]),
    }
}

fn join(first: &str, second: &str) -> String {
    [first, second].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The sign of a currency where it has one.
fn sign(currency: &str) -> &str {
    if currency == "EUR" { "€" } else { currency }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{English, Latvian};

    #[test]
    fn an_axis_has_one_unit_for_all_its_numbers() {
        let euro = Unit::Money("EUR".to_owned());
        let axis = Magnitude::new(&euro, 3_100_000.0, English);
        assert_eq!(axis.heading(), "EUR million");
        assert_eq!(axis.tick(1_500_000.0, 500_000.0), "1.5");
        assert_eq!(axis.tick(0.0, 500_000.0), "0.0");
        assert_eq!(axis.label(1_237_400.0), "EUR\u{a0}1.24\u{a0}million");
        assert_eq!(axis.label(0.0), "EUR\u{a0}0");
        let axis = Magnitude::new(&euro, 615_394.0, Latvian);
        assert_eq!(axis.heading(), "tūkst. €");
        assert_eq!(axis.label(615_394.0), "615\u{a0}tūkst.\u{a0}€");
        assert_eq!(exact(615_394.0, &euro, English), "EUR\u{a0}615,394");
    }
}
