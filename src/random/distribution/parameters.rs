//! Named parameters, and what is wrong with one.

use std::collections::BTreeMap;

use thiserror::Error;

/// The parameters written for one distribution.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parameters {
    numbers: BTreeMap<String, f64>,
    lists: BTreeMap<String, Vec<f64>>,
}

/// One parameter of a distribution, as the registry describes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The key in the scenario.
    pub name: &'static str,
    /// Whether it may be left out.
    pub optional: bool,
    /// Whether it is a list of numbers.
    pub list: bool,
}

/// One way to give the parameters of a distribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterSet {
    /// These, all that are not optional.
    These(&'static [Parameter]),
    /// Exactly two of these quantiles.
    TwoOf(&'static [&'static str]),
}

/// What is wrong with a parameter.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{message} (allowed: {allowed})")]
pub struct ParameterFault {
    /// The parameter at fault; none where they do not fit together or one is missing.
    pub parameter: Option<String>,
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// What would be right.
    pub allowed: String,
}

impl Parameter {
    /// A number that must be given.
    pub const fn required(name: &'static str) -> Self {
        Self { name, optional: false, list: false }
    }

    /// A number that may be left out.
    pub const fn optional(name: &'static str) -> Self {
        Self { name, optional: true, list: false }
    }

    /// A list that must be given.
    pub const fn list(name: &'static str) -> Self {
        Self { name, optional: false, list: true }
    }
}

impl ParameterSet {
    /// Whether a parameter of this name and kind belongs to the set.
    #[must_use]
    pub fn knows(&self, name: &str, list: bool) -> bool {
        match self {
            Self::These(parameters) => parameters.iter().any(|p| p.name == name && p.list == list),
            Self::TwoOf(names) => !list && names.contains(&name),
        }
    }

    /// Whether the given parameters are this set.
    #[must_use]
    pub fn fits(&self, given: &Parameters) -> bool {
        let known = given.names().all(|(name, list)| self.knows(name, list));
        known
            && match self {
                Self::These(parameters) => {
                    parameters.iter().all(|p| p.optional || given.has(p.name, p.list))
                }
                Self::TwoOf(_) => given.names().count() == 2,
            }
    }

    /// The set as it is written in a message: `min, mode, max, [shape]`.
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Self::These(parameters) => {
                let written = parameters
                    .iter()
                    .map(|p| if p.optional { format!("[{}]", p.name) } else { p.name.to_owned() });
                written.collect::<Vec<_>>().join(", ")
            }
            Self::TwoOf(names) => format!("two of {}", names.join(", ")),
        }
    }
}

impl Parameters {
    /// None so far.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// With one more number; the last of two with one name counts.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: f64) -> Self {
        self.numbers.insert(name.into(), value);
        self
    }

    /// With one more list; the last of two with one name counts.
    #[must_use]
    pub fn with_list(mut self, name: impl Into<String>, values: Vec<f64>) -> Self {
        self.lists.insert(name.into(), values);
        self
    }

    /// The names given, in order, and whether each is a list.
    pub fn names(&self) -> impl Iterator<Item = (&str, bool)> {
        let numbers = self.numbers.keys().map(|name| (name.as_str(), false));
        numbers.chain(self.lists.keys().map(|name| (name.as_str(), true)))
    }

    /// The numbers given, in order of name.
    pub fn numbers(&self) -> impl Iterator<Item = (&str, f64)> {
        self.numbers.iter().map(|(name, &value)| (name.as_str(), value))
    }

    /// Whether a number (or list) of this name is given.
    #[must_use]
    pub fn has(&self, name: &str, list: bool) -> bool {
        if list { self.lists.contains_key(name) } else { self.numbers.contains_key(name) }
    }

    /// A number, if it is given.
    ///
    /// # Errors
    /// It is given and not finite.
    pub fn optional(&self, name: &str) -> Result<Option<f64>, ParameterFault> {
        match self.numbers.get(name) {
            Some(value) if !value.is_finite() => {
                Err(ParameterFault::at(name, format!("`{name}` is {value}"), "a finite number"))
            }
            value => Ok(value.copied()),
        }
    }

    /// A number.
    ///
    /// # Errors
    /// It is not given or not finite.
    pub fn number(&self, name: &str) -> Result<f64, ParameterFault> {
        self.optional(name)?.ok_or_else(|| ParameterFault {
            parameter: None,
            message: format!("`{name}` is missing"),
            allowed: "a finite number".to_owned(),
        })
    }

    /// A number that must lie between two others, both allowed.
    ///
    /// # Errors
    /// It is not given or outside.
    pub fn between(&self, name: &str, least: f64, most: f64) -> Result<f64, ParameterFault> {
        within(name, self.number(name)?, least, most)
    }

    /// A number above 0.
    ///
    /// # Errors
    /// It is not given or not positive.
    pub fn positive(&self, name: &str) -> Result<f64, ParameterFault> {
        match self.number(name)? {
            value if value > 0.0 => Ok(value),
            value => {
                Err(ParameterFault::at(name, format!("`{name}` is {value}"), "a number above 0"))
            }
        }
    }

    /// A number that is not negative.
    ///
    /// # Errors
    /// It is not given or negative.
    pub fn not_negative(&self, name: &str) -> Result<f64, ParameterFault> {
        match self.number(name)? {
            value if value >= 0.0 => Ok(value),
            value => Err(ParameterFault::at(
                name,
                format!("`{name}` is {value}"),
                "a number of at least 0",
            )),
        }
    }

    /// A list of finite numbers, at least one.
    ///
    /// # Errors
    /// It is not given, empty, or holds a number that is not finite.
    pub fn list(&self, name: &str) -> Result<&[f64], ParameterFault> {
        let values = self.lists.get(name).ok_or_else(|| ParameterFault {
            parameter: None,
            message: format!("the list `{name}` is missing"),
            allowed: "at least one number".to_owned(),
        })?;
        let fault = |message| Err(ParameterFault::at(name, message, "at least one finite number"));
        if values.is_empty() {
            return fault(format!("`{name}` is empty"));
        }
        match values.iter().find(|value| !value.is_finite()) {
            Some(value) => fault(format!("`{name}` holds {value}")),
            None => Ok(values),
        }
    }
}

