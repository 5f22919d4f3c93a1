//! Paired differences of awards against the baseline, draw by draw.

use crate::engine::block::YearOfBlock;
use crate::engine::prepared::Prepared;
use crate::engine::settlement::Money;
use crate::model::Quantity;
use crate::numeric::LANES;
use crate::stats::Accumulator;

/// Which pot a policy is settled with when it is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PotKind {
    /// The baseline's: what the rule alone does.
    Same,
    /// Its own.
    Own,
}

/// One municipality's difference over the draws.
#[derive(Clone, Debug)]
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

/// Every difference of a run: `[policy][pot][programme, then all][year, then all][municipality]`.
#[derive(Clone, Debug)]
pub struct Differences {
    shape: [usize; 5],
    cells: Vec<Difference>,
    /// Awards over the years of this block: `[path][programme][municipality]`.
    totals: Vec<Money>,
    /// Whether points were open in some year of this block, likewise: `[path][municipality]`.
    points: Vec<bool>,
}

impl Differences {
    /// No difference yet.
    pub fn new(prepared: &Prepared<'_>) -> Self {
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
        let empty = Difference {
            moments: Accumulator::new(),
            more: 0,
            less: 0,
            changed: 0,
            has_points: (false, false),
        };
        let paths = prepared.paths.all.len();
        Self {
            shape,
            cells: vec![empty; shape.iter().product()],
            totals: vec![[0; LANES]; paths * programmes * municipalities],
            points: vec![false; paths * municipalities],
        }
    }

    /// The difference with these indices; the last programme and the last year mean all.
    pub fn get(&self, [policy, pot, programme, year, municipality]: [usize; 5]) -> &Difference {
        &self.cells[self.position([policy, pot, programme, year, municipality])]
    }

    /// Adds what another has recorded.
    pub fn merge(&mut self, other: &Self) {
        for (cell, other) in self.cells.iter_mut().zip(&other.cells) {
            cell.moments.merge(&other.moments);
            cell.more += other.more;
            cell.less += other.less;
            cell.changed += other.changed;
            cell.has_points.0 |= other.has_points.0;
            cell.has_points.1 |= other.has_points.1;
        }
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
                    for (total, award) in self.totals[total].iter_mut().zip(award) {
                        *total += award;
                    }
                }
            }
        }
        let award = |path: usize, programme: usize, municipality: usize| -> Money {
            at.paths[path].programmes[programme].award[municipality]
        };
        let has_points = |path: usize, municipality: usize| -> bool {
            let open = at.paths[path].quantities.of(Quantity::OpenPoints, municipality);
            open[..at.active].iter().any(|&open| open > 0.0)
        };
        for path in 0..at.paths.len() {
            for municipality in 0..municipalities {
                self.points[path * municipalities + municipality] |= has_points(path, municipality);
            }
        }
        self.compare(at.prepared, at.year, at.active, &award, &has_points);
    }

    /// Records the sums over the years and forgets them.
    pub fn block_ends(&mut self, prepared: &Prepared<'_>, active: usize) {
        let [_, _, pots, years, municipalities] = self.shape;
        let programmes = pots - 1;
        let totals = std::mem::take(&mut self.totals);
        let points = std::mem::take(&mut self.points);
        let award = |path: usize, programme: usize, municipality: usize| -> Money {
            totals[(path * programmes + programme) * municipalities + municipality]
        };
        let has_points =
            |path: usize, municipality: usize| points[path * municipalities + municipality];
        self.compare(prepared, years - 1, active, &award, &has_points);
        self.totals = totals;
        self.points = points;
        self.totals.fill([0; LANES]);
        self.points.fill(false);
    }

    fn compare(
        &mut self,
        prepared: &Prepared<'_>,
        year: usize,
        active: usize,
        award: &impl Fn(usize, usize, usize) -> Money,
        has_points: &impl Fn(usize, usize) -> bool,
    ) {
        let [policies, _, pots, _, municipalities] = self.shape;
        let programmes = pots - 1;
        if policies == 0 {
            return;
        }
        let baseline = prepared.scenario.baseline;
        let (base, _) = prepared.paths_of(baseline);
        let threshold = prepared.scenario.threshold;
        for policy in (0..policies).filter(|&policy| policy != baseline) {
            let (own, same) = prepared.paths_of(policy);
            for (pot, path) in [(0, same), (1, own)] {
                for municipality in 0..municipalities {
                    let points = (has_points(base, municipality), has_points(path, municipality));
                    let mut sums = ([0; LANES], [0; LANES]);
                    for programme in 0..=programmes {
                        let (before, after) = if programme < programmes {
                            let before = award(base, programme, municipality);
                            let after = award(path, programme, municipality);
                            for lane in 0..LANES {
                                sums.0[lane] += before[lane];
                                sums.1[lane] += after[lane];
                            }
                            (before, after)
                        } else {
                            sums
                        };
                        let cell = self.position([policy, pot, programme, year, municipality]);
                        let cell = &mut self.cells[cell];
                        cell.has_points.0 |= points.0;
                        cell.has_points.1 |= points.1;
                        for lane in 0..active {
                            let difference = after[lane] - before[lane];
                            let relative = threshold.percent / 100.0 * before[lane] as f64;
                            let counts = relative.max(threshold.euro * 100.0);
                            cell.moments.add(difference);
                            cell.changed += u64::from(difference != 0);
                            cell.more += u64::from(difference as f64 > counts);
                            cell.less += u64::from((difference as f64) < -counts);
                        }
                    }
                }
            }
        }
    }

    fn position(&self, indices: [usize; 5]) -> usize {
        indices.iter().zip(&self.shape).fold(0, |position, (&index, &size)| position * size + index)
    }
}
