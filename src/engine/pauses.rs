//! A simulation that is looked at on its way: it ends when what is seen is enough, pauses so that what there
//! is can be kept, and goes on from what was kept.

use super::prepared::Prepared;
use super::run::{Failure, Options, part_of, try_out};
use super::tally::Tally;

/// What becomes of a long simulation on its way; none of it changes a figure.
#[derive(Default)]
pub struct Pauses<'a> {
    /// What was kept of an earlier one, of the first draws: a multiple of [`LANES`](crate::numeric::LANES),
    /// or all.
    pub from: Option<Tally>,
    /// Asked before each block of draws; once it says so, the simulation pauses.
    pub due: Option<&'a (dyn Fn() -> bool + Sync)>,
    /// Takes what there is at each pause; where it says no, the simulation has [stopped](Failure::Stopped).
    pub keep: Option<&'a mut dyn FnMut(&Tally) -> bool>,
}

/// Simulates until a tally is `enough`, asked at each of these rising numbers of draws, or until the
/// last of them. What has been simulated is not simulated again. The tally is that of a run of as
/// many draws as it took, to the bit: whether it would have been looked at on the way, where it has
/// paused, and how much further it might have gone, leaves no trace.
///
/// Each number of draws but the last is a multiple of [`LANES`](crate::numeric::LANES). More than one not
/// for a sampling plan that depends on the number of draws.
///
/// # Errors
/// As [`simulate`](super::simulate).
pub fn simulate_until(
    prepared: &Prepared<'_>,
    looks: &[u64],
    options: &Options<'_>,
    pauses: Pauses<'_>,
    mut enough: impl FnMut(&Tally) -> bool,
) -> Result<Tally, Failure> {
    try_out(prepared)?;
    let Pauses { from, due, mut keep } = pauses;
    let mut so_far = from.unwrap_or_else(|| Tally::new(prepared, 0));
    // What was kept has been looked at before, but for a look at just so many draws.
    let begun = so_far.draws;
    for &draws in looks.iter().filter(|draws| **draws >= begun) {
        while so_far.draws < draws {
            let from = so_far.draws;
            let progress = |done| (options.progress)(from + done);
            let options = Options { progress: &progress, ..*options };
            // The new part knows how a run of so many draws finds its quantiles: values that were kept
            // whole while they were few are counted in its bins where they have become many.
            let mut tally = part_of(prepared, draws, from..draws, (&options, due))?;
            if from > 0 {
                tally.merge(&so_far);
            }
            so_far = tally;
            let is_pause = so_far.draws < draws;
            if is_pause && keep.as_mut().is_some_and(|keep| !keep(&so_far)) {
                return Err(Failure::Stopped);
            }
        }
        if enough(&so_far) {
            break;
        }
    }
    so_far.finish();
    Ok(so_far)
}
