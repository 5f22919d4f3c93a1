//! Numbers as a person would write them.

/// A number as it would be written in a scenario: `1_907_675`, `0.25`, at most six digits of a
/// fraction, and never hundreds of digits.
pub fn figure(value: f64) -> String {
    const LARGEST: f64 = 1e15;
    const SMALLEST: f64 = 1e-4;
    let size = value.abs();
    if !value.is_finite() || size >= LARGEST || (size > 0.0 && size < SMALLEST) {
        return short(format!("{value:.5e}"));
    }
    if size.fract() == 0.0 {
        return grouped(&format!("{value:.0}"));
    }
    let before = size.trunc().to_string().len();
    let text = format!("{value:.*}", 6_usize.saturating_sub(before).max(2));
    let text = text.trim_end_matches('0').trim_end_matches('.');
    match text.split_once('.') {
        Some((whole, fraction)) => format!("{}.{fraction}", grouped(whole)),
        None => grouped(text),
    }
}

/// `1.50000e300` without the zeros that say nothing.
fn short(text: String) -> String {
    match text.split_once('e') {
        Some((digits, exponent)) => {
            let digits = digits.trim_end_matches('0').trim_end_matches('.');
            format!("{digits}e{exponent}")
        }
        None => text,
    }
}

/// Thousands set apart, from five digits on.
fn grouped(whole: &str) -> String {
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    if digits.len() < 5 {
        return whole.to_owned();
    }
    let mut out = sign.to_owned();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('_');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::figure;

    #[test]
    fn figures_are_short_and_can_be_copied_into_a_scenario() {
        for (value, text) in [
            (0.0, "0"),
            (2022.0, "2022"),
            (-23_000.0, "-23_000"),
            (1_907_675.0, "1_907_675"),
            (0.25, "0.25"),
            (1.0 / 3.0, "0.33333"),
            (1_234_567.891, "1_234_567.89"),
            (1e300, "1e300"),
            (-1.5e-9, "-1.5e-9"),
            (f64::MAX, "1.79769e308"),
        ] {
            assert_eq!(figure(value), text);
        }
    }
}
