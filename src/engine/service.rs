//! What points do with those who come: a tier serves what it can and sends the rest to its centre or
//! loses it; posts follow the work; both cost.

use super::common::Common;
use super::load::LoadState;
use super::opening::{Opening, Openness};
use super::places::{Place, Sums};
use super::prepared::Prepared;
use super::prices::{DRIVERS, Prices};
use super::quantities::{QuantitySet, add};
use super::staffing;
use crate::model::{Driver, Quantity};
use crate::numeric::simd::vectorised;
use crate::numeric::{LANES, Lanes};

/// The quantities of a year of being open.
pub const SERVICE_QUANTITIES: QuantitySet = QuantitySet::of(&[
    Quantity::Load,
    Quantity::UnmetNeed,
    Quantity::Staff,
    Quantity::MaintenanceCost,
    Quantity::TotalCost,
    Quantity::ValueAddedTax,
]);

/// What a tier does with the cases that come, as shares of them.
#[derive(Clone, Debug)]
pub struct TierShares {
    /// Served by the point's staff.
    pub counter: Lanes,
    /// Served by video, with the point's staff at hand.
    pub video: Lanes,
    /// Either.
    pub served: Lanes,
    /// Beyond the tier.
    pub rest: Lanes,
}

/// A year of the points of one place.
struct Year {
    come: Lanes,
    sent_on: Lanes,
    staff: Lanes,
    /// Cost and tax of points whose prices are their own.
    cost: Lanes,
    tax: Lanes,
}

/// What every point reads.
struct Desk<'a> {
    prepared: &'a Prepared<'a>,
    common: &'a Common<'a>,
    opening: &'a Opening,
}

/// Points serve those who have come, staff follows, and costs fall due: sums by place. The year's tax
/// is added to what stands there.
pub fn serve(
    prepared: &Prepared<'_>,
    common: &Common<'_>,
    opening: &Opening,
    load: &mut LoadState,
    prices: &mut Prices,
    sums: &mut Sums,
) {
    let desk = Desk { prepared, common, opening };
    let centres = &prepared.centres;
    let mut referred = load.take_referred();
    for (place, group) in prepared.places.all.iter().enumerate() {
        let mut year = Year::new();
        // Points of a place go to one centre, unless the table names others: one sum for each.
        let first = group.points.first().map_or(0, |&point| centres.rank[point as usize] as usize);
        let (mut rank, mut sent_on) = (first, ZERO);
        for &point in &group.points {
            let point = point as usize;
            if centres.has(point) || opening.state(point) == Openness::Closed {
                continue;
            }
            let come = load.attracted(point).unwrap_or(&ZERO);
            desk.work(prices, place, point, come, &mut year);
            let next = centres.rank[point] as usize;
            if next != rank {
                year.refer(common, group, &sent_on, referred.get_mut(rank));
                (rank, sent_on) = (next, ZERO);
            }
            desk.send_on(load, point, &mut sent_on);
        }
        year.refer(common, group, &sent_on, referred.get_mut(rank));
        year.close(common, place, group, sums);
    }
    for (&centre, referred) in centres.all.iter().zip(&mut referred) {
        let centre = centre as usize;
        if opening.state(centre) == Openness::Closed {
            continue;
        }
        let place = prepared.places.of_point[centre] as usize;
        add(referred, load.attracted(centre).unwrap_or(&ZERO));
        let mut year = Year::new();
        desk.work(prices, place, centre, referred, &mut year);
        year.add_to(common, place, &prepared.places.all[place], sums);
    }
    load.give_back(referred);
    for place in 0..prepared.places.all.len() {
        desk.pay(prices, place, sums);
    }
}

const ZERO: Lanes = [0.0; LANES];

impl Year {
    fn new() -> Self {
        Self { come: ZERO, sent_on: ZERO, staff: ZERO, cost: ZERO, tax: ZERO }
    }

    /// Those who go on to one centre.
    fn refer(
        &mut self,
        common: &Common<'_>,
        group: &Place,
        sent_on: &Lanes,
        to: Option<&mut Lanes>,
    ) {
        if let (Some(tiers), Some(to)) = (&common.tiers, to) {
            refer(&tiers[group.tier].rest, sent_on, to);
        }
        add(&mut self.sent_on, sent_on);
    }

    /// The first that is written of a place's year.
    fn close(&self, common: &Common<'_>, place: usize, group: &Place, sums: &mut Sums) {
        *sums.at(Quantity::Load, place) = ZERO;
        *sums.at(Quantity::Staff, place) = ZERO;
        *sums.at(Quantity::MaintenanceCost, place) = ZERO;
        self.add_to(common, place, group, sums);
    }

