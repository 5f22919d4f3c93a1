//! The uncertain inputs of a block of draws, drawn once for all policies.

use super::dependence;
use super::design::{DesignRow, Futures};
use super::fault::{Fault, Faults, within};
use super::frame::{Frame, Moment};
use super::prepared::Prepared;
use super::streams::Streams;
use crate::expression::{Extent, Scratch};
use crate::model::{Common, Formula, IndexShare, Input, InputValue, Time};
use crate::numeric::simd::vectorised;
use crate::numeric::{LANES, Lanes, clear};

/// Which futures a block holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Block<'a> {
    /// `LANES` draws from this one on.
    From(u64),
    /// The central path in every lane: all scores 0, so that each input takes its median.
    Central,
    /// Rows of a design: some inputs of some lanes stand elsewhere than their draw.
    Designed(&'a DesignRow),
}

/// The values of one input.
#[derive(Clone, Debug)]
pub(super) struct Drawn {
    rows: usize,
    yearly: bool,
    /// `[year][row]`, one year where it is drawn once.
    values: Vec<Lanes>,
}

impl Drawn {
    /// How many years have values of their own.
    pub(super) fn years(&self) -> usize {
        self.values.len() / self.rows.max(1)
    }

    /// The values of a year, row by row.
    pub(super) fn year_mut(&mut self, year: usize) -> &mut [Lanes] {
        let from = year * self.rows;
        self.values.get_mut(from..from + self.rows).unwrap_or_default()
    }

    /// Every value, to fill all alike.
    pub(super) fn values_mut(&mut self) -> &mut [Lanes] {
        &mut self.values
    }
}

/// Inputs and indices of a block of draws.
#[derive(Clone, Debug)]
pub struct Draws {
    inputs: Vec<Drawn>,
    /// `pay_index` by year.
    pub pay_index: Vec<Lanes>,
    /// `price_index` by year.
    pub price_index: Vec<Lanes>,
    pay_growth: Vec<Lanes>,
    price_growth: Vec<Lanes>,
    /// The scores of each input, laid out as its values, where a draw is traced.
    scores: Option<Vec<Vec<Lanes>>>,
}

impl Draws {
    /// Room for a scenario's inputs.
    pub fn new(prepared: &Prepared<'_>) -> Self {
        let zero = [0.0; LANES];
        let years = prepared.years.len();
        let inputs = (0..prepared.scenario.inputs.len())
            .map(|index| {
                let (rows, yearly) = prepared.input_shape(index);
                let count = if yearly { years } else { 1 };
                Drawn { rows, yearly, values: vec![zero; rows * count] }
            })
            .collect();
        Self {
            inputs,
            pay_index: vec![[1.0; LANES]; years],
            price_index: vec![[1.0; LANES]; years],
            pay_growth: vec![zero; years],
            price_growth: vec![zero; years],
            scores: None,
        }
    }

    /// Keeps from now on the scores that inputs are drawn at.
    pub fn keep_scores(&mut self) {
        self.scores = Some(vec![Vec::new(); self.inputs.len()]);
    }

    /// The scores of a drawn input in a year, row by row, where they are kept.
    pub fn scores(&self, input: usize, year: usize) -> &[f64] {
        let drawn = &self.inputs[input];
        let from = if drawn.yearly { year * drawn.rows } else { 0 };
        let scores = self.scores.as_ref().and_then(|scores| scores.get(input));
        scores
            .and_then(|scores| scores.get(from..from + drawn.rows))
            .unwrap_or_default()
            .as_flattened()
    }

    /// The values of an input in a year, row by row.
    pub fn input(&self, input: usize, year: usize) -> &[f64] {
        let drawn = &self.inputs[input];
        let from = if drawn.yearly { year * drawn.rows } else { 0 };
        drawn.values[from..from + drawn.rows].as_flattened()
    }

    /// How an amount with these shares of pay and price growth stands in each year, 1 in the price year.
    pub fn index(&self, share: IndexShare, year: usize, prepared: &Prepared<'_>) -> Lanes {
        let mut index = [1.0 + share.pay * prepared.shift.pay; LANES];
        for at in 0..=year {
            if prepared.years[at] > prepared.scenario.price_year {
                for (lane, value) in index.iter_mut().enumerate() {
                    *value *= 1.0
                        + share.pay * self.pay_growth[at][lane]
                        + share.price * self.price_growth[at][lane];
                }
            }
        }
        index
    }

