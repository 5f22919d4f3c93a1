//! What each alternative would be regretted: on average, in one future of ten, and at the most.

use super::axis::{self, Ticks};
use super::canvas::{Align, Area, Canvas};
use super::format::{Language, Magnitude, Unit};
use super::heading::Heading;
use super::picture::Picture;
use super::style::{ACCENT, AXIS, BAR, GREY, INK, ROW, THIN, TICK};
use super::{About, Chart, extent, wrap};
use crate::language::Message;

/// What it is for.
pub const ABOUT: About = About {
    name: "regret",
    shows: "by how much each alternative falls behind the best of each future: mean, 90th percentile, most",
    misleads: "regret is measured against the alternatives shown; another one among them changes all rows, and more draws find a greater most",
    reads: "The bar is the mean by which an alternative falls behind the best of each draw, the line reaches to the 90th percentile, the dot is the most.",
    written_by: "regret -o",
};

/// Alternatives by regret.
#[derive(Clone, Debug, PartialEq)]
pub struct Regret {
    /// Texts around the picture.
    pub heading: Heading,
    /// Unit of the values.
    pub unit: Unit,
    /// Alternatives in the order in which they stand.
    pub rows: Vec<Regretted>,
}

/// One alternative.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Regretted {
    /// What it is called.
    pub name: String,
    /// Mean regret.
    pub mean: f64,
    /// The 90th percentile.
    pub p90: f64,
    /// The most.
    pub maximum: f64,
    /// Whether it is named among the best.
    pub is_best: bool,
}

/// The most alternatives that are shown.
const MOST: usize = 24;
const HEAD: f64 = 30.0;
const FOOT: f64 = 30.0;
const ROW_HEIGHT: f64 = 26.0;

impl Chart for Regret {
    fn name(&self) -> &'static str {
        ABOUT.name
    }

    fn draw(&self, language: Language) -> Picture {
        let mean = Message::new("chart-mean").in_language(language);
        let rows: Vec<&Regretted> =
            self.rows.iter().filter(|row| row.mean.is_finite()).take(MOST).collect();
        let values = rows.iter().flat_map(|row| [row.mean, row.p90, row.maximum]);
        let Some((low, high)) = extent(values) else {
            return Canvas::new(&self.heading, 120.0, "", language).no_data();
        };
        let height = HEAD + rows.len() as f64 * ROW_HEIGHT + FOOT;
        let mut canvas = Canvas::new(
            &self.heading,
            height,
            &Message::new("chart-regret-marks").in_language(language),
            language,
        );
        let ticks = Ticks::new(low.min(0.0), high.max(0.0), 6);
        let magnitude = Magnitude::new(&self.unit, high.abs().max(low.abs()), language);
        let means: Vec<f64> = rows.iter().map(|row| row.mean).collect();
        let decimals = magnitude.column_decimals(&means);
        let texts: Vec<String> =
            means.iter().map(|value| magnitude.fixed(*value, decimals)).collect();
        let widest = |texts: &mut dyn Iterator<Item = f64>| texts.fold(0.0, f64::max);
        let kind = |row: &Regretted| super::style::Type { bold: row.is_best, ..ROW };
        let names = widest(&mut rows.iter().map(|row| kind(row).width(&row.name)));
        let values = widest(&mut texts.iter().map(|text| ROW.width(text)));
        let plot = Area {
            left: canvas.body.left + names.clamp(60.0, 300.0) + 14.0,
            top: canvas.body.top + HEAD,
            right: canvas.body.right - values.max(TICK.width(&mean)) - 18.0,
            bottom: canvas.body.top + HEAD + rows.len() as f64 * ROW_HEIGHT,
        };
        let unit = wrap::fit(&magnitude.heading(), TICK, plot.width());
        let y = canvas.body.top + 8.0;
        canvas.text_at_height((plot.left, y), Align::Left, TICK, &unit);
        canvas.text_at_height((canvas.body.right, y), Align::Right, TICK, &mean);
        let scale = axis::horizontal(&mut canvas, plot, &ticks, &magnitude);
        let zero = scale.at(0.0);
        for (at, (row, text)) in rows.iter().zip(&texts).enumerate() {
            let y = plot.top + (at as f64 + 0.5) * ROW_HEIGHT;
            let x = scale.at(row.mean);
            let half = ROW_HEIGHT * 0.32;
            let bar =
                Area { left: zero.min(x), right: zero.max(x), top: y - half, bottom: y + half };
            canvas.block(bar, BAR);
            if row.p90.is_finite() {
                canvas.line(&[(x, y), (scale.at(row.p90), y)], THIN * 1.5, INK);
                let end = scale.at(row.p90);
                canvas.line(&[(end, y - 5.0), (end, y + 5.0)], THIN * 1.5, INK);
            }
            if row.maximum.is_finite() {
                canvas.rimmed_dot((scale.at(row.maximum), y), 4.0, ACCENT);
            }
            let room = plot.left - 8.0 - canvas.body.left;
            let name = wrap::fit(&row.name, kind(row), room);
            canvas.text_at_height((plot.left - 8.0, y), Align::Right, kind(row), &name);
            let value = (canvas.body.right, y);
            canvas.text_at_height(value, Align::Right, ROW.in_colour(GREY), text);
        }
        canvas.line(&[(zero, plot.top), (zero, plot.bottom)], THIN, AXIS);
        canvas.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::regret;
    use super::*;

    #[test]
    fn every_row_has_a_bar_a_dot_and_its_mean() {
        let chart = regret();
        let picture = chart.draw(Language::English);
        for row in &chart.rows {
            assert!(picture.texts.iter().any(|text| text.text == row.name), "{}", row.name);
        }
        // A rimmed dot is two circles.
        assert_eq!(picture.svg.matches("<circle").count(), 2 * chart.rows.len());
    }
}
