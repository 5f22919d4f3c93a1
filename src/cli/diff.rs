//! `diff`: what changed from one scenario to another, or what a setting changes.

use super::{Ending, show};
use crate::scenario::{
    CellChange, Change, ColumnChange, Difference, Disk, Effect, RowName, TableChange, Version,
    What, difference,
};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// What to compare.
#[derive(Debug, Args)]
#[command(after_long_help = "\
What has no meaning is no change: layout, comments, 1_000 for 1000, white space in formulas, the \
order of fields, map entries, costs, claims, guarantees and rows, and where a value is imported \
from. The order of tiers and of worksheet lines has a meaning. The scenarios need not be right, \
but every file must be readable.

Exit status: 0 the two were compared, whether they differ or not (--format json says \"same\"), \
1 the world failed, 2 a scenario cannot be read or the command line is wrong.")]
pub struct DiffArguments {
    /// The old scenario
    #[arg(value_name = "A")]
    old: PathBuf,
    /// The new scenario; with --set it may be left out: A with and without the settings
    #[arg(value_name = "B")]
    new: Option<PathBuf>,
    /// Change one number or choice of B first, such as `levers.case_rate=3`; may be repeated
    #[arg(long = "set", value_name = "PATH=VALUE")]
    settings: Vec<String>,
    /// At most so many rows and cells of a table are shown
    #[arg(long, default_value_t = 20, value_name = "N")]
    rows: usize,
    /// How to print; JSON holds every row and every value in full
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    format: DiffFormat,
}

/// For whom changes are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum DiffFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

/// Old and new on one line up to so many characters, else on two.
const ONE_LINE: usize = 72;
/// The longest value that is shown, in characters.
const LONGEST: usize = 300;

/// Compares two scenarios.
pub fn diff(arguments: &DiffArguments) -> Ending {
    if arguments.new.is_none() && arguments.settings.is_empty() {
        show::message(
            "error: name a second scenario, or what to change in this one: --set levers.case_rate=3",
        );
        return Ending::Wrong;
    }
    let new = arguments.new.as_ref().unwrap_or(&arguments.old);
    // Both are read before anything is said, so that the problems of both are told.
    let (old, new) = (version(&arguments.old, &[]), version(new, &arguments.settings));
    let (Some(old), Some(new)) = (old, new) else { return Ending::Wrong };
    let found = difference(&old, &new);
    show::result(&match arguments.format {
        DiffFormat::Text => text(arguments, &found),
        DiffFormat::Json => json_text(arguments, &found),
    })
}

fn version(path: &Path, settings: &[String]) -> Option<Version> {
    let (disk, name) = match Disk::open(path) {
        Ok(opened) => opened,
        Err(problem) => {
            show::problems(&[*problem], &crate::problem::Sources::default());
            return None;
        }
    };
    match Version::read(disk, &name, settings) {
        Ok(version) => Some(version),
        Err(unreadable) => {
            show::message(&format!("{} cannot be compared:", shown(&path.display().to_string())));
            show::problems(&unreadable.problems, &unreadable.sources);
            None
        }
    }
}

fn names(arguments: &DiffArguments) -> (String, String) {
    let old = shown(&arguments.old.display().to_string());
    let new = arguments.new.as_ref().unwrap_or(&arguments.old).display().to_string();
    let set: Vec<String> =
        arguments.settings.iter().map(|setting| format!(" --set {}", shown(setting))).collect();
    (old, format!("{}{}", shown(&new), set.concat()))
}

