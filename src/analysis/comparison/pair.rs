//! Two courses side by side: which years, programmes and municipalities of them belong together.

use super::groups::{Group, groups};
use super::seen::{Outcome, outcomes};
use crate::engine::Prepared;
use crate::model::{Scenario, Threshold};
use std::collections::BTreeSet;

/// A policy of a scenario, by position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Side {
    /// Position of the scenario.
    pub scenario: usize,
    /// Index of the policy in it.
    pub policy: usize,
}

/// What is compared with what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contest {
    /// The baseline.
    pub before: Side,
    /// What is compared with it, at its own pots.
    pub after: Side,
    /// The same at the pots of the baseline, where that can be had.
    pub same_pots: Option<Side>,
}

/// What belongs together of two courses: names, and an index into each that has it.
pub type Together<T> = Vec<(T, Option<usize>, Option<usize>)>;

/// An outcome of both, by its place among those of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paired {
    /// Its name.
    pub name: String,
    /// Its unit; empty where it is not known.
    pub unit: &'static str,
    /// Among those of the baseline.
    pub before: usize,
    /// Among those of the other.
    pub after: usize,
}

/// Two courses, and what of them belongs together.
#[derive(Clone, Debug)]
pub struct Pair {
    /// What is compared.
    pub contest: Contest,
    /// Calendar years that both have, with their index in each.
    pub years: Vec<(i32, usize, usize)>,
    /// Programmes of either, those of the baseline first.
    pub programmes: Together<String>,
    /// Codes of municipalities of either, in order.
    pub municipalities: Together<String>,
    /// The nation, its parts, and each municipality.
    pub groups: Vec<Group>,
    /// Outcomes that both have.
    pub outcomes: Vec<Paired>,
    /// How many years and municipalities each has.
    pub counts: [(usize, usize); 2],
    /// From when on a difference counts.
    pub threshold: Threshold,
}

impl Pair {
    /// Aligns two courses; `by` names columns of texts to group by.
    pub fn new(prepared: &[Prepared<'_>], contest: Contest, by: &[String]) -> Self {
        let sides = [contest.before, contest.after].map(|side| &prepared[side.scenario]);
        let [before, after] = sides.map(|prepared| prepared.scenario);
        let names = |scenario: &Scenario| -> Vec<String> {
            scenario.programmes.iter().map(|programme| programme.name.clone()).collect()
        };
        let codes = |scenario: &Scenario| scenario.municipalities.table.codes.clone();
        let mut municipalities = together(&codes(before), &codes(after));
        municipalities.sort();
        let count =
            |scenario: &Scenario| (scenario.years.count(), scenario.municipalities.table.len());
        Self {
            contest,
            years: years(before, after),
            programmes: together(&names(before), &names(after)),
            groups: groups(sides, &municipalities, by),
            municipalities,
            outcomes: paired(&outcomes(sides[0]), &outcomes(sides[1])),
            counts: [count(before), count(after)],
            threshold: before.threshold,
        }
    }
}

/// The years that both have.
pub fn years(before: &Scenario, after: &Scenario) -> Vec<(i32, usize, usize)> {
    let position = |year: i32| after.years.iter().position(|other| other == year);
    let all = before.years.iter().enumerate();
    all.filter_map(|(index, year)| Some((year, index, position(year)?))).collect()
}

/// Outcomes of the same name and unit, in the order of the baseline.
fn paired(before: &[Outcome], after: &[Outcome]) -> Vec<Paired> {
    let all = before.iter().enumerate().filter_map(|(index, one)| {
        let like = |other: &Outcome| (&other.name, other.unit) == (&one.name, one.unit);
        let other = after.iter().position(like)?;
        Some(Paired { name: one.name.clone(), unit: one.unit, before: index, after: other })
    });
    all.collect()
}

fn together(before: &[String], after: &[String]) -> Together<String> {
    let of = |list: &[String], name: &String| list.iter().position(|have| have == name);
    let known: BTreeSet<&String> = before.iter().collect();
    let first = before.iter().enumerate();
    let first = first.map(|(index, name)| (name.clone(), Some(index), of(after, name)));
    let others = after.iter().enumerate().filter(|(_, name)| !known.contains(name));
    first.chain(others.map(|(index, name)| (name.clone(), None, Some(index)))).collect()
}
