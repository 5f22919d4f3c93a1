//! One block of draws from its inputs to its last year, all paths side by side.

use super::chronicle::Chronicle;
use super::common::Common;
use super::course::{Path, Tools};
use super::draws::{Block, Draws};
use super::fault::Faults;
use super::load::LoadState;
use super::network::{NetworkState, Readiness};
use super::prepared::Prepared;
use super::prices::Prices;
use super::quantities::Quantities;
use super::settlement::{Divider, ProgrammeState};
use super::world::World;
use crate::expression::Scratch;
use crate::numeric::LANES;

/// What one path has come to in one year.
#[derive(Clone, Copy, Debug)]
pub struct PathYear<'a> {
    /// Quantities of the year.
    pub quantities: &'a Quantities,
    /// The programmes, divided.
    pub programmes: &'a [ProgrammeState],
    /// Which points are open.
    pub network: &'a NetworkState,
}

impl<'a> PathYear<'a> {
    fn new(world: &'a World, programmes: &'a [ProgrammeState]) -> Self {
        Self { quantities: &world.now, programmes, network: &world.network }
    }
}

/// What all paths have come to in one year, for a block of draws.
#[derive(Clone, Copy, Debug)]
pub struct YearOfBlock<'a> {
    /// The scenario, ready to run.
    pub prepared: &'a Prepared<'a>,
    /// Inputs.
    pub draws: &'a Draws,
    /// The simulated year, from 0.
    pub year: usize,
    /// The paths, in the order of [`Prepared::paths`].
    pub paths: &'a [PathYear<'a>],
    /// How many lanes hold draws of the run.
    pub active: usize,
}

/// Whoever keeps what a run yields.
pub trait Sink {
    /// Whether [`ProgrammeState::without`] is asked for at the policies' own pots; it takes a settlement
    /// more for each guarantee.
    fn weighs_guarantees(&self) -> bool {
        false
    }
    /// A year of a block is settled on all paths.
    fn year(&mut self, year: &YearOfBlock<'_>);
    /// A block is done.
    fn block_ends(&mut self, prepared: &Prepared<'_>, active: usize);
}

/// Simulates block after block with the same buffers.
#[derive(Debug)]
pub struct Simulator<'a> {
    tools: Tools<'a>,
    worlds: Vec<World>,
    paths: Vec<Path>,
    past: Chronicle,
}

impl<'a> Simulator<'a> {
    /// Notes what one programme of one course does for some municipalities, and the scores of inputs.
    #[must_use]
    pub fn tracing(mut self, path: usize, programme: usize, municipalities: Vec<usize>) -> Self {
        let path = self.paths.get_mut(path);
        if let Some(state) = path.and_then(|path| path.programmes.get_mut(programme)) {
            state.note(municipalities);
        }
        self.tools.draws.keep_scores();
        self
    }

    /// Notes what every programme of every course does for all municipalities.
    #[must_use]
    pub fn keeping_books(mut self) -> Self {
        for state in self.paths.iter_mut().flat_map(|path| &mut path.programmes) {
            state.keep_books();
        }
        self
    }

    /// Keeps what is asked of every pot as well.
    #[must_use]
    pub fn keeping_demands(mut self) -> Self {
        self.tools.divider.keeps_demands = true;
        self
    }

    /// Allocates every buffer.
    pub fn new(prepared: &'a Prepared<'a>) -> Self {
        let worlds = if prepared.network_is_shared() { 1 } else { prepared.paths.all.len() };
        Self {
            worlds: (0..worlds).map(|_| World::new(prepared)).collect(),
            paths: (0..prepared.paths.all.len()).map(|plan| Path::new(prepared, plan)).collect(),
            past: Chronicle::new(prepared),
            tools: Tools {
                prepared,
                draws: Draws::new(prepared),
                common: Common::new(prepared),
                prices: Prices::new(prepared),
                readiness: Readiness::new(prepared),
                scratch: Scratch::default(),
                divider: Divider::default(),
                weighs_guarantees: false,
                faults: Faults::default(),
                load: LoadState::new(prepared),
            },
        }
    }

