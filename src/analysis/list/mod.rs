//! A list of claims that is divided without a scenario: amounts as people write them become whole grains,
//! are divided by the rules of [`allocation`](crate::allocation), and become amounts again.

mod amount;
mod claims;
mod way;

pub use amount::{Amount, Grain, Unit};
pub use claims::{Claims, Entries, Ordered, read};
pub use way::{COMPETITION, Way, named, rules};

use crate::allocation::{Award, List, ListTerms, Rationing, RoundingMethod, divide_list};
use crate::problem::{Problem, codes};
use crate::scenario::quoted;

/// What there is to divide, and on which terms.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// What there is to divide.
    pub appropriation: Amount,
    /// To what awards are rounded.
    pub round: Unit,
    /// What every claim is awarded at least, or the claim where that is less.
    pub least: Amount,
    /// Whether rules that are exact for few claims only may be estimated.
    pub estimate: bool,
}

/// What a rule gives.
#[derive(Debug)]
pub struct Division {
    /// The rule.
    pub way: Way,
    /// In the order of the table.
    pub awards: Vec<Award>,
    /// How far an award may be off before rounding, in grains.
    pub error: f64,
}

/// Everything that divisions share.
pub struct Plan {
    /// The rules.
    pub ways: Vec<Way>,
    /// What there is to divide, as it was entered.
    pub appropriation: Amount,
    /// The same in grains; more than can be divided is the most there can be.
    pub pot: i64,
    /// The grain.
    pub grain: Grain,
    /// The unit of awards in grains, and how they are rounded to it.
    pub rounding: Option<(i64, &'static dyn RoundingMethod)>,
    /// Decimals of the unit.
    pub decimals: Option<i32>,
    /// The least award in grains.
    pub least: i64,
    /// The claims.
    pub list: Ordered,
}

/// Turns all amounts into grains, and judges them together.
///
/// # Errors
/// What does not go together.
pub fn plan(
    asked: &Asked,
    (ways, method): (Vec<Way>, &'static dyn RoundingMethod),
    claims: &Claims,
) -> Result<Plan, Vec<Problem>> {
    let unit = asked.round.amount();
    let least_award = asked.least;
    let one = |problem: Problem| vec![problem];
    let grain =
        claims.grain(&asked.appropriation, unit, &least_award).map_err(|problem| one(*problem))?;
    let pot = grain.down(&asked.appropriation);
    let units = unit.map_or(1, |unit| grain.down(unit).max(1));
    let least = grain.down(&least_award);
    let list = claims.ordered(grain, unit.is_some())?;
    if least % units != 0 {
        let unit = unit.map_or_else(String::new, ToString::to_string);
        let message = format!("{least_award} is no least award of a unit of {unit}");
        let problem = Problem::error(codes::OUT_OF_RANGE, message);
        let help = "write a multiple of `--round`, or round to a smaller unit";
        return Err(one(problem.help(help)));
    }
    let due: i64 = list.amounts.iter().map(|claim| least.min(claim / units * units)).sum();
    let inexact = inexact(asked.estimate, &ways, &list);
    if !inexact.is_empty() {
        return Err(inexact);
    }
    if due > pot {
        let message = format!(
            "{least_award} at least for everyone comes to {}, and there are {}",
            grain.exact(due),
            asked.appropriation
        );
        let problem = Problem::error(codes::LEAST_AWARDS, message);
        let note = "of a claim below the least award the claim itself is counted";
        return Err(one(problem.note(note).help("write a smaller `--at-least`, or leave it out")));
    }
    let rounding = unit.map(|_| (units, method));
    let decimals = unit.map(Amount::decimals);
    let appropriation = asked.appropriation;
    Ok(Plan { ways, appropriation, pot, grain, rounding, decimals, least, list })
}

/// The rules that would have to be estimated without having been asked to, or for too many.
fn inexact(may_estimate: bool, ways: &[Way], list: &Ordered) -> Vec<Problem> {
    let largest = list.largest_class();
    let told = ways.iter().filter_map(|way| {
        let Rationing::Rule(rule) = way.rationing else { return None };
        let name = quoted(rule.name());
        let beyond = |most: Option<usize>| most.filter(|&most| largest > most);
        if let Some(most) = beyond(rule.estimated_up_to()) {
            let message = format!(
                "{name} can be estimated for up to {most} claims, and {largest} stand together"
            );
            let problem = Problem::error(codes::NOT_EXACT, message);
            let note = "the time that it takes grows with the square of the claims";
            return Some(problem.note(note).help("choose another rule, or put claims in classes"));
        }
        let most = beyond(rule.exact_up_to()).filter(|_| !may_estimate)?;
        let message =
            format!("{name} is exact for up to {most} claims, and {largest} stand together");
        let problem = Problem::error(codes::NOT_EXACT, message);
        Some(
            problem
                .note("for more it can only be estimated, with an error")
                .help("ask for the estimate, `--estimate`, or choose another rule"),
        )
    });
    told.collect()
}

/// Divides by one rule; ties in order of name, awards in the order of the table.
#[must_use]
pub fn divide(plan: &Plan, way: Way) -> Division {
    let terms = ListTerms { rationing: way.rationing, rounding: plan.rounding, least: plan.least };
    let (ordered, error) = divide_list(&plan.list(), plan.pot, &terms);
    Division { way, awards: plan.by_row(&ordered), error }
}

impl Plan {
    /// The claims as they are divided.
    #[must_use]
    pub fn list(&self) -> List<'_> {
        List {
            claims: &self.list.amounts,
            weights: &self.list.weights,
            classes: &self.list.classes,
            scores: &self.list.scores,
        }
    }

    /// What stands in order of name, in the order of the table.
    pub fn by_row<T: Copy + Default>(&self, ordered: &[T]) -> Vec<T> {
        let mut by_row = vec![T::default(); ordered.len()];
        for (&row, value) in self.list.rows.iter().zip(ordered) {
            if let Some(place) = by_row.get_mut(row) {
                *place = *value;
            }
        }
        by_row
    }
}
