//! `workbook.xlsx`: settings, inputs, the tables of the run, and the central case with live formulas.
//!
//! ```text
//! names, styles, page     what Excel takes, how cells look, one sheet while it is written
//! readme, settings, inputs, places, results     sheets
//! central/                the sheets whose formulas recompute the awards
//! ```
//! Texts of the scenario go in as strings and never as formulas; formulas are made of cells, numbers and
//! names that are made here. The same run gives the same bytes.

mod central;
mod inputs;
mod names;
mod page;
mod places;
mod readme;
mod results;
mod settings;
mod styles;

use self::central::{Central, PotRow};
use self::names::Names;
use self::page::Page;
use self::places::Places;
use self::readme::Entry;
use self::results::Result as Sheet;
use self::settings::Settings;
use super::tables::{self, Cell};
use crate::analysis::Findings;
use crate::engine::Book;
use crate::model::Scenario;
use crate::problem::Sources;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

/// Name of the file.
pub const WORKBOOK: &str = "workbook.xlsx";

/// The most rows of a result that are written down: beyond them a sheet takes longer to open than it helps.
const MOST_ROWS: usize = 200_000;

/// From here on outcomes of municipalities are left to the file.
const MANY_ROWS: usize = 10_000;

/// What a workbook is made of.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'s> {
    /// The scenario.
    pub scenario: &'s Scenario,
    /// What the run has found.
    pub findings: &'s Findings,
    /// The central path.
    pub books: &'s [Book],
    /// The files that were read.
    pub sources: &'s Sources,
    /// Version of the program.
    pub version: &'s str,
}

/// The bytes of the workbook.
///
/// # Errors
/// What the file format cannot hold.
pub fn render(subject: &Subject<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // A fixed time, so that the same run gives the same bytes.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new()
        .set_title(names::cell_text(&subject.findings.about.title))
        .set_author("dotacija")
        .set_creation_datetime(&created);
    workbook.set_properties(&properties);
    let mut writer = Writer::new(subject);
    writer.write(&mut workbook)?;
    for (name, cell) in &writer.cells {
        workbook.define_name(name.as_str(), &format!("={cell}"))?;
    }
    workbook.save_to_buffer()
}

struct Writer<'w> {
    subject: &'w Subject<'w>,
    cell_names: Names,
    settings: Settings,
    centrals: Vec<Central>,
    results: Vec<Sheet<'w>>,
    /// Names of cells, and where they stand.
    cells: Vec<(String, String)>,
}

impl<'w> Writer<'w> {
    fn new(subject: &'w Subject<'w>) -> Self {
        let scenario = subject.scenario;
        let mut cell_names = Names::default();
        let settings = Settings::new(scenario, subject.books, &mut cell_names);
        let places = Places::new(scenario);
        let results = results(subject.findings);
        let mut sheet_names = Names::default();
        let fixed = [
            readme::SHEET,
            settings::SHEET,
            inputs::SHEET,
            places::SHEET,
            "Points",
            central::pots::SHEET,
        ];
        for name in fixed.into_iter().chain(results.iter().map(|result| result.sheet)) {
            sheet_names.sheet(name);
        }
        let centrals = central::sheets(scenario, subject.books, &places, &settings, |wanted| {
            sheet_names.sheet(wanted)
        });
        let cells = Vec::new();
        Self { subject, cell_names, settings, centrals, results, cells }
    }

    fn write(&mut self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        let scenario = self.subject.scenario;
        let has_municipalities = !scenario.municipalities.table.codes.is_empty();
        let points = scenario.points.table.len();
        let has_points = (1..=places::MOST_POINTS).contains(&points);
        let entries = self.entries(has_municipalities, has_points);
        let names = &mut self.cell_names;
        let mut page = Page::new(workbook.add_worksheet(), readme::SHEET, names)?;
        readme::write(&mut page, self.subject, &entries, &self.centrals)?;
        let mut page = Page::new(workbook.add_worksheet(), settings::SHEET, names)?;
        self.cells = self.settings.write(&mut page, scenario)?;
        let mut page = Page::new(workbook.add_worksheet(), inputs::SHEET, names)?;
        inputs::write(&mut page, scenario)?;
        if has_municipalities {
            let mut page = Page::new(workbook.add_worksheet(), places::SHEET, names)?;
            places::municipalities(&mut page, scenario)?;
        }
        if has_points {
            let mut page = Page::new(workbook.add_worksheet(), "Points", names)?;
            places::points(&mut page, scenario)?;
        }
        if !self.centrals.is_empty() {
            let mut page = Page::new(workbook.add_worksheet(), central::pots::SHEET, names)?;
            let rows: Vec<&PotRow> =
                self.centrals.iter().flat_map(|central| &central.pots).collect();
            central::print_pots(&mut page, scenario, &rows)?;
        }
        for central in &self.centrals {
            let mut page = Page::new(workbook.add_worksheet(), &central.name, names)?;
            central::print(&mut page, scenario, central)?;
        }
        for result in &self.results {
            let mut page = Page::new(workbook.add_worksheet(), result.sheet, names)?;
            results::write(&mut page, result, &scenario.currency)?;
        }
        Ok(())
    }

