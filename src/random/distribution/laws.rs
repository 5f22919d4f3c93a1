//! What holds for every registered distribution, with the examples of its line and harder ones.

use super::{DISTRIBUTIONS, Distribution, ParameterSet, Parameters, build};
use crate::numeric::{LANES, Lanes, normal_density, normal_quantile};

/// Parameters at which tables, tails or thresholds are hard.
const HARD: &[&str] = &[
    "Gamma(shape: 0.01, scale: 2)",
    "Gamma(shape: 0.3, scale: 1)",
    "Gamma(shape: 20000, scale: 1)",
    "Beta(a: 0.05, b: 0.02)",
    "Beta(a: 0.5, b: 0.5)",
    "Beta(a: 400, b: 1)",
    "Beta(a: 2, b: 3, min: -40, max: -10)",
    "Pert(min: 0, mode: 0, max: 100, shape: 40)",
    "Pert(min: 10, mode: 30, max: 30)",
    "Triangular(min: 1, mode: 1, max: 2)",
    "TruncatedNormal(mean: 5, sd: 2, max: 4)",
    "TruncatedNormal(mean: 0, sd: 1, min: 6)",
    "TruncatedNormal(mean: 1, sd: 1, min: 0.99, max: 1.02)",
    "TruncatedNormal(mean: 3, sd: 1, min: -300, max: 300)",
    "Weibull(shape: 0.4, scale: 1)",
    "LogNormal(median: 3, sd_log: 0)",
    "LogNormal(mean: 1100, p90: 1400)",
    "LogNormal(median: 2, sd: 1)",
    "LogNormal(sd: 6, p01: 4)",
    "Normal(mean: -2, sd: 0)",
    "Poisson(mean: 0)",
    "Poisson(mean: 0.02)",
    "Poisson(mean: 50000)",
    "NegativeBinomial(mean: 0.3, variance_to_mean: 40)",
    "NegativeBinomial(mean: 3000, variance_to_mean: 1.1)",
    "Bernoulli(probability: 1)",
];

/// Name and parameters of `Name(key: 1, list: [1, 2])`.
pub(in crate::random) fn parse(text: &str) -> (&str, Parameters) {
    let (name, rest) = text.split_once('(').unwrap();
    let mut parameters = Parameters::new();
    let mut rest = rest.strip_suffix(')').unwrap();
    while let Some((key, tail)) = rest.split_once(':') {
        let (key, tail) = (key.trim_matches([',', ' ']), tail.trim_start());
        let numbers = |list: &str| list.split(',').map(|n| n.trim().parse().unwrap()).collect();
        if let Some(list) = tail.strip_prefix('[') {
            let (list, tail) = list.split_once(']').unwrap();
            parameters = parameters.with_list(key, numbers(list));
            rest = tail;
        } else {
            let (number, tail) = tail.split_once(',').unwrap_or((tail, ""));
            parameters = parameters.with(key, number.trim().parse().unwrap());
            rest = tail;
        }
    }
    (name, parameters)
}

/// Runs a law over every example.
fn over_all(law: impl Fn(&str, &dyn Distribution)) {
    let examples = DISTRIBUTIONS.iter().flat_map(|entry| entry.examples);
    for &text in examples.chain(HARD) {
        let (name, parameters) = parse(text);
        let distribution =
            build(name, &parameters).unwrap_or_else(|fault| panic!("{text}: {fault}"));
        law(text, &*distribution);
    }
}

#[test]
fn every_line_has_an_example_of_each_way_to_give_its_parameters() {
    for entry in DISTRIBUTIONS {
        assert!(!entry.about.is_empty() && !entry.about.ends_with('.'), "{}", entry.name);
        assert_eq!(entry.examples.len(), entry.parameters.len(), "{}", entry.name);
        for (text, set) in entry.examples.iter().zip(entry.parameters) {
            let (name, parameters) = parse(text);
            assert_eq!(name, entry.name);
            assert!(ParameterSet::fits(set, &parameters), "{text}");
        }
    }
}

