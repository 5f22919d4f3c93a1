//! In what two sides differ, in lines: of two scenarios as `diff` tells it, of two policies by their parts.

use super::super::changes::{one, rows};
use super::given::Given;
use crate::analysis::comparison::Contest;
use crate::model::{Idle, Scenario};
use crate::scenario::{Disk, Version, difference};

/// At most so many changes, and rows of a table, are told.
const MOST: usize = 12;

/// What differs; where nothing changes, why.
pub fn lines(
    given: &[Given],
    scenarios: &[Scenario],
    origins: &[usize],
    contest: &Contest,
    changes_nothing: bool,
) -> Vec<String> {
    let (before, after) = (contest.before, contest.after);
    let mut lines = Vec::new();
    let origin = |scenario: usize| origins.get(scenario).and_then(|origin| given.get(*origin));
    if before.scenario != after.scenario
        && let (Some(first), Some(second)) = (origin(before.scenario), origin(after.scenario))
    {
        lines.extend(of_scenarios(first, second, changes_nothing));
    }
    if before.scenario == after.scenario {
        let scenario = &scenarios[before.scenario];
        lines.extend(of_policies(scenario, before.policy, after.policy, changes_nothing));
    } else if scenarios[before.scenario].policies[before.policy].name
        != scenarios[after.scenario].policies[after.policy].name
    {
        lines.push("  two policies of different names are compared".to_owned());
    }
    lines
}

fn version(given: &Given) -> Option<Version> {
    let (disk, name) = Disk::open(&given.file).ok()?;
    Version::read(disk, &name, &given.settings).ok()
}

fn of_scenarios(first: &Given, second: &Given, changes_nothing: bool) -> Vec<String> {
    let (Some(old), Some(new)) = (version(first), version(second)) else { return Vec::new() };
    let found = difference(&old, &new);
    let (all, figures) = found.counts();
    if found.is_empty() {
        return vec!["  no difference of meaning was found: the two say the same".to_owned()];
    }
    let mut lines: Vec<String> = found.changes.iter().take(MOST).map(one).collect();
    if found.changes.len() > MOST {
        lines.push(format!("  … {} more, which `dotacija diff` tells", found.changes.len() - MOST));
    }
    lines.extend(found.tables.iter().map(|table| rows(table, MOST)));
    if changes_nothing {
        lines.push(match figures {
            0 => "  no figure can follow what differs".to_owned(),
            _ => format!(
                "  {figures} of {all} differences could have changed a figure, and none did in these draws"
            ),
        });
    }
    lines
}

fn of_policies(
    scenario: &Scenario,
    before: usize,
    after: usize,
    changes_nothing: bool,
) -> Vec<String> {
    let (Some(one), Some(other)) = (scenario.policies.get(before), scenario.policies.get(after))
    else {
        return Vec::new();
    };
    let found = scenario.differences(one, other);
    if found.is_empty() {
        return vec![
            "  no difference of meaning was found: the two policies say the same".to_owned(),
        ];
    }
    let mut lines: Vec<String> = found
        .iter()
        .map(|part| {
            let programme = scenario.programmes.get(part.programme);
            let name = programme.map_or("", |programme| programme.name.as_str());
            let why = match part.idle {
                None => "",
                Some(Idle::OpenEnded) => " (no figure can follow: the pots are open-ended)",
                Some(Idle::Empty) => " (no figure can follow: the pots are 0 in every year)",
                Some(Idle::NoRule) => " (no figure can follow: neither has a rule)",
            };
            format!("  {name}: {}{why}", part.field)
        })
        .collect();
    if changes_nothing {
        let could = found.iter().filter(|part| part.idle.is_none()).count();
        lines.push(match could {
            0 => "  no figure can follow what differs".to_owned(),
            _ => format!(
                "  {could} of {} could have changed a figure, and none did in these draws",
                found.len()
            ),
        });
    }
    lines
}
