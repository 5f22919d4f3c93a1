//! Boundaries that changed: tables of municipalities and points in old units become tables in new ones.
//!
//! ```text
//!  municipalities.csv ─┐
//!  crosswalk.csv ──────┴─► the same table in new units ─► read as any other
//!  points.csv: the municipality of each point ─► its new one
//! ```
//! A change works on the table as it stands, before anything is read from it, so that all behind it is
//! as if the file had been written in the new units. Nothing is guessed: a code that one side has and
//! the other has not, a column of which nothing is said and a point without a place stop the run.

mod combine;
mod convert;
mod crosswalk;
mod decimal;
mod placing;
mod units;
mod values;

pub use self::placing::Moving;
pub use self::units::tell_unmatched;

use self::crosswalk::Crosswalk;
use self::placing::Placing;
use super::settings::date;
use super::tables::{Asked, file};
use crate::model::BoundaryChange;
use crate::problem::{Place, Problem, codes};
use crate::scenario::decode::{
    Decoder, Variant, filled, named_values, number, one_of_names, placed, quoted, variants, year,
};
use crate::scenario::load::{Folder, Library};
use crate::scenario::table::{Date, Table};
use crate::scenario::tree::{Kind, Node};

/// All changes of boundaries, and how columns follow them.
#[derive(Debug)]
pub struct Boundaries {
    rules: Rules,
    changes: Vec<Change>,
}

/// How columns follow, by name.
#[derive(Debug)]
struct Rules {
    /// Where they stand.
    place: Place,
    all: Vec<(String, Place, Combine)>,
}

/// How the values of old municipalities make that of a new one.
#[derive(Clone, Debug)]
enum Combine {
    /// They are added; of a divided one each takes its part.
    Sum,
    /// Their mean, weighted by a column of sums.
    Mean(Asked),
    /// They are the same, or the crosswalk gives the new value.
    Same,
}

/// Which tables a change is applied to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    Both,
    Municipalities,
    Points,
}

/// One change.
#[derive(Debug)]
struct Change {
    title: String,
    on: Option<Date>,
    /// Of a yearly table: the last year told in the old codes.
    until: Option<i32>,
    of: Of,
    crosswalk: Crosswalk,
    placing: Option<Placing>,
    /// How many municipalities there should be afterwards.
    expected: Option<(f64, Place)>,
}

/// What is read of a table: columns with a meaning of their own, and those that formulas may see.
#[derive(Clone, Copy, Debug)]
pub struct Roles<'r> {
    /// The column of codes.
    pub code: &'r Asked,
    /// The column of years.
    pub year: Option<&'r Asked>,
    /// The column of names.
    pub name: Option<&'r Asked>,
    /// Columns that are read; without a list all of them are.
    pub listed: Option<&'r [Asked]>,
}

/// Reads the section.
pub fn boundaries<F: Folder>(
    door: &mut Decoder,
    node: &Node,
    library: &mut Library<F>,
) -> Option<Boundaries> {
    let mut fields = door.fields(node, "the boundaries")?;
    let place = fields.place("columns");
    let all = fields.or("columns", rules, Vec::new());
    let changes = fields.required("changes", |door, node| {
        let Kind::List(items) = &node.kind else {
            return door.wrong(node, "a list of changes, written `[(title: \"…\", …)]`");
        };
        let read: Vec<_> = items.iter().map(|item| change(door, item, library)).collect();
        read.into_iter().collect::<Option<Vec<Change>>>()
    });
    fields.finish();
    let (all, changes) = (all?, changes?);
    in_order_of_time(door, &changes, node)?;
    Some(Boundaries { rules: Rules { place, all }, changes })
}

fn rules(door: &mut Decoder, node: &Node) -> Option<Vec<(String, Place, Combine)>> {
    let choices: [Variant<Combine>; 3] = [
        ("Sum", |door, node| one_of_names(&[("Sum", ())])(door, node).map(|()| Combine::Sum)),
        ("Mean", |door, node| {
            let mut fields = door.fields_of(node, "Mean")?;
            let by = fields.required("by", placed(filled));
            fields.finish();
            by.map(Combine::Mean)
        }),
        ("Same", |door, node| one_of_names(&[("Same", ())])(door, node).map(|()| Combine::Same)),
    ];
    let entries = named_values(door, node, "a map, written `{\"population\": Sum}`")?;
    let read = |(name, place, node): (String, Place, &Node)| {
        variants(&choices)(door, node).map(|rule| (name, place, rule))
    };
    let all: Vec<Option<_>> = entries.into_iter().map(read).collect();
    all.into_iter().collect()
}

