//! A change taken apart: from one policy and data set to another, one part after the other.
//!
//! Every step is the scenario with that part replaced, settled on the same draws. A step is what it
//! changes in the draw, so that in every draw the steps add up to the whole change, cent for cent. How
//! much a step is depends on what was replaced before it: the same steps in reverse order stand beside.

use super::Named;
use super::gathering::places;
use super::pair::Side;
use super::seen::{NOTHING, Seen, less, plus};
use crate::analysis::ALL;
use crate::analysis::summary::Summary;
use crate::engine::{
    Cell, Failure, Keeper, MONEY, Money, Noting, Options, Prepared, simulate_together,
};
use crate::model::Scenario;
use crate::stats::{EXACT_LIMIT_BYTES, Grouping, QuantileMethod};
use serde::Serialize;
use std::collections::BTreeSet;

/// What is taken apart.
const MEASURES: [&str; 2] = ["award", "entitlement"];

/// A change taken apart.
#[derive(Clone, Debug, Serialize)]
pub struct Bridge {
    /// Where it begins.
    pub before: Named,
    /// Where it ends.
    pub after: Named,
    /// The calendar years.
    pub years: Vec<i32>,
    /// Draws simulated.
    pub draws: u64,
    /// The steps in their order, each with the parts that it changes.
    pub steps: Vec<Vec<&'static str>>,
    /// Parts that both say alike.
    pub same: Vec<&'static str>,
    /// Why parts stand in one step, where they do.
    pub together: Vec<String>,
    /// What else a reader must know, in sentences.
    pub notes: Vec<String>,
    /// By measure, programme, year and municipality: the start, each step, the end.
    pub rows: Vec<BridgeRow>,
}

/// One step of one amount.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BridgeRow {
    /// `award` or `entitlement`.
    pub measure: &'static str,
    /// The programme, or `all`.
    pub programme: String,
    /// The year; none: all years together.
    pub year: Option<i32>,
    /// Code of the municipality; none: the nation.
    pub municipality: Option<String>,
    /// `start`, the parts of a step joined by `+`, or `end`.
    pub step: String,
    /// Mean, EUR, in whole cents that add up: start and steps make the end.
    pub amount: f64,
    /// The paired figures of the step itself.
    #[serde(flatten)]
    pub summary: Summary,
    /// Mean of the step where the steps are taken in reverse, EUR, in whole cents that add up.
    pub amount_reverse: f64,
    /// Standard error of that.
    pub mcse_reverse: Option<f64>,
    /// Mean over both orders, EUR, in whole cents that add up.
    pub amount_of_both: f64,
}

/// The mixtures that a bridge needs, each once.
#[derive(Clone, Debug)]
pub struct Chain {
    /// Which mixture stands before the first step and after each: in order …
    pub forward: Vec<usize>,
    /// … and in reverse order.
    pub reverse: Vec<usize>,
}

impl Chain {
    /// For so many steps: mixtures 0 … n after each step in order, then those in reverse order.
    pub fn new(steps: usize) -> Self {
        let forward = (0..=steps).collect();
        let between = steps.saturating_sub(1);
        let reverse = std::iter::once(0)
            .chain((0..between).map(|index| steps + 1 + index))
            .chain((steps > 0).then_some(steps))
            .collect();
        Self { forward, reverse }
    }

    /// The steps that each mixture has behind it, in the order in which [`Chain::new`] counts them.
    pub fn taken(steps: usize) -> Vec<Vec<usize>> {
        let forward = (0..=steps).map(|count| (0..count).collect());
        let reverse = (1..steps).map(|count| (steps - count..steps).collect());
        forward.chain(reverse).collect()
    }
}

/// Which amount.
#[derive(Clone, Copy, Debug)]
struct Key {
    measure: usize,
    programme: Option<usize>,
    year: Option<usize>,
    municipality: Option<usize>,
}

/// The steps of one amount.
#[derive(Clone, Debug)]
struct Taken {
    start: Cell,
    forward: Vec<Cell>,
    reverse: Vec<Cell>,
    end: Cell,
}

struct Names {
    programmes: Vec<String>,
    municipalities: Vec<String>,
    years: Vec<i32>,
}

