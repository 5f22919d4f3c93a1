//! `regret`: by how much each policy falls behind the best, over futures and rival assumptions.

use super::alternatives::{
    Alternatives, DRAWS, Meant, announced, check_count, made, meant, measure, show_stop,
};
use super::list::Format;
use super::work_folder::WorkFolder;
use super::{Ending, progress, show};
use crate::analysis::frontier::{Gathering, Objective, Rivals, Setting, gather, regrets, settings};
use crate::problem::{Problem, Sources, codes};
use crate::report::measured::Aim;
use crate::report::regret as report;
use crate::scenario::{self, ASSUME};
use clap::{ArgGroup, Args};
use std::path::{Path, PathBuf};

/// The most assumptions.
const MOST: usize = 16;

/// What to regret.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("measured").required(true).args(["more", "less"])))]
#[command(after_long_help = "\
In each future the regret of an alternative is what the best of all gives in that future, less what it gives \
itself (Savage 1951). Draws have chances, so of them the mean, the 90th percentile and the most are told. Rival \
assumptions have none: each further scenario file, and each --assume, is one beside the scenario as it stands (a rival set of several settings is a file of its own), and \
of each figure the worst assumption counts. Policies and levers are found by name under all of them, on the same \
draws.

The measure has a value in each future: p_shortfall (1 where it is short), gap, mean (the value itself), gini, coverage.")]
pub struct RegretArguments {
    /// The scenario file, and files of rival assumptions with the same policies
    #[arg(required = true)]
    scenario: Vec<PathBuf>,
    /// The measure, of which there should be more, such as "coverage(2025)"
    #[arg(long, value_name = "MEASURE", conflicts_with = "less")]
    more: Option<String>,
    /// The measure, of which there should be less, such as "gap('maintenance', 2025)"
    #[arg(long, value_name = "MEASURE")]
    less: Option<String>,
    /// A rival assumption: one number or choice of the scenario set otherwise; may be repeated
    #[arg(long, value_name = "PATH=VALUE")]
    assume: Vec<String>,
    #[command(flatten)]
    alternatives: Alternatives,
}

/// One assumption, opened.
struct Assumption<'a> {
    name: String,
    path: &'a Path,
    set: Vec<String>,
}

/// What one assumption makes of the question.
struct Opened {
    objective: Objective,
    aim: Aim,
    meant: Meant,
    scenario: crate::model::Scenario,
    sources: Sources,
}

/// Tells the regret of alternatives.
pub fn regret(arguments: &RegretArguments) -> Ending {
    let given = &arguments.alternatives;
    let assumptions = assumptions(arguments);
    let no_rivals = no_rivals(arguments);
    if !no_rivals.is_empty() {
        show::problems(&no_rivals, &Sources::default());
        return Ending::Wrong;
    }
    let mut opened: Vec<Opened> = Vec::new();
    let mut is_wrong = false;
    for assumption in &assumptions {
        let first = opened.first();
        match open(arguments, assumption, first) {
            Ok(one) => opened.push(one),
            Err((problems, sources)) => {
                show::problems(&problems, &sources);
                is_wrong = true;
            }
        }
    }
    let (Some(first), false) = (opened.first(), is_wrong) else { return Ending::Wrong };
    let draws = given.draws.unwrap_or_else(|| first.scenario.run.draws.clamp(2, DRAWS));
    let too_much = check_count(given, &first.meant, (draws, assumptions.len()));
    let too_many = too_many(assumptions.len());
    let problems: Vec<Problem> = too_much.into_iter().chain(too_many).collect();
    if !problems.is_empty() {
        show::problems(&problems, &first.sources);
        return Ending::Wrong;
    }
    let folder = match WorkFolder::asked(given.output.as_deref(), "regret") {
        Ok(folder) => folder,
        Err(ending) => return ending,
    };
    let spans: Vec<_> = first.meant.turned.iter().map(|turned| turned.span.clone()).collect();
    let seed = first.scenario.run.seed;
    let settings = settings(&spans, given.spread(spans.len()), seed);
    if !given.quiet {
        let policies = first.meant.policies.len();
        show::message(&announced(&settings, policies, draws, assumptions.len()));
    }
    let of_one = settings.len() as u64 * draws;
    let bar = progress::bar(of_one * assumptions.len() as u64, given.quiet);
    let mut rivals = Vec::new();
    for (at, (assumption, one)) in assumptions.iter().zip(&opened).enumerate() {
        let asked = Gathering {
            objectives: std::slice::from_ref(&one.objective),
            policies: &first.meant.policies,
            settings: &settings,
            draws,
            threads: given.threads,
        };
        let make = |setting: &Setting| {
            let before = given.settings(&assumption.set, Some(seed), Some(draws));
            made((assumption.path, &one.scenario), before, &one.meant, setting)
        };
        match gather(&asked, &make, &|done| bar.set_position(at as u64 * of_one + done)) {
            Ok(alternatives) => rivals.push(Rivals {
                assumption: assumption.name.clone(),
                alternatives,
                grouping: one.scenario.run.plan.grouping(),
            }),
            Err(stop) => {
                bar.finish_and_clear();
                show_stop(stop, &one.sources);
                return Ending::Wrong;
            }
        }
    }
    bar.finish_and_clear();
    let found = regrets(&rivals, first.aim.more, &settings);
    let question = report::Question {
        scenario: first.scenario.name.clone(),
        aim: first.aim.clone(),
        levers: spans,
        draws,
        seed,
    };
    if let Some(folder) = folder {
        let picture =
            report::picture(&question, &first.scenario.currency, &found, given.drawn.language);
        let files = vec![
            ("regret.csv".to_owned(), report::csv(&question, &found).into_bytes()),
            ("regret.svg".to_owned(), picture.into_bytes()),
        ];
        if let Err(ending) =
            folder.keep(&first.scenario.title, files, (given.drawn.png, given.quiet))
        {
            return ending;
        }
    }
    match given.format {
        Format::Table => show::result(&report::text(&question, &found)),
        Format::Csv => show::result(&report::csv(&question, &found)),
        Format::Json => match report::json(&question, &found) {
            Ok(text) => show::result(&text),
            Err(error) => {
                show::message(&format!("error: the answer cannot be written as JSON: {error}"));
                Ending::WorldFailed
            }
        },
    }
}

