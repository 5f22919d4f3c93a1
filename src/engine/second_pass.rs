//! Exact quantiles of a run whose values were counted in bins: the draws are simulated again.

use super::prepared::Prepared;
use super::run::{Failure, Options, simulate_into};
use super::tally::Tally;

/// Finds every quantile, interval and tail that tables print of a finished run exactly. The draws are
/// simulated once more, or a few times where the values in the bins in question take more than
/// [`PASS_LIMIT_BYTES`](crate::stats::PASS_LIMIT_BYTES); where all values were kept, not at all.
///
/// # Errors
/// The threads cannot be started.
pub fn find_exactly(
    prepared: &Prepared<'_>,
    mut tally: Tally,
    options: &Options<'_>,
) -> Result<Tally, Failure> {
    let draws = tally.draws;
    tally.select(prepared.scenario.run.plan.grouping());
    while tally.plan() {
        let found = simulate_into(prepared, 0..draws, (options, None), tally.gathering())?;
        tally.take_found(found);
    }
    Ok(tally)
}
