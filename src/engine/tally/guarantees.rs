//! What each guarantee gives and takes, draw by draw: awards with it less awards without it.
//!
//! One cell for each municipality and a few for all of them, by year and over the years, and only for the
//! guarantees that there are: a scenario without any keeps nothing here.

use super::cube::Cube;
use super::kinds::Kinds;
use super::money::{NOTHING, add, minus};
use super::noting::Noting;
use super::sheet::Sheet;
use crate::engine::block::YearOfBlock;
use crate::engine::settlement::Money;
use crate::model::Scenario;
use crate::numeric::LANES;
use crate::numeric::simd::vectorised;

/// What is recorded of a guarantee over all municipalities, in the order of the cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GuaranteeItem {
    /// What those receive more who receive more with it, cents.
    Gained,
    /// What those receive less who receive less with it, cents.
    GivenUp,
    /// How much more is granted to all, cents: gained less given up. It comes out of what would be left
    /// of the pot, or without a pot from the state.
    Cost,
    /// How many receive more.
    Gainers,
    /// How many receive less.
    Payers,
}

/// How many items there are.
const ITEMS: usize = 5;

type Items = [Money; ITEMS];

/// A guarantee of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GuaranteeAt {
    /// Index of the policy.
    pub policy: usize,
    /// Index of the programme.
    pub programme: usize,
    /// Its place among the guarantees of the rule, from 0.
    pub number: usize,
}

/// What guarantees give and take over the draws, at each policy's own pots.
#[derive(Clone, Debug, Default)]
pub struct Guarantees<C = Cube> {
    all: Vec<GuaranteeAt>,
    /// `[guarantee][year, then all][municipality]`, cents: award with it less award without it.
    pub gains: C,
    /// `[guarantee][year, then all][item]`.
    pub totals: C,
    /// Gains over the years of this block so far: `[guarantee][municipality]`.
    so_far: Vec<Vec<Money>>,
    years: usize,
}

vectorised! {
    /// Adds a municipality's gain to the items of all.
    fn add_gain(gain: &Money, items: &mut Items) {
        let [gained, given_up, cost, gainers, payers] = items;
        for lane in 0..LANES {
            gained[lane] += gain[lane].max(0);
            given_up[lane] -= gain[lane].min(0);
            cost[lane] += gain[lane];
            gainers[lane] += i64::from(gain[lane] > 0);
            payers[lane] += i64::from(gain[lane] < 0);
        }
    }
}

impl Guarantees {
    /// Nothing recorded yet.
    pub(super) fn new(scenario: &Scenario, kinds: &Kinds) -> Self {
        let all = guarantees(scenario);
        let (years, places) = (scenario.years.count(), scenario.municipalities.table.len());
        Self {
            gains: Cube::of(vec![all.len(), years + 1, places], kinds.in_rows_of(1)),
            totals: Cube::of(vec![all.len(), years + 1, ITEMS], |_| kinds.whole()),
            so_far: vec![vec![NOTHING; places]; all.len()],
            years,
            all,
        }
    }
}

impl<C> Guarantees<C> {
    /// Every guarantee, in the order of the first index of the cubes: by policy and programme.
    pub fn all(&self) -> &[GuaranteeAt] {
        &self.all
    }

    /// The same of what is made from each cube.
    pub(super) fn map<D>(self, mut of: impl FnMut(C) -> D) -> Guarantees<D> {
        Guarantees {
            gains: of(self.gains),
            totals: of(self.totals),
            all: self.all,
            so_far: self.so_far,
            years: self.years,
        }
    }
}

impl Guarantees<Sheet> {
    /// Records a year, and adds it to the sums over the years.
    pub(super) fn year(&mut self, at: &YearOfBlock<'_>) {
        let Self { all, gains, totals, so_far, .. } = self;
        for (index, (guarantee, so_far)) in all.iter().zip(so_far).enumerate() {
            let (own, _) = at.prepared.paths_of(guarantee.policy);
            let state = &at.paths[own].programmes[guarantee.programme];
            let Some(without) = state.without.get(guarantee.number) else { continue };
            let mut items = [NOTHING; ITEMS];
            let awards = state.award.iter().zip(&without.award);
            for (municipality, ((with, without), so_far)) in awards.zip(so_far).enumerate() {
                let mut gain = NOTHING;
                minus(with, without, &mut gain);
                add(so_far, &gain);
                add_gain(&gain, &mut items);
                gains.at(&[index, at.year, municipality]).add_money(&gain, at.active);
            }
            record(totals, index, at.year, &items, at.active);
        }
    }

    /// Records the sums over the years and forgets them.
    pub(super) fn block_ends(&mut self, active: usize) {
        let Self { gains, totals, so_far, years, .. } = self;
        for (index, sums) in so_far.iter_mut().enumerate() {
            let mut items = [NOTHING; ITEMS];
            for (municipality, gain) in sums.iter_mut().enumerate() {
                add_gain(gain, &mut items);
                gains.at(&[index, *years, municipality]).add_money(gain, active);
                *gain = NOTHING;
            }
            record(totals, index, *years, &items, active);
        }
    }
}

fn record(totals: &mut Sheet, index: usize, year: usize, items: &Items, active: usize) {
    for (item, values) in items.iter().enumerate() {
        totals.at(&[index, year, item]).add_money(values, active);
    }
}

fn guarantees(scenario: &Scenario) -> Vec<GuaranteeAt> {
    let mut all = Vec::new();
    for (policy, chosen) in scenario.policies.iter().enumerate() {
        for (programme, rule) in chosen.rules.iter().enumerate() {
            let count = rule.as_ref().map_or(0, |rule| rule.guarantees.len());
            all.extend((0..count).map(|number| GuaranteeAt { policy, programme, number }));
        }
    }
    all
}

/// How many guarantees a scenario has.
pub fn count(scenario: &Scenario) -> usize {
    let rules = scenario.policies.iter().flat_map(|policy| policy.rules.iter().flatten());
    rules.map(|rule| rule.guarantees.len()).fold(0, usize::saturating_add)
}

/// How many figures are kept of them.
pub fn figures(scenario: &Scenario) -> usize {
    let of_all = count(scenario).saturating_mul(scenario.years.count() + 1).saturating_mul(ITEMS);
    gains(scenario).saturating_add(of_all)
}

/// How many of these are of one municipality.
pub(super) fn gains(scenario: &Scenario) -> usize {
    let of_each = count(scenario).saturating_mul(scenario.years.count() + 1);
    of_each.saturating_mul(scenario.municipalities.table.len())
}

const _: () = assert!(GuaranteeItem::Payers as usize + 1 == ITEMS);
