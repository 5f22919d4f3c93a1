//! Whether pots are short together.

use super::money::{NOTHING, add};
use super::stored::Taking;
use crate::engine::block::YearOfBlock;
use crate::numeric::LANES;
use crate::stats::{Accumulator, Grouping};
use std::borrow::Cow;

/// The draws, each 0 or 1, in which every programme with a pot is short: `[policy][year]`. That any is
/// short is the gap of all programmes together.
#[derive(Clone, Debug, Default)]
pub struct Joint {
    years: usize,
    every: Vec<Accumulator>,
}

impl Joint {
    /// Nothing recorded yet.
    pub fn new(policies: usize, years: usize, grouping: Grouping) -> Self {
        Self { years, every: vec![Accumulator::grouped(grouping); policies * years] }
    }

    /// The draws in which every pot of a policy is short in a year.
    pub fn every(&self, policy: usize, year: usize) -> Option<&Accumulator> {
        self.every.get(policy * self.years + year)
    }

    /// Records a year of a block.
    pub(super) fn year(&mut self, at: &YearOfBlock<'_>) {
        for (policy, chosen) in at.prepared.scenario.policies.iter().enumerate() {
            let (own, _) = at.prepared.paths_of(policy);
            let mut every = [1; LANES];
            let mut pots = 0;
            for (programme, state) in at.paths[own].programmes.iter().enumerate() {
                if chosen.is_open_ended(programme) {
                    continue;
                }
                pots += 1;
                let mut due = NOTHING;
                for entitlement in &state.entitlement {
                    add(&mut due, entitlement);
                }
                for lane in 0..LANES {
                    every[lane] &= i64::from(due[lane] > state.available[lane]);
                }
            }
            if let (true, Some(cell)) =
                (pots > 0, self.every.get_mut(policy * self.years + at.year))
            {
                cell.add_lanes(&every[..at.active.min(LANES)]);
            }
        }
    }

    /// Every count.
    pub(super) fn stored(&self) -> Cow<'_, [Accumulator]> {
        Cow::Borrowed(&self.every)
    }

    /// Takes what was [`stored`](Self::stored) of the same policies and years; false where these are not so
    /// many, or one is not sound.
    pub(super) fn restore(
        &mut self,
        from: &mut Taking<'_>,
        is_sound: impl Fn(&Accumulator) -> bool,
    ) -> bool {
        let stored = from.list(self.every.len(), is_sound);
        let stored = stored.filter(|stored| stored.len() == self.every.len());
        stored.map(|stored| self.every = stored).is_some()
    }

    /// Adds what another has recorded.
    pub(super) fn merge(&mut self, other: &Self) {
        for (mine, their) in self.every.iter_mut().zip(&other.every) {
            mine.merge(their);
        }
    }
}
