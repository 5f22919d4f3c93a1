//! The year's pot: appropriation less top slice, and what was carried over.

use super::super::quantities::add;
use super::{AtWork, Faults, Frame, Moment, ProgrammeState, Role, Setting};
use crate::expression::{Extent, Scratch};
use crate::model::{Appropriation, Formula, GREATEST, Pot};
use crate::numeric::{LANES, Lanes, each_lane};
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
        let recorder = &mut self.recorder;
        if let Some(recorder) = recorder {
            recorder.open_pot();
        }
        let mut national = |role: Role, formula: &Formula| {
            let moment = Moment::at(setting.year);
            let frame = Frame::new(setting.prepared, setting.draws, &formula.variables, moment);
            let mut values: Lanes = [0.0; LANES];
            frame.evaluate(formula, Extent::Nation, scratch, &mut values);
            let nation = || "the nation".to_owned();
            setting.report(formula, &values, nation, (0.0, GREATEST), faults);
            if let Some(recorder) = recorder {
                let prepared = setting.prepared;
                let work = AtWork { prepared, formula, frame: &frame, history: &[] };
                recorder.national(role, &work, scratch, values[0]);
            }
            values
        };
        self.open_ended = matches!(pot.appropriation, Appropriation::OpenEnded);
        self.appropriation = match &pot.appropriation {
            Appropriation::OpenEnded => [0.0; LANES],
            Appropriation::Yearly(years) => {
                let formula = years.get(setting.year - setting.prepared.past);
                formula.map_or([0.0; LANES], |formula| national(Role::Appropriation, formula))
            }
        };
        let appropriated = to_cents(&self.appropriation);
        let mut sliced = [0.0; LANES];
        // Cents of the slices so far: what a slice adds to them is its own, so that all of them are
        // together what is taken, to the cent. The first are served first.
        let mut taken = [0; LANES];
        self.top_slices.clear();
        for (index, slice) in pot.top_slice.iter().enumerate() {
            add(&mut sliced, &national(Role::TopSlice(index), &slice.amount));
            let mut so_far = to_cents(&sliced);
            if !self.open_ended {
                so_far = each_lane(|lane| so_far[lane].min(appropriated[lane]));
            }
            self.top_slices.push(each_lane(|lane| so_far[lane] - taken[lane]));
            taken = so_far;
        }
        for lane in 0..LANES {
            let left = appropriated[lane].saturating_sub(taken[lane]).max(0);
            self.available[lane] = left.saturating_add(self.carried[lane]);
            self.available_euro[lane] = self.available[lane] as f64 / 100.0;
        }
        if let Some(recorder) = &mut self.recorder {
            let (carried, available) = (&self.carried, &self.available);
            let sliced = to_cents(&sliced);
            recorder.pot(self.open_ended, (&appropriated, &sliced), (carried, available));
        }
    }
}
