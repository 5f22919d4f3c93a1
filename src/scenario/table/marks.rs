//! What the comma and the point mean in the numbers of a table: one is the decimal mark in all of
//! it, and some number says which.

use std::cell::Cell;

use super::figure::{self, Shape, Thousands};
use super::{Declared, Mark, Separator, Table};
use crate::problem::{Place, Problem, codes};
use crate::scenario::decode::{Decoder, quoted, spoken};

/// A cell: row and column.
type At = (usize, usize);

/// What is known of the decimal mark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Decimal {
    /// It is this one, as the cell shows.
    Known(Mark, Option<At>),
    /// No number has a comma or point.
    #[default]
    Unseen,
    /// This number and others have one comma or point with three digits behind it, and none decides.
    Either,
    /// One number has a decimal point, one a decimal comma.
    Both(At, At),
}

/// What the marks in the numbers of a table mean.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    decimal: Decimal,
    /// Where the scenario declares it.
    declared: Option<Place>,
    /// Whether it has been told that the mark is not certain.
    told: Cell<bool>,
}

/// Marks beyond the usual that were met in a column, each with the first row that has it.
#[derive(Clone, Debug, Default)]
pub struct Met {
    comma: Option<usize>,
    thousands: Vec<(Thousands, usize)>,
    text: Option<usize>,
}

/// What the numbers of one column, or of all, say.
#[derive(Clone, Copy, Debug, Default)]
struct Evidence {
    point: Option<At>,
    comma: Option<At>,
    /// One point with three digits behind it, in quotes or not.
    either_bare: Option<At>,
    either: Option<At>,
}

impl Evidence {
    fn add(&mut self, shape: Shape, at: At, is_bare: bool) {
        let seen = |mark| match mark {
            Mark::Point => (Some(at), None),
            Mark::Comma => (None, Some(at)),
        };
        let other = |mark| match mark {
            Mark::Point => Mark::Comma,
            Mark::Comma => Mark::Point,
        };
        let (point, comma) = match shape {
            Shape::Marked(_, Some(decimal)) => seen(decimal),
            Shape::Marked(Some(Thousands::Mark(mark)), None) => seen(other(mark)),
            Shape::Either(Mark::Point) if is_bare => {
                self.either_bare = self.either_bare.or(Some(at));
                return;
            }
            Shape::Either(_) => {
                self.either = self.either.or(Some(at));
                return;
            }
            _ => return,
        };
        self.point = self.point.or(point);
        self.comma = self.comma.or(comma);
    }

    fn join(&mut self, other: Self) {
        self.point = self.point.or(other.point);
        self.comma = self.comma.or(other.comma);
        self.either_bare = self.either_bare.or(other.either_bare);
        self.either = self.either.or(other.either);
    }

    fn decides(self) -> Decimal {
        match self {
            Self { point: Some(point), comma: Some(comma), .. } => Decimal::Both(point, comma),
            Self { point: Some(at), .. } => Decimal::Known(Mark::Point, Some(at)),
            Self { comma: Some(at), .. } => Decimal::Known(Mark::Comma, Some(at)),
            Self { either: Some(_), .. } => Decimal::Either,
            // In plain CSV, commas between cells, nobody groups by points.
            Self { either_bare: Some(at), .. } => Decimal::Known(Mark::Point, Some(at)),
            _ => Decimal::Unseen,
        }
    }
}

impl Marks {
    /// Looks at every column of which at least half of the cells are numbers.
    pub fn find(table: &Table, declared: &Declared) -> Self {
        if let Some((mark, place)) = &declared.decimal {
            let decimal = Decimal::Known(*mark, None);
            return Self { decimal, declared: Some(place.clone()), told: Cell::new(false) };
        }
        let is_plain = table.separator == Separator::Comma && table.sheet.is_none();
        if is_plain && !table.source.text.contains('"') {
            let decimal = Decimal::Known(Mark::Point, None);
            return Self { decimal, ..Self::default() };
        }
        let mut all = Evidence::default();
        for column in 0..table.headers.len() {
            let (mut numbers, mut filled, mut found) = (0, 0, Evidence::default());
            for row in 0..table.rows() {
                let cell = table.cell(row, column);
                if cell.is_empty() {
                    continue;
                }
                filled += 1;
                let is_bare = !table.is_quoted(row, column);
                if cell.bytes().all(|byte| byte.is_ascii_digit()) {
                    numbers += 1;
                } else if table.sheet.is_some() && is_bare {
                    // A number of the workbook itself: its mark is certain.
                    numbers += usize::from(figure::is_number(cell));
                } else if let Some(shape) = figure::shape(cell) {
                    numbers += 1;
                    found.add(shape, (row, column), is_bare && is_plain);
                }
            }
            if 2 * numbers >= filled {
                all.join(found);
            }
        }
        Self { decimal: all.decides(), ..Self::default() }
    }

