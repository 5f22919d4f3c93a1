//! Sums of one path and year over nation and regions, and what formulas of outcomes see of them.

use crate::engine::block::{PathYear, YearOfBlock};
use crate::engine::prepared::Prepared;
use crate::expression::Values;
use crate::model::{ColumnValues, QUANTITIES, Quantity, Scenario, Variable};
use crate::numeric::simd::vectorised;
use crate::numeric::{LANES, Lanes, clear};

/// What outcomes add up: the nation's row, the regions', then, where they are not kept elsewhere, the
/// municipalities'. Municipalities are added in order of code.
#[derive(Clone, Debug)]
pub(super) struct Sums {
    /// Rows before those of municipalities: the nation and the regions.
    pub above: usize,
    /// `[quantity][nation and regions]`
    quantities: Vec<Lanes>,
    /// Quantities of one tier that formulas name: `[split][nation and regions]`.
    splits: Vec<Lanes>,
    /// Which those are.
    named: Vec<(Quantity, usize)>,
    /// EUR due and granted over all programmes: `[row]`.
    pub entitlement: Vec<Lanes>,
    /// See `entitlement`.
    pub award: Vec<Lanes>,
    /// Cost that some programme is for, EUR: `[row]`.
    pub eligible: Vec<Lanes>,
}

/// What is the same in every draw and on every path.
#[derive(Clone, Debug)]
pub(super) struct Fixed {
    /// Inhabitants: `[row]`; none where the table has no inhabitants.
    pub people: Option<Vec<f64>>,
    /// Columns that formulas name, summed over nation and regions: `[column][year][row]`.
    columns: Vec<Vec<Vec<f64>>>,
}

vectorised! {
    /// Adds rows to the first of `sums`, and to that of their region.
    fn add_up(rows: &[Lanes], region: &[u32], sums: &mut [Lanes]) {
        let [nation, regions @ ..] = sums else { return };
        *nation = [0.0; LANES];
        clear(regions);
        for (municipality, row) in rows.iter().enumerate() {
            for lane in 0..LANES {
                nation[lane] += row[lane];
            }
            let of = region.get(municipality).and_then(|region| regions.get_mut(*region as usize));
            if let Some(of) = of {
                for lane in 0..LANES {
                    of[lane] += row[lane];
                }
            }
        }
    }

    fn add(sum: &mut Lanes, values: &Lanes) {
        for lane in 0..LANES {
            sum[lane] += values[lane];
        }
    }

    fn add_cents(sum: &mut [i64; LANES], cents: &[i64; LANES]) {
        for lane in 0..LANES {
            sum[lane] += cents[lane];
        }
    }

    fn euro(cents: &[i64; LANES], euro: &mut Lanes) {
        for lane in 0..LANES {
            euro[lane] = cents[lane] as f64 / 100.0;
        }
    }
}

impl Sums {
    pub(super) fn new(scenario: &Scenario) -> Self {
        let above = 1 + scenario.municipalities.regions.len();
        let rows = above + scenario.municipalities.table.len();
        let mut named: Vec<(Quantity, usize)> = Vec::new();
        for variable in scenario.outcomes.iter().flat_map(|outcome| &outcome.formula.variables) {
            if let Variable::Quantity { quantity, tier: Some(tier), .. } = variable
                && !named.contains(&(*quantity, *tier))
            {
                named.push((*quantity, *tier));
            }
        }
        Self {
            above,
            quantities: vec![[0.0; LANES]; Quantity::COUNT * above],
            splits: vec![[0.0; LANES]; named.len() * above],
            named,
            entitlement: vec![[0.0; LANES]; rows],
            award: vec![[0.0; LANES]; rows],
            eligible: vec![[0.0; LANES]; rows],
        }
    }

    /// Sums up the world of a path.
    pub(super) fn fill_world(&mut self, prepared: &Prepared<'_>, view: &PathYear<'_>) {
        let region = prepared.scenario.municipalities.region.as_slice();
        for (doc, sums) in QUANTITIES.iter().zip(self.quantities.chunks_mut(self.above)) {
            add_up(view.quantities.grid(doc.quantity, None).unwrap_or(&[]), region, sums);
        }
        for ((quantity, tier), sums) in self.named.iter().zip(self.splits.chunks_mut(self.above)) {
            add_up(view.quantities.grid(*quantity, Some(*tier)).unwrap_or(&[]), region, sums);
        }
        clear(&mut self.eligible);
        for quantity in prepared.scenario.eligible_costs() {
            let from = quantity as usize * self.above;
            let above = &self.quantities[from..from + self.above];
            let below = view.quantities.grid(quantity, None).unwrap_or(&[]);
            for (cost, part) in self.eligible.iter_mut().zip(above.iter().chain(below)) {
                add(cost, part);
            }
        }
    }

