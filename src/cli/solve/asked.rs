//! What was typed, and what it means: target, policy, lever and range, all problems at once.

use super::SolveArguments;
use crate::analysis::solve::{Dial, TARGET, Target, appropriate, appropriated, read};
use crate::model::{Lever as Declared, Mode, Scenario};
use crate::problem::{Problem, Sources, codes};
use crate::scenario::{did_you_mean, keep_policies, quoted, spoken};

/// What places of the range name as their file.
pub const BETWEEN: &str = "--between";
/// What stands before the name of a programme whose appropriation is the lever.
const APPROPRIATION: &str = "appropriation:";

/// What to search, and how.
#[derive(Debug)]
pub struct Plan {
    /// What is to be met.
    pub target: Target,
    /// Under which policy.
    pub policy: String,
    /// What is turned.
    pub lever: Lever,
    /// The values.
    pub dial: Dial,
    /// Where it stands today.
    pub present: f64,
    /// Its unit.
    pub unit: String,
}

/// What is turned.
#[derive(Debug)]
pub enum Lever {
    /// A declared lever, with its name and own range.
    Declared(String, (f64, f64)),
    /// The appropriation of a programme.
    Appropriation(String),
}

/// A lever, where it stands, its range and its unit.
pub type Turned = (Lever, f64, (f64, f64), String);

impl Lever {
    /// What is set so that it stands at a value; its own range is widened where the search leaves it.
    pub fn settings(&self, value: f64, (low, high): (f64, f64)) -> Vec<String> {
        let Self::Declared(name, (min, max)) = self else { return Vec::new() };
        let mut settings = vec![format!("levers.{name}.value={value}")];
        if low < *min {
            settings.push(format!("levers.{name}.min={low}"));
        }
        if high > *max {
            settings.push(format!("levers.{name}.max={high}"));
        }
        settings
    }
}

impl Plan {
    /// Makes a scenario that was opened with the lever's settings ready: the appropriation set, and only
    /// the policies left that decide. Where the network follows the money, what those who run points
    /// today accept comes from the baseline.
    pub fn apply(&self, scenario: &mut Scenario, value: f64) {
        let of =
            |scenario: &Scenario| scenario.policies.iter().position(|one| one.name == self.policy);
        if let (Lever::Appropriation(name), Some(policy)) = (&self.lever, of(scenario))
            && let Some(programme) = scenario.programmes.iter().position(|one| one.name == *name)
        {
            appropriate(scenario, policy, programme, value);
        }
        // The name was found before.
        let _ = keep_policies(scenario, std::slice::from_ref(&self.policy));
        let is_shared =
            scenario.network.as_ref().is_none_or(|network| network.mode == Mode::WhenReady);
        if is_shared {
            scenario.policies.retain(|policy| policy.name == self.policy);
            scenario.baseline = 0;
        }
    }
}

/// What is meant.
pub fn plan(
    arguments: &SolveArguments,
    scenario: &Scenario,
    sources: &Sources,
) -> Result<Plan, Vec<Problem>> {
    let mut problems = Vec::new();
    let target = sources.files.iter().find(|source| &*source.name == TARGET);
    let target = target.and_then(|source| match read(source, scenario) {
        Ok(target) => Some(target),
        Err(told) => {
            problems.extend(told);
            None
        }
    });
    let policy = policy(arguments.policy.as_deref(), scenario, &mut problems);
    let turned = lever(&arguments.lever, scenario, policy, &mut problems);
    let between = arguments.between.as_deref().map(|text| {
        let range = range(text);
        if range.is_none() {
            let message = format!("{} is not a range", quoted(text));
            let problem = Problem::error(codes::OUT_OF_RANGE, message);
            let place = sources.files.iter().find(|source| &*source.name == BETWEEN);
            let problem = match place.filter(|source| !source.text.is_empty()) {
                Some(source) => problem.at(&source.place(0..source.text.len()), ""),
                None => problem,
            };
            problems.push(problem.help("write a lower and a higher number, such as 100..300"));
        }
        range
    });
    if let Some(within) = arguments.within.filter(|within| !(*within > 0.0 && within.is_finite())) {
        let given = if within.is_finite() { spoken(within) } else { within.to_string() };
        let message = format!("--within is {given}, and a step is a number above 0");
        let help = "write how far apart values may be that are tried, such as --within 0.01";
        problems.push(Problem::error(codes::OUT_OF_RANGE, message).help(help));
    }
    let (Some(target), Some(policy), Some((lever, present, own, unit))) = (target, policy, turned)
    else {
        return Err(problems);
    };
    let (low, high) = between.flatten().unwrap_or(own);
    let dial = Dial::new(low, high, arguments.within);
    if dial.is_none() {
        let message =
            format!("the range of {} is from {} to {}", arguments.lever, spoken(low), spoken(high));
        let help = "write --between with a lower and a higher number";
        problems.push(Problem::error(codes::OUT_OF_RANGE, message).help(help));
    }
    match (dial, scenario.policies.get(policy)) {
        (Some(dial), Some(policy)) if problems.is_empty() => {
            Ok(Plan { target, policy: policy.name.clone(), lever, dial, present, unit })
        }
        _ => Err(problems),
    }
}

