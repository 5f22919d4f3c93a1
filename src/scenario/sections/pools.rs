//! A pot in parts: by which column, and what each part has.

use super::formula::Want;
use super::rules::RuleOf;
use crate::model::{ColumnValues, Pools, Table};
use crate::problem::{Place, Problem, codes};
use crate::scenario::decode::{Decoder, did_you_mean, placed, quoted, text};
use crate::scenario::tree::Node;

/// Reads the pools of a rule.
pub fn pools(door: &mut Decoder, node: &Node, of: RuleOf<'_>) -> Option<Pools> {
    let mut fields = door.fields(node, "the pools")?;
    let by = fields.required("by", placed(text));
    let pot = fields.required("pot", |door, node| {
        let path = format!("{}.pools.pot", of.path);
        of.words.number_after(door, node, &path, Want::rule(of.purpose).amount(), of.lines)
    });
    fields.finish();
    let (by, at) = by?;
    let table = &of.words.municipalities.table;
    let Some(column) = table.column(&by) else {
        let texts = table.columns.iter().filter(|column| is_text(&column.values));
        let known: Vec<&str> = texts.map(|column| column.name.as_str()).collect();
        let hidden = of.words.unlisted.iter().find(|(column, ..)| *column == by);
        let problem = |message| Problem::error(codes::UNKNOWN_COLUMN, message).at(&at, "");
        return door.refuse(if let Some((_, file, section)) = hidden {
            problem(format!("{} is a column of {file} that rules do not see", quoted(&by)))
                .help(format!("add it to the `columns` of `{section}`"))
        } else {
            let message = format!("{} is not a column of the municipalities", quoted(&by));
            did_you_mean(problem(message), &by, &known)
        });
    };
    let ColumnValues::Texts { codes: texts, values } = &column.values else {
        let message = format!("{} is a column of numbers", quoted(&by));
        let problem =
            Problem::error(codes::WRONG_TYPE, message).at(&at, "pools are named by texts");
        return door.refuse(problem.help("name a column of texts, such as the region"));
    };
    let mut members = vec![Vec::new(); values.len()];
    for (row, text) in texts.iter().enumerate() {
        let pool =
            values.get(*text as usize).filter(|name| !text.is_nan() && !name.trim().is_empty());
        match members.get_mut(*text as usize).filter(|_| pool.is_some()) {
            Some(members) => members.push(row as u32),
            None => tell_without_pool(door, table, row, (&by, &at)),
        }
    }
    // A text that only rows of another table have is no pool.
    let named = values.iter().cloned().zip(members).filter(|(_, members)| !members.is_empty());
    let (names, members) = named.unzip();
    Some(Pools { by, names, members, pot: pot? })
}

fn tell_without_pool(door: &mut Decoder, table: &Table, row: usize, (by, at): (&str, &Place)) {
    let code = table.codes.get(row).map(String::as_str).unwrap_or_default();
    let line = table.lines.get(row).copied().unwrap_or_default();
    let message = format!(
        "the municipality {} belongs to no pool: its {} is empty, line {line} of {}",
        quoted(code),
        quoted(by),
        table.file
    );
    let problem = Problem::error(codes::CELL_EMPTY, message).at(at, "");
    door.tell(problem.help("give it the text of its pool"));
}

fn is_text(values: &ColumnValues) -> bool {
    matches!(values, ColumnValues::Texts { .. })
}
