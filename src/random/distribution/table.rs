//! Slow smooth quantiles as a table of polynomials over the normal score.
//!
//! Cells of an eighth, each with the polynomial of degree 7 through its eight Chebyshev nodes. The
//! curves tabulated here (logarithms and logits of values) are smooth in the score, so the error is far
//! below 10⁻⁹; a cell whose last coefficient says otherwise is left empty and computed exactly.

use std::fmt;
use std::sync::OnceLock;

use crate::numeric::simd::vectorised;
use crate::numeric::{ALL_LANES, LANES, Lanes, cos, exp, lanes_of, polynomial};

/// Coefficients of a cell.
const TERMS: usize = 8;
/// The table reaches from minus this to this; a uniform number of 53 bits stays within 8.3.
const REACH: f64 = 8.5;
const CELLS_PER_UNIT: f64 = 8.0;
pub(super) const CELLS: usize = 136;
/// The size of a cell's last coefficient above which its polynomial is not trusted; the error is
/// smaller than it by the factor from coefficient to coefficient.
const TRUSTED: f64 = 2e-10;

/// Half the cells lie within this of the middle: one score in fifty thousand lies beyond it.
const MIDDLE: std::ops::Range<usize> = CELLS / 4..CELLS - CELLS / 4;
const NEAR: f64 = REACH / 2.0;

/// A curve over normal scores; its cells are filled when a value is first read, those far from the
/// middle only when one is read there.
#[derive(Clone, Default)]
pub(super) struct ScoreTable {
    middle: OnceLock<Vec<[f64; TERMS]>>,
    all: OnceLock<Vec<[f64; TERMS]>>,
}

impl ScoreTable {
    /// The cells that scores near the middle or any scores need, and the place of the first; where the curve
    /// is not finite or not smooth they are empty.
    fn cells(&self, all_near: bool, curve: impl Fn(f64) -> f64) -> (&[[f64; TERMS]], usize) {
        let middle = || self.middle.get_or_init(|| Self::fitted(MIDDLE, &curve));
        if all_near {
            return (middle(), MIDDLE.start);
        }
        let all = || {
            let [low, high] =
                [0..MIDDLE.start, MIDDLE.end..CELLS].map(|cells| Self::fitted(cells, &curve));
            [low.as_slice(), middle(), high.as_slice()].concat()
        };
        (self.all.get_or_init(all), 0)
    }

    fn fitted(cells: std::ops::Range<usize>, curve: impl Fn(f64) -> f64) -> Vec<[f64; TERMS]> {
        let chebyshev = chebyshev_polynomials();
        let cell = |index: usize| {
            let centre = (index as f64 + 0.5) / CELLS_PER_UNIT - REACH;
            let at_nodes: [f64; TERMS] =
                std::array::from_fn(|node| curve(centre + 0.5 / CELLS_PER_UNIT * node_place(node)));
            let weights: [f64; TERMS] = std::array::from_fn(|order| {
                let sum: f64 = (0..TERMS)
                    .map(|node| at_nodes[node] * polynomial(node_place(node), &chebyshev[order]))
                    .sum();
                sum * if order == 0 { 1.0 } else { 2.0 } / TERMS as f64
            });
            if weights[TERMS - 1].abs() > TRUSTED {
                return [f64::NAN; TERMS];
            }
            std::array::from_fn(|power| {
                (0..TERMS).map(|order| weights[order] * chebyshev[order][power]).sum()
            })
        };
        cells.map(cell).collect()
    }

    /// Values at a block of scores: the curve by the table, then `finish`; `exact` of the score where
    /// the table is empty, and at 0, so that the median is exact. `curve` is the same at every call.
    #[inline(always)]
    pub(super) fn read(
        &self,
        scores: &Lanes,
        out: &mut Lanes,
        curve: impl Fn(f64) -> f64,
        finish: impl Fn(&mut Lanes),
        exact: impl Fn(f64) -> f64,
    ) {
        let [at_zero, near] = looked_at(scores);
        // The central path alone never needs the table.
        if at_zero == ALL_LANES {
            return out.fill(exact(0.0));
        }
        let (cells, first) = self.cells(near == ALL_LANES, curve);
        read_cells(cells, first, scores, out);
        finish(out);
        let mut left = at_zero | not_numbers(out);
        while left != 0 {
            let lane = left.trailing_zeros() as usize % LANES;
            out[lane] = exact(scores[lane]);
            left &= left - 1;
        }
    }

    /// The share of cells that hold a polynomial.
    #[cfg(test)]
    pub(super) fn filled(curve: impl Fn(f64) -> f64) -> f64 {
        let filled = Self::fitted(0..CELLS, curve).iter().filter(|cell| !cell[0].is_nan()).count();
        filled as f64 / CELLS as f64
    }
}

