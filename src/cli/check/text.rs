//! Control totals and widths as text.

use crate::analysis::{Comparison, ControlTotals, Range, SPREAD_DRAWS};
use crate::cli::{precision, show};
use crate::model::{BoundaryChange, Coverage, Plan, Run};
use crate::report::{grouped, grouped_digits};
use crate::stats::Grouping;

/// Sums by which a reader recognises the data.
pub fn totals(totals: &ControlTotals) -> String {
    let mut rows = Vec::new();
    let mut row = |name: &str, value: String| rows.push(vec![format!("  {name}"), value]);
    let count = |count: usize| grouped(Some(count as f64));
    if totals.municipalities > 0 {
        row("municipalities", count(totals.municipalities));
    }
    if totals.points > 0 {
        let never = if totals.never > 0 {
            format!(", {} without a date", totals.never)
        } else {
            String::new()
        };
        let open =
            format!("{} open already, {} planned{never}", totals.open_already, totals.planned);
        row("points", format!("{} ({open})", count(totals.points)));
        for tier in &totals.tiers {
            row(
                &format!("  {}", tier.tier),
                format!("{} ({} open already)", count(tier.points), tier.open_already),
            );
        }
    }
    for column in &totals.columns {
        let year = column.year.map_or_else(String::new, |year| format!(" of {year}"));
        row(&format!("sum of {}{year}", column.column), grouped(Some(column.sum)));
    }
    let mut text = String::from("control totals\n");
    text.push_str(&show::aligned(&rows));
    text.push_str(&boundaries(&totals.boundaries));
    text.push_str(&appropriations(totals));
    text
}

/// Changes of boundaries, and the sums that they have kept.
fn boundaries(changes: &[BoundaryChange]) -> String {
    let mut text = String::new();
    for change in changes {
        let date = change.date.as_ref().map_or_else(String::new, |date| format!(" ({date})"));
        text.push_str(&format!("boundaries: {}{date}, {}\n", change.title, change.file));
        let mut rows = Vec::new();
        let mut row = |name: &str, value: String| rows.push(vec![format!("  {name}"), value]);
        if let Some((before, after)) = change.municipalities {
            let divided = match change.divided {
                0 => String::new(),
                divided => format!(", {divided} of them divided"),
            };
            row("municipalities", format!("{before} → {after}{divided}"));
        }
        if change.moved_points > 0 {
            row(
                "points with another code of municipality",
                grouped(Some(change.moved_points as f64)),
            );
        }
        for kept in &change.kept {
            row(&format!("sum of {}, before and after", kept.column), grouped_digits(&kept.sum));
        }
        text.push_str(&show::aligned(&rows));
    }
    text
}

/// Appropriations, a line per policy and programme, equal years taken together.
fn appropriations(totals: &ControlTotals) -> String {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut last: Option<(&str, &str, String)> = None;
    for entry in &totals.appropriations {
        let sum = entry.euro.map_or_else(
            || entry.text.clone().unwrap_or_else(|| "open-ended".to_owned()),
            |euro| format!("{} EUR", grouped(Some(euro))),
        );
        let key = (entry.policy.as_str(), entry.programme.as_str(), sum.clone());
        if last.as_ref() == Some(&key) {
            if let Some(row) = rows.last_mut() {
                let first = row[2].split('–').next().unwrap_or("").to_owned();
                row[2] = format!("{first}–{}", entry.year);
            }
        } else {
            rows.push(vec![
                format!("  {}", entry.policy),
                entry.programme.clone(),
                entry.year.to_string(),
                sum,
            ]);
        }
        last = Some(key);
    }
    if rows.is_empty() {
        String::new()
    } else {
        format!("appropriations\n{}", show::aligned(&rows))
    }
}

/// Which national scores the sampling plan covers, nothing where draws are independent; and when a
/// precision lets the run end.
pub fn sampling(run: &Run, coverage: &Coverage) -> String {
    let looked_at = run.precision.as_ref().map_or_else(String::new, precision::goal);
    if run.plan == Plan::Random {
        return looked_at;
    }
    let count = |count: usize, one: &str, more: &str| {
        format!("{} {}", grouped(Some(count as f64)), if count == 1 { one } else { more })
    };
    let mut text = format!(
        "sampling plan {}: {} of {}",
        run.plan.name(),
        count(coverage.scores, "national score", "national scores"),
        count(coverage.inputs, "input", "inputs"),
    );
    if !coverage.left.is_empty() {
        text.push_str("; beyond its dimensions and so drawn independently: ");
        text.push_str(&coverage.left.join(", "));
    }
    if run.plan.depends_on_draws() {
        text.push_str("; another number of draws changes every draw");
    }
    let usual = match run.plan.grouping() {
        Grouping::Pairs if run.draws % 2 == 1 => "; the last draw has no partner",
        Grouping::Sixteen if run.draws < 32 => "; too few draws for an error from 16 groups",
        _ => "",
    };
    text.push_str(usual);
    text.push('\n');
    text + &looked_at
}

/// How wide national figures are, as written and if nothing below the nation were shared.
pub fn widths(comparisons: &[Comparison]) -> String {
    if comparisons.is_empty() {
        return String::new();
    }
    let width = |range: &Range| match (range.p05, range.p95) {
        (Some(low), Some(high)) => {
            format!(
                "{} to {} (width {})",
                grouped(Some(low)),
                grouped(Some(high)),
                grouped(Some(high - low))
            )
        }
        _ => "no values".to_owned(),
    };
    let rows: Vec<Vec<String>> = comparisons
        .iter()
        .flat_map(|comparison| {
            let name = format!("  {} ({}), {}", comparison.what, comparison.unit, comparison.when);
            [
                vec![name, "shared variance as written".to_owned(), width(&comparison.written)],
                vec![
                    String::new(),
                    "if all were independent".to_owned(),
                    width(&comparison.independent),
                ],
            ]
        })
        .collect();
    format!(
        "width of the 5–95 % range under the baseline policy ({} draws)\n{}",
        SPREAD_DRAWS,
        show::aligned(&rows)
    )
}
