//! All sections of one scenario, in the order in which they need each other.

use super::correlations::correlations;
use super::inputs::{self, Known, Rows};
use super::money::{Money, money};
use super::needs::refuse_a_part;
use super::policies::{Programmes, policies};
use super::programmes::programmes;
use super::tables::Told;
use super::vocabulary::Vocabulary;
use super::{costs, load, network, precision, results, settings, staffing};
use crate::model::{
    CostItem, Dependence, Load, Month, Network, Policy, Programme, Purpose, Run, Scenario,
    Staffing, Table, Years,
};
use crate::problem::{Place, codes};
use crate::scenario::decode::{Decoder, Fields, filled, map_keys, nearest, placed};
use crate::scenario::load::{Folder, Library};
use crate::scenario::tree::{Kind, Node};

/// The year of a scenario in which nothing is yearly.
const SOME_YEAR: i32 = 2000;

/// Every field of a scenario.
pub const NAMES: &[&str] = &[
    "format",
    "title",
    "years",
    "information_date",
    "baseline",
    "verdict",
    "run",
    "money",
    "municipalities",
    "points",
    "boundaries",
    "expect",
    "observed",
    "inputs",
    "correlations",
    "levers",
    "network",
    "load",
    "staffing",
    "costs",
    "programmes",
    "policies",
    "outcomes",
    "waivers",
];

/// The sections that are written.
#[derive(Clone, Copy, Debug)]
pub struct Sections<'n> {
    /// Currency and growth.
    pub money: Option<&'n Node>,
    /// The table of municipalities.
    pub municipalities: Option<&'n Node>,
    /// The table of points.
    pub points: Option<&'n Node>,
    /// Changes of boundaries.
    pub boundaries: Option<&'n Node>,
    /// Control totals.
    pub expect: Option<&'n Node>,
    /// Facts to compare with.
    pub observed: Option<&'n Node>,
    /// Uncertain quantities.
    pub inputs: Option<&'n Node>,
    /// Which inputs move together.
    pub correlations: Option<&'n Node>,
    /// Numbers that the grantor can turn.
    pub levers: Option<&'n Node>,
    /// How the network opens.
    pub network: Option<&'n Node>,
    /// How load arises.
    pub load: Option<&'n Node>,
    /// How staff follows.
    pub staffing: Option<&'n Node>,
    /// What is paid for.
    pub costs: Option<&'n Node>,
    /// The pots.
    pub programmes: Option<&'n Node>,
    /// What the grantor may choose.
    pub policies: Option<&'n Node>,
    /// Declared outcomes.
    pub outcomes: Option<&'n Node>,
}

