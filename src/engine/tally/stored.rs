//! A tally outside of memory: its accumulators, and nothing that a scenario gives anew.

use super::Tally;
use super::cell::Cell;
use super::difference::Difference;
use super::grouping;
use super::reconciliation::BookSums;
use crate::engine::prepared::Prepared;
use crate::stats::Accumulator;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What a tally has recorded, in whole numbers. It means something beside the scenario only.
#[derive(Debug, Serialize, Deserialize)]
pub struct Stored<'a> {
    draws: u64,
    /// The cells of each cube, in the order of the tally's.
    cubes: Vec<Vec<(u32, Cow<'a, Cell>)>>,
    shortfalls: Cow<'a, [Accumulator]>,
    differences: Cow<'a, [Difference]>,
    books: Cow<'a, [BookSums]>,
    together: Cow<'a, [Accumulator]>,
}

/// Whether it has counted what is or is not, as 0 and 1.
fn is_of_chances(counted: &Accumulator) -> bool {
    counted.least().is_none_or(|least| least >= 0)
        && counted.greatest().is_none_or(|greatest| greatest <= 1)
}

impl Tally {
    /// What it has recorded, to be written.
    pub fn stored(&self) -> Stored<'_> {
        Stored {
            draws: self.draws,
            cubes: self.cubes().iter().map(|cube| cube.stored()).collect(),
            shortfalls: Cow::Borrowed(&self.shortfalls),
            differences: self.differences.stored(),
            books: self.reconciliation.stored(),
            together: self.joint.stored(),
        }
    }

    /// The tally of a run of `of_run` draws that has recorded this; nothing where it is of another scenario,
    /// or contradicts itself.
    pub fn restored(prepared: &Prepared<'_>, of_run: u64, stored: Stored<'_>) -> Option<Self> {
        let mut tally = Self::new(prepared, of_run);
        let draws = stored.draws;
        let kind = (grouping(prepared), draws);
        let count = stored.cubes.len();
        let cubes = tally.cubes_mut();
        let are_sound = draws <= of_run
            && count == cubes.len()
            && cubes.into_iter().zip(stored.cubes).all(|(cube, cells)| cube.restore(cells, kind))
            && stored.shortfalls.len() == tally.shortfalls.len()
            && stored.shortfalls.iter().all(|shortfall| shortfall.is_sound(kind.0, draws))
            && stored.shortfalls.iter().chain(stored.together.iter()).all(is_of_chances)
            && tally.differences.restore(stored.differences, kind)
            && tally.reconciliation.restore(stored.books, draws)
            && tally.joint.restore(stored.together, kind);
        tally.shortfalls = stored.shortfalls.into_owned();
        tally.draws = draws;
        are_sound.then_some(tally)
    }
}