    /// Draws every input of a block, then the indices, then what is computed from them.
    pub fn fill(
        &mut self,
        prepared: &Prepared<'_>,
        block: Block<'_>,
        scratch: &mut Scratch,
        faults: &mut Faults,
    ) {
        for group in &prepared.scenario.dependence.groups {
            dependence::fill_group(&mut self.inputs, group, prepared, block);
        }
        for &index in &prepared.order.before_indices {
            self.fill_input(prepared, index, block, scratch, faults);
        }
        let indices = &prepared.scenario.indices;
        if let Some(growth) = &indices.pay {
            self.fill_growth(prepared, growth, scratch, faults, |draws| &mut draws.pay_growth);
        }
        if let Some(growth) = &indices.price {
            self.fill_growth(prepared, growth, scratch, faults, |draws| &mut draws.price_growth);
        }
        for year in 0..prepared.years.len() {
            self.pay_index[year] = self.index(IndexShare { pay: 1.0, price: 0.0 }, year, prepared);
            self.price_index[year] =
                self.index(IndexShare { pay: 0.0, price: 1.0 }, year, prepared);
        }
        for &index in &prepared.order.after_indices {
            self.fill_input(prepared, index, block, scratch, faults);
        }
    }

    fn fill_growth(
        &mut self,
        prepared: &Prepared<'_>,
        growth: &Formula,
        scratch: &mut Scratch,
        faults: &mut Faults,
        of: impl Fn(&mut Self) -> &mut Vec<Lanes>,
    ) {
        for year in 0..prepared.years.len() {
            let mut values = [0.0; LANES];
            let frame = Frame::new(prepared, self, &growth.variables, Moment::at(year));
            frame.evaluate(growth, Extent::Nation, scratch, &mut values);
            faults.report_lanes(&values, growth.range, |value| {
                Fault::of_world(prepared, growth, year, Extent::Nation, 0, value)
            });
            of(self)[year] = values;
        }
    }

    fn fill_input(
        &mut self,
        prepared: &Prepared<'_>,
        index: usize,
        block: Block<'_>,
        scratch: &mut Scratch,
        faults: &mut Faults,
    ) {
        let input = &prepared.scenario.inputs[index];
        match &input.value {
            InputValue::Drawn(distribution) => {
                let drawn = &mut self.inputs[index];
                if prepared.scenario.dependence.group_of(index).is_none() {
                    fill_scores(drawn, index, prepared, Futures::of(block, index));
                }
                if let Some(kept) = &mut self.scores {
                    kept[index].clone_from(&drawn.values);
                }
                for values in &mut drawn.values {
                    let scores = *values;
                    distribution.at_scores(&scores, values);
                }
                if let Time::RandomWalk { start } = input.time {
                    accumulate(&mut drawn.values, drawn.rows, start, prepared);
                }
            }
            InputValue::Computed(formula) => {
                let (rows, yearly) = prepared.input_shape(index);
                let years = if yearly { prepared.years.len() } else { 1 };
                for year in 0..years {
                    let mut out = std::mem::take(&mut self.inputs[index].values);
                    let range = year * rows..(year + 1) * rows;
                    let frame = Frame::new(prepared, self, &formula.variables, Moment::at(year));
                    let extent = formula.program.shape().extent;
                    frame.evaluate(formula, extent, scratch, out[range.clone()].as_flattened_mut());
                    for (row, values) in out[range].iter().enumerate() {
                        if !within(values, formula.range) {
                            faults.report_lanes(values, formula.range, |value| {
                                Fault::of_world(prepared, formula, year, extent, row, value)
                            });
                        }
                    }
                    self.inputs[index].values = out;
                }
            }
        }
    }
}

/// Scores of an input: shared and own parts added on the normal scale, AR(1) through the years.
fn fill_scores(drawn: &mut Drawn, index: usize, prepared: &Prepared<'_>, futures: Option<Futures>) {
    let Some(futures) = futures else {
        clear(&mut drawn.values);
        return;
    };
    let (input, streams) = (&prepared.scenario.inputs[index], &prepared.streams[index]);
    let mut shared = Shared::default();
    for year in 0..drawn.years() {
        draw_parts(drawn, &mut shared, streams, prepared.scenario.run.seed, year, futures);
        add_shared(drawn, &shared, input, prepared, year);
    }
    tie_years(drawn, input.time, prepared.past);
}

