//! Every policy at every setting on the same draws, with the figures of each draw kept.

use super::settings::Setting;
use crate::analysis::solve::{Gauge, Measured};
use crate::engine::{Failure, Observer, Options, Prepared, Row, Sink, YearOfBlock, observe};
use crate::model::Scenario;
use crate::numeric::{LANES, Lanes};
use crate::stats::difference;

/// A measure, and whether there should be more of it or less.
#[derive(Clone, Debug, PartialEq)]
pub struct Objective {
    /// As it was written.
    pub text: String,
    /// What is measured.
    pub of: Measured,
    /// Whether more of it is better.
    pub more: bool,
}

/// What is simulated.
#[derive(Clone, Copy, Debug)]
pub struct Gathering<'a> {
    /// What is measured.
    pub objectives: &'a [Objective],
    /// Under which policies.
    pub policies: &'a [String],
    /// At which values of the levers.
    pub settings: &'a [Setting],
    /// On how many draws.
    pub draws: u64,
    /// How many threads; 0: one per core.
    pub threads: usize,
}

/// A policy at a setting, with its figures draw by draw.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// The policy.
    pub policy: String,
    /// Which setting.
    pub setting: usize,
    /// `[measure][draw]`; not a number where the figure has no value.
    pub values: Vec<Vec<f64>>,
}

/// Why there is no answer.
#[derive(Debug)]
pub enum Stop<E> {
    /// The scenario could not be made for a setting.
    Scenario(E),
    /// A run failed.
    Run(Failure),
}

/// Makes the scenario at a setting.
pub type Make<'a, E> = dyn Fn(&Setting) -> Result<Scenario, E> + 'a;

/// Simulates all of them; setting by setting, in each the policies in their order. `progress` is told
/// how many draws of all settings are done.
///
/// # Errors
/// The scenario cannot be made at a setting, or a run of it fails.
pub fn gather<E>(
    asked: &Gathering<'_>,
    make: &Make<'_, E>,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Vec<Alternative>, Stop<E>> {
    let mut found = Vec::with_capacity(asked.settings.len() * asked.policies.len());
    for (index, setting) in asked.settings.iter().enumerate() {
        let scenario = make(setting).map_err(Stop::Scenario)?;
        let prepared = Prepared::new(&scenario);
        let before = index as u64 * asked.draws;
        let options = Options {
            threads: asked.threads,
            progress: &|done| progress(before + done),
            ..Options::default()
        };
        let values = figures(&prepared, asked, &options).map_err(Stop::Run)?;
        for (policy, values) in asked.policies.iter().zip(values) {
            found.push(Alternative { policy: policy.clone(), setting: index, values });
        }
    }
    Ok(found)
}

/// `[policy][measure][draw]`.
fn figures(
    prepared: &Prepared<'_>,
    asked: &Gathering<'_>,
    options: &Options<'_>,
) -> Result<Vec<Vec<Vec<f64>>>, Failure> {
    let places: Vec<usize> = (asked.policies.iter())
        .map(|name| {
            let found = prepared.scenario.policies.iter().position(|known| known.name == *name);
            found.unwrap_or(0)
        })
        .collect();
    let lanes = LANES as u64;
    let seen = observe(
        prepared,
        asked.draws.div_ceil(lanes) as usize,
        &|block| {
            let first = block as u64 * lanes;
            (Row::Draws(first), (asked.draws - first).min(lanes) as usize)
        },
        options,
        &|| Keeper::new(prepared, &places, asked.objectives),
    )?;
    let measures = asked.objectives.len();
    let of = |at: usize| -> Vec<f64> {
        let blocks = seen.iter().filter_map(|block| block.get(at));
        blocks.flatten().copied().take(asked.draws as usize).collect()
    };
    let of_policy =
        |policy: usize| (0..measures).map(|measure| of(policy * measures + measure)).collect();
    Ok((0..places.len()).map(of_policy).collect())
}

/// Policy by policy, measure by measure.
struct Keeper {
    gauges: Vec<Gauge>,
    seen: Vec<Lanes>,
}

impl Keeper {
    fn new(prepared: &Prepared<'_>, policies: &[usize], objectives: &[Objective]) -> Self {
        let gauge = |policy: usize| objectives.iter().map(move |one| (policy, one.of));
        let gauges = policies.iter().flat_map(|policy| gauge(*policy));
        let gauges = gauges.map(|(policy, of)| Gauge::new(prepared, policy, of)).collect();
        Self { gauges, seen: Vec::new() }
    }
}

impl Sink for Keeper {
    fn year(&mut self, at: &YearOfBlock<'_>) {
        self.gauges.iter_mut().for_each(|gauge| gauge.year(at));
    }

    fn block_ends(&mut self, _: &Prepared<'_>, _: usize) {
        self.seen = self.gauges.iter_mut().map(|gauge| gauge.take().values()).collect();
    }
}

impl Observer for Keeper {
    type Seen = Vec<Lanes>;

    fn take(&mut self) -> Self::Seen {
        std::mem::take(&mut self.seen)
    }
}

/// Whether two have the same figures in all draws.
#[must_use]
pub fn same_in_all_draws(one: &Alternative, other: &Alternative) -> bool {
    let is_same =
        |(a, b): (&f64, &f64)| a.is_nan() && b.is_nan() || a == b || difference(*a, *b) == 0.0;
    let of = |values: (&Vec<f64>, &Vec<f64>)| {
        values.0.len() == values.1.len() && values.0.iter().zip(values.1).all(is_same)
    };
    one.values.len() == other.values.len() && one.values.iter().zip(&other.values).all(of)
}
