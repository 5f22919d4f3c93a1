//! The validated world: what a scenario says, as plain data. Nothing here can be wrong any more.
//!
//! ```text
//! Scenario ─┬─ municipalities, points            (table, geography)
//!           ├─ inputs, levers, indices           (chance)
//!           ├─ dependence                        (dependence)
//!           ├─ network, load, staffing, costs    (world)
//!           ├─ programmes, policies              (policy)
//!           ├─ outcomes, observed, run           (result)
//!           └─ waivers, noted                    (note)
//! ```
//! Rows of tables stand in order of their codes, so that no result depends on the order of a file.

mod bands;
mod chance;
mod dependence;
mod difference;
mod dimensions;
mod fixed;
mod formula;
mod formulas;
mod geography;
mod nearest;
mod note;
mod policy;
mod quantity;
mod result;
mod table;
mod time;
mod world;

pub use crate::random::Plan;
pub use chance::{Common, Input, InputValue, Lever, Time};
pub use dependence::{Correlation, Dependence, Group, MOST_TIED, Obstacle};
pub use difference::{Difference, Idle};
pub use dimensions::{Coverage, Dimensions};
pub use formula::{Formula, GREATEST, Variable};
pub use geography::{BoundaryChange, KeptSum, Municipalities, Points, Polygon, Position, Shape};
pub use nearest::{Nearest, Neighbour, Neighbours, distance_km, most_known};
pub use note::{Note, Waiver};
pub use policy::{
    Appropriation, Claim, Competition, Division, Guarantee, Line, Policy, Pools, Pot, Programme,
    Purpose, Ration, Rounding, Rule, TopSlice, Unspent,
};
pub use quantity::{QUANTITIES, Quantity, QuantityDoc};
pub use result::{Observed, ObservedAt, Outcome, Precision, Run, Threshold, Watched};
pub use table::{Column, ColumnValues, Table};
pub use time::{MONTHS, Month, Years};
pub use world::{
    CostItem, Distance, Driver, Factor, IndexShare, Indices, Load, Mode, Network, Staffing, Tier,
    Vat, Waiting,
};

/// Everything that is assumed: a scenario as it was read, checked and resolved.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Name of the scenario: the stem of its file.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// The years that are simulated and reported.
    pub years: Years,
    /// Three-letter code of the currency, `EUR`.
    pub currency: String,
    /// Year in which every index is 1.
    pub price_year: i32,
    /// What was known when: later facts are compared with, not fed in.
    pub information_date: Option<Month>,
    /// The municipalities, in order of code (empty in a calculator scenario).
    pub municipalities: Municipalities,
    /// The service points, planned and open, in order of code.
    pub points: Points,
    /// Uncertain quantities, in order of declaration.
    pub inputs: Vec<Input>,
    /// Which of them move together.
    pub dependence: Dependence,
    /// Numbers that the grantor can turn.
    pub levers: Vec<Lever>,
    /// How pay and prices grow.
    pub indices: Indices,
    /// How the network opens; without it no point opens or closes.
    pub network: Option<Network>,
    /// How load arises.
    pub load: Option<Load>,
    /// How staff follows load.
    pub staffing: Option<Staffing>,
    /// What is paid for.
    pub costs: Vec<CostItem>,
    /// The pots, each with its purpose; Investment programmes stand first.
    pub programmes: Vec<Programme>,
    /// What the grantor may choose.
    pub policies: Vec<Policy>,
    /// Index of the policy that the others are compared with.
    pub baseline: usize,
    /// Declared outcomes.
    pub outcomes: Vec<Outcome>,
    /// Facts later than the information date.
    pub observed: Vec<Observed>,
    /// From when on a difference counts.
    pub threshold: Threshold,
    /// Draws, seed and plan.
    pub run: Run,
    /// Which warnings the scenario waives, and why.
    pub waivers: Vec<Waiver>,
    /// What was doubtful in it when it was read, waived or not.
    pub noted: Vec<Note>,
}

impl Scenario {
    /// Takes over what another scenario has worked out and this one would work out anew: tables of the same
    /// distributions, and which points are near to each where they stand in the same places. No figure
    /// changes.
    pub fn take_over(&mut self, other: &Self) {
        self.points.nearest = other.points.nearest.clone();
        for input in &mut self.inputs {
            let same = |other: &&Input| input.recipe.is_some() && other.recipe == input.recipe;
            if let Some(other) = other.inputs.iter().find(same) {
                input.value = other.value.clone();
            }
        }
    }

    /// The tiers of the network, in the order of the scenario (empty without a network).
    pub fn tiers(&self) -> &[Tier] {
        self.network.as_ref().map_or(&[], |network| &network.tiers)
    }

    /// The costs that some programme is for, each once: what "eligible cost" of all programmes adds up.
    pub fn eligible_costs(&self) -> Vec<Quantity> {
        [
            (Purpose::Investment, Quantity::InvestmentCost),
            (Purpose::Maintenance, Quantity::MaintenanceCost),
        ]
        .into_iter()
        .filter(|(purpose, _)| {
            self.programmes.iter().any(|programme| programme.purpose == *purpose)
        })
        .map(|(_, quantity)| quantity)
        .collect()
    }

    /// The years before the first that the world is simulated for, so that `lag` has a past.
    pub const PAST_YEARS: usize = 3;
}
