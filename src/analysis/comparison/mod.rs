//! Policies, scenarios or finished runs side by side, on the same draws.
//!
//! ```text
//! scenarios ─► Prepared ─► simulate_together ─► seen (a block of each) ─► gathering (paired, draw by draw)
//!                                                                        └─► rows: figures, receivers
//! ```
//! A difference is always that of one draw, of which moments, quantiles and counts are kept as integers.
//! Who receives more or less is judged as `verdicts` judges it, in three views: *legal* (what the rates
//! promise: the entitlement), in cash at the *same* pots, and in cash at each policy's *own*.

mod bridge;
mod gathering;
mod groups;
mod matched;
mod pair;
mod rows;
mod seen;

pub use bridge::{Bridge, BridgeRow, Chain, bridge};
pub use gathering::VIEWS;
pub use matched::{Matched, matched};
pub use pair::{Contest, Side};
pub use rows::{FigureRow, ReceiverRow};

use self::gathering::{Counted, Gathering, places};
use self::pair::Pair;
use self::seen::Seen;
use crate::engine::{Failure, Options, Prepared, simulate_together};
use crate::model::{Mode, Scenario};
use crate::stats::{EXACT_LIMIT_BYTES, QuantileMethod};
use serde::{Serialize, Serializer};
use std::fmt::{self, Display, Formatter};

/// One scenario's policy, as it is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Named {
    /// The scenario, as its file or folder was given.
    pub scenario: String,
    /// The policy.
    pub policy: String,
}

/// Why there is no comparison at the pots of the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoSamePots {
    /// The pots of one could not be put under the other.
    NotPut,
    /// What the pots of the first are made of is something else in the second.
    OtherMeaning,
}

impl Display for NoSamePots {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NotPut => "the pots of one could not be put under the other",
            Self::OtherMeaning => {
                "what the pots of the first are made of means something else in the second"
            }
        })
    }
}

