//! One outcome of a year, draw by draw: for whoever needs the values and not their summary.

use super::{OutcomePlan, PathOfBlock};
use crate::engine::block::YearOfBlock;
use crate::engine::tally::outcomes::Source;
use crate::numeric::Lanes;

impl OutcomePlan {
    /// The values of one outcome of a year under a policy: of the nation, and of each municipality in
    /// order of code; NaN where it has none. Lanes beyond the active draws mean nothing.
    pub fn rows<'p>(
        &'p mut self,
        at: &YearOfBlock<'p>,
        policy: usize,
        source: Source,
    ) -> (&'p Lanes, &'p [Lanes]) {
        const NONE: &Lanes = &[f64::NAN; crate::numeric::LANES];
        let prepared = at.prepared;
        let path =
            if prepared.scenario.policies.is_empty() { 0 } else { prepared.paths_of(policy).0 };
        let view = &at.paths[path];
        self.sums.fill_world(prepared, view);
        self.sums.fill_money(prepared, view);
        let above = self.sums.above;
        let values = match source {
            Source::Quantity(quantity) => {
                let nation = self.sums.quantity(quantity).first().unwrap_or(NONE);
                return (nation, view.quantities.grid(quantity, None).unwrap_or(&[]));
            }
            Source::Entitlement => &self.sums.entitlement,
            Source::Award => &self.sums.award,
            _ => {
                let year = PathOfBlock { at, path, quantities: view.quantities };
                self.work_out(&year, source);
                &self.values
            }
        };
        (values.first().unwrap_or(NONE), values.get(above..).unwrap_or(&[]))
    }
}
