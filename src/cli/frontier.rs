//! `frontier`: policies and values of several levers against each other in several measures.

use super::alternatives::{
    Alternatives, DRAWS, aims, announced, check_count, made, meant, show_stop,
};
use super::list::Format;
use super::work_folder::WorkFolder;
use super::{Ending, progress, show};
use crate::analysis::frontier::{Gathering, Objective, frontier as judge, gather, settings};
use crate::problem::{Problem, codes};
use crate::report::frontier as report;
use crate::report::measured::Aim;
use crate::scenario;
use clap::Args;
use std::path::PathBuf;

/// The measures where none is named: those of which there should be more, and less.
const USUAL: (&[&str], &[&str]) = (&["coverage()"], &["gini('award_per_point')", "mean('award')"]);
/// The most measures.
const MOST_MEASURES: usize = 6;

/// What to weigh.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Every policy is simulated at every setting of the levers, all on the same futures, and measured as `solve` \
measures: p_shortfall, reserve90|95|99 and gap of a programme, mean, p05 to p95 and gini of an outcome, coverage. \
Without --more and --less: more coverage(), less gini('award_per_point'), less mean('award').

An alternative is dominated where another is no worse in any measure and better in one, beyond what the number \
of draws leaves open (95 %, draws paired). Where they do not decide it, that is said. The picture shows the first \
measure against the last, the second as size.")]
pub struct FrontierArguments {
    /// The scenario file
    scenario: PathBuf,
    /// A measure of which there should be more, such as "coverage(2025)"; may be repeated
    #[arg(long, value_name = "MEASURE")]
    more: Vec<String>,
    /// A measure of which there should be less, such as "reserve90('maintenance')"; may be repeated
    #[arg(long, value_name = "MEASURE")]
    less: Vec<String>,
    #[command(flatten)]
    alternatives: Alternatives,
}

/// Weighs alternatives.
pub fn frontier(arguments: &FrontierArguments) -> Ending {
    let given = &arguments.alternatives;
    let mut opened = scenario::open(&arguments.scenario, &given.settings(&[], None, None));
    let Some(scenario) = opened.scenario.take() else {
        show::problems(&opened.problems, &opened.sources);
        return Ending::Wrong;
    };
    let draws = given.draws.unwrap_or_else(|| scenario.run.draws.clamp(2, DRAWS));
    let mut problems = Vec::new();
    let owned =
        |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<String>>();
    let is_usual = arguments.more.is_empty() && arguments.less.is_empty();
    let (more, less) = if is_usual {
        (owned(USUAL.0), owned(USUAL.1))
    } else {
        (arguments.more.clone(), arguments.less.clone())
    };
    let objectives = aims((&more, &less), &scenario, &mut opened.sources, &mut problems);
    if !(2..=MOST_MEASURES).contains(&(more.len() + less.len())) {
        let message = format!(
            "{} measures are weighed, and there are {}",
            format_args!("2 to {MOST_MEASURES}"),
            more.len() + less.len()
        );
        let help = "name each with --more or --less; of one measure alone the best is that with most of it";
        problems.push(Problem::error(codes::OUT_OF_RANGE, message).help(help));
    }
    let meant = meant(given, &scenario, &mut problems);
    if let Some(meant) = &meant {
        problems.extend(check_count(given, meant, (draws, more.len() + less.len())));
    }
    let (Some(meant), true) = (meant, problems.is_empty()) else {
        show::problems(&problems, &opened.sources);
        return Ending::Wrong;
    };
    let folder = match WorkFolder::asked(given.output.as_deref(), "frontier") {
        Ok(folder) => folder,
        Err(ending) => return ending,
    };
    let (objectives, aims): (Vec<Objective>, Vec<Aim>) = objectives.into_iter().unzip();
    let spans: Vec<_> = meant.turned.iter().map(|turned| turned.span.clone()).collect();
    let seed = scenario.run.seed;
    let settings = settings(&spans, given.spread(spans.len()), seed);
    if !given.quiet {
        show::message(&announced(&settings, meant.policies.len(), draws, 1));
    }
    let bar = progress::bar(settings.len() as u64 * draws, given.quiet);
    let asked = Gathering {
        objectives: &objectives,
        policies: &meant.policies,
        settings: &settings,
        draws,
        threads: given.threads,
    };
    let gathered = gather(
        &asked,
        &|setting| {
            let before = given.settings(&[], None, Some(draws));
            made((&arguments.scenario, &scenario), before, &meant, setting)
        },
        &|done| bar.set_position(done),
    );
    bar.finish_and_clear();
    let alternatives = match gathered {
        Ok(alternatives) => alternatives,
        Err(stop) => {
            show_stop(stop, &opened.sources);
            return Ending::Wrong;
        }
    };
    let grouping = scenario.run.plan.grouping();
    let found = judge(&objectives, &settings, &alternatives, (grouping, seed));
    let question =
        report::Question { scenario: scenario.name.clone(), aims, levers: spans, draws, seed };
    if let Some(folder) = folder {
        let picture = report::picture(&question, &scenario.currency, &found, given.drawn.language);
        let files = vec![
            ("frontier.csv".to_owned(), report::csv(&question, &found).into_bytes()),
            ("frontier.svg".to_owned(), picture.into_bytes()),
        ];
        if let Err(ending) = folder.keep(&scenario.title, files, (given.drawn.png, given.quiet)) {
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
