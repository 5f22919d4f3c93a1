//! Which log-normal distribution two figures mean: its mean, median, sd, sd of the logarithm, quantiles.
//!
//! With median M, spread σ (the sd of the logarithm) and z the score of a quantile (0 of the median):
//! quantile = M e^(σz); mean = M e^(σ²/2); sd = M e^(σ²/2) √(e^(σ²) − 1) (Johnson, Kotz & Balakrishnan
//! 1994, Continuous Univariate Distributions 1, chapter 14, ISBN 0471584959). Two of them leave one
//! equation in σ; all but that of a quantile and the sd have a closed form.

use super::parameters::{ParameterFault, Parameters, rising};
use super::quantile_pair::{NAMES as QUANTILES, score};
use crate::numeric::{exp, exp_m1, ln, ln_1p};

/// The names of the figures.
pub(super) const NAMES: &[&str] = &[
    "mean", "median", "sd", "sd_log", "p01", "p025", "p05", "p10", "p20", "p25", "p30", "p40",
    "p50", "p60", "p70", "p75", "p80", "p90", "p95", "p975", "p99",
];

/// The largest spread.
const WIDEST: f64 = 20.0;
/// Steps after which the search for a spread stops, whatever it reached.
const MOST_STEPS: u32 = 200;
/// A relative step below this ends the search.
const SMALL_STEP: f64 = 1e-15;

/// A figure as it is given.
type Given<'a> = (&'a str, f64);

/// A quantile as it is given, with its score.
#[derive(Clone, Copy, Debug)]
struct Quantile<'a> {
    given: Given<'a>,
    score: f64,
}

/// The median and the spread that exactly two figures of [`NAMES`] mean.
///
/// # Errors
/// A figure is out of range, or there is no such distribution, or it is too wide to compute with.
pub(super) fn median_and_spread(parameters: &Parameters) -> Result<(f64, f64), ParameterFault> {
    let quantiles = quantiles(parameters)?;
    let positive = |name: &'static str| Ok((name, parameters.positive(name)?));
    let not_negative = |name: &'static str| Ok((name, parameters.not_negative(name)?));
    let has = |name| parameters.has(name, false);
    let found = match quantiles[..] {
        [low, high] => of_quantiles(low, high),
        [one] if has("mean") => of_mean_and_quantile(positive("mean")?, one),
        [one] if has("sd") => of_sd_and_quantile(not_negative("sd")?, one),
        [one] => {
            let spread = parameters.between("sd_log", 0.0, WIDEST)?;
            Ok((one.given.1 * exp(-spread * one.score), spread))
        }
        _ if has("mean") && has("sd") => of_mean_and_sd(positive("mean")?, not_negative("sd")?),
        _ if has("mean") => {
            let spread = parameters.between("sd_log", 0.0, WIDEST)?;
            Ok((positive("mean")?.1 * exp(-0.5 * spread * spread), spread))
        }
        _ => {
            // Without a spread there is no sd that would tell the median.
            let (sd, spread) = (positive("sd")?, positive("sd_log")?);
            let spread = within_widest(spread, spread.1)?;
            let square = spread * spread;
            Ok((sd.1 * exp(-0.5 * square) / exp_m1(square).sqrt(), spread))
        }
    };
    let (median, spread) = found?;
    if median >= f64::MIN_POSITIVE && median.is_finite() {
        return Ok((median, spread));
    }
    Err(ParameterFault {
        parameter: None,
        message: format!("these parameters make the median {median}"),
        allowed: "a median from 2.3e-308 to 1.8e308".to_owned(),
    })
}

/// The quantiles given, the lower first.
fn quantiles(parameters: &Parameters) -> Result<Vec<Quantile<'_>>, ParameterFault> {
    let mut quantiles = Vec::new();
    for (name, _) in parameters.numbers() {
        let score = match name {
            "median" => 0.0,
            name if QUANTILES.contains(&name) => score(name),
            _ => continue,
        };
        quantiles.push(Quantile { given: (name, parameters.positive(name)?), score });
    }
    quantiles.sort_by(|a, b| a.score.total_cmp(&b.score));
    Ok(quantiles)
}

