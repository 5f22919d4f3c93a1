//! A run that ends when the means of its figures are known as well as was asked.

use super::outcomes::national;
use crate::engine::{
    BudgetItem, Failure, MONEY, Options, Pauses, Prepared, Source, Tally, UNITS, simulate_until,
};
use crate::model::{Precision, Scenario, Watched};
use crate::stats::{Accumulator, half_width};
use serde::{Deserialize, Serialize};

/// How well the mean of one figure is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The policy; empty in a scenario without policies.
    pub policy: String,
    /// `entitlement`, `award` or the name of a declared outcome.
    pub figure: String,
    /// The programme, of sums of money.
    pub programme: Option<String>,
    /// The year.
    pub year: i32,
    /// The mean; none where no draw has a value.
    pub mean: Option<f64>,
    /// Half the width of the interval about the mean, which allows for all looks; none where the
    /// standard error is not known.
    pub half_width: Option<f64>,
    /// What it may be at most.
    pub wanted: Option<f64>,
    /// Whether it is.
    pub reached: bool,
}

/// What one look has shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Look {
    /// After how many draws.
    pub draws: u64,
    /// How many figures are not yet known as well as is wanted.
    pub missed: usize,
    /// The figure that is farthest from it, or, where all have reached it, nearest to missing it.
    pub widest: Option<Estimate>,
}

/// How a run for a precision went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attained {
    /// Whether every figure is known as well as was asked.
    pub reached: bool,
    /// The draws that it took.
    pub draws: u64,
    /// The most that it might have taken.
    pub at_most: u64,
    /// How many looks that allows, and the intervals allow for.
    pub looks_allowed: usize,
    /// The chance that an interval holds the true mean, at all looks together.
    pub confidence: f64,
    /// The share of a mean within which it should be known.
    pub relative: Option<f64>,
    /// The amount within which it should be known, in the unit of the figure.
    pub within: Option<f64>,
    /// Look by look.
    pub looks: Vec<Look>,
    /// Each figure at the last look.
    pub figures: Vec<Estimate>,
}

