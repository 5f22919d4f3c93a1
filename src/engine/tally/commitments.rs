//! What a year binds later ones to, and what is paid in which year.
//!
//! Of maintenance: what is due a year for the points that are open or funded at the end of the year, at the
//! rates in force. Of investment: what has been awarded and is not yet paid, as it is paid when a point
//! opens. The equations stand in section 14 of the model.

use super::cube::Cube;
use super::kinds::Kinds;
use super::money::{NOTHING, add, cents, minus};
use super::noting::Noting;
use super::sheet::Sheet;
use super::standing::Standing;
use crate::engine::block::{PathYear, YearOfBlock};
use crate::engine::network::{NEVER, year_start};
use crate::engine::prepared::Prepared;
use crate::engine::settlement::{Money, ProgrammeState};
use crate::model::{Purpose, Quantity, Scenario};
use crate::numeric::{LANES, clear};

/// How many years ahead are told one by one.
pub const AHEAD: usize = 5;

/// Items of a programme and year: the years ahead, the steady state, then what is paid in the year.
pub const ITEMS: usize = AHEAD + 2;

/// The place of the steady state among the items.
pub const STEADY: usize = AHEAD;

/// The place of what is paid among the items.
pub const CASH: usize = AHEAD + 1;

/// What is bound and what is paid, over the draws.
#[derive(Clone, Debug)]
pub struct Commitments<C = Cube> {
    /// `[policy][programme, then all][year][item]`, cents.
    pub cube: C,
    /// Of each policy in this block.
    courses: Vec<Course>,
    standing: Standing,
    /// Whether there is anything to record: programmes and points.
    pub is_kept: bool,
}

/// What a block remembers of a policy.
#[derive(Clone, Debug)]
struct Course {
    /// Lanes in which each point has been funded before this year.
    funded: Vec<u64>,
    /// Awards by the year in which they are paid: `[programme][year]`; the last also holds what comes later.
    payable: Vec<Vec<Money>>,
}

/// How many points of a municipality funded this year open in which year: `[years ahead]`.
type Openings = [[i64; LANES]; AHEAD + 1];

impl Commitments {
    /// Nothing recorded yet.
    pub(super) fn new(scenario: &Scenario, kinds: &Kinds) -> Self {
        let is_kept = is_kept(scenario);
        let (policies, programmes) = (scenario.policies.len(), scenario.programmes.len());
        let years = scenario.years.count();
        let kept = if is_kept { policies } else { 0 };
        let course = Course {
            funded: vec![0; scenario.points.table.len()],
            payable: vec![vec![NOTHING; years + AHEAD]; programmes],
        };
        Self {
            cube: Cube::of(vec![kept, programmes + 1, years, ITEMS], |_| kinds.whole()),
            courses: vec![course; kept],
            standing: Standing::new(scenario),
            is_kept,
        }
    }
}

impl<C> Commitments<C> {
    /// The same of what is made from the cube.
    pub(super) fn map<D>(self, of: impl FnOnce(C) -> D) -> Commitments<D> {
        Commitments {
            cube: of(self.cube),
            courses: self.courses,
            standing: self.standing,
            is_kept: self.is_kept,
        }
    }
}

impl Commitments<Sheet> {
    /// Records a year of a block.
    pub(super) fn year(&mut self, at: &YearOfBlock<'_>) {
        let Self { cube, courses, standing, .. } = self;
        let shared = at.prepared.network_is_shared();
        for (policy, course) in courses.iter_mut().enumerate() {
            let (own, _) = at.prepared.paths_of(policy);
            let view = &at.paths[own];
            if !shared || policy == 0 {
                standing.fill(at.prepared, at.year, view, !shared);
            }
            let openings = if shared { Vec::new() } else { course.openings(at, view) };
            let mut all = [NOTHING; ITEMS];
            for (programme, state) in view.programmes.iter().enumerate() {
                let mut items = [NOTHING; ITEMS];
                match at.prepared.scenario.programmes[programme].purpose {
                    Purpose::Maintenance => {
                        standing.due(state, &mut items);
                        for award in &state.award {
                            add(&mut items[CASH], award);
                        }
                    }
                    Purpose::Investment => {
                        course.pay(programme, at.year, view, state, &openings, &mut items);
                    }
                }
                record(cube, [policy, programme, at.year], &items, at.active);
                for (all, item) in all.iter_mut().zip(&items) {
                    add(all, item);
                }
            }
            record(cube, [policy, view.programmes.len(), at.year], &all, at.active);
        }
    }

    /// Forgets the block.
    pub(super) fn block_ends(&mut self) {
        for course in &mut self.courses {
            course.funded.fill(0);
            course.payable.iter_mut().for_each(|years| clear(years));
        }
    }
}

/// Whether commitments are recorded: there are programmes and points.
fn is_kept(scenario: &Scenario) -> bool {
    !scenario.points.table.is_empty() && !scenario.programmes.is_empty()
}

