//! Inputs that are correlated: their scores are drawn together.
//!
//! Each part of the scores (what is common to the nation, to a municipality, and own) is mixed across
//! the inputs of a group before the parts are added and the years are tied.

use super::design::Futures;
use super::draws::{Block, Drawn, Shared, add_shared, draw_parts, tie_years};
use super::prepared::Prepared;
use crate::model::{Common, Group, Scenario};
use crate::numeric::{LANES, Lanes, clear};
use crate::random::dependence::Factor;

/// Which shared parts of an input's scores are drawn, by the largest share that it or an input tied to
/// it has.
pub fn parts(scenario: &Scenario, input: usize) -> Common {
    let alone = [input];
    let tied = scenario.dependence.group_of(input).map_or(&alone[..], |group| &group.inputs);
    tied.iter().filter_map(|input| scenario.inputs.get(*input)).fold(
        Common::default(),
        |most, input| Common {
            nation: most.nation.max(input.common.nation),
            municipality: most.municipality.max(input.common.municipality),
        },
    )
}

/// Fills the scores of all inputs of a group, which are alike in rows and years.
pub fn fill_group(drawn: &mut [Drawn], group: &Group, prepared: &Prepared<'_>, block: Block<'_>) {
    // A design moves the inputs of a group together.
    let first = group.inputs.first().copied().unwrap_or(0);
    let Some(futures) = Futures::of(block, first) else {
        for &input in &group.inputs {
            clear(drawn[input].values_mut());
        }
        return;
    };
    let scenario = prepared.scenario;
    let years = group.inputs.first().map_or(0, |input| drawn[*input].years());
    let mut shared = vec![Shared::default(); group.inputs.len()];
    for year in 0..years {
        for (&input, shared) in group.inputs.iter().zip(&mut shared) {
            let streams = &prepared.streams[input];
            draw_parts(&mut drawn[input], shared, streams, scenario.run.seed, year, futures);
        }
        let is_first = years == 1 || year == prepared.past;
        let factor = if is_first { &group.first } else { &group.later };
        let members: Vec<usize> = (0..shared.len()).collect();
        mix(factor, &mut shared, &members, |shared| &mut shared.nation);
        mix(factor, &mut shared, &members, |shared| &mut shared.municipality);
        mix(factor, drawn, &group.inputs, |drawn| drawn.year_mut(year));
        for (&input, shared) in group.inputs.iter().zip(&shared) {
            add_shared(&mut drawn[input], shared, &scenario.inputs[input], prepared, year);
        }
    }
    for &input in &group.inputs {
        tie_years(&mut drawn[input], scenario.inputs[input].time, prepared.past);
    }
}

/// Mixes the scores of each row across some of many things that have rows.
fn mix<Of>(
    factor: &Factor,
    all: &mut [Of],
    members: &[usize],
    rows_of: impl Fn(&mut Of) -> &mut [Lanes],
) {
    let rows = members.iter().map(|&member| rows_of(&mut all[member]).len()).min().unwrap_or(0);
    let mut scores = vec![[0.0; LANES]; members.len()];
    for row in 0..rows {
        for (scores, &member) in scores.iter_mut().zip(members) {
            *scores = rows_of(&mut all[member])[row];
        }
        factor.apply(&mut scores);
        for (scores, &member) in scores.iter().zip(members) {
            rows_of(&mut all[member])[row] = *scores;
        }
    }
}