/// Where each programme and municipality stands in each mixture.
struct Places {
    programmes: Vec<Vec<Option<usize>>>,
    municipalities: Vec<Vec<Option<usize>>>,
}

struct Gathering<'p> {
    seen: Vec<Seen>,
    chain: &'p Chain,
    keys: &'p [Key],
    names: &'p Names,
    places: &'p Places,
    taken: Vec<Taken>,
    draws: u64,
}

/// Takes a change apart: `mixtures` as [`Chain::taken`] counts them, each with its policy first.
///
/// # Errors
/// The first failure, and the position of the mixture in which it occurs.
pub fn bridge(
    mixtures: &[Scenario],
    (before, after): (Named, Named),
    steps: &[Vec<&'static str>],
    options: &Options<'_>,
) -> Result<Bridge, (usize, Failure)> {
    let prepared: Vec<Prepared<'_>> =
        mixtures.iter().map(|scenario| Prepared::new(scenario).at_own_pots()).collect();
    let chain = Chain::new(steps.len());
    let names = Names::new(mixtures);
    let found = Places::new(mixtures, &names);
    let keys = keys(&names);
    let run = mixtures.first().map(|scenario| &scenario.run);
    let draws = run.map_or(0, |run| run.draws);
    let grouping = run.map_or(Grouping::Independent, |run| run.plan.grouping());
    let cells = keys.len() * (2 * steps.len() + 2);
    let method = QuantileMethod::choose(cells as u64, draws, EXACT_LIMIT_BYTES);
    let sides: Vec<_> = (0..mixtures.len())
        .map(|scenario| [Some(Side { scenario, policy: 0 }), None, None])
        .collect();
    let (kept, _) = places(mixtures.len(), &sides);
    let cell = || Cell::grouped(method, grouping);
    let empty = || Gathering {
        seen: prepared.iter().zip(&kept).map(|(one, kept)| Seen::new(one, kept)).collect(),
        chain: &chain,
        keys: &keys,
        names: &names,
        places: &found,
        taken: (0..keys.len())
            .map(|_| Taken {
                start: cell(),
                forward: steps.iter().map(|_| cell()).collect(),
                reverse: steps.iter().map(|_| cell()).collect(),
                end: cell(),
            })
            .collect(),
        draws: 0,
    };
    let gathered = simulate_together(&prepared, draws, options, &empty)?;
    let rows = keys.iter().zip(&gathered.taken);
    let rows = rows.flat_map(|(key, taken)| rows_of(&names, *key, taken, steps)).collect();
    Ok(Bridge {
        before,
        after,
        years: names.years.clone(),
        draws: gathered.draws,
        steps: steps.to_vec(),
        same: Vec::new(),
        together: Vec::new(),
        notes: Vec::new(),
        rows,
    })
}

impl Names {
    fn new(mixtures: &[Scenario]) -> Self {
        let mut programmes: Vec<String> = Vec::new();
        let mut municipalities = BTreeSet::new();
        for scenario in mixtures {
            for programme in &scenario.programmes {
                if !programmes.contains(&programme.name) {
                    programmes.push(programme.name.clone());
                }
            }
            municipalities.extend(scenario.municipalities.table.codes.iter().cloned());
        }
        let years = mixtures.first().map_or_else(Vec::new, |first| first.years.iter().collect());
        Self { programmes, municipalities: municipalities.into_iter().collect(), years }
    }
}

impl Places {
    fn new(mixtures: &[Scenario], names: &Names) -> Self {
        let programme = |scenario: &Scenario, name: &String| {
            scenario.programmes.iter().position(|known| known.name == *name)
        };
        let programmes = mixtures.iter().map(|scenario| {
            names.programmes.iter().map(|name| programme(scenario, name)).collect()
        });
        let municipalities = mixtures.iter().map(|scenario| {
            let table = &scenario.municipalities.table;
            names.municipalities.iter().map(|code| table.row(code)).collect()
        });
        Self { programmes: programmes.collect(), municipalities: municipalities.collect() }
    }
}

/// The nation by programme and year, all together first; then each municipality over all.
fn keys(names: &Names) -> Vec<Key> {
    let each = |count: usize| std::iter::once(None).chain((0..count).map(Some));
    let mut keys = Vec::new();
    for measure in 0..MEASURES.len() {
        for programme in each(names.programmes.len()) {
            for year in each(names.years.len()) {
                keys.push(Key { measure, programme, year, municipality: None });
            }
        }
    }
    for measure in 0..MEASURES.len() {
        keys.extend((0..names.municipalities.len()).map(|municipality| Key {
            measure,
            programme: None,
            year: None,
            municipality: Some(municipality),
        }));
    }
    keys
}

impl Gathering<'_> {
    fn amount(&self, mixture: usize, key: Key) -> Money {
        let mut sum = NOTHING;
        let Some(course) = self.seen[mixture].courses.first() else { return sum };
        let amounts = if key.measure == 0 { &course.award } else { &course.due };
        let years = self.names.years.len();
        let programmes = &self.places.programmes[mixture];
        let rows = &self.places.municipalities[mixture];
        let count = rows.iter().flatten().count();
        let wanted = |chosen: Option<usize>, index: usize| chosen.is_none_or(|one| one == index);
        let of = |(index, place): (usize, &Option<usize>), chosen| {
            place.filter(|_| wanted(chosen, index))
        };
        for programme in programmes.iter().enumerate().filter_map(|at| of(at, key.programme)) {
            for year in (0..years).filter(|year| wanted(key.year, *year)) {
                let first = (programme * years + year) * count;
                for row in rows.iter().enumerate().filter_map(|at| of(at, key.municipality)) {
                    plus(&mut sum, &amounts[first + row]);
                }
            }
        }
        sum
    }
}

