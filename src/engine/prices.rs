//! What a unit of each driver costs in a year: the cost items of a place or point added up.
//!
//! Prices do not depend on the policy, so each sum is worked out once a year, when it is first asked for. Where
//! they differ by point, a sum is needed once for each network, and worked out each time: to keep all of them
//! takes longer to write and to read.

use super::common::Common;
use super::prepared::Prepared;
use crate::expression::Extent;
use crate::model::{CostItem, Driver, Purpose, Vat};
use crate::numeric::simd::vectorised;
use crate::numeric::{LANES, Lanes};

/// EUR per unit, and the tax within it.
#[derive(Clone, Copy, Debug)]
pub struct Unit {
    /// EUR.
    pub cost: Lanes,
    /// EUR of value added tax within the cost.
    pub tax: Lanes,
}

/// Cost items that are bought by the same unit at the same time.
#[derive(Clone, Debug)]
struct Basket {
    /// The items of each tier.
    items: Vec<Vec<usize>>,
    /// Whether the amount of some item differs between points.
    by_point: bool,
    /// By place; where points differ, of the point that was asked for last.
    units: Vec<Unit>,
    /// By place, whether it is known; nothing where points differ.
    known: Vec<bool>,
}

/// What a unit takes of an item.
#[derive(Clone, Copy)]
struct Priced<'a> {
    /// EUR at prices of the scenario's base.
    amount: &'a Lanes,
    /// The price index.
    index: &'a Lanes,
    /// What puts tax on top.
    factor: f64,
    /// The share of the cost that is tax.
    share: f64,
}

/// So many items are added up together.
const TOGETHER: usize = 4;

/// Where there are fewer, of what costs nothing.
static NOTHING: Lanes = [0.0; LANES];
const FREE: Priced<'_> = Priced { amount: &NOTHING, index: &NOTHING, factor: 1.0, share: 0.0 };

/// The prices of a year.
#[derive(Clone, Debug)]
pub struct Prices {
    /// By driver, in the order of [`DRIVERS`].
    running: Vec<Basket>,
    new_point: Basket,
    /// By life, years.
    renewals: Vec<(u32, Basket)>,
}

/// What a year of being open is counted by.
pub const DRIVERS: [Driver; 3] = [Driver::Point, Driver::FullTimeEquivalent, Driver::Case];

impl Prices {
    /// Sorts a scenario's items into baskets.
    pub fn new(prepared: &Prepared<'_>) -> Self {
        let costs = &prepared.scenario.costs;
        let basket = |belongs: &dyn Fn(&CostItem) -> bool| Basket::new(prepared, belongs);
        let investment = |item: &CostItem| item.purpose == Purpose::Investment;
        let mut lives: Vec<u32> = costs
            .iter()
            .filter(|item| investment(item))
            .filter_map(|item| item.life_years)
            .collect();
        lives.sort_unstable();
        lives.dedup();
        Self {
            running: DRIVERS
                .map(|driver| {
                    basket(&|item| item.purpose == Purpose::Maintenance && item.per == driver)
                })
                .into(),
            new_point: basket(&investment),
            renewals: lives
                .into_iter()
                .map(|life| {
                    (life, basket(&|item| investment(item) && item.life_years == Some(life)))
                })
                .collect(),
        }
    }

    /// A new year has begun.
    pub fn forget(&mut self) {
        let renewals = self.renewals.iter_mut().map(|(_, basket)| basket);
        for basket in self.running.iter_mut().chain([&mut self.new_point]).chain(renewals) {
            basket.known.fill(false);
        }
    }

    /// Whether a year of being open costs a different sum at each point of a place.
    pub fn run_by_point(&self) -> bool {
        self.running.iter().any(|basket| basket.by_point)
    }

    /// What a unit of the driver of this position costs a year at a point of a place; none where its
    /// tier pays for none.
    pub fn running(
        &mut self,
        prepared: &Prepared<'_>,
        common: &Common<'_>,
        driver: usize,
        place: usize,
        point: usize,
    ) -> Option<&Unit> {
        self.running[driver].at(prepared, common, place, point)
    }

