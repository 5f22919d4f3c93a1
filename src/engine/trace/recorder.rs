//! What a settlement notes while it works, of the first draw of a block.

use super::{
    ClaimTrace, DivisionTrace, FormulaTrace, PieceValue, Reading, Recorded, Role, RowTrace, Stages,
};
use crate::allocation::{Bounds, Money, Settlement};
use crate::engine::frame::Frame;
use crate::engine::prepared::Prepared;
use crate::engine::quantities::Quantities;
use crate::expression::{Extent, OutlinePart, Piece, Scratch, Values};
use crate::model::{Formula, Scenario, Variable};
use crate::numeric::{LANES, Lanes};

/// The lane that is noted: a draw is traced alone.
pub(super) const LANE: usize = 0;

/// Notes what the settlement of one programme does, for some municipalities.
#[derive(Clone, Debug)]
pub struct Recorder {
    municipalities: Vec<usize>,
    /// What is noted of a formula beside its value and what it read.
    detail: Detail,
    /// What was noted of the year.
    pub kept: Recorded,
}

/// What is noted of a formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Detail {
    /// Its pieces, for a sentence about one municipality.
    Pieces,
    /// The parts of its outline, for all of them.
    Parts,
}

/// A formula at its moment.
#[derive(Clone, Copy)]
pub struct AtWork<'a> {
    /// The scenario, ready to run.
    pub prepared: &'a Prepared<'a>,
    /// The formula.
    pub formula: &'a Formula,
    /// Its names bound to their values.
    pub frame: &'a Frame<'a>,
    /// Quantities by year; the last is this year's.
    pub history: &'a [&'a Quantities],
}

impl Recorder {
    /// A recorder for some municipalities.
    #[must_use]
    pub fn new(municipalities: Vec<usize>) -> Self {
        Self { municipalities, detail: Detail::Pieces, kept: Recorded::default() }
    }

    /// A recorder for books: of so many municipalities.
    #[must_use]
    pub fn of_all(municipalities: usize) -> Self {
        let municipalities = (0..municipalities).collect();
        Self { municipalities, detail: Detail::Parts, kept: Recorded::default() }
    }

    /// A pot is opened: the year begins.
    pub fn open_pot(&mut self) {
        self.kept.pot.formulas.clear();
    }

    /// A formula of the pot has been evaluated.
    pub fn national(&mut self, role: Role, work: &AtWork<'_>, scratch: &mut Scratch, value: f64) {
        let row = self.row(work, None, scratch, value);
        self.kept.pot.formulas.push(FormulaTrace { role, rows: vec![row], parts: Vec::new() });
    }

    /// The pot is open; cents.
    pub fn pot(
        &mut self,
        open_ended: bool,
        (appropriation, top_slice): (&Money, &Money),
        (carried, available): (&Money, &Money),
    ) {
        let pot = &mut self.kept.pot;
        pot.open_ended = open_ended;
        pot.appropriation = appropriation[LANE];
        pot.top_slice = top_slice[LANE];
        pot.carried = carried[LANE];
        pot.available = available[LANE];
    }

    /// A worksheet is begun.
    pub fn begin(&mut self) {
        self.kept.formulas.clear();
        self.kept.division = None;
        self.kept.stages = vec![Stages::default(); self.municipalities.len()];
    }

    /// A formula of the rule has been evaluated for every municipality.
    pub fn formula(
        &mut self,
        role: Role,
        work: &AtWork<'_>,
        scratch: &mut Scratch,
        values: &[Lanes],
    ) {
        // Bounds are evaluated again with the division.
        self.kept.formulas.retain(|formula| formula.role != role);
        let of = |municipality: &usize| {
            let value = values.get(*municipality).map_or(f64::NAN, |row| row[LANE]);
            self.row(work, Some(*municipality), scratch, value)
        };
        let rows = self.municipalities.iter().map(of).collect();
        let parts = match self.detail {
            Detail::Pieces => Vec::new(),
            Detail::Parts => parts(work, &self.municipalities, scratch),
        };
        self.kept.formulas.push(FormulaTrace { role, rows, parts });
    }

