//! Round ticks (steps of 1, 2 or 5 times a power of ten) and the way from values to points.

use super::canvas::{Align, Area, Canvas};
use super::format::{Magnitude, Unit};
use super::style::{AXIS, GRID, HAIRLINE, THIN, TICK};

/// Where the ticks of an axis stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Ticks {
    /// From the lowest to the highest; the axis begins and ends at a tick.
    pub values: Vec<f64>,
    /// Distance between neighbours.
    pub step: f64,
}

impl Ticks {
    /// Round ticks that enclose the range, at most so many steps between them.
    pub fn new(low: f64, high: f64, most: usize) -> Self {
        Self::at_least(0.0, (low, high), most)
    }

    /// The same for values of a unit: whole things are not divided.
    pub fn of(unit: &Unit, low: f64, high: f64, most: usize) -> Self {
        let least = if matches!(unit, Unit::Count(_)) { 1.0 } else { 0.0 };
        Self::at_least(least, (low, high), most)
    }

    /// Steps no smaller than this.
    fn at_least(least: f64, (low, high): (f64, f64), most: usize) -> Self {
        let (low, high) = if low.is_finite() && high.is_finite() && low <= high {
            (low, high)
        } else {
            (0.0, 1.0)
        };
        let (low, high) = (low.clamp(-1e300, 1e300), high.clamp(-1e300, 1e300));
        let (low, high) = match high - low {
            span if span > high.abs().max(low.abs()) * 1e-9 => (low, high),
            _ if high > 0.0 => (0.0_f64.min(low), high),
            _ if low < 0.0 => (low, 0.0),
            // Where all is nothing a finer scale would say nothing.
            _ => return Self { values: vec![0.0, 1.0], step: 1.0 },
        };
        let most = most.max(2) as f64;
        let mut decade = decade_below((high - low) / most).max(least);
        loop {
            for mantissa in [1.0, 2.0, 5.0] {
                let step = mantissa * decade;
                let (first, last) = ((low / step + 1e-9).floor(), (high / step - 1e-9).ceil());
                if last - first <= most {
                    let count = (last - first).max(1.0) as usize;
                    // Step by step from whole multiples, so that 0.3 is 3 × 0.1 and not a sum of errors.
                    let values = (0..=count).map(|i| (first + i as f64) * step + 0.0).collect();
                    return Self { values, step };
                }
            }
            decade *= 10.0;
        }
    }

    /// Ticks of values that begin at zero or near it, and where the axis begins: values that lie less than
    /// half a step below zero, as estimates of nothing do, have their room and no tick of their own.
    pub(super) fn from_near_zero(low: f64, high: f64, most: usize) -> (Self, f64) {
        let (low, high) = (low.min(0.0), high.max(0.0));
        let above = Self::new(0.0, high, most);
        if high > 0.0 && -low < above.step / 2.0 {
            return (above, low);
        }
        let all = Self::new(low, high, most);
        let begin = all.low();
        (all, begin)
    }

    pub(super) fn low(&self) -> f64 {
        self.values.first().copied().unwrap_or(0.0)
    }

    pub(super) fn high(&self) -> f64 {
        self.values.last().copied().unwrap_or(1.0)
    }
}

/// The power of ten at or below a positive number.
fn decade_below(size: f64) -> f64 {
    let mut decade = 1.0;
    while decade > size && decade > 1e-300 {
        decade /= 10.0;
    }
    while decade * 10.0 <= size {
        decade *= 10.0;
    }
    decade
}

/// A straight way from values to points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

impl Scale {
    /// `low` lies at the point `from`, `high` at the point `to`.
    pub fn new(low: f64, high: f64, from: f64, to: f64) -> Self {
        Self { low, high, from, to }
    }

    /// The point of a value; a value beyond the axis stays at its end.
    pub fn at(&self, value: f64) -> f64 {
        // Halves, so that the span of the largest numbers does not overflow.
        let span = self.high / 2.0 - self.low / 2.0;
        let share = if span > 0.0 { (value / 2.0 - self.low / 2.0) / span } else { 0.5 };
        let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
        self.from + (self.to - self.from) * share
    }
}

/// The room that the numbers of a vertical axis need at the left.
pub(super) fn tick_room(ticks: &Ticks, magnitude: &Magnitude) -> f64 {
    ticks.values.iter().map(|v| TICK.width(&magnitude.tick(*v, ticks.step))).fold(0.0, f64::max)
        + 10.0
}

/// Draws a vertical axis: light lines across the plot, numbers at the left, the unit above.
pub(super) fn vertical(
    canvas: &mut Canvas,
    plot: Area,
    ticks: &Ticks,
    magnitude: &Magnitude,
) -> Scale {
    let scale = Scale::new(ticks.low(), ticks.high(), plot.bottom, plot.top);
    for value in &ticks.values {
        let y = scale.at(*value);
        let (weight, colour) = if *value == 0.0 { (THIN, AXIS) } else { (HAIRLINE, GRID) };
        canvas.line(&[(plot.left, y), (plot.right, y)], weight, colour);
        canvas.text_at_height(
            (plot.left - 8.0, y),
            Align::Right,
            TICK,
            &magnitude.tick(*value, ticks.step),
        );
    }
    scale
}

