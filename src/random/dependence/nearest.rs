//! What is wrong with correlations that no numbers can follow, and the nearest that some can.

use nalgebra::{DMatrix, SymmetricEigen};

use super::CorrelationMatrix;

/// How often the two projections are taken at most.
const MOST_ROUNDS: usize = 1_000;
/// Where a round moves no correlation by more than this, it is done.
const SETTLED: f64 = 1e-9;
/// How exactly eigenvalues are found, and how many steps that may take for one.
const EIGEN: (f64, usize) = (1e-14, 1_000);

/// The smallest eigenvalue: below 0 if no numbers can follow all these correlations. NaN if it cannot
/// be found.
///
/// For messages; no draw depends on it.
#[must_use]
pub fn smallest_eigenvalue(matrix: &CorrelationMatrix) -> f64 {
    eigen(as_given(matrix)).map_or(f64::NAN, |found| found.eigenvalues.min())
}

/// The nearest matrix of correlations that some numbers can follow, nearest by the sum of squared
/// differences: alternating projections with Dykstra's correction (Higham 2002,
/// doi:10.1093/imanum/22.3.329, algorithm 3.3).
///
/// It lies on the edge, its smallest eigenvalue being 0 but for 10⁻⁸ or so. For messages; no draw
/// depends on it.
#[must_use]
pub fn nearest(matrix: &CorrelationMatrix) -> CorrelationMatrix {
    let size = matrix.size();
    let mut found = as_given(matrix);
    let mut correction = DMatrix::zeros(size, size);
    for _ in 0..MOST_ROUNDS {
        let corrected = &found - &correction;
        let Some(possible) = without_negative(corrected.clone()) else { break };
        correction = &possible - corrected;
        let mut next = possible;
        next.fill_diagonal(1.0);
        let moved = (&next - &found).amax();
        found = next;
        if moved < SETTLED {
            break;
        }
    }
    matrix.map(|row, column, _| found[(row, column)])
}

fn as_given(matrix: &CorrelationMatrix) -> DMatrix<f64> {
    DMatrix::from_fn(matrix.size(), matrix.size(), |row, column| matrix.at(row, column))
}

fn eigen(matrix: DMatrix<f64>) -> Option<SymmetricEigen<f64, nalgebra::Dyn>> {
    SymmetricEigen::try_new(matrix, EIGEN.0, EIGEN.1)
}

/// The matrix with every negative eigenvalue set to 0.
fn without_negative(matrix: DMatrix<f64>) -> Option<DMatrix<f64>> {
    let mut found = eigen(matrix)?;
    found.eigenvalues.apply(|value| *value = value.max(0.0));
    Some(found.recompose())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matrix(size: usize, pairs: &[(usize, usize, f64)]) -> CorrelationMatrix {
        CorrelationMatrix::from_pairs(size, pairs).unwrap()
    }

    #[test]
    fn eigenvalues_by_hand() {
        // 1 ± 0.3; and 1, 1 ± 0.9·√2 of a chain.
        assert!((smallest_eigenvalue(&matrix(2, &[(0, 1, 0.3)])) - 0.7).abs() < 1e-12);
        let chain = matrix(3, &[(0, 1, 0.9), (1, 2, 0.9)]);
        assert!((smallest_eigenvalue(&chain) - (1.0 - 0.9 * 2.0_f64.sqrt())).abs() < 1e-12);
    }

    #[test]
    fn higham_s_example_gives_his_matrix() {
        // Higham (2002), section 4: A = [1 1 0; 1 1 1; 0 1 1], to four digits.
        let found = nearest(&matrix(3, &[(0, 1, 1.0), (1, 2, 1.0)]));
        for (row, column, expected) in [(0, 1, 0.7607), (0, 2, 0.1573), (1, 2, 0.7607)] {
            assert!((found.at(row, column) - expected).abs() < 5e-5, "{found:?}");
        }
        assert!(smallest_eigenvalue(&found).abs() < 1e-7);
    }

    #[test]
    fn what_can_be_followed_is_its_own_nearest() {
        let given = matrix(3, &[(0, 1, 0.6), (0, 2, 0.5), (1, 2, 0.7)]);
        let found = nearest(&given);
        for (row, column) in [(0, 1), (0, 2), (1, 2)] {
            assert!((found.at(row, column) - given.at(row, column)).abs() < 1e-12);
        }
    }
}
