//! A symmetric matrix of correlations.

use thiserror::Error;

/// How far two halves of a matrix, or its diagonal from 1, may differ by rounding.
const ROUNDING: f64 = 1e-12;

/// Correlations of some quantities with each other: symmetric, 1 on the diagonal, −1 to 1 elsewhere.
/// Whether numbers can follow all of them at once is another matter: see [`Factor`](super::Factor).
#[derive(Clone, Debug, PartialEq)]
pub struct CorrelationMatrix {
    size: usize,
    /// Row by row.
    values: Vec<f64>,
}

/// Why numbers are no correlations.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
pub enum MatrixFault {
    /// There are more or fewer numbers than rows times columns.
    #[error("a matrix of {size} rows and columns has {expected} numbers, not {found}")]
    Count {
        /// Rows.
        size: usize,
        /// Their square.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// A pair names a row that the matrix has not, or one row twice.
    #[error("{0} and {1} are no two rows of the matrix")]
    Pair(usize, usize),
    /// A pair is given again, in either order.
    #[error("the pair of rows {0} and {1} is given twice")]
    Repeated(usize, usize),
    /// A number is not in −1 to 1, or none at all.
    #[error("the correlation of rows {0} and {1} is not from -1 to 1")]
    Range(usize, usize),
    /// A number on the diagonal is not 1.
    #[error("row {0} has not correlation 1 with itself")]
    Diagonal(usize),
    /// The two halves differ.
    #[error("rows {0} and {1} have two different correlations")]
    Asymmetric(usize, usize),
}

impl CorrelationMatrix {
    /// Quantities that have nothing to do with each other.
    #[must_use]
    pub fn identity(size: usize) -> Self {
        let mut values = vec![0.0; size * size];
        values.iter_mut().step_by(size + 1).for_each(|value| *value = 1.0);
        Self { size, values }
    }

    /// From all numbers, row by row.
    ///
    /// # Errors
    /// The count is not a square of `size`, a number is out of range, the diagonal is not 1, or the
    /// halves differ by more than rounding.
    pub fn new(size: usize, values: Vec<f64>) -> Result<Self, MatrixFault> {
        let expected = size * size;
        if values.len() != expected {
            return Err(MatrixFault::Count { size, expected, found: values.len() });
        }
        let matrix = Self { size, values };
        for row in 0..size {
            for column in 0..row {
                let (value, other) = (matrix.at(row, column), matrix.at(column, row));
                if !in_range(value) || !in_range(other) {
                    return Err(MatrixFault::Range(column, row));
                }
                if (value - other).abs() > ROUNDING {
                    return Err(MatrixFault::Asymmetric(column, row));
                }
            }
            let far = (matrix.at(row, row) - 1.0).abs() > ROUNDING;
            if far || matrix.at(row, row).is_nan() {
                return Err(MatrixFault::Diagonal(row));
            }
        }
        Ok(matrix)
    }

    /// From the pairs that are correlated; all others are not.
    ///
    /// # Errors
    /// A pair that is none, is given twice in either order, or whose number is out of range.
    pub fn from_pairs(size: usize, pairs: &[(usize, usize, f64)]) -> Result<Self, MatrixFault> {
        let mut matrix = Self::identity(size);
        let mut given = vec![false; size * size];
        for &(first, second, value) in pairs {
            if first == second || first >= size || second >= size {
                return Err(MatrixFault::Pair(first, second));
            }
            if !in_range(value) {
                return Err(MatrixFault::Range(first, second));
            }
            if given[first * size + second] {
                return Err(MatrixFault::Repeated(first, second));
            }
            for at in [first * size + second, second * size + first] {
                given[at] = true;
                matrix.values[at] = value;
            }
        }
        Ok(matrix)
    }

    /// The same with each correlation of two rows replaced; what leaves −1 to 1 is kept at its end.
    #[must_use]
    pub fn map(&self, value: impl Fn(usize, usize, f64) -> f64) -> Self {
        let mut mapped = Self::identity(self.size);
        for row in 0..self.size {
            for column in 0..row {
                let new = value(column, row, self.at(column, row)).clamp(-1.0, 1.0);
                mapped.values[row * self.size + column] = new;
                mapped.values[column * self.size + row] = new;
            }
        }
        mapped
    }

    /// How many rows it has.
    pub fn size(&self) -> usize {
        self.size
    }

    /// The correlation of two rows; NaN where there are none.
    pub fn at(&self, row: usize, column: usize) -> f64 {
        let inside = row < self.size && column < self.size;
        if inside { self.values[row * self.size + column] } else { f64::NAN }
    }
}

fn in_range(value: f64) -> bool {
    (-1.0..=1.0).contains(&value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_are_no_correlations_are_refused() {
        let of = |values: &[f64]| CorrelationMatrix::new(2, values.to_vec());
        assert!(of(&[1.0, 0.5, 0.5, 1.0]).is_ok());
        assert_eq!(of(&[1.0, 0.5, 0.4, 1.0]), Err(MatrixFault::Asymmetric(0, 1)));
        assert_eq!(of(&[1.0, 0.5, 0.5, 0.9]), Err(MatrixFault::Diagonal(1)));
        assert_eq!(of(&[1.0, 1.5, 1.5, 1.0]), Err(MatrixFault::Range(0, 1)));
        assert_eq!(of(&[1.0, f64::NAN, 0.5, 1.0]), Err(MatrixFault::Range(0, 1)));
        assert!(matches!(of(&[1.0]), Err(MatrixFault::Count { found: 1, .. })));
    }

    #[test]
    fn a_pair_is_given_once_in_either_order() {
        let of = |pairs: &[(usize, usize, f64)]| CorrelationMatrix::from_pairs(3, pairs);
        let matrix = of(&[(2, 0, 0.25)]).unwrap();
        assert_eq!((matrix.at(0, 2), matrix.at(2, 0), matrix.at(0, 1)), (0.25, 0.25, 0.0));
        assert!(matrix.at(3, 0).is_nan());
        assert_eq!(of(&[(0, 1, 0.5), (1, 0, 0.5)]), Err(MatrixFault::Repeated(1, 0)));
        assert_eq!(of(&[(1, 1, 1.0)]), Err(MatrixFault::Pair(1, 1)));
        assert_eq!(of(&[(1, 3, 0.1)]), Err(MatrixFault::Pair(1, 3)));
        assert_eq!(of(&[(0, 1, -1.01)]), Err(MatrixFault::Range(0, 1)));
    }

    #[test]
    fn a_mapped_matrix_is_symmetric_and_within_range() {
        let matrix = CorrelationMatrix::from_pairs(2, &[(0, 1, 0.8)]).unwrap();
        let mapped = matrix.map(|_, _, value| value * 2.0);
        assert_eq!((mapped.at(0, 1), mapped.at(1, 0), mapped.at(0, 0)), (1.0, 1.0, 1.0));
    }
}