fn of_quantiles(low: Quantile<'_>, high: Quantile<'_>) -> Result<(f64, f64), ParameterFault> {
    if low.score == high.score {
        let message = "`median` and `p50` are the same figure";
        return Err(ParameterFault::at("p50", message, "one of them, and another figure"));
    }
    rising(low.given, high.given)?;
    let spread = (ln(high.given.1) - ln(low.given.1)) / (high.score - low.score);
    let spread = within_widest(high.given, spread)?;
    // The median as it is given, where it is one of them.
    let from = if high.score == 0.0 { high } else { low };
    Ok((from.given.1 * exp(-spread * from.score), spread))
}

/// σ² = ln(1 + (sd/mean)²)
fn of_mean_and_sd(mean: Given<'_>, sd: Given<'_>) -> Result<(f64, f64), ParameterFault> {
    let ratio = sd.1 / mean.1;
    let square = ln_1p(ratio * ratio);
    Ok((mean.1 * exp(-0.5 * square), within_widest(sd, square.sqrt())?))
}

/// With L = ln(quantile / mean) the spread solves σ²/2 − zσ + L = 0. Below the median one root is
/// positive, z + √(z² − 2L). Above it there are two for 0 < L ≤ z²/2, and the narrower one is meant,
/// z − √(z² − 2L): it goes to 0 as the quantile comes down to the mean. Both are 2|L| / (|z| + √(z² − 2L)).
fn of_mean_and_quantile(
    mean: Given<'_>,
    quantile: Quantile<'_>,
) -> Result<(f64, f64), ParameterFault> {
    let Quantile { given, score } = quantile;
    if score <= 0.0 {
        rising(given, mean)?;
    } else {
        rising(mean, given)?;
    }
    let ratio = ln(given.1) - ln(mean.1);
    let rest = score * score - 2.0 * ratio;
    if rest < 0.0 {
        let (most, mean) = (mean.1 * exp(0.5 * score * score), mean.1);
        let message =
            format!("no distribution with a mean of {mean} has its `{}` at {}", given.0, given.1);
        return Err(ParameterFault::at(given.0, message, format!("above {mean}, at most {most}")));
    }
    let spread = 2.0 * ratio.abs() / (score.abs() + rest.sqrt());
    let spread = within_widest(mean, spread)?;
    Ok((given.1 * exp(-spread * score), spread))
}

/// Of the median e^(σ²) = (1 + √(1 + 4r²)) / 2 with r = sd/median; else by [`spread_of_sd`].
fn of_sd_and_quantile(sd: Given<'_>, quantile: Quantile<'_>) -> Result<(f64, f64), ParameterFault> {
    let Quantile { given, score } = quantile;
    let ratio = sd.1 / given.1;
    let spread = if score == 0.0 {
        let root = (1.0 + 4.0 * ratio * ratio).sqrt();
        ln_1p(2.0 * ratio * ratio / (1.0 + root)).sqrt()
    } else {
        spread_of_sd(ratio, score)
    };
    let spread = within_widest(sd, spread)?;
    Ok((given.1 * exp(-spread * score), spread))
}

/// The root of ln(sd / quantile) = σ²/2 + ln √(e^(σ²) − 1) − zσ, infinite where it is above [`WIDEST`].
///
/// The right side rises for z < 2.49, which is so of every quantile that has a name: its slope is
/// 2σ + σ / (e^(σ²) − 1) − z, of which the first two together are nowhere less than 2.49.
fn spread_of_sd(ratio: f64, score: f64) -> f64 {
    if ratio <= 0.0 {
        return 0.0;
    }
    let wanted = ln(ratio);
    // ln √(e^(σ²) − 1) without the square, which may be too small to be a number.
    let excess = |spread: f64| {
        let square = spread * spread;
        let beyond = if square < 1e-20 { 0.0 } else { ln(exp_m1(square) / square) };
        0.5 * (square + beyond) + ln(spread) - score * spread - wanted
    };
    if excess(WIDEST) < 0.0 {
        return f64::INFINITY;
    }
    let (mut low, mut high) = (0.0, WIDEST);
    let mut spread = ratio.min(1.0);
    for _ in 0..MOST_STEPS {
        let found = excess(spread);
        if found == 0.0 {
            break;
        }
        if found < 0.0 {
            low = spread;
        } else {
            high = spread;
        }
        let square = spread * spread;
        let tail = if square < 1e-20 { 1.0 / spread } else { spread / exp_m1(square) };
        let newton = spread - found / (2.0 * spread + tail - score);
        let next = if newton > low && newton < high { newton } else { 0.5 * (low + high) };
        let step = (next - spread).abs();
        spread = next;
        if step <= SMALL_STEP * spread {
            break;
        }
    }
    spread
}

