//! `allocate`: a list of claims is divided by one rule or several, without a scenario.

mod amount;
mod claims;
mod in_memory;
mod output;
mod paths;

pub use in_memory::{Divided, Refused, RuleAwards, allocate_in_memory};

use super::list::Format;
use super::{Ending, show};
use crate::allocation::rationing::{self, RULES};
use crate::allocation::rounding::{self, METHODS};
use crate::allocation::{Award, List, ListTerms, Rationing, RoundingMethod, divide_list};
use crate::language::Language;
use crate::problem::{Problem, Sources, codes};
use crate::scenario::{LooseTable, Unreadable, did_you_mean, quoted};
use amount::{Amount, Grain};
use claims::{Claims, Ordered};
use clap::Args;
use std::path::PathBuf;

/// What to divide, and how.
#[derive(Debug, Args)]
#[command(after_long_help = "\
The table has the columns `name` and `claim`, and if need be `weight` (a larger one never hurts), \
`class` (a whole number; class 1 is served first) and `score` (for RankedCompetition, the highest \
first). Without rounding a rule divides to some 17 digits; rounded awards add up to the unit, and none \
exceeds its claim. Ties go to the larger claim, then to the name that comes first.

With one rule the awards stand in the column `award`, with several in a column for each rule.")]
pub struct AllocateArguments {
    /// A table (CSV or XLSX) with the columns `name` and `claim`
    #[arg(value_name = "CLAIMS.csv")]
    claims: PathBuf,
    /// By which rule; may be repeated; `dotacija list rules` names all
    #[arg(long = "rule", value_name = "RULE", required = true)]
    rules: Vec<String>,
    /// What there is to divide
    #[arg(long, value_name = "X", value_parser = amount::not_negative, allow_hyphen_values = true)]
    appropriation: Amount,
    /// To what awards are rounded so that the sum is kept: 1, 0.01 …, or none
    #[arg(long, value_name = "UNIT|none", default_value = "0.01", value_parser = amount::unit, allow_hyphen_values = true)]
    round: amount::Unit,
    /// How they are rounded; `dotacija list rounding` names all
    #[arg(long, value_name = "METHOD", default_value = "LargestRemainder")]
    method: String,
    /// What every claim is awarded at least, or the claim where that is less
    #[arg(long, value_name = "N", value_parser = amount::not_negative, allow_hyphen_values = true)]
    at_least: Option<Amount>,
    /// Let rules that are exact for few claims only be estimated; how far they may be off is told
    #[arg(long)]
    estimate: bool,
    /// Draw each award as the pot grows from nothing to the sum of the claims
    #[arg(long, value_name = "FILE.svg", num_args = 0..=1, value_parser = paths::svg)]
    // An option of the command line whose value may be left out.
    #[allow(clippy::option_option)]
    paths: Option<Option<PathBuf>>,
    /// The language of the picture: en or lv
    #[arg(long = "lang", value_name = "LANG", default_value_t = Language::English, requires = "paths")]
    language: Language,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    format: Format,
}

/// A way to divide, by its name.
#[derive(Clone, Copy, Debug)]
struct Way {
    name: &'static str,
    rationing: Rationing,
}

/// The name of the competition, as in scenarios.
const COMPETITION: &str = "RankedCompetition";

/// What a rule gives.
struct Division {
    way: Way,
    /// In the order of the table.
    awards: Vec<Award>,
    /// How far an award may be off before rounding, in grains.
    error: f64,
}