fn change<F: Folder>(door: &mut Decoder, node: &Node, library: &mut Library<F>) -> Option<Change> {
    const OF: [(&str, Of); 3] =
        [("Both", Of::Both), ("Municipalities", Of::Municipalities), ("Points", Of::Points)];
    let mut fields = door.fields(node, "a change of boundaries")?;
    let title = fields.required("title", filled);
    let on = fields.optional("on", date);
    // For people: where the table comes from.
    let _ = fields.optional("source", filled);
    let until = fields.optional("until", year);
    let of = fields.or("of", one_of_names(&OF), Of::Both);
    let expected = fields.optional("municipalities", placed(number));
    let placing = fields.optional("points", |door, node| placing::placing(door, node, library));
    let table = file(&mut fields, library);
    let from = fields.required("from", placed(filled));
    let to = fields.required("to", placed(filled));
    let share = fields.optional("share", placed(filled));
    let name = fields.optional("to_name", placed(filled));
    fields.finish();
    let columns = crosswalk::Columns { from: from?, to: to?, share: share?, name: name? };
    let crosswalk = Crosswalk::read(door, table?, columns);
    let (title, on, until, of) = (title?, on?, until?, of?);
    let (placing, expected) = (placing?, expected?);
    Some(Change { title, on, until, of, crosswalk: crosswalk?, placing, expected })
}

/// Changes stand in the order in which they happened.
fn in_order_of_time(door: &mut Decoder, changes: &[Change], node: &Node) -> Option<()> {
    let key = |date: Date| (date.month_index(), date.day);
    let wrong = changes.windows(2).find(|pair| match (pair[0].on, pair[1].on) {
        (Some(first), Some(second)) => key(second) < key(first),
        _ => false,
    });
    let Some([first, second]) = wrong.and_then(|pair| <&[Change; 2]>::try_from(pair).ok()) else {
        return Some(());
    };
    let message = format!(
        "{} stands behind {}, and was before it",
        quoted(&second.title),
        quoted(&first.title)
    );
    let problem = Problem::error(codes::CONFLICT, message).at(&node.head(), "");
    door.refuse(problem.help("changes are applied one after another: write the earlier one first"))
}

impl Rules {
    fn of(&self, column: &str) -> Option<&Combine> {
        // Sums of money by what they are, whatever else is said.
        if super::municipalities::PREVIOUS.contains(&column) {
            return Some(&Combine::Sum);
        }
        self.all.iter().find(|(name, ..)| name == column).map(|(.., rule)| rule)
    }
}

impl Boundaries {
    /// The table of municipalities in the last units, with what was done. The table in the units of
    /// each change is kept with the sources, so that places in it can be shown.
    pub fn convert<F: Folder>(
        &self,
        door: &mut Decoder,
        library: &mut Library<F>,
        csv: &Table,
        roles: Roles<'_>,
    ) -> Option<(Table, Vec<BoundaryChange>)> {
        let mut table = csv.clone();
        let mut done = Vec::new();
        let known = self.tell_unknown_columns(door, csv);
        for change in &self.changes {
            if change.of == Of::Points {
                done.push(change.told());
                continue;
            }
            let (next, told) =
                change.convert(door, library, &table, roles, &self.rules, &csv.file())?;
            table = next;
            done.push(told);
        }
        known.map(|()| (table, done))
    }

    /// Tells columns of which something is said and that the table does not have.
    fn tell_unknown_columns(&self, door: &mut Decoder, table: &Table) -> Option<()> {
        let mut sound = true;
        for (name, place, _) in &self.rules.all {
            sound &= table.column(name, place, door).is_some();
        }
        sound.then_some(())
    }
}

impl Change {
    /// What a reader is told of it, before it is applied.
    fn told(&self) -> BoundaryChange {
        BoundaryChange {
            title: self.title.clone(),
            date: self.on.map(|date| date.to_string()),
            file: self.crosswalk.file().to_string(),
            ..BoundaryChange::default()
        }
    }
}
