//! Atkinson's measure.

use super::sample::Sample;
use crate::numeric::{exp, ln, pow};

/// The share of the total that could be given up without loss of welfare if the rest were divided
/// equally, for an aversion to inequality ε > 0: `1 − (mean of (x/μ)^(1−ε))^(1/(1−ε))`, at ε = 1
/// `1 − exp(mean of ln(x/μ))`. It is 1 where an amount is 0 and ε is 1 or more. `None` also for ε that is
/// not above 0.
///
/// Atkinson (1970), <https://doi.org/10.1016/0022-0531(70)90039-6>.
#[must_use]
pub fn atkinson(sample: &Sample, aversion: f64) -> Option<f64> {
    if !(aversion > 0.0 && aversion.is_finite() && sample.is_shared()) {
        return None;
    }
    let has_nothing = |&(value, weight): &(f64, f64)| value == 0.0 && weight > 0.0;
    if aversion >= 1.0 && sample.rows().iter().any(has_nothing) {
        return Some(1.0);
    }
    let equal = if aversion == 1.0 {
        exp(sample.mean_of_ratios(ln)?)
    } else if aversion == 0.5 {
        let root = sample.mean_of_ratios(f64::sqrt)?;
        root * root
    } else if aversion == 2.0 {
        1.0 / sample.mean_of_ratios(|ratio| 1.0 / ratio)?
    } else {
        let power = 1.0 - aversion;
        pow(sample.mean_of_ratios(|ratio| pow(ratio, power))?, 1.0 / power)
    };
    // Equal amounts may come out a rounding below 0.
    Some((1.0 - equal).max(0.0)).filter(|measure| measure.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_of_two_and_six_are_those_worked_by_hand() {
        // Ratios ½ and 3/2. ε = 2: the mean of 2 and 2/3 is 4/3, so 1 − ¾. ε = 1: the root of ¾.
        // ε = ½: ((√½ + √3/2)/2)² = (2 + √3)/4 = 0.9330127. ε = 3: the mean of 4 and 4/9 is 20/9, to
        // the power −½ 0.6708204.
        let sample = Sample::new(&[2.0, 6.0]).unwrap();
        let expected =
            [(2.0, 0.25), (1.0, 1.0 - 0.75_f64.sqrt()), (0.5, 0.066_987_298), (3.0, 0.329_179_607)];
        for (aversion, expected) in expected {
            let found = atkinson(&sample, aversion).unwrap();
            assert!((found - expected).abs() < 1e-9, "{found} for {expected}");
        }
    }

    #[test]
    fn who_has_nothing_makes_it_one_for_a_strong_aversion_only() {
        let sample = Sample::new(&[0.0, 1.0]).unwrap();
        assert_eq!([1.0, 2.0].map(|aversion| atkinson(&sample, aversion)), [Some(1.0); 2]);
        assert_eq!(atkinson(&sample, 0.5), Some(1.0 - 0.5_f64.sqrt() * 0.5_f64.sqrt()));
        assert_eq!((atkinson(&sample, 0.0), atkinson(&sample, f64::NAN)), (None, None));
    }

    #[test]
    fn equal_amounts_are_not_unequal() {
        let sample = Sample::new(&[0.1; 7]).unwrap();
        for aversion in [0.5, 1.0, 2.0, 3.5] {
            assert!(atkinson(&sample, aversion).unwrap() < 1e-15);
        }
    }
}
