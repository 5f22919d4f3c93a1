//! Formulas filled in, and where their numbers come from.

use super::figures::figure;
use crate::analysis::explain::{Cell, Filled, Origin, Piece, Source};
use std::collections::BTreeSet;

/// Writes formulas and the sources of their numbers; what has been explained is not explained again.
#[derive(Debug, Default)]
pub struct Writer {
    told: BTreeSet<String>,
}

/// How many points or cells are listed one by one.
const MOST_LISTED: usize = 12;

impl Writer {
    /// `name = expression`, the same with numbers, the result; then the sources.
    pub fn formula(&mut self, name: &str, filled: &Filled, remark: &str) -> String {
        let indent = " ".repeat(name.chars().count());
        let mut text = format!("  {name} = {}\n", filled.expression.trim());
        let put_in = shown(filled);
        let value = figure(filled.value);
        for step in [put_in, value.clone()] {
            let last = text.lines().last().and_then(|line| line.split_once("= "));
            if last.is_none_or(|(_, written)| written != step) {
                text.push_str(&format!("  {indent} = {step}\n"));
            }
        }
        let place = Some(&filled.place).filter(|place| !place.is_empty());
        let remarks: Vec<&str> = [remark, place.map_or("", String::as_str)]
            .into_iter()
            .filter(|r| !r.is_empty())
            .collect();
        if !remarks.is_empty() {
            text.push_str(&format!("      ({})\n", remarks.join("; ")));
        }
        text.push_str(&self.sources(&filled.sources, 6));
        text
    }

    fn sources(&mut self, sources: &[Source], indent: usize) -> String {
        let margin = " ".repeat(indent);
        let mut text = String::new();
        let mut again = Vec::new();
        for source in sources {
            if !self.told.insert(source.name.clone()) {
                if !matches!(source.origin, Origin::Line | Origin::Year) {
                    again.push(source.name.as_str());
                }
                continue;
            }
            let value =
                source.value.map_or_else(String::new, |value| format!(" = {}", figure(value)));
            let (said, more) = origin(source);
            if said.is_empty() {
                continue;
            }
            text.push_str(&format!("{margin}{}{value}: {said}\n", source.name));
            for line in more {
                text.push_str(&format!("{margin}    {line}\n"));
            }
            if let Origin::Computed { of, .. } = &source.origin {
                text.push_str(&self.sources(of, indent + 4));
            }
        }
        if !again.is_empty() {
            text.push_str(&format!("{margin}explained above: {}\n", again.join(", ")));
        }
        text
    }
}

/// A formula with numbers of ten digits put in.
fn shown(filled: &Filled) -> String {
    if filled.pieces.is_empty() {
        return filled.expression.trim().to_owned();
    }
    let shown = filled.pieces.iter().map(|piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Number(_, value) if *value < 0.0 => format!("({})", figure(*value)),
        Piece::Number(_, value) => figure(*value),
        Piece::Cell(_, text) => format!("'{text}'"),
    });
    shown.collect::<String>().trim().to_owned()
}

