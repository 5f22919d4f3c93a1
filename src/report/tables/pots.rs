//! What becomes of pots: whether they suffice, their books, and what binds later years.

use super::sheet::{SUMMARY, Sheet};
use super::{Cell, Rows};
use crate::analysis::{BudgetRow, CommitmentRow, Findings, ReconciliationRow};

/// `budget.csv`.
pub fn budget<'t, R: Rows<'t>>(findings: &'t Findings, rows: R) -> R {
    let mut sheet = Sheet::new(
        rows,
        &[
            "policy,programme,year,appropriation,available_mean,entitlement_mean,award_mean",
            "p_shortfall,shortfall_mean,reserve90,reserve95,reserve99,unspent_mean",
            "p_shortfall_lower,p_shortfall_upper,reserve90_lower,reserve90_upper",
            "reserve95_lower,reserve95_upper,reserve99_lower,reserve99_upper",
            "expected_shortfall90,expected_shortfall95,expected_shortfall99",
            "p_every_short,p_every_short_lower,p_every_short_upper",
        ],
    );
    for row in &findings.budget {
        let BudgetRow { policy, programme, year, entitlement, award, .. } = row;
        sheet.text(policy);
        sheet.text(programme);
        sheet.year(*year);
        for value in [row.appropriation, row.available_mean, entitlement.mean, award.mean] {
            sheet.money(value);
        }
        sheet.number(row.p_shortfall);
        let reserves = [row.reserve90, row.reserve95, row.reserve99];
        for value in [row.shortfall_mean].into_iter().chain(reserves).chain([row.unspent_mean]) {
            sheet.money(value);
        }
        sheet.chance(row.p_shortfall_interval);
        for interval in &row.reserve_intervals {
            sheet.ends(interval, Cell::Money);
        }
        for value in row.expected_shortfalls {
            sheet.money(value);
        }
        sheet.number(row.p_every_short);
        sheet.chance(row.p_every_short_interval);
        sheet.end();
    }
    sheet.rows
}

/// `reconciliation.csv`: the books of every pot, in lines that add up to the cent.
pub fn reconciliation<'t, R: Rows<'t>>(findings: &'t Findings, rows: R) -> R {
    let mut sheet = Sheet::new(rows, &["policy,programme,year,side,line,name,mean,central"]);
    for row in &findings.reconciliation {
        let ReconciliationRow { policy, programme, year, side, line, name, mean, central } = row;
        sheet.text(policy);
        sheet.text(programme);
        sheet.year(*year);
        sheet.text(side.text());
        sheet.text(line);
        sheet.text(name);
        sheet.cell(Cell::Cents(Some(*mean)));
        sheet.cell(Cell::Cents(*central));
        sheet.end();
    }
    sheet.rows
}

/// `commitments.csv`: what is paid in each year, and what it binds later ones to.
pub fn commitments<'t, R: Rows<'t>>(findings: &'t Findings, rows: R) -> R {
    let mut sheet = Sheet::new(rows, &["policy,programme,year,what,due,basis", SUMMARY]);
    for row in &findings.commitments {
        let CommitmentRow { policy, programme, year, bound, basis, summary } = row;
        sheet.text(policy);
        sheet.text(programme);
        sheet.year(*year);
        for text in bound.texts(*year) {
            sheet.word(text);
        }
        sheet.text(basis.text());
        sheet.summary(summary, Cell::Money);
        sheet.end();
    }
    sheet.rows
}