/// The policy that is named, the only one, or the baseline.
fn policy(asked: Option<&str>, scenario: &Scenario, problems: &mut Vec<Problem>) -> Option<usize> {
    let known: Vec<&str> = scenario.policies.iter().map(|policy| policy.name.as_str()).collect();
    if known.is_empty() {
        let message = "the scenario has no policies, so there is nothing to solve for";
        problems
            .push(Problem::error(codes::MISSING_PART, message).help("declare one in `policies`"));
        return None;
    }
    let Some(name) = asked else { return Some(scenario.baseline) };
    let found = known.iter().position(|known| *known == name);
    if found.is_none() {
        let message = format!("{} is not a policy of this scenario", quoted(name));
        problems.push(did_you_mean(Problem::error(codes::UNKNOWN_NAME, message), name, &known));
    }
    found
}

/// A lever by its name: declared, or the appropriation of a programme.
pub fn lever(
    name: &str,
    scenario: &Scenario,
    policy: Option<usize>,
    problems: &mut Vec<Problem>,
) -> Option<Turned> {
    if let Some(programme) = name.strip_prefix(APPROPRIATION) {
        return appropriation(programme, scenario, policy, problems);
    }
    if let Some(Declared { name, value, range, unit, .. }) =
        scenario.levers.iter().find(|lever| lever.name == name)
    {
        return Some((Lever::Declared(name.clone(), *range), *value, *range, unit.clone()));
    }
    let programmes = scenario.programmes.iter();
    let sums = programmes.map(|programme| format!("{APPROPRIATION}{}", programme.name));
    let known: Vec<String> =
        scenario.levers.iter().map(|lever| lever.name.clone()).chain(sums).collect();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let message = format!("{} is not a lever of this scenario", quoted(name));
    let problem = did_you_mean(Problem::error(codes::UNKNOWN_NAME, message), name, &known);
    let listed: Vec<String> = known.iter().map(|name| quoted(name)).collect();
    problems.push(problem.note(format!("there are {}", listed.join(", "))));
    None
}

fn appropriation(
    name: &str,
    scenario: &Scenario,
    policy: Option<usize>,
    problems: &mut Vec<Problem>,
) -> Option<Turned> {
    let known: Vec<&str> =
        scenario.programmes.iter().map(|programme| programme.name.as_str()).collect();
    let Some(programme) = known.iter().position(|known| *known == name) else {
        let message = format!("{} is not a programme of this scenario", quoted(name));
        problems.push(did_you_mean(Problem::error(codes::UNKNOWN_NAME, message), name, &known));
        return None;
    };
    match appropriated(scenario, policy?, programme) {
        Ok(sum) => {
            let lever = Lever::Appropriation(name.to_owned());
            let unit = format!("{} in all years", scenario.currency);
            Some((lever, sum, (0.0, 2.0 * sum), unit))
        }
        Err(why) => {
            let message = format!("the appropriation of {} is no lever: {why}", quoted(name));
            problems.push(Problem::error(codes::NOT_A_LEVER, message).help(
                "give it a sum in every year, or name a declared lever that its formula uses",
            ));
            None
        }
    }
}

/// `100..300`, both ends numbers as a scenario writes them.
pub fn range(text: &str) -> Option<(f64, f64)> {
    let (low, high) = text.split_once("..")?;
    let number = |text: &str| {
        let value = text.trim().replace('_', "").parse::<f64>().ok()?;
        // A negative zero is zero.
        value.is_finite().then_some(value + 0.0)
    };
    let (low, high) = (number(low)?, number(high)?);
    (low < high).then_some((low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_two_numbers_of_which_the_first_is_lower() {
        assert_eq!(range("100..300"), Some((100.0, 300.0)));
        assert_eq!(range(" -1.5 .. 1_000 "), Some((-1.5, 1_000.0)));
        assert_eq!(range("0.5..1e3"), Some((0.5, 1_000.0)));
        for wrong in ["", "5", "5..", "5..5", "9..1", "a..b", "0..inf", "1...3"] {
            assert_eq!(range(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_lever_is_given_room_where_the_search_leaves_its_range() {
        let lever = Lever::Declared("rate".to_owned(), (0.0, 10.0));
        assert_eq!(lever.settings(2.5, (0.0, 10.0)), ["levers.rate.value=2.5"]);
        let wide = ["levers.rate.value=12", "levers.rate.min=-1", "levers.rate.max=20"];
        assert_eq!(lever.settings(12.0, (-1.0, 20.0)), wide);
    }
}