#[test]
fn a_larger_share_never_has_a_smaller_quantile() {
    over_all(|text, distribution| {
        let mut last = distribution.quantile(0.0);
        for step in 1..=2000 {
            let value = distribution.quantile(f64::from(step) / 2000.0);
            // Equal but for the last places of the inversion.
            assert!(value >= last - 1e-12 * last.abs(), "{text} at {step}/2000: {last} {value}");
            last = value;
        }
        assert!(distribution.quantile(-0.1).is_nan(), "{text}");
        assert!(distribution.quantile(1.1).is_nan(), "{text}");
        assert!(distribution.at_score(f64::NAN).is_nan(), "{text}");
    });
}

#[test]
fn moments_are_those_of_the_quantile_function() {
    // ∫ x(z) φ(z) dz by the trapezium rule on ±9, exact for smooth x; a step of height Δ costs at most
    // Δ φ h/2. The higher moments are taken about the mean and in units of the sd that is stated.
    const PER_UNIT: f64 = 4096.0;
    over_all(|text, distribution| {
        let (mut mass, mut sum, mut powers) = (0.0, 0.0, [0.0; 3]);
        let (centre, sd) = (distribution.mean(), distribution.sd());
        let mut block = [0.0; LANES];
        for start in (0..2 * 9 * 4096_u32).step_by(LANES) {
            let scores: Lanes =
                std::array::from_fn(|lane| (f64::from(start) + lane as f64 + 0.5) / PER_UNIT - 9.0);
            distribution.at_scores(&scores, &mut block);
            for (value, score) in block.into_iter().zip(scores) {
                let weight = normal_density(score) / PER_UNIT;
                mass += weight;
                sum += weight * (value - centre);
                if sd > 0.0 {
                    let place = (value - centre) / sd;
                    let square = place * place;
                    powers[0] += weight * square;
                    powers[1] += weight * square * place;
                    powers[2] += weight * square * square;
                }
            }
        }
        assert!((mass - 1.0).abs() < 1e-13);
        assert!(sum.abs() <= 1e-12 * centre.abs() + 3e-4 * sd, "{text}: {sum} from {centre}");
        let (skew, kurtosis) = (distribution.skew(), distribution.excess_kurtosis());
        assert_eq!((skew.is_some(), kurtosis.is_some()), (sd > 0.0, sd > 0.0), "{text}");
        if let (Some(skew), Some(kurtosis)) = (skew, kurtosis) {
            assert!((powers[0] - 1.0).abs() < 6e-4, "{text}: {}", powers[0]);
            let of_tail = 1.0 + kurtosis.abs();
            assert!((powers[1] - skew).abs() < 1e-3 * of_tail, "{text}: {} {skew}", powers[1]);
            assert!((powers[2] - 3.0 - kurtosis).abs() < 1e-3 * of_tail, "{text}: {powers:?}");
        }
    });
}

#[test]
fn a_density_is_the_slope_of_the_share_over_the_quantile_and_masses_are_densities() {
    over_all(|text, distribution| {
        if let Some(masses) = distribution.masses() {
            let sum: f64 = masses.probabilities.iter().sum();
            assert!((sum - 1.0).abs() < 1e-9, "{text}: {sum}");
            assert!(masses.values.windows(2).all(|pair| pair[0] < pair[1]), "{text}");
            for (&value, &probability) in masses.values.iter().zip(masses.probabilities) {
                assert_eq!(distribution.density(value), probability, "{text}");
            }
            assert_eq!(distribution.density(distribution.median() + 0.123), 0.0, "{text}");
            return;
        }
        // φ(z) = f(x(z)) x′(z), the slope by differences over ±10⁻⁵.
        for step in -12..=12 {
            let score = f64::from(step) * 0.25 + 0.01;
            let [low, value, high] =
                [score - 1e-5, score, score + 1e-5].map(|score| distribution.at_score(score));
            let slope = (high - low) / 2e-5;
            // Where rounding leaves no digits of the difference there is nothing to compare.
            if slope > 1e-4 * value.abs() && slope > 1e-200 {
                let found = distribution.density(value) * slope;
                let ratio = found / normal_density(score);
                assert!((ratio - 1.0).abs() < 2e-5, "{text} at {score}: {ratio}");
            }
        }
        let (low, high) = (distribution.quantile(0.0), distribution.quantile(1.0));
        let width = high - low;
        assert_eq!(
            (distribution.density(low - width), distribution.density(high + width)),
            (0.0, 0.0)
        );
    });
}

