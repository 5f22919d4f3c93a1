//! One pot of one draw and what is asked of it, and the settlement of many of them at once.

use super::super::division::largest_claim;
use super::super::guarantee::Bounds;
use super::super::settle::{Demand, Settlement, Terms, settle};
use super::super::{Money, Shortage, Workspace};
use crate::numeric::{LANES, Lanes};
use std::collections::BTreeMap;

/// What is asked of one pot in one draw: the amounts of a [`Demand`], plain. Entries of claims and
/// bounds are `class * claimants + claimant`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ask {
    /// Cents.
    pub pot: i64,
    /// Claimants of one class.
    pub claimants: usize,
    /// Cents.
    pub claims: Vec<i64>,
    /// What is protected of each claim, cents; empty without guarantees.
    pub lower: Vec<i64>,
    /// The most that each claim may come to, cents; as long as `lower`.
    pub upper: Vec<i64>,
    /// Of each claimant; empty where the rule has none.
    pub weights: Vec<f64>,
    /// Points of each claimant; empty where none compete.
    pub points: Vec<f64>,
    /// Score of each claimant; empty where none compete.
    pub scores: Vec<f64>,
}

/// What an ask comes to, cents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// What is due within the bounds, by entry.
    pub entitlements: Vec<i64>,
    /// What is granted, by entry.
    pub awards: Vec<i64>,
    /// What is left of the pot.
    pub unspent: i64,
    /// Whether what is protected exceeded the pot.
    pub guarantee_broken: bool,
}

impl Ask {
    /// Claims of one class without guarantees.
    #[must_use]
    pub fn of_claims(pot: i64, claims: &[i64]) -> Self {
        Self { pot, claimants: claims.len(), claims: claims.to_vec(), ..Self::default() }
    }

    /// How many classes there are.
    #[must_use]
    pub fn classes(&self) -> usize {
        self.claims.len() / self.claimants.max(1)
    }

    /// What a claimant claims in all classes.
    #[must_use]
    pub fn claim(&self, claimant: usize) -> i64 {
        total(&self.claims, self.claimants, claimant)
    }

    /// Whether every list is as long as it must be, and no sum of amounts too large.
    pub(super) fn is_sound(&self) -> bool {
        let most = largest_claim(self.claims.len().saturating_mul(4));
        let is_list = |length: usize| length == 0 || length == self.claimants;
        let lists = [self.weights.len(), self.points.len(), self.scores.len()];
        self.claims.len() == self.claimants * self.classes()
            && lists.into_iter().all(is_list)
            && [0, self.claims.len()].contains(&self.lower.len())
            && self.lower.len() == self.upper.len()
            && self.claims.iter().all(|claim| (0..=most).contains(claim))
            && (0..=Shortage::LARGEST_TOTAL).contains(&self.pot)
    }

    /// What settles alike, so that it can share a block.
    fn shape(&self) -> (usize, usize, [usize; 4]) {
        let sizes = [self.lower.len(), self.weights.len(), self.points.len(), self.scores.len()];
        (self.claimants, self.claims.len(), sizes)
    }
}

impl Given {
    /// What a claimant receives in all classes.
    #[must_use]
    pub fn award(&self, claimants: usize, claimant: usize) -> i64 {
        total(&self.awards, claimants, claimant)
    }

    /// What a claimant is due in all classes.
    #[must_use]
    pub fn entitlement(&self, claimants: usize, claimant: usize) -> i64 {
        total(&self.entitlements, claimants, claimant)
    }
}

fn total(entries: &[i64], claimants: usize, claimant: usize) -> i64 {
    entries.iter().skip(claimant).step_by(claimants.max(1)).sum()
}

/// Settles every ask by the same terms, a block of them at a time; in the order of the asks.
#[must_use]
pub fn settle_all(terms: &Terms, asks: &[Ask]) -> Vec<Given> {
    let mut alike: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (index, ask) in asks.iter().enumerate() {
        alike.entry(ask.shape()).or_default().push(index);
    }
    let mut given = vec![Given::default(); asks.len()];
    let (mut work, mut settlement) = (Workspace::new(), Settlement::default());
    for indices in alike.values() {
        for block in indices.chunks(LANES) {
            let in_lanes: Vec<&Ask> = block.iter().filter_map(|&index| asks.get(index)).collect();
            settle_block(terms, &in_lanes, &mut work, &mut settlement);
            for (lane, &index) in block.iter().enumerate() {
                let of_lane = |rows: &[Money]| rows.iter().map(|row| row[lane]).collect();
                given[index] = Given {
                    entitlements: of_lane(&settlement.entitlements),
                    awards: of_lane(&settlement.awards),
                    unspent: settlement.unspent[lane],
                    guarantee_broken: settlement.guarantee_broken[lane] > 0.0,
                };
            }
        }
    }
    given
}

/// Asks of one shape, one a lane; the lanes behind them are empty.
fn settle_block(terms: &Terms, asks: &[&Ask], work: &mut Workspace, settlement: &mut Settlement) {
    let Some(first) = asks.first() else { return };
    let cents = |list: &dyn Fn(&Ask) -> &[i64]| -> Vec<Money> {
        let entry = |entry: usize| {
            std::array::from_fn(|lane| {
                asks.get(lane).and_then(|ask| list(ask).get(entry)).copied().unwrap_or(0)
            })
        };
        (0..list(first).len()).map(entry).collect()
    };
    let numbers = |list: &dyn Fn(&Ask) -> &[f64]| -> Vec<Lanes> {
        let entry = |entry: usize| {
            std::array::from_fn(|lane| {
                asks.get(lane).and_then(|ask| list(ask).get(entry)).copied().unwrap_or(1.0)
            })
        };
        (0..list(first).len()).map(entry).collect()
    };
    let (lower, upper) = (cents(&|ask| &ask.lower), cents(&|ask| &ask.upper));
    let bounds: Vec<Bounds> =
        lower.into_iter().zip(upper).map(|(lower, upper)| Bounds { lower, upper }).collect();
    let pot: Money = std::array::from_fn(|lane| asks.get(lane).map_or(0, |ask| ask.pot));
    let demand = Demand {
        claimants: first.claimants,
        claims: &cents(&|ask| &ask.claims),
        bounds: &bounds,
        weights: &numbers(&|ask| &ask.weights),
        points: &numbers(&|ask| &ask.points),
        scores: &numbers(&|ask| &ask.scores),
    };
    settle(terms, Some(&pot), &demand, work, settlement);
}