impl fmt::Debug for ScoreTable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "ScoreTable({} cells)",
            self.all.get().or(self.middle.get()).map_or(0, Vec::len)
        )
    }
}

vectorised! {
    /// Which scores are 0, and which are near the middle.
    fn looked_at(scores: &Lanes) -> [u64; 2] {
        let (mut at_zero, mut near) = ([0; LANES], [0; LANES]);
        for lane in 0..LANES {
            at_zero[lane] = u8::from(scores[lane] == 0.0);
            near[lane] = u8::from(scores[lane].abs() < NEAR);
        }
        [lanes_of(&at_zero), lanes_of(&near)]
    }

    fn not_numbers(values: &Lanes) -> u64 {
        let mut odd = [0; LANES];
        for lane in 0..LANES {
            odd[lane] = u8::from(values[lane].is_nan());
        }
        lanes_of(&odd)
    }

    /// The polynomials of a table, from the `first` of all cells on, at a block of scores; NaN beyond it.
    fn read_cells(cells: &[[f64; TERMS]], first: usize, scores: &Lanes, out: &mut Lanes) {
        let Some(last) = cells.len().checked_sub(1) else { return out.fill(f64::NAN) };
        let (start, end) = (first as f64, (first + cells.len()) as f64);
        for lane in 0..LANES {
            let place = (scores[lane] + REACH) * CELLS_PER_UNIT;
            let is_inside = place >= start && place < end;
            let place = if is_inside { place } else { start };
            let index = place as i32;
            let within = 2.0 * (place - f64::from(index)) - 1.0;
            let value = polynomial(within, &cells[(index as usize - first).min(last)]);
            out[lane] = if is_inside { value } else { f64::NAN };
        }
    }
}

vectorised! {
    /// `scale` times e to the power of each value.
    pub(super) fn scaled_exp(scale: f64, values: &mut Lanes) {
        for value in values {
            *value = scale * exp(*value);
        }
    }
}

/// The cell in which a score lies, if it lies in the table.
#[inline(always)]
pub(super) fn cell_of(score: f64) -> Option<usize> {
    let place = (score + REACH) * CELLS_PER_UNIT;
    (place >= 0.0 && place < CELLS as f64).then_some(place as usize)
}

/// The least score of a cell.
pub(super) fn cell_start(cell: usize) -> f64 {
    cell as f64 / CELLS_PER_UNIT - REACH
}

/// The place of a Chebyshev node in −1..1.
fn node_place(node: usize) -> f64 {
    cos(std::f64::consts::PI * (node as f64 + 0.5) / TERMS as f64)
}

/// The coefficients of T₀ to T₇.
fn chebyshev_polynomials() -> [[f64; TERMS]; TERMS] {
    let mut rows = [[0.0; TERMS]; TERMS];
    rows[0][0] = 1.0;
    rows[1][1] = 1.0;
    for order in 2..TERMS {
        for power in 0..TERMS {
            let doubled = if power == 0 { 0.0 } else { 2.0 * rows[order - 1][power - 1] };
            rows[order][power] = doubled - rows[order - 2][power];
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spread(from: f64, to: f64) -> Lanes {
        std::array::from_fn(|lane| from + (to - from) * lane as f64 / (LANES - 1) as f64)
    }

    #[test]
    fn a_smooth_curve_is_read_to_thirteen_digits() {
        let curve = |score: f64| exp(0.3 * score);
        let table = ScoreTable::default();
        assert_eq!(ScoreTable::filled(curve), 1.0);
        let scores = spread(-8.5, 8.499);
        let mut out = [0.0; LANES];
        table.read(&scores, &mut out, curve, |_| (), |_| f64::NAN);
        for (value, score) in out.into_iter().zip(scores) {
            assert!((value / curve(score) - 1.0).abs() < 1e-13, "{score}: {value}");
        }
    }

    #[test]
    fn beyond_the_table_and_in_a_kink_values_are_exact() {
        let curve = |score: f64| (score - 1.1).abs();
        let table = ScoreTable::default();
        assert_eq!(ScoreTable::filled(curve), 135.0 / 136.0);
        let mut scores = spread(1.0, 1.124);
        scores[0] = -1e9;
        scores[1] = f64::INFINITY;
        scores[2] = 8.5;
        scores[3] = -8.6;
        let mut out = [0.0; LANES];
        table.read(&scores, &mut out, curve, |_| (), curve);
        for (value, score) in out.into_iter().zip(scores) {
            assert_eq!(value, curve(score));
        }
        let mut nan = [0.0; LANES];
        table.read(&[f64::NAN; LANES], &mut nan, curve, |_| (), curve);
        assert!(nan.iter().all(|value| value.is_nan()));
    }
}
