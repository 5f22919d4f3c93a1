//! What the grantor spends and risks.

use super::Summary;
use super::awards::programme_name;
use super::intervals::{
    ChanceInterval, QuantileInterval, of_chance, of_chance_above_zero, of_quantiles,
};
use super::summary::count_below;
use crate::engine::{BudgetItem, Figure, MONEY, RESERVES, Tally, UNITS};
use crate::model::{Ration, Rule, Scenario};
use crate::stats::Accumulator;
use serde::Serialize;

/// One row of `budget.csv`. What is measured against a pot is `None` where there is no pot.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BudgetRow {
    /// The policy, at its own pots.
    pub policy: String,
    /// The programme, or `all`.
    pub programme: String,
    /// The year.
    pub year: i32,
    /// The sum of the law, EUR (its mean, where it is uncertain).
    pub appropriation: Option<f64>,
    /// After top slice and carry-over, EUR.
    pub available_mean: Option<f64>,
    /// What is due, EUR.
    pub entitlement: Summary,
    /// What is granted, EUR.
    pub award: Summary,
    /// Share of the draws in which more is due than available.
    pub p_shortfall: Option<f64>,
    /// What the number of draws leaves open of it.
    pub p_shortfall_interval: ChanceInterval,
    /// Mean of entitlement less award, EUR.
    pub shortfall_mean: Option<f64>,
    /// What must be added so that the pot suffices in 90 % of the draws, EUR.
    pub reserve90: Option<f64>,
    /// In 95 %.
    pub reserve95: Option<f64>,
    /// In 99 %.
    pub reserve99: Option<f64>,
    /// What the number of draws leaves open of the reserves of 90, 95 and 99 %.
    pub reserve_intervals: [QuantileInterval; 3],
    /// Mean gap of the worst 10, 5 and 1 % of the draws, EUR.
    pub expected_shortfalls: [Option<f64>; 3],
    /// What is left, EUR.
    pub unspent_mean: Option<f64>,
    /// Share of the draws in which the pot does not suffice for what is protected; none without
    /// protected guarantees, and for all programmes together.
    pub p_guarantee_broken: Option<f64>,
    /// What the number of draws leaves open of it.
    pub p_guarantee_broken_interval: ChanceInterval,
    /// For all programmes together: share of the draws in which every programme with a pot is short.
    pub p_every_short: Option<f64>,
    /// What the number of draws leaves open of it.
    pub p_every_short_interval: ChanceInterval,
    /// What the first point on the waiting list of a competition would be awarded in part, EUR;
    /// none without a competition.
    pub partial_award_mean: Option<f64>,
}

/// Rows by policy, programme and year; `all` behind the programmes.
///
/// `all` adds the programmes up draw by draw, so its reserves are those of the sum, not sums of
/// reserves. Money does not move between programmes: one may fall short while another has left.
pub fn rows(scenario: &Scenario, tally: &Tally) -> Vec<BudgetRow> {
    let mut rows = Vec::new();
    for (policy, chosen) in scenario.policies.iter().enumerate() {
        if scenario.programmes.is_empty() {
            break;
        }
        for programme in 0..=scenario.programmes.len() {
            let open_ended = |index: &usize| chosen.is_open_ended(*index);
            let open: Vec<bool> = if programme < scenario.programmes.len() {
                vec![open_ended(&programme)]
            } else {
                (0..scenario.programmes.len()).map(|index| open_ended(&index)).collect()
            };
            for (year, calendar) in scenario.years.iter().enumerate() {
                let item =
                    |item: BudgetItem| tally.budget.get(&[policy, programme, year, item as usize]);
                let settling = |applies: &dyn Fn(&Rule) -> bool, what: usize| {
                    chosen.rules.get(programme)?.as_ref().filter(|rule| applies(rule))?;
                    Some(tally.settling.get(&[policy, programme, year, what]).moments)
                };
                let is_protected =
                    |rule: &Rule| rule.guarantees.iter().any(|guarantee| guarantee.protected);
                let broken = settling(&is_protected, 0);
                let of_all = programme == scenario.programmes.len() && open.contains(&false);
                let every = of_all.then(|| tally.joint.every(policy, year)).flatten();
                let partial = settling(&|rule| matches!(rule.ration, Ration::Competition(_)), 1);
                rows.push(BudgetRow {
                    policy: chosen.name.clone(),
                    programme: programme_name(scenario, programme),
                    year: calendar,
                    p_every_short: every.and_then(Accumulator::mean),
                    p_every_short_interval: every.and_then(|every| {
                        of_chance(every.sum() as u64, every.count(), every.grouping())
                    }),
                    p_guarantee_broken: broken
                        .and_then(Accumulator::mean)
                        .map(|quanta| quanta / UNITS),
                    // Each draw is 0 or 1, in millionths.
                    p_guarantee_broken_interval: broken.and_then(|broken| {
                        let hits = broken.sum() / (UNITS as i128);
                        of_chance(hits as u64, broken.count(), broken.grouping())
                    }),
                    partial_award_mean: partial
                        .and_then(Accumulator::mean)
                        .map(|cents| cents / MONEY),
                    ..row(&item, !open.contains(&true), !open.contains(&false))
                });
            }
        }
    }
    rows
}

