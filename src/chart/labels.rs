//! Labels along a line that keep their distance and stay as near as they can to where they belong.

/// Moves centres apart along one direction so that neighbours keep the distance, all stay between
/// `low` and `high` if there is room, and the sum of squared moves is least (pool adjacent violators;
/// Ayer et al. 1955, doi:10.1214/aoms/1177728423). Returns the new centres in the order given.
pub(super) fn apart(wanted: &[f64], distance: f64, low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]).then(a.cmp(&b)));
    let room = (high - low).max(0.0);
    let gaps = wanted.len().saturating_sub(1) as f64;
    let distance = if gaps * distance > room { room / gaps } else { distance };
    // Less what the rank asks for, the centres need only not decrease: isotonic regression.
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for (rank, &i) in order.iter().enumerate() {
        let mut pool = (wanted[i] - rank as f64 * distance, 1);
        while let Some(&(mean, count)) = pools.last() {
            if mean <= pool.0 {
                break;
            }
            let all = count + pool.1;
            pool = ((mean * count as f64 + pool.0 * pool.1 as f64) / all as f64, all);
            pools.pop();
        }
        pools.push(pool);
    }
    let highest = (high - gaps * distance).max(low);
    let eased = pools
        .iter()
        .flat_map(|&(mean, count)| std::iter::repeat_n(mean.clamp(low, highest), count));
    let mut centres = vec![0.0; wanted.len()];
    for (rank, (&i, base)) in order.iter().zip(eased).enumerate() {
        centres[i] = base + rank as f64 * distance;
    }
    centres
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_with_room_stay_where_they_are() {
        assert_eq!(apart(&[10.0, 50.0, 30.0], 12.0, 0.0, 100.0), [10.0, 50.0, 30.0]);
    }

    #[test]
    fn two_labels_at_one_place_move_apart_by_half_each() {
        assert_eq!(apart(&[50.0, 50.0], 12.0, 0.0, 100.0), [44.0, 56.0]);
        // Three wanted at 40, 41, 60 with 12 between: 40 and 41 share the move, 60 is far enough.
        assert_eq!(apart(&[40.0, 41.0, 60.0], 12.0, 0.0, 100.0), [34.5, 46.5, 60.0]);
    }

    #[test]
    fn labels_stay_between_the_ends() {
        assert_eq!(apart(&[0.0, 1.0], 12.0, 0.0, 100.0), [0.0, 12.0]);
        assert_eq!(apart(&[99.0, 100.0], 12.0, 0.0, 100.0), [88.0, 100.0]);
        assert_eq!(apart(&[5.0, 5.0, 5.0], 12.0, 0.0, 10.0), [0.0, 5.0, 10.0]);
        assert!(apart(&[], 12.0, 0.0, 10.0).is_empty());
    }
}