/// The scores of a year that several rows of an input have in common; none where it has none.
#[derive(Clone, Debug, Default)]
pub(super) struct Shared {
    /// That of the nation.
    pub nation: Vec<Lanes>,
    /// By municipality.
    pub municipality: Vec<Lanes>,
}

/// Draws the parts of an input's scores in a year: what is shared, and what each row has for itself.
pub(super) fn draw_parts(
    drawn: &mut Drawn,
    shared: &mut Shared,
    streams: &Streams,
    seed: u64,
    year: usize,
    futures: Futures,
) {
    shared.nation.resize(streams.nation.len().min(1), [0.0; LANES]);
    for scores in &mut shared.nation {
        streams.national(year, futures, scores);
    }
    let municipal = streams.municipality.get(year).map_or(&[][..], Vec::as_slice);
    shared.municipality.resize(municipal.len(), [0.0; LANES]);
    for (scores, &stream) in shared.municipality.iter_mut().zip(municipal) {
        futures.scores(seed, stream, scores);
    }
    for (scores, &stream) in drawn.year_mut(year).iter_mut().zip(&streams.own[year]) {
        if streams.is_national {
            streams.national(year, futures, scores);
        } else {
            futures.scores(seed, stream, scores);
        }
    }
}

/// Adds what rows share to what each has for itself, each by its share of the variance.
pub(super) fn add_shared(
    drawn: &mut Drawn,
    shared: &Shared,
    input: &Input,
    prepared: &Prepared<'_>,
    year: usize,
) {
    if shared.nation.is_empty() && shared.municipality.is_empty() {
        return;
    }
    let Common { nation, municipality } = input.common;
    let own = (1.0 - nation - municipality).max(0.0).sqrt();
    let (nation, municipality) = (nation.sqrt(), municipality.sqrt());
    let nobody = [0.0; LANES];
    let national = shared.nation.first().unwrap_or(&nobody);
    for (row, scores) in drawn.year_mut(year).iter_mut().enumerate() {
        let municipal = match input.extent {
            Extent::Point => shared.municipality.get(prepared.municipality_of_point[row] as usize),
            _ => shared.municipality.get(row),
        };
        let municipal = municipal.unwrap_or(&nobody);
        add_parts(scores, own, (national, nation), (municipal, municipality));
    }
}

vectorised! {
    /// A score as the sum of its parts, each with its weight.
    fn add_parts(
        scores: &mut Lanes,
        own: f64,
        national: (&Lanes, f64),
        municipal: (&Lanes, f64),
    ) {
        for lane in 0..LANES {
            let shared = national.1 * national.0[lane] + municipal.1 * municipal.0[lane];
            scores[lane] = shared + own * scores[lane];
        }
    }
}

/// Makes independent scores by year a stationary AR(1), if they persist: from the first simulated year
/// on, and from it backwards (the process is reversible), so that no draw depends on how many years lie
/// before.
pub(super) fn tie_years(drawn: &mut Drawn, time: Time, first: usize) {
    let persistence = match time {
        Time::Yearly { persistence } if persistence != 0.0 => persistence,
        _ => return,
    };
    let fresh = (1.0 - persistence * persistence).max(0.0).sqrt();
    let (rows, years) = (drawn.rows, drawn.years());
    let values = &mut drawn.values;
    let forwards = (first + 1..years).map(|year| (year, year - 1));
    let backwards = (0..first).rev().map(|year| (year, year + 1));
    for (year, from) in forwards.chain(backwards) {
        for row in 0..rows {
            let known = values[from * rows + row];
            for (score, known) in values[year * rows + row].iter_mut().zip(known) {
                *score = persistence * known + fresh * *score;
            }
        }
    }
}

/// Turns yearly steps into a walk that leaves `start` in the first simulated year.
fn accumulate(values: &mut [Lanes], rows: usize, start: f64, prepared: &Prepared<'_>) {
    for at in 0..values.len() {
        let year = prepared.years[at / rows];
        if year < prepared.scenario.years.first {
            values[at] = [start; LANES];
            continue;
        }
        let before = at.checked_sub(rows).map_or([start; LANES], |before| values[before]);
        for (value, before) in values[at].iter_mut().zip(before) {
            *value += before;
        }
    }
}