/// Refuses a parameter that makes the distribution too wide to compute with.
fn within_widest((name, value): Given<'_>, spread: f64) -> Result<f64, ParameterFault> {
    if spread <= WIDEST {
        return Ok(spread);
    }
    let message = format!("`{name}` ({value}) makes the sd of the logarithm {spread}");
    Err(ParameterFault::at(name, message, format!("an sd of the logarithm of at most {WIDEST}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::distribution::{Distribution, LogNormal};

    /// Computed independently: `tests/reference/distributions/README.md`.
    const PAIRS: &str = include_str!("../../../tests/reference/distributions/lognormal_pairs.csv");

    fn of(pair: [Given<'_>; 2]) -> Result<(f64, f64), ParameterFault> {
        let given = Parameters::new().with(pair[0].0, pair[0].1).with(pair[1].0, pair[1].1);
        median_and_spread(&given)
    }

    /// A figure of a distribution, by its closed form.
    fn figure(law: &LogNormal, name: &str, spread: f64) -> f64 {
        match name {
            "mean" => law.mean(),
            "sd" => law.sd(),
            "sd_log" => spread,
            "median" => law.median(),
            quantile => law.at_score(score(quantile)),
        }
    }

    #[test]
    fn every_pair_agrees_with_figures_found_elsewhere_and_gives_them_back() {
        let mut kinds = std::collections::BTreeSet::new();
        for row in PAIRS.lines().skip(1) {
            let cells: Vec<&str> = row.split(',').collect();
            let number = |at: usize| cells[at].parse::<f64>().unwrap();
            let pair = [(cells[0], number(1)), (cells[2], number(3))];
            let (median, spread) = of(pair).unwrap_or_else(|fault| panic!("{row}: {fault}"));
            // A ratio near 1 leaves fewer digits of its logarithm.
            let lost = if spread < 0.02 { 1e-11 } else { 1e-13 };
            assert!((median / number(4) - 1.0).abs() < 1e-13, "{row}: {median}");
            assert!((spread / number(5) - 1.0).abs() < lost, "{row}: {spread}");
            let law = LogNormal::new(median, spread).unwrap();
            for (name, value) in pair {
                let found = figure(&law, name, spread);
                assert!((found / value - 1.0).abs() < 1e-12, "{row}: {name} {found}");
            }
            let kind = |name: &'static str| if QUANTILES.contains(&name) { "p" } else { name };
            kinds.insert([kind(cells[0]), kind(cells[2])]);
        }
        // Of mean, median, sd, sd of the logarithm and a quantile all ten pairs but the median with the
        // sd of the logarithm, which need no solving; and two quantiles.
        assert_eq!(kinds.len(), 10);
    }

    #[test]
    fn the_root_for_an_sd_and_a_quantile_is_the_only_one() {
        // 2σ + σ / (e^(σ²) − 1) at 0.77, 0.78, 0.79: 1.54 + 0.77/0.80921 = 2.4915, 1.56 + 0.78/0.83749 =
        // 2.4914, 1.58 + 0.79/0.86661 = 2.4916.
        let slope = |spread: f64| 2.0 * spread + spread / exp_m1(spread * spread);
        let least = (1..20_000).map(|step| slope(f64::from(step) * 1e-3)).fold(f64::MAX, f64::min);
        assert!((least - 2.4914).abs() < 1e-4, "{least}");
        assert!(QUANTILES.iter().all(|name| score(name) < least));
    }

    #[test]
    fn every_spread_comes_back_from_an_sd_and_a_quantile() {
        for name in ["p01", "p25", "p75", "p99"] {
            for spread in [1e-12, 1e-9, 1e-5, 0.01, 0.3, 0.75, 1.0, 2.5, 6.0, 15.0, 19.9] {
                let law = LogNormal::new(1.0, spread).unwrap();
                let (median, found) = of([("sd", law.sd()), (name, law.at_score(score(name)))])
                    .unwrap_or_else(|fault| panic!("{name} {spread}: {fault}"));
                assert!((found / spread - 1.0).abs() < 1e-12, "{name} {spread}: {found}");
                assert!((median - 1.0).abs() < 1e-10, "{name} {spread}: {median}");
            }
        }
    }

    #[test]
    fn a_mean_and_a_high_quantile_mean_the_narrower_of_two_distributions() {
        // Median 1 and σ = 0.5: mean e^0.125, p90 e^(0.5 · 1.2816). So has σ′ = 2 · 1.2816 − 0.5.
        let score = score("p90");
        let mean = exp(0.125);
        let (median, spread) = of([("mean", mean), ("p90", exp(0.5 * score))]).unwrap();
        assert!((median - 1.0).abs() < 1e-14 && (spread - 0.5).abs() < 1e-14);
        let other = 2.0 * score - 0.5;
        let wide = LogNormal::new(mean * exp(-0.5 * other * other), other).unwrap();
        assert!((wide.mean() / mean - 1.0).abs() < 1e-13);
        assert!((wide.at_score(score) / exp(0.5 * score) - 1.0).abs() < 1e-13);
    }

    #[test]
    fn figures_of_no_distribution_are_refused_with_what_is_allowed() {
        let fault = |pair| of(pair).unwrap_err();
        let low = fault([("mean", 1000.0), ("p90", 900.0)]);
        assert_eq!(low.message, "`p90` (900) is not above `mean` (1000)");
        // z²/2 = 0.8212 and e^0.8212 = 2.273.
        let high = fault([("mean", 1000.0), ("p90", 2500.0)]);
        assert_eq!(high.parameter.as_deref(), Some("p90"));
        assert_eq!(high.message, "no distribution with a mean of 1000 has its `p90` at 2500");
        assert!(high.allowed.starts_with("above 1000, at most 2273."), "{high}");
        let median = fault([("mean", 3.0), ("median", 4.0)]);
        assert_eq!(median.message, "`mean` (3) is not above `median` (4)");
        assert_eq!(fault([("mean", 3.0), ("p10", 4.0)]).parameter.as_deref(), Some("mean"));
        assert_eq!(fault([("sd", -1.0), ("p10", 4.0)]).parameter.as_deref(), Some("sd"));
        assert_eq!(fault([("sd", 0.0), ("sd_log", 1.0)]).parameter.as_deref(), Some("sd"));
        assert_eq!(fault([("sd", 1.0), ("sd_log", 0.0)]).parameter.as_deref(), Some("sd_log"));
        assert_eq!(fault([("sd", 1.0), ("sd_log", 21.0)]).parameter.as_deref(), Some("sd_log"));
        assert_eq!(fault([("sd", 1e300), ("p99", 1e-9)]).parameter.as_deref(), Some("sd"));
        assert!(fault([("median", 3.0), ("p50", 3.0)]).message.contains("same figure"));
        assert_eq!(fault([("mean", 1e-300), ("sd_log", 19.0)]).parameter, None);
    }

    #[test]
    fn without_a_spread_the_value_is_certain() {
        assert_eq!(of([("sd", 0.0), ("p90", 7.0)]), Ok((7.0, 0.0)));
        assert_eq!(of([("sd_log", 0.0), ("mean", 7.0)]), Ok((7.0, 0.0)));
        assert_eq!(of([("sd", 0.0), ("median", 7.0)]), Ok((7.0, 0.0)));
    }
}
