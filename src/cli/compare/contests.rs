//! Which policy is compared with which, and the scenarios that are simulated for it.

use super::given::Given;
use super::{CompareArguments, nothing_in_common};
use crate::analysis::comparison::{Contest, Side, at_pots_of, on_the_same_draws};
use crate::model::{Scenario, Years};
use crate::problem::{Problem, codes};
use crate::scenario::{Disk, Ingredient, Mixer, Part, did_you_mean};

/// The scenarios to simulate and what of them is compared.
pub struct Field {
    /// Those given, then those made to put one's pots under another.
    pub scenarios: Vec<Scenario>,
    /// What each is called.
    pub names: Vec<String>,
    /// What is compared.
    pub contests: Vec<Contest>,
    /// Which of those given each scenario is, or was made of.
    pub origins: Vec<usize>,
}

impl Field {
    /// Finds out what is compared.
    ///
    /// # Errors
    /// Every name that is not known, and every two that have nothing in common.
    pub fn new(given: &[Given], arguments: &CompareArguments) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut chosen: Vec<[(usize, usize); 2]> = Vec::new();
        for column in &arguments.by {
            problems.extend(given.iter().filter_map(|one| no_column(one, column)));
        }
        if let [alone] = given {
            chosen.extend(of_one(alone, &arguments.policy, &mut problems));
        }
        for (index, other) in given.iter().enumerate().skip(1) {
            common(&given[0], other, &mut problems);
            let pairs = of_two(&given[0], other, &arguments.policy, &mut problems);
            chosen.extend(pairs.into_iter().map(|[before, after]| [(0, before), (index, after)]));
        }
        if !problems.is_empty() {
            // The same name may be wrong in several; once is enough for each.
            problems.dedup_by(|a, b| a.message == b.message);
            return Err(problems);
        }
        let mut field = Self {
            scenarios: given.iter().map(|one| one.scenario.clone()).collect(),
            names: given.iter().map(|one| one.label.clone()).collect(),
            contests: Vec::new(),
            origins: (0..given.len()).collect(),
        };
        for [before, after] in chosen {
            let same_pots =
                if arguments.bridge { None } else { field.same_pots(given, before, after) };
            let side = |(scenario, policy)| Side { scenario, policy };
            field.contests.push(Contest { before: side(before), after: side(after), same_pots });
        }
        on_the_same_draws(&mut field.scenarios);
        field.leave_out_what_is_not_compared();
        Ok(field)
    }

    /// The second at the pots of the first; nothing where that is no scenario.
    fn same_pots(
        &mut self,
        given: &[Given],
        before: (usize, usize),
        after: (usize, usize),
    ) -> Option<Side> {
        if before.0 == after.0 {
            let policy = at_pots_of(&mut self.scenarios[after.0], after.1, before.1);
            return Some(Side { scenario: after.0, policy });
        }
        let mut mixer = mixer(given, before, after).ok()?;
        if !mixer.differing().contains(&Part::Pot) {
            return Some(Side { scenario: after.0, policy: after.1 });
        }
        let mixed = mixer.second_at_pots_of_first().ok()?;
        let is_alike = mixed.programmes.len() == given[after.0].scenario.programmes.len()
            && mixed.years == given[after.0].scenario.years
            && !mixed.policies.is_empty();
        if !is_alike {
            return None;
        }
        self.names.push(format!("{} at the pots of the first", given[after.0].label));
        self.scenarios.push(mixed);
        self.origins.push(after.0);
        Some(Side { scenario: self.scenarios.len() - 1, policy: 0 })
    }

    /// Policies that nobody asks for cost time; the baseline stays, for the network may hang on it.
    fn leave_out_what_is_not_compared(&mut self) {
        for (index, scenario) in self.scenarios.iter_mut().enumerate() {
            let sides =
                |contest: &Contest| [Some(contest.before), Some(contest.after), contest.same_pots];
            let asked = self.contests.iter().flat_map(sides).flatten();
            let mut kept: Vec<usize> =
                asked.filter(|side| side.scenario == index).map(|side| side.policy).collect();
            kept.push(scenario.baseline);
            kept.sort_unstable();
            kept.dedup();
            let place = |policy: usize| kept.iter().position(|one| *one == policy).unwrap_or(0);
            scenario.policies =
                kept.iter().filter_map(|policy| scenario.policies.get(*policy).cloned()).collect();
            scenario.baseline = place(scenario.baseline);
            for contest in &mut self.contests {
                let Contest { before, after, same_pots } = contest;
                for side in [Some(before), Some(after), same_pots.as_mut()].into_iter().flatten() {
                    if side.scenario == index {
                        side.policy = place(side.policy);
                    }
                }
            }
        }
    }
}

