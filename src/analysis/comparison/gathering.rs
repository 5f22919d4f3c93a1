//! What is counted while two courses are simulated side by side.

use super::pair::{Pair, Side};
use super::seen::{Course, NOTHING, Seen, WORLD, less, plus};
use crate::engine::{BudgetItem, Cell, Difference, Keeper, Money, Noting, UNITS};
use crate::numeric::{LANES, Lanes, clear};
use crate::stats::{Accumulator, Grouping, QuantileMethod, difference};

/// A course, and which of its amounts are looked at.
type End<'a> = (&'a Course, &'a [Money]);

/// The three ways to look at who receives more or less.
pub const VIEWS: [&str; 3] = ["legal", "same", "own"];

/// What the national figures of money are, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// A budget item.
    Item(BudgetItem),
    /// The cost that programmes are for.
    EligibleCost,
    /// The cost less the award.
    OwnShare,
    /// The award over the cost.
    Coverage,
}

/// The national figures of every programme, with their names.
pub const FIGURES: [(Figure, &str); 8] = [
    (Figure::Item(BudgetItem::Entitlement), "entitlement"),
    (Figure::Item(BudgetItem::Award), "award"),
    (Figure::Item(BudgetItem::Available), "available"),
    (Figure::Item(BudgetItem::Gap), "shortfall"),
    (Figure::Item(BudgetItem::Unspent), "unspent"),
    (Figure::EligibleCost, "eligible_cost"),
    (Figure::OwnShare, "own_share"),
    (Figure::Coverage, "coverage"),
];

/// One figure on both sides, and its paired difference.
#[derive(Clone, Debug)]
pub struct FigureCell {
    /// The baseline's.
    pub before: Cell,
    /// The other's.
    pub after: Cell,
    /// After less before, draw by draw.
    pub difference: Cell,
    /// Draws in which it is greater …
    pub more: u64,
    /// … and smaller.
    pub less: u64,
}

/// What a group receives on both sides.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// Under the baseline, cents.
    pub before: Accumulator,
    /// The paired difference.
    pub difference: Difference,
    /// The same with quantiles; of all programmes and years together only.
    pub spread: Option<Cell>,
}

/// Everything that is counted of one pair.
#[derive(Clone, Debug)]
pub struct Counted {
    /// `[programme, then all][year, then all][figure]`.
    pub figures: Vec<FigureCell>,
    /// `[quantity][year, then all]`.
    pub world: Vec<FigureCell>,
    /// `[outcome][year]`.
    pub outcomes: Vec<FigureCell>,
    /// `[view][programme, then all][year, then all][group]`.
    pub receipts: Vec<Receipt>,
    /// Whether the pots of the third view were the baseline's in every draw.
    pub pots_agree: bool,
    /// Amounts by `[programme, then all][year, then all][municipality]`, before and after.
    grids: [Vec<Money>; 2],
}

/// All pairs, and the sinks of the scenarios that they stand in.
pub struct Gathering<'p> {
    seen: Vec<Seen>,
    /// Where each side of a pair stands: scenario, and course among those kept of it.
    places: &'p [Places],
    pairs: &'p [Pair],
    /// What is counted of each.
    pub counted: Vec<Counted>,
    /// Draws so far.
    pub draws: u64,
}

impl FigureCell {
    fn new(method: QuantileMethod, grouping: Grouping) -> Self {
        let cell = || Cell::grouped(method, grouping);
        Self { before: cell(), after: cell(), difference: cell(), more: 0, less: 0 }
    }

    fn cells(&mut self) -> [&mut Cell; 3] {
        [&mut self.before, &mut self.after, &mut self.difference]
    }

    fn merge(&mut self, other: &Self) {
        self.before.merge(&other.before);
        self.after.merge(&other.after);
        self.difference.merge(&other.difference);
        self.more += other.more;
        self.less += other.less;
    }

    fn add_money(&mut self, before: &Money, after: &Money, active: usize) {
        let difference = less(after, before);
        self.before.add_money(before, active);
        self.after.add_money(after, active);
        self.difference.add_money(&difference, active);
        self.more += difference[..active].iter().filter(|&&cents| cents > 0).count() as u64;
        self.less += difference[..active].iter().filter(|&&cents| cents < 0).count() as u64;
    }

    fn add_values(&mut self, before: &Lanes, after: &Lanes, active: usize) {
        let change: Lanes = std::array::from_fn(|lane| difference(after[lane], before[lane]));
        self.before.add_values(before, UNITS, active);
        self.after.add_values(after, UNITS, active);
        self.difference.add_values(&change, UNITS, active);
        self.more += change[..active].iter().filter(|&&change| change > 0.0).count() as u64;
        self.less += change[..active].iter().filter(|&&change| change < 0.0).count() as u64;
    }
}

