//! Looking at a mean more than once while it is being estimated.

use super::{Accumulator, student_quantile};

/// Draws at the first look; each later look has twice as many. A multiple of the groups of every
/// sampling plan, and whole nets of Sobol's points.
pub const FIRST_LOOK: u64 = 1_024;

/// The numbers of draws at which a run is looked at that may take so many at most: 1,024 · 2ᵏ.
/// None where there is not room for the first.
pub fn looks(at_most: u64) -> Vec<u64> {
    std::iter::successors(Some(FIRST_LOOK), |draws| draws.checked_mul(2))
        .take_while(|draws| *draws <= at_most)
        .collect()
}

/// Half the width of the interval about the mean, in quanta, that covers the true mean at all of so
/// many looks together with at least this confidence, wherever one stops.
///
/// h = t(ν, (1 − confidence)/(2 · looks)) · MCSE: the chance to miss is shared out evenly over the
/// looks (Bonferroni's inequality; Dunn 1961, doi:10.1080/01621459.1961.10482090), which makes a
/// repeated confidence interval (Jennison & Turnbull 1989, doi:10.1111/j.2517-6161.1989.tb01433.x).
/// ν are the degrees of freedom of the standard error. `None` where that is not known, and without
/// looks.
#[must_use]
pub fn half_width(moments: &Accumulator, confidence: f64, looks: usize) -> Option<f64> {
    let error = moments.mcse()?;
    if looks == 0 || !(confidence > 0.0 && confidence < 1.0) {
        return None;
    }
    if error == 0.0 {
        return Some(0.0);
    }
    let above = (1.0 - confidence) / (2.0 * looks as f64);
    Some(student_quantile(moments.degrees_of_freedom(), above) * error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::{LANES, normal_quantile};
    use crate::stats::Grouping;

    #[test]
    fn looks_double_and_never_pass_the_most() {
        assert!(looks(1_023).is_empty());
        assert_eq!(looks(1_024), [1_024]);
        assert_eq!(looks(8_191), [1_024, 2_048, 4_096]);
        assert_eq!(looks(8_192), [1_024, 2_048, 4_096, 8_192]);
        assert_eq!(looks(u64::MAX).len(), 54);
    }

    #[test]
    fn the_interval_is_the_one_worked_by_hand() {
        // 0 and 2 in turn, sixteen of each: mean 1, squares about it 32, sd √(32/31), error √(1/31).
        let mut sample = Accumulator::new();
        sample.add_lanes(&[0, 2].repeat(16));
        // One look at 95 %: t with 31 degrees of freedom at 2.5 % is 2.0395.
        let found = half_width(&sample, 0.95, 1).unwrap();
        assert!((found - 2.0395 / 31.0_f64.sqrt()).abs() < 1e-5, "{found}");
        // Ten looks at 90 %: 0.5 % on each side, 2.7440.
        let found = half_width(&sample, 0.90, 10).unwrap();
        assert!((found - 2.7440 / 31.0_f64.sqrt()).abs() < 1e-5, "{found}");
        assert_eq!(half_width(&sample, 0.95, 0), None);
        assert_eq!(half_width(&sample, 1.0, 1), None);
    }

    #[test]
    fn groups_have_as_many_degrees_of_freedom_as_there_are_less_one() {
        // Group k of sixteen holds k, 4k in all: means 0…15, sum of squares about 7.5 is 340, so the
        // variance of their mean is 340/15/16. Fifteen degrees of freedom: t at 2.5 % is 2.1314.
        let mut sample = Accumulator::grouped(Grouping::Sixteen);
        let values: Vec<i64> = (0..64).map(|draw| draw % 16).collect();
        sample.add_lanes(&values);
        let found = half_width(&sample, 0.95, 1).unwrap();
        assert!((found - 2.131_45 * (340.0_f64 / 240.0).sqrt()).abs() < 1e-4, "{found}");
        // 32 pairs: 31 degrees of freedom.
        let mut pairs = Accumulator::grouped(Grouping::Pairs);
        pairs.add_lanes(&values);
        assert_eq!(pairs.degrees_of_freedom(), 31);
    }

    #[test]
    fn a_figure_that_never_varies_is_known() {
        let mut sample = Accumulator::grouped(Grouping::Sixteen);
        sample.add_lanes(&[7; 64]);
        assert_eq!(half_width(&sample, 0.99, 8), Some(0.0));
        assert_eq!(half_width(&Accumulator::new(), 0.99, 8), None);
    }

    /// A normal value in millionths from a number (the finisher of `SplitMix64`, Steele, Lea & Flood 2014).
    fn normal(number: u64) -> i64 {
        let mut bits = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^= bits >> 31;
        let uniform = ((bits >> 12) as f64 + 0.5) / (1_u64 << 52) as f64;
        (normal_quantile(uniform) * 1e6) as i64
    }

    #[test]
    fn all_looks_together_cover_the_mean_as_often_as_is_said() {
        const SAMPLES: u64 = 400;
        const LOOKS: usize = 6;
        // How often the interval of some look misses the mean, 0: with the looks allowed for, and as if
        // each were the only one.
        let mut missed = [0_u64; 2];
        for sample in 0..SAMPLES {
            let mut moments = Accumulator::new();
            let mut misses = [false; 2];
            let mut block = 0;
            for look in 0..LOOKS {
                while block < 1 << look {
                    let first = (sample * 64 + block) * LANES as u64;
                    let values: Vec<i64> = (first..first + LANES as u64).map(normal).collect();
                    moments.add_lanes(&values);
                    block += 1;
                }
                let mean = moments.mean().unwrap().abs();
                for (missed, looks) in misses.iter_mut().zip([LOOKS, 1]) {
                    *missed |= mean > half_width(&moments, 0.95, looks).unwrap();
                }
            }
            for (count, missed) in missed.iter_mut().zip(misses) {
                *count += u64::from(missed);
            }
        }
        // 5 % of 400 samples, and four standard errors of 4.4; without the allowance it is far more.
        assert!(missed[0] <= 20 + 17, "{missed:?}");
        assert!(missed[1] > 20 + 17, "{missed:?}");
    }
}
