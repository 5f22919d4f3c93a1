//! The unit of money in which a pot is divided: a cent, a euro, a hundred euro.

use super::quotient::divided;
use super::rows::{Money, copy_clamped, raised};
use crate::numeric::LANES;

/// Cents in one unit, between 1 and [`Unit::LARGEST`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit(i64);

impl Unit {
    /// Awards in cents.
    pub const CENT: Self = Self(1);
    /// Awards in whole euro.
    pub const EURO: Self = Self(100);
    /// The largest unit in cents (one million euro).
    pub const LARGEST: i64 = 100_000_000;

    /// A unit of that many cents; nothing if below 1 or above [`Self::LARGEST`].
    pub fn new(cents: i64) -> Option<Self> {
        (1..=Self::LARGEST).contains(&cents).then_some(Self(cents))
    }

    /// Cents in one unit.
    pub fn cents(self) -> i64 {
        self.0
    }

    /// Units nearest to amounts of cents, half up; below 0 counts as 0.
    pub fn nearest(self, cents: &Money) -> Money {
        self.whole(cents, self.0 / 2)
    }

    /// Whole units in amounts of cents; below 0 counts as 0.
    pub fn down(self, cents: &Money) -> Money {
        self.whole(cents, 0)
    }

    /// The least numbers of units that are not below amounts of cents; below 0 counts as 0.
    pub fn up(self, cents: &Money) -> Money {
        self.whole(cents, self.0 - 1)
    }

    /// Claims rounded half up to the unit, as units, at least 0 and at most `most`.
    pub(super) fn of_claims(self, cents: &[Money], most: i64, units: &mut [Money]) {
        if self.0 == 1 {
            // Rounded already.
            copy_clamped(cents, most, units);
        } else {
            for (units, cents) in units.iter_mut().zip(cents) {
                *units = self.nearest(cents).map(|number| number.min(most));
            }
        }
    }

    /// Whole units in amounts of cents and some more cents.
    fn whole(self, cents: &Money, more: i64) -> Money {
        let cents = raised(cents, more);
        if self.0 == 1 { cents } else { divided(&cents, &[self.0; LANES]).0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(cents: &[i64], units: impl Fn(&Money) -> Money) -> Vec<i64> {
        let row = std::array::from_fn(|lane| cents[lane % cents.len()]);
        units(&row)[..cents.len()].to_vec()
    }

    #[test]
    fn claims_round_half_up_and_pots_down() {
        assert_eq!(of(&[49, 50, 149, 150], |row| Unit::EURO.nearest(row)), [0, 1, 1, 2]);
        assert_eq!(of(&[99, 100, 199], |row| Unit::EURO.down(row)), [0, 1, 1]);
        assert_eq!(of(&[0, 1, 100, 101], |row| Unit::EURO.up(row)), [0, 1, 1, 2]);
        // A third of a unit of 3 is below the half, two thirds are above.
        assert_eq!(of(&[1, 2], |row| Unit(3).nearest(row)), [0, 1]);
        assert_eq!(of(&[-7, 7], |row| Unit::CENT.nearest(row)), [0, 7]);
    }

    #[test]
    fn a_unit_is_positive_and_not_absurd() {
        assert_eq!(Unit::new(0), None);
        assert_eq!(Unit::new(-100), None);
        assert_eq!(Unit::new(Unit::LARGEST + 1), None);
        assert_eq!(Unit::new(100), Some(Unit::EURO));
        let most = of(&[i64::MAX, i64::MIN], |row| Unit::EURO.nearest(row));
        assert_eq!(most, [i64::MAX / 100, 0]);
    }
}
