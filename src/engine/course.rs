//! The course of a policy through the years: pots are opened and divided, municipalities join, points
//! are funded, and who carries too much leaves.

use super::chronicle::Chronicle;
use super::common::Common;
use super::draws::Draws;
use super::fault::Faults;
use super::investment::invest;
use super::load::LoadState;
use super::network::{Months, Readiness, built};
use super::paths::PathPlan;
use super::prepared::Prepared;
use super::prices::Prices;
use super::quantities::Quantities;
use super::settlement::{Divider, Money, ProgrammeState, Setting};
use super::world::World;
use crate::expression::{Extent, Scratch};
use crate::model::{Purpose, Quantity, Ration};
use crate::numeric::simd::vectorised;
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
    /// What things cost, this year.
    pub prices: Prices,
    /// When points are ready.
    pub readiness: Readiness,
    /// Buffers of the formulas.
    pub scratch: Scratch,
    /// Buffers of the division.
    pub divider: Divider,
    /// Whether whoever keeps the block asks what guarantees give and take.
    pub weighs_guarantees: bool,
    /// What formulas did wrong.
    pub faults: Faults,
    /// Buffers of the load.
    pub load: LoadState,
}

/// One path: a policy at certain pots.
#[derive(Clone, Debug)]
pub struct Path {
    /// Index into the prepared paths.
    pub plan: usize,
    /// The programmes, in the order of the scenario.
    pub programmes: Vec<ProgrammeState>,
    /// 1 where a municipality joins this year.
    joined: Vec<Lanes>,
}

impl Path {
    /// Room for a path.
    pub fn new(prepared: &Prepared<'_>, plan: usize) -> Self {
        let policy = prepared.paths.all[plan].policy;
        let programmes = 0..prepared.scenario.programmes.len();
        let state = |programme| ProgrammeState::new(prepared, policy, programme);
        Self {
            plan,
            programmes: programmes.map(state).collect(),
            joined: vec![[0.0; LANES]; prepared.points_of.len()],
        }
    }

    /// A new block begins.
    pub fn begin(&mut self, prepared: &Prepared<'_>) {
        for programme in &mut self.programmes {
            programme.begin(prepared);
        }
    }

    /// A year on a network that does not depend on the policy: pots are opened and divided.
    pub fn settle(&mut self, tools: &mut Tools<'_>, past: &Chronicle, world: &World, year: usize) {
        let history = history(tools.prepared, past, world, year);
        self.open_pots(tools, year);
        for purpose in [Purpose::Investment, Purpose::Maintenance] {
            self.divide(tools, &history, year, purpose);
        }
    }

    /// A year in which points open only when their investment is awarded, after [`Self::expect`].
    pub fn advance(
        &mut self,
        tools: &mut Tools<'_>,
        past: &Chronicle,
        world: &mut World,
        year: usize,
    ) {
        let prepared = tools.prepared;
        for (municipality, joined) in self.joined.iter_mut().enumerate() {
            let acceptable = &world.network.acceptable[municipality];
            accepted(&world.own_share[municipality], acceptable, joined);
        }
        world.apply(tools, year, &self.joined);
        self.divide(tools, &history(prepared, past, world, year), year, Purpose::Investment);
        self.fund(tools, world, year);
        world.run(tools, year);
        let history = history(prepared, past, world, year);
        self.divide(tools, &history, year, Purpose::Maintenance);
    }

    /// At the end of a year: who has carried too much of its cost for too long leaves.
    pub fn leave(&self, prepared: &Prepared<'_>, world: &mut World) {
        let World { network, now, own_share, .. } = world;
        // A cent per programme: awards are rounded, what a municipality accepts is not.
        let rounded = self.programmes.len() as f64 / 100.0;
        for (municipality, share) in own_share.iter_mut().enumerate() {
            let mut paid = [0; LANES];
            for state in &self.programmes {
                add_cents(&mut paid, &state.award[municipality]);
            }
            own_of_paid(now.of(Quantity::TotalCost, municipality), &paid, rounded, share);
        }
        if let Some(open) = now.grid(Quantity::OpenPoints, None) {
            network.leave(prepared, own_share, open);
        }
    }

