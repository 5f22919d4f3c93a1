//! Paired differences of awards against the baseline, draw by draw.

use super::money::{NOTHING, add, equal, minus};
use super::sheet::position;
use super::stored::Taking;
use crate::engine::block::YearOfBlock;
use crate::engine::prepared::Prepared;
use crate::engine::settlement::Money;
use crate::model::{Quantity, Threshold};
use crate::numeric::simd::vectorised;
use crate::numeric::{LANES, clear};
use crate::stats::{Accumulator, Grouping};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Which pot a policy is settled with when it is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PotKind {
    /// The baseline's: what the rule alone does.
    Same,
    /// Its own.
    Own,
}

/// One municipality's difference over the draws.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Difference {
    /// Award under the policy less award under the baseline, cents.
    pub moments: Accumulator,
    /// Draws in which it exceeds the threshold.
    pub more: u64,
    /// Draws in which it falls below the negative threshold.
    pub less: u64,
    /// Draws in which it is not zero.
    pub changed: u64,
    /// Whether the municipality has open points in some draw, under the baseline and under the policy.
    pub has_points: (bool, bool),
}

vectorised! {
    /// In how many of the first `active` draws a difference is not zero, exceeds the threshold (the
    /// greater of a share of what it is compared with and of so many cents), and falls below it.
    fn compared(
        difference: &Money,
        before: &Money,
        threshold: (f64, f64),
        active: usize,
    ) -> [u64; 3] {
        let (share, cents) = threshold;
        let mut counts = [0; 3];
        for lane in 0..LANES {
            let counts_from = (share * before[lane] as f64).max(cents);
            let (difference, is_draw) = (difference[lane] as f64, lane < active);
            counts[0] += u64::from(is_draw && (difference != 0.0));
            counts[1] += u64::from(is_draw && (difference > counts_from));
            counts[2] += u64::from(is_draw && (difference < -counts_from));
        }
        counts
    }
}

impl Difference {
    /// Nothing so far, of draws that belong together in this way.
    pub fn new(grouping: Grouping) -> Self {
        Self {
            moments: Accumulator::grouped(grouping),
            more: 0,
            less: 0,
            changed: 0,
            has_points: (false, false),
        }
    }

    /// Adds what another has recorded.
    pub fn merge(&mut self, other: &Self) {
        self.moments.merge(&other.moments);
        self.more += other.more;
        self.less += other.less;
        self.changed += other.changed;
        self.has_points.0 |= other.has_points.0;
        self.has_points.1 |= other.has_points.1;
    }

    /// Records the first `active` draws of a block: amounts before and after, cents; the threshold is a
    /// share of what was before and cents, whichever is greater.
    pub fn add(&mut self, before: &Money, after: &Money, threshold: (f64, f64), active: usize) {
        if active == LANES && equal(before, after) {
            self.moments.add_lanes(&NOTHING);
            return;
        }
        let mut difference = NOTHING;
        minus(after, before, &mut difference);
        let [changed, more, less] = compared(&difference, before, threshold, active);
        self.moments.add_lanes(&difference[..active]);
        self.changed += changed;
        self.more += more;
        self.less += less;
    }
}

/// Every difference of a run: `[policy][pot][programme, then all][year, then all][municipality]`.
#[derive(Clone, Debug)]
pub struct Differences {
    shape: [usize; 5],
    /// Whether a policy's own pots are the baseline's, so that both comparisons are one.
    same_pots: Vec<bool>,
    cells: Vec<Difference>,
    /// Awards over the years of this block: `[path][programme][municipality]`.
    totals: Vec<Money>,
    /// Whether points are open in some draw of this year: `[path][municipality]`.
    points: Vec<bool>,
    /// Whether they were in some year of this block.
    points_so_far: Vec<bool>,
}

impl Differences {
    /// No difference yet.
    pub fn new(prepared: &Prepared<'_>, grouping: Grouping) -> Self {
        let scenario = prepared.scenario;
        let programmes = scenario.programmes.len();
        let municipalities = prepared.points_of.len();
        let shape = [
            scenario.policies.len(),
            2,
            programmes + 1,
            scenario.years.count() + 1,
            municipalities,
        ];
        let empty = Difference::new(grouping);
        let paths = prepared.paths.all.len();
        let same_pots = (0..scenario.policies.len()).map(|policy| {
            let (own, same) = prepared.paths_of(policy);
            own == same
        });
        Self {
            shape,
            same_pots: same_pots.collect(),
            cells: vec![empty; shape.iter().product()],
            totals: vec![[0; LANES]; paths * programmes * municipalities],
            points: vec![false; paths * municipalities],
            points_so_far: vec![false; paths * municipalities],
        }
    }

    /// Of no policy: nothing is compared.
    pub(super) fn none() -> Self {
        Self {
            shape: [0, 2, 1, 1, 0],
            same_pots: Vec::new(),
            cells: Vec::new(),
            totals: Vec::new(),
            points: Vec::new(),
            points_so_far: Vec::new(),
        }
    }

