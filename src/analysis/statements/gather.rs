//! Reads the figures of statements off the tally and the rows.

use super::received::MeanDifference;
use super::{Covered, Found, Grounds, Statement, money, points, received};
use crate::analysis::intervals::of_chance;
use crate::analysis::outcomes::national;
use crate::analysis::summary::count_below;
use crate::analysis::{ALL, BudgetRow, Headline, PointsOpen, VerdictCounts, VerdictRow};
use crate::engine::{BudgetItem, MONEY, Source, Tally, UNITS};
use crate::model::{Mode, Quantity, Scenario};
use crate::stats::Accumulator;

/// What a run has found: what holds under every policy, then policy by policy, the baseline first.
pub fn statements(
    scenario: &Scenario,
    tally: &Tally,
    headlines: &[Headline],
    budget: &[BudgetRow],
    verdicts: &[VerdictRow],
) -> Vec<Statement> {
    let grounds = Grounds {
        draws: tally.draws,
        grouping: scenario.run.plan.grouping(),
        certain: scenario.draws_nothing(),
    };
    if grounds.draws == 0 || headlines.is_empty() {
        return Vec::new();
    }
    let gathered = Gathered { scenario, tally, headlines, budget, verdicts, grounds };
    let about_all = |found: Found, in_brief| Statement { policy: None, in_brief, found };
    let mut statements: Vec<Statement> =
        grounds.too_few().into_iter().map(|found| about_all(found, true)).collect();
    let shared = gathered.networks_are_shared();
    if let (true, Some(first)) = (shared, headlines.first()) {
        statements.extend(gathered.points(0, first).map(|found| about_all(found, true)));
        statements.extend(gathered.within_reach(first).map(|found| about_all(found, false)));
    }
    let order = || headlines.iter().enumerate();
    let baseline = order().filter(|(_, headline)| headline.is_baseline);
    for (index, headline) in baseline.chain(order().filter(|(_, one)| !one.is_baseline)) {
        let found = gathered.of_policy(index, headline, shared);
        statements.extend(found.into_iter().map(|(found, in_brief)| Statement {
            policy: Some(headline.policy.clone()),
            in_brief,
            found,
        }));
    }
    if grounds.tell_ranges() {
        statements.extend(gathered.across());
    }
    statements
}

struct Gathered<'a> {
    scenario: &'a Scenario,
    tally: &'a Tally,
    headlines: &'a [Headline],
    budget: &'a [BudgetRow],
    verdicts: &'a [VerdictRow],
    grounds: Grounds,
}

