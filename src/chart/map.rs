//! A map of areas shaded by a value.

use crate::language::Message;
use std::collections::BTreeMap;

use super::canvas::{Align, Area, Canvas, Spot};
use super::format::{Language, Magnitude, Unit};
use super::heading::Heading;
use super::map_label::{hatching, place};
use super::picture::Picture;
use super::style::{
    AXIS, Colour, GREY, GROUND, HAIRLINE, INK, LABEL, MISSING, TICK, Type, class_colour,
};
use super::{About, Chart, extent, map_classes, wrap};

/// What it is for.
pub const ABOUT: About = About {
    name: "map",
    shows: "a value for each area, in classes from light (little) to dark (much)",
    misleads: "large areas weigh more on the eye than many people; the breaks between classes shape the pattern",
    reads: "Darker areas have more; the strip at the right counts the areas of each class. Hatched areas have no figure.",
    written_by: "run, with boundaries",
};

/// A map.
#[derive(Clone, Debug, PartialEq)]
pub struct Map {
    /// Texts around the picture.
    pub heading: Heading,
    /// Unit of the values.
    pub unit: Unit,
    /// The areas, in any order.
    pub regions: Vec<Region>,
    /// Values by the areas' codes; an area without one is hatched.
    pub values: BTreeMap<String, f64>,
    /// What hatched areas are called; empty: none.
    pub hatched: String,
}

/// One area.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Region {
    /// Its code, the key of its value.
    pub code: String,
    /// Its name, shown in one line or two where it fits.
    pub name: String,
    /// A shorter name, shown where only that fits; may be empty.
    pub short: String,
    /// Polygons; each an outer ring and then its holes; each ring longitudes and latitudes in degrees.
    pub polygons: Vec<Polygon>,
}

/// An outer ring, then its holes: longitudes and latitudes in degrees.
pub type Polygon = Vec<Vec<(f64, f64)>>;

const HEIGHT: f64 = 400.0;
const LEGEND: f64 = 176.0;
const NAME: Type = Type { size: 9.0, bold: false, colour: INK };

/// A way from degrees to points: equirectangular, true in scale along the middle latitude
/// (Snyder, 1987, "Map projections: a working manual", p. 90, doi:10.3133/pp1395).
struct Projection {
    west: f64,
    north: f64,
    across: f64,
    down: f64,
    left: f64,
    top: f64,
}

impl Projection {
    fn new(regions: &[Region], area: Area) -> Option<Self> {
        let spots = || regions.iter().flat_map(|r| &r.polygons).flatten().flatten();
        let (west, east) = extent(spots().map(|spot| spot.0))?;
        let (south, north) = extent(spots().map(|spot| spot.1))?;
        let shrink = cosine(f64::midpoint(south, north)).max(0.05);
        let (width, height) = ((east - west) * shrink, north - south);
        if !(width > 0.0 && height > 0.0 && width.is_finite() && height.is_finite()) {
            return None;
        }
        let scale = (area.width() / width).min(area.height() / height);
        let slack = ((area.width() - width * scale) / 2.0, (area.height() - height * scale) / 2.0);
        Some(Self {
            west,
            north,
            across: shrink * scale,
            down: scale,
            left: area.left + slack.0,
            top: area.top + slack.1,
        })
    }

    /// The ring on the sheet, without spots that are not numbers.
    fn ring(&self, ring: &[(f64, f64)]) -> Vec<Spot> {
        ring.iter()
            .filter(|(x, y)| x.is_finite() && y.is_finite())
            .map(|(x, y)| {
                (self.left + (x - self.west) * self.across, self.top + (self.north - y) * self.down)
            })
            .collect()
    }
}

/// Cosine of an angle in degrees between -90 and 90: Taylor's series to the 14th power, exact to 1e-9 there.
fn cosine(degrees: f64) -> f64 {
    let angle = degrees.clamp(-90.0, 90.0) * (std::f64::consts::PI / 180.0);
    let square = angle * angle;
    let (mut term, mut sum) = (1.0, 1.0);
    for k in 1..=7 {
        let n = f64::from(2 * k);
        term *= -square / (n * (n - 1.0));
        sum += term;
    }
    sum
}

/// One polygon on the sheet.
struct Shape {
    region: usize,
    rings: Vec<Vec<Spot>>,
    extent: f64,
}

