//! The course of the world through the years: one network, and the policies that are settled on it.

use super::common::Common;
use super::costs;
use super::draws::Draws;
use super::fault::Faults;
use super::load::LoadState;
use super::network::{NEVER, NetworkState, Readiness, year_start};
use super::prepared::Prepared;
use super::quantities::Quantities;
use super::settlement::{Divider, ProgrammeState, Setting};
use crate::expression::Scratch;
use crate::model::{Purpose, Quantity};
use crate::numeric::{LANES, Lanes};

/// What every step of a block reads or reuses.
#[derive(Debug)]
pub struct Tools<'a> {
    /// The scenario, ready to run.
    pub prepared: &'a Prepared<'a>,
    /// Inputs of the block.
    pub draws: Draws,
    /// Formulas of the world, this year.
    pub common: Common<'a>,
    /// When points are ready.
    pub readiness: Readiness,
    /// Buffers of the formulas.
    pub scratch: Scratch,
    /// Buffers of the division.
    pub divider: Divider,
    /// What formulas did wrong.
    pub faults: Faults,
    /// Buffers of the load.
    pub load: LoadState,
}

/// A network with its quantities, year by year.
#[derive(Clone, Debug)]
pub struct World {
    /// Which points are open.
    pub network: NetworkState,
    /// Quantities by simulated year.
    pub years: Vec<Quantities>,
    /// Share of this year for which each point is open.
    open_share: Vec<Lanes>,
    /// Points whose investment falls due this year.
    due: Vec<Lanes>,
    /// The year as it would be if every point that is ready were open all year.
    prospect: Quantities,
    /// Own share of the year's cost that a municipality must expect.
    own_share: Vec<Lanes>,
}

impl World {
    /// Room for a scenario.
    pub fn new(prepared: &Prepared<'_>) -> Self {
        let zero = [0.0; LANES];
        let points = prepared.municipality_of_point.len();
        let quantities = Quantities::new(&prepared.slots);
        Self {
            network: NetworkState::new(prepared),
            years: vec![quantities.clone(); prepared.years.len() - prepared.past],
            open_share: vec![zero; points],
            due: vec![zero; points],
            prospect: quantities,
            own_share: vec![zero; prepared.points_of.len()],
        }
    }

    /// The own share of each municipality, as last read.
    pub fn own_share(&self) -> &[Lanes] {
        &self.own_share
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
        let prepared = tools.prepared;
        let everybody = vec![[1.0; LANES]; prepared.points_of.len()];
        self.network.due(prepared, &tools.readiness, year, &everybody, &mut self.due);
        self.network.open_share(prepared, year, &mut self.open_share);
        let now = &mut self.years[year - prepared.past];
        self.network.count(prepared, year, &self.open_share, now);
        costs::investment(prepared, &tools.common, year, &self.due, &self.network, now);
        operate(tools, &self.open_share, now);
    }

    /// A year before the first: the points open then, and no settlement.
    pub fn pass_before(&mut self, tools: &mut Tools<'_>, year: usize, past: &mut Quantities) {
        let prepared = tools.prepared;
        self.due.fill([0.0; LANES]);
        self.network.open_share(prepared, year, &mut self.open_share);
        self.network.count(prepared, year, &self.open_share, past);
        costs::investment(prepared, &tools.common, year, &self.due, &self.network, past);
        operate(tools, &self.open_share, past);
    }
}

/// One path: a policy at certain pots.
#[derive(Clone, Debug)]
pub struct Path {
    /// Index into the prepared paths.
    pub plan: usize,
    /// The programmes, in the order of the scenario.
    pub programmes: Vec<ProgrammeState>,
}

impl Path {
    /// Room for a path.
    pub fn new(prepared: &Prepared<'_>, plan: usize) -> Self {
        let policy = prepared.paths[plan].policy;
        let programmes = 0..prepared.scenario.programmes.len();
        let state = |programme| ProgrammeState::new(prepared, policy, programme);
        Self { plan, programmes: programmes.map(state).collect() }
    }

