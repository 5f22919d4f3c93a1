//! What is said about scenarios that are wrong: code, underlined text, message and help.

use super::small::{MUNICIPALITIES, POINTS, SCENARIO, changed, opened, told};
use dotacija::problem::Problem;
use proptest::prelude::*;

/// One change of the small scenario, and what is told about it.
struct Case(&'static str, &'static str, &'static [&'static str]);

const CASES: &[Case] = &[
    Case("format: 1", "format: 2", &["D0301 [2] format 2 is not known"]),
];

fn errors(from: &str, to: &str) -> Vec<String> {
    let opened = changed(from, to);
    let all = opened.problems.iter().filter(|problem| problem.is_error());
    let all: Vec<String> = all.map(|problem: &Problem| told(problem, &opened)).collect();
    assert_eq!(opened.scenario.is_none(), !all.is_empty());
    all
}

#[test]
fn every_fault_is_told_with_its_place() {
    for Case(from, to, expected) in CASES {
        let found = errors(from, to);
        let fits = found.len() == expected.len()
            && found.iter().zip(*expected).all(|(found, expected)| found.starts_with(expected));
        assert!(fits, "{from} → {to}\n  found    {found:#?}\n  expected {expected:#?}");
    }
}
