//! What the two tables have in common: the file, rows in order of code, columns that formulas see.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{self, ColumnValues, Years};
use crate::problem::{Place, Problem, codes};
use crate::scenario::decode::{
    Decoder, Fields, did_you_mean, filled, list, one_of_names, placed, quoted,
};
use crate::scenario::load::{Folder, Library};
use crate::scenario::table::{Column, Declared, MARKS, PAGES, SEPARATORS, Table};
use crate::scenario::tree::Node;

/// A name that the scenario gives, and where.
pub type Asked = (String, Place);

/// Something could not be read, and that has been told.
#[derive(Clone, Copy, Debug)]
pub struct Told;

/// How many rows a message lists.
const MOST_LISTED: usize = 10;
/// The most years that a table may span.
const MOST_YEARS: i32 = 300;

/// Rows of a table by year (one year where it has none), each year in order of code.
#[derive(Clone, Debug)]
pub struct Layout {
    /// Codes, strictly rising.
    pub codes: Vec<String>,
    /// The first year of a yearly table.
    pub first_year: Option<i32>,
    /// By year, then by code: the row of the file.
    pub rows: Vec<Vec<usize>>,
}

/// Reads the file that a section names, and what the section says of how it is written.
pub fn file<F: Folder>(fields: &mut Fields<'_, '_>, library: &mut Library<F>) -> Option<Table> {
    let encoding = fields.optional("encoding", placed(one_of_names(&PAGES)));
    let separator = fields.optional("separator", placed(one_of_names(&SEPARATORS)));
    let decimal = fields.optional("decimal", placed(one_of_names(&MARKS)));
    let sheet = fields.optional("sheet", placed(filled));
    let name = fields.required("file", placed(filled));
    let (name, at) = name?;
    let declared =
        Declared { encoding: encoding?, separator: separator?, decimal: decimal?, sheet: sheet? };
    match library.table(&name, &at, &declared) {
        Ok(raw) => Table::read_as(&raw, &declared, fields.door),
        Err(problem) => fields.door.refuse(*problem),
    }
}

/// The names of the columns that formulas shall see.
pub fn asked_columns(door: &mut Decoder, node: &Node) -> Option<Vec<Asked>> {
    let columns = list(placed(filled))(door, node)?;
    let mut seen = BTreeSet::new();
    for (name, place) in &columns {
        if !seen.insert(name) {
            let message = format!("the column {} is listed twice", quoted(name));
            door.tell(Problem::error(codes::DUPLICATE_NAME, message).at(place, ""));
        }
    }
    Some(columns)
}

impl Layout {
    /// One row for each code.
    pub fn plain(door: &mut Decoder, codes: Column<'_>) -> Option<Self> {
        let found = codes.codes(door)?;
        let mut rows: Vec<usize> = (0..found.len()).collect();
        rows.sort_by_key(|row| found[*row]);
        let codes = rows.iter().map(|row| found[*row].to_owned()).collect();
        Some(Self { codes, first_year: None, rows: vec![rows] })
    }

