//! What the names in a formula stand for, at one moment of one path.

use super::draws::Draws;
use super::prepared::Prepared;
use super::quantities::Quantities;
use crate::expression::{Extent, Scratch, Values};
use crate::model::{Formula, Variable};
use crate::numeric::Lanes;

/// A year of a path, as formulas see it.
#[derive(Clone, Copy, Debug)]
pub struct Moment<'a> {
    /// Index into the prepared years (past years included).
    pub year: usize,
    /// Quantities of this year, which stands last, and of as many before it as formulas look back at.
    pub history: &'a [&'a Quantities],
    /// The programme that is being settled.
    pub programme: Option<&'a ProgrammeView<'a>>,
}

impl Moment<'_> {
    /// A moment before anything is simulated: inputs, levers, columns and the year.
    pub fn at(year: usize) -> Self {
        Self { year, history: &[], programme: None }
    }
}

/// What a worksheet sees of its programme.
#[derive(Clone, Copy, Debug)]
pub struct ProgrammeView<'a> {
    /// EUR.
    pub appropriation: &'a Lanes,
    /// EUR after top slice and carry-over.
    pub available: &'a Lanes,
    /// EUR per municipality.
    pub entitlement_last_year: &'a [Lanes],
    /// EUR per municipality.
    pub award_last_year: &'a [Lanes],
    /// The lines above, each per municipality.
    pub lines: &'a [Vec<Lanes>],
}

/// Binds the variables of one formula to the values of a moment.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    prepared: &'a Prepared<'a>,
    draws: &'a Draws,
    variables: &'a [Variable],
    moment: Moment<'a>,
}

impl<'a> Frame<'a> {
    /// A frame for a formula with these variables.
    pub fn new(
        prepared: &'a Prepared<'a>,
        draws: &'a Draws,
        variables: &'a [Variable],
        moment: Moment<'a>,
    ) -> Self {
        Self { prepared, draws, variables, moment }
    }

    /// Evaluates a formula into one row of lanes per row of `extent`.
    pub fn evaluate(
        &self,
        formula: &Formula,
        extent: Extent,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) {
        formula.program.evaluate_into(extent, &self.prepared.rows(), self, scratch, out);
    }
}

impl Values for Frame<'_> {
    fn values(&self, id: u32) -> &[f64] {
        let prepared = self.prepared;
        let scenario = prepared.scenario;
        let Moment { year, history, programme } = self.moment;
        match self.variables[id as usize] {
            Variable::Year => std::slice::from_ref(&prepared.year_numbers[year]),
            Variable::Lever(lever) => std::slice::from_ref(&scenario.levers[lever].value),
            Variable::Input(input) => self.draws.input(input, year),
            Variable::MunicipalityColumn { column, lag } => scenario.municipalities.table.columns
                [column]
                .in_year(prepared.years[year] - lag as i32),
            Variable::PointColumn { column, lag } => {
                scenario.points.table.columns[column].in_year(prepared.years[year] - lag as i32)
            }
            Variable::PayIndex => &self.draws.pay_index[year],
            Variable::PriceIndex => &self.draws.price_index[year],
            Variable::Quantity { quantity, tier, lag } => history
                .len()
                .checked_sub(1 + lag as usize)
                .and_then(|at| history[at].grid(quantity, tier))
                .unwrap_or(&prepared.zeros)
                .as_flattened(),
            Variable::Appropriation => {
                programme.map_or(&prepared.zeros[0], |view| view.appropriation)
            }
            Variable::Available => programme.map_or(&prepared.zeros[0], |view| view.available),
            Variable::EntitlementLastYear => programme
                .map_or(prepared.zeros.as_slice(), |view| view.entitlement_last_year)
                .as_flattened(),
            Variable::AwardLastYear => programme
                .map_or(prepared.zeros.as_slice(), |view| view.award_last_year)
                .as_flattened(),
            Variable::Line(line) => programme
                .and_then(|view| view.lines.get(line))
                .unwrap_or(&prepared.zeros)
                .as_flattened(),
            // Only outcomes name these; they are bound where outcomes are recorded.
            Variable::Entitlement | Variable::Award => prepared.zeros.as_flattened(),
        }
    }
}
