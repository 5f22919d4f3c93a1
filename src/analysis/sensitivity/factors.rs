//! What figures are explained by.

use crate::expression::Extent;
use crate::model::{Input, InputValue, Scenario, Time};

/// One input, or several that are correlated and so move together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Factor {
    /// The name, of several all names with `+` between them.
    pub name: String,
    /// Indices of the inputs.
    pub inputs: Vec<usize>,
    /// Whether it is a single number in each draw.
    pub is_single: bool,
}

/// Every uncertain input, those that correlations tie together as one; in order of declaration.
///
/// An input that is drawn for each municipality, point or year is one factor with all its values.
#[must_use]
pub fn factors(scenario: &Scenario) -> Vec<Factor> {
    let mut found: Vec<Factor> = Vec::new();
    for (index, input) in scenario.inputs.iter().enumerate() {
        if !matches!(input.value, InputValue::Drawn(_)) {
            continue;
        }
        let group = scenario.dependence.group_of(index);
        let inputs = group.map_or_else(|| vec![index], |group| group.inputs.clone());
        if found.iter().any(|factor| factor.inputs == inputs) {
            continue;
        }
        let members: Vec<&Input> =
            inputs.iter().filter_map(|index| scenario.inputs.get(*index)).collect();
        if !members.iter().any(|input| input.is_uncertain()) {
            continue;
        }
        let names: Vec<&str> = members.iter().map(|input| input.name.as_str()).collect();
        found.push(Factor {
            name: names.join(" + "),
            is_single: members.len() == 1 && is_single(input),
            inputs,
        });
    }
    found
}

/// Whether an input is one number in each draw.
pub(super) fn is_single(input: &Input) -> bool {
    input.extent == Extent::Nation && input.time == Time::Once
}

/// How an input is drawn, where it is more than one number in each draw.
pub(super) fn drawn(input: &Input) -> &'static str {
    match (input.extent, input.is_yearly()) {
        (Extent::Nation, _) => "each year",
        (Extent::Municipality, false) => "each municipality",
        (Extent::Municipality, true) => "each municipality and year",
        (Extent::Point, false) => "each point",
        (Extent::Point, true) => "each point and year",
    }
}
