//! The unit of money in which a pot is divided: a cent, a euro, a hundred euro.

use super::quotient::whole_units;
use super::rows::{Money, NOTHING, copy_clamped};
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
            whole_units(cents, self.0 / 2, self.0, most, units);
        }
    }

    /// Whole units in amounts of cents and some more cents.
    fn whole(self, cents: &Money, more: i64) -> Money {
        let mut units = [NOTHING];
        if self.0 == 1 || *cents == [i64::MAX; LANES] {
            // Rounded already; or no bound, which needs no division.
            copy_clamped(&[*cents], i64::MAX / self.0, &mut units);
        } else {
            whole_units(&[*cents], more, self.0, i64::MAX, &mut units);
        }
        units[0]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(cents: &[i64], units: impl Fn(&Money) -> Money) -> Vec<i64> {
        let row = std::array::from_fn(|lane| cents[lane % cents.len()]);
        units(&row)[..cents.len()].to_vec()
    }

    /// Units nearest to an amount.
    fn nearest(unit: Unit, cents: &Money) -> Money {
        let mut units = [NOTHING];
        unit.of_claims(&[*cents], i64::MAX, &mut units);
        units[0]
    }

    #[test]
    fn claims_round_half_up_and_pots_down() {
        assert_eq!(of(&[49, 50, 149, 150], |row| nearest(Unit::EURO, row)), [0, 1, 1, 2]);
        assert_eq!(of(&[99, 100, 199], |row| Unit::EURO.down(row)), [0, 1, 1]);
        assert_eq!(of(&[0, 1, 100, 101], |row| Unit::EURO.up(row)), [0, 1, 1, 2]);
        // A third of a unit of 3 is below the half, two thirds are above.
        assert_eq!(of(&[1, 2], |row| nearest(Unit(3), row)), [0, 1]);
        assert_eq!(of(&[-7, 7], |row| nearest(Unit::CENT, row)), [0, 7]);
    }

    #[test]
    fn a_unit_is_positive_and_not_absurd() {
        assert_eq!(Unit::new(0), None);
        assert_eq!(Unit::new(-100), None);
        assert_eq!(Unit::new(Unit::LARGEST + 1), None);
        assert_eq!(Unit::new(100), Some(Unit::EURO));
        let most = of(&[i64::MAX, i64::MIN], |row| nearest(Unit::EURO, row));
        assert_eq!(most, [i64::MAX / 100, 0]);
    }
}
