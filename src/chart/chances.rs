//! In how many draws each municipality receives more, and in how many less.

use super::axis::Scale;
use super::canvas::{Align, Area, Canvas};
use super::format::{Language, Magnitude, Unit, number};
use super::heading::Heading;
use super::picture::Picture;
use super::style::{ACCENT, AXIS, GREY, GRID, HAIRLINE, LIMIT, ROW, THIN, TICK};
use super::{About, Chart, wrap};
use crate::language::Message;

/// What it is for.
pub const ABOUT: About = About {
    name: "more-or-less",
    shows: "in how many of a hundred draws each municipality receives more than under the baseline, and in how many less",
    misleads: "a long bar says that a difference is frequent, not that it is large: its mean stands beside it; both hold for assumed distributions",
    reads: "The bar to the right counts draws with more, the bar to the left those with less; what is missing to a hundred is the same to within the threshold.",
    written_by: "run (charts/ only)",
};

/// Who receives more or less.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chances {
    /// Texts around the picture.
    pub heading: Heading,
    /// Currency (ISO code) of the differences.
    pub currency: String,
    /// One row a municipality, in any order.
    pub rows: Vec<Chance>,
}

/// A municipality.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chance {
    /// Name as shown.
    pub name: String,
    /// Share of the draws in which it receives more, 0 to 1.
    pub more: f64,
    /// Share of the draws in which it receives less, 0 to 1.
    pub less: f64,
    /// Mean difference, in currency.
    pub difference: f64,
}

/// The most rows that are shown: half of them at the top, half at the bottom.
const MOST: usize = 60;
const HEAD: f64 = 30.0;
const FOOT: f64 = 30.0;

impl Chances {
    /// The rows to show, those that receive most more often first, and how many are left out in the middle.
    fn ranked(&self) -> (Vec<&Chance>, usize) {
        let finite =
            |row: &&Chance| [row.more, row.less, row.difference].iter().all(|v| v.is_finite());
        let mut rows: Vec<&Chance> = self.rows.iter().filter(finite).collect();
        rows.sort_by(|a, b| {
            (b.more - b.less)
                .total_cmp(&(a.more - a.less))
                .then(b.difference.total_cmp(&a.difference))
                .then_with(|| a.name.cmp(&b.name))
        });
        let left_out = rows.len().saturating_sub(MOST);
        if left_out > 0 {
            rows.drain(MOST / 2..MOST / 2 + left_out);
        }
        (rows, left_out)
    }
}

impl Chart for Chances {
    fn name(&self) -> &'static str {
        ABOUT.name
    }

    fn draw(&self, language: Language) -> Picture {
        let (rows, left_out) = self.ranked();
        if rows.is_empty() {
            return Canvas::new(&self.heading, 120.0, "", language).no_data();
        }
        let say = |message: Message| message.in_language(language);
        let height = if rows.len() > 25 { 15.5 } else { 22.0 };
        let gap = if left_out > 0 { height } else { 0.0 };
        let all = rows.len() as f64 * height + gap;
        let mut canvas = Canvas::new(&self.heading, HEAD + all + FOOT, "", language);
        let largest = rows.iter().map(|row| row.difference.abs()).fold(0.0, f64::max);
        let magnitude = if largest < 1e9 {
            Magnitude::whole(&Unit::Money(self.currency.clone()), language)
        } else {
            Magnitude::new(&Unit::Money(self.currency.clone()), largest, language)
        };
        let texts: Vec<String> = rows
            .iter()
            .map(|row| {
                let sign = if row.difference > 0.0 { "+" } else { "" };
                format!("{sign}{}", magnitude.fixed(row.difference, 0))
            })
            .collect();
        let head = say(Message::new("chart-chances-mean").name("unit", &magnitude.heading()));
        let amounts = texts.iter().map(|text| ROW.width(text)).fold(TICK.width(&head), f64::max);
        let names = rows.iter().map(|row| ROW.width(&row.name)).fold(60.0, f64::max).min(240.0);
        let top = canvas.body.top + HEAD;
        let plot = Area {
            left: canvas.body.left + names + 14.0,
            top,
            right: canvas.body.right - amounts.min(200.0) - 22.0,
            bottom: top + all,
        };
        let at = canvas.body.top + 8.0;
        let text = wrap::fit(&head, TICK, 200.0);
        canvas.text_at_height((canvas.body.right, at), Align::Right, TICK, &text);
        let scale = Scale::new(-100.0, 100.0, plot.left, plot.right);
        let middle = scale.at(0.0);
        let half = middle - plot.left - 8.0;
        let less = wrap::fit(&say(Message::new("chart-chances-less")), TICK, half);
        let more = wrap::fit(&say(Message::new("chart-chances-more")), TICK, half);
        canvas.text_at_height((middle - 8.0, at), Align::Right, TICK.in_colour(LIMIT), &less);
        canvas.text_at_height((middle + 8.0, at), Align::Left, TICK.in_colour(ACCENT), &more);
        for tick in [-100.0, -50.0, 0.0, 50.0, 100.0] {
            let x = scale.at(tick);
            let (weight, colour) = if tick == 0.0 { (THIN, AXIS) } else { (HAIRLINE, GRID) };
            canvas.line(&[(x, plot.top), (x, plot.bottom)], weight, colour);
            let text = number(f64::abs(tick), 0, language);
            canvas.text_at_height((x, plot.bottom + 14.0), Align::Centre, TICK, &text);
        }
        let mut y = plot.top;
        for (place, (row, text)) in rows.iter().zip(&texts).enumerate() {
            if left_out > 0 && place == MOST / 2 {
                let text = say(Message::new("chart-others").count("count", left_out as f64));
                let at = (plot.left - 8.0, y + height / 2.0);
                canvas.text_at_height(at, Align::Right, ROW.in_colour(GREY), &text);
                y += height;
            }
            let at = y + height / 2.0;
            let bar = |from: f64, to: f64| Area {
                left: from,
                right: to,
                top: at - height * 0.32,
                bottom: at + height * 0.32,
            };
            let share = |share: f64| scale.at(100.0 * share.clamp(-1.0, 1.0));
            canvas.block(bar(middle, share(row.more.max(0.0))), ACCENT);
            // Less is also known without colour: it lies on the other side.
            canvas.block(bar(share(-row.less.max(0.0)), middle), LIMIT);
            let name = wrap::fit(&row.name, ROW, plot.left - 8.0 - canvas.body.left);
            canvas.text_at_height((plot.left - 8.0, at), Align::Right, ROW, &name);
            canvas.text_at_height((canvas.body.right, at), Align::Right, ROW, text);
            y += height;
        }
        canvas.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_receives_more_in_more_draws_stands_above_and_the_middle_of_many_is_left_out() {
        let row =
            |name: &str, more, less| Chance { name: name.to_owned(), more, less, difference: 1.0 };
        let rows = vec![row("c", 0.1, 0.9), row("a", 1.0, 0.0), row("b", 0.4, 0.4)];
        let chart = Chances { rows, ..Chances::default() };
        let (shown, left_out) = chart.ranked();
        let names: Vec<&str> = shown.iter().map(|row| row.name.as_str()).collect();
        assert_eq!((names, left_out), (vec!["a", "b", "c"], 0));
        let rows = (0..100).map(|i| row(&i.to_string(), f64::from(i) / 100.0, 0.0)).collect();
        let chart = Chances { rows, ..Chances::default() };
        let (shown, left_out) = chart.ranked();
        assert_eq!(
            (shown.len(), left_out, &*shown[29].name, &*shown[30].name),
            (60, 40, "70", "29")
        );
    }
}
