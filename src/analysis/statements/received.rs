//! Policies against the baseline: who receives more or less, and what the state pays.

use super::Grounds;
use crate::analysis::VerdictCounts;
use crate::stats::student_quantile;
use serde::Serialize;

/// A cent, in the currency: what differs by less is the same.
const CENT: f64 = 0.005;

/// Who receives more or less than under the baseline at the baseline's pots.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Received {
    /// Everyone the same to the cent in every draw.
    Nothing,
    /// So many municipalities.
    Counted(Counted),
}

/// Municipalities by what can be said of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// Clearly more.
    pub more: usize,
    /// Clearly less.
    pub less: usize,
    /// Neither can be said.
    pub undecided: usize,
    /// The same to the cent in every draw.
    pub unchanged: usize,
    /// With points under one of the two alone.
    pub only_under_one: usize,
}

/// What can be said of all policies but the baseline together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Across {
    /// How many there are.
    pub policies: usize,
    /// Least and greatest number of municipalities that clearly receive more.
    pub more: (usize, usize),
    /// And less.
    pub less: (usize, usize),
}

/// What a policy costs the state on average against the baseline, EUR.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub enum CostDifference {
    /// The same to the cent.
    Same,
    /// So much more, or less where it is negative.
    Told {
        /// The difference of the means.
        difference: f64,
        /// Half the width of its interval at 95 %.
        error: f64,
    },
    /// The draws do not tell whether it costs more or less.
    NotTold {
        /// The difference of the means.
        difference: f64,
        /// Half the width of its interval at 95 %.
        error: f64,
    },
}

/// What the means of two runs on the same draws are known by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct MeanDifference {
    /// Mean of one less mean of the other, EUR.
    pub difference: f64,
    /// Standard errors of the two means, EUR …
    pub of_means: Option<[f64; 2]>,
    /// … and the sum of those of the differences of its parts, EUR.
    pub of_parts: Option<f64>,
    /// Degrees of freedom of these errors.
    pub degrees: u64,
}

/// Counts of verdicts; nothing without municipalities.
pub(super) fn received(counts: &VerdictCounts) -> Option<Received> {
    let counted = Counted {
        more: counts.clearly_more(),
        less: counts.clearly_less(),
        undecided: counts.undecided,
        unchanged: counts.unchanged,
        only_under_one: counts.only_under_one,
    };
    let Counted { more, less, undecided, unchanged, only_under_one } = counted;
    match (more + less + undecided + only_under_one, unchanged) {
        (0, 0) => None,
        (0, _) => Some(Received::Nothing),
        _ => Some(Received::Counted(counted)),
    }
}

/// What several policies have in common; nothing for fewer than two.
pub(super) fn across(counts: &[VerdictCounts]) -> Option<Across> {
    let range = |of: fn(&VerdictCounts) -> usize| {
        Some((counts.iter().map(of).min()?, counts.iter().map(of).max()?))
    };
    let more = range(VerdictCounts::clearly_more)?;
    let less = range(VerdictCounts::clearly_less)?;
    (counts.len() > 1).then_some(Across { policies: counts.len(), more, less })
}

