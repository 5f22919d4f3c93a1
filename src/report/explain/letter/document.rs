//! What stands in a letter, block by block.

use super::super::figures::{euro, figure, percent};
use super::neighbours;
use crate::analysis::explain::{Case, Letter, LetterAward, LetterPot, Opening, Piece};
use crate::report::wording;

/// A part of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// The title.
    Title(String),
    /// The heading of a section.
    Heading(String),
    /// A paragraph.
    Paragraph(String),
    /// Lines of arithmetic, as they stand.
    Lines(Vec<String>),
    /// A table: its header, then rows; the first column holds words, the others numbers.
    Table(Vec<String>, Vec<Vec<String>>),
}

/// The letter.
#[must_use]
pub fn document(letter: &Letter) -> Vec<Block> {
    let mut blocks = vec![
        Block::Title(format!(
            "{} ({}): awards for service points in {}",
            letter.municipality.name, letter.municipality.code, letter.year
        )),
        Block::Paragraph(about(letter)),
    ];
    blocks.push(Block::Heading("Award and own share under each policy".to_owned()));
    blocks.push(awards(letter));
    blocks.push(Block::Paragraph(format!(
        "Sums in {} of {}. *Due* is what the formula of the policy comes to within its limits and guarantees, rounded; \
         *award* what the pot pays of it, \
         *own share* the eligible cost less the award. \"{}\" is taken for what holds now.{}",
        letter.currency,
        letter.year,
        letter.now,
        if letter.awards.iter().any(|row| row.range.is_some()) {
            " In 90 of 100 simulated futures the award lies within the range of the last column; \
             the other columns are those of the middle case."
        } else {
            ""
        }
    )));
    if letter.worksheets.iter().any(|(_, lines)| !lines.is_empty()) {
        blocks
            .push(Block::Heading(format!("How the sum due comes about under \"{}\"", letter.now)));
        for (programme, lines) in &letter.worksheets {
            blocks.push(Block::Paragraph(format!("{}:", capital(programme))));
            let due = letter
                .awards
                .iter()
                .find(|row| row.policy == letter.now && row.programme.as_ref() == Some(programme));
            let due = due.map(|row| {
                let due = euro(row.entitlement);
                format!("due: {due}, after the eligible cost, limits, guarantees and rounding")
            });
            blocks.push(Block::Lines(
                lines
                    .iter()
                    .map(|line| {
                        let put_in = put_in(&line.put_in, &line.expression);
                        let value = figure(line.value);
                        let same = put_in == value;
                        let formula = if same { String::new() } else { format!(" = {put_in}") };
                        let note = if line.note.is_empty() {
                            String::new()
                        } else {
                            format!("   ({})", line.note)
                        };
                        format!("{}{formula} = {value}{note}", line.name)
                    })
                    .chain(due)
                    .collect(),
            ));
        }
    }
    blocks.extend(neighbours::blocks(letter));
    blocks.push(Block::Heading("Who else draws on the same pot".to_owned()));
    blocks.extend(letter.pots.iter().map(|pot| Block::Paragraph(shared(letter, pot))));
    blocks.push(Block::Heading("If points open later, or not at all".to_owned()));
    blocks.extend(cases(letter));
    blocks
}

fn about(letter: &Letter) -> String {
    format!(
        "This page is computed from the scenario \"{}\", with every uncertain quantity at its median: it \
         holds under the assumptions of that scenario, and decides nothing. Over {} the municipality has, \
         under \"{}\", {} open service points in it{}.",
        letter.scenario,
        letter.year,
        letter.now,
        figure((letter.open_points * 100.0).round() / 100.0),
        letter.inhabitants.map_or_else(String::new, |people| format!(
            ", for {} inhabitants",
            wording::number(people, 0)
        ))
    )
}

fn awards(letter: &Letter) -> Block {
    let with_range = letter.awards.iter().any(|row| row.range.is_some());
    let mut header = vec!["policy, programme".to_owned()];
    header.extend(
        ["due", "award", "award per open point", "own share", "of eligible cost"]
            .map(str::to_owned),
    );
    if letter.inhabitants.is_some() {
        header.push("own share per inhabitant".to_owned());
    }
    if with_range {
        header.push("award, 5–95 %".to_owned());
    }
    let row = |row: &LetterAward| {
        let programme = row.programme.as_deref().unwrap_or("all programmes");
        let own = row.cost - row.award;
        let per_point = if row.open_points > 0.0 {
            euro(row.award / row.open_points)
        } else {
            "–".to_owned()
        };
        let now = if row.policy == letter.now { " (now)" } else { "" };
        let mut cells = vec![
            format!("{}{now}, {programme}", row.policy),
            euro(row.entitlement),
            euro(row.award),
            per_point,
            euro(own),
            percent(own, row.cost),
        ];
        if let Some(people) = letter.inhabitants {
            cells.push(euro(own / people));
        }
        if with_range {
            cells.push(row.range.map_or_else(
                || "–".to_owned(),
                |(low, high)| format!("{}–{}", euro(low), euro(high)),
            ));
        }
        cells
    };
    // With one programme the sum says nothing new.
    let alone = letter.awards.iter().filter(|row| row.policy == letter.now).count() <= 2;
    let shown = letter.awards.iter().filter(|row| !alone || row.programme.is_some());
    Block::Table(header, shown.map(row).collect())
}

