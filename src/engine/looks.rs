//! A run that is looked at on its way, and ends when what is seen is enough.

use super::prepared::Prepared;
use super::run::{Failure, Options, part_of, try_out};
use super::tally::Tally;

/// Simulates until a tally is `enough`, asked at each of these rising numbers of draws, or until the
/// last of them. What has been simulated is not simulated again. The tally is that of a run of as
/// many draws as it took, to the bit: whether it would have been looked at on the way, and how much
/// further it might have gone, leaves no trace.
///
/// Each number of draws but the last is a multiple of [`LANES`](crate::numeric::LANES). Not for a
/// sampling plan that depends on the number of draws.
///
/// # Errors
/// As [`simulate`](super::simulate).
pub fn simulate_until(
    prepared: &Prepared<'_>,
    looks: &[u64],
    options: &Options<'_>,
    mut enough: impl FnMut(&Tally) -> bool,
) -> Result<Tally, Failure> {
    try_out(prepared)?;
    let mut so_far: Option<Tally> = None;
    for &draws in looks {
        let from = so_far.as_ref().map_or(0, |tally| tally.draws);
        let progress = |done| (options.progress)(from + done);
        let options = Options { progress: &progress, ..*options };
        // The new part knows how a run of so many draws finds its quantiles: values that were kept
        // whole while they were few are counted in its bins where they have become many.
        let mut tally = part_of(prepared, draws, from..draws, &options)?;
        if let Some(earlier) = so_far.take() {
            tally.merge(&earlier);
        }
        let is_enough = enough(&tally);
        so_far = Some(tally);
        if is_enough {
            break;
        }
    }
    let mut tally = so_far.unwrap_or_else(|| Tally::new(prepared, 0));
    tally.finish();
    Ok(tally)
}