impl Chart for Map {
    fn name(&self) -> &'static str {
        ABOUT.name
    }

    fn draw(&self, language: Language) -> Picture {
        let mut canvas = Canvas::new(&self.heading, HEIGHT, "", language);
        let area = Area { right: canvas.body.right - LEGEND, ..canvas.body };
        let Some(projection) = Projection::new(&self.regions, area) else {
            return canvas.no_data();
        };
        let value =
            |region: &Region| self.values.get(&region.code).copied().filter(|v| v.is_finite());
        let values: Vec<f64> = self.regions.iter().filter_map(value).collect();
        let breaks = map_classes::breaks(&values);
        let classes = breaks.len().saturating_sub(1);
        let colour = |region: &Region| {
            let class = value(region).and_then(|v| map_classes::class(v, &breaks));
            class.map(|class| class_colour(class, classes))
        };
        // The widest first, its holes in the colour of the ground, so that what lies in a hole is drawn over it.
        let mut shapes: Vec<Shape> = Vec::new();
        for (region, of) in self.regions.iter().enumerate() {
            for polygon in &of.polygons {
                let rings: Vec<Vec<Spot>> =
                    polygon.iter().map(|ring| projection.ring(ring)).collect();
                shapes.push(Shape {
                    region,
                    extent: rings.first().map_or(0.0, |ring| surface(ring)),
                    rings,
                });
            }
        }
        shapes.sort_by(|a, b| b.extent.total_cmp(&a.extent));
        for shape in &shapes {
            draw_shape(&mut canvas, shape, colour(&self.regions[shape.region]));
        }
        // Names after all shapes, in the largest polygon of a region.
        let mut named = vec![false; self.regions.len()];
        for shape in &shapes {
            if !std::mem::replace(&mut named[shape.region], true) {
                let region = &self.regions[shape.region];
                if let Some(fill) = colour(region) {
                    name(&mut canvas, shape, region, fill);
                }
            }
        }
        self.legend(&mut canvas, &values, &breaks);
        canvas.finish()
    }
}

/// The surface of a ring, in square points (shoelace formula).
fn surface(ring: &[Spot]) -> f64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum::<f64>().abs() / 2.0
}

fn draw_shape(canvas: &mut Canvas, shape: &Shape, colour: Option<Colour>) {
    let Some((outer, holes)) = shape.rings.split_first() else { return };
    canvas.fill(outer.clone(), colour.unwrap_or(MISSING));
    for hole in holes {
        canvas.fill(hole.clone(), GROUND);
    }
    if colour.is_none() {
        for line in hatching(&shape.rings, 6.0) {
            canvas.line(&line, HAIRLINE, AXIS);
        }
    }
    for ring in &shape.rings {
        let closed: Vec<Spot> = ring.iter().chain(ring.first()).copied().collect();
        canvas.line(&closed, 1.0, GROUND);
    }
}

/// Sets the name where it fits in the shape: in one line, in two, or its short form.
fn name(canvas: &mut Canvas, shape: &Shape, region: &Region, colour: Colour) {
    let kind = NAME.in_colour(if colour.lightness() < 0.55 { GROUND } else { INK });
    let leading = kind.size * 1.25;
    let two: Vec<&str> = region.name.trim().splitn(2, ' ').collect();
    for lines in [vec![region.name.trim()], two, vec![region.short.trim()]] {
        let width = lines.iter().map(|line| kind.width(line)).fold(0.0, f64::max);
        let Some((x, y)) = place(&shape.rings, width + 6.0, leading * lines.len() as f64) else {
            continue;
        };
        let first = y - leading * (lines.len() - 1) as f64 / 2.0;
        let spots: Vec<(Spot, &str)> = lines
            .iter()
            .enumerate()
            .map(|(i, line)| ((x, first + leading * i as f64), *line))
            .collect();
        if width > 0.0
            && spots
                .iter()
                .all(|(at, line)| canvas.has_room(*at, Align::Centre, kind, line, canvas.body))
        {
            for (at, line) in spots {
                canvas.text_at_height(at, Align::Centre, kind, line);
            }
            return;
        }
    }
}

