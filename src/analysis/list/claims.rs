//! Claims as a table or an array has them.

use super::amount::{Amount, Grain};
use super::way::{COMPETITION, Way};
use crate::allocation::Rationing;
use crate::problem::{Place, Problem, Sources, codes};
use crate::scenario::{Column, Decoder, LooseTable, Unreadable, quoted};

/// The columns that a list may have beside `name` and `claim`.
const WEIGHT: &str = "weight";
const CLASS: &str = "class";
const SCORE: &str = "score";

/// The claims of a table or an array, in its order.
#[derive(Debug)]
pub struct Claims {
    /// The table, if it is one.
    loose: Option<LooseTable>,
    /// Who claims; empty where nobody is named.
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

/// Claims of an array, and what may stand beside them: as many, or none.
#[derive(Clone, Debug, Default)]
pub struct Entries {
    /// What is claimed.
    pub amounts: Vec<f64>,
    /// Who claims; ties go to the name that comes first, without names to the earlier claim.
    pub names: Vec<String>,
    /// A larger one never hurts.
    pub weights: Vec<f64>,
    /// Whole numbers from 1; class 1 is served first.
    pub classes: Vec<f64>,
    /// For a competition, the highest first; not a number ranks last.
    pub scores: Vec<f64>,
}

/// Claims in order of name, as ties need it, in grains.
#[derive(Debug)]
pub struct Ordered {
    /// The row of each in the table.
    pub rows: Vec<usize>,
    /// What is claimed.
    pub amounts: Vec<i64>,
    /// The weights, if there are any.
    pub weights: Vec<f64>,
    /// The classes, if there are any.
    pub classes: Vec<i64>,
    /// The scores, if there are any.
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
///
/// # Errors
/// Everything that is wrong with the table.
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
            Ok(Claims { loose: Some(loose), names, amounts, weights, classes, scores })
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
    for problem in without_weights(ways) {
        let note = "the table has a column `weight`, and this rule would take no notice of it";
        let problem = problem.at(&column.place(0), "a weight").note(note);
        door.tell(
            problem.help("divide by a rule with a weighted form, or delete or rename the column"),
        );
    }
    let mut sound = true;
    for (row, weight) in found.iter().enumerate() {
        let Some(what) = weight.and_then(no_weight) else { continue };
        let problem = column.problem(codes::CELL_RANGE, row, &what);
        door.tell(problem.help("of a claimant who is to receive nothing delete the row"));
        sound = false;
    }
    found.into_iter().collect::<Option<_>>().filter(|_| sound)
}

/// The rules that would take no notice of weights, a problem for each.
fn without_weights(ways: &[Way]) -> impl Iterator<Item = Problem> {
    ways.iter().filter(|way| !has_weights(way.rationing)).map(|way| {
        let message = format!("{} has no weighted form", quoted(way.name));
        Problem::error(codes::NO_WEIGHTS, message)
    })
}

/// Why a number is no weight.
fn no_weight(weight: f64) -> Option<String> {
    let is_weight = weight > 0.0 && weight.is_finite();
    (!is_weight).then(|| format!("holds {weight}, which should be more than 0"))
}

/// Why a number is no class.
fn no_class(class: f64) -> Option<String> {
    const MOST: f64 = 1e9;
    let is_class = class.fract() == 0.0 && (1.0..=MOST).contains(&class);
    (!is_class).then(|| format!("holds the class {class}, which should be a whole number from 1"))
}

/// Why a number is no claim.
fn no_claim(claim: f64) -> Option<String> {
    let is_claim = claim >= 0.0 && claim.is_finite();
    (!is_claim).then(|| format!("holds {claim}, which should be an amount of 0 or more"))
}

/// How classes are written.
const CLASSES: &str = "number the classes 1, 2, 3 …; class 1 is served first";

/// Whether a rule takes notice of weights.
fn has_weights(rationing: Rationing) -> bool {
    matches!(rationing, Rationing::Rule(rule) if rule.weighting().is_some())
}

/// Classes are whole numbers from 1.
fn classes(column: Column<'_>, door: &mut Decoder) -> Option<Vec<i64>> {
    let found = column.each_number(door);
    let mut sound = true;
    for (row, class) in found.iter().enumerate() {
        let Some(what) = class.and_then(no_class) else { continue };
        door.tell(column.problem(codes::CELL_RANGE, row, &what).help(CLASSES));
        sound = false;
    }
    let whole = found.into_iter().map(|class| class.map(|class| class as i64));
    whole.collect::<Option<_>>().filter(|_| sound)
}

impl Claims {
    /// Claims of an array for rules.
    ///
    /// # Errors
    /// What is wrong with them, the first of each kind.
    pub fn of(entries: Entries, ways: &[Way]) -> Result<Self, Vec<Problem>> {
        let Entries { amounts, names, weights, classes, scores } = entries;
        let mut problems = Vec::new();
        let lengths = [
            ("names", names.len()),
            ("weights", weights.len()),
            ("classes", classes.len()),
            ("scores", scores.len()),
        ];
        for (what, length) in lengths {
            if length != 0 && length != amounts.len() {
                let message = format!("there are {length} {what} for {} claims", amounts.len());
                let problem = Problem::error(codes::OUT_OF_RANGE, message);
                problems
                    .push(problem.help(format!("give each claim one of the `{what}`, or none")));
            }
        }
        let mut first =
            |array: &str, values: &[f64], wrong: fn(f64) -> Option<String>, help: &str| {
                let found =
                    values.iter().enumerate().find_map(|(at, value)| Some((at, wrong(*value)?)));
                if let Some((at, what)) = found {
                    let message = format!("`{array}[{at}]` {what}");
                    problems.push(Problem::error(codes::CELL_RANGE, message).help(help));
                }
            };
        first("claims", &amounts, no_claim, "leave the claim out, or mend the amount");
        first("weights", &weights, no_weight, "leave out a claimant who is to receive nothing");
        first("classes", &classes, no_class, CLASSES);
        if !weights.is_empty() {
            problems.extend(without_weights(ways).map(|problem| {
                problem.help("divide by a rule with a weighted form, or leave the weights out")
            }));
        }
        if scores.is_empty() && ways.iter().any(|way| way.name == COMPETITION) {
            let message = "a ranked competition needs the scores of the claims";
            let problem = Problem::error(codes::MISSING_FIELD, message);
            problems.push(problem.help("give a score for each claim; the highest is served first"));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let classes = classes.into_iter().map(|class| class as i64).collect();
        Ok(Self { loose: None, names, amounts, weights, classes, scores })
    }

    /// What is claimed in all.
    pub fn total(&self) -> f64 {
        self.amounts.iter().sum()
    }

    /// What was taken for granted of the table.
    pub fn assumed(&self) -> Vec<String> {
        self.loose.as_ref().map_or_else(Vec::new, LooseTable::assumed)
    }

    /// Problems of the whole, with what is needed to show them.
    #[must_use]
    pub fn refuse(self, problems: Vec<Problem>) -> Unreadable {
        let Some(mut loose) = self.loose else {
            return Unreadable { problems, sources: Sources::default() };
        };
        for problem in problems {
            loose.door.tell(problem);
        }
        loose.finish()
    }

    /// The grain in which claims, pot, unit and least award are whole, as far as it can be.
    ///
    /// # Errors
    /// The sum of the claims leaves no room for the unit.
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
        let mut problem = Problem::error(codes::DIGITS, message);
        if let Some(place) = self.place_of_largest() {
            problem = problem.at(&place, "the largest");
        }
        let problem = problem.note("sums are exact to 15 digits");
        Err(Box::new(problem.help("look for a claim that is wrong; else round to a larger unit")))
    }

