//! What a scenario's courses come to in a block, kept until the other scenario has simulated it too.

use crate::engine::{
    BUDGET_ITEMS, EligibleCosts, Money, PathYear, Prepared, Sink, YearOfBlock, budget_items,
};
use crate::model::Quantity;
use crate::numeric::{LANES, Lanes};

/// No money in any draw.
pub const NOTHING: Money = [0; LANES];

/// Quantities of the world that are compared, and whether years add up.
pub const WORLD: [(Quantity, bool); 5] = [
    (Quantity::OpenPointsAtYearEnd, false),
    (Quantity::Load, true),
    (Quantity::UnmetNeed, true),
    (Quantity::Staff, false),
    (Quantity::PeopleWithin10Km, false),
];

/// One course of a block.
#[derive(Clone, Debug)]
pub struct Course {
    /// Index among the courses that the engine simulates.
    path: usize,
    /// Cents awarded: `[programme][year][municipality]`.
    pub award: Vec<Money>,
    /// Cents due, likewise.
    pub due: Vec<Money>,
    /// Whether points are open in some draw: `[year][municipality]`.
    pub open: Vec<bool>,
    /// What becomes of the pots, cents: `[programme][year][item]`.
    pub items: Vec<[Money; BUDGET_ITEMS]>,
    /// The cost that programmes are for, cents: `[programme, then all][year]`.
    pub cost: Vec<Money>,
    /// Sums over the nation: `[quantity][year]`.
    pub world: Vec<Lanes>,
}

/// The courses of one scenario that are compared.
#[derive(Clone, Debug)]
pub struct Seen {
    years: usize,
    municipalities: usize,
    costs: EligibleCosts,
    /// In the order in which they were asked for.
    pub courses: Vec<Course>,
}

impl Seen {
    /// Room for some policies of a scenario, each at its own pots.
    pub fn new(prepared: &Prepared<'_>, policies: &[usize]) -> Self {
        let scenario = prepared.scenario;
        let years = scenario.years.count();
        let (municipalities, programmes) = (prepared.points_of.len(), scenario.programmes.len());
        let course = |policy: &usize| Course {
            path: prepared.paths_of(*policy).0,
            award: vec![NOTHING; programmes * years * municipalities],
            due: vec![NOTHING; programmes * years * municipalities],
            open: vec![false; years * municipalities],
            items: vec![[NOTHING; BUDGET_ITEMS]; programmes * years],
            cost: vec![NOTHING; (programmes + 1) * years],
            world: vec![[0.0; LANES]; WORLD.len() * years],
        };
        Self {
            years,
            municipalities,
            costs: EligibleCosts::new(scenario),
            courses: policies.iter().map(course).collect(),
        }
    }
}

impl Sink for Seen {
    fn year(&mut self, at: &YearOfBlock<'_>) {
        let Self { years, municipalities, costs, courses } = self;
        for course in courses {
            course.year(at, &at.paths[course.path], costs, (*years, *municipalities));
        }
    }

    fn block_ends(&mut self, _: &Prepared<'_>, _: usize) {}
}

impl Course {
    fn year(
        &mut self,
        at: &YearOfBlock<'_>,
        view: &PathYear<'_>,
        costs: &mut EligibleCosts,
        (years, municipalities): (usize, usize),
    ) {
        for (programme, state) in view.programmes.iter().enumerate() {
            let first = (programme * years + at.year) * municipalities;
            self.award[first..first + municipalities].copy_from_slice(&state.award);
            self.due[first..first + municipalities].copy_from_slice(&state.entitlement);
            self.items[programme * years + at.year] = budget_items(state);
        }
        costs.fill(view);
        for pot in 0..=view.programmes.len() {
            let sum = &mut self.cost[pot * years + at.year];
            *sum = NOTHING;
            for municipality in 0..municipalities {
                plus(sum, costs.of(pot, municipality));
            }
        }
        for municipality in 0..municipalities {
            let open = view.quantities.of(Quantity::OpenPoints, municipality);
            self.open[at.year * municipalities + municipality] =
                open[..at.active].iter().any(|&open| open > 0.0);
        }
        for (index, (quantity, _)) in WORLD.iter().enumerate() {
            let sum = &mut self.world[index * years + at.year];
            *sum = [0.0; LANES];
            for municipality in 0..municipalities {
                let values = view.quantities.of(*quantity, municipality);
                for (sum, value) in sum.iter_mut().zip(values) {
                    *sum += value;
                }
            }
        }
    }
}

/// Adds cents to cents, draw by draw.
pub fn plus(sum: &mut Money, values: &Money) {
    for (sum, value) in sum.iter_mut().zip(values) {
        *sum += value;
    }
}

/// What is left, draw by draw.
pub fn less(from: &Money, values: &Money) -> Money {
    let mut left = *from;
    for (left, value) in left.iter_mut().zip(values) {
        *left -= value;
    }
    left
}
