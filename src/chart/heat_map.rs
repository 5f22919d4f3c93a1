//! A figure of every municipality in every year.

use super::canvas::{Align, Area, Canvas};
use super::format::{Language, Magnitude, Unit};
use super::heading::Heading;
use super::map_classes;
use super::picture::Picture;
use super::style::{GROUND, INK, MISSING, ROW, TICK, class_colour};
use super::{About, Chart, wrap};

/// What it is for.
pub const ABOUT: About = About {
    name: "heat-map",
    shows: "a figure of every municipality in every year, darker where there is more of it",
    misleads: "classes hide differences within them and exaggerate those at their borders; medians only, their ranges are in the tables",
    reads: "A row is a municipality, a column a year, darker is more; the number in a cell is its median.",
    written_by: "run (charts/ only)",
};

/// Municipalities by year.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeatMap {
    /// Texts around the picture.
    pub heading: Heading,
    /// Unit of the values.
    pub unit: Option<Unit>,
    /// Names of the columns.
    pub years: Vec<String>,
    /// Name of each row and its value in each year; what is no number is left blank.
    pub rows: Vec<(String, Vec<f64>)>,
}

/// The most rows and years that are shown: the rows with the highest last values.
const MOST: usize = 120;
const MOST_YEARS: usize = 15;
/// From so many rows on they stand in two blocks.
const TWO_BLOCKS: usize = 30;
const HEIGHT: f64 = 17.0;
const HEAD: f64 = 52.0;

impl HeatMap {
    /// The rows to show, the highest value of the last year first.
    fn ranked(&self) -> Vec<(&str, Vec<f64>)> {
        let years = self.years.len().min(MOST_YEARS);
        let some = |values: &[f64]| values.iter().any(|value| value.is_finite());
        let mut rows: Vec<(&str, Vec<f64>)> = self
            .rows
            .iter()
            .map(|(name, values)| {
                let last = self.years.len() - years;
                let value = |year| values.get(last + year).copied().unwrap_or(f64::NAN);
                (name.as_str(), (0..years).map(value).collect::<Vec<f64>>())
            })
            .filter(|(_, values)| some(values))
            .collect();
        let last = |values: &[f64]| {
            let finite = values.iter().rev().find(|value| value.is_finite());
            finite.copied().unwrap_or(f64::NEG_INFINITY)
        };
        rows.sort_by(|a, b| last(&b.1).total_cmp(&last(&a.1)).then_with(|| a.0.cmp(b.0)));
        rows.truncate(MOST);
        rows
    }
}

