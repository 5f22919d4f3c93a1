//! Findings: what a run's tally says, as plain rows with names instead of indices.
//!
//! ```text
//! Tally ─► Findings ─┬─ awards, budget, outcomes, network      (rows of the tables)
//!                    ├─ reconciliation, commitments            (every cent of a pot; later years)
//!                    ├─ guarantees                             (what each gives and takes)
//!                    ├─ verdicts                               (against the baseline, draw by draw)
//!                    ├─ observed, headline, warnings           (the first page)
//!                    ├─ statements                             (what is found, before it is words)
//! Scenario ─► control, spread                                  (before a run)
//!          ─► audit                                        (properties of the rules, on its own draws)
//!          ─► unit_changes                                     (what a unit of change costs)
//!          ─► explain                                          (one figure, line by line)
//!          ─► sensitivity                                  (what drives a figure)
//!          ─► solve                                        (the lever value that meets a target)
//!          ─► frontier                                     (levers side by side: dominance, regret)
//!          ─► discovery                                    (under which conditions something happens)
//! Table, array  ─► list                                         (claims divided without a scenario)
//!          ─► precision                                        (a run that ends when it knows enough)
//! ```
//! Money is in units of the currency (EUR), everything else in the unit of its quantity. What has
//! no value is `None`, never 0.

pub mod audit;
mod awards;
mod budget;
mod commitments;
pub mod comparison;
mod control;
pub mod discovery;
#[cfg(test)]
pub(crate) mod example;
pub mod explain;
pub mod frontier;
mod grid;
mod guarantees;
mod headline;
mod intervals;
pub mod list;
mod name;
mod network;
mod observed;
mod outcomes;
mod precision;
pub mod sensitivity;
mod reconciliation;
pub mod shown;
pub mod solve;
mod spread;
pub mod statements;
mod summary;
mod unit_changes;
mod verdicts;
mod warnings;

pub use awards::AwardRow;
pub use budget::BudgetRow;
pub use commitments::{Basis, Bound, CommitmentRow};
pub use control::{Appropriated, ColumnSum, ControlTotals, TierCount};
pub use guarantees::{Effect, GuaranteeRow, Share};
pub use headline::{Headline, PointsOpen, VerdictCounts, YearRange};
pub use intervals::{ChanceInterval, QuantileInterval};
pub use name::Name;
pub use network::{NetworkRow, TierRange};
pub use observed::ObservedRow;
pub use outcomes::OutcomeRow;
pub use precision::{Attained, Estimate, Look, simulate_as_asked, simulate_to};
pub use reconciliation::{ReconciliationRow, Side};
pub use spread::{Comparison, SPREAD_DRAWS, spread};
pub use summary::{Range, Summary};
pub use unit_changes::{
    Change, Estimate as ChangeEstimate, MEASURES as MEASURES_OF_CHANGE, MORE_POINTS, UnitChangeRow,
    UnitChanges, changes, unit_changes,
};
pub use verdicts::{Verdict, VerdictRow, verdict};
pub use warnings::{
    PRINTED_QUANTILES, draws_needed, estimated_on_the_median_path, same_on_the_median_path,
};

use crate::engine::{Prepared, Tally};
use crate::model::{Mode, Note};
use crate::stats::QuantileMethod;
use serde::Serialize;

/// What stands for all programmes together in a column of programmes.
pub const ALL: &str = "all";

/// Everything that a run has found.
#[derive(Clone, Debug, Serialize)]
pub struct Findings {
    /// What was run.
    pub about: About,
    /// The big numbers of each policy.
    pub headlines: Vec<Headline>,
    /// Rows of `awards.csv`.
    pub awards: Vec<AwardRow>,
    /// Rows of `budget.csv`.
    pub budget: Vec<BudgetRow>,
    /// Rows of `reconciliation.csv`.
    pub reconciliation: Vec<ReconciliationRow>,
    /// Rows of `commitments.csv`; none without points or programmes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub commitments: Vec<CommitmentRow>,
    /// Rows of `guarantees.csv`; none where no policy has a guarantee.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub guarantees: Vec<GuaranteeRow>,
    /// Rows of `verdicts.csv`.
    pub verdicts: Vec<VerdictRow>,
    /// Rows of `outcomes.csv`.
    pub outcomes: Vec<OutcomeRow>,
    /// Rows of `network.csv`.
    pub network: Vec<NetworkRow>,
    /// Where each observed value lies in the simulated range.
    pub observed: Vec<ObservedRow>,
    /// What is found, for sentences.
    pub statements: Vec<statements::Statement>,
    /// What a reader should know before using the figures: what the run shows, then what was
    /// doubtful before it. What is waived bears its reason.
    pub warnings: Vec<Note>,
}

