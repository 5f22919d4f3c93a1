//! Which dimension of a sampling plan each national score of a scenario has.

use super::{Input, InputValue, Scenario};
use crate::expression::Extent;
use crate::random::plan::DIMENSIONS;

/// Every fourth dimension is kept for distributions written in place.
const KEPT: usize = 4;

/// The dimension of every national score: by input, then by simulated year (one where it is drawn
/// once).
///
/// Scores are counted in the order of declaration. Distributions written in place stand behind all
/// declared inputs and so are counted apart, in dimensions 3, 7, 11, …; else an input that is appended
/// would move them. Years before the first have no dimension: how many there are depends on formulas.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dimensions {
    by_input: Vec<Vec<Option<usize>>>,
}

/// What a plan covers of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// How many national scores it covers.
    pub scores: usize,
    /// How many inputs have scores that it covers.
    pub inputs: usize,
    /// Inputs with national scores that it has no dimension for, in order of declaration.
    pub left: Vec<String>,
}

impl Dimensions {
    /// Counts the national scores of a scenario.
    pub fn new(scenario: &Scenario) -> Self {
        let years = i64::from(scenario.years.last) - i64::from(scenario.years.first) + 1;
        let years = usize::try_from(years).unwrap_or(0);
        let (mut declared, mut in_place) = (0, 0);
        let by_input = scenario
            .inputs
            .iter()
            .map(|input| {
                if !has_national_score(input) {
                    return Vec::new();
                }
                let in_place_too = input.is_in_place();
                let count = if in_place_too { &mut in_place } else { &mut declared };
                let scores = if input.is_yearly() { years } else { 1 };
                let from = *count;
                *count += scores;
                (from..*count)
                    .map(|at| if in_place_too { dimension_in_place(at) } else { dimension(at) })
                    .map(|dimension| Some(dimension).filter(|dimension| *dimension < DIMENSIONS))
                    .collect()
            })
            .collect();
        Self { by_input }
    }

    /// The dimensions of an input's national scores, by simulated year; empty where it has none.
    pub fn of(&self, input: usize) -> &[Option<usize>] {
        self.by_input.get(input).map_or(&[], Vec::as_slice)
    }
}

impl Coverage {
    /// What the plan of a scenario's run covers.
    pub fn new(scenario: &Scenario) -> Self {
        let dimensions = Dimensions::new(scenario);
        let limited = scenario.run.plan.has_dimensions();
        let mut coverage = Self { scores: 0, inputs: 0, left: Vec::new() };
        for (index, input) in scenario.inputs.iter().enumerate() {
            let scores = dimensions.of(index);
            let covered = scores.iter().filter(|score| !limited || score.is_some()).count();
            coverage.scores += covered;
            coverage.inputs += usize::from(covered > 0);
            if covered < scores.len() {
                coverage.left.push(input.name.clone());
            }
        }
        coverage
    }
}

/// Whether an input is drawn once for the nation, or shares variance with it.
fn has_national_score(input: &Input) -> bool {
    matches!(input.value, InputValue::Drawn(_))
        && (input.extent == Extent::Nation || input.common.nation > 0.0)
}

/// 0, 1, 2, 4, 5, 6, 8, …
fn dimension(count: usize) -> usize {
    count / (KEPT - 1) * KEPT + count % (KEPT - 1)
}

/// 3, 7, 11, …
fn dimension_in_place(count: usize) -> usize {
    count * KEPT + KEPT - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declared_and_in_place_scores_share_out_all_dimensions() {
        let declared = (0..192).map(dimension);
        let mut all: Vec<usize> = declared.chain((0..64).map(dimension_in_place)).collect();
        all.sort_unstable();
        assert_eq!(all, (0..DIMENSIONS).collect::<Vec<usize>>());
        assert!(dimension(192) >= DIMENSIONS && dimension_in_place(64) >= DIMENSIONS);
    }
}
