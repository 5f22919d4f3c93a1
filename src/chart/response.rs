//! A measure along the values of a lever, and where it meets a target.

use super::axis::{self, Ticks};
use super::bands::{self, EndLabel};
use super::canvas::{Align, Area, Canvas, Spot};
use super::format::{Language, Magnitude, Unit, exact};
use super::heading::Heading;
use super::picture::Picture;
use super::style::{ACCENT, BANDS, HAIRLINE, LABEL, LIMIT, STRONG, THICK, TICK};
use super::{About, Chart, extent};
use crate::language::Message;

/// What it is for.
pub const ABOUT: About = About {
    name: "response",
    shows: "a measure along the values of a lever, the target, and where it is met",
    misleads: "the band is what the number of draws leaves open, not the range of futures; between two values that were tried the line is a guess",
    reads: "The line is the measure along the lever, the dashed line the target; where they cross, the answer with what the draws leave open of it.",
    written_by: "solve -o",
};

/// A measure along a lever.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Response {
    /// Texts around the picture.
    pub heading: Heading,
    /// What the lever is called.
    pub lever: String,
    /// What it is counted in.
    pub lever_unit: Option<Unit>,
    /// What the measure is counted in.
    pub unit: Option<Unit>,
    /// Values that were tried, in any order.
    pub points: Vec<ResponsePoint>,
    /// The target.
    pub target: f64,
    /// Where it is met, with what the draws leave open of that.
    pub solution: Option<Solved>,
}

/// The measure at one value of the lever.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ResponsePoint {
    /// The value.
    pub value: f64,
    /// The estimate.
    pub estimate: f64,
    /// The ends of its interval; not a number where the draws leave it open.
    pub interval: (f64, f64),
}

/// The border of a target.
#[derive(Clone, Debug, PartialEq)]
pub struct Solved {
    /// The value of the lever.
    pub value: f64,
    /// The values between which it lies; not a number where it may lie beyond the range.
    pub interval: (f64, f64),
    /// As it is told.
    pub label: String,
}

