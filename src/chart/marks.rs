//! What plotters draws: lines, fills, dots and texts, and the SVG document around them.
//!
//! plotters places marks on whole units only, so the sheet is drawn four times as large and shown at
//! its size by the `viewBox`.

use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::{
    Cartesian2d, Circle, DrawingArea, IntoDrawingArea, PathElement, Polygon, RGBColor, SVGBackend,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontDesc, FontFamily, FontStyle, ShapeStyle, TextStyle};

use super::canvas::{Align, Spot};
use super::style::{Colour, Type};

/// Units of the drawing in one point.
const SCALE: f64 = 4.0;
/// The family of every text.
const FAMILY: &str = "Inter, sans-serif";
/// Where plotters puts the baseline below a text's top anchor, in ems.
const TOP_ANCHOR: f64 = 0.76;

/// A mark on the sheet; all measures in points.
pub(super) enum Mark {
    Line { points: Vec<Spot>, weight: f64, colour: Colour },
    Fill { points: Vec<Spot>, colour: Colour },
    Dot { at: Spot, radius: f64, colour: Colour },
    Text { text: String, at: Spot, align: Align, kind: Type },
}

/// The document of a sheet of this width and height, in points; the description is read to those who cannot see it.
pub(super) fn svg(marks: &[Mark], (width, height): (f64, f64), description: &str) -> String {
    let size = ((width * SCALE) as u32, (height * SCALE) as u32);
    let mut drawn = String::new();
    {
        let sheet = SVGBackend::with_string(&mut drawn, size).into_drawing_area();
        let sheet = sheet.apply_coord_spec(Cartesian2d::<RangedCoordf64, RangedCoordf64>::new(
            0.0..width,
            0.0..height,
            (0..size.0 as i32, 0..size.1 as i32),
        ));
        for mark in marks {
            // Writing to a string cannot fail.
            let _ = draw(&sheet, mark);
        }
        let _ = sheet.present();
    }
    // The first line is plotters' own opening tag, which would show the sheet four times too large.
    let body = drawn.split_once('\n').map_or("", |(_, body)| body);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#FFFFFF\"/>\n{body}",
        size.0,
        size.1,
        escaped(description),
    )
}

type Sheet<'a> = DrawingArea<SVGBackend<'a>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

fn draw(sheet: &Sheet<'_>, mark: &Mark) -> Option<()> {
    let units = |points: f64| (points * SCALE).round().max(1.0) as u32;
    match mark {
        Mark::Line { points, weight, colour } => {
            let style = ShapeStyle {
                color: rgb(*colour).into(),
                filled: false,
                stroke_width: units(*weight),
            };
            sheet.draw(&PathElement::new(points.clone(), style)).ok()
        }
        Mark::Fill { points, colour } => {
            sheet.draw(&Polygon::new(points.clone(), rgb(*colour))).ok()
        }
        Mark::Dot { at, radius, colour } => {
            let style = ShapeStyle { color: rgb(*colour).into(), filled: true, stroke_width: 0 };
            sheet.draw(&Circle::new(*at, units(*radius), style)).ok()
        }
        Mark::Text { text, at, align, kind } => {
            let style = if kind.bold { FontStyle::Bold } else { FontStyle::Normal };
            let font =
                FontDesc::new(FontFamily::Name(FAMILY), plotters_size(kind.size * SCALE), style);
            let across = match align {
                Align::Left => HPos::Left,
                Align::Centre => HPos::Center,
                Align::Right => HPos::Right,
            };
            let colour = rgb(kind.colour);
            let style = TextStyle::from(font).color(&colour).pos(Pos::new(across, VPos::Top));
            let place = sheet.map_coordinate(&(at.0, at.1 - TOP_ANCHOR * kind.size));
            let whole: &DrawingArea<SVGBackend<'_>, Shift> = &sheet.strip_coord_spec();
            whole.draw_text(text, &style, place).ok()
        }
    }
}

/// plotters writes its font size divided by 1.24: the size that comes out as the one wanted.
fn plotters_size(wanted: f64) -> f64 {
    let size = wanted * 1.24;
    [size, f64::from_bits(size.to_bits() + 1), f64::from_bits(size.to_bits().saturating_sub(1))]
        .into_iter()
        .find(|size| size / 1.24 == wanted)
        .unwrap_or(size)
}

fn rgb(colour: Colour) -> RGBColor {
    RGBColor(colour.0, colour.1, colour.2)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
