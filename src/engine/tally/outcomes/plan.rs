//! Which outcomes a run records, and the recording of a year.

mod rows;

use super::sums::{Binding, Fixed, Sums};
use super::{DERIVED, RecordedOutcome, Scope, Source, built_in_outcomes};
use crate::engine::block::YearOfBlock;
use crate::engine::prepared::Prepared;
use crate::engine::quantities::Quantities;
use crate::engine::tally::{Noting, Sheet, UNITS};
use crate::expression::{Extent, Rows, Scratch};
use crate::model::{Quantity, Scenario, Variable};
use crate::numeric::simd::vectorised;
use crate::numeric::{LANES, Lanes};

/// What is recorded of each path and year.
#[derive(Clone, Debug)]
pub struct OutcomePlan {
    /// In the order of the cells.
    pub recorded: Vec<RecordedOutcome>,
    groups: Vec<Group>,
    sums: Sums,
    fixed: Fixed,
    /// Values of a ratio or declared outcome: `[row]`.
    values: Vec<Lanes>,
    scratch: Scratch,
}

/// Figures of one source, side by side: nation, regions, then tiers or municipalities.
#[derive(Clone, Debug)]
struct Group {
    source: Source,
    /// Index of the nation's figure among all.
    first: usize,
    by_tier: bool,
    by_municipality: bool,
    /// Whether it depends on what a policy grants, not on the world alone.
    of_policy: bool,
}

vectorised! {
    /// A ratio of sums; missing where nothing stands below.
    fn ratio(above: &Lanes, below: &Lanes, ratio: &mut Lanes) {
        for lane in 0..LANES {
            ratio[lane] = if below[lane] == 0.0 { f64::NAN } else { above[lane] / below[lane] };
        }
    }

    fn minus(from: &Lanes, less: &Lanes, difference: &mut Lanes) {
        for lane in 0..LANES {
            difference[lane] = from[lane] - less[lane];
        }
    }
}

impl Group {
    fn new(scenario: &Scenario, source: Source, first: usize) -> Self {
        let by_tier = matches!(source, Source::Quantity(_));
        let of_money = matches!(source, Source::Entitlement | Source::Award | Source::OwnShare);
        let of_policy = match source {
            Source::Declared(index) => scenario.outcomes[index]
                .formula
                .variables
                .iter()
                .any(|variable| matches!(variable, Variable::Entitlement | Variable::Award)),
            _ => of_money || source == Source::Coverage,
        };
        let by_municipality = !by_tier && !of_money;
        Self { source, first, by_tier, by_municipality, of_policy }
    }

    fn scopes(&self, scenario: &Scenario) -> impl Iterator<Item = Scope> + use<> {
        let count = |kept: bool, count: usize| 0..if kept { count } else { 0 };
        let tiers = count(self.by_tier, scenario.tiers().len());
        let municipalities = count(self.by_municipality, scenario.municipalities.table.len());
        std::iter::once(Scope::Nation)
            .chain((0..scenario.municipalities.regions.len()).map(Scope::Region))
            .chain(tiers.map(Scope::Tier))
            .chain(municipalities.map(Scope::Municipality))
    }
}

