//! Every rule on the same draws, in figures.

use super::search::{attempts, spread};
use super::seen::Case;
use super::{CENT, GROUP};
use crate::allocation::properties::Property;
use crate::allocation::{RationingRule, portions};
use crate::analysis::verdicts::{Verdict, of_hits};
use crate::model::Scenario;
use crate::stats::inequality::{gini, sample_variation};
use serde::Serialize;
use std::collections::BTreeMap;

/// Problems on which splitting and merging are tried.
const TRIED: usize = 50;

/// What a rule gives of each problem of a case, EUR: `[problem][claimant]`.
pub type Awards = Vec<Vec<f64>>;

/// How a rule fares in one programme of one policy.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LeagueRow {
    /// Name of the rule.
    pub rule: String,
    /// Gini coefficient of the shares of the claims that are paid, mean over short pots: 0 where all
    /// are paid the same share.
    pub inequality: Option<f64>,
    /// The smallest share of a claim that is paid, mean over short pots.
    pub adequacy: Option<f64>,
    /// Coefficient of variation of an award over the draws of a year, mean over municipalities and years.
    pub volatility: Option<f64>,
    /// Pearson's correlation between awards and what is due, mean over short pots.
    pub correlation_with_need: Option<f64>,
    /// The most that one of the municipalities tried gains by claiming as two or with another as one,
    /// as a share of its award, mean over the pots tried.
    pub manipulability: Option<f64>,
    /// Municipalities and years in which nothing can be said between this rule and the policy.
    pub undecided: usize,
    /// Of so many municipalities and years.
    pub judged: usize,
}

/// Divides every pot of a case by a rule, to fractions of a cent.
#[must_use]
pub fn divide_all(case: &Case, rule: &dyn RationingRule) -> Awards {
    let divide = |pot: i64, claims: &[i64]| -> Vec<f64> {
        let given = portions(rule, pot, claims, &[]);
        let of = given.of.max(1) as f64;
        let cents = given.whole.iter().zip(&given.rest);
        cents.map(|(&whole, &rest)| (whole as f64 + rest as f64 / of) / 100.0).collect()
    };
    case.problems.iter().map(|problem| divide(problem.pot, &problem.claims)).collect()
}

/// What a rule's awards come to.
#[must_use]
pub fn league_row(
    scenario: &Scenario,
    case: &Case,
    rule: &dyn RationingRule,
    awards: &Awards,
) -> LeagueRow {
    let short = || case.problems.iter().zip(awards).filter(|(problem, _)| problem.is_short());
    let shares: Vec<Vec<f64>> = short()
        .map(|(problem, awards)| {
            let claims = problem.claims.iter().zip(awards).filter(|(claim, _)| **claim > 0);
            claims.map(|(&claim, &award)| 100.0 * award / claim as f64).collect()
        })
        .collect();
    let (undecided, judged) = verdicts(scenario, case, awards);
    LeagueRow {
        rule: rule.name().to_owned(),
        inequality: mean(shares.iter().filter_map(|shares| gini(shares))),
        adequacy: mean(shares.iter().filter_map(|shares| shares.iter().copied().reduce(f64::min))),
        volatility: volatility(case, awards),
        correlation_with_need: mean(short().filter_map(|(problem, awards)| {
            let due: Vec<f64> = problem.claims.iter().map(|&claim| claim as f64).collect();
            correlation(&due, awards)
        })),
        manipulability: manipulability(case, rule),
        undecided,
        judged,
    }
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (mut sum, mut count) = (0.0, 0_u32);
    for value in values {
        sum += value;
        count += 1;
    }
    (count > 0).then(|| sum / f64::from(count))
}

/// Where the awards of each year and municipality stand: problem by problem, with the place in it.
fn by_year_and_municipality(case: &Case) -> BTreeMap<(i32, u32), Vec<(usize, usize)>> {
    let mut found: BTreeMap<(i32, u32), Vec<(usize, usize)>> = BTreeMap::new();
    for (number, problem) in case.problems.iter().enumerate() {
        for (place, &municipality) in problem.members.iter().enumerate() {
            found.entry((problem.year, municipality)).or_default().push((number, place));
        }
    }
    found
}

fn volatility(case: &Case, awards: &Awards) -> Option<f64> {
    let all = by_year_and_municipality(case);
    mean(all.values().filter_map(|places| {
        let over_draws: Vec<f64> =
            places.iter().map(|&(problem, place)| awards[problem][place]).collect();
        sample_variation(&over_draws)
    }))
}

