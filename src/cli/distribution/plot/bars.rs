//! What is drawn where: the part of the range that is shown, and the height of each column.

use super::WIDTH;
use crate::random::distribution::{Distribution, Masses};

/// What may lie beyond the picture at either side; more where the tail is long.
const TAILS: [f64; 3] = [0.001, 0.01, 0.05];
/// A tail is long where it reaches farther from the median than so many distances of the quartiles.
const LONG: f64 = 6.0;
/// An end of the range that is nearer than this share of what is shown is shown too.
const NEAR: f64 = 0.25;
/// Up to so many separate values all are shown.
const ALL: usize = 20;
/// The widest bar.
const WIDEST: usize = 9;

/// A height for each column.
pub struct Bars {
    /// What the heights are.
    pub what: &'static str,
    pub heights: Vec<f64>,
    /// The ends of what is shown.
    pub low: f64,
    pub high: f64,
    /// The separate values that are shown; none where any value can be.
    pub values: Vec<f64>,
    /// The probability below and above the picture, as far as that is cut off.
    pub beyond: (f64, f64),
    /// The first column of a value, and how many columns a unit of the axis has.
    first: f64,
    columns_per_unit: f64,
}

impl Bars {
    /// The bars of a distribution; none where its range is beyond numbers.
    pub fn of(distribution: &dyn Distribution) -> Option<Self> {
        match distribution.masses() {
            Some(masses) => separate(distribution, masses),
            None => smooth(distribution),
        }
    }

    /// The column of a value.
    pub fn column(&self, value: f64) -> usize {
        let column = self.first + (value - self.low) * self.columns_per_unit;
        (column.max(0.0) as usize).min(WIDTH - 1)
    }
}

/// The least tail that is not long at one side, and the value where it begins.
fn cut(distribution: &dyn Distribution, upper: bool) -> Option<(f64, f64)> {
    let (median, quartiles) =
        (distribution.median(), [0.25, 0.75].map(|p| distribution.quantile(p)));
    let reach = LONG * (quartiles[1] - quartiles[0]);
    let at = |tail: f64| distribution.quantile(if upper { 1.0 - tail } else { tail });
    let cuts = TAILS.map(|tail| (tail, at(tail)));
    let near = |cut: &&(f64, f64)| (cut.1 - median).abs() <= reach;
    cuts.iter().find(near).or(cuts.last()).copied().filter(|cut| cut.1.is_finite())
}

fn smooth(distribution: &dyn Distribution) -> Option<Bars> {
    let ((below, mut low), (above, mut high)) =
        (cut(distribution, false)?, cut(distribution, true)?);
    let (min, max) = (distribution.quantile(0.0), distribution.quantile(1.0));
    let room = NEAR * (high - low);
    let mut beyond = (below, above);
    if low - min <= room {
        (low, beyond.0) = (min, 0.0);
    }
    if max - high <= room {
        (high, beyond.1) = (max, 0.0);
    }
    let width = high - low;
    let heights: Vec<f64> = (0..WIDTH)
        .map(|column| distribution.density(low + width * ((column as f64 + 0.5) / WIDTH as f64)))
        .collect();
    let columns_per_unit = WIDTH as f64 / width;
    let drawable = columns_per_unit.is_finite()
        && columns_per_unit > 0.0
        && heights.iter().all(|height| height.is_finite())
        && heights.iter().any(|&height| height > 0.0);
    drawable.then_some(Bars {
        what: "density",
        heights,
        low,
        high,
        values: Vec::new(),
        beyond,
        first: 0.0,
        columns_per_unit,
    })
}

fn separate(distribution: &dyn Distribution, masses: Masses<'_>) -> Option<Bars> {
    let (mut from, mut to) = (0, masses.values.len());
    if to > ALL {
        let (low, high) = (cut(distribution, false)?.1, cut(distribution, true)?.1);
        from = masses.values.partition_point(|&value| value < low);
        to = masses.values.partition_point(|&value| value <= high);
    }
    let (values, probabilities) =
        (masses.values.get(from..to)?, masses.probabilities.get(from..to)?);
    let (&low, &high) = (values.first()?, values.last()?);
    let sum = |range: &[f64]| range.iter().sum::<f64>();
    let beyond = (sum(masses.probabilities.get(..from)?), sum(masses.probabilities.get(to..)?));
    // In 10,000ths, so that the tails of endless counts are told as what they are.
    let told = |share: f64| (share * 1e4).round() / 1e4;
    let (unit, slots) = grid(values);
    let (first, columns_per_unit, thickness) = match slots {
        // So many columns for each place, the bar in the middle.
        Some(slots) if slots <= WIDTH => {
            let columns = WIDTH / slots;
            let unused = (WIDTH - columns * slots) / 2;
            let thickness = columns.saturating_sub(1).clamp(1, WIDEST);
            ((unused + (columns - 1) / 2) as f64 + 0.5, columns as f64 / unit, thickness)
        }
        // So many places for each column.
        Some(slots) => {
            let each = slots.div_ceil(WIDTH) as f64;
            (0.5 / each, 1.0 / (unit * each), 1)
        }
        None => {
            let nearest = (WIDTH - 1) as f64 * (unit / (high - low));
            let thickness = (nearest as usize).saturating_sub(2).clamp(1, WIDEST);
            let room = WIDTH - thickness;
            (((thickness - 1) / 2) as f64 + 0.5, room as f64 / (high - low), thickness)
        }
    };
    let mut bars = Bars {
        what: "probability",
        heights: vec![0.0; WIDTH],
        low,
        high,
        values: values.to_vec(),
        beyond: (told(beyond.0), told(beyond.1)),
        first,
        columns_per_unit,
    };
    for (&value, probability) in values.iter().zip(probabilities) {
        let middle = bars.column(value);
        let start = middle.saturating_sub((thickness - 1) / 2);
        for height in bars.heights.iter_mut().skip(start).take(thickness) {
            *height += probability;
        }
    }
    columns_per_unit.is_finite().then_some(bars)
}

