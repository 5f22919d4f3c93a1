//! How much a run keeps, worked out before anything is begun.
//!
//! What is counted is what grows with the scenario: figures over the draws, what is noted of them in the blocks
//! of a round and in those at work, the state of a block of draws for each thread, and what is written in the
//! end. The rest is small beside it.

use super::paths::Paths;
use super::prepared::lag;
use super::rounds::blocks_with_pages;
use super::run::workers;
use super::tally::{AHEAD, Cell, Difference, MEASURES, Page};
use crate::expression::Extent;
use crate::model::{Formula, InputValue, Mode, QUANTITIES, Scenario};
use crate::numeric::{LANES, Lanes};
use crate::stats::{Accumulator, EXACT_LIMIT_BYTES, PASS_LIMIT_BYTES, QuantileMethod};

/// What a histogram opens for a figure that varies with each doubling of its draws: pages of bins, and of what
/// is rare in them.
const DOUBLING_BYTES: u64 = 600;
/// Outcomes of every run that are ratios, and sums of money.
const RATIOS: u64 = 3;
const SUMS: u64 = 3;
/// What the program, its tables of distributions, its pictures and their fonts take.
const PROGRAM_BYTES: u64 = 192 << 20;
/// What a row of a table takes: its code, name, columns and the text that it was read from.
const TABLE_ROW_BYTES: u64 = 512;
/// What a figure takes while what there is of a run is written down, so that it can go on.
const PART_BYTES: u64 = 40;
/// What a figure takes once it is a row of a table and a line of its file.
const WRITTEN_BYTES: u64 = 448;
/// What the workbook takes for each of so many figures at most, where there is one.
const WORKBOOK_BYTES: u64 = 2_048;
const WORKBOOK_FIGURES: u64 = 800_000;

/// The size of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Figures that are kept over the draws.
    pub figures: u64,
    /// Bytes of memory, all threads together.
    pub bytes: u64,
    /// How many threads.
    pub threads: u64,
}

impl Size {
    /// The size of a scenario's run of so many draws; `threads` as in `Options`.
    #[must_use]
    pub fn of(scenario: &Scenario, draws: u64, threads: usize) -> Self {
        let threads = workers(draws, threads) as u64;
        let figures = figures(scenario);
        let with_quantiles = with_quantiles(scenario, figures);
        let method = QuantileMethod::choose(with_quantiles, draws, EXACT_LIMIT_BYTES);
        let of_quantiles = |draws: u64| {
            let each = match method {
                QuantileMethod::Exact => draws.saturating_mul(8),
                _ => DOUBLING_BYTES * u64::from(u64::BITS - draws.leading_zeros()),
            };
            with_quantiles.saturating_mul(each)
        };
        let differences = differences(scenario);
        // Those that grow apart from the first policy's are an eighth in advance.
        let bare = figures.saturating_sub(with_quantiles) / 8 * 9;
        let places = figures.saturating_mul(size_of::<u32>() as u64);
        let of_a_thread = places
            .saturating_add(bare.saturating_mul(size_of::<Accumulator>() as u64))
            .saturating_add(differences.saturating_mul(size_of::<Difference>() as u64));
        let of_cells = places
            .saturating_add(with_quantiles.saturating_mul(size_of::<Cell>() as u64))
            .saturating_add(of_quantiles(draws));
        let blocks = draws.div_ceil(LANES as u64).min(blocks_with_pages(threads as usize) as u64);
        let noted = with_quantiles
            .saturating_mul(Page::BYTES_WHERE_NOTED as u64)
            .saturating_add(figures.saturating_mul(Page::BYTES_OF_A_FIGURE as u64))
            .saturating_mul(blocks);
        // A run of more blocks may pause, and keeps what it had before beside what follows.
        let tallies = if draws > blocks * LANES as u64 { 2 } else { 1 };
        let rows = figures.saturating_add(differences);
        let simulated = of_a_thread
            .saturating_add(block(scenario))
            .saturating_mul(threads)
            .saturating_add(of_cells.saturating_mul(tallies))
            .saturating_add(noted)
            .saturating_add(rows.saturating_mul(PART_BYTES));
        // What is written comes when all threads but their figures are gone.
        let written = rows
            .saturating_mul(WRITTEN_BYTES)
            .saturating_add(rows.min(WORKBOOK_FIGURES).saturating_mul(WORKBOOK_BYTES))
            .saturating_add(of_a_thread)
            .saturating_add(of_cells);
        let bytes = simulated.max(written).saturating_add(fixed(scenario));
        Self { figures, bytes, threads }
    }

