//! Where in a region its name fits; hatching of a region.

use super::canvas::Spot;

/// Rings of a region on the sheet: outer rings and holes alike (even-odd).
pub(super) type Rings = [Vec<Spot>];

/// The stretches of a horizontal line that lie inside the rings.
fn inside(rings: &Rings, y: f64) -> Vec<(f64, f64)> {
    let mut cuts: Vec<f64> = Vec::new();
    for ring in rings {
        for (i, &(x1, y1)) in ring.iter().enumerate() {
            let (x2, y2) = ring[(i + 1) % ring.len()];
            if (y1 <= y) != (y2 <= y) {
                cuts.push(x1 + (y - y1) / (y2 - y1) * (x2 - x1));
            }
        }
    }
    cuts.sort_by(f64::total_cmp);
    cuts.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
}

/// The centre of the widest place that holds a box of this width and height; none if there is no such place.
pub(super) fn place(rings: &Rings, width: f64, height: f64) -> Option<Spot> {
    const STEPS: usize = 48;
    let ys = || rings.iter().flatten().map(|spot| spot.1);
    let (low, high) = (ys().fold(f64::INFINITY, f64::min), ys().fold(f64::NEG_INFINITY, f64::max));
    if low.is_nan() || high - low < height {
        return None;
    }
    let mut best: Option<(f64, Spot)> = None;
    for step in 0..=STEPS {
        let y = low + height / 2.0 + (high - low - height) * step as f64 / STEPS as f64;
        let mut free = inside(rings, y);
        for part in [-0.5, -0.25, 0.25, 0.5] {
            let other = inside(rings, y + part * height);
            free = free
                .iter()
                .flat_map(|a| other.iter().map(move |b| (a.0.max(b.0), a.1.min(b.1))))
                .filter(|(from, to)| from < to)
                .collect();
        }
        for (from, to) in free {
            // Nearer to the middle of the region counts a little.
            let off = (y - f64::midpoint(low, high)).abs() / (high - low);
            let score = (to - from) * (1.0 - 0.6 * off);
            if to - from >= width && best.is_none_or(|(found, _)| score > found) {
                best = Some((score, (f64::midpoint(from, to), y)));
            }
        }
    }
    best.map(|(_, spot)| spot)
}

/// Lines at 45 degrees through a region, so many points apart.
pub(super) fn hatching(rings: &Rings, distance: f64) -> Vec<[Spot; 2]> {
    // With u = x + y and v = x - y, the lines are those of constant v.
    let turned: Vec<Vec<Spot>> =
        rings.iter().map(|ring| ring.iter().map(|(x, y)| (x + y, x - y)).collect()).collect();
    let vs = || turned.iter().flatten().map(|spot| spot.1);
    let (low, high) = (vs().fold(f64::INFINITY, f64::min), vs().fold(f64::NEG_INFINITY, f64::max));
    let mut lines = Vec::new();
    if !(high - low).is_finite() || high - low > 1e4 {
        return lines;
    }
    let apart = distance * 2.0_f64.sqrt();
    let mut v = ((low / apart).floor() + 0.5) * apart;
    while v < high {
        for (from, to) in inside(&turned, v) {
            lines.push([from, to].map(|u| (f64::midpoint(u, v), f64::midpoint(u, -v))));
        }
        v += apart;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(from: f64, to: f64) -> Vec<Spot> {
        vec![(from, from), (to, from), (to, to), (from, to)]
    }

    #[test]
    fn a_name_stands_in_the_middle_of_a_square_or_not_at_all() {
        let (x, y) = place(&[square(0.0, 100.0)], 50.0, 12.0).expect("fits");
        assert_eq!(x, 50.0);
        assert!((y - 50.0).abs() < 2.0);
        assert!(place(&[square(0.0, 100.0)], 101.0, 12.0).is_none());
        assert!(place(&[], 1.0, 1.0).is_none());
    }

    #[test]
    fn a_name_avoids_a_hole() {
        // A hole of 40 in a square of 100: 30 remain at each side, and all 100 above and below.
        let rings = [square(0.0, 100.0), square(30.0, 70.0)];
        let (_, y) = place(&rings, 60.0, 10.0).expect("fits");
        assert!(!(25.5..=74.5).contains(&y));
        assert!(place(&rings, 60.0, 40.0).is_none());
    }

    #[test]
    fn hatching_stays_inside_and_out_of_holes() {
        let lines = hatching(&[square(0.0, 100.0), square(30.0, 70.0)], 6.0);
        assert!(lines.len() > 20);
        for [(x1, y1), (x2, y2)] in lines {
            assert!([x1, y1, x2, y2].iter().all(|c| (-1e-9..=100.000_001).contains(c)));
            let (x, y) = (f64::midpoint(x1, x2), f64::midpoint(y1, y2));
            assert!(!((30.001..69.999).contains(&x) && (30.001..69.999).contains(&y)));
        }
    }
}