/// The scenario as it stands, each further file, and each setting.
fn assumptions(arguments: &RegretArguments) -> Vec<Assumption<'_>> {
    let name = |path: &Path| {
        path.file_stem().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
    };
    let files = arguments.scenario.iter();
    let mut found: Vec<Assumption<'_>> =
        files.map(|path| Assumption { name: name(path), path, set: Vec::new() }).collect();
    if let (Some(path), false) = (arguments.scenario.first(), arguments.assume.is_empty()) {
        if let Some(first) = found.first_mut() {
            "as it stands".clone_into(&mut first.name);
        }
        found.extend(arguments.assume.iter().map(|set| Assumption {
            name: set.clone(),
            path,
            set: vec![format!("{ASSUME}={set}")],
        }));
    }
    found
}

/// The problem of too many assumptions.
fn too_many(assumptions: usize) -> Option<Problem> {
    (assumptions > MOST).then(|| {
        let message = format!("{assumptions} assumptions are rivals, and at most {MOST} may be");
        Problem::error(codes::TOO_MUCH, message).help("name fewer files and --assume")
    })
}

/// What is named as a rival and is none: the same twice, or how the draws are made.
fn no_rivals(arguments: &RegretArguments) -> Vec<Problem> {
    let mut problems = Vec::new();
    let same = |path: &PathBuf| std::fs::canonicalize(path).unwrap_or_else(|_| path.clone());
    let files: Vec<PathBuf> = arguments.scenario.iter().map(same).collect();
    for (at, (file, path)) in files.iter().zip(&arguments.scenario).enumerate() {
        if files.get(..at).is_some_and(|before| before.contains(file)) {
            let message = format!("`{}` is named twice, and is no rival of itself", path.display());
            let help = "name each file once; what differs in one setting is told by --assume";
            problems.push(Problem::error(codes::DUPLICATE_NAME, message).help(help));
        }
    }
    for (at, set) in arguments.assume.iter().enumerate() {
        let path = set.split('=').next().unwrap_or("").trim();
        if path == "run" || path.starts_with("run.") {
            let message = format!(
                "`--assume {set}` is no assumption: all are simulated on the same draws, and `run` says which"
            );
            let help = "set it for all of them: --draws, --seed, or --set run.…";
            problems.push(Problem::error(codes::SET, message).help(help));
        }
        if arguments.assume.get(..at).is_some_and(|before| before.contains(set)) {
            let message = format!("`--assume {set}` is given twice, and is no rival of itself");
            let help = "give each assumption once";
            problems.push(Problem::error(codes::DUPLICATE_NAME, message).help(help));
        }
    }
    problems
}

fn open(
    arguments: &RegretArguments,
    assumption: &Assumption<'_>,
    first: Option<&Opened>,
) -> Result<Opened, (Vec<Problem>, Sources)> {
    let given = &arguments.alternatives;
    let seed = first.map(|first| first.scenario.run.seed);
    let settings = given.settings(&assumption.set, seed, None);
    let mut opened =
        scenario::open(assumption.path, &settings).after(first.map(|first| &first.scenario));
    let Some(scenario) = opened.scenario.take() else {
        return Err((opened.problems, opened.sources));
    };
    let mut problems = Vec::new();
    let (option, text, more) = match (&arguments.more, &arguments.less) {
        (Some(text), _) => ("--more", text.as_str(), true),
        (None, less) => ("--less", less.as_deref().unwrap_or(""), false),
    };
    let read = match measure((option, 0), (text, more), &scenario, &mut opened.sources) {
        Ok((objective, _)) if !objective.of.is_of_each_draw() => {
            let message = format!("`{}` has no value in a single future", objective.text);
            let help = "take gap instead of a reserve, and mean instead of a quantile: in one future it is the value itself";
            problems.push(Problem::error(codes::TARGET, message).help(help));
            None
        }
        Ok(read) => Some(read),
        Err(told) => {
            problems.extend(told);
            None
        }
    };
    let found = meant(given, &scenario, &mut problems);
    if let (Some(first), Some(found)) = (first, &found) {
        let missing = first.meant.policies.iter().filter(|name| !found.policies.contains(name));
        let missing: Vec<String> = missing.map(|name| format!("`{name}`")).collect();
        if !missing.is_empty() {
            let message = format!(
                "the assumption {} does not have the policies {}",
                assumption.name,
                missing.join(", ")
            );
            let help = "policies are found by name: give them the same names, or leave some out with --policy";
            problems.push(Problem::error(codes::UNKNOWN_NAME, message).help(help));
        }
    }
    match (read, found) {
        (Some((objective, aim)), Some(mut meant)) if problems.is_empty() => {
            if let Some(first) = first {
                meant.policies.clone_from(&first.meant.policies);
            }
            Ok(Opened { objective, aim, meant, scenario, sources: opened.sources })
        }
        _ => Err((problems, opened.sources)),
    }
}