    /// The same with a second pass for exact quantiles: what it looks for comes on top.
    #[must_use]
    pub fn with_second_pass(self) -> Self {
        Self { bytes: self.bytes.saturating_add(PASS_LIMIT_BYTES), ..self }
    }
}

fn product(factors: &[usize]) -> u64 {
    factors.iter().fold(1, |product: u64, factor| product.saturating_mul(*factor as u64))
}

/// The cells of the tally.
fn figures(scenario: &Scenario) -> u64 {
    let policies = scenario.policies.len();
    let (years, pots) = (scenario.years.count(), scenario.programmes.len() + 1);
    let places = &scenario.municipalities;
    let (municipalities, tiers) = (places.table.len() as u64, scenario.tiers().len());
    let regions = places.regions.len() as u64;
    let by_quantity =
        (QUANTITIES.len() as u64).saturating_mul(1 + regions + tiers as u64) + SUMS * (1 + regions);
    let ratios = RATIOS + scenario.outcomes.len() as u64;
    let outcomes = by_quantity.saturating_add(ratios.saturating_mul(1 + regions + municipalities));
    [
        product(&[policies, pots, years, places.table.len(), MEASURES.len()]),
        product(&[policies.max(1), years]).saturating_mul(outcomes),
        product(&[policies, years, places.table.len(), tiers + 3]),
        product(&[policies, scenario.observed.len()]),
        super::tally::guarantee_figures(scenario) as u64,
        super::tally::commitment_figures(scenario) as u64,
    ]
    .into_iter()
    .fold(0, u64::saturating_add)
}

/// How many of so many figures are kept with their quantiles: all but those of municipalities that are not
/// asked for.
fn with_quantiles(scenario: &Scenario, figures: u64) -> u64 {
    let count = scenario.municipalities.table.len();
    let keeps = |municipality: &usize| scenario.run.keeps_quantiles_of(*municipality, count);
    let kept = (0..count).filter(keeps).count() as u64;
    // Nearly all figures are of municipalities.
    if kept == count as u64 { figures } else { figures / (count as u64).max(1) * (kept + 1) }
}

fn differences(scenario: &Scenario) -> u64 {
    let (years, pots) = (scenario.years.count() + 1, scenario.programmes.len() + 1);
    product(&[scenario.policies.len(), 2, pots, years, scenario.municipalities.table.len()])
}

/// How many rows of lanes there are for the nation, for each municipality and for each point.
#[derive(Clone, Copy, Debug, Default)]
struct RowsOf {
    municipality: u64,
    point: u64,
}

impl RowsOf {
    fn add(&mut self, extent: Extent, rows: usize) {
        match extent {
            Extent::Nation => {}
            Extent::Municipality => self.municipality += rows as u64,
            Extent::Point => self.point += rows as u64,
        }
    }

    fn formula(&mut self, formula: &Formula) {
        self.add(formula.program.shape().extent, 1);
    }
}

