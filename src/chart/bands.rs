//! Bands of quantiles along a line, and labels at its end; used by the charts over time.

use super::axis::Scale;
use super::canvas::{Align, Area, Canvas, Spot};
use super::labels;
use super::style::{ACCENT, AXIS, BANDS, HAIRLINE, THICK, Type};

/// Quantiles of one quantity over the draws, in its unit.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Quantiles {
    /// 5th percentile.
    pub p05: f64,
    /// 10th percentile.
    pub p10: f64,
    /// 25th percentile.
    pub p25: f64,
    /// Median.
    pub p50: f64,
    /// 75th percentile.
    pub p75: f64,
    /// 90th percentile.
    pub p90: f64,
    /// 95th percentile.
    pub p95: f64,
}

impl Quantiles {
    /// From the lowest to the highest.
    pub(super) fn values(&self) -> [f64; 7] {
        [self.p05, self.p10, self.p25, self.p50, self.p75, self.p90, self.p95]
    }

    pub(super) fn is_finite(&self) -> bool {
        self.values().iter().all(|v| v.is_finite())
    }
}

/// Draws the three bands; `points` hold the place across, in points, and the quantiles there.
pub(super) fn draw(canvas: &mut Canvas, points: &[(f64, Quantiles)], scale: Scale) {
    for (band, colour) in BANDS.into_iter().enumerate() {
        let edge = |rank: usize| points.iter().map(move |(x, q)| (*x, scale.at(q.values()[rank])));
        let ring: Vec<Spot> = edge(6 - band).chain(edge(band).rev()).collect();
        canvas.fill(ring, colour);
    }
}

/// Draws the median over the bands.
pub(super) fn median(canvas: &mut Canvas, points: &[(f64, Quantiles)], scale: Scale) {
    let median: Vec<Spot> = points.iter().map(|(x, q)| (*x, scale.at(q.p50))).collect();
    canvas.line(&median, THICK, ACCENT);
}

/// A label at the end of a line.
pub(super) struct EndLabel {
    /// Height of the line's end, in points.
    pub y: f64,
    pub kind: Type,
    pub text: String,
}

/// Room for labels and their leaders at the right.
pub(super) fn end_room(labels: &[EndLabel]) -> f64 {
    labels.iter().map(|label| label.kind.width(&label.text)).fold(0.0, f64::max) + 20.0
}

/// Sets the labels at the right of the plot, apart from each other, joined to their lines.
pub(super) fn end_labels(canvas: &mut Canvas, plot: Area, end_labels: &[EndLabel]) {
    let wanted: Vec<f64> = end_labels.iter().map(|label| label.y).collect();
    let places = labels::apart(&wanted, 15.0, plot.top, plot.bottom);
    for (label, y) in end_labels.iter().zip(places) {
        canvas.line(&[(plot.right + 2.0, label.y), (plot.right + 12.0, y)], HAIRLINE, AXIS);
        canvas.text_at_height((plot.right + 16.0, y), Align::Left, label.kind, &label.text);
    }
}
