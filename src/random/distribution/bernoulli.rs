//! Whether something happens: 1 with a probability, else 0.
//!
//! variance v = p (1 − p); skewness (1 − 2 p)/√v; excess kurtosis 1/v − 6.

use super::moments::Moments;
use super::registry::Entry;
use super::steps::Steps;
use super::through::Through;
use super::{Parameter, ParameterFault, ParameterSet, Parameters};

pub(super) const ENTRY: Entry = Entry {
    name: "Bernoulli",
    about: "1 with a probability, else 0",
    parameters: &[ParameterSet::These(&[Parameter::required("probability")])],
    examples: &["Bernoulli(probability: 0.3)"],
    build: |parameters| Ok(Box::new(Bernoulli::from_parameters(parameters)?)),
};

/// A probability.
#[derive(Clone, Debug)]
pub struct Bernoulli {
    steps: Steps,
}

impl Bernoulli {
    /// By the probability of 1.
    ///
    /// # Errors
    /// `probability` is not in 0 to 1.
    pub fn new(probability: f64) -> Result<Self, ParameterFault> {
        Self::from_parameters(&Parameters::new().with("probability", probability))
    }

    fn from_parameters(parameters: &Parameters) -> Result<Self, ParameterFault> {
        let probability = parameters.between("probability", 0.0, 1.0)?;
        let steps = if probability == 0.0 || probability == 1.0 {
            Steps::new(vec![probability], vec![1.0])
        } else {
            Steps::new(vec![0.0, 1.0], vec![1.0 - probability, probability])
        };
        let variance = probability * (1.0 - probability);
        let moments = Moments {
            mean: probability,
            sd: variance.sqrt(),
            skew: (variance > 0.0).then(|| (1.0 - 2.0 * probability) / variance.sqrt()),
            excess_kurtosis: (variance > 0.0).then(|| 1.0 / variance - 6.0),
        };
        Ok(Self { steps: steps.with_moments(moments) })
    }
}

impl Through for Bernoulli {
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
    fn it_turns_at_the_complement() {
        let bernoulli = Bernoulli::new(0.3).unwrap();
        assert_eq!(bernoulli.quantile(0.7), 0.0);
        assert_eq!(bernoulli.quantile(0.700_001), 1.0);
        assert_eq!(Bernoulli::new(1.0).unwrap().quantile(0.0), 1.0);
        assert_eq!(Bernoulli::new(0.0).unwrap().quantile(1.0), 0.0);
        assert!(Bernoulli::new(1.1).is_err());
    }
}
