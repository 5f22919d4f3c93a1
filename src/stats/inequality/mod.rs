//! How unequal amounts are: indices of inequality, the Lorenz curve, and who has what there is.
//!
//! Every measure is `None` where it has no meaning: no values, a value or weight that is not
//! finite, a negative weight, weights of another number than values, a sum of weights of 0; and, as
//! far as shares of a total are spoken of, a negative value or a total of 0. A weight is so many heads
//! behind an amount per head. The order of rows never matters, not even for the last digit.

mod atkinson;
mod concentration;
mod entropy;
mod gini;
mod index;
mod lorenz;
mod progressivity;
mod sample;
mod variation;

pub use atkinson::atkinson;
pub use concentration::{herfindahl, rosenbluth};
pub use entropy::{Split, generalised_entropy, theil_by_groups, theil_l, theil_t};
pub use gini::{corrected_gini, gini, weighted_gini};
pub use index::{INDICES, Index};
pub use lorenz::{Lorenz, hoover};
pub use progressivity::{Progressivity, progressivity};
pub use sample::Sample;
pub use variation::{population_variation, sample_variation, weighted_variation};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn equal_amounts_have_no_inequality() {
        assert_eq!(gini(&[7.0; 5]), Some(0.0));
        assert_eq!(population_variation(&[7.0; 5]), Some(0.0));
    }

    #[test]
    fn measures_of_two_and_six_are_those_worked_by_hand() {
        // Gini: mean difference over pairs with themselves (0+4+4+0)/4 = 2, over twice the mean 8.
        assert_eq!(gini(&[6.0, 2.0]), Some(0.25));
        // Mean 4, squares about it 8: √(8/2)/4 = 0.5 and √(8/1)/4.
        assert_eq!(population_variation(&[6.0, 2.0]), Some(0.5));
        assert_eq!(sample_variation(&[6.0, 2.0]), Some(8.0_f64.sqrt() / 4.0));
    }

    #[test]
    fn a_weight_of_three_is_the_value_three_times() {
        // 2, 6, 6, 6: mean 5; differences 2·3·4 = 24 of 16 pairs: 1.5 over 10.
        assert_eq!(weighted_gini(&[2.0, 6.0], &[1.0, 3.0]), Some(0.15));
        assert_eq!(gini(&[2.0, 6.0, 6.0, 6.0]), Some(0.15));
        // Squares about 5: 9 + 3 = 12, √(12/4)/5.
        assert_eq!(weighted_variation(&[2.0, 6.0], &[1.0, 3.0]), Some(3.0_f64.sqrt() / 5.0));
    }

    #[test]
    fn what_has_no_inequality_to_measure_has_none() {
        assert_eq!(gini(&[]), None);
        assert_eq!(gini(&[0.0, 0.0]), None);
        assert_eq!(gini(&[-1.0, 5.0]), None);
        assert_eq!(gini(&[f64::NAN, 5.0]), None);
        assert_eq!(gini(&[1e308, 1e308]), None);
        assert_eq!(weighted_gini(&[1.0], &[1.0, 2.0]), None);
        assert_eq!(weighted_gini(&[1.0, 2.0], &[0.0, 0.0]), None);
        assert_eq!(sample_variation(&[3.0]), None);
        assert_eq!(population_variation(&[-1.0, 1.0]), None);
    }

    proptest! {
        #[test]
        fn the_order_of_rows_never_matters(mut rows in proptest::collection::vec((0.0_f64..1e9, 0.1_f64..1e4), 2..60)) {
            let measure = |rows: &[(f64, f64)]| {
                let (values, weights): (Vec<f64>, Vec<f64>) = rows.iter().copied().unzip();
                (weighted_gini(&values, &weights).map(f64::to_bits), weighted_variation(&values, &weights).map(f64::to_bits))
            };
            let before = measure(&rows);
            rows.reverse();
            rows.rotate_left(1);
            prop_assert_eq!(before, measure(&rows));
        }
    }
}
