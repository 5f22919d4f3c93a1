//! Who receives more or less than under the baseline. Every rule stands in `docs/specs/verdicts.md`.

use super::Name;
use super::awards::{policy_names, programme_names};
use super::intervals::{ChanceInterval, of_chance};
use crate::engine::{Difference, MONEY, PotKind, Tally};
use crate::model::Scenario;
use crate::stats::Grouping;
use serde::Serialize;

/// From this lower bound of the share of draws on it is "rather".
const RATHER_SHARE: f64 = 0.80;

/// What can be said of a municipality's money under a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Verdict {
    /// More, by more than the threshold, in every draw.
    #[serde(rename = "more")]
    More,
    /// More, by more than the threshold, in at least 80 % of futures with 95 % confidence.
    #[serde(rename = "rather more")]
    RatherMore,
    /// Neither.
    #[serde(rename = "undecided")]
    Undecided,
    /// Less, by more than the threshold, in at least 80 % of futures with 95 % confidence.
    #[serde(rename = "rather less")]
    RatherLess,
    /// Less, by more than the threshold, in every draw.
    #[serde(rename = "less")]
    Less,
    /// The same to the cent in every draw.
    #[serde(rename = "unchanged")]
    Unchanged,
    /// It has open points under the policy or under the baseline alone.
    #[serde(rename = "only under one")]
    OnlyUnderOne,
}

/// One row of `verdicts.csv`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VerdictRow {
    /// The policy.
    pub policy: Name,
    /// What it is compared with.
    pub baseline: Name,
    /// `same`: both settled with the baseline's pots; `own`: each with its own.
    pub pot: &'static str,
    /// The programme, or `all`.
    pub programme: Name,
    /// Code of the municipality.
    pub municipality: Name,
    /// Its name.
    pub name: Name,
    /// The year; `None`: all years together.
    pub year: Option<i32>,
    /// Mean of award under the policy less award under the baseline, EUR.
    pub difference_mean: Option<f64>,
    /// Its Monte Carlo standard error, EUR.
    pub difference_mcse: Option<f64>,
    /// Share of the draws in which it receives more by more than the threshold.
    pub p_more: Option<f64>,
    /// Share of the draws in which it receives less by more than the threshold.
    pub p_less: Option<f64>,
    /// The threshold is this, EUR …
    pub threshold_eur: f64,
    /// … or this, per cent of the award under the baseline in the draw, whichever is greater.
    pub threshold_percent: f64,
    /// What can be said.
    pub verdict: Verdict,
    /// What the number of draws leaves open of `p_more`.
    pub p_more_interval: ChanceInterval,
    /// And of `p_less`.
    pub p_less_interval: ChanceInterval,
}

impl Verdict {
    /// Every verdict, from more to less, then those that are neither.
    pub const ALL: [Self; 7] = [
        Self::More,
        Self::RatherMore,
        Self::Undecided,
        Self::RatherLess,
        Self::Less,
        Self::Unchanged,
        Self::OnlyUnderOne,
    ];

    /// As it stands in `verdicts.csv`.
    pub fn text(self) -> &'static str {
        match self {
            Self::More => "more",
            Self::RatherMore => "rather more",
            Self::Undecided => "undecided",
            Self::RatherLess => "rather less",
            Self::Less => "less",
            Self::Unchanged => "unchanged",
            Self::OnlyUnderOne => "only under one",
        }
    }
}

/// What can be said of a difference.
///
/// The share of futures beyond the threshold is judged by the lower end of its Wilson interval at
/// 95 % (Wilson 1927, doi:10.1080/01621459.1927.10502953), so that few draws decide little, and
/// those that come in pairs half as much.
pub fn verdict(difference: &Difference) -> Verdict {
    let (under_baseline, under_policy) = difference.has_points;
    if under_baseline != under_policy {
        return Verdict::OnlyUnderOne;
    }
    let moments = &difference.moments;
    let hits = (difference.changed, difference.more, difference.less);
    of_hits(hits, moments.count(), moments.grouping())
}

