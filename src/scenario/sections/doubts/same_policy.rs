//! Policies that cannot change anything against the baseline.

use super::say::listed;
use super::{Doubt, Seen};
use crate::model::{Difference, Idle, Policy};
use crate::problem::{Problem, codes};
use crate::scenario::decode::quoted;

/// One warning for each policy that has the baseline's rules and pots, or differs from it only
/// where that cannot matter.
pub fn doubts(seen: Seen<'_>) -> Vec<Doubt> {
    let scenario = seen.scenario;
    let Some(baseline) = scenario.policies.get(scenario.baseline) else { return Vec::new() };
    let mut found = Vec::new();
    for (index, policy) in scenario.policies.iter().enumerate() {
        let differences = scenario.differences(policy, baseline);
        if index != scenario.baseline && differences.iter().all(|at| at.idle.is_some()) {
            found.push(Doubt::One(told(seen, policy, baseline, &differences)));
        }
    }
    found
}

fn told(seen: Seen<'_>, policy: &Policy, baseline: &Policy, differences: &[Difference]) -> Problem {
    let why = if differences.is_empty() {
        "it has the same rules and the same pots".to_owned()
    } else {
        let each: Vec<String> = differences.iter().map(|at| idle(seen, *at)).collect();
        format!("it differs only in {}", listed(&each, each.len()))
    };
    let message = format!(
        "the policy {} pays what the baseline {} pays: {why}",
        quoted(&policy.name),
        quoted(&baseline.name)
    );
    let mut problem = Problem::warning(codes::SAME_POLICY, message);
    problem.at = policy.place.clone().map(|place| (place, String::new()));
    if let Some(place) = &baseline.place {
        problem = problem.also(place, "the baseline");
    }
    problem
        .note("every comparison with the baseline is zero by construction")
        .help("change a rule or a pot, remove the policy, or write in a waiver what it is kept for")
}

fn idle(seen: Seen<'_>, at: Difference) -> String {
    let programme = seen.scenario.programmes.get(at.programme);
    let programme = programme.map_or_else(String::new, |programme| quoted(&programme.name));
    let why = match at.idle {
        Some(Idle::OpenEnded) => "whose pot is open-ended under both",
        Some(Idle::Empty) => "whose pot is 0 in every year under both",
        Some(Idle::NoRule) => "of which neither has a rule",
        None => "",
    };
    format!("`{}` of {programme}, {why}", at.field)
}
