//! The table of municipalities.

use super::boundaries::{Boundaries, Roles};
use super::join::{Join, joins};
use super::settings::date;
use super::tables::{
    Asked, Layout, Told, Visible, asked_columns, coded, file, streams, tell_cells,
};
use crate::model::{Column, Municipalities, Years};
use crate::problem::{Problem, codes};
use crate::scenario::decode::{Decoder, filled, one_of_names, placed};
use crate::scenario::load::{Folder, Library};
use crate::scenario::shapes::boundaries;
use crate::scenario::table::Table;
use crate::scenario::tree::Node;

/// Columns that give the year before the first.
pub const PREVIOUS: [&str; 2] = ["previous_award", "previous_entitlement"];

/// Reads the section and its file, in the units that boundaries have after they changed. The file as it
/// stands comes back too, for control totals.
pub fn municipalities<F: Folder>(
    door: &mut Decoder,
    node: &Node,
    library: &mut Library<F>,
    years: Years,
    changed: Option<Result<&Boundaries, Told>>,
) -> (Option<Municipalities>, Option<Table>) {
    let Some(mut fields) = door.fields_of(node, "Table") else { return (None, None) };
    let csv = file(&mut fields, library);
    let code = fields.required("code", placed(filled));
    let name = fields.optional("name", placed(filled));
    let region = fields.optional("region", placed(filled));
    let columns = fields.optional("columns", asked_columns);
    let gaps = fields.optional("gaps", asked_columns);
    let join = fields.optional("join", |door, node| joins(door, node, library));
    // Only checked here: the warnings look at it.
    let _ = fields.optional("as_of", date);
    let year = fields.optional("year", placed(filled));
    let hold = fields.optional("hold", one_of_names(&[("Last", true)]));
    let hold_place = fields.place("hold");
    let stream = fields.optional("stream", placed(filled));
    let map = fields.give("map");
    fields.finish();
    if let (Some(Some(_)), Some(None)) = (&hold, &year) {
        let message = "`hold` needs `year`: this table has no column of years";
        let problem = Problem::error(codes::MISSING_PART, message).at(&hold_place, "");
        door.tell(problem.help("name the column of years, `year: \"year\"`, or leave `hold` out"));
    }
    let asked = (|| Some((code?, name?, region?, columns?, gaps?, join?, year?, hold?, stream?)))();
    let read = csv.as_ref().zip(asked).and_then(|(csv, asked)| {
        let (code, name, region, columns, gaps, join, year, hold, stream) = asked;
        let visible = Visible { columns, gaps: gaps.unwrap_or_default() };
        let (join, hold) = (join.unwrap_or_default(), hold.unwrap_or(false));
        let asked = Columns { code, name, region, visible, join, year, hold, stream };
        match changed {
            None => asked.read(door, csv, years),
            Some(changed) => {
                let listed = asked.listed();
                let roles = Roles {
                    code: &asked.code,
                    year: asked.year.as_ref(),
                    name: asked.name.as_ref(),
                    listed: listed.as_deref(),
                };
                let (csv, changes) = changed.ok()?.convert(door, library, csv, roles)?;
                let read = asked.read(door, &csv, years)?;
                Some(Municipalities { changes, ..read })
            }
        }
    });
    let mut read = read;
    if let (Some(read), Some(map)) = (&mut read, map) {
        // A wrong map is told; the municipalities are read all the same.
        read.shapes = boundaries(door, map, library, &read.table);
    }
    (read, csv)
}

/// What the section asks of the file.
struct Columns {
    code: Asked,
    name: Option<Asked>,
    region: Option<Asked>,
    visible: Visible,
    join: Vec<Join>,
    year: Option<Asked>,
    hold: bool,
    stream: Option<Asked>,
}

impl Columns {
    /// The columns that are read, but for code, year and name; nothing where all are.
    fn listed(&self) -> Option<Vec<Asked>> {
        let mut listed = self.visible.columns.clone()?;
        listed.extend([&self.region, &self.stream].into_iter().flatten().cloned());
        listed.extend(self.join.iter().map(|join| join.by().clone()));
        Some(listed)
    }

    fn read(&self, door: &mut Decoder, csv: &Table, years: Years) -> Option<Municipalities> {
        let mut column = |asked: &Asked| csv.column(&asked.0, &asked.1, door);
        let code = column(&self.code);
        let [name, region, year] = [&self.name, &self.region, &self.year]
            .map(|asked| asked.as_ref().map(|asked| column(asked).ok_or(Told)).transpose().ok());
        let stream = self.stream.as_ref().map(|asked| column(asked).ok_or(Told)).transpose().ok();
        let (code, name, region, year, stream) = (code?, name?, region?, year?, stream?);
        let layout = match (year, &self.year) {
            (Some(year), Some(asked)) => {
                Layout::yearly(door, code, year, self.hold, years, &asked.1)
            }
            _ => Layout::plain(door, code),
        };
        let Some(layout) = layout else {
            tell_cells(door, csv, self.visible.columns.as_deref());
            return None;
        };
        let named = [Some(code), name, year, stream].into_iter().flatten();
        let mut others: Vec<&str> = named.map(|column| column.name()).collect();
        others.extend(PREVIOUS);
        let mut table = layout.table(door, csv, name, &self.visible, &others);
        for join in &self.join {
            let taken = table.as_ref().map_or(&[][..], |table| &table.columns);
            let beside = join.columns(door, csv, &layout, taken);
            table = table.zip(beside).map(|(mut table, beside)| {
                table.columns.extend(beside);
                table
            });
        }
        let regions_are_sound = region.is_none_or(|region| region.sound_texts(door).is_some());
        let texts: Vec<&str> =
            layout.last().iter().map(|row| region.map_or("", |region| region.cell(*row))).collect();
        let (regions_of, regions) = coded(&texts);
        let mut before = |name: &str| -> Option<Option<Vec<f64>>> {
            let Some(column) = csv.find(name) else { return Some(None) };
            let numbers = column.numbers_within(0.0, f64::MAX, door)?;
            let values =
                Column { name: name.to_owned(), values: layout.numbers(&numbers), gaps: false };
            Some(Some(values.in_year(years.first - 1).to_vec()))
        };
        let [award, entitlement] = PREVIOUS.map(&mut before);
        regions_are_sound.then_some(())?;
        let mut table = table?;
        if let Some(stream) = stream {
            table.streams = streams(door, &layout, stream)?;
        }
        Some(Municipalities {
            table,
            changes: Vec::new(),
            region: regions_of,
            regions: if region.is_some() { regions } else { Vec::new() },
            shapes: None,
            previous_award: award?,
            previous_entitlement: entitlement?,
        })
    }
}
