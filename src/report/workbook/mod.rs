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
mod headings;
mod inputs;
mod names;
mod page;
mod places;
mod readme;
mod results;
mod settings;
mod styles;
#[cfg(test)]
mod tests;

use self::central::{Central, PotRow};
use self::names::Names;
use self::page::Page;
use self::places::Places;
use self::readme::Entry;
use self::results::Result as Sheet;
use self::settings::Settings;
use crate::analysis::Findings;
use crate::engine::Book;
use crate::language::{Language, Message};
use crate::model::Scenario;
use crate::problem::Sources;
use rayon::prelude::*;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};
use std::cmp::Reverse;

/// Name of the file.
pub const WORKBOOK: &str = "workbook.xlsx";

/// How hard the file is compressed, of 9: a third of the time of the usual 6 for a sixth more
/// bytes.
const COMPRESSION: u8 = 2;

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
    /// The language of its texts.
    pub language: Language,
}

/// The most municipalities of which there is a workbook: with more, programs take minutes to open it.
const MOST_MUNICIPALITIES: usize = 10_000;

/// Whether a scenario has a workbook.
pub fn is_for(scenario: &Scenario) -> bool {
    scenario.municipalities.table.len() <= MOST_MUNICIPALITIES
}

/// A workbook whose sheets are written, but not packed.
pub struct Filled(Workbook);

impl Filled {
    /// The bytes of the file.
    ///
    /// # Errors
    /// What the file format cannot hold.
    pub fn pack(&mut self) -> Result<Vec<u8>, XlsxError> {
        self.0.save_to_buffer()
    }
}

/// The bytes of the workbook.
///
/// # Errors
/// What the file format cannot hold.
pub fn render(subject: &Subject<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut filled = fill(subject)?;
    let bytes = filled.pack();
    // Half a million cells are freed one by one, which nobody need wait for.
    std::thread::spawn(move || drop(filled));
    bytes
}

/// Writes the sheets, the large ones side by side.
///
/// # Errors
/// What the file format cannot hold.
pub fn fill(subject: &Subject<'_>) -> Result<Filled, XlsxError> {
    let mut workbook = Workbook::new();
    // A fixed time, so that the same run gives the same bytes.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new()
        .set_title(names::cell_text(&subject.findings.about.title))
        .set_author("dotacija")
        .set_creation_datetime(&created);
    workbook.set_properties(&properties);
    workbook.set_zip_compression_level(COMPRESSION);
    let mut writer = Writer::new(subject);
    writer.write(&mut workbook)?;
    for (name, cell) in &writer.cells {
        workbook.define_name(name.as_str(), &format!("={cell}"))?;
    }
    Ok(Filled(workbook))
}

/// A sheet with many cells.
enum Large<'l> {
    Central(&'l Central),
    Result(&'l Sheet<'l>),
}

impl Large<'_> {
    fn name(&self) -> &str {
        match self {
            Self::Central(central) => &central.name,
            Self::Result(result) => &result.sheet,
        }
    }

    fn cells(&self) -> usize {
        match self {
            Self::Central(central) => {
                central.grid.columns.len() * central.grid.rows_of_year * central.grid.years
            }
            Self::Result(result) => result.cells(),
        }
    }
}

