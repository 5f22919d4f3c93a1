//! What the points of each year bind later ones to, against the pot.

use super::texts::{heading, pot, quantiles};
use super::{DataTable, PictureFile, Run};
use crate::analysis::shown::fixed_pot;
use crate::analysis::{Bound, BudgetRow, CommitmentRow};
use crate::chart::Fan;
use crate::chart::fan::FanYear;
use crate::model::Purpose;
use crate::report::wording::{capitalised, median_and_range, money, range_of, sum};
use std::fmt::Write;

const NOTE: &str = "What is due a year, at the rates and prices of the year, once all that is open or funded \
    at its end is open: an estimate by cost.";

/// A fan of each programme of maintenance under a policy.
pub fn pictures(run: &Run<'_>, policy: usize) -> Vec<PictureFile> {
    let programmes = run.prepared.scenario.programmes.iter().enumerate();
    programmes
        .filter(|(_, programme)| programme.purpose == Purpose::Maintenance)
        .filter_map(|(programme, _)| steady(run, policy, programme))
        .collect()
}

fn steady(run: &Run<'_>, policy: usize, programme: usize) -> Option<PictureFile> {
    let scenario = run.prepared.scenario;
    let (name, called) =
        (&scenario.policies.get(policy)?.name, &scenario.programmes.get(programme)?.name);
    let currency = &run.findings.about.currency;
    let rows: Vec<&CommitmentRow> = run
        .findings
        .commitments
        .iter()
        .filter(|row| (&row.policy, &row.programme) == (name, called) && row.bound == Bound::Steady)
        .collect();
    let last = *rows.last()?;
    if last.summary.mean? <= 0.0 {
        return None;
    }
    let of = |row: &&BudgetRow| (&row.policy, &row.programme) == (name, called);
    let budget: Vec<&BudgetRow> = run.findings.budget.iter().filter(of).collect();
    let fixed = |year: usize| fixed_pot(scenario, run.tally, policy, programme, year);
    let fixed: Vec<Option<f64>> = (0..rows.len()).map(fixed).collect();
    let is_fixed = fixed.iter().all(Option::is_some);
    let title = format!(
        "{}: the points of {} bind {} a year",
        capitalised(called),
        last.year,
        money(last.summary.p50?, currency)
    );
    let subtitle =
        "What the points at the end of each year bind every later one to, in money of the year";
    let chart = Fan {
        heading: heading(run, &title, subtitle, name, &pot(&budget, currency), NOTE),
        currency: currency.clone(),
        pot_name: if is_fixed { "available".to_owned() } else { String::new() },
        years: rows
            .iter()
            .zip(&fixed)
            .zip(&budget)
            .filter_map(|((row, fixed), budget)| {
                let pot = if is_fixed { *fixed } else { budget.appropriation };
                Some(FanYear { year: row.year, claims: quantiles(&row.summary)?, pot })
            })
            .collect(),
    };
    let mut alt = format!("{title}. Policy {name}.");
    let mut data = Vec::new();
    for row in &rows {
        let (median, range) = median_and_range(&range_of(&row.summary), sum);
        let range = if range.is_empty() { range } else { format!(" (80 % of draws: {range})") };
        let _ = write!(alt, " {}: {currency} {median}{range}.", row.year);
        let due = &row.summary;
        let mut cells = vec![row.year.to_string()];
        cells.extend([due.p05, due.p10, due.p25, due.p50, due.p75, due.p90, due.p95].map(sum));
        data.push(cells);
    }
    let columns = ["Year", "5th percentile", "10th", "25th", "Median", "75th", "90th", "95th"];
    let names = &run.names;
    let stem =
        format!("commitments-{}-{}", names.programmes.get(programme)?, names.policies.get(policy)?);
    let data = DataTable::new(&columns, data);
    let picture = PictureFile::new(&chart, &stem, Some(policy), (&title, alt), data);
    Some(PictureFile { is_aside: true, ..picture })
}
