//! What is kept of a traced draw beyond the settlement: inputs, points, indices.

use super::recorder::{AtWork, LANE, extent_of, row};
use super::{FormulaTrace, InputTrace, PointTrace, RowTrace, Trace, Wish};
use crate::engine::block::{Sink, YearOfBlock};
use crate::engine::frame::{Frame, Moment};
use crate::engine::network::NEVER;
use crate::engine::prepared::Prepared;
use crate::expression::{Extent, Scratch};
use crate::model::{InputValue, Month, Purpose, Quantity, Variable};
use crate::numeric::{LANES, normal_cdf};
use std::collections::BTreeSet;

/// Keeps one programme of one policy in one year.
pub struct Collector<'w> {
    wish: &'w Wish,
    path: usize,
    points: Vec<Vec<PointTrace>>,
    trace: Option<Trace>,
}

impl<'w> Collector<'w> {
    pub fn new(prepared: &Prepared<'_>, wish: &'w Wish) -> Self {
        let of = |municipality: &usize| {
            let points = prepared.points_of.get(*municipality).map_or(&[][..], Vec::as_slice);
            let trace = |point: &u32| PointTrace {
                point: *point as usize,
                open_from: None,
                months: Vec::new(),
            };
            points.iter().map(trace).collect()
        };
        let points = wish.municipalities.iter().map(of).collect();
        Self { wish, path: prepared.paths_of(wish.policy).0, points, trace: None }
    }

    /// The course that is traced.
    pub fn path(&self) -> usize {
        self.path
    }

    pub fn into_trace(self) -> Option<Trace> {
        self.trace
    }

    /// Notes the months in which points are open: in the first year also those of the years before it.
    fn note_points(&mut self, at: &YearOfBlock<'_>) {
        let Some(view) = at.paths.get(self.path) else { return };
        let first = at.prepared.scenario.years.first;
        let now = first + at.year as i32;
        let past = at.prepared.past as i32;
        for point in self.points.iter_mut().flatten() {
            let from = view.network.open_from.of(point.point)[LANE];
            let municipality = at.prepared.municipality_of_point[point.point] as usize;
            let stays = 1.0 - view.network.left[municipality][LANE];
            point.open_from = (from < NEVER).then(|| Month(first * 12 + i32::from(from)));
            let since = if at.year == 0 { now - past } else { now };
            for year in since..=now {
                let start = (year - first) * 12;
                let open = start + 12 - i32::from(from).clamp(start, start + 12);
                point.months.push((year, f64::from(open) * stays));
            }
        }
    }

    /// Every input that formulas read, and those that these are computed from.
    fn inputs(&self, at: &YearOfBlock<'_>, formulas: &[&FormulaTrace]) -> Vec<InputTrace> {
        let mut found = Vec::new();
        let mut known = BTreeSet::new();
        let mut open: Vec<(usize, Option<usize>)> = Vec::new();
        for formula in formulas {
            for (index, row) in formula.rows.iter().enumerate() {
                let municipality = self.wish.municipalities.get(index).copied();
                open.extend(named(row, municipality));
            }
        }
        let mut scratch = Scratch::default();
        let mut next = 0;
        while let Some(&(input, municipality)) = open.get(next) {
            next += 1;
            let Some(declared) = at.prepared.scenario.inputs.get(input) else { continue };
            let municipality = municipality.filter(|_| declared.extent != Extent::Nation);
            if !known.insert((input, municipality)) {
                continue;
            }
            let traced = input_trace(at, input, municipality, &mut scratch);
            open.extend(traced.computed.iter().flat_map(|row| named(row, municipality)));
            found.push(traced);
        }
        found
    }
}

/// The inputs that a formula names.
fn named(row: &RowTrace, municipality: Option<usize>) -> Vec<(usize, Option<usize>)> {
    let inputs = row.readings.iter().filter_map(|reading| match reading.variable {
        Variable::Input(input) => Some((input, municipality)),
        _ => None,
    });
    inputs.collect()
}

