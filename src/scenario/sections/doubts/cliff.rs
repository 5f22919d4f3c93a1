//! Thresholds of rules that lie close to the value of a municipality.

use std::collections::BTreeSet;
use std::ops::Range;

use super::say::{MOST_LISTED, listed};
use super::{Doubt, Seen};
use crate::expression::{Cliff, Level, cliffs};
use crate::model::{Column, ColumnValues, Formula, Ration, Rule, Scenario, Table};
use crate::problem::{Place, Problem, codes};
use crate::scenario::decode::{quoted, spoken};
use crate::scenario::sections::words::words;

/// A value is close within this share of the threshold.
const CLOSE: f64 = 0.03;

/// One warning for each threshold of each formula.
pub fn doubts(seen: Seen<'_>) -> Vec<Doubt> {
    let mut found = Vec::new();
    for (part, programme, cliff, formula, step) in steps(seen.scenario) {
        let programme = seen.scenario.programmes.get(programme).map_or("", |known| &known.name);
        let part = format!("{part} of {}", quoted(programme));
        found.extend(step.doubt(seen, &part, place(formula, &cliff.place)));
    }
    found
}

/// A row whose figure lies within 3 % of a value at which a formula of a rule jumps.
#[derive(Clone, Debug, PartialEq)]
pub struct NearStep {
    /// The formula: "the line `presence`".
    pub part: String,
    /// Index of the programme.
    pub programme: usize,
    /// The column.
    pub name: String,
    /// The value at which the formula jumps.
    pub at: f64,
    /// Whether the column is that of points, not of municipalities.
    pub of_points: bool,
    /// The row of the table.
    pub row: usize,
    /// Its value: of the years the closest.
    pub value: f64,
}

/// Every row near a step of a formula, step by step, the closest first; a formula that policies share
/// is looked at once.
pub fn near_steps(scenario: &Scenario) -> Vec<NearStep> {
    let mut found = Vec::new();
    for (part, programme, _, _, step) in steps(scenario) {
        found.extend(step.close(scenario).into_iter().map(|(row, value)| NearStep {
            part: part.clone(),
            programme,
            name: step.name.to_owned(),
            at: step.at,
            of_points: step.rows == "points",
            row,
            value,
        }));
    }
    found
}

type Found<'s> = (String, usize, Cliff, &'s Formula, Step<'s>);

/// Every step of every formula, once: part, programme, where it stands, and what jumps.
fn steps(scenario: &Scenario) -> Vec<Found<'_>> {
    let mut told: BTreeSet<(Option<Place>, String, String)> = BTreeSet::new();
    let mut found = Vec::new();
    for policy in &scenario.policies {
        for (programme, rule) in policy.rules.iter().enumerate() {
            for (part, formula) in rule.iter().flat_map(parts) {
                for cliff in cliffs(&formula.text) {
                    let Some(step) = Step::new(scenario, formula, &cliff) else { continue };
                    // Policies may share a rule, and a guarantee is two formulas.
                    let key = (formula.place.clone(), step.name.to_owned(), spoken(step.at));
                    if told.insert(key) {
                        found.push((part.clone(), programme, cliff, formula, step));
                    }
                }
            }
        }
    }
    found
}

/// Every formula of a rule with what it is called.
fn parts(rule: &Rule) -> Vec<(String, &Formula)> {
    let lines = rule.lines.iter();
    let mut parts: Vec<(String, &Formula)> =
        lines.map(|line| (format!("the line {}", quoted(&line.name)), &line.formula)).collect();
    parts.extend(rule.limit.iter().map(|limit| ("the limit".to_owned(), limit)));
    for guarantee in &rule.guarantees {
        for bound in guarantee.lower.iter().chain(&guarantee.upper) {
            parts.push((format!("the guarantee {}", quoted(&guarantee.name)), bound));
        }
    }
    match &rule.ration {
        Ration::Competition(by) => {
            parts.push(("the score".to_owned(), &by.score));
            let points = by.points.iter();
            parts.extend(points.map(|points| ("the points asked for".to_owned(), points)));
        }
        Ration::Rule(by) => {
            parts.extend(by.weight.as_deref().map(|weight| ("the weight".to_owned(), weight)));
        }
    }
    parts
}