/// What was run: enough to caption every figure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct About {
    /// Name of the scenario: the stem of its file.
    pub scenario: String,
    /// Title for people.
    pub title: String,
    /// Three-letter code of the currency.
    pub currency: String,
    /// First and last simulated year.
    pub years: (i32, i32),
    /// Month of the information date, `2022-02`.
    pub information_date: Option<String>,
    /// The policies, in the order of the scenario.
    pub policies: Vec<String>,
    /// The policy that the others are compared with.
    pub baseline: Option<String>,
    /// The programmes, in the order of the scenario.
    pub programmes: Vec<String>,
    /// The tiers of the network, from the smallest.
    pub tiers: Vec<String>,
    /// What a point waits for before it opens, as in the scenario.
    pub network_mode: Option<&'static str>,
    /// How many municipalities there are.
    pub municipalities: usize,
    /// How many points there are, planned and open.
    pub points: usize,
    /// A difference counts from here on, EUR …
    pub threshold_eur: f64,
    /// … or per cent of the baseline, whichever is greater.
    pub threshold_percent: f64,
    /// Draws simulated.
    pub draws: u64,
    /// The seed.
    pub seed: u64,
    /// The sampling plan, as in the scenario.
    pub plan: &'static str,
    /// How quantiles are found: `exact`, `histogram` or `second pass`.
    pub quantiles: &'static str,
}

impl Findings {
    /// Reads a finished tally of a scenario.
    pub fn new(prepared: &Prepared<'_>, tally: &Tally) -> Self {
        let scenario = prepared.scenario;
        let budget = budget::rows(scenario, tally);
        let verdicts = verdicts::rows(scenario, tally);
        let headlines = headline::headlines(scenario, tally, &verdicts);
        Self {
            about: About::new(prepared, tally),
            statements: statements::statements(scenario, tally, &headlines, &budget, &verdicts),
            headlines,
            awards: awards::rows(scenario, tally),
            reconciliation: reconciliation::rows(prepared, tally),
            commitments: commitments::rows(scenario, tally),
            guarantees: guarantees::rows(scenario, tally),
            outcomes: outcomes::rows(scenario, tally),
            network: network::rows(scenario, tally),
            observed: observed::rows(scenario, tally),
            warnings: warnings::warnings(scenario, tally, &budget),
            budget,
            verdicts,
        }
    }
}

impl About {
    /// Whether quantiles were counted in bins, so that they are not known to the last digit.
    pub fn is_counted(&self) -> bool {
        self.quantiles == QuantileMethod::Histogram.name()
    }

    fn new(prepared: &Prepared<'_>, tally: &Tally) -> Self {
        let scenario = prepared.scenario;
        Self {
            scenario: scenario.name.clone(),
            title: scenario.title.clone(),
            currency: scenario.currency.clone(),
            years: (scenario.years.first, scenario.years.last),
            information_date: scenario.information_date.map(|month| month.to_string()),
            policies: scenario.policies.iter().map(|policy| policy.name.clone()).collect(),
            baseline: scenario.policies.get(scenario.baseline).map(|policy| policy.name.clone()),
            programmes: scenario
                .programmes
                .iter()
                .map(|programme| programme.name.clone())
                .collect(),
            tiers: scenario.tiers().iter().map(|tier| tier.name.clone()).collect(),
            network_mode: scenario.network.as_ref().map(|network| match network.mode {
                Mode::WhenReady => "WhenReady",
                Mode::WhenFunded => "WhenFunded",
            }),
            municipalities: scenario.municipalities.table.len(),
            points: scenario.points.table.len(),
            threshold_eur: scenario.threshold.euro,
            threshold_percent: scenario.threshold.percent,
            draws: tally.draws,
            seed: scenario.run.seed,
            plan: scenario.run.plan.name(),
            quantiles: tally.method().name(),
        }
    }
}
