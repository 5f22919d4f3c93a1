//! `list`: what there is to choose from.

use super::Ending;
use super::catalogue::{Item, Kind, items};
use super::show;
use clap::{Args, ValueEnum};

/// What to list.
#[derive(Debug, Args)]
pub struct ListArguments {
    /// One kind only
    kind: Option<Kind>,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// How figures are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Aligned columns
    Table,
    /// Comma-separated values
    Csv,
    /// JSON
    Json,
}

/// Lists the catalogue, or one kind of it.
pub fn list(arguments: &ListArguments) -> Ending {
    let items: Vec<Item> = items()
        .into_iter()
        .filter(|item| arguments.kind.is_none_or(|kind| kind == item.kind))
        .collect();
    let text = match arguments.format {
        Format::Table => table(&items),
        Format::Csv => csv(&items),
        Format::Json => json(&items),
    };
    show::result(&text)
}

/// The word for a kind, as the command line writes it.
pub fn word(kind: Kind) -> String {
    kind.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
}

fn table(items: &[Item]) -> String {
    let mut text = String::new();
    let mut kinds: Vec<Kind> = items.iter().map(|item| item.kind).collect();
    kinds.dedup();
    for kind in kinds {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&word(kind));
        text.push('\n');
        let of_kind = items.iter().filter(|item| item.kind == kind);
        let rows: Vec<Vec<String>> =
            of_kind.map(|item| vec![format!("  {}", item.name), item.summary.clone()]).collect();
        text.push_str(&show::aligned(&rows));
    }
    text
}

fn csv(items: &[Item]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header = std::iter::once(["kind".to_owned(), "name".to_owned(), "summary".to_owned()]);
    let rows = items.iter().map(|item| [word(item.kind), item.name.clone(), item.summary.clone()]);
    for row in header.chain(rows) {
        // Writing into memory cannot fail.
        let _ = writer.write_record(&row);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn json(items: &[Item]) -> String {
    let rows: Vec<serde_json::Value> = items
        .iter()
        .map(|item| {
            serde_json::json!({"kind": word(item.kind), "name": item.name, "summary": item.summary, "about": item.about})
        })
        .collect();
    let mut text = serde_json::to_string_pretty(&rows).unwrap_or_default();
    text.push('\n');
    text
}
