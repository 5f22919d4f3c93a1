//! All sections of one scenario, in the order in which they need each other.

use std::cell::RefCell;

use super::expect::{Counted, expect};
use super::inputs::{self, Rows};
use super::money::{Money, money};
use super::points::Beside;
use super::policies::{Programmes, policies};
use super::programmes::programmes;
use super::tables::Told;
use super::vocabulary::Vocabulary;
use super::{costs, levers, load, municipalities, network, points, results, settings, staffing};
use crate::model::{Lever, Mode, Month, Municipalities, Purpose, Scenario, Years};
use crate::problem::{Place, Problem, codes};
use crate::scenario::decode::{Decoder, filled, map_keys, placed, quoted};
use crate::scenario::load::{Folder, Library};
use crate::scenario::table::Table;
use crate::scenario::tree::Node;

/// The year of a scenario in which nothing is yearly.
const SOME_YEAR: i32 = 2000;

/// The sections that are written.
struct Sections<'n> {
    money: Option<&'n Node>,
    municipalities: Option<&'n Node>,
    points: Option<&'n Node>,
    expect: Option<&'n Node>,
    observed: Option<&'n Node>,
    inputs: Option<&'n Node>,
    levers: Option<&'n Node>,
    network: Option<&'n Node>,
    load: Option<&'n Node>,
    staffing: Option<&'n Node>,
    costs: Option<&'n Node>,
    programmes: Option<&'n Node>,
    policies: Option<&'n Node>,
    outcomes: Option<&'n Node>,
}

/// Reads a whole scenario. Nothing if something is wrong, and something also then in places: the
/// caller asks the door.
pub fn scenario<F: Folder>(
    door: &mut Decoder,
    root: &Node,
    library: &mut Library<F>,
    name: &str,
) -> Option<Scenario> {
    let mut fields = door.fields(root, "a scenario")?;
    let format = fields.required("format", settings::format);
    let title = fields.required("title", filled);
    let years = fields.optional("years", settings::years);
    let known_on = fields.optional("information_date", settings::date);
    let baseline = fields.optional("baseline", placed(filled));
    let threshold = fields.optional("verdict", results::verdict);
    let run = fields.or("run", results::run, results::USUAL_RUN);
    let sections = Sections {
        money: fields.give("money"),
        municipalities: fields.give("municipalities"),
        points: fields.give("points"),
        expect: fields.give("expect"),
        observed: fields.give("observed"),
        inputs: fields.give("inputs"),
        levers: fields.give("levers"),
        network: fields.give("network"),
        load: fields.give("load"),
        staffing: fields.give("staffing"),
        costs: fields.give("costs"),
        programmes: fields.give("programmes"),
        policies: fields.give("policies"),
        outcomes: fields.give("outcomes"),
    };
    fields.finish();
    sections.tell_missing(door, root, matches!(years, Some(None)));
    let information_date = known_on.flatten();
    let some_year = information_date.map_or(SOME_YEAR, |date| date.year);
    let span = years.flatten().unwrap_or(Years { first: some_year, last: some_year });

    let mut words = sections.vocabulary(door, library, span, information_date);
    let written = sections.inputs.map_or_else(Vec::new, |node| {
        let rows = Rows {
            years: years.flatten().is_some(),
            municipalities: sections.municipalities.is_some(),
            points: sections.points.is_some(),
        };
        inputs::declare(door, node, &words.levers, rows)
    });
    for input in &written {
        let (name, place) = input.name();
        let _ = words.new_name(door, name, place, "an input");
    }
    words.inputs = written.iter().map(inputs::Written::declared).collect();
    if !matches!(years, Some(Some(_))) {
        words.years = None;
    }
    let declared = inputs::inputs(door, written, &mut words);
    let world = sections.world(door, &words, span);
    let programmes = sections.pots(door, &words, span);
    let baseline = baseline.and_then(|named| baseline_of(door, named, sections.policies));

    let observed = match sections.observed {
        Some(node) => results::observed(door, node, span),
        None => Some(Vec::new()),
    };
    let outcomes = match sections.outcomes {
        Some(node) => results::outcomes(door, node, &words),
        None => Some(Vec::new()),
    };
    let Vocabulary { municipalities, points, levers, in_place, .. } = words;
    let mut inputs = declared?;
    inputs.extend(in_place.into_inner());
    let (world, (programmes, policies)) = (world?, programmes?);
    format?;
    years?;
    Some(Scenario {
        name: name.to_owned(),
        title: title?,
        years: span,
        currency: world.money.currency,
        price_year: world.money.price_year,
        information_date: known_on?.map(|date| Month(date.month_index())),
        municipalities,
        points,
        inputs,
        levers,
        indices: world.money.indices,
        network: world.network,
        load: world.load,
        staffing: world.staffing,
        costs: world.costs,
        programmes,
        policies,
        baseline: baseline?,
        outcomes: outcomes?,
        observed: observed?,
        threshold: threshold?.unwrap_or_default(),
        run: run?,
    })
}