/// The state of one block of draws.
fn block(scenario: &Scenario) -> u64 {
    let years = scenario.years.count();
    let tiers = scenario.tiers().len();
    let is_shared = scenario.network.as_ref().is_none_or(|network| network.mode == Mode::WhenReady);
    let courses = Paths::new(scenario).all.len().max(1);
    let networks = if is_shared { 1 } else { courses };
    let mut rows = RowsOf::default();
    for input in &scenario.inputs {
        let years = if input.is_yearly() { years } else { 1 };
        match &input.value {
            InputValue::Drawn(_) => rows.add(input.extent, years),
            InputValue::Computed(formula) => rows.add(formula.program.shape().extent, years),
        }
    }
    scenario.formulas_of_world().into_iter().for_each(|formula| rows.formula(formula));
    // A year of a network: each quantity, by tier what tables and formulas name, and the sums by tier.
    let of_a_year = (QUANTITIES.len() + 4 * tiers) as u64;
    let kept_years = lag(scenario) as u64 + 1 + u64::from(!is_shared);
    let of_a_network = kept_years * of_a_year + (tiers * QUANTITIES.len()) as u64 + 5;
    rows.municipality += networks as u64 * of_a_network + lag(scenario) as u64 * of_a_year;
    // How open each point is, what falls due, from when it is open; who comes, and what is needed.
    rows.point += networks as u64 * 3 + 4;
    let rules = scenario.policies.iter().flat_map(|policy| policy.rules.iter().flatten());
    let of_rules: usize = rules.map(|rule| rule.lines.len() + 2 * rule.guarantees.len()).sum();
    let programmes = scenario.programmes.len();
    rows.municipality += (of_rules + courses * (1 + 13 * programmes)) as u64;
    // What the tally remembers of the block.
    rows.municipality += (12 + programmes + 2 * (AHEAD + 1)) as u64;
    let (municipalities, points) =
        (scenario.municipalities.table.len() as u64, scenario.points.table.len() as u64);
    let lanes = rows.municipality.saturating_mul(municipalities)
        + rows.point.saturating_mul(points)
        + super::reach::most_remembered(scenario.points.table.len()) as u64;
    lanes.saturating_mul(size_of::<Lanes>() as u64)
}

/// What there is once: the program, the tables, who is near whom, and under which numbers inputs are drawn.
fn fixed(scenario: &Scenario) -> u64 {
    let points = scenario.points.table.len();
    let municipalities = scenario.municipalities.table.len();
    let near = product(&[points, crate::model::most_known(points), 16]);
    let tables = ((points + municipalities) as u64).saturating_mul(TABLE_ROW_BYTES);
    let streams = scenario.inputs.iter().map(|input| {
        let rows = match input.extent {
            Extent::Nation => 1,
            Extent::Municipality => municipalities,
            Extent::Point => points,
        };
        product(&[rows, if input.is_yearly() { scenario.years.count() } else { 1 }, 8])
    });
    let streams = streams.fold(0, u64::saturating_add);
    PROGRAM_BYTES.saturating_add(near).saturating_add(tables).saturating_add(streams)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::example;

    #[test]
    fn an_example_is_small_and_a_thousand_policies_are_not() {
        let mut scenario = example();
        let small = Size::of(&scenario, 1_000, 1);
        assert!(small.threads == 1 && small.bytes < 256 << 20, "{small:?}");
        let policy = scenario.policies[0].clone();
        scenario.policies = vec![policy; 1_000_000];
        let large = Size::of(&scenario, 1_000, 1);
        assert!(large.bytes > 1 << 33 && large.figures > small.figures * 1_000, "{large:?}");
    }

    #[test]
    fn every_thread_has_a_network_and_differences_of_its_own() {
        let mut scenario = example();
        scenario.policies = vec![scenario.policies[0].clone(); 10_000];
        let bytes = |threads| Size::of(&scenario, 1_000_000, threads).bytes;
        let more = bytes(4) - bytes(1);
        assert!(more > 3 * differences(&scenario) * size_of::<Difference>() as u64);
        assert!(more < bytes(1));
        // No more threads than blocks of draws.
        assert_eq!(Size::of(&scenario, 1, 1_000_000).threads, 1);
        assert_eq!(Size::of(&scenario, u64::MAX, usize::MAX).threads, 256);
    }
}