    /// One row for each code and year. Every year of the scenario must be there, and every year
    /// between; with `hold` a missing one takes the row of the year before.
    pub fn yearly(
        door: &mut Decoder,
        codes: Column<'_>,
        years: Column<'_>,
        hold: bool,
        needed: Years,
        asked: &Place,
    ) -> Option<Self> {
        let (keys, of_year) = (codes.keys(door), years.years(door));
        let (keys, of_year) = (keys?, of_year?);
        let mut found: BTreeMap<&str, BTreeMap<i32, usize>> = BTreeMap::new();
        let mut sound = true;
        for (row, (code, year)) in keys.iter().zip(&of_year).enumerate() {
            if let Some(first) = found.entry(code).or_default().insert(*year, row) {
                let what = format!("has the code {} again for {year}", quoted(code));
                let problem = codes.problem(codes::DUPLICATE_CODE, row, &what);
                door.tell(problem.also(&codes.place(first), "first here"));
                sound = false;
            }
        }
        let first = of_year.iter().copied().min().unwrap_or(needed.first);
        let last = of_year.iter().copied().max().unwrap_or(needed.last);
        let mut refuse = |message: String, help: &str| {
            door.tell(Problem::error(codes::MISSING_YEAR, message).at(asked, "").help(help));
            sound = false;
        };
        if first > needed.first {
            refuse(
                format!("this table begins in {first}, the scenario in {}", needed.first),
                "add the earlier years",
            );
        }
        if last < needed.last && !hold {
            let help = "add the later years, or write `hold: Last` to keep the last";
            refuse(format!("this table ends in {last}, the scenario in {}", needed.last), help);
        }
        if last - first >= MOST_YEARS {
            refuse(
                format!("{first} to {last} is more than {MOST_YEARS} years"),
                "look for a mistyped year",
            );
            return None;
        }
        let mut rows = vec![Vec::with_capacity(found.len()); (last - first + 1).max(1) as usize];
        let mut missing: Vec<String> = Vec::new();
        for (code, years) in &found {
            let mut before = None;
            for (year, rows) in (first..=last).zip(&mut rows) {
                let row = years.get(&year).copied().or(before.filter(|_| hold));
                match row {
                    Some(row) => rows.push(row),
                    None => missing.push(format!("{code} in {year}")),
                }
                before = row;
            }
        }
        if !missing.is_empty() {
            let message = format!("rows are missing: {}", listed(&missing));
            let problem = Problem::error(codes::MISSING_YEAR, message).at(asked, "");
            door.tell(
                problem.help("every code needs a row for every year; `hold: Last` keeps the last"),
            );
            sound = false;
        }
        let codes = found.keys().map(|code| (*code).to_owned()).collect();
        sound.then_some(Self { codes, first_year: Some(first), rows })
    }

    /// Rows of the last year.
    pub fn last(&self) -> &[usize] {
        self.rows.last().map_or(&[], Vec::as_slice)
    }

    /// Code, name, line and columns as the model has them. `asked` are the columns that formulas
    /// shall see; without it all but those in `others`.
    pub fn table(
        &self,
        door: &mut Decoder,
        csv: &Table,
        name: Option<Column<'_>>,
        asked: Option<&[Asked]>,
        others: &[&str],
    ) -> Option<model::Table> {
        let mut columns: Vec<Option<model::Column>> = Vec::new();
        if let Some(asked) = asked {
            for (name, place) in asked {
                let column = csv.column(name, place, door);
                columns.push(column.and_then(|column| self.column(door, column, true)));
            }
        } else {
            let visible = csv.headers().iter().filter(|header| !others.contains(&header.as_str()));
            for header in visible {
                let column = csv.find(header);
                columns.push(column.and_then(|column| self.column(door, column, false)));
            }
        }
        let last = self.last();
        let named = |(row, code): (&usize, &String)| {
            let name = name.map_or("", |name| name.cell(*row));
            if name.is_empty() { code.clone() } else { name.to_owned() }
        };
        Some(model::Table {
            file: csv.row_place(0).file,
            codes: self.codes.clone(),
            names: last.iter().zip(&self.codes).map(named).collect(),
            lines: last.iter().map(|row| csv.line(*row) as u32).collect(),
            columns: columns.into_iter().collect::<Option<_>>()?,
        })
    }

    /// A column of numbers or texts. A column is one of numbers if most of its cells are; a column
    /// that nobody asked for is one of texts unless every cell is a number.
    fn column(&self, door: &mut Decoder, column: Column<'_>, asked: bool) -> Option<model::Column> {
        let name = column.name().to_owned();
        let values = if column.is_numbers(!asked) {
            self.numbers(&column.numbers(door)?)
        } else {
            self.texts(door, column)?
        };
        Some(model::Column { name, values })
    }

    /// The numbers of a column in order of code.
    pub fn numbers(&self, numbers: &[f64]) -> ColumnValues {
        let of_year =
            |rows: &Vec<usize>| rows.iter().map(|row| numbers[*row]).collect::<Vec<f64>>();
        match (self.first_year, &self.rows[..]) {
            (Some(first_year), rows) => {
                ColumnValues::Yearly { first_year, rows: rows.iter().map(of_year).collect() }
            }
            (None, rows) => ColumnValues::Numbers(rows.first().map(of_year).unwrap_or_default()),
        }
    }

