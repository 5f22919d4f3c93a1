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

#[cfg(test)]
mod tests {
    use super::super::Prepared;
    use super::super::tests::rows;
    use super::*;
    use crate::analysis::example::example;

    #[test]
    fn what_a_floor_lacks_is_added_to_the_first_class() {
        // 100 + 50, 10 + 20, 0 + 5 are due and 200, 30, 1 the least: 50, 0 and 0 are lacking.
        let mut claims = vec![rows(&[100.0, 10.0, 0.0]), rows(&[50.0, 20.0, 5.0])];
        raise(&mut claims, &rows(&[200.0, 30.0, 1.0]));
        assert_eq!(claims, [rows(&[150.0, 10.0, 0.0]), rows(&[50.0, 20.0, 5.0])]);
    }

    #[test]
    fn the_tighter_bound_holds_and_of_two_that_cross_the_upper() {
        let (mut lower, mut upper) = (rows(&[1.0, 4.0]), rows(&[1.0, f64::INFINITY]));
        larger(&mut lower, &rows(&[3.0, 2.0]));
        smaller(&mut upper, &rows(&[3.0, 2.0]));
        assert_eq!((lower, upper), (rows(&[3.0, 4.0]), rows(&[1.0, 2.0])));
        // 100 + 50 within bounds, in the second municipality of two.
        let claims = [rows(&[7.0, 100.0]), rows(&[7.0, 50.0])];
        for (lower, upper, expected) in [
            (0.0, f64::INFINITY, 150.0),
            (200.0, f64::INFINITY, 200.0),
            (0.0, 120.0, 120.0),
            (200.0, 120.0, 120.0),
        ] {
            assert_eq!(due(&claims, &[lower; LANES], &[upper; LANES], 1), [expected; LANES]);
        }
    }

    #[test]
    fn before_the_first_year_the_share_is_what_todays_pot_pays_of_what_is_due_today() {
        let scenario = example();
        let prepared = Prepared::new(&scenario);
        let read = |available: f64, due: f64, open_ended: bool| {
            let mut state = ProgrammeState::new(&prepared, 0, 1);
            state.paid_share = [0.7; LANES];
            state.available_euro = [available; LANES];
            state.claims = vec![rows(&[due, 2.0 * due, 0.0])];
            state.open_ended = open_ended;
            state.read_off_today();
            state.paid_share
        };
        // 450 of 300 + 600; 1,800 pay all of it; of nothing, and without a pot, no share is read.
        assert_eq!(read(450.0, 300.0, false), [0.5; LANES]);
        assert_eq!(read(1_800.0, 300.0, false), [1.0; LANES]);
        assert_eq!(read(450.0, 0.0, false), [0.7; LANES]);
        assert_eq!(read(450.0, 300.0, true), [0.7; LANES]);
    }
}
