//! The lower triangle that turns independent scores into correlated ones.

use nalgebra::{Cholesky, DMatrix};

use super::CorrelationMatrix;
use crate::numeric::Lanes;

/// What is left of a variance below this is rounding: the quantity follows from those before it.
const NOTHING: f64 = 1e-10;
/// The root of it: what may be left of a correlation with such a quantity.
const HARDLY: f64 = 1e-5;

/// The lower triangle L of a correlation matrix L·Lᵀ.
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    size: usize,
    /// Row by row, without what lies above the diagonal.
    rows: Vec<f64>,
}

impl Factor {
    /// The factor of a matrix; none if no numbers can follow all its correlations (it has a negative
    /// eigenvalue).
    ///
    /// Where the matrix is positive definite this is nalgebra's Cholesky decomposition, which for any
    /// size runs in plain loops of + − × ÷ √ and so has the same bits on every machine. Where some
    /// quantities follow from others, as with a correlation of 1, it is the same decomposition with
    /// empty columns for them (Higham 2002, «Accuracy and Stability of Numerical Algorithms» 10.3,
    /// doi:10.1137/1.9780898718027).
    #[must_use]
    pub fn new(matrix: &CorrelationMatrix) -> Option<Self> {
        let size = matrix.size();
        let Some(found) = Cholesky::new(DMatrix::from_fn(size, size, |row, at| matrix.at(row, at)))
        else {
            return Self::semidefinite(matrix);
        };
        let lower = found.l_dirty();
        // A variance that only rounding has left would blow up what is divided by it.
        if (0..size).any(|row| lower[(row, row)] * lower[(row, row)] < NOTHING) {
            return Self::semidefinite(matrix);
        }
        let rows = (0..size).flat_map(|row| (0..=row).map(move |at| lower[(row, at)])).collect();
        Some(Self { size, rows })
    }

    fn semidefinite(matrix: &CorrelationMatrix) -> Option<Self> {
        let size = matrix.size();
        let mut lower = vec![0.0; size * size];
        for at in 0..size {
            let left = |row: usize, lower: &[f64]| {
                (0..at).fold(matrix.at(row, at), |left, before| {
                    left - lower[row * size + before] * lower[at * size + before]
                })
            };
            let variance = left(at, &lower);
            let root = if variance < NOTHING { 0.0 } else { variance.sqrt() };
            if variance < -NOTHING {
                return None;
            }
            lower[at * size + at] = root;
            for row in at + 1..size {
                let left = left(row, &lower);
                if root == 0.0 && left.abs() > HARDLY {
                    return None;
                }
                lower[row * size + at] = if root == 0.0 { 0.0 } else { left / root };
            }
        }
        let rows = (0..size).flat_map(|row| lower[row * size..=row * size + row].to_vec());
        Some(Self { size, rows: rows.collect() })
    }

    /// How many quantities it correlates.
    pub fn size(&self) -> usize {
        self.size
    }

