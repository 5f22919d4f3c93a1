//! Two quantiles in place of location and spread.

use super::parameters::{ParameterFault, Parameters, rising};
use crate::numeric::normal_quantile;

/// The names under which quantiles are given.
pub(super) const NAMES: &[&str] = &[
    "p01", "p025", "p05", "p10", "p20", "p25", "p30", "p40", "p50", "p60", "p70", "p75", "p80",
    "p90", "p95", "p975", "p99",
];

/// The two given quantiles as (score, value), lower first; none unless exactly two are given.
///
/// # Errors
/// A value is not finite, or the higher quantile is not above the lower.
pub(super) fn quantile_pair(
    parameters: &Parameters,
) -> Result<Option<[(f64, f64); 2]>, ParameterFault> {
    let mut given = Vec::new();
    for &name in NAMES {
        if let Some(value) = parameters.optional(name)? {
            given.push((name, value));
        }
    }
    let [low, high] = given[..] else { return Ok(None) };
    rising(low, high)?;
    Ok(Some([(score(low.0), low.1), (score(high.0), high.1)]))
}

/// The normal score of a name: the digits of `p05` and `p975` stand behind the point.
pub(super) fn score(name: &str) -> f64 {
    let digits = name.get(1..).unwrap_or("");
    let scale = if digits.len() == 3 { 1000.0 } else { 100.0 };
    normal_quantile(digits.parse::<u16>().map_or(f64::NAN, |digits| f64::from(digits) / scale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_for_their_scores_in_rising_order() {
        let scores: Vec<f64> = NAMES.iter().map(|name| score(name)).collect();
        assert!(scores.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(score("p50"), 0.0);
        assert_eq!(score("p05"), normal_quantile(0.05));
        assert_eq!(score("p975"), normal_quantile(0.975));
    }

    #[test]
    fn the_higher_quantile_must_be_higher() {
        let parameters = Parameters::new().with("p90", 1.0).with("p10", 2.0);
        let fault = quantile_pair(&parameters).unwrap_err();
        assert_eq!(fault.parameter.as_deref(), Some("p90"));
        assert_eq!(fault.message, "`p90` (1) is not above `p10` (2)");
    }
}