/// Draws a horizontal axis: light lines down the plot, numbers below it.
/// Numbers that would touch their neighbour are left out from the second on.
pub(super) fn horizontal(
    canvas: &mut Canvas,
    plot: Area,
    ticks: &Ticks,
    magnitude: &Magnitude,
) -> Scale {
    horizontal_from(ticks.low(), canvas, plot, ticks, magnitude)
}

/// The same where the axis begins before its first tick.
pub(super) fn horizontal_from(
    begin: f64,
    canvas: &mut Canvas,
    plot: Area,
    ticks: &Ticks,
    magnitude: &Magnitude,
) -> Scale {
    let scale = Scale::new(begin, ticks.high(), plot.left, plot.right);
    let texts: Vec<String> = ticks.values.iter().map(|v| magnitude.tick(*v, ticks.step)).collect();
    let every = spread(&texts, plot.width() / (texts.len().max(2) - 1) as f64);
    for (i, (value, text)) in ticks.values.iter().zip(&texts).enumerate() {
        let x = scale.at(*value);
        let (weight, colour) = if *value == 0.0 { (THIN, AXIS) } else { (HAIRLINE, GRID) };
        canvas.line(&[(x, plot.top), (x, plot.bottom)], weight, colour);
        if i % every == 0 {
            canvas.text_at_height((x, plot.bottom + 14.0), Align::Centre, TICK, text);
        }
    }
    scale
}

/// How many texts to go on from one that is shown to the next, so that they do not touch.
pub(super) fn spread(texts: &[String], distance: f64) -> usize {
    let widest = texts.iter().map(|text| TICK.width(text)).fold(0.0, f64::max) + 8.0;
    let every = if distance > 0.0 { (widest / distance).ceil().max(1.0) } else { 1.0 };
    let every = every.min(texts.len().max(1) as f64) as usize;
    [1, 2, 5, 10, 20, 50, 100].into_iter().find(|nice| *nice >= every).unwrap_or(every)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_enclose_the_range() {
        assert_eq!(
            Ticks::new(0.0, 615_394.0, 5).values,
            [0.0, 200_000.0, 400_000.0, 600_000.0, 800_000.0]
        );
        assert_eq!(
            Ticks::new(0.0, 1.0, 5).values,
            [0.0, 0.2, 0.4, 6.0 * 0.1, 0.8, 1.0].map(|v: f64| (v * 5.0).round() * 0.2)
        );
        assert_eq!(Ticks::new(-30.0, 70.0, 6).values, [-40.0, -20.0, 0.0, 20.0, 40.0, 60.0, 80.0]);
        assert_eq!(Ticks::new(0.0, 100.0, 5).values, [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
    }

    #[test]
    fn any_range_at_all_has_ticks() {
        for (low, high) in
            [(0.0, 0.0), (5.0, 5.0), (-5.0, -5.0), (0.0, 1e300), (0.0, 1e-200), (-1e308, 1e308)]
        {
            let ticks = Ticks::new(low, high, 5);
            assert!(ticks.values.len() >= 2 && ticks.values.len() <= 7, "{low} {high}: {ticks:?}");
            assert!(ticks.values.iter().all(|v| v.is_finite()));
            assert!(
                ticks.values.windows(2).all(|pair| pair[0] < pair[1]),
                "{low} {high}: {ticks:?}"
            );
        }
        assert_eq!(Ticks::new(f64::NAN, 3.0, 5), Ticks::new(0.0, 1.0, 5));
    }

    #[test]
    fn what_lies_a_little_below_zero_has_no_tick_of_its_own() {
        // Up to 62 in steps of 20: −0.4 and −9 lie within half a step, −12 does not.
        let (ticks, begin) = Ticks::from_near_zero(-0.4, 62.0, 6);
        assert_eq!((&ticks.values[..], begin), (&[0.0, 20.0, 40.0, 60.0, 80.0][..], -0.4));
        assert_eq!(Ticks::from_near_zero(-9.0, 62.0, 6).1, -9.0);
        assert_eq!(Ticks::from_near_zero(-12.0, 62.0, 6).1, -20.0);
        assert_eq!(Ticks::from_near_zero(5.0, 62.0, 6).1, 0.0);
        assert_eq!(Ticks::from_near_zero(-3.0, -1.0, 6).0, Ticks::new(-3.0, 0.0, 6));
    }

    #[test]
    fn a_scale_runs_from_end_to_end_and_stays_on_the_sheet() {
        let scale = Scale::new(0.0, 10.0, 100.0, 200.0);
        assert_eq!([scale.at(0.0), scale.at(2.5), scale.at(10.0)], [100.0, 125.0, 200.0]);
        assert_eq!([scale.at(-1.0), scale.at(99.0), scale.at(f64::NAN)], [100.0, 200.0, 100.0]);
        assert_eq!(Scale::new(3.0, 3.0, 0.0, 10.0).at(3.0), 5.0);
    }
}
