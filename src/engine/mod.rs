//! One draw's years, many draws in blocks, all policies on the same futures.
//!
//! ```text
//! for each block of draws, in parallel:                       run
//!     draw the inputs, once for all policies                  draws, dependence, frame
//!     for each year, for each policy:                         block, course, world
//!         the network opens     load arises                   network, load
//!         staff follows         costs fall due                service, staffing, investment, prices
//!         entitle → limit → guarantee → ration → round        settlement
//!     record                                                  tally
//! ```
//! The engine is total: what a formula does wrong in a draw is recorded ([`Fault`]) and refused at the
//! end. It never writes, prints, logs or reads a clock.

mod block;
mod centres;
mod chronicle;
mod common;
mod course;
mod dependence;
mod design;
mod draws;
mod due;
mod fault;
mod frame;
mod in_order;
mod investment;
mod load;
mod network;
mod observe;
mod opening;
mod order;
mod paths;
mod pauses;
mod places;
mod prepared;
mod prices;
mod quantities;
mod reach;
mod replay;
mod rounds;
mod run;
mod second_pass;
mod service;
mod settlement;
mod size;
mod staffing;
mod streams;
mod tally;
mod together;
mod trace;
mod world;

pub use block::{PathYear, Sink, YearOfBlock};
pub use design::{DesignRow, Shift};
pub use fault::Fault;
pub use in_order::{Blocks, in_order};
pub use observe::{Observer, Row, observe};
pub use paths::PathPlan;
pub use pauses::{Pauses, simulate_until};
pub use prepared::{Nudge, Prepared};
pub use quantities::{Quantities, Reported};
pub use replay::{LineValue, central, median, median_books};
pub use run::{Failure, Options, record, replay, replay_demands, simulate, simulate_part, try_out};
pub use second_pass::find_exactly;
pub use settlement::{Asked, Money, ProgrammeState, Without, terms};
pub use size::Size;
pub use tally::{
    AHEAD, BOUNDED, BUDGET_ITEMS, BookSums, Books, BudgetItem, CASH, COMMITMENT_ITEMS, Cell,
    Commitments, Cube, Difference, EligibleCosts, Figure, GuaranteeAt, GuaranteeItem, Guarantees,
    Joint, MEASURES, MONEY, Measure, Noting, OutcomePlan, PotKind, RANGE, RESERVES, Reconciliation,
    RecordedOutcome, STEADY, SUMMARY, Scope, Sheet, Source, Stored, Taking, Tally, UNITS,
    budget_items, built_in_outcomes,
};
pub use together::{Keeper, simulate_together};
pub use trace::{
    Book, ClaimTrace, DivisionTrace, FormulaTrace, InputTrace, PieceValue, PointTrace, PotTrace,
    Reading, Recorded, Recorder, Role, RowTrace, Stages, Trace, Wish, books, trace, trace_so_far,
};