    fn entries(&self, has_municipalities: bool, has_points: bool) -> Vec<Entry> {
        let mut entries = Vec::new();
        let mut add = |sheet: &str, holds: String| {
            entries.push(Entry { sheet: sheet.to_owned(), holds });
        };
        add(settings::SHEET, "levers and appropriations, to be changed".to_owned());
        add(inputs::SHEET, "the uncertain quantities: ranges, distributions, sources".to_owned());
        if has_municipalities {
            add(
                places::SHEET,
                "the table of municipalities; columns that rules read may be changed".to_owned(),
            );
        }
        if has_points {
            add("Points", "the table of service points".to_owned());
        }
        if !self.centrals.is_empty() {
            add(
                central::pots::SHEET,
                "each pot and year of the central case: there, due, granted, left".to_owned(),
            );
        }
        for central in &self.centrals {
            let scenario = self.subject.scenario;
            let policy = scenario.policies.get(central.policy).map_or("", |policy| &policy.name);
            let programme =
                scenario.programmes.get(central.programme).map_or("", |known| &known.name);
            add(&central.name, format!("central case, live: {programme} under «{policy}»"));
        }
        for result in &self.results {
            add(result.sheet, format!("{} The same as {}.", result.note, result.file));
        }
        entries
    }
}

/// The tables of the run; those without rows are left out.
fn results(findings: &Findings) -> Vec<Sheet<'_>> {
    let sheet = |sheet, title, note: &str, file, table, frozen| Sheet {
        sheet,
        title,
        note: note.to_owned(),
        file,
        table,
        frozen,
    };
    let mut all = vec![
        sheet(
            "Awards",
            "Awards",
            "What is due, granted, costs and remains as own share, by municipality and year: means and quantiles over the simulated futures.",
            "awards.csv",
            tables::awards(findings),
            4,
        ),
        sheet(
            "Budget",
            "Budget",
            "Each pot and year: means, the chance that claims exceed the pot, and the reserve needed for 90, 95 and 99 % of futures.",
            "budget.csv",
            tables::budget(findings),
            3,
        ),
        sheet(
            "Verdicts",
            "Verdicts",
            "Who receives more or less than under the baseline, first at the same pot, then at the policy's own.",
            "verdicts.csv",
            tables::verdicts(findings),
            6,
        ),
        sheet(
            "Outcomes",
            "Outcomes",
            "Figures of the nation, regions, tiers and municipalities.",
            "outcomes.csv (with the unit of each outcome)",
            tables::outcomes_with_units(findings),
            4,
        ),
        sheet(
            "Network",
            "Network",
            "Open points by tier, load, unmet need and staff by municipality and year.",
            "network.csv",
            tables::network(findings),
            4,
        ),
        sheet(
            "Reconciliation",
            "Reconciliation",
            "Where the money of each pot comes from and where it goes, in lines that add up to the cent.",
            "reconciliation.csv",
            tables::reconciliation(findings),
            6,
        ),
        sheet(
            "Commitments",
            "Commitments",
            "What is paid in each year, and what it binds later ones to.",
            "commitments.csv",
            tables::commitments(findings),
            6,
        ),
        sheet(
            "Guarantees",
            "Guarantees",
            "What each guarantee gives to whom, and what it takes from the others.",
            "guarantees.csv",
            tables::guarantees(findings),
            8,
        ),
    ];
    for result in all.iter_mut().filter(|result| result.sheet == "Outcomes") {
        if result.table.rows.len() > MANY_ROWS {
            let of_municipality = |row: &Vec<Cell<'_>>| matches!(row.get(2), Some(Cell::Text(scope)) if scope.starts_with("municipality:"));
            result.table.rows.retain(|row| !of_municipality(row));
            "Figures of the nation, regions and tiers; those of each municipality are too many for a sheet that opens at once, and stand in the file.".clone_into(&mut result.note);
            result.file =
                "outcomes.csv, but for the municipalities (with the unit of each outcome)";
        }
    }
    all.retain(|result| !result.table.rows.is_empty());
    for result in &mut all {
        let rows = result.table.rows.len();
        if rows > MOST_ROWS {
            result.table.rows.truncate(MOST_ROWS);
            result.note.push_str(&format!(
                " Only the first {MOST_ROWS} of {rows} rows are here; all stand in the file."
            ));
        }
    }
    all
}
