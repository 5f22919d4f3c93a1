//! What a unit of change costs: a bar for each change, to the right what is more, to the left what is less.

use super::axis::{self, Ticks};
use super::canvas::{Align, Area, Canvas};
use super::format::{Language, Magnitude, Unit, number};
use super::heading::Heading;
use super::picture::Picture;
use super::style::{ACCENT, AXIS, BAR, GREY, INK, LABEL, ROW, STRONG, THIN, TICK};
use super::{About, Chart, extent, wrap};
use crate::language::Message;

/// What it is for.
pub const ABOUT: About = About {
    name: "tornado",
    shows: "by how much a unit of each change raises or lowers what is due and what is granted, with intervals at 95 %",
    misleads: "a unit is what is written beside it, not what is likely; changes do not add up where a pot binds",
    reads: "Two bars for each change: what is due (light) and what is granted (dark); a pot that is short makes the dark bar short.",
    written_by: "levers -o",
};

/// Changes and what they cost.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tornado {
    /// Texts around the picture.
    pub heading: Heading,
    /// Currency (ISO code).
    pub currency: String,
    /// One below the other, on the same axis.
    pub groups: Vec<TornadoGroup>,
}

/// The changes of one programme.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TornadoGroup {
    /// Its name.
    pub name: String,
    /// Its changes, in the order in which they stand.
    pub rows: Vec<TornadoRow>,
}

/// One change.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TornadoRow {
    /// What is changed.
    pub name: String,
    /// By how much.
    pub by: String,
    /// What is due more, with half of its interval; not a number where it is open.
    pub due: (f64, f64),
    /// What is granted more, likewise.
    pub granted: (f64, f64),
}

/// The most rows that are shown.
const MOST: usize = 30;
const HEAD: f64 = 30.0;
const FOOT: f64 = 30.0;
const ROW_HEIGHT: f64 = 34.0;
const GROUP_HEIGHT: f64 = 26.0;

/// What stands on a line of its own.
enum Line<'g> {
    Group(&'g str),
    Row(&'g TornadoRow),
}

impl Tornado {
    fn lines(&self) -> Vec<Line<'_>> {
        let mut lines = Vec::new();
        let mut shown = 0;
        for group in &self.groups {
            let rows = group.rows.iter().filter(|row| row.due.0.is_finite());
            let rows: Vec<&TornadoRow> = rows.take(MOST - shown).collect();
            shown += rows.len();
            if !rows.is_empty() {
                lines.push(Line::Group(&group.name));
                lines.extend(rows.into_iter().map(Line::Row));
            }
        }
        lines
    }
}