    /// A new block begins.
    pub fn begin(&mut self, prepared: &Prepared<'_>) {
        for programme in &mut self.programmes {
            programme.begin(prepared);
        }
    }

    /// A year on a network that does not depend on the policy: pots are opened and divided.
    pub fn settle(
        &mut self,
        tools: &mut Tools<'_>,
        past: &[Quantities],
        world: &World,
        year: usize,
    ) {
        let history = history(tools.prepared, past, &world.years, year);
        self.open_pots(tools, year);
        for purpose in [Purpose::Investment, Purpose::Maintenance] {
            self.divide(tools, &history, year, purpose);
        }
    }

    /// A year in which points open only when their investment is awarded.
    pub fn advance(
        &mut self,
        tools: &mut Tools<'_>,
        past: &[Quantities],
        world: &mut World,
        year: usize,
    ) {
        let prepared = tools.prepared;
        let simulated = year - prepared.past;
        // Nothing of an earlier block may be seen before this year has come to it.
        world.years[simulated].reset();
        self.open_pots(tools, year);
        self.expect(tools, past, world, year);
        let joined = joined(world);

        // What was funded earlier is open; members apply for what is ready.
        world.network.due(prepared, &tools.readiness, year, &joined, &mut world.due);
        world.network.open_share(prepared, year, &mut world.open_share);
        let now = &mut world.years[simulated];
        world.network.count(prepared, year, &world.open_share, now);
        costs::investment(prepared, &tools.common, year, &world.due, &world.network, now);
        self.divide(tools, &history(prepared, past, &world.years, year), year, Purpose::Investment);
        self.fund(tools, world, year);

        // With what was funded this year the network is complete, and the year runs.
        world.network.open_share(prepared, year, &mut world.open_share);
        let now = &mut world.years[simulated];
        world.network.count(prepared, year, &world.open_share, now);
        operate(tools, &world.open_share, now);
        self.divide(
            tools,
            &history(prepared, past, &world.years, year),
            year,
            Purpose::Maintenance,
        );
    }

    /// At the end of a year: who has carried too much of its cost for too long leaves.
    pub fn leave(&self, prepared: &Prepared<'_>, world: &mut World, year: usize) {
        let World { network, years, own_share, .. } = world;
        let now = &years[year - prepared.past];
        for (municipality, share) in own_share.iter_mut().enumerate() {
            let cost = now.of(Quantity::TotalCost, municipality);
            for (lane, share) in share.iter_mut().enumerate() {
                let paid: i64 =
                    self.programmes.iter().map(|state| state.award[municipality][lane]).sum();
                // A cent per programme: awards are rounded, what a municipality accepts is not.
                let rounded = self.programmes.len() as f64 / 100.0;
                *share = own(cost[lane], paid as f64 / 100.0 + rounded);
            }
        }
        if let Some(open) = now.grid(Quantity::OpenPoints, None) {
            network.leave(prepared, own_share, open);
        }
    }

    fn open_pots(&mut self, tools: &mut Tools<'_>, year: usize) {
        let plan = &tools.prepared.paths[self.plan];
        for (programme, state) in self.programmes.iter_mut().enumerate() {
            let setting = Setting {
                prepared: tools.prepared,
                draws: &tools.draws,
                year,
                history: &[],
                policy: plan.policy,
                programme,
            };
            state.open_pot(&setting, &plan.pots[programme], &mut tools.scratch, &mut tools.faults);
        }
    }

    fn divide(
        &mut self,
        tools: &mut Tools<'_>,
        history: &[&Quantities],
        year: usize,
        purpose: Purpose,
    ) {
        let Tools { prepared, draws, scratch, divider, faults, .. } = tools;
        let plan = &prepared.paths[self.plan];
        for (programme, state) in self.programmes.iter_mut().enumerate() {
            if prepared.scenario.programmes[programme].purpose != purpose {
                continue;
            }
            let setting =
                Setting { prepared, draws, year, history, policy: plan.policy, programme };
            state.entitle(&setting, scratch, faults);
            state.divide(&setting, &plan.pots[programme], divider, scratch, faults);
        }
    }

