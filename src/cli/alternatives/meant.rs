//! Levers with their ranges, policies and measures, all problems at once.

use super::Alternatives;
use crate::analysis::frontier::{Objective, Setting, Span};
use crate::analysis::solve::{Measure, Subject, appropriate, read_measure};
use crate::cli::solve::asked::{Lever, lever, range};
use crate::engine::{OutcomePlan, Prepared};
use crate::model::{Mode, Scenario};
use crate::problem::{Problem, Source, Sources, codes};
use crate::report::grouped;
use crate::report::measured::Aim;
use crate::scenario::{did_you_mean, keep_policies, quoted};
use std::cmp::Ordering;

/// The most alternatives.
const MOST: usize = 500;
/// The most figures that are kept: alternatives by draws by measures.
const MOST_FIGURES: u64 = 16_000_000;

/// What is simulated side by side.
#[derive(Debug)]
pub struct Meant {
    /// The policies, in the order of the scenario.
    pub policies: Vec<String>,
    /// The levers.
    pub turned: Vec<Turned>,
}

/// A lever and where it is turned.
#[derive(Debug)]
pub struct Turned {
    /// What is turned.
    pub lever: Lever,
    /// Its range.
    pub span: Span,
}

impl Meant {
    /// Sets what is no declared lever.
    pub fn apply(&self, scenario: &mut Scenario, turned: &Turned, value: f64) {
        let Lever::Appropriation(name) = &turned.lever else { return };
        let programme = scenario.programmes.iter().position(|known| known.name == *name);
        for policy in &self.policies {
            let policy = scenario.policies.iter().position(|known| known.name == *policy);
            if let (Some(policy), Some(programme)) = (policy, programme) {
                appropriate(scenario, policy, programme, value);
            }
        }
    }

    /// Leaves only the policies that are asked for; the baseline with them where the network follows the
    /// money, for what those who run points today accept comes from it.
    pub fn keep(&self, scenario: &mut Scenario) {
        // The names were found before.
        let _ = keep_policies(scenario, &self.policies);
        let is_shared =
            scenario.network.as_ref().is_none_or(|network| network.mode == Mode::WhenReady);
        let is_asked = |name: &String| self.policies.contains(name);
        let baseline = scenario.policies.get(scenario.baseline).map(|policy| policy.name.clone());
        if is_shared && !baseline.as_ref().is_some_and(is_asked) {
            scenario.policies.retain(|policy| is_asked(&policy.name));
            scenario.baseline = 0;
        }
    }
}

/// What is meant by levers and policies.
pub fn meant(
    given: &Alternatives,
    scenario: &Scenario,
    problems: &mut Vec<Problem>,
) -> Option<Meant> {
    let before = problems.len();
    let known: Vec<&str> = scenario.policies.iter().map(|policy| policy.name.as_str()).collect();
    if known.is_empty() {
        let message = "the scenario has no policies, so there is nothing to weigh";
        problems
            .push(Problem::error(codes::MISSING_PART, message).help("declare one in `policies`"));
    }
    for name in given.policy.iter().filter(|name| !known.contains(&name.as_str())) {
        let message = format!("{} is not a policy of this scenario", quoted(name));
        problems.push(did_you_mean(Problem::error(codes::UNKNOWN_NAME, message), name, &known));
    }
    let is_asked =
        |name: &&str| given.policy.is_empty() || given.policy.iter().any(|asked| asked == name);
    let policies: Vec<String> = known.iter().copied().filter(is_asked).map(str::to_owned).collect();
    let first = scenario.policies.iter().position(|policy| policies.contains(&policy.name));
    let mut turned: Vec<Turned> = Vec::new();
    for text in &given.lever {
        turned.extend(one(text, scenario, first, problems));
    }
    for (at, one) in turned.iter().enumerate() {
        if turned[..at].iter().any(|known| known.span.lever == one.span.lever) {
            let message = format!("the lever {} is named twice", quoted(&one.span.lever));
            problems.push(Problem::error(codes::OUT_OF_RANGE, message).help("name it once"));
        }
    }
    (problems.len() == before).then_some(Meant { policies, turned })
}

/// `NAME` or `NAME=LOW..HIGH`.
fn one(
    text: &str,
    scenario: &Scenario,
    policy: Option<usize>,
    problems: &mut Vec<Problem>,
) -> Option<Turned> {
    let (name, between) = match text.split_once('=') {
        Some((name, between)) => (name.trim(), Some(between)),
        None => (text.trim(), None),
    };
    let asked = between.map(|between| {
        let found = range(between);
        if found.is_none() {
            let message = format!("{} is not a range", quoted(between));
            let help = format!("write a lower and a higher number, such as {name}=100..300");
            problems.push(Problem::error(codes::OUT_OF_RANGE, message).help(help));
        }
        found
    });
    let found = lever(name, scenario, policy, problems);
    let (lever, present, own, unit) = found?;
    let (low, high) = match asked {
        Some(range) => range?,
        None => own,
    };
    if low.partial_cmp(&high) != Some(Ordering::Less) {
        let message = format!("the lever {} has no room to be turned", quoted(name));
        let help = format!("write its range, such as {name}=100..300");
        problems.push(Problem::error(codes::OUT_OF_RANGE, message).help(help));
        return None;
    }
    Some(Turned { lever, span: Span { lever: name.to_owned(), unit, present, low, high } })
}

