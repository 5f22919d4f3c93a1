//! Classes of a map by round breaks.

use super::axis::Ticks;
use super::extent;

/// How many classes of roughly equal number.
const CLASSES: usize = 6;

/// The breaks between classes, rising: the first is at or below the lowest value, the last at or above
/// the highest; a class holds values from its lower break up to, not including, its upper (the last
/// includes it). Five to seven classes of equal width where no class would hold more than half of the
/// values, else six of roughly equal number; fewer where the values are few. Where all values are equal,
/// one class that begins and ends at it.
pub(super) fn breaks(values: &[f64]) -> Vec<f64> {
    let Some((low, high)) = extent(values.iter().copied()) else { return Vec::new() };
    if low == high {
        return vec![low, high];
    }
    let ticks = Ticks::new(low, high, 7);
    let counts = counts(values, &ticks.values);
    let most = counts.iter().copied().max().unwrap_or(0);
    let mut sorted: Vec<f64> = values.iter().copied().filter(|v| v.is_finite()).collect();
    if 2 * most <= sorted.len() + 1 || sorted.len() < 6 {
        return ticks.values;
    }
    sorted.sort_by(f64::total_cmp);
    let mut found = vec![round_down(low)];
    for k in 1..CLASSES {
        let rounded = nearest_round(sorted[k * sorted.len() / CLASSES]);
        if found.last().is_some_and(|last| rounded > *last) && rounded < high {
            found.push(rounded);
        }
    }
    found.push(-round_down(-high));
    found
}

/// The width of the classes if they are all of one width.
pub(super) fn even(breaks: &[f64]) -> Option<f64> {
    let widths = || breaks.windows(2).map(|pair| pair[1] - pair[0]);
    let first = widths().next()?;
    widths().all(|width| (width - first).abs() <= 1e-6 * first).then_some(first)
}

/// How many values each class holds.
pub(super) fn counts(values: &[f64], breaks: &[f64]) -> Vec<usize> {
    let mut counts = vec![0; breaks.len().saturating_sub(1)];
    for value in values {
        if let Some(count) = class(*value, breaks).and_then(|class| counts.get_mut(class)) {
            *count += 1;
        }
    }
    counts
}

/// The class of a value.
pub(super) fn class(value: f64, breaks: &[f64]) -> Option<usize> {
    if !value.is_finite() || breaks.len() < 2 {
        return None;
    }
    let reached = breaks.iter().filter(|b| value >= **b).count();
    Some(reached.saturating_sub(1).min(breaks.len() - 2))
}

/// To two figures, at or below the value.
fn round_down(value: f64) -> f64 {
    let unit = unit(value);
    (value / unit).floor() * unit
}

/// To two figures.
fn nearest_round(value: f64) -> f64 {
    let unit = unit(value);
    (value / unit).round() * unit
}

/// The unit of the second figure of a number: 10 for 615, 0.1 for 3.4.
fn unit(value: f64) -> f64 {
    let size = value.abs();
    if !(1e-280..=1e280).contains(&size) {
        return 1e-290_f64.max(size);
    }
    let mut unit = 1.0;
    while unit * 100.0 <= size {
        unit *= 10.0;
    }
    while unit * 10.0 > size {
        unit /= 10.0;
    }
    unit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn even_values_have_classes_of_equal_width() {
        let values: Vec<f64> = (0..60).map(f64::from).collect();
        assert_eq!(breaks(&values), [0.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0]);
        assert_eq!(counts(&values, &breaks(&values)), [10; 6]);
    }

    #[test]
    fn one_giant_does_not_push_all_others_into_one_class() {
        let mut values: Vec<f64> = (1..43).map(|i| f64::from(i) * 11.0).collect();
        values.push(60_000.0);
        let breaks = breaks(&values);
        // 43 values: the sixths begin at the 7th, 14th, 21st, 28th and 35th place from 0: 88, 165, 242, 319, 396;
        // to two figures 88, 170 (165 rounds up), 240, 320, 400.
        assert_eq!(breaks, [11.0, 88.0, 170.0, 240.0, 320.0, 400.0, 60_000.0]);
        assert_eq!(counts(&values, &breaks).iter().sum::<usize>(), 43);
    }

    #[test]
    fn every_value_has_a_class() {
        for values in
            [vec![5.0], vec![0.0; 9], vec![-3.0, 4.0], vec![1e-12, 1e12, 1.0, 1.0, 1.0, 1.0, 1.0]]
        {
            let breaks = breaks(&values);
            let one = values.windows(2).all(|pair| pair[0] == pair[1]);
            assert!(breaks.windows(2).all(|pair| pair[0] < pair[1] || one), "{breaks:?}");
            assert!(values.iter().all(|v| class(*v, &breaks).is_some()));
            assert!(breaks[0] <= values.iter().copied().fold(f64::INFINITY, f64::min));
        }
        assert!(breaks(&[]).is_empty() && breaks(&[f64::NAN]).is_empty());
    }
}