/// How many figures are kept of commitments.
pub fn figures(scenario: &Scenario) -> usize {
    let pots = scenario.programmes.len().saturating_add(1).saturating_mul(scenario.policies.len());
    if is_kept(scenario) { pots.saturating_mul(scenario.years.count() * ITEMS) } else { 0 }
}

fn record(
    cube: &mut Sheet,
    [policy, pot, year]: [usize; 3],
    items: &[Money; ITEMS],
    active: usize,
) {
    for (item, values) in items.iter().enumerate() {
        cube.at(&[policy, pot, year, item]).add_money(values, active);
    }
}

impl Course {
    /// When the points that were funded this year open, by municipality.
    fn openings(&mut self, at: &YearOfBlock<'_>, view: &PathYear<'_>) -> Vec<Openings> {
        let Prepared { municipality_of_point, points_of, past, .. } = at.prepared;
        let start = i32::from(year_start(at.prepared, at.year + past));
        let mut openings = vec![[[0; LANES]; AHEAD + 1]; points_of.len()];
        for (point, funded) in self.funded.iter_mut().enumerate() {
            let exists = at.prepared.scenario.points.opened[point].is_some();
            let (soonest, _) = view.network.open_from.span(point);
            if exists || soonest == NEVER || *funded == u64::MAX {
                continue;
            }
            let from = view.network.open_from.of(point);
            let of = &mut openings[municipality_of_point[point] as usize];
            for (lane, &month) in from.iter().enumerate() {
                if month != NEVER && *funded >> lane & 1 == 0 {
                    *funded |= 1 << lane;
                    // The month of opening is the one before the first open month.
                    let ahead = (i32::from(month) - 1 - start).div_euclid(12);
                    of[ahead.clamp(0, AHEAD as i32) as usize][lane] += 1;
                }
            }
        }
        openings
    }

    /// Pays what is awarded: renewals at once, new points in the year in which they open.
    fn pay(
        &mut self,
        programme: usize,
        year: usize,
        view: &PathYear<'_>,
        state: &ProgrammeState,
        openings: &[Openings],
        items: &mut [Money; ITEMS],
    ) {
        let payable = &mut self.payable[programme];
        for (municipality, award) in state.award.iter().enumerate() {
            let mut now = *award;
            let later = openings.get(municipality).filter(|of| is_later(of));
            if let Some(openings) = later {
                let new = view.quantities.of(Quantity::NewPointCost, municipality);
                let again = view.quantities.of(Quantity::RenewalCost, municipality);
                let mut for_new = [0.0; LANES];
                for lane in 0..LANES {
                    let cost = new[lane] + again[lane];
                    let share = if cost > 0.0 { new[lane] / cost } else { 1.0 };
                    for_new[lane] = award[lane] as f64 * share / 100.0;
                }
                let mut owed = NOTHING;
                cents(&for_new, &mut owed);
                for (ahead, part) in spread(&owed, openings).iter().enumerate().skip(1) {
                    let last = payable.len().saturating_sub(1);
                    if let Some(later) = payable.get_mut((year + ahead).min(last)) {
                        add(later, part);
                    }
                    let before = now;
                    minus(&before, part, &mut now);
                }
            }
            add(&mut items[CASH], &now);
        }
        add(&mut items[CASH], &payable[year]);
        for (ahead, later) in payable.iter().skip(year + 1).enumerate() {
            add(&mut items[ahead.min(AHEAD - 1)], later);
        }
    }
}

fn is_later(openings: &Openings) -> bool {
    openings[1..].iter().flatten().any(|&points| points > 0)
}

/// Divides cents over openings by their number, so that the parts add up: what the points that open up to
/// a year are owed is rounded down.
fn spread(owed: &Money, openings: &Openings) -> [Money; AHEAD + 1] {
    let mut parts = [NOTHING; AHEAD + 1];
    for lane in 0..LANES {
        let points: i64 = openings.iter().map(|of| of[lane]).sum();
        let (mut counted, mut given) = (0, 0);
        for (part, of) in parts.iter_mut().zip(openings) {
            counted += of[lane];
            if points > 0 {
                let so_far = i128::from(owed[lane]) * i128::from(counted) / i128::from(points);
                part[lane] = so_far as i64 - given;
                given = so_far as i64;
            }
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_owed_is_spread_over_the_years_of_opening_to_the_cent() {
        // 10.00 for three points, of which one opens at once and two in two years: 3.33 and 6.67.
        let mut openings = [[0; LANES]; AHEAD + 1];
        (openings[0], openings[2]) = ([1; LANES], [2; LANES]);
        let parts = spread(&[1_000; LANES], &openings);
        assert_eq!(parts.map(|part| part[7]), [333, 0, 667, 0, 0, 0]);
        assert!(is_later(&openings));
        // Where nothing opens nothing is put off.
        let none = [[0; LANES]; AHEAD + 1];
        assert_eq!(spread(&[1_000; LANES], &none), [NOTHING; AHEAD + 1]);
        assert!(!is_later(&none));
    }
}