/// The figures of one row. `limited`: every programme in it has a pot; `unlimited`: none has.
fn row<'a>(item: &impl Fn(BudgetItem) -> Figure<'a>, limited: bool, unlimited: bool) -> BudgetRow {
    let mean = |which| item(which).moments.mean().map(|cents| cents / MONEY);
    let gap = item(BudgetItem::Gap);
    let euro = |cents: Option<f64>| cents.map(|cents| cents / MONEY).filter(|_| !unlimited);
    let [reserve90, reserve95, reserve99] = gap.quantiles.quantiles(RESERVES).map(euro);
    let intervals = of_quantiles(gap, RESERVES, MONEY);
    let (due, paid) = (item(BudgetItem::Entitlement).moments, item(BudgetItem::Award).moments);
    let short = (due.count() > 0).then(|| (due.sum() - paid.sum()) as f64 / due.count() as f64);
    BudgetRow {
        policy: String::new(),
        programme: String::new(),
        year: 0,
        appropriation: mean(BudgetItem::Appropriation).filter(|_| limited),
        available_mean: mean(BudgetItem::Available).filter(|_| limited),
        entitlement: Summary::of(item(BudgetItem::Entitlement), MONEY),
        award: Summary::of(item(BudgetItem::Award), MONEY),
        p_shortfall: chance_above_zero(gap).filter(|_| !unlimited),
        p_shortfall_interval: of_chance_above_zero(gap).filter(|_| !unlimited),
        shortfall_mean: short.map(|cents| cents / MONEY),
        reserve90,
        reserve95,
        reserve99,
        reserve_intervals: if unlimited { Default::default() } else { intervals },
        expected_shortfalls: RESERVES.map(|probability| euro(gap.tail_mean(probability))),
        unspent_mean: mean(BudgetItem::Unspent).filter(|_| !unlimited),
        p_guarantee_broken: None,
        p_guarantee_broken_interval: None,
        p_every_short: None,
        p_every_short_interval: None,
        partial_award_mean: None,
    }
}

