//! How much of its cost each municipality is granted.

use super::axis::Ticks;
use super::canvas::{Align, Canvas};
use super::format::{Language, Magnitude, Unit};
use super::heading::Heading;
use super::picture::Picture;
use super::rows::{self, Centre, Interval, List, Row};
use super::style::{ACCENT, BANDS, LIMIT, TICK};
use super::{About, Chart, extent};
use crate::language::Message;

/// What it is for.
pub const ABOUT: About = About {
    name: "coverage",
    shows: "the award as a share of the eligible cost of each municipality, with the range of the draws",
    misleads: "eligible cost is not the whole cost; a high share of a small cost may be less money than a low share of a large one",
    reads: "A dot is the median, the bar behind it the 5th to the 95th percentile; the dashed line is the whole cost.",
    written_by: "run",
};

/// Coverage of cost by municipality.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coverage {
    /// Texts around the picture.
    pub heading: Heading,
    /// Which middle the values are.
    pub centre: Centre,
    /// One row a municipality, in any order; award over eligible cost in per cent (100 is all of it).
    pub rows: Vec<Interval>,
}

impl Chart for Coverage {
    fn name(&self) -> &'static str {
        ABOUT.name
    }

    fn draw(&self, language: Language) -> Picture {
        let shown = rows::ranked(&self.rows);
        let items = || {
            shown.iter().filter_map(|row| if let Row::Item(item) = row { Some(item) } else { None })
        };
        let Some((low, high)) = extent(items().flat_map(|item| [item.low, item.high])) else {
            return Canvas::new(&self.heading, 120.0, "", language).no_data();
        };
        let mut canvas = Canvas::new(&self.heading, rows::body_height(shown.len()), "", language);
        let ticks = Ticks::new(low.min(0.0), high.max(100.0), 6);
        let magnitude = Magnitude::new(&Unit::Percent, high, language);
        let list = List::new(&mut canvas, &shown, &ticks, magnitude, self.centre);
        let full = list.scale.at(100.0);
        canvas.limit(&[(full, list.plot.top - 6.0), (full, list.plot.bottom)]);
        let text = Message::new("chart-full-cost").share("share", 1.0).in_language(language);
        let head = list.plot.top - 14.0;
        let (kind, align) = (TICK.in_colour(LIMIT), [Align::Centre, Align::Right, Align::Left]);
        if let Some(align) =
            align.into_iter().find(|a| canvas.has_room((full, head), *a, kind, &text, canvas.body))
        {
            canvas.text_at_height((full, head), align, kind, &text);
        }
        for (i, row) in shown.iter().enumerate() {
            let Row::Item(item) = row else { continue };
            let y = list.middle(i);
            canvas.line(
                &[(list.scale.at(item.low), y), (list.scale.at(item.high), y)],
                list.row_height * 0.32,
                BANDS[1],
            );
            canvas.rimmed_dot((list.scale.at(item.value), y), 3.5, ACCENT);
        }
        canvas.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_full_cost_is_there_however_low_the_coverage() {
        let mut coverage = super::super::samples::coverage();
        coverage.rows.truncate(2);
        for row in &mut coverage.rows {
            (row.value, row.low, row.high) = (5.0, 4.0, 6.0);
        }
        let texts = coverage.draw(Language::English).texts;
        assert!(texts.iter().any(|found| found.text == "full cost (100\u{202f}%)"));
        assert!(texts.iter().any(|found| found.text == "4.0–6.0"));
    }
}
