//! The year's pot: appropriation less top slice, and what was carried over.

use super::super::quantities::add;
use super::{Faults, Frame, Moment, ProgrammeState, Setting};
use crate::expression::{Extent, Scratch};
use crate::model::{Appropriation, Formula, GREATEST, Pot};
use crate::numeric::{LANES, Lanes};
use crate::units::to_cents;

impl ProgrammeState {
    /// Opens the pot of a year.
    pub fn open_pot(
        &mut self,
        setting: &Setting<'_>,
        pot: &Pot,
        scratch: &mut Scratch,
        faults: &mut Faults,
    ) {
        let mut national = |formula: &Formula| {
            let moment = Moment::at(setting.year);
            let frame = Frame::new(setting.prepared, setting.draws, &formula.variables, moment);
            let mut values: Lanes = [0.0; LANES];
            frame.evaluate(formula, Extent::Nation, scratch, &mut values);
            let nation = || "the nation".to_owned();
            setting.report(formula, &values, nation, (0.0, GREATEST), faults);
            values
        };
        self.open_ended = matches!(pot.appropriation, Appropriation::OpenEnded);
        self.appropriation = match &pot.appropriation {
            Appropriation::OpenEnded => [0.0; LANES],
            Appropriation::Yearly(years) => {
                years.get(setting.year - setting.prepared.past).map_or([0.0; LANES], &mut national)
            }
        };
        let appropriated = to_cents(&self.appropriation);
        let mut sliced = [0.0; LANES];
        // Cents of the slices so far: what a slice adds to them is its own, so that all of them are
        // together what is taken, to the cent. The first are served first.
        let mut taken = [0; LANES];
        self.top_slices.clear();
        for slice in &pot.top_slice {
            add(&mut sliced, &national(&slice.amount));
            let mut so_far = to_cents(&sliced);
            if !self.open_ended {
                so_far = std::array::from_fn(|lane| so_far[lane].min(appropriated[lane]));
            }
            self.top_slices.push(std::array::from_fn(|lane| so_far[lane] - taken[lane]));
            taken = so_far;
        }
        for lane in 0..LANES {
            let left = appropriated[lane].saturating_sub(taken[lane]).max(0);
            self.available[lane] = left.saturating_add(self.carried[lane]);
            self.available_euro[lane] = self.available[lane] as f64 / 100.0;
        }
    }
}