/// Reads a whole scenario. Nothing if something is wrong, and something also then in places: the
/// caller asks the door.
pub fn scenario<F: Folder>(
    door: &mut Decoder,
    root: &Node,
    library: &mut Library<F>,
    name: &str,
) -> Option<Scenario> {
    refuse_a_part(door, root)?;
    let mut fields = door.fields(root, "the scenario")?;
    let format = fields.required("format", settings::format);
    let title = fields.required("title", filled);
    let mut years = fields.optional("years", settings::years);
    let mut known_on = fields.optional("information_date", settings::date);
    let baseline = fields.optional("baseline", placed(filled));
    let threshold = fields.optional("verdict", results::verdict);
    let mut run = fields.or("run", results::run, results::USUAL_RUN);
    let sections = Sections::given(&mut fields);
    // Read before all others, because it is about what they tell.
    let _ = fields.give("waivers");
    let written = root.field("years").or_else(|| fields.mistyped("years", NAMES));
    if let Some(node) = fields.mistyped("years", NAMES) {
        years = settings::years(fields.door, node).map(Some);
    }
    if let Some(node) = fields.mistyped("information_date", NAMES) {
        known_on = settings::date(fields.door, node).map(Some);
    }
    read_mistyped(&mut fields);
    fields.finish();
    sections.tell_missing(door, matches!(years, Some(None)));
    let information_date = known_on.flatten();
    let some_year = information_date.map_or(SOME_YEAR, |date| date.year);
    let span = match years {
        Some(Some(years)) => years,
        Some(None) => Years { first: some_year, last: some_year },
        None => guessed(door, written, some_year),
    };

    let mut words = sections.vocabulary(door, library, span, information_date);
    let written = sections.inputs.map_or_else(Vec::new, |node| {
        let rows = Rows {
            years: !matches!(years, Some(None)),
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
    if matches!(years, Some(None)) {
        words.years = None;
    }
    let mut known: Vec<Known> = written.iter().map(inputs::Written::known).collect();
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
    sections.watch(door, root, run.as_mut());
    find_named(door, root, &words.municipalities.table, run.as_mut());
    words.tell_wrong_names(door);
    let Vocabulary { municipalities, points, levers, in_place, .. } = words;
    let in_place = in_place.into_inner();
    known.extend(in_place.iter().map(Known::of));
    let inputs = declared.map(|declared| [declared, in_place].concat());
    let dependence = match sections.correlations {
        Some(node) => correlations(door, node, &known, inputs.as_deref()),
        None => Some(Dependence::default()),
    };
    let inputs = inputs?;
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
        dependence: dependence?,
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
        waivers: Vec::new(),
        noted: Vec::new(),
    })
}

/// What is read of the world.
struct World {
    money: Money,
    network: Option<Network>,
    load: Option<Load>,
    staffing: Option<Staffing>,
    costs: Vec<CostItem>,
}

/// Reads small sections whose names are mistyped for what else is wrong in them.
fn read_mistyped(fields: &mut Fields<'_, '_>) {
    if let Some(node) = fields.mistyped("verdict", NAMES) {
        let _ = results::verdict(fields.door, node);
    }
    if let Some(node) = fields.mistyped("run", NAMES) {
        let _ = results::run(fields.door, node);
    }
}

/// Finds the municipalities of which a run keeps quantiles, where it names them.
fn find_named(door: &mut Decoder, root: &Node, table: &Table, run: Option<&mut Run>) {
    let named = root.field("run").and_then(|run| run.field("quantiles_of"));
    let named = named
        .filter(|node| node.kind != Kind::Nothing)
        .map(|node| results::quantiles_of(door, node, table).unwrap_or_default());
    if let Some(run) = run {
        run.quantiles_of = named;
    }
}

/// The years that were probably meant.
fn guessed(door: &mut Decoder, written: Option<&Node>, some_year: i32) -> Years {
    let (guessed, is_sure) = settings::guessed_years(written, some_year);
    if !is_sure {
        door.silence(&[codes::MISSING_YEAR, codes::OUTSIDE_YEARS, codes::NO_EFFECT]);
    }
    guessed
}

impl<'n> Sections<'n> {
    /// Finds the figures of the run's precision, if it has one: programmes and outcomes give names.
    fn watch(&self, door: &mut Decoder, root: &Node, run: Option<&mut Run>) {
        let Some(precision) = run.and_then(|run| run.precision.as_mut()) else { return };
        let Some(written) = root.field("run").and_then(|run| run.field("precision")) else {
            return;
        };
        let named = self.outcomes.map_or_else(Vec::new, map_keys);
        let names: Vec<String> = named.into_iter().map(|(name, _)| name).collect();
        let has_programmes = self.programmes.is_some_and(|node| !map_keys(node).is_empty());
        let found = precision::figures(door, written, has_programmes, &names);
        precision.figures = found.unwrap_or_default();
    }

    /// What is given. A section whose name is mistyped is read as the one that is meant.
    fn given(fields: &mut Fields<'_, 'n>) -> Self {
        let mut section = |name| fields.give(name).or_else(|| fields.mistyped(name, NAMES));
        Self {
            money: section("money"),
            municipalities: section("municipalities"),
            points: section("points"),
            boundaries: section("boundaries"),
            expect: section("expect"),
            observed: section("observed"),
            inputs: section("inputs"),
            correlations: section("correlations"),
            levers: section("levers"),
            network: section("network"),
            load: section("load"),
            staffing: section("staffing"),
            costs: section("costs"),
            programmes: section("programmes"),
            policies: section("policies"),
            outcomes: section("outcomes"),
        }
    }
}

impl Sections<'_> {
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
    ) -> Option<(Vec<Programme>, Vec<Policy>)> {
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
    let Kind::Map(entries) = &node.kind else { return Vec::new() };
    let purpose = |node: &Node| {
        let written = node.field("purpose").and_then(Node::name);
        let names = costs::PURPOSES.map(|(name, _)| name);
        let meant = written.and_then(|written| nearest(&written.value, &names));
        let found = costs::PURPOSES.iter().find(|(name, _)| meant == Some(*name));
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
