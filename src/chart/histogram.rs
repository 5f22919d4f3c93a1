//! The distribution of one total, with the pot marked.

use super::axis::{self, Ticks};
use super::canvas::{Align, Area, Canvas};
use super::format::{Language, Magnitude, Unit, exact};
use super::heading::Heading;
use super::picture::Picture;
use super::style::{ACCENT, AXIS, BAR, GREY, LABEL, LIMIT, STRONG, THIN, TICK};
use super::{About, Chart, words};
use crate::language::Message;

/// What it is for.
pub const ABOUT: About = About {
    name: "histogram",
    shows: "how often a total takes which size, and how often it goes beyond the pot",
    misleads: "the number of bars shapes the eye's verdict; the share in words is the exact one",
    reads: "Each bar counts draws; those right of the dashed line, in the dark colour, are more than the pot holds.",
    written_by: "run",
};

/// The distribution of one year's total.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Histogram {
    /// Texts around the picture.
    pub heading: Heading,
    /// Currency (ISO code); the sums are in whole units of it.
    pub currency: String,
    /// Edges of the bars, rising, in currency; one more than `counts`. Best with the pot among them, since
    /// a bar with draws on both sides of it is grey, and of equal width: where widths differ, the height of a bar is its share of draws per the narrowest width.
    pub edges: Vec<f64>,
    /// Draws in each bar.
    pub counts: Vec<u64>,
    /// The total where every draw has the same: shown as one bar, whatever the edges.
    pub constant: Option<f64>,
    /// The pot, in currency; none if it is open-ended.
    pub pot: Option<f64>,
    /// What the pot is called; empty: the appropriation.
    pub pot_name: String,
    /// Share of the draws whose total is beyond the pot, 0 to 1, counted exactly.
    pub share_beyond: Option<f64>,
}

/// One bar: from, to, share of draws in per cent for the narrowest width.
struct Bar {
    from: f64,
    to: f64,
    height: f64,
}

impl Histogram {
    /// One bar of all draws at a total, and the sums between which it is shown. Its width means nothing,
    /// so it stands on the side of the pot on which the total is.
    fn single(total: f64, pot: Option<f64>) -> (Bar, f64, f64) {
        let (least, most) = pot.map_or((total, total), |pot| (pot.min(total), pot.max(total)));
        let span = (most - least).max(total.abs() / 10.0).max(1.0);
        let width = span / 8.0;
        let middle = total - width / 2.0;
        let from = match pot {
            Some(pot) if total <= pot => middle.min(pot - width),
            Some(pot) => middle.max(pot),
            None => middle,
        };
        let bar = Bar { from, to: from + width, height: 100.0 };
        (bar, least - span / 3.0, most + span / 3.0)
    }

    fn bars(&self) -> Vec<Bar> {
        let spans =
            || self.edges.windows(2).zip(&self.counts).map(|(edge, n)| (edge[0], edge[1], *n));
        let good =
            |(from, to, _): &(f64, f64, u64)| from.is_finite() && to.is_finite() && from < to;
        let draws = spans().filter(good).map(|(_, _, n)| n as f64).sum::<f64>();
        let narrowest =
            spans().filter(good).map(|(from, to, _)| to - from).fold(f64::INFINITY, f64::min);
        if draws <= 0.0 {
            return Vec::new();
        }
        spans()
            .filter(good)
            .map(|(from, to, n)| Bar {
                from,
                to,
                height: 100.0 * n as f64 / draws * (narrowest / (to - from)),
            })
            .collect()
    }
}

impl Chart for Histogram {
    fn name(&self) -> &'static str {
        ABOUT.name
    }

    fn draw(&self, language: Language) -> Picture {
        let share_of_draws = Message::new("chart-share-of-draws").in_language(language);
        let mut canvas = Canvas::new(&self.heading, 380.0, "", language);
        let mut bars = self.bars();
        let pot = self.pot.filter(|sum| sum.is_finite());
        let constant = self.constant.filter(|total| total.is_finite() && !bars.is_empty());
        let single = constant.map(|total| (total, Self::single(total, pot)));
        let mut ends = None;
        if let Some((_, (bar, low, high))) = single {
            bars = vec![bar];
            ends = Some((low, high));
        }
        let (Some(first), Some(last)) = (bars.first(), bars.last()) else {
            return canvas.no_data();
        };
        let (low, high) = ends.unwrap_or((
            pot.map_or(first.from, |sum| sum.min(first.from)),
            pot.map_or(last.to, |sum| sum.max(last.to)),
        ));
        let unit = Unit::Money(self.currency.clone());
        let magnitude = Magnitude::new(&unit, high.abs().max(low.abs()), language);
        let tallest = bars.iter().map(|bar| bar.height).fold(0.0, f64::max);
        let shares = Ticks::new(0.0, tallest, 5);
        let percent = Magnitude::new(&Unit::Percent, 100.0, language);

        let plot = Area {
            left: canvas.body.left + axis::tick_room(&shares, &percent),
            top: canvas.body.top + 46.0,
            right: canvas.body.right - 12.0,
            bottom: canvas.body.bottom - 40.0,
        };
        canvas.text((canvas.body.left, canvas.body.top + 6.0), Align::Left, TICK, &share_of_draws);
        let up = axis::vertical(&mut canvas, plot, &shares, &percent);
        let across = axis::Scale::new(low, high, plot.left, plot.right);
        for bar in &bars {
            let top = up.at(bar.height);
            let (left, right) = (across.at(bar.from), across.at(bar.to));
            // A white seam between bars, unless they are too narrow for it.
            let seam = if right - left > 5.0 { 0.75 } else { 0.0 };
            let block = Area { left: left + seam, right: right - seam, top, bottom: plot.bottom };
            canvas.block(
                block,
                match pot {
                    Some(pot) if bar.from >= pot => ACCENT,
                    Some(pot) if bar.to > pot => GREY,
                    _ => BAR,
                },
            );
        }
        if let (Some(total), Some(bar)) = (constant, bars.first()) {
            let middle = across.at(f64::midpoint(bar.from, bar.to));
            let (at, text) = ((middle, up.at(bar.height) - 10.0), exact(total, &unit, language));
            canvas.text_at_height(at, Align::Centre, STRONG, &text);
        }
        canvas.line(&[(plot.left, plot.bottom), (plot.right, plot.bottom)], THIN, AXIS);
        sums_across(&mut canvas, plot, across, (low, high), &magnitude);
        if let Some(sum) = pot {
            self.mark_pot(&mut canvas, plot, across.at(sum), &exact(sum, &unit, language));
        }
        canvas.finish()
    }
}

