//! Claims as a table has them.

use super::amount::{Amount, Grain};
use super::{COMPETITION, Way};
use crate::allocation::Rationing;
use crate::problem::{Place, Problem, codes};
use crate::scenario::{Column, Decoder, LooseTable, Unreadable, quoted};

/// The columns that a list may have beside `name` and `claim`.
const WEIGHT: &str = "weight";
const CLASS: &str = "class";
const SCORE: &str = "score";

/// The claims of a table, in its order.
#[derive(Debug)]
pub struct Claims {
    loose: LooseTable,
    /// Who claims.
    pub names: Vec<String>,
    /// What is claimed, 0 or more.
    pub amounts: Vec<f64>,
    /// Above 0; empty without the column.
    weights: Vec<f64>,
    /// Whole numbers; empty without the column.
    classes: Vec<i64>,
    /// Not a number where it is missing; empty without the column.
    scores: Vec<f64>,
}

/// The same in order of name, as ties need it, in grains.
#[derive(Debug)]
pub struct Ordered {
    /// The row of each in the table.
    pub rows: Vec<usize>,
    pub amounts: Vec<i64>,
    pub weights: Vec<f64>,
    pub classes: Vec<i64>,
    pub scores: Vec<f64>,
}

impl Ordered {
    /// How many claims stand in the largest class.
    pub fn largest_class(&self) -> usize {
        if self.classes.is_empty() {
            return self.amounts.len();
        }
        let mut classes = self.classes.clone();
        classes.sort_unstable();
        classes.chunk_by(i64::eq).map(<[i64]>::len).max().unwrap_or(0)
    }
}

/// Reads a table of claims for rules.
pub fn read(mut loose: LooseTable, ways: &[Way]) -> Result<Claims, Unreadable> {
    let place = loose.place(0);
    let LooseTable { table, door, .. } = &mut loose;
    let names = table.column("name", &place, door).and_then(|column| column.keys(door));
    let amounts = table
        .column("claim", &place, door)
        .and_then(|column| column.numbers_within(0.0, f64::INFINITY, door));
    let weights = optional(table.find(WEIGHT), |column| weights(column, ways, door));
    let classes = optional(table.find(CLASS), |column| classes(column, door));
    let scores = optional(table.find(SCORE), |column| {
        let scores = column.numbers_or_empty(door)?;
        Some(scores.into_iter().map(|score| score.unwrap_or(f64::NAN)).collect())
    });
    if table.find(SCORE).is_none() && ways.iter().any(|way| way.name == COMPETITION) {
        // Told as a column that is missing, with those that there are.
        let _ = table.column(SCORE, &place, door);
    }
    let names: Option<Vec<String>> =
        names.map(|names| names.into_iter().map(str::to_owned).collect());
    match (names, amounts, weights, classes, scores) {
        (Some(names), Some(amounts), Some(weights), Some(classes), Some(scores))
            if !loose.door.failed() =>
        {
            Ok(Claims { loose, names, amounts, weights, classes, scores })
        }
        _ => Err(loose.finish()),
    }
}

/// A column that need not be there: nothing where it is not, nothing at all where it is wrong.
fn optional<'a, T>(
    column: Option<Column<'a>>,
    read: impl FnOnce(Column<'a>) -> Option<Vec<T>>,
) -> Option<Vec<T>> {
    column.map_or_else(|| Some(Vec::new()), read)
}

/// Weights above 0, for rules that have a weighted form.
fn weights(column: Column<'_>, ways: &[Way], door: &mut Decoder) -> Option<Vec<f64>> {
    let found = column.each_number(door);
    for way in ways {
        if !has_weights(way.rationing) {
            let message = format!("{} has no weighted form", quoted(way.name));
            let problem =
                Problem::error(codes::NO_WEIGHTS, message).at(&column.place(0), "a weight");
            let note = "the table has a column `weight`, and this rule would take no notice of it";
            door.tell(
                problem
                    .note(note)
                    .help("divide by a rule with a weighted form, or delete or rename the column"),
            );
        }
    }
    let mut sound = true;
    for (row, weight) in found.iter().enumerate() {
        let Some(weight) = weight.filter(|weight| *weight <= 0.0) else { continue };
        let what = format!("holds {weight}, which should be more than 0");
        let problem = column.problem(codes::CELL_RANGE, row, &what);
        door.tell(problem.help("of a claimant who is to receive nothing delete the row"));
        sound = false;
    }
    found.into_iter().collect::<Option<_>>().filter(|_| sound)
}

/// Whether a rule takes notice of weights.
fn has_weights(rationing: Rationing) -> bool {
    matches!(rationing, Rationing::Rule(rule) if rule.weighting().is_some())
}