impl Chart for HeatMap {
    fn name(&self) -> &'static str {
        ABOUT.name
    }

    fn draw(&self, language: Language) -> Picture {
        let rows = self.ranked();
        let values: Vec<f64> =
            rows.iter().flat_map(|row| &row.1).copied().filter(|value| value.is_finite()).collect();
        if values.is_empty() {
            return Canvas::new(&self.heading, 120.0, "", language).no_data();
        }
        let blocks = if rows.len() > TWO_BLOCKS { 2 } else { 1 };
        let of_block = rows.len().div_ceil(blocks);
        let height = HEAD + of_block as f64 * HEIGHT + 4.0;
        let mut canvas = Canvas::new(&self.heading, height, "", language);
        let breaks = map_classes::breaks(&values);
        let largest = values.iter().map(|value| value.abs()).fold(0.0, f64::max);
        let unit = self.unit.clone().unwrap_or(Unit::Other(String::new()));
        let magnitude = Magnitude::new(&unit, largest, language);
        legend(&mut canvas, &breaks, &magnitude);
        let width = (canvas.body.width() - 24.0 * (blocks as f64 - 1.0)) / blocks as f64;
        let years = &self.years[self.years.len() - self.years.len().min(MOST_YEARS)..];
        for (block, rows) in rows.chunks(of_block).enumerate() {
            let left = canvas.body.left + block as f64 * (width + 24.0);
            let top = canvas.body.top + HEAD;
            let names = rows.iter().map(|row| ROW.width(row.0)).fold(40.0, f64::max);
            let names = names.min(width * 0.45);
            let cell = (width - names - 10.0) / years.len() as f64;
            let cells = left + names + 10.0;
            for (at, year) in years.iter().enumerate() {
                let text = wrap::fit(year, TICK, cell - 2.0);
                let middle = cells + (at as f64 + 0.5) * cell;
                canvas.text_at_height((middle, top - 10.0), Align::Centre, TICK, &text);
            }
            for (row, (name, values)) in rows.iter().enumerate() {
                let y = top + row as f64 * HEIGHT;
                let middle = y + HEIGHT / 2.0;
                let name = wrap::fit(name, ROW, names);
                canvas.text_at_height((cells - 6.0, middle), Align::Right, ROW, &name);
                for (at, value) in values.iter().enumerate() {
                    let left = cells + at as f64 * cell;
                    let area = Area {
                        left: left + 0.5,
                        right: left + cell - 0.5,
                        top: y + 0.5,
                        bottom: y + HEIGHT - 0.5,
                    };
                    let class = map_classes::class(*value, &breaks);
                    let classes = breaks.len().saturating_sub(1);
                    let colour = class.map_or(MISSING, |class| class_colour(class, classes));
                    canvas.block(area, colour);
                    let text = magnitude.value(*value);
                    if value.is_finite() && ROW.width(&text) <= cell - 4.0 {
                        let ink = if colour.lightness() < 0.55 { GROUND } else { INK };
                        let at = (left + cell / 2.0, middle);
                        canvas.text_at_height(at, Align::Centre, ROW.in_colour(ink), &text);
                    }
                }
            }
        }
        canvas.finish()
    }
}

/// A strip of the classes with their borders below it, as far as these have room.
fn legend(canvas: &mut Canvas, breaks: &[f64], magnitude: &Magnitude) {
    const SWATCH: f64 = 58.0;
    let classes = breaks.len().saturating_sub(1);
    let (top, right) = (canvas.body.top - 6.0, canvas.body.right);
    let left = right - SWATCH * classes as f64 - 20.0;
    let unit = wrap::fit(&magnitude.heading(), TICK, left - 8.0 - canvas.body.left);
    canvas.text_at_height((left - 8.0, top + 6.0), Align::Right, TICK, &unit);
    for class in 0..classes {
        let from = left + SWATCH * class as f64;
        let area = Area { left: from, right: from + SWATCH, top, bottom: top + 10.0 };
        canvas.block(area, class_colour(class, classes));
    }
    let same = breaks.windows(2).all(|pair| pair[0] >= pair[1]);
    let borders = if same { &breaks[..breaks.len().min(1)] } else { breaks };
    for (at, border) in borders.iter().enumerate() {
        let text = magnitude.tick(*border, *border);
        let spot = (left + SWATCH * at as f64, top + 19.0);
        let room = Area { top: 0.0, bottom: spot.1 + 20.0, ..canvas.body };
        if canvas.has_room(spot, Align::Centre, TICK, &text, room) {
            canvas.text_at_height(spot, Align::Centre, TICK, &text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_by_their_last_value_and_what_never_has_one_is_left_out() {
        let row = |name: &str, values: [f64; 2]| (name.to_owned(), values.to_vec());
        let chart = HeatMap {
            years: vec!["2022".to_owned(), "2023".to_owned()],
            rows: vec![
                row("never", [f64::NAN, f64::NAN]),
                row("less", [9.0, 1.0]),
                row("more", [0.0, 2.0]),
                row("before", [1.5, f64::NAN]),
            ],
            ..HeatMap::default()
        };
        let names: Vec<&str> = chart.ranked().iter().map(|row| row.0).collect();
        assert_eq!(names, ["more", "before", "less"]);
    }
}