/// What can be said when in so many of the draws the award is another, is more, and is less by more
/// than the threshold.
pub(super) fn of_hits(
    (changed, more, less): (u64, u64, u64),
    draws: u64,
    grouping: Grouping,
) -> Verdict {
    let sure = |hits: u64| draws > 0 && hits == draws;
    let rather = |hits: u64| {
        of_chance(hits, draws, grouping).is_some_and(|interval| interval.lower >= RATHER_SHARE)
    };
    if draws > 0 && changed == 0 {
        Verdict::Unchanged
    } else if sure(more) {
        Verdict::More
    } else if sure(less) {
        Verdict::Less
    } else if rather(more) {
        Verdict::RatherMore
    } else if rather(less) {
        Verdict::RatherLess
    } else {
        Verdict::Undecided
    }
}

/// Rows by policy, pot (same first), programme, municipality and year; `all` behind the programmes
/// and behind the years.
pub fn rows(scenario: &Scenario, tally: &Tally) -> Vec<VerdictRow> {
    let Some(baseline) = scenario.policies.get(scenario.baseline) else { return Vec::new() };
    let table = &scenario.municipalities.table;
    let (codes, names) = (Name::all(&table.codes), Name::all(&table.names));
    let (baseline, programmes) = (Name::from(baseline.name.as_str()), programme_names(scenario));
    let mut rows = Vec::new();
    for (policy, chosen) in policy_names(scenario).iter().enumerate() {
        if policy == scenario.baseline {
            continue;
        }
        for (kind, pot) in [(PotKind::Same, "same"), (PotKind::Own, "own")] {
            for (programme, called) in programmes.iter().enumerate() {
                for (municipality, code) in codes.iter().enumerate() {
                    let years = scenario.years.iter().map(Some).chain([None]);
                    for (year, calendar) in years.enumerate() {
                        let at = [policy, kind as usize, programme, year, municipality];
                        let difference = tally.differences.get(at);
                        let moments = &difference.moments;
                        let share = |hits: u64| {
                            (moments.count() > 0).then(|| hits as f64 / moments.count() as f64)
                        };
                        let interval =
                            |hits: u64| of_chance(hits, moments.count(), moments.grouping());
                        rows.push(VerdictRow {
                            policy: chosen.clone(),
                            baseline: baseline.clone(),
                            pot,
                            programme: called.clone(),
                            municipality: code.clone(),
                            name: names[municipality].clone(),
                            year: calendar,
                            difference_mean: moments.mean().map(|cents| cents / MONEY),
                            difference_mcse: moments.mcse().map(|cents| cents / MONEY),
                            p_more: share(difference.more),
                            p_less: share(difference.less),
                            threshold_eur: scenario.threshold.euro,
                            threshold_percent: scenario.threshold.percent,
                            verdict: verdict(difference),
                            p_more_interval: interval(difference.more),
                            p_less_interval: interval(difference.less),
                        });
                    }
                }
            }
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{example, findings};
    use crate::stats::Accumulator;

    /// A difference over so many draws, beyond the threshold in some of them.
    fn difference(draws: u64, more: u64, less: u64, changed: u64) -> Difference {
        let mut moments = Accumulator::new();
        for _ in 0..draws {
            moments.add(0);
        }
        Difference { moments, more, less, changed, has_points: (true, true) }
    }

    #[test]
    fn every_draw_beyond_the_threshold_decides() {
        assert_eq!(verdict(&difference(100, 100, 0, 100)), Verdict::More);
        assert_eq!(verdict(&difference(100, 0, 100, 100)), Verdict::Less);
        // One draw decides as well: it is all that was simulated.
        assert_eq!(verdict(&difference(1, 1, 0, 1)), Verdict::More);
    }

    #[test]
    fn eighty_per_cent_with_confidence_is_rather() {
        // n = 100, z² = 3.8415. 87 hits: centre 0.87 + 3.8415/200 = 0.889207, reach
        // 1.96 √(0.87·0.13/100 + 3.8415/40000) = 0.068697, over 1.038415: lower end 0.790157.
        assert_eq!(verdict(&difference(100, 87, 0, 100)), Verdict::Undecided);
        // 88 hits: centre 0.899207, reach 1.96 √(0.88·0.12/100 + 0.000096036) = 0.066531, lower
        // end 0.801873.
        assert_eq!(verdict(&difference(100, 88, 0, 100)), Verdict::RatherMore);
        assert_eq!(verdict(&difference(100, 0, 88, 100)), Verdict::RatherLess);
    }

    #[test]
    fn more_draws_decide_at_a_smaller_share() {
        // n = 10 000: 80.7 %: lower end (0.807 + 0.000192 − 1.96 √(0.807·0.193/10⁴ + 9.6e-9))
        // / 1.000384 = 0.79914; 80.8 %: 0.80016.
        assert_eq!(verdict(&difference(10_000, 8_070, 1_930, 10_000)), Verdict::Undecided);
        assert_eq!(verdict(&difference(10_000, 8_080, 1_920, 10_000)), Verdict::RatherMore);
        // Of fifteen draws all but one: lower end 0.70, nothing is decided.
        assert_eq!(verdict(&difference(15, 14, 0, 15)), Verdict::Undecided);
    }

    #[test]
    fn unchanged_means_to_the_cent_in_every_draw() {
        assert_eq!(verdict(&difference(100, 0, 0, 0)), Verdict::Unchanged);
        // A difference below the threshold is a difference: neither more nor less, nor unchanged.
        assert_eq!(verdict(&difference(100, 0, 0, 1)), Verdict::Undecided);
        assert_eq!(verdict(&difference(0, 0, 0, 0)), Verdict::Undecided);
    }

    #[test]
    fn a_municipality_with_points_under_one_policy_alone_is_listed_apart() {
        for has_points in [(true, false), (false, true)] {
            let apart = Difference { has_points, ..difference(100, 100, 0, 100) };
            assert_eq!(verdict(&apart), Verdict::OnlyUnderOne);
        }
        let neither = Difference { has_points: (false, false), ..difference(100, 100, 0, 100) };
        assert_eq!(verdict(&neither), Verdict::More);
    }

    #[test]
    fn differences_of_a_run_are_those_worked_by_hand() {
        // Maintenance 2022, 1 500 in the pot: today 642.86 and 857.14 (by months open); under the
        // reform 1 200 is due to each, so 750 each: +107.14 and −107.14, threshold 100 or 5 %.
        // 2023 today: 1 200 of 3 000 and 1 800 of 3 000: 600 and 900; reform 750 each: ±150.
        let findings = findings(&example());
        let row = |name: &str, programme: &str, year: Option<i32>| {
            let found = findings.verdicts.iter().find(|row| {
                row.pot == "same"
                    && row.name == name
                    && row.programme == programme
                    && row.year == year
            });
            found.map(|row| (row.difference_mean.unwrap(), row.verdict)).unwrap()
        };
        assert_eq!(row("Aknīste", "maintenance", Some(2022)), (107.14, Verdict::More));
        assert_eq!(row("Bauska", "maintenance", Some(2022)), (-107.14, Verdict::Less));
        assert_eq!(row("Aknīste", "maintenance", None), (257.14, Verdict::More));
        assert_eq!(row("Bauska", "all", None), (-257.14, Verdict::Less));
        assert_eq!(row("Bauska", "investment", None), (0.0, Verdict::Unchanged));
        assert_eq!(row("Cēsis", "all", None), (0.0, Verdict::Unchanged));
        // One policy besides the baseline · 2 pots · 3 programmes · 3 municipalities · 3 years.
        assert_eq!(findings.verdicts.len(), 54);
    }

    #[test]
    fn the_threshold_is_the_greater_of_euro_and_per_cent() {
        // 20 % of today's 642.86 is 128.57: +107.14 does not exceed it; of 2023's 600 it is 120: +150 does.
        let mut scenario = example();
        scenario.threshold.percent = 20.0;
        let findings = findings(&scenario);
        let row = |year: Option<i32>| {
            let found = findings.verdicts.iter().find(|row| {
                row.pot == "same"
                    && row.name == "Aknīste"
                    && row.programme == "all"
                    && row.year == year
            });
            found.map(|row| (row.verdict, row.threshold_percent)).unwrap()
        };
        assert_eq!(row(Some(2022)), (Verdict::Undecided, 20.0));
        // All programmes 2023: today 600 + 0.
        assert_eq!(row(Some(2023)), (Verdict::More, 20.0));
    }

    #[test]
    fn texts_are_those_of_the_table_and_of_json() {
        for verdict in Verdict::ALL {
            assert_eq!(serde_json::to_string(&verdict).unwrap(), format!("\"{}\"", verdict.text()));
        }
    }
}
