//! What each pool of a pot has this year.

use super::{Faults, Money, ProgrammeState, Role, Setting};
use crate::expression::Scratch;
use crate::model::{GREATEST, Pools};
use crate::numeric::LANES;
use crate::units::to_cents;

impl ProgrammeState {
    /// Fills the pots of the pools, cents, and reports a pool that has not the same for all its members.
    /// Where there is no appropriation the pools are what is available.
    pub(super) fn open_pools(
        &mut self,
        setting: &Setting<'_>,
        pools: &Pools,
        pots: &mut Vec<Money>,
        (scratch, faults): (&mut Scratch, &mut Faults),
    ) {
        let mut values = std::mem::take(&mut self.bound);
        let range = (0.0, GREATEST);
        self.evaluate(setting, (Role::Pool, &pools.pot), range, (scratch, faults), &mut values);
        pots.clear();
        for members in &pools.members {
            let Some((&first, others)) = members.split_first() else { continue };
            let first = &values[first as usize];
            for &member in others {
                let row = member as usize;
                faults.report_differing(&values[row], first, |value, expected| {
                    let name =
                        setting.prepared.row_name(crate::expression::Extent::Municipality, row);
                    setting.fault(&pools.pot, value, name, (expected, expected))
                });
            }
            pots.push(to_cents(first));
        }
        self.bound = values;
        if self.open_ended {
            self.open_ended = false;
            self.available = [0; LANES];
            self.top_slices.iter_mut().for_each(|slice| *slice = [0; LANES]);
            for pot in pots.iter() {
                for lane in 0..LANES {
                    self.available[lane] += pot[lane];
                }
            }
            self.appropriation = self.available.map(|cents| cents as f64 / 100.0);
        }
    }
}
