//! What falls due: investment in new points, renewals, and a year of being open.

use super::common::Common;
use super::load::LoadState;
use super::network::{NEVER, NetworkState, year_start};
use super::prepared::Prepared;
use super::quantities::Quantities;
use super::staffing::posts;
use crate::model::{CostItem, Driver, Purpose, Quantity, Vat};
use crate::numeric::{LANES, Lanes};

/// Quantities of investment.
const INVESTMENT: &[Quantity] = &[
    Quantity::NewPoints,
    Quantity::WaitingPoints,
    Quantity::NewPointCost,
    Quantity::RenewalCost,
    Quantity::ValueAddedTax,
];

/// Investment of a year: what `due` points cost, and what comes to the end of its life. Clears the
/// year's tax first, so it stands before [`maintenance`].
pub fn investment(
    prepared: &Prepared<'_>,
    common: &Common<'_>,
    year: usize,
    due: &[Lanes],
    network: &NetworkState,
    quantities: &mut Quantities,
) {
    quantities.clear(INVESTMENT);
    let points = &prepared.scenario.points;
    for (point, due) in due.iter().enumerate() {
        let (municipality, tier) =
            (points.municipality[point] as usize, points.tier[point] as usize);
        let is_new = due.iter().any(|&due| due > 0.0);
        let mut bought = Bought::default();
        let mut again = Bought::default();
        for (index, item) in items(prepared, Purpose::Investment, tier) {
            let renewed =
                item.life_years.and_then(|life| renewals(prepared, network, year, point, life));
            if !is_new && renewed.is_none() {
                continue;
            }
            let price = price(common, index, municipality, point);
            if is_new {
                bought.add(item, due, &price);
            }
            if let Some(renewed) = &renewed {
                again.add(item, renewed, &price);
            }
        }
        if is_new {
            quantities.add(Quantity::NewPoints, municipality, tier, due);
        }
        bought.record(Quantity::NewPointCost, municipality, tier, quantities);
        again.record(Quantity::RenewalCost, municipality, tier, quantities);
    }
    quantities.derive(Quantity::InvestmentCost);
    quantities.derive(Quantity::TotalCost);
}

/// 1 where an item bought at a point's opening comes to the end of a life in this year; none where
/// that is so in no draw.
fn renewals(
    prepared: &Prepared<'_>,
    network: &NetworkState,
    year: usize,
    point: usize,
    life: u32,
) -> Option<Lanes> {
    let start = i32::from(year_start(prepared, year));
    let from = &network.open_from[point];
    let oldest = i32::from(from.iter().copied().min().unwrap_or(NEVER));
    let life = life.max(1) as i32;
    // The year of opening is that of the month before the first open month.
    let greatest_age = (start - (oldest - 1).div_euclid(12) * 12) / 12;
    if greatest_age < life {
        return None;
    }
    let left = &network.left[prepared.municipality_of_point[point] as usize];
    let mut due = [0.0; LANES];
    for age in (life..=greatest_age).step_by(life as usize) {
        // Opened in the year that lies `age` years back: first open month 1 to 12 of it, from 0.
        let first = (start - age * 12 + 1) as i16;
        for lane in 0..LANES {
            let opened_then = from[lane] >= first && from[lane] <= first + 11;
            due[lane] += if opened_then { 1.0 - left[lane] } else { 0.0 };
        }
    }
    due.iter().any(|&due| due > 0.0).then_some(due)
}

/// Cost of several items with the tax within it.
struct Bought {
    cost: Lanes,
    tax: Lanes,
    any: bool,
    taxed: bool,
}

impl Default for Bought {
    fn default() -> Self {
        Self { cost: [0.0; LANES], tax: [0.0; LANES], any: false, taxed: false }
    }
}

impl Bought {
    /// Adds an item: so many units of its driver at this price before tax that comes on top.
    fn add(&mut self, item: &CostItem, driver: &Lanes, price: &Lanes) {
        let (factor, share) = match item.vat {
            Vat::Exempt => (1.0, 0.0),
            Vat::Included(rate) => (1.0, rate / (1.0 + rate)),
            Vat::Added(rate) => (1.0 + rate, rate / (1.0 + rate)),
        };
        self.any = true;
        self.taxed |= share > 0.0;
        for lane in 0..LANES {
            let cost = driver[lane] * price[lane] * factor;
            self.cost[lane] += cost;
            self.tax[lane] += cost * share;
        }
    }

    fn record(
        &self,
        quantity: Quantity,
        municipality: usize,
        tier: usize,
        quantities: &mut Quantities,
    ) {
        if self.any {
            quantities.add(quantity, municipality, tier, &self.cost);
        }
        if self.taxed {
            quantities.add(Quantity::ValueAddedTax, municipality, tier, &self.tax);
        }
    }
}

/// A year of being open: staff, and the cost of points, posts and cases.
pub fn maintenance(
    prepared: &Prepared<'_>,
    common: &Common<'_>,
    open_share: &[Lanes],
    load: &LoadState,
    quantities: &mut Quantities,
) {
    quantities.clear(&[Quantity::Staff, Quantity::MaintenanceCost]);
    let points = &prepared.scenario.points;
    for (point, open) in open_share.iter().enumerate() {
        if open.iter().all(|&share| share == 0.0) {
            continue;
        }
        let (municipality, tier) =
            (points.municipality[point] as usize, points.tier[point] as usize);
        let cases = &load.cases[point];
        let staff = posts(prepared, common, point, open, cases);
        quantities.add(Quantity::Staff, municipality, tier, &staff);
        let mut spent = Bought::default();
        for (index, item) in items(prepared, Purpose::Maintenance, tier) {
            let driver: Lanes = match item.per {
                Driver::Point => *open,
                Driver::FullTimeEquivalent => staff,
                Driver::Case => std::array::from_fn(|lane| cases.counter[lane] + cases.video[lane]),
            };
            spent.add(item, &driver, &price(common, index, municipality, point));
        }
        spent.record(Quantity::MaintenanceCost, municipality, tier, quantities);
    }
    quantities.derive(Quantity::TotalCost);
}

/// The items of a purpose that points of a tier have.
fn items<'a>(
    prepared: &'a Prepared<'_>,
    purpose: Purpose,
    tier: usize,
) -> impl Iterator<Item = (usize, &'a CostItem)> {
    let all = prepared.scenario.costs.iter().enumerate();
    all.filter(move |(_, item)| item.purpose == purpose && item.tiers.get(tier) == Some(&true))
}

/// EUR per unit of the driver at this year's prices, before tax that comes on top.
fn price(common: &Common<'_>, item: usize, municipality: usize, point: usize) -> Lanes {
    let amount = common.amounts[item].at(municipality, point);
    let index = &common.indices[item];
    std::array::from_fn(|lane| amount[lane] * index[lane])
}
