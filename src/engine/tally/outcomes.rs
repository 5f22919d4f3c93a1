//! Outcomes by scope: quantities and money summed over a nation, region or tier, and ratios of those sums.

use super::cell::{Cube, UNITS};
use crate::engine::block::YearOfBlock;
use crate::engine::quantities::add;
use crate::expression::{Extent, Rows, Scratch, Values};
use crate::model::{ColumnValues, QUANTITIES, Quantity, Scenario, Variable};
use crate::numeric::{LANES, Lanes};

/// Whom a figure is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everybody.
    Nation,
    /// A region, by index.
    Region(usize),
    /// A tier, by index.
    Tier(usize),
    /// A municipality, by index.
    Municipality(usize),
}

/// What a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A simulated quantity.
    Quantity(Quantity),
    /// EUR due over all programmes.
    Entitlement,
    /// EUR granted over all programmes.
    Award,
    /// EUR of eligible cost less award.
    OwnShare,
    /// Award over eligible cost.
    Coverage,
    /// Eligible maintenance over cases served, EUR.
    CostPerCase,
    /// Share of inhabitants within 10 km of an open point.
    AccessWithin10Km,
    /// A declared outcome, by index.
    Declared(usize),
}

/// A built-in outcome: name, unit and meaning.
#[derive(Clone, Copy, Debug)]
pub struct BuiltIn {
    /// Where the figure comes from.
    pub source: Source,
    /// Its name in `outcomes.csv`.
    pub name: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// What it is.
    pub meaning: &'static str,
}

/// Outcomes of money, and ratios; the quantities of [`QUANTITIES`] stand before them.
const DERIVED: &[BuiltIn] = &[
    built_in(
        Source::Entitlement,
        "entitlement",
        "EUR",
        "what the formulas say is due, all programmes",
    ),
    built_in(Source::Award, "award", "EUR", "what is granted, all programmes"),
    built_in(
        Source::OwnShare,
        "own_share",
        "EUR",
        "eligible cost of what has a programme, less award; may be negative",
    ),
    built_in(
        Source::Coverage,
        "coverage",
        "share",
        "award over the eligible cost of what has a programme",
    ),
    built_in(
        Source::CostPerCase,
        "cost_per_case",
        "EUR/case",
        "eligible maintenance over cases served",
    ),
    built_in(
        Source::AccessWithin10Km,
        "access_within_10_km",
        "share",
        "inhabitants within 10 km of an open point",
    ),
];

const fn built_in(
    source: Source,
    name: &'static str,
    unit: &'static str,
    meaning: &'static str,
) -> BuiltIn {
    BuiltIn { source, name, unit, meaning }
}

/// Every built-in outcome.
pub fn built_in_outcomes() -> impl Iterator<Item = BuiltIn> {
    let quantities = QUANTITIES
        .iter()
        .map(|doc| built_in(Source::Quantity(doc.quantity), doc.name, doc.unit, doc.meaning));
    quantities.chain(DERIVED.iter().copied())
}

/// One recorded figure.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordedOutcome {
    /// What it is called.
    pub name: String,
    /// Its unit, empty where it is not known.
    pub unit: &'static str,
    /// What it is.
    pub source: Source,
    /// Whom it is about.
    pub scope: Scope,
}

/// What is recorded of each path and year.
#[derive(Clone, Debug)]
pub struct OutcomePlan {
    /// In the order of the cells.
    pub recorded: Vec<RecordedOutcome>,
    regions: usize,
    scratch: Scratch,
}

