//! Long lists of names with an interval each: order, room, columns; used by the ranked charts.

use super::axis::{self, Scale, Ticks};
use super::canvas::{Align, Area, Canvas};
use super::format::{Language, Magnitude};
use super::style::{GREY, ROW, TICK, Type};
use super::wrap;
use crate::language::Message;

/// A name with a value and its interval over the draws.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Interval {
    /// Name as shown.
    pub name: String,
    /// Middle of the distribution, in the unit of the chart.
    pub value: f64,
    /// 5th percentile.
    pub low: f64,
    /// 95th percentile.
    pub high: f64,
}

/// Which middle of the distribution is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Centre {
    /// The median.
    #[default]
    Median,
    /// The mean.
    Mean,
}

impl Centre {
    pub(super) fn word(self, language: Language) -> String {
        match self {
            Self::Median => Message::new("chart-median").in_language(language),
            Self::Mean => Message::new("chart-mean").in_language(language),
        }
    }
}

/// The most rows that are shown; of a longer list the top and the bottom.
const MOST: usize = 60;

/// A row of a list.
pub(super) enum Row {
    /// One name.
    Item(Interval),
    /// So many names left out.
    Gap(usize),
}

/// The rows with finite values, the highest first, equal ones by name; the middle of a long list left out.
pub(super) fn ranked(rows: &[Interval]) -> Vec<Row> {
    shown(rows, |rows| {
        rows.sort_by(|a, b| b.value.total_cmp(&a.value).then_with(|| a.name.cmp(&b.name)));
    })
}

/// The same in the order in which they are given.
pub(super) fn given(rows: &[Interval]) -> Vec<Row> {
    shown(rows, |_| ())
}

fn shown(rows: &[Interval], sort: impl Fn(&mut [Interval])) -> Vec<Row> {
    let mut rows: Vec<Interval> =
        rows.iter().filter(|row| row.value.is_finite()).cloned().collect();
    for row in &mut rows {
        let (low, high) = (row.low, row.high);
        row.low = if low.is_finite() { low.min(row.value) } else { row.value };
        row.high = if high.is_finite() { high.max(row.value) } else { row.value };
    }
    sort(&mut rows);
    let (count, half) = (rows.len(), MOST / 2);
    let gap = |i: usize| count > MOST && (half..count + 1 - half).contains(&i);
    let mut shown = Vec::new();
    for (i, row) in rows.into_iter().enumerate() {
        match shown.last_mut() {
            Some(Row::Gap(left_out)) if gap(i) => *left_out += 1,
            _ if gap(i) => shown.push(Row::Gap(1)),
            _ => shown.push(Row::Item(row)),
        }
    }
    shown
}

/// The room of a list: names, plot and columns of values.
pub(super) struct List {
    pub plot: Area,
    pub scale: Scale,
    pub row_height: f64,
    centre_right: f64,
    range_right: f64,
    magnitude: Magnitude,
    decimals: usize,
}

/// Height of the body that a list of so many rows needs.
pub(super) fn body_height(rows: usize) -> f64 {
    HEAD + rows as f64 * row_height(rows) + FOOT
}

const HEAD: f64 = 30.0;
const FOOT: f64 = 30.0;

fn row_height(rows: usize) -> f64 {
    match rows {
        0..=12 => 26.0,
        13..=25 => 20.0,
        _ => 15.5,
    }
}

