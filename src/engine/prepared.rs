//! A scenario made ready to run: what is the same in every draw is worked out once.

use super::centres::Centres;
use super::order::Order;
use super::paths::Paths;
use super::places::Places;
use super::quantities::{QuantitySet, Reported, Slots};
use super::streams::Streams;
use super::tally::Reconciliation;
use crate::expression::{Extent, Rows};
use crate::model::{
    Column, ColumnValues, Dimensions, Formula, InputValue, Mode, Neighbours, Quantity, Rule,
    Scenario, Variable,
};
use crate::numeric::{LANES, Lanes};
use crate::random::meeting;
use std::sync::{Arc, OnceLock};

/// The longest time between the price year and the first year.
pub const MOST_YEARS_INDEXED: usize = 60;

/// What of the world is other than a scenario says, on the same draws.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Nudge {
    /// Pay in all years, as a share of itself: 0.01 is one per cent more.
    pub pay: f64,
    /// Months by which every planned point is ready later.
    pub delay_months: f64,
}

/// A scenario made ready to run.
#[derive(Clone, Debug)]
pub struct Prepared<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// The years of the world: `past` years before the first, then the simulated ones.
    pub years: Vec<i32>,
    /// The same as numbers that formulas see.
    pub year_numbers: Vec<f64>,
    /// How many of `years` lie before the first simulated year.
    pub past: usize,
    /// How many years back formulas look at quantities.
    pub lag: usize,
    /// Municipality of each point.
    pub municipality_of_point: Vec<u32>,
    /// Points of each municipality, in order of code.
    pub points_of: Vec<Vec<u32>>,
    /// Streams per input.
    pub streams: Vec<Streams>,
    /// The order in which inputs are filled.
    pub order: Order,
    /// Whether each input may differ between years.
    yearly_inputs: Vec<bool>,
    /// The points by municipality and tier.
    pub places: Places,
    /// What a look ahead must work out: the cost, and what rules name.
    pub outlook: QuantitySet,
    /// Points near each unit.
    pub neighbours: Arc<Neighbours>,
    /// Which points take what others cannot serve.
    pub centres: Centres,
    /// Which splits by tier are kept.
    pub slots: Slots,
    /// What is kept of earlier years.
    pub lagged: Slots,
    /// The courses to simulate.
    pub paths: Paths,
    /// By how much the world is other than the scenario says; not at all in a run.
    pub shift: Nudge,
    /// Cases that are reported otherwise than they were served; nobody does in a run.
    pub reported: Vec<Reported>,
    /// Zeros for the nation and for every municipality.
    pub zeros: Vec<Lanes>,
    /// The books of the median path, once it was walked and no formula failed along it. What formulas see
    /// otherwise forgets them ([`shifted`](Self::shifted), [`reporting`](Self::reporting)); more splits or fewer
    /// courses do not matter.
    pub(super) median: OnceLock<Reconciliation>,
}

impl<'a> Prepared<'a> {
    /// Works out what is the same in every draw.
    pub fn new(scenario: &'a Scenario) -> Self {
        let formulas = scenario.formulas();
        let variables = || formulas.iter().flat_map(|formula| &formula.variables);
        let lag = lag(scenario);
        // Indices need the growth of every year after the price year.
        let indexed = (scenario.years.first - scenario.price_year - 1).max(0) as usize;
        let past = lag.max(indexed.min(MOST_YEARS_INDEXED));
        let first = scenario.years.first - past as i32;
        let years: Vec<i32> = (first..=scenario.years.last).collect();
        let count = scenario.municipalities.table.len();
        let mut points_of = vec![Vec::new(); count];
        for (point, &municipality) in scenario.points.municipality.iter().enumerate() {
            points_of[municipality as usize].push(point as u32);
        }
        let centres = Centres::new(&scenario.points, &points_of);
        let dimensions = Dimensions::new(scenario);
        let streams = (0..scenario.inputs.len())
            .map(|input| Streams::new(scenario, input, &years, dimensions.of(input)))
            .collect();
        let order = Order::new(&scenario.inputs);
        let places = Places::new(&scenario.points, &points_of);
        Self {
            places,
            outlook: outlook(scenario),
            year_numbers: years.iter().map(|&year| f64::from(year)).collect(),
            past,
            lag,
            municipality_of_point: scenario.points.municipality.clone(),
            points_of,
            streams,
            yearly_inputs: yearly_inputs(scenario, &order),
            order,
            neighbours: scenario.points.neighbours(),
            centres,
            slots: Slots::new(scenario, variables()),
            lagged: Slots::lagged(scenario, variables()),
            paths: Paths::new(scenario),
            zeros: vec![[0.0; LANES]; count.max(1)],
            median: OnceLock::new(),
            shift: Nudge::default(),
            reported: Vec::new(),
            years,
            scenario,
        }
    }

    /// The same, but for some of the world.
    #[must_use]
    pub fn shifted(mut self, shift: Nudge) -> Self {
        self.shift = shift;
        self.median = OnceLock::new();
        self
    }

    /// The same with every quantity kept by tier.
    #[must_use]
    pub fn with_every_split(self) -> Self {
        let every = Slots::every(self.scenario);
        Self { slots: every.clone(), lagged: every, ..self }
    }

