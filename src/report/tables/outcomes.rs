//! What outcomes come to, with the intervals of their quantiles.

use super::sheet::{ENDS, Form, SUMMARY, Sheet};
use super::{Cell, Rows};
use crate::analysis::{Findings, OutcomeRow};

/// `outcomes.csv`.
pub fn outcomes<'t, R: Rows<'t>>(findings: &'t Findings, rows: R) -> R {
    outcome_rows(findings, Sheet::new(rows, &["policy,outcome,scope,year", SUMMARY, ENDS]), false)
}

/// `outcomes.csv` with a column more: the unit of each outcome, where it is known.
pub fn outcomes_with_units<'t, R: Rows<'t>>(findings: &'t Findings, rows: R) -> R {
    let header = ["policy,outcome,scope,unit,year", SUMMARY, ENDS];
    outcome_rows(findings, Sheet::new(rows, &header), true)
}

fn outcome_rows<'t, R: Rows<'t>>(
    findings: &'t Findings,
    mut sheet: Sheet<'t, R>,
    with_units: bool,
) -> R {
    for row in &findings.outcomes {
        let OutcomeRow { policy, outcome, scope, year, unit, summary, intervals } = row;
        for text in [policy, outcome, scope] {
            sheet.text(text);
        }
        if with_units {
            sheet.text(unit);
        }
        sheet.year(*year);
        let form: Form = if *unit == "EUR" { Cell::Money } else { Cell::Number };
        sheet.summary(summary, form);
        for interval in intervals {
            sheet.ends(interval, form);
        }
        sheet.end();
    }
    sheet.rows
}
