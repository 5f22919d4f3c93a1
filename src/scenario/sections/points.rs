//! The table of service points, open and planned.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::boundaries::{Boundaries, Moving, tell_unmatched};
use super::settings::date;
use super::tables::{
    Asked, Guess, Layout, Visible, asked_columns, file, matched, streams, tell_cells,
};
use crate::model::{BoundaryChange, Month, Municipalities, Nearest, Points, Position, Years};
use crate::problem::{Place, Problem, codes};
use crate::scenario::decode::{Decoder, filled, placed};
use crate::scenario::load::{Folder, Library};
use crate::scenario::table::{Column, Date, Table};
use crate::scenario::tree::Node;

/// What the table is matched with.
#[derive(Clone, Copy, Debug)]
pub struct Beside<'b> {
    /// Changes of boundaries.
    pub boundaries: Option<&'b Boundaries>,
    /// What is told of them; how many points moved is added.
    pub changes: &'b RefCell<Vec<BoundaryChange>>,
    /// The municipalities; nothing if they could not be read.
    pub municipalities: Option<&'b Municipalities>,
    /// The tiers of the network.
    pub tiers: &'b [String],
    /// The years.
    pub years: Years,
    /// The information date.
    pub known_on: Option<Date>,
}

/// Reads the section and its file. The file comes back too, for control totals. Points without
/// rows, but with columns, come back where only rows are wrong.
pub fn points<F: Folder>(
    door: &mut Decoder,
    node: &Node,
    library: &mut Library<F>,
    beside: Beside<'_>,
) -> (Option<Points>, Option<Table>) {
    let Some(mut fields) = door.fields_of(node, "Table") else { return (None, None) };
    let csv = file(&mut fields, library);
    let code = fields.required("code", placed(filled));
    let name = fields.optional("name", placed(filled));
    let municipality = fields.required("municipality", placed(filled));
    let tier = fields.required("tier", placed(filled));
    let opens = fields.required("opens", placed(filled));
    let people = fields.optional("people", placed(filled));
    let latitude = fields.optional("latitude", placed(filled));
    let longitude = fields.optional("longitude", placed(filled));
    let centre = fields.optional("centre", placed(filled));
    let stream = fields.optional("stream", placed(filled));
    let columns = fields.optional("columns", asked_columns);
    let gaps = fields.optional("gaps", asked_columns);
    // Only checked here: the warnings look at it.
    let _ = fields.optional("as_of", date);
    let place =
        fields.place(if matches!(latitude, Some(Some(_))) { "latitude" } else { "longitude" });
    fields.finish();
    if let (Some(latitude), Some(longitude)) = (&latitude, &longitude)
        && latitude.is_some() != longitude.is_some()
    {
        let message = "a position needs both `latitude` and `longitude`";
        let problem = Problem::error(codes::MISSING_FIELD, message).at(&place, "");
        door.tell(problem.help("name both columns, or neither"));
    }
    let asked = (|| {
        Some(Columns {
            code: code?,
            municipality: municipality?,
            tier: tier?,
            opens: opens?,
            name: name?,
            people: people?,
            latitude: latitude?,
            longitude: longitude?,
            centre: centre?,
            stream: stream?,
            visible: Visible { columns: columns?, gaps: gaps?.unwrap_or_default() },
        })
    })();
    let read = csv.as_ref().zip(asked).and_then(|(csv, asked)| asked.read(door, csv, beside));
    (read, csv)
}

/// What the section asks of the file.
struct Columns {
    code: Asked,
    municipality: Asked,
    tier: Asked,
    opens: Asked,
    name: Option<Asked>,
    people: Option<Asked>,
    latitude: Option<Asked>,
    longitude: Option<Asked>,
    centre: Option<Asked>,
    stream: Option<Asked>,
    visible: Visible,
}

