//! The first sheet: what the workbook is, what each sheet holds, what is live and what is not.

use super::central::list;
use super::page::Page;
use super::styles;
use super::{Subject, central::Central};
use crate::archive::digest;
use crate::language::{Message, option};
use crate::model::Scenario;
use crate::report::written::Written;
use rust_xlsxwriter::XlsxError;

/// Texts stand as they are.
const FORM: &str = "General";

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
    let language = page.language();
    page.note(1, &language.say("workbook-says"))?;
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
    let language = page.language();
    let said = |message: Message| message.in_language(language);
    heading(page, row, &language.say("workbook-this-run"))?;
    let years = Message::new("workbook-years-of").year("first", about.years.0);
    let draws = Message::new("workbook-draws-of")
        .count("count", about.draws as f64)
        .words("plan", option(about.plan))
        .name("seed", &about.seed.to_string());
    let points = Message::new("workbook-points-of").count("count", about.points as f64);
    let size = Message::new("workbook-size-of")
        .count("count", about.municipalities as f64)
        .words("points", points);
    let facts = [
        (language.say("workbook-fact-scenario"), about.scenario.clone()),
        (language.say("workbook-fact-years"), said(years.year("last", about.years.1))),
        (language.say("workbook-fact-draws"), said(draws)),
        (language.say("workbook-fact-size"), said(size)),
        (language.say("workbook-fact-quantiles"), said(quantiles(about.quantiles))),
        (language.say("workbook-fact-program"), format!("dotacija {}", subject.version)),
        (language.say("workbook-fact-change"), language.say("workbook-change-says")),
    ];
    for (what, text) in facts {
        line(page, row, &what, &text)?;
    }
    if let Some(date) = &about.information_date {
        let date = Message::new("workbook-date-says").name("date", &Written(language).date(date));
        line(page, row, &language.say("workbook-fact-date"), &said(date))?;
    }
    *row += 1;
    Ok(())
}

/// How quantiles were found.
fn quantiles(how: &str) -> Message {
    match how {
        "exact" => Message::new("workbook-quantiles-exact"),
        "second pass" => Message::new("workbook-quantiles-second-pass"),
        _ => Message::new("workbook-quantiles-histogram"),
    }
}

fn sheets(page: &mut Page, entries: &[Entry], row: &mut u32) -> Result<(), XlsxError> {
    heading(page, row, &page.language().say("workbook-sheets"))?;
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
    let language = page.language();
    heading(page, row, &language.say("workbook-what-is-live"))?;
    let colours = [
        (
            language.say("workbook-yellow"),
            styles::input(FORM),
            language.say("workbook-yellow-says"),
        ),
        (language.say("workbook-white"), styles::live(FORM), language.say("workbook-white-says")),
        (language.say("workbook-grey"), styles::held(FORM), language.say("workbook-grey-says")),
        (language.say("workbook-green"), styles::result(FORM), language.say("workbook-green-says")),
    ];
    for (colour, format, text) in colours {
        line(page, row, &colour, &text)?;
        page.text(*row - 1, 0, &colour, &format)?;
    }
    for central in centrals {
        let policy = scenario.policies.get(central.policy).map_or("", |policy| &policy.name);
        let notes = list(&central.notes);
        let state = match (central.held.clone(), notes) {
            (None, None) => Message::new("workbook-state-live"),
            (None, Some(notes)) => Message::new("workbook-state-partly").words("notes", notes),
            (Some(why), None) => Message::new("workbook-state-held").words("why", why),
            (Some(why), Some(notes)) => Message::new("workbook-state-held").words(
                "why",
                Message::new("workbook-and").words("first", why).words("second", notes),
            ),
        };
        let said = state.in_language(language);
        line(page, row, &central.name, &format!("{policy}: {said}"))?;
    }
    *row += 1;
    Ok(())
}

fn sources(page: &mut Page, subject: &Subject<'_>, row: &mut u32) -> Result<(), XlsxError> {
    let language = page.language();
    let policies = &subject.scenario.policies;
    if policies.iter().any(|policy| !policy.source.is_empty()) {
        heading(page, row, &language.say("workbook-rules-from"))?;
        for policy in policies {
            line(page, row, &policy.name, &policy.source)?;
        }
        *row += 1;
    }
    heading(page, row, &language.say("workbook-files"))?;
    for source in crate::archive::read_from_disk(subject.sources) {
        line(page, row, &source.name, &digest(&source.bytes))?;
    }
    let warnings = &subject.findings.warnings;
    if !warnings.is_empty() {
        *row += 1;
        heading(page, row, &language.say("workbook-warnings"))?;
        for warning in warnings {
            let waived = |reason: &String| {
                let waived = Message::new("workbook-waived").name("reason", reason);
                format!(" {}", waived.in_language(language))
            };
            let reason = warning.reason.as_ref().map_or_else(String::new, waived);
            line(page, row, warning.code, &format!("{}{reason}", warning.message))?;
        }
    }
    Ok(())
}