    fn row(
        &self,
        work: &AtWork<'_>,
        municipality: Option<usize>,
        scratch: &mut Scratch,
        value: f64,
    ) -> RowTrace {
        match self.detail {
            Detail::Pieces => row(work, municipality, scratch, value),
            Detail::Parts => {
                RowTrace { value, pieces: Vec::new(), readings: readings(work, municipality) }
            }
        }
    }

    /// Claims by class have come to a stage.
    pub fn stage(&mut self, claims: &[Vec<Lanes>], of: impl Fn(&mut Stages) -> &mut Vec<f64>) {
        for (stages, &municipality) in self.kept.stages.iter_mut().zip(&self.municipalities) {
            let class = |class: &Vec<Lanes>| class.get(municipality).map_or(0.0, |row| row[LANE]);
            *of(stages) = claims.iter().map(class).collect();
        }
    }

    /// The cost that claims are cut to.
    pub fn cost(&mut self, cost: &[Lanes]) {
        for (stages, &municipality) in self.kept.stages.iter_mut().zip(&self.municipalities) {
            stages.cost = cost.get(municipality).map(|row| row[LANE]);
        }
    }

    /// The pot is divided.
    pub fn division(
        &mut self,
        (claims, bounds): (&[Money], &[Bounds]),
        [weights, scores, points]: [&[Lanes]; 3],
        settlement: &Settlement,
        municipalities: usize,
    ) {
        let entry = |index: usize| {
            let of = |rows: &[Money]| rows.get(index).map_or(0, |row| row[LANE]);
            let bounds = bounds.get(index);
            let upper = bounds.map(|bounds| bounds.upper[LANE]);
            ClaimTrace {
                claim: of(claims),
                lower: bounds.map_or(0, |bounds| bounds.lower[LANE]),
                upper: upper.filter(|upper| *upper < i64::MAX),
                due: of(&settlement.entitlements),
                award: of(&settlement.awards),
            }
        };
        let count = municipalities.max(1);
        let classes = claims.len() / count;
        let of_class = |class| (0..municipalities).map(|row| entry(class * count + row)).collect();
        let first = |rows: &[Lanes]| rows.iter().map(|row| row[LANE]).collect::<Vec<f64>>();
        self.kept.division = Some(DivisionTrace {
            claims: (0..classes).map(of_class).collect(),
            weights: first(weights),
            scores: first(scores),
            points: first(points),
            funded: if scores.is_empty() { Vec::new() } else { first(&settlement.funded) },
            pools: Vec::new(),
            unspent: settlement.unspent[LANE],
            guarantee_broken: settlement.guarantee_broken[LANE] == 1.0,
            partial: settlement.partial[LANE],
        });
    }

    /// The pot was divided in pools; where there was no appropriation they are what is available.
    pub fn pools(&mut self, pots: &[Money], open_ended: bool, available: &Money) {
        if let Some(division) = &mut self.kept.division {
            division.pools = pots.iter().map(|pot| pot[LANE]).collect();
        }
        self.kept.pot.open_ended = open_ended;
        self.kept.pot.available = available[LANE];
    }
}

/// What a formula read, and what its pieces stood for.
pub(super) fn row(
    work: &AtWork<'_>,
    municipality: Option<usize>,
    scratch: &mut Scratch,
    value: f64,
) -> RowTrace {
    let AtWork { prepared, formula, frame, .. } = *work;
    let pieces = formula.pieces.iter().map(|piece| match piece {
        Piece::Text(_) => PieceValue::Text,
        Piece::Number { program, .. } => {
            let shape = program.shape();
            let found = program.evaluate(&prepared.rows(), frame, scratch);
            PieceValue::Number(at(found, shape.extent, shape.random, municipality))
        }
        Piece::Column { id, .. } => {
            let extent = match formula.variables.get(*id as usize) {
                Some(variable) => extent_of(prepared.scenario, variable),
                None => Extent::Nation,
            };
            PieceValue::Code(at(frame.values(*id), extent, false, municipality))
        }
    });
    RowTrace { value, pieces: pieces.collect(), readings: readings(work, municipality) }
}

