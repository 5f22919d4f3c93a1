//! Finds where each number of a formula comes from.

use super::filled::{Piece, Reader, put_in};
use super::origin::{Cell, OpenPoint, Origin, Source, TierPart};
use crate::engine::{InputTrace, Reading, RowTrace};
use crate::expression::Extent;
use crate::model::{
    Column, ColumnValues, Formula, Input, InputValue, Quantity, Table, Time, Variable,
};

/// The sources of a formula: its calls, then its names.
pub fn sources(
    reader: &Reader<'_>,
    row: &RowTrace,
    pieces: &[Piece],
    municipality: Option<usize>,
) -> Vec<Source> {
    let mut named: Vec<Source> =
        row.readings.iter().filter_map(|reading| source(reader, reading, municipality)).collect();
    for source in &mut named {
        as_called(source, pieces);
    }
    let mut all: Vec<Source> = Vec::new();
    for piece in pieces {
        if let Piece::Number(text, value) = piece
            && text.contains('(')
            && !named.iter().any(|source| source.name == *text)
            && !all.iter().any(|source| source.name == *text)
        {
            all.push(Source { name: text.clone(), value: Some(*value), origin: Origin::Call });
        }
    }
    all.extend(named);
    all
}

/// The eligible cost is a quantity by another name: it is called as the formula calls it.
fn as_called(source: &mut Source, pieces: &[Piece]) {
    const CALLED: &str = "eligible_cost";
    let names = |name: &str| {
        pieces.iter().any(|piece| matches!(piece, Piece::Number(text, _) if text.contains(name)))
    };
    for cost in [Quantity::MaintenanceCost, Quantity::InvestmentCost] {
        let name = cost.doc().name;
        if source.name.contains(name) && !names(name) && names(CALLED) {
            source.name = source.name.replace(name, CALLED);
        }
    }
}

fn source(reader: &Reader<'_>, reading: &Reading, municipality: Option<usize>) -> Option<Source> {
    let scenario = reader.scenario;
    let year = reader.wish.year;
    let lagged = |name: &str, lag: u32| {
        if lag == 0 { name.to_owned() } else { format!("lag({name}, {lag})") }
    };
    let (name, origin) = match reading.variable {
        Variable::Year => ("year".to_owned(), Origin::Year),
        Variable::Line(line) => (line_name(reader, line)?, Origin::Line),
        Variable::Lever(lever) => {
            let lever = scenario.levers.get(lever)?;
            let place = reader.place_of(lever.place.as_ref());
            (lever.name.clone(), Origin::Lever { unit: lever.unit.clone(), place })
        }
        Variable::Input(index) => {
            let input = scenario.inputs.get(index)?;
            (input.name.clone(), of_input(reader, index, input, municipality))
        }
        Variable::MunicipalityColumn { column, lag } => {
            let table = &scenario.municipalities.table;
            let rows: Vec<usize> = municipality.into_iter().collect();
            let (column, origin) = of_column(table, column, &rows, year - lag as i32)?;
            (lagged(&column.name, lag), origin)
        }
        Variable::PointColumn { column, lag } => {
            let rows = municipality.map_or_else(Vec::new, |row| points_of(reader, row));
            let table = &scenario.points.table;
            let (column, origin) = of_column(table, column, &rows, year - lag as i32)?;
            (lagged(&column.name, lag), origin)
        }
        Variable::PayIndex => {
            let growth = scenario.indices.pay.as_ref();
            ("pay_index".to_owned(), index(reader, growth, &reader.trace.pay_index))
        }
        Variable::PriceIndex => {
            let growth = scenario.indices.price.as_ref();
            ("price_index".to_owned(), index(reader, growth, &reader.trace.price_index))
        }
        Variable::Appropriation => ("appropriation".to_owned(), Origin::Pot),
        Variable::Available => ("available".to_owned(), Origin::Pot),
        Variable::Quantity { quantity, tier, lag } => {
            let tier_name = tier.and_then(|tier| scenario.tiers().get(tier)).map(|tier| &tier.name);
            let name = quantity.doc().name;
            let name = tier_name.map_or_else(|| name.to_owned(), |tier| format!("{name}_{tier}"));
            let origin = simulated(reader, reading, quantity, tier, year - lag as i32);
            (lagged(&name, lag), origin)
        }
        Variable::EntitlementLastYear => {
            let known = scenario.municipalities.previous_entitlement.is_some();
            ("entitlement_last_year".to_owned(), year_before(reader, known, "previous_entitlement"))
        }
        Variable::AwardLastYear => {
            let known = scenario.municipalities.previous_award.is_some();
            ("award_last_year".to_owned(), year_before(reader, known, "previous_award"))
        }
        Variable::Entitlement | Variable::Award => return None,
    };
    let value = match reading.values[..] {
        [value] if value.is_finite() && !is_text(reader, &reading.variable) => Some(value),
        _ => None,
    };
    Some(Source { name, value, origin })
}

fn line_name(reader: &Reader<'_>, line: usize) -> Option<String> {
    let policy = reader.scenario.policies.get(reader.wish.policy)?;
    let rule = policy.rules.get(reader.wish.programme)?.as_ref()?;
    rule.lines.get(line).map(|line| line.name.clone())
}

fn is_text(reader: &Reader<'_>, variable: &Variable) -> bool {
    let (table, column) = match variable {
        Variable::MunicipalityColumn { column, .. } => {
            (&reader.scenario.municipalities.table, column)
        }
        Variable::PointColumn { column, .. } => (&reader.scenario.points.table, column),
        _ => return false,
    };
    let column = table.columns.get(*column);
    column.is_some_and(|column| matches!(column.values, ColumnValues::Texts { .. }))
}