fn input_trace(
    at: &YearOfBlock<'_>,
    input: usize,
    municipality: Option<usize>,
    scratch: &mut Scratch,
) -> InputTrace {
    let prepared = at.prepared;
    let year = prepared.past + at.year;
    let declared = &prepared.scenario.inputs[input];
    let extent = extent_of(prepared.scenario, &Variable::Input(input));
    let rows: Vec<usize> = match (extent, municipality) {
        (Extent::Nation, _) => vec![0],
        (Extent::Municipality, Some(municipality)) => vec![municipality],
        (Extent::Point, Some(municipality)) => {
            prepared.points_of[municipality].iter().map(|point| *point as usize).collect()
        }
        _ => Vec::new(),
    };
    let of = |values: &[f64]| -> Vec<f64> {
        rows.iter().filter_map(|row| values.get(row * LANES + LANE).copied()).collect()
    };
    let values = of(at.draws.input(input, year));
    let (mut shares, mut computed) = (Vec::new(), None);
    match &declared.value {
        InputValue::Drawn(_) => {
            shares = of(at.draws.scores(input, year)).into_iter().map(normal_cdf).collect();
        }
        InputValue::Computed(formula) => {
            let frame = Frame::new(prepared, at.draws, &formula.variables, Moment::at(year));
            let work = AtWork { prepared, formula, frame: &frame, history: &[] };
            let value = values.first().copied().unwrap_or(f64::NAN);
            let mut traced = row(&work, municipality, scratch, value);
            if extent == Extent::Point {
                traced.pieces.clear();
            }
            computed = Some(traced);
        }
    }
    InputTrace { input, municipality, values, shares, computed }
}

impl Sink for Collector<'_> {
    fn weighs_guarantees(&self) -> bool {
        true
    }

    fn year(&mut self, at: &YearOfBlock<'_>) {
        self.note_points(at);
        let scenario = at.prepared.scenario;
        if scenario.years.first + at.year as i32 != self.wish.year {
            return;
        }
        let (Some(view), Some(programme)) =
            (at.paths.get(self.path), scenario.programmes.get(self.wish.programme))
        else {
            return;
        };
        let Some(state) = view.programmes.get(self.wish.programme) else { return };
        let Some(recorded) = state.recorded().cloned() else { return };
        let purpose = match programme.purpose {
            Purpose::Investment => Quantity::InvestmentCost,
            Purpose::Maintenance => Quantity::MaintenanceCost,
        };
        let cost = view.quantities.grid(purpose, None).unwrap_or(&[]);
        let formulas: Vec<&FormulaTrace> =
            recorded.formulas.iter().chain(&recorded.pot.formulas).collect();
        let inputs = self.inputs(at, &formulas);
        let first = |rows: &[[i64; LANES]]| rows.iter().map(|row| row[LANE]).collect::<Vec<i64>>();
        let years = at.prepared.years.iter().take(at.prepared.past + at.year + 1);
        let index = |values: &[[f64; LANES]]| {
            let with_year = years.clone().zip(values);
            with_year
                .filter(|(year, _)| **year >= scenario.price_year)
                .map(|(year, values)| (*year, values[LANE]))
                .collect()
        };
        self.trace = Some(Trace {
            policy: at.prepared.paths.all.get(self.path).map_or(0, |plan| plan.policy),
            entitlement: first(&state.entitlement),
            award: first(&state.award),
            without: state.without.iter().map(|without| first(&without.award)).collect(),
            eligible_cost: cost.iter().map(|row| row[LANE]).collect(),
            inputs,
            points: self.points.clone(),
            pay_index: index(&at.draws.pay_index),
            price_index: index(&at.draws.price_index),
            recorded,
        });
    }

    fn block_ends(&mut self, _: &Prepared<'_>, _: usize) {}
}