impl Map {
    /// One swatch a class with its range and the number of areas in it, the highest on top.
    fn legend(&self, canvas: &mut Canvas, values: &[f64], breaks: &[f64]) {
        const ROW: f64 = 24.0;
        let areas = Message::new("chart-map-areas").in_language(canvas.language);
        let none = Message::new("chart-none").in_language(canvas.language);
        // By the middle break: one giant does not make all others fractions.
        let magnitude = Magnitude::new(
            &self.unit,
            breaks.get(breaks.len() / 2).copied().unwrap_or(0.0),
            canvas.language,
        );
        let counts = map_classes::counts(values, breaks);
        let missing = self.regions.len() - values.len();
        let (left, right) = (canvas.body.right - LEGEND + 20.0, canvas.body.right);
        let rows = counts.len() + usize::from(missing > 0);
        let mut y = canvas.body.top + ((HEIGHT - ROW * rows as f64) / 2.0 - 30.0).max(24.0);
        canvas.text_at_height((right, y - 14.0), Align::Right, TICK, &areas);
        let room = right - left - TICK.width(&areas) - 10.0;
        canvas.text_at_height(
            (left, y - 14.0),
            Align::Left,
            TICK,
            &wrap::fit(&magnitude.heading(), TICK, room),
        );
        let swatch = |y: f64| Area { left, right: left + 28.0, top: y, bottom: y + ROW - 4.0 };
        let even = map_classes::even(breaks);
        let text = |v: f64| magnitude.tick(v, even.unwrap_or(v));
        for class in (0..counts.len()).rev() {
            canvas.block(swatch(y), class_colour(class, counts.len()));
            let (from, to) = (breaks[class], breaks[class + 1]);
            let text = if from < to {
                format!("{} – {}", text(from), text(to))
            } else {
                magnitude.value(from)
            };
            row(canvas, (left + 38.0, y + ROW / 2.0 - 2.0), right, &text, counts[class]);
            y += ROW;
        }
        if missing > 0 {
            let Area { left, right: to, top, bottom } = swatch(y);
            let ring = vec![(left, top), (to, top), (to, bottom), (left, bottom)];
            canvas.fill(ring.clone(), MISSING);
            for line in hatching(&[ring], 6.0) {
                canvas.line(&line, HAIRLINE, AXIS);
            }
            let text = if self.hatched.is_empty() { &none } else { &self.hatched };
            row(canvas, (left + 38.0, y + ROW / 2.0 - 2.0), right, text, missing);
        }
    }
}

fn row(canvas: &mut Canvas, at: Spot, right: f64, text: &str, count: usize) {
    let count = count.to_string();
    let text = wrap::fit(text, LABEL, right - at.0 - TICK.width(&count) - 8.0);
    canvas.text_at_height(at, Align::Left, LABEL, &text);
    canvas.text_at_height((right, at.1), Align::Right, TICK.in_colour(GREY), &count);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cosine_is_that_of_the_tables() {
        // Abramowitz and Stegun, table 4.10: cos 57° = 0.54463 90350.
        assert!((cosine(57.0) - 0.544_639_035_0).abs() < 1e-9);
        assert_eq!(cosine(0.0), 1.0);
        assert!(cosine(90.0).abs() < 1e-8);
        assert!((cosine(-60.0) - 0.5).abs() < 1e-9);
    }

    #[test]
    fn a_region_in_a_hole_is_drawn_over_the_hole() {
        let square = |a: f64, b: f64| vec![(a, a), (b, a), (b, b), (a, b)];
        let region = |code: &str, polygon| Region {
            code: code.to_owned(),
            polygons: vec![polygon],
            ..Region::default()
        };
        let regions = vec![
            region("in", vec![square(4.0, 6.0)]),
            region("out", vec![square(0.0, 10.0), square(4.0, 6.0)]),
        ];
        let values = BTreeMap::from([("in".to_owned(), 1.0), ("out".to_owned(), 2.0)]);
        let hatched = String::new();
        let map =
            Map { heading: Heading::default(), unit: Unit::Percent, regions, values, hatched };
        let svg = map.draw(Language::English).svg;
        let fills: Vec<&str> =
            svg.lines().filter(|line| line.starts_with("<polygon")).take(3).collect();
        assert!(fills[1].contains("#FFFFFF"), "the hole is the second: {fills:?}");
        assert!(!fills[0].contains("#FFFFFF") && !fills[2].contains("#FFFFFF"));
    }
}
