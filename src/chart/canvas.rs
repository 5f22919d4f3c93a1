//! The sheet that the pictures draw on: measures in points, marks in order, every text recorded.
//!
//! A picture is 840 points wide, so that within the margins of A4 its small letters are still six
//! points high.

use super::font;
use super::format::Language;
use super::heading::Heading;
use super::marks::{self, Mark};
use super::picture::{Picture, TextBox};
use super::style::{
    CAPTION, Colour, GREY, GROUND, LABEL, LIMIT, MEDIUM, SUBTITLE, THIN, TITLE, Type,
};
use super::wrap;
use crate::language::Message;

/// Width of a picture, in points.
pub(super) const WIDTH: f64 = 840.0;
/// Space around everything.
const MARGIN: f64 = 24.0;

/// A point of the sheet: to the right and down, in points.
pub(super) type Spot = (f64, f64);

/// A rectangle of the sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Area {
    pub fn width(self) -> f64 {
        self.right - self.left
    }

    pub fn height(self) -> f64 {
        self.bottom - self.top
    }
}

/// Which part of a text stands at the given spot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Centre,
    Right,
}

/// The sheet.
pub(super) struct Canvas {
    /// The language of the words and numbers.
    pub language: Language,
    /// Where the picture itself goes, between heading and caption.
    pub body: Area,
    height: f64,
    marks: Vec<Mark>,
    texts: Vec<TextBox>,
    description: String,
}

impl Canvas {
    /// A sheet with the heading and the caption set, and a body of so many points height between them.
    /// `added` is what the picture adds to the caption.
    pub fn new(heading: &Heading, body_height: f64, added: &str, language: Language) -> Self {
        let mut canvas = Self {
            language,
            body: Area { left: MARGIN, top: 0.0, right: WIDTH - MARGIN, bottom: 0.0 },
            height: 0.0,
            marks: Vec::new(),
            texts: Vec::new(),
            description: [heading.title.trim(), heading.subtitle.trim()].join(". "),
        };
        let width = WIDTH - 2.0 * MARGIN;
        let mut y = 22.0;
        for line in wrap::at_most(&heading.title, TITLE, width, 3) {
            y += 25.0;
            canvas.text((MARGIN, y - 6.0), Align::Left, TITLE, &line);
        }
        for line in wrap::at_most(&heading.subtitle, SUBTITLE, width, 3) {
            y += 18.0;
            canvas.text((MARGIN, y - 2.0), Align::Left, SUBTITLE, &line);
        }
        canvas.body.top = y + 16.0;
        canvas.body.bottom = canvas.body.top + body_height;
        y = canvas.body.bottom + 14.0;
        let caption = heading.caption.sentences(added, language).join(" ");
        for line in wrap::at_most(&caption, CAPTION, width, 8) {
            y += 15.0;
            canvas.text((MARGIN, y - 3.0), Align::Left, CAPTION, &line);
        }
        canvas.height = (y + 18.0).ceil();
        canvas
    }

    /// Says in the middle of the body that there is nothing to show.
    pub fn no_data(mut self) -> Picture {
        let Area { left, right, top, bottom } = self.body;
        let text = Message::new("chart-no-data").in_language(self.language);
        self.text_at_height(
            (f64::midpoint(left, right), f64::midpoint(top, bottom)),
            Align::Centre,
            LABEL.in_colour(GREY),
            &text,
        );
        self.finish()
    }

    /// A line through spots.
    pub fn line(&mut self, points: &[Spot], weight: f64, colour: Colour) {
        if points.len() > 1 {
            self.marks.push(Mark::Line { points: points.to_vec(), weight, colour });
        }
    }

