//! A ranked competition as one municipality sees it.

use super::division::money;
use super::filled::{Filled, Reader};
use super::pooled::pool_of;
use crate::engine::{ClaimTrace, DivisionTrace, Role};
use crate::model::{Ration, Rule};
use serde::Serialize;
use std::cmp::Reverse;

/// The municipality in a ranked competition.
#[derive(Clone, Debug, Serialize)]
pub struct Competing {
    /// Its score.
    pub score: Filled,
    /// How many points the rule lets it ask for, where it says so.
    pub wanted: Option<Filled>,
    /// For how many points it asks.
    pub points: f64,
    /// How many of them are funded.
    pub funded: f64,
    /// Its place in the order of scores among all that ask (of its first class).
    pub place: Option<usize>,
    /// How many ask.
    pub competitors: usize,
    /// Its place among those that wait for what they asked for; none where it does not wait.
    pub waiting_place: Option<usize>,
    /// What is left for the first point that waits, less than its claim.
    pub partial: f64,
}

/// The place of a claim in the order of funding: class, score, larger claim, code.
type Place = (usize, Reverse<usize>, Reverse<i64>, usize);

/// The municipality in the order of the competition: class, score, larger claim, code.
pub fn competition(
    reader: &Reader<'_>,
    rule: &Rule,
    division: &DivisionTrace,
) -> Option<Competing> {
    let Ration::Competition(by) = &rule.ration else { return None };
    let municipality = reader.municipality;
    let pool = |row: usize| pool_of(rule, row).map(|(index, _)| index);
    let mut order: Vec<Place> = Vec::new();
    let mut ranks: Vec<f64> = division.scores.iter().map(|score| score + 0.0).collect();
    ranks.sort_by(f64::total_cmp);
    for (class, claims) in division.claims.iter().enumerate() {
        // Who competes in another pool is no competitor.
        let competes =
            |row: usize, claim: &ClaimTrace| claim.due > 0 && pool(row) == pool(municipality);
        for (row, claim) in claims.iter().enumerate().filter(|(row, claim)| competes(*row, claim)) {
            let score = division.scores.get(row).copied().unwrap_or(f64::NEG_INFINITY) + 0.0;
            let rank = ranks.partition_point(|known| known.total_cmp(&score).is_lt());
            order.push((class, Reverse(rank), Reverse(claim.due), row));
        }
    }
    order.sort_unstable();
    let waits = |entry: &&Place| {
        let claim = division.claims.get(entry.0).and_then(|claims| claims.get(entry.3));
        claim.is_some_and(|claim| claim.award < claim.due)
    };
    let is_own = |entry: &Place| entry.3 == municipality;
    Some(Competing {
        score: reader.filled(Role::Score, &by.score)?,
        wanted: by.points.as_ref().and_then(|points| reader.filled(Role::Points, points)),
        points: division.points.get(municipality).copied().unwrap_or(0.0),
        funded: division.funded.get(municipality).copied().unwrap_or(0.0),
        place: order.iter().position(is_own).map(|place| place + 1),
        competitors: order.len(),
        waiting_place: order.iter().filter(waits).position(is_own).map(|place| place + 1),
        partial: money(division.partial),
    })
}
