//! The Lorenz curve, and what is read off it.

use super::sample::{Sample, finite_ratio};

/// Which share of the total the lower part of the people has: straight between them.
///
/// Lorenz (1905), <https://doi.org/10.2307/2276207>.
#[derive(Clone, Debug, PartialEq)]
pub struct Lorenz {
    /// Shares of people and of the total, ascending, from (0, 0) to (1, 1).
    points: Vec<(f64, f64)>,
}

impl Lorenz {
    /// The curve of a sample; `None` where there is no total to have shares of.
    #[must_use]
    pub fn of(sample: &Sample) -> Option<Self> {
        if !sample.is_shared() {
            return None;
        }
        let (mut heads, mut amount) = (0.0, 0.0);
        let mut points = vec![(0.0, 0.0)];
        for &(value, weight) in sample.rows() {
            heads += weight;
            amount += weight * value;
            points.push((heads / sample.weight(), amount / sample.total()));
        }
        Some(Self { points })
    }

    /// The corners of the curve: shares of people and of the total, from (0, 0) to (1, 1).
    #[must_use]
    pub fn points(&self) -> &[(f64, f64)] {
        &self.points
    }

    /// The share of the total that the lowest share of people has, both from 0 to 1.
    #[must_use]
    pub fn ordinate(&self, people: f64) -> f64 {
        let at = self.points.partition_point(|&(heads, _)| heads < people);
        let (Some(&before), Some(&after)) =
            (self.points.get(at.saturating_sub(1)), self.points.get(at))
        else {
            return if people > 0.5 { 1.0 } else { 0.0 };
        };
        let width = after.0 - before.0;
        let part = if width > 0.0 { ((people - before.0) / width).clamp(0.0, 1.0) } else { 1.0 };
        before.1 + (after.1 - before.1) * part
    }

    /// What the highest tenth has over what the lowest four tenths have (Palma 2011,
    /// <https://doi.org/10.1111/j.1467-7660.2011.01682.x>). `None` where these have nothing.
    #[must_use]
    pub fn palma(&self) -> Option<f64> {
        finite_ratio(1.0 - self.ordinate(0.9), self.ordinate(0.4))
    }

    /// What the highest fifth has over what the lowest fifth has. `None` where this has nothing.
    #[must_use]
    pub fn s80_s20(&self) -> Option<f64> {
        finite_ratio(1.0 - self.ordinate(0.8), self.ordinate(0.2))
    }
}

/// The share of the total that would have to change hands for all to have the mean (Hoover 1936,
/// <https://doi.org/10.2307/1927875>): half the mean of `|x/μ − 1|`.
#[must_use]
pub fn hoover(sample: &Sample) -> Option<f64> {
    sample.mean_of_ratios(|ratio| (ratio - 1.0).abs() / 2.0)
}

/// Lorenz asymmetry: the sum of the two coordinates of the point of the curve at which amounts equal
/// the mean; above 1 where few large amounts make the inequality, below 1 where many small ones do.
/// Where some amounts are the mean it is the middle of what it could be.
///
/// Damgaard and Weiner (2000), <https://doi.org/10.1890/0012-9658(2000)081[1139:DIIPSO]2.0.CO;2>.
pub(super) fn asymmetry(sample: &Sample) -> Option<f64> {
    let curve = Lorenz::of(sample)?;
    let (rows, mean) = (sample.rows(), sample.mean());
    let low = rows.partition_point(|&(value, _)| value < mean);
    let equal = rows.partition_point(|&(value, _)| value <= mean);
    let at = |index: usize| curve.points.get(index).copied().unwrap_or((1.0, 1.0));
    let ((heads, amount), (more_heads, more)) = (at(low), at(equal));
    if equal > low {
        return Some((heads + amount + more_heads + more) / 2.0);
    }
    let below = low.checked_sub(1).and_then(|index| rows.get(index));
    let (Some(&(below, _)), Some(&(above, weight))) = (below, rows.get(low)) else {
        // All equal, and the mean off by a rounding.
        return Some(1.0);
    };
    // So much of the next head is still below the mean.
    let part = finite_ratio(mean - below, above - below)? * weight;
    Some(heads + part / sample.weight() + amount + part * above / sample.total())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_is_straight_between_its_corners() {
        // 1, 3, 6 of 10: corners at 1/3, 2/3 with 0.1 and 0.4.
        let curve = Lorenz::of(&Sample::new(&[6.0, 1.0, 3.0]).unwrap()).unwrap();
        assert_eq!(curve.points().len(), 4);
        let close = |people: f64, share: f64| {
            assert!((curve.ordinate(people) - share).abs() < 1e-15, "{people}");
        };
        close(0.0, 0.0);
        close(1.0 / 6.0, 0.05);
        close(0.5, 0.25);
        close(1.0, 1.0);
        assert_eq!((curve.ordinate(-1.0), curve.ordinate(2.0)), (0.0, 1.0));
        // 1 − L(0.9) = 0.1 · 3 · 0.6 = 0.18; L(0.4) = 0.1 + 0.2 · 0.3 = 0.16.
        assert!((curve.palma().unwrap() - 0.18 / 0.16).abs() < 1e-14);
    }

    #[test]
    fn a_tenth_that_is_a_rounding_off_is_that_tenth() {
        let curve = Lorenz::of(&Sample::new(&[1.0; 10]).unwrap()).unwrap();
        for tenth in 0..=10 {
            let people = f64::from(tenth) / 10.0;
            assert!((curve.ordinate(people) - people).abs() < 1e-15);
        }
    }

    #[test]
    fn what_would_change_hands_is_half_of_the_distances_from_the_mean() {
        // 2 and 6 of 8: two of them change hands.
        assert_eq!(hoover(&Sample::new(&[2.0, 6.0]).unwrap()), Some(0.25));
        assert_eq!(Lorenz::of(&Sample::new(&[0.0]).unwrap()), None);
    }

    #[test]
    fn asymmetry_tells_few_large_amounts_from_many_small_ones() {
        // 1, 1, 4: mean 2, a third of the way from 1 to 4: (2 + 1/3)/3 + (2 + 4/3)/6 = 7/9 + 5/9.
        let sample = Sample::new(&[1.0, 4.0, 1.0]).unwrap();
        assert!((asymmetry(&sample).unwrap() - 12.0 / 9.0).abs() < 1e-15);
        // 1, 2, 3: the second is the mean: between 1/3 + 1/6 and 2/3 + 1/2.
        let sample = Sample::new(&[1.0, 2.0, 3.0]).unwrap();
        assert!((asymmetry(&sample).unwrap() - f64::midpoint(0.5, 7.0 / 6.0)).abs() < 1e-15);
        assert_eq!(asymmetry(&Sample::new(&[0.1; 3]).unwrap()), Some(1.0));
    }
}
