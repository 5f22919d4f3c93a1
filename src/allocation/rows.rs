//! Rows of amounts, one number a draw.

use crate::numeric::LANES;
use crate::numeric::simd::vectorised;

/// An amount in each draw of a block, in whole cents or units.
pub type Money = [i64; LANES];

/// Nothing in any draw.
pub(super) const NOTHING: Money = [0; LANES];

vectorised! {
    /// The sum of rows, draw by draw.
    pub(super) fn sum(rows: &[Money]) -> Money {
        let mut sum = NOTHING;
        for row in rows {
            for lane in 0..LANES {
                sum[lane] += row[lane];
            }
        }
        sum
    }

    /// Adds rows to others, draw by draw.
    pub(super) fn add(sums: &mut [Money], rows: &[Money]) {
        for (sum, row) in sums.iter_mut().zip(rows) {
            for lane in 0..LANES {
                sum[lane] += row[lane];
            }
        }
    }

    /// Writes `from` less `rows`, draw by draw.
    pub(super) fn subtract(from: &[Money], rows: &[Money], out: &mut [Money]) {
        for ((out, from), row) in out.iter_mut().zip(from).zip(rows) {
            for lane in 0..LANES {
                out[lane] = from[lane] - row[lane];
            }
        }
    }

    /// Copies rows, brought between 0 and `most`.
    pub(super) fn copy_clamped(rows: &[Money], most: i64, out: &mut [Money]) {
        for (out, row) in out.iter_mut().zip(rows) {
            for lane in 0..LANES {
                out[lane] = row[lane].max(0).min(most);
            }
        }
    }

    /// Multiplies rows by a number.
    pub(super) fn scale(rows: &mut [Money], by: i64) {
        for row in rows {
            for lane in 0..LANES {
                row[lane] *= by;
            }
        }
    }
}
