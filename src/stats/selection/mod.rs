//! Exact order statistics by looking at all values again.
//!
//! A histogram says in which bin the value at a rank lies, and how many values lie below that bin. So
//! whoever sees every value once more need only keep those of that bin, or, where even these are too
//! many, count them in parts of it and look again (Munro & Paterson 1980,
//! doi:10.1016/0304-3975(80)90061-4).
//!
//! ```text
//! histogram ─► windows that hold wanted ranks ─► pass over all values ─┬─ kept whole: found
//!                        ▲                                             │
//!                        └──────── narrower windows ◄── counted in parts
//! ```

mod gathering;
mod plan;
#[cfg(test)]
mod tests;
mod window;

pub use gathering::Gathering;
pub use plan::{PASS_LIMIT_BYTES, Plan};
pub(in crate::stats) use window::Window;

use super::Histogram;
use super::quantiles::{edge_of_tail, read_each, size_of_tail, type_7};
use gathering::What;
use plan::Way;
use window::Found;

/// A histogram, and of the values at certain ranks exactly which they are, once passes have found them.
#[derive(Clone, Debug)]
pub struct Selection {
    histogram: Histogram,
    /// Wanted ranks, rising, and what is found.
    wanted: Vec<(u64, Option<Found>)>,
    /// Where the rest of them lie, rising, and what the pass under way does there.
    open: Vec<(Window, Way)>,
}

impl Selection {
    /// Looks for the values at ranks from 0 in ascending order.
    #[must_use]
    pub fn new(histogram: Histogram, mut ranks: Vec<u64>) -> Self {
        ranks.retain(|rank| *rank < histogram.count());
        ranks.sort_unstable();
        ranks.dedup();
        let windows = histogram.windows(&ranks);
        let wanted = ranks.into_iter().map(|rank| (rank, None)).collect();
        let mut selection = Self { histogram, wanted, open: Vec::new() };
        selection.open(windows);
        selection
    }

    /// Reads the windows whose values are all the same, and keeps the others for a pass.
    fn open(&mut self, windows: impl IntoIterator<Item = Window>) {
        for window in windows {
            let mut is_open = false;
            for (rank, found) in self.wanted_in(&window) {
                *found = window.only(*rank);
                is_open |= found.is_none();
            }
            if is_open {
                self.open.push((window, Way::Wait));
            }
        }
    }

    /// The wanted ranks whose values a window holds.
    fn wanted_in(&mut self, window: &Window) -> &mut [(u64, Option<Found>)] {
        let from = self.wanted.partition_point(|(rank, _)| *rank < window.below);
        let to = self.wanted.partition_point(|(rank, _)| *rank < window.below + window.count);
        &mut self.wanted[from..to]
    }

    /// How many values each window holds that a pass must look at; nothing once all is found.
    pub fn counts(&self) -> impl Iterator<Item = u64> + '_ {
        self.open.iter().map(|(window, _)| window.count)
    }

    /// Decides what the next pass does with each window.
    pub fn plan(&mut self, plan: &mut Plan) {
        for (window, way) in &mut self.open {
            *way = plan.next(window.count);
        }
    }

    /// Empty places for what the pass that was planned finds.
    pub fn gathering(&self) -> Gathering {
        let planned = self.open.iter().filter(|(_, way)| *way != Way::Wait);
        let windows = planned.map(|(window, way)| window.to_gather(*way == Way::Whole));
        Gathering { windows: windows.collect() }
    }

    /// Takes what the pass has found in all values.
    pub fn take(&mut self, gathering: Gathering) {
        let mut gathered = gathering.windows.into_iter();
        for (window, way) in std::mem::take(&mut self.open) {
            let found = if way == Way::Wait { None } else { gathered.next() };
            match found.map(|found| found.what) {
                Some(What::All(mut values)) => {
                    values.sort_unstable();
                    for (rank, found) in self.wanted_in(&window) {
                        *found = window.among(*rank, &values);
                    }
                }
                Some(What::Parts(parts)) => self.open(window.split(parts.as_slice())),
                None => self.open.push((window, Way::Wait)),
            }
        }
    }

    /// What the first pass over the values has counted.
    pub fn histogram(&self) -> &Histogram {
        &self.histogram
    }

    /// The value at a rank from 0 in ascending order: exact where it was wanted.
    pub fn order_statistic(&self, rank: u64) -> Option<f64> {
        match self.found(rank) {
            Some(found) => Some(found.value as f64),
            None => self.histogram.order_statistic(rank),
        }
    }

    /// Several quantiles, exact where both of their ranks were wanted.
    pub fn quantiles<const N: usize>(&self, probabilities: [f64; N]) -> [Option<f64>; N] {
        type_7(self.histogram.count(), probabilities, |ranks, values| {
            self.order_statistics(ranks, values)
        })
    }

    /// The values at pairs of ranks; false if one lies beyond the last value.
    pub(super) fn order_statistics(&self, ranks: &[[u64; 2]], values: &mut [[f64; 2]]) -> bool {
        read_each(|rank| self.order_statistic(rank), ranks, values)
    }

    /// The mean of the greatest values: exact where the rank at the edge of the tail was wanted and the
    /// histogram keeps sums.
    pub fn tail_mean(&self, probability: f64) -> Option<f64> {
        let inexact = self.histogram.tail_mean(probability)?;
        let size = size_of_tail(self.histogram.count(), probability)?;
        let edge = edge_of_tail(self.histogram.count(), probability);
        let Some(found) = edge.and_then(|rank| self.found(rank)) else { return Some(inexact) };
        let part = size - size.floor();
        Some((found.above as f64 + part * found.value as f64) / size)
    }

    fn found(&self, rank: u64) -> Option<Found> {
        let at = self.wanted.binary_search_by_key(&rank, |(rank, _)| *rank).ok()?;
        self.wanted.get(at)?.1
    }
}
