//! What becomes of a pot.

use super::axis::{self, Ticks};
use super::canvas::{Align, Area, Canvas};
use super::columns::Slot;
use super::format::{Language, Magnitude, Unit, number};
use super::heading::Heading;
use super::picture::Picture;
use super::style::{ACCENT, AXIS, BANDS, BAR, GREY, LABEL, LIMIT, STRONG, THIN, TICK};
use super::{About, Chart, extent, wrap};
use crate::language::Message;

/// What it is for.
pub const ABOUT: About = About {
    name: "waterfall",
    shows: "from the appropriation down through what is spent on what to what is left",
    misleads: "parts are means over the draws: in a single draw they may be far from these; the order of the steps is a choice",
    reads: "From the left: the appropriation, what each use takes from it, what is left.",
    written_by: "run",
};

/// A pot and its uses.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Waterfall {
    /// Texts around the picture.
    pub heading: Heading,
    /// Currency (ISO code); the sums are in whole units of it.
    pub currency: String,
    /// The pot.
    pub appropriation: f64,
    /// Uses in their order: name and sum taken out of the pot (a negative sum is added to it).
    /// What remains is unspent; below zero it is lacking.
    pub uses: Vec<(String, f64)>,
}

struct Column {
    name: String,
    from: f64,
    to: f64,
    sum: f64,
    colour: super::style::Colour,
}

impl Waterfall {
    fn columns(&self, language: Language) -> Vec<Column> {
        let mut columns = vec![Column {
            name: Message::new("chart-appropriation").in_language(language),
            from: 0.0,
            to: self.appropriation,
            sum: self.appropriation,
            colour: ACCENT,
        }];
        let mut left = self.appropriation;
        for (name, sum) in self.uses.iter().filter(|(_, sum)| sum.is_finite()) {
            columns.push(Column {
                name: name.clone(),
                from: left,
                to: left - sum,
                sum: *sum,
                colour: BAR,
            });
            left -= sum;
        }
        let (name, colour) = if left < 0.0 {
            (Message::new("chart-lacking"), LIMIT)
        } else {
            (Message::new("chart-unspent"), BANDS[0])
        };
        columns.push(Column {
            name: name.in_language(language),
            from: 0.0,
            to: left,
            sum: left.abs(),
            colour,
        });
        columns
    }
}

impl Chart for Waterfall {
    fn name(&self) -> &'static str {
        ABOUT.name
    }

    fn draw(&self, language: Language) -> Picture {
        let mut canvas = Canvas::new(&self.heading, 400.0, "", language);
        let columns = self.columns(language);
        let ends = extent(columns.iter().flat_map(|c| [c.from, c.to]));
        let (Some((low, high)), true) = (ends, self.appropriation.is_finite()) else {
            return canvas.no_data();
        };
        let (low, high) = (low.min(0.0), high.max(0.0));
        // Room for the sum and the share over the highest column.
        let ticks = Ticks::new(low, high + 0.14 * (high - low), 7);
        let slot_about = (canvas.body.width() - 70.0) / columns.len() as f64 - 6.0;
        let magnitude =
            magnitude(&Unit::Money(self.currency.clone()), &columns, slot_about, language);
        let names: Vec<Vec<String>> =
            columns.iter().map(|c| wrap::at_most(&c.name, LABEL, slot_about - 2.0, 3)).collect();
        let lines = names.iter().map(Vec::len).max().unwrap_or(1);
        let plot = Area {
            left: canvas.body.left + axis::tick_room(&ticks, &magnitude),
            top: canvas.body.top + 24.0,
            right: canvas.body.right,
            bottom: canvas.body.bottom - 12.0 - 15.0 * lines as f64,
        };
        canvas.text(
            (canvas.body.left, canvas.body.top + 6.0),
            Align::Left,
            TICK,
            &magnitude.heading(),
        );
        let up = axis::vertical(&mut canvas, plot, &ticks, &magnitude);
        let slot = plot.width() / columns.len() as f64;
        for (i, column) in columns.iter().enumerate() {
            let middle = plot.left + (i as f64 + 0.5) * slot;
            let half = (slot * 0.3).min(60.0);
            let (from, to) = (up.at(column.from), up.at(column.to));
            let slot_of = Slot { middle, half, width: slot };
            let bar = slot_of.bar(from, to);
            canvas.framed(bar, column.colour, AXIS);
            if i + 2 < columns.len() || (i + 2 == columns.len() && column.to >= 0.0) {
                canvas.line(&[(bar.right, to), (middle + slot - half, to)], THIN, AXIS);
            }
            self.label(&mut canvas, column, &magnitude, (middle, bar.top), slot - 6.0);
            for (line, text) in names.get(i).into_iter().flatten().enumerate() {
                canvas.text_at_height(
                    (middle, plot.bottom + 16.0 + 15.0 * line as f64),
                    Align::Centre,
                    LABEL,
                    text,
                );
            }
        }
        canvas.finish()
    }
}