impl Keeper for Gathering<'_> {
    type Sink = Seen;

    fn sinks(&mut self) -> &mut [Seen] {
        &mut self.seen
    }

    fn block_ends(&mut self, active: usize) {
        let mut all = std::mem::take(&mut self.taken);
        for (taken, &key) in all.iter_mut().zip(self.keys) {
            let amounts: Vec<Money> =
                (0..self.seen.len()).map(|mixture| self.amount(mixture, key)).collect();
            let Chain { forward, reverse } = self.chain;
            let (Some(&first), Some(&last)) = (forward.first(), forward.last()) else { continue };
            taken.start.add_money(&amounts[first], active);
            taken.end.add_money(&amounts[last], active);
            for (cell, step) in taken.forward.iter_mut().zip(forward.windows(2)) {
                cell.add_money(&less(&amounts[step[1]], &amounts[step[0]]), active);
            }
            for (cell, step) in taken.reverse.iter_mut().rev().zip(reverse.windows(2)) {
                cell.add_money(&less(&amounts[step[1]], &amounts[step[0]]), active);
            }
        }
        self.taken = all;
        self.draws += active as u64;
    }

    fn merge(&mut self, other: &Self) {
        for (mine, their) in self.taken.iter_mut().zip(&other.taken) {
            for (mine, their) in mine.cells_mut().into_iter().zip(their.cells()) {
                mine.merge(their);
            }
        }
        self.draws += other.draws;
    }

    fn finish(&mut self) {
        for taken in &mut self.taken {
            taken.cells_mut().into_iter().for_each(|cell| cell.quantiles.sort());
        }
    }
}

impl Taken {
    fn cells(&self) -> Vec<&Cell> {
        [&self.start, &self.end].into_iter().chain(&self.forward).chain(&self.reverse).collect()
    }

    fn cells_mut(&mut self) -> Vec<&mut Cell> {
        let Self { start, forward, reverse, end } = self;
        [start, end].into_iter().chain(forward).chain(reverse).collect()
    }
}

