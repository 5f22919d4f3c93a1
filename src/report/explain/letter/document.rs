//! What stands in a letter, block by block.

use super::super::figures::figure;
use super::neighbours;
use crate::analysis::explain::{
    Case, Letter, LetterAward, LetterPot, Opening, Piece, WorksheetLine,
};
use crate::language::{Language, Message};
use crate::report::wording::capitalised;
use crate::report::written::{NONE, Written, between};

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

/// The letter, in a language.
#[must_use]
pub fn document(letter: &Letter, language: Language) -> Vec<Block> {
    let written = Written(language);
    let title = Message::new("letter-title")
        .name("name", &letter.municipality.name)
        .name("code", &letter.municipality.code)
        .year("year", letter.year);
    let mut blocks = vec![
        Block::Title(written.words(&title)),
        Block::Paragraph(about(letter, written)),
        Block::Heading(written.say("letter-awards")),
        awards(letter, written),
        Block::Paragraph(sums(letter, written)),
    ];
    if letter.worksheets.iter().any(|(_, lines)| !lines.is_empty()) {
        let heading = Message::new("letter-comes-about").name("policy", &letter.now);
        blocks.push(Block::Heading(written.words(&heading)));
        for (programme, lines) in &letter.worksheets {
            blocks.push(Block::Paragraph(format!("{}:", capitalised(programme))));
            blocks.push(Block::Lines(worksheet(letter, programme, lines, written)));
        }
    }
    blocks.extend(neighbours::blocks(letter, written));
    blocks.push(Block::Heading(written.say("letter-pots")));
    blocks.extend(letter.pots.iter().map(|pot| Block::Paragraph(shared(letter, pot, written))));
    blocks.push(Block::Heading(written.say("letter-cases")));
    blocks.extend(cases(letter, written));
    blocks
}

fn about(letter: &Letter, written: Written) -> String {
    let said = |message: Message| {
        message
            .name("scenario", &letter.scenario)
            .year("year", letter.year)
            .name("policy", &letter.now)
            .name("points", &points(letter.open_points, written))
    };
    written.words(&match letter.inhabitants {
        None => said(Message::new("letter-about")),
        Some(people) => said(Message::new("letter-about-inhabitants"))
            .name("people", &written.number(people, 0)),
    })
}

/// Points open over a year, to two decimals.
pub fn points(open: f64, written: Written) -> String {
    let text = written.number(open, 2);
    let bare = text.trim_end_matches('0').trim_end_matches(['.', ',']);
    bare.to_owned()
}

/// A share of a whole in per cent with one decimal; a dash of nothing.
pub fn percent(part: f64, whole: f64, written: Written) -> String {
    if whole == 0.0 { NONE.to_owned() } else { written.percent_with_one_decimal(part / whole) }
}

fn sums(letter: &Letter, written: Written) -> String {
    let sums = Message::new("letter-sums")
        .name("currency", &written.currency(&letter.currency))
        .year("year", letter.year)
        .name("policy", &letter.now);
    let mut text = written.words(&sums);
    if letter.awards.iter().any(|row| row.range.is_some()) {
        text.push(' ');
        text.push_str(&written.say("letter-range"));
    }
    let outside: Vec<String> = letter
        .awards
        .iter()
        .filter(|row| {
            let award = crate::units::round_half_up(row.award, 2);
            row.range.is_some_and(|(low, high)| award < low || award > high)
        })
        .map(|row| of_row(row, written))
        .collect();
    if !outside.is_empty() {
        let message = Message::new("letter-outside").name("rows", &outside.join("; "));
        text.push(' ');
        text.push_str(&written.words(&message));
    }
    text
}

/// A policy and a programme, as the table of awards names them.
fn of_row(row: &LetterAward, written: Written) -> String {
    let programme = row.programme.clone();
    let programme = programme.unwrap_or_else(|| written.say("letter-all-programmes"));
    let name = Message::new("letter-row").name("policy", &row.policy);
    written.words(&name.name("programme", &programme))
}

/// The lines of a programme, filled in, and what is due in the end.
fn worksheet(
    letter: &Letter,
    programme: &String,
    lines: &[WorksheetLine],
    written: Written,
) -> Vec<String> {
    let due = letter
        .awards
        .iter()
        .find(|row| row.policy == letter.now && row.programme.as_ref() == Some(programme));
    let due = due.map(|row| {
        let sum = written.number(row.entitlement, 2);
        written.words(&Message::new("letter-due-line").name("sum", &sum))
    });
    let line = |line: &WorksheetLine| {
        let put_in = put_in(&line.put_in, &line.expression);
        let value = figure(line.value);
        let formula = if put_in == value { String::new() } else { format!(" = {put_in}") };
        let value = in_language(&value, line.value, written);
        let note = if line.note.is_empty() { String::new() } else { format!("   ({})", line.note) };
        format!("{}{formula} = {value}{note}", line.name)
    };
    lines.iter().map(line).chain(due).collect()
}

/// The digits of a figure in the form of the language. In a formula they stay as the format has them: a
/// comma parts arguments there.
fn in_language(digits: &str, value: f64, written: Written) -> String {
    let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    if value.is_finite() { written.number(value, decimals) } else { digits.to_owned() }
}

