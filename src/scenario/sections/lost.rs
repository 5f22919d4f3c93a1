//! Names that stand in what could not be read: formulas that name them are not blamed.

use std::collections::BTreeSet;

use super::municipalities::PREVIOUS;
use crate::model::QUANTITIES;
use crate::scenario::table::Table;
use crate::scenario::tree::{Kind, Node};

/// Names that a scenario gives in places which could not be read. What is wrong there has been told.
#[derive(Debug, Default)]
pub struct Lost {
    names: BTreeSet<String>,
    /// Whether any name may be among them.
    any: bool,
    /// Whether the tiers are.
    tiers: bool,
}

impl Lost {
    /// The columns of a table that could not be read: those that are listed, else those that the
    /// file has.
    pub fn add_table(&mut self, section: &Node, file: Option<&Table>) {
        // These are picked up whether listed or not.
        let has = |name: &&&str| file.is_none_or(|file| file.find(name).is_some());
        self.names.extend(PREVIOUS.iter().filter(has).map(|name| (*name).to_owned()));
        if let Some(Kind::List(joins)) = section.field("join").map(|join| &join.kind) {
            let columns = joins.iter().filter_map(|join| join.field("columns"));
            for columns in columns {
                let Kind::List(items) = &columns.kind else { continue };
                let texts = items.iter().filter_map(Node::as_text);
                self.names.extend(texts.map(|text| text.value.to_string()));
            }
        }
        match (section.field("columns").map(|columns| &columns.kind), file) {
            (Some(Kind::List(items)), _) => {
                let texts = items.iter().filter_map(Node::as_text);
                self.names.extend(texts.map(|text| text.value.to_string()));
            }
            (_, Some(file)) => self.names.extend(file.headers().iter().cloned()),
            _ => self.any = true,
        }
    }

    /// The names of a section that is not the map it should be.
    pub fn add_section(&mut self, section: &Node) {
        self.any |= !matches!(section.kind, Kind::Map(_) | Kind::Struct(None, _));
    }

    /// The tiers.
    pub fn add_tiers(&mut self) {
        self.tiers = true;
    }

    /// Whether the tiers could not be read.
    pub fn has_tiers(&self) -> bool {
        self.tiers
    }

    /// Whether a name may stand in what could not be read.
    pub fn may_hold(&self, name: &str) -> bool {
        let of_tier = |stem: &str| {
            name.strip_prefix(stem).is_some_and(|rest| rest.len() > 1 && rest.starts_with('_'))
        };
        let is_of_tier =
            || of_tier("eligible_cost") || QUANTITIES.iter().any(|doc| of_tier(doc.name));
        self.any || self.names.contains(name) || (self.tiers && is_of_tier())
    }
}