/// Share of the draws in which a figure that is never negative is not zero; exact with either way
/// of finding quantiles, as a histogram counts zeros apart.
pub fn chance_above_zero(cell: Figure<'_>) -> Option<f64> {
    let count = cell.quantiles.count();
    let above = count - count_below(cell, 0.5);
    (count > 0).then(|| above as f64 / count as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{constant_formula, example, findings};
    use crate::engine::{Cube, Noting, Prepared};
    use crate::model::{Guarantee, Pot};
    use crate::numeric::LANES;
    use crate::stats::QuantileMethod;

    /// Cells of the six items, each with the same cents in every one of 64 draws but the gap.
    fn items(constants: [i64; 6], gap: &[i64; LANES], method: QuantileMethod) -> Cube {
        let mut cube = Cube::new(vec![6], method);
        cube.note(&[constants], |sheet, constants| {
            for (index, cents) in constants.iter().enumerate() {
                let draws = if index == BudgetItem::Gap as usize { *gap } else { [*cents; LANES] };
                sheet.at(&[index]).add_money(&draws, LANES);
            }
        });
        cube.finish();
        cube
    }

    #[test]
    fn the_reserve_is_a_quantile_of_the_gap_and_the_chance_a_share_of_the_draws() {
        // 48 draws without a gap, 16 with 1, 2, …, 16 EUR: chance 16/64. Type 7 at 90 %: rank
        // 63 · 0.9 = 56.7 from 0; ranks 48… hold 1, 2, …: rank 56 holds 9, so 9 + 0.7 = 9.70.
        // At 95 %: rank 59.85: 12 + 0.85. At 99 %: rank 62.37: 15 + 0.37.
        let gap: [i64; LANES] =
            std::array::from_fn(|draw| if draw < 48 { 0 } else { (draw as i64 - 47) * 100 });
        let cube = items([1_000, 900, 1_200, 850, 0, 50], &gap, QuantileMethod::Exact);
        let found = row(&|item| cube.get(&[item as usize]), true, false);
        assert_eq!(found.p_shortfall, Some(0.25));
        let near = |found: Option<f64>, expected: f64| (found.unwrap() - expected).abs() < 1e-9;
        assert!(near(found.reserve90, 9.70), "{:?}", found.reserve90);
        assert!(near(found.reserve95, 12.85) && near(found.reserve99, 15.37));
        assert_eq!((found.appropriation, found.available_mean), (Some(10.0), Some(9.0)));
        // 12.00 due less 8.50 granted.
        assert_eq!((found.shortfall_mean, found.unspent_mean), (Some(3.5), Some(0.5)));
    }

    #[test]
    fn a_histogram_counts_the_same_shortfalls_as_all_values_do() {
        let gap: [i64; LANES] = std::array::from_fn(|draw| i64::from(draw % 4 == 3));
        for method in [QuantileMethod::Exact, QuantileMethod::Histogram] {
            let cube = items([0; 6], &gap, method);
            assert_eq!(chance_above_zero(cube.get(&[BudgetItem::Gap as usize])), Some(0.25));
        }
    }

    #[test]
    fn without_a_pot_what_is_measured_against_it_is_missing_and_not_zero() {
        let cube = items([500, 500, 500, 500, 0, 0], &[0; LANES], QuantileMethod::Exact);
        let found = row(&|item| cube.get(&[item as usize]), false, true);
        assert_eq!(
            (found.appropriation, found.available_mean, found.reserve99),
            (None, None, None)
        );
        assert_eq!((found.p_shortfall, found.unspent_mean), (None, None));
        assert_eq!((found.award.mean, found.shortfall_mean), (Some(5.0), Some(0.0)));
    }

    #[test]
    fn a_guarantee_that_the_pot_cannot_keep_is_counted_as_broken() {
        // 800 protected for each of three municipalities, of which two claim: 1 600 of a pot of 1 500.
        let mut scenario = example();
        let rule = scenario.policies[0].rules[1].as_mut().unwrap();
        let floor = constant_formula(&example(), "800");
        rule.guarantees.push(Guarantee {
            name: "Floor".to_owned(),
            lower: Some(floor),
            upper: None,
            protected: true,
        });
        let rows = findings(&scenario).budget;
        let broken = |policy: &str, programme: &str| {
            let mut of =
                rows.iter().filter(|row| row.policy == policy && row.programme == programme);
            of.next().unwrap().p_guarantee_broken
        };
        assert_eq!(broken("today", "maintenance"), Some(1.0));
        assert_eq!((broken("today", "all"), broken("reform", "maintenance")), (None, None));
        assert!(rows.iter().all(|row| row.partial_award_mean.is_none()));
    }

    #[test]
    fn all_programmes_together_add_up_and_lose_their_limit_if_one_has_none() {
        let mut scenario = example();
        let rows_of = |scenario: &Scenario| findings(scenario).budget;
        let all = |rows: &[BudgetRow]| {
            rows.iter().find(|row| row.programme == "all" && row.year == 2022).cloned().unwrap()
        };
        // Investment: 700 due of 500; maintenance: 2 100 due of 1 500.
        let before = all(&rows_of(&scenario));
        assert_eq!((before.appropriation, before.award.mean), (Some(2_000.0), Some(2_000.0)));
        assert_eq!((before.shortfall_mean, before.reserve95), (Some(800.0), Some(800.0)));
        assert_eq!(before.p_shortfall, Some(1.0));
        for policy in &mut scenario.policies {
            let pot = &mut policy.pots[0];
            *pot = Pot { appropriation: crate::model::Appropriation::OpenEnded, ..pot.clone() };
        }
        let after = all(&rows_of(&scenario));
        assert_eq!((after.appropriation, after.award.mean), (None, Some(2_200.0)));
        assert_eq!((after.reserve95, after.p_shortfall), (Some(600.0), Some(1.0)));
        assert_eq!(Prepared::new(&scenario).paths.all.len(), 2);
    }
}