    /// The number in a cell that is not empty. Tells what is none, or may be two.
    pub fn number(
        table: &Table,
        (row, column): At,
        met: &mut Met,
        door: &mut Decoder,
    ) -> Option<f64> {
        let cell = table.cell(row, column);
        let decimal = table.marks.decimal;
        let is_known = table.sheet.is_some() && !table.is_quoted(row, column);
        if is_known {
            if let Ok(value) = cell.parse::<f64>()
                && value.is_finite()
                && figure::is_number(cell)
            {
                return Some(value);
            }
        } else if let Decimal::Known(mark, _) = decimal
            && let Some((value, has_mark)) = figure::simple(cell, mark)
        {
            if has_mark && mark == Mark::Comma {
                met.comma = met.comma.or(Some(row));
            }
            if table.sheet.is_some() {
                met.text = met.text.or(Some(row));
            }
            return Some(value);
        }
        let shape = figure::shape(cell);
        let mark = match (decimal, shape) {
            (Decimal::Known(mark, _), _) => mark,
            (_, Some(Shape::Either(mark))) if decimal != Decimal::Unseen || mark == Mark::Comma => {
                return table.marks.uncertain(table, (row, column), door);
            }
            (
                Decimal::Both(..),
                Some(Shape::Marked(_, Some(_)) | Shape::Marked(Some(Thousands::Mark(_)), None)),
            ) => return table.marks.uncertain(table, (row, column), door),
            _ => Mark::Point,
        };
        let value = figure::value(cell, mark);
        if value.is_some() {
            met.add(shape, mark, row, table.sheet.is_some());
        } else {
            table.marks.tell(table, (row, column), shape, door);
        }
        value
    }

    /// The decimal mark as far as it is known.
    pub fn usual(&self) -> Mark {
        match self.decimal {
            Decimal::Known(mark, _) => mark,
            _ => Mark::Point,
        }
    }

    /// The cell that decides.
    fn by(&self) -> Option<At> {
        match self.decimal {
            Decimal::Known(_, by) => by,
            _ => None,
        }
    }

    /// Tells once for a table that its decimal mark is not certain.
    fn uncertain(&self, table: &Table, at: At, door: &mut Decoder) -> Option<f64> {
        if self.told.replace(true) {
            return None;
        }
        let (row, column) = at;
        let cell = table.cell(row, column);
        let name = &table.source.name;
        let place = |(row, column): At| table.cell_place(row, column);
        let problem = if let Decimal::Both(point, comma) = self.decimal {
            let message = format!(
                "in some numbers of `{name}` the decimal mark is the point, in others the comma"
            );
            let shown = |(row, column): At| match figure::shape(table.cell(row, column)) {
                Some(Shape::Marked(Some(Thousands::Mark(mark)), None)) => {
                    format!("{}s between thousands", mark.name())
                }
                Some(Shape::Marked(_, Some(mark))) => format!("a decimal {}", mark.name()),
                _ => String::new(),
            };
            Problem::error(codes::TWO_DECIMALS, message)
                .at(&place(point), shown(point))
                .also(&place(comma), shown(comma))
                .help("write all numbers of a table alike")
        } else {
            let whole: String = cell.chars().filter(|letter| !",.".contains(*letter)).collect();
            let message = format!(
                "column {}, {}: {} may be {whole} or {}, and no other number of the table decides",
                quoted(&table.headers[column]),
                table.line_words(row, column),
                quoted(cell),
                cell.replace(',', "."),
            );
            let read = |mark| figure::value(cell, mark).map_or_else(|| quoted(cell), plain);
            let help = format!(
                "say which it is, in `Table(…)`: `decimal: Comma` reads {}, `decimal: Point` reads {}",
                read(Mark::Comma),
                read(Mark::Point)
            );
            Problem::error(codes::TWO_READINGS, message).at(&place(at), "").help(help)
        };
        door.refuse(problem)
    }

