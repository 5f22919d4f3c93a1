//! What is drawn, and whether it happens, draw by draw.

use crate::analysis::solve::{Gauge, Measured};
use crate::engine::{Failure, Observer, Options, Prepared, Row, Sink, YearOfBlock, observe};
use crate::expression::{Extent, Sign};
use crate::model::Input;
use crate::numeric::{LANES, Lanes};
use serde::Serialize;

/// What happens in a draw or does not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Happening {
    /// The figure; a mean over the draws is its value in one.
    pub of: Measured,
    /// What it is compared with; none: it happens where the figure is above 0.
    pub compared: Option<(Sign, f64)>,
}

impl Happening {
    fn holds(self, value: f64) -> bool {
        match self.compared {
            None => value > 0.0,
            Some((Sign::Less, level)) => value < level,
            Some((Sign::AtMost, level)) => value <= level,
            Some((Sign::Greater, level)) => value > level,
            Some((Sign::AtLeast, level)) => value >= level,
        }
    }
}

/// An input as it is looked at.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Column {
    /// The input.
    pub name: String,
    /// What is taken of it where it is drawn more than once in a draw; else empty.
    pub of: &'static str,
    /// The least value drawn.
    pub low: f64,
    /// The greatest.
    pub high: f64,
}

/// One value of each input in each draw, and whether it happens.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The inputs.
    pub inputs: Vec<Column>,
    /// `[input][draw]`.
    pub values: Vec<Vec<f64>>,
    /// By draw.
    pub happens: Vec<bool>,
    /// Draws in which the figure has no value; left out.
    pub without_value: u64,
}

/// Simulates the run's own draws.
///
/// # Errors
/// A formula that fails in some draw.
pub fn table(
    prepared: &Prepared<'_>,
    happening: Happening,
    policy: usize,
    options: &Options<'_>,
) -> Result<Table, Failure> {
    let scenario = prepared.scenario;
    let inputs = scenario.inputs.iter().enumerate().filter(|(_, input)| input.is_uncertain());
    let inputs: Vec<(usize, &Input)> = inputs.collect();
    let indices: Vec<usize> = inputs.iter().map(|(index, _)| *index).collect();
    let (draws, lanes) = (scenario.run.draws, LANES as u64);
    let seen = observe(
        prepared,
        draws.div_ceil(lanes) as usize,
        &|block| {
            let first = block as u64 * lanes;
            (Row::Draws(first), (draws - first).min(lanes) as usize)
        },
        options,
        &|| Keeper::new(prepared, &indices, happening.of, policy),
    )?;
    let of = |at: usize| -> Vec<f64> {
        let blocks = seen.iter().filter_map(|block| block.get(at));
        blocks.flatten().copied().take(draws as usize).collect()
    };
    let figure = of(indices.len());
    let kept = |values: Vec<f64>| -> Vec<f64> {
        let pairs = values.into_iter().zip(&figure);
        pairs.filter(|(_, figure)| figure.is_finite()).map(|(value, _)| value).collect()
    };
    let mut table = Table {
        inputs: Vec::new(),
        values: Vec::new(),
        happens: kept(figure.clone()).into_iter().map(|value| happening.holds(value)).collect(),
        without_value: figure.iter().filter(|value| !value.is_finite()).count() as u64,
    };
    for (at, (_, input)) in inputs.iter().enumerate() {
        let values = kept(of(at));
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if low < high {
            table.inputs.push(Column { name: input.name.clone(), of: taken(input), low, high });
            table.values.push(values);
        }
    }
    Ok(table)
}

/// What is taken of an input.
fn taken(input: &Input) -> &'static str {
    match (input.extent, input.is_yearly()) {
        (Extent::Nation, false) => "",
        (Extent::Nation, true) => "mean of the years",
        (Extent::Municipality, false) => "mean of the municipalities",
        (Extent::Municipality, true) => "mean of municipalities and years",
        (Extent::Point, false) => "mean of the points",
        (Extent::Point, true) => "mean of points and years",
    }
}

/// Input by input the mean of its values, then the figure.
struct Keeper<'a> {
    inputs: &'a [usize],
    gauge: Gauge,
    sums: Vec<Lanes>,
    years: usize,
    seen: Vec<Lanes>,
}

impl<'a> Keeper<'a> {
    fn new(prepared: &Prepared<'_>, inputs: &'a [usize], of: Measured, policy: usize) -> Self {
        let gauge = Gauge::new(prepared, policy, of);
        Self { inputs, gauge, sums: vec![[0.0; LANES]; inputs.len()], years: 0, seen: Vec::new() }
    }
}

impl Sink for Keeper<'_> {
    fn year(&mut self, at: &YearOfBlock<'_>) {
        self.gauge.year(at);
        self.years += 1;
        for (input, sum) in self.inputs.iter().zip(&mut self.sums) {
            let (rows, is_yearly) = at.prepared.input_shape(*input);
            if at.year > 0 && !is_yearly {
                continue;
            }
            let values = at.draws.input(*input, at.prepared.past + at.year);
            for (place, value) in values.iter().enumerate() {
                sum[place % LANES] += value / rows as f64;
            }
        }
    }

    fn block_ends(&mut self, prepared: &Prepared<'_>, _: usize) {
        let sums = std::mem::replace(&mut self.sums, vec![[0.0; LANES]; self.inputs.len()]);
        let years = std::mem::replace(&mut self.years, 0);
        let means = sums.into_iter().zip(self.inputs).map(|(sum, input)| {
            let (_, is_yearly) = prepared.input_shape(*input);
            if is_yearly { sum.map(|sum| sum / years as f64) } else { sum }
        });
        self.seen = means.chain([self.gauge.take().values()]).collect();
    }
}

impl Observer for Keeper<'_> {
    type Seen = Vec<Lanes>;

    fn take(&mut self) -> Self::Seen {
        std::mem::take(&mut self.seen)
    }
}
