//! Boundaries for a map, from a `GeoJSON` file (RFC 7946, doi:10.17487/RFC7946).

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::{Decoder, Folder, Library, Node, filled, quoted};
use crate::model::{Polygon, Shape, Table};
use crate::problem::{Place, Problem, Source, codes};

/// The largest file of boundaries, in bytes (32 MiB).
pub const LARGEST_MAP: u64 = 32 << 20;
/// The most features of a file.
const MOST_FEATURES: usize = 10_000;
/// The most positions of all rings together.
const MOST_POSITIONS: usize = 2_000_000;
/// The fewest positions of a ring: three corners and the first again (RFC 7946, 3.1.6).
const FEWEST_POSITIONS: usize = 4;

#[derive(Deserialize)]
struct Collection {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    #[serde(default)]
    properties: Option<BTreeMap<String, Value>>,
    geometry: Option<Geometry>,
}

#[derive(Deserialize)]
#[serde(tag = "type", content = "coordinates")]
enum Geometry {
    Polygon(Rings),
    MultiPolygon(Vec<Rings>),
}

/// Positions are longitude, latitude and perhaps a height.
type Rings = Vec<Vec<Vec<f64>>>;

/// Reads `(file: "boundaries.geojson", code: "atvk_code")`, and holds the areas against the
/// municipalities (see [`shapes`] and [`matched`]).
pub fn boundaries<F: Folder>(
    door: &mut Decoder,
    node: &Node,
    library: &mut Library<F>,
    municipalities: &Table,
) -> Option<Vec<Shape>> {
    let mut fields = door.fields(node, "a map")?;
    let file =
        fields.required("file", |door, node| Some((filled(door, node)?, node.place.clone())));
    let code = fields.required("code", filled);
    fields.finish();
    let ((file, at), code) = (file?, code?);
    let source = match library.named(&file, &at, LARGEST_MAP) {
        Ok(source) => source,
        Err(problem) => return door.refuse(*problem),
    };
    let found = shapes(&source, &at, &code, door)?;
    matched(found, municipalities, &at, door)
}

/// Reads the boundaries of a file, in order of code. `code_property` is the property of a feature
/// that holds the code, a text; `at` is where the scenario names the file.
///
/// Tells what is no `GeoJSON`, features without code or area, codes given twice, rings that are not
/// closed and positions that are not degrees.
pub fn shapes(
    source: &Source,
    at: &Place,
    code_property: &str,
    door: &mut Decoder,
) -> Option<Vec<Shape>> {
    let collection: Collection = match serde_json::from_str(&source.text) {
        Ok(collection) => collection,
        Err(error) => {
            let place = position(source, error.line(), error.column());
            let message = format!("`{}` is not GeoJSON of areas: {error}", source.name);
            let problem = Problem::error(codes::TABLE_TEXT, message).at(&place, "");
            return door.refuse(problem.also(at, "named here"));
        }
    };
    let whole = |code, message: String| Problem::error(code, message).at(at, "");
    if collection.kind != "FeatureCollection" {
        let message = format!("`{}` is a {}", source.name, quoted(&collection.kind));
        let problem = whole(codes::TABLE_TEXT, message);
        return door.refuse(problem.help("a map needs a `FeatureCollection`"));
    }
    if collection.features.len() > MOST_FEATURES {
        let message = format!("`{}` has more than {MOST_FEATURES} features", source.name);
        return door.refuse(whole(codes::TOO_MANY_ROWS, message));
    }
    let mut found: BTreeMap<String, Vec<Polygon>> = BTreeMap::new();
    let (mut positions, mut good) = (0, true);
    for (index, feature) in collection.features.into_iter().enumerate() {
        let number = index + 1;
        let outcome = code(&feature, code_property)
            .and_then(|code| Ok((code, polygons(feature.geometry, &mut positions)?)))
            .and_then(|(code, area)| match found.insert(code.clone(), area) {
                None => Ok(()),
                Some(_) => Err((codes::DUPLICATE_CODE, format!("{} stands twice", quoted(&code)))),
            });
        if let Err((kind, why)) = outcome {
            good = false;
            door.tell(whole(kind, format!("feature {number} of `{}`: {why}", source.name)));
        }
        if positions > MOST_POSITIONS {
            let message = format!("`{}` has more than {MOST_POSITIONS} positions", source.name);
            return door.refuse(whole(codes::TOO_LARGE, message));
        }
    }
    let shape = |(code, polygons)| Shape { code, polygons };
    good.then(|| found.into_iter().map(shape).collect())
}