#[test]
fn nothing_is_more_likely_than_the_mode() {
    over_all(|text, distribution| {
        let Some(mode) = distribution.mode() else { return };
        assert!(mode >= distribution.quantile(0.0) && mode <= distribution.quantile(1.0), "{text}");
        let height = distribution.density(mode);
        for step in 0..=400 {
            let value = distribution.at_score(f64::from(step) * 0.02 - 4.0);
            assert!(distribution.density(value) <= height * (1.0 + 1e-9), "{text} at {value}");
        }
    });
}

#[test]
fn blocks_agree_with_exact_quantiles() {
    over_all(|text, distribution| {
        let mut out = [0.0; LANES];
        for block in 0..20 {
            // From −9.6 to 9.6 in steps of 0.015, off every cell's ends.
            let scores: Lanes = std::array::from_fn(|lane| {
                (f64::from(block) * LANES as f64 + lane as f64) * 0.015 - 9.597
            });
            distribution.at_scores(&scores, &mut out);
            for (value, score) in out.into_iter().zip(scores) {
                let exact = distribution.at_score(score);
                let error = 1e-9 * exact.abs() + 1e-12 * distribution.sd();
                assert!((value - exact).abs() <= error, "{text} at {score}: {value} for {exact}");
            }
        }
    });
}

#[test]
fn score_zero_is_the_median_to_the_bit() {
    over_all(|text, distribution| {
        let mut out = [f64::NAN; LANES];
        distribution.at_scores(&[0.0; LANES], &mut out);
        let median = distribution.quantile(0.5);
        assert_eq!(distribution.median().to_bits(), median.to_bits(), "{text}");
        assert!(out.iter().all(|value| value.to_bits() == median.to_bits()), "{text}");
    });
}

#[test]
fn infinite_scores_are_the_ends_of_the_range_and_nan_stays() {
    over_all(|text, distribution| {
        let mut scores = [f64::NEG_INFINITY; LANES];
        scores[1] = f64::INFINITY;
        scores[2] = f64::NAN;
        let mut out = [0.0; LANES];
        distribution.at_scores(&scores, &mut out);
        assert_eq!(out[0], distribution.quantile(0.0), "{text}");
        assert_eq!(out[1], distribution.quantile(1.0), "{text}");
        assert!(out[2].is_nan(), "{text}");
    });
}

#[test]
fn a_share_and_its_score_have_the_same_quantile() {
    over_all(|text, distribution| {
        for step in 1..500 {
            // Shares at which no cumulated probability of the examples stands.
            let p = (f64::from(step) + 0.123_456_7) / 500.3;
            let (share, score) =
                (distribution.quantile(p), distribution.at_score(normal_quantile(p)));
            let error = 1e-12 * score.abs() + 1e-14 * distribution.sd();
            assert!((share - score).abs() <= error, "{text} at {p}: {share} {score}");
        }
    });
}

#[test]
fn no_parameters_make_a_builder_or_a_block_fail() {
    // Every number of every example replaced by extreme ones: refused with a reason, or no panic.
    const EXTREME: [f64; 9] = [0.0, -1.0, 1e-300, 1e-9, 0.5, 1e9, 1e300, f64::INFINITY, f64::NAN];
    let scores: Lanes = std::array::from_fn(|lane| lane as f64 * 0.6 - 19.0);
    for text in DISTRIBUTIONS.iter().flat_map(|entry| entry.examples) {
        let (name, parameters) = parse(text);
        for (changed, _) in parameters.numbers() {
            for value in EXTREME {
                match build(name, &parameters.clone().with(changed, value)) {
                    Ok(distribution) => {
                        let mut out = [0.0; LANES];
                        distribution.at_scores(&scores, &mut out);
                        let sound = out.iter().all(|value| !value.is_nan());
                        assert!(sound, "{text} with {changed} {value}: {out:?}");
                        let moments = [
                            Some(distribution.sd()),
                            distribution.skew(),
                            distribution.excess_kurtosis(),
                            distribution.mode(),
                        ];
                        let sound = moments.iter().flatten().all(|moment| !moment.is_nan());
                        assert!(sound, "{text} with {changed} {value}: {moments:?}");
                    }
                    Err(fault) => {
                        assert!(!fault.message.is_empty() && !fault.allowed.is_empty(), "{text}");
                    }
                }
            }
        }
    }
}
