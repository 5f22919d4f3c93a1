//! What a name means in a formula, by where the formula stands.

use std::cell::RefCell;

use super::meaning::Found;
use super::vocabulary::{Vocabulary, quantity};
use crate::expression::{Extent, Kind, Names, Resolved, Shape};
use crate::model::{Column, ColumnValues, Purpose, QUANTITIES, Scenario, Variable};
use crate::problem::codes;
use crate::scenario::decode::quoted;

/// Where a formula stands: what it may name depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// Growth of pay or prices, of which the indices are made.
    Growth,
    /// A formula of the world or a sum of money: rows are points.
    World,
    /// An input that is computed.
    Input,
    /// A rule of a programme with this purpose: rows are municipalities.
    Rule(Purpose),
    /// A declared outcome: rows are scopes.
    Outcome,
}

/// A name that exists, but not here.
#[derive(Clone, Debug)]
pub struct Misuse {
    /// The name.
    pub name: String,
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// What to do.
    pub help: String,
    /// The kind of problem.
    pub code: &'static str,
}

/// The names of one formula, with the variables that it turns out to use.
#[derive(Debug)]
pub struct View<'v> {
    pub(super) words: &'v Vocabulary,
    pub(super) spot: Spot,
    /// Earlier lines of the worksheet.
    lines: &'v [String],
    /// Names of inputs that a ready-made formula calls.
    locals: &'v [(String, usize)],
    variables: RefCell<Vec<Variable>>,
    misuses: RefCell<Vec<Misuse>>,
    /// The input that the formula computes: it cannot name itself.
    pub(super) own: Option<&'v str>,
}

/// How many years back a simulated quantity is kept.
const MOST_LAG: u32 = Scenario::PAST_YEARS as u32;
/// Ends the name of a point's column where the municipalities have one of the same name.
pub(super) const OF_POINTS: &str = "__of_points";

const CONSTANT: Shape = Shape::CONSTANT;
/// One value per draw.
pub(super) const NATIONAL: Shape = Shape { extent: Extent::Nation, random: true };
/// One value per municipality and draw.
pub(super) const MUNICIPAL: Shape = Shape { extent: Extent::Municipality, random: true };

impl<'v> View<'v> {
    /// The names that a formula sees there.
    pub fn new(
        words: &'v Vocabulary,
        spot: Spot,
        lines: &'v [String],
        locals: &'v [(String, usize)],
    ) -> Self {
        let (variables, misuses) = (RefCell::default(), RefCell::default());
        Self { words, spot, lines, locals, variables, misuses, own: None }
    }

    /// The same for the formula of an input, which is not proposed in it.
    pub fn computing(self, own: Option<&'v str>) -> Self {
        Self { own, ..self }
    }

    /// The text with composed names spelled out: `own_share` in outcomes, and inside `point_sum(…)`
    /// of a rule the points' column where both tables have one of that name.
    pub fn spelled_out(&self, text: &str) -> String {
        super::words::replaced(text, |word| match self.spot {
            Spot::Outcome if word.text == "own_share" => Some("(total_cost - award)".to_owned()),
            Spot::Rule(_)
                if word.is_among_points
                    && !word.is_lagged
                    && self.words.municipality_column(word.text).is_some()
                    && self.words.point_column(word.text).is_some() =>
            {
                Some(format!("{}{OF_POINTS}", word.text))
            }
            _ => None,
        })
    }

    /// What each id means, and the names that stand where they must not.
    pub fn finish(self) -> (Vec<Variable>, Vec<Misuse>) {
        (self.variables.into_inner(), self.misuses.into_inner())
    }

