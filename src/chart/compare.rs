//! Policies side by side: one panel a measure, one row a policy.

use super::axis::{Scale, Ticks};
use super::canvas::{Align, Area, Canvas};
use super::format::{Language, Magnitude, Unit};
use super::heading::Heading;
use super::picture::Picture;
use super::style::{
    ACCENT, AXIS, BANDS, GREY, GRID, HAIRLINE, INK, LABEL, STRONG, THIN, TICK, Type,
};
use super::{About, Chart, extent, wrap};
use crate::language::Message;

/// What it is for.
pub const ABOUT: About = About {
    name: "compare",
    shows: "a few measures of each policy on the same draws, with the range of the draws",
    misleads: "ranges of two policies overlap because both face the same futures; the paired difference is the test, not the overlap",
    reads: "A column of dots is one measure, a row one policy; each measure has its own axis, the dashed line is the baseline.",
    written_by: "run, compare -o",
};

/// Policies by measures.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Compare {
    /// Texts around the picture.
    pub heading: Heading,
    /// The policies' names, from the top.
    pub policies: Vec<String>,
    /// Which of them is the baseline.
    pub baseline: Option<usize>,
    /// One panel each.
    pub measures: Vec<Measure>,
}

/// One measure of every policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: Unit,
    /// Whether more is better, if that is beyond dispute.
    pub more_is_better: Option<bool>,
    /// One value a policy in their order, with its range; none if the policy has none.
    pub values: Vec<Option<Dot>>,
}

/// A value with the range of the draws.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dot {
    /// Median or mean, in the unit of the measure.
    pub value: f64,
    /// 5th percentile (the value itself if nothing is uncertain).
    pub low: f64,
    /// 95th percentile.
    pub high: f64,
}

const ROW: f64 = 46.0;
const PANEL_HEAD: f64 = 58.0;
const PANEL_FOOT: f64 = 40.0;
const NAMES: f64 = 170.0;
const GAP: f64 = 26.0;
/// The narrowest panel.
const NARROWEST: f64 = 120.0;

impl Chart for Compare {
    fn name(&self) -> &'static str {
        ABOUT.name
    }

    fn draw(&self, language: Language) -> Picture {
        let some = |m: &&Measure| {
            m.values.iter().take(self.policies.len()).flatten().any(|dot| dot.value.is_finite())
        };
        let measures: Vec<&Measure> = self.measures.iter().filter(some).collect();
        if measures.is_empty() {
            return Canvas::new(&self.heading, 120.0, "", language).no_data();
        }
        let room = super::canvas::WIDTH - 48.0 - NAMES;
        let most = ((room / (NARROWEST + GAP)) as usize).max(1);
        let lines = measures.len().div_ceil(most);
        let columns = measures.len().div_ceil(lines);
        let width = (room / columns as f64 - GAP).min(300.0);
        // Each line of a head beyond the second needs room above all panels.
        let heads = measures.iter().map(|measure| head(measure, width - 4.0).len());
        let panel_head = PANEL_HEAD + 15.0 * heads.max().unwrap_or(0).saturating_sub(2) as f64;
        let rows = self.policies.len() as f64 * self.row();
        let height = panel_head + rows + PANEL_FOOT;
        let mut canvas = Canvas::new(&self.heading, height * lines as f64, "", language);
        for (line, chunk) in measures.chunks(columns).enumerate() {
            let top = canvas.body.top + line as f64 * height + panel_head;
            self.names(&mut canvas, top);
            for (i, measure) in chunk.iter().enumerate() {
                let left = canvas.body.left + NAMES + GAP + i as f64 * (width + GAP);
                let bottom = top + rows;
                self.panel(
                    &mut canvas,
                    measure,
                    Area { left, top, right: left + width - 4.0, bottom },
                );
            }
        }
        canvas.finish()
    }
}

/// The name of a measure over a panel of a width, in at most five lines.
fn head(measure: &Measure, width: f64) -> Vec<String> {
    wrap::at_most(&measure.name, STRONG, width + 10.0, 5)
}

/// The name of a policy beside its row.
fn name(policy: &str, kind: Type) -> Vec<String> {
    wrap::at_most(policy, kind, NAMES, 3)
}

impl Compare {
    /// The height of a row: that of the most lines beside one, or more.
    fn row(&self) -> f64 {
        let lines = self.policies.iter().enumerate().map(|(i, policy)| {
            let is_baseline = self.baseline == Some(i);
            let kind = if is_baseline { STRONG } else { LABEL };
            name(policy, kind).len() + usize::from(is_baseline)
        });
        ROW.max(15.0 * lines.max().unwrap_or(0) as f64 + 8.0)
    }

    fn names(&self, canvas: &mut Canvas, top: f64) {
        let row = self.row();
        for (i, policy) in self.policies.iter().enumerate() {
            let is_baseline = self.baseline == Some(i);
            let kind = if is_baseline { STRONG } else { LABEL };
            let mut lines: Vec<_> =
                name(policy, kind).into_iter().map(|line| (kind, line)).collect();
            if is_baseline {
                lines.push((TICK, Message::new("chart-baseline").in_language(canvas.language)));
            }
            let middle = top + (i as f64 + 0.5) * row;
            let first = middle - 7.5 * (lines.len().saturating_sub(1)) as f64;
            for (j, (kind, line)) in lines.iter().enumerate() {
                canvas.text_at_height(
                    (canvas.body.left, first + 15.0 * j as f64),
                    Align::Left,
                    *kind,
                    line,
                );
            }
        }
    }