    fn place_of_largest(&self) -> Option<Place> {
        let largest = |best: usize, row: usize| {
            if self.amounts.get(row) > self.amounts.get(best) { row } else { best }
        };
        let row = (0..self.amounts.len()).fold(0, largest);
        let loose = self.loose.as_ref()?;
        let column = loose.table.find("claim");
        Some(column.map_or_else(|| loose.place(0), |column| column.place(row)))
    }

    /// The claims in grains, in order of name; without rounding none may vanish.
    ///
    /// # Errors
    /// The claims that would.
    pub fn ordered(&self, grain: Grain, is_rounded: bool) -> Result<Ordered, Vec<Problem>> {
        let amounts: Vec<i64> =
            self.amounts.iter().map(|&claim| grain.nearest(&Amount::of(claim))).collect();
        if !is_rounded {
            let lost =
                (0..amounts.len()).filter(|&row| amounts[row] == 0 && self.amounts[row] > 0.0);
            let column = self.loose.as_ref().and_then(|loose| loose.table.find("claim"));
            let problem = |row: usize| {
                let claim = self.amounts[row];
                let what =
                    format!("holds {claim:e}, too little beside a sum of {:e}", self.total());
                let problem = match column {
                    Some(column) => column.problem(codes::DIGITS, row, &what),
                    None => Problem::error(codes::DIGITS, format!("`claims[{row}]` {what}")),
                };
                let problem = problem.note("sums are exact to 15 digits");
                problem.help("round the awards (`--round 0.01`), or divide the two apart")
            };
            let problems: Vec<Problem> = lost.map(problem).take(100).collect();
            if !problems.is_empty() {
                return Err(problems);
            }
        }
        let mut rows: Vec<usize> = (0..amounts.len()).collect();
        rows.sort_by(|&a, &b| self.names.get(a).cmp(&self.names.get(b)).then(a.cmp(&b)));
        let floats = |of: &[f64]| rows.iter().filter_map(|&row| of.get(row).copied()).collect();
        let whole = |of: &[i64]| rows.iter().filter_map(|&row| of.get(row).copied()).collect();
        let (amounts, classes) = (whole(&amounts), whole(&self.classes));
        let (weights, scores) = (floats(&self.weights), floats(&self.scores));
        Ok(Ordered { rows, amounts, weights, classes, scores })
    }
}

#[cfg(test)]
mod tests {
    use super::super::way::named;
    use super::*;