/// The place of a part of a formula, where its text stands as it is written.
pub(super) fn place(formula: &Formula, part: &Range<usize>) -> Option<Place> {
    let whole = formula.place.as_ref()?;
    let is_verbatim = whole.end - whole.start == formula.text.len() + 2;
    Some(if is_verbatim { whole.part(part.start + 1..part.end + 1) } else { whole.clone() })
}

/// A column, and where a formula jumps in it.
#[derive(Debug)]
struct Step<'s> {
    name: &'s str,
    at: f64,
    column: &'s Column,
    table: &'s Table,
    rows: &'static str,
}

impl<'s> Step<'s> {
    /// Nothing where the name is no column of numbers, or the threshold no number; 0 is no
    /// threshold that a value can be near.
    fn new(scenario: &'s Scenario, formula: &Formula, cliff: &Cliff) -> Option<Self> {
        let at = match &cliff.at {
            Level::Number(number) => *number,
            Level::Name(name) => scenario.levers.iter().find(|lever| lever.name == *name)?.value,
        };
        let name = formula.text.get(cliff.name.clone())?;
        let words = words(&formula.text);
        let word = words.iter().find(|word| word.range.start == cliff.name.start)?;
        let of_municipalities = (&scenario.municipalities.table, "municipalities");
        let of_points = (&scenario.points.table, "points");
        // As formulas see them: among points a name is that of the point, if it has one.
        let order = if word.is_among_points {
            [of_points, of_municipalities]
        } else {
            [of_municipalities, of_points]
        };
        let (table, rows, column) =
            order.into_iter().find_map(|(table, rows)| Some((table, rows, table.column(name)?)))?;
        let is_number = !matches!(column.values, ColumnValues::Texts { .. });
        (is_number && at != 0.0 && at.is_finite()).then_some(Self {
            name: &column.name,
            at,
            column,
            table,
            rows,
        })
    }

    /// The rows close to the threshold in some year, the closest first, each with its value.
    fn close(&self, scenario: &Scenario) -> Vec<(usize, f64)> {
        let years = scenario.years;
        let is_yearly = matches!(self.column.values, ColumnValues::Yearly { .. });
        let last = if is_yearly { years.last } else { years.first };
        let away = |value: f64| (value - self.at).abs();
        let mut closest: Vec<Option<f64>> = vec![None; self.table.len()];
        for year in years.first..=last {
            for (closest, value) in closest.iter_mut().zip(self.column.in_year(year)) {
                if value.is_nan() {
                    // An empty cell.
                    continue;
                }
                if closest.is_none_or(|closest| away(*value) < away(closest)) {
                    *closest = Some(*value);
                }
            }
        }
        let mut close: Vec<(usize, f64)> = closest
            .into_iter()
            .enumerate()
            .filter_map(|(row, value)| Some((row, value?)))
            .filter(|(_, value)| away(*value) <= CLOSE * self.at.abs())
            .collect();
        close.sort_by(|a, b| away(a.1).total_cmp(&away(b.1)).then(a.0.cmp(&b.0)));
        close
    }

    fn doubt(&self, seen: Seen<'_>, part: &str, place: Option<Place>) -> Option<Doubt> {
        let close = self.close(seen.scenario);
        let name = |(row, value): &(usize, f64)| {
            let name = self.table.names.get(*row).map_or("", String::as_str);
            format!("{} ({})", quoted(name), spoken(*value))
        };
        let names: Vec<String> = close.iter().map(name).collect();
        let many = match (names.len(), self.rows) {
            (0, _) => return None,
            (1, "points") => "1 point lies".to_owned(),
            (1, _) => "1 municipality lies".to_owned(),
            (count, rows) => format!("{count} {rows} lie"),
        };
        let message = format!(
            "{part} jumps where {} is {}, and {many} within 3 % of that: {}",
            quoted(self.name),
            spoken(self.at),
            listed(&names, MOST_LISTED)
        );
        let mut problem = Problem::warning(codes::CLIFF, message);
        problem.at = place.map(|place| (place, String::new()));
        Some(Doubt::One(
            problem
                .note("a small change of their figure, or an error in it, moves them by a whole step")
                .help(format!(
                    "let it rise smoothly, `interpolate({}, […])`, or write in a waiver why the step stands",
                    self.name
                )),
        ))
    }
}
