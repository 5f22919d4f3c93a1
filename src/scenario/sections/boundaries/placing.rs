//! Where points go: to the new municipality of their old one; of a divided one to that which a table of
//! points says.

use std::collections::BTreeMap;

use super::units::tell_unmatched;
use super::{Boundaries, Change, Of};
use crate::model::BoundaryChange;
use crate::problem::{Problem, codes};
use crate::scenario::decode::{Decoder, filled, placed, quoted};
use crate::scenario::load::{Folder, Library};
use crate::scenario::sections::tables::{Asked, Guess, file, listed, matched};
use crate::scenario::table::{Column, Table};
use crate::scenario::tree::Node;

/// A table of points with the new municipality of each.
#[derive(Debug)]
pub struct Placing {
    table: Table,
    point: Asked,
    to: Asked,
    /// The row of each point.
    rows: BTreeMap<String, usize>,
}

/// Points whose municipalities change.
#[derive(Clone, Copy, Debug)]
pub struct Moving<'p> {
    /// The table of points.
    pub csv: &'p Table,
    /// The code of each.
    pub code: Column<'p>,
    /// The municipality of each, and where the scenario names the column.
    pub municipality: (Column<'p>, &'p Asked),
    /// Codes of the municipalities as they are now, and their file.
    pub known: Option<(&'p [String], &'p str)>,
}

/// Reads `(file: "points.csv", point: "point", to: "municipality_2021")`.
pub fn placing<F: Folder>(
    door: &mut Decoder,
    node: &Node,
    library: &mut Library<F>,
) -> Option<Placing> {
    let mut fields = door.fields(node, "the points of a change")?;
    let table = file(&mut fields, library);
    let point = fields.required("point", placed(filled));
    let to = fields.required("to", placed(filled));
    fields.finish();
    let (table, point, to) = (table?, point?, to?);
    let columns = (table.column(&point.0, &point.1, door), table.column(&to.0, &to.1, door));
    let (codes, keys) = (columns.0?.codes(door), columns.1?.keys(door));
    let rows = codes?.into_iter().enumerate().map(|(row, code)| (code.to_owned(), row)).collect();
    keys?;
    Some(Placing { table, point, to, rows })
}

impl Placing {
    /// Where a point goes, and the row that says so.
    fn of(&self, point: &str) -> Option<(&str, usize)> {
        let row = *self.rows.get(point)?;
        Some((self.table.find(&self.to.0)?.cell(row), row))
    }

    /// Tells points that there are none of.
    fn tell_unknown(&self, door: &mut Decoder, points: &[&str], of: &str) -> Option<()> {
        let column = self.table.find(&self.point.0)?;
        matched(door, &self.table, column, points, "point", of, Guess::Code(&[], &self.point.1))
            .map(|_| ())
    }
}

impl Boundaries {
    /// Whether points change their municipalities.
    pub fn moves_points(&self) -> bool {
        self.changes.iter().any(|change| change.of != Of::Municipalities)
    }

    /// The municipality of each point as an index into those known, by row. Tells municipalities that
    /// no change and no table has, and points of a divided one without a place.
    pub fn place(
        &self,
        door: &mut Decoder,
        moving: Moving<'_>,
        done: &mut [BoundaryChange],
    ) -> Option<Vec<u32>> {
        let keys = moving.municipality.0.keys(door)?;
        let mut of: Vec<String> = keys.into_iter().map(str::to_owned).collect();
        let mut sound = true;
        for (index, change) in self.changes.iter().enumerate() {
            if change.of == Of::Municipalities {
                continue;
            }
            let before = of.clone();
            sound &= change.place(door, moving, &mut of);
            // Behind codes that are unknown others seem so.
            if !sound {
                return None;
            }
            if let Some(told) = done.get_mut(index) {
                told.moved_points = before.iter().zip(&of).filter(|(old, new)| old != new).count();
            }
        }
        let (known, file) = moving.known?;
        let mut unknown: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut found = Vec::with_capacity(of.len());
        for (row, code) in of.iter().enumerate() {
            match known.binary_search(code) {
                Ok(position) => found.push(position as u32),
                Err(_) => unknown.entry(code).or_default().push(row),
            }
        }
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let (column, asked) = moving.municipality;
        tell_unmatched(door, column, "municipality", &unknown, (&known, file), &asked.1)
            .then_some(found)
    }
}

impl Change {
    /// Moves points; whether all have a place.
    fn place(&self, door: &mut Decoder, moving: Moving<'_>, of: &mut [String]) -> bool {
        let walk = &self.crosswalk;
        let Moving { csv, code, municipality: (column, asked), .. } = moving;
        let mut unknown: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (row, old) in of.iter().enumerate().filter(|(_, old)| walk.rows_of(old).is_empty()) {
            unknown.entry(old).or_default().push(row);
        }
        let mut sound = tell_unmatched(
            door,
            column,
            "municipality",
            &unknown,
            (&walk.old(), &walk.file()),
            &asked.1,
        );
        if let Some(placing) = &self.placing {
            let points: Vec<&str> = code.texts().collect();
            sound &= placing.tell_unknown(door, &points, &csv.file()).is_some();
        }
        let mut lost: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (row, old) in of.iter_mut().enumerate() {
            let goes_to = walk.goes_to(old);
            let said = self.placing.as_ref().and_then(|placing| placing.of(code.cell(row)));
            if let (Some((to, at)), Some(placing), false) =
                (said, &self.placing, goes_to.is_empty())
                && !goes_to.contains(to)
            {
                sound = false;
                let Some(column) = placing.table.find(&placing.to.0) else { continue };
                let known: Vec<String> = goes_to.iter().map(|new| quoted(new)).collect();
                let what = format!(
                    "sends {} of {} to {}, and {} becomes {}",
                    quoted(code.cell(row)),
                    quoted(old),
                    quoted(to),
                    quoted(old),
                    listed(&known)
                );
                let problem = column.problem(codes::UNPLACED, at, &what);
                door.tell(
                    problem
                        .also(&code.place(row), "the point")
                        .help("write one of these, or mend the crosswalk"),
                );
                continue;
            }
            match (said, goes_to.len()) {
                (Some((to, _)), 1..) => to.clone_into(old),
                (None, 1) => goes_to.first().copied().unwrap_or_default().clone_into(old),
                (None, 2..) => lost.entry(old.clone()).or_default().push(row),
                (_, 0) => {}
            }
        }
        for (old, rows) in &lost {
            let points: Vec<String> = rows
                .iter()
                .map(|row| format!("{} (line {})", quoted(code.cell(*row)), csv.line(*row)))
                .collect();
            let goes_to: Vec<String> = walk.goes_to(old).into_iter().map(quoted).collect();
            let message = format!(
                "{}: nothing says which of {} these points of {} go to: {}",
                csv.file(),
                listed(&goes_to),
                quoted(old),
                listed(&points)
            );
            let first = rows.first().copied().unwrap_or(0);
            let problem = Problem::error(codes::UNPLACED, message).at(&code.place(first), "");
            door.tell(match &self.placing {
                Some(placing) => problem.help(format!("add them to {}", placing.table.file())),
                None => problem.help(format!("name a table of points in the change {}: `points: (file: \"…\", point: \"…\", to: \"…\")`", quoted(&self.title))),
            });
            sound = false;
        }
        sound
    }
}
