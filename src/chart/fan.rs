//! Claims of each year against the appropriation.

use super::axis::{self, Ticks};
use super::bands::{self, EndLabel, Quantiles};
use super::canvas::{Align, Area, Canvas, Spot};
use super::format::{Language, Magnitude, Unit, exact};
use super::heading::Heading;
use super::picture::Picture;
use super::style::{LABEL, LIMIT, STRONG, TICK};
use super::{About, Chart, extent, words};
use crate::language::Message;

/// What it is for.
pub const ABOUT: About = About {
    name: "fan",
    shows: "the range of what is due in each year, and the appropriation",
    misleads: "the range holds only what was declared uncertain; a straight line between two years is not a forecast within the year",
    reads: "The darkest shade holds the middle half of the draws, the lightest nine of ten; the dashed line is the pot. Where it crosses a shade, that share of the draws lies beyond it.",
    written_by: "run",
};

/// Claims over the years, with the pot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fan {
    /// Texts around the picture.
    pub heading: Heading,
    /// What the pot is called; empty: the appropriation.
    pub pot_name: String,
    /// Currency (ISO code); the sums are in whole units of it.
    pub currency: String,
    /// The years, in any order.
    pub years: Vec<FanYear>,
}

/// One year of a fan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FanYear {
    /// Calendar year.
    pub year: i32,
    /// Claims over the draws, in currency.
    pub claims: Quantiles,
    /// The pot of the year, in currency; none if it is open-ended.
    pub pot: Option<f64>,
}

impl Chart for Fan {
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
        let mut years: Vec<FanYear> =
            self.years.iter().filter(|y| y.claims.is_finite()).copied().collect();
        years.sort_by_key(|year| year.year);
        years.dedup_by_key(|year| year.year);
        let pot = |year: &FanYear| year.pot.filter(|sum| sum.is_finite());
        let sums = years.iter().flat_map(|y| y.claims.values().into_iter().chain(pot(y)));
        let (Some((low, high)), Some(last)) = (extent(sums), years.last()) else {
            return canvas.no_data();
        };
        let ticks = Ticks::new(low.min(0.0), high.max(0.0), 7);
        let unit = Unit::Money(self.currency.clone());
        let magnitude = Magnitude::new(&unit, high.abs().max(low.abs()), language);

        let mut labels = vec![
            (last.claims.p95, LABEL, words::percentile(95.0).in_language(language)),
            (
                last.claims.p50,
                STRONG,
                Message::new("chart-median-at")
                    .name("value", &magnitude.label(last.claims.p50))
                    .in_language(language),
            ),
            (last.claims.p05, LABEL, words::percentile(5.0).in_language(language)),
        ];
        if let Some(sum) = pot(last) {
            labels.push((
                sum,
                STRONG.in_colour(LIMIT),
                words::pot(&self.pot_name, &exact(sum, &unit, language)).in_language(language),
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
        let scale = axis::vertical(&mut canvas, plot, &ticks, &magnitude);
        let across = years_across(&mut canvas, plot, &years);
        let middle = |year: i32| across.at(f64::from(year));
        let points: Vec<(f64, Quantiles)> = match years.as_slice() {
            [only] => vec![(plot.left, only.claims), (plot.right, only.claims)],
            all => all.iter().map(|y| (middle(y.year), y.claims)).collect(),
        };
        bands::draw(&mut canvas, &points, scale);
        // Rims of the limit, then the median, then the dashes: where both coincide both show.
        let mut limits: Vec<Vec<Spot>> = Vec::new();
        for run in years.chunk_by(|a, b| pot(a).is_some() && pot(b).is_some()) {
            let mut steps: Vec<Spot> = Vec::new();
            for year in run {
                if let Some(sum) = pot(year) {
                    let half = |side: f64| across.at(f64::from(year.year) + side);
                    steps.extend([(half(-0.5), scale.at(sum)), (half(0.5), scale.at(sum))]);
                }
            }
            limits.push(steps);
        }
        for steps in &limits {
            canvas.limit_rim(steps);
        }
        bands::median(&mut canvas, &points, scale);
        for steps in &limits {
            canvas.limit_dashes(steps);
        }
        for label in &mut labels {
            label.y = scale.at(label.y);
        }
        bands::end_labels(&mut canvas, plot, &labels);
        canvas.finish()
    }
}

/// Sets the years under the plot: the first at its left edge and the last at its right.
fn years_across(canvas: &mut Canvas, plot: Area, years: &[FanYear]) -> axis::Scale {
    let ends = (years.first().map_or(0, |y| y.year), years.last().map_or(0, |y| y.year));
    let half = if ends.0 == ends.1 { 0.5 } else { 0.0 };
    let across =
        axis::Scale::new(f64::from(ends.0) - half, f64::from(ends.1) + half, plot.left, plot.right);
    let texts: Vec<String> = years.iter().map(|y| y.year.to_string()).collect();
    let span = (f64::from(ends.1) - f64::from(ends.0)).max(1.0);
    let every = axis::spread(&texts, plot.width() / span) as i64;
    for (year, text) in years.iter().zip(&texts) {
        if (i64::from(ends.1) - i64::from(year.year)) % every == 0 {
            canvas.text_at_height(
                (across.at(f64::from(year.year)), plot.bottom + 15.0),
                Align::Centre,
                TICK,
                text,
            );
        }
    }
    across
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_ended_year_breaks_the_line_of_the_pot() {
        let mut fan = super::super::samples::fan();
        let dashes = |fan: &Fan| fan.draw(Language::English).svg.matches("#B0420A").count();
        let whole = dashes(&fan);
        fan.years[2].pot = None;
        let broken = dashes(&fan);
        assert!(broken > 0 && broken < whole);
        for year in &mut fan.years {
            year.pot = None;
        }
        assert_eq!(dashes(&fan), 0);
    }

    #[test]
    fn a_pot_that_is_not_the_appropriation_has_its_own_name() {
        let mut fan = super::super::samples::fan();
        fan.pot_name = "available".to_owned();
        let texts = fan.draw(Language::English).texts;
        assert!(texts.iter().any(|found| found.text == "available EUR\u{a0}680,000"));
    }

    #[test]
    fn the_end_of_each_line_is_named() {
        let texts = super::super::samples::fan().draw(Language::English).texts;
        for label in [
            "95th percentile",
            "median EUR\u{a0}765\u{a0}thousand",
            "5th percentile",
            "appropriation EUR\u{a0}680,000",
        ] {
            assert!(texts.iter().any(|found| found.text == label), "{label}");
        }
    }
}
