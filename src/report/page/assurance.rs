//! The log of checks: what was read, what was checked, and what stands all the same.

use super::grid::{Cell, Grid, Head};
use crate::analysis::Findings;
use crate::archive::{digest, read_from_disk};
use crate::language::Message;
use crate::problem::Sources;
use crate::report::written::Written;

/// What was checked, a line each.
pub fn checks(findings: &Findings, written: Written) -> Vec<String> {
    let waived = findings.warnings.iter().filter(|note| note.is_waived()).count();
    let open = findings.warnings.len() - waived;
    let mut checks = vec![written.say("page-check-door"), written.say("page-check-formulas")];
    if !findings.reconciliation.is_empty() {
        checks.push(written.say("page-check-books"));
    }
    let warnings = Message::new("page-check-warnings")
        .count("open", open as f64)
        .count("waived", waived as f64);
    checks.push(written.words(&warnings));
    let held: Vec<bool> = findings.observed.iter().filter_map(|row| row.inside).collect();
    if !held.is_empty() {
        let inside = held.iter().filter(|inside| **inside).count();
        let observed = Message::new("page-check-observed")
            .count("inside", inside as f64)
            .count("all", held.len() as f64);
        checks.push(written.words(&observed));
    }
    checks
}

/// Every file that was read, with its digest.
pub fn files(sources: &Sources, written: Written) -> Option<Grid> {
    let heads = [
        Head::words(written.say("page-column-file")),
        Head::figures(written.say("page-column-bytes")),
        Head::words(written.say("page-column-digest")),
    ];
    let mut grid = Grid::new(written.say("page-files-read"), heads);
    for source in read_from_disk(sources) {
        grid.push(vec![
            Cell::new(&*source.name),
            Cell::new(written.number(source.bytes.len() as f64, 0)),
            Cell::new(digest(&source.bytes)),
        ]);
    }
    grid.some()
}
