//! How few have most of it.

use super::gini;
use super::sample::Sample;

/// The sum of the squared shares, 1/n (equal) to 1 (one has all) (Hirschman 1964,
/// <https://www.jstor.org/stable/1818582>). `None` also with weights: it counts heads.
#[must_use]
pub fn herfindahl(sample: &Sample) -> Option<f64> {
    let count = sample.rows().len() as f64;
    let squares = sample.mean_of_ratios(|ratio| ratio * ratio)?;
    (!sample.is_weighted()).then_some(squares / count)
}

/// The measure of Rosenbluth, and of Hall and Tideman: `1 / (2 Σ rank · share − 1)`, the largest share
/// of rank 1; 1/n (equal) to 1 (one has all). `None` also with weights: it counts heads.
///
/// Hall and Tideman (1967), <https://doi.org/10.1080/01621459.1967.10482897>.
#[must_use]
pub fn rosenbluth(sample: &Sample) -> Option<f64> {
    // By ranks the Gini coefficient is 1 + 1/n − 2/n · Σ rank · share.
    let count = sample.rows().len() as f64;
    (!sample.is_weighted()).then(|| Some(1.0 / (count * (1.0 - gini::of(sample)?)))).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_one_and_three_quarters_are_worked_by_hand() {
        // Squares 1/16 + 9/16; ranks 1 · ¾ + 2 · ¼ = 5/4, so 1/(5/2 − 1).
        let sample = Sample::new(&[1.0, 3.0]).unwrap();
        assert_eq!(herfindahl(&sample), Some(0.625));
        assert!((rosenbluth(&sample).unwrap() - 2.0 / 3.0).abs() < 1e-15);
        assert_eq!(herfindahl(&Sample::weighted(&[1.0], &[1.0]).unwrap()), None);
    }
}
