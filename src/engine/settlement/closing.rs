//! The end of a year: what the next one remembers.

use super::{Money, ProgrammeState};
use crate::model::{Pot, Unspent};
use crate::numeric::simd::vectorised;
use crate::numeric::{LANES, Lanes};

impl ProgrammeState {
    /// Remembers the year for the next one; last year's money only where a formula reads it.
    pub(super) fn close(&mut self, pot: &Pot) {
        read_paid_share(&self.entitlement, &self.award, &mut self.paid_share);
        self.carried = match pot.unspent {
            Unspent::Carries => self.unspent,
            Unspent::Lapses | Unspent::Reoffered => [0; LANES],
        };
        if self.sheet.reads_entitlement {
            to_euro(&self.entitlement, &mut self.entitlement_last_year);
        }
        if self.sheet.reads_award {
            to_euro(&self.award, &mut self.award_last_year);
        }
    }
}

vectorised! {
    /// Awards over entitlements of the nation; as it was where nothing is due.
    fn read_paid_share(entitlements: &[Money], awards: &[Money], share: &mut Lanes) {
        let (mut due, mut paid) = ([0; LANES], [0; LANES]);
        for (entitlement, award) in entitlements.iter().zip(awards) {
            for lane in 0..LANES {
                due[lane] += entitlement[lane];
                paid[lane] += award[lane];
            }
        }
        for lane in 0..LANES {
            let now = paid[lane] as f64 / due[lane] as f64;
            share[lane] = if due[lane] > 0 { now } else { share[lane] };
        }
    }

    fn to_euro(cents: &[Money], euro: &mut [Lanes]) {
        for (euro, cents) in euro.iter_mut().zip(cents) {
            for lane in 0..LANES {
                euro[lane] = cents[lane] as f64 / 100.0;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One figure in the first draw and another in all others.
    fn row(first: i64, others: i64) -> Money {
        std::array::from_fn(|lane| if lane == 0 { first } else { others })
    }

    #[test]
    fn the_share_that_is_paid_is_that_of_the_nation_and_stays_where_nothing_is_due() {
        // 300 + 100 are due and 160 + 60 paid: 220 / 400 = 0.55. In the first draw nothing is due.
        let (due, paid) = ([row(0, 300), row(0, 100)], [row(0, 160), row(0, 60)]);
        let mut share = [0.7; LANES];
        read_paid_share(&due, &paid, &mut share);
        assert_eq!((share[0], &share[1..]), (0.7, &[0.55; LANES - 1][..]));
    }

    #[test]
    fn a_euro_has_a_hundred_cents() {
        let mut euro = [[0.0; LANES]; 2];
        to_euro(&[row(0, 12_345), row(250, 1)], &mut euro);
        assert_eq!(
            (euro[0][..2].to_vec(), euro[1][..2].to_vec()),
            (vec![0.0, 123.45], vec![2.5, 0.01])
        );
    }
}
