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
