//! `diff`: what changed from one scenario to another, or what a setting changes.

use super::changes::{one, rows, shown};
use super::{Ending, show};
use crate::scenario::{
    CellChange, Change, ColumnChange, Difference, Disk, RowName, TableChange, Version, What,
    difference,
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
