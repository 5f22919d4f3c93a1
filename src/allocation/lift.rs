//! Shares that are lifted to a least award, at the cost of the others in proportion.

use super::apportionment::{Apportionment, Party};

/// What the shares above their least awards are multiplied by: `units` for their `parts` in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lift {
    /// Units that are left for the shares that are not lifted.
    pub units: i64,
    /// The sum of those shares, in parts, at least 1.
    pub parts: u128,
}

impl Lift {
    /// The largest multiplier, the same for all, at which shares of no less than their least awards
    /// still add up to the pot.
    ///
    /// A share that is lifted takes from the others, so that more of them may have to be lifted: the
    /// set only grows, and so it is found after as many passes as there are claims at the most.
    pub fn of(apportionment: &Apportionment) -> Self {
        let mut lift = Self { units: apportionment.pot, parts: apportionment.total().max(1) };
        loop {
            let (mut units, mut parts) = (apportionment.pot, 0_u128);
            for party in &apportionment.parties {
                if lift.lifts(party) {
                    units = units.saturating_sub(party.least);
                } else {
                    parts += party.parts;
                }
            }
            let next = Self { units: units.max(0), parts: parts.max(1) };
            if next == lift {
                return lift;
            }
            lift = next;
        }
    }

    /// Whether the least award is more than the multiplied share.
    pub fn lifts(&self, party: &Party) -> bool {
        party.least > 0 && {
            let (whole, _) = self.share(party.parts);
            whole < party.least
        }
    }

    /// `parts · units / Σ parts` as whole units and the remainder, in parts of `self.parts` to a unit;
    /// exact, for `parts` of at most Σ parts. Of more it is `i64::MAX`.
    pub fn share(&self, parts: u128) -> (i64, u128) {
        if parts > self.parts {
            return (i64::MAX, 0);
        }
        if let Some(product) = parts.checked_mul(self.units.max(0) as u128) {
            return ((product / self.parts) as i64, product % self.parts);
        }
        // The product does not fit: from the highest binary digit of the units down, doubling.
        let (mut whole, mut rest) = (0_i64, 0_u128);
        for digit in (0..63).rev() {
            let more = if self.units >> digit & 1 == 1 { parts } else { 0 };
            whole <<= 1;
            rest <<= 1;
            for _ in 0..2 {
                if rest >= self.parts {
                    rest -= self.parts;
                    whole += 1;
                }
            }
            rest += more;
            if rest >= self.parts {
                rest -= self.parts;
                whole += 1;
            }
        }
        (whole, rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apportionment(pot: i64, parties: &[(u128, i64)]) -> Apportionment {
        let parties = parties
            .iter()
            .map(|&(parts, least)| Party { parts, least, most: 1 << 40, ..Party::default() })
            .collect();
        Apportionment { pot, of: 10, parties }
    }

    #[test]
    fn those_above_pay_for_those_below_in_proportion() {
        // Shares 0.5, 2.5, 7 of a pot of 10, at least 1 each: 9 are left for 9.5.
        let lift = Lift::of(&apportionment(10, &[(5, 1), (25, 1), (70, 1)]));
        assert_eq!(lift, Lift { units: 9, parts: 95 });
        // 25 · 9 = 225 = 2 · 95 + 35; 70 · 9 = 630 = 6 · 95 + 60.
        assert_eq!((lift.share(25), lift.share(70)), ((2, 35), (6, 60)));
    }

    #[test]
    fn a_share_that_pays_may_itself_fall_to_the_least() {
        // Shares 0, 2.1, 7.9 of 10, at least 2: 8 for 10 leaves the second 1.68, so it is lifted
        // too, and 6 are left for 7.9.
        let lift = Lift::of(&apportionment(10, &[(0, 2), (21, 2), (79, 2)]));
        assert_eq!(lift, Lift { units: 6, parts: 79 });
    }

    #[test]
    fn shares_that_do_not_fit_128_bits_are_exact_too() {
        // (2^125 / 3 rounded down) · 2^62 / 2^125 is a third of 2^62, less the little that was cut.
        let lift = Lift { units: 1 << 62, parts: 1 << 125 };
        let third = (1_u128 << 125) / 3;
        let (whole, rest) = lift.share(third);
        assert_eq!(whole, (1_i64 << 62) / 3);
        // 2^125 = 3 · third + 2 (an odd power of 2), so the product is 2^62 (2^125 − 2) / 3 and the
        // remainder what 2^62 mod 3 = 1 leaves: (2^125 − 2^63) / 3.
        assert_eq!(rest, ((1_u128 << 125) - (1 << 63)) / 3);
        assert_eq!(lift.share(1 << 125), (1 << 62, 0));
    }
}
