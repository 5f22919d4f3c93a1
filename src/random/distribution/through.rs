//! Distributions that are another one inside.

use super::{Distribution, Masses};
use crate::numeric::Lanes;

/// A distribution with parameters of its own that, once made, is another one: Pert is a beta
/// distribution, and all that have separate values are steps.
pub(super) trait Through: Send + Sync + std::fmt::Debug {
    /// What it is inside.
    type Inner: Distribution;

    /// What it is inside.
    fn inner(&self) -> &Self::Inner;
}

impl<T: Through> Distribution for T {
    fn at_score(&self, score: f64) -> f64 {
        self.inner().at_score(score)
    }

    fn at_scores(&self, scores: &Lanes, out: &mut Lanes) {
        self.inner().at_scores(scores, out);
    }

    fn mean(&self) -> f64 {
        self.inner().mean()
    }

    fn sd(&self) -> f64 {
        self.inner().sd()
    }

    fn skew(&self) -> Option<f64> {
        self.inner().skew()
    }

    fn excess_kurtosis(&self) -> Option<f64> {
        self.inner().excess_kurtosis()
    }

    fn density(&self, value: f64) -> f64 {
        self.inner().density(value)
    }

    fn mode(&self) -> Option<f64> {
        self.inner().mode()
    }

    fn masses(&self) -> Option<Masses<'_>> {
        self.inner().masses()
    }

    fn quantile(&self, p: f64) -> f64 {
        self.inner().quantile(p)
    }

    fn median(&self) -> f64 {
        self.inner().median()
    }
}