impl Chart for Response {
    fn name(&self) -> &'static str {
        ABOUT.name
    }

    fn draw(&self, language: Language) -> Picture {
        let mut added = language.say("chart-response-shades");
        if self.solution.is_some() {
            added = format!("{added}. {}", language.say("chart-response-border"));
        }
        let mut canvas = Canvas::new(&self.heading, 400.0, &added, language);
        let mut points: Vec<ResponsePoint> = self.points.clone();
        points.retain(|point| point.value.is_finite() && point.estimate.is_finite());
        points.sort_by(|a, b| a.value.total_cmp(&b.value));
        points.dedup_by(|a, b| a.value == b.value);
        let heights = points.iter().flat_map(|p| [p.estimate, p.interval.0, p.interval.1]);
        let solved = self.solution.iter().map(|solved| solved.value);
        let (Some((left, right)), Some((low, high)), Some(last)) = (
            extent(points.iter().map(|point| point.value).chain(solved)),
            extent(heights.chain([self.target])),
            points.last().copied(),
        ) else {
            return canvas.no_data();
        };
        let unit = self.unit.clone().unwrap_or(Unit::Other(String::new()));
        let ticks = Ticks::new(low.min(0.0), high.max(0.0), 7);
        let magnitude = Magnitude::new(&unit, high.abs().max(low.abs()), language);
        let mut labels = vec![EndLabel {
            y: last.estimate,
            kind: LABEL,
            text: exact(last.estimate, &unit, language),
        }];
        if self.target.is_finite() {
            let text = Message::new("chart-target-at")
                .name("value", &exact(self.target, &unit, language))
                .in_language(language);
            labels.push(EndLabel { y: self.target, kind: STRONG.in_colour(LIMIT), text });
        }
        let plot = Area {
            left: canvas.body.left + axis::tick_room(&ticks, &magnitude),
            top: canvas.body.top + 30.0,
            right: canvas.body.right - bands::end_room(&labels),
            bottom: canvas.body.bottom - 44.0,
        };
        let corner = (canvas.body.left, canvas.body.top + 6.0);
        canvas.text(corner, Align::Left, TICK, &magnitude.heading());
        let scale = axis::vertical(&mut canvas, plot, &ticks, &magnitude);
        let along = self.lever_unit.clone().unwrap_or(Unit::Other(String::new()));
        let along = Magnitude::new(&along, left.abs().max(right.abs()), language);
        let across = axis::horizontal(&mut canvas, plot, &Ticks::new(left, right, 8), &along);
        let counted = along.heading();
        let comma = if counted.is_empty() { "" } else { ", " };
        let lever = format!("{}{comma}{counted}", self.lever);
        let lever = super::wrap::at_most(&lever, TICK, plot.width(), 1);
        let below = (f64::midpoint(plot.left, plot.right), plot.bottom + 36.0);
        canvas.text(below, Align::Centre, TICK, lever.first().map_or("", String::as_str));

        // Beneath everything the lever's own interval, then the band, the line and the target.
        if let Some(solved) = &self.solution {
            let end =
                |value: f64, open: f64| if value.is_finite() { across.at(value) } else { open };
            let area = Area {
                left: end(solved.interval.0, plot.left),
                right: end(solved.interval.1, plot.right),
                ..plot
            };
            if area.width() > 0.0 {
                canvas.block(area, BANDS[0]);
            }
        }
        let end =
            |value: f64, estimate: f64| scale.at(if value.is_finite() { value } else { estimate });
        let spot = |point: &ResponsePoint| (across.at(point.value), scale.at(point.estimate));
        let upper = points.iter().map(|p| (across.at(p.value), end(p.interval.1, p.estimate)));
        let lower = points.iter().map(|p| (across.at(p.value), end(p.interval.0, p.estimate)));
        let ring: Vec<Spot> = upper.chain(lower.rev()).collect();
        canvas.fill(ring, BANDS[1]);
        let line: Vec<Spot> = points.iter().map(spot).collect();
        canvas.line(&line, THICK, ACCENT);
        for point in &line {
            canvas.dot(*point, 3.0, ACCENT);
        }
        if self.target.is_finite() {
            let y = scale.at(self.target);
            canvas.limit(&[(plot.left, y), (plot.right, y)]);
        }
        if let Some(solved) = self.solution.as_ref().filter(|solved| solved.value.is_finite()) {
            let (x, y) = (across.at(solved.value), scale.at(self.target));
            canvas.line(&[(x, plot.top - 8.0), (x, plot.bottom)], HAIRLINE, LIMIT);
            if self.target.is_finite() {
                canvas.rimmed_dot((x, y), 5.0, LIMIT);
            }
            let kind = STRONG.in_colour(LIMIT);
            let texts = super::wrap::at_most(&solved.label, kind, plot.width() - 80.0, 1);
            let text = texts.first().map_or("", String::as_str);
            let half = kind.width(text) / 2.0;
            let head = canvas.body.left + TICK.width(&magnitude.heading()) + 12.0;
            let at = x.min(canvas.body.right - half).max(head + half);
            canvas.text((at, plot.top - 14.0), Align::Centre, kind, text);
        }
        for label in &mut labels {
            label.y = scale.at(label.y);
        }
        bands::end_labels(&mut canvas, plot, &labels);
        canvas.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::response;
    use super::*;

    #[test]
    fn target_and_solution_are_named() {
        let texts = response().draw(Language::English).texts;
        for label in ["target 5.0\u{202f}%", "met up to 171.2 EUR/month"] {
            let found = texts.iter().any(|found| found.text == label);
            assert!(found, "{label}: {:?}", texts.iter().map(|t| &t.text).collect::<Vec<_>>());
        }
    }

    #[test]
    fn without_a_solution_only_the_target_is_drawn() {
        let with = response();
        let without = Response { solution: None, ..response() };
        let marks = |chart: &Response| chart.draw(Language::English).svg.matches("<circle").count();
        // A rimmed dot is two circles.
        assert_eq!(marks(&with), marks(&without) + 2);
    }
}
