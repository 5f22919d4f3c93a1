//! What falls due: investment in new points, renewals, and a year of being open.

use super::common::Common;
use super::load::LoadState;
use super::network::{NetworkState, year_start};
use super::prepared::Prepared;
use super::quantities::Quantities;
use super::staffing::posts;
use crate::model::{CostItem, Driver, Purpose, Quantity, Vat};
use crate::numeric::Lanes;

/// Quantities of investment.
const INVESTMENT: &[Quantity] = &[
    Quantity::NewPoints,
    Quantity::WaitingPoints,
    Quantity::NewPointCost,
    Quantity::RenewalCost,
    Quantity::InvestmentCost,
    Quantity::TotalCost,
    Quantity::ValueAddedTax,
];

/// Investment of a year: what `due` points cost, and what comes to the end of its life. Clears the
/// total cost and tax of the year first, so it stands before [`maintenance`].
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
        if is_new {
            quantities.add(Quantity::NewPoints, municipality, tier, due);
        }
        for (index, item) in items(prepared, Purpose::Investment, tier) {
            let price = price(common, index, municipality, point);
            let mut buy = |share: &Lanes, quantity: Quantity| {
                let (cost, tax) = with_tax(item, share, &price);
                quantities.add(quantity, municipality, tier, &cost);
                quantities.add(Quantity::InvestmentCost, municipality, tier, &cost);
                quantities.add(Quantity::TotalCost, municipality, tier, &cost);
                if tax.iter().any(|&tax| tax != 0.0) {
                    quantities.add(Quantity::ValueAddedTax, municipality, tier, &tax);
                }
            };
            if is_new {
                buy(due, Quantity::NewPointCost);
            }
            if let Some(life) = item.life_years {
                let renewed = renewals(prepared, network, year, point, life);
                if renewed.iter().any(|&share| share > 0.0) {
                    buy(&renewed, Quantity::RenewalCost);
                }
            }
        }
    }
}

/// 1 where an item bought at a point's opening comes to the end of a life in this year.
fn renewals(
    prepared: &Prepared<'_>,
    network: &NetworkState,
    year: usize,
    point: usize,
    life: u32,
) -> Lanes {
    let start = i32::from(year_start(prepared, year));
    let left = &network.left[prepared.municipality_of_point[point] as usize];
    std::array::from_fn(|lane| {
        // The year of opening is that of the month before the first open month.
        let opened = (i32::from(network.open_from[point][lane]) - 1).div_euclid(12);
        let age = start.div_euclid(12) - opened;
        let due = age > 0 && age.rem_euclid(life.max(1) as i32) == 0;
        if due { 1.0 - left[lane] } else { 0.0 }
    })
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
        for (index, item) in items(prepared, Purpose::Maintenance, tier) {
            let driver: Lanes = match item.per {
                Driver::Point => *open,
                Driver::FullTimeEquivalent => staff,
                Driver::Case => std::array::from_fn(|lane| cases.counter[lane] + cases.video[lane]),
            };
            let (cost, tax) = with_tax(item, &driver, &price(common, index, municipality, point));
            quantities.add(Quantity::MaintenanceCost, municipality, tier, &cost);
            quantities.add(Quantity::TotalCost, municipality, tier, &cost);
            if tax.iter().any(|&tax| tax != 0.0) {
                quantities.add(Quantity::ValueAddedTax, municipality, tier, &tax);
            }
        }
    }
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

/// Cost with its tax, and the tax within it.
fn with_tax(item: &CostItem, driver: &Lanes, price: &Lanes) -> (Lanes, Lanes) {
    let (factor, share) = match item.vat {
        Vat::Exempt => (1.0, 0.0),
        Vat::Included(rate) => (1.0, rate / (1.0 + rate)),
        Vat::Added(rate) => (1.0 + rate, rate / (1.0 + rate)),
    };
    let cost: Lanes = std::array::from_fn(|lane| driver[lane] * price[lane] * factor);
    (cost, cost.map(|cost| cost * share))
}
