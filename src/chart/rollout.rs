//! The roll-out: planned, simulated, observed.

use super::axis::{self, Scale, Ticks};
use super::bands::{self, EndLabel, Quantiles};
use super::canvas::{Align, Area, Canvas, Spot};
use super::format::{Language, Magnitude, Unit};
use super::heading::Heading;
use super::picture::Picture;
use super::style::{AXIS, GRID, HAIRLINE, INK, LABEL, LIMIT, STRONG, THIN, TICK};
use super::{About, Chart, extent, words};
use crate::language::Message;

/// What it is for.
pub const ABOUT: About = About {
    name: "rollout",
    shows: "how many points are open by when: as planned, as simulated, as observed",
    misleads: "an observation within the band does not prove the model; the plan is a promise, not a median",
    reads: "The dashed steps are the plan, the line the median draw, dots what was counted; shades as in a fan.",
    written_by: "run",
};

/// Points open over time. Times are years with a fraction: 2023.5 is the middle of 2023.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rollout {
    /// Texts around the picture.
    pub heading: Heading,
    /// What is counted, as it follows a number (`points`).
    pub counted: String,
    /// The plan: from this time on so many; in any order.
    pub planned: Vec<(f64, f64)>,
    /// The draws at quarter or year ends; in any order.
    pub simulated: Vec<(f64, Quantiles)>,
    /// What was found.
    pub observed: Vec<Observed>,
}

/// An observation.
#[derive(Clone, Debug, PartialEq)]
pub struct Observed {
    /// When, in years.
    pub time: f64,
    /// The day as shown, `1 June 2023`.
    pub date: String,
    /// How many.
    pub value: f64,
}

impl Rollout {
    /// The plan as steps up to the last time of the picture.
    fn plan(&self, last: f64) -> Vec<(f64, f64)> {
        let mut steps: Vec<(f64, f64)> =
            self.planned.iter().filter(|(t, v)| t.is_finite() && v.is_finite()).copied().collect();
        steps.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut corners: Vec<(f64, f64)> = Vec::new();
        for (time, value) in steps {
            if let Some(&(_, before)) = corners.last() {
                corners.push((time, before));
            }
            corners.push((time, value));
        }
        if let Some(&(_, value)) = corners.last() {
            corners.push((last, value));
        }
        corners
    }
}

impl Chart for Rollout {
    fn name(&self) -> &'static str {
        ABOUT.name
    }

    fn draw(&self, language: Language) -> Picture {
        let mut canvas = Canvas::new(
            &self.heading,
            400.0,
            &Message::new("chart-bands").in_language(language),
            language,
        );
        let mut simulated: Vec<(f64, Quantiles)> = self
            .simulated
            .iter()
            .filter(|(t, q)| t.is_finite() && q.is_finite())
            .copied()
            .collect();
        simulated.sort_by(|a, b| a.0.total_cmp(&b.0));
        let observed: Vec<&Observed> =
            self.observed.iter().filter(|o| o.time.is_finite() && o.value.is_finite()).collect();
        let plan = self.plan(f64::NAN);
        let times = plan
            .iter()
            .map(|p| p.0)
            .chain(simulated.iter().map(|s| s.0))
            .chain(observed.iter().map(|o| o.time));
        let values = plan
            .iter()
            .map(|p| p.1)
            .chain(simulated.iter().flat_map(|s| s.1.values()))
            .chain(observed.iter().map(|o| o.value));
        let (Some((first, last)), Some((low, high))) = (extent(times), extent(values)) else {
            return canvas.no_data();
        };
        let (first, last) = if first < last { (first, last) } else { (first - 0.5, last + 0.5) };
        let plan = self.plan(last);
        let unit = Unit::Count(self.counted.clone());
        let magnitude = Magnitude::new(&unit, high.abs().max(low.abs()), language);
        let ticks = Ticks::of(&unit, low.min(0.0), high.max(0.0), 7);

        let mut labels = Vec::new();
        if let Some((_, end)) = simulated.last() {
            labels.push((end.p95, LABEL, words::percentile(95.0).in_language(language)));
            labels.push((
                end.p50,
                STRONG,
                Message::new("chart-simulated-at")
                    .name("value", &magnitude.value(end.p50))
                    .in_language(language),
            ));
            labels.push((end.p05, LABEL, words::percentile(5.0).in_language(language)));
        }
        if let Some((_, end)) = plan.last() {
            labels.push((
                *end,
                STRONG.in_colour(LIMIT),
                Message::new("chart-planned-at")
                    .name("value", &magnitude.value(*end))
                    .in_language(language),
            ));
        }
        let mut labels: Vec<EndLabel> =
            labels.into_iter().map(|(y, kind, text)| EndLabel { y, kind, text }).collect();
        let plot = Area {
            left: canvas.body.left + axis::tick_room(&ticks, &magnitude),
            top: canvas.body.top + 24.0,
            right: canvas.body.right - bands::end_room(&labels),
            bottom: canvas.body.bottom - 24.0,
        };
        canvas.text(
            (canvas.body.left, canvas.body.top + 6.0),
            Align::Left,
            TICK,
            &magnitude.heading(),
        );
        let up = axis::vertical(&mut canvas, plot, &ticks, &magnitude);
        let across = Scale::new(first, last, plot.left, plot.right);
        let points: Vec<(f64, Quantiles)> = match simulated.as_slice() {
            [(time, only)] => [-6.0, 6.0].map(|side| (across.at(*time) + side, *only)).to_vec(),
            all => all.iter().map(|(time, q)| (across.at(*time), *q)).collect(),
        };
        bands::draw(&mut canvas, &points, up);
        years_across(&mut canvas, plot, across, (first, last));
        let steps: Vec<Spot> =
            plan.iter().map(|(time, value)| (across.at(*time), up.at(*value))).collect();
        canvas.limit_rim(&steps);
        bands::median(&mut canvas, &points, up);
        canvas.limit_dashes(&steps);
        for label in &mut labels {
            label.y = up.at(label.y);
        }
        bands::end_labels(&mut canvas, plot, &labels);
        for found in &observed {
            canvas.rimmed_dot((across.at(found.time), up.at(found.value)), 4.0, INK);
        }
        for found in observed {
            let at = (across.at(found.time), up.at(found.value));
            let text = Message::new("chart-observed-at")
                .name("value", &magnitude.value(found.value))
                .name("date", &found.date)
                .in_language(language);
            let taken = |room: Area| touches(&points, up, room) || crosses(&steps, room);
            name(&mut canvas, plot, at, &text, taken);
        }
        canvas.finish()
    }
}