    /// Simulates a block; the first `active` lanes are draws of the run.
    pub fn run(&mut self, block: Block<'_>, active: usize, sink: &mut impl Sink) {
        let prepared = self.tools.prepared;
        let active = active.min(LANES);
        self.tools.weighs_guarantees = sink.weighs_guarantees();
        let first = match block {
            Block::From(first) => first,
            Block::Designed(row) => row.first,
            Block::Central => 0,
        };
        self.tools.faults.begin(first, active);
        let Tools { draws, scratch, faults, .. } = &mut self.tools;
        draws.fill(prepared, block, scratch, faults);
        self.tools.common.forget();
        // What holds for the whole block is read in the first simulated year.
        self.update(prepared.past);
        self.begin();
        for year in 0..prepared.years.len() {
            self.update(year);
            if year >= prepared.past {
                self.year(year, active, sink);
            } else if year + prepared.lag >= prepared.past {
                self.worlds[0].pass_before(&mut self.tools, year, &mut self.past);
            }
        }
        sink.block_ends(prepared, active);
    }

    /// The scenario, ready to run.
    pub fn prepared(&self) -> &'a Prepared<'a> {
        self.tools.prepared
    }

    /// What formulas did wrong so far.
    pub fn faults(&self) -> &Faults {
        &self.tools.faults
    }

    fn update(&mut self, year: usize) {
        let Tools { prepared, draws, common, prices, scratch, faults, .. } = &mut self.tools;
        prices.forget();
        common.update(prepared, draws, year, scratch, faults);
    }

    fn begin(&mut self) {
        let Tools { prepared, readiness, common, .. } = &mut self.tools;
        readiness.fill(prepared, common);
        for world in &mut self.worlds {
            world.network.begin(prepared, readiness, common);
        }
        for path in &mut self.paths {
            path.begin(prepared);
        }
    }

    fn year(&mut self, year: usize, active: usize, sink: &mut impl Sink) {
        let Self { tools, worlds, paths, past } = self;
        let prepared = tools.prepared;
        let shared = prepared.network_is_shared();
        if shared {
            worlds[0].pass(tools, year);
        }
        if !shared {
            look_ahead(tools, worlds, paths, past, year);
        }
        for (index, path) in paths.iter_mut().enumerate() {
            if shared {
                path.settle(tools, past, &worlds[0], year);
            } else {
                path.advance(tools, past, &mut worlds[index], year);
            }
        }
        let simulated = year - prepared.past;
        let mut views: Vec<PathYear<'_>> = Vec::with_capacity(paths.len().max(1));
        for (index, path) in paths.iter().enumerate() {
            let world = &worlds[if shared { 0 } else { index }];
            views.push(PathYear::new(world, &path.programmes));
        }
        if views.is_empty() {
            // Without policies there is still a world to look at.
            views.push(PathYear::new(&worlds[0], &[]));
        }
        let draws = &tools.draws;
        sink.year(&YearOfBlock { prepared, draws, year: simulated, paths: &views, active });
        if !shared {
            for (path, world) in paths.iter().zip(worlds.iter_mut()) {
                path.leave(prepared, world);
            }
        }
        for world in worlds {
            world.before.note(year, &world.now);
        }
    }
}

/// What municipalities expect of a year, on each path. Before the first year there is one network, that
/// of today, so that it is looked at once for all paths; what the baseline pays for it is what who runs
/// points today accepts.
fn look_ahead(
    tools: &mut Tools<'_>,
    worlds: &mut [World],
    paths: &mut [Path],
    past: &Chronicle,
    year: usize,
) {
    let prepared = tools.prepared;
    if year > prepared.past {
        for (path, world) in paths.iter_mut().zip(worlds) {
            path.open_pots(tools, year);
            world.look_at_outlook(tools, year);
            let World { before, prospect, own_share, .. } = world;
            path.expect(tools, (past, before), prospect, year, own_share);
        }
        return;
    }
    let Some((first, others)) = worlds.split_first_mut() else { return };
    first.look_at_today(tools, year);
    let today = first.prospect.clone();
    let (baseline, _) = prepared.paths_of(prepared.scenario.baseline);
    let mut carried = Vec::new();
    for (index, path) in paths.iter_mut().enumerate() {
        let World { before, own_share, .. } = &mut *first;
        path.read_off_today(tools, (past, before), &today, year, own_share);
        if index == baseline {
            carried.clone_from(&first.own_share);
        }
    }
    first.look_at_outlook(tools, year);
    let World { before, prospect, own_share, .. } = first;
    for (index, path) in paths.iter_mut().enumerate() {
        // An own share of this year's: `index` 0 is the world that was looked at itself.
        let own = if index == 0 { &mut *own_share } else { &mut others[index - 1].own_share };
        path.expect(tools, (past, before), prospect, year, own);
    }
    for world in worlds {
        world.accept_today(prepared, &carried);
    }
}
