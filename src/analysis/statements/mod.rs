//! What is found, as typed statements: figures and what holds of them, without words.
//!
//! ```text
//! Tally, headlines, budget, verdicts ─► gather ─► figures ─► points, money, received ─► Statement
//!                                                            may say nothing
//! ```
//! A statement is made only where the draws bear it; where they do not, nothing is said, or that
//! they are too few. The thresholds stand beside what they decide; `docs/decisions/0053` says why
//! they are these.

mod chance;
mod gather;
mod money;
mod points;
mod received;
mod spread;

pub use chance::{Chance, Often, WIDEST};
pub use gather::statements;
pub use money::{Covered, LEAST_SUFFICIENT, Missing, Paid, Reserve, Shortage};
pub use points::PointsFound;
pub use received::{Across, CostDifference, Counted, Received};
pub use spread::Spread;

use crate::stats::Grouping;
use serde::Serialize;

/// One thing that a run has found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Statement {
    /// The policy that it is about; none: it holds under every policy.
    pub policy: Option<String>,
    /// Whether it belongs to the few that are told first.
    pub in_brief: bool,
    /// What is found.
    pub found: Found,
}

/// What is found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Found {
    /// So many draws do not tell how far the futures lie apart.
    TooFewDraws {
        /// So many there are.
        draws: u64,
        /// So many it takes.
        needed: u64,
    },
    /// Open points against the plan.
    Points(PointsFound),
    /// Awards of all programmes.
    Paid(Paid),
    /// Award over eligible cost.
    Covered(Covered),
    /// Inhabitants within 10 km of an open point.
    WithinReach(Covered),
    /// Whether the appropriation suffices.
    Shortage(Shortage),
    /// What would make it suffice.
    Reserve(Reserve),
    /// Who receives more or less than under the baseline, at its pots.
    Received(Received),
    /// The same of all policies but the baseline.
    Across(Across),
    /// What it costs against the baseline, at its own pots.
    Cost(CostDifference),
}

/// What a statement stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grounds {
    /// Draws simulated.
    pub draws: u64,
    /// Which of them belong together.
    pub grouping: Grouping,
    /// Whether nothing is left to chance, so that one draw says all.
    pub certain: bool,
}
