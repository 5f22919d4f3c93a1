//! One network with what the years bring to it.

use super::chronicle::Chronicle;
use super::course::Tools;
use super::due::Due;
use super::investment::invest;
use super::network::NetworkState;
use super::opening::Opening;
use super::places::Sums;
use super::prepared::Prepared;
use super::quantities::{Quantities, QuantitySet};
use super::service::{SERVICE_QUANTITIES, serve};
use crate::numeric::{LANES, Lanes};

/// A network with its quantities, year by year.
#[derive(Clone, Debug)]
pub struct World {
    /// Which points are open.
    pub network: NetworkState,
    /// The quantities of the year.
    pub now: Quantities,
    /// What formulas look back at of the years before.
    pub before: Chronicle,
    /// How open each point is this year.
    opening: Opening,
    /// Points whose investment falls due this year.
    pub due: Due,
    /// This year's sums by place.
    pub sums: Sums,
    /// The year as it would be if every point that is ready were open all year; nothing where nobody asks.
    pub prospect: Quantities,
    /// Own share of the year's cost that a municipality must expect.
    pub own_share: Vec<Lanes>,
}

impl World {
    /// Room for a scenario.
    pub fn new(prepared: &Prepared<'_>) -> Self {
        let points = prepared.municipality_of_point.len();
        Self {
            network: NetworkState::new(prepared),
            now: Quantities::new(&prepared.slots),
            before: Chronicle::new(prepared),
            opening: Opening::new(points),
            due: Due::new(points),
            sums: Sums::new(&prepared.places),
            prospect: if prepared.network_is_shared() {
                Quantities::default()
            } else {
                Quantities::new(&prepared.slots)
            },
            own_share: vec![[0.0; LANES]; prepared.points_of.len()],
        }
    }

    /// Who runs points today accepts at least the own share that it carries today.
    pub fn accept_today(&mut self, prepared: &Prepared<'_>, today: &[Lanes]) {
        for (municipality, acceptable) in self.network.acceptable.iter_mut().enumerate() {
            let runs_points = prepared.points_of[municipality]
                .iter()
                .any(|&point| prepared.scenario.points.opened[point as usize].is_some());
            if runs_points {
                for (share, today) in acceptable.iter_mut().zip(&today[municipality]) {
                    *share = share.max(*today);
                }
            }
        }
    }

    /// A year under `WhenReady`: everything follows from the draws alone.
    pub fn pass(&mut self, tools: &mut Tools<'_>, year: usize) {
        let Self { network, opening, due, sums, now, .. } = self;
        due.when_ready(tools.prepared, network, year);
        network.open(tools.prepared, year, opening);
        live(tools, year, network, opening, due, QuantitySet::all(), sums);
        now.gather(&tools.prepared.places, sums, QuantitySet::all());
        now.report(&tools.prepared.reported);
    }

    /// A year before the first: the points open then, and no settlement.
    pub fn pass_before(&mut self, tools: &mut Tools<'_>, year: usize, past: &mut Chronicle) {
        let Self { network, opening, due, sums, now, .. } = self;
        due.clear();
        network.open(tools.prepared, year, opening);
        live(tools, year, network, opening, due, QuantitySet::all(), sums);
        now.gather(&tools.prepared.places, sums, QuantitySet::all());
        now.report(&tools.prepared.reported);
        past.note(year, now);
    }

    /// Looks ahead before the first year, at today's network and nothing new.
    pub fn look_at_today(&mut self, tools: &mut Tools<'_>, year: usize) {
        self.due.clear();
        self.network.open(tools.prepared, year, &mut self.opening);
        self.look_ahead(tools, year);
    }

    /// Looks ahead in a year: at all that is ready, open all year.
    pub fn look_at_outlook(&mut self, tools: &mut Tools<'_>, year: usize) {
        let Self { network, opening, due, .. } = self;
        due.when_funded(tools.prepared, &tools.readiness, network, year, None);
        network.outlook(tools.prepared, &tools.readiness, year, opening);
        self.look_ahead(tools, year);
    }

    fn look_ahead(&mut self, tools: &mut Tools<'_>, year: usize) {
        let Self { network, opening, due, sums, prospect, .. } = self;
        let wanted = tools.prepared.outlook;
        live(tools, year, network, opening, due, wanted, sums);
        prospect.gather(&tools.prepared.places, sums, wanted);
    }

    /// The first part of a year under `WhenFunded`: what was funded earlier is open, and members
    /// apply for what is ready.
    pub fn apply(&mut self, tools: &mut Tools<'_>, year: usize, joined: &[Lanes]) {
        let Self { network, opening, due, sums, now, .. } = self;
        let prepared = tools.prepared;
        due.when_funded(prepared, &tools.readiness, network, year, Some(joined));
        network.open(prepared, year, opening);
        network.count(prepared, year, opening, prepared.outlook, sums);
        invest(tools, year, due, network, sums);
        // The year itself has not come yet.
        sums.clear(SERVICE_QUANTITIES.except(super::investment::INVESTMENT_QUANTITIES));
        sums.clear(super::load::ACCESS_QUANTITIES);
        now.gather(&prepared.places, sums, prepared.outlook);
    }

    /// The rest of it: with what was funded the network is complete, and the year runs.
    pub fn run(&mut self, tools: &mut Tools<'_>, year: usize) {
        let Self { network, opening, sums, now, .. } = self;
        network.open(tools.prepared, year, opening);
        network.count(tools.prepared, year, opening, QuantitySet::all(), sums);
        operate(tools, opening, QuantitySet::all(), sums);
        now.gather(&tools.prepared.places, sums, QuantitySet::all());
        now.report(&tools.prepared.reported);
    }
}

/// A whole year of a network that is known: it is counted, invested in and operated.
fn live(
    tools: &mut Tools<'_>,
    year: usize,
    network: &NetworkState,
    opening: &Opening,
    due: &Due,
    wanted: QuantitySet,
    sums: &mut Sums,
) {
    network.count(tools.prepared, year, opening, wanted, sums);
    invest(tools, year, due, network, sums);
    operate(tools, opening, wanted, sums);
}

/// Load arises, staff follows, costs fall due.
fn operate(tools: &mut Tools<'_>, opening: &Opening, wanted: QuantitySet, sums: &mut Sums) {
    let Tools { prepared, common, load, prices, .. } = tools;
    load.arise(prepared, common, opening, wanted, sums);
    serve(prepared, common, opening, load, prices, sums);
}