fn text(arguments: &DiffArguments, found: &Difference) -> String {
    let (old, new) = names(arguments);
    if found.is_empty() {
        let why = if found.is_identical {
            "the files are the same byte for byte"
        } else {
            "the two say the same; the files differ only in what has no meaning (layout, comments, \
             order, ways to write the same number)"
        };
        return format!("{old} → {new}\nnothing changed: {why}\n");
    }
    let mut text = format!("{old} → {new}\n");
    let mut section = None;
    for change in &found.changes {
        if section.replace(&change.section) != Some(&change.section) {
            text.push_str(&format!("\n{}\n", shown(&change.section)));
        }
        text.push_str(&one(change));
    }
    for table in &found.tables {
        text.push_str(&rows(table, arguments.rows));
    }
    let (all, figures) = found.counts();
    let changes = if all == 1 { "1 change".to_owned() } else { format!("{all} changes") };
    let effect = match figures {
        0 => "no figure can follow".to_owned(),
        _ if figures == all => "figures can follow".to_owned(),
        _ => format!("figures can follow {figures} of them"),
    };
    text.push_str(&format!("\n{changes}: {effect}\n"));
    text
}

/// One change of the text, on a line or two.
fn one(change: &Change) -> String {
    let path = shown(&change.path);
    // A formula brings its units along, a plain number needs one.
    let is_number = match &change.what {
        What::Added(value) | What::Removed(value) => value.number.is_some(),
        What::Changed(old, new) => old.number.is_some() || new.number.is_some(),
        What::Moved(..) | What::Contents(_) => false,
    };
    let has_unit = is_number && !change.unit.is_empty();
    let unit = if has_unit { format!(" {}", shown(&change.unit)) } else { String::new() };
    let reason = reason(change.effect);
    match &change.what {
        What::Added(new) => {
            long(&format!("+ {path}"), ": ", &format!("{}{unit}", cut(&new.text)), &reason)
        }
        What::Removed(old) => {
            long(&format!("− {path}"), ": ", &format!("{}{unit}", cut(&old.text)), &reason)
        }
        What::Changed(old, new) => {
            let percent =
                old.number.zip(new.number).and_then(|(old, new)| percent(change, old, new));
            let tail = format!("{unit}{}{reason}", percent.unwrap_or_default());
            let (old, new) = (cut(&old.text), cut(&new.text));
            if path.chars().count() + old.chars().count() + new.chars().count() <= ONE_LINE {
                format!("  ~ {path}: {old} → {new}{tail}\n")
            } else {
                format!("  ~ {path}{tail}\n      − {old}\n      + {new}\n")
            }
        }
        What::Moved(old, new) => {
            let list = |names: &[String]| cut(&shown(&names.join(", ")));
            format!(
                "  ~ {path}: another order, which has a meaning here\n      − {}\n      + {}\n",
                list(old),
                list(new)
            )
        }
        What::Contents(file) => {
            format!("  ~ {path}: {} holds something else{reason}\n", shown(file))
        }
    }
}

fn long(head: &str, between: &str, value: &str, reason: &str) -> String {
    if head.chars().count() + value.chars().count() <= ONE_LINE {
        format!("  {head}{between}{value}{reason}\n")
    } else {
        format!("  {head}{reason}\n      {value}\n")
    }
}

fn reason(effect: Effect) -> String {
    effect.reason().map_or_else(String::new, |reason| format!("   ({reason})"))
}

/// Fields whose numbers are names or places in a row, not amounts.
const NAMES: [&str; 9] =
    ["first", "last", "year", "price_year", "seed", "class", "format", "award_month", "start"];
/// Parts of the names of fields that hold shares and rates: per cent of them mislead.
const SHARES: [&str; 6] = ["share", "growth", "rate", "persistence", "floor", "utilisation"];

/// The change in per cent, where that says something.
fn percent(change: &Change, old: f64, new: f64) -> Option<String> {
    let end = change.path.rsplit('.').next().unwrap_or("");
    let is_share = SHARES.iter().any(|word| end.contains(word))
        || change.path.contains(".common.")
        || change.unit.starts_with("1/");
    let grown = 100.0 * (new - old) / old.abs();
    // Beyond that per cent say nothing; nor do they of a change from 0.
    if NAMES.contains(&end) || is_share || !grown.is_finite() || grown.abs() > 99_999.0 {
        return None;
    }
    let decimals = usize::from(grown.abs() < 1_000.0);
    let rounded = crate::units::round_half_up(grown, decimals as i32);
    let sign = if rounded < 0.0 { "−" } else { "+" };
    Some(format!(" ({sign}{:.decimals$} %)", rounded.abs()))
}