impl OutcomePlan {
    /// Quantities for nation, regions and tiers; money for nation and regions; ratios and declared
    /// outcomes for municipalities as well.
    pub fn new(scenario: &Scenario) -> Self {
        let regions = scenario.municipalities.regions.len();
        let tiers = scenario.tiers().len();
        let municipalities = scenario.municipalities.table.len();
        let mut recorded = Vec::new();
        let mut record = |name: &str, unit: &'static str, source: Source| {
            let by_tier = matches!(source, Source::Quantity(_));
            let by_municipality = !by_tier
                && !matches!(source, Source::Entitlement | Source::Award | Source::OwnShare);
            let scopes = std::iter::once(Scope::Nation)
                .chain((0..regions).map(Scope::Region))
                .chain((0..if by_tier { tiers } else { 0 }).map(Scope::Tier))
                .chain(
                    (0..if by_municipality { municipalities } else { 0 }).map(Scope::Municipality),
                );
            recorded.extend(scopes.map(|scope| RecordedOutcome {
                name: name.to_owned(),
                unit,
                source,
                scope,
            }));
        };
        if !scenario.points.table.is_empty() {
            // Without positions nobody knows how far it is to the next point.
            let known = |source: Source| {
                let is_access = matches!(
                    source,
                    Source::AccessWithin10Km
                        | Source::Quantity(
                            Quantity::PeopleWithin5Km
                                | Quantity::PeopleWithin10Km
                                | Quantity::PeopleWithin15Km
                        )
                );
                !is_access || scenario.points.position.is_some()
            };
            for built_in in built_in_outcomes().filter(|built_in| known(built_in.source)) {
                record(built_in.name, built_in.unit, built_in.source);
            }
        } else if municipalities > 0 {
            for built_in in DERIVED.iter().take(2) {
                record(built_in.name, built_in.unit, built_in.source);
            }
        }
        for (index, outcome) in scenario.outcomes.iter().enumerate() {
            record(&outcome.name, "", Source::Declared(index));
        }
        Self { recorded, regions, scratch: Scratch::default() }
    }

    /// Records every outcome of a year.
    pub fn record(&mut self, at: &YearOfBlock<'_>, cube: &mut Cube) {
        let policies = at.prepared.scenario.policies.len();
        for policy in 0..policies.max(1) {
            let path = if policies > 0 { at.prepared.paths_of(policy).0 } else { 0 };
            let sums = Sums::new(self, at, path);
            for outcome in 0..at.prepared.scenario.outcomes.len() {
                let values = self.declared(at, &sums, outcome);
                for (index, recorded) in self.recorded.iter().enumerate() {
                    if recorded.source == Source::Declared(outcome)
                        && let Some(row) = self.row(recorded.scope)
                        && let Some(values) = values.get(row)
                    {
                        cube.at(&[policy, at.year, index]).add_values(values, UNITS, at.active);
                    }
                }
            }
            for (index, recorded) in self.recorded.iter().enumerate() {
                if let Some(values) = self.built_in(at, &sums, recorded) {
                    cube.at(&[policy, at.year, index]).add_values(&values, UNITS, at.active);
                }
            }
        }
    }

    /// Position of a scope among the rows of sums; tiers have none.
    fn row(&self, scope: Scope) -> Option<usize> {
        match scope {
            Scope::Nation => Some(0),
            Scope::Region(region) => Some(1 + region),
            Scope::Municipality(municipality) => Some(1 + self.regions + municipality),
            Scope::Tier(_) => None,
        }
    }

    fn built_in(
        &self,
        at: &YearOfBlock<'_>,
        sums: &Sums<'_>,
        recorded: &RecordedOutcome,
    ) -> Option<Lanes> {
        if let (Source::Quantity(quantity), Scope::Tier(tier)) = (recorded.source, recorded.scope) {
            return Some(*at.paths[sums.path].quantities.of_tier(quantity, tier));
        }
        let row = self.row(recorded.scope)?;
        let quantity = |quantity: Quantity| sums.quantity(quantity, row);
        Some(match recorded.source {
            Source::Quantity(what) => quantity(what),
            Source::Entitlement => sums.entitlement[row],
            Source::Award => sums.award[row],
            Source::OwnShare => {
                let cost = sums.eligible(row);
                std::array::from_fn(|lane| cost[lane] - sums.award[row][lane])
            }
            Source::Coverage => ratio(&sums.award[row], &sums.eligible(row)),
            Source::CostPerCase => {
                ratio(&quantity(Quantity::MaintenanceCost), &quantity(Quantity::Load))
            }
            Source::AccessWithin10Km => {
                ratio(&quantity(Quantity::PeopleWithin10Km), sums.people.as_ref()?.get(row)?)
            }
            Source::Declared(_) => return None,
        })
    }

    fn declared(&mut self, at: &YearOfBlock<'_>, sums: &Sums<'_>, outcome: usize) -> Vec<Lanes> {
        let formula = &at.prepared.scenario.outcomes[outcome].formula;
        let bound: Vec<Vec<f64>> =
            formula.variables.iter().map(|variable| sums.bind(at, *variable)).collect();
        let rows = Rows { municipalities: sums.rows, points: 0, municipality_of_point: &[] };
        let mut values = vec![[0.0; LANES]; sums.rows];
        formula.program.evaluate_into(
            Extent::Municipality,
            &rows,
            &Bound(&bound),
            &mut self.scratch,
            values.as_flattened_mut(),
        );
        values
    }
}

/// Sums of one path and year by scope: nation, regions, municipalities.
struct Sums<'a> {
    at: &'a YearOfBlock<'a>,
    path: usize,
    rows: usize,
    /// `[quantity][row]`
    quantities: Vec<Lanes>,
    entitlement: Vec<Lanes>,
    award: Vec<Lanes>,
    people: Option<Vec<Lanes>>,
}

