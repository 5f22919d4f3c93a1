//! What was found, as rows with names.

use super::figures::Figure;
use crate::analysis::ALL;
use crate::model::Scenario;
use crate::stats::sensitivity::Estimate;
use serde::Serialize;

/// What drives the figures of a scenario.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sensitivity {
    /// Name of the scenario.
    pub scenario: String,
    /// Its title.
    pub title: String,
    /// `own draws`, `sobol` or `morris`.
    pub method: &'static str,
    /// Draws, base rows of a Sobol' design, or trajectories.
    pub draws: u64,
    /// How often the scenario was worked out.
    pub evaluations: u64,
    /// The seed.
    pub seed: u64,
    /// Each figure.
    pub figures: Vec<Explained>,
    /// Inputs that this method does not measure.
    pub not_measured: Vec<Unmeasured>,
    /// Inputs whose straight lines follow from those of others, so that they have no coefficient.
    pub collinear: Vec<String>,
}

/// An input that is not measured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unmeasured {
    /// Its name.
    pub input: String,
    /// How it is drawn.
    pub drawn: &'static str,
}

/// One figure and what drives it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explained {
    /// The policy; empty where it is the same under every policy, or there is none.
    pub policy: String,
    /// Name of the figure.
    pub outcome: String,
    /// The programme, or `all`; empty where it belongs to none.
    pub programme: String,
    /// The year, or `all`.
    pub year: String,
    /// The unit, where it is known.
    pub unit: String,
    /// Its mean over the draws (Sobol': over the rows of A and B).
    pub mean: Option<f64>,
    /// Its standard deviation over them.
    pub sd: Option<f64>,
    /// Draws in which it has no value; then nothing is said of it.
    pub missing: u64,
    /// The share of its variance that straight lines in the inputs explain together.
    pub r_squared: Option<f64>,
    /// The same of its ranks in those of the inputs.
    pub rank_r_squared: Option<f64>,
    /// The sum of the first-order indices: what is missing to 1 is due to several inputs together, or to
    /// inputs that are not measured.
    pub first_order_sum: Option<f64>,
    /// Each input, what is told from zero first, then by size.
    pub inputs: Vec<Influence>,
    /// Whether it stands on the terminal where nobody asked for others.
    #[serde(skip)]
    pub is_headline: bool,
}

/// What one input or group does to a figure.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Influence {
    /// Its name; of a group the names of all.
    pub input: String,
    /// Share of the variance that it explains by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_order: Option<Estimate>,
    /// Share of the variance in which it takes part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<Estimate>,
    /// Spearman's rank correlation with the figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank_correlation: Option<Estimate>,
    /// The same, with what the other inputs explain taken from both (PRCC).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partial_rank_correlation: Option<Estimate>,
    /// Standardised regression coefficient (SRC).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub regression: Option<Estimate>,
    /// Variance inflation of that coefficient: how much it shares with the other inputs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inflation: Option<f64>,
    /// Mean size of elementary effects, μ*.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effect_size: Option<Estimate>,
    /// Mean elementary effect, μ; none of a group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effect_mean: Option<f64>,
    /// Standard deviation of elementary effects, σ; none of a group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effect_deviation: Option<f64>,
    /// Whether its influence is told from zero.
    pub told_from_zero: bool,
}

impl Influence {
    /// What inputs are ranked by: the total, else the size of effects, else the first-order index.
    #[must_use]
    pub fn lead(&self) -> Option<Estimate> {
        self.total.or(self.effect_size).or(self.first_order)
    }

    /// Decides whether it is told from zero: its leading measure, or its partial rank correlation.
    pub(super) fn judged(mut self) -> Self {
        let told = |estimate: Option<Estimate>| {
            estimate.is_some_and(|estimate| estimate.value != 0.0 && !estimate.may_be_zero())
        };
        let above = self.lead().is_some_and(|lead| lead.value > 0.0);
        self.told_from_zero = above && told(self.lead()) || told(self.partial_rank_correlation);
        self
    }
}

impl Explained {
    /// A figure of which nothing is said yet.
    pub(super) fn new(scenario: &Scenario, figure: &Figure, values: &[&[f64]]) -> Self {
        let all = || values.iter().copied().flatten();
        let missing = all().filter(|value| !value.is_finite()).count() as u64;
        let count = all().count() as f64;
        let known = missing == 0 && count > 1.0;
        let mean = all().sum::<f64>() / count;
        let squares = all().map(|value| (value - mean) * (value - mean)).sum::<f64>();
        let programme = match figure.pot {
            Some(pot) => scenario.programmes.get(pot).map_or(ALL, |programme| &programme.name),
            None if figure.kind.is_of_pots() => ALL,
            None => "",
        };
        let policy = figure.policy.and_then(|policy| scenario.policies.get(policy));
        let year = figure.year.and_then(|year| scenario.years.iter().nth(year));
        Self {
            policy: policy.map_or_else(String::new, |policy| policy.name.clone()),
            outcome: figure.name.clone(),
            programme: programme.to_owned(),
            year: year.map_or_else(|| ALL.to_owned(), |year| year.to_string()),
            unit: figure.unit.clone(),
            mean: known.then_some(mean),
            sd: known.then(|| (squares / (count - 1.0)).sqrt()),
            missing,
            r_squared: None,
            rank_r_squared: None,
            first_order_sum: None,
            inputs: Vec::new(),
            is_headline: figure.is_headline,
        }
    }

    /// Puts what is told from zero first, then what is larger, then by name.
    pub(super) fn ranked(mut self) -> Self {
        let size = |influence: &Influence| influence.lead().map_or(f64::MIN, |lead| lead.value);
        self.inputs.sort_by(|a, b| {
            (b.told_from_zero.cmp(&a.told_from_zero))
                .then_with(|| size(b).total_cmp(&size(a)))
                .then_with(|| a.input.cmp(&b.input))
        });
        self
    }
}
