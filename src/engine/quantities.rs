//! What the world of one year yields: simulated quantities per municipality, per tier and both.

use super::places::{Places, Sums};
use crate::model::{QUANTITIES, Quantity, Scenario, Variable};
use crate::numeric::simd::vectorised;
use crate::numeric::{LANES, Lanes, clear};
use std::collections::BTreeSet;

/// Some of the quantities.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QuantitySet(u32);

impl QuantitySet {
    /// These.
    pub const fn of(quantities: &[Quantity]) -> Self {
        let mut bits = 0;
        let mut at = 0;
        while at < quantities.len() {
            bits |= 1 << quantities[at] as u32;
            at += 1;
        }
        Self(bits)
    }

    /// All of them.
    pub const fn all() -> Self {
        Self((1 << Quantity::COUNT as u32) - 1)
    }

    /// Those in either.
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those in both.
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// These without those.
    pub const fn except(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether a quantity is among them.
    pub const fn has(self, quantity: Quantity) -> bool {
        self.0 >> quantity as u32 & 1 == 1
    }

    /// They, with the parts of those that are sums of others.
    pub fn with_parts(self) -> Self {
        let derived = self.iter().flat_map(|quantity| parts(quantity).iter());
        derived.fold(self, |set, (part, _)| set.or(Self::of(&[*part])))
    }

    /// They, in the order of [`QUANTITIES`].
    pub fn iter(self) -> impl Iterator<Item = Quantity> {
        QUANTITIES.iter().map(|doc| doc.quantity).filter(move |&quantity| self.has(quantity))
    }
}

/// Which quantities are kept by municipality and tier: those that some formula or table names.
#[derive(Clone, Debug, Default)]
pub struct Slots {
    tiers: usize,
    municipalities: usize,
    /// `total[quantity]` → position among the grids of all tiers.
    total: Vec<Option<usize>>,
    totals: usize,
    /// `split[quantity][tier]` → position among the split grids.
    split: Vec<Vec<Option<usize>>>,
    splits: usize,
}

impl Slots {
    /// Every split, for whoever asks what a figure is made of.
    pub fn every(scenario: &Scenario) -> Self {
        let tiers = scenario.tiers().len();
        let split = |quantity| (0..tiers).map(|tier| Some(quantity * tiers + tier)).collect();
        Self {
            tiers,
            municipalities: scenario.municipalities.table.len(),
            total: (0..Quantity::COUNT).map(Some).collect(),
            totals: Quantity::COUNT,
            split: (0..Quantity::COUNT).map(split).collect(),
            splits: Quantity::COUNT * tiers,
        }
    }

    /// Collects every split that a variable names, and the open points by tier that `network.csv` shows.
    pub fn new<'a>(scenario: &Scenario, variables: impl Iterator<Item = &'a Variable>) -> Self {
        let tiers = scenario.tiers().len();
        let mut named: BTreeSet<(usize, usize)> =
            (0..tiers).map(|tier| (Quantity::OpenPoints as usize, tier)).collect();
        // What a year-end network costs is read off its tiers.
        for quantity in [Quantity::OpenPointsAtYearEnd, Quantity::MaintenanceCost] {
            named.extend((0..tiers).map(|tier| (quantity as usize, tier)));
        }
        for variable in variables {
            if let Variable::Quantity { quantity, tier: Some(tier), .. } = variable {
                named.insert((*quantity as usize, *tier));
            }
        }
        let mut split = vec![vec![None; tiers]; Quantity::COUNT];
        for (position, &(quantity, tier)) in named.iter().enumerate() {
            split[quantity][tier] = Some(position);
        }
        Self { split, splits: named.len(), ..Self::every(scenario) }
    }

    /// What formulas name with a lag, and nothing else.
    pub fn lagged<'a>(scenario: &Scenario, variables: impl Iterator<Item = &'a Variable>) -> Self {
        let named: BTreeSet<(usize, Option<usize>)> = variables
            .filter_map(|variable| match variable {
                Variable::Quantity { quantity, tier, lag } if *lag > 0 => {
                    Some((*quantity as usize, *tier))
                }
                _ => None,
            })
            .collect();
        let mut slots = Self {
            municipalities: scenario.municipalities.table.len(),
            total: vec![None; Quantity::COUNT],
            split: vec![vec![None; scenario.tiers().len()]; Quantity::COUNT],
            ..Self::default()
        };
        for (quantity, tier) in named {
            let (slot, count) = match tier {
                None => (&mut slots.total[quantity], &mut slots.totals),
                Some(tier) => (&mut slots.split[quantity][tier], &mut slots.splits),
            };
            *slot = Some(*count);
            *count += 1;
        }
        slots
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
#[derive(Clone, Debug, Default)]
pub struct Quantities {
    /// `[total][municipality]`
    totals: Vec<Lanes>,
    /// `[split][municipality]`
    splits: Vec<Lanes>,
    /// `[quantity][tier]`
    tiers: Vec<Lanes>,
    slots: Slots,
}

/// What a municipality reports in one lane instead of the cases that it served.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reported {
    /// The lane.
    pub lane: usize,
    /// Index of the municipality.
    pub municipality: usize,
    /// The cases served, times this.
    pub times: f64,
    /// Plus this, in a year in which it served any.
    pub more: f64,
}