fn rows_of(names: &Names, key: Key, taken: &Taken, steps: &[Vec<&'static str>]) -> Vec<BridgeRow> {
    let count = i128::from(taken.start.moments.count()).max(1);
    let sums = |cells: &[Cell]| cells.iter().map(|cell| cell.moments.sum()).collect::<Vec<i128>>();
    let (start, end) = (taken.start.moments.sum(), taken.end.moments.sum());
    let (forward, reverse) = (sums(&taken.forward), sums(&taken.reverse));
    let both: Vec<i128> = forward.iter().zip(&reverse).map(|(one, other)| one + other).collect();
    let [first, last] = [start, end].map(|sum| rounded(sum, count));
    let whole = last - first;
    let [forward, reverse] = [&forward, &reverse].map(|sums| in_cents(sums, count, whole));
    let both = in_cents(&both, 2 * count, whole);
    let row = |step: String, cell: &Cell, means: [i128; 3], mcse_reverse: Option<f64>| {
        let [amount, amount_reverse, amount_of_both] = means.map(|cents| cents as f64 / MONEY);
        BridgeRow {
            measure: MEASURES[key.measure],
            programme: key
                .programme
                .map_or_else(|| ALL.to_owned(), |index| names.programmes[index].clone()),
            year: key.year.map(|index| names.years[index]),
            municipality: key.municipality.map(|index| names.municipalities[index].clone()),
            step,
            amount,
            summary: Summary::of(cell.figure(), MONEY),
            amount_reverse,
            mcse_reverse,
            amount_of_both,
        }
    };
    let mcse = |cell: &Cell| cell.moments.mcse().map(|cents| cents / MONEY);
    let mut rows = vec![row("start".to_owned(), &taken.start, [first; 3], mcse(&taken.start))];
    for (index, step) in steps.iter().enumerate() {
        let means = [forward[index], reverse[index], both[index]];
        let backwards = mcse(&taken.reverse[index]);
        rows.push(row(step.join("+"), &taken.forward[index], means, backwards));
    }
    rows.push(row("end".to_owned(), &taken.end, [last; 3], mcse(&taken.end)));
    rows
}

/// A mean in whole cents, half up.
fn rounded(sum: i128, count: i128) -> i128 {
    (2 * sum + count).div_euclid(2 * count)
}

/// Means of some sums in whole cents that add up to `whole`: rounded down, and the cents that are left to
/// the largest remainders (Hamilton 1792; Balinski and Young 1982), the first of equal ones.
fn in_cents(sums: &[i128], count: i128, whole: i128) -> Vec<i128> {
    let mut cents: Vec<i128> = sums.iter().map(|sum| sum.div_euclid(count)).collect();
    let left = whole - cents.iter().sum::<i128>();
    let mut order: Vec<usize> = (0..sums.len()).collect();
    order.sort_by_key(|&index| (std::cmp::Reverse(sums[index].rem_euclid(count)), index));
    for &index in order.iter().take(usize::try_from(left).unwrap_or(0)) {
        cents[index] += 1;
    }
    cents
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_in_cents_add_up_to_the_rounded_whole() {
        // 3 draws: 1/3, 1/3 and 1/3 of a cent make 1: the first of the equal remainders has it.
        assert_eq!(in_cents(&[1, 1, 1], 3, 1), [1, 0, 0]);
        // −1/3, 4/3, −2/3: whole 1/3, which rounds to 0 or 1 with what it is added to. Down: −1, 1, −1;
        // remainders 2/3, 1/3, 1/3.
        assert_eq!(in_cents(&[-1, 4, -2], 3, 0), [0, 1, -1]);
        assert_eq!(in_cents(&[-1, 4, -2], 3, 1), [0, 2, -1]);
        assert_eq!(in_cents(&[], 3, 0), [0_i128; 0]);
        assert_eq!([rounded(3, 2), rounded(-3, 2), rounded(4, 2)], [2, -1, 2]);
    }

    #[test]
    fn a_chain_of_three_steps_needs_six_mixtures() {
        let taken = Chain::taken(3);
        assert_eq!(
            taken,
            [vec![], vec![0], vec![0, 1], vec![0, 1, 2], vec![2], vec![1, 2]] as [Vec<usize>; 6]
        );
        let chain = Chain::new(3);
        assert_eq!(chain.forward, [0, 1, 2, 3]);
        assert_eq!(chain.reverse, [0, 4, 5, 3]);
        assert_eq!(Chain::new(1).reverse, [0, 1]);
        assert_eq!((Chain::new(0).reverse, Chain::taken(0).len()), (vec![0], 1));
    }
}