    fn ways(rule: &str) -> Vec<Way> {
        named(&[rule.to_owned()], "LargestRemainder", &Amount::default()).unwrap().0
    }

    fn messages(entries: Entries, rule: &str) -> Vec<String> {
        let found = Claims::of(entries, &ways(rule)).map(|_| ()).unwrap_err();
        assert!(found.iter().all(|problem| problem.help.is_some() && problem.at.is_none()));
        found.into_iter().map(|problem| problem.message).collect()
    }

    #[test]
    fn an_array_is_judged_whole_with_the_place_of_the_first_of_each_kind() {
        let entries = Entries {
            amounts: vec![1.0, -2.0, f64::NAN],
            names: vec!["a".to_owned()],
            weights: vec![1.0, 1.0, 0.0],
            classes: vec![1.0, 1.5, 2.0],
            scores: Vec::new(),
        };
        let told = [
            "there are 1 names for 3 claims",
            "`claims[1]` holds -2, which should be an amount of 0 or more",
            "`weights[2]` holds 0, which should be more than 0",
            "`classes[1]` holds the class 1.5, which should be a whole number from 1",
            "`Talmud` has no weighted form",
        ];
        assert_eq!(messages(entries, "Talmud"), told);
        let lone = Entries { amounts: vec![1.0], ..Entries::default() };
        let told = messages(lone, "RankedCompetition");
        assert_eq!(told, ["a ranked competition needs the scores of the claims"]);
    }

    #[test]
    fn without_names_ties_go_by_the_order_of_the_array() {
        let entries = |names: &[&str]| Entries {
            amounts: vec![0.5, 0.25],
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            ..Entries::default()
        };
        let rows = |names: &[&str]| {
            let claims = Claims::of(entries(names), &ways("Proportional")).unwrap();
            let grain = claims.grain(&Amount::of(1.0), None, &Amount::default()).unwrap();
            let ordered = claims.ordered(grain, true).unwrap();
            (ordered.rows, ordered.amounts)
        };
        assert_eq!(rows(&[]), (vec![0, 1], vec![50, 25]));
        assert_eq!(rows(&["b", "a"]), (vec![1, 0], vec![25, 50]));
    }
}
