//! The municipality beside five of like size.

use super::super::figures::{euro, figure, percent};
use super::Block;
use crate::analysis::explain::{Letter, Neighbour};
use crate::report::wording;

/// The section, where sizes are known.
pub fn blocks(letter: &Letter) -> Vec<Block> {
    if letter.neighbours.len() < 2 {
        return Vec::new();
    }
    let header = [
        "municipality",
        "inhabitants",
        "open points",
        "due",
        "award",
        "award per inhabitant",
        "own share",
        "of eligible cost",
        "own share per inhabitant",
    ];
    vec![
        Block::Heading("Municipalities of like size".to_owned()),
        Block::Table(
            header.map(str::to_owned).to_vec(),
            letter.neighbours.iter().map(row).collect(),
        ),
        Block::Paragraph(format!(
            "Sums in {} of {}, all programmes together, under \"{}\". {}",
            letter.currency,
            letter.year,
            letter.now,
            chosen(letter)
        )),
    ]
}

fn row(of: &Neighbour) -> Vec<String> {
    let own = of.cost - of.award;
    let per_head = |sum: f64| {
        if of.inhabitants > 0.0 { euro(sum / of.inhabitants) } else { "–".to_owned() }
    };
    let mark = if of.is_own { " (this letter)" } else { "" };
    vec![
        format!("{}{mark}", of.name),
        wording::number(of.inhabitants, 0),
        figure((of.open_points * 100.0).round() / 100.0),
        euro(of.entitlement),
        euro(of.award),
        per_head(of.award),
        euro(own),
        percent(own, of.cost),
        per_head(own),
    ]
}

/// How they were chosen.
fn chosen(letter: &Letter) -> String {
    let others = letter.neighbours.len() - 1;
    let among = match (&letter.likeness.tier, &letter.likeness.region) {
        (Some(tier), Some(region)) => {
            format!(" among those of {region} whose centre is of the tier {tier} as well")
        }
        (Some(tier), None) => format!(" among those whose centre is of the tier {tier} as well"),
        _ => String::new(),
    };
    if others == 1 {
        return format!("The other one is the nearest in number of inhabitants{among}.");
    }
    format!("The {others} others are the nearest in number of inhabitants{among}.")
}