/// Everything that divisions share.
struct Plan {
    ways: Vec<Way>,
    /// What there is to divide, as it was entered.
    appropriation: Amount,
    /// The same in grains; more than can be divided is the most there can be.
    pot: i64,
    grain: Grain,
    rounding: Option<(i64, &'static dyn RoundingMethod)>,
    /// Decimals of the unit.
    decimals: Option<i32>,
    least: i64,
    list: Ordered,
}

/// Divides a list of claims.
pub fn allocate(arguments: &AllocateArguments) -> Ending {
    let table = || LooseTable::open("allocate", &arguments.claims, &[]);
    let (claims, plan, divisions) = match divided(arguments, table) {
        Ok(divided) => divided,
        Err(unreadable) => {
            show::problems(&unreadable.problems, &unreadable.sources);
            return Ending::Wrong;
        }
    };
    for line in output::remarks(&claims, &plan, &divisions) {
        show::message(&line);
    }
    if let Some(file) = &arguments.paths {
        let file = file.clone().unwrap_or_else(|| paths::beside(&arguments.claims));
        if let Err(why) = paths::write(&file, &claims, &plan, arguments) {
            show::message(&format!("error: {why}"));
            return Ending::WorldFailed;
        }
    }
    show::result(&output::text(arguments.format, &claims, &plan, &divisions))
}

/// Reads a table, once the command is understood, and divides its claims.
fn divided(
    arguments: &AllocateArguments,
    table: impl FnOnce() -> Result<LooseTable, Unreadable>,
) -> Result<(Claims, Plan, Vec<Division>), Unreadable> {
    let (ways, method) = named(arguments)
        .map_err(|problems| Unreadable { problems, sources: Sources::default() })?;
    let claims = claims::read(table()?, &ways)?;
    match plan(arguments, ways, method, &claims) {
        Ok(plan) => {
            let divisions = plan.ways.iter().map(|way| divide(&plan, *way)).collect();
            Ok((claims, plan, divisions))
        }
        Err(problems) => Err(claims.refuse(problems)),
    }
}

/// The rules and the method that are named.
fn named(
    arguments: &AllocateArguments,
) -> Result<(Vec<Way>, &'static dyn RoundingMethod), Vec<Problem>> {
    let mut problems = Vec::new();
    let mut ways: Vec<Way> = Vec::new();
    for name in &arguments.rules {
        match way(name) {
            Some(way) if ways.iter().any(|known| known.name == way.name) => {
                let message = format!("the rule {} is named twice", quoted(way.name));
                let problem = Problem::error(codes::DUPLICATE_NAME, message);
                problems.push(problem.help("leave one of the two out"));
            }
            Some(way) => ways.push(way),
            None => {
                let message = format!("{} is not a rationing rule", quoted(name));
                let problem = Problem::error(codes::UNKNOWN_VARIANT, message);
                let known: Vec<&str> =
                    RULES.iter().map(|rule| rule.name()).chain([COMPETITION]).collect();
                problems.push(did_you_mean(problem, name, &known));
            }
        }
    }
    let method = METHODS.iter().copied().find(|method| is_named(method.name(), &arguments.method));
    let method = method.or_else(|| rounding::by_name(&arguments.method));
    if method.is_none() {
        let message = format!("{} is not a method of rounding", quoted(&arguments.method));
        let problem = Problem::error(codes::UNKNOWN_VARIANT, message);
        let known: Vec<&str> = METHODS.iter().map(|method| method.name()).collect();
        problems.push(did_you_mean(problem, &arguments.method, &known));
    }
    let competes = ways.iter().any(|way| way.name == COMPETITION);
    if competes && arguments.at_least.as_ref().is_some_and(|least| !least.is_nothing()) {
        let message = "a ranked competition funds whole claims: it has no least award";
        let problem = Problem::error(codes::CONFLICT, message);
        problems.push(problem.help("leave `--at-least` out, or divide by another rule"));
    }
    match method {
        Some(method) if problems.is_empty() => Ok((ways, method)),
        _ => Err(problems),
    }
}

/// A rule by the name that scenarios have for it, whatever its capitals, hyphens and underscores.
fn way(name: &str) -> Option<Way> {
    if is_named(COMPETITION, name) {
        return Some(Way { name: COMPETITION, rationing: Rationing::RankedCompetition });
    }
    let rule = rationing::by_name(name)
        .or_else(|| RULES.iter().copied().find(|rule| is_named(rule.name(), name)))?;
    Some(Way { name: rule.name(), rationing: Rationing::Rule(rule) })
}

fn is_named(name: &str, written: &str) -> bool {
    let bare: String =
        written.chars().filter(|letter| !matches!(letter, '_' | '-' | ' ')).collect();
    bare.eq_ignore_ascii_case(name)
}

/// Turns all amounts into grains, and judges them together.
fn plan(
    arguments: &AllocateArguments,
    ways: Vec<Way>,
    method: &'static dyn RoundingMethod,
    claims: &Claims,
) -> Result<Plan, Vec<Problem>> {
    let unit = arguments.round.amount();
    let least_award = arguments.at_least.unwrap_or_default();
    let one = |problem: Problem| vec![problem];
    let grain = claims
        .grain(&arguments.appropriation, unit, &least_award)
        .map_err(|problem| one(*problem))?;
    let pot = grain.down(&arguments.appropriation);
    let units = unit.map_or(1, |unit| grain.down(unit).max(1));
    let least = grain.down(&least_award);
    let list = claims.ordered(grain, unit.is_some())?;
    if least % units != 0 {
        let unit = unit.map_or_else(String::new, ToString::to_string);
        let message = format!("{least_award} is no least award of a unit of {unit}");
        let problem = Problem::error(codes::OUT_OF_RANGE, message);
        let help = "write a multiple of `--round`, or round to a smaller unit";
        return Err(one(problem.help(help)));
    }
    let due: i64 = list.amounts.iter().map(|claim| least.min(claim / units * units)).sum();
    let inexact = inexact(arguments, &ways, &list);
    if !inexact.is_empty() {
        return Err(inexact);
    }
    if due > pot {
        let message = format!(
            "{least_award} at least for everyone comes to {}, and there are {}",
            grain.exact(due),
            arguments.appropriation
        );
        let problem = Problem::error(codes::LEAST_AWARDS, message);
        let note = "of a claim below the least award the claim itself is counted";
        return Err(one(problem.note(note).help("write a smaller `--at-least`, or leave it out")));
    }
    let rounding = unit.map(|_| (units, method));
    let decimals = unit.map(Amount::decimals);
    let appropriation = arguments.appropriation;
    Ok(Plan { ways, appropriation, pot, grain, rounding, decimals, least, list })
}

/// The rules that would have to be estimated without having been asked to, or for too many.
fn inexact(arguments: &AllocateArguments, ways: &[Way], list: &Ordered) -> Vec<Problem> {
    let largest = list.largest_class();
    let told = ways.iter().filter_map(|way| {
        let Rationing::Rule(rule) = way.rationing else { return None };
        let name = quoted(rule.name());
        let beyond = |most: Option<usize>| most.filter(|&most| largest > most);
        if let Some(most) = beyond(rule.estimated_up_to()) {
            let message = format!(
                "{name} can be estimated for up to {most} claims, and {largest} stand together"
            );
            let problem = Problem::error(codes::NOT_EXACT, message);
            let note = "the time that it takes grows with the square of the claims";
            return Some(problem.note(note).help("choose another rule, or put claims in classes"));
        }
        let most = beyond(rule.exact_up_to()).filter(|_| !arguments.estimate)?;
        let message =
            format!("{name} is exact for up to {most} claims, and {largest} stand together");
        let problem = Problem::error(codes::NOT_EXACT, message);
        Some(
            problem
                .note("for more it can only be estimated, with an error")
                .help("ask for the estimate, `--estimate`, or choose another rule"),
        )
    });
    told.collect()
}

/// Divides by one rule; ties in order of name, awards in the order of the table.
fn divide(plan: &Plan, way: Way) -> Division {
    let terms = ListTerms { rationing: way.rationing, rounding: plan.rounding, least: plan.least };
    let (ordered, error) = divide_list(&plan.list(), plan.pot, &terms);
    Division { way, awards: plan.by_row(&ordered), error }
}

impl Plan {
    /// The claims as they are divided.
    fn list(&self) -> List<'_> {
        List {
            claims: &self.list.amounts,
            weights: &self.list.weights,
            classes: &self.list.classes,
            scores: &self.list.scores,
        }
    }

    /// What stands in order of name, in the order of the table.
    fn by_row<T: Copy + Default>(&self, ordered: &[T]) -> Vec<T> {
        let mut by_row = vec![T::default(); ordered.len()];
        for (&row, value) in self.list.rows.iter().zip(ordered) {
            if let Some(place) = by_row.get_mut(row) {
                *place = *value;
            }
        }
        by_row
    }
}