/// Fills sheets side by side and gives them in their order. Whichever thread has nothing to do takes the
/// largest that is left, so that none ends long after the others.
fn side_by_side(
    large: Vec<Large<'_>>,
    fill: impl Fn(&Large<'_>) -> Result<Worksheet, XlsxError> + Sync,
) -> Result<Vec<Worksheet>, XlsxError> {
    let mut left: Vec<(usize, Large<'_>)> = large.into_iter().enumerate().collect();
    left.sort_by_key(|(_, sheet)| Reverse(sheet.cells()));
    let filled = left.into_iter().par_bridge().map(|(place, sheet)| (place, fill(&sheet)));
    let mut filled: Vec<_> = filled.collect();
    filled.sort_by_key(|(place, _)| *place);
    filled.into_iter().map(|(_, sheet)| sheet).collect()
}

/// The names of the sheets that are always there.
struct SheetNames {
    readme: String,
    settings: String,
    inputs: String,
    places: String,
    points: String,
    pots: String,
}

struct Writer<'w> {
    subject: &'w Subject<'w>,
    sheets: SheetNames,
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
        let language = subject.language;
        let mut sheet_names = Names::default();
        let sheets = SheetNames {
            readme: sheet_names.sheet(&language.say("workbook-sheet-readme")),
            settings: sheet_names.sheet(&language.say("workbook-sheet-settings")),
            inputs: sheet_names.sheet(&language.say("workbook-sheet-inputs")),
            places: sheet_names.sheet(&language.say("workbook-sheet-municipalities")),
            points: sheet_names.sheet(&language.say("workbook-sheet-points")),
            pots: sheet_names.sheet(&language.say("workbook-sheet-pots")),
        };
        let results = results::all(subject.findings, language, |wanted| sheet_names.sheet(wanted));
        let places = Places::new(scenario, &names::called(&sheets.places));
        let said = (language, names::called(&sheets.pots));
        let said = (said.0, said.1.as_str());
        let centrals =
            central::sheets(scenario, subject.books, (&places, &settings), said, |wanted| {
                sheet_names.sheet(wanted)
            });
        let cells = Vec::new();
        Self { subject, sheets, cell_names, settings, centrals, results, cells }
    }

    fn write(&mut self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        let scenario = self.subject.scenario;
        let has_municipalities = !scenario.municipalities.table.codes.is_empty();
        let points = scenario.points.table.len();
        let has_points = (1..=places::MOST_POINTS).contains(&points);
        let entries = self.entries(has_municipalities, has_points);
        let language = self.subject.language;
        let (names, sheets) = (&mut self.cell_names, &self.sheets);
        let mut page = Page::new(workbook.add_worksheet(), &sheets.readme, names, language)?;
        readme::write(&mut page, self.subject, &entries, &self.centrals)?;
        let mut page = Page::new(workbook.add_worksheet(), &sheets.settings, names, language)?;
        let sheet = names::called(&sheets.settings);
        self.cells = self.settings.write(&mut page, scenario, &sheet)?;
        let mut page = Page::new(workbook.add_worksheet(), &sheets.inputs, names, language)?;
        inputs::write(&mut page, scenario)?;
        if has_municipalities {
            let mut page = Page::new(workbook.add_worksheet(), &sheets.places, names, language)?;
            places::municipalities(&mut page, scenario)?;
        }
        if has_points {
            let mut page = Page::new(workbook.add_worksheet(), &sheets.points, names, language)?;
            places::points(&mut page, scenario)?;
        }
        if !self.centrals.is_empty() {
            let mut page = Page::new(workbook.add_worksheet(), &sheets.pots, names, language)?;
            let rows: Vec<&PotRow> =
                self.centrals.iter().flat_map(|central| &central.pots).collect();
            central::print_pots(&mut page, scenario, &rows)?;
        }
        // The large sheets, side by side; none of them gives a name that another could.
        let names = &*names;
        let filled = |large: &Large<'_>| {
            let (mut sheet, mut names) = (Worksheet::new(), names.clone());
            let mut page = Page::new(&mut sheet, large.name(), &mut names, language)?;
            match large {
                Large::Central(central) => central::print(&mut page, scenario, central)?,
                Large::Result(result) => results::write(&mut page, result, &scenario.currency)?,
            }
            Ok(sheet)
        };
        let centrals = self.centrals.iter().map(Large::Central);
        let large = centrals.chain(self.results.iter().map(Large::Result));
        for sheet in side_by_side(large.collect(), filled)? {
            workbook.push_worksheet(sheet);
        }
        Ok(())
    }

    fn entries(&self, has_municipalities: bool, has_points: bool) -> Vec<Entry> {
        let mut entries = Vec::new();
        let language = self.subject.language;
        let mut add = |sheet: &str, holds: Message| {
            entries.push(Entry { sheet: sheet.to_owned(), holds: holds.in_language(language) });
        };
        add(&self.sheets.settings, Message::new("workbook-holds-settings"));
        add(&self.sheets.inputs, Message::new("workbook-holds-inputs"));
        if has_municipalities {
            add(&self.sheets.places, Message::new("workbook-holds-municipalities"));
        }
        if has_points {
            add(&self.sheets.points, Message::new("workbook-holds-points"));
        }
        if !self.centrals.is_empty() {
            add(&self.sheets.pots, Message::new("workbook-holds-pots"));
        }
        for central in &self.centrals {
            let scenario = self.subject.scenario;
            let policy = scenario.policies.get(central.policy).map_or("", |policy| &policy.name);
            let programme =
                scenario.programmes.get(central.programme).map_or("", |known| &known.name);
            let holds = Message::new("workbook-holds-central");
            add(&central.name, holds.name("programme", programme).name("policy", policy));
        }
        for result in &self.results {
            add(&result.sheet, result.says());
        }
        entries
    }
}
