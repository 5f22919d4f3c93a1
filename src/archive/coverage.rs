//! Which parts together are all draws of a run, each draw once.

/// Why parts are not a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap {
    /// Two of them, by position, hold the same draws in part.
    Overlap(usize, usize),
    /// Ranges of draws that none of them holds.
    Missing(Vec<(u64, u64)>),
}

/// The positions of parts that are all draws below `draws`, in order of their draws. Of parts that hold the
/// same draws, as where a task was done twice, the first is taken.
///
/// # Errors
/// See [`Gap`].
pub fn cover(parts: &[(u64, u64)], draws: u64) -> Result<Vec<usize>, Gap> {
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|part| (parts[*part], *part));
    order.dedup_by_key(|part| parts[*part]);
    let overlap = order.windows(2).find(|pair| parts[pair[1]].0 < parts[pair[0]].1);
    if let Some(pair) = overlap {
        return Err(Gap::Overlap(pair[0], pair[1]));
    }
    let mut missing = Vec::new();
    let mut until = 0;
    for &(from, to) in order.iter().map(|part| &parts[*part]).chain(&[(draws, draws)]) {
        if from > until {
            missing.push((until, from));
        }
        until = to;
    }
    if missing.is_empty() { Ok(order) } else { Err(Gap::Missing(missing)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_cover_a_run_in_any_order_and_done_twice() {
        let parts = [(128, 200), (0, 64), (64, 128), (0, 64)];
        assert_eq!(cover(&parts, 200), Ok(vec![1, 2, 0]));
    }

    #[test]
    fn what_is_missing_is_listed_and_what_overlaps_named() {
        let missing = Err(Gap::Missing(vec![(0, 64), (128, 192), (256, 300)]));
        assert_eq!(cover(&[(192, 256), (64, 128)], 300), missing);
        assert_eq!(cover(&[], 10), Err(Gap::Missing(vec![(0, 10)])));
        assert_eq!(cover(&[(64, 200), (0, 128)], 200), Err(Gap::Overlap(1, 0)));
        assert_eq!(cover(&[(0, 64), (0, 128)], 128), Err(Gap::Overlap(0, 1)));
    }
}
