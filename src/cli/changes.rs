//! Changes between scenarios in lines for people.

use crate::scenario::{CellChange, Change, Effect, RowName, TableChange, What};

/// Old and new on one line up to so many characters, else on two.
const ONE_LINE: usize = 72;
/// The longest value that is shown, in characters.
const LONGEST: usize = 300;

/// One change of the text, on a line or two.
pub fn one(change: &Change) -> String {
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
const SHARES: [&str; 8] =
    ["share", "growth", "rate", "persistence", "floor", "utilisation", "relative", "confidence"];

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
pub fn rows(table: &TableChange, most: usize) -> String {
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
pub fn shown(text: &str) -> String {
    text.chars()
        .flat_map(|letter| {
            let hidden = letter.is_control() || ('\u{202a}'..='\u{202e}').contains(&letter);
            if hidden { letter.escape_unicode().collect() } else { vec![letter] }
        })
        .collect()
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
