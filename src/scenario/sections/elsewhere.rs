//! What is said of a name that means nothing where it stands: what it is elsewhere, and what to do.

use super::names::{Spot, View};
use crate::model::{Column, ColumnValues};
use crate::scenario::decode::quoted;

/// Sums of money that only a rule sees while it divides.
const OF_RULES: &[&str] =
    &["appropriation", "available", "entitlement_last_year", "award_last_year"];
/// What a rule leads to.
const OF_RESULTS: &[&str] = &["entitlement", "award", "own_share"];
/// How many names an overview lists.
const MOST_LISTED: usize = 10;

impl View<'_> {
    /// Message and help for a name that is known, but not here.
    pub(super) fn known_elsewhere(&self, name: &str) -> Option<(String, String)> {
        let of = quoted(name);
        self.later_line(name)
            .or_else(|| self.of_another_place(name))
            .or_else(|| {
                let (_, file, section) =
                    self.words.unlisted.iter().find(|(column, ..)| column == name)?;
                Some((
                    format!("{of} is a column of {file} that formulas do not see"),
                    format!("add it to the `columns` of `{section}`"),
                ))
            })
            .or_else(|| {
                self.words.tiers.iter().any(|tier| tier == name).then(|| {
                    let help = if matches!(self.spot, Spot::Rule(_) | Spot::Outcome) {
                        format!("write, for example, `open_points_{name}`")
                    } else {
                        "compare it with the column of tiers, in quotes".to_owned()
                    };
                    (format!("{of} is a tier, not a number"), help)
                })
            })
            .or_else(|| {
                let column = self.text_column_with(name)?;
                Some((
                    format!("{of} is a text of the column {}", quoted(&column.name)),
                    format!("write it in quotes: {} == '{name}'", column.name),
                ))
            })
    }

    /// A line of the same worksheet that is not above.
    fn later_line(&self, name: &str) -> Option<(String, String)> {
        let all = self.words.worksheet.borrow();
        if !all.iter().any(|line| line == name) {
            return None;
        }
        Some(if all.get(self.lines().len()).is_some_and(|line| line == name) {
            (
                format!("the line {} cannot name itself", quoted(name)),
                "a line sees the lines above it".to_owned(),
            )
        } else {
            (
                format!("{} is a line further down", quoted(name)),
                "a line sees the lines above it only: move that line up".to_owned(),
            )
        })
    }

    /// A name with a meaning of its own, but in another place.
    fn of_another_place(&self, name: &str) -> Option<(String, String)> {
        let said = |message: &str, help: &str| {
            Some((format!("{} {message}", quoted(name)), help.to_owned()))
        };
        let is_rules = OF_RULES.contains(&name);
        let is_result = OF_RESULTS.contains(&name);
        match self.spot {
            Spot::Rule(_) if is_result => said(
                "is what the rule leads to, so it cannot be named in it",
                "the year before is known: `award_last_year`, `entitlement_last_year`",
            ),
            Spot::Outcome if is_rules => said(
                "is known to rules only",
                "outcomes see `entitlement`, `award`, `own_share` and the simulated quantities",
            ),
            Spot::Growth | Spot::World | Spot::Input
                if is_rules || is_result || name == "eligible_cost" =>
            {
                said(
                    "is money of a rule, it cannot be named here",
                    "rules and outcomes see it; formulas of the world come before any money is divided",
                )
            }
            _ => None,
        }
    }

    /// A text column in which some cell is this text.
    fn text_column_with(&self, text: &str) -> Option<&Column> {
        let tables = [&self.words.municipalities.table, &self.words.points.table];
        tables.into_iter().flat_map(|table| &table.columns).find(|column| {
            let ColumnValues::Texts { values, .. } = &column.values else { return false };
            values.iter().any(|value| value == text)
        })
    }

    /// The first of the names that the scenario gives, and where to find the others.
    pub(super) fn declared_here(&self) -> String {
        let words = self.words;
        let tables = [&words.municipalities.table, &words.points.table];
        let columns = tables.into_iter().flat_map(|table| &table.columns);
        let names: Vec<String> = words
            .levers
            .iter()
            .map(|lever| &lever.name)
            .chain(words.inputs.iter().map(|input| &input.name))
            .chain(columns.map(|column| &column.name))
            .filter(|name| self.own != Some(name.as_str()))
            .map(|name| quoted(name))
            .collect();
        let shown = names.iter().take(MOST_LISTED).cloned().collect::<Vec<_>>().join(", ");
        let rest = match names.len().saturating_sub(MOST_LISTED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let given = if names.is_empty() {
            "the scenario gives no names of its own".to_owned()
        } else {
            format!("the scenario gives the names {shown}{rest}")
        };
        match self.spot {
            Spot::Rule(_) | Spot::Outcome => {
                format!("{given}; `dotacija list quantities` shows what is simulated")
            }
            _ => given,
        }
    }

    /// What to write instead of the past of a name that has none.
    pub(super) fn without_past(&self, name: &str, years: u32, most: u32) -> String {
        let words = self.words;
        let yearly = matches!(self.spot, Spot::Rule(_))
            && super::vocabulary::quantity(name, &words.tiers).is_some();
        if yearly || name.starts_with("eligible_cost") {
            format!("write lag({name}, {most}) or less")
        } else if name == "year" {
            format!("write year - {years}")
        } else if words.lever(name).is_some() {
            format!("a lever is the same in all years: write {name}")
        } else if self.lines().iter().any(|line| line == name) {
            "take the past of what the line is made of, quantity by quantity".to_owned()
        } else if let Some(column) = words.municipality_column(name) {
            let values = &words.municipalities.table.columns[column].values;
            if matches!(values, ColumnValues::Yearly { .. }) {
                return "add rows for the earlier years to the table".to_owned();
            }
            "a column has a past where its table has a row for every year: `year: \"year\"`"
                .to_owned()
        } else {
            "simulated quantities and columns of yearly tables have a past".to_owned()
        }
    }
}
