//! Numbers in an explanation: enough digits to do the sum again.

use crate::report::wording;

/// Significant digits that the text shows of a number; JSON has all.
const DIGITS: i32 = 10;

/// A number with ten significant digits, without grouping and exponent, as it stands in a formula.
pub fn figure(value: f64) -> String {
    if !value.is_finite() {
        return "no number".to_owned();
    }
    if value.fract() == 0.0 && value.abs() < 1e15 {
        return format!("{:.0}", value + 0.0);
    }
    let scientific = format!("{value:.9e}");
    let exponent = scientific.split_once('e').and_then(|(_, digits)| digits.parse::<i32>().ok());
    let decimals = (DIGITS - 1 - exponent.unwrap_or(0)).clamp(0, 30) as usize;
    let plain = format!("{value:.decimals$}");
    if plain.contains('.') {
        plain.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        plain
    }
}

/// A sum of money with two decimals and thousands apart.
pub fn euro(value: f64) -> String {
    wording::number(value, 2)
}

/// A share in per cent with one decimal; a dash of nothing.
pub fn percent(part: f64, whole: f64) -> String {
    if whole == 0.0 {
        return "–".to_owned();
    }
    format!("{} %", wording::number(100.0 * part / whole, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_digits_are_enough_for_a_cent_of_ten_millions() {
        assert_eq!(figure(0.1 + 0.2), "0.3");
        assert_eq!(figure(46_429.2), "46429.2");
        assert_eq!(figure(12_345_678.914_6), "12345678.91");
        assert_eq!(figure(1.0 / 3.0), "0.3333333333");
        assert_eq!([-0.0, 24.0, -1.5].map(figure), ["0", "24", "-1.5"]);
        assert_eq!(figure(0.000_012_345), "0.000012345");
    }

    #[test]
    fn money_has_cents_and_groups() {
        assert_eq!([12_270.0, 0.5, 1e6].map(euro), ["12,270.00", "0.50", "1,000,000.00"]);
        assert_eq!((percent(1.0, 3.0), percent(1.0, 0.0)), ("33.3 %".to_owned(), "–".to_owned()));
    }
}
