//! How many points wait for their investment, by year.

use super::axis::{self, Ticks};
use super::canvas::{Align, Area, Canvas};
use super::columns;
use super::format::{Language, Magnitude, Unit};
use super::heading::Heading;
use super::picture::Picture;
use super::rows::Interval;
use super::style::{BAR, INK, MEDIUM, STRONG, TICK};
use super::{About, Chart, extent};
use crate::language::Message;

/// What it is for.
pub const ABOUT: About = About {
    name: "queue",
    shows: "how many points have asked for their investment and wait for it, by year",
    misleads: "who waits in two years stands in both columns; a short queue may mean that few have asked",
    reads: "A bar is the median of a year, its line reaches from the 5th to the 95th percentile.",
    written_by: "run (charts/ only)",
};

/// Points that wait, by year.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Queue {
    /// Texts around the picture.
    pub heading: Heading,
    /// What is counted, as it follows a number (`points`).
    pub counted: String,
    /// The years, named as shown: median and 5th and 95th percentile.
    pub years: Vec<Interval>,
}

impl Chart for Queue {
    fn name(&self) -> &'static str {
        ABOUT.name
    }

    fn draw(&self, language: Language) -> Picture {
        let years: Vec<&Interval> = columns::shown(&self.years, |year| year.value);
        let whisker = |year: &Interval| {
            let end = |end: f64| if end.is_finite() { end } else { year.value };
            (end(year.low).min(year.value), end(year.high).max(year.value))
        };
        let ends = extent(years.iter().flat_map(|year| {
            let (low, high) = whisker(year);
            [low, high]
        }));
        let Some((low, high)) = ends else {
            return Canvas::new(&self.heading, 120.0, "", language).no_data();
        };
        let added = Message::new("chart-queue-marks").in_language(language);
        let mut canvas = Canvas::new(&self.heading, 380.0, &added, language);
        let unit = Unit::Count(self.counted.clone());
        let magnitude = Magnitude::new(&unit, high.abs().max(low.abs()), language);
        // Room for the number over the highest whisker.
        let (low, high) = (low.min(0.0), high.max(0.0));
        let ticks = Ticks::of(&unit, low, high + 0.1 * (high - low), 7);
        let plot = Area {
            left: canvas.body.left + axis::tick_room(&ticks, &magnitude),
            top: canvas.body.top + 24.0,
            right: canvas.body.right,
            bottom: canvas.body.bottom - 26.0,
        };
        let corner = (canvas.body.left, canvas.body.top + 6.0);
        canvas.text(corner, Align::Left, TICK, &magnitude.heading());
        let up = axis::vertical(&mut canvas, plot, &ticks, &magnitude);
        let names: Vec<&str> = years.iter().map(|year| year.name.as_str()).collect();
        let slots = columns::across(&mut canvas, plot, &names);
        for (year, slot) in years.iter().zip(&slots) {
            canvas.block(slot.bar(up.at(0.0), up.at(year.value)), BAR);
            let (low, high) = whisker(year);
            let (low, high) = (up.at(low), up.at(high));
            canvas.line(&[(slot.middle, low), (slot.middle, high)], MEDIUM, INK);
            let half = slot.half.min(5.0);
            for end in [low, high] {
                let ends = [(slot.middle - half, end), (slot.middle + half, end)];
                canvas.line(&ends, MEDIUM, INK);
            }
            let text = magnitude.value(year.value);
            if STRONG.width(&text) <= slot.width - 4.0 {
                let top = high.min(up.at(year.value)).min(up.at(0.0));
                canvas.text_on_patch((slot.middle, top - 11.0), Align::Centre, STRONG, &text);
            }
        }
        canvas.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_year_bears_its_median() {
        let texts = super::super::samples::queue().draw(Language::English).texts;
        for text in ["2022", "2027", "38", "0"] {
            assert!(texts.iter().any(|found| found.text == text), "{text}: {texts:?}");
        }
    }
}