/// Where a number comes from, in a line, and what it adds up from, a line each.
fn origin(source: &Source) -> (String, Vec<String>) {
    match &source.origin {
        Origin::Year | Origin::Line => (String::new(), Vec::new()),
        Origin::Call => (
            "looks at more rows than this municipality's, whose own figures follow".to_owned(),
            Vec::new(),
        ),
        Origin::Lever { unit, place } => (joined(&[&with_unit("lever", unit), place]), Vec::new()),
        Origin::Input { .. } => input(&source.origin),
        Origin::Computed { formula, put_in, unit, source, place, .. } => {
            let numbers = if put_in.is_empty() || put_in == formula {
                Vec::new()
            } else {
                vec![format!("= {put_in}")]
            };
            let what = format!("computed: {formula}");
            (joined(&[&with_unit(&what, unit), place, source]), numbers)
        }
        Origin::Column { file, column, cells } => of_column(file, column, cells),
        Origin::Index { growth, place, years } => {
            let years = years.iter().map(|(year, index)| format!("{year} {}", figure(*index)));
            let grown = if growth.is_empty() {
                "nothing grows: the scenario gives no growth".to_owned()
            } else {
                format!("1 in the price year, grows by {growth}")
            };
            (joined(&[&grown, place]), vec![years.collect::<Vec<_>>().join(", ")])
        }
        Origin::Pot => ("EUR, see the pot below".to_owned(), Vec::new()),
        Origin::Simulated { meaning, unit, year, tiers, points } => {
            let mut more: Vec<String> = Vec::new();
            if tiers.len() > 1 || tiers.len() == 1 && points.is_empty() {
                let tiers =
                    tiers.iter().map(|part| format!("{} {}", part.tier, figure(part.value)));
                more.push(tiers.collect::<Vec<_>>().join(" + "));
            }
            more.extend(points.iter().take(MOST_LISTED).map(|point| {
                format!(
                    "{} ({}): {} months, open from {}",
                    point.point,
                    point.tier,
                    figure(point.months),
                    point.open_from
                )
            }));
            if points.len() > MOST_LISTED {
                more.push(format!("and {} points more", points.len() - MOST_LISTED));
            }
            (format!("{unit}, simulated for {year}: {meaning}"), more)
        }
        Origin::YearBefore { year, place: Some(place) } => {
            (format!("EUR, of {year}, before the first year: {place}"), Vec::new())
        }
        Origin::YearBefore { year, place: None } => {
            (format!("EUR, of {year}, as it was settled in this future"), Vec::new())
        }
    }
}

fn input(origin: &Origin) -> (String, Vec<String>) {
    let Origin::Input { distribution, unit, source, place, time, extent, values, shares, points } =
        origin
    else {
        return (String::new(), Vec::new());
    };
    let whose = match *extent {
        "nation" => "for the nation",
        "municipality" => "for this municipality",
        _ => "for each point",
    };
    let share = |index: usize| {
        shares.get(index).map_or_else(String::new, |share| {
            format!("at the {} % quantile", figure((share * 1e6).round() / 1e4))
        })
    };
    let at = if values.len() == 1 { share(0) } else { String::new() };
    let what = with_unit(&format!("input {distribution}, {time} {whose}"), unit);
    let listed = points.iter().zip(values).enumerate().take(MOST_LISTED);
    let each = listed
        .map(|(index, (point, value))| format!("{point}: {}, {}", figure(*value), share(index)));
    let each: Vec<String> = if points.is_empty() { Vec::new() } else { each.collect() };
    (joined(&[&at, &what, place, source]), each)
}

fn of_column(file: &str, column: &str, cells: &[Cell]) -> (String, Vec<String>) {
    let cell = |cell: &Cell| {
        let line = cell.line.map_or_else(String::new, |line| format!(", line {line}"));
        let year = cell.year.map_or_else(String::new, |year| format!(" for {year}"));
        let text = cell.text.as_ref().map_or_else(String::new, |text| format!(", '{text}'"));
        format!("row {}{year}{line}{text}", cell.row)
    };
    match cells {
        [] => (format!("column {column} of {file}, all rows"), Vec::new()),
        [one] => (format!("{file}, column {column}, {}", cell(one)), Vec::new()),
        many => {
            let mut each: Vec<String> = many
                .iter()
                .take(MOST_LISTED)
                .map(|one| {
                    let value =
                        one.value.map_or_else(String::new, |value| format!(": {}", figure(value)));
                    format!("{}{value}", cell(one))
                })
                .collect();
            if many.len() > MOST_LISTED {
                each.push(format!("and {} rows more", many.len() - MOST_LISTED));
            }
            (format!("{file}, column {column}, {} rows", many.len()), each)
        }
    }
}

fn with_unit(what: &str, unit: &str) -> String {
    if unit.is_empty() { what.to_owned() } else { format!("{what} [{unit}]") }
}

fn joined(parts: &[&str]) -> String {
    let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}