fn correlation(one: &[f64], other: &[f64]) -> Option<f64> {
    let (a, b) = (mean(one.iter().copied())?, mean(other.iter().copied())?);
    let (mut both, mut of_one, mut of_other) = (0.0, 0.0, 0.0);
    for (x, y) in one.iter().zip(other) {
        both += (x - a) * (y - b);
        of_one += (x - a) * (x - a);
        of_other += (y - b) * (y - b);
    }
    // Awards that differ by rounding alone go with nothing.
    let varies = |squares: f64, mean: f64| squares > 1e-18 * mean * mean;
    let found = both / (of_one * of_other).sqrt();
    (varies(of_one, a) && varies(of_other, b) && found.is_finite()).then_some(found)
}

fn manipulability(case: &Case, rule: &dyn RationingRule) -> Option<f64> {
    let claimants = case.claimants();
    let is_estimated = rule.exact_up_to().is_some_and(|most| claimants > most.min(GROUP));
    let group = is_estimated.then_some(GROUP);
    mean(spread(case, TRIED).enumerate().map(|(number, problem)| {
        let mut most = 0.0_f64;
        for property in [Property::NoAdvantageousSplitting, Property::NoAdvantageousMerging] {
            for attempt in attempts(property, problem, number, group) {
                let Some(found) = attempt.trial.violation(property, rule) else { continue };
                let gain = (found.award - found.bound).abs();
                let honest = found.award.min(found.bound);
                if gain >= CENT && honest >= CENT {
                    most = most.max(gain / honest);
                }
            }
        }
        most
    }))
}

/// Municipalities and years in which a rule against the policy is undecided, and all.
fn verdicts(scenario: &Scenario, case: &Case, awards: &Awards) -> (usize, usize) {
    let grouping = scenario.run.plan.grouping();
    let all = by_year_and_municipality(case);
    let undecided = |places: &&Vec<(usize, usize)>| {
        let mut hits = (0, 0, 0);
        for &(problem, place) in *places {
            let policy = case.problems[problem].awards[place] as f64 / 100.0;
            let difference = awards[problem][place] - policy;
            let least = scenario.threshold.euro.max(scenario.threshold.percent / 100.0 * policy);
            // What rounding to the unit of the policy makes is no change.
            hits.0 += u64::from(difference.abs() >= 1.0);
            hits.1 += u64::from(difference > least);
            hits.2 += u64::from(difference < -least);
        }
        of_hits(hits, places.len() as u64, grouping) == Verdict::Undecided
    };
    (all.values().filter(undecided).count(), all.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::allocation::rationing::by_name;
    use crate::analysis::audit::Problem;
    use crate::analysis::example::example;

    fn case() -> Case {
        // 100 and 300 of 200; in another draw of 300.
        let problem = |draw, pot| Problem {
            year: 2022,
            draw,
            pot,
            members: [0, 1].into(),
            claims: vec![10_000, 30_000],
            awards: vec![5_000, 15_000],
            ask: None,
        };
        Case {
            policy: 0,
            programme: 0,
            rule: by_name("Proportional"),
            terms: crate::allocation::Terms::of_rule(by_name("Proportional").unwrap()),
            weighs: false,
            has_classes: false,
            protects: false,
            open_ended: false,
            pools: Vec::new(),
            problems: vec![problem(0, 20_000), problem(1, 30_000)],
        }
    }

    fn row(rule: &str) -> LeagueRow {
        let (case, rule) = (case(), by_name(rule).unwrap());
        league_row(&example(), &case, rule, &divide_all(&case, rule))
    }

    #[test]
    fn figures_are_those_worked_by_hand() {
        let close = |found: Option<f64>, expected: f64| {
            assert!((found.unwrap() - expected).abs() < 1e-9, "{found:?} for {expected}");
        };
        let proportional = row("Proportional");
        // Half and three quarters of each claim.
        close(proportional.inequality, 0.0);
        close(proportional.adequacy, 0.625);
        close(proportional.correlation_with_need, 1.0);
        close(proportional.manipulability, 0.0);
        // 50 and 75: mean 62.5, deviation 25/√2; the same for 150 and 225.
        close(proportional.volatility, 12.5 * 2.0_f64.sqrt() / 62.5);
        // Equal awards in the one pot, 100 and 200 of 100 and 300 in the other.
        close(row("ConstrainedEqualAwards").correlation_with_need, 1.0);
        // 100 and 100, 100 and 200: shares 1 and 1/3, 1 and 2/3. Gini of two: (1 − s)/(2(1 + s)),
        // (2/3)/(8/3) = 0.25 and (1/3)/(10/3) = 0.1.
        let awards = row("ConstrainedEqualAwards");
        close(awards.inequality, 0.175);
        close(awards.adequacy, 0.5);
        assert!(awards.manipulability.unwrap() > 0.0);
    }
}