impl Counted {
    /// Nothing counted yet.
    pub fn new(pair: &Pair, method: QuantileMethod, grouping: Grouping) -> Self {
        let (pots, years) = (pair.programmes.len() + 1, pair.years.len() + 1);
        let receipt = Receipt {
            before: Accumulator::grouped(grouping),
            difference: Difference::new(grouping),
            spread: None,
        };
        let groups = pair.groups.len();
        let mut receipts = vec![receipt; VIEWS.len() * pots * years * groups];
        for view in receipts.chunks_mut((pots * years * groups).max(1)) {
            let overall = view.len().saturating_sub(groups);
            for receipt in view.iter_mut().skip(overall) {
                receipt.spread = Some(Cell::grouped(method, grouping));
            }
        }
        let figure = FigureCell::new(method, grouping);
        let grid = vec![NOTHING; pots * years * pair.municipalities.len()];
        Self {
            figures: vec![figure.clone(); pots * years * FIGURES.len()],
            world: vec![figure.clone(); WORLD.len() * years],
            outcomes: vec![figure; pair.outcomes.len() * pair.years.len()],
            receipts,
            pots_agree: true,
            grids: [grid.clone(), grid],
        }
    }

    fn merge(&mut self, other: &Self) {
        let Self { figures, world, outcomes, .. } = self;
        let figures = figures.iter_mut().chain(world).chain(outcomes);
        let others = other.figures.iter().chain(&other.world).chain(&other.outcomes);
        for (mine, their) in figures.zip(others) {
            mine.merge(their);
        }
        for (mine, their) in self.receipts.iter_mut().zip(&other.receipts) {
            mine.before.merge(&their.before);
            mine.difference.merge(&their.difference);
            if let (Some(mine), Some(their)) = (&mut mine.spread, &their.spread) {
                mine.merge(their);
            }
        }
        self.pots_agree &= other.pots_agree;
    }

    fn block(&mut self, pair: &Pair, [before, after, same]: [Option<&Course>; 3], active: usize) {
        let (Some(before), Some(after)) = (before, after) else { return };
        self.national(pair, before, after, active);
        self.world(pair, before, after, active);
        self.outcomes(pair, before, after, active);
        self.receive(pair, 0, [(before, &before.due), (after, &after.due)], active);
        if let Some(same) = same {
            self.receive(pair, 1, [(before, &before.award), (same, &same.award)], active);
            self.pots_agree &= pots_agree(pair, before, same, active);
        }
        self.receive(pair, 2, [(before, &before.award), (after, &after.award)], active);
    }

    fn national(&mut self, pair: &Pair, before: &Course, after: &Course, active: usize) {
        let years = pair.years.len();
        let pots = pair.programmes.len();
        for pot in 0..=pots {
            let of = pair.programmes.get(pot);
            let mut sums = [[NOTHING; 8]; 2];
            for year in 0..=years {
                let now = if year < years {
                    let now = [(before, 0), (after, 1)].map(|(course, side)| {
                        let (_, first, second) = pair.years[year];
                        let at = [first, second][side];
                        money_of(
                            pair,
                            course,
                            side,
                            of.map_or(Asked::All, |of| {
                                [of.1, of.2][side].map_or(Asked::Absent, Asked::One)
                            }),
                            at,
                        )
                    });
                    for (sums, now) in sums.iter_mut().zip(&now) {
                        for (sum, now) in sums.iter_mut().zip(now) {
                            plus(sum, now);
                        }
                    }
                    now
                } else {
                    sums
                };
                let first = (pot * (years + 1) + year) * FIGURES.len();
                for (index, (figure, _)) in FIGURES.iter().enumerate() {
                    let cell = &mut self.figures[first + index];
                    if *figure == Figure::Coverage {
                        let [before, after] = [&now[0], &now[1]].map(coverage);
                        cell.add_values(&before, &after, active);
                    } else {
                        cell.add_money(&now[0][index], &now[1][index], active);
                    }
                }
            }
        }
    }

