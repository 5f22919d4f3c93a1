//! A run for a precision, in words.

use super::show;
use crate::analysis::{Attained, Estimate, Look};
use crate::model::{Precision, Scenario};
use crate::problem::{Problem, Sources, codes};
use crate::report::grouped;
use crate::scenario::spoken;

/// The most draws that are proposed.
const MOST_PROPOSED: f64 = 1e9;
/// Digits of a width that matter, and how many at most where that does not tell two apart.
const DIGITS: (usize, usize) = (2, 6);

/// When a run ends, for who checks a scenario.
pub fn goal(precision: &Precision) -> String {
    let share = precision.relative.map(|share| format!("{} %", spoken(100.0 * share)));
    let amount = precision.within.map(spoken);
    let wanted = match (share, amount) {
        (Some(share), Some(amount)) => format!("{share} or {amount}"),
        (share, amount) => share.or(amount).unwrap_or_default(),
    };
    let looks = precision.looks();
    let last = looks.last().copied().unwrap_or(0);
    format!(
        "precision: until every mean is known within {wanted}, with confidence {} %; {}, the last at {} draws\n",
        spoken(100.0 * precision.confidence),
        plural(looks.len(), "look", "looks"),
        whole(last)
    )
}

/// What a look has shown, a line.
pub fn look(scenario: &Scenario, look: &Look) -> String {
    let draws = format!("{} draws", whole(look.draws));
    let Some(widest) = &look.widest else { return format!("{draws}: no figure has a value") };
    let (half, wanted) = widths(scenario, widest);
    let programme = widest.programme.as_ref().map_or_else(String::new, |name| format!("{name}, "));
    let policy = if widest.policy.is_empty() { "" } else { ", " };
    format!(
        "{draws}: ± {half}, wanted {wanted} ({}, {programme}{}{policy}{})",
        widest.figure, widest.year, widest.policy
    )
}

/// That a precision was reached, a line.
pub fn reached(attained: &Attained) -> String {
    format!(
        "precision reached with {} draws: {} known as well as wanted, with confidence {} % over {}",
        whole(attained.draws),
        plural(attained.figures.len(), "figure", "figures"),
        spoken(100.0 * attained.confidence),
        plural(attained.looks_allowed, "look", "looks"),
    )
}

/// Says whether a precision was reached; that it was not also to who wants to hear of problems only.
pub fn tell(
    attained: &Attained,
    missed: Option<&Problem>,
    scenario: &Scenario,
    sources: &Sources,
    quiet: bool,
) {
    match missed {
        Some(problem) if scenario.waivers.iter().any(|waiver| waiver.covers(problem)) => {}
        Some(problem) => show::problems(std::slice::from_ref(problem), sources),
        None if quiet => {}
        None => show::message(&reached(attained)),
    }
}

/// The warning of a precision that was not reached; nothing where it was.
pub fn missed(scenario: &Scenario, attained: &Attained) -> Option<Problem> {
    let last = attained.looks.last().filter(|_| !attained.reached)?;
    let message = format!(
        "after {} draws {} of {} not known as well as wanted",
        whole(attained.draws),
        last.missed,
        plural(attained.figures.len(), "figure is", "figures are"),
    );
    let mut problem = Problem::warning(codes::NOT_PRECISE, message);
    let mut needed = f64::INFINITY;
    if let Some(widest) = &last.widest {
        let (half, wanted) = widths(scenario, widest);
        let of = widest.programme.as_ref().map_or_else(String::new, |name| format!(" of `{name}`"));
        let under = if widest.policy.is_empty() {
            String::new()
        } else {
            format!(" under `{}`", widest.policy)
        };
        problem = problem.note(format!(
            "farthest from it is `{}`{of} in {}{under}: ± {half}, wanted {wanted}",
            widest.figure, widest.year
        ));
        // The error falls with the square root of the draws, or faster.
        needed = attained.draws as f64 * widest.excess() * widest.excess();
    }
    let mut enough = attained.draws as f64;
    while enough < needed && enough <= MOST_PROPOSED {
        enough *= 2.0;
    }
    Some(problem.help(if enough <= MOST_PROPOSED {
        format!("`at_most: {}` should do, since four times the draws halve the error", spoken(enough))
    } else {
        "want less: a larger `relative`, or an amount `within` which a figure near 0 is known well enough"
            .to_owned()
    }))
}

/// Half the width of the interval and what it may be: in per cent of the mean where a share is asked
/// for, else in the unit of the figure. Two that differ are written so that they do.
fn widths(scenario: &Scenario, estimate: &Estimate) -> (String, String) {
    let relative = scenario.run.precision.as_ref().and_then(|precision| precision.relative);
    let wanted = estimate.wanted.unwrap_or(f64::NAN);
    let mean = estimate.mean.unwrap_or(0.0).abs();
    let in_share = relative.is_some_and(|share| mean > 0.0 && mean * share == wanted);
    let (scale, unit) = match () {
        () if in_share => (100.0 / mean, " %".to_owned()),
        () if estimate.programme.is_some() => (1.0, format!(" {}", scenario.currency)),
        () => (1.0, String::new()),
    };
    let Some(half) = estimate.half_width else {
        return ("unknown".to_owned(), format!("{}{unit}", significant(wanted * scale, DIGITS.0)));
    };
    let written = |digits| {
        [half, wanted].map(|width| format!("{}{unit}", significant(width * scale, digits)))
    };
    let distinct = (DIGITS.0..DIGITS.1).find(|&digits| {
        half == wanted || {
            let [half, wanted] = written(digits);
            half != wanted
        }
    });
    let [half, wanted] = written(distinct.unwrap_or(DIGITS.1));
    (half, wanted)
}