/// What the names of a formula stood for.
fn readings(work: &AtWork<'_>, municipality: Option<usize>) -> Vec<Reading> {
    let ids = (0..).zip(&work.formula.variables);
    ids.map(|(id, _)| reading(work, id, municipality)).collect()
}

/// What the parts of a formula's outline came to.
fn parts(work: &AtWork<'_>, municipalities: &[usize], scratch: &mut Scratch) -> Vec<Vec<f64>> {
    let Some(outline) = &work.formula.outline else { return Vec::new() };
    let of = |part: &OutlinePart| {
        let Some(program) = &part.program else { return Vec::new() };
        let shape = program.shape();
        let found = program.evaluate(&work.prepared.rows(), work.frame, scratch);
        let at = |row: &usize| at(found, shape.extent, shape.random, Some(*row));
        municipalities.iter().map(at).collect()
    };
    outline.parts.iter().map(of).collect()
}

/// The value of a row in what is laid out by extent and draw.
fn at(values: &[f64], extent: Extent, random: bool, municipality: Option<usize>) -> f64 {
    let width = if random { LANES } else { 1 };
    let row = match extent {
        Extent::Nation => Some(0),
        Extent::Municipality => municipality,
        Extent::Point => None,
    };
    row.and_then(|row| values.get(row * width)).copied().unwrap_or(f64::NAN)
}

fn reading(work: &AtWork<'_>, id: u32, municipality: Option<usize>) -> Reading {
    let AtWork { prepared, formula, frame, history } = *work;
    let variable = formula.variables[id as usize];
    let values = frame.values(id);
    let width = if is_random(&variable) { LANES } else { 1 };
    let rows: Vec<usize> = match extent_of(prepared.scenario, &variable) {
        Extent::Nation => vec![0],
        Extent::Municipality => municipality.into_iter().collect(),
        Extent::Point => municipality
            .and_then(|municipality| prepared.points_of.get(municipality))
            .map_or_else(Vec::new, |points| points.iter().map(|point| *point as usize).collect()),
    };
    let values = rows.iter().filter_map(|row| values.get(row * width).copied()).collect();
    let tiers = match (variable, municipality) {
        (Variable::Quantity { quantity, tier: None, lag }, Some(municipality)) => {
            let then = history.len().checked_sub(1 + lag as usize).map(|at| history[at]);
            let tiers = 0..prepared.scenario.tiers().len();
            let of = |tier| Some(then?.grid(quantity, Some(tier))?.get(municipality)?[LANE]);
            tiers.map(of).collect::<Option<Vec<f64>>>().unwrap_or_default()
        }
        _ => Vec::new(),
    };
    Reading { variable, values, tiers }
}

/// The rows of a name.
pub(super) fn extent_of(scenario: &Scenario, variable: &Variable) -> Extent {
    match variable {
        Variable::Year
        | Variable::Lever(_)
        | Variable::PayIndex
        | Variable::PriceIndex
        | Variable::Appropriation
        | Variable::Available => Extent::Nation,
        Variable::Input(input) => {
            scenario.inputs.get(*input).map_or(Extent::Nation, |input| input.extent)
        }
        Variable::PointColumn { .. } => Extent::Point,
        Variable::MunicipalityColumn { .. }
        | Variable::Quantity { .. }
        | Variable::EntitlementLastYear
        | Variable::AwardLastYear
        | Variable::Line(_)
        | Variable::Entitlement
        | Variable::Award => Extent::Municipality,
    }
}

/// Whether a name has a value for each draw.
fn is_random(variable: &Variable) -> bool {
    !matches!(
        variable,
        Variable::Year
            | Variable::Lever(_)
            | Variable::MunicipalityColumn { .. }
            | Variable::PointColumn { .. }
    )
}
