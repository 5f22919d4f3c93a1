//! Numbers for people: six digits, and columns that line up at the point.

/// Digits that are shown.
const DIGITS: i32 = 6;

/// A number with six digits; whole numbers with all they have, very large and very small ones with an
/// exponent.
pub fn figure(value: f64) -> String {
    if value.is_infinite() {
        return if value > 0.0 { "∞" } else { "-∞" }.to_owned();
    }
    // The exponent after rounding to six digits.
    let scientific = format!("{value:.5e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if !(-5..15).contains(&exponent) {
        return format!("{}e{exponent}", plain(mantissa));
    }
    let decimals = usize::try_from(DIGITS - 1 - exponent).unwrap_or(0);
    // A negative zero is zero.
    plain(&format!("{:.decimals$}", value + 0.0)).to_owned()
}

/// Without zeros at the end of the decimals.
fn plain(text: &str) -> &str {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text }
}

/// Numbers one below another, their points in one column.
pub fn aligned_at_point(numbers: impl Iterator<Item = String>) -> Vec<String> {
    let numbers: Vec<String> = numbers.collect();
    let before = |text: &String| text.split('.').next().map_or(0, |whole| whole.chars().count());
    let widest = numbers.iter().map(before).max().unwrap_or(0);
    let after = |text: &String| text.chars().count() - before(text);
    let longest = numbers.iter().map(after).max().unwrap_or(0);
    let padded = |text: &String| {
        let (left, right) = (widest - before(text), longest - after(text));
        format!("{}{text}{}", " ".repeat(left), " ".repeat(right))
    };
    numbers.iter().map(padded).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_digits_are_shown_and_no_more_than_there_are() {
        let texts = [5.5, 1.267_731_382, 1_234_567.8, 0.000_123_456_78, -0.25, 0.0, -0.0, 1100.0];
        assert_eq!(
            texts.map(figure),
            ["5.5", "1.26773", "1234568", "0.000123457", "-0.25", "0", "0", "1100"]
        );
        assert_eq!(figure(999_999.5), "1000000");
        assert_eq!([1.5e20, -2e-9].map(figure), ["1.5e20", "-2e-9"]);
        assert_eq!([f64::INFINITY, f64::NEG_INFINITY].map(figure), ["∞", "-∞"]);
    }

    #[test]
    fn points_stand_in_one_column() {
        let numbers = ["5.5", "-12", "0.125"].map(str::to_owned);
        assert_eq!(aligned_at_point(numbers.into_iter()), ["  5.5  ", "-12    ", "  0.125"]);
    }
}