    /// Sums up the money of a path.
    pub(super) fn fill_money(&mut self, prepared: &Prepared<'_>, view: &PathYear<'_>) {
        let region = prepared.scenario.municipalities.region.as_slice();
        for (due, sums) in [(true, &mut self.entitlement), (false, &mut self.award)] {
            let (above, below) = sums.split_at_mut(self.above);
            for (municipality, row) in below.iter_mut().enumerate() {
                let mut cents = [0; LANES];
                for state in view.programmes {
                    let money = if due { &state.entitlement } else { &state.award };
                    add_cents(&mut cents, &money[municipality]);
                }
                euro(&cents, row);
            }
            add_up(below, region, above);
        }
    }

    /// A quantity of nation and regions.
    pub(super) fn quantity(&self, quantity: Quantity) -> &[Lanes] {
        let from = quantity as usize * self.above;
        &self.quantities[from..from + self.above]
    }

    fn split(&self, quantity: Quantity, tier: usize) -> &[Lanes] {
        let at = self.named.iter().position(|named| *named == (quantity, tier));
        let sums = at.and_then(|at| self.splits.get(at * self.above..(at + 1) * self.above));
        sums.unwrap_or(&[])
    }
}

impl Fixed {
    pub(super) fn new(prepared: &Prepared<'_>) -> Self {
        let scenario = prepared.scenario;
        let named = |column: usize| {
            let outcomes = scenario.outcomes.iter();
            outcomes.flat_map(|outcome| &outcome.formula.variables).any(|variable| {
                matches!(variable, Variable::MunicipalityColumn { column: of, .. } if *of == column)
            })
        };
        let columns = scenario.municipalities.table.columns.iter().enumerate();
        let columns = columns.map(|(index, column)| {
            if !named(index) || matches!(column.values, ColumnValues::Texts { .. }) {
                return Vec::new();
            }
            let years = scenario.years.iter();
            years.map(|year| summed(scenario, column.in_year(year).iter().copied())).collect()
        });
        let people = scenario.points.people.as_ref().map(|people| {
            let mut of = vec![0.0; prepared.points_of.len()];
            for (point, people) in people.iter().enumerate() {
                of[scenario.points.municipality[point] as usize] += people;
            }
            let mut rows = summed(scenario, of.iter().copied());
            rows.extend(of);
            rows
        });
        Self { people, columns: columns.collect() }
    }
}

/// Numbers by municipality over nation and regions, added in order of code.
fn summed(scenario: &Scenario, values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut sums = vec![0.0; 1 + scenario.municipalities.regions.len()];
    for (municipality, value) in values.enumerate() {
        sums[0] += value;
        let region = scenario.municipalities.region.get(municipality);
        if let Some(sum) = region.and_then(|region| sums.get_mut(1 + *region as usize)) {
            *sum += value;
        }
    }
    sums
}

/// What the names in an outcome's formula stand for.
#[derive(Clone, Copy)]
pub(super) struct Binding<'a> {
    pub at: &'a YearOfBlock<'a>,
    pub path: usize,
    pub variables: &'a [Variable],
    pub sums: &'a Sums,
    pub fixed: &'a Fixed,
    /// Rows of municipalities; else those of nation and regions.
    pub municipal: bool,
}

impl Values for Binding<'_> {
    fn values(&self, id: u32) -> &[f64] {
        let prepared = self.at.prepared;
        let scenario = prepared.scenario;
        let year = prepared.past + self.at.year;
        let rows = |rows: &'_ [Lanes]| -> std::ops::Range<usize> {
            if self.municipal { self.sums.above..rows.len() } else { 0..self.sums.above }
        };
        let view = &self.at.paths[self.path].quantities;
        match self.variables[id as usize] {
            Variable::Year => std::slice::from_ref(&prepared.year_numbers[year]),
            Variable::Lever(lever) => std::slice::from_ref(&scenario.levers[lever].value),
            Variable::Input(input) => self.at.draws.input(input, year),
            Variable::PayIndex => &self.at.draws.pay_index[year],
            Variable::PriceIndex => &self.at.draws.price_index[year],
            Variable::Entitlement => {
                self.sums.entitlement[rows(&self.sums.entitlement)].as_flattened()
            }
            Variable::Award => self.sums.award[rows(&self.sums.award)].as_flattened(),
            Variable::Quantity { quantity, tier, .. } if self.municipal => {
                view.grid(quantity, tier).unwrap_or(&[]).as_flattened()
            }
            Variable::Quantity { quantity, tier: None, .. } => {
                self.sums.quantity(quantity).as_flattened()
            }
            Variable::Quantity { quantity, tier: Some(tier), .. } => {
                self.sums.split(quantity, tier).as_flattened()
            }
            Variable::MunicipalityColumn { column, .. } => {
                let sums = self.fixed.columns.get(column).and_then(|years| years.get(self.at.year));
                match sums {
                    Some(_) if self.municipal => {
                        scenario.municipalities.table.columns[column].in_year(prepared.years[year])
                    }
                    Some(sums) => sums,
                    None => &[],
                }
            }
            // The door lets no outcome name these: they have no value.
            Variable::PointColumn { .. }
            | Variable::Appropriation
            | Variable::Available
            | Variable::EntitlementLastYear
            | Variable::AwardLastYear
            | Variable::Line(_) => &[],
        }
    }
}