    /// A dashed line through spots; the dashes run on through the corners.
    pub fn dashes(&mut self, points: &[Spot], weight: f64, colour: Colour) {
        const DASH: f64 = 7.0;
        const GAP: f64 = 4.5;
        let (mut drawn, mut on) = (0.0, true);
        let mut dash: Vec<Spot> = points.first().copied().into_iter().collect();
        for pair in points.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            let (dx, dy) = (to.0 - from.0, to.1 - from.1);
            let length = (dx * dx + dy * dy).sqrt();
            let mut walked = 0.0;
            // A sheet is some thousand points wide: a longer line is none of ours.
            if !(length > 0.0 && length < 1e5) {
                continue;
            }
            loop {
                let step = if on { DASH } else { GAP } - drawn;
                if walked + step > length {
                    drawn += length - walked;
                    break;
                }
                walked += step;
                let spot = (from.0 + dx * walked / length, from.1 + dy * walked / length);
                if on {
                    dash.push(spot);
                    self.line(&std::mem::take(&mut dash), weight, colour);
                } else {
                    dash = vec![spot];
                }
                (drawn, on) = (0.0, !on);
            }
            if on {
                dash.push(to);
            }
        }
        if on {
            self.line(&dash, weight, colour);
        }
    }

    /// A dashed line with a rim of the ground, so that it stands out from bands and bars under it.
    pub fn limit(&mut self, points: &[Spot]) {
        self.limit_rim(points);
        self.limit_dashes(points);
    }

    /// The rim of a limit alone: what is drawn after it and before the dashes shows where both coincide.
    pub fn limit_rim(&mut self, points: &[Spot]) {
        self.line(points, MEDIUM + 1.75, GROUND);
    }

    /// The dashes of a limit alone.
    pub fn limit_dashes(&mut self, points: &[Spot]) {
        self.dashes(points, MEDIUM, LIMIT);
    }

    /// A filled polygon.
    pub fn fill(&mut self, points: Vec<Spot>, colour: Colour) {
        if points.len() > 2 {
            self.marks.push(Mark::Fill { points, colour });
        }
    }

    /// A filled rectangle.
    pub fn block(&mut self, area: Area, colour: Colour) {
        let Area { left, top, right, bottom } = area;
        self.fill(vec![(left, top), (right, top), (right, bottom), (left, bottom)], colour);
    }

    /// A filled rectangle with a thin rim; of no width or height it is still a line.
    pub fn framed(&mut self, area: Area, fill: Colour, rim: Colour) {
        let Area { left, top, right, bottom } = area;
        self.block(area, fill);
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
        self.line(&corners, THIN, rim);
    }

    /// A filled circle.
    pub fn dot(&mut self, at: Spot, radius: f64, colour: Colour) {
        self.marks.push(Mark::Dot { at, radius, colour });
    }

    /// A filled circle with a rim of the ground, so that it stands out from what lies under it.
    pub fn rimmed_dot(&mut self, at: Spot, radius: f64, colour: Colour) {
        self.dot(at, radius + 1.5, GROUND);
        self.dot(at, radius, colour);
    }

    /// A text of one line on a baseline.
    pub fn text(&mut self, at: Spot, align: Align, kind: Type, text: &str) {
        let text = printable(text);
        if text.is_empty() {
            return;
        }
        self.texts.push(text_box(&text, at, align, kind));
        self.marks.push(Mark::Text { text, at, align, kind });
    }

    /// A text whose capitals are centred on the height of the spot.
    pub fn text_at_height(&mut self, at: Spot, align: Align, kind: Type, text: &str) {
        self.text((at.0, at.1 + middle(kind)), align, kind, text);
    }

    /// A text centred on the height of the spot, on a patch of the ground.
    pub fn text_on_patch(&mut self, at: Spot, align: Align, kind: Type, text: &str) {
        let room = text_box(&printable(text), (at.0, at.1 + middle(kind)), align, kind);
        let area = Area {
            left: room.x - 2.0,
            top: room.y + 1.0,
            right: room.x + room.width + 2.0,
            bottom: room.y + room.height,
        };
        self.block(area, GROUND);
        self.text_at_height(at, align, kind, text);
    }

    /// Whether a text, centred on the height of the spot, would lie in the area and touch no other text.
    pub fn has_room(&self, at: Spot, align: Align, kind: Type, text: &str, area: Area) -> bool {
        let room = text_box(&printable(text), (at.0, at.1 + middle(kind)), align, kind);
        room.x >= area.left
            && room.y >= area.top
            && room.x + room.width <= area.right
            && room.y + room.height <= area.bottom
            && !self.texts.iter().any(|other| room.overlaps(other))
    }

    /// Draws everything.
    pub fn finish(self) -> Picture {
        let svg = marks::svg(&self.marks, (WIDTH, self.height), &printable(&self.description));
        Picture { svg, width: WIDTH, height: self.height, texts: self.texts }
    }
}