/// Reads a measure of an option; its place is in a source of the option's name and number.
pub fn measure(
    (option, number): (&str, usize),
    (text, more): (&str, bool),
    scenario: &Scenario,
    sources: &mut Sources,
) -> Result<(Objective, Aim), Vec<Problem>> {
    let name = if number == 0 { option.to_owned() } else { format!("{option} ({})", number + 1) };
    let source = Source { name: name.into(), text: text.into(), bytes: text.as_bytes().into() };
    let of = read_measure(&source, scenario);
    sources.files.push(source);
    let of = of?;
    let text = text.trim().to_owned();
    let unit = match (of.measure, of.subject) {
        (Measure::Shortfall, _) => "share".to_owned(),
        (Measure::Gini, _) => String::new(),
        (_, Subject::Programme(_)) => scenario.currency.clone(),
        (_, Subject::Outcome(source)) => {
            let plan = OutcomePlan::new(&Prepared::new(scenario));
            let found = plan.recorded.iter().find(|recorded| recorded.source == source);
            found.map_or_else(String::new, |recorded| recorded.unit.to_owned())
        }
    };
    Ok((Objective { text: text.clone(), of, more }, Aim { measure: text, more, unit }))
}

/// Reads all measures of both options, those of which there should be more first.
pub fn aims(
    (more, less): (&[String], &[String]),
    scenario: &Scenario,
    sources: &mut Sources,
    problems: &mut Vec<Problem>,
) -> Vec<(Objective, Aim)> {
    let more = more.iter().enumerate().map(|(at, text)| (("--more", at), (text.as_str(), true)));
    let less = less.iter().enumerate().map(|(at, text)| (("--less", at), (text.as_str(), false)));
    let mut found: Vec<(Objective, Aim)> = Vec::new();
    for (place, text) in more.chain(less) {
        match measure(place, text, scenario, sources) {
            Ok((objective, _)) if found.iter().any(|(known, _)| known.of == objective.of) => {
                let message = format!("the measure `{}` is named twice", objective.text);
                problems.push(Problem::error(codes::OUT_OF_RANGE, message).help("name it once"));
            }
            Ok(one) => found.push(one),
            Err(told) => problems.extend(told),
        }
    }
    found
}

/// Whether so much can be simulated together.
pub fn check_count(
    given: &Alternatives,
    meant: &Meant,
    (draws, measures): (u64, usize),
) -> Option<Problem> {
    let settings = given.spread(meant.turned.len()).count(meant.turned.len());
    let points = settings.saturating_mul(meant.policies.len());
    let figures = (points as u64).saturating_mul(draws).saturating_mul(measures as u64);
    let told = |count: f64| grouped(Some(count));
    if points > MOST {
        let message = format!(
            "{} of {} are {} alternatives, more than the {MOST} that are weighed together",
            counted(settings as f64, ["setting", "settings"]),
            counted(meant.policies.len() as f64, ["policy", "policies"]),
            told(points as f64)
        );
        let help = "ask for fewer values (--grid), for --points instead of a grid, or for fewer policies (--policy)";
        return Some(Problem::error(codes::TOO_MUCH, message).help(help));
    }
    if figures > MOST_FIGURES {
        let message = format!(
            "{} on {} are {} figures, more than the {} that are kept",
            counted(points as f64, ["alternative", "alternatives"]),
            counted(draws as f64, ["draw", "draws"]),
            told(figures as f64),
            told(MOST_FIGURES as f64)
        );
        let help =
            "ask for fewer draws (--draws) or fewer alternatives (--grid, --points, --policy)";
        return Some(Problem::error(codes::TOO_MUCH, message).help(help));
    }
    None
}

/// A number with its word, of one and of more: `1 draw`, `2 000 draws`.
fn counted(count: f64, [one, more]: [&str; 2]) -> String {
    format!("{} {}", grouped(Some(count)), if count == 1.0 { one } else { more })
}

/// What is about to be simulated, in words.
pub fn announced(settings: &[Setting], policies: usize, draws: u64, assumptions: usize) -> String {
    let under =
        if assumptions > 1 { format!(" under {assumptions} assumptions") } else { String::new() };
    format!(
        "{} of {}{under}, {} each: {} simulated",
        counted(settings.len() as f64, ["setting", "settings"]),
        counted(policies as f64, ["policy", "policies"]),
        counted(draws as f64, ["draw", "draws"]),
        grouped(Some(settings.len() as f64 * draws as f64 * assumptions as f64)),
    )
}