impl Chart for Tornado {
    fn name(&self) -> &'static str {
        ABOUT.name
    }

    #[allow(clippy::too_many_lines)] // one row after the other from top to bottom, in one coordinate system
    fn draw(&self, language: Language) -> Picture {
        let unit = Unit::Money(self.currency.clone());
        let counted = Magnitude::whole(&unit, language).heading();
        let head = |message: Message| message.name("unit", &counted).in_language(language);
        let of_due = head(Message::new("chart-due"));
        let of_granted = head(Message::new("chart-granted"));
        let lines = self.lines();
        let rows = || {
            lines
                .iter()
                .filter_map(|line| if let Line::Row(row) = line { Some(*row) } else { None })
        };
        let reach = |(value, half): (f64, f64)| {
            let half = if half.is_finite() { half.abs() } else { 0.0 };
            [value - half, value, value + half]
        };
        let ends =
            extent(rows().flat_map(|row| reach(row.due).into_iter().chain(reach(row.granted))));
        let Some((low, high)) = ends else {
            return Canvas::new(&self.heading, 120.0, "", language).no_data();
        };
        let heights: Vec<f64> = lines
            .iter()
            .map(|line| if matches!(line, Line::Group(_)) { GROUP_HEIGHT } else { ROW_HEIGHT })
            .collect();
        let all: f64 = heights.iter().sum();
        let mut canvas = Canvas::new(
            &self.heading,
            HEAD + all + FOOT,
            &Message::new("chart-lines-open").in_language(language),
            language,
        );
        let widest = |widths: &mut dyn Iterator<Item = f64>| widths.fold(0.0, f64::max);
        let names = widest(&mut rows().map(|row| LABEL.width(&row.name).max(ROW.width(&row.by))));
        let dues = widest(&mut rows().map(|row| ROW.width(&told(row.due, language))));
        let grants = widest(&mut rows().map(|row| ROW.width(&told(row.granted, language))));
        let head = canvas.body.top + 8.0;
        let right = canvas.body.right;
        let due_right = right - grants.max(STRONG.width(&of_granted)) - 18.0;
        let top = canvas.body.top + HEAD;
        let plot = Area {
            left: canvas.body.left + names.clamp(90.0, 240.0) + 14.0,
            top,
            right: due_right - dues.max(STRONG.width(&of_due)) - 20.0,
            bottom: top + all,
        };
        let kind = STRONG.in_colour(ACCENT);
        canvas.text_at_height((right, head), Align::Right, kind, &of_granted);
        canvas.text_at_height((due_right, head), Align::Right, STRONG.in_colour(GREY), &of_due);
        let magnitude = Magnitude::new(&unit, high.abs().max(low.abs()), language);
        let counted = wrap::fit(&magnitude.heading(), TICK, plot.width());
        canvas.text_at_height((plot.left, head), Align::Left, TICK, &counted);
        let ticks = Ticks::new(low.min(0.0), high.max(0.0), 6);
        let scale = axis::horizontal(&mut canvas, plot, &ticks, &magnitude);
        let zero = scale.at(0.0);
        canvas.line(&[(zero, plot.top), (zero, plot.bottom)], THIN, AXIS);
        let mut y = plot.top;
        for (line, height) in lines.iter().zip(&heights) {
            let middle = y + height / 2.0;
            y += height;
            match line {
                Line::Group(name) => {
                    let name = wrap::fit(name, STRONG, plot.left - 10.0 - canvas.body.left);
                    canvas.text_at_height(
                        (canvas.body.left, middle + 3.0),
                        Align::Left,
                        STRONG,
                        &name,
                    );
                }
                Line::Row(row) => {
                    let room = plot.left - 10.0 - canvas.body.left;
                    let name = wrap::fit(&row.name, LABEL, room);
                    let by = wrap::fit(&row.by, ROW, room);
                    let edge = plot.left - 10.0;
                    canvas.text_at_height((edge, middle - 8.0), Align::Right, LABEL, &name);
                    let quiet = ROW.in_colour(GREY);
                    canvas.text_at_height((edge, middle + 8.0), Align::Right, quiet, &by);
                    // What is due above, what is granted below: each with its own interval.
                    for (value, at, colour) in
                        [(row.due, middle - 6.0, BAR), (row.granted, middle + 6.0, ACCENT)]
                    {
                        if !value.0.is_finite() {
                            continue;
                        }
                        let to = scale.at(value.0);
                        let (left, end) = (zero.min(to), zero.max(to));
                        let bar = Area { left, right: end, top: at - 5.0, bottom: at + 5.0 };
                        canvas.block(bar, colour);
                        let [low, _, high] = reach(value).map(|value| scale.at(value));
                        if high - low > 1.0 {
                            canvas.line(&[(low, at), (high, at)], THIN * 2.5, super::style::GROUND);
                            canvas.line(&[(low, at), (high, at)], THIN, INK);
                            for end in [low, high] {
                                canvas.line(&[(end, at - 3.0), (end, at + 3.0)], THIN, INK);
                            }
                        }
                    }
                    let quiet = ROW.in_colour(GREY);
                    canvas.text_at_height(
                        (due_right, middle),
                        Align::Right,
                        quiet,
                        &told(row.due, language),
                    );
                    canvas.text_at_height(
                        (right, middle),
                        Align::Right,
                        ROW,
                        &told(row.granted, language),
                    );
                }
            }
        }
        canvas.finish()
    }
}

/// `+1,398 ±48`: what is more, and half of its interval where it is half a unit or more.
fn told((value, half): (f64, f64), language: Language) -> String {
    let sign = if value >= 0.5 { "+" } else { "" };
    let open = if half.is_finite() && half.abs() >= 0.5 {
        format!(" ±{}", number(half.abs(), 0, language))
    } else {
        String::new()
    };
    format!("{sign}{}{open}", number(value, 0, language))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_says_what_is_due_and_granted_with_its_interval() {
        let texts = super::super::samples::tornado().draw(Language::English).texts;
        for text in ["+1,398 ±48", "+557 ±60", "−762 ±8", "+631 ±4", "delay", "+1 month"] {
            assert!(texts.iter().any(|found| found.text == text), "{text}: {texts:#?}");
        }
    }

    #[test]
    fn a_group_without_a_change_is_left_out() {
        let chart = Tornado {
            groups: vec![
                TornadoGroup { name: "investment".to_owned(), rows: Vec::new() },
                super::super::samples::tornado().groups[0].clone(),
            ],
            ..Tornado::default()
        };
        let texts = chart.draw(Language::English).texts;
        assert!(texts.iter().all(|text| text.text != "investment"));
    }
}