impl Gathered<'_> {
    /// What is found of a policy, and whether it is told in brief.
    fn of_policy(&self, index: usize, headline: &Headline, shared: bool) -> Vec<(Found, bool)> {
        let grounds = &self.grounds;
        let is_baseline = headline.is_baseline;
        let mut found = Vec::new();
        let mut add = |one: Option<Found>, in_brief: bool| {
            found.extend(one.map(|one| (one, in_brief)));
        };
        if !shared {
            add(self.points(index, headline), is_baseline);
        }
        if is_baseline {
            add(money::paid(&headline.award_total, &headline.award, grounds), true);
            add(money::share(&headline.coverage, grounds).map(Found::Covered), false);
            let short = (headline.p_shortfall, headline.p_shortfall_interval);
            let years: Vec<money::ShortIn> = self
                .budget
                .iter()
                .filter(|row| row.policy == headline.policy && row.programme == ALL)
                .map(|row| (row.year, row.p_shortfall, row.p_shortfall_interval))
                .collect();
            add(money::shortage(short, &years, grounds).map(Found::Shortage), true);
            let network = self.scenario.network.as_ref();
            let waits = network.is_some_and(|network| network.mode == Mode::WhenFunded);
            let interval = &headline.reserve_intervals[0];
            let reserve = money::reserve(headline.reserve90, interval, short, waits, grounds);
            add(reserve.map(Found::Reserve), true);
            if !shared {
                add(self.within_reach(headline), false);
            }
        } else {
            // Of one policy beside the baseline the few first sentences tell; of several together.
            let alone = self.headlines.len() == 2;
            // "Clearly" is a word about many draws.
            let counts = headline.same_pot.as_ref().filter(|_| grounds.tell_ranges());
            add(counts.and_then(received::received).map(Found::Received), alone);
            add(self.cost(index, headline), alone);
        }
        found
    }

    /// Whether points and what follows from them are the same under every policy.
    fn networks_are_shared(&self) -> bool {
        let mut pairs = self.headlines.windows(2);
        self.headlines.len() > 1
            && pairs.all(|pair| {
                (&pair[0].points_open, &pair[0].access_within_10_km)
                    == (&pair[1].points_open, &pair[1].access_within_10_km)
            })
    }

    fn points(&self, policy: usize, headline: &Headline) -> Option<Found> {
        let last: &PointsOpen = headline.points_open.last()?;
        let year = self.scenario.years.iter().position(|year| year == last.year)?;
        let source = Source::Quantity(Quantity::OpenPointsAtYearEnd);
        let cell = national(self.tally, policy, year, source)?;
        let count = cell.quantiles.count();
        // Points are whole: fewer than planned is below the half before.
        let fewer = count_below(cell, (last.planned as f64 - 0.5) * UNITS);
        let interval = of_chance(fewer, count, cell.moments.grouping());
        points::points(last, (fewer as f64 / count as f64, interval), &self.grounds)
    }

    fn within_reach(&self, headline: &Headline) -> Option<Found> {
        let reach: Covered = money::share(&headline.access_within_10_km, &self.grounds)?;
        Some(Found::WithinReach(reach))
    }

    /// What a policy costs at its own pots against what the baseline costs at its own.
    fn cost(&self, policy: usize, headline: &Headline) -> Option<Found> {
        if self.scenario.programmes.is_empty() {
            return None;
        }
        let award = |policy: usize| -> &Accumulator {
            self.tally.period.get(&[policy, BudgetItem::Award as usize]).moments
        };
        let (own, of_baseline) = (award(policy), award(self.scenario.baseline));
        let parts = self.verdicts.iter().filter(|row| {
            row.policy == headline.policy
                && row.pot == "own"
                && row.programme == ALL
                && row.year.is_none()
        });
        let of_parts: Option<f64> = parts.map(|row| row.difference_mcse).sum();
        let found = MeanDifference {
            difference: (own.mean()? - of_baseline.mean()?) / MONEY,
            of_means: own
                .mcse()
                .zip(of_baseline.mcse())
                .map(|(one, other)| [one / MONEY, other / MONEY]),
            of_parts,
            degrees: own.degrees_of_freedom(),
        };
        received::cost(&found, &self.grounds).map(Found::Cost)
    }

    /// What policies have in common; told in brief, where each alone would be too much.
    fn across(&self) -> Option<Statement> {
        let counts: Vec<VerdictCounts> =
            self.headlines.iter().filter_map(|headline| headline.same_pot).collect();
        if self.scenario.municipalities.table.is_empty() {
            return None;
        }
        let found = Found::Across(received::across(&counts)?);
        Some(Statement { policy: None, in_brief: true, found })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{example, findings};
    use crate::analysis::statements::{
        CostDifference, Counted, Often, Paid, PointsFound, Received, Reserve, Shortage,
    };

    #[test]
    fn the_statements_of_the_example_are_those_worked_by_hand() {
        // Headlines of the example: all three points open; 2 000 granted each year; short in both
        // years, 800 + 1 700 in all; one municipality more, one less, one without points the same.
        let found = findings(&example()).statements;
        let all = found[0].clone();
        let expected = Found::Points(PointsFound::AllPlanned { year: 2023, planned: 3 });
        assert_eq!((all.policy, all.found), (None, expected));
        let of = |policy: &str| -> Vec<Found> {
            let of = found.iter().filter(|row| row.policy.as_deref() == Some(policy));
            of.map(|row| row.found.clone()).collect()
        };
        let today = of("today");
        let [Found::Paid(Paid { total, last }), Found::Covered(covered), short, reserve] =
            today.as_slice()
        else {
            panic!("{today:?}")
        };
        assert_eq!((total.median, last.unwrap().1.median), (4_000.0, 2_000.0));
        // 2023: 2 000 of 1 000 for Bauska's second point and 2 · 1 200 + 600 for being open.
        assert_eq!((covered.year, covered.share.median), (2023, 0.5));
        let Found::Shortage(Shortage::Short { chance, most }) = short else { panic!("{short:?}") };
        assert_eq!((chance.often, *most), (Often::Always, None));
        let Found::Reserve(Reserve::More(missing)) = reserve else { panic!("{reserve:?}") };
        assert_eq!((missing.sum, missing.lower), (2_500.0, 2_500.0));
        let counted = Counted { more: 1, less: 1, undecided: 0, unchanged: 1, only_under_one: 0 };
        let reform =
            [Found::Received(Received::Counted(counted)), Found::Cost(CostDifference::Same)];
        assert_eq!(of("reform"), reform);
        // One policy beside the baseline: nothing of several.
        assert!(!found.iter().any(|row| matches!(row.found, Found::Across(_))));
    }

    #[test]
    fn a_policy_that_copies_the_baseline_changes_nothing() {
        let mut scenario = example();
        scenario.policies[1].rules = scenario.policies[0].rules.clone();
        scenario.policies.push(scenario.policies[1].clone());
        scenario.policies[2].name = "third".to_owned();
        let found = findings(&scenario).statements;
        let nothing = |row: &&Statement| row.found == Found::Received(Received::Nothing);
        assert_eq!(found.iter().filter(nothing).count(), 2);
        // With several, their own sentences are left to the page.
        assert!(found.iter().filter(nothing).all(|row| !row.in_brief));
        let across = found.iter().find(|row| matches!(row.found, Found::Across(_))).unwrap();
        assert!(across.in_brief);
    }
}
