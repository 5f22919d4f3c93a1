//! What a reader should know before using the figures.

use super::BudgetRow;
use crate::expression::Extent;
use crate::model::{InputValue, Scenario};
use crate::stats::interval::{Z_95, quantile_ranks};
use serde::Serialize;

/// Quantiles that tables print, the lowest, and the highest of the tables and of the reserves.
pub const PRINTED_QUANTILES: [f64; 3] = [0.05, 0.95, 0.99];

/// Numbers of draws that are proposed.
const ROUND_NUMBERS: [u64; 10] = [50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000];

/// One thing to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// What it is, a sentence without a full stop.
    pub message: String,
    /// What to do, likewise.
    pub help: String,
}

/// Everything that a reader should know of a run of `draws` draws.
pub fn warnings(scenario: &Scenario, draws: u64, budget: &[BudgetRow]) -> Vec<Warning> {
    let general = too_few_draws(draws).into_iter().chain(independent(scenario));
    general.chain(broken_guarantees(budget)).collect()
}

/// The least round number of draws at which a quantile has an interval at 95 % (both of its order
/// statistics exist); none beyond the greatest that is proposed.
pub fn draws_needed(probability: f64) -> Option<u64> {
    ROUND_NUMBERS.into_iter().find(|&draws| has_interval(draws, probability))
}

fn has_interval(draws: u64, probability: f64) -> bool {
    let ranks = quantile_ranks(draws, probability, Z_95);
    ranks.lower.is_some() && ranks.upper.is_some()
}

fn too_few_draws(draws: u64) -> Option<Warning> {
    let poor: Vec<f64> =
        PRINTED_QUANTILES.into_iter().filter(|&quantile| !has_interval(draws, quantile)).collect();
    let needed = poor.iter().filter_map(|&quantile| draws_needed(quantile)).max()?;
    let names: Vec<String> =
        poor.iter().map(|quantile| format!("{:.0} %", quantile * 100.0)).collect();
    Some(Warning {
        message: format!(
            "{draws} draws are too few for the quantiles at {}: no draw lies far enough out to say how \
             uncertain they are",
            names.join(", ")
        ),
        help: format!("use at least {needed} draws (--draws {needed})"),
    })
}

fn independent(scenario: &Scenario) -> Option<Warning> {
    let names: Vec<String> = scenario
        .inputs
        .iter()
        .filter(|input| matches!(input.value, InputValue::Drawn(_)))
        .filter(|input| input.extent != Extent::Nation && input.common.nation == 0.0)
        .map(|input| format!("`{}`", input.name))
        .collect();
    (!names.is_empty()).then(|| Warning {
        message: format!(
            "{} {} no variance that is common to the nation: independent draws average out and make \
             national sums look safer than they are",
            names.join(", "),
            if names.len() == 1 { "has" } else { "have" }
        ),
        help: "write which share is common, such as common: (nation: 0.4)".to_owned(),
    })
}

/// One warning per policy and programme, with the year in which a guarantee is broken most often.
fn broken_guarantees(budget: &[BudgetRow]) -> Vec<Warning> {
    let mut worst: Vec<(&BudgetRow, f64)> = Vec::new();
    for row in budget {
        let Some(chance) = row.p_guarantee_broken.filter(|chance| *chance > 0.0) else { continue };
        let same = |(other, _): &&mut (&BudgetRow, f64)| {
            (&other.policy, &other.programme) == (&row.policy, &row.programme)
        };
        match worst.iter_mut().find(same) {
            Some(known) if known.1 >= chance => {}
            Some(known) => *known = (row, chance),
            None => worst.push((row, chance)),
        }
    }
    let warning = |(row, chance): (&BudgetRow, f64)| Warning {
        message: format!(
            "guarantee broken: under `{}` the pot of `{}` does not suffice for what is protected, in {} % of \
             the draws of {}",
            row.policy,
            row.programme,
            // Rounded up, so that a chance is never printed as none.
            (chance * 100.0).ceil(),
            row.year
        ),
        help: "lower the guarantee, or add the reserve of `budget.csv`".to_owned(),
    };
    worst.into_iter().map(warning).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{example, example_with_rent, findings};
    use crate::model::Common;

    #[test]
    fn a_quantile_needs_draws_on_both_sides_of_it() {
        // 99 %: ⌈0.99 n + 1.96 √(0.0099 n)⌉ + 1 ≤ n. n = 500: ⌈495 + 4.36⌉ + 1 = 501, too many;
        // n = 1000: ⌈990 + 6.17⌉ + 1 = 998. 95 %: n = 100: ⌈95 + 4.27⌉ + 1 = 101; n = 200:
        // ⌈190 + 6.04⌉ + 1 = 198.
        assert_eq!(draws_needed(0.99), Some(1_000));
        assert_eq!(draws_needed(0.95), Some(200));
        assert_eq!(draws_needed(0.5), Some(50));
        assert_eq!(draws_needed(0.999_999), None);
    }

    #[test]
    fn few_draws_are_told_with_the_number_that_suffices() {
        let scenario = example();
        assert!(warnings(&scenario, 1_000, &[]).is_empty());
        let [few] = &*warnings(&scenario, 500, &[]) else { panic!("one warning") };
        assert!(few.message.starts_with("500 draws are too few for the quantiles at 99 %:"));
        assert!(few.help.contains("--draws 1000"));
        assert!(warnings(&scenario, 64, &[])[0].message.contains("at 5 %, 95 %, 99 %"));
    }
    #[test]
    fn draws_that_share_nothing_with_the_nation_are_told_of() {
        let common = |nation, municipality| Common { nation, municipality };
        let told = |common| warnings(&example_with_rent(common), 1_000, &[]);
        assert!(told(common(0.4, 0.0)).is_empty());
        // What is common to a municipality still averages out over the nation.
        let [independent] = &*told(common(0.0, 0.5)) else { panic!("one warning") };
        assert!(
            independent.message.starts_with("`rent` has no variance that is common to the nation")
        );
    }

    #[test]
    fn a_broken_guarantee_is_told_once_with_its_worst_year() {
        let mut rows = findings(&example()).budget;
        for (row, chance) in rows.iter_mut().zip([0.031, 0.24]) {
            row.p_guarantee_broken = Some(chance);
        }
        let [broken] = &*warnings(&example(), 1_000, &rows) else { panic!("one warning") };
        assert_eq!(
            broken.message,
            "guarantee broken: under `today` the pot of `investment` does not suffice for what is \
             protected, in 24 % of the draws of 2023"
        );
    }
}