    fn world(&mut self, pair: &Pair, before: &Course, after: &Course, active: usize) {
        let years = pair.years.len();
        for (quantity, (_, adds_up)) in WORLD.iter().enumerate() {
            let mut sums = [[0.0; LANES]; 2];
            for (year, &(_, first, second)) in pair.years.iter().enumerate() {
                let now = [(before, 0, first), (after, 1, second)]
                    .map(|(course, side, at)| course.world[quantity * pair.counts[side].0 + at]);
                self.world[quantity * (years + 1) + year].add_values(&now[0], &now[1], active);
                for (sum, now) in sums.iter_mut().zip(&now) {
                    for (sum, now) in sum.iter_mut().zip(now) {
                        *sum += now;
                    }
                }
            }
            if *adds_up {
                let all = &mut self.world[quantity * (years + 1) + years];
                all.add_values(&sums[0], &sums[1], active);
            }
        }
    }

    fn outcomes(&mut self, pair: &Pair, before: &Course, after: &Course, active: usize) {
        let years = pair.years.len();
        for (index, outcome) in pair.outcomes.iter().enumerate() {
            for (year, &(_, first, second)) in pair.years.iter().enumerate() {
                let ends = [(before, 0, outcome.before, first), (after, 1, outcome.after, second)];
                let [before, after] = ends.map(|(course, side, outcome, at)| {
                    course.outcomes.get(outcome * pair.counts[side].0 + at)
                });
                if let (Some(before), Some(after)) = (before, after) {
                    self.outcomes[index * years + year].add_values(before, after, active);
                }
            }
        }
    }

