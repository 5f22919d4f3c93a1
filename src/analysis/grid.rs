//! Rows by several indices, worked out side by side.
//!
//! Rows are written where they stay: those of a large country take more memory than all else.

use rayon::prelude::*;

/// A row of every place of a grid, the last index fastest.
pub fn rows_of<const N: usize, T: Send>(
    shape: [usize; N],
    row: impl Fn([usize; N]) -> T + Sync,
) -> Vec<T> {
    let places = 0..shape.iter().product::<usize>();
    places.into_par_iter().map(|place| row(indices(place, shape))).collect()
}

/// The same of those places that have one.
pub fn rows_of_some<const N: usize, T: Send>(
    shape: [usize; N],
    has_row: impl Fn([usize; N]) -> bool,
    row: impl Fn([usize; N]) -> T + Sync,
) -> Vec<T> {
    let places = 0..shape.iter().product::<usize>();
    let places: Vec<usize> = places.filter(|place| has_row(indices(*place, shape))).collect();
    places.into_par_iter().map(|place| row(indices(place, shape))).collect()
}

fn indices<const N: usize>(mut place: usize, shape: [usize; N]) -> [usize; N] {
    let mut indices = [0; N];
    for (index, count) in indices.iter_mut().zip(shape).rev() {
        *index = place % count.max(1);
        place /= count.max(1);
    }
    indices
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_in_order_of_their_indices() {
        let expected = [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]];
        assert_eq!(rows_of([2, 3], |at| at), expected);
        let odd = |[first, second]: [usize; 2]| (first + second) % 2 == 1;
        assert_eq!(rows_of_some([2, 3], odd, |at| at), [[0, 1], [1, 0], [1, 2]]);
        assert_eq!(rows_of([2, 0, 3], |at| at), [[0; 3]; 0]);
    }
}
