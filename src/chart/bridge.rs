//! A change taken apart, step by step.

use super::axis::{self, Scale, Ticks};
use super::canvas::{Align, Area, Canvas};
use super::format::{Language, Magnitude, Unit, number};
use super::heading::Heading;
use super::picture::Picture;
use super::style::{ACCENT, AXIS, BANDS, GREY, INK, LABEL, MEDIUM, ROW, STRONG, THIN, TICK, Type};
use super::{About, Chart, extent, wrap};
use crate::language::Message;

/// What it is for.
pub const ABOUT: About = About {
    name: "bridge",
    shows: "from one total to another, a bar for each part that was replaced, with the same part in reverse order",
    misleads: "a part has no size of its own: it depends on what was replaced before it; the bars are means over the draws",
    reads: "Each bar starts where the one above ends; the dot is where the same step would end if the parts were replaced in reverse order.",
    written_by: "compare --bridge -o",
};

/// A change between two totals, and its steps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bridge {
    /// Texts around the picture.
    pub heading: Heading,
    /// Currency (ISO code); the sums are in whole units of it.
    pub currency: String,
    /// Where it begins: name and total.
    pub start: (String, f64),
    /// The steps in their order.
    pub steps: Vec<BridgeStep>,
    /// Where it ends: name and total.
    pub end: (String, f64),
}

/// One step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BridgeStep {
    /// What was replaced.
    pub name: String,
    /// What it changes in this order.
    pub amount: f64,
    /// What it changes in reverse order.
    pub reverse: f64,
}

/// A row of the picture.
struct Row<'a> {
    name: &'a str,
    /// Ends of the bar.
    from: f64,
    to: f64,
    /// Where the bar would end in reverse order, of a step.
    reverse: Option<f64>,
    texts: [String; 2],
    is_end: bool,
}

const ROW_HEIGHT: f64 = 34.0;
/// Half of a bar, as a share of the row.
const BAR_HALF: f64 = 0.3;
const HEAD: f64 = 30.0;
const FOOT: f64 = 30.0;
/// The widest column of names.
const NAMES: f64 = 200.0;

impl Chart for Bridge {
    fn name(&self) -> &'static str {
        ABOUT.name
    }

    fn draw(&self, language: Language) -> Picture {
        let rows = self.rows(language);
        let ends =
            extent(rows.iter().flat_map(|row| [row.from, row.to, row.reverse.unwrap_or(row.to)]));
        let (Some((low, high)), true) = (ends, self.start.1.is_finite() && self.end.1.is_finite())
        else {
            return Canvas::new(&self.heading, 120.0, "", language).no_data();
        };
        let matters = self.steps.iter().any(|step| step.amount != step.reverse);
        let added = if matters {
            Message::new("chart-bridge-order").in_language(language)
        } else {
            String::new()
        };
        let height = HEAD + ROW_HEIGHT * rows.len() as f64 + FOOT;
        let mut canvas = Canvas::new(&self.heading, height, &added, language);
        let ticks = Ticks::new(low.min(0.0), high.max(0.0), 6);
        let unit = Unit::Money(self.currency.clone());
        let magnitude = Magnitude::new(&unit, high.abs().max(low.abs()), language);
        let heads = [Message::new("chart-bridge-in-order"), Message::new("chart-bridge-reversed")]
            .map(|head| {
                let unit = Magnitude::whole(&unit, language).heading();
                head.name("unit", &unit).in_language(language)
            });
        let width = |column: usize| {
            let texts = rows.iter().map(|row| kind(row).width(&row.texts[column]));
            texts.fold(TICK.width(&heads[column]), f64::max)
        };
        let right = [canvas.body.right - width(1) - 18.0, canvas.body.right];
        let names = rows.iter().map(|row| kind(row).width(row.name)).fold(60.0, f64::max);
        let top = canvas.body.top + HEAD;
        let plot = Area {
            left: canvas.body.left + names.min(NAMES) + 14.0,
            top,
            right: right[0] - width(0) - 22.0,
            bottom: top + ROW_HEIGHT * rows.len() as f64,
        };
        let head = canvas.body.top + 8.0;
        let of_axis = wrap::fit(&magnitude.heading(), TICK, plot.width());
        canvas.text_at_height((plot.left, head), Align::Left, TICK, &of_axis);
        for (at, text) in right.iter().zip(&heads) {
            canvas.text_at_height((*at, head), Align::Right, TICK, text);
        }
        let scale = axis::horizontal(&mut canvas, plot, &ticks, &magnitude);
        for (index, row) in rows.iter().enumerate() {
            let middle = plot.top + (index as f64 + 0.5) * ROW_HEIGHT;
            bar(&mut canvas, row, scale, middle);
            if index + 1 < rows.len() {
                let (x, half) = (scale.at(row.to), ROW_HEIGHT * BAR_HALF);
                let ends = [(x, middle + half), (x, middle + ROW_HEIGHT - half)];
                canvas.line(&ends, THIN, AXIS);
            }
            texts(&mut canvas, row, (plot.left - 10.0, middle), right);
        }
        canvas.finish()
    }
}