    /// The year's pots.
    pub fn open_pots(&mut self, tools: &mut Tools<'_>, year: usize) {
        let plan = &tools.prepared.paths.all[self.plan];
        for (programme, state) in self.programmes.iter_mut().enumerate() {
            let setting = setting(tools.prepared, &tools.draws, plan, programme, year, &[]);
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
        let Tools { prepared, draws, scratch, divider, faults, weighs_guarantees, .. } = tools;
        let plan = &prepared.paths.all[self.plan];
        divider.weighs_guarantees = *weighs_guarantees && prepared.paths.is_own(self.plan);
        for (programme, state) in self.programmes.iter_mut().enumerate() {
            if prepared.scenario.programmes[programme].purpose == purpose {
                let setting = setting(prepared, draws, plan, programme, year, history);
                state.entitle(&setting, scratch, faults);
                state.divide(&setting, &plan.pots[programme], divider, scratch, faults);
            }
        }
    }

    /// Before the first year: the share of claims that today's pots would pay for today's network
    /// (`prospect`), and the own share that its municipalities carry.
    pub fn read_off_today(
        &mut self,
        tools: &mut Tools<'_>,
        before: (&Chronicle, &Chronicle),
        prospect: &Quantities,
        year: usize,
        own_share: &mut [Lanes],
    ) {
        self.open_pots(tools, year);
        self.entitle_ahead(tools, before, prospect, year);
        for state in &mut self.programmes {
            state.read_off_today();
        }
        self.read_own_share(prospect, own_share);
    }

    /// The own share that each municipality must expect this year: this year's rates on the network
    /// as it would be if every ready point were open all year (`prospect`), paid as last year's claims
    /// were.
    pub fn expect(
        &mut self,
        tools: &mut Tools<'_>,
        before: (&Chronicle, &Chronicle),
        prospect: &Quantities,
        year: usize,
        own_share: &mut [Lanes],
    ) {
        self.entitle_ahead(tools, before, prospect, year);
        self.read_own_share(prospect, own_share);
    }

    /// What each programme's formula says of a year that has not come.
    fn entitle_ahead(
        &mut self,
        tools: &mut Tools<'_>,
        (past, years): (&Chronicle, &Chronicle),
        prospect: &Quantities,
        year: usize,
    ) {
        let Tools { prepared, draws, scratch, faults, .. } = tools;
        let mut history = before(prepared, past, years, year);
        history.push(prospect);
        let plan = &prepared.paths.all[self.plan];
        for (programme, state) in self.programmes.iter_mut().enumerate() {
            let setting = setting(prepared, draws, plan, programme, year, &history);
            state.entitle(&setting, scratch, faults);
            state.guarantee(&setting, scratch, faults);
        }
    }

    fn read_own_share(&self, prospect: &Quantities, own_share: &mut [Lanes]) {
        for (municipality, share) in own_share.iter_mut().enumerate() {
            let mut paid = [0.0; LANES];
            for state in &self.programmes {
                let certain = [1.0; LANES];
                let part = if state.open_ended { &certain } else { &state.paid_share };
                add_part(&mut paid, &state.due(municipality), part);
            }
            own(prospect.of(Quantity::TotalCost, municipality), &paid, share);
        }
    }

    /// Opens the points whose investment was awarded: all that a municipality asked for if it was
    /// awarded anything, or as many as a competition funded, in order of code. What was applied for in
    /// vain is not built: the year's investment is that of the funded points, the others wait.
    fn fund(&self, tools: &mut Tools<'_>, world: &mut World, year: usize) {
        let prepared = tools.prepared;
        let scenario = prepared.scenario;
        let plan = &prepared.paths.all[self.plan];
        for (programme, state) in self.programmes.iter().enumerate() {
            if scenario.programmes[programme].purpose != Purpose::Investment {
                continue;
            }
            let Some(rule) = &scenario.policies[plan.policy].rules[programme] else { continue };
            let competes = matches!(rule.ration, Ration::Competition(_));
            for (municipality, award) in state.award.iter().enumerate() {
                if is_any_award(award) {
                    let funded = competes.then(|| &state.funded[municipality]);
                    fund_points(tools, world, year, municipality, award, funded);
                }
            }
        }
        let mut waiting = Vec::new();
        for point in 0..prepared.municipality_of_point.len() {
            if let Some(waits) = world.due.take_waiting(point, &world.network) {
                waiting.push((prepared.places.of_point[point] as usize, waits));
            }
        }
        if waiting.is_empty() {
            return;
        }
        invest(tools, year, &world.due, &world.network, &mut world.sums);
        for (place, waits) in &waiting {
            super::quantities::add(world.sums.at(Quantity::WaitingPoints, *place), waits);
        }
    }
}

/// Opens points of a municipality that are due and awarded, at most `funded` of them.
fn fund_points(
    tools: &Tools<'_>,
    world: &mut World,
    year: usize,
    municipality: usize,
    award: &Money,
    funded: Option<&Lanes>,
) {
    let prepared = tools.prepared;
    let (Some(network), Some(formulas)) = (&prepared.scenario.network, &tools.common.network)
    else {
        return;
    };
    let mut left = *funded.unwrap_or(&[f64::MAX; LANES]);
    none_without_award(award, &mut left);
    let differ = formulas.building.extent() == Extent::Point;
    let mut months: Option<Months> = None;
    for &point in &prepared.points_of[municipality] {
        let point = point as usize;
        let Some(due) = world.due.of(point) else { continue };
        let mut opens = [0.0; LANES];
        if !take(due, &mut left, &mut opens) {
            continue;
        }
        let known = months.filter(|_| !differ).unwrap_or_else(|| {
            let building = formulas.building.at(municipality, point);
            built(prepared, year, network.award_month, building)
        });
        months = Some(known);
        world.network.fund(&tools.readiness, point, &known, &opens);
    }
}

/// One moment of one programme of a path.
fn setting<'a>(
    prepared: &'a Prepared<'a>,
    draws: &'a Draws,
    plan: &PathPlan,
    programme: usize,
    year: usize,
    history: &'a [&'a Quantities],
) -> Setting<'a> {
    Setting { prepared, draws, year, history, policy: plan.policy, programme }
}

