//! The nation's figures of every policy, programme and year, in one block of draws.

use super::{MEASURES, MORE_POINTS};
use crate::engine::{MONEY, Money, Prepared, Sink, YearOfBlock};
use crate::model::{Purpose, Quantity, Scenario};
use crate::numeric::{LANES, Lanes};
use crate::units::to_cents;

/// The nation's figures in one block of draws: `[policy][programme, then all][year, then all][measure]`.
#[derive(Clone, Debug)]
pub struct Totals {
    pub values: Vec<Money>,
    /// What [`MORE_POINTS`] cost: `[policy][programme][year]`, with the lanes in which there are any.
    pub points: Vec<(u64, [Money; 2])>,
    pub active: usize,
}

/// Where a figure stands.
#[derive(Clone, Copy)]
pub struct Shape {
    pub programmes: usize,
    pub years: usize,
}

impl Shape {
    /// The shape of a scenario's figures.
    pub fn of(scenario: &Scenario) -> Self {
        Self { programmes: scenario.programmes.len(), years: scenario.years.count() }
    }

    /// Where the measures of a year stand; year and programme may be one behind the last: all.
    pub fn at(self, policy: usize, programme: usize, year: usize) -> usize {
        ((policy * (self.programmes + 1) + programme) * (self.years + 1) + year) * MEASURES.len()
    }

    /// Where what more points cost stands.
    pub fn of_points(self, policy: usize, programme: usize, year: usize) -> usize {
        (policy * self.programmes + programme) * self.years + year
    }
}

impl Totals {
    /// Nothing added up yet.
    pub fn new(scenario: &Scenario) -> Self {
        let (shape, policies) = (Shape::of(scenario), scenario.policies.len());
        Self {
            values: vec![[0; LANES]; shape.at(policies, 0, 0)],
            points: vec![(0, [[0; LANES]; 2]); shape.of_points(policies, 0, 0)],
            active: 0,
        }
    }

    fn add(&mut self, at: usize, figures: &[Money; 4]) {
        for (sum, figure) in self.values.iter_mut().skip(at).zip(figures) {
            for lane in 0..LANES {
                sum[lane] += figure[lane];
            }
        }
    }
}

impl Sink for Totals {
    fn year(&mut self, at: &YearOfBlock<'_>) {
        let scenario = at.prepared.scenario;
        let shape = Shape::of(scenario);
        for policy in 0..scenario.policies.len() {
            let (own, _) = at.prepared.paths_of(policy);
            let view = &at.paths[own];
            let nation = |quantity: Quantity| {
                let mut sum = [0.0; LANES];
                for row in view.quantities.grid(quantity, None).unwrap_or(&[]) {
                    for lane in 0..LANES {
                        sum[lane] += row[lane];
                    }
                }
                sum
            };
            let mut all = [[0; LANES]; 4];
            for quantity in scenario.eligible_costs() {
                let cost = to_cents(&nation(quantity));
                for lane in 0..LANES {
                    all[0][lane] += cost[lane];
                }
            }
            for (programme, state) in view.programmes.iter().enumerate() {
                let [whole, part, count, waiting] = match scenario.programmes[programme].purpose {
                    Purpose::Maintenance => {
                        let cost = nation(Quantity::MaintenanceCost);
                        [cost, cost, nation(Quantity::OpenPoints), [0.0; LANES]]
                    }
                    Purpose::Investment => [
                        nation(Quantity::InvestmentCost),
                        nation(Quantity::NewPointCost),
                        nation(Quantity::NewPoints),
                        nation(Quantity::WaitingPoints),
                    ],
                };
                let mut figures = [to_cents(&whole), [0; LANES], [0; LANES], [0; LANES]];
                for (entitlement, award) in state.entitlement.iter().zip(&state.award) {
                    for lane in 0..LANES {
                        figures[1][lane] += entitlement[lane];
                        figures[2][lane] += award[lane];
                        figures[3][lane] += entitlement[lane] - award[lane];
                    }
                }
                for year in [at.year, shape.years] {
                    self.add(shape.at(policy, programme, year), &figures);
                }
                for (all, figure) in all.iter_mut().zip(&figures).skip(1) {
                    for lane in 0..LANES {
                        all[lane] += figure[lane];
                    }
                }
                self.points[shape.of_points(policy, programme, at.year)] =
                    more_points([&whole, &part], [&count, &waiting], &figures[1]);
            }
            for year in [at.year, shape.years] {
                self.add(shape.at(policy, shape.programmes, year), &all);
            }
        }
    }

    fn block_ends(&mut self, _: &Prepared<'_>, active: usize) {
        self.active = active;
    }
}

/// What so many more points cost and are due, at the average of those that there are: `part` of the
/// `whole` cost is theirs. With the lanes in which there are any.
///
/// Of those that are built there is a cost; those that `wait` for their investment have claimed as well, and
/// share what is due: each point that asks counts once in a year, whether or not it is funded.
fn more_points(
    [whole, part]: [&Lanes; 2],
    [count, waiting]: [&Lanes; 2],
    due: &Money,
) -> (u64, [Money; 2]) {
    let mut present = 0;
    let mut euro = [[0.0; LANES]; 2];
    for lane in 0..LANES {
        if count[lane] > 0.0 {
            present |= 1 << lane;
            let each = part[lane] / count[lane];
            let asking = count[lane] + waiting[lane];
            // What is due for all that asked, by the cost that they would have come to.
            let theirs = each * asking;
            let all = whole[lane] - part[lane] + theirs;
            let share = if all > 0.0 { theirs / all } else { 1.0 };
            euro[0][lane] = each * MORE_POINTS;
            euro[1][lane] = due[lane] as f64 / MONEY * share * MORE_POINTS / asking;
        }
    }
    (present, [to_cents(&euro[0]), to_cents(&euro[1])])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_that_wait_share_what_is_due_and_each_counts_once() {
        let of = |value: f64| [value; LANES];
        // Two points are built for 1 000 each and two wait; renewals cost 4 000. All that ask would have
        // cost 4 000 + 4 000, so that half of the 6 000 due are for four points: 750 each.
        let (present, [cost, due]) =
            more_points([&of(6_000.0), &of(2_000.0)], [&of(2.0), &of(2.0)], &[600_000; LANES]);
        assert_eq!((present, cost[3], due[3]), (u64::MAX, 10_000_000, 7_500_000));
        // Without any that is built nobody knows what one costs.
        assert_eq!(more_points([&of(0.0); 2], [&of(0.0), &of(3.0)], &[1; LANES]).0, 0);
    }
}