/// Simulates until every figure of a precision is known as well as it asks, or the most draws are
/// done; `seen` is called at each look. Where it goes on from what was kept, it does so with the looks
/// until then. The tally is that of [`simulate`](crate::engine::simulate)
/// with as many draws as it took.
///
/// # Errors
/// What [`simulate`](crate::engine::simulate) refuses.
pub fn simulate_to(
    prepared: &Prepared<'_>,
    precision: &Precision,
    options: &Options<'_>,
    (pauses, mut looks): (Pauses<'_>, Vec<Look>),
    mut seen: impl FnMut(&Look),
) -> Result<(Tally, Attained), Failure> {
    let allowed = precision.looks();
    let mut figures = Vec::new();
    let tally = simulate_until(prepared, &allowed, options, pauses, |tally| {
        figures = estimates(prepared.scenario, precision, allowed.len(), tally);
        let look = Look::new(tally.draws, &figures);
        let is_enough = look.missed == 0;
        seen(&look);
        looks.push(look);
        is_enough
    })?;
    let attained = Attained {
        reached: looks.last().is_some_and(|look| look.missed == 0),
        draws: tally.draws,
        at_most: precision.at_most,
        looks_allowed: allowed.len(),
        confidence: precision.confidence,
        relative: precision.relative,
        within: precision.within,
        looks,
        figures,
    };
    Ok((tally, attained))
}

/// Simulates as many draws as a scenario asks for, or, where it asks for a precision, until that is reached:
/// what [`simulate_to`] then tells comes with it.
///
/// # Errors
/// What [`simulate`](crate::engine::simulate) refuses.
pub fn simulate_as_asked(
    prepared: &Prepared<'_>,
    options: &Options<'_>,
    (pauses, looks): (Pauses<'_>, Vec<Look>),
    seen: impl FnMut(&Look),
) -> Result<(Tally, Option<Attained>), Failure> {
    let run = &prepared.scenario.run;
    match &run.precision {
        None => simulate_until(prepared, &[run.draws], options, pauses, |_| true)
            .map(|tally| (tally, None)),
        Some(wanted) => simulate_to(prepared, wanted, options, (pauses, looks), seen)
            .map(|(tally, attained)| (tally, Some(attained))),
    }
}

impl Look {
    fn new(draws: u64, figures: &[Estimate]) -> Self {
        let widest = figures
            .iter()
            .reduce(|widest, other| if other.excess() > widest.excess() { other } else { widest });
        let missed = figures.iter().filter(|figure| !figure.reached).count();
        Self { draws, missed, widest: widest.cloned() }
    }
}

impl Estimate {
    /// The half width as a multiple of what is wanted: above 1 exactly where it is not reached.
    pub fn excess(&self) -> f64 {
        match (self.half_width, self.wanted) {
            _ if self.mean.is_none() => 0.0,
            (Some(0.0), _) => 0.0,
            (Some(half), Some(wanted)) if wanted > 0.0 => half / wanted,
            _ => f64::INFINITY,
        }
    }
}

/// Every figure of a precision, by policy, figure, programme and year.
fn estimates(
    scenario: &Scenario,
    precision: &Precision,
    looks: usize,
    tally: &Tally,
) -> Vec<Estimate> {
    let mut found = Vec::new();
    for policy in 0..scenario.policies.len().max(1) {
        let name = scenario.policies.get(policy).map_or("", |policy| policy.name.as_str());
        let mut add =
            |figure: &str, programme: Option<&str>, year, moments: &Accumulator, scale| {
                let programme = programme.map(str::to_owned);
                let named = (name.to_owned(), figure.to_owned(), programme, year);
                found.push(estimate(precision, looks, named, moments, scale));
            };
        for figure in &precision.figures {
            let item = match figure {
                Watched::Entitlement => ("entitlement", BudgetItem::Entitlement),
                Watched::Award => ("award", BudgetItem::Award),
                Watched::Outcome(index) => {
                    let called = scenario.outcomes.get(*index).map_or("", |outcome| &outcome.name);
                    for (year, calendar) in scenario.years.iter().enumerate() {
                        let source = Source::Declared(*index);
                        if let Some(cell) = national(tally, policy, year, source) {
                            add(called, None, calendar, cell.moments, UNITS);
                        }
                    }
                    continue;
                }
            };
            if policy >= scenario.policies.len() {
                continue;
            }
            for (programme, declared) in scenario.programmes.iter().enumerate() {
                for (year, calendar) in scenario.years.iter().enumerate() {
                    let cell = tally.budget.get(&[policy, programme, year, item.1 as usize]);
                    add(item.0, Some(&declared.name), calendar, cell.moments, MONEY);
                }
            }
        }
    }
    found
}

fn estimate(
    precision: &Precision,
    looks: usize,
    (policy, figure, programme, year): (String, String, Option<String>, i32),
    moments: &Accumulator,
    scale: f64,
) -> Estimate {
    let mean = moments.mean().map(|mean| mean / scale);
    let half_width = half_width(moments, precision.confidence, looks).map(|half| half / scale);
    let share = mean.zip(precision.relative).map(|(mean, share)| mean.abs() * share);
    let wanted = match (share, precision.within) {
        (Some(share), Some(within)) => Some(share.max(within)),
        (share, within) => share.or(within),
    };
    let reached =
        mean.is_none() || half_width.zip(wanted).is_some_and(|(half, wanted)| half <= wanted);
    Estimate { policy, figure, programme, year, mean, half_width, wanted, reached }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{example, example_with_rent};
    use crate::model::Common;

    fn wanted(relative: Option<f64>, within: Option<f64>) -> Precision {
        let figures = vec![Watched::Entitlement, Watched::Award];
        Precision { figures, relative, within, confidence: 0.95, at_most: 5_000 }
    }

    fn run(scenario: &Scenario, precision: &Precision) -> (Tally, Attained, Vec<u64>) {
        let prepared = Prepared::new(scenario);
        let mut seen = Vec::new();
        let ended =
            simulate_to(&prepared, precision, &Options::default(), Default::default(), |look| {
                seen.push(look.draws);
            });
        let (tally, attained) = ended.expect("no formula fails");
        (tally, attained, seen)
    }

    #[test]
    fn what_is_certain_is_known_at_the_first_look() {
        let (tally, attained, seen) = run(&example(), &wanted(Some(1e-9), None));
        assert_eq!((tally.draws, attained.draws, seen), (1_024, 1_024, vec![1_024]));
        // Two policies, due and granted, two programmes, two years.
        assert_eq!((attained.reached, attained.figures.len()), (true, 16));
        let paid = attained.figures.iter().find(|figure| {
            figure.figure == "award" && figure.programme.as_deref() == Some("maintenance")
        });
        // As worked by hand for the headlines: 1 500 of maintenance in each year.
        assert_eq!(
            paid.map(|figure| (figure.mean, figure.half_width)),
            Some((Some(1_500.0), Some(0.0)))
        );
    }

    #[test]
    fn the_wider_of_a_share_and_an_amount_is_wanted() {
        let mut moments = Accumulator::new();
        moments.add_lanes(&[90_000, 110_000].repeat(32));
        // Mean 1 000 EUR, sd 100.79, error 12.60; three looks at 95 %, t(63) at 0.833 %: 2.457.
        let at = |relative, within| {
            let named = (String::new(), "award".to_owned(), None, 2022);
            estimate(&wanted(relative, within), 3, named, &moments, MONEY)
        };
        let share = at(Some(0.02), None);
        assert!((share.half_width.unwrap() - 30.96).abs() < 0.05, "{share:?}");
        assert_eq!((share.wanted, share.reached), (Some(20.0), false));
        assert!((share.excess() - 1.548).abs() < 0.003);
        assert_eq!(at(Some(0.04), None).wanted, Some(40.0));
        assert!(at(Some(0.04), None).reached && at(Some(0.02), Some(31.5)).reached);
        assert_eq!(at(Some(0.04), Some(31.5)).wanted, Some(40.0));
        assert!(!at(None, Some(30.0)).reached);
    }

    #[test]
    fn a_figure_without_a_value_is_not_waited_for_and_one_without_an_error_is() {
        let named = || (String::new(), "ratio".to_owned(), None, 2022);
        let empty = estimate(&wanted(None, Some(1.0)), 1, named(), &Accumulator::new(), UNITS);
        assert!(empty.reached && empty.excess() == 0.0);
        let mut one = Accumulator::new();
        one.add(5);
        let one = estimate(&wanted(None, Some(1.0)), 1, named(), &one, UNITS);
        assert!(!one.reached && one.excess() == f64::INFINITY);
    }

    #[test]
    fn a_run_ends_at_the_last_look_where_it_knows_too_little() {
        let mut scenario = example_with_rent(Common { nation: 1.0, municipality: 0.0 });
        scenario.outcomes.clear();
        let mut precision = wanted(Some(1e-12), None);
        precision.figures = vec![Watched::Award];
        let (_, certain, _) = run(&scenario, &precision);
        // Rents move costs, not these awards.
        assert_eq!((certain.reached, certain.draws), (true, 1_024));
        let looks = precision.looks();
        assert_eq!(looks, [1_024, 2_048, 4_096]);
        let prepared = Prepared::new(&scenario);
        let mut asked = 0;
        let never =
            simulate_until(&prepared, &looks, &Options::default(), Pauses::default(), |_| {
                asked += 1;
                false
            });
        assert_eq!((never.map(|tally| tally.draws), asked), (Ok(4_096), 3));
    }
}
