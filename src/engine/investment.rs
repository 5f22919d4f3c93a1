//! What falls due for new points, and for what comes to the end of its life.

use super::course::Tools;
use super::due::{Due, is_any};
use super::network::{Months, NetworkState, year_start};
use super::places::Sums;
use super::prepared::Prepared;
use super::prices::Unit;
use super::quantities::QuantitySet;
use crate::model::Quantity;
use crate::numeric::simd::vectorised;
use crate::numeric::{LANES, Lanes};

/// The quantities that arise here.
pub const INVESTMENT_QUANTITIES: QuantitySet = QuantitySet::of(&[
    Quantity::NewPoints,
    Quantity::WaitingPoints,
    Quantity::NewPointCost,
    Quantity::RenewalCost,
    Quantity::InvestmentCost,
    Quantity::TotalCost,
    Quantity::ValueAddedTax,
]);

/// Investment of a year by place: what due points cost, and what is bought again. The year's tax is
/// set to that of these, so this stands before the year's running costs.
pub fn invest(
    tools: &mut Tools<'_>,
    year: usize,
    due: &Due,
    network: &NetworkState,
    sums: &mut Sums,
) {
    let Tools { prepared, common, prices, .. } = tools;
    for (place, group) in prepared.places.all.iter().enumerate() {
        let mut points = [0.0; LANES];
        let mut bought = Unit { cost: [0.0; LANES], tax: [0.0; LANES] };
        let mut again = [0.0; LANES];
        for &point in &group.points {
            let point = point as usize;
            if let Some(due) = due.of(point) {
                super::quantities::add(&mut points, due);
                if let Some(unit) = prices.new_point(prepared, common, place, point) {
                    buy(&mut bought.cost, &mut bought.tax, due, unit);
                }
            }
            for life in 0..prices.lives() {
                let years = prices.life(life);
                if let Some(renewed) = renewals(prepared, network, year, point, years)
                    && let Some(unit) = prices.renewal(prepared, common, life, place, point)
                {
                    buy(&mut again, &mut bought.tax, &renewed, unit);
                }
            }
        }
        *sums.at(Quantity::NewPoints, place) = points;
        *sums.at(Quantity::WaitingPoints, place) = [0.0; LANES];
        *sums.at(Quantity::NewPointCost, place) = bought.cost;
        *sums.at(Quantity::RenewalCost, place) = again;
        *sums.at(Quantity::ValueAddedTax, place) = bought.tax;
    }
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
    let (oldest, youngest) = network.open_from.span(point);
    // The year of opening is that of the month before the first open month.
    let age = |from: i16| (start - (i32::from(from) - 1).div_euclid(12) * 12) / 12;
    let life = life.max(1) as i32;
    let greatest_age = age(oldest);
    if greatest_age < life {
        return None;
    }
    let municipality = prepared.municipality_of_point[point] as usize;
    let left = &network.left[municipality];
    if oldest == youngest && greatest_age % life != 0 {
        return None;
    }
    let mut due = [0.0; LANES];
    for age in (life..=greatest_age).step_by(life as usize) {
        // Opened in the year that lies `age` years back: first open month 1 to 12 of it, from 0.
        let first = (start - age * 12 + 1) as i16;
        opened_from(network.open_from.of(point), first, left, &mut due);
    }
    is_any(&due).then_some(due)
}

vectorised! {
    /// Adds the points that opened in the twelve months from `first` on and are still run.
    fn opened_from(from: &Months, first: i16, left: &Lanes, due: &mut Lanes) {
        for lane in 0..LANES {
            let opened_then = from[lane] >= first && from[lane] <= first + 11;
            due[lane] += if opened_then { 1.0 - left[lane] } else { 0.0 };
        }
    }

    /// Adds so many units to a cost and its tax.
    pub fn buy(cost: &mut Lanes, tax: &mut Lanes, units: &Lanes, unit: &Unit) {
        for lane in 0..LANES {
            cost[lane] += units[lane] * unit.cost[lane];
            tax[lane] += units[lane] * unit.tax[lane];
        }
    }
}
