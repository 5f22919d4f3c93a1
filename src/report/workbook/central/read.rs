//! Where the names of formulas stand in the sheet of a programme.

use super::grid::{Closing, Column, Content, Form, Grid, Group, Template, Token, fill};
use super::pots;
use super::translate::{Bound, Sheet, translate};
use crate::engine::{Book, FormulaTrace, Role, RowTrace};
use crate::language::{Language, Message};
use crate::model::{Formula, Quantity, Scenario, Variable};
use crate::report::workbook::places::Places;
use crate::report::workbook::results::unit_in;
use crate::report::workbook::settings::Settings;
use crate::report::written::Written;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The column of the year.
pub const YEAR: usize = 0;
/// The column of the municipality's number within the year.
pub const NUMBER: usize = 3;
/// The column of the municipality's row in the table of municipalities.
pub const ROW: usize = 4;

/// A sheet that is being built.
pub struct Builder<'b> {
    pub scenario: &'b Scenario,
    /// One a year.
    pub books: &'b [Book],
    pub places: &'b Places,
    pub settings: &'b Settings,
    pub grid: Grid,
    pub names: BTreeMap<Variable, Bound>,
    /// Where the lines of the worksheet stand.
    pub lines: Vec<usize>,
    /// What does not move although it could be thought to, and why.
    pub notes: Vec<Message>,
}

impl<'b> Builder<'b> {
    /// A sheet with a row a year and municipality.
    pub fn new(
        scenario: &'b Scenario,
        books: &'b [Book],
        (places, settings): (&'b Places, &'b Settings),
        (first_row, first_pot): (u32, u32),
        (language, pots): (Language, &str),
    ) -> Self {
        let table = &scenario.municipalities.table;
        let grid = Grid {
            language,
            pots: pots.to_owned(),
            first_row,
            rows_of_year: table.len(),
            years: books.len(),
            first_pot,
            columns: Vec::new(),
            closing: [None, None],
            positions: Vec::new(),
        };
        let (names, lines, notes) = (BTreeMap::new(), Vec::new(), Vec::new());
        let mut builder = Self { scenario, books, places, settings, grid, names, lines, notes };
        let rows = |of: &dyn Fn(&Book, usize) -> Content| -> Vec<Content> {
            let each = books.iter().flat_map(|book| (0..table.len()).map(move |row| (book, row)));
            each.map(|(book, row)| of(book, row)).collect()
        };
        let text = |texts: &[String], row: usize| {
            Content::Text(texts.get(row).map_or("", String::as_str).into())
        };
        let matched: Template =
            Arc::new(fill(&places.matched("{code}"), &[("code", Token::Cell(1))]));
        let is_matched = places.is_matched;
        let columns: [(String, Form, Vec<Content>); 5] = [
            (
                language.say("workbook-column-year"),
                Form::Year,
                rows(&|book, _| Content::Number(f64::from(book.year))),
            ),
            (
                language.say("workbook-column-code"),
                Form::Text,
                rows(&|_, row| text(&table.codes, row)),
            ),
            (
                language.say("workbook-column-name"),
                Form::Text,
                rows(&|_, row| text(&table.names, row)),
            ),
            (
                language.say("workbook-column-number"),
                Form::Whole,
                rows(&|_, row| Content::Number(row as f64 + 1.0)),
            ),
            (
                language.say("workbook-column-row"),
                Form::Whole,
                rows(&|_, row| {
                    if is_matched {
                        Content::Formula(matched.clone(), row as f64 + 1.0)
                    } else {
                        Content::Number(row as f64 + 1.0)
                    }
                }),
            ),
        ];
        let of_table = language.say("workbook-row-of-table");
        for (place, (header, form, cells)) in columns.into_iter().enumerate() {
            let unit = if place == ROW { of_table.as_str() } else { "" };
            builder.push(Group::Row, (&header, unit, form), cells);
        }
        builder
    }