    fn add_to(&self, common: &Common<'_>, place: usize, group: &Place, sums: &mut Sums) {
        if let Some(tiers) = &common.tiers {
            let shares = &tiers[group.tier];
            add_product(sums.at(Quantity::Load, place), &self.come, &shares.served);
            lose(&self.come, &self.sent_on, &shares.rest, sums.at(Quantity::UnmetNeed, place));
        }
        add(sums.at(Quantity::Staff, place), &self.staff);
        add(sums.at(Quantity::MaintenanceCost, place), &self.cost);
        add(sums.at(Quantity::ValueAddedTax, place), &self.tax);
    }
}

impl Desk<'_> {
    /// The cases that come to a point, its staff, and its cost where that is its own.
    fn work(&self, prices: &mut Prices, place: usize, point: usize, come: &Lanes, year: &mut Year) {
        let Self { prepared, common, opening } = *self;
        let mut staff = ZERO;
        staffing::posts(prepared, common, place, point, opening.share(point), come, &mut staff);
        add(&mut year.come, come);
        add(&mut year.staff, &staff);
        if prices.run_by_point() {
            let mut cases = ZERO;
            if let Some(tiers) = &common.tiers {
                let served = &tiers[prepared.places.all[place].tier].served;
                add_product(&mut cases, come, served);
            }
            for (driver, kind) in DRIVERS.into_iter().enumerate() {
                let units = match kind {
                    Driver::Point => opening.share(point),
                    Driver::FullTimeEquivalent => &staff,
                    Driver::Case => &cases,
                };
                if let Some(unit) = prices.running(prepared, common, driver, place, point) {
                    super::investment::buy(&mut year.cost, &mut year.tax, units, unit);
                }
            }
        }
    }

    /// Those who go on from a point to the centre if its tier cannot serve them, while the centre is
    /// open as well.
    fn send_on(&self, load: &mut LoadState, point: usize, sent_on: &mut Lanes) {
        let centres = &self.prepared.centres;
        let centre = centres.all[centres.rank[point] as usize] as usize;
        let state = self.opening.state(centre);
        if state == Openness::Closed {
            return;
        }
        let Some((come, reach)) = load.attracted_and_reach(point) else { return };
        let goes = reach.centre_share(point, centres.km[point]);
        if state == Openness::Whole {
            add_product(sent_on, come, goes);
        } else {
            let (own, its) = (self.opening.share(point), self.opening.share(centre));
            add_while_both(sent_on, come, goes, own, its);
        }
    }

    /// What the year of a place costs where its points pay the same prices.
    fn pay(&self, prices: &mut Prices, place: usize, sums: &mut Sums) {
        if prices.run_by_point() {
            return;
        }
        let point = self.prepared.places.all[place].points[0] as usize;
        let mut cost = *sums.at(Quantity::MaintenanceCost, place);
        let mut tax = *sums.at(Quantity::ValueAddedTax, place);
        for (driver, kind) in DRIVERS.into_iter().enumerate() {
            let quantity = match kind {
                Driver::Point => Quantity::OpenPoints,
                Driver::FullTimeEquivalent => Quantity::Staff,
                Driver::Case => Quantity::Load,
            };
            if let Some(unit) = prices.running(self.prepared, self.common, driver, place, point) {
                super::investment::buy(&mut cost, &mut tax, sums.at(quantity, place), unit);
            }
        }
        *sums.at(Quantity::MaintenanceCost, place) = cost;
        *sums.at(Quantity::ValueAddedTax, place) = tax;
    }
}

vectorised! {
    fn add_product(sum: &mut Lanes, values: &Lanes, factors: &Lanes) {
        for lane in 0..LANES {
            sum[lane] += values[lane] * factors[lane];
        }
    }

    /// What is beyond a tier, of those whom the centre can take.
    fn refer(rest: &Lanes, sent_on: &Lanes, referred: &mut Lanes) {
        for lane in 0..LANES {
            referred[lane] += sent_on[lane] * rest[lane];
        }
    }

    /// What is beyond a tier and not sent on is lost.
    fn lose(come: &Lanes, sent_on: &Lanes, rest: &Lanes, unmet: &mut Lanes) {
        for lane in 0..LANES {
            unmet[lane] += (come[lane] - sent_on[lane]) * rest[lane];
        }
    }

    /// Adds those who go on while a point (open for the share `own`) and its centre (`its`) are open.
    fn add_while_both(sum: &mut Lanes, come: &Lanes, goes: &Lanes, own: &Lanes, its: &Lanes) {
        for lane in 0..LANES {
            let ratio = its[lane] / own[lane];
            let both = if own[lane] > 0.0 { if ratio < 1.0 { ratio } else { 1.0 } } else { 0.0 };
            sum[lane] += come[lane] * goes[lane] * both;
        }
    }
}
