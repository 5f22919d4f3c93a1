//! `measure`: how unequal the amounts of a column are.

mod output;

use super::list::Format;
use super::{Ending, show};
use crate::problem::{Place, Problem, codes};
use crate::scenario::{LooseTable, Unreadable, quoted};
use crate::stats::inequality::{
    INDICES, Lorenz, Progressivity, Sample, Split, progressivity, theil_by_groups,
};
use clap::Args;
use std::path::PathBuf;

/// What to measure.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Amounts are 0 or more, one a row; with `--weight` a row stands for so many heads. An index that has no \
meaning for the amounts (Theil's L where somebody has nothing, those of samples with weights) is empty, \
in JSON null. The Lorenz ordinate at p is the share of the total that the lowest share p of people has.

docs/model.md has the formulas and their sources.")]
pub struct MeasureArguments {
    /// A table (CSV or XLSX)
    #[arg(value_name = "FILE.csv")]
    file: PathBuf,
    /// The column of amounts
    #[arg(long, value_name = "C")]
    column: String,
    /// A column of weights, such as heads behind an amount per head
    #[arg(long, value_name = "W")]
    weight: Option<String>,
    /// A column of groups: Theil's T is split into what lies between them and within them
    #[arg(long, value_name = "G")]
    groups: Option<String>,
    /// A column of incomes: how the amounts, as a tax, fall on them (Kakwani, Suits)
    #[arg(long, value_name = "I")]
    income: Option<String>,
    /// Shares of people, from 0 to 1, at which the Lorenz curve is read off
    #[arg(
        long,
        value_name = "P,…",
        value_delimiter = ',',
        value_parser = super::distribution::share,
        allow_hyphen_values = true,
        default_value = "0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9"
    )]
    lorenz: Vec<f64>,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// What is said of a column.
#[derive(Debug)]
struct Measures {
    column: String,
    weight: Option<String>,
    rows: usize,
    total: f64,
    mean: f64,
    /// By key, in order.
    indices: Vec<(&'static str, &'static str, Option<f64>)>,
    /// Shares of people and of the total.
    lorenz: Vec<(f64, f64)>,
    split: Option<Split>,
    progressivity: Option<Progressivity>,
}

/// Measures a column.
pub fn measure(arguments: &MeasureArguments) -> Ending {
    match measured(arguments) {
        Ok((measures, assumed)) => {
            let assumed = show::assumptions(&assumed);
            if !assumed.is_empty() {
                show::message(&assumed);
            }
            show::result(&match arguments.format {
                Format::Table => output::table(&measures),
                Format::Csv => output::csv(&measures),
                Format::Json => output::json(&measures),
            })
        }
        Err(unreadable) => {
            show::problems(&unreadable.problems, &unreadable.sources);
            Ending::Wrong
        }
    }
}

fn measured(arguments: &MeasureArguments) -> Result<(Measures, Vec<String>), Unreadable> {
    let mut options = vec![("--column", arguments.column.as_str())];
    let named = [
        ("--weight", &arguments.weight),
        ("--groups", &arguments.groups),
        ("--income", &arguments.income),
    ];
    options.extend(named.iter().filter_map(|(name, value)| Some((*name, value.as_deref()?))));
    let mut loose = LooseTable::open("measure", &arguments.file, &options)?;
    let places: Vec<(&str, Place)> = (options.iter().enumerate())
        .map(|(index, (option, _))| (*option, loose.place(index + 1)))
        .collect();
    let file = loose.place(0);
    let place = |name: &str| {
        places.iter().find(|(option, _)| *option == name).map_or(&file, |(_, place)| place)
    };
    let LooseTable { table, door, .. } = &mut loose;
    let amounts = table.column(&arguments.column, place("--column"), door);
    let values = amounts.and_then(|column| column.numbers_within(0.0, f64::INFINITY, door));
    let of_weights = arguments.weight.as_deref().map(|name| {
        table
            .column(name, place("--weight"), door)
            .and_then(|column| column.numbers_within(0.0, f64::INFINITY, door))
    });
    let of_groups = arguments.groups.as_deref().map(|name| {
        table.column(name, place("--groups"), door).and_then(|column| column.keys(door))
    });
    let of_incomes = arguments.income.as_deref().map(|name| {
        table
            .column(name, place("--income"), door)
            .and_then(|column| column.numbers_within(0.0, f64::INFINITY, door))
    });
    let weights = of_weights.unwrap_or_else(|| Some(Vec::new()));
    let groups = of_groups.unwrap_or_else(|| Some(Vec::new()));
    let incomes = of_incomes.unwrap_or_else(|| Some(Vec::new()));
    let (Some(values), Some(weights), Some(groups), Some(incomes)) =
        (values, weights, groups, incomes)
    else {
        return Err(loose.finish());
    };
    let sample = match &arguments.weight {
        Some(_) => Sample::weighted(&values, &weights),
        None => Sample::new(&values),
    };
    let Some((sample, lorenz)) = sample.and_then(|sample| {
        let curve = Lorenz::of(&sample)?;
        Some((sample, curve))
    }) else {
        return Err(refused(arguments, loose, &values));
    };
    let split = arguments.groups.as_ref().map(|_| theil_by_groups(&values, &weights, &groups));
    let fall = arguments.income.as_ref().map(|_| progressivity(&incomes, &values, &weights));
    let measures = Measures {
        column: arguments.column.clone(),
        weight: arguments.weight.clone(),
        rows: values.len(),
        total: sample.total(),
        mean: sample.mean(),
        indices: (INDICES.iter())
            .map(|index| (index.key, index.meaning, (index.of)(&sample)))
            .collect(),
        lorenz: arguments.lorenz.iter().map(|&p| (p, lorenz.ordinate(p))).collect(),
        split: split.flatten(),
        progressivity: fall.flatten(),
    };
    if matches!(fall, Some(None)) {
        let name = arguments.income.as_deref().unwrap_or_default();
        let message = format!("the incomes in {} add up to nothing", quoted(name));
        let problem = Problem::error(codes::NO_SHARES, message).at(place("--income"), "");
        return Err(loose.refuse(problem.help("name a column with amounts above 0")));
    }
    Ok((measures, loose.assumed()))
}

/// Why amounts that can be read have no inequality to measure.
fn refused(arguments: &MeasureArguments, loose: LooseTable, values: &[f64]) -> Unreadable {
    let column = quoted(&arguments.column);
    let largest = values.iter().copied().fold(0.0, f64::max);
    let message = if largest == 0.0 {
        format!("every amount in {column} is 0: there is nothing to have a share of")
    } else if let Some(weight) = arguments.weight.as_deref().filter(|_| largest < 1e290) {
        format!("nobody with an amount in {column} has a weight in {}", quoted(weight))
    } else {
        format!("the amounts in {column} add up to more than can be counted")
    };
    let problem = Problem::error(codes::NO_SHARES, message).at(&loose.place(1), "");
    loose.refuse(problem.help("name a column with amounts above 0, and weights above 0"))
}
