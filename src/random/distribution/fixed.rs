//! A quantity that is certain.

use super::registry::Entry;
use super::{Distribution, Masses, Parameter, ParameterFault, ParameterSet, Parameters};
use crate::numeric::Lanes;

pub(super) const ENTRY: Entry = Entry {
    name: "Fixed",
    about: "one value, certain",
    parameters: &[ParameterSet::These(&[Parameter::required("value")])],
    examples: &["Fixed(value: 1100)"],
    build: |parameters| Ok(Box::new(Fixed::from_parameters(parameters)?)),
};

/// One value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fixed {
    value: f64,
}

impl Fixed {
    /// The value that is certain.
    #[must_use]
    pub fn new(value: f64) -> Self {
        Self { value }
    }

    fn from_parameters(parameters: &Parameters) -> Result<Self, ParameterFault> {
        Ok(Self::new(parameters.number("value")?))
    }
}

impl Distribution for Fixed {
    fn at_score(&self, score: f64) -> f64 {
        if score.is_nan() { f64::NAN } else { self.value }
    }

    fn at_scores(&self, scores: &Lanes, out: &mut Lanes) {
        for (out, &score) in out.iter_mut().zip(scores) {
            *out = self.at_score(score);
        }
    }

    fn mean(&self) -> f64 {
        self.value
    }

    fn sd(&self) -> f64 {
        0.0
    }

    fn skew(&self) -> Option<f64> {
        None
    }

    fn excess_kurtosis(&self) -> Option<f64> {
        None
    }

    fn density(&self, value: f64) -> f64 {
        if value == self.value { 1.0 } else { 0.0 }
    }

    fn mode(&self) -> Option<f64> {
        Some(self.value)
    }

    fn masses(&self) -> Option<Masses<'_>> {
        Some(Masses::certain(&self.value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_never_varies() {
        let fixed = Fixed::new(1100.0);
        assert_eq!(fixed.quantile(0.01), 1100.0);
        assert_eq!(fixed.quantile(1.0), 1100.0);
        assert!(fixed.quantile(1.5).is_nan());
    }
}
