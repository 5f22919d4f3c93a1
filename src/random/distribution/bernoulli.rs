//! Whether something happens: 1 with a probability, else 0.

use super::registry::Entry;
use super::steps::Steps;
use super::{Distribution, Parameter, ParameterFault, ParameterSet, Parameters};
use crate::numeric::Lanes;

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
    probability: f64,
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
            Steps::new(vec![probability], vec![1.0], None)
        } else {
            Steps::new(vec![0.0, 1.0], vec![1.0 - probability, probability], None)
        };
        Ok(Self { probability, steps })
    }
}

impl Distribution for Bernoulli {
    fn at_score(&self, score: f64) -> f64 {
        self.steps.at_score(score)
    }

    fn at_scores(&self, scores: &Lanes, out: &mut Lanes) {
        self.steps.at_scores(scores, out);
    }

    fn mean(&self) -> f64 {
        self.probability
    }

    fn sd(&self) -> f64 {
        (self.probability * (1.0 - self.probability)).sqrt()
    }

    fn quantile(&self, p: f64) -> f64 {
        self.steps.quantile(p)
    }
}

#[cfg(test)]
mod tests {
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