impl Quantities {
    /// Cases as they are reported: worksheets and outcomes see them, staff and cost have arisen already
    /// from those that were served.
    pub fn report(&mut self, reported: &[Reported]) {
        let (count, q) = (self.slots.municipalities, Quantity::Load as usize);
        for &Reported { lane, municipality, times, more } in reported {
            if lane >= LANES || municipality >= count {
                continue;
            }
            let total = &mut self.totals[q * count + municipality][lane];
            let served = *total;
            if served > 0.0 {
                *total = served * times + more;
                let change = *total / served;
                for slot in self.slots.split[q].iter().flatten() {
                    self.splits[slot * count + municipality][lane] *= change;
                }
            }
        }
    }

    /// All zero.
    pub fn new(slots: &Slots) -> Self {
        let zero = [0.0; LANES];
        Self {
            totals: vec![zero; slots.totals * slots.municipalities],
            splits: vec![zero; slots.splits * slots.municipalities],
            tiers: vec![zero; Quantity::COUNT * slots.tiers],
            slots: slots.clone(),
        }
    }

    /// Adds up some quantities from their sums by place; those that are sums of others are worked out
    /// on the way. The sums of tiers are made with all quantities, since only records read them.
    pub fn gather(&mut self, places: &Places, sums: &Sums, wanted: QuantitySet) {
        let (count, tiers) = (self.slots.municipalities, self.slots.tiers);
        let tiers = if wanted == QuantitySet::all() { tiers } else { 0 };
        for quantity in wanted.iter() {
            let q = quantity as usize;
            let parts = match parts(quantity) {
                [] => &[(quantity, 1.0)],
                parts => parts,
            };
            let mut rows: [(&[Lanes], f64); MOST_PARTS] = [(&[], 0.0); MOST_PARTS];
            for (rows, &(part, weight)) in rows.iter_mut().zip(parts) {
                *rows = (sums.of(part), weight);
            }
            let sums = Gathered {
                totals: &mut self.totals[q * count..(q + 1) * count],
                tiers: &mut self.tiers[q * tiers..(q + 1) * tiers],
                splits: &mut self.splits,
                split: &self.slots.split[q],
            };
            gather_rows(&rows[..parts.len().min(MOST_PARTS)], places, sums);
        }
    }

    /// Copies what is kept here from a year that has it.
    pub fn copy(&mut self, year: &Self) {
        let Self { totals, splits, slots, .. } = self;
        let count = slots.municipalities;
        let copy = |grids: &mut Vec<Lanes>, slot: Option<usize>, quantity, tier| {
            let to = slot.and_then(|slot| grids.get_mut(slot * count..(slot + 1) * count));
            if let (Some(to), Some(from)) = (to, year.grid(quantity, tier)) {
                to.copy_from_slice(from);
            }
        };
        for quantity in QUANTITIES.iter().map(|doc| doc.quantity) {
            copy(totals, slots.total[quantity as usize], quantity, None);
            for (tier, slot) in slots.split[quantity as usize].iter().enumerate() {
                copy(splits, *slot, quantity, Some(tier));
            }
        }
    }

    /// One quantity of all municipalities, of one tier or of all (`None` where it is not kept).
    pub fn grid(&self, quantity: Quantity, tier: Option<usize>) -> Option<&[Lanes]> {
        let (q, count) = (quantity as usize, self.slots.municipalities);
        match tier {
            None => {
                let slot = (*self.slots.total.get(q)?)?;
                self.totals.get(slot * count..(slot + 1) * count)
            }
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

/// No quantity is a sum of more others than this.
const MOST_PARTS: usize = 3;

/// Where the rows of a quantity are added.
struct Gathered<'a> {
    /// `[municipality]`
    totals: &'a mut [Lanes],
    /// `[tier]`; none where they are not wanted.
    tiers: &'a mut [Lanes],
    /// `[split][municipality]`
    splits: &'a mut [Lanes],
    /// The split of each tier, if it is kept.
    split: &'a [Option<usize>],
}

vectorised! {
    /// Adds up a quantity, place by place: while a row is at hand it is added wherever it belongs.
    fn gather_rows(parts: &[(&[Lanes], f64)], places: &Places, sums: Gathered<'_>) {
        let Gathered { totals, tiers, splits, split } = sums;
        clear(tiers);
        let count = totals.len();
        let mut worked_out: Lanes;
        for (municipality, range) in places.of_municipality.iter().enumerate() {
            let mut total = [0.0; LANES];
            for place in range.clone() {
                let row = match parts {
                    [(rows, weight)] if *weight == 1.0 => &rows[place],
                    _ => {
                        worked_out = [0.0; LANES];
                        for (rows, weight) in parts {
                            for lane in 0..LANES {
                                worked_out[lane] += weight * rows[place][lane];
                            }
                        }
                        &worked_out
                    }
                };
                for lane in 0..LANES {
                    total[lane] += row[lane];
                }
                let tier = places.all[place].tier;
                if let Some(Some(slot)) = split.get(tier) {
                    splits[slot * count + municipality] = *row;
                }
                if let Some(sum) = tiers.get_mut(tier) {
                    for lane in 0..LANES {
                        sum[lane] += row[lane];
                    }
                }
            }
            totals[municipality] = total;
        }
    }

    /// `sum += values`, lane by lane.
    pub fn add(sum: &mut Lanes, values: &Lanes) {
        for lane in 0..LANES {
            sum[lane] += values[lane];
        }
    }
}