    /// The difference with these indices; the last programme and the last year mean all.
    pub fn get(&self, [policy, pot, programme, year, municipality]: [usize; 5]) -> &Difference {
        let pot = if self.same_pots[policy] { PotKind::Same as usize } else { pot };
        &self.cells[self.position([policy, pot, programme, year, municipality])]
    }

    /// Adds what another has recorded.
    pub fn merge(&mut self, other: &Self) {
        for (cell, other) in self.cells.iter_mut().zip(&other.cells) {
            cell.merge(other);
        }
    }

    /// Every difference.
    pub(super) fn stored(&self) -> Cow<'_, [Difference]> {
        Cow::Borrowed(&self.cells)
    }

    /// Takes what was [`stored`](Self::stored) of the same comparisons; false where these are not so many,
    /// or none of so many draws.
    pub(super) fn restore(
        &mut self,
        from: &mut Taking<'_>,
        (grouping, draws): (Grouping, u64),
    ) -> bool {
        let is_sound = |difference: &Difference| {
            let clear = difference.more.checked_add(difference.less);
            difference.moments.is_sound(grouping, draws)
                && clear.is_some_and(|clear| clear <= difference.changed)
                && difference.changed <= draws
        };
        let stored = from.list(self.cells.len(), is_sound);
        let stored = stored.filter(|stored| stored.len() == self.cells.len());
        stored.map(|stored| self.cells = stored).is_some()
    }

    /// Records a year, and adds it to the sums over the years.
    pub fn year(&mut self, at: &YearOfBlock<'_>) {
        let [policies, _, pots, _, municipalities] = self.shape;
        if policies == 0 {
            return;
        }
        let programmes = pots - 1;
        for (path, view) in at.paths.iter().enumerate() {
            for (programme, state) in view.programmes.iter().enumerate() {
                for (municipality, award) in state.award.iter().enumerate() {
                    let total = (path * programmes + programme) * municipalities + municipality;
                    add(&mut self.totals[total], award);
                }
            }
        }
        let award = |path: usize, programme: usize, municipality: usize| -> &Money {
            &at.paths[path].programmes[programme].award[municipality]
        };
        let mut points = std::mem::take(&mut self.points);
        for ((index, now), so_far) in points.iter_mut().enumerate().zip(&mut self.points_so_far) {
            let (path, municipality) = (index / municipalities, index % municipalities);
            let open = at.paths[path].quantities.of(Quantity::OpenPoints, municipality);
            *now = open[..at.active].iter().any(|&open| open > 0.0);
            *so_far |= *now;
        }
        self.compare(at.prepared, at.year, at.active, &award, &points);
        self.points = points;
    }

    /// Records the sums over the years and forgets them.
    pub fn block_ends(&mut self, prepared: &Prepared<'_>, active: usize) {
        let [_, _, pots, years, municipalities] = self.shape;
        let programmes = pots - 1;
        let totals = std::mem::take(&mut self.totals);
        let points = std::mem::take(&mut self.points_so_far);
        let award = |path: usize, programme: usize, municipality: usize| -> &Money {
            &totals[(path * programmes + programme) * municipalities + municipality]
        };
        self.compare(prepared, years - 1, active, &award, &points);
        self.totals = totals;
        self.points_so_far = points;
        clear(&mut self.totals);
        self.points_so_far.fill(false);
    }

    fn compare<'a>(
        &mut self,
        prepared: &Prepared<'_>,
        year: usize,
        active: usize,
        award: &impl Fn(usize, usize, usize) -> &'a Money,
        points: &[bool],
    ) {
        let [policies, _, pots, _, municipalities] = self.shape;
        let baseline = prepared.scenario.baseline;
        let (base, _) = prepared.paths_of(baseline);
        let Threshold { percent, euro } = prepared.scenario.threshold;
        let threshold = (percent / 100.0, euro * 100.0);
        for policy in (0..policies).filter(|&policy| policy != baseline) {
            let (own, same) = prepared.paths_of(policy);
            for (pot, path) in [(0, same), (1, own)] {
                if pot == 1 && self.same_pots[policy] {
                    continue;
                }
                for municipality in 0..municipalities {
                    let open = |path: usize| points[path * municipalities + municipality];
                    let has_points = (open(base), open(path));
                    let (mut all_before, mut all_after) = (NOTHING, NOTHING);
                    for programme in 0..pots {
                        let (before, after) = if programme + 1 < pots {
                            let before = award(base, programme, municipality);
                            let after = award(path, programme, municipality);
                            add(&mut all_before, before);
                            add(&mut all_after, after);
                            (before, after)
                        } else {
                            (&all_before, &all_after)
                        };
                        let cell = self.position([policy, pot, programme, year, municipality]);
                        let cell = &mut self.cells[cell];
                        cell.has_points.0 |= has_points.0;
                        cell.has_points.1 |= has_points.1;
                        cell.add(before, after, threshold, active);
                    }
                }
            }
        }
    }

    fn position(&self, indices: [usize; 5]) -> usize {
        position(&indices, &self.shape)
    }
}
