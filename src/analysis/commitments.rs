//! What a year binds later ones to, and what is paid in which year.

use super::Summary;
use super::awards::programme_name;
use crate::engine::{AHEAD, CASH, COMMITMENT_ITEMS, MONEY, STEADY, Tally};
use crate::model::{Purpose, Scenario};
use serde::Serialize;

/// What a row of `commitments.csv` tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// What is paid in the year itself.
    Cash,
    /// What falls due in a later year.
    Later(i32),
    /// What falls due each year once all that is funded is open.
    Steady,
}

/// How a figure of `commitments.csv` is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// What was granted, and when it is paid.
    Granted,
    /// What was due in the year, times the cost of the later network over that of the year: nothing is settled
    /// again. With what is granted and unpaid where it is of all programmes.
    EstimateByCost,
}

impl Basis {
    /// What a table calls it.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::EstimateByCost => "estimate_by_cost",
        }
    }
}

/// What is paid in a year, or bound by it for a later one, EUR.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CommitmentRow {
    /// The policy, at its own pots.
    pub policy: String,
    /// The programme, or `all`.
    pub programme: String,
    /// The year at whose end it is looked.
    pub year: i32,
    /// What it tells.
    pub bound: Bound,
    /// How it is known.
    pub basis: Basis,
    /// Over the draws.
    pub summary: Summary,
}

impl Bound {
    /// What a row of `commitments.csv` calls it: `cash` or `commitment`, and when it falls due.
    #[must_use]
    pub fn texts(self, year: i32) -> [String; 2] {
        match self {
            Self::Cash => ["cash".to_owned(), year.to_string()],
            Self::Later(due) => ["commitment".to_owned(), due.to_string()],
            Self::Steady => ["commitment".to_owned(), "steady".to_owned()],
        }
    }
}

/// Rows by policy, programme and year; `all` behind the programmes. None without points or programmes.
pub fn rows(scenario: &Scenario, tally: &Tally) -> Vec<CommitmentRow> {
    let mut rows = Vec::new();
    if !tally.commitments.is_kept {
        return rows;
    }
    for (policy, chosen) in scenario.policies.iter().enumerate() {
        for programme in 0..=scenario.programmes.len() {
            for (year, calendar) in scenario.years.iter().enumerate() {
                let cell = |item| tally.commitments.cube.get(&[policy, programme, year, item]);
                let of = scenario.programmes.get(programme);
                // Behind the programmes stands their sum.
                let upkeep = |of: &crate::model::Programme| of.purpose == Purpose::Maintenance;
                let estimated = of.map_or_else(|| scenario.programmes.iter().any(upkeep), upkeep);
                let items = [CASH].into_iter().chain(0..COMMITMENT_ITEMS - 1);
                rows.extend(items.map(|item| CommitmentRow {
                    policy: chosen.name.clone(),
                    programme: programme_name(scenario, programme),
                    year: calendar,
                    bound: match item {
                        CASH => Bound::Cash,
                        STEADY => Bound::Steady,
                        ahead => Bound::Later(calendar + ahead.min(AHEAD) as i32 + 1),
                    },
                    basis: if estimated && item != CASH {
                        Basis::EstimateByCost
                    } else {
                        Basis::Granted
                    },
                    summary: Summary::of(cell(item), MONEY),
                }));
            }
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{example, findings};

    fn means(rows: &[CommitmentRow], policy: &str, programme: &str, year: i32) -> Vec<f64> {
        rows.iter()
            .filter(|row| {
                (row.policy.as_str(), row.programme.as_str(), row.year) == (policy, programme, year)
            })
            .map(|row| row.summary.mean.unwrap())
            .collect()
    }

    #[test]
    fn a_year_binds_later_ones_to_what_its_points_are_due_all_year() {
        let rows = findings(&example()).commitments;
        // 2022: Aknīste's point opens in March, open from April: 9 months at 100 are 900, a whole year
        // 1 200; Bauska's is open all year: 1 200. Paid are 1 500, the pot.
        assert_eq!(
            means(&rows, "today", "maintenance", 2022),
            [1_500.0, 2_400.0, 2_400.0, 2_400.0, 2_400.0, 2_400.0, 2_400.0]
        );
        // 2023: Bauska's second is open for 6 months; from then on three points: 3 600.
        assert_eq!(means(&rows, "today", "maintenance", 2023)[1..3], [3_600.0, 3_600.0]);
        // Investment is paid in the year in which the point opens: nothing is left to pay.
        assert_eq!(
            means(&rows, "today", "investment", 2022),
            [500.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]
        );
        assert_eq!(means(&rows, "today", "all", 2022)[..2], [2_000.0, 2_400.0]);
        // What is due of a network that nobody has settled is an estimate; what was granted is not.
        for row in &rows {
            let is_known = row.bound == Bound::Cash || row.programme == "investment";
            assert_eq!(row.basis == Basis::Granted, is_known, "{row:?}");
        }
    }
}
