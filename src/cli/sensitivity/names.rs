//! Names of figures, policies, programmes and years that are not known, all at once.

use crate::analysis::sensitivity::{Wanted, known_names};
use crate::engine::Prepared;
use crate::problem::{Problem, codes};
use crate::scenario::{did_you_mean, quoted};

/// A problem for each.
pub fn unknown(prepared: &Prepared<'_>, wanted: &Wanted) -> Vec<Problem> {
    let scenario = prepared.scenario;
    let policies = scenario.policies.iter().map(|policy| policy.name.clone()).collect();
    let all = || std::iter::once("all".to_owned());
    let programmes = scenario.programmes.iter().map(|programme| programme.name.clone());
    let years = scenario.years.iter().map(|year| year.to_string());
    let kinds: [(&[String], Vec<String>, &str); 4] = [
        (&wanted.outcomes, known_names(prepared), "a figure"),
        (&wanted.policies, policies, "a policy"),
        (&wanted.programmes, programmes.chain(all()).collect(), "a programme"),
        (&wanted.years, years.chain(all()).collect(), "a year"),
    ];
    let mut problems = Vec::new();
    for (names, known, what) in &kinds {
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        for name in names.iter().filter(|name| !known.contains(&name.as_str())) {
            let message = format!("{} is not {what} of this scenario", quoted(name));
            let problem = Problem::error(codes::UNKNOWN_NAME, message);
            problems.push(did_you_mean(problem, name, &known));
        }
    }
    problems
}