/// A number with so many digits that matter, and all those before the point.
fn significant(value: f64, digits: usize) -> String {
    let mut size = value.abs();
    if size == 0.0 || !size.is_finite() {
        return spoken(value);
    }
    // A hair less, for what rounding has made a little smaller than it is written.
    let least = (1..digits).fold(1.0, |power, _| 10.0 * power) * (1.0 - 1e-9);
    let mut decimals = 0;
    while size < least && decimals < 12 {
        size *= 10.0;
        decimals += 1;
    }
    if decimals == 0 { grouped(Some(value)) } else { format!("{value:.decimals$}") }
}

fn whole(count: u64) -> String {
    grouped(Some(count as f64))
}

fn plural(count: usize, one: &str, more: &str) -> String {
    format!("{} {}", whole(count as u64), if count == 1 { one } else { more })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::example;

    fn estimate(half: f64) -> Estimate {
        Estimate {
            policy: "today".to_owned(),
            figure: "award".to_owned(),
            programme: Some("maintenance".to_owned()),
            year: 2023,
            mean: Some(50_000.0),
            half_width: Some(half),
            wanted: Some(50.0),
            reached: half <= 50.0,
        }
    }

    fn scenario(relative: Option<f64>, within: Option<f64>) -> Scenario {
        let mut scenario = example();
        let figures = Vec::new();
        let precision = Precision { figures, relative, within, confidence: 0.95, at_most: 8_191 };
        scenario.run.precision = Some(precision);
        scenario
    }

    fn seen(half: f64) -> Look {
        Look { draws: 4_096, missed: usize::from(half > 50.0), widest: Some(estimate(half)) }
    }

    #[test]
    fn a_look_is_told_in_per_cent_where_a_share_is_wanted_and_in_money_where_money_is() {
        // 115 of 50 000 is 0.23 %, 50 is 0.1 %.
        let share = scenario(Some(0.001), Some(20.0));
        let told = look(&share, &seen(115.0));
        assert_eq!(told, "4 096 draws: ± 0.23 %, wanted 0.10 % (award, maintenance, 2023, today)");
        // Just missed: more digits, until they differ.
        assert!(look(&share, &seen(50.02)).contains("± 0.10004 %, wanted 0.10000 %"));
        let told = look(&scenario(None, Some(50.0)), &seen(1_150.4));
        assert!(told.contains(": ± 1 150 EUR, wanted 50 EUR ("), "{told}");
    }

    #[test]
    fn what_was_missed_says_by_how_much_and_how_many_draws_should_do() {
        let attained = |half: f64| Attained {
            reached: half <= 50.0,
            draws: 4_096,
            at_most: 8_191,
            looks_allowed: 3,
            confidence: 0.95,
            relative: Some(0.001),
            within: None,
            looks: vec![seen(half)],
            figures: vec![estimate(half), estimate(1.0)],
        };
        let scenario = scenario(Some(0.001), None);
        assert_eq!(missed(&scenario, &attained(49.0)), None);
        assert_eq!(
            reached(&attained(49.0)),
            "precision reached with 4 096 draws: 2 figures known as well as wanted, with confidence 95 % over 3 looks"
        );
        // 4 096 · 2.3² = 21 668: the next look is at 32 768.
        let told = missed(&scenario, &attained(115.0)).unwrap();
        assert_eq!(
            told.message,
            "after 4 096 draws 1 of 2 figures are not known as well as wanted"
        );
        assert!(
            told.note.unwrap().ends_with(
                "`award` of `maintenance` in 2023 under `today`: ± 0.23 %, wanted 0.10 %"
            )
        );
        assert!(told.help.unwrap().starts_with("`at_most: 32_768` should do"));
        let hopeless = missed(&scenario, &attained(1e9)).unwrap();
        assert!(hopeless.help.unwrap().starts_with("want less"));
    }

    #[test]
    fn a_width_has_as_many_digits_as_matter() {
        let just_below = 0.1_f64.next_down();
        for (value, text) in [
            (just_below, "0.10"),
            (0.234, "0.23"),
            (2.8, "2.8"),
            (13.26, "13"),
            (1_150.4, "1 150"),
            (0.0, "0"),
            (0.000_123, "0.00012"),
        ] {
            assert_eq!(significant(value, 2), text);
        }
    }

    #[test]
    fn the_goal_names_its_looks() {
        let told = goal(scenario(Some(0.001), Some(500.0)).run.precision.as_ref().unwrap());
        let expected = "precision: until every mean is known within 0.1 % or 500, with confidence 95 %; \
                        3 looks, the last at 4 096 draws\n";
        assert_eq!(told, expected);
    }
}