impl OutcomePlan {
    /// Quantities for nation, regions and tiers; money for nation and regions; ratios and declared
    /// outcomes for municipalities as well.
    pub fn new(prepared: &Prepared<'_>) -> Self {
        let scenario = prepared.scenario;
        let mut recorded: Vec<RecordedOutcome> = Vec::new();
        let mut groups = Vec::new();
        let mut record = |name: &str, unit: &'static str, source: Source| {
            let group = Group::new(scenario, source, recorded.len());
            recorded.extend(group.scopes(scenario).map(|scope| RecordedOutcome {
                name: name.to_owned(),
                unit,
                source,
                scope,
            }));
            groups.push(group);
        };
        if !scenario.points.table.is_empty() {
            let known = |source: Source| scenario.points.position.is_some() || !is_access(source);
            for built_in in built_in_outcomes().filter(|built_in| known(built_in.source)) {
                record(built_in.name, built_in.unit, built_in.source);
            }
        } else if !scenario.municipalities.table.is_empty() {
            for built_in in DERIVED.iter().take(2) {
                record(built_in.name, built_in.unit, built_in.source);
            }
        }
        for (index, outcome) in scenario.outcomes.iter().enumerate() {
            record(&outcome.name, "", Source::Declared(index));
        }
        let sums = Sums::new(scenario);
        Self {
            recorded,
            groups,
            values: vec![[0.0; LANES]; sums.award.len()],
            sums,
            fixed: Fixed::new(prepared),
            scratch: Scratch::default(),
        }
    }

    /// Records every outcome of a year.
    pub fn record(&mut self, at: &YearOfBlock<'_>, cube: &mut Sheet) {
        let prepared = at.prepared;
        let policies = prepared.scenario.policies.len();
        let shared = prepared.network_is_shared();
        // The first policy last: the others follow it.
        for policy in (0..policies.max(1)).rev() {
            let path = if policies > 0 { prepared.paths_of(policy).0 } else { 0 };
            let same_world = shared && policy > 0;
            if !shared || policy + 1 == policies.max(1) {
                self.sums.fill_world(prepared, &at.paths[path]);
            }
            self.sums.fill_money(prepared, &at.paths[path]);
            let year = PathOfBlock { at, path, quantities: at.paths[path].quantities };
            let groups = std::mem::take(&mut self.groups);
            for group in groups.iter().filter(|group| group.of_policy || !same_world) {
                self.record_group(&year, policy, group, cube);
            }
            self.groups = groups;
        }
    }

    /// The nation's figures: their places among all, and whether what a policy grants can change them
    /// (else, where the network is one for all policies, they are the same under each).
    pub fn national(&self) -> impl Iterator<Item = (usize, bool)> {
        self.groups.iter().map(|group| (group.first, group.of_policy))
    }

    /// Shows the nation's figures of a year under a policy that are wanted, by their places among all;
    /// NaN where a figure has no value.
    pub fn show_national(
        &mut self,
        at: &YearOfBlock<'_>,
        policy: usize,
        wanted: &[usize],
        see: &mut dyn FnMut(usize, &Lanes),
    ) {
        let path = if at.prepared.scenario.policies.is_empty() {
            0
        } else {
            at.prepared.paths_of(policy).0
        };
        self.sums.fill_world(at.prepared, &at.paths[path]);
        self.sums.fill_money(at.prepared, &at.paths[path]);
        let year = PathOfBlock { at, path, quantities: at.paths[path].quantities };
        let groups = std::mem::take(&mut self.groups);
        for group in groups.iter().filter(|group| wanted.contains(&group.first)) {
            let values = match group.source {
                Source::Quantity(quantity) => self.sums.quantity(quantity),
                Source::Entitlement => &self.sums.entitlement,
                Source::Award => &self.sums.award,
                _ => {
                    self.work_out(&year, group.source);
                    &self.values
                }
            };
            if let Some(nation) = values.first() {
                see(group.first, nation);
            }
        }
        self.groups = groups;
    }

    fn record_group(
        &mut self,
        year: &PathOfBlock<'_>,
        policy: usize,
        group: &Group,
        cube: &mut Sheet,
    ) {
        let PathOfBlock { at, quantities, .. } = *year;
        let above = self.sums.above;
        let rows = if group.by_municipality { self.values.len() } else { above };
        let values = match group.source {
            Source::Quantity(quantity) => self.sums.quantity(quantity),
            Source::Entitlement => &self.sums.entitlement,
            Source::Award => &self.sums.award,
            _ => {
                self.work_out(year, group.source);
                &self.values
            }
        };
        for (row, values) in values.iter().enumerate().take(rows) {
            let mut cell = cube.at(&[policy, at.year, group.first + row]);
            cell.add_values(values, UNITS, at.active);
        }
        if let (Source::Quantity(quantity), true) = (group.source, group.by_tier) {
            for tier in 0..at.prepared.scenario.tiers().len() {
                let mut cell = cube.at(&[policy, at.year, group.first + above + tier]);
                cell.add_values(quantities.of_tier(quantity, tier), UNITS, at.active);
            }
        }
    }

    /// Works out a difference, ratio or declared outcome; NaN where it has no value.
    fn work_out(&mut self, year: &PathOfBlock<'_>, source: Source) {
        let Self { sums, fixed, values, scratch, .. } = self;
        let of = |quantity: Quantity| {
            sums.quantity(quantity)
                .iter()
                .chain(year.quantities.grid(quantity, None).unwrap_or(&[]))
        };
        match source {
            Source::OwnShare => {
                for ((cost, award), value) in sums.eligible.iter().zip(&sums.award).zip(values) {
                    minus(cost, award, value);
                }
            }
            Source::Coverage => {
                for ((cost, award), value) in sums.eligible.iter().zip(&sums.award).zip(values) {
                    ratio(award, cost, value);
                }
            }
            Source::CostPerCase => {
                let parts = of(Quantity::MaintenanceCost).zip(of(Quantity::Load));
                for ((cost, load), value) in parts.zip(values) {
                    ratio(cost, load, value);
                }
            }
            Source::AccessWithin10Km => match &fixed.people {
                Some(people) => {
                    let parts = of(Quantity::PeopleWithin10Km).zip(people);
                    for ((within, people), value) in parts.zip(values) {
                        ratio(within, &[*people; LANES], value);
                    }
                }
                None => values.fill([f64::NAN; LANES]),
            },
            Source::Declared(outcome) => {
                year.evaluate(outcome, (&*sums, &*fixed), scratch, values);
            }
            Source::Quantity(_) | Source::Entitlement | Source::Award => {}
        }
    }
}

/// A year of one path.
struct PathOfBlock<'a> {
    at: &'a YearOfBlock<'a>,
    path: usize,
    quantities: &'a Quantities,
}

impl PathOfBlock<'_> {
    /// The values of a declared outcome: of nation and regions from sums, of municipalities from
    /// what stands in the tables and quantities themselves.
    fn evaluate(
        &self,
        outcome: usize,
        (sums, fixed): (&Sums, &Fixed),
        scratch: &mut Scratch,
        values: &mut [Lanes],
    ) {
        let (at, path) = (self.at, self.path);
        let formula = &at.prepared.scenario.outcomes[outcome].formula;
        let variables = &formula.variables;
        let (above, below) = values.split_at_mut(sums.above);
        for (municipal, rows) in [(false, above), (true, below)] {
            let binding = Binding { at, path, variables, sums, fixed, municipal };
            let count = Rows { municipalities: rows.len(), points: 0, municipality_of_point: &[] };
            let out = rows.as_flattened_mut();
            formula.program.evaluate_into(Extent::Municipality, &count, &binding, scratch, out);
        }
    }
}

/// Whether a figure tells how far it is to the next point: without positions nobody knows.
fn is_access(source: Source) -> bool {
    matches!(
        source,
        Source::AccessWithin10Km
            | Source::Quantity(
                Quantity::PeopleWithin5Km | Quantity::PeopleWithin10Km | Quantity::PeopleWithin15Km
            )
    )
}