impl List {
    /// Draws the axis, the names and the columns of values; the chart draws its marks over it.
    pub fn new(
        canvas: &mut Canvas,
        rows: &[Row],
        ticks: &Ticks,
        magnitude: Magnitude,
        centre: Centre,
    ) -> Self {
        let percentiles = Message::new("chart-percentiles").in_language(canvas.language);
        let items = || {
            rows.iter().filter_map(|row| if let Row::Item(item) = row { Some(item) } else { None })
        };
        let column = |head: &str, texts: &mut dyn Iterator<Item = String>| {
            texts.map(|text| ROW.width(&text)).fold(TICK.width(head), f64::max)
        };
        let centre_word = centre.word(canvas.language);
        let values: Vec<f64> = items().map(|item| item.value).collect();
        let decimals = magnitude.column_decimals(&values);
        let range = |item: &Interval| range_text(&magnitude, decimals, item);
        let centre_width =
            column(&centre_word, &mut items().map(|item| magnitude.fixed(item.value, decimals)));
        let range_width = column(&percentiles, &mut items().map(range));
        let name_width = items().map(|item| ROW.width(&item.name)).fold(60.0, f64::max).min(240.0);

        let range_right = canvas.body.right;
        let centre_right = range_right - range_width - 16.0;
        let row_height = row_height(rows.len());
        let top = canvas.body.top + HEAD;
        let plot = Area {
            left: canvas.body.left + name_width + 14.0,
            top,
            right: centre_right - centre_width - 22.0,
            bottom: top + rows.len() as f64 * row_height,
        };
        let head = canvas.body.top + 8.0;
        canvas.text_at_height(
            (plot.left, head),
            Align::Left,
            TICK,
            &wrap::fit(&magnitude.heading(), TICK, plot.width()),
        );
        canvas.text_at_height((centre_right, head), Align::Right, TICK, &centre_word);
        canvas.text_at_height((range_right, head), Align::Right, TICK, &percentiles);
        let scale = axis::horizontal(canvas, plot, ticks, &magnitude);
        let list = Self { plot, scale, row_height, centre_right, range_right, magnitude, decimals };
        for (i, row) in rows.iter().enumerate() {
            list.texts(canvas, list.middle(i), row);
        }
        list
    }

    /// Height of the middle of a row, in points.
    pub fn middle(&self, row: usize) -> f64 {
        self.plot.top + (row as f64 + 0.5) * self.row_height
    }

    fn texts(&self, canvas: &mut Canvas, y: f64, row: &Row) {
        let quiet: Type = ROW.in_colour(GREY);
        let left = self.plot.left - 8.0;
        match row {
            Row::Item(item) => {
                let name = wrap::fit(&item.name, ROW, left - canvas.body.left);
                canvas.text_at_height((left, y), Align::Right, ROW, &name);
                canvas.text_at_height(
                    (self.centre_right, y),
                    Align::Right,
                    ROW,
                    &self.magnitude.fixed(item.value, self.decimals),
                );
                canvas.text_at_height(
                    (self.range_right, y),
                    Align::Right,
                    quiet,
                    &range_text(&self.magnitude, self.decimals, item),
                );
            }
            Row::Gap(left_out) => {
                let text = Message::new("chart-others")
                    .count("count", *left_out as f64)
                    .in_language(canvas.language);
                canvas.text_at_height((left, y), Align::Right, quiet, &text);
            }
        }
    }
}

/// `10–20`; with a negative end spaced, so that the dash is not read as a sign.
fn range_text(magnitude: &Magnitude, decimals: usize, item: &Interval) -> String {
    let dash = if item.low < 0.0 { " – " } else { "–" };
    format!("{}{dash}{}", magnitude.fixed(item.low, decimals), magnitude.fixed(item.high, decimals))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(count: usize) -> Vec<Interval> {
        (0..count)
            .map(|i| Interval {
                name: format!("{i:03}"),
                value: i as f64,
                low: 0.0,
                high: f64::NAN,
            })
            .collect()
    }

    #[test]
    fn a_list_of_sixty_is_whole_and_of_a_longer_one_the_middle_is_left_out() {
        assert_eq!(ranked(&rows(60)).len(), 60);
        // 100 rows: 30 at the top, 29 at the bottom, 41 between.
        let shown = ranked(&rows(100));
        assert_eq!(shown.len(), 60);
        assert!(matches!(shown[30], Row::Gap(41)));
        assert!(matches!(&shown[29], Row::Item(item) if item.value == 70.0));
        assert!(matches!(&shown[31], Row::Item(item) if item.value == 28.0));
    }

    #[test]
    fn an_interval_always_holds_its_value() {
        let odd = [Interval { name: String::new(), value: 3.0, low: 5.0, high: f64::NAN }];
        assert!(matches!(&ranked(&odd)[0], Row::Item(item) if item.low == 3.0 && item.high == 3.0));
    }
}
