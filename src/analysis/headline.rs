//! The big numbers of a policy: what a minister and a budget officer ask first.

use super::budget::chance_above_zero;
use super::intervals::{ChanceInterval, QuantileInterval, of_chance_above_zero, of_quantiles};
use super::outcomes::national;
use super::{ALL, Range, Verdict, VerdictRow};
use crate::engine::{BudgetItem, MONEY, RESERVES, Source, Tally, UNITS};
use crate::model::{Appropriation, Policy, Quantity, Scenario};
use serde::Serialize;

/// The big numbers of one policy, at its own pots unless said otherwise.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Headline {
    /// The policy.
    pub policy: String,
    /// Whether the others are compared with it.
    pub is_baseline: bool,
    /// Points open at the end of each year against the plan; empty without points.
    pub points_open: Vec<PointsOpen>,
    /// Awards of all programmes by year, EUR; empty without programmes.
    pub award: Vec<YearRange>,
    /// Awards of all programmes over all years, EUR.
    pub award_total: Range,
    /// Eligible cost by year, EUR; empty without costs.
    pub total_cost: Vec<YearRange>,
    /// Award over eligible cost by year.
    pub coverage: Vec<YearRange>,
    /// Inhabitants within 10 km of an open point by year; empty where the table has no inhabitants.
    pub people_within_10_km: Vec<YearRange>,
    /// Share of the inhabitants within 10 km of an open point by year.
    pub access_within_10_km: Vec<YearRange>,
    /// Municipalities by verdict at the baseline's pots, all programmes and years together; none for
    /// the baseline itself.
    pub same_pot: Option<VerdictCounts>,
    /// The same with each policy at its own pots.
    pub own_pot: Option<VerdictCounts>,
    /// Share of the draws in which some programme falls short in some year; none without a pot.
    pub p_shortfall: Option<f64>,
    /// What the number of draws leaves open of it.
    pub p_shortfall_interval: ChanceInterval,
    /// Gaps of all programmes and years together, EUR: what must be added so that they are closed in
    /// 90 % of the draws.
    pub reserve90: Option<f64>,
    /// In 95 %.
    pub reserve95: Option<f64>,
    /// In 99 %.
    pub reserve99: Option<f64>,
    /// What the number of draws leaves open of the reserves of 90, 95 and 99 %.
    pub reserve_intervals: [QuantileInterval; 3],
    /// Mean gap of the worst 5 % of the draws, EUR.
    pub expected_shortfall95: Option<f64>,
}

/// Points open at the end of a year.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct PointsOpen {
    /// The year.
    pub year: i32,
    /// Open already, or planned to open by its end.
    pub planned: usize,
    /// Simulated.
    pub simulated: Range,
}

/// A figure of one year.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct YearRange {
    /// The year.
    pub year: i32,
    /// The figure.
    pub range: Range,
}

/// How many municipalities have each verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct VerdictCounts {
    /// More in all futures simulated.
    pub more: usize,
    /// Rather more.
    pub rather_more: usize,
    /// Undecided.
    pub undecided: usize,
    /// Rather less.
    pub rather_less: usize,
    /// Less in all futures simulated.
    pub less: usize,
    /// Unchanged in all futures simulated.
    pub unchanged: usize,
    /// With points under the policy or the baseline alone.
    pub only_under_one: usize,
}

impl VerdictCounts {
    /// Adds one municipality.
    pub fn add(&mut self, verdict: Verdict) {
        *match verdict {
            Verdict::More => &mut self.more,
            Verdict::RatherMore => &mut self.rather_more,
            Verdict::Undecided => &mut self.undecided,
            Verdict::RatherLess => &mut self.rather_less,
            Verdict::Less => &mut self.less,
            Verdict::Unchanged => &mut self.unchanged,
            Verdict::OnlyUnderOne => &mut self.only_under_one,
        } += 1;
    }

    /// Municipalities that clearly receive more: in all futures, or rather.
    pub fn clearly_more(&self) -> usize {
        self.more + self.rather_more
    }

    /// Municipalities that clearly receive less: in all futures, or rather.
    pub fn clearly_less(&self) -> usize {
        self.less + self.rather_less
    }
}

/// One headline per policy.
pub fn headlines(scenario: &Scenario, tally: &Tally, verdicts: &[VerdictRow]) -> Vec<Headline> {
    let policies = scenario.policies.iter().enumerate();
    policies.map(|(index, policy)| headline(scenario, tally, verdicts, index, policy)).collect()
}