    /// Adds a column.
    pub fn push(
        &mut self,
        group: Group,
        (header, unit, form): (&str, &str, Form),
        cells: Vec<Content>,
    ) -> usize {
        let (header, unit) = (header.to_owned(), unit.to_owned());
        self.grid.push(Column { group, header, unit, form, is_held: false, cells })
    }

    /// The currency, as the language writes it.
    pub fn currency(&self) -> String {
        Written(self.grid.language).currency(&self.scenario.currency)
    }

    /// What a formula came to in each row; none where it was not evaluated.
    fn traces(&self, role: Role) -> Vec<Option<&'b FormulaTrace>> {
        let of =
            |book: &'b Book| book.recorded.formulas.iter().find(|formula| formula.role == role);
        self.books.iter().map(of).collect()
    }

    fn values(&self, role: Role) -> Vec<f64> {
        let rows = self.grid.rows_of_year;
        let of = |trace: Option<&FormulaTrace>| -> Vec<f64> {
            let value = |row| {
                trace
                    .and_then(|trace| trace.rows.get(row))
                    .map_or(f64::NAN, |row: &RowTrace| row.value)
            };
            (0..rows).map(value).collect()
        };
        self.traces(role).into_iter().flat_map(of).collect()
    }

    /// A column with a formula of the rule: live where it can be written, held where it cannot.
    pub fn formula(
        &mut self,
        role: Role,
        formula: &Formula,
        group: Group,
        (header, unit, form): (&str, &str, Form),
    ) -> usize {
        let values = self.values(role);
        let written = match (formula.program.constant(), &formula.outline) {
            (Some(value), _) => Ok(vec![Token::Text(super::translate::number(value))]),
            (None, Some(outline)) => {
                let outline = outline.clone();
                translate(&outline, &mut Reader { builder: self, formula, role })
            }
            (None, None) => Err(Message::new("workbook-why-text")),
        };
        match written {
            Ok(tokens) => self.grid.formula(group, (header, unit, form), tokens, values),
            Err(reason) => {
                let held = Message::new("workbook-held-because").name("what", header);
                self.notes.push(held.words("why", reason));
                self.held(group, (header, unit, form), values)
            }
        }
    }

    /// A column of numbers that do not move.
    pub fn held(&mut self, group: Group, head: (&str, &str, Form), values: Vec<f64>) -> usize {
        let column = self.push(group, head, values.into_iter().map(Content::Number).collect());
        if let Some(column) = self.grid.columns.get_mut(column) {
            column.is_held = true;
        }
        column
    }

    /// Last year's sum: of the first year from the table, then from the year before.
    fn last_year(&mut self, closing: Closing, known: Option<&[f64]>) -> usize {
        let (header, column) = match closing {
            Closing::Due => ("entitlement_last_year", "previous_entitlement"),
            Closing::Award => ("award_last_year", "previous_award"),
        };
        let rows = self.grid.rows_of_year;
        let first: Option<Template> = self.places.previous(column).map(|cells| {
            Arc::new(fill(&format!("INDEX({cells},{{row}})"), &[("row", Token::Cell(ROW))]))
        });
        let later: Template = Arc::new(vec![Token::YearBefore(closing)]);
        let mut cells: Vec<Content> = Vec::with_capacity(self.grid.len());
        for row in 0..rows {
            let value = known.and_then(|known| known.get(row)).copied().unwrap_or(0.0);
            cells.push(match &first {
                Some(first) => Content::Formula(first.clone(), value),
                None => Content::Number(value),
            });
        }
        for before in self.books.iter().take(self.books.len().saturating_sub(1)) {
            let cents = if closing == Closing::Due { &before.entitlement } else { &before.award };
            let value = |row: usize| cents.get(row).map_or(0.0, |cents| *cents as f64 / 100.0);
            cells.extend((0..rows).map(|row| Content::Formula(later.clone(), value(row))));
        }
        let currency = self.currency();
        self.push(Group::Column, (header, &currency, Form::Money), cells)
    }

    /// A column of the table of municipalities, as it holds in each year.
    fn table_column(&mut self, column: usize, lag: u32) -> Result<Bound, Message> {
        let table = &self.scenario.municipalities.table;
        let Some(known) = table.columns.get(column) else {
            return Err(Message::new("workbook-why-column"));
        };
        let rows = self.grid.rows_of_year;
        let is_text = known.text(0).is_some();
        let mut cells = Vec::with_capacity(self.grid.len());
        for book in self.books {
            let year = book.year - lag as i32;
            let Some(range) = self.places.column(column, year) else {
                return Err(Message::new("workbook-why-no-sheet").name("name", &known.name));
            };
            let pattern = if known.gaps {
                format!("IF(ISNUMBER(INDEX({range},{{row}})),INDEX({range},{{row}}),\"\")")
            } else {
                format!("INDEX({range},{{row}})")
            };
            let template: Template = Arc::new(fill(&pattern, &[("row", Token::Cell(ROW))]));
            let numbers = known.in_year(year);
            for row in 0..rows {
                let number = numbers.get(row).copied().unwrap_or(f64::NAN);
                cells.push(if let Some(text) = known.text(row) {
                    Content::TextFormula(template.clone(), text.into())
                } else if number.is_finite() {
                    Content::Formula(template.clone(), number)
                } else {
                    Content::TextFormula(template.clone(), "".into())
                });
            }
        }
        let header =
            if lag == 0 { known.name.clone() } else { format!("lag({}, {lag})", known.name) };
        let form = if is_text { Form::Text } else { Form::Plain };
        let place = self.push(Group::Column, (&header, "", form), cells);
        Ok(if is_text { Bound::Texts(place) } else { Bound::Column(place) })
    }
}