/// What is read of the world.
struct World {
    money: Money,
    network: Option<crate::model::Network>,
    load: Option<crate::model::Load>,
    staffing: Option<crate::model::Staffing>,
    costs: Vec<crate::model::CostItem>,
}

impl Sections<'_> {
    /// Tells sections that need another one which is not there.
    fn tell_missing(&self, door: &mut Decoder, root: &Node, no_years: bool) {
        let needs = [
            ("points", self.points, "municipalities", self.municipalities),
            ("points", self.points, "network", self.network),
            ("network", self.network, "points", self.points),
            ("load", self.load, "points", self.points),
            ("staffing", self.staffing, "points", self.points),
            ("costs", self.costs, "points", self.points),
            ("policies", self.policies, "municipalities", self.municipalities),
            ("policies", self.policies, "programmes", self.programmes),
        ];
        for (name, section, needed, there) in needs {
            if let (Some(node), None) = (section, there) {
                let message = format!("`{name}` needs `{needed}`, which the scenario has not");
                door.tell(Problem::error(codes::MISSING_PART, message).at(&node.head(), ""));
            }
        }
        let yearly = [
            ("money", self.money),
            ("municipalities", self.municipalities),
            ("points", self.points),
            ("network", self.network),
            ("programmes", self.programmes),
            ("policies", self.policies),
            ("observed", self.observed),
        ];
        if no_years && let Some((name, _)) = yearly.iter().find(|(_, node)| node.is_some()) {
            let message = format!("`{name}` needs `years`, which the scenario has not");
            let problem = Problem::error(codes::MISSING_PART, message).at(&root.head(), "");
            door.tell(problem.help("write `years: (first: 2022, last: 2027)`"));
        }
    }

    /// Reads what gives names: tables, levers, tiers. Control totals are compared on the way.
    fn vocabulary<F: Folder>(
        &self,
        door: &mut Decoder,
        library: &mut Library<F>,
        years: Years,
        known_on: Option<crate::scenario::Date>,
    ) -> Vocabulary {
        let tiers: Vec<String> = self
            .network
            .and_then(|network| network.field("tiers"))
            .map(|tiers| map_keys(tiers).into_iter().map(|(name, _)| name).collect())
            .unwrap_or_default();
        let (read, file) = match self.municipalities {
            Some(node) => municipalities::municipalities(door, node, library, years),
            None => (None, None),
        };
        let mut is_partial = self.municipalities.is_some() && read.is_none();
        let beside = Beside { municipalities: read.as_ref(), tiers: &tiers, years, known_on };
        let (of_points, points_file) = match self.points {
            Some(node) => points::points(door, node, library, beside),
            None => (None, None),
        };
        is_partial |= self.points.is_some() && of_points.is_none();
        is_partial |= self.network.is_some() && tiers.is_empty();
        let municipalities = read.unwrap_or_default();
        let points = of_points.unwrap_or_default();
        self.compare(door, [file.as_ref(), points_file.as_ref()], &municipalities, years);
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
            is_partial,
        };
        self.tell_hidden_columns(door, &words);
        for (lever, place) in &levers {
            let _ = words.new_name(door, &lever.name, place, "a lever");
        }
        words.levers = levers.into_iter().map(|(lever, _): (Lever, Place)| lever).collect();
        words
    }

    fn compare(
        &self,
        door: &mut Decoder,
        [municipalities, points]: [Option<&Table>; 2],
        read: &Municipalities,
        years: Years,
    ) {
        let Some(node) = self.expect else { return };
        let section = self.municipalities.and_then(|node| node.field("year"));
        let year_column = section.and_then(Node::as_text).map(|text| &*text.value);
        let unread =
            |section: Option<&Node>, file: Option<&Table>| section.is_some() && file.is_none();
        // What could not be read cannot be counted, and has been told.
        if unread(self.municipalities, municipalities) || unread(self.points, points) {
            return;
        }
        let count = if read.table.is_empty() {
            municipalities.map_or(0, Table::rows)
        } else {
            read.table.len()
        };
        let counted = Counted { municipalities, count, year_column, points, year: years.first };
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
                if asked.is_none() || !super::vocabulary::is_reserved(&column.name, &words.tiers) {
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

    fn world(&self, door: &mut Decoder, words: &Vocabulary, years: Years) -> Option<World> {
        let money = match self.money {
            Some(node) => money(door, node, words, years),
            None => Some(Money::usual(years)),
        };
        let network = self.network.map(|node| network::network(door, node, words).ok_or(Told));
        let load = self.load.map(|node| load::load(door, node, words).ok_or(Told));
        let staffing = self.staffing.map(|node| staffing::staffing(door, node, words).ok_or(Told));
        let rates = costs::Rates {
            vat: money.as_ref().map_or(0.0, |money| money.vat_rate),
            growth: money.as_ref().map(|money| &money.indices),
        };
        let costs =
            self.costs.map_or(Some(Vec::new()), |node| costs::costs(door, node, words, rates));
        Some(World {
            network: network.transpose().ok()?,
            load: load.transpose().ok()?,
            staffing: staffing.transpose().ok()?,
            costs: costs?,
            money: money?,
        })
    }

    #[allow(clippy::type_complexity)] // the two lists that a scenario has
    fn pots(
        &self,
        door: &mut Decoder,
        words: &Vocabulary,
        years: Years,
    ) -> Option<(Vec<crate::model::Programme>, Vec<crate::model::Policy>)> {
        let written =
            self.programmes.map_or(Some(Vec::new()), |node| programmes(door, node, words, years));
        let names = self.programmes.map_or_else(Vec::new, purposes);
        let of = Programmes { names: &names, written: written.as_deref(), years };
        let policies =
            self.policies.map_or(Some(Vec::new()), |node| policies(door, node, words, of));
        let programmes = written?.iter().map(super::programmes::Written::programme).collect();
        Some((programmes, policies?))
    }
}

/// Names and purposes of the programmes as they are written, whatever else is wrong with them.
fn purposes(node: &Node) -> Vec<(String, Purpose)> {
    let crate::scenario::Kind::Map(entries) = &node.kind else { return Vec::new() };
    let purpose = |node: &Node| {
        let written = node.field("purpose").and_then(Node::name);
        let found = costs::PURPOSES
            .iter()
            .find(|(name, _)| written.is_some_and(|written| &*written.value == *name));
        found.map_or(Purpose::Maintenance, |(_, purpose)| *purpose)
    };
    let names = map_keys(node).into_iter().map(|(name, _)| name);
    names.zip(entries.iter().map(|(_, node)| purpose(node))).collect()
}

/// The index of the baseline among the policies as written.
fn baseline_of(
    door: &mut Decoder,
    named: Option<(String, Place)>,
    policies: Option<&Node>,
) -> Option<usize> {
    let Some((name, place)) = named else { return Some(0) };
    let known = policies.map(map_keys).unwrap_or_default();
    door.declared(&name, &place, "a policy", known.iter().map(|(name, _)| name.as_str()))
}
