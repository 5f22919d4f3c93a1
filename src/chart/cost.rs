//! Who bears the cost of each year: the state and the municipalities, one over the other.

use super::axis::{self, Ticks};
use super::bands::{self, EndLabel};
use super::canvas::{Align, Area, Canvas};
use super::format::{Language, Magnitude, Unit};
use super::heading::Heading;
use super::picture::Picture;
use super::style::{ACCENT, BAR, Colour, GROUND, INK, LABEL, LIMIT, MEDIUM, STRONG, TICK};
use super::{About, Chart, columns, extent};
use crate::language::Message;

/// What it is for.
pub const ABOUT: About = About {
    name: "cost",
    shows: "what the eligible cost of each year is, and what of it the state grants and municipalities bear themselves",
    misleads: "only eligible cost of what has a programme: what municipalities spend beyond it is in no column; the parts are means, and only the state's has its range drawn",
    reads: "The dark part is granted by the state, the light part borne by municipalities; the line on the dark part is the range of the draws.",
    written_by: "run (charts/ only)",
};

/// Who bears the cost, by year.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cost {
    /// Texts around the picture.
    pub heading: Heading,
    /// Currency (ISO code); the sums are in whole units of it.
    pub currency: String,
    /// The years in their order.
    pub years: Vec<CostYear>,
}

/// The cost of a year.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CostYear {
    /// Calendar year.
    pub year: i32,
    /// What is granted, mean over the draws.
    pub state: f64,
    /// 5th and 95th percentile of it.
    pub range: (f64, f64),
    /// What municipalities bear, mean over the draws; below zero where more is granted than it costs.
    pub own: f64,
}

impl CostYear {
    /// Heights from which to which the two parts reach; what is more than the cost hangs below zero.
    fn parts(&self) -> [(f64, f64); 2] {
        if self.own < 0.0 {
            [(0.0, self.state), (0.0, self.own)]
        } else {
            [(0.0, self.state), (self.state, self.state + self.own)]
        }
    }

    fn ends(&self) -> [f64; 2] {
        let end = |end: f64| if end.is_finite() { end } else { self.state };
        [end(self.range.0).min(self.state), end(self.range.1).max(self.state)]
    }
}

impl Chart for Cost {
    fn name(&self) -> &'static str {
        ABOUT.name
    }

    fn draw(&self, language: Language) -> Picture {
        let years = columns::shown(&self.years, |year| year.state + year.own);
        let reach = years.iter().flat_map(|year| {
            let [state, own] = year.parts();
            [state.0, state.1, own.1].into_iter().chain(year.ends())
        });
        let (Some((low, high)), Some(last)) = (extent(reach), years.last()) else {
            return Canvas::new(&self.heading, 120.0, "", language).no_data();
        };
        let added = Message::new("chart-cost-marks").in_language(language);
        let mut canvas = Canvas::new(&self.heading, 400.0, &added, language);
        let (low, high) = (low.min(0.0), high.max(0.0));
        let ticks = Ticks::new(low, high + 0.06 * (high - low), 7);
        let unit = Unit::Money(self.currency.clone());
        let magnitude = Magnitude::new(&unit, high.abs().max(low.abs()), language);
        let [state, own] = last.parts();
        let named = |message: Message, kind, (from, to): (f64, f64), value: f64| EndLabel {
            y: f64::midpoint(from, to),
            kind,
            text: message.name("sum", &magnitude.label(value)).in_language(language),
        };
        let mut labels = vec![
            named(Message::new("chart-cost-state"), STRONG.in_colour(ACCENT), state, last.state),
            named(Message::new("chart-cost-own"), STRONG, own, last.own),
        ];
        let plot = Area {
            left: canvas.body.left + axis::tick_room(&ticks, &magnitude),
            top: canvas.body.top + 24.0,
            right: canvas.body.right - bands::end_room(&labels),
            bottom: canvas.body.bottom - 26.0,
        };
        let corner = (canvas.body.left, canvas.body.top + 6.0);
        canvas.text(corner, Align::Left, TICK, &magnitude.heading());
        let up = axis::vertical(&mut canvas, plot, &ticks, &magnitude);
        let names: Vec<String> = years.iter().map(|year| year.year.to_string()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let slots = columns::across(&mut canvas, plot, &names);
        for (year, slot) in years.iter().zip(&slots) {
            let colours: [Colour; 2] = [ACCENT, BAR];
            for ((from, to), colour) in year.parts().into_iter().zip(colours) {
                canvas.block(slot.bar(up.at(from), up.at(to)), colour);
            }
            let [low, high] = year.ends().map(|end| up.at(end));
            for (weight, colour) in [(MEDIUM + 2.0, GROUND), (MEDIUM, LIMIT)] {
                canvas.line(&[(slot.middle, low), (slot.middle, high)], weight, colour);
            }
            let share = 100.0 * year.state / (year.state + year.own);
            let text = Magnitude::whole(&Unit::Percent, language).label(share.round());
            let (top, bottom) = (up.at(year.state.max(0.0)), up.at(0.0));
            let is_share =
                (0.0..=100.0).contains(&share) && slot.half * 2.0 > LABEL.width(&text) + 8.0;
            // Beside the whisker, in the part of the state where it is high enough.
            if is_share && bottom - top > 2.0 * LABEL.size + (low - top).max(0.0) {
                let at = (slot.middle, bottom - LABEL.size);
                canvas.text_at_height(at, Align::Centre, LABEL.in_colour(GROUND), &text);
            }
        }
        canvas.line(&[(plot.left, up.at(0.0)), (plot.right, up.at(0.0))], MEDIUM, INK);
        for label in &mut labels {
            label.y = up.at(label.y);
        }
        bands::end_labels(&mut canvas, plot, &labels);
        canvas.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_granted_beyond_the_cost_hangs_below_zero() {
        let year = CostYear { year: 2025, state: 120.0, range: (100.0, 140.0), own: -20.0 };
        assert_eq!(year.parts(), [(0.0, 120.0), (0.0, -20.0)]);
        // 80 of the state and 20 of their own are 100.
        let year = CostYear { state: 80.0, own: 20.0, ..year };
        assert_eq!(year.parts(), [(0.0, 80.0), (80.0, 100.0)]);
    }

    #[test]
    fn the_parts_of_the_last_year_are_named() {
        let texts = super::super::samples::cost().draw(Language::English).texts;
        for text in
            ["the state EUR\u{a0}2.80\u{a0}million", "municipalities EUR\u{a0}4.20\u{a0}million"]
        {
            assert!(texts.iter().any(|found| found.text == text), "{text}: {texts:?}");
        }
    }
}
