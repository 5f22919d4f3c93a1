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

/// What formulas shall see of a table.
#[derive(Clone, Debug, Default)]
pub struct Visible {
    /// The columns; without a list, all but those with a meaning of their own.
    pub columns: Option<Vec<Asked>>,
    /// Columns of numbers of which cells may be empty.
    pub gaps: Vec<Asked>,
}

/// Something could not be read, and that has been told.
#[derive(Clone, Copy, Debug)]
pub struct Told;

/// How many rows a message lists.
const MOST_LISTED: usize = 10;
/// The years that a table may speak of.
const CALENDAR: std::ops::RangeInclusive<i32> = 1900..=2200;
/// How many unknown names are held against the known ones for a near one.
const MOST_GUESSED: usize = 100;
/// The most codes times years of a yearly table.
const MOST_PLACES: usize = 5_000_000;

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
            let problem = Problem::error(codes::DUPLICATE_NAME, message).at(place, "");
            door.tell(problem.help("list it once"));
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
        let mut are_calendar = true;
        for (row, year) in of_year.iter().enumerate().filter(|(_, year)| !CALENDAR.contains(year)) {
            let what = format!("is the year {year}");
            let problem = years.problem(codes::CELL_RANGE, row, &what);
            door.tell(problem.help("look for a mistyped year: years run from 1900 to 2200"));
            are_calendar = false;
        }
        are_calendar.then_some(())?;
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
        if found.len().saturating_mul((last - first + 1).max(1) as usize) > MOST_PLACES {
            let message = format!(
                "{} codes over {} years are more than {MOST_PLACES} rows",
                found.len(),
                last - first + 1
            );
            let problem = Problem::error(codes::TOO_MANY_ROWS, message).at(asked, "");
            return door.refuse(problem.help("look for a mistyped year"));
        }
        let mut rows = vec![Vec::new(); (last - first + 1).max(1) as usize];
        let (mut missing, mut more) = (Vec::new(), 0);
        let mut beside: Option<(usize, String)> = None;
        for (code, years) in &found {
            let mut before = None;
            for (year, rows) in (first..=last).zip(&mut rows) {
                let row = years.get(&year).copied().or(before.filter(|_| hold));
                before = row;
                let Some(row) = row else {
                    if missing.len() < MOST_LISTED {
                        missing.push(format!("{} in {year}", quoted(code)));
                    } else {
                        more += 1;
                    }
                    let said = |other: i32| {
                        format!("{} is here for {other}, not for {year}", quoted(code))
                    };
                    let near = || nearest_row(years, year).map(|(other, row)| (row, said(other)));
                    beside = beside.or_else(near);
                    continue;
                };
                rows.push(row);
            }
        }
        if !missing.is_empty() {
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let message = format!("rows are missing: {}{more}", listed(&missing));
            let mut problem = Problem::error(codes::MISSING_YEAR, message).at(asked, "");
            if let Some((row, label)) = beside {
                problem = problem.also(&codes.place(row), label);
            }
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

    /// Code, name, line and columns as the model has them: the columns that formulas shall see;
    /// where they are not listed all but those in `others`.
    pub fn table(
        &self,
        door: &mut Decoder,
        csv: &Table,
        name: Option<Column<'_>>,
        seen: &Visible,
        others: &[&str],
    ) -> Option<model::Table> {
        let mut columns: Vec<Option<model::Column>> = Vec::new();
        let has_gaps = |name: &str| seen.gaps.iter().any(|(gaps, _)| gaps == name);
        seen.tell_unseen_gaps(door, csv, others)?;
        if let Some(asked) = &seen.columns {
            for (name, place) in asked {
                let column = csv.column(name, place, door);
                columns.push(column.and_then(|column| {
                    if has_gaps(name) {
                        self.with_gaps(door, column)
                    } else {
                        self.column(door, column, true)
                    }
                }));
            }
        } else {
            let visible = csv.headers().iter().filter(|header| !others.contains(&header.as_str()));
            for header in visible {
                let column = csv.find(header);
                columns.push(column.and_then(|column| {
                    if has_gaps(header) {
                        self.with_gaps(door, column)
                    } else {
                        self.column(door, column, false)
                    }
                }));
            }
        }
        let names_are_sound = name.is_none_or(|name| name.sound_texts(door).is_some());
        let last = self.last();
        let named = |(row, code): (&usize, &String)| {
            let name = name.map_or("", |name| name.cell(*row));
            if name.is_empty() { code.clone() } else { name.to_owned() }
        };
        let lines = |rows: &[usize]| rows.iter().map(|row| csv.line(*row) as u32).collect();
        let by_year = || self.rows.iter().map(|rows| lines(rows)).collect();
        Some(model::Table {
            file: csv.row_place(0).file,
            codes: self.codes.clone(),
            names: names_are_sound.then(|| last.iter().zip(&self.codes).map(named).collect())?,
            lines: lines(last),
            year_lines: self.first_year.map_or_else(Vec::new, |_| by_year()),
            columns: columns.into_iter().collect::<Option<_>>()?,
            streams: Vec::new(),
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
        Some(model::Column { name, values, gaps: false })
    }

    /// A column of numbers of which cells may be empty.
    fn with_gaps(&self, door: &mut Decoder, column: Column<'_>) -> Option<model::Column> {
        let cells = column.numbers_or_empty(door)?;
        let numbers: Vec<f64> = cells.iter().map(|cell| cell.unwrap_or(f64::NAN)).collect();
        let (name, values) = (column.name().to_owned(), self.numbers(&numbers));
        Some(model::Column { name, values, gaps: true })
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
                    let what = format!(
                        "is {}, and later {}: texts hold for all years",
                        quoted(column.cell(*row)),
                        quoted(column.cell(*last))
                    );
                    let problem = column.problem(codes::CONFLICT, *row, &what);
                    let problem = problem.also(&column.place(*last), "later");
                    return door.refuse(problem.help("write the same text in all years"));
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

impl Visible {
    /// Tells columns with gaps that the file does not have, or that formulas do not see.
    fn tell_unseen_gaps(&self, door: &mut Decoder, csv: &Table, others: &[&str]) -> Option<()> {
        let mut sound = true;
        for (name, place) in &self.gaps {
            let is_seen = match &self.columns {
                Some(columns) => columns.iter().any(|(seen, _)| seen == name),
                None => !others.contains(&name.as_str()),
            };
            if csv.column(name, place, door).is_none() {
                sound = false;
            } else if !is_seen {
                let message = format!("formulas do not see the column {}", quoted(name));
                let problem = Problem::error(codes::CONFLICT, message).at(place, "");
                let help = match self.columns {
                    Some(_) => "add it to `columns`, or leave it out of `gaps`",
                    None => "it has a meaning of its own: leave it out of `gaps`",
                };
                door.tell(problem.help(help));
                sound = false;
            }
        }
        sound.then_some(())
    }
}

/// Tells what is wrong with the columns that formulas shall see, where the rows have no order
/// because codes are wrong.
pub fn tell_cells(door: &mut Decoder, csv: &Table, asked: Option<&[Asked]>) {
    for (name, place) in asked.unwrap_or_default() {
        if let Some(column) = csv.column(name, place, door)
            && column.is_numbers(false)
        {
            let _ = column.numbers(door);
        }
    }
}

/// The name by which each row is drawn, in order of code: what stands in the column, the code where its
/// cell is empty. Two rows must not be drawn alike.
pub fn streams(door: &mut Decoder, layout: &Layout, column: Column<'_>) -> Option<Vec<String>> {
    let cells = column.sound_texts(door)?;
    let named = |(row, code): (&usize, &String)| match cells.get(*row) {
        Some(cell) if !cell.is_empty() => (*cell).to_owned(),
        _ => code.clone(),
    };
    let names: Vec<String> = layout.last().iter().zip(&layout.codes).map(named).collect();
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    let mut sound = true;
    for (name, row) in names.iter().zip(layout.last()) {
        if let Some(first) = first.insert(name, *row) {
            let what = format!("takes the draws of {} again", quoted(name));
            let problem = column.problem(codes::SAME_STREAM, *row, &what);
            let problem = problem.also(&column.place(first), "first here");
            door.tell(
                problem
                    .help("keep the draws of one of them; an empty cell takes those of the code")
                    .note("two rows with the same draws would be as high and as low together"),
            );
            sound = false;
        }
    }
    sound.then_some(names)
}

/// The row of the year nearest to one that is missing.
fn nearest_row(years: &BTreeMap<i32, usize>, missing: i32) -> Option<(i32, usize)> {
    let distance = |(year, _): &(&i32, &usize)| (missing - **year).abs();
    years.iter().min_by_key(distance).map(|(year, row)| (*year, *row))
}

/// Texts as indices into their distinct values, in alphabetical order.
pub fn coded(texts: &[&str]) -> (Vec<u32>, Vec<String>) {
    let distinct: BTreeSet<&str> = texts.iter().copied().collect();
    let values: Vec<&str> = distinct.into_iter().collect();
    let code = |text: &&str| values.binary_search(text).unwrap_or(0) as u32;
    (texts.iter().map(code).collect(), values.iter().map(ToString::to_string).collect())
}

/// What a cell that matches nothing may have been meant to be.
#[derive(Clone, Copy, Debug)]
pub enum Guess<'g> {
    /// The nearest word.
    Word,
    /// A code without its leading zeros, or the code of what has this name; the scenario names the
    /// column there. One code is always near
    /// another, so that nearness says nothing.
    Code(&'g [String], &'g Place),
}

impl Guess<'_> {
    pub fn help(self, problem: Problem, name: &str, known: &[&str], of: &str) -> Problem {
        let remove = format!("add it to {of}, or remove what names it here");
        match self {
            Self::Word if crate::scenario::nearest(name, known).is_some() => {
                did_you_mean(problem, name, known)
            }
            Self::Word => {
                let listed = listed(&known.iter().map(|name| quoted(name)).collect::<Vec<_>>());
                problem.help(format!("known there: {listed}; {remove}"))
            }
            Self::Code(names, _) => {
                let digits = name.bytes().all(|byte| byte.is_ascii_digit());
                let bare =
                    |code: &&&str| code.trim_start_matches('0') == name.trim_start_matches('0');
                if let Some(code) = known.iter().find(bare).filter(|_| digits) {
                    return problem.help(format!(
                        "did you mean {}? (a spreadsheet drops leading zeros: keep codes as text)",
                        quoted(code)
                    ));
                }
                match names.iter().position(|known| known == name).and_then(|at| known.get(at)) {
                    Some(code) => {
                        problem.help(format!("that is a name: write its code, {}", quoted(code)))
                    }
                    None => problem.help(remove),
                }
            }
        }
    }
}

/// Looks every cell up among known names. One problem for each name that matches nothing, with the
/// rows that have it. `what` is "municipality", `of` where it should stand.
pub fn matched(
    door: &mut Decoder,
    csv: &Table,
    column: Column<'_>,
    known: &[&str],
    what: &str,
    of: &str,
    guess: Guess<'_>,
) -> Option<Vec<u32>> {
    let positions: BTreeMap<&str, u32> =
        known.iter().enumerate().map(|(index, name)| (*name, index as u32)).collect();
    let cells = column.keys(door);
    let mut unknown: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut found = Vec::new();
    for (row, cell) in column.texts().enumerate().filter(|(_, cell)| !cell.is_empty()) {
        match positions.get(cell) {
            _ if column.is_total(row, door) || column.is_fault(row) => {}
            Some(position) => found.push(*position),
            None => unknown.entry(cell).or_default().push(row),
        }
    }
    let mut causes: Vec<(&str, Vec<usize>)> = unknown.into_iter().collect();
    causes.sort_by_key(|(_, rows)| rows.first().copied());
    if found.is_empty() && causes.len() > 1 {
        let (name, rows) = &causes[0];
        let first = column.place(rows.first().copied().unwrap_or(0));
        let message = format!(
            "no cell of the column {} is a {what} of {of}; the first is {}",
            quoted(column.name()),
            quoted(name)
        );
        let problem = Problem::error(codes::UNKNOWN_CODE, message);
        let usual = format!(
            "there stands for example {}: name the column that holds these",
            quoted(known.first().copied().unwrap_or_default())
        );
        let guessed = guess.help(problem.clone().at(&first, ""), name, known, of);
        let is_guess =
            guessed.help.as_ref().is_some_and(|help| !help.contains("remove what names"));
        door.tell(match guess {
            _ if is_guess || known.is_empty() => guessed,
            Guess::Code(_, asked) => problem.at(asked, "").also(&first, "the first").help(usual),
            Guess::Word => problem.at(&first, "").help(usual),
        });
        return None;
    }
    for (told, (name, rows)) in causes.iter().enumerate() {
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
        let near = if told < MOST_GUESSED { known } else { &[] };
        door.tell(guess.help(problem, name, near, of));
    }
    (cells.is_some() && causes.is_empty()).then_some(found)
}

/// `a, b and 3 more`.
pub fn listed(items: &[String]) -> String {
    let shown = items.iter().take(MOST_LISTED).cloned().collect::<Vec<_>>().join(", ");
    match items.len().saturating_sub(MOST_LISTED) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
