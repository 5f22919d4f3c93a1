//! Searches whose answers are worked by hand.

use super::*;
use crate::analysis::example::example;
use crate::expression::Sign;
use crate::model::Scenario;
use std::cell::RefCell;
use std::convert::Infallible;

/// The pot of maintenance in the second year, EUR.
fn with_pot(euro: f64) -> Scenario {
    let mut scenario = example();
    let pot = crate::analysis::example::constant_formula(&scenario, &format!("{euro}"));
    scenario.policies[0].pots[1].appropriation =
        crate::model::Appropriation::Yearly(vec![pot.clone(), pot]);
    scenario
}

fn shortfall(year: Option<usize>, level: f64) -> Target {
    Target {
        text: String::new(),
        of: Measured { measure: Measure::Shortfall, subject: Subject::Programme(1), year },
        sign: Sign::AtMost,
        level,
    }
}

fn solved(target: &Target, dial: &Dial) -> Solution {
    let asked = Asked { target, policy: "today", dial, present: 1_500.0, draws: 127, curve: 0 };
    solve(&asked, &|euro| Ok::<_, Infallible>(with_pot(euro)), &|_, _| {})
        .unwrap_or_else(|_| panic!("no formula fails"))
}

#[test]
fn the_least_pot_without_a_shortfall_is_what_is_due() {
    // 2023 under `today`: 1 200 + 1 800 = 3 000 due in every draw. Steps of 0.5: short up to 2 999.5.
    let dial = Dial::new(0.0, 5_000.0, None).unwrap();
    let found = solved(&shortfall(Some(1), 0.05), &dial);
    assert_eq!(found.outcome, Outcome::Found);
    let answer = found.answer.unwrap();
    assert_eq!((answer.last.value, answer.next.value), (3_000.0, 2_999.5));
    assert_eq!((answer.is_met_below, answer.last.reading.draws), (false, 127));
    // Of 127 draws none is short: at most 2.9 % (Wilson: z²/(n + z²) = 3.8415/130.8415), so it is
    // sure at once; 50 cents below all are.
    assert_eq!(answer.interval(), (Some(2_999.5), Some(3_000.0)));
    assert!(found.is_monotone && !found.is_flat && found.other_borders.is_empty());
}

#[test]
fn too_few_draws_leave_an_end_open() {
    // 1 % is below what none of 127 draws can show (2.9 %): nowhere is it sure.
    let dial = Dial::new(0.0, 5_000.0, None).unwrap();
    let answer = solved(&shortfall(Some(1), 0.01), &dial).answer.unwrap();
    assert_eq!(answer.last.value, 3_000.0);
    assert_eq!((answer.sure, answer.possible), (None, Some(2_999.5)));
}

#[test]
fn what_is_met_nowhere_or_everywhere_is_said_with_both_ends() {
    let below = solved(&shortfall(Some(1), 0.05), &Dial::new(0.0, 2_000.0, None).unwrap());
    assert_eq!((below.outcome, below.answer), (Outcome::Never, None));
    assert_eq!(below.ends.map(|end| end.reading.estimate), [Some(1.0), Some(1.0)]);
    let above = solved(&shortfall(Some(1), 0.05), &Dial::new(4_000.0, 5_000.0, None).unwrap());
    assert_eq!(above.outcome, Outcome::Everywhere);
    assert_eq!(above.ends.map(|end| (end.value, end.met)), [(4_000.0, true), (5_000.0, true)]);
    assert!(above.is_flat);
}

#[test]
fn every_value_is_tried_on_the_same_draws_and_none_twice() {
    let dial = Dial::new(0.0, 5_000.0, None).unwrap();
    let target = shortfall(Some(1), 0.05);
    let asked = Asked {
        target: &target,
        policy: "today",
        dial: &dial,
        present: 1_500.0,
        draws: 127,
        curve: 5,
    };
    let told = RefCell::new(Vec::new());
    let progress = |value: f64, draws: u64| told.borrow_mut().push((value.to_bits(), draws));
    let found = solve(&asked, &|euro| Ok::<_, Infallible>(with_pot(euro)), &progress)
        .unwrap_or_else(|_| panic!("no formula fails"));
    let mut values: Vec<u64> = told.borrow().iter().map(|(value, _)| *value).collect();
    values.sort_unstable();
    values.dedup();
    assert_eq!((values.len(), told.borrow().len()), (found.tried, found.tried));
    assert_eq!(found.simulated, 127 * found.tried as u64);
    let curve: Vec<f64> = found.curve.iter().map(|trial| trial.value).collect();
    assert_eq!(curve, [0.0, 1_250.0, 2_500.0, 3_750.0, 5_000.0]);
}

#[test]
fn of_several_borders_the_one_nearest_to_today_is_found_and_the_others_are_told() {
    // A lever that opens the pot between 2 000 and 4 000 alone: borders at 2 000 and at 4 000.
    let make = |value: f64| {
        let inside = (2_000.0..4_000.0).contains(&value);
        Ok::<_, Infallible>(with_pot(if inside { 3_000.0 } else { 100.0 }))
    };
    let dial = Dial::new(0.0, 8_000.0, Some(1.0)).unwrap();
    let target = shortfall(Some(1), 0.05);
    let of = |present: f64| {
        let asked =
            Asked { target: &target, policy: "today", dial: &dial, present, draws: 64, curve: 0 };
        solve(&asked, &make, &|_, _| {}).unwrap_or_else(|_| panic!("no formula fails"))
    };
    let low = of(500.0);
    let answer = low.answer.unwrap();
    assert_eq!((answer.last.value, answer.next.value), (2_000.0, 1_999.0));
    assert_eq!((low.is_monotone, low.other_borders.len()), (false, 1));
    let high = of(7_000.0).answer.unwrap();
    assert_eq!((high.last.value, high.next.value, high.is_met_below), (3_999.0, 4_000.0, true));
}
