//! An amount of money in whole cents.

use std::fmt;

use super::rounding::whole_half_up;

/// An amount of money in whole cents; may be negative. Arithmetic is checked, never saturated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cents(pub i64);

impl Cents {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// The cents of an amount in euro, rounded as [`euro_to_cents`]; `None` if the amount is not
    /// finite or does not fit.
    #[must_use]
    pub fn from_euro(euro: f64) -> Option<Self> {
        let cents = euro_to_cents(euro);
        (euro.is_finite() && cents.unsigned_abs() < i64::MAX as u64).then_some(Self(cents))
    }

    /// The amount in euro; exact to the cent below 2⁵³ cents (90 million million euro).
    #[must_use]
    pub fn to_euro(self) -> f64 {
        self.0 as f64 / 100.0
    }

    /// The sum, unless it does not fit.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The difference, unless it does not fit.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// `times` the amount, unless it does not fit.
    #[must_use]
    pub fn checked_mul(self, times: i64) -> Option<Self> {
        self.0.checked_mul(times).map(Self)
    }

    /// The amount with the other sign, unless it does not fit.
    #[must_use]
    pub fn checked_neg(self) -> Option<Self> {
        self.0.checked_neg().map(Self)
    }

    /// The sum of many amounts, unless it does not fit (what happens on the way does not matter).
    #[must_use]
    pub fn checked_sum(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        let sum: i128 = amounts.into_iter().map(|amount| i128::from(amount.0)).sum();
        i64::try_from(sum).ok().map(Self)
    }
}

/// Plain decimal euro with two decimals: `1234.56`, `-0.05`. Width and sign flags are honoured.
impl fmt::Display for Cents {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cents = self.0.unsigned_abs();
        let digits = format!("{}.{:02}", cents / 100, cents % 100);
        formatter.pad_integral(self.0 >= 0, "", &digits)
    }
}

/// Euro to whole cents, half up on the decimal reading, negatives away from zero: an amount whose
/// hundredfold lies within 2⁻⁴⁰ (relative, at most 1/64 cent) below a half counts as the half.
///
/// Total: beyond ±(2⁶³ − 1) cents the result is that limit, and NaN gives 0. Where that must not
/// pass unseen use [`Cents::from_euro`].
#[must_use]
pub fn euro_to_cents(euro: f64) -> i64 {
    let magnitude = whole_half_up(euro.abs() * 100.0);
    if euro < 0.0 { -magnitude } else { magnitude }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn amounts_are_written_as_plain_decimal_euro() {
        assert_eq!(Cents(123_456).to_string(), "1234.56");
        assert_eq!(Cents(0).to_string(), "0.00");
        assert_eq!(Cents(-5).to_string(), "-0.05");
        assert_eq!(Cents(i64::MIN).to_string(), "-92233720368547758.08");
        assert_eq!(
            format!("{:>10}|{:<10}|{:+}", Cents(150), Cents(-150), Cents(7)),
            "      1.50|-1.50     |+0.07"
        );
    }

    #[test]
    fn half_a_cent_counts_up_on_the_decimal_reading() {
        // 1.005 · 100 = 100.49999999999999 in f64; 1.115 · 100 = 111.50000000000001.
        assert_eq!(euro_to_cents(1.005), 101);
        assert_eq!(euro_to_cents(1.115), 112);
        assert_eq!(euro_to_cents(-1.005), -101);
        assert_eq!(euro_to_cents(1.004_9), 100);
        assert_eq!(euro_to_cents(-0.004), 0);
    }

    #[test]
    fn amounts_that_do_not_fit_stop_at_the_limit_or_are_refused() {
        assert_eq!(euro_to_cents(f64::INFINITY), i64::MAX);
        assert_eq!(euro_to_cents(-1e300), -i64::MAX);
        assert_eq!(euro_to_cents(f64::NAN), 0);
        assert_eq!(Cents::from_euro(f64::NAN), None);
        assert_eq!(Cents::from_euro(1e300), None);
        assert_eq!(Cents::from_euro(-12.345), Some(Cents(-1235)));
    }

    #[test]
    fn sums_that_do_not_fit_are_refused_and_detours_do_not_matter() {
        assert_eq!(Cents(i64::MAX).checked_add(Cents(1)), None);
        assert_eq!(Cents(i64::MIN).checked_neg(), None);
        assert_eq!(Cents(i64::MIN).checked_sub(Cents(1)), None);
        assert_eq!(Cents(i64::MAX).checked_mul(2), None);
        let detour = [Cents(i64::MAX), Cents(2), Cents(-5)];
        assert_eq!(Cents::checked_sum(detour), Some(Cents(i64::MAX - 3)));
        assert_eq!(Cents::checked_sum([Cents(i64::MAX), Cents(1)]), None);
    }

    proptest! {
        #[test]
        fn every_whole_cent_survives_the_way_through_euro(cents in -(1_i64 << 50)..(1_i64 << 50)) {
            prop_assert_eq!(euro_to_cents(Cents(cents).to_euro()), cents);
        }
    }
}
