//! What drives a figure: a bar for each input, with the interval of the estimate.

use super::axis::{self, Ticks};
use super::canvas::{Align, Area, Canvas};
use super::format::{Language, Magnitude, Unit};
use super::heading::Heading;
use super::picture::Picture;
use super::rows::Interval;
use super::style::{AXIS, BANDS, BAR, GREY, INK, ROW, THIN, TICK};
use super::{About, Chart, extent, wrap};

/// What it is for.
pub const ABOUT: About = About {
    name: "drivers",
    shows: "how much of a figure's uncertainty comes from each input, the most first, with intervals at 95 %",
    misleads: "an input matters for as much as it was assumed to vary; what is certain but wrong does not show",
    reads: "The longer the bar, the more of the spread comes from the input; the line is the interval of the estimate.",
    written_by: "sensitivity -o",
};

/// Inputs by what they do to a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Drivers {
    /// Texts around the picture.
    pub heading: Heading,
    /// Unit of the values.
    pub unit: Unit,
    /// Inputs in the order in which they stand.
    pub rows: Vec<Driver>,
}

/// One input.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Driver {
    /// The leading measure with the ends of its interval.
    pub whole: Interval,
    /// Of it what the input does by itself: a darker bar within.
    pub alone: Option<f64>,
}

/// The most inputs that are shown.
const MOST: usize = 20;
const HEAD: f64 = 30.0;
const FOOT: f64 = 30.0;
const ROW_HEIGHT: f64 = 26.0;

impl Chart for Drivers {
    fn name(&self) -> &'static str {
        ABOUT.name
    }

    fn draw(&self, language: Language) -> Picture {
        let rows: Vec<&Driver> =
            self.rows.iter().filter(|row| row.whole.value.is_finite()).take(MOST).collect();
        let values = rows.iter().flat_map(|row| {
            let Interval { value, low, high, .. } = row.whole;
            // What an input does by itself lies within the whole but for its error.
            [low, value, high]
        });
        let Some((low, high)) = extent(values) else {
            return Canvas::new(&self.heading, 120.0, "", language).no_data();
        };
        let height = HEAD + rows.len() as f64 * ROW_HEIGHT + FOOT;
        let mut canvas = Canvas::new(&self.heading, height, "", language);
        let ticks = Ticks::new(low.min(0.0), high.max(0.0), 6);
        let magnitude = Magnitude::new(&self.unit, high.abs().max(low.abs()), language);
        let whole: Vec<f64> = rows.iter().map(|row| row.whole.value).collect();
        let decimals = magnitude.column_decimals(&whole);
        let texts: Vec<String> =
            whole.iter().map(|value| magnitude.fixed(*value, decimals)).collect();
        let widest = |texts: &mut dyn Iterator<Item = f64>| texts.fold(0.0, f64::max);
        let names = widest(&mut rows.iter().map(|row| ROW.width(&row.whole.name)));
        let plot = Area {
            left: canvas.body.left + names.clamp(60.0, 300.0) + 14.0,
            top: canvas.body.top + HEAD,
            right: canvas.body.right - widest(&mut texts.iter().map(|text| ROW.width(text))) - 18.0,
            bottom: canvas.body.top + HEAD + rows.len() as f64 * ROW_HEIGHT,
        };
        let unit = wrap::fit(&magnitude.heading(), TICK, plot.width());
        canvas.text_at_height((plot.left, canvas.body.top + 8.0), Align::Left, TICK, &unit);
        let scale = axis::horizontal(&mut canvas, plot, &ticks, &magnitude);
        let zero = scale.at(0.0);
        for (at, (row, text)) in rows.iter().zip(&texts).enumerate() {
            let y = plot.top + (at as f64 + 0.5) * ROW_HEIGHT;
            let x = scale.at(row.whole.value);
            let mut bar = |to: f64, half: f64, colour| {
                let (left, right) = (zero.min(to), zero.max(to));
                canvas.block(Area { left, right, top: y - half, bottom: y + half }, colour);
            };
            bar(x, ROW_HEIGHT * 0.36, BAR);
            if let Some(alone) = row.alone.filter(|alone| alone.is_finite()) {
                bar(scale.at(alone), ROW_HEIGHT * 0.18, BANDS[2]);
            }
            let end = |end: f64| if end.is_finite() { scale.at(end) } else { x };
            canvas.line(&[(end(row.whole.low), y), (end(row.whole.high), y)], THIN, INK);
            canvas.line(&[(x, y - ROW_HEIGHT * 0.36), (x, y + ROW_HEIGHT * 0.36)], THIN * 1.5, INK);
            let room = plot.left - 8.0 - canvas.body.left;
            let name = wrap::fit(&row.whole.name, ROW, room);
            canvas.text_at_height((plot.left - 8.0, y), Align::Right, ROW, &name);
            let value = (canvas.body.right, y);
            canvas.text_at_height(value, Align::Right, ROW.in_colour(GREY), text);
        }
        canvas.line(&[(zero, plot.top), (zero, plot.bottom)], THIN, AXIS);
        canvas.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_stand_as_given_at_most_twenty_each_with_its_value() {
        let row = |at: usize| Driver {
            whole: Interval {
                name: format!("input {at}"),
                value: 30.0 - at as f64,
                low: 0.0,
                high: 40.0,
            },
            alone: None,
        };
        let chart = Drivers {
            heading: Heading::default(),
            unit: Unit::Percent,
            rows: (0..25).map(row).collect(),
        };
        let texts = chart.draw(Language::English).texts;
        let height =
            |text: &str| texts.iter().find(|found| found.text == text).map(|found| found.y);
        assert!(height("input 0") < height("input 19") && height("input 0").is_some());
        assert_eq!(height("input 20"), None);
    }
}