impl Histogram {
    fn mark_pot(&self, canvas: &mut Canvas, plot: Area, x: f64, sum: &str) {
        let top = canvas.body.top - 4.0;
        let name = words::pot(&self.pot_name, sum).in_language(canvas.language);
        let kind = STRONG.in_colour(LIMIT);
        let beyond =
            self.share_beyond.map(|share| words::beyond(share).in_language(canvas.language));
        let widest = kind.width(&name).max(beyond.as_ref().map_or(0.0, |text| LABEL.width(text)));
        let share_of_draws = Message::new("chart-share-of-draws").in_language(canvas.language);
        // Clear of the unit at the left, which stands on the same height.
        let clear = (x + 8.0).max(canvas.body.left + TICK.width(&share_of_draws) + 20.0);
        let above = if clear > x + 8.0 { plot.top } else { top };
        canvas.limit(&[(x, above), (x, plot.bottom)]);
        let (x, align) = if clear + widest <= canvas.body.right {
            (clear, Align::Left)
        } else {
            (x - 8.0, Align::Right)
        };
        canvas.text_at_height((x, top + 7.0), align, kind, &name);
        if let Some(text) = beyond {
            canvas.text_at_height((x, top + 24.0), align, LABEL, &text);
        }
    }
}

/// Round sums under the bars, as far as they lie between the ends.
fn sums_across(
    canvas: &mut Canvas,
    plot: Area,
    across: axis::Scale,
    ends: (f64, f64),
    magnitude: &Magnitude,
) {
    let ticks = Ticks::new(ends.0, ends.1, 10);
    let inside = |v: f64| v >= ends.0 && v <= ends.1;
    let shown: Vec<f64> = ticks.values.iter().copied().filter(|v| inside(*v)).collect();
    let shown = if shown.len() < 2 { vec![ends.0, ends.1] } else { shown };
    let y = plot.bottom + 16.0;
    let mut before = String::new();
    for value in shown {
        let x = across.at(value);
        canvas.line(&[(x, plot.bottom), (x, plot.bottom + 4.0)], THIN, AXIS);
        let text = if inside(value) && ticks.values.contains(&value) {
            magnitude.tick(value, ticks.step)
        } else {
            magnitude.value(value)
        };
        if before == text {
            continue;
        }
        before.clone_from(&text);
        if canvas.has_room(
            (x, y),
            Align::Centre,
            TICK,
            &text,
            Area { left: 0.0, right: canvas.body.right + 14.0, ..canvas.body },
        ) {
            canvas.text_at_height((x, y), Align::Centre, TICK, &text);
        }
    }
    canvas.text_at_height((plot.right, y + 17.0), Align::Right, TICK, &magnitude.heading());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wide_bar_is_as_much_lower_as_it_is_wider() {
        let histogram = Histogram {
            edges: vec![0.0, 10.0, 20.0, 50.0],
            counts: vec![20, 50, 30],
            ..Histogram::default()
        };
        // Shares 20, 50 and 30 %; the last bar is three times as wide: 30 / 3 = 10.
        let heights: Vec<f64> = histogram.bars().iter().map(|bar| bar.height).collect();
        assert!(
            heights
                .iter()
                .zip([20.0, 50.0, 10.0])
                .all(|(height, share)| (height - share).abs() < 1e-12)
        );
    }

    #[test]
    fn a_constant_total_is_one_bar_with_its_sum_on_its_side_of_the_pot() {
        let constant = |total: f64| Histogram {
            edges: vec![total - 0.01, total],
            counts: vec![9],
            currency: "EUR".to_owned(),
            constant: Some(total),
            pot: Some(500.0),
            ..Histogram::default()
        };
        for (total, beyond) in [(499.0, false), (500.0, false), (500.01, true), (9_000.0, true)] {
            let (bar, low, high) = Histogram::single(total, Some(500.0));
            assert_eq!((bar.from >= 500.0, bar.to <= 500.0), (beyond, !beyond), "{total}");
            assert!(low < bar.from && bar.to < high && bar.height == 100.0);
        }
        let texts = constant(9_000.0).draw(Language::English).texts;
        assert!(texts.iter().any(|found| found.text == "EUR\u{a0}9,000"));
    }

    #[test]
    fn no_draws_are_no_distribution() {
        assert!(
            Histogram { edges: vec![0.0, 1.0], counts: vec![0], ..Histogram::default() }
                .bars()
                .is_empty()
        );
    }

    #[test]
    fn the_share_beyond_the_pot_is_said_in_words() {
        let texts = super::super::samples::histogram().draw(Language::English).texts;
        assert!(texts.iter().any(|found| found.text == "6 of 100 draws lie beyond it"));
    }
}