/// From the middle of the capitals down to the baseline.
fn middle(kind: Type) -> f64 {
    font::CAPITAL * kind.size / 2.0
}

/// Where a text lies when it is set on a baseline.
fn text_box(text: &str, at: Spot, align: Align, kind: Type) -> TextBox {
    let width = kind.width(text);
    let x = match align {
        Align::Left => at.0,
        Align::Centre => at.0 - width / 2.0,
        Align::Right => at.0 - width,
    };
    let (ascent, descent) = (font::ASCENT * kind.size, font::DESCENT * kind.size);
    TextBox { text: text.to_owned(), x, y: at.1 - ascent, width, height: ascent + descent }
}

/// The text without what XML 1.0 forbids, its spaces joined as a reader of SVG joins them.
fn printable(text: &str) -> String {
    let clean =
        |c: char| if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') { ' ' } else { c };
    let clean: String = text.chars().map(clean).collect();
    clean.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn empty() -> Canvas {
        Canvas::new(
            &Heading { title: "Title".to_owned(), ..Heading::default() },
            100.0,
            "",
            Language::English,
        )
    }

    #[test]
    fn text_is_escaped_and_stays_text() {
        let mut canvas = empty();
        canvas.text((50.0, 80.0), Align::Left, LABEL, "<script>alert('\"&\u{0}')</script>");
        let svg = canvas.finish().svg;
        assert!(
            svg.contains("&lt;script&gt;alert(&apos;&quot;&amp; &apos;)&lt;/script&gt;"),
            "{svg}"
        );
        assert!(!svg.contains("<script") && svg.contains("font-family=\"Inter, sans-serif\""));
    }

    #[test]
    fn a_text_is_recorded_where_the_font_puts_it() {
        let mut canvas = empty();
        let before = canvas.texts.len();
        canvas.text((100.0, 80.0), Align::Right, Type { size: 20.48, ..LABEL }, "Ai");
        let found = &canvas.texts[before];
        // Advances 1413 + 496 of 2048 units at 20.48 points: 19.09 wide; ascent 1984 of 2048: 19.84.
        assert!((found.width - 19.09).abs() < 1e-9 && (found.x - 80.91).abs() < 1e-9);
        assert!((found.y - 60.16).abs() < 1e-9 && (found.height - 24.78).abs() < 1e-9);
    }

    #[test]
    fn dashes_cover_the_line_with_the_gaps_between_them() {
        let mut canvas = empty();
        let before = canvas.marks.len();
        // 7 on, 4.5 off: dashes start at 0, 11.5, 23; the last is cut at 25. The corner at 10 lies in a gap.
        canvas.dashes(&[(0.0, 0.0), (10.0, 0.0), (10.0, 15.0)], 1.0, GREY);
        let dashes: Vec<&Vec<Spot>> = canvas.marks[before..]
            .iter()
            .filter_map(
                |mark| if let Mark::Line { points, .. } = mark { Some(points) } else { None },
            )
            .collect();
        assert_eq!(
            dashes,
            [
                &vec![(0.0, 0.0), (7.0, 0.0)],
                &vec![(10.0, 1.5), (10.0, 8.5)],
                &vec![(10.0, 13.0), (10.0, 15.0)]
            ]
        );
    }

    #[test]
    fn room_is_refused_outside_the_area_and_over_another_text() {
        let mut canvas = empty();
        let area = Area { left: 0.0, top: 60.0, right: 200.0, bottom: 160.0 };
        assert!(canvas.has_room((100.0, 100.0), Align::Centre, LABEL, "Rīga", area));
        canvas.text_at_height((100.0, 100.0), Align::Centre, LABEL, "Rīga");
        assert!(!canvas.has_room((105.0, 104.0), Align::Centre, LABEL, "Rīga", area));
        assert!(!canvas.has_room((5.0, 140.0), Align::Centre, LABEL, "Rīga", area));
        assert!(canvas.has_room((100.0, 130.0), Align::Centre, LABEL, "Rīga", area));
    }
}