impl ParameterFault {
    /// A fault of one parameter.
    #[must_use]
    pub fn at(name: &str, message: impl Into<String>, allowed: impl Into<String>) -> Self {
        Self { parameter: Some(name.to_owned()), message: message.into(), allowed: allowed.into() }
    }
}

/// The number, if it lies between two others.
pub(super) fn within(name: &str, value: f64, least: f64, most: f64) -> Result<f64, ParameterFault> {
    if value >= least && value <= most {
        Ok(value)
    } else {
        Err(ParameterFault::at(name, format!("`{name}` is {value}"), format!("{least} to {most}")))
    }
}

/// Two numbers of which the first must be the smaller, and their distance a number (one may be infinite).
pub(super) fn rising(
    (low_name, low): (&str, f64),
    (high_name, high): (&str, f64),
) -> Result<(), ParameterFault> {
    if low < high {
        if low.is_finite() && high.is_finite() && (high - low).is_infinite() {
            let message = format!("`{high_name}` ({high}) is too far above `{low_name}` ({low})");
            return Err(ParameterFault::at(high_name, message, "a distance below 1.8e308"));
        }
        return Ok(());
    }
    let message = format!("`{high_name}` ({high}) is not above `{low_name}` ({low})");
    let above = format!("a number above {low}");
    let allowed = if high < low {
        format!("{above}; if they changed places, exchange `{low_name}` and `{high_name}`")
    } else {
        above
    };
    Err(ParameterFault::at(high_name, message, allowed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_is_not_finite_or_out_of_range_is_pointed_at() {
        let given = Parameters::new().with("sd", f64::NAN).with("mean", -1.0);
        assert_eq!(given.number("sd").unwrap_err().parameter.as_deref(), Some("sd"));
        assert_eq!(
            given.positive("mean").unwrap_err().to_string(),
            "`mean` is -1 (allowed: a number above 0)"
        );
        assert_eq!(given.between("mean", 0.0, 1.0).unwrap_err().allowed, "0 to 1");
        assert_eq!(given.optional("shape"), Ok(None));
        assert_eq!(given.number("shape").unwrap_err().message, "`shape` is missing");
        let lists = Parameters::new().with_list("values", vec![1.0, f64::INFINITY]);
        assert_eq!(lists.list("values").unwrap_err().message, "`values` holds inf");
    }

    #[test]
    fn a_set_is_described_as_it_is_written() {
        const SET: ParameterSet =
            ParameterSet::These(&[Parameter::required("mean"), Parameter::optional("min")]);
        assert_eq!(SET.describe(), "mean, [min]");
        assert!(SET.fits(&Parameters::new().with("mean", 1.0)));
        assert!(!SET.fits(&Parameters::new().with("min", 1.0)));
        assert!(!SET.fits(&Parameters::new().with("mean", 1.0).with("sd", 1.0)));
        assert_eq!(ParameterSet::TwoOf(&["p10", "p90"]).describe(), "two of p10, p90");
    }

    #[test]
    fn a_range_wider_than_any_number_is_refused() {
        assert!(rising(("min", -1e308), ("max", 1e308)).is_err());
        assert!(rising(("min", f64::NEG_INFINITY), ("max", 1e308)).is_ok());
        assert!(rising(("min", f64::NAN), ("max", 1.0)).is_err());
    }
}
