//! Dominance and regret worked by hand.

use super::*;
use crate::analysis::solve::{Measure, Measured, Subject};
use crate::engine::Source;
use crate::stats::Grouping;

fn objective(measure: Measure, more: bool) -> Objective {
    let of = Measured { measure, subject: Subject::Outcome(Source::Award), year: None };
    Objective { text: String::new(), of, more }
}

fn alternative(policy: &str, values: &[&[f64]]) -> Alternative {
    let values = values.iter().map(|values| values.to_vec()).collect();
    Alternative { policy: policy.to_owned(), setting: 0, values }
}

const TODAY: &[Setting] = &[Setting { values: Vec::new(), is_today: true }];

fn judged(alternatives: &[Alternative]) -> Vec<(Status, Option<usize>)> {
    let objectives = [objective(Measure::Mean, true), objective(Measure::Mean, false)];
    let found = frontier(&objectives, TODAY, alternatives, (Grouping::Independent, 1));
    found.points.iter().map(|point| (point.status, point.by)).collect()
}

#[test]
fn who_is_worse_in_one_measure_and_better_in_none_is_dominated() {
    // More of the first, less of the second. b is a with 1 less of the first in every draw; c gives
    // up some of the first for less of the second.
    let found = judged(&[
        alternative("a", &[&[5.0, 7.0, 9.0], &[2.0, 3.0, 4.0]]),
        alternative("b", &[&[4.0, 6.0, 8.0], &[2.0, 3.0, 4.0]]),
        alternative("c", &[&[3.0, 5.0, 7.0], &[1.0, 2.0, 3.0]]),
    ]);
    assert_eq!(
        found,
        [(Status::Undominated, None), (Status::Dominated, Some(1)), (Status::Undominated, None)]
    );
}

#[test]
fn a_difference_within_the_error_decides_nothing() {
    // b has 1 less on average, but between −3 and 1 of it by draw: 3 draws do not tell.
    let found = judged(&[
        alternative("a", &[&[5.0, 7.0, 9.0], &[2.0, 3.0, 4.0]]),
        alternative("b", &[&[6.0, 6.0, 6.0], &[2.0, 3.0, 4.0]]),
    ]);
    assert_eq!(found, [(Status::Undecided, None), (Status::Undecided, Some(1))]);
}

#[test]
fn two_that_are_the_same_in_all_draws_dominate_neither_the_other() {
    let same = [
        alternative("a", &[&[5.0, 7.0], &[2.0, 3.0]]),
        alternative("b", &[&[5.0, 7.0], &[2.0, 3.0]]),
    ];
    assert_eq!(judged(&same), [(Status::Undominated, None), (Status::Undominated, None)]);
    // Of one policy they are one point.
    let objectives = [objective(Measure::Mean, true), objective(Measure::Mean, false)];
    let twice = [same[0].clone(), Alternative { setting: 1, ..same[0].clone() }];
    let found = frontier(&objectives, TODAY, &twice, (Grouping::Independent, 1));
    assert_eq!((found.points.len(), found.points[0].repeated), (1, 1));
}

#[test]
fn who_beats_a_dominated_one_is_beaten_by_nobody() {
    let less = |by: f64| alternative("p", &[&[9.0 - by, 7.0 - by], &[1.0, 1.0]]);
    let found = judged(&[less(2.0), less(1.0), less(0.0)]);
    assert_eq!(found[0], (Status::Dominated, Some(3)));
    assert_eq!(found[1], (Status::Dominated, Some(3)));
}

#[test]
fn quantiles_are_compared_on_the_same_replicates() {
    // The greater by 1 in every draw has a 90 % quantile greater by 1 in every replicate.
    let values: Vec<f64> = (0..64).map(|at| f64::from(at * 37 % 64)).collect();
    let more: Vec<f64> = values.iter().map(|value| value + 1.0).collect();
    let objectives = [objective(Measure::Quantile(0.9), false)];
    let both = [alternative("a", &[&more]), alternative("b", &[&values])];
    let found = frontier(&objectives, TODAY, &both, (Grouping::Independent, 1));
    assert_eq!((found.points[0].status, found.points[0].by), (Status::Dominated, Some(2)));
    // Type 7: 0.9 · 63 = 56.7 of 0 … 63.
    let reading = found.points[1].readings[0];
    assert!((reading.estimate.unwrap() - 56.7).abs() < 1e-9);
    assert!(reading.lower < reading.estimate && reading.estimate < reading.upper);
}

