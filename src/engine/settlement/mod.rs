//! Settlement of one programme on one path: entitle → limit → guarantee → ration → round → award.
//!
//! The steps stand in the order of a year: the pot is opened ([`pot`]), the worksheet says what is due
//! ([`worksheet`]), guarantees bound it ([`guarantees`]), the pot is divided ([`division`]), and the
//! year is closed ([`closing`]). All run over blocks `[municipality][draw]`; money is `f64` euro until
//! the division and whole cents from there on.

mod closing;
mod division;
mod guarantees;
mod pools;
mod pot;
mod sheet;
mod worksheet;

use self::sheet::Sheet;
use super::draws::Draws;
use super::fault::{Fault, Faults, all_within};
use super::frame::{Frame, Moment, ProgrammeView};
use super::prepared::Prepared;
use super::quantities::Quantities;
use super::trace::{AtWork, Recorded, Recorder, Role};
use crate::expression::{Extent, Scratch};
use crate::model::{Formula, Purpose, Quantity, Rule};
use crate::numeric::{LANES, Lanes};

pub use self::division::{Asked, Divider, terms};
pub use crate::allocation::Money;

/// Everything that is not the programme's own: one moment of one path.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// The scenario.
    pub prepared: &'a Prepared<'a>,
    /// Inputs.
    pub draws: &'a Draws,
    /// Index into the prepared years.
    pub year: usize,
    /// Quantities by year; the last is this year's.
    pub history: &'a [&'a Quantities],
    /// Index of the policy.
    pub policy: usize,
    /// Index of the programme.
    pub programme: usize,
}

/// A year's settlement without one guarantee and with all else the same.
#[derive(Clone, Debug)]
pub struct Without {
    /// What would have been granted, cents: `[municipality]`.
    pub award: Vec<Money>,
    /// What would have been left of the pot, cents.
    pub unspent: Money,
}

/// One programme of one path, for a block of draws.
#[derive(Clone, Debug)]
pub struct ProgrammeState {
    /// EUR.
    pub appropriation: Lanes,
    /// Cents after top slice and carry-over; ignored where the programme is open-ended.
    pub available: Money,
    /// Whether there is no pot.
    pub open_ended: bool,
    available_euro: Lanes,
    carried: Money,
    /// The lines of the worksheet: `[line][municipality]`, as the formulas gave them.
    pub lines: Vec<Vec<Lanes>>,
    /// What is due, cents: `[municipality]`.
    pub entitlement: Vec<Money>,
    /// What is granted, cents: `[municipality]`.
    pub award: Vec<Money>,
    /// The awards of all by what they are for, cents: what is paid first, where a guarantee is protected,
    /// then class by class the rest.
    pub parts: Vec<Money>,
    /// What is used centrally, cents, by top slice; never more than the appropriation.
    pub top_slices: Vec<Money>,
    /// What would have become of the pot without each guarantee; empty where that is not asked for.
    pub without: Vec<Without>,
    /// What is left of the pot, cents.
    pub unspent: Money,
    /// What is due above what is available, cents; of a pot in pools, summed over those that fall short.
    pub gap: Money,
    /// 1 where the protected amounts exceeded the pot and were cut.
    pub guarantee_broken: Lanes,
    /// What a competition's first waiting point would have been awarded in part, cents.
    pub partial_award: Money,
    /// Whole points funded by a competition: `[municipality]`.
    pub funded: Vec<Lanes>,
    /// Awards over entitlements of the nation in the last year in which something was due (1 before it).
    pub paid_share: Lanes,
    /// What was asked of this year's pot; empty where that is not asked for.
    pub asked: Asked,
    sheet: Sheet,
    entitlement_last_year: Vec<Lanes>,
    award_last_year: Vec<Lanes>,
    /// EUR: `[class][municipality]`.
    claims: Vec<Vec<Lanes>>,
    lower: Vec<Lanes>,
    upper: Vec<Lanes>,
    bound: Vec<Lanes>,
    /// Notes what is done, where a draw is traced.
    recorder: Option<Box<Recorder>>,
}

impl ProgrammeState {
    /// Room for a programme of a policy.
    pub fn new(prepared: &Prepared<'_>, policy: usize, programme: usize) -> Self {
        let rule = prepared.scenario.policies[policy].rules[programme].as_ref();
        let sheet = Sheet::new(rule);
        let grid = vec![[0.0; LANES]; prepared.points_of.len()];
        let money = vec![[0; LANES]; grid.len()];
        Self {
            appropriation: [0.0; LANES],
            available: [0; LANES],
            open_ended: false,
            available_euro: [0.0; LANES],
            carried: [0; LANES],
            lines: vec![grid.clone(); rule.map_or(0, |rule| rule.lines.len())],
            entitlement: money.clone(),
            award: money,
            parts: Vec::new(),
            top_slices: Vec::new(),
            without: Vec::new(),
            unspent: [0; LANES],
            gap: [0; LANES],
            guarantee_broken: [0.0; LANES],
            partial_award: [0; LANES],
            funded: grid.clone(),
            paid_share: [1.0; LANES],
            asked: Asked::default(),
            entitlement_last_year: grid.clone(),
            award_last_year: grid.clone(),
            claims: vec![grid.clone(); sheet.classes.len()],
            lower: grid.clone(),
            upper: vec![[f64::INFINITY; LANES]; grid.len()],
            bound: grid,
            recorder: None,
            sheet,
        }
    }

