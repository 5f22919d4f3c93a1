//! `compare --bridge`: the mixtures between two scenarios, and what each step changes.

use super::super::{Ending, failure, progress, show};
use super::contests::{Field, mixer};
use super::given::Given;
use super::{CompareArguments, Found, Told, pretty};
use crate::analysis::comparison::{Chain, Named, bridge, on_the_same_draws};
use crate::engine::Options;
use crate::model::Scenario;
use crate::problem::{Problem, Sources, codes};
use crate::report::comparison::{bridge_csv, bridge_text};
use crate::scenario::{Disk, Mixer, PARTS, Part};
use std::collections::BTreeSet;

/// Parts that are changed in one step, and why they stand together.
struct Steps {
    taken: Vec<Vec<Part>>,
    together: Vec<String>,
    mixtures: Vec<Scenario>,
}

/// Takes the one change that is asked for apart.
pub fn bridged(
    arguments: &CompareArguments,
    given: &[Given],
    field: &Field,
) -> Result<Told, Ending> {
    let refused = |problem: Problem| {
        show::problems(&[problem], &Sources::default());
        Ending::Wrong
    };
    let [contest] = &field.contests[..] else {
        let message = format!(
            "a bridge leads from one policy to one other, and {} pairs are asked for",
            field.contests.len()
        );
        return Err(refused(
            Problem::error(codes::NO_BRIDGE, message)
                .help("name the policy, or OLD=NEW, with --policy, and at most two scenarios"),
        ));
    };
    let (before, after) = (contest.before, contest.after);
    let [first, second] = [before, after].map(|side| &field.scenarios[side.scenario]);
    if first.years != second.years {
        let span =
            |scenario: &Scenario| format!("{}–{}", scenario.years.first, scenario.years.last);
        let message = format!(
            "there is no bridge between different years: {} and {}",
            span(first),
            span(second)
        );
        return Err(refused(Problem::error(codes::NO_BRIDGE, message).help(format!(
            "give the second the years of the first: --set years.first={} --set years.last={}",
            first.years.first, first.years.last
        ))));
    }
    let named = |side: crate::analysis::comparison::Side| Named {
        scenario: field.names[side.scenario].clone(),
        policy: field.scenarios[side.scenario].policies[side.policy].name.clone(),
    };
    // Policies were left out on the way: the mixer knows them by name.
    let place = |side: crate::analysis::comparison::Side| {
        let origin = field.origins[side.scenario];
        let name = named(side).policy;
        let policies = &given[origin].scenario.policies;
        (origin, policies.iter().position(|policy| policy.name == name).unwrap_or(0))
    };
    let mut mixer = mixer(given, place(before), place(after)).map_err(|problems| {
        show::problems(&problems, &Sources::default());
        Ending::Wrong
    })?;
    let differing = mixer.differing();
    let mut found = steps(&mut mixer, &differing).map_err(|problems| {
        let (problems, sources) = mixer.typed(problems);
        show::problems(&problems, &sources);
        Ending::Wrong
    })?;
    if let (Some(mixture), Some(own)) = (found.mixtures.first_mut(), field.scenarios.first()) {
        mixture.run = own.run.clone();
    }
    on_the_same_draws(&mut found.mixtures);
    let names: Vec<Vec<&'static str>> =
        found.taken.iter().map(|parts| parts.iter().map(|part| part.name()).collect()).collect();
    let draws = found.mixtures.first().map_or(0, |scenario| scenario.run.draws);
    let bar = progress::bar(draws, arguments.quiet);
    let options = Options {
        threads: arguments.threads,
        progress: &|done| bar.set_position(done),
        ..Options::default()
    };
    let built = bridge(&found.mixtures, (named(before), named(after)), &names, &options);
    bar.finish_and_clear();
    let mut built = built.map_err(|(mixture, failure)| {
        let taken = Chain::taken(found.taken.len());
        let step = place_of(taken.get(mixture).map_or(&[][..], Vec::as_slice), &names);
        let mut problem = failure::problem(&failure);
        problem.note = Some(match problem.note {
            Some(note) => format!("{step}; {note}"),
            None => step,
        });
        let (problems, sources) = mixer.typed(vec![problem]);
        show::problems(&problems, &sources);
        Ending::Wrong
    })?;
    built.same =
        PARTS.iter().filter(|(part, _)| !differing.contains(part)).map(|(_, name)| *name).collect();
    built.together = found.together;
    built.notes.extend(other_units(first, second));
    let currency = &first.currency;
    let json = serde_json::to_value(&built).unwrap_or_default();
    Ok(Told {
        name: "bridge",
        text: bridge_text(&built, currency),
        csv: bridge_csv(&built),
        json: pretty(&json),
        found: Found::Bridge(Box::new(built)),
        differs: Vec::new(),
        currency: currency.clone(),
    })
}