impl Serialize for NoSamePots {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What was found of two policies.
#[derive(Clone, Debug, Serialize)]
pub struct Compared {
    /// The baseline.
    pub before: Named,
    /// What is compared with it.
    pub after: Named,
    /// The calendar years that both have.
    pub years: Vec<i32>,
    /// First and last year of each, the baseline's before the other's.
    pub spans: [[i32; 2]; 2],
    /// Draws simulated.
    pub draws: u64,
    /// A difference counts from here on, EUR …
    pub threshold_eur: f64,
    /// … or per cent of the baseline's amount, whichever is greater.
    pub threshold_percent: f64,
    /// Whether points wait for money under one of the two: then what is unmet is not what would suffice.
    pub waits_for_money: bool,
    /// How medians, ends of ranges and reserves were found: `exact`, `histogram`.
    pub quantiles: &'static str,
    /// Whether no figure differs in any draw.
    pub changes_nothing: bool,
    /// What belongs together by name.
    pub matched: Vec<Matched>,
    /// Why there are no rows at the same pots; none where there are.
    pub no_same_pots: Option<NoSamePots>,
    /// National figures.
    pub figures: Vec<FigureRow>,
    /// Outcomes of the nation, by year: ratios of every run, and what both scenarios declare.
    pub outcomes: Vec<FigureRow>,
    /// Who receives more or less.
    pub receivers: Vec<ReceiverRow>,
}

/// Puts a copy of a policy with the pots of another behind the policies of a scenario; gives its index.
pub fn at_pots_of(scenario: &mut Scenario, policy: usize, pots_of: usize) -> usize {
    let (Some(chosen), Some(other)) =
        (scenario.policies.get(policy), scenario.policies.get(pots_of))
    else {
        return policy;
    };
    let mut copy = chosen.clone();
    copy.pots.clone_from(&other.pots);
    scenario.policies.push(copy);
    scenario.policies.len() - 1
}

/// Gives every scenario the draws of the first: its seed, plan and number of draws.
pub fn on_the_same_draws(scenarios: &mut [Scenario]) {
    let Some((first, others)) = scenarios.split_first_mut() else { return };
    first.run.precision = None;
    for other in others {
        other.run = first.run.clone();
    }
}

/// Compares policies of scenarios that have the same draws ([`on_the_same_draws`]); `by` names columns of
/// texts to group municipalities by.
///
/// # Errors
/// The first failure, and the position of the scenario in which it occurs.
pub fn compare(
    scenarios: &[Scenario],
    names: &[String],
    contests: &[Contest],
    by: &[String],
    options: &Options<'_>,
) -> Result<Vec<Compared>, (usize, Failure)> {
    let prepared: Vec<Prepared<'_>> =
        scenarios.iter().map(|scenario| Prepared::new(scenario).at_own_pots()).collect();
    let pairs: Vec<Pair> =
        contests.iter().map(|contest| Pair::new(&prepared, *contest, by)).collect();
    let sides: Vec<_> = contests
        .iter()
        .map(|contest| [Some(contest.before), Some(contest.after), contest.same_pots])
        .collect();
    let (kept, places) = places(scenarios.len(), &sides);
    let run = scenarios.first().map(|scenario| &scenario.run);
    let draws = run.map_or(0, |run| run.draws);
    let grouping = run.map_or(crate::stats::Grouping::Independent, |run| run.plan.grouping());
    let cells: usize = pairs
        .iter()
        .map(|pair| {
            let of_money = (pair.programmes.len() + 2) * 8 + pair.outcomes.len();
            3 * of_money * (pair.years.len() + 1) + VIEWS.len() * pair.groups.len()
        })
        .sum();
    let method = QuantileMethod::choose(cells as u64, draws, EXACT_LIMIT_BYTES);
    let empty = || {
        let seen =
            prepared.iter().zip(&kept).map(|(prepared, kept)| Seen::with_outcomes(prepared, kept));
        Gathering::new(seen.collect(), &places, &pairs, (method, grouping))
    };
    let gathered = simulate_together(&prepared, draws, options, &empty)?;
    let found = pairs.iter().zip(&gathered.counted);
    Ok(found
        .map(|(pair, counted)| told(scenarios, names, pair, counted, (gathered.draws, method)))
        .collect())
}

fn told(
    scenarios: &[Scenario],
    names: &[String],
    pair: &Pair,
    counted: &Counted,
    (draws, method): (u64, QuantileMethod),
) -> Compared {
    let Contest { before, after, same_pots } = pair.contest;
    let named = |side: Side| Named {
        scenario: names.get(side.scenario).cloned().unwrap_or_default(),
        policy: scenarios[side.scenario].policies[side.policy].name.clone(),
    };
    let no_same_pots = match same_pots {
        None => Some(NoSamePots::NotPut),
        Some(_) if counted.pots_agree => None,
        Some(_) => Some(NoSamePots::OtherMeaning),
    };
    Compared {
        before: named(before),
        after: named(after),
        years: pair.years.iter().map(|(year, ..)| *year).collect(),
        spans: [before, after].map(|side| {
            let years = scenarios[side.scenario].years;
            [years.first, years.last]
        }),
        draws,
        threshold_eur: pair.threshold.euro,
        threshold_percent: pair.threshold.percent,
        waits_for_money: [before, after].iter().any(|side| {
            let network = scenarios[side.scenario].network.as_ref();
            network.is_some_and(|network| network.mode == Mode::WhenFunded)
        }),
        quantiles: method.name(),
        changes_nothing: rows::changes_nothing(counted, no_same_pots.is_none()),
        matched: matched(
            (&scenarios[before.scenario], before.policy),
            (&scenarios[after.scenario], after.policy),
        )
        .into_iter()
        // Two policies of one scenario are meant to be two.
        .filter(|of| of.what != "policies" || before.scenario != after.scenario)
        .collect(),
        figures: rows::figures(pair, counted),
        outcomes: rows::outcomes(pair, counted),
        receivers: rows::receivers(pair, counted, no_same_pots.is_none()),
        no_same_pots,
    }
}
