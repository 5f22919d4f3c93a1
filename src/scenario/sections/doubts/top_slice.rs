//! Top slices that leave nothing to divide.

use std::collections::BTreeSet;

use super::say::{MOST_LISTED, listed};
use super::{Doubt, Seen};
use crate::model::{Appropriation, Pot};
use crate::problem::{Problem, codes};
use crate::scenario::decode::{quoted, spoken};

/// One warning for each pot whose top slice is the whole appropriation of a year, or more. Only
/// sums that are known before any draw are compared.
pub fn doubts(seen: Seen<'_>) -> Vec<Doubt> {
    let programmes = &seen.scenario.programmes;
    let of_policies =
        seen.scenario.policies.iter().flat_map(|policy| policy.pots.iter().enumerate());
    let own = programmes.iter().map(|programme| &programme.pot).enumerate();
    let mut told = BTreeSet::new();
    let mut found = Vec::new();
    for (programme, pot) in own.chain(of_policies) {
        let Some(worst) = worst(seen, pot) else { continue };
        let place = pot.top_slice.first().and_then(|slice| slice.amount.place.clone());
        let name = programmes.get(programme).map_or("", |programme| &programme.name);
        let message = format!(
            "the top slice of {} takes {}: nothing is left to divide",
            quoted(name),
            listed(&by_sum(&worst), MOST_LISTED)
        );
        if told.insert((place.clone(), message.clone())) {
            let mut problem = Problem::warning(codes::NOTHING_LEFT, message);
            problem.at = place.map(|place| (place, String::new()));
            found.push(Doubt::One(problem.help("lower the top slice, raise the appropriation, or write in a waiver why nobody shall be paid")));
        }
    }
    found
}

/// Years with the same sums, in one phrase each.
fn by_sum(worst: &[(i32, f64, f64)]) -> Vec<String> {
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    for (year, slice, sum) in worst {
        let sums = format!("{} of {} EUR", spoken(*slice), spoken(*sum));
        match found.last_mut().filter(|(last, _)| *last == sums) {
            Some((_, years)) => years.push(year.to_string()),
            None => found.push((sums, vec![year.to_string()])),
        }
    }
    let phrase =
        |(sums, years): (String, Vec<String>)| format!("{sums} in {}", listed(&years, MOST_LISTED));
    found.into_iter().map(phrase).collect()
}

/// The years in which nothing is left, with top slice and appropriation.
fn worst(seen: Seen<'_>, pot: &Pot) -> Option<Vec<(i32, f64, f64)>> {
    let Appropriation::Yearly(sums) = &pot.appropriation else { return None };
    let mut found = Vec::new();
    for (year, sum) in seen.scenario.years.iter().zip(sums) {
        let known = |formula| seen.scenario.fixed(formula, year);
        let slices: Option<Vec<f64>> =
            pot.top_slice.iter().map(|slice| known(&slice.amount)).collect();
        let Some((sum, slice)) = known(sum).zip(slices.map(|all| all.iter().sum::<f64>())) else {
            continue;
        };
        if sum > 0.0 && slice >= sum {
            found.push((year, slice, sum));
        }
    }
    (!found.is_empty()).then_some(found)
}