    /// The same, but for what municipalities report.
    #[must_use]
    pub fn reporting(mut self, reported: Vec<Reported>) -> Self {
        self.reported = reported;
        self.median = OnceLock::new();
        self
    }

    /// The same, but for courses at the baseline's pots: each policy is settled with its own alone.
    #[must_use]
    pub fn at_own_pots(mut self) -> Self {
        self.paths = Paths::at_own_pots(self.scenario);
        self
    }

    /// The names of two inputs (or twice of one) with streams of the same number: their draws would be
    /// the same. Streams are 64 bits of a hash, so this is not impossible.
    pub fn inputs_drawn_alike(&self) -> Option<[&str; 2]> {
        let twice = meeting(self.streams.iter().flat_map(Streams::all))?;
        let inputs = self.scenario.inputs.iter().zip(&self.streams);
        let mut alike = inputs
            .filter(|(_, streams)| streams.all().any(|stream| stream == twice))
            .map(|(input, _)| input.name.as_str());
        let first = alike.next()?;
        Some([first, alike.next().unwrap_or(first)])
    }

    /// The rows that formulas run over.
    pub fn rows(&self) -> Rows<'_> {
        Rows {
            municipalities: self.points_of.len(),
            points: self.municipality_of_point.len(),
            municipality_of_point: &self.municipality_of_point,
        }
    }

    /// Rows of an input and whether it has values of its own for each year.
    pub fn input_shape(&self, index: usize) -> (usize, bool) {
        let input = &self.scenario.inputs[index];
        match &input.value {
            InputValue::Drawn(_) => (self.rows_of(input.extent), input.is_yearly()),
            InputValue::Computed(formula) => {
                (self.rows_of(formula.program.shape().extent), self.yearly_inputs[index])
            }
        }
    }

    /// Whether a formula may differ between years.
    pub fn varies_by_year(&self, formula: &Formula) -> bool {
        differs_by_year(self.scenario, &self.yearly_inputs, formula)
    }

    /// How many rows an extent has.
    pub fn rows_of(&self, extent: Extent) -> usize {
        match extent {
            Extent::Nation => 1,
            Extent::Municipality => self.points_of.len(),
            Extent::Point => self.municipality_of_point.len(),
        }
    }

    /// The code and name of a row, for messages.
    pub fn row_name(&self, extent: Extent, row: usize) -> String {
        let table = match extent {
            Extent::Nation => return "the nation".to_owned(),
            Extent::Municipality => &self.scenario.municipalities.table,
            Extent::Point => &self.scenario.points.table,
        };
        format!("{} {}", table.codes[row], table.names[row])
    }

    /// Whether the network of a path can differ from that of another.
    pub fn network_is_shared(&self) -> bool {
        let network = self.scenario.network.as_ref();
        self.paths.all.is_empty() || network.is_none_or(|network| network.mode == Mode::WhenReady)
    }

    /// Index of a policy's path at its own pots, and at the baseline's.
    pub fn paths_of(&self, policy: usize) -> (usize, usize) {
        self.paths.of(policy)
    }
}

/// Whether each input may differ between years; computed ones after what they name.
fn yearly_inputs(scenario: &Scenario, order: &Order) -> Vec<bool> {
    let mut yearly = vec![false; scenario.inputs.len()];
    for &index in order.before_indices.iter().chain(&order.after_indices) {
        let input = &scenario.inputs[index];
        yearly[index] = match &input.value {
            InputValue::Drawn(_) => input.is_yearly(),
            InputValue::Computed(formula) => differs_by_year(scenario, &yearly, formula),
        };
    }
    yearly
}

fn differs_by_year(scenario: &Scenario, yearly: &[bool], formula: &Formula) -> bool {
    let by_year = |column: Option<&Column>| {
        column.is_none_or(|column| matches!(column.values, ColumnValues::Yearly { .. }))
    };
    formula.variables.iter().any(|variable| match variable {
        Variable::Input(index) => yearly[*index],
        Variable::Lever(_) => false,
        Variable::MunicipalityColumn { column, .. } => {
            by_year(scenario.municipalities.table.columns.get(*column))
        }
        Variable::PointColumn { column, .. } => by_year(scenario.points.table.columns.get(*column)),
        _ => true,
    })
}

/// How many years back formulas of a scenario look at quantities.
pub fn lag(scenario: &Scenario) -> usize {
    let formulas = scenario.formulas();
    let lags = formulas.iter().flat_map(|formula| &formula.variables).map(|variable| {
        if let Variable::Quantity { lag, .. } = variable { *lag as usize } else { 0 }
    });
    lags.max().unwrap_or(0).min(Scenario::PAST_YEARS)
}

/// The quantities of this year that rules name, and the cost, with what they are made of.
fn outlook(scenario: &Scenario) -> QuantitySet {
    let rules = scenario.policies.iter().flat_map(|policy| policy.rules.iter().flatten());
    let variables = rules.flat_map(Rule::formulas).flat_map(|formula| &formula.variables);
    let mut named = QuantitySet::of(&[
        Quantity::TotalCost,
        Quantity::InvestmentCost,
        Quantity::MaintenanceCost,
        Quantity::NewPoints,
    ]);
    for variable in variables {
        if let Variable::Quantity { quantity, .. } = variable {
            named = named.or(QuantitySet::of(&[*quantity]));
        }
    }
    named.with_parts()
}
