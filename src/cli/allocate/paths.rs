//! The picture of awards as the pot grows.

use super::AllocateArguments;
use crate::allocation::{ListTerms, divide_list};
use crate::analysis::list::{Claims, Plan};
use crate::chart::format::exact;
use crate::chart::{Caption, Chart, Heading, Paths, RulePaths, Unit};
use crate::language::{Language, Message};
use std::fs;
use std::path::{Path, PathBuf};

/// Steps from nothing to the sum of the claims, for few claims and for many.
const STEPS: usize = 240;
const STEPS_OF_MANY: usize = 40;
/// From so many claims on there are fewer steps.
const MANY: usize = 2_000;
/// The most lines of a picture.
const LINES: usize = 200;

/// The name of a picture, as it stands on the command line.
pub fn svg(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    let is_svg = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("svg"));
    is_svg.then_some(path).ok_or_else(|| {
        "the picture's name ends in `.svg`; a table of claims stands before `--paths`".to_owned()
    })
}

/// The picture's name where none is given: that of the table, in the folder the reader is in.
pub fn beside(claims: &Path) -> PathBuf {
    let stem = claims.file_stem().and_then(|stem| stem.to_str()).unwrap_or("claims");
    PathBuf::from(format!("{stem}-paths.svg"))
}

/// Draws the picture into a file; one that is no picture is not replaced.
pub fn write(
    file: &Path,
    claims: &Claims,
    plan: &Plan,
    arguments: &AllocateArguments,
) -> Result<(), String> {
    let shown = file.display();
    let is_other = fs::read(file).is_ok_and(|bytes| !bytes.starts_with(b"<svg"));
    if is_other {
        return Err(format!("`{shown}` is no picture of this program and is not replaced"));
    }
    let language = arguments.language;
    let picture = paths(claims, plan, arguments, language).draw(language);
    fs::write(file, picture.svg).map_err(|error| format!("`{shown}` cannot be written: {error}"))
}

fn paths(claims: &Claims, plan: &Plan, arguments: &AllocateArguments, language: Language) -> Paths {
    let say = |message: Message| message.in_language(language);
    let total: i64 = plan.list.amounts.iter().sum();
    let count = plan.list.amounts.len();
    let steps = if count > MANY { STEPS_OF_MANY } else { STEPS };
    let pots: Vec<i64> =
        (0..=steps as i128).map(|step| (i128::from(total) * step / steps as i128) as i64).collect();
    let shown = shown(plan);
    let rules = plan.ways.iter().map(|way| {
        let terms = ListTerms { rationing: way.rationing, rounding: None, least: plan.least };
        let mut awards = vec![Vec::with_capacity(pots.len()); shown.len()];
        for &pot in &pots {
            let (of_pot, _) = divide_list(&plan.list(), pot, &terms);
            for (line, &index) in awards.iter_mut().zip(&shown) {
                let award = of_pot.get(index).copied().unwrap_or_default();
                line.push(plan.grain.number(award));
            }
        }
        RulePaths { name: way.name.to_owned(), awards }
    });
    let name = |&index: &usize| {
        let row = plan.list.rows.get(index).copied().unwrap_or(0);
        claims.names.get(row).cloned().unwrap_or_default()
    };
    let names: Vec<&str> = plan.ways.iter().map(|way| way.name).collect();
    let note = if shown.len() < count {
        say(Message::new("picture-paths-some")
            .count("shown", shown.len() as f64)
            .count("count", count as f64))
    } else {
        String::new()
    };
    let file = arguments.claims.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let unit = Unit::Money("EUR".to_owned());
    Paths {
        heading: Heading {
            title: say(Message::new("picture-paths-title").count("count", count as f64)),
            subtitle: say(Message::new("picture-paths-subtitle").name("rules", &names.join(", "))),
            caption: Caption {
                pot: exact(plan.grain.exact(plan.pot), &unit, language),
                note,
                source: file.to_owned(),
                ..Caption::default()
            },
        },
        unit: Some(unit),
        names: shown.iter().map(name).collect(),
        rules: rules.collect(),
        pots: pots.into_iter().map(|pot| plan.grain.exact(pot)).collect(),
        appropriation: (plan.pot <= total).then(|| plan.grain.exact(plan.pot)),
    }
}

/// The claims that are drawn: all, or of many those in even steps of rank, the largest first.
fn shown(plan: &Plan) -> Vec<usize> {
    let mut order: Vec<usize> = (0..plan.list.amounts.len()).collect();
    order.sort_by_key(|&index| (std::cmp::Reverse(plan.list.amounts[index]), index));
    let last = order.len().saturating_sub(1);
    if last < LINES {
        return order;
    }
    let places = (0..LINES).map(|line| line * last / (LINES - 1));
    places.filter_map(|place| order.get(place).copied()).collect()
}