/// What changed within a table.
fn rows(table: &TableChange, most: usize) -> String {
    let mut text = format!("\n{}: {}\n", table.section, shown(&table.file));
    for column in &table.columns {
        let sign = if column.is_added { '+' } else { '−' };
        text.push_str(&format!(
            "  {sign} column {}{}\n",
            shown(&column.name),
            reason(column.effect)
        ));
    }
    let mut block = |what: &str, lines: Vec<String>, total: usize| {
        if total == 0 {
            return;
        }
        text.push_str(&format!("  {what}\n"));
        for line in &lines {
            text.push_str(&format!("    {line}\n"));
        }
        if total > lines.len() {
            text.push_str(&format!(
                "    … and {} more (--rows N shows more)\n",
                total - lines.len()
            ));
        }
    };
    for (sign, word, names) in [("+", "added", &table.added), ("−", "removed", &table.removed)] {
        let lines =
            names.iter().take(most).map(|row| format!("{sign} {}", row_name(row))).collect();
        block(&format!("{} {word}", counted(names.len(), "row")), lines, names.len());
    }
    let shown_cells: Vec<&CellChange> = table.cells.iter().take(most).collect();
    let cells = shown_cells
        .iter()
        .map(|cell| {
            format!(
                "~ {}, {}: {} → {}{}",
                row_name(&cell.row),
                shown(&cell.column),
                written(&cell.old),
                written(&cell.new),
                reason(cell.effect)
            )
        })
        .collect();
    block(&format!("{} changed", counted(table.cells.len(), "cell")), cells, table.cells.len());
    text
}

fn counted(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}

fn row_name(row: &RowName) -> String {
    let year = row.year.as_ref().map_or_else(String::new, |year| format!(" of {}", shown(year)));
    let name = if row.name.is_empty() { String::new() } else { format!(" {}", shown(&row.name)) };
    format!("{}{year}{name}", shown(&row.code))
}

