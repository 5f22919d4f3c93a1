//! What drives a figure: from a run's own draws, or from a design.
//!
//! ```text
//! figures   what is explained: totals of programmes, outcomes of the nation
//! factors   what it is explained by: inputs, and groups of them that move together
//! keeper    what each block of draws yields of both
//! own       the run's own draws           ─┐
//! designed  Sobol' and Morris designs     ─┴─► Sensitivity
//! ```

mod designed;
mod factors;
mod figures;
mod found;
mod keeper;
mod own;

pub use designed::{Design, LEVELS, RESAMPLES, rows_of};
pub use factors::{Factor, factors};
pub use figures::{Figure, Kind, TOTALS, Wanted, figures, known_names};
pub use found::{Explained, Influence, Sensitivity, Unmeasured};

use crate::engine::{Failure, Options, Prepared};
use crate::model::{Plan, Scenario};

/// Finds what drives the figures of a scenario: over its own draws, or over a design of so many rows.
///
/// # Errors
/// A formula that fails in some draw or row.
pub fn sensitivity(
    prepared: &Prepared<'_>,
    figures: &[Figure],
    design: Option<Design>,
    options: &Options<'_>,
) -> Result<Sensitivity, Failure> {
    match design {
        None => own::explain(prepared, figures, options),
        Some(design) => designed::explain(prepared, figures, design, options),
    }
}

/// The scenario with independent draws, so many: what a design needs, whatever the plan of the run.
#[must_use]
pub fn for_design(scenario: &Scenario) -> Scenario {
    let mut changed = scenario.clone();
    changed.run.plan = Plan::Random;
    changed
}
