//! A few values, each with a weight.

use super::registry::Entry;
use super::steps::Steps;
use super::through::Through;
use super::{Parameter, ParameterFault, ParameterSet, Parameters};

pub(super) const ENTRY: Entry = Entry {
    name: "Discrete",
    about: "a few values, each with a weight",
    parameters: &[ParameterSet::These(&[Parameter::list("values"), Parameter::list("weights")])],
    examples: &["Discrete(values: [0, 1, 3], weights: [0.5, 0.3, 0.2])"],
    build: |parameters| Ok(Box::new(Discrete::from_parameters(parameters)?)),
};

/// Values and weights.
#[derive(Clone, Debug)]
pub struct Discrete {
    steps: Steps,
}

impl Discrete {
    /// From values in any order and their weights, which need not add up to 1.
    ///
    /// # Errors
    /// The lists are empty or of different length, a number is not finite, a weight is negative, or all
    /// weights are 0.
    pub fn new(values: &[f64], weights: &[f64]) -> Result<Self, ParameterFault> {
        let parameters = Parameters::new().with_list("values", values.to_vec());
        Self::from_parameters(&parameters.with_list("weights", weights.to_vec()))
    }

    fn from_parameters(parameters: &Parameters) -> Result<Self, ParameterFault> {
        let (values, weights) = (parameters.list("values")?, parameters.list("weights")?);
        let fault =
            |message| Err(ParameterFault::at("weights", message, "one of at least 0 a value"));
        if values.len() != weights.len() {
            return fault(format!("{} weights for {} values", weights.len(), values.len()));
        }
        if let Some(negative) = weights.iter().find(|&&weight| weight < 0.0) {
            return fault(format!("`weights` holds {negative}"));
        }
        if !weights.iter().any(|&weight| weight > 0.0) {
            return fault("all weights are 0".to_owned());
        }
        if !weights.iter().sum::<f64>().is_finite() {
            return fault("the weights are too large to add".to_owned());
        }
        Ok(Self { steps: sorted_steps(values.iter().copied().zip(weights.iter().copied())) })
    }
}

/// Steps from values in any order; equal values add their weights.
pub(super) fn sorted_steps(pairs: impl Iterator<Item = (f64, f64)>) -> Steps {
    let mut pairs: Vec<(f64, f64)> = pairs.filter(|&(_, weight)| weight > 0.0).collect();
    // −0 and 0 are one value.
    pairs.sort_by(|first, second| (first.0 + 0.0).total_cmp(&(second.0 + 0.0)));
    let (mut values, mut weights): (Vec<f64>, Vec<f64>) = (Vec::new(), Vec::new());
    for (value, weight) in pairs {
        match (values.last(), weights.last_mut()) {
            (Some(&last), Some(sum)) if last == value => *sum += weight,
            _ => {
                values.push(value);
                weights.push(weight);
            }
        }
    }
    Steps::new(values, weights)
}

impl Through for Discrete {
    type Inner = Steps;

    fn inner(&self) -> &Steps {
        &self.steps
    }
}

#[cfg(test)]
mod tests {
    use super::super::Distribution;
    use super::*;

    #[test]
    fn values_are_sorted_and_equal_ones_joined() {
        // 1 with 2/8, 3 with 5/8, 9 with 1/8
        let discrete =
            Discrete::new(&[3.0, 1.0, 9.0, 3.0, 5.0], &[1.0, 2.0, 1.0, 4.0, 0.0]).unwrap();
        assert_eq!(discrete.quantile(0.25), 1.0);
        assert_eq!(discrete.quantile(0.26), 3.0);
        assert_eq!(discrete.quantile(0.875), 3.0);
        assert_eq!(discrete.quantile(0.876), 9.0);
        assert_eq!(discrete.mean(), (2.0 + 15.0 + 9.0) / 8.0);
    }

    #[test]
    fn weights_must_fit_the_values() {
        for weights in [&[1.0][..], &[1.0, -1.0], &[0.0, 0.0], &[1.0, f64::NAN], &[1e308, 1e308]] {
            let fault = Discrete::new(&[1.0, 2.0], weights).unwrap_err();
            assert_eq!(fault.parameter.as_deref(), Some("weights"));
        }
    }
}
