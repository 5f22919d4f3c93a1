//! What becomes of the money appropriated.

use crate::engine::{BudgetItem, MONEY, Tally};
use crate::model::{Appropriation, Scenario, Unspent};
use serde::Serialize;

/// Means over the draws, EUR, of a pot or of all pots over all years.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PotUses {
    /// The sum of the law.
    pub appropriation: f64,
    /// What is used centrally.
    pub top_slice: f64,
    /// What each programme grants: name and sum, in the order of the scenario.
    pub awards: Vec<(String, f64)>,
    /// What is left.
    pub unspent: f64,
}

/// All programmes over all years under a policy. None where a programme has no pot or carries money
/// into the next year: what is carried would be counted in both.
pub fn pot_uses(scenario: &Scenario, tally: &Tally, policy: usize) -> Option<PotUses> {
    let pots = &scenario.policies.get(policy)?.pots;
    let adds_up = pots.iter().all(|pot| {
        matches!(pot.appropriation, Appropriation::Yearly(_)) && pot.unspent != Unspent::Carries
    });
    if !adds_up || pots.is_empty() || tally.draws == 0 {
        return None;
    }
    let total = |item: BudgetItem, programme: usize| -> f64 {
        let years = 0..scenario.years.count();
        let cells = years.map(|year| tally.budget.get(&[policy, programme, year, item as usize]));
        cells.filter_map(|cell| cell.moments.mean()).sum::<f64>() / MONEY
    };
    let all = scenario.programmes.len();
    let appropriation = total(BudgetItem::Appropriation, all);
    let programmes = scenario.programmes.iter().enumerate();
    Some(PotUses {
        appropriation,
        top_slice: appropriation - total(BudgetItem::Available, all),
        awards: programmes
            .map(|(index, programme)| (programme.name.clone(), total(BudgetItem::Award, index)))
            .collect(),
        unspent: total(BudgetItem::Unspent, all),
    })
}

/// What a programme can divide in a year after top slice and carry-over, EUR, where it has a pot and
/// that is the same in every draw.
pub fn fixed_pot(
    scenario: &Scenario,
    tally: &Tally,
    policy: usize,
    programme: usize,
    year: usize,
) -> Option<f64> {
    let pot = scenario.policies.get(policy)?.pots.get(programme)?;
    let has_pot = matches!(pot.appropriation, Appropriation::Yearly(_));
    let available =
        tally.budget.get(&[policy, programme, year, BudgetItem::Available as usize]).quantiles;
    let last = available.count().checked_sub(1)?;
    let (least, greatest) = (available.order_statistic(0)?, available.order_statistic(last)?);
    (has_pot && least == greatest).then_some(least / MONEY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{constant_formula, example};
    use crate::engine::{Options, Prepared, simulate};
    use crate::model::TopSlice;

    fn uses(scenario: &Scenario) -> Option<PotUses> {
        let prepared = Prepared::new(scenario);
        let tally = simulate(&prepared, &Options { threads: 1, ..Options::default() }).unwrap();
        pot_uses(scenario, &tally, 0)
    }

    #[test]
    fn uses_and_what_is_left_add_up_to_the_appropriation() {
        // Two years of 500 and 1 500; 700 is due of each 500; 100 of the 500 are used centrally.
        let mut scenario = example();
        let slice =
            TopSlice { name: "publicity".to_owned(), amount: constant_formula(&scenario, "100") };
        scenario.policies[0].pots[0].top_slice = vec![slice];
        let found = uses(&scenario).unwrap();
        assert_eq!((found.appropriation, found.top_slice), (4_000.0, 200.0));
        let expected = [("investment".to_owned(), 800.0), ("maintenance".to_owned(), 3_000.0)];
        assert_eq!((found.awards.as_slice(), found.unspent), (&expected[..], 0.0));
    }

    #[test]
    fn a_pot_is_fixed_where_every_draw_has_the_same() {
        let mut scenario = example();
        let fixed = |scenario: &Scenario| {
            let prepared = Prepared::new(scenario);
            let tally = simulate(&prepared, &Options { threads: 1, ..Options::default() }).unwrap();
            [0, 1].map(|programme| fixed_pot(scenario, &tally, 0, programme, 0))
        };
        assert_eq!(fixed(&scenario), [Some(500.0), Some(1_500.0)]);
        scenario.policies[0].pots[1].appropriation = Appropriation::OpenEnded;
        assert_eq!(fixed(&scenario), [Some(500.0), None]);
    }

    #[test]
    fn money_that_is_carried_or_has_no_limit_is_not_shown_as_a_pot() {
        let mut scenario = example();
        scenario.policies[0].pots[0].unspent = Unspent::Carries;
        assert_eq!(uses(&scenario), None);
        scenario.policies[0].pots[0].unspent = Unspent::Lapses;
        scenario.policies[0].pots[1].appropriation = Appropriation::OpenEnded;
        assert_eq!(uses(&scenario), None);
    }
}