/// Whether the draws tell two means apart.
///
/// The standard error of a sum is at most the sum of the standard errors of its parts, however they
/// depend on each other (Cauchy–Schwarz). So that of the difference is at most the sum of those of
/// the two means, and at most the sum of those of the differences municipality by municipality; the
/// smaller of the two bounds is taken.
pub(super) fn cost(found: &MeanDifference, grounds: &Grounds) -> Option<CostDifference> {
    let MeanDifference { difference, of_means, of_parts, degrees } = *found;
    if !difference.is_finite() {
        return None;
    }
    let error = if grounds.certain {
        0.0
    } else {
        let bounds = [of_means.map(|[one, other]| one + other), of_parts];
        let bound = bounds.into_iter().flatten().reduce(f64::min)?;
        if bound == 0.0 { 0.0 } else { student_quantile(degrees, 0.025) * bound }
    };
    if !error.is_finite() {
        return None;
    }
    Some(if difference.abs() < CENT && error < CENT {
        CostDifference::Same
    } else if difference.abs() > error {
        CostDifference::Told { difference, error }
    } else {
        CostDifference::NotTold { difference, error }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Grouping;
    use proptest::prelude::*;

    const DRAWN: Grounds =
        Grounds { draws: 10_000, grouping: Grouping::Independent, certain: false };

    fn of(difference: f64, of_means: [f64; 2], of_parts: f64) -> Option<CostDifference> {
        let (of_means, of_parts) = (Some(of_means), Some(of_parts));
        cost(&MeanDifference { difference, of_means, of_parts, degrees: 9_999 }, &DRAWN)
    }

    #[test]
    fn a_policy_that_changes_nothing_is_said_to() {
        let counts = VerdictCounts { unchanged: 43, ..VerdictCounts::default() };
        assert_eq!(received(&counts), Some(Received::Nothing));
        assert_eq!(received(&VerdictCounts::default()), None);
        let one = VerdictCounts { undecided: 1, ..counts };
        let Some(Received::Counted(counted)) = received(&one) else { panic!() };
        assert_eq!((counted.undecided, counted.unchanged, counted.more), (1, 43, 0));
    }

    #[test]
    fn clearly_is_in_all_futures_or_rather() {
        let counts = VerdictCounts {
            more: 1,
            rather_more: 2,
            undecided: 4,
            rather_less: 8,
            less: 16,
            unchanged: 32,
            only_under_one: 64,
        };
        let Some(Received::Counted(counted)) = received(&counts) else { panic!() };
        assert_eq!((counted.more, counted.less), (3, 24));
        let other = VerdictCounts { more: 9, ..VerdictCounts::default() };
        let found = across(&[counts, other]).unwrap();
        assert_eq!((found.policies, found.more, found.less), (2, (3, 9), (0, 24)));
        assert_eq!(across(&[counts]), None);
    }

    #[test]
    fn means_are_told_apart_beyond_the_smaller_bound() {
        // Normal deviate at 2.5 %: 1.96. Means: 3 + 4 = 7, so 13.7; parts: 5, so 9.8.
        assert!(matches!(of(10.0, [3.0, 4.0], 5.0), Some(CostDifference::Told { .. })));
        assert!(matches!(of(9.7, [3.0, 4.0], 5.0), Some(CostDifference::NotTold { .. })));
        assert!(matches!(of(-13.8, [3.0, 4.0], 50.0), Some(CostDifference::Told { .. })));
        assert_eq!(of(0.0, [0.0, 0.0], 5.0), Some(CostDifference::Same));
        let unknown =
            MeanDifference { difference: 5.0, of_means: None, of_parts: None, degrees: 0 };
        assert_eq!(cost(&unknown, &DRAWN), None);
        let certain = Grounds { certain: true, ..DRAWN };
        let told = CostDifference::Told { difference: 5.0, error: 0.0 };
        assert_eq!(cost(&unknown, &certain), Some(told));
    }

    proptest! {
        #[test]
        fn a_difference_is_never_told_inside_its_error(
            difference in -1e6..1e6, one in 0.0..1e5, other in 0.0..1e5, parts in 0.0..1e5,
            degrees in 1_u64..1_000,
        ) {
            let found = MeanDifference {
                difference, of_means: Some([one, other]), of_parts: Some(parts), degrees,
            };
            match cost(&found, &DRAWN).unwrap() {
                CostDifference::Told { difference: told, error } => {
                    prop_assert!(told == difference && told.abs() > error);
                    prop_assert!(error >= 1.959 * f64::min(one + other, parts));
                }
                CostDifference::NotTold { difference: told, error } => {
                    prop_assert!(told.abs() <= error);
                }
                CostDifference::Same => prop_assert!(difference.abs() < CENT),
            }
        }
    }
}