    /// Before the first year: the share of claims that today's pots would pay for today's network, and
    /// the own share that its municipalities carry.
    pub fn read_off_today(
        &mut self,
        tools: &mut Tools<'_>,
        past: &[Quantities],
        world: &mut World,
        year: usize,
    ) {
        let prepared = tools.prepared;
        self.open_pots(tools, year);
        world.due.fill([0.0; LANES]);
        world.network.open_share(prepared, year, &mut world.open_share);
        self.look_ahead(tools, past, world, year);
        for state in &mut self.programmes {
            for lane in 0..LANES {
                let due: f64 = (0..prepared.points_of.len()).map(|row| state.due(row)[lane]).sum();
                let pot = state.available[lane] as f64 / 100.0;
                if due > 0.0 && !state.open_ended {
                    state.paid_share[lane] = (pot / due).min(1.0);
                }
            }
        }
        self.read_own_share(prepared, world);
    }

    /// The own share that each municipality must expect this year: this year's rates on the network
    /// as it would be if every ready point were open all year, paid as last year's claims were.
    fn expect(
        &mut self,
        tools: &mut Tools<'_>,
        past: &[Quantities],
        world: &mut World,
        year: usize,
    ) {
        let prepared = tools.prepared;
        let everybody = vec![[1.0; LANES]; prepared.points_of.len()];
        world.network.due(prepared, &tools.readiness, year, &everybody, &mut world.due);
        let end = year_start(prepared, year) + 12;
        for (point, share) in world.open_share.iter_mut().enumerate() {
            let left = &world.network.left[prepared.municipality_of_point[point] as usize];
            let from = &world.network.open_from[point];
            let due = &world.due[point];
            for lane in 0..LANES {
                let funded = if from[lane] <= end { 1.0 - left[lane] } else { 0.0 };
                share[lane] = funded.max(due[lane]);
            }
        }
        self.look_ahead(tools, past, world, year);
        self.read_own_share(prepared, world);
    }

    /// The year as it would be with the present open shares and dues, and what each programme's
    /// formula says of it.
    fn look_ahead(
        &mut self,
        tools: &mut Tools<'_>,
        past: &[Quantities],
        world: &mut World,
        year: usize,
    ) {
        let prepared = tools.prepared;
        let World { network, years, open_share, due, prospect, .. } = world;
        network.count(prepared, year, open_share, prospect);
        costs::investment(prepared, &tools.common, year, due, network, prospect);
        operate(tools, open_share, prospect);
        let mut history = history(prepared, past, years, year);
        history.pop();
        history.push(prospect);
        let plan = &prepared.paths[self.plan];
        for (programme, state) in self.programmes.iter_mut().enumerate() {
            let setting = Setting {
                prepared,
                draws: &tools.draws,
                year,
                history: &history,
                policy: plan.policy,
                programme,
            };
            state.entitle(&setting, &mut tools.scratch, &mut tools.faults);
            state.guarantee(&setting, &mut tools.scratch, &mut tools.faults);
        }
    }

    fn read_own_share(&self, prepared: &Prepared<'_>, world: &mut World) {
        for municipality in 0..prepared.points_of.len() {
            let cost = world.prospect.of(Quantity::TotalCost, municipality);
            let mut paid = [0.0; LANES];
            for state in &self.programmes {
                let due = state.due(municipality);
                for lane in 0..LANES {
                    let share =
                        if state.open_ended { 1.0 } else { state.paid_share[lane].min(1.0) };
                    paid[lane] += share * due[lane];
                }
            }
            world.own_share[municipality] = std::array::from_fn(|lane| own(cost[lane], paid[lane]));
        }
    }