/// A cell; an empty one is said to be so.
fn written(cell: &str) -> String {
    if cell.is_empty() { "(empty)".to_owned() } else { cut(&shown(cell)) }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Nothing in it that a terminal acts upon.
fn shown(text: &str) -> String {
    text.chars()
        .flat_map(|letter| {
            let hidden = letter.is_control() || ('\u{202a}'..='\u{202e}').contains(&letter);
            if hidden { letter.escape_unicode().collect() } else { vec![letter] }
        })
        .collect()
}

fn json_text(arguments: &DiffArguments, found: &Difference) -> String {
    let new = arguments.new.as_ref().unwrap_or(&arguments.old);
    let (all, figures) = found.counts();
    let value = json!({
        "old": arguments.old.display().to_string(),
        "new": new.display().to_string(),
        "settings": arguments.settings,
        "same": found.is_empty(),
        "identical": found.is_identical,
        "changed": all,
        "figures_can_follow": figures,
        "changes": found.changes.iter().map(change_json).collect::<Vec<_>>(),
        "tables": found.tables.iter().map(table_json).collect::<Vec<_>>(),
    });
    let mut text = String::new();
    for letter in serde_json::to_string_pretty(&value).unwrap_or_default().chars() {
        // JSON allows control characters above the first 32 as they are; terminals act upon them.
        if letter.is_control() && letter != '\n' {
            text.push_str(&format!("\\u{:04x}", letter as u32));
        } else {
            text.push(letter);
        }
    }
    text.push('\n');
    text
}

fn change_json(change: &Change) -> Value {
    let (word, old, new) = match &change.what {
        What::Added(new) => ("added", Value::Null, json!(new.text)),
        What::Removed(old) => ("removed", json!(old.text), Value::Null),
        What::Changed(old, new) => ("changed", json!(old.text), json!(new.text)),
        What::Moved(old, new) => ("moved", json!(old), json!(new)),
        What::Contents(file) => ("contents", json!(file), json!(file)),
    };
    let number = |side: usize| match (&change.what, side) {
        (What::Added(new), 1) => new.number,
        (What::Removed(old), 0) => old.number,
        (What::Changed(old, new), side) => {
            if side == 0 {
                old.number
            } else {
                new.number
            }
        }
        _ => None,
    };
    json!({
        "section": change.section,
        "path": change.path,
        "change": word,
        "old": old,
        "new": new,
        "old_number": number(0),
        "new_number": number(1),
        "unit": change.unit,
        "effect": change.effect.word(),
    })
}

fn table_json(table: &TableChange) -> Value {
    let row = |row: &RowName| json!({"code": row.code, "year": row.year, "name": row.name});
    let column =
        |column: &ColumnChange| json!({"column": column.name, "effect": column.effect.word()});
    let columns = |is_added: bool| -> Vec<Value> {
        table.columns.iter().filter(|column| column.is_added == is_added).map(column).collect()
    };
    let cell = |cell: &CellChange| {
        json!({
            "code": cell.row.code,
            "year": cell.row.year,
            "name": cell.row.name,
            "column": cell.column,
            "old": cell.old,
            "new": cell.new,
            "effect": cell.effect.word(),
        })
    };
    json!({
        "section": table.section,
        "file": table.file,
        "columns_added": columns(true),
        "columns_removed": columns(false),
        "rows_added": table.added.iter().map(row).collect::<Vec<_>>(),
        "rows_removed": table.removed.iter().map(row).collect::<Vec<_>>(),
        "cells": table.cells.iter().map(cell).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Written;

    fn change(path: &str, unit: &str, old: (&str, f64), new: (&str, f64)) -> Change {
        let written =
            |(text, number): (&str, f64)| Written { text: text.to_owned(), number: Some(number) };
        Change {
            section: path.split('.').next().unwrap_or("").to_owned(),
            path: path.to_owned(),
            what: What::Changed(written(old), written(new)),
            unit: unit.to_owned(),
            effect: Effect::Figures,
        }
    }

    #[test]
    fn a_sum_is_told_with_its_unit_and_its_change_in_per_cent() {
        let to = |new| one(&change("programmes.m.appropriation.2022", "EUR", ("40_000", 4e4), new));
        let path = "  ~ programmes.m.appropriation.2022: 40_000";
        assert_eq!(to(("30_000", 3e4)), format!("{path} → 30_000 EUR (−25.0 %)\n"));
        // 1,000 of 40,000 is 2.5 %.
        assert_eq!(to(("41_000", 4.1e4)), format!("{path} → 41_000 EUR (+2.5 %)\n"));
    }

    #[test]
    fn years_shares_and_a_change_from_nothing_have_no_per_cent() {
        for (path, old, new) in [
            ("years.last", 2023.0, 2024.0),
            ("run.seed", 1.0, 2.0),
            ("load.video_share", 0.5, 0.6),
            ("inputs.a.common.nation", 0.5, 0.6),
            ("levers.a.value", 0.0, 3.0),
        ] {
            assert_eq!(percent(&change(path, "", ("", old), ("", new)), old, new), None, "{path}");
        }
        let lever = change("levers.case_rate.value", "", ("2", 2.0), ("3", 3.0));
        assert_eq!(percent(&lever, 2.0, 3.0).as_deref(), Some(" (+50.0 %)"));
    }

    #[test]
    fn a_terminal_is_never_acted_upon() {
        assert_eq!(shown("a\u{1b}[31m\u{202e}b"), "a\\u{1b}[31m\\u{202e}b");
    }
}
