//! Every input that the fuzzers start from or once stumbled over, through the same checks.

use crate::attack;
use crate::support::in_repository;
use std::fs;

/// Gives every seed of a folder to a check; the count must be that of a folder that is filled.
fn replay(folder: &str, check: fn(&[u8])) {
    let folder = in_repository("tests/attack/seeds").join(folder);
    let mut seeds: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    seeds.sort();
    assert!(seeds.len() >= 10, "{} seeds", seeds.len());
    for seed in seeds {
        // The name of the seed that fails stands above its panic.
        println!("{}", seed.display());
        check(&fs::read(seed).unwrap());
    }
}

#[test]
fn every_seed_of_a_scenario_opens_or_is_refused_in_words() {
    replay("door", attack::door);
}

#[test]
fn every_seed_of_a_table_is_taken_apart_or_refused() {
    replay("tables", attack::tables);
}

#[test]
fn every_seed_of_a_formula_gives_the_same_twice_or_says_where_it_is_wrong() {
    replay("expression", attack::expression);
}

#[test]
fn every_seed_of_claims_is_divided_as_rules_promise_or_refused() {
    replay("allocate", attack::allocate);
}

#[test]
fn every_seed_of_an_altered_part_is_refused_or_a_run_that_is_possible() {
    replay("part", attack::part);
}

#[cfg(feature = "serve")]
#[test]
fn every_seed_of_a_request_is_answered_with_what_protects_a_reader() {
    replay("request", attack::request);
}