    /// Opens the points whose investment was awarded: all that a municipality asked for if it was
    /// awarded anything, or as many as a competition funded, in order of code.
    fn fund(&self, tools: &Tools<'_>, world: &mut World, year: usize) {
        let prepared = tools.prepared;
        let plan = &prepared.paths[self.plan];
        for (programme, state) in self.programmes.iter().enumerate() {
            let scenario = prepared.scenario;
            if scenario.programmes[programme].purpose != Purpose::Investment {
                continue;
            }
            let Some(rule) = &scenario.policies[plan.policy].rules[programme] else { continue };
            let competes = matches!(rule.ration, crate::model::Ration::Competition(_));
            for (municipality, points) in prepared.points_of.iter().enumerate() {
                let award = &state.award[municipality];
                let mut left: Lanes =
                    std::array::from_fn(|lane| match (award[lane] > 0, competes) {
                        (false, _) => 0.0,
                        (true, true) => state.funded[municipality][lane],
                        (true, false) => f64::MAX,
                    });
                for &point in points {
                    let point = point as usize;
                    let mut funded = [0.0; LANES];
                    for lane in 0..LANES {
                        if world.due[point][lane] > 0.0 && left[lane] >= 1.0 {
                            funded[lane] = 1.0;
                            left[lane] -= 1.0;
                        }
                    }
                    if funded.iter().any(|&funded| funded > 0.0) {
                        let Tools { readiness, common, .. } = tools;
                        world.network.fund(prepared, readiness, common, point, year, &funded);
                    }
                }
            }
        }
        incur(tools, world, year);
    }
}

/// What was applied for in vain is not built: the year's investment is that of the funded points, the
/// others wait.
fn incur(tools: &Tools<'_>, world: &mut World, year: usize) {
    let prepared = tools.prepared;
    let points = &prepared.scenario.points;
    let World { network, years, due, .. } = world;
    let now = &mut years[year - prepared.past];
    let mut waiting = Vec::new();
    for (point, due) in due.iter_mut().enumerate() {
        let from = &network.open_from[point];
        let waits: Lanes =
            std::array::from_fn(|lane| if from[lane] == NEVER { due[lane] } else { 0.0 });
        if waits.iter().any(|&waits| waits > 0.0) {
            for (due, waits) in due.iter_mut().zip(&waits) {
                *due -= waits;
            }
            waiting.push((point, waits));
        }
    }
    if waiting.is_empty() {
        return;
    }
    costs::investment(prepared, &tools.common, year, due, network, now);
    for (point, waits) in &waiting {
        let (municipality, tier) =
            (points.municipality[*point] as usize, points.tier[*point] as usize);
        now.add(Quantity::WaitingPoints, municipality, tier, waits);
    }
}

/// The share of a cost that is not paid; of no cost, none.
fn own(cost: f64, paid: f64) -> f64 {
    if cost > 0.0 { 1.0 - paid / cost } else { 0.0 }
}

/// Load arises, staff follows, costs fall due.
fn operate(tools: &mut Tools<'_>, open_share: &[Lanes], quantities: &mut Quantities) {
    let Tools { prepared, common, load, .. } = tools;
    load.arise(prepared, common, open_share, quantities);
    costs::maintenance(prepared, common, open_share, load, quantities);
}

/// 1 where a municipality joins: the own share that it must expect is acceptable.
fn joined(world: &World) -> Vec<Lanes> {
    let shares = world.own_share.iter().zip(&world.network.acceptable);
    shares
        .map(|(own, acceptable)| {
            std::array::from_fn(|lane| if own[lane] <= acceptable[lane] { 1.0 } else { 0.0 })
        })
        .collect()
}

/// Quantities up to a year, past years first.
pub fn history<'a>(
    prepared: &Prepared<'_>,
    past: &'a [Quantities],
    years: &'a [Quantities],
    year: usize,
) -> Vec<&'a Quantities> {
    past.iter().chain(&years[..=year - prepared.past]).collect()
}