fn rivals(assumption: &str, alternatives: &[(&str, &[f64])]) -> Rivals {
    let of = |(policy, values): &(&str, &[f64])| alternative(policy, &[values]);
    let alternatives = alternatives.iter().map(of).collect();
    Rivals { assumption: assumption.to_owned(), alternatives, grouping: Grouping::Independent }
}

#[test]
fn regret_is_what_the_best_of_a_draw_would_have_given_more() {
    // Best by draw: 10, 8, 6. Regret of a: 0, 4, 0 (mean 4/3, most 4); of b: 2, 0, 3 (5/3, 3);
    // of c: 1, 1, 1.5 (3.5/3, 1.5).
    let all = rivals(
        "as it stands",
        &[("a", &[10.0, 4.0, 6.0]), ("b", &[8.0, 8.0, 3.0]), ("c", &[9.0, 7.0, 4.5])],
    );
    let found = regrets(&[all], true, TODAY);
    let of = |at: usize| found.rows[at].worst;
    assert_eq!([0, 1, 2].map(|at| of(at).maximum), [Some(4.0), Some(3.0), Some(1.5)]);
    for (at, mean) in [4.0 / 3.0, 5.0 / 3.0, 3.5 / 3.0].into_iter().enumerate() {
        assert!((of(at).mean.estimate.unwrap() - mean).abs() < 1e-12);
    }
    assert!((of(0).best.unwrap() - 2.0 / 3.0).abs() < 1e-12);
    // Type 7 of 0, 0, 4 at 0.9: 0.8 of the way from 0 to 4.
    assert!((of(0).p90.unwrap() - 3.2).abs() < 1e-12);
    let marks: Vec<(bool, bool)> =
        found.rows.iter().map(|row| (row.least.is_minimax, row.least.is_least_mean)).collect();
    assert_eq!(marks, [(false, false), (false, false), (true, true)]);
    // Three draws do not tell the means apart.
    assert!(found.rows.iter().all(|row| row.least.may_be_least_mean));
}

#[test]
fn of_rival_assumptions_the_worst_counts() {
    // Less is better. Under the first a is better by 1, under the second b by 3.
    let first = rivals("first", &[("a", &[1.0, 2.0]), ("b", &[2.0, 3.0])]);
    let second = rivals("second", &[("a", &[5.0, 6.0]), ("b", &[2.0, 3.0])]);
    let found = regrets(&[first, second], false, TODAY);
    let of = |at: usize| &found.rows[at];
    assert_eq!((of(0).worst.maximum, of(1).worst.maximum), (Some(3.0), Some(1.0)));
    assert_eq!((of(0).least.is_minimax, of(1).least.is_minimax), (false, true));
    assert_eq!((of(0).least.may_be_least_mean, of(1).least.is_least_mean), (false, true));
    assert_eq!(of(0).under[0].maximum, Some(0.0));
    assert_eq!(of(0).worst.best, Some(0.0));
}

#[test]
fn ties_are_all_named() {
    let all = rivals("", &[("a", &[1.0, 3.0]), ("b", &[3.0, 1.0]), ("c", &[0.0, 0.0])]);
    let found = regrets(&[all], true, TODAY);
    let named: Vec<bool> = found.rows.iter().map(|row| row.least.is_minimax).collect();
    assert_eq!(named, [true, true, false]);
}

#[test]
fn a_draw_in_which_one_has_no_value_is_left_out_for_all() {
    let all = rivals("", &[("a", &[1.0, f64::NAN, 5.0]), ("b", &[3.0, 9.0, 5.0])]);
    let found = regrets(&[all], true, TODAY);
    assert_eq!((found.without_value, found.rows[0].worst.maximum), (1, Some(2.0)));
    assert_eq!(found.rows[1].worst.mean.draws, 2);
}
