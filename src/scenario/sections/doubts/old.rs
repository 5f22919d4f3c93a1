//! Data and prices that are older than what they stand for, or later than what is known.

use super::{Doubt, Seen};
use crate::model::{ColumnValues, Month};
use crate::problem::{Problem, codes};
use crate::scenario::decode::quoted;
use crate::scenario::table::Date;
use crate::scenario::tree::Node;

/// Data may be so many months older than what is known.
const MOST_MONTHS: i32 = 24;
/// Prices may be of so many years before the first.
const MOST_YEARS: i32 = 3;

/// Tables held beyond their last year, data of an old or a later date, old prices.
pub fn doubts(seen: Seen<'_>) -> Vec<Doubt> {
    let mut found: Vec<Problem> = held(seen).into_iter().collect();
    let tables = [
        ("municipalities", seen.scenario.municipalities.origin()),
        ("points", &*seen.scenario.points.table.file),
    ];
    for (section, file) in tables {
        let node = seen.section(section).and_then(|section| section.field("as_of"));
        found.extend(node.and_then(|node| dated(seen, node, file)));
    }
    found.extend(prices(seen));
    found.into_iter().map(Doubt::One).collect()
}

/// A yearly table that ends before the scenario.
fn held(seen: Seen<'_>) -> Option<Problem> {
    let hold = seen.section("municipalities")?.field("hold")?;
    let table = &seen.scenario.municipalities.table;
    let ends = |values: &ColumnValues| match values {
        ColumnValues::Yearly { first_year, rows } => Some(first_year + rows.len() as i32 - 1),
        _ => None,
    };
    let last = table.columns.iter().find_map(|column| ends(&column.values))?;
    let until = seen.scenario.years.last;
    if last >= until {
        return None;
    }
    let from = last + 1;
    let years = if from == until { until.to_string() } else { format!("{from} to {until}") };
    let message = format!(
        "{} ends in {last}: its values of {last} stand for {years}",
        quoted(seen.scenario.municipalities.origin())
    );
    let problem = Problem::warning(codes::OLD_DATA, message).at(&hold.place, "");
    Some(
        problem
            .note(format!("whatever changes after {last}, such as inhabitants, moves no figure"))
            .help("add the later years, or write in a waiver why the last will do"),
    )
}

/// Data with a date.
fn dated(seen: Seen<'_>, node: &Node, file: &str) -> Option<Problem> {
    let date = Date::parse(&node.as_text()?.value)?;
    let of = Month(date.month_index());
    let (known, what) = match seen.scenario.information_date {
        Some(month) => (month, "the information date"),
        None => (Month::new(seen.scenario.years.first, 1), "the first year,"),
    };
    let months = known.0 - of.0;
    if months > MOST_MONTHS {
        let message = format!(
            "the data of {} are of {of}, {months} months before {what} {known}",
            quoted(file)
        );
        let problem = Problem::warning(codes::OLD_DATA, message).at(&node.place, "");
        return Some(
            problem
                .note("what has changed since then is not in any figure")
                .help("take newer data, or write in a waiver how the change is allowed for"),
        );
    }
    if months < 0 {
        let message = format!("the data of {} are of {of}, after {what} {known}", quoted(file));
        let problem = Problem::warning(codes::LATER_DATA, message).at(&node.place, "");
        return Some(
            problem
                .note("nobody could have known them: what the figures show is partly hindsight")
                .help("take the data that were known then, or write in a waiver why these will do"),
        );
    }
    None
}

/// Prices of a year long before the first.
fn prices(seen: Seen<'_>) -> Option<Problem> {
    let node = seen.section("money")?.field("price_year")?;
    let (year, first) = (seen.scenario.price_year, seen.scenario.years.first);
    if seen.scenario.costs.is_empty() || first - year <= MOST_YEARS {
        return None;
    }
    let message =
        format!("prices are of {year}, {} years before the first year, {first}", first - year);
    let problem = Problem::warning(codes::OLD_PRICES, message).at(&node.place, "");
    Some(
        problem
            .note(format!(
                "growth from {year} to {first} is drawn, or left out where none is given, though it is known"
            ))
            .help(format!("write the amounts in prices of {first}, and `price_year: {first}`")),
    )
}
