//! What the formulas say is due: lines, claims by class, limits.

use super::{Faults, ProgrammeState, Role, Setting};
use crate::engine::trace::Stages;
use crate::expression::Scratch;
use crate::model::GREATEST;
use crate::numeric::simd::vectorised;
use crate::numeric::{LANES, Lanes, clear};

impl ProgrammeState {
    /// What the formula says is due, EUR by municipality, after the limits; fills the worksheet's lines.
    pub fn entitle(&mut self, setting: &Setting<'_>, scratch: &mut Scratch, faults: &mut Faults) {
        let Some(rule) = setting.rule() else { return };
        if let Some(recorder) = &mut self.recorder {
            recorder.begin();
        }
        for (index, line) in rule.lines.iter().enumerate() {
            // A line reads the lines above it, so it is taken out while it is written.
            let mut values = std::mem::take(&mut self.lines[index]);
            let is_claimed = self.sheet.claimed[index];
            let range = if is_claimed { (0.0, GREATEST) } else { (f64::MIN, f64::MAX) };
            let formula = (Role::Line(index), &line.formula);
            self.evaluate(setting, formula, range, (scratch, faults), &mut values);
            self.lines[index] = values;
        }
        for (class, claims) in self.sheet.classes.iter().zip(&mut self.claims) {
            clear(claims);
            for &line in class {
                add_rows(claims, &self.lines[line]);
            }
        }
        self.stage(|stages| &mut stages.claimed);
        if !rule.may_exceed_cost {
            cut(&mut self.claims, setting.cost());
            if let Some(recorder) = &mut self.recorder {
                recorder.cost(setting.cost());
            }
        }
        self.stage(|stages| &mut stages.after_cost);
        if let Some(formula) = &rule.limit {
            let mut limit = std::mem::take(&mut self.bound);
            let of_rule = (Role::Limit, formula);
            self.evaluate(setting, of_rule, (0.0, GREATEST), (scratch, faults), &mut limit);
            cut(&mut self.claims, &limit);
            self.bound = limit;
        }
        self.stage(|stages| &mut stages.after_limit);
        self.stage(|stages| &mut stages.after_guarantees);
    }

    /// Notes the claims as they stand, where a draw is traced.
    pub(super) fn stage(&mut self, of: impl Fn(&mut Stages) -> &mut Vec<f64>) {
        if let Some(recorder) = &mut self.recorder {
            recorder.stage(&self.claims, of);
        }
    }
}

vectorised! {
    /// `sums += rows`, draw by draw.
    fn add_rows(sums: &mut [Lanes], rows: &[Lanes]) {
        for (sum, row) in sums.iter_mut().zip(rows) {
            for lane in 0..LANES {
                sum[lane] += row[lane];
            }
        }
    }

    /// Cuts the last classes so that all classes of a municipality come to at most `most`.
    pub(super) fn cut(claims: &mut [Vec<Lanes>], most: &[Lanes]) {
        for (municipality, most) in most.iter().enumerate() {
            let mut left = *most;
            for class in claims.iter_mut() {
                let claim = &mut class[municipality];
                for lane in 0..LANES {
                    claim[lane] = claim[lane].min(left[lane].max(0.0));
                    left[lane] -= claim[lane];
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::rows;
    use super::*;

    #[test]
    fn the_last_class_is_cut_first_and_nothing_falls_below_nothing() {
        // 100 and 50 are claimed; at most 200, 120, 70, and less than nothing.
        let mut claims = vec![rows(&[100.0; 4]), rows(&[50.0; 4])];
        cut(&mut claims, &rows(&[200.0, 120.0, 70.0, -5.0]));
        assert_eq!(claims, [rows(&[100.0, 100.0, 70.0, 0.0]), rows(&[50.0, 20.0, 0.0, 0.0])]);
    }

    #[test]
    fn lines_of_a_class_add_up() {
        let mut sums = rows(&[1.0, 2.0]);
        add_rows(&mut sums, &rows(&[10.0, -0.5]));
        assert_eq!(sums, rows(&[11.0, 1.5]));
    }
}