impl Columns {
    fn read(&self, door: &mut Decoder, csv: &Table, beside: Beside<'_>) -> Option<Points> {
        let [code, municipality, tier, opens] =
            [&self.code, &self.municipality, &self.tier, &self.opens]
                .map(|asked| csv.column(&asked.0, &asked.1, door));
        let [name, people, latitude, longitude, centre, stream] =
            [&self.name, &self.people, &self.latitude, &self.longitude, &self.centre, &self.stream]
                .map(|asked| {
                    let mut column = |asked: &Asked| csv.column(&asked.0, &asked.1, door);
                    asked.as_ref().map_or(Some(None), |asked| column(asked).map(Some))
                });
        let layout = code.and_then(|code| Layout::plain(door, code));
        let moved = beside.boundaries.filter(|boundaries| boundaries.moves_points());
        let of = municipality.and_then(|column| {
            if let Some(boundaries) = moved {
                let known = beside.municipalities.map(|of| (&*of.table.codes, &*of.table.file));
                let municipality = (column, &self.municipality);
                let moving = Moving { csv, code: code?, municipality, known };
                return boundaries.place(door, moving, &mut beside.changes.borrow_mut());
            }
            let table = &beside.municipalities?.table;
            let known: Vec<&str> = table.codes.iter().map(String::as_str).collect();
            matched(
                door,
                csv,
                column,
                &known,
                "municipality",
                &table.file,
                Guess::Code(&table.names, &self.municipality.1),
            )
        });
        let tier_of = tier.and_then(|column| {
            if beside.tiers.is_empty() {
                return None;
            }
            let known: Vec<&str> = beside.tiers.iter().map(String::as_str).collect();
            matched(door, csv, column, &known, "tier", "the network's tiers", Guess::Word)
        });
        let dates = opens.and_then(|column| column.dates(door));
        let mut numbers = |column: Option<Option<Column<'_>>>, low: f64, high: f64| match column? {
            None => Some(None),
            Some(column) => column.numbers_within(low, high, door).map(Some),
        };
        let people_of = numbers(people, 0.0, f64::MAX);
        let north = numbers(latitude, -90.0, 90.0);
        let east = numbers(longitude, -180.0, 180.0);
        let Some(layout) = layout else {
            tell_cells(door, csv, self.visible.columns.as_deref());
            return None;
        };
        let columns = [code, name?, municipality, opens, latitude?, longitude?, centre?, stream?];
        let others: Vec<&str> = columns.iter().flatten().map(Column::name).collect();
        let table = layout.table(door, csv, name?, &self.visible, &others);
        let mut table = table?;
        let centre = match centre? {
            Some(column) => {
                self.centre.as_ref().and_then(|(_, place)| centres(door, column, &layout, place))
            }
            None => Some(Vec::new()),
        };
        let drawn = stream?.map_or(Some(Vec::new()), |column| streams(door, &layout, column));
        let open = Openings { known_on: beside.known_on, first: beside.years.first };
        // Where rows are wrong, formulas still find the columns; what is wrong has been told.
        let found =
            (|| Some((of?, tier_of?, dates?, north?.zip(east?), people_of?, centre?, drawn?)))();
        let Some((of, tier_of, dates, degrees, people, centre, drawn)) = found else {
            return Some(Points { table, ..Points::default() });
        };
        table.streams = drawn;
        let rows = layout.last();
        let position = |row: &usize, north: &[f64], east: &[f64]| Position {
            latitude: north[*row],
            longitude: east[*row],
        };
        Some(Points {
            table,
            municipality: rows.iter().map(|row| of[*row]).collect(),
            tier: rows.iter().map(|row| tier_of[*row]).collect(),
            opened: rows.iter().map(|row| open.opened(dates[*row])).collect(),
            planned: rows.iter().map(|row| open.planned(dates[*row])).collect(),
            position: degrees
                .map(|(north, east)| rows.iter().map(|row| position(row, &north, &east)).collect()),
            people: people.map(|people| rows.iter().map(|row| people[*row]).collect()),
            centre,
            nearest: Nearest::default(),
        })
    }
}

/// The point that takes over for each, as an index in order of code; nothing where the cell is empty.
fn centres(
    door: &mut Decoder,
    column: Column<'_>,
    layout: &Layout,
    asked: &Place,
) -> Option<Vec<Option<u32>>> {
    let known: Vec<&str> = layout.codes.iter().map(String::as_str).collect();
    let mut unknown: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (row, cell) in column.texts().enumerate() {
        if !cell.is_empty() && known.binary_search(&cell).is_err() {
            unknown.entry(cell).or_default().push(row);
        }
    }
    let of = column.file();
    tell_unmatched(door, column, "point", &unknown, (&known, &of), asked).then_some(())?;
    let of_row = |row: &usize| known.binary_search(&column.cell(*row)).ok().map(|at| at as u32);
    Some(layout.last().iter().map(of_row).collect())
}

/// Which points are open already: those whose date is not after what is known.
struct Openings {
    known_on: Option<Date>,
    first: i32,
}

impl Openings {
    fn is_known(&self, date: Date) -> bool {
        let day = |date: Date, day: u8| (date.month_index(), date.day.unwrap_or(day));
        match self.known_on {
            // A month without a day is known as a whole.
            Some(known) => day(date, 1) <= day(known, 31),
            None => date.year < self.first,
        }
    }

    fn opened(&self, date: Option<Date>) -> Option<Month> {
        date.filter(|date| self.is_known(*date)).map(|date| Month(date.month_index()))
    }

    fn planned(&self, date: Option<Date>) -> Option<Month> {
        date.filter(|date| !self.is_known(*date)).map(|date| Month(date.month_index()))
    }
}