/// Two of those given, to be mixed; each with a policy.
pub fn mixer(
    given: &[Given],
    before: (usize, usize),
    after: (usize, usize),
) -> Result<Mixer<Disk>, Vec<Problem>> {
    let mut ingredients = Vec::new();
    let mut problems = Vec::new();
    for (index, policy) in [before, after] {
        let one = &given[index];
        match Disk::open(&one.file) {
            Ok((folder, name)) => ingredients.push(Ingredient {
                folder,
                name,
                settings: one.settings.clone(),
                policy: one.scenario.policies[policy].name.clone(),
            }),
            Err(problem) => problems.push(*problem),
        }
    }
    match <[Ingredient<Disk>; 2]>::try_from(ingredients) {
        Ok([first, second]) => Mixer::read(first, second).map_err(|(problems, _)| problems),
        Err(_) => Err(problems),
    }
}

fn names(scenario: &Scenario) -> Vec<&str> {
    scenario.policies.iter().map(|policy| policy.name.as_str()).collect()
}

fn find(given: &Given, name: &str, problems: &mut Vec<Problem>) -> Option<usize> {
    let known = names(&given.scenario);
    let found = known.iter().position(|known| *known == name);
    if found.is_none() {
        let message = format!("`{name}` is not a policy of `{}`", given.label);
        let problem = Problem::error(codes::UNKNOWN_NAME, message);
        problems.push(did_you_mean(problem, name, &known));
    }
    found
}

/// Of one scenario: the first policy named (or its baseline) against the others.
fn of_one(
    given: &Given,
    asked: &[String],
    problems: &mut Vec<Problem>,
) -> Vec<[(usize, usize); 2]> {
    let scenario = &given.scenario;
    let split = |name: &String| -> Vec<String> {
        let is_known = names(scenario).contains(&name.as_str());
        match name.split_once('=') {
            Some((old, new)) if !is_known => vec![old.to_owned(), new.to_owned()],
            _ => vec![name.clone()],
        }
    };
    let asked: Vec<String> = asked.iter().flat_map(split).collect();
    let found: Vec<Option<usize>> = asked.iter().map(|name| find(given, name, problems)).collect();
    let found: Vec<usize> = found.into_iter().flatten().collect();
    if found.len() < asked.len() {
        return Vec::new();
    }
    let (before, others) = match &found[..] {
        [] => (scenario.baseline, (0..scenario.policies.len()).collect()),
        [one] => (scenario.baseline, vec![*one]),
        [first, others @ ..] => (*first, others.to_vec()),
    };
    let others: Vec<usize> = others.into_iter().filter(|other| *other != before).collect();
    if scenario.policies.is_empty() {
        problems.push(no_policy(given));
    } else if others.is_empty() {
        let message =
            format!("`{}` has nothing to compare: one policy alone is asked for", given.label);
        problems.push(
            Problem::error(codes::NOTHING_IN_COMMON, message)
                .help("name a second policy (--policy), a second scenario, or what to change in this one (--set)"),
        );
    }
    others.into_iter().map(|other| [(0, before), (0, other)]).collect()
}

/// That a scenario has nothing that could be compared.
fn no_policy(given: &Given) -> Problem {
    let message = format!(
        "`{}` declares no policy, and what is compared are policies: how money is divided under each",
        given.label
    );
    Problem::error(codes::NOTHING_IN_COMMON, message)
        .help("add a `policies` section with at least two, or one that both scenarios have")
        .note("outcomes of inputs alone are told by `dotacija run`, and what moves them by `dotacija sensitivity`")
}

