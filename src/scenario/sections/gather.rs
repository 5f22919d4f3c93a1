//! What gives names is read first: tables, levers, tiers.

use std::cell::RefCell;

use super::assemble::Sections;
use super::boundaries::boundaries;
use super::expect::{Counted, Side, expect};
use super::lost::Lost;
use super::points::Beside;
use super::tables::Told;
use super::vocabulary::{Vocabulary, is_reserved};
use super::{levers, municipalities, network, points};
use crate::model::{Mode, Years};
use crate::problem::{Problem, codes};
use crate::scenario::decode::{Decoder, map_keys, quoted};
use crate::scenario::load::{Folder, Library};
use crate::scenario::table::{Date, Table};
use crate::scenario::tree::{Kind, Node};

impl Sections<'_> {
    /// Reads what gives names: tables, levers, tiers. Control totals are compared on the way.
    pub fn vocabulary<F: Folder>(
        &self,
        door: &mut Decoder,
        library: &mut Library<F>,
        years: Years,
        known_on: Option<Date>,
    ) -> Vocabulary {
        let tiers: Vec<String> = self
            .network
            .and_then(|network| network.field("tiers"))
            .map(|tiers| map_keys(tiers).into_iter().map(|(name, _)| name).collect())
            .unwrap_or_default();
        let changed = self.boundaries.map(|node| boundaries(door, node, library).ok_or(Told));
        let changed = changed.as_ref().map(|changed| changed.as_ref().map_err(|told| *told));
        let (mut read, file) = match self.municipalities {
            Some(node) => municipalities::municipalities(door, node, library, years, changed),
            None => (None, None),
        };
        let changes = read.as_mut().map(|read| std::mem::take(&mut read.changes));
        let changes = RefCell::new(changes.unwrap_or_default());
        let mut lost = Lost::default();
        if let (Some(section), None) = (self.municipalities, &read) {
            lost.add_table(section, file.as_ref());
        }
        let beside = Beside {
            boundaries: changed.and_then(Result::ok),
            changes: &changes,
            municipalities: read.as_ref(),
            tiers: &tiers,
            years,
            known_on,
        };
        let (of_points, points_file) = match self.points {
            Some(node) => points::points(door, node, library, beside),
            None => (None, None),
        };
        if let (Some(section), None) = (self.points, &of_points) {
            lost.add_table(section, points_file.as_ref());
        }
        if (self.network.is_some() || self.points.is_some()) && tiers.is_empty() {
            lost.add_tiers();
        }
        for section in [self.levers, self.inputs].into_iter().flatten() {
            lost.add_section(section);
        }
        let mut municipalities = read.unwrap_or_default();
        municipalities.changes = changes.into_inner();
        let points = of_points.unwrap_or_default();
        self.compare(door, [file.as_ref(), points_file.as_ref()], years);
        let levers = self.levers.map_or_else(Vec::new, |node| levers::levers(door, node));
        let mut words = Vocabulary {
            years: Some(years),
            municipalities,
            points,
            levers: Vec::new(),
            inputs: Vec::new(),
            in_place: RefCell::default(),
            tiers,
            mode: self.network.map_or(Mode::WhenReady, network::mode),
            lost,
            unlisted: self.unlisted([file.as_ref(), points_file.as_ref()]),
            worksheet: RefCell::default(),
            wrong_names: RefCell::default(),
        };
        self.tell_hidden_columns(door, &words);
        for (lever, place) in &levers {
            let _ = words.new_name(door, &lever.name, place, "a lever");
        }
        words.levers = levers.into_iter().map(|(lever, _)| lever).collect();
        words
    }

    /// Columns of the files that are not among those listed for formulas.
    fn unlisted(&self, files: [Option<&Table>; 2]) -> Vec<(String, String, &'static str)> {
        let sections = [(self.municipalities, "municipalities"), (self.points, "points")];
        let mut unlisted = Vec::new();
        for ((section, name), file) in sections.into_iter().zip(files) {
            let (Some(section), Some(file)) = (section, file) else { continue };
            let Some(listed) = section.field("columns") else { continue };
            let listed: Vec<&str> = match &listed.kind {
                Kind::List(items) => {
                    items.iter().filter_map(Node::as_text).map(|text| &*text.value).collect()
                }
                _ => continue,
            };
            for header in file.headers().iter().filter(|header| !listed.contains(&header.as_str()))
            {
                unlisted.push((header.clone(), file.row_place(0).file.to_string(), name));
            }
        }
        unlisted
    }

    fn compare<'s>(
        &'s self,
        door: &mut Decoder,
        [municipalities, points]: [Option<&'s Table>; 2],
        years: Years,
    ) {
        let Some(node) = self.expect else { return };
        let unread =
            |section: Option<&Node>, file: Option<&Table>| section.is_some() && file.is_none();
        // What could not be read cannot be counted, and has been told.
        if unread(self.municipalities, municipalities) || unread(self.points, points) {
            return;
        }
        let side = |section: Option<&'s Node>, table: Option<&'s Table>| {
            Some(Side { section: section?, table: table? })
        };
        let municipalities = side(self.municipalities, municipalities);
        let counted =
            Counted { municipalities, points: side(self.points, points), year: years.first };
        expect(door, node, counted);
    }

    /// Columns that carry the name of a quantity cannot be named in rules.
    fn tell_hidden_columns(&self, door: &mut Decoder, words: &Vocabulary) {
        let tables = [
            (self.municipalities, &words.municipalities.table.columns),
            (self.points, &words.points.table.columns),
        ];
        for (section, columns) in tables {
            let Some(section) = section else { continue };
            let asked = section.field("columns");
            for column in columns {
                if asked.is_none() || !is_reserved(&column.name, &words.tiers) {
                    continue;
                }
                let place = asked.map_or_else(|| section.head(), Node::head);
                let message = format!(
                    "rules and outcomes cannot name the column {}: that is a quantity of the model",
                    quoted(&column.name)
                );
                let problem = Problem::warning(codes::NO_EFFECT, message).at(&place, "");
                door.tell(problem.help("give the column another name if a rule shall see it"));
            }
        }
    }
}