    pub(super) fn find(&self, name: &str) -> Option<Found> {
        let words = self.words;
        let number = |variable, shape| Some((variable, Kind::Number, shape));
        if let Some((_, input)) = self.locals.iter().find(|(local, _)| local == name) {
            return number(Variable::Input(*input), NATIONAL);
        }
        if let Some(line) = self.lines.iter().position(|line| line == name) {
            return number(Variable::Line(line), MUNICIPAL);
        }
        match name {
            "year" => {
                if words.years.is_none() {
                    let message = "`year` has no value: the scenario has no `years`".to_owned();
                    self.misuse(name, message, "write `years: (first: 2022, last: 2027)`");
                }
                return number(Variable::Year, CONSTANT);
            }
            "pay_index" => return number(self.index(name, Variable::PayIndex), NATIONAL),
            "price_index" => return number(self.index(name, Variable::PriceIndex), NATIONAL),
            _ => {}
        }
        if let Some(lever) = words.lever(name) {
            return number(Variable::Lever(lever), CONSTANT);
        }
        if let Some(input) = words.input(name) {
            let extent = self.input(name, input);
            return number(Variable::Input(input), Shape { extent, random: true });
        }
        // What could not be read is not taken for something else of that name.
        if words.lost.may_hold(name) {
            return None;
        }
        match self.spot {
            Spot::Growth | Spot::World | Spot::Input => {
                self.point_column(name).or_else(|| self.municipality_column(name)).or_else(|| {
                    let (quantity, tier) = quantity(name, &words.tiers)?;
                    self.misuse(
                        name,
                        format!("`{name}` is a result of the simulation, it cannot be named here"),
                        "rules and outcomes see what is simulated; here stand levers, inputs and columns",
                    );
                    number(Variable::Quantity { quantity, tier, lag: 0 }, MUNICIPAL)
                })
            }
            Spot::Rule(purpose) => self.in_rule(name, purpose),
            Spot::Outcome => self.in_outcome(name),
        }
    }

    /// Notes a name that exists, but not here.
    pub(super) fn misuse(&self, name: &str, message: String, help: impl Into<String>) {
        self.misuse_as(codes::FORMULA, name, message, help);
    }

    /// Notes a name that exists, but not here, as a problem of this kind.
    pub(super) fn misuse_as(
        &self,
        code: &'static str,
        name: &str,
        message: String,
        help: impl Into<String>,
    ) {
        let mut misuses = self.misuses.borrow_mut();
        if !misuses.iter().any(|misuse| misuse.name == name) {
            misuses.push(Misuse { name: name.to_owned(), message, help: help.into(), code });
        }
    }

    /// The lines of the worksheet that stand above.
    pub(super) fn lines(&self) -> &[String] {
        self.lines
    }

    /// The rows of a name, if it means something here; asking leaves no trace.
    pub(super) fn extent(&self, name: &str) -> Option<Extent> {
        let noted = self.misuses.borrow().len();
        let found = self.find(name).map(|(_, _, shape)| shape.extent);
        self.misuses.borrow_mut().truncate(noted);
        found
    }

    fn numbered(&self, (variable, kind, shape): Found) -> Resolved {
        let mut variables = self.variables.borrow_mut();
        let position = variables.iter().position(|known| *known == variable);
        let id = position.unwrap_or_else(|| {
            variables.push(variable);
            variables.len() - 1
        });
        Resolved { id: id as u32, kind, shape }
    }

    fn column(&self, variable: Option<Variable>) -> Option<&Column> {
        let (table, column) = match variable? {
            Variable::MunicipalityColumn { column, .. } => {
                (&self.words.municipalities.table, column)
            }
            Variable::PointColumn { column, .. } => (&self.words.points.table, column),
            _ => return None,
        };
        table.columns.get(column)
    }
}

