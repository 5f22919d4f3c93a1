//! What two scenarios have in common by name, and so draw alike.

use crate::model::{InputValue, Scenario};
use serde::Serialize;
use std::collections::BTreeSet;

/// What of one kind belongs together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Matched {
    /// `inputs`, `municipalities`, `points`, `years`, `programmes`, `outcomes` or `policies`.
    pub what: &'static str,
    /// How many both have.
    pub in_both: usize,
    /// What only the first has.
    pub only_first: Vec<String>,
    /// What only the second has.
    pub only_second: Vec<String>,
    /// What both have, but of another kind, so that it is not drawn alike.
    pub of_another_kind: Vec<String>,
}

/// What the scenarios of two policies have in common.
pub fn matched(
    (before, first): (&Scenario, usize),
    (after, second): (&Scenario, usize),
) -> Vec<Matched> {
    let each = [before, after];
    let kinds = |scenario: &Scenario| -> Vec<(String, String)> {
        let drawn = scenario.inputs.iter().map(|input| {
            let kind = match input.value {
                InputValue::Drawn(_) => format!("{:?} {:?}", input.extent, input.is_yearly()),
                InputValue::Computed(_) => "computed".to_owned(),
            };
            (input.name.clone(), kind)
        });
        drawn.collect()
    };
    let [one, other] = each.map(kinds);
    let mut inputs = match_names(
        "inputs",
        &one.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>(),
        &other.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>(),
    );
    inputs.of_another_kind = one
        .iter()
        .filter(|(name, kind)| other.iter().any(|(has, is)| has == name && is != kind))
        .map(|(name, _)| name.clone())
        .collect();
    let names = |of: &dyn Fn(&Scenario) -> Vec<String>, what: &'static str| {
        match_names(what, &of(before), &of(after))
    };
    let policy = |scenario: &Scenario, policy: usize| -> Vec<String> {
        scenario.policies.get(policy).map(|policy| policy.name.clone()).into_iter().collect()
    };
    vec![
        inputs,
        names(&|scenario| scenario.municipalities.table.codes.clone(), "municipalities"),
        names(&|scenario| scenario.points.table.codes.clone(), "points"),
        names(&|scenario| scenario.years.iter().map(|year| year.to_string()).collect(), "years"),
        names(
            &|scenario| scenario.programmes.iter().map(|known| known.name.clone()).collect(),
            "programmes",
        ),
        names(
            &|scenario| scenario.outcomes.iter().map(|known| known.name.clone()).collect(),
            "outcomes",
        ),
        match_names("policies", &policy(before, first), &policy(after, second)),
    ]
}

fn match_names(what: &'static str, first: &[String], second: &[String]) -> Matched {
    let (one, other): (BTreeSet<&String>, BTreeSet<&String>) =
        (first.iter().collect(), second.iter().collect());
    let but = |list: &[String], without: &BTreeSet<&String>| -> Vec<String> {
        list.iter().filter(|name| !without.contains(name)).cloned().collect()
    };
    Matched {
        what,
        in_both: one.intersection(&other).count(),
        only_first: but(first, &other),
        only_second: but(second, &one),
        of_another_kind: Vec::new(),
    }
}