    /// What a new point costs.
    pub fn new_point(
        &mut self,
        prepared: &Prepared<'_>,
        common: &Common<'_>,
        place: usize,
        point: usize,
    ) -> Option<&Unit> {
        self.new_point.at(prepared, common, place, point)
    }

    /// The lives of equipment, years.
    pub fn lives(&self) -> usize {
        self.renewals.len()
    }

    /// A life, years.
    pub fn life(&self, index: usize) -> u32 {
        self.renewals[index].0
    }

    /// What it costs to buy again what lives so long.
    pub fn renewal(
        &mut self,
        prepared: &Prepared<'_>,
        common: &Common<'_>,
        life: usize,
        place: usize,
        point: usize,
    ) -> Option<&Unit> {
        self.renewals[life].1.at(prepared, common, place, point)
    }
}

impl Basket {
    fn new(prepared: &Prepared<'_>, belongs: &dyn Fn(&CostItem) -> bool) -> Self {
        let costs = &prepared.scenario.costs;
        let of_tier = |tier: usize| -> Vec<usize> {
            let has = |item: &CostItem| belongs(item) && item.tiers.get(tier) == Some(&true);
            (0..costs.len()).filter(|&index| has(&costs[index])).collect()
        };
        let items: Vec<Vec<usize>> = (0..prepared.scenario.tiers().len()).map(of_tier).collect();
        let by_point = items
            .iter()
            .flatten()
            .any(|&index| costs[index].amount.program.shape().extent == Extent::Point);
        let has_items = items.iter().any(|items| !items.is_empty());
        let places = if has_items && !by_point { prepared.places.all.len() } else { 0 };
        let units = if by_point { 1 } else { places };
        let unit = Unit { cost: [0.0; LANES], tax: [0.0; LANES] };
        Self { items, by_point, units: vec![unit; units], known: vec![false; places] }
    }

    #[inline(always)]
    fn at(
        &mut self,
        prepared: &Prepared<'_>,
        common: &Common<'_>,
        place: usize,
        point: usize,
    ) -> Option<&Unit> {
        let tier = prepared.places.all[place].tier;
        if self.items[tier].is_empty() {
            return None;
        }
        let row = if self.by_point { 0 } else { place };
        let known = self.known.get_mut(row).map(|known| std::mem::replace(known, true));
        if known != Some(true) {
            let municipality = prepared.places.all[place].municipality;
            let price = |index: usize| {
                let (factor, share) = match prepared.scenario.costs[index].vat {
                    Vat::Exempt => (1.0, 0.0),
                    Vat::Included(rate) => (1.0, rate / (1.0 + rate)),
                    Vat::Added(rate) => (1.0 + rate, rate / (1.0 + rate)),
                };
                let amount = common.amounts[index].at(municipality, point);
                Priced { amount, index: &common.indices[index], factor, share }
            };
            let unit = &mut self.units[row];
            *unit = Unit { cost: [0.0; LANES], tax: [0.0; LANES] };
            for items in self.items[tier].chunks(TOGETHER) {
                let mut priced = [FREE; TOGETHER];
                for (priced, item) in priced.iter_mut().zip(items) {
                    *priced = price(*item);
                }
                add_items(unit, &priced);
            }
        }
        Some(&self.units[row])
    }
}

vectorised! {
    /// Adds items at this year's prices.
    fn add_items(unit: &mut Unit, items: &[Priced<'_>; TOGETHER]) {
        for lane in 0..LANES {
            let (mut cost, mut tax) = (unit.cost[lane], unit.tax[lane]);
            for at in 0..TOGETHER {
                let item = &items[at];
                let more = item.amount[lane] * item.index[lane] * item.factor;
                cost += more;
                tax += more * item.share;
            }
            unit.cost[lane] = cost;
            unit.tax[lane] = tax;
        }
    }
}
