//! The municipality beside five of like size.

use super::Block;
use super::document::{percent, points};
use crate::analysis::explain::{Letter, Neighbour};
use crate::language::Message;
use crate::report::written::{NONE, Written};

/// The section, where sizes are known.
pub fn blocks(letter: &Letter, written: Written) -> Vec<Block> {
    if letter.neighbours.len() < 2 {
        return Vec::new();
    }
    let header = vec![
        written.say("letter-column-municipality"),
        written.say("letter-column-inhabitants"),
        written.say("letter-column-points"),
        written.say("letter-column-due"),
        written.say("letter-column-award"),
        written.say("letter-column-award-per-head"),
        written.say("letter-column-own-share"),
        written.say("letter-column-of-cost"),
        written.say("letter-column-own-per-head"),
    ];
    let rows = letter.neighbours.iter().map(|of| row(of, written)).collect();
    let sums = Message::new("letter-neighbours-sums")
        .name("currency", &written.currency(&letter.currency))
        .year("year", letter.year)
        .name("policy", &letter.now);
    let paragraph = format!("{} {}", written.words(&sums), written.words(&chosen(letter)));
    vec![
        Block::Heading(written.say("letter-neighbours")),
        Block::Table(header, rows),
        Block::Paragraph(paragraph),
    ]
}

fn row(of: &Neighbour, written: Written) -> Vec<String> {
    let own = of.cost - of.award;
    let euro = |sum: f64| written.number(sum, 2);
    let per_head = |sum: f64| {
        if of.inhabitants > 0.0 { euro(sum / of.inhabitants) } else { NONE.to_owned() }
    };
    let this = || written.words(&Message::new("letter-this").name("name", &of.name));
    vec![
        if of.is_own { this() } else { of.name.clone() },
        written.number(of.inhabitants, 0),
        points(of.open_points, written),
        euro(of.entitlement),
        euro(of.award),
        per_head(of.award),
        euro(own),
        percent(own, of.cost, written),
        per_head(own),
    ]
}

/// How they were chosen.
fn chosen(letter: &Letter) -> Message {
    let message = match (&letter.likeness.tier, &letter.likeness.region) {
        (Some(tier), Some(region)) => {
            Message::new("letter-nearest-region").name("region", region).name("tier", tier)
        }
        (Some(tier), None) => Message::new("letter-nearest-tier").name("tier", tier),
        _ => Message::new("letter-nearest"),
    };
    message.count("count", (letter.neighbours.len() - 1) as f64)
}
