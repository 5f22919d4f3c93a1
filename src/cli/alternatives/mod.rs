//! Policies and values of several levers that are simulated together: what was typed, and what it means.

mod meant;

pub use meant::{Meant, aims, announced, check_count, meant, measure};

use super::drawn::Drawn;
use super::list::Format;
use super::{failure, show};
use crate::analysis::frontier::{Setting, Spread, Stop};
use crate::model::Scenario;
use crate::problem::{Problem, Sources};
use crate::scenario;
use clap::Args;
use clap::builder::RangedU64ValueParser;
use std::path::{Path, PathBuf};

/// The most draws unless more are asked for.
pub const DRAWS: u64 = 512;

/// What is simulated side by side.
#[derive(Debug, Args)]
pub struct Alternatives {
    /// A lever, with its range if not its own: NAME or NAME=LOW..HIGH, also appropriation:PROGRAMME; may be repeated
    #[arg(long, value_name = "LEVER")]
    pub lever: Vec<String>,
    /// So many values of each lever, in all combinations (by default 9 of one, 5 of each of two)
    #[arg(long, value_name = "VALUES", conflicts_with = "points", value_parser = RangedU64ValueParser::<u64>::new().range(2..=501))]
    pub grid: Option<u64>,
    /// So many points spread evenly over all ranges, instead of a grid (by default 32 of three levers or more)
    #[arg(long, value_name = "POINTS", value_parser = RangedU64ValueParser::<u64>::new().range(1..=500))]
    pub points: Option<u64>,
    /// A policy; may be repeated. By default all of them
    #[arg(long, value_name = "NAME")]
    pub policy: Vec<String>,
    /// How many futures each is simulated on; by default the scenario's, at most 512
    #[arg(long, value_parser = RangedU64ValueParser::<u64>::new().range(2..))]
    pub draws: Option<u64>,
    /// The seed, instead of the scenario's
    #[arg(long)]
    pub seed: Option<u64>,
    /// How many threads; 0: one per core. Changes no figure
    #[arg(long, default_value_t = 0)]
    pub threads: usize,
    /// Change one number or choice first, such as `levers.case_rate=3`; may be repeated
    #[arg(long = "set", value_name = "PATH=VALUE")]
    pub settings: Vec<String>,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// Write a table and a picture into this folder as well
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub drawn: Drawn,
    /// Say nothing but problems and the result
    #[arg(long)]
    pub quiet: bool,
}

impl Alternatives {
    /// What is set before any lever.
    pub fn settings(
        &self,
        assumed: &[String],
        seed: Option<u64>,
        draws: Option<u64>,
    ) -> Vec<String> {
        let mut settings = self.settings.clone();
        settings.extend_from_slice(assumed);
        settings.extend(draws.or(self.draws).map(|draws| format!("--draws={draws}")));
        settings.extend(self.seed.or(seed).map(|seed| format!("--seed={seed}")));
        settings
    }

    /// How values of so many levers are spread.
    pub fn spread(&self, levers: usize) -> Spread {
        let count = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
        match (self.grid, self.points, levers) {
            (Some(each), ..) => Spread::Grid(count(each)),
            (_, Some(points), _) => Spread::Points(count(points)),
            (.., 0 | 1) => Spread::Grid(9),
            (.., 2) => Spread::Grid(5),
            _ => Spread::Points(32),
        }
    }
}

/// Problems with the sources that their places are in.
pub type Wrong = (Vec<Problem>, Sources);

/// The scenario at a setting, after the `present` one: levers set, only the policies left that are asked for.
pub fn made(
    (path, present): (&Path, &Scenario),
    mut settings: Vec<String>,
    meant: &Meant,
    setting: &Setting,
) -> Result<Scenario, Wrong> {
    let pairs = || meant.turned.iter().zip(&setting.values).filter(|_| !setting.is_today);
    for (turned, value) in pairs() {
        settings.extend(turned.lever.settings(*value, (turned.span.low, turned.span.high)));
    }
    let opened = scenario::open(path, &settings).after(Some(present));
    let Some(mut scenario) = opened.scenario else { return Err((opened.problems, opened.sources)) };
    for (turned, value) in pairs() {
        meant.apply(&mut scenario, turned, *value);
    }
    meant.keep(&mut scenario);
    Ok(scenario)
}

/// What stopped a simulation, shown.
pub fn show_stop(stop: Stop<Wrong>, sources: &Sources) {
    match stop {
        Stop::Scenario((problems, sources)) => show::problems(&problems, &sources),
        Stop::Run(stopped) => show::problems(&[failure::problem(&stopped)], sources),
    }
}
