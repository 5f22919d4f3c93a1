//! What the number of draws leaves open of a chance or a quantile: one form wherever it is shown,
//! brackets, so that nobody takes it for a range of futures.

use super::wording::span;
use crate::analysis::{ChanceInterval, QuantileInterval};

/// What the brackets are, for captions.
pub const BRACKETS: &str = "in brackets what so many draws leave open (95 %)";

/// `[355–480]`, each end as `form` writes it; nothing where both ends read the same.
pub fn of_quantile(interval: &QuantileInterval, form: impl Fn(Option<f64>) -> String) -> String {
    match (interval.lower, interval.upper) {
        (None, None) => String::new(),
        (None, upper) => format!("[up to {}]", form(upper)),
        (lower, None) => format!("[{} or more]", form(lower)),
        (lower, upper) => {
            let (low, high) = (form(lower), form(upper));
            if low == high { String::new() } else { format!("[{}]", span(&low, &high)) }
        }
    }
}

/// The same of a chance, in per cent as the chance itself: `[39–45]`.
pub fn of_chance(interval: &ChanceInterval, form: impl Fn(Option<f64>) -> String) -> String {
    let number =
        |share: Option<f64>| form(share).trim_end_matches(['%', ' ', '\u{202f}']).to_owned();
    let ends = interval.map(|interval| QuantileInterval {
        lower: Some(interval.lower),
        upper: Some(interval.upper),
    });
    ends.map_or_else(String::new, |ends| of_quantile(&ends, number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::wording::{chance, sum};
    use crate::stats::interval::Interval;

    #[test]
    fn both_ends_stand_in_brackets_and_a_missing_one_is_told_in_words() {
        let of = |lower, upper| of_quantile(&Interval { lower, upper }, sum);
        assert_eq!(of(Some(355_000.2), Some(480_000.0)), "[355,000–480,000]");
        assert_eq!(of(None, Some(7.0)), "[up to 7]");
        assert_eq!(of(Some(7.0), None), "[7 or more]");
        assert_eq!((of(Some(7.0), Some(7.3)), of(None, None)), (String::new(), String::new()));
    }

    #[test]
    fn a_chance_has_its_unit_outside() {
        let of = |lower, upper| of_chance(&Some(Interval { lower, upper }), chance);
        assert_eq!(of(0.39, 0.45), "[39–45]");
        assert_eq!(of(0.996, 1.0), "[>99–100]");
        assert_eq!(of_chance(&None, chance), "");
    }
}