    fn panel(&self, canvas: &mut Canvas, measure: &Measure, plot: Area) {
        let dots: Vec<Option<Dot>> = measure
            .values
            .iter()
            .take(self.policies.len())
            .map(|dot| {
                dot.filter(|d| d.value.is_finite()).map(|d| Dot {
                    value: d.value,
                    low: if d.low.is_finite() { d.low.min(d.value) } else { d.value },
                    high: if d.high.is_finite() { d.high.max(d.value) } else { d.value },
                })
            })
            .collect();
        let Some((low, high)) = extent(dots.iter().flatten().flat_map(|d| [d.low, d.high])) else {
            return;
        };
        let ticks = Ticks::of(&measure.unit, low.min(0.0), high.max(0.0), 4);
        let magnitude = Magnitude::new(&measure.unit, high.abs().max(low.abs()), canvas.language);
        let head = head(measure, plot.width());
        let first = plot.top - 22.0 - 15.0 * head.len() as f64;
        for (i, line) in head.iter().enumerate() {
            canvas.text_at_height((plot.left, first + 15.0 * i as f64), Align::Left, STRONG, line);
        }
        let unit = wrap::fit(&magnitude.heading(), TICK, plot.width() + 10.0);
        canvas.text_at_height((plot.left, plot.top - 20.0), Align::Left, TICK, &unit);

        let scale = Scale::new(ticks.low(), ticks.high(), plot.left, plot.right);
        axis(canvas, plot, scale, &ticks, &magnitude);
        if let Some(better) = measure.more_is_better {
            let better = if better {
                Message::new("chart-more-is-better")
            } else {
                Message::new("chart-less-is-better")
            };
            let text = better.in_language(canvas.language);
            let x = f64::midpoint(plot.left, plot.right);
            canvas.text_at_height(
                (x, plot.bottom + 28.0),
                Align::Centre,
                TICK,
                &wrap::fit(&text, TICK, plot.width() + 20.0),
            );
        }
        if let Some(base) = self.baseline.and_then(|i| dots.get(i).copied().flatten()) {
            let x = scale.at(base.value);
            canvas.dashes(&[(x, plot.top), (x, plot.bottom)], THIN, AXIS);
        }
        let row = self.row();
        for (i, dot) in dots.iter().enumerate() {
            let y = plot.top + (i as f64 + 0.5) * row + 6.0;
            let Some(dot) = dot else {
                let none = Message::new("chart-none").in_language(canvas.language);
                canvas.text_at_height((plot.left + 4.0, y), Align::Left, TICK, &none);
                continue;
            };
            let x = scale.at(dot.value);
            canvas.line(&[(scale.at(dot.low), y), (scale.at(dot.high), y)], 5.0, BANDS[1]);
            canvas.rimmed_dot((x, y), 4.5, if self.baseline == Some(i) { GREY } else { ACCENT });
            let text = magnitude.value(dot.value);
            let half = LABEL.width(&text) / 2.0;
            let x = x.min(plot.right + 6.0 - half).max(plot.left - 6.0 + half);
            canvas.text_on_patch((x, y - 15.0), Align::Centre, LABEL.in_colour(INK), &text);
        }
    }
}

/// Light lines down the panel and numbers at its ends and at zero, as far as they fit.
fn axis(canvas: &mut Canvas, plot: Area, scale: Scale, ticks: &Ticks, magnitude: &Magnitude) {
    for value in &ticks.values {
        let (weight, colour) = if *value == 0.0 { (THIN, AXIS) } else { (HAIRLINE, GRID) };
        canvas.line(
            &[(scale.at(*value), plot.top), (scale.at(*value), plot.bottom)],
            weight,
            colour,
        );
    }
    let room = Area {
        left: plot.left - 14.0,
        right: plot.right + 14.0,
        top: plot.bottom,
        bottom: plot.bottom + PANEL_FOOT,
    };
    let ends = [ticks.low(), ticks.high(), 0.0];
    for value in ends.iter().chain(&ticks.values) {
        let (at, text) =
            ((scale.at(*value), plot.bottom + 12.0), magnitude.tick(*value, ticks.step));
        // A little wider than the number, so that two of them do not read as one.
        if canvas.has_room(
            at,
            Align::Centre,
            TICK,
            &format!("0{text}0"),
            Area { left: 0.0, right: super::canvas::WIDTH, ..room },
        ) && canvas.has_room(
            at,
            Align::Centre,
            TICK,
            &text,
            Area { left: room.left - 10.0, right: room.right + 10.0, ..room },
        ) {
            canvas.text_at_height(at, Align::Centre, TICK, &text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_without_a_value_says_none_and_a_measure_without_any_has_no_panel() {
        let mut compare = super::super::samples::compare();
        compare.measures[0].values[2] = None;
        compare.measures[1].values = vec![None; 4];
        let texts = compare.draw(Language::English).texts;
        assert_eq!(texts.iter().filter(|found| found.text == "none").count(), 1);
        assert!(!texts.iter().any(|found| found.text == "Coverage of cost"));
    }
}