fn shared(letter: &Letter, pot: &LetterPot) -> String {
    let mut text = match pot.available {
        None => format!(
            "{}: there is no pot; what is due is paid to all {} municipalities that have something due, {} together.",
            capital(&pot.programme),
            pot.claimants,
            euro(pot.due)
        ),
        Some(available) => format!(
            "{}: {} {} are available and {} due to {} municipalities; {} are awarded. {}",
            capital(&pot.programme),
            letter.currency,
            euro(available),
            euro(pot.due),
            pot.claimants,
            euro(pot.awarded),
            if pot.own.0 == 0.0 {
                "Nothing is due to this municipality.".to_owned()
            } else {
                format!(
                    "This municipality has {} of what is due and {} of what is awarded.",
                    percent(pot.own.0, pot.due),
                    percent(pot.own.1, pot.awarded)
                )
            }
        ),
    };
    if !pot.largest.is_empty() {
        let largest: Vec<String> = pot
            .largest
            .iter()
            .map(|(name, _, award)| format!("{name} ({})", euro(*award)))
            .collect();
        text.push_str(&format!(
            " Most is due, besides, to {}; in parentheses what they are awarded.",
            largest.join(", ")
        ));
    }
    text
}

fn cases(letter: &Letter) -> Vec<Block> {
    let varied: Vec<&Case> = letter.cases.iter().filter(|case| case.points > 0).collect();
    if varied.is_empty() {
        let text = "This cannot be varied: every point of the municipality is open already, or has no planned \
                    opening.";
        return vec![Block::Paragraph(text.to_owned())];
    }
    let header = vec![
        format!("under \"{}\", all programmes", letter.now),
        format!("award {}", letter.year),
        "difference".to_owned(),
        format!("award {}–{}", letter.years.0, letter.years.1),
        "difference".to_owned(),
        format!("all others, {}", letter.year),
    ];
    let signed = |value: f64| {
        let value = (value * 100.0).round() / 100.0;
        if value > 0.0 { format!("+{}", euro(value)) } else { euro(value + 0.0) }
    };
    let mut rows = Vec::new();
    if let Some(case) = varied.first() {
        let (year, all) = case.as_planned;
        rows.push(vec![
            "as planned".to_owned(),
            euro(year),
            String::new(),
            euro(all),
            String::new(),
            String::new(),
        ]);
    }
    for case in &varied {
        let points = if case.points == 1 { "point" } else { "points" };
        let what = match case.opens {
            Opening::AYearLater => format!("{} planned {points} a year later", case.points),
            Opening::Never => format!("{} planned {points} not at all", case.points),
        };
        rows.push(vec![
            what,
            euro(case.award.0),
            signed(case.award.0 - case.as_planned.0),
            euro(case.award.1),
            signed(case.award.1 - case.as_planned.1),
            signed(case.others),
        ]);
    }
    let mut remark = "Each row is the whole scenario simulated again with these points opening otherwise; points \
                      that are open already stay as they are. The last column is what all other municipalities \
                      together are awarded more or less."
        .to_owned();
    if let [one, other] = varied[..]
        && one.award == other.award
        && one.award != one.as_planned
    {
        remark.push_str(
            " A year later comes to the same as not at all: these points are then not funded, the municipality \
             does not join, or they open after the last year.",
        );
    }
    vec![Block::Table(header, rows), Block::Paragraph(remark)]
}

fn put_in(pieces: &[Piece], expression: &str) -> String {
    if pieces.is_empty() {
        return expression.trim().to_owned();
    }
    let shown = pieces.iter().map(|piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Number(_, value) if *value < 0.0 => format!("({})", figure(*value)),
        Piece::Number(_, value) => figure(*value),
        Piece::Cell(_, text) => format!("'{text}'"),
    });
    shown.collect::<String>().trim().to_owned()
}

fn capital(text: &str) -> String {
    crate::report::wording::capitalised(text)
}
