//! What is asked for, as typed, and which policy, programme, municipality, year and draw that is.

use crate::engine::Wish;
use crate::model::{Scenario, Table};
use crate::problem::{Problem, codes};
use crate::scenario::{did_you_mean, nearest, quoted};

/// A question as it was typed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Question<'q> {
    /// Name of the policy.
    pub policy: Option<&'q str>,
    /// Name of the programme.
    pub programme: Option<&'q str>,
    /// Code or name of the municipality.
    pub municipality: Option<&'q str>,
    /// Calendar year.
    pub year: Option<i32>,
    /// The draw; none: the central path.
    pub draw: Option<u64>,
    /// Whether all municipalities are meant.
    pub all: bool,
}

/// How many names a help lists.
const MOST_LISTED: usize = 24;

/// What is meant.
///
/// # Errors
/// Everything that names nothing, at once, each with what there is.
pub fn ask(scenario: &Scenario, question: &Question<'_>) -> Result<Wish, Vec<Problem>> {
    let mut problems = Vec::new();
    let policies: Vec<&str> = scenario.policies.iter().map(|known| &*known.name).collect();
    let programmes: Vec<&str> = scenario.programmes.iter().map(|known| &*known.name).collect();
    let policy = named("policy", question.policy, &policies, &mut problems);
    let programme = named("programme", question.programme, &programmes, &mut problems);
    let table = &scenario.municipalities.table;
    let municipalities = if question.all {
        Some((0..table.len()).collect())
    } else {
        municipality(table, question.municipality, &mut problems).map(|found| vec![found])
    };
    let year = year(scenario, question.year, &mut problems);
    let draws = scenario.run.draws;
    if let Some(draw) = question.draw.filter(|draw| *draw >= draws) {
        let message = format!("there is no draw {draw}: the run has {draws}, from 0");
        let help = format!(
            "write --draw 0 to {}, or leave it out for the central path",
            draws.saturating_sub(1)
        );
        problems.push(Problem::error(codes::OUT_OF_RANGE, message).help(help));
    }
    match (policy, programme, municipalities, year) {
        (Some(policy), Some(programme), Some(municipalities), Some(year))
            if problems.is_empty() =>
        {
            Ok(Wish { policy, programme, municipalities, year, draw: question.draw })
        }
        _ => Err(problems),
    }
}

/// The place of a name among those known; the only one need not be named.
fn named(
    what: &str,
    asked: Option<&str>,
    known: &[&str],
    problems: &mut Vec<Problem>,
) -> Option<usize> {
    let Some(name) = asked else {
        if known.len() == 1 {
            return Some(0);
        }
        problems.push(if known.is_empty() {
            let plural = if what == "policy" { "policies" } else { "programmes" };
            let message = format!("the scenario has no {plural}, so there is no award to explain");
            Problem::error(codes::UNKNOWN_NAME, message)
        } else {
            let message = format!("which {what} is not said");
            let example = format!("--{what} {}", shell(known.first().copied().unwrap_or("")));
            Problem::error(codes::UNKNOWN_NAME, message)
                .help(format!("write {example}; known here: {}", listed(known)))
        });
        return None;
    };
    let same = |known: &&str| known.to_lowercase() == name.to_lowercase();
    let exact = known.iter().position(|known| *known == name);
    let found = exact.or_else(|| {
        let mut alike = (0..known.len()).filter(|index| same(&known[*index]));
        alike.next().filter(|_| alike.next().is_none())
    });
    if found.is_none() {
        let message = format!("{} is not a {what} of this scenario", quoted(name));
        let problem = Problem::error(codes::UNKNOWN_NAME, message);
        problems.push(did_you_mean(problem, name, known));
    }
    found
}

fn municipality(table: &Table, asked: Option<&str>, problems: &mut Vec<Problem>) -> Option<usize> {
    let both = |row: usize| format!("{} {}", table.codes[row], table.names[row]);
    let Some(name) = asked else {
        let first: Vec<String> = (0..table.len().min(MOST_LISTED)).map(both).collect();
        let more = table.len() - first.len();
        let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
        let message = "which municipality is not said";
        let help = format!("write --municipality and a code or a name: {}{rest}", first.join(", "));
        problems.push(Problem::error(codes::UNKNOWN_NAME, message).help(help));
        return None;
    };
    if let Some(row) = table.row(name) {
        return Some(row);
    }
    let lower = name.to_lowercase();
    let alike: Vec<usize> =
        (0..table.len()).filter(|row| table.names[*row].to_lowercase() == lower).collect();
    match alike[..] {
        [row] => return Some(row),
        [] => {}
        _ => {
            let these: Vec<String> = alike.iter().map(|row| both(*row)).collect();
            let message = format!("{} municipalities are called {}", alike.len(), quoted(name));
            let help = format!("write the code: {}", these.join(", "));
            problems.push(Problem::error(codes::UNKNOWN_NAME, message).help(help));
            return None;
        }
    }
    let message = format!("{} is neither the code nor the name of a municipality", quoted(name));
    let problem = Problem::error(codes::UNKNOWN_NAME, message);
    let codes: Vec<&str> = table.codes.iter().map(String::as_str).collect();
    let names: Vec<&str> = table.names.iter().map(String::as_str).collect();
    let near = nearest(name, &names)
        .and_then(|near| names.iter().position(|known| *known == near))
        .or_else(|| {
            let near = nearest(name, &codes)?;
            codes.iter().position(|known| *known == near)
        });
    problems.push(if let Some(row) = near {
        problem.help(format!("did you mean {}?", quoted(&both(row))))
    } else {
        let all: Vec<String> = (0..table.len()).map(both).collect();
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        problem.help(format!("known here: {}", listed(&all)))
    });
    None
}

fn year(scenario: &Scenario, asked: Option<i32>, problems: &mut Vec<Problem>) -> Option<i32> {
    let (first, last) = (scenario.years.first, scenario.years.last);
    let help = format!("the years are {first} to {last}");
    match asked {
        None if first == last => Some(first),
        None => {
            let problem = Problem::error(codes::OUT_OF_RANGE, "which year is not said");
            problems.push(problem.help(format!("write --year {first}; {help}")));
            None
        }
        Some(year) if (first..=last).contains(&year) => Some(year),
        Some(year) => {
            let message = format!("the year {year} is not simulated");
            problems.push(Problem::error(codes::OUT_OF_RANGE, message).help(help));
            None
        }
    }
}

fn listed(known: &[&str]) -> String {
    let names: Vec<String> = known.iter().take(MOST_LISTED).map(|name| quoted(name)).collect();
    let more = known.len() - names.len();
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{rest}", names.join(", "))
}

/// A name as a shell takes it for one word.
fn shell(name: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || "_-.".contains(letter);
    if !name.is_empty() && name.chars().all(is_plain) {
        name.to_owned()
    } else {
        format!("\"{name}\"")
    }
}
