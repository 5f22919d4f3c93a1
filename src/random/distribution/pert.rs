//! The PERT distribution: least, most likely and greatest value, smooth between (Malcolm, Roseboom,
//! Clark & Fazar 1959, doi:10.1287/opre.7.5.646; with a shape: Vose 2008).
//!
//! A beta distribution on min..max with a = 1 + shape · (mode − min)/(max − min) and
//! b = 1 + shape · (max − mode)/(max − min); mean = (min + shape · mode + max)/(shape + 2).

use super::parameters::{rising, within};
use super::registry::Entry;
use super::through::Through;
use super::{Beta, Parameter, ParameterFault, ParameterSet, Parameters};

pub(super) const ENTRY: Entry = Entry {
    name: "Pert",
    about: "least, most likely and greatest value, smooth between; a larger shape (4) trusts the mode more",
    parameters: &[ParameterSet::These(&[
        Parameter::required("min"),
        Parameter::required("mode"),
        Parameter::required("max"),
        Parameter::optional("shape"),
    ])],
    examples: &["Pert(min: 3, mode: 5, max: 10)"],
    build: |parameters| Ok(Box::new(Pert::from_parameters(parameters)?)),
};

/// The weight of the mode where none is given.
const USUAL_SHAPE: f64 = 4.0;

/// Three values and how much the middle one weighs.
#[derive(Clone, Debug)]
pub struct Pert {
    beta: Beta,
}

impl Pert {
    /// By three values and the weight of the mode (usually 4).
    ///
    /// # Errors
    /// `max` is not above `min`, `mode` not between them, or `shape` not in 0.01 to 100,000.
    pub fn new(min: f64, mode: f64, max: f64, shape: f64) -> Result<Self, ParameterFault> {
        rising(("min", min), ("max", max))?;
        within("mode", mode, min, max)?;
        within("shape", shape, 0.01, 1e5)?;
        let width = max - min;
        let (a, b) = (1.0 + shape * ((mode - min) / width), 1.0 + shape * ((max - mode) / width));
        Ok(Self { beta: Beta::new(a, b, min, max)? })
    }

    fn from_parameters(parameters: &Parameters) -> Result<Self, ParameterFault> {
        let number = |name| parameters.number(name);
        let shape = parameters.optional("shape")?.unwrap_or(USUAL_SHAPE);
        Self::new(number("min")?, number("mode")?, number("max")?, shape)
    }
}

impl Through for Pert {
    type Inner = Beta;

    fn inner(&self) -> &Beta {
        &self.beta
    }
}

#[cfg(test)]
mod tests {
    use super::super::Distribution;
    use super::*;

    #[test]
    fn the_mean_weighs_the_mode_four_times() {
        // (3 + 4·5 + 10)/6 = 5.5; variance (5.5 − 3)(10 − 5.5)/7
        let pert = Pert::new(3.0, 5.0, 10.0, 4.0).unwrap();
        assert!((pert.mean() - 5.5).abs() < 1e-15);
        assert!((pert.sd() - (2.5_f64 * 4.5 / 7.0).sqrt()).abs() < 1e-15);
    }

    #[test]
    fn the_range_is_never_left() {
        let pert = Pert::new(3.0, 3.0, 10.0, 4.0).unwrap();
        assert_eq!((pert.quantile(0.0), pert.quantile(1.0)), (3.0, 10.0));
        assert_eq!(pert.at_score(-30.0), 3.0);
        assert!(Pert::new(3.0, 2.0, 10.0, 4.0).is_err());
        assert!(Pert::new(3.0, f64::NAN, 10.0, 4.0).is_err());
    }
}
