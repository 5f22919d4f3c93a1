//! Amounts as decimals, and the grains in which they are divided.

use crate::allocation::Award;
use std::fmt;

/// The largest sum of claims in grains: up to it the numbers of a table are exact (2^53).
const LARGEST: f64 = 9e15;

/// A decimal that is not negative: `digits · 10^exponent`, without zeros at the end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amount {
    digits: u64,
    exponent: i32,
}

/// What awards are rounded to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Not at all.
    None,
    /// A unit.
    Of(Amount),
}

/// The amount that is divided as one: a power of ten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grain {
    /// 2 for hundredths, −2 for hundreds.
    decimals: i32,
}

impl Amount {
    /// The decimal that stands for a number: the shortest that is nearest to it. Of a number that is
    /// negative or not finite it is nothing.
    pub fn of(number: f64) -> Self {
        if !(number > 0.0 && number.is_finite()) {
            return Self::default();
        }
        let written = format!("{number:e}");
        let (mantissa, exponent) = written.split_once('e').unwrap_or((&written, "0"));
        let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        // At most 17 digits, of which the last is not 0 unless it is the only one.
        let digits = format!("{whole}{part}").parse().unwrap_or(0);
        let exponent = exponent.parse::<i32>().unwrap_or(0) - part.len() as i32;
        Self { digits, exponent }
    }

    /// Whether it is 0.
    pub fn is_nothing(&self) -> bool {
        self.digits == 0
    }

    /// How many decimals it has; negative where it ends in zeros before the point.
    pub fn decimals(&self) -> i32 {
        if self.digits == 0 { 0 } else { -self.exponent }
    }

    /// The nearest floating-point number.
    pub fn number(&self) -> f64 {
        format!("{}e{}", self.digits, self.exponent).parse().unwrap_or(0.0)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.number())
    }
}

impl Unit {
    /// The unit, if there is one.
    pub fn amount(&self) -> Option<&Amount> {
        match self {
            Self::None => None,
            Self::Of(unit) => Some(unit),
        }
    }
}

impl Grain {
    /// The largest power of ten in which all amounts are whole; but no sum of claims exceeds what is
    /// divided exactly, so that their last digits may be lost.
    pub fn of(decimals: i32, total: f64) -> Self {
        let fits = |decimals: i32| total * power(decimals) <= LARGEST;
        let mut grain = decimals;
        while !fits(grain) && grain > -400 {
            grain -= 1;
        }
        Self { decimals: grain }
    }

    /// Whether so many decimals are whole grains.
    pub fn holds(self, decimals: i32) -> bool {
        decimals <= self.decimals
    }

    /// Whole grains in an amount; more than there can be is the most there can be.
    pub fn down(self, amount: &Amount) -> i64 {
        self.grains(amount, 0)
    }

    /// The grains nearest to an amount, halves up.
    pub fn nearest(self, amount: &Amount) -> i64 {
        self.grains(amount, 1)
    }

    /// Whole grains in an amount and so many halves of one.
    fn grains(self, amount: &Amount, halves: u128) -> i64 {
        let digits = u128::from(amount.digits);
        let shift = amount.exponent.saturating_add(self.decimals);
        let ten = |exponent: u32| 10_u128.checked_pow(exponent);
        let grains = if shift >= 0 {
            ten(shift.unsigned_abs()).and_then(|ten| digits.checked_mul(ten)).unwrap_or(u128::MAX)
        } else {
            ten(shift.unsigned_abs()).map_or(0, |ten| (digits + ten / 2 * halves) / ten)
        };
        if digits == 0 { 0 } else { i64::try_from(grains).unwrap_or(i64::MAX) }
    }

    /// An award as a number.
    pub fn number(self, award: Award) -> f64 {
        if award.part == 0.0 {
            return self.exact(award.whole);
        }
        award.value() / power(self.decimals)
    }

    /// Whole grains as the nearest number.
    pub fn exact(self, grains: i64) -> f64 {
        format!("{grains}e{}", -self.decimals).parse().unwrap_or(0.0)
    }

    /// How many grains are one.
    pub fn one(self) -> f64 {
        power(self.decimals)
    }

    /// Whole grains with so many decimals, those beyond left out.
    pub fn fixed(self, grains: i64, decimals: i32) -> String {
        let shown = decimals.max(0);
        let shift = shown - self.decimals;
        let ten = 10_i128.checked_pow(shift.unsigned_abs()).unwrap_or(i128::MAX);
        let scaled = i128::from(grains);
        let scaled = if shift >= 0 { scaled.saturating_mul(ten) } else { scaled / ten };
        let digits = format!("{scaled:0width$}", width = shown as usize + 1);
        let (whole, part) = digits.split_at(digits.len() - shown as usize);
        if part.is_empty() { whole.to_owned() } else { format!("{whole}.{part}") }
    }
}

/// A power of ten.
fn power(exponent: i32) -> f64 {
    format!("1e{exponent}").parse().unwrap_or(f64::INFINITY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_the_shortest_decimal_that_means_it() {
        let of = |number: f64| (Amount::of(number).digits, Amount::of(number).exponent);
        assert_eq!([0.1, 1234.5, 1e300].map(of), [(1, -1), (12_345, -1), (1, 300)]);
        assert_eq!(
            [100.0, 0.300_000_000_000_000_04].map(of),
            [(1, 2), (30_000_000_000_000_004, -17)]
        );
        assert_eq!([0.0, -5.0, f64::NAN].map(of), [(0, 0); 3]);
        assert_eq!(Amount::of(615_394.5).number(), 615_394.5);
    }

    #[test]
    fn grains_are_as_fine_as_the_decimals_ask_for_and_the_sum_allows() {
        assert_eq!(Grain::of(2, 1e6), Grain { decimals: 2 });
        // 9e15 over 1e6 is 9e9; over 1e300 it is a grain of 1e285.
        assert_eq!(Grain::of(17, 1e6), Grain { decimals: 9 });
        assert_eq!(Grain::of(0, 1e300), Grain { decimals: -285 });
    }

    #[test]
    fn amounts_become_grains_without_a_rounding_of_binary_fractions() {
        let cents = Grain { decimals: 2 };
        // 1.005 is a little less in binary; as a decimal it is a half.
        assert_eq!(cents.nearest(&Amount::of(1.005)), 101);
        assert_eq!(
            (cents.down(&Amount::of(1.005)), cents.down(&Amount::of(1e300))),
            (100, i64::MAX)
        );
        assert_eq!((cents.nearest(&Amount::of(1e-200)), cents.down(&Amount::of(0.0))), (0, 0));
    }

    #[test]
    fn grains_are_written_with_the_decimals_of_the_unit() {
        let cents = Grain { decimals: 2 };
        assert_eq!(
            (cents.fixed(5, 2), cents.fixed(123_400, 0)),
            ("0.05".to_owned(), "1234".to_owned())
        );
        assert_eq!(Grain { decimals: -2 }.fixed(7, 0), "700");
        assert_eq!(Grain { decimals: 4 }.fixed(12_300, 2), "1.23");
        assert_eq!(cents.number(Award { whole: 10, part: 0.5 }), 0.105);
        assert_eq!(cents.exact(30), 0.3);
    }
}
