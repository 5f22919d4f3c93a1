//! How much a run keeps, worked out before anything is begun.
//!
//! What is counted is what is sure to be needed: figures over the draws, once for each thread and
//! once merged, and the state of a block of draws for each thread; and what is written of them.

use super::run::workers;
use super::tally::{Cell, Difference, MEASURES};
use crate::model::{InputValue, QUANTITIES, Scenario};
use crate::numeric::Lanes;
use crate::stats::{EXACT_LIMIT_BYTES, PASS_LIMIT_BYTES, QuantileMethod};

/// What a histogram opens at once for a figure that varies: a page of bins, and of what is rare in them.
const HISTOGRAM_BYTES: u64 = 64 * (1 + 8) + 2;
/// What findings, tables, page and workbook take for each figure while they are written, and the second page
/// of bins that a figure far from its mean opens: as measured of runs of 2,000 and 4,000 municipalities.
const WRITTEN_BYTES: u64 = 4_000;
/// What a block of draws holds for each point and for each municipality under a programme.
const LANES_PER_POINT: u64 = 12;
const LANES_PER_POT: u64 = 8;
/// What commitments hold for each municipality: its network this year, and twice in later ones.
const LANES_OF_LATER_YEARS: u64 = 1 + 2 * (super::tally::AHEAD as u64 + 1);
/// Outcomes of every run that are ratios, and sums of money.
const RATIOS: u64 = 3;
const SUMS: u64 = 3;

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
        let per_figure = size_of::<Cell>() as u64
            + match QuantileMethod::choose(figures, draws, EXACT_LIMIT_BYTES) {
                QuantileMethod::Exact => draws.saturating_mul(8),
                _ => HISTOGRAM_BYTES,
            };
        let differences = differences(scenario).saturating_mul(size_of::<Difference>() as u64);
        let tally = figures.saturating_mul(per_figure).saturating_add(differences);
        let bytes = tally
            .saturating_add(block(scenario))
            .saturating_mul(threads)
            .saturating_add(tally)
            .saturating_add(neighbours(scenario));
        Self { figures, bytes, threads }
    }

    /// The same with all that a run writes, which is put together in memory.
    #[must_use]
    pub fn with_files(self) -> Self {
        let written = self.figures.saturating_mul(WRITTEN_BYTES);
        Self { bytes: self.bytes.saturating_add(written), ..self }
    }

    /// The same with a second pass for exact quantiles: its figures take no more than those of the
    /// threads before, but what it looks for comes on top.
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

fn differences(scenario: &Scenario) -> u64 {
    let (years, pots) = (scenario.years.count() + 1, scenario.programmes.len() + 1);
    product(&[scenario.policies.len(), 2, pots, years, scenario.municipalities.table.len()])
}

/// The state of one block of draws.
fn block(scenario: &Scenario) -> u64 {
    let (points, years) = (scenario.points.table.len(), scenario.years.count());
    let municipalities = scenario.municipalities.table.len();
    let lines: usize = scenario
        .policies
        .iter()
        .flat_map(|policy| policy.rules.iter().flatten())
        .map(|rule| rule.lines.len())
        .fold(0, usize::saturating_add);
    let pots = scenario.policies.len().saturating_mul(scenario.programmes.len());
    let guarantees = super::tally::guarantee_count(scenario);
    // What would be granted without each, and what it gives over the years.
    let per_municipality = lines as u64
        + (guarantees as u64).saturating_mul(2)
        + LANES_PER_POT.saturating_mul(pots as u64)
        + LANES_OF_LATER_YEARS
        + product(&[years, QUANTITIES.len()]);
    let inputs = scenario.inputs.iter().map(|input| {
        let extent = match &input.value {
            InputValue::Drawn(_) => input.extent,
            InputValue::Computed(formula) => formula.program.shape().extent,
        };
        let rows = match extent {
            crate::expression::Extent::Nation => 1,
            crate::expression::Extent::Municipality => municipalities,
            crate::expression::Extent::Point => points,
        };
        product(&[rows, if input.is_yearly() { years } else { 1 }])
    });
    let lanes = inputs
        .fold(0, u64::saturating_add)
        .saturating_add((points as u64).saturating_mul(LANES_PER_POINT))
        .saturating_add((municipalities as u64).saturating_mul(per_municipality));
    lanes.saturating_mul(size_of::<Lanes>() as u64)
}

/// Who is near whom.
fn neighbours(scenario: &Scenario) -> u64 {
    let points = scenario.points.table.len();
    product(&[points, crate::model::most_known(points), 16])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::example;

    #[test]
    fn an_example_is_small_and_a_thousand_policies_are_not() {
        let mut scenario = example();
        let small = Size::of(&scenario, 1_000, 1);
        assert!(small.threads == 1 && small.bytes < 64 << 20, "{small:?}");
        let policy = scenario.policies[0].clone();
        scenario.policies = vec![policy; 1_000_000];
        let large = Size::of(&scenario, 1_000, 1);
        assert!(large.bytes > 1 << 33 && large.figures > small.figures * 1_000, "{large:?}");
    }

    #[test]
    fn what_is_written_counts_too() {
        let size = Size { figures: 1_000, bytes: 7, threads: 1 };
        assert_eq!(size.with_files().bytes, 4_000_007);
        assert_eq!(Size { figures: u64::MAX, ..size }.with_files().bytes, u64::MAX);
    }

    #[test]
    fn every_thread_has_a_tally_of_its_own() {
        let scenario = example();
        let bytes = |threads| Size::of(&scenario, 1_000_000, threads).bytes;
        assert!(bytes(4) > 2 * bytes(1));
        // No more threads than blocks of draws.
        assert_eq!(Size::of(&scenario, 1, 1_000_000).threads, 1);
        assert_eq!(Size::of(&scenario, u64::MAX, usize::MAX).threads, 256);
    }
}