    /// Who receives how much, seen in one way.
    fn receive(&mut self, pair: &Pair, view: usize, ends: [End<'_>; 2], active: usize) {
        let (pots, years) = (pair.programmes.len() + 1, pair.years.len() + 1);
        let count = pair.municipalities.len();
        for (side, (_, amounts)) in ends.iter().enumerate() {
            fill(&mut self.grids[side], pair, side, amounts);
        }
        let threshold = (pair.threshold.percent / 100.0, pair.threshold.euro * 100.0);
        let [before_grid, after_grid] = &self.grids;
        for pot in 0..pots {
            for year in 0..years {
                let first = (pot * years + year) * count;
                for (index, group) in pair.groups.iter().enumerate() {
                    let (mut before, mut after) = (NOTHING, NOTHING);
                    let mut open = (false, false);
                    for &member in &group.members {
                        plus(&mut before, &before_grid[first + member]);
                        plus(&mut after, &after_grid[first + member]);
                        open.0 |= is_open(pair, ends[0].0, 0, (year, member));
                        open.1 |= is_open(pair, ends[1].0, 1, (year, member));
                    }
                    let at = ((view * pots + pot) * years + year) * pair.groups.len() + index;
                    let receipt = &mut self.receipts[at];
                    receipt.before.add_lanes(&before[..active]);
                    receipt.difference.has_points.0 |= open.0;
                    receipt.difference.has_points.1 |= open.1;
                    receipt.difference.add(&before, &after, threshold, active);
                    if let Some(spread) = &mut receipt.spread {
                        spread.add_money(&less(&after, &before), active);
                    }
                }
            }
        }
    }
}

/// Whether a municipality has points open in a year of the pair (behind the last: in some year).
fn is_open(pair: &Pair, course: &Course, side: usize, (year, member): (usize, usize)) -> bool {
    let (_, before, after) = &pair.municipalities[member];
    let Some(row) = [*before, *after][side] else { return false };
    let open = |&(_, first, second): &(i32, usize, usize)| {
        course.open[[first, second][side] * pair.counts[side].1 + row]
    };
    match pair.years.get(year) {
        Some(year) => open(year),
        None => pair.years.iter().any(open),
    }
}

/// Amounts of one side by programme, year and municipality of the pair, with their sums.
fn fill(grid: &mut [Money], pair: &Pair, side: usize, amounts: &[Money]) {
    let (pots, years) = (pair.programmes.len() + 1, pair.years.len() + 1);
    let count = pair.municipalities.len();
    let (years_of_side, rows) = pair.counts[side];
    clear(grid);
    for (pot, (_, before, after)) in pair.programmes.iter().enumerate() {
        let Some(programme) = [*before, *after][side] else { continue };
        for (year, &(_, first, second)) in pair.years.iter().enumerate() {
            let at = [first, second][side];
            for (member, (_, before, after)) in pair.municipalities.iter().enumerate() {
                let Some(row) = [*before, *after][side] else { continue };
                let amount = &amounts[(programme * years_of_side + at) * rows + row];
                for (pot, year) in
                    [(pot, year), (pot, years - 1), (pots - 1, year), (pots - 1, years - 1)]
                {
                    plus(&mut grid[(pot * years + year) * count + member], amount);
                }
            }
        }
    }
}

/// Of which programmes money is added up.
#[derive(Clone, Copy)]
enum Asked {
    All,
    One(usize),
    Absent,
}

/// The national money of a programme, or of all, in a year of one side, in the order of
/// [`FIGURES`]; zeros of a programme that this side has not.
fn money_of(
    pair: &Pair,
    course: &Course,
    side: usize,
    programme: Asked,
    year: usize,
) -> [Money; 8] {
    let mut found = [NOTHING; 8];
    let years = pair.counts[side].0;
    let programmes = course.items.len() / years.max(1);
    let (which, cost) = match programme {
        Asked::All => (0..programmes, &course.cost[programmes * years + year]),
        Asked::One(one) => (one..one + 1, &course.cost[one * years + year]),
        Asked::Absent => return found,
    };
    for one in which {
        let items = &course.items[one * years + year];
        for (found, (figure, _)) in found.iter_mut().zip(&FIGURES) {
            if let Figure::Item(item) = figure {
                plus(found, &items[*item as usize]);
            }
        }
    }
    let award = found[1];
    found[5] = *cost;
    found[6] = less(cost, &award);
    found
}

/// Award over cost, draw by draw; missing where there is no cost.
fn coverage(money: &[Money; 8]) -> Lanes {
    std::array::from_fn(|lane| {
        let (award, cost) = (money[1][lane], money[5][lane]);
        if cost == 0 { f64::NAN } else { award as f64 / cost as f64 }
    })
}

/// Whether what the law appropriates is the same in every draw, programme and common year.
fn pots_agree(pair: &Pair, before: &Course, same: &Course, active: usize) -> bool {
    let item = BudgetItem::Appropriation as usize;
    pair.programmes.iter().all(|(_, first, second)| {
        let (Some(first), Some(second)) = (first, second) else { return true };
        pair.years.iter().all(|&(_, at, also)| {
            let one = &before.items[first * pair.counts[0].0 + at];
            let other = &same.items[second * pair.counts[1].0 + also];
            // Without a pot what is paid is appropriated: that may differ.
            let is_open = |items: &[Money]| {
                items[item][..active] == items[BudgetItem::Award as usize][..active]
            };
            one[item][..active] == other[item][..active] || is_open(one) && is_open(other)
        })
    })
}

impl<'p> Gathering<'p> {
    /// Nothing counted yet.
    pub fn new(
        seen: Vec<Seen>,
        places: &'p [Places],
        pairs: &'p [Pair],
        (method, grouping): (QuantileMethod, Grouping),
    ) -> Self {
        let counted = pairs.iter().map(|pair| Counted::new(pair, method, grouping)).collect();
        Self { seen, places, pairs, counted, draws: 0 }
    }
}

/// Of each of three sides its scenario, and its policy among those that are simulated of it.
type Places = [Option<(usize, usize)>; 3];

/// Which policies of each scenario are kept, and where each side of each contest stands among them.
pub fn places(scenarios: usize, sides: &[[Option<Side>; 3]]) -> (Vec<Vec<usize>>, Vec<Places>) {
    let mut kept: Vec<Vec<usize>> = vec![Vec::new(); scenarios];
    let mut place = |side: Side| {
        let policies = &mut kept[side.scenario];
        let known = policies.iter().position(|policy| *policy == side.policy);
        let at = known.unwrap_or_else(|| {
            policies.push(side.policy);
            policies.len() - 1
        });
        (side.scenario, at)
    };
    let places = sides.iter().map(|sides| sides.map(|side| side.map(&mut place))).collect();
    (kept, places)
}

impl Keeper for Gathering<'_> {
    type Sink = Seen;

    fn sinks(&mut self) -> &mut [Seen] {
        &mut self.seen
    }

    fn block_ends(&mut self, active: usize) {
        let Self { seen, places, pairs, counted, draws } = self;
        let course = |place: Option<(usize, usize)>| {
            place.and_then(|(scenario, course)| seen.get(scenario)?.courses.get(course))
        };
        for ((counted, pair), places) in counted.iter_mut().zip(*pairs).zip(*places) {
            counted.block(pair, places.map(course), active);
        }
        *draws += active as u64;
    }

    fn merge(&mut self, other: &Self) {
        for (mine, their) in self.counted.iter_mut().zip(&other.counted) {
            mine.merge(their);
        }
        self.draws += other.draws;
    }

    fn finish(&mut self) {
        for counted in &mut self.counted {
            let Counted { figures, world, outcomes, receipts, .. } = counted;
            for figure in figures.iter_mut().chain(world).chain(outcomes) {
                figure.cells().into_iter().for_each(|cell| cell.quantiles.sort());
            }
            for spread in receipts.iter_mut().filter_map(|receipt| receipt.spread.as_mut()) {
                spread.quantiles.sort();
            }
        }
    }
}
