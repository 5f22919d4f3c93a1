//! Numbers as plain decimals: no exponent, no grouping, a point.

use crate::units::round_half_up;

/// Money: two decimals, half up; empty where it is missing.
pub fn money(value: Option<f64>) -> String {
    finite(value).map_or_else(String::new, |value| format!("{:.2}", round_half_up(value, 2)))
}

/// Anything else: up to six decimals, half up, without trailing zeros; empty where it is missing.
pub fn number(value: Option<f64>) -> String {
    let Some(value) = finite(value) else { return String::new() };
    let fixed = format!("{:.6}", round_half_up(value, 6));
    fixed.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// As many digits as say exactly which number it is.
pub fn exact(value: f64) -> String {
    finite(Some(value)).map_or_else(String::new, |value| value.to_string())
}

/// What is not finite is missing; a negative zero is zero.
fn finite(value: Option<f64>) -> Option<f64> {
    value.filter(|value| value.is_finite()).map(|value| value + 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_has_two_decimals() {
        assert_eq!(money(Some(615_394.0)), "615394.00");
        assert_eq!(money(Some(1.005)), "1.01");
        assert_eq!(money(Some(-0.004)), "0.00");
        assert_eq!(money(Some(-12.345)), "-12.35");
        assert_eq!(money(None), "");
        assert_eq!(money(Some(f64::NAN)), "");
    }

    #[test]
    fn other_numbers_have_as_many_decimals_as_they_need_up_to_six() {
        assert_eq!(number(Some(2.0)), "2");
        assert_eq!(number(Some(0.25)), "0.25");
        assert_eq!(number(Some(1_907_675.0)), "1907675");
        assert_eq!(number(Some(100.0)), "100");
        assert_eq!(number(Some(1.0 / 3.0)), "0.333333");
        assert_eq!(number(Some(-1e-9)), "0");
        assert_eq!(number(Some(1e18)), "1000000000000000000");
    }

    #[test]
    fn full_precision_reads_back_as_the_same_number() {
        for value in [0.1 + 0.2, 1e-300, 642.857_142_857_142_9, 1e22] {
            assert_eq!(exact(value).parse::<f64>(), Ok(value));
            assert!(!exact(value).contains('e'));
        }
        assert_eq!(exact(-0.0), "0");
    }
}
