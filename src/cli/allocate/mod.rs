//! `allocate`: a list of claims is divided by one rule or several, without a scenario.

mod amount;
mod in_memory;
mod output;
mod paths;

pub use in_memory::{Divided, Refused, RuleAwards, allocate_in_memory};

use super::list::Format;
use super::{Ending, show};
use crate::analysis::list::{
    Amount, Asked, Claims, Division, Plan, Unit, divide, named, plan, read,
};
use crate::language::Language;
use crate::problem::Sources;
use crate::scenario::{LooseTable, Unreadable};
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
    round: Unit,
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
    let least = arguments.at_least.unwrap_or_default();
    let named = named(&arguments.rules, &arguments.method, &least)
        .map_err(|problems| Unreadable { problems, sources: Sources::default() })?;
    let claims = read(table()?, &named.0)?;
    let asked = Asked {
        appropriation: arguments.appropriation,
        round: arguments.round,
        least,
        estimate: arguments.estimate,
    };
    match plan(&asked, named, &claims) {
        Ok(plan) => {
            let divisions = plan.ways.iter().map(|way| divide(&plan, *way)).collect();
            Ok((claims, plan, divisions))
        }
        Err(problems) => Err(claims.refuse(problems)),
    }
}