/// A builder that is reading one formula.
struct Reader<'r, 'b> {
    builder: &'r mut Builder<'b>,
    formula: &'r Formula,
    role: Role,
}

impl Reader<'_, '_> {
    /// What a name read in each row.
    fn read(&self, id: usize) -> Vec<f64> {
        let rows = self.builder.grid.rows_of_year;
        let of = |trace: Option<&FormulaTrace>| -> Vec<f64> {
            let value = |row: usize| {
                let reading = trace.and_then(|trace| trace.rows.get(row)?.readings.get(id));
                reading.and_then(|reading| reading.values.first()).copied().unwrap_or(f64::NAN)
            };
            (0..rows).map(value).collect()
        };
        self.builder.traces(self.role).into_iter().flat_map(of).collect()
    }

    /// What a part of the formula came to in each row.
    fn part(&self, part: usize) -> Result<Vec<f64>, Message> {
        let rows = self.builder.grid.rows_of_year;
        let mut values = Vec::with_capacity(self.builder.grid.len());
        for trace in self.builder.traces(self.role) {
            let found = trace.and_then(|trace| trace.parts.get(part));
            match found.filter(|found| found.len() == rows) {
                Some(found) => values.extend_from_slice(found),
                None => return Err(Message::new("workbook-why-part-alone")),
            }
        }
        Ok(values)
    }
}

