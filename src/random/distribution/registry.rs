//! Every distribution that a scenario can name.

use super::parameters::{ParameterFault, ParameterSet, Parameters};
use super::{
    Distribution, bernoulli, beta, discrete, empirical, exponential, fixed, gamma, log_normal,
    negative_binomial, normal, pert, poisson, triangular, truncated_normal, uniform, weibull,
};

/// One line of the registry.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The name in the scenario.
    pub name: &'static str,
    /// What it is, in one line.
    pub about: &'static str,
    /// The ways to give its parameters.
    pub parameters: &'static [ParameterSet],
    /// An example for each way, as it is written in a scenario.
    pub examples: &'static [&'static str],
    /// Makes it from parameters that are one of its sets; [`build`] checks that first.
    pub build: fn(&Parameters) -> Result<Box<dyn Distribution>, ParameterFault>,
}

/// What a distribution is made from.
#[derive(Clone, Debug, PartialEq)]
pub struct Recipe {
    /// Its name in the registry.
    pub name: String,
    /// Its parameters.
    pub parameters: Parameters,
}

/// All distributions, from the plainest on.
pub static DISTRIBUTIONS: &[Entry] = &[
    fixed::ENTRY,
    uniform::ENTRY,
    triangular::ENTRY,
    pert::ENTRY,
    normal::ENTRY,
    truncated_normal::ENTRY,
    log_normal::ENTRY,
    exponential::ENTRY,
    gamma::ENTRY,
    beta::ENTRY,
    weibull::ENTRY,
    poisson::ENTRY,
    negative_binomial::ENTRY,
    bernoulli::ENTRY,
    discrete::ENTRY,
    empirical::ENTRY,
];

/// The names, in the order of the registry.
pub fn names() -> impl Iterator<Item = &'static str> {
    DISTRIBUTIONS.iter().map(|entry| entry.name)
}

/// The line of a name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Entry> {
    DISTRIBUTIONS.iter().find(|entry| entry.name == name)
}

/// A distribution by name.
///
/// # Errors
/// The name is unknown, a parameter is unknown, missing or one too many, or a value is out of range.
pub fn build(name: &str, parameters: &Parameters) -> Result<Box<dyn Distribution>, ParameterFault> {
    let entry = find(name).ok_or_else(|| ParameterFault {
        parameter: None,
        message: format!("there is no distribution `{name}`"),
        allowed: names().collect::<Vec<_>>().join(", "),
    })?;
    if entry.parameters.iter().any(|set| set.fits(parameters)) {
        return (entry.build)(parameters);
    }
    let allowed =
        entry.parameters.iter().map(ParameterSet::describe).collect::<Vec<_>>().join("; or ");
    let unknown = parameters
        .names()
        .find(|&(given, list)| !entry.parameters.iter().any(|set| set.knows(given, list)));
    Err(match unknown {
        Some((given, list)) => {
            let as_list = if list { " as a list" } else { "" };
            ParameterFault::at(given, format!("{name} has no `{given}`{as_list}"), allowed)
        }
        None => ParameterFault {
            parameter: None,
            message: format!("these parameters do not determine {name}"),
            allowed,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_name_lists_the_known_ones() {
        let fault = build("Cauchy", &Parameters::new()).unwrap_err();
        assert_eq!(fault.parameter, None);
        assert!(fault.allowed.contains("TruncatedNormal"), "{fault}");
    }

    #[test]
    fn an_unknown_parameter_is_pointed_at() {
        let given = Parameters::new().with("mean", 1.0).with("variance", 1.0);
        let fault = build("Normal", &given).unwrap_err();
        assert_eq!(fault.parameter.as_deref(), Some("variance"));
        assert!(fault.allowed.starts_with("mean, sd; or two of"), "{fault}");
    }

    #[test]
    fn a_missing_parameter_and_a_mixed_set_are_refused() {
        let missing = Parameters::new().with("min", 1.0).with("max", 2.0);
        assert_eq!(build("Pert", &missing).unwrap_err().allowed, "min, mode, max, [shape]");
        let mixed = Parameters::new().with("mean", 1.0).with("p90", 2.0);
        assert_eq!(build("Normal", &mixed).unwrap_err().parameter, None);
        let three = Parameters::new().with("p10", 1.0).with("p50", 2.0).with("p90", 3.0);
        assert!(build("LogNormal", &three).is_err());
    }

    #[test]
    fn a_number_where_a_list_belongs_is_pointed_at() {
        let fault = build("Empirical", &Parameters::new().with("values", 1.0)).unwrap_err();
        assert_eq!(fault.parameter.as_deref(), Some("values"));
    }

    #[test]
    fn names_are_unique_and_every_file_is_registered() {
        let mut sorted: Vec<_> = names().collect();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted.len(), DISTRIBUTIONS.len());
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/random/distribution");
        let helpers = [
            "laws",
            "log_normal_pair",
            "mod",
            "moments",
            "parameters",
            "quantile_pair",
            "reference",
            "registry",
            "steps",
            "table",
            "through",
        ];
        let files = std::fs::read_dir(folder).unwrap();
        let items = files
            .map(|file| file.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
            .filter(|stem| !helpers.contains(&stem.as_str()));
        assert_eq!(items.count(), DISTRIBUTIONS.len());
    }
}
