//! The tables of a run: columns and typed cells, which CSV, the workbook and the Python module write down.

mod awards;
mod cell;
mod guarantees;
mod network;
mod outcomes;
mod pots;
mod sheet;
mod table;
#[cfg(test)]
mod tests;
mod worksheet;

pub use awards::{awards, verdicts};
pub use cell::Cell;
pub use guarantees::guarantees;
pub use network::network;
pub use outcomes::{outcomes, outcomes_with_units};
pub use pots::{budget, commitments, reconciliation};
pub use table::{Kind, Rows, Table};
pub use worksheet::worksheet;

use crate::analysis::Findings;

/// Every table of a run under its name, with rows or without, each handed to what `rows` makes.
pub fn of_run<'t, R: Rows<'t>>(
    findings: &'t Findings,
    rows: impl Fn() -> R,
) -> [(&'static str, R); 8] {
    [
        ("awards", awards(findings, rows())),
        ("budget", budget(findings, rows())),
        ("verdicts", verdicts(findings, rows())),
        ("outcomes", outcomes(findings, rows())),
        ("network", network(findings, rows())),
        ("reconciliation", reconciliation(findings, rows())),
        ("commitments", commitments(findings, rows())),
        ("guarantees", guarantees(findings, rows())),
    ]
}
