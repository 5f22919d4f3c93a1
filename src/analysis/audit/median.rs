//! What is due and awarded on the median path of a scenario, or of several that differ only in what
//! municipalities report: one in each lane.

use crate::engine::{Failure, Prepared, Sink, YearOfBlock, median};
use crate::model::Quantity;
use std::collections::BTreeMap;

/// What a municipality is due and is awarded, cents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// What its worksheet gives, within limits and guarantees.
    pub due: i64,
    /// What the settlement pays of it.
    pub paid: i64,
}

/// By policy, programme, municipality and year.
pub type Paid = BTreeMap<(usize, usize, usize, i32), Sums>;

/// Where the award of a municipality moves most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Index of the policy.
    pub policy: usize,
    /// Index of the programme.
    pub programme: usize,
    /// Calendar year.
    pub year: i32,
    /// By how much what is due and what is paid grow, cents.
    pub by: Sums,
    /// By how much awards grow over all years and programmes that were looked at, cents: what only comes
    /// earlier or later is nothing here.
    pub in_all: i64,
}

/// What every policy awards on the median path.
pub fn paid(prepared: &Prepared<'_>) -> Result<Paid, Failure> {
    Ok(paid_in_lanes(prepared, 1)?.0.pop().unwrap_or_default())
}

/// The same in each of the first lanes, and the most cases of a municipality and year in the first one.
pub fn paid_in_lanes(prepared: &Prepared<'_>, lanes: usize) -> Result<(Vec<Paid>, f64), Failure> {
    let mut keeper = Keeper { lanes: vec![Paid::new(); lanes], cases: 0.0 };
    median(prepared, lanes, &mut keeper)?;
    Ok((keeper.lanes, keeper.cases))
}

/// Where a municipality's award differs most between two worlds; the first place of several. Nothing
/// where no award moves by a cent.
pub fn largest(
    before: &Paid,
    after: &Paid,
    municipality: usize,
    only: Option<usize>,
) -> Option<Change> {
    let mut largest: Option<Change> = None;
    let mut in_all = 0;
    for (&(policy, programme, who, year), now) in after {
        if who != municipality || only.is_some_and(|only| only != policy) {
            continue;
        }
        let was = before.get(&(policy, programme, who, year)).copied().unwrap_or_default();
        let by = Sums { due: now.due - was.due, paid: now.paid - was.paid };
        in_all += by.paid;
        if by.paid != 0 && largest.is_none_or(|known| known.by.paid.abs() < by.paid.abs()) {
            largest = Some(Change { policy, programme, year, by, in_all: 0 });
        }
    }
    largest.map(|change| Change { in_all, ..change })
}

struct Keeper {
    lanes: Vec<Paid>,
    cases: f64,
}

impl Sink for Keeper {
    fn year(&mut self, at: &YearOfBlock<'_>) {
        let scenario = at.prepared.scenario;
        let year = scenario.years.first + at.year as i32;
        for (policy, chosen) in scenario.policies.iter().enumerate() {
            let (path, _) = at.prepared.paths_of(policy);
            let Some(path) = at.paths.get(path) else { continue };
            let cases = path.quantities.grid(Quantity::Load, None).unwrap_or_default();
            self.cases = cases.iter().fold(self.cases, |most, row| most.max(row[0]));
            for (programme, state) in path.programmes.iter().enumerate() {
                if !matches!(chosen.rules.get(programme), Some(Some(_))) {
                    continue;
                }
                let rows = state.entitlement.iter().zip(&state.award).enumerate();
                for (municipality, (due, award)) in rows {
                    for (lane, paid) in self.lanes.iter_mut().enumerate() {
                        let sums = Sums { due: due[lane], paid: award[lane] };
                        paid.insert((policy, programme, municipality, year), sums);
                    }
                }
            }
        }
    }

    fn block_ends(&mut self, _: &Prepared<'_>, _: usize) {}
}