    /// Tells a cell that is no number, or none with this decimal mark.
    fn tell(&self, table: &Table, at: At, shape: Option<Shape>, door: &mut Decoder) {
        let (row, column) = at;
        let cell = table.cell(row, column);
        let column_at = super::Column { table, index: column };
        let (Decimal::Known(mark, by), Some(_)) = (self.decimal, shape) else {
            let what = format!("should be a number, found {}", quoted(cell));
            let problem = column_at.problem(codes::CELL_NUMBER, row, &what);
            let digits = cell.bytes().any(|byte| byte.is_ascii_digit());
            if let Some(share) = share(cell) {
                return door.tell(problem.help(share));
            }
            let help = match cell.chars().last() {
                Some('%') => "write a share without a sign: 0.05 for 5 %",
                _ if cell.contains(['€', '$']) || cell.ends_with("EUR") => {
                    "write the number alone, its unit in the name of the column"
                }
                _ => "numbers look like `1234.5` or `1234,5`; thousands may stand apart, in threes",
            };
            let no_figure = "write the number, 0 only where the true figure is 0; remarks belong in \
                             a column of their own";
            return door.tell(problem.help(if digits { help } else { no_figure }));
        };
        let is = match shape {
            Some(Shape::Marked(_, Some(decimal))) if decimal != mark => {
                format!("has a decimal {}", decimal.name())
            }
            _ => format!("has {}s between thousands", mark.name()),
        };
        let what =
            format!("{is}, {}; the decimal mark of the table is the {}", quoted(cell), mark.name());
        if let Some(declared) = &self.declared {
            let problem = column_at.problem(codes::CONTRADICTION, row, &what);
            let help = "write the number as declared, or mend `decimal`";
            return door.tell(problem.also(declared, "declared here").help(help));
        }
        let problem = column_at.problem(codes::CELL_NUMBER, row, &what);
        door.tell(match by {
            Some((row, column)) => problem.also(&table.cell_place(row, column), "as here"),
            None => problem,
        });
    }

    /// Says which marks beyond the usual were met in a column.
    pub fn assume(table: &Table, column: usize, met: &Met, door: &mut Decoder) {
        let name = &table.source.name;
        let example = |(row, column): At| {
            format!("{}, {}", table.line_words(row, column), quoted(table.cell(row, column)))
        };
        if let Some(row) = met.comma
            && table.marks.declared.is_none()
        {
            let by = table.marks.by().unwrap_or((row, column));
            door.assume_as(name, "decimal comma", &example(by));
        }
        for (thousands, row) in &met.thousands {
            door.assume_as(name, figure::name(*thousands), &example((*row, column)));
        }
        if let Some(row) = met.text {
            door.assume_as(name, "numbers stored as text", &example((row, column)));
        }
    }
}

/// A number with all its digits and no marks between them.
fn plain(value: f64) -> String {
    value.to_string()
}

/// What to write for `12 %`.
fn share(cell: &str) -> Option<String> {
    let written = cell.strip_suffix('%')?.trim();
    let percent =
        written.replace(',', ".").parse::<f64>().ok().filter(|value| value.is_finite())?;
    Some(format!("write `{}` for {written} %", spoken(percent / 100.0)))
}

impl Met {
    fn add(&mut self, shape: Option<Shape>, decimal: Mark, row: usize, is_text: bool) {
        let (thousands, mark) = match shape {
            Some(Shape::Marked(thousands, mark)) => (thousands, mark),
            Some(Shape::Either(mark)) if mark == decimal => (None, Some(mark)),
            Some(Shape::Either(mark)) => (Some(Thousands::Mark(mark)), None),
            _ => (None, None),
        };
        if mark == Some(Mark::Comma) {
            self.comma = self.comma.or(Some(row));
        }
        if let Some(thousands) = thousands
            && !self.thousands.iter().any(|(known, _)| *known == thousands)
        {
            self.thousands.push((thousands, row));
        }
        if is_text {
            self.text = self.text.or(Some(row));
        }
    }
}
