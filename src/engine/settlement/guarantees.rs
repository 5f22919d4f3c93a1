//! Guarantees as bounds: on what is due, or on what is granted.

use super::super::quantities::add;
use super::worksheet::cut;
use super::{Faults, ProgrammeState, Role, Setting};
use crate::expression::Scratch;
use crate::model::GREATEST;
use crate::numeric::simd::vectorised;
use crate::numeric::{LANES, Lanes, clear};

impl ProgrammeState {
    /// Bounds of every guarantee: those that rationing may cut act on the claims at once, the lower
    /// before the upper, so that where they cross the upper one holds.
    pub fn guarantee(&mut self, setting: &Setting<'_>, scratch: &mut Scratch, faults: &mut Faults) {
        self.bound(setting, None, scratch, faults);
    }

    /// The same, without the guarantee that is left out.
    pub(super) fn bound(
        &mut self,
        setting: &Setting<'_>,
        left_out: Option<usize>,
        scratch: &mut Scratch,
        faults: &mut Faults,
    ) {
        let Some(rule) = setting.rule() else { return };
        if self.sheet.protects {
            clear(&mut self.lower);
            self.upper.fill([f64::INFINITY; LANES]);
        }
        let kept = || {
            let numbered = rule.guarantees.iter().enumerate();
            numbered.filter(|(index, _)| Some(*index) != left_out)
        };
        let lower = kept().map(|(index, guarantee)| (index, guarantee, &guarantee.lower, true));
        let upper = kept().map(|(index, guarantee)| (index, guarantee, &guarantee.upper, false));
        for (index, guarantee, formula, is_lower) in lower.chain(upper) {
            let Some(formula) = formula else { continue };
            let mut bounds = std::mem::take(&mut self.bound);
            let role = if is_lower { Role::Lower(index) } else { Role::Upper(index) };
            let of_rule = (role, formula);
            self.evaluate(setting, of_rule, (0.0, GREATEST), (scratch, faults), &mut bounds);
            match (guarantee.protected, is_lower) {
                (true, true) => larger(&mut self.lower, &bounds),
                (true, false) => smaller(&mut self.upper, &bounds),
                (false, true) => raise(&mut self.claims, &bounds),
                (false, false) => cut(&mut self.claims, &bounds),
            }
            self.bound = bounds;
        }
    }

    /// EUR due to a municipality over all classes within its bounds, after [`Self::entitle`] and
    /// [`Self::guarantee`].
    pub fn due(&self, municipality: usize) -> Lanes {
        due(&self.claims, &self.lower[municipality], &self.upper[municipality], municipality)
    }

    /// Before the first year: the share of what is due today that today's pot pays.
    pub fn read_off_today(&mut self) {
        let mut due = [0.0; LANES];
        for municipality in 0..self.award.len() {
            add(&mut due, &self.due(municipality));
        }
        if self.open_ended {
            return;
        }
        for lane in 0..LANES {
            if due[lane] > 0.0 {
                self.paid_share[lane] = (self.available_euro[lane] / due[lane]).min(1.0);
            }
        }
    }
}

vectorised! {
    /// Raises the first class so that all classes of a municipality come to at least `least`.
    fn raise(claims: &mut [Vec<Lanes>], least: &[Lanes]) {
        for (municipality, least) in least.iter().enumerate() {
            let mut total: Lanes = [0.0; LANES];
            for class in claims.iter() {
                for lane in 0..LANES {
                    total[lane] += class[municipality][lane];
                }
            }
            if let Some(first) = claims.first_mut() {
                let first = &mut first[municipality];
                for lane in 0..LANES {
                    let lacking = least[lane] - total[lane];
                    first[lane] += if least[lane] > total[lane] { lacking } else { 0.0 };
                }
            }
        }
    }

    fn due(
        claims: &[Vec<Lanes>],
        lower: &Lanes,
        upper: &Lanes,
        municipality: usize,
    ) -> Lanes {
        let mut due: Lanes = [0.0; LANES];
        for class in claims {
            for lane in 0..LANES {
                due[lane] += class[municipality][lane];
            }
        }
        for lane in 0..LANES {
            due[lane] = due[lane].max(lower[lane]).min(upper[lane]);
        }
        due
    }

    fn larger(bounds: &mut [Lanes], others: &[Lanes]) {
        for (bound, other) in bounds.iter_mut().zip(others) {
            for lane in 0..LANES {
                bound[lane] = bound[lane].max(other[lane]);
            }
        }
    }

    fn smaller(bounds: &mut [Lanes], others: &[Lanes]) {
        for (bound, other) in bounds.iter_mut().zip(others) {
            for lane in 0..LANES {
                bound[lane] = bound[lane].min(other[lane]);
            }
        }
    }
}