    /// Notes from now on what is done for some municipalities.
    pub fn note(&mut self, municipalities: Vec<usize>) {
        self.recorder = Some(Box::new(Recorder::new(municipalities)));
    }

    /// Notes from now on what is done for every municipality, as books have it.
    pub fn keep_books(&mut self) {
        self.recorder = Some(Box::new(Recorder::of_all(self.award.len())));
    }

    /// What was noted of the year.
    pub fn recorded(&self) -> Option<&Recorded> {
        self.recorder.as_deref().map(|recorder| &recorder.kept)
    }

    /// A new block of draws begins: what was due and paid before the first year comes from the table.
    pub fn begin(&mut self, prepared: &Prepared<'_>) {
        let municipalities = &prepared.scenario.municipalities;
        fill(&mut self.entitlement_last_year, municipalities.previous_entitlement.as_deref());
        fill(&mut self.award_last_year, municipalities.previous_award.as_deref());
        self.carried = [0; LANES];
        self.paid_share = [1.0; LANES];
    }

    /// Evaluates a formula of the rule for every municipality, and reports what lies outside a range.
    fn evaluate(
        &mut self,
        setting: &Setting<'_>,
        (role, formula): (Role, &Formula),
        range: (f64, f64),
        (scratch, faults): (&mut Scratch, &mut Faults),
        out: &mut [Lanes],
    ) {
        let view = ProgrammeView {
            appropriation: &self.appropriation,
            available: &self.available_euro,
            entitlement_last_year: &self.entitlement_last_year,
            award_last_year: &self.award_last_year,
            lines: &self.lines,
        };
        let moment =
            Moment { year: setting.year, history: setting.history, programme: Some(&view) };
        let frame = Frame::new(setting.prepared, setting.draws, &formula.variables, moment);
        frame.evaluate(formula, Extent::Municipality, scratch, out.as_flattened_mut());
        if let Some(recorder) = &mut self.recorder {
            let (prepared, history) = (setting.prepared, setting.history);
            let work = AtWork { prepared, formula, frame: &frame, history };
            recorder.formula(role, &work, scratch, out);
        }
        if !all_within(out, range) {
            for (row, values) in out.iter().enumerate() {
                let name = || setting.prepared.row_name(Extent::Municipality, row);
                setting.report(formula, values, name, range, faults);
            }
        }
    }
}

impl<'a> Setting<'a> {
    fn rule(&self) -> Option<&'a Rule> {
        self.prepared.scenario.policies[self.policy].rules[self.programme].as_ref()
    }

    /// What the programme's purpose costs this year, by municipality.
    fn cost(&self) -> &'a [Lanes] {
        let quantity = match self.prepared.scenario.programmes[self.programme].purpose {
            Purpose::Investment => Quantity::InvestmentCost,
            Purpose::Maintenance => Quantity::MaintenanceCost,
        };
        self.history.last().and_then(|now| now.grid(quantity, None)).unwrap_or(&[])
    }

    /// Reports the first value of a row outside a range, if there is one.
    fn report(
        &self,
        formula: &Formula,
        values: &Lanes,
        row: impl FnOnce() -> String,
        range: (f64, f64),
        faults: &mut Faults,
    ) {
        faults.report_lanes(values, range, |value| self.fault(formula, value, row(), range));
    }

    /// What a formula gave for a row.
    fn fault(&self, formula: &Formula, value: f64, row: String, range: (f64, f64)) -> Fault {
        let scenario = self.prepared.scenario;
        Fault {
            formula: formula.text.clone(),
            place: formula.place.clone(),
            value,
            range,
            year: self.prepared.years[self.year],
            row,
            policy: Some((
                scenario.policies[self.policy].name.clone(),
                scenario.programmes[self.programme].name.clone(),
            )),
        }
    }
}

fn fill(rows: &mut [Lanes], column: Option<&[f64]>) {
    for (index, row) in rows.iter_mut().enumerate() {
        *row = [column.and_then(|column| column.get(index)).copied().unwrap_or(0.0); LANES];
    }
}

#[cfg(test)]
mod tests;
