//! What a step of a formula costs those whose figure lies close to it.

use super::median::{Change, largest, paid};
use crate::engine::{Failure, Prepared};
use crate::model::{ColumnValues, Scenario, Table};
use crate::scenario::{NearStep, near_steps};
use rayon::prelude::*;

/// More neighbours of steps than these are not worked out: each takes the median path twice.
pub const MOST_STEPS: usize = 60;

/// A step and what it costs a neighbour.
#[derive(Clone, Debug, PartialEq)]
pub struct StepCost {
    /// The step, and whose figure is near it.
    pub step: NearStep,
    /// Index of the municipality whose award it moves.
    pub municipality: usize,
    /// Where the step moves the award most, by the award just above the step less that just below it;
    /// nothing where it moves none by a cent.
    pub largest: Option<Change>,
}

/// What each step costs each neighbour within 3 % of it, on the median path: the award with the figure
/// a billionth above the step less that with the figure a billionth below, so that nothing but the
/// step makes a difference. Also how many neighbours there are in all.
///
/// # Errors
/// A formula that fails on a median path.
pub fn step_costs(
    scenario: &Scenario,
    tick: &(dyn Fn() + Sync),
) -> Result<(Vec<StepCost>, usize), Failure> {
    let near = near_steps(scenario);
    let count = near.len();
    let costs: Result<Vec<StepCost>, Failure> = near
        .into_par_iter()
        .take(MOST_STEPS)
        .map(|step| {
            let hair = step.at.abs() * 1e-9;
            let below = paid(&Prepared::new(&with(scenario, &step, step.at - hair)))?;
            let above = paid(&Prepared::new(&with(scenario, &step, step.at + hair)))?;
            let municipality = if step.of_points {
                scenario.points.municipality.get(step.row).map_or(0, |&index| index as usize)
            } else {
                step.row
            };
            let largest = largest(&below, &above, municipality, None);
            tick();
            Ok(StepCost { step, municipality, largest })
        })
        .collect();
    Ok((costs?, count))
}

/// The scenario with one figure of one row as told, in every year.
fn with(scenario: &Scenario, step: &NearStep, value: f64) -> Scenario {
    let mut changed = scenario.clone();
    let table: &mut Table =
        if step.of_points { &mut changed.points.table } else { &mut changed.municipalities.table };
    for column in table.columns.iter_mut().filter(|column| column.name == step.name) {
        match &mut column.values {
            ColumnValues::Numbers(numbers) => {
                if let Some(cell) = numbers.get_mut(step.row) {
                    *cell = value;
                }
            }
            ColumnValues::Yearly { rows, .. } => {
                for cell in rows.iter_mut().filter_map(|row| row.get_mut(step.row)) {
                    *cell = value;
                }
            }
            ColumnValues::Texts { .. } => {}
        }
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Memory, open_in};

    /// The only formula has a step: it pays 1,000 EUR to who has at least 100 on a scale;
    /// two of three municipalities stand close to it.
    const STEPPED: &str = r#"Scenario(
        format: 1, title: "A step", years: (first: 2024, last: 2024),
        money: (currency: "EUR"),
        municipalities: Table(file: "m.csv", code: "code", name: "name", columns: ["scale"]),
        programmes: { "upkeep": (purpose: Maintenance, appropriation: OpenEnded) },
        policies: { "steps": (source: "test", rules: { "upkeep": (
            entitle: Worksheet([(line: "due", is: "if(scale >= 100, 1_500, 500)")]), may_exceed_cost: true,
        ) }) },
        run: (draws: 1),
    )"#;

    #[test]
    fn the_step_alone_is_priced_on_either_side() {
        let table = "code,name,scale\n01,Alda,99\n02,Birze,150\n03,Ceri,100\n";
        let files = [("s.ron", STEPPED), ("m.csv", table)];
        let opened = open_in(Memory::new(&files), "s.ron", &[]);
        let scenario = opened.scenario.unwrap_or_else(|| panic!("{:#?}", opened.problems));
        let (costs, near) = step_costs(&scenario, &|| {}).unwrap();
        // 150 is half as far again.
        assert_eq!(near, 2);
        for cost in &costs {
            let change = cost.largest.unwrap();
            assert_eq!((change.year, change.by.due, change.by.paid), (2024, 100_000, 100_000));
        }
        assert_eq!((costs[0].municipality, costs[1].municipality), (2, 0));
    }
}
