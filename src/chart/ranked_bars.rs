//! Awards by municipality, the highest first, with intervals.

use super::axis::Ticks;
use super::canvas::{Area, Canvas};
use super::format::{Language, Magnitude, Unit};
use super::heading::Heading;
use super::picture::Picture;
use super::rows::{self, Centre, Interval, List, Row};
use super::style::{AXIS, BAR, INK, THIN};
use super::{About, Chart, extent};

/// What it is for.
pub const ABOUT: About = About {
    name: "ranked_bars",
    shows: "a sum for each municipality, the highest first, with the range of the draws",
    misleads: "ranks of neighbours whose ranges overlap mean little; large municipalities lead by size alone",
    reads: "A bar ends at the median (or mean, as the head of the column says), the line over it is the 5th to the 95th percentile. Of more than sixty rows the top and the bottom are shown.",
    written_by: "run, compare -o",
};

/// Sums by name, ranked.
#[derive(Clone, Debug, PartialEq)]
pub struct RankedBars {
    /// Texts around the picture.
    pub heading: Heading,
    /// Unit of the values.
    pub unit: Unit,
    /// Which middle the values are.
    pub centre: Centre,
    /// Whether the rows stay as they are given, instead of the highest first.
    pub in_order: bool,
    /// One row a name.
    pub rows: Vec<Interval>,
}

impl Chart for RankedBars {
    fn name(&self) -> &'static str {
        ABOUT.name
    }

    fn draw(&self, language: Language) -> Picture {
        let shown = if self.in_order { rows::given(&self.rows) } else { rows::ranked(&self.rows) };
        let items = || {
            shown.iter().filter_map(|row| if let Row::Item(item) = row { Some(item) } else { None })
        };
        let values = items().flat_map(|item| [item.low, item.value, item.high]);
        let Some((low, high)) = extent(values) else {
            return Canvas::new(&self.heading, 120.0, "", language).no_data();
        };
        let mut canvas = Canvas::new(&self.heading, rows::body_height(shown.len()), "", language);
        let ticks = Ticks::of(&self.unit, low.min(0.0), high.max(0.0), 6);
        let magnitude = Magnitude::new(&self.unit, high.abs().max(low.abs()), language);
        let list = List::new(&mut canvas, &shown, &ticks, magnitude, self.centre);
        let zero = list.scale.at(0.0);
        for (i, row) in shown.iter().enumerate() {
            let Row::Item(item) = row else { continue };
            let (y, x) = (list.middle(i), list.scale.at(item.value));
            let half = list.row_height * 0.34;
            canvas.block(
                Area { left: zero.min(x), right: zero.max(x), top: y - half, bottom: y + half },
                BAR,
            );
            canvas.line(&[(list.scale.at(item.low), y), (list.scale.at(item.high), y)], THIN, INK);
            canvas.line(&[(x, y - half), (x, y + half)], THIN * 1.5, INK);
        }
        canvas.line(&[(zero, list.plot.top), (zero, list.plot.bottom)], THIN, AXIS);
        canvas.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_from_the_highest_to_the_lowest_with_their_values() {
        let row = |name: &str, value: f64| Interval {
            name: name.to_owned(),
            value,
            low: value - 1.0,
            high: value + 1.0,
        };
        let chart = RankedBars {
            heading: Heading::default(),
            unit: Unit::Money("EUR".to_owned()),
            centre: Centre::Mean,
            in_order: false,
            rows: vec![row("Rīga", 100.0), row("Valka", 287.0), row("Cēsis", 100.0)],
        };
        let texts = chart.draw(Language::English).texts;
        let height =
            |text: &str| texts.iter().find(|found| found.text == text).map(|found| found.y);
        assert!(
            height("Valka") < height("Cēsis")
                && height("Cēsis") < height("Rīga")
                && height("Valka").is_some()
        );
        assert_eq!(height("287"), height("Valka"));
        assert_eq!(height("286–288"), height("Valka"));
    }
}
