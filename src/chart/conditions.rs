//! A box in the space of inputs: of each limited input the whole range that was drawn, and the part inside.

use super::canvas::{Align, Area, Canvas};
use super::format::{Language, Magnitude, Unit};
use super::heading::Heading;
use super::picture::Picture;
use super::style::{ACCENT, BAR, GREY, GRID, MEDIUM, ROW, STRONG, TICK};
use super::{About, Chart, wrap};
use crate::language::Message;

/// What it is for.
pub const ABOUT: About = About {
    name: "conditions",
    shows: "ranges of inputs within which something happens more often",
    misleads: "inside a box it does not always happen, and outside not never; an input that is not limited may matter all the same",
    reads: "A grey line is all that was drawn of an input, the blue part the range in which it happens often.",
    written_by: "discover -o",
};

/// A box.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Conditions {
    /// Texts around the picture.
    pub heading: Heading,
    /// The limited inputs.
    pub rows: Vec<Condition>,
}

/// The range of one input.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Condition {
    /// What it is called.
    pub name: String,
    /// What is taken of it; may be empty.
    pub of: String,
    /// All that was drawn.
    pub drawn: (f64, f64),
    /// The limits of the box; not a number where there is none.
    pub inside: (f64, f64),
    /// How often the box is found again, in words.
    pub again: String,
}

/// The most inputs that are shown.
const MOST: usize = 16;
const HEAD: f64 = 26.0;
const ROW_HEIGHT: f64 = 58.0;
const BAR_HEIGHT: f64 = 10.0;

impl Chart for Conditions {
    fn name(&self) -> &'static str {
        ABOUT.name
    }

    fn draw(&self, language: Language) -> Picture {
        let found_again = Message::new("chart-conditions-again").in_language(language);
        let is_drawn = |row: &&Condition| row.drawn.0.is_finite() && row.drawn.1.is_finite();
        let rows: Vec<&Condition> = self.rows.iter().filter(is_drawn).take(MOST).collect();
        if rows.is_empty() {
            return Canvas::new(&self.heading, 120.0, "", language).no_data();
        }
        let height = HEAD + rows.len() as f64 * ROW_HEIGHT;
        let mut canvas = Canvas::new(
            &self.heading,
            height,
            &Message::new("chart-conditions-marks").in_language(language),
            language,
        );
        let widest = |texts: &mut dyn Iterator<Item = f64>| texts.fold(0.0, f64::max);
        let names =
            widest(&mut rows.iter().map(|row| STRONG.width(&row.name).max(TICK.width(&row.of))));
        let again = widest(&mut rows.iter().map(|row| ROW.width(&row.again)));
        let again = again.max(TICK.width(&found_again)).min(150.0);
        let track = Area {
            left: canvas.body.left + names.clamp(60.0, 260.0) + 16.0,
            top: canvas.body.top + HEAD,
            right: canvas.body.right - again - 20.0,
            bottom: canvas.body.bottom,
        };
        let corner = (canvas.body.right, canvas.body.top + 8.0);
        let title = wrap::fit(&found_again, TICK, again);
        canvas.text_at_height(corner, Align::Right, TICK, &title);
        for (at, row) in rows.iter().enumerate() {
            let y = track.top + (at as f64 + 0.5) * ROW_HEIGHT;
            let (low, high) = row.drawn;
            let scale = super::axis::Scale::new(low, high, track.left, track.right);
            let end =
                |limit: f64, open: f64| if limit.is_finite() { scale.at(limit) } else { open };
            let bar = |left: f64, right: f64| Area {
                left,
                right,
                top: y - BAR_HEIGHT / 2.0,
                bottom: y + BAR_HEIGHT / 2.0,
            };
            canvas.block(bar(track.left, track.right), GRID);
            let (from, to) = (end(row.inside.0, track.left), end(row.inside.1, track.right));
            canvas.block(bar(from.min(to), from.max(to)), BAR);
            for (limit, x) in [(row.inside.0, from), (row.inside.1, to)] {
                if limit.is_finite() {
                    canvas.line(&[(x, y - 9.0), (x, y + 9.0)], MEDIUM, ACCENT);
                }
            }
            let unit = Unit::Other(String::new());
            let magnitude = Magnitude::whole(&unit, language);
            let told = |value: f64| magnitude.value(value);
            let text = match (row.inside.0.is_finite(), row.inside.1.is_finite()) {
                (true, true) => format!("{} – {}", told(row.inside.0), told(row.inside.1)),
                (true, false) => format!("≥ {}", told(row.inside.0)),
                (false, true) => format!("≤ {}", told(row.inside.1)),
                (false, false) => String::new(),
            };
            let kind = STRONG.in_colour(ACCENT);
            let half = kind.width(&text) / 2.0;
            let middle = f64::midpoint(from, to);
            let middle = middle.min(track.right - half).max(track.left + half);
            canvas.text_at_height((middle, y - 17.0), Align::Centre, kind, &text);
            let room = track.width() / 2.0 - 8.0;
            let ends = [(track.left, Align::Left, low), (track.right, Align::Right, high)];
            for (x, align, value) in ends {
                let text = wrap::fit(&told(value), TICK, room);
                canvas.text_at_height((x, y + 16.0), align, TICK, &text);
            }
            let room = track.left - 12.0 - canvas.body.left;
            let (name_at, of_at) = if row.of.is_empty() { (y, y) } else { (y - 7.0, y + 9.0) };
            let name = wrap::fit(&row.name, STRONG, room);
            canvas.text_at_height((track.left - 12.0, name_at), Align::Right, STRONG, &name);
            let of = wrap::fit(&row.of, TICK, room);
            canvas.text_at_height((track.left - 12.0, of_at), Align::Right, TICK, &of);
            let text = wrap::fit(&row.again, ROW, again);
            canvas.text_at_height((canvas.body.right, y), Align::Right, ROW.in_colour(GREY), &text);
        }
        canvas.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::conditions;
    use super::*;

    #[test]
    fn limits_stand_over_the_bar_and_what_was_drawn_under_it() {
        let texts = conditions().draw(Language::English).texts;
        for label in ["≥ 4.20", "0.15 – 0.31", "2.10", "7.90"] {
            let found = texts.iter().any(|found| found.text == label);
            assert!(found, "{label}: {:?}", texts.iter().map(|t| &t.text).collect::<Vec<_>>());
        }
    }
}
