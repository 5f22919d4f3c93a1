//! Does a policy divide as its rule promises? Textbook properties searched for violations over the
//! claims and pots of the scenario's own draws.
//!
//! ```text
//! Prepared ─► Seen (pots and claims of every draw) ─┬─► search   properties of the rule, with counterexamples
//!                                                   ├─► whole    promises of the whole settlement, and what breaks them
//!                                                   └─► league   every rule on the same draws
//! Scenario ─► median path, one figure changed ──────┬─► steps    what a step of a formula costs
//!                                                   ├─► points   what one point registered as two gains
//!                                                   └─► cases    what one case reported as two gains
//! ```
//! What is tried is a number of problems, never a time: the same scenario gives the same answer on
//! every machine. That no violation was found is no proof that there is none.

mod cases;
mod league;
mod median;
mod points;
mod search;
mod seen;
mod steps;
mod whole;

pub use cases::{CaseAsTwo, Gained, one_case_as_two};
pub use league::{Awards, LeagueRow, divide_all, league_row};
pub use median::{Change, Sums};
pub use points::{PointAsTwo, one_point_as_two};
pub use search::{Attempt, Counterexample, Finding, Section, search, sections};
pub use seen::{Case, Problem, Seen, observe};
pub use steps::{StepCost, step_costs};
pub use whole::{WholeCounterexample, WholeFinding, WholeSection};

/// Rules that are estimated among many are searched in groups of so many claimants.
pub const GROUP: usize = 6;
/// A difference below a cent is rounding.
pub const CENT: f64 = 1.0;
