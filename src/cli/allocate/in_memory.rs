//! `allocate` without files and without a terminal: what fuzzers and tests look at.

use super::output;
use super::{AllocateArguments, divided};
use crate::allocation::Award;
use crate::scenario::{LooseTable, Memory, Unreadable};
use clap::Parser;

/// The command line of `allocate` alone.
#[derive(Debug, Parser)]
#[command(name = "dotacija allocate", no_binary_name = true)]
struct Words {
    #[command(flatten)]
    arguments: AllocateArguments,
}

/// What a command line of `allocate` and a table come to. Amounts are whole grains, the power of ten in
/// which claims, pot and unit are whole.
#[derive(Debug)]
pub struct Divided {
    /// What there is to divide; more than can be divided is the most there can be.
    pub pot: i64,
    /// What awards are rounded to, if they are.
    pub unit: Option<i64>,
    /// Who claims, in the order of the table.
    pub names: Vec<String>,
    /// What is claimed, in the order of the table.
    pub claims: Vec<i64>,
    /// Whether some are served before others.
    pub has_classes: bool,
    /// What each rule gives.
    pub rules: Vec<RuleAwards>,
    /// What is printed.
    pub text: String,
    /// What is said beside it.
    pub remarks: Vec<String>,
}

/// What a rule gives.
#[derive(Debug)]
pub struct RuleAwards {
    /// Its name.
    pub name: &'static str,
    /// In the order of the table.
    pub awards: Vec<Award>,
    /// How far an award may be off before rounding, in grains.
    pub error: f64,
}

/// Why nothing is divided.
#[derive(Debug)]
pub enum Refused {
    /// The command line is wrong, or asks for help.
    CommandLine(String),
    /// The table is, or the two together.
    Table(Unreadable),
}

/// Divides the claims of a table, given the words of the command behind `allocate`. The table has the name
/// that the words give it; `--paths` draws nothing.
///
/// # Errors
/// See [`Refused`].
pub fn allocate_in_memory(words: &[&str], table: &[u8]) -> Result<Divided, Refused> {
    let parsed = Words::try_parse_from(words);
    let Words { arguments } = parsed.map_err(|error| Refused::CommandLine(error.to_string()))?;
    let name = arguments.claims.to_string_lossy().into_owned();
    let folder = Memory([(name.clone(), table.to_vec())].into());
    let open = || LooseTable::open_in(folder, "allocate", &name, &[]);
    let (claims, plan, divisions) = divided(&arguments, open).map_err(Refused::Table)?;
    let text = output::text(arguments.format, &claims, &plan, &divisions);
    let remarks = output::remarks(&claims, &plan, &divisions);
    let rules = divisions.into_iter().map(|division| {
        let (name, awards, error) = (division.way.name, division.awards, division.error);
        RuleAwards { name, awards, error }
    });
    Ok(Divided {
        pot: plan.pot,
        unit: plan.rounding.map(|(unit, _)| unit),
        names: claims.names,
        claims: plan.by_row(&plan.list.amounts),
        has_classes: !plan.list.classes.is_empty(),
        rules: rules.collect(),
        text,
        remarks,
    })
}