fn headline(
    scenario: &Scenario,
    tally: &Tally,
    verdicts: &[VerdictRow],
    index: usize,
    policy: &Policy,
) -> Headline {
    let by_year = |source: Source| -> Vec<YearRange> {
        let years = scenario.years.iter().enumerate();
        years
            .filter_map(|(year, calendar)| {
                let cell = national(tally, index, year, source)?;
                Some(YearRange { year: calendar, range: Range::of(cell, UNITS) })
            })
            .collect()
    };
    let has_people = scenario.points.people.is_some();
    let has_costs = !scenario.costs.is_empty();
    let has_pot =
        policy.pots.iter().any(|pot| matches!(pot.appropriation, Appropriation::Yearly(_)));
    let gap = tally.period.get(&[index, BudgetItem::Gap as usize]);
    let euro = |cents: Option<f64>| cents.map(|cents| cents / MONEY).filter(|_| has_pot);
    let [reserve90, reserve95, reserve99] = gap.quantiles.quantiles(RESERVES).map(euro);
    let intervals = of_quantiles(gap, RESERVES, MONEY);
    let is_baseline = index == scenario.baseline;
    let counts = |pot| (!is_baseline).then(|| count(verdicts, &policy.name, pot));
    let award = |year: usize| {
        let all = scenario.programmes.len();
        tally.budget.get(&[index, all, year, BudgetItem::Award as usize])
    };
    Headline {
        policy: policy.name.clone(),
        is_baseline,
        points_open: by_year(Source::Quantity(Quantity::OpenPointsAtYearEnd))
            .into_iter()
            .map(|YearRange { year, range }| PointsOpen {
                year,
                planned: planned(scenario, year),
                simulated: range,
            })
            .collect(),
        award: scenario
            .years
            .iter()
            .enumerate()
            .filter(|_| !scenario.programmes.is_empty())
            .map(|(year, calendar)| YearRange {
                year: calendar,
                range: Range::of(award(year), MONEY),
            })
            .collect(),
        award_total: Range::of(tally.period.get(&[index, BudgetItem::Award as usize]), MONEY),
        total_cost: if has_costs {
            by_year(Source::Quantity(Quantity::TotalCost))
        } else {
            Vec::new()
        },
        coverage: if has_costs { by_year(Source::Coverage) } else { Vec::new() },
        people_within_10_km: if has_people {
            by_year(Source::Quantity(Quantity::PeopleWithin10Km))
        } else {
            Vec::new()
        },
        access_within_10_km: by_year(Source::AccessWithin10Km),
        same_pot: counts("same"),
        own_pot: counts("own"),
        p_shortfall: chance_above_zero(gap).filter(|_| has_pot),
        p_shortfall_interval: of_chance_above_zero(gap).filter(|_| has_pot),
        reserve90,
        reserve95,
        reserve99,
        reserve_intervals: if has_pot { intervals } else { Default::default() },
        expected_shortfall95: euro(gap.tail_mean(0.95)),
    }
}

/// Points that are open already or planned to open by the end of a year.
fn planned(scenario: &Scenario, year: i32) -> usize {
    let points = &scenario.points;
    let opens =
        points.opened.iter().zip(&points.planned).map(|(opened, planned)| opened.or(*planned));
    opens.flatten().filter(|month| month.year() <= year).count()
}

fn count(verdicts: &[VerdictRow], policy: &str, pot: &str) -> VerdictCounts {
    let mut counts = VerdictCounts::default();
    let of_all = verdicts.iter().filter(|row| {
        row.policy == policy && row.pot == pot && row.programme == ALL && row.year.is_none()
    });
    for row in of_all {
        counts.add(row.verdict);
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{example, findings};

    #[test]
    fn the_big_numbers_are_those_worked_by_hand() {
        let findings = findings(&example());
        let [today, reform] = findings.headlines.as_slice() else { panic!("two policies") };
        // Planned: Bauska's first is open, Aknīste's comes in 2022, Bauska's second in 2023.
        let points: Vec<_> = today
            .points_open
            .iter()
            .map(|row| (row.year, row.planned, row.simulated.p50))
            .collect();
        assert_eq!(points, [(2022, 2, Some(2.0)), (2023, 3, Some(3.0))]);
        // Paid: investment 500 each year (700 due each), maintenance 1 500 each.
        let paid: Vec<_> = today.award.iter().map(|row| row.range.mean).collect();
        assert_eq!(paid, [Some(2_000.0), Some(2_000.0)]);
        assert_eq!(today.award_total.p50, Some(4_000.0));
        // Gaps: 200 + 600 in 2022 and 200 + 1 500 in 2023.
        assert_eq!((today.p_shortfall, today.reserve95), (Some(1.0), Some(2_500.0)));
        assert!(today.is_baseline && today.same_pot.is_none());
        let counts = reform.same_pot.unwrap();
        assert_eq!((counts.clearly_more(), counts.clearly_less(), counts.unchanged), (1, 1, 1));
        assert!(today.people_within_10_km.is_empty());
    }

    #[test]
    fn every_verdict_is_counted_once() {
        let mut counts = VerdictCounts::default();
        for verdict in Verdict::ALL {
            counts.add(verdict);
        }
        let one_each = VerdictCounts {
            more: 1,
            rather_more: 1,
            undecided: 1,
            rather_less: 1,
            less: 1,
            unchanged: 1,
            only_under_one: 1,
        };
        assert_eq!(counts, one_each);
        assert_eq!((counts.clearly_more(), counts.clearly_less()), (2, 2));
    }
}