impl<'a> Row<'a> {
    fn total((name, total): &'a (String, f64), language: Language) -> Self {
        let text = number(*total, 2, language);
        let texts = [text.clone(), text];
        Self { name, from: 0.0, to: *total, reverse: None, texts, is_end: true }
    }
}

impl Bridge {
    fn rows(&self, language: Language) -> Vec<Row<'_>> {
        let mut rows = vec![Row::total(&self.start, language)];
        let mut now = self.start.1;
        let steps = self.steps.iter();
        for step in steps.filter(|step| step.amount.is_finite() && step.reverse.is_finite()) {
            let texts = [step.amount, step.reverse].map(|amount| {
                let sign = if amount > 0.0 { "+" } else { "" };
                format!("{sign}{}", number(amount, 2, language))
            });
            let reverse = Some(now + step.reverse);
            let (from, to) = (now, now + step.amount);
            rows.push(Row { name: &step.name, from, to, reverse, texts, is_end: false });
            now = to;
        }
        rows.push(Row::total(&self.end, language));
        rows
    }
}

/// Name and amounts of a row.
fn texts(canvas: &mut Canvas, row: &Row<'_>, at: (f64, f64), right: [f64; 2]) {
    let kind = kind(row);
    let lines = wrap::at_most(row.name, kind, at.0 - canvas.body.left, 2);
    let first = at.1 - 7.5 * lines.len().saturating_sub(1) as f64;
    for (index, line) in lines.iter().enumerate() {
        let y = first + 15.0 * index as f64;
        canvas.text_at_height((at.0, y), Align::Right, kind, line);
    }
    for (column, (right, text)) in right.iter().zip(&row.texts).enumerate() {
        // The totals are the same in both orders, and so is a step that does not depend on it.
        let kind = if column == 0 { kind } else { ROW.in_colour(GREY) };
        canvas.text_at_height((*right, at.1), Align::Right, kind, text);
    }
}

fn kind(row: &Row<'_>) -> Type {
    if row.is_end { STRONG } else { LABEL }
}

/// The bar, its end, and where it would end in reverse order.
fn bar(canvas: &mut Canvas, row: &Row<'_>, scale: Scale, middle: f64) {
    let (from, to) = (scale.at(row.from), scale.at(row.to));
    let half = ROW_HEIGHT * BAR_HALF;
    let (top, bottom) = (middle - half, middle + half);
    let area = Area { left: from.min(to), right: from.max(to), top, bottom };
    canvas.block(area, if row.is_end { ACCENT } else { BANDS[1] });
    canvas.line(&[(to, top), (to, bottom)], MEDIUM, INK);
    let Some(reverse) = row.reverse.filter(|reverse| *reverse != row.to) else { return };
    let reverse = scale.at(reverse);
    canvas.line(&[(to, middle), (reverse, middle)], THIN, INK);
    canvas.rimmed_dot((reverse, middle), 3.0, INK);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_start_where_the_one_before_ends_and_are_told_to_the_cent() {
        let step =
            |name: &str, amount, reverse| BridgeStep { name: name.to_owned(), amount, reverse };
        let bridge = Bridge {
            start: ("old".to_owned(), 100.25),
            steps: vec![step("rule", -30.5, -40.0), step("pot", 50.0, 59.5)],
            end: ("new".to_owned(), 119.75),
            ..Bridge::default()
        };
        let rows = bridge.rows(Language::English);
        let ends: Vec<_> = rows.iter().map(|row| (row.from, row.to, row.reverse)).collect();
        // 100.25 − 30.5 = 69.75; 69.75 + 50 = 119.75; in reverse 100.25 − 40, 69.75 + 59.5.
        assert_eq!(
            ends,
            [
                (0.0, 100.25, None),
                (100.25, 69.75, Some(60.25)),
                (69.75, 119.75, Some(129.25)),
                (0.0, 119.75, None)
            ]
        );
        let texts: Vec<_> = rows.iter().map(|row| row.texts[0].as_str()).collect();
        assert_eq!(texts, ["100.25", "−30.50", "+50.00", "119.75"]);
        let picture = bridge.draw(Language::English);
        assert!(picture.texts.iter().any(|found| found.text == "+59.50"));
    }

    #[test]
    fn where_the_order_does_not_matter_nothing_is_said_of_it() {
        let step = BridgeStep { name: "pot".to_owned(), amount: 1.0, reverse: 1.0 };
        let mut bridge =
            Bridge { steps: vec![step], end: (String::new(), 1.0), ..Bridge::default() };
        let says = |bridge: &Bridge| {
            let texts = bridge.draw(Language::English).texts;
            texts.iter().any(|found| found.text.contains("Line with a dot"))
        };
        assert!(!says(&bridge));
        bridge.steps[0].reverse = 2.0;
        assert!(says(&bridge));
    }
}
