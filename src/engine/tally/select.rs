//! Quantiles of a finished tally found exactly by recording every draw again.

use super::difference::Differences;
use super::printed::{BOUNDED, RANGE, RESERVES, SUMMARY};
use super::{Cube, Tally};
use crate::stats::{Grouping, PASS_LIMIT_BYTES, Plan, QuantileMethod, Wanted};

/// What is wanted of each cube, in the order of `Tally::cubes`. Figures of which no quantile is printed
/// are not looked at again.
const WANTED: [Wanted<'_>; 10] = {
    const NOTHING: Wanted<'_> = Wanted { quantiles: &[], intervals: &[], tails: &[] };
    let money = Wanted { quantiles: &SUMMARY, ..NOTHING };
    let outcomes = Wanted { intervals: &BOUNDED, ..money };
    let network = Wanted { quantiles: &RANGE, ..NOTHING };
    let pots = Wanted { quantiles: &[0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99], ..NOTHING };
    let pots = Wanted { intervals: &RESERVES, tails: &RESERVES, ..pots };
    let guarantees = Wanted { quantiles: &BOUNDED, ..NOTHING };
    [money, pots, NOTHING, pots, outcomes, network, money, guarantees, guarantees, money]
};

impl Tally {
    /// Has a finished tally look for what is printed of each figure. Of use where values are counted in
    /// bins; else nothing changes.
    pub(in crate::engine) fn select(&mut self, grouping: Grouping) {
        if self.method == QuantileMethod::Histogram {
            self.method = QuantileMethod::SecondPass;
            for (cube, wanted) in self.cubes_mut().into_iter().zip(WANTED) {
                cube.cells_mut()
                    .iter_mut()
                    .for_each(|cell| cell.quantiles.select(grouping, wanted));
            }
        }
    }

    /// Decides what the next pass looks at; false once everything has been found.
    pub(in crate::engine) fn plan(&mut self) -> bool {
        let cells = || self.cubes().into_iter().flat_map(Cube::cells);
        let counts: Vec<u64> = cells().flat_map(|cell| cell.quantiles.to_look_at()).collect();
        let is_open = !counts.is_empty();
        let mut plan = Plan::new(counts, PASS_LIMIT_BYTES);
        for cube in self.cubes_mut() {
            cube.cells_mut().iter_mut().for_each(|cell| cell.quantiles.plan(&mut plan));
        }
        is_open
    }

    /// A tally with a place for everything that the next pass looks at, and for nothing else.
    pub(in crate::engine) fn gathering(&mut self) -> Self {
        // Only what stands beside them is copied.
        let cubes = self.cubes_mut().map(std::mem::take);
        let differences = std::mem::replace(&mut self.differences, Differences::none());
        let mut gathering = Self { draws: 0, ..self.clone() };
        self.differences = differences;
        let places = self.cubes_mut().into_iter().zip(gathering.cubes_mut());
        for (cube, (mine, new)) in cubes.into_iter().zip(places) {
            *new = cube.gathering();
            *mine = cube;
        }
        gathering
    }

    /// Takes what a pass over all draws has found.
    pub(in crate::engine) fn take_found(&mut self, mut found: Self) {
        for (mine, found) in self.cubes_mut().into_iter().zip(found.cubes_mut()) {
            for (cell, found) in mine.cells_mut().iter_mut().zip(found.cells_mut()) {
                let nothing = found.quantiles.gathering();
                cell.quantiles.take(std::mem::replace(&mut found.quantiles, nothing));
            }
        }
    }
}