    fn texts(&self, door: &mut Decoder, column: Column<'_>) -> Option<ColumnValues> {
        for rows in &self.rows {
            for (row, last) in rows.iter().zip(self.last()) {
                if column.cell(*row) != column.cell(*last) {
                    let what = "differs from a later year, and texts hold for all years";
                    let problem = column.problem(codes::CONFLICT, *row, what);
                    return door.refuse(problem.also(&column.place(*last), "later"));
                }
            }
        }
        let cells = column.sound_texts(door)?;
        let texts: Vec<&str> = self.last().iter().map(|row| cells[*row]).collect();
        let (codes, values) = coded(&texts);
        Some(ColumnValues::Texts {
            codes: codes.iter().map(|code| f64::from(*code)).collect(),
            values,
        })
    }
}

/// Texts as indices into their distinct values, in alphabetical order.
pub fn coded(texts: &[&str]) -> (Vec<u32>, Vec<String>) {
    let distinct: BTreeSet<&str> = texts.iter().copied().collect();
    let values: Vec<&str> = distinct.into_iter().collect();
    let code = |text: &&str| values.binary_search(text).unwrap_or(0) as u32;
    (texts.iter().map(code).collect(), values.iter().map(ToString::to_string).collect())
}

/// Looks every cell up among known names. One problem for each name that matches nothing, with the
/// rows that have it. `what` is "municipality", `of` where it should stand; `are_words` where a
/// near name may have been meant.
pub fn matched(
    door: &mut Decoder,
    csv: &Table,
    column: Column<'_>,
    known: &[&str],
    what: &str,
    of: &str,
    are_words: bool,
) -> Option<Vec<u32>> {
    let positions: BTreeMap<&str, u32> =
        known.iter().enumerate().map(|(index, name)| (*name, index as u32)).collect();
    let cells = column.keys(door);
    let mut unknown: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut found = Vec::new();
    for (row, cell) in column.texts().enumerate().filter(|(_, cell)| !cell.is_empty()) {
        match positions.get(cell) {
            _ if column.is_total(row, door) => {}
            Some(position) => found.push(*position),
            None => unknown.entry(cell).or_default().push(row),
        }
    }
    let mut causes: Vec<(&str, Vec<usize>)> = unknown.into_iter().collect();
    causes.sort_by_key(|(_, rows)| rows.first().copied());
    for (name, rows) in &causes {
        let first = column.place(rows.first().copied().unwrap_or(0));
        let lines: Vec<String> = rows.iter().map(|row| csv.line(*row).to_string()).collect();
        let plural = if lines.len() == 1 { "line" } else { "lines" };
        let message = format!(
            "{} {plural} {}: {what} {} matches nothing in {of}",
            first.file,
            listed(&lines),
            quoted(name)
        );
        let problem = Problem::error(codes::UNKNOWN_CODE, message).at(&first, "");
        let remove = format!("add it to {of}, or remove what names it here");
        // One code is always near another, so only words are worth a guess.
        if let Some(whole) = with_zeros(name, known) {
            let meant = quoted(whole);
            let help = format!("did you mean {meant}? (a spreadsheet drops leading zeros)");
            door.tell(problem.help(help));
            continue;
        }
        door.tell(if are_words && crate::scenario::nearest(name, known).is_some() {
            did_you_mean(problem, name, known)
        } else {
            problem.help(remove)
        });
    }
    (cells.is_some() && causes.is_empty()).then_some(found)
}

/// The known code that is this one with zeros before it.
fn with_zeros<'k>(code: &str, known: &[&'k str]) -> Option<&'k str> {
    let is_number = !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit());
    let same = |known: &&&str| known.starts_with('0') && known.trim_start_matches('0') == code;
    is_number.then(|| known.iter().find(same).copied()).flatten()
}

/// `a, b and 3 more`.
fn listed(items: &[String]) -> String {
    let shown = items.iter().take(MOST_LISTED).cloned().collect::<Vec<_>>().join(", ");
    match items.len().saturating_sub(MOST_LISTED) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