fn awards(letter: &Letter, written: Written) -> Block {
    let euro = |sum: f64| written.number(sum, 2);
    let with_range = letter.awards.iter().any(|row| row.range.is_some());
    let mut header = vec![
        written.say("letter-column-policy"),
        written.say("letter-column-due"),
        written.say("letter-column-award"),
        written.say("letter-column-per-point"),
        written.say("letter-column-own-share"),
        written.say("letter-column-of-cost"),
    ];
    if letter.inhabitants.is_some() {
        header.push(written.say("letter-column-own-per-head"));
    }
    if with_range {
        header.push(written.say("letter-column-range"));
    }
    let row = |row: &LetterAward| {
        let every = || written.say("letter-all-programmes");
        let programme = row.programme.clone().unwrap_or_else(every);
        let own = row.cost - row.award;
        let per_point =
            if row.open_points > 0.0 { euro(row.award / row.open_points) } else { NONE.to_owned() };
        let name = if row.policy == letter.now {
            Message::new("letter-row-now")
        } else {
            Message::new("letter-row")
        };
        let mut cells = vec![
            written.words(&name.name("policy", &row.policy).name("programme", &programme)),
            euro(row.entitlement),
            euro(row.award),
            per_point,
            euro(own),
            percent(own, row.cost, written),
        ];
        if let Some(people) = letter.inhabitants {
            cells.push(euro(own / people));
        }
        if with_range {
            cells.push(row.range.map_or_else(
                || NONE.to_owned(),
                // A quantile is not known to the cent.
                |(low, high)| between(&written.number(low, 0), &written.number(high, 0)),
            ));
        }
        cells
    };
    // With one programme the sum says nothing new.
    let alone = letter.awards.iter().filter(|row| row.policy == letter.now).count() <= 2;
    let shown = letter.awards.iter().filter(|row| !alone || row.programme.is_some());
    Block::Table(header, shown.map(row).collect())
}

fn shared(letter: &Letter, pot: &LetterPot, written: Written) -> String {
    let euro = |sum: f64| written.number(sum, 2);
    let programme = capitalised(&pot.programme);
    let mut said = Vec::new();
    match pot.available {
        None => said.push(
            Message::new("letter-pot-open")
                .name("programme", &programme)
                .count("count", pot.claimants as f64)
                .cents("sum", pot.due, &letter.currency),
        ),
        Some(available) => {
            said.push(
                Message::new("letter-pot")
                    .name("programme", &programme)
                    .cents("available", available, &letter.currency)
                    .cents("due", pot.due, &letter.currency)
                    .count("count", pot.claimants as f64)
                    .cents("awarded", pot.awarded, &letter.currency),
            );
            said.push(if pot.own.0 == 0.0 {
                Message::new("letter-pot-nothing")
            } else {
                Message::new("letter-pot-own")
                    .name("due", &percent(pot.own.0, pot.due, written))
                    .name("award", &percent(pot.own.1, pot.awarded, written))
            });
        }
    }
    if !pot.largest.is_empty() {
        let largest =
            pot.largest.iter().map(|(name, _, award)| format!("{name} ({})", euro(*award)));
        let names = largest.collect::<Vec<_>>().join(", ");
        said.push(Message::new("letter-pot-largest").name("names", &names));
    }
    said.iter().map(|message| written.words(message)).collect::<Vec<_>>().join(" ")
}

fn cases(letter: &Letter, written: Written) -> Vec<Block> {
    let varied: Vec<&Case> = letter.cases.iter().filter(|case| case.points > 0).collect();
    if varied.is_empty() {
        return vec![Block::Paragraph(written.say("letter-cases-none"))];
    }
    let euro = |sum: f64| written.number(sum, 2);
    let difference = || written.say("letter-column-difference");
    let of_years = Message::new("letter-column-award-years")
        .year("first", letter.years.0)
        .year("last", letter.years.1);
    let header = vec![
        written.words(&Message::new("letter-column-cases").name("policy", &letter.now)),
        written.words(&Message::new("letter-column-award-year").year("year", letter.year)),
        difference(),
        written.words(&of_years),
        difference(),
        written.words(&Message::new("letter-column-others").year("year", letter.year)),
    ];
    let signed = |value: f64| {
        let value = crate::units::round_half_up(value, 2);
        if value > 0.0 { format!("+{}", euro(value)) } else { euro(value + 0.0) }
    };
    let mut rows = Vec::new();
    if let Some(case) = varied.first() {
        let (year, all) = case.as_planned;
        rows.push(vec![
            written.say("letter-as-planned"),
            euro(year),
            String::new(),
            euro(all),
            String::new(),
            String::new(),
        ]);
    }
    for case in &varied {
        let what = match case.opens {
            Opening::AYearLater => Message::new("letter-a-year-later"),
            Opening::Never => Message::new("letter-never"),
        };
        rows.push(vec![
            written.words(&what.count("count", case.points as f64)),
            euro(case.award.0),
            signed(case.award.0 - case.as_planned.0),
            euro(case.award.1),
            signed(case.award.1 - case.as_planned.1),
            signed(case.others),
        ]);
    }
    let mut remark = written.say("letter-cases-remark");
    if let [one, other] = varied[..]
        && one.award == other.award
        && one.award != one.as_planned
    {
        remark.push(' ');
        remark.push_str(&written.say("letter-cases-same"));
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
