//! The unit of money in which a pot is divided: a cent, a euro, a hundred euro.

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

    /// Units nearest to an amount of cents, half up; below 0 counts as 0.
    pub fn nearest(self, cents: i64) -> i64 {
        self.down(cents.saturating_add(self.0 / 2))
    }

    /// Whole units in an amount of cents; below 0 counts as 0.
    pub fn down(self, cents: i64) -> i64 {
        if self.0 == 1 { cents.max(0) } else { cents.max(0) / self.0 }
    }

    /// The least number of units that is not below an amount of cents; below 0 counts as 0.
    pub fn up(self, cents: i64) -> i64 {
        self.down(cents.saturating_add(self.0 - 1))
    }

    /// The claims rounded half up to the unit, as units.
    pub fn to_units(self, claims: &[i64], units: &mut Vec<i64>) {
        units.clear();
        units.extend(claims.iter().map(|&claim| self.nearest(claim)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_round_half_up_and_pots_down() {
        assert_eq!([49, 50, 149, 150].map(|cents| Unit::EURO.nearest(cents)), [0, 1, 1, 2]);
        assert_eq!([99, 100, 199].map(|cents| Unit::EURO.down(cents)), [0, 1, 1]);
        assert_eq!([0, 1, 100, 101].map(|cents| Unit::EURO.up(cents)), [0, 1, 1, 2]);
        // A third of a unit of 3 is below the half, two thirds are above.
        assert_eq!([1, 2].map(|cents| Unit(3).nearest(cents)), [0, 1]);
        assert_eq!([-7, 7].map(|cents| Unit::CENT.nearest(cents)), [0, 7]);
        let mut units = vec![9];
        Unit::EURO.to_units(&[50, 149], &mut units);
        assert_eq!(units, [1, 1]);
    }

    #[test]
    fn a_unit_is_positive_and_not_absurd() {
        assert_eq!(Unit::new(0), None);
        assert_eq!(Unit::new(-100), None);
        assert_eq!(Unit::new(Unit::LARGEST + 1), None);
        assert_eq!(Unit::new(100), Some(Unit::EURO));
        assert_eq!(Unit::EURO.nearest(i64::MAX), i64::MAX / 100);
    }
}