/// Whether the bands lie somewhere in a room.
fn touches(points: &[(f64, Quantiles)], up: Scale, room: Area) -> bool {
    points.windows(2).any(|pair| {
        let ((from, a), (to, b)) = (pair[0], pair[1]);
        let (left, right) = (from.max(room.left), to.min(room.right));
        // The bands between two times are straight: each edge is nearest to the room at one of its sides.
        let edges = |x: f64| {
            let share = if to > from { (x - from) / (to - from) } else { 0.0 };
            let between = |a: f64, b: f64| up.at(a) + (up.at(b) - up.at(a)) * share;
            (between(a.p95, b.p95), between(a.p05, b.p05))
        };
        let (one, other) = (edges(left), edges(right));
        left <= right && one.0.min(other.0) <= room.bottom && one.1.max(other.1) >= room.top
    })
}

/// Whether a line of level and upright steps lies somewhere in a room.
fn crosses(steps: &[Spot], room: Area) -> bool {
    steps.windows(2).any(|pair| {
        let (a, b) = (pair[0], pair[1]);
        a.0.min(b.0) <= room.right
            && a.0.max(b.0) >= room.left
            && a.1.min(b.1) <= room.bottom
            && a.1.max(b.1) >= room.top
    })
}

/// Sets the label of an observation near its dot: clear of what is drawn, else where there is room.
fn name(canvas: &mut Canvas, plot: Area, at: Spot, text: &str, taken: impl Fn(Area) -> bool) {
    let half = STRONG.size * 0.6;
    let width = STRONG.width(text) + 3.0;
    let far = |clear: bool| [0.0, 16.0, 32.0, 48.0, 64.0, 80.0, 96.0].map(|far| (clear, far));
    for (clear, far) in far(true).into_iter().chain(far(false)) {
        let places = [
            ((at.0 + 10.0, at.1 + 14.0 + far), Align::Left),
            ((at.0 - 10.0, at.1 - 14.0 - far), Align::Right),
            ((at.0 + 10.0, at.1 - 14.0 - far), Align::Left),
            ((at.0 - 10.0, at.1 + 14.0 + far), Align::Right),
        ];
        for (place, align) in places {
            let left = if align == Align::Left { place.0 - 3.0 } else { place.0 - width };
            let (top, bottom) = (place.1 - half, place.1 + half);
            let room = Area { left, right: left + width + 3.0, top, bottom };
            if canvas.has_room(place, align, STRONG, text, plot) && !(clear && taken(room)) {
                canvas.line(&[at, (place.0, place.1)], HAIRLINE, AXIS);
                canvas.text_at_height(place, align, STRONG, text);
                return;
            }
        }
    }
}

/// A light line at the start of each year, its number in the middle of the year.
fn years_across(canvas: &mut Canvas, plot: Area, across: Scale, ends: (f64, f64)) {
    const MOST_YEARS: f64 = 400.0;
    let (first, last) = (ends.0.floor(), ends.1.ceil());
    if last - first > MOST_YEARS {
        return;
    }
    let years = (last - first) as usize;
    let texts: Vec<String> = (0..years).map(|i| format!("{}", first + i as f64)).collect();
    let width = plot.width() / (ends.1 - ends.0);
    let every = axis::spread(&texts, width);
    for (i, text) in texts.iter().enumerate() {
        let year = first + i as f64;
        let (from, to) = (across.at(year), across.at(year + 1.0));
        if year > ends.0 {
            canvas.line(&[(from, plot.top), (from, plot.bottom)], HAIRLINE, GRID);
            canvas.line(&[(from, plot.bottom), (from, plot.bottom + 5.0)], THIN, AXIS);
        }
        if i % every == 0 && to - from >= TICK.width(text) {
            canvas.text_at_height(
                (f64::midpoint(from, to), plot.bottom + 15.0),
                Align::Centre,
                TICK,
                text,
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plan_holds_from_one_date_to_the_next() {
        let rollout = Rollout { planned: vec![(2023.0, 5.0), (2022.0, 2.0)], ..Rollout::default() };
        assert_eq!(
            rollout.plan(2024.0),
            [(2022.0, 2.0), (2023.0, 2.0), (2023.0, 5.0), (2024.0, 5.0)]
        );
        assert!(Rollout::default().plan(2024.0).is_empty());
    }

    #[test]
    fn every_observation_has_its_date_and_number() {
        let texts = super::super::samples::rollout().draw(Language::English).texts;
        for label in ["observed 102, 1 July 2022", "observed 166, 1 June 2023"] {
            assert!(texts.iter().any(|found| found.text == label));
        }
    }
}