    /// Turns independent standard normal scores, a block for each quantity, into correlated ones. The
    /// first keeps its own, and none depends on one behind it. The order of operations is fixed here,
    /// and each lane is computed as if it were alone.
    pub fn apply(&self, scores: &mut [Lanes]) {
        let mut end = self.rows.len();
        for row in (0..self.size.min(scores.len())).rev() {
            let weights = &self.rows[end - row - 1..end];
            end -= row + 1;
            let (before, rest) = scores.split_at_mut(row);
            let Some(own) = rest.first_mut() else { continue };
            for own in own.iter_mut() {
                *own *= weights[row];
            }
            for (scores, weight) in before.iter().zip(weights) {
                for (own, score) in own.iter_mut().zip(scores) {
                    *own += weight * score;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::LANES;

    fn matrix(size: usize, pairs: &[(usize, usize, f64)]) -> CorrelationMatrix {
        CorrelationMatrix::from_pairs(size, pairs).unwrap()
    }

    /// L·Lᵀ.
    fn product(factor: &Factor, row: usize, column: usize) -> f64 {
        let row_of = |row: usize| &factor.rows[row * (row + 1) / 2..(row + 1) * (row + 2) / 2];
        row_of(row).iter().zip(row_of(column)).map(|(a, b)| a * b).sum()
    }

    #[test]
    fn a_factor_by_hand() {
        // Row 2: 0.6, √(1 − 0.36) = 0.8. Row 3: 0.5, (0.7 − 0.6·0.5)/0.8 = 0.5, √(1 − 0.25 − 0.25).
        let factor = Factor::new(&matrix(3, &[(0, 1, 0.6), (0, 2, 0.5), (1, 2, 0.7)])).unwrap();
        let expected = [1.0, 0.6, 0.8, 0.5, 0.5, 0.5_f64.sqrt()];
        for (found, expected) in factor.rows.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-15, "{:?}", factor.rows);
        }
    }

    #[test]
    fn both_ways_to_the_factor_give_the_same_bits() {
        let pairs = [(0, 1, 0.6), (0, 2, -0.35), (1, 2, 0.17), (2, 3, 0.71), (0, 4, 0.21)];
        let matrix = matrix(5, &pairs);
        assert_eq!(Factor::new(&matrix), Factor::semidefinite(&matrix));
    }

    #[test]
    fn the_bits_of_a_factor_are_those_of_every_machine() {
        // Exact arithmetic rounded once an operation: 0.1² and so on in the order of the loops, worked
        // out with Python's floats, which are IEEE 754 doubles without fused multiply-add.
        let factor = Factor::new(&matrix(3, &[(0, 1, 0.3), (0, 2, 0.7), (1, 2, -0.1)])).unwrap();
        let expected = [
            0x3FF0_0000_0000_0000_u64,
            0x3FD3_3333_3333_3333,
            0x3FEE_86AB_810E_A912,
            0x3FE6_6666_6666_6666,
            0xBFD4_CC47_D685_C4C6,
            0x3FE4_5977_2398_FC21,
        ];
        assert_eq!(factor.rows.iter().map(|value| value.to_bits()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn what_follows_from_others_has_no_score_of_its_own() {
        // b is a, c is −a, d is half a: every pair fits.
        let half = 0.5;
        let pairs =
            [(0, 1, 1.0), (0, 2, -1.0), (1, 2, -1.0), (0, 3, half), (1, 3, half), (2, 3, -half)];
        let factor = Factor::new(&matrix(4, &pairs)).unwrap();
        assert_eq!(factor.rows[..6], [1.0, 1.0, 0.0, -1.0, 0.0, 0.0]);
        assert_eq!(factor.rows[6..], [0.5, 0.0, 0.0, 0.75_f64.sqrt()]);
    }

    #[test]
    fn correlations_that_no_numbers_follow_have_no_factor() {
        // a moves with b, b with c, but a not with c; and the same with certainty.
        assert_eq!(Factor::new(&matrix(3, &[(0, 1, 0.9), (1, 2, 0.9)])), None);
        assert_eq!(Factor::new(&matrix(3, &[(0, 1, 1.0), (1, 2, 0.5)])), None);
        assert_eq!(Factor::new(&matrix(3, &[(0, 1, 1.0), (1, 2, 1.0)])), None);
    }

    #[test]
    fn near_the_edge_the_product_stays_the_matrix() {
        // Equal correlations of −1/(n − 1) among n leave the last none of its own.
        for size in 3..8 {
            let value = -1.0 / (size - 1) as f64;
            let pairs: Vec<_> = (0..size)
                .flat_map(|row| (0..row).map(move |column| (column, row, value)))
                .collect();
            let matrix = matrix(size, &pairs);
            let factor = Factor::new(&matrix).unwrap();
            for row in 0..size {
                for column in 0..=row {
                    let found = product(&factor, row, column);
                    assert!((found - matrix.at(row, column)).abs() < 1e-9, "{size}: {found}");
                }
            }
        }
    }

    #[test]
    fn scores_are_mixed_in_each_lane_and_the_first_keeps_its_own() {
        let factor = Factor::new(&matrix(3, &[(0, 1, 0.6), (0, 2, 0.5), (1, 2, 0.7)])).unwrap();
        let lane = |scale: f64| -> Lanes { std::array::from_fn(|lane| scale * (lane + 1) as f64) };
        let mut scores = [lane(0.3), lane(-1.0), lane(2.0)];
        factor.apply(&mut scores);
        assert_eq!(scores[0], lane(0.3));
        for at in 0..LANES {
            let lane = (at + 1) as f64;
            // 0.6·0.3 + 0.8·(−1) = −0.62; 0.5·0.3 − 0.5 + 2·√½
            assert!((scores[1][at] / lane + 0.62).abs() < 1e-14);
            assert!((scores[2][at] / lane - (2.0_f64.sqrt() - 0.35)).abs() < 1e-14);
        }
    }
}
