//! Programmes for which a policy has no rule, so that nobody is paid from them.

use super::say::{at_each, names};
use super::{Doubt, Seen, Subject};
use crate::model::Policy;
use crate::problem::{Problem, codes};
use crate::scenario::decode::quoted;

/// One warning for each programme whose appropriation some policies do not divide.
pub fn doubts(seen: Seen<'_>) -> Vec<Doubt> {
    if !seen.is_own("policies") && !seen.is_own("programmes") {
        return Vec::new();
    }
    let policies = &seen.scenario.policies;
    let mut found = Vec::new();
    for (index, programme) in seen.scenario.programmes.iter().enumerate() {
        let has_rule = |policy: &Policy| matches!(policy.rules.get(index), Some(Some(_)));
        // Where there is no money, no rule is needed.
        let has_pot = |policy: &Policy| {
            policy.pots.get(index).is_some_and(|pot| !seen.scenario.holds_nothing(pot))
        };
        let lacking = policies.iter().filter(|policy| !has_rule(policy) && has_pot(policy));
        let lacking: Vec<Subject> = lacking
            .filter_map(|policy| {
                Some(Subject { name: policy.name.clone(), place: policy.place.clone()? })
            })
            .collect();
        if lacking.is_empty() {
            continue;
        }
        let programme = quoted(&programme.name);
        let others = policies.iter().any(has_rule);
        let say = move |policies: &[Subject]| told(&programme, policies, others);
        found.push(Doubt::Many(lacking, Box::new(say)));
    }
    found
}

fn told(programme: &str, policies: &[Subject], others: bool) -> Problem {
    let message = match policies {
        [_] => {
            format!("the policy {} has no rule for the programme {programme}", names(policies))
        }
        _ => format!(
            "{} policies have no rule for the programme {programme}: {}",
            policies.len(),
            names(policies)
        ),
    };
    let note = if others {
        "nobody is paid from it there, and every comparison with a policy that has a rule shows the \
         whole award as a difference"
    } else {
        "nobody is paid from it, whatever its appropriation"
    };
    at_each(Problem::warning(codes::NO_RULE, message), policies)
        .note(note)
        .help("write a rule under `rules`, or in a waiver why nothing is paid")
}
