//! What the points of each year bind later ones to, against the pot.

use super::budget::available_pot;
use super::figures::{column_heads, median_and_range, quantile_heads, quantile_values};
use super::texts::{heading, in_title, pot, quantiles};
use super::{DataTable, PictureFile, Run};
use crate::analysis::shown::fixed_pot;
use crate::analysis::{Bound, BudgetRow, CommitmentRow};
use crate::chart::Fan;
use crate::chart::fan::FanYear;
use crate::language::Message;
use crate::model::Purpose;
use crate::report::wording::{capitalised, range_of};
use std::fmt::Write;

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
    let (say, figures) = (|message: Message| run.say(message), run.figures);
    let title = Message::new("picture-commitments-title")
        .name("programme", &in_title(&capitalised(called)))
        .year("year", last.year)
        .money("sum", last.summary.p50?, currency);
    let title = say(title);
    let subtitle = say(Message::new("picture-commitments-subtitle"));
    let note = say(Message::new("picture-commitments-note"));
    let chart = Fan {
        heading: heading(run, &title, &subtitle, name, &pot(run, &budget), &note),
        currency: currency.clone(),
        pot_name: if is_fixed { available_pot(run) } else { String::new() },
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
    let mut alt = say(Message::new("picture-alt").name("title", &title).name("policy", name));
    let mut data = Vec::new();
    for row in &rows {
        let money =
            |value: Option<f64>| value.map_or_else(String::new, |v| figures.money(v, currency));
        let (median, range) = median_and_range(figures, &range_of(&row.summary), money);
        let message = Message::new("picture-commitments-year").year("year", row.year);
        let _ = write!(alt, " {}", say(message.name("median", &median).name("range", &range)));
        let mut cells = vec![row.year.to_string()];
        cells.extend(quantile_values(&row.summary).map(|value| figures.sum(value)));
        data.push(cells);
    }
    let mut columns = column_heads(figures, &[Message::new("picture-column-year")]);
    columns.extend(column_heads(figures, &quantile_heads()));
    let names = &run.names;
    let stem =
        format!("commitments-{}-{}", names.programmes.get(programme)?, names.policies.get(policy)?);
    let data = DataTable::new(columns, data);
    let picture = run.picture(&chart, &stem, Some(policy), (&title, alt), data);
    Some(PictureFile { is_aside: true, ..picture })
}