impl Sheet for Reader<'_, '_> {
    fn name(&mut self, id: u32, text: &str) -> Result<Bound, Message> {
        let id = id as usize;
        let Some(&variable) = self.formula.variables.get(id) else {
            return Err(Message::new("workbook-why-name"));
        };
        if let Some(known) = self.builder.names.get(&variable) {
            return Ok(known.clone());
        }
        let scenario = self.builder.scenario;
        let (unit, form) = unit_of(scenario, variable, self.builder.grid.language);
        let bound = match variable {
            Variable::Year => Bound::Column(YEAR),
            Variable::Lever(lever) => {
                let name = self
                    .builder
                    .settings
                    .lever(lever)
                    .ok_or_else(|| Message::new("workbook-why-lever"))?;
                Bound::National(Token::Text(name.to_owned()))
            }
            Variable::Appropriation => Bound::National(Token::Pot(pots::APPROPRIATION)),
            Variable::Available => Bound::National(Token::Pot(pots::AVAILABLE)),
            Variable::Line(line) => match self.builder.lines.get(line) {
                Some(column) => Bound::Column(*column),
                None => return Err(Message::new("workbook-why-below")),
            },
            Variable::MunicipalityColumn { column, lag } => {
                self.builder.table_column(column, lag)?
            }
            Variable::EntitlementLastYear => {
                let known = scenario.municipalities.previous_entitlement.as_deref();
                Bound::Column(self.builder.last_year(Closing::Due, known))
            }
            Variable::AwardLastYear => {
                let known = scenario.municipalities.previous_award.as_deref();
                Bound::Column(self.builder.last_year(Closing::Award, known))
            }
            Variable::PointColumn { .. } | Variable::Entitlement | Variable::Award => {
                return Err(Message::new("workbook-why-points").name("name", text));
            }
            Variable::Input(_)
            | Variable::PayIndex
            | Variable::PriceIndex
            | Variable::Quantity { .. } => {
                let values = self.read(id);
                let header = match variable {
                    Variable::Input(input) => {
                        scenario.inputs.get(input).map_or(text, |input| input.name.as_str())
                    }
                    _ => text,
                };
                let header = header.to_owned();
                Bound::Column(self.builder.held(Group::Held, (&header, &unit, form), values))
            }
        };
        self.builder.names.insert(variable, bound.clone());
        Ok(bound)
    }

    fn helper(&mut self, part: usize, text: &str, tokens: Vec<Token>) -> Result<usize, Message> {
        let values = self.part(part).or_else(|reason| match self.plain(part) {
            Some(id) => Ok(self.read(id)),
            None => Err(reason),
        })?;
        Ok(self.builder.grid.formula(Group::Line, (text, "", Form::Plain), tokens, values))
    }

    fn array(&mut self, part: usize, text: &str, tokens: Vec<Token>) -> Result<usize, Message> {
        let template = Arc::new(tokens);
        let values = self.part(part)?.into_iter();
        let cells = values.map(|value| Content::Array(template.clone(), value)).collect();
        Ok(self.builder.push(Group::Line, (text, "", Form::Plain), cells))
    }

    fn held(&mut self, part: usize, text: &str) -> Result<usize, Message> {
        let values = self.part(part)?;
        self.builder.notes.push(Message::new("workbook-held").name("what", text));
        Ok(self.builder.held(Group::Held, (text, "", Form::Plain), values))
    }
}

impl Reader<'_, '_> {
    /// The id of a part that is a plain name.
    fn plain(&self, part: usize) -> Option<usize> {
        match self.formula.outline.as_ref()?.parts.get(part)?.term {
            crate::expression::Term::Name(id) => Some(id as usize),
            _ => None,
        }
    }
}

/// The unit of a name, and how its numbers are written.
fn unit_of(scenario: &Scenario, variable: Variable, language: Language) -> (String, Form) {
    match variable {
        Variable::Input(input) => {
            (scenario.inputs.get(input).map_or("", |input| &input.unit).to_owned(), Form::Plain)
        }
        Variable::Quantity { quantity, .. } => match quantity.doc().unit {
            "EUR" => (Written(language).currency(&scenario.currency), Form::Money),
            unit => (unit_in(language, unit), Form::Plain),
        },
        _ => (String::new(), Form::Plain),
    }
}

/// What the programme's purpose costs, which nothing due may exceed.
pub fn cost_quantity(scenario: &Scenario, programme: usize) -> Quantity {
    match scenario.programmes.get(programme).map(|programme| programme.purpose) {
        Some(crate::model::Purpose::Investment) => Quantity::InvestmentCost,
        _ => Quantity::MaintenanceCost,
    }
}
