//! What municipalities receive, and how it differs from what the baseline gives them.

use super::sheet::{SUMMARY, Sheet};
use super::{Cell, Rows};
use crate::analysis::{AwardRow, Findings, VerdictRow};

/// `awards.csv`.
pub fn awards<'t, R: Rows<'t>>(findings: &'t Findings, rows: R) -> R {
    let mut sheet = Sheet::new(rows, &["policy,programme,municipality,name,year,measure", SUMMARY]);
    for row in &findings.awards {
        let AwardRow { policy, programme, municipality, name, year, measure, summary } = row;
        for text in [policy, programme, municipality, name] {
            sheet.text(text);
        }
        sheet.year(*year);
        sheet.text(measure);
        sheet.summary(summary, Cell::Money);
        sheet.end();
    }
    sheet.rows
}

/// `verdicts.csv`.
pub fn verdicts<'t, R: Rows<'t>>(findings: &'t Findings, rows: R) -> R {
    let mut sheet = Sheet::with_all_years(
        rows,
        &[
            "policy,baseline,pot,programme,municipality,name,year,difference_mean,difference_mcse",
            "p_more,p_less,threshold_eur,threshold_percent,verdict",
            "p_more_lower,p_more_upper,p_less_lower,p_less_upper",
        ],
    );
    for row in &findings.verdicts {
        let VerdictRow { policy, baseline, programme, municipality, name, .. } = row;
        for text in [policy, baseline, row.pot, programme, municipality, name] {
            sheet.text(text);
        }
        sheet.year_or_all(row.year);
        sheet.money(row.difference_mean);
        sheet.money(row.difference_mcse);
        sheet.number(row.p_more);
        sheet.number(row.p_less);
        sheet.money(Some(row.threshold_eur));
        sheet.number(Some(row.threshold_percent));
        sheet.text(row.verdict.text());
        sheet.chance(row.p_more_interval);
        sheet.chance(row.p_less_interval);
        sheet.end();
    }
    sheet.rows
}