fn points_of(reader: &Reader<'_>, municipality: usize) -> Vec<usize> {
    let of = &reader.scenario.points.municipality;
    (0..of.len()).filter(|point| of[*point] as usize == municipality).collect()
}

fn of_column<'t>(
    table: &'t Table,
    index: usize,
    rows: &[usize],
    year: i32,
) -> Option<(&'t Column, Origin)> {
    let column = table.columns.get(index)?;
    let is_yearly = matches!(column.values, ColumnValues::Yearly { .. });
    let cell = |row: &usize| {
        let text = column.text(*row).map(str::to_owned);
        let value = column.in_year(year).get(*row).copied();
        Some(Cell {
            row: table.codes.get(*row)?.clone(),
            line: table.line(*row, index, year),
            year: is_yearly.then_some(year),
            value: value.filter(|value| value.is_finite() && text.is_none()),
            text,
        })
    };
    let cells = rows.iter().filter_map(cell).collect();
    let origin =
        Origin::Column { file: table.file.to_string(), column: column.name.clone(), cells };
    Some((column, origin))
}

fn index(reader: &Reader<'_>, growth: Option<&Formula>, years: &[(i32, f64)]) -> Origin {
    Origin::Index {
        growth: growth.map_or_else(String::new, |growth| growth.text.clone()),
        place: reader.place_of(growth.and_then(|growth| growth.place.as_ref())),
        years: years.to_vec(),
    }
}

fn of_input(
    reader: &Reader<'_>,
    index: usize,
    input: &Input,
    municipality: Option<usize>,
) -> Origin {
    let wanted = municipality.filter(|_| input.extent != Extent::Nation);
    let found = reader
        .trace
        .inputs
        .iter()
        .find(|found| found.input == index && found.municipality == wanted);
    let (unit, source) = (input.unit.clone(), input.source.clone());
    let place = reader.place_of(input.place.as_ref());
    if let InputValue::Computed(formula) = &input.value {
        let computed = found.and_then(|found| found.computed.as_ref());
        let filled = computed.map(|row| reader.fill(row, formula, municipality));
        let has_pieces = filled.as_ref().is_some_and(|filled| !filled.pieces.is_empty());
        return Origin::Computed {
            formula: formula.text.clone(),
            put_in: filled.as_ref().filter(|_| has_pieces).map_or_else(String::new, |filled| {
                put_in(&filled.pieces, &formula.text, &f64::to_string)
            }),
            unit,
            source,
            place,
            of: filled.map_or_else(Vec::new, |filled| filled.sources),
        };
    }
    let points = match (input.extent, municipality) {
        (Extent::Point, Some(row)) => {
            let codes = &reader.scenario.points.table.codes;
            points_of(reader, row).iter().filter_map(|point| codes.get(*point).cloned()).collect()
        }
        _ => Vec::new(),
    };
    let of = |list: fn(&InputTrace) -> &Vec<f64>| found.map(list).cloned().unwrap_or_default();
    Origin::Input {
        distribution: input.text.clone(),
        unit,
        source,
        place,
        time: match input.time {
            Time::Once => "drawn once".to_owned(),
            Time::Yearly { persistence: 0.0 } => "drawn each year anew".to_owned(),
            Time::Yearly { persistence } => format!("drawn each year, persistence {persistence}"),
            Time::RandomWalk { start } => format!("yearly steps from {start}"),
        },
        extent: match input.extent {
            Extent::Nation => "nation",
            Extent::Municipality => "municipality",
            Extent::Point => "point",
        },
        values: of(|found| &found.values),
        shares: of(|found| &found.shares),
        points,
    }
}

fn simulated(
    reader: &Reader<'_>,
    reading: &Reading,
    quantity: Quantity,
    tier: Option<usize>,
    year: i32,
) -> Origin {
    let doc = quantity.doc();
    let tiers = reader.scenario.tiers().iter().zip(&reading.tiers);
    let tiers = tiers
        .filter(|(_, value)| **value != 0.0)
        .map(|(tier, value)| TierPart { tier: tier.name.clone(), value: *value });
    let counts = matches!(quantity, Quantity::OpenPoints | Quantity::MonthsOpen);
    Origin::Simulated {
        meaning: doc.meaning,
        unit: doc.unit,
        year,
        tiers: tiers.collect(),
        points: if counts { open_points(reader, tier, year) } else { Vec::new() },
    }
}

/// The points of the municipality that are open in a year, of one tier or of all.
fn open_points(reader: &Reader<'_>, tier: Option<usize>, year: i32) -> Vec<OpenPoint> {
    let points = &reader.scenario.points;
    let traced = reader.trace.points.get(reader.place).map_or(&[][..], Vec::as_slice);
    traced
        .iter()
        .filter_map(|point| {
            let of = *points.tier.get(point.point)? as usize;
            let months = point.months.iter().find(|(at, _)| *at == year)?.1;
            (months > 0.0 && tier.is_none_or(|tier| tier == of)).then_some(())?;
            Some(OpenPoint {
                point: points.table.codes.get(point.point)?.clone(),
                tier: reader.scenario.tiers().get(of)?.name.clone(),
                open_from: point.open_from?.to_string(),
                months,
            })
        })
        .collect()
}

fn year_before(reader: &Reader<'_>, in_table: bool, column: &str) -> Origin {
    let year = reader.wish.year - 1;
    let table = &reader.scenario.municipalities.table;
    let is_first = reader.wish.year == reader.scenario.years.first && in_table;
    let place = is_first.then(|| {
        let line = table.lines.get(reader.municipality).copied().unwrap_or(0);
        format!("{}, line {line}, column {column}", table.file)
    });
    Origin::YearBefore { year, place }
}