/// Of two scenarios: the policies named, each with its like, or all that both have.
fn of_two(
    first: &Given,
    second: &Given,
    asked: &[String],
    problems: &mut Vec<Problem>,
) -> Vec<[usize; 2]> {
    let [one, other] = [first, second].map(|given| names(&given.scenario));
    if one.is_empty() || other.is_empty() {
        let without =
            [first, second].into_iter().filter(|given| given.scenario.policies.is_empty());
        problems.extend(without.map(no_policy));
        return Vec::new();
    }
    if asked.is_empty() {
        let pairs: Vec<[usize; 2]> = one
            .iter()
            .enumerate()
            .filter_map(|(index, name)| {
                Some([index, other.iter().position(|known| known == name)?])
            })
            .collect();
        if pairs.is_empty() && one.len() == 1 && other.len() == 1 {
            return vec![[0, 0]];
        }
        if pairs.is_empty() {
            let lists = [one, other]
                .map(|names| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
            let lists = [&lists[0][..], &lists[1][..]];
            problems.push(nothing_in_common("policy", &first.label, &second.label, lists));
        }
        return pairs;
    }
    let mut pairs = Vec::new();
    for name in asked {
        let (old, new) = match name.split_once('=') {
            Some((old, new)) if !one.contains(&name.as_str()) => (old, new),
            _ => (name.as_str(), name.as_str()),
        };
        if let (Some(old), Some(new)) = (find(first, old, problems), find(second, new, problems)) {
            pairs.push([old, new]);
        }
    }
    pairs
}

/// Tells if two scenarios share no year or no municipality.
fn common(first: &Given, second: &Given, problems: &mut Vec<Problem>) {
    let [one, other] = [first, second].map(|given| given.scenario.years);
    let span = |years: Years| match (years.first, years.last) {
        (first, last) if first == last => format!("the year {first}"),
        (first, last) => format!("the years {first}–{last}"),
    };
    if one.last < other.first || other.last < one.first {
        let message = format!(
            "`{}` has {} and `{}` has {}: no year in common",
            first.label,
            span(one),
            second.label,
            span(other)
        );
        problems.push(Problem::error(codes::NOTHING_IN_COMMON, message).help(
            "compare scenarios whose `years` overlap: the years that both have are compared",
        ));
    }
    let [one, other] = [first, second].map(|given| &given.scenario.municipalities.table.codes[..]);
    let empty = one.is_empty() && other.is_empty();
    let of = [first, second].map(|given| &given.scenario.municipalities);
    // The same table in other units: what belongs together is known, by whatever codes.
    let redrawn = of[0].changes != of[1].changes && of[0].origin() == of[1].origin();
    if !empty && !redrawn && !one.iter().any(|code| other.contains(code)) {
        let labels = [&first.label, &second.label];
        problems.push(nothing_in_common("municipality", labels[0], labels[1], [one, other]));
    }
    let [one, other] = [first, second].map(|given| &given.scenario.currency);
    if one != other {
        let message = format!(
            "`{}` counts in {one} and `{}` in {other}: sums cannot be compared",
            first.label, second.label
        );
        let help = "write the same `money.currency` and give all sums in it";
        problems.push(Problem::error(codes::NOTHING_IN_COMMON, message).help(help));
    }
}

fn no_column(given: &Given, column: &str) -> Option<Problem> {
    let table = &given.scenario.municipalities.table;
    let is_text = |column: &crate::model::Column| {
        matches!(column.values, crate::model::ColumnValues::Texts { .. })
    };
    if table.column(column).is_some_and(is_text) {
        return None;
    }
    let known: Vec<&str> = table
        .columns
        .iter()
        .filter(|column| is_text(column))
        .map(|column| column.name.as_str())
        .collect();
    let message = format!(
        "`{column}` is not a column of texts that `{}` names for its municipalities",
        given.label
    );
    let problem = Problem::error(codes::UNKNOWN_NAME, message);
    Some(if known.is_empty() {
        problem.help("add it to the `columns` of `municipalities: Table(…)`")
    } else {
        did_you_mean(problem, column, &known)
    })
}
