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
