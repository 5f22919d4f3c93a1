//! What a scenario's courses come to in a block, kept until the other scenario has simulated it too.

use crate::engine::{
    BUDGET_ITEMS, EligibleCosts, Money, OutcomePlan, PathYear, Prepared, RecordedOutcome, Sink,
    Source, YearOfBlock, budget_items,
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

/// An outcome that is compared: a ratio of every run, or what the scenario declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Its name.
    pub name: String,
    /// Its unit; empty where it is not known.
    pub unit: &'static str,
    /// Its place among the figures of the scenario's outcomes.
    place: usize,
}

/// The outcomes of a scenario that are compared, of the nation: what is neither a sum nor among the
/// figures of money.
pub fn outcomes(prepared: &Prepared<'_>) -> Vec<Outcome> {
    chosen(&OutcomePlan::new(prepared))
}

fn chosen(plan: &OutcomePlan) -> Vec<Outcome> {
    let is_declared = |recorded: &&RecordedOutcome| matches!(recorded.source, Source::Declared(_));
    let declared: Vec<&String> =
        plan.recorded.iter().filter(is_declared).map(|recorded| &recorded.name).collect();
    let national = plan.national().filter_map(|(place, _)| {
        let recorded = plan.recorded.get(place)?;
        // A scenario may declare by the same name what every run has.
        let is_asked = match recorded.source {
            Source::Declared(_) => true,
            Source::CostPerCase | Source::AccessWithin10Km => !declared.contains(&&recorded.name),
            _ => false,
        };
        is_asked.then(|| Outcome { name: recorded.name.clone(), unit: recorded.unit, place })
    });
    national.collect()
}

/// One course of a block.
#[derive(Clone, Debug)]
pub struct Course {
    /// Index among the courses that the engine simulates.
    path: usize,
    /// Index of its policy.
    policy: usize,
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
    /// Outcomes of the nation: `[outcome][year]`; NaN where one has no value.
    pub outcomes: Vec<Lanes>,
}

/// The courses of one scenario that are compared.
#[derive(Clone, Debug)]
pub struct Seen {
    years: usize,
    municipalities: usize,
    costs: EligibleCosts,
    /// What works the outcomes out, and which; none where they are not asked for.
    plan: Option<(OutcomePlan, Vec<Outcome>)>,
    /// In the order in which they were asked for.
    pub courses: Vec<Course>,
}

impl Seen {
    /// Room for some policies of a scenario, each at its own pots, without its outcomes.
    pub fn new(prepared: &Prepared<'_>, policies: &[usize]) -> Self {
        let scenario = prepared.scenario;
        let years = scenario.years.count();
        let (municipalities, programmes) = (prepared.points_of.len(), scenario.programmes.len());
        let course = |policy: &usize| Course {
            path: prepared.paths_of(*policy).0,
            policy: *policy,
            award: vec![NOTHING; programmes * years * municipalities],
            due: vec![NOTHING; programmes * years * municipalities],
            open: vec![false; years * municipalities],
            items: vec![[NOTHING; BUDGET_ITEMS]; programmes * years],
            cost: vec![NOTHING; (programmes + 1) * years],
            world: vec![[0.0; LANES]; WORLD.len() * years],
            outcomes: Vec::new(),
        };
        Self {
            years,
            municipalities,
            costs: EligibleCosts::new(scenario),
            plan: None,
            courses: policies.iter().map(course).collect(),
        }
    }

    /// The same with its outcomes.
    pub fn with_outcomes(prepared: &Prepared<'_>, policies: &[usize]) -> Self {
        let mut seen = Self::new(prepared, policies);
        let plan = OutcomePlan::new(prepared);
        let wanted = chosen(&plan);
        for course in &mut seen.courses {
            course.outcomes = vec![[f64::NAN; LANES]; wanted.len() * seen.years];
        }
        seen.plan = Some((plan, wanted)).filter(|(_, wanted)| !wanted.is_empty());
        seen
    }
}

impl Sink for Seen {
    fn year(&mut self, at: &YearOfBlock<'_>) {
        let Self { years, municipalities, costs, plan, courses } = self;
        for course in courses {
            course.year(at, &at.paths[course.path], costs, (*years, *municipalities));
            if let Some((plan, wanted)) = plan {
                let places: Vec<usize> = wanted.iter().map(|outcome| outcome.place).collect();
                let found = &mut course.outcomes;
                plan.show_national(at, course.policy, &places, &mut |place, values| {
                    if let Some(index) = places.iter().position(|known| *known == place) {
                        found[index * *years + at.year] = *values;
                    }
                });
            }
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