/// Classes are whole numbers from 1.
fn classes(column: Column<'_>, door: &mut Decoder) -> Option<Vec<i64>> {
    const MOST: f64 = 1e9;
    let found = column.each_number(door);
    let mut sound = true;
    for (row, class) in found.iter().enumerate() {
        let Some(class) = class else { continue };
        if class.fract() != 0.0 || !(1.0..=MOST).contains(class) {
            let what = format!("holds the class {class}, which should be a whole number from 1");
            let problem = column.problem(codes::CELL_RANGE, row, &what);
            door.tell(problem.help("number the classes 1, 2, 3 …; class 1 is served first"));
            sound = false;
        }
    }
    let whole = found.into_iter().map(|class| class.map(|class| class as i64));
    whole.collect::<Option<_>>().filter(|_| sound)
}

impl Claims {
    /// What is claimed in all.
    pub fn total(&self) -> f64 {
        self.amounts.iter().sum()
    }

    /// What was taken for granted of the table.
    pub fn assumed(&self) -> Vec<String> {
        self.loose.assumed()
    }

    /// Problems of the whole, with what is needed to show them.
    pub fn refuse(self, problems: Vec<Problem>) -> Unreadable {
        let mut loose = self.loose;
        for problem in problems {
            loose.door.tell(problem);
        }
        loose.finish()
    }

    /// The grain in which claims, pot, unit and least award are whole, as far as it can be.
    pub fn grain(
        &self,
        pot: &Amount,
        unit: Option<&Amount>,
        least: &Amount,
    ) -> Result<Grain, Box<Problem>> {
        let of_claims = self.amounts.iter().map(|&claim| Amount::of(claim).decimals());
        let of_terms = [pot.decimals(), least.decimals(), unit.map_or(0, Amount::decimals)];
        let decimals = of_claims.chain(of_terms).max().unwrap_or(0).max(0);
        let total = self.total();
        let grain = Grain::of(decimals, total);
        let coarse = unit.filter(|unit| !grain.holds(unit.decimals()));
        if total.is_finite() && coarse.is_none() {
            return Ok(grain);
        }
        let unit = unit.map_or_else(|| "decimals".to_owned(), |unit| format!("units of {unit}"));
        let message = format!("the claims add up to {total:e}, too much to be divided in {unit}");
        let problem =
            Problem::error(codes::DIGITS, message).at(&self.place_of_largest(), "the largest");
        let problem = problem.note("sums are exact to 15 digits");
        Err(Box::new(problem.help("look for a claim that is wrong; else round to a larger unit")))
    }

    fn place_of_largest(&self) -> Place {
        let largest = |best: usize, row: usize| {
            if self.amounts.get(row) > self.amounts.get(best) { row } else { best }
        };
        let row = (0..self.amounts.len()).fold(0, largest);
        self.loose
            .table
            .find("claim")
            .map_or_else(|| self.loose.place(0), |column| column.place(row))
    }

    /// The claims in grains, in order of name; without rounding none may vanish.
    pub fn ordered(&self, grain: Grain, is_rounded: bool) -> Result<Ordered, Vec<Problem>> {
        let amounts: Vec<i64> =
            self.amounts.iter().map(|&claim| grain.nearest(&Amount::of(claim))).collect();
        if !is_rounded {
            let lost =
                (0..amounts.len()).filter(|&row| amounts[row] == 0 && self.amounts[row] > 0.0);
            let column = self.loose.table.find("claim");
            let problem = |row: usize| {
                let claim = self.amounts[row];
                let what =
                    format!("holds {claim:e}, too little beside a sum of {:e}", self.total());
                let problem = column.map(|column| column.problem(codes::DIGITS, row, &what))?;
                let problem = problem.note("sums are exact to 15 digits");
                Some(problem.help("round the awards (`--round 0.01`), or divide the two apart"))
            };
            let problems: Vec<Problem> = lost.filter_map(problem).take(100).collect();
            if !problems.is_empty() {
                return Err(problems);
            }
        }
        let mut rows: Vec<usize> = (0..amounts.len()).collect();
        rows.sort_by(|&a, &b| self.names[a].cmp(&self.names[b]).then(a.cmp(&b)));
        let floats = |of: &[f64]| rows.iter().filter_map(|&row| of.get(row).copied()).collect();
        let whole = |of: &[i64]| rows.iter().filter_map(|&row| of.get(row).copied()).collect();
        let (amounts, classes) = (whole(&amounts), whole(&self.classes));
        let (weights, scores) = (floats(&self.weights), floats(&self.scores));
        Ok(Ordered { rows, amounts, weights, classes, scores })
    }
}
