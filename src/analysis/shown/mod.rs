//! What pictures and the page show beyond the rows of the tables.

mod assumed;
mod bins;
mod per_point;
mod plan;
mod uses;

pub use assumed::{AssumedInput, assumed_inputs};
pub use bins::{Bins, Divide, entitlement_bins};
pub use per_point::{RARELY, award_per_point, mean_open_points};
pub use plan::{PlannedStep, opened_before, planned_steps};
pub use uses::{PotUses, fixed_pot, pot_uses};