impl Names for View<'_> {
    fn resolve(&self, name: &str) -> Option<Resolved> {
        self.find(name).map(|found| self.numbered(found))
    }

    fn resolve_lag(&self, name: &str, years: u32) -> Result<Resolved, String> {
        if self.words.lost.may_hold(name) && self.find(name).is_none() {
            return Err(format!("`{name}` could not be read"));
        }
        if let Spot::Rule(purpose) = self.spot
            && !self.lines.iter().any(|line| line == name)
            && let Some(variable) = self.simulated(name, purpose, years)
        {
            if years > MOST_LAG {
                return Err(format!("`{name}` is known for {MOST_LAG} years back at most"));
            }
            return Ok(self.numbered((variable, Kind::Number, MUNICIPAL)));
        }
        if self.spot == Spot::Outcome {
            return Err("an outcome sees its own year only".to_owned());
        }
        if matches!(self.spot, Spot::Growth | Spot::World | Spot::Input)
            && quantity(name, &self.words.tiers).is_some()
            && self.words.municipality_column(name).is_none()
        {
            return Err(format!("`{name}` is a result of the simulation, it cannot be named here"));
        }
        let Some(column) = self.words.municipality_column(name) else {
            return Err(match self.find(name) {
                Some(_) => format!("the past of `{name}` is not kept"),
                None => format!("`{name}` is not known here"),
            });
        };
        let values = &self.words.municipalities.table.columns[column].values;
        let ColumnValues::Yearly { first_year, .. } = values else {
            return Err(format!("`{name}` has no past: its table has no column of years"));
        };
        let first = self.words.years.map_or(*first_year, |years| years.first);
        if first - (years as i32) < *first_year {
            return Err(format!(
                "`{name}` is needed from {} on, and its table begins in {first_year}",
                first - years as i32
            ));
        }
        let shape = Shape { extent: Extent::Municipality, random: false };
        let variable = Variable::MunicipalityColumn { column, lag: years };
        Ok(self.numbered((variable, Kind::Number, shape)))
    }

    fn text_code(&self, column: u32, text: &str) -> Result<f64, Vec<String>> {
        let variable = self.variables.borrow().get(column as usize).copied();
        let Some(ColumnValues::Texts { values, .. }) =
            self.column(variable).map(|column| &column.values)
        else {
            return Err(Vec::new());
        };
        let position = values.binary_search_by(|value| value.as_str().cmp(text));
        position.map(|code| code as f64).map_err(|_| values.clone())
    }

    fn has_gaps(&self, id: u32) -> bool {
        let variable = self.variables.borrow().get(id as usize).copied();
        self.column(variable).is_some_and(|column| column.gaps)
    }

    fn elsewhere(&self, name: &str) -> Option<(String, String)> {
        self.known_elsewhere(name)
    }

    fn overview(&self) -> Option<String> {
        Some(self.declared_here())
    }

    fn instead_of_lag(&self, name: &str, years: u32) -> Option<String> {
        Some(match self.spot {
            Spot::Outcome => {
                "leave `lag` out; yearly tables of results show how it grows".to_owned()
            }
            Spot::Rule(_) => self.without_past(name, years, MOST_LAG),
            _ => "rules see the past of what is simulated".to_owned(),
        })
    }

    fn hindrance(&self, column: u32) -> Option<String> {
        let variable = self.variables.borrow().get(column as usize).copied();
        let ColumnValues::Texts { values, codes } = &self.column(variable)?.values else {
            return None;
        };
        let is_number = |text: &String| text.parse::<f64>().is_ok_and(f64::is_finite);
        let of = |code: &f64| values.get(*code as usize);
        let numbers = codes.iter().filter(|code| of(code).is_some_and(is_number)).count();
        let leading_zero =
            values.iter().any(|text| text.len() > 1 && text.starts_with('0') && is_number(text));
        let other = values.iter().find(|text| !is_number(text))?;
        (numbers * 2 > codes.len() && !leading_zero)
            .then(|| if other.is_empty() { "an empty cell".to_owned() } else { quoted(other) })
    }

    fn known(&self) -> Vec<String> {
        let words = self.words;
        let mut names: Vec<String> = self.lines.to_vec();
        if words.years.is_some() {
            names.extend(["year", "pay_index", "price_index"].map(ToOwned::to_owned));
        }
        names.extend(words.levers.iter().map(|lever| lever.name.clone()));
        names.extend(words.inputs.iter().map(|input| input.name.clone()));
        names.extend(words.municipalities.table.columns.iter().map(|column| column.name.clone()));
        names.extend(words.points.table.columns.iter().map(|column| column.name.clone()));
        let own: &[&str] = match self.spot {
            Spot::Rule(_) => &[
                "appropriation",
                "available",
                "entitlement_last_year",
                "award_last_year",
                "eligible_cost",
            ],
            Spot::Outcome => &["entitlement", "award", "own_share", "eligible_cost"],
            _ => &[],
        };
        let is_world = own.is_empty();
        names.extend(own.iter().map(|name| (*name).to_owned()));
        for doc in QUANTITIES.iter().filter(|_| !is_world) {
            names.push(doc.name.to_owned());
            names.extend(words.tiers.iter().map(|tier| format!("{}_{tier}", doc.name)));
        }
        names.retain(|name| !words.lost.may_hold(name) && self.own != Some(name.as_str()));
        names
    }
}