impl Waterfall {
    /// The sum, and its share of the pot, over the column.
    fn label(
        &self,
        canvas: &mut Canvas,
        column: &Column,
        magnitude: &Magnitude,
        at: (f64, f64),
        room: f64,
    ) {
        let share = column.sum / self.appropriation * 100.0;
        let share = format!(
            "{}\u{202f}%",
            number(share, usize::from(share.abs() < 9.95 && share != 0.0), canvas.language)
        );
        let sum = magnitude.value(column.sum);
        // A number that does not fit is left out: a part of a number is another number.
        if STRONG.width(&sum) <= room {
            canvas.text_on_patch((at.0, at.1 - 28.0), Align::Centre, STRONG, &sum);
        }
        if self.appropriation > 0.0 && TICK.width(&share) <= room {
            canvas.text_on_patch((at.0, at.1 - 12.0), Align::Centre, TICK.in_colour(GREY), &share);
        }
    }
}

/// Whole units of the currency, so that the sums add up to the reader's eye; thousands or millions
/// where whole sums do not fit over their columns.
fn magnitude(unit: &Unit, columns: &[Column], room: f64, language: Language) -> Magnitude {
    let whole = Magnitude::whole(unit, language);
    if columns
        .iter()
        .all(|column| column.sum.abs() < 1e9 && STRONG.width(&whole.value(column.sum)) <= room)
    {
        return whole;
    }
    Magnitude::new(
        unit,
        columns.iter().map(|column| column.sum.abs()).fold(0.0, f64::max),
        language,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pot(appropriation: f64, uses: &[f64]) -> Vec<(String, f64)> {
        let uses = uses.iter().map(|sum| ("use".to_owned(), *sum)).collect();
        let waterfall =
            Waterfall { currency: "EUR".to_owned(), appropriation, uses, ..Waterfall::default() };
        waterfall
            .columns(Language::English)
            .into_iter()
            .map(|column| (column.name, column.sum))
            .collect()
    }

    #[test]
    fn what_remains_of_the_pot_is_unspent() {
        // 100 - 30 - 50 = 20.
        assert_eq!(pot(100.0, &[30.0, 50.0]).last(), Some(&("unspent".to_owned(), 20.0)));
        assert_eq!(pot(100.0, &[]).last(), Some(&("unspent".to_owned(), 100.0)));
    }

    #[test]
    fn uses_beyond_the_pot_are_lacking() {
        // 100 - 30 - 80 = -10.
        assert_eq!(pot(100.0, &[30.0, 80.0]).last(), Some(&("lacking".to_owned(), 10.0)));
    }

    #[test]
    fn the_sums_shown_add_up_to_the_appropriation_shown() {
        let picture = super::super::samples::waterfall().draw(Language::English);
        let shown = |text: &str| picture.texts.iter().any(|found| found.text == text);
        // 61,500 + 344,000 + 138,200 + 71,694 = 615,394.
        assert!(["615,394", "61,500", "344,000", "138,200", "71,694"].into_iter().all(shown));
    }
}