/// Where on the bridge a mixture stands, from the steps that it has taken.
fn place_of(taken: &[usize], names: &[Vec<&'static str>]) -> String {
    let parts: Vec<String> =
        taken.iter().filter_map(|step| names.get(*step)).map(|parts| parts.join(", ")).collect();
    if parts.is_empty() {
        return "at the start of the bridge".to_owned();
    }
    if taken.len() == names.len() {
        return "at the end of the bridge".to_owned();
    }
    let order = if taken.first() == Some(&0) { "" } else { ", in reverse order" };
    let last = if order.is_empty() { parts.last() } else { parts.first() };
    format!(
        "in the bridge's step `{}`{order}: {} of the second, all else of the first",
        last.map_or("", String::as_str),
        parts.join(", ")
    )
}

/// That the municipalities are not the same, and where what that changes is found.
fn other_units(first: &Scenario, second: &Scenario) -> Option<String> {
    let codes = |scenario: &Scenario| -> BTreeSet<String> {
        scenario.municipalities.table.codes.iter().cloned().collect()
    };
    let (one, other) = (codes(first), codes(second));
    let (left, come) = (one.difference(&other).count(), other.difference(&one).count());
    (left + come > 0).then(|| {
        format!(
            "The municipalities are not the same: {left} only in the first, {come} only in the second. What they \
             receive is part of the step that changes data or boundaries; bridge.csv has each of them, and \
             `compare` without --bridge lists them with their sums."
        )
    })
}

/// Steps between which there is a scenario, in both orders; parts that cannot be told apart are one step.
fn steps(mixer: &mut Mixer<Disk>, differing: &[Part]) -> Result<Steps, Vec<Problem>> {
    let mut steps: Vec<Vec<Part>> = differing.iter().map(|part| vec![*part]).collect();
    let mut together = Vec::new();
    let alike: Vec<Part> =
        PARTS.iter().map(|(part, _)| *part).filter(|part| !differing.contains(part)).collect();
    'again: loop {
        let mut mixtures = Vec::new();
        for taken in Chain::taken(steps.len()) {
            let mut parts: Vec<Part> = taken.iter().flat_map(|step| steps[*step].clone()).collect();
            if taken.len() == steps.len() {
                // The end is the second as it is.
                parts.extend(&alike);
            }
            match mixer.mixed(&parts) {
                Ok(scenario) => mixtures.push(scenario),
                Err(problems) if taken.is_empty() || taken.len() == steps.len() => {
                    return Err(problems);
                }
                Err(problems) => {
                    // In order the last step taken and the next go together; in reverse the first taken
                    // and the one before it.
                    let in_order = taken.first() == Some(&0);
                    let first = if in_order { taken.len() - 1 } else { taken[0] - 1 };
                    let joined = steps.remove(first + 1);
                    steps[first].extend(joined);
                    let why = problems.first().map_or("", |problem| problem.message.as_str());
                    let names: Vec<&str> = steps[first].iter().map(|part| part.name()).collect();
                    together.retain(|(of, _): &(Part, String)| !steps[first].contains(of));
                    together.push((
                        steps[first][0],
                        format!(
                            "One step: {}; between them is no scenario ({why}).",
                            names.join(", ")
                        ),
                    ));
                    continue 'again;
                }
            }
        }
        let together = together.into_iter().map(|(_, words)| words).collect();
        return Ok(Steps { taken: steps, together, mixtures });
    }
}