impl<'a> Sums<'a> {
    fn new(plan: &OutcomePlan, at: &'a YearOfBlock<'a>, path: usize) -> Self {
        let municipalities = at.prepared.points_of.len();
        let rows = 1 + plan.regions + municipalities;
        let mut sums = Self {
            at,
            path,
            rows,
            quantities: Vec::with_capacity(Quantity::COUNT * rows),
            entitlement: Vec::new(),
            award: Vec::new(),
            people: None,
        };
        sums.people = sums.people();
        let view = &at.paths[path];
        for doc in QUANTITIES {
            let grid = view.quantities.grid(doc.quantity, None).unwrap_or(&[]);
            sums.quantities.extend(sums.by_scope(grid.iter().copied()));
        }
        let euro = |row: usize, due: bool| -> Lanes {
            let mut sum = [0_i64; LANES];
            for state in view.programmes {
                let money = if due { &state.entitlement } else { &state.award };
                for (sum, cents) in sum.iter_mut().zip(&money[row]) {
                    *sum += cents;
                }
            }
            sum.map(|cents| cents as f64 / 100.0)
        };
        sums.entitlement = sums.by_scope((0..municipalities).map(|row| euro(row, true)));
        sums.award = sums.by_scope((0..municipalities).map(|row| euro(row, false)));
        sums
    }

    /// Nation, regions and municipalities of values per municipality, summed in order of code.
    fn by_scope(&self, values: impl Iterator<Item = Lanes>) -> Vec<Lanes> {
        let municipalities = &self.at.prepared.scenario.municipalities;
        let regions = municipalities.regions.len();
        let mut sums = vec![[0.0; LANES]; self.rows];
        for (municipality, values) in values.enumerate() {
            add(&mut sums[0], &values);
            if let Some(region) = municipalities.region.get(municipality)
                && regions > 0
            {
                add(&mut sums[1 + *region as usize], &values);
            }
            sums[1 + regions + municipality] = values;
        }
        sums
    }

    fn quantity(&self, quantity: Quantity, row: usize) -> Lanes {
        self.quantities[quantity as usize * self.rows + row]
    }

    /// Cost that some programme is for.
    fn eligible(&self, row: usize) -> Lanes {
        let mut cost = [0.0; LANES];
        for quantity in self.at.prepared.scenario.eligible_costs() {
            add(&mut cost, &self.quantity(quantity, row));
        }
        cost
    }

    /// Inhabitants of each scope; none where the table has no inhabitants.
    fn people(&self) -> Option<Vec<Lanes>> {
        let points = &self.at.prepared.scenario.points;
        let people = points.people.as_ref()?;
        let mut of = vec![[0.0; LANES]; self.at.prepared.points_of.len()];
        for (point, people) in people.iter().enumerate() {
            add(&mut of[points.municipality[point] as usize], &[*people; LANES]);
        }
        Some(self.by_scope(of.into_iter()))
    }

    /// The values of a variable by scope, laid out as the formula's shapes ask for.
    fn bind(&self, at: &YearOfBlock<'_>, variable: Variable) -> Vec<f64> {
        let prepared = at.prepared;
        let scenario = prepared.scenario;
        let year = prepared.past + at.year;
        match variable {
            Variable::Year => vec![prepared.year_numbers[year]],
            Variable::Lever(lever) => vec![scenario.levers[lever].value],
            Variable::Input(input) => at.draws.input(input, year).to_vec(),
            Variable::PayIndex => at.draws.pay_index[year].to_vec(),
            Variable::PriceIndex => at.draws.price_index[year].to_vec(),
            Variable::Entitlement => self.entitlement.as_flattened().to_vec(),
            Variable::Award => self.award.as_flattened().to_vec(),
            Variable::Quantity { quantity, tier: None, .. } => {
                let from = quantity as usize * self.rows;
                self.quantities[from..from + self.rows].as_flattened().to_vec()
            }
            Variable::Quantity { quantity, tier, .. } => {
                let grid = at.paths[self.path].quantities.grid(quantity, tier).unwrap_or(&[]);
                self.by_scope(grid.iter().copied()).as_flattened().to_vec()
            }
            Variable::MunicipalityColumn { column, .. } => {
                let column = &scenario.municipalities.table.columns[column];
                if matches!(column.values, ColumnValues::Texts { .. }) {
                    return vec![f64::NAN; self.rows];
                }
                let values = column.in_year(prepared.years[year]).iter();
                let sums = self.by_scope(values.map(|&value| [value; LANES]));
                sums.iter().map(|row| row[0]).collect()
            }
            // The door lets no outcome name these.
            Variable::PointColumn { .. }
            | Variable::Appropriation
            | Variable::Available
            | Variable::EntitlementLastYear
            | Variable::AwardLastYear
            | Variable::Line(_) => vec![f64::NAN; self.rows * LANES],
        }
    }
}

/// Variables that were bound beforehand.
struct Bound<'a>(&'a [Vec<f64>]);

impl Values for Bound<'_> {
    fn values(&self, id: u32) -> &[f64] {
        &self.0[id as usize]
    }
}

/// A ratio of sums; missing where nothing stands below.
fn ratio(above: &Lanes, below: &Lanes) -> Lanes {
    std::array::from_fn(
        |lane| if below[lane] == 0.0 { f64::NAN } else { above[lane] / below[lane] },
    )
}