/// Holds boundaries against the municipalities: a code that no municipality has is refused, a
/// municipality without a boundary is told as a warning.
pub fn matched(
    shapes: Vec<Shape>,
    municipalities: &Table,
    at: &Place,
    door: &mut Decoder,
) -> Option<Vec<Shape>> {
    let mut good = true;
    for shape in shapes.iter().filter(|shape| municipalities.row(&shape.code).is_none()) {
        good = false;
        let message =
            format!("the map has an area {}, which is no municipality", quoted(&shape.code));
        door.tell(Problem::error(codes::UNKNOWN_CODE, message).at(at, ""));
    }
    let has = |code: &String| shapes.iter().any(|shape| shape.code == *code);
    for code in municipalities.codes.iter().filter(|code| !has(code)) {
        let message = format!("the map has no area for the municipality {}", quoted(code));
        let problem = Problem::warning(codes::UNKNOWN_CODE, message).at(at, "");
        door.tell(
            problem
                .note("the maps of the report leave it out")
                .help("add its area, or mend the code of an area that is meant to be it"),
        );
    }
    good.then_some(shapes)
}

/// A kind of problem and what is wrong.
type Fault = (&'static str, String);

fn code(feature: &Feature, property: &str) -> Result<String, Fault> {
    let value = feature.properties.as_ref().and_then(|properties| properties.get(property));
    match value {
        Some(Value::String(code)) if !code.trim().is_empty() => Ok(code.trim().to_owned()),
        Some(Value::Number(_)) => {
            let why = format!("its {} is a number: codes are texts", quoted(property));
            Err((codes::EMPTY_CODE, why))
        }
        _ => Err((codes::EMPTY_CODE, format!("it has no text in {}", quoted(property)))),
    }
}

fn polygons(geometry: Option<Geometry>, positions: &mut usize) -> Result<Vec<Polygon>, Fault> {
    let parts = match geometry {
        Some(Geometry::Polygon(rings)) => vec![rings],
        Some(Geometry::MultiPolygon(parts)) => parts,
        None => return Err((codes::TABLE_TEXT, "it has no area".to_owned())),
    };
    if parts.is_empty() || parts.iter().any(Vec::is_empty) {
        return Err((codes::TABLE_TEXT, "it has no area".to_owned()));
    }
    let mut ring = |ring: Vec<Vec<f64>>| {
        *positions += ring.len();
        let degrees = ring.iter().map(|position| degrees(position));
        let degrees = degrees.collect::<Result<Vec<_>, _>>()?;
        let closed = degrees.len() >= FEWEST_POSITIONS && degrees.first() == degrees.last();
        let open = || (codes::TABLE_TEXT, "a ring of it is not closed".to_owned());
        if closed { Ok(degrees) } else { Err(open()) }
    };
    parts.into_iter().map(|rings| rings.into_iter().map(&mut ring).collect()).collect()
}

fn degrees(position: &[f64]) -> Result<(f64, f64), Fault> {
    match position {
        [east, north, ..] if east.abs() <= 180.0 && north.abs() <= 90.0 => Ok((*east, *north)),
        _ => Err((
            codes::OUT_OF_RANGE,
            "a position is not longitude and latitude in degrees".to_owned(),
        )),
    }
}

/// The place of a line and column, both from 1; the column counts bytes.
fn position(source: &Source, line: usize, column: usize) -> Place {
    let text = &source.text;
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let mut start = (before + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let letter = text[start..].chars().next().map_or(0, char::len_utf8);
    Place::new(&source.name, start..start + letter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Memory, read as read_node};

    const SQUARE: &str = "[[[24.0,56.0],[25.0,56.0],[25.0,57.0],[24.0,56.0]]]";

    fn feature(code: &str, kind: &str, coordinates: &str) -> String {
        format!(
            r#"{{"type":"Feature","properties":{{"code":{code}}},"geometry":{{"type":"{kind}","coordinates":{coordinates}}}}}"#
        )
    }

    fn collection(features: &[String]) -> String {
        format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
    }

    fn read(text: &str) -> (Option<Vec<Shape>>, Vec<Problem>) {
        let source =
            Source { name: "map.geojson".into(), text: text.into(), bytes: text.as_bytes().into() };
        let mut door = Decoder::new();
        let at = Place::new(&"s.ron".into(), 3..9);
        let found = shapes(&source, &at, "code", &mut door);
        (found, door.finish())
    }

    fn message(text: &str) -> String {
        let (found, problems) = read(text);
        assert_eq!(found, None);
        problems[0].message.clone()
    }

    #[test]
    fn areas_of_one_part_and_of_many_are_read_in_order_of_code() {
        let many = format!("[{SQUARE},{SQUARE}]");
        let text = collection(&[
            feature(r#""0020""#, "MultiPolygon", &many),
            feature(r#""0010""#, "Polygon", SQUARE),
        ]);
        let (found, problems) = read(&text);
        let found = found.unwrap();
        assert!(problems.is_empty());
        let codes: Vec<_> =
            found.iter().map(|shape| (&*shape.code, shape.polygons.len())).collect();
        assert_eq!(codes, [("0010", 1), ("0020", 2)]);
        assert_eq!(found[0].polygons[0][0][1], (25.0, 56.0));
    }

    #[test]
    fn a_height_is_left_out_and_an_empty_collection_is_no_area() {
        let text =
            collection(&[feature(r#""1""#, "Polygon", &SQUARE.replace("56.0]", "56.0,9.5]"))]);
        assert_eq!(read(&text).0.unwrap()[0].polygons[0][0][0], (24.0, 56.0));
        assert_eq!(read(&collection(&[])).0, Some(Vec::new()));
    }

    #[test]
    fn what_is_wrong_with_a_feature_is_said_with_its_number() {
        let good = feature(r#""1""#, "Polygon", SQUARE);
        let second = |feature: String| message(&collection(&[good.clone(), feature]));
        let found = second(feature("7", "Polygon", SQUARE));
        assert_eq!(found, "feature 2 of `map.geojson`: its `code` is a number: codes are texts");
        assert!(second(good.clone()).ends_with("`1` stands twice"));
        assert!(second(feature(r#""2""#, "Polygon", "[]")).ends_with("it has no area"));
        let open = SQUARE.replace(",[24.0,56.0]]", ",[24.0,56.5]]");
        assert!(
            second(feature(r#""2""#, "Polygon", &open)).ends_with("a ring of it is not closed")
        );
        // Metres of a national grid instead of degrees.
        let metres = SQUARE.replace("24.0,", "506000.0,");
        let found = second(feature(r#""2""#, "Polygon", &metres));
        assert!(found.ends_with("not longitude and latitude in degrees"), "{found}");
    }

    #[test]
    fn text_that_is_no_map_is_refused_with_its_place() {
        let (found, problems) = read("{\n \"type\": \"FeatureCollection\",\n \"features\": [}\n]}");
        assert_eq!(found, None);
        let (place, _) = problems[0].at.clone().unwrap();
        assert_eq!((&*place.file, place.start), ("map.geojson", 46));
        assert!(message(r#"{"type":"Feature"}"#).contains("is a `Feature`"));
        assert!(
            message(&collection(&[feature(r#""1""#, "Point", "[24.0,56.0]")])).contains("Point")
        );
        assert!(read("").0.is_none() && read("[1,2]").0.is_none() && read("ā").0.is_none());
    }

    #[test]
    fn a_map_is_named_by_its_file_and_the_property_of_its_codes() {
        let map = collection(&[feature(r#""1""#, "Polygon", SQUARE)]);
        let scenario = r#"(file: "map.geojson", code: "code")"#;
        let mut library = Library::new(Memory::new(&[("s.ron", scenario), ("map.geojson", &map)]));
        let source = library.read("s.ron", LARGEST_MAP, None).unwrap();
        let municipalities = Table { codes: vec!["1".to_owned()], ..Table::default() };
        let mut door = Decoder::new();
        let found =
            boundaries(&mut door, &read_node(&source).unwrap(), &mut library, &municipalities);
        assert_eq!(found.map(|shapes| shapes[0].code.clone()), Some("1".to_owned()));
        assert!(door.finish().is_empty());
    }

    #[test]
    fn codes_of_the_map_must_be_municipalities() {
        let table = |codes: [&str; 2]| Table {
            codes: codes.map(str::to_owned).to_vec(),
            ..Table::default()
        };
        let shape = |code: &str| Shape { code: code.to_owned(), polygons: Vec::new() };
        let at = Place::new(&"s.ron".into(), 3..9);
        let mut door = Decoder::new();
        assert!(matched(vec![shape("1")], &table(["1", "2"]), &at, &mut door).is_some());
        assert!(!door.failed());
        assert!(matched(vec![shape("3")], &table(["1", "2"]), &at, &mut door).is_none());
        assert!(door.failed());
    }
}