/// Quantities of the years before one that formulas look back at, the latest last.
fn before<'a>(
    prepared: &Prepared<'_>,
    past: &'a Chronicle,
    years: &'a Chronicle,
    year: usize,
) -> Vec<&'a Quantities> {
    let of = |at: usize| if at < prepared.past { past.of(at) } else { years.of(at) };
    (year.saturating_sub(prepared.lag)..year).map(of).collect()
}

/// The same, and those of the year itself behind them.
fn history<'a>(
    prepared: &Prepared<'_>,
    past: &'a Chronicle,
    world: &'a World,
    year: usize,
) -> Vec<&'a Quantities> {
    let mut history = before(prepared, past, &world.before, year);
    history.push(&world.now);
    history
}

vectorised! {
    fn none_without_award(award: &Money, left: &mut Lanes) {
        for lane in 0..LANES {
            left[lane] = if award[lane] > 0 { left[lane] } else { 0.0 };
        }
    }

    fn is_any_award(award: &Money) -> bool {
        let mut any = 0;
        for lane in 0..LANES {
            any |= u64::from(award[lane] > 0);
        }
        any != 0
    }

    /// 1 where a municipality joins: the own share that it must expect is acceptable.
    fn accepted(own: &Lanes, acceptable: &Lanes, joined: &mut Lanes) {
        for lane in 0..LANES {
            joined[lane] = if own[lane] <= acceptable[lane] { 1.0 } else { 0.0 };
        }
    }

    fn add_cents(sum: &mut Money, cents: &Money) {
        for lane in 0..LANES {
            sum[lane] += cents[lane];
        }
    }

    /// The share of a cost that is not paid; of no cost, none.
    fn own(cost: &Lanes, paid: &Lanes, share: &mut Lanes) {
        for lane in 0..LANES {
            let own = 1.0 - paid[lane] / cost[lane];
            share[lane] = if cost[lane] > 0.0 { own } else { 0.0 };
        }
    }

    /// The same from cents, with a little added for their rounding, EUR.
    fn own_of_paid(cost: &Lanes, paid: &Money, rounded: f64, share: &mut Lanes) {
        let mut euro = [0.0; LANES];
        for lane in 0..LANES {
            euro[lane] = paid[lane] as f64 / 100.0 + rounded;
        }
        for lane in 0..LANES {
            let own = 1.0 - euro[lane] / cost[lane];
            share[lane] = if cost[lane] > 0.0 { own } else { 0.0 };
        }
    }

    /// Adds the part of a sum that is paid, never more than all of it.
    fn add_part(paid: &mut Lanes, due: &Lanes, part: &Lanes) {
        for lane in 0..LANES {
            let part = if part[lane] < 1.0 { part[lane] } else { 1.0 };
            paid[lane] += part * due[lane];
        }
    }

    /// Takes the points that are due while any are left to be funded; whether that is so in any draw.
    fn take(due: &Lanes, left: &mut Lanes, opens: &mut Lanes) -> bool {
        let mut any = 0;
        for lane in 0..LANES {
            let taken = due[lane] > 0.0 && left[lane] >= 1.0;
            opens[lane] = if taken { 1.0 } else { 0.0 };
            left[lane] -= opens[lane];
            any |= u64::from(taken);
        }
        any != 0
    }
}
