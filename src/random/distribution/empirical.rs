//! Values that were observed, each as likely as any other: the inverse of their distribution function
//! (type 1 of Hyndman & Fan 1996, doi:10.1080/00031305.1996.10473566).
//! Its moments are those of the values as the whole population: the divisor is their number.

use super::discrete::sorted_steps;
use super::registry::Entry;
use super::steps::Steps;
use super::through::Through;
use super::{Parameter, ParameterFault, ParameterSet, Parameters};

pub(super) const ENTRY: Entry = Entry {
    name: "Empirical",
    about: "values that were observed, each as likely as any other",
    parameters: &[ParameterSet::These(&[Parameter::list("values")])],
    examples: &["Empirical(values: [11.4, 17.3, 21.3, 25.9, 40.1])"],
    build: |parameters| Ok(Box::new(Empirical::from_parameters(parameters)?)),
};

/// Observed values.
#[derive(Clone, Debug)]
pub struct Empirical {
    steps: Steps,
}

impl Empirical {
    /// From values in any order.
    ///
    /// # Errors
    /// There are none, or one is not finite.
    pub fn new(values: &[f64]) -> Result<Self, ParameterFault> {
        Self::from_parameters(&Parameters::new().with_list("values", values.to_vec()))
    }

    fn from_parameters(parameters: &Parameters) -> Result<Self, ParameterFault> {
        let values = parameters.list("values")?;
        Ok(Self { steps: sorted_steps(values.iter().map(|&value| (value, 1.0))) })
    }
}

impl Through for Empirical {
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
    fn every_value_has_its_share() {
        let empirical = Empirical::new(&[4.0, 2.0, 8.0, 2.0]).unwrap();
        assert_eq!(empirical.quantile(0.5), 2.0);
        assert_eq!(empirical.quantile(0.51), 4.0);
        assert_eq!(empirical.quantile(0.75), 4.0);
        assert_eq!(empirical.quantile(1.0), 8.0);
        assert_eq!(empirical.mean(), 4.0);
        // (0 + 4 + 16 + 4)/4
        assert_eq!(empirical.sd(), 6.0_f64.sqrt());
        assert!(Empirical::new(&[]).is_err());
    }
}
