//! What the world of one year yields: simulated quantities per municipality, per tier and both.

use crate::model::{Quantity, Scenario, Variable};
use crate::numeric::{LANES, Lanes};
use std::collections::BTreeSet;

/// Which quantities are kept by municipality and tier: those that some formula or table names.
#[derive(Clone, Debug)]
pub struct Slots {
    tiers: usize,
    municipalities: usize,
    /// `split[quantity][tier]` → position among the split grids.
    split: Vec<Vec<Option<usize>>>,
    splits: usize,
}

impl Slots {
    /// Collects every split that a variable names, and the open points by tier that `network.csv` shows.
    pub fn new<'a>(scenario: &Scenario, variables: impl Iterator<Item = &'a Variable>) -> Self {
        let tiers = scenario.tiers().len();
        let mut named: BTreeSet<(usize, usize)> =
            (0..tiers).map(|tier| (Quantity::OpenPoints as usize, tier)).collect();
        let mut name = |quantity: Quantity, tier: usize| {
            named.insert((quantity as usize, tier));
            for (part, _) in parts(quantity) {
                named.insert((*part as usize, tier));
            }
        };
        for variable in variables {
            if let Variable::Quantity { quantity, tier: Some(tier), .. } = variable {
                name(*quantity, *tier);
            }
        }
        let mut split = vec![vec![None; tiers]; Quantity::COUNT];
        for (position, &(quantity, tier)) in named.iter().enumerate() {
            split[quantity][tier] = Some(position);
        }
        let municipalities = scenario.municipalities.table.len();
        Self { tiers, municipalities, split, splits: named.len() }
    }
}

/// What a quantity is the weighted sum of; empty where it arises by itself.
const fn parts(quantity: Quantity) -> &'static [(Quantity, f64)] {
    match quantity {
        Quantity::MonthsOpen => &[(Quantity::OpenPoints, 12.0)],
        Quantity::InvestmentCost => &[(Quantity::NewPointCost, 1.0), (Quantity::RenewalCost, 1.0)],
        Quantity::TotalCost => &[
            (Quantity::NewPointCost, 1.0),
            (Quantity::RenewalCost, 1.0),
            (Quantity::MaintenanceCost, 1.0),
        ],
        _ => &[],
    }
}

/// The quantities of one year of one path, for a block of draws.
#[derive(Clone, Debug)]
pub struct Quantities {
    /// `[quantity][municipality]`
    totals: Vec<Lanes>,
    /// `[split][municipality]`
    splits: Vec<Lanes>,
    /// `[quantity][tier]`
    tiers: Vec<Lanes>,
    slots: Slots,
}

impl Quantities {
    /// All zero.
    pub fn new(slots: &Slots) -> Self {
        let zero = [0.0; LANES];
        Self {
            totals: vec![zero; Quantity::COUNT * slots.municipalities],
            splits: vec![zero; slots.splits * slots.municipalities],
            tiers: vec![zero; Quantity::COUNT * slots.tiers],
            slots: slots.clone(),
        }
    }

    /// Sets everything back to zero.
    pub fn reset(&mut self) {
        for grid in [&mut self.totals, &mut self.splits, &mut self.tiers] {
            grid.fill([0.0; LANES]);
        }
    }

    /// Sets some quantities back to zero.
    pub fn clear(&mut self, quantities: &[Quantity]) {
        let (count, tiers) = (self.slots.municipalities, self.slots.tiers);
        for &quantity in quantities {
            let q = quantity as usize;
            self.totals[q * count..(q + 1) * count].fill([0.0; LANES]);
            self.tiers[q * tiers..(q + 1) * tiers].fill([0.0; LANES]);
            for slot in self.slots.split[q].iter().flatten() {
                self.splits[slot * count..(slot + 1) * count].fill([0.0; LANES]);
            }
        }
    }

    /// Adds values that arise in a municipality and tier.
    pub fn add(&mut self, quantity: Quantity, municipality: usize, tier: usize, values: &Lanes) {
        let (q, count) = (quantity as usize, self.slots.municipalities);
        add(&mut self.totals[q * count + municipality], values);
        add(&mut self.tiers[q * self.slots.tiers + tier], values);
        if let Some(slot) = self.slots.split[q][tier] {
            add(&mut self.splits[slot * count + municipality], values);
        }
    }

    /// Makes a quantity the weighted sum of its parts, which are complete.
    pub fn derive(&mut self, quantity: Quantity) {
        self.clear(&[quantity]);
        let (count, tiers) = (self.slots.municipalities, self.slots.tiers);
        let target = quantity as usize;
        for (part, weight) in parts(quantity) {
            let part = *part as usize;
            add_rows(&mut self.totals, target * count, part * count, count, *weight);
            add_rows(&mut self.tiers, target * tiers, part * tiers, tiers, *weight);
            for tier in 0..tiers {
                let split = &self.slots.split;
                if let (Some(to), Some(from)) = (split[target][tier], split[part][tier]) {
                    add_rows(&mut self.splits, to * count, from * count, count, *weight);
                }
            }
        }
    }

    /// One quantity of all municipalities, of one tier or of all (`None` where the split is not kept).
    pub fn grid(&self, quantity: Quantity, tier: Option<usize>) -> Option<&[Lanes]> {
        let (q, count) = (quantity as usize, self.slots.municipalities);
        match tier {
            None => self.totals.get(q * count..(q + 1) * count),
            Some(tier) => {
                let slot = (*self.slots.split.get(q)?.get(tier)?)?;
                self.splits.get(slot * count..(slot + 1) * count)
            }
        }
    }

    /// One quantity of one municipality.
    pub fn of(&self, quantity: Quantity, municipality: usize) -> &Lanes {
        &self.totals[quantity as usize * self.slots.municipalities + municipality]
    }

    /// One quantity of all points of a tier.
    pub fn of_tier(&self, quantity: Quantity, tier: usize) -> &Lanes {
        &self.tiers[quantity as usize * self.slots.tiers + tier]
    }
}

/// Adds `count` weighted rows from one place of a grid to another.
fn add_rows(grid: &mut [Lanes], to: usize, from: usize, count: usize, weight: f64) {
    for row in 0..count {
        let values = grid[from + row];
        for (sum, value) in grid[to + row].iter_mut().zip(values) {
            *sum += weight * value;
        }
    }
}

/// `sum += values`, lane by lane.
pub fn add(sum: &mut Lanes, values: &Lanes) {
    for (sum, value) in sum.iter_mut().zip(values) {
        *sum += value;
    }
}