/// The least distance between values (1 where there is but one), and how many places of that width they
/// take; none where they do not lie on such a grid, or far apart on it.
fn grid(values: &[f64]) -> (f64, Option<usize>) {
    const MOST: f64 = 4096.0;
    let distances = values.windows(2).map(|pair| pair[1] - pair[0]);
    let unit = distances.fold(f64::INFINITY, f64::min);
    let (Some(first), Some(last)) = (values.first(), values.last()) else { return (1.0, None) };
    if unit == f64::INFINITY {
        return (1.0, Some(1));
    }
    let places = (last - first) / unit;
    let on_grid = |value: &f64| {
        let place = (value - first) / unit;
        (place - place.round()).abs() < 1e-6
    };
    let is_grid = places < MOST && values.iter().all(on_grid);
    (unit, is_grid.then_some(places.round() as usize + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::distribution::{Discrete, Normal, Poisson, Weibull};

    #[test]
    fn a_long_tail_is_cut_and_a_near_end_is_shown() {
        // x(p) = (−ln(1 − p))^2.5: quartiles 0.044 and 2.26; 1 % lies above 45.5, 5 % above 15.5.
        let bars = Bars::of(&Weibull::new(0.4, 1.0).unwrap()).unwrap();
        assert_eq!((bars.low, bars.beyond), (0.0, (0.0, 0.05)));
        assert!((bars.high - 15.5).abs() < 0.1, "{}", bars.high);
        let bars = Bars::of(&Normal::new(0.0, 1.0).unwrap()).unwrap();
        assert_eq!(bars.beyond, (0.001, 0.001));
    }

    #[test]
    fn values_on_a_grid_have_columns_of_one_width() {
        // Four places of 16 columns; bars of nine around the eighth of them.
        let discrete = Discrete::new(&[0.0, 1.0, 3.0], &[0.5, 0.3, 0.2]).unwrap();
        let bars = Bars::of(&discrete).unwrap();
        assert_eq!([0.0, 1.0, 3.0].map(|value| bars.column(value)), [7, 23, 55]);
        assert_eq!(bars.heights[3..12], [0.5; 9]);
        assert_eq!((bars.heights[2], bars.heights[12], bars.heights[23]), (0.0, 0.0, 0.3));
        let uneven = Discrete::new(&[0.0, 1.0, 2.5e6], &[0.5, 0.3, 0.2]).unwrap();
        let bars = Bars::of(&uneven).unwrap();
        assert_eq!((bars.heights[0], bars.heights[63]), (0.8, 0.2));
        // 63 · 4/28.7 = 8.8 columns between the nearest: bars of six, the last to the end.
        let odd = Discrete::new(&[11.4, 17.3, 21.3, 40.1], &[1.0; 4]).unwrap();
        let bars = Bars::of(&odd).unwrap();
        assert_eq!((bars.heights[..6].to_vec(), bars.heights[6]), (vec![0.25; 6], 0.0));
        assert_eq!((bars.heights[57], bars.heights[58..].to_vec()), (0.0, vec![0.25; 6]));
    }

    #[test]
    fn many_counts_share_columns_evenly() {
        let bars = Bars::of(&Poisson::new(1000.0).unwrap()).unwrap();
        // 0.1 % to 99.9 % is ± 3.09 · 31.6: 196 counts, four a column, 49 columns.
        let drawn = bars.heights.iter().filter(|&&height| height > 0.0).count();
        assert_eq!(drawn, 49);
        let sum: f64 = bars.heights.iter().sum();
        assert!((sum - 0.998).abs() < 1e-3, "{sum}");
        // No column stands out between its neighbours.
        assert!(bars.heights[..49].windows(3).all(|three| three[1] >= three[0].min(three[2])));
    }
}
