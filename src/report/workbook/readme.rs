//! The first sheet: what the workbook is, what each sheet holds, what is live and what is not.

use super::page::Page;
use super::styles;
use super::{Subject, central::Central};
use crate::archive::digest;
use crate::model::Scenario;
use rust_xlsxwriter::XlsxError;

/// Name of the sheet.
pub const SHEET: &str = "Read me";

/// A sheet, and what it holds.
pub struct Entry {
    /// Its name.
    pub sheet: String,
    /// What it holds.
    pub holds: String,
}

/// Writes the sheet.
///
/// # Errors
/// What the file format cannot hold.
pub fn write(
    page: &mut Page,
    subject: &Subject<'_>,
    entries: &[Entry],
    centrals: &[Central],
) -> Result<(), XlsxError> {
    let about = &subject.findings.about;
    page.title(&about.title)?;
    page.note(1, "Written by dotacija: a simulation of a state subsidy before it is law. Figures of the tables are over all simulated futures; the sheets P1, P2 … work one of them by formulas, the central one, in which every uncertain quantity has its median.")?;
    let mut row = 3;
    facts(page, subject, &mut row)?;
    sheets(page, entries, &mut row)?;
    live(page, subject.scenario, centrals, &mut row)?;
    sources(page, subject, &mut row)?;
    page.sheet().set_column_width(0, 26)?;
    page.sheet().set_column_width(1, 120)?;
    Ok(())
}

fn heading(page: &mut Page, row: &mut u32, text: &str) -> Result<(), XlsxError> {
    page.text(*row, 0, text, &styles::heading())?;
    *row += 1;
    Ok(())
}

fn line(page: &mut Page, row: &mut u32, what: &str, text: &str) -> Result<(), XlsxError> {
    page.text(*row, 0, what, &styles::wrapped())?;
    page.text(*row, 1, text, &styles::wrapped())?;
    high_enough(page, *row, what, text)?;
    *row += 1;
    Ok(())
}

/// As many lines as the texts of a row take.
fn high_enough(page: &mut Page, row: u32, what: &str, text: &str) -> Result<(), XlsxError> {
    let lines = |text: &str, width: usize| text.chars().count().div_ceil(width).max(1);
    let lines = lines(what, 24).max(lines(text, 110)).min(20);
    page.sheet().set_row_height(row, 15.0 * lines as f64)?;
    Ok(())
}

fn facts(page: &mut Page, subject: &Subject<'_>, row: &mut u32) -> Result<(), XlsxError> {
    let about = &subject.findings.about;
    heading(page, row, "This run")?;
    let years = format!("{} to {}", about.years.0, about.years.1);
    let draws = format!(
        "{} simulated futures, sampling plan {}, seed {}",
        about.draws, about.plan, about.seed
    );
    let size = format!("{} municipalities, {} service points", about.municipalities, about.points);
    let program = format!("dotacija {}", subject.version);
    let changed = "A change in this workbook changes the sheets P1, P2 … and Pots only, and only on the central path. For ranges, chances and verdicts put the change into the scenario and run it again.";
    let facts = [
        ("scenario", about.scenario.as_str()),
        ("years", &years),
        ("draws", &draws),
        ("size", &size),
        ("quantiles", about.quantiles),
        ("program", &program),
        ("what a change does", changed),
    ];
    for (what, text) in facts {
        line(page, row, what, text)?;
    }
    if let Some(date) = &about.information_date {
        line(
            page,
            row,
            "information date",
            &format!("{date}: what was known later is compared with, not used"),
        )?;
    }
    *row += 1;
    Ok(())
}

fn sheets(page: &mut Page, entries: &[Entry], row: &mut u32) -> Result<(), XlsxError> {
    heading(page, row, "Sheets")?;
    for entry in entries {
        page.link(*row, 0, &entry.sheet)?;
        page.text(*row, 1, &entry.holds, &styles::wrapped())?;
        high_enough(page, *row, &entry.sheet, &entry.holds)?;
        *row += 1;
    }
    *row += 1;
    Ok(())
}

fn live(
    page: &mut Page,
    scenario: &Scenario,
    centrals: &[Central],
    row: &mut u32,
) -> Result<(), XlsxError> {
    heading(page, row, "What is live")?;
    let colours = [
        (
            "yellow, blue letters",
            styles::input("General"),
            "May be changed: levers, appropriations, top slices (Settings) and the columns of Municipalities that rules read.",
        ),
        (
            "white",
            styles::live("General"),
            "A formula: it follows. Amounts are rounded half up on the decimal reading (what lies within 2^-40 of itself below a half counts as the half), pots are divided in whole units, and the units left go to the largest remainders.",
        ),
        (
            "grey",
            styles::held("General"),
            "Held at the run's central path: which points open, load, staff, cost, prices, drawn inputs.",
        ),
        (
            "green",
            styles::result("General"),
            "What comes out: due and award. «award in the run» beside it stays, so that the difference shows what a change does.",
        ),
    ];
    for (colour, format, text) in colours {
        line(page, row, colour, text)?;
        page.text(*row - 1, 0, colour, &format)?;
    }
    for central in centrals {
        let policy = scenario.policies.get(central.policy).map_or("", |policy| &policy.name);
        let state = match (&central.held, central.notes.is_empty()) {
            (None, true) => "live".to_owned(),
            (None, false) => format!("live; not live: {}", central.notes.join("; ")),
            (Some(reason), _) => {
                let notes = central.notes.iter().map(|note| format!("; {note}"));
                format!("awards not live: {reason}{}", notes.collect::<String>())
            }
        };
        line(page, row, &central.name, &format!("{policy}: {state}"))?;
    }
    *row += 1;
    Ok(())
}

fn sources(page: &mut Page, subject: &Subject<'_>, row: &mut u32) -> Result<(), XlsxError> {
    let policies = &subject.scenario.policies;
    if policies.iter().any(|policy| !policy.source.is_empty()) {
        heading(page, row, "Where the rules come from")?;
        for policy in policies {
            line(page, row, &policy.name, &policy.source)?;
        }
        *row += 1;
    }
    heading(page, row, "Files that were read, with their BLAKE3 digests")?;
    for source in crate::archive::read_from_disk(subject.sources) {
        line(page, row, &source.name, &digest(&source.bytes))?;
    }
    let warnings = &subject.findings.warnings;
    if !warnings.is_empty() {
        *row += 1;
        heading(page, row, "What a reader should know")?;
        for warning in warnings {
            let reason = warning.reason.as_ref();
            let reason = reason.map_or_else(String::new, |reason| format!(" (waived: {reason})"));
            line(page, row, warning.code, &format!("{}{reason}", warning.message))?;
        }
    }
    Ok(())
}
