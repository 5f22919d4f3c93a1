//! What drives a figure: a bar for each input, with the interval of the estimate.

use super::axis::{self, Ticks};
use super::canvas::{Align, Area, Canvas};
use super::format::{Language, Magnitude, Unit};
use super::heading::Heading;
use super::picture::Picture;
use super::rows::Interval;
use super::style::{AXIS, BANDS, BAR, GREY, GROUND, INK, ROW, THIN, TICK};
use super::{About, Chart, extent, wrap};

/// What it is for.
pub const ABOUT: About = About {
    name: "drivers",
    shows: "how much of a figure's uncertainty comes from each input, the most first, with intervals at 95 %",
    misleads: "an input matters for as much as it was assumed to vary; what is certain but wrong does not show",
    reads: "The longer the bar, the more of the spread comes from the input; the line is the interval of the estimate. A pale bar cannot be told from zero; the empty one at the foot is what no input explains by itself.",
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
    /// What no input accounts for by itself, in the same unit; none where that means nothing.
    pub rest: Option<f64>,
}

/// One input.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Driver {
    /// The leading measure with the ends of its interval.
    pub whole: Interval,
    /// Of it what the input does by itself: a darker bar within.
    pub alone: Option<f64>,
    /// Whether it is told from zero; else its bar is pale.
    pub is_told: bool,
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
        let rest = self.rest.filter(|rest| rest.is_finite() && *rest > 0.0);
        let values = rows.iter().flat_map(|row| {
            let Interval { value, low, high, .. } = row.whole;
            // What an input does by itself lies within the whole but for its error.
            [low, value, high]
        });
        let Some((low, high)) = extent(values.chain(rest)) else {
            return Canvas::new(&self.heading, 120.0, "", language).no_data();
        };
        let lines = rows.len() + usize::from(rest.is_some());
        let height = HEAD + lines as f64 * ROW_HEIGHT + FOOT;
        let pale = rows.iter().any(|row| !row.is_told);
        let added = if pale { language.say("chart-drivers-pale") } else { String::new() };
        let mut canvas = Canvas::new(&self.heading, height, &added, language);
        let (ticks, begin) = Ticks::from_near_zero(low, high, 6);
        let magnitude = Magnitude::new(&self.unit, high.abs().max(low.abs()), language);
        let of_rest = rest.map(|_| language.say("chart-drivers-rest")).unwrap_or_default();
        let whole: Vec<f64> = rows.iter().map(|row| row.whole.value).chain(rest).collect();
        let decimals = magnitude.column_decimals(&whole);
        let texts: Vec<String> =
            whole.iter().map(|value| magnitude.fixed(*value, decimals)).collect();
        let widest = |texts: &mut dyn Iterator<Item = f64>| texts.fold(0.0, f64::max);
        let names = widest(&mut rows.iter().map(|row| ROW.width(&row.whole.name)));
        let names = names.max(ROW.width(&of_rest));
        let plot = Area {
            left: canvas.body.left + names.clamp(60.0, 300.0) + 14.0,
            top: canvas.body.top + HEAD,
            right: canvas.body.right - widest(&mut texts.iter().map(|text| ROW.width(text))) - 18.0,
            bottom: canvas.body.top + HEAD + lines as f64 * ROW_HEIGHT,
        };
        let unit = wrap::fit(&magnitude.heading(), TICK, plot.width());
        canvas.text_at_height((plot.left, canvas.body.top + 8.0), Align::Left, TICK, &unit);
        let scale = axis::horizontal_from(begin, &mut canvas, plot, &ticks, &magnitude);
        let zero = scale.at(0.0);
        for (at, (row, text)) in rows.iter().zip(&texts).enumerate() {
            let y = plot.top + (at as f64 + 0.5) * ROW_HEIGHT;
            let x = scale.at(row.whole.value);
            let mut bar = |to: f64, half: f64, colour| {
                let (left, right) = (zero.min(to), zero.max(to));
                canvas.block(Area { left, right, top: y - half, bottom: y + half }, colour);
            };
            bar(x, ROW_HEIGHT * 0.36, if row.is_told { BAR } else { BANDS[0] });
            if let Some(alone) = row.alone.filter(|alone| alone.is_finite() && row.is_told) {
                bar(scale.at(alone), ROW_HEIGHT * 0.18, BANDS[2]);
            }
            let end = |end: f64| if end.is_finite() { scale.at(end) } else { x };
            canvas.line(&[(end(row.whole.low), y), (end(row.whole.high), y)], THIN, INK);
            canvas.line(&[(x, y - ROW_HEIGHT * 0.36), (x, y + ROW_HEIGHT * 0.36)], THIN * 1.5, INK);
            let room = plot.left - 8.0 - canvas.body.left;
            let name = wrap::fit(&row.whole.name, ROW, room);
            let kind = if row.is_told { ROW } else { ROW.in_colour(GREY) };
            canvas.text_at_height((plot.left - 8.0, y), Align::Right, kind, &name);
            let value = (canvas.body.right, y);
            canvas.text_at_height(value, Align::Right, ROW.in_colour(GREY), text);
        }
        if let (Some(rest), Some(text)) = (rest, texts.last()) {
            let y = plot.bottom - 0.5 * ROW_HEIGHT;
            let half = ROW_HEIGHT * 0.36;
            let (left, right) = (zero, scale.at(rest));
            canvas.framed(Area { left, right, top: y - half, bottom: y + half }, GROUND, AXIS);
            let quiet = ROW.in_colour(GREY);
            let room = plot.left - 8.0 - canvas.body.left;
            let name = wrap::fit(&of_rest, quiet, room);
            canvas.text_at_height((plot.left - 8.0, y), Align::Right, quiet, &name);
            canvas.text_at_height((canvas.body.right, y), Align::Right, quiet, text);
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
            is_told: at < 5,
        };
        let chart = Drivers {
            heading: Heading::default(),
            unit: Unit::Percent,
            rows: (0..25).map(row).collect(),
            rest: Some(7.0),
        };
        let texts = chart.draw(Language::English).texts;
        let height =
            |text: &str| texts.iter().find(|found| found.text == text).map(|found| found.y);
        assert!(height("input 0") < height("input 19") && height("input 0").is_some());
        assert_eq!(height("input 20"), None);
        // What no input explains stands below all of them, and pale bars are explained.
        let rest = height("no input by itself");
        assert!(rest > height("input 19"), "{rest:?}");
        assert!(texts.iter().any(|found| found.text.starts_with("Pale: cannot be told from zero")));
    }
}
