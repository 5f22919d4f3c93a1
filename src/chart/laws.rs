//! What holds for every chart on any data.

use std::sync::OnceLock;

use resvg::usvg::{Node, roxmltree};

use super::samples::{all_equal, empty, extreme, many, plausible, plausible_in, single};
use super::*;

/// Every chart on every kind of data, in both languages, with a name for messages.
fn everything() -> &'static [(String, Picture)] {
    static ALL: OnceLock<Vec<(String, Picture)>> = OnceLock::new();
    ALL.get_or_init(draw_everything)
}

fn draw_everything() -> Vec<(String, Picture)> {
    let kinds: [(&str, Vec<Box<dyn Chart>>); 12] = [
        ("plausible", plausible()),
        ("plausible in its own words", plausible_in(Language::Latvian)),
        ("empty", empty()),
        ("single", single()),
        ("119 municipalities", many()),
        ("extreme", extreme()),
        ("all zero", all_equal(0.0)),
        ("all below zero", all_equal(-12_345.6)),
        ("all equal", all_equal(61.5)),
        ("all tiny", all_equal(1e-9)),
        ("all huge", all_equal(7.7e13)),
        ("beyond numbers", all_equal(1e300)),
    ];
    let mut all = Vec::new();
    for (kind, charts) in kinds {
        for chart in charts {
            for language in [Language::English, Language::Latvian] {
                all.push((format!("{} {kind} {language:?}", chart.name()), chart.draw(language)));
            }
        }
    }
    all
}

/// For whoever changes a chart: `LOOK=folder cargo test --lib look_at_every_picture` draws all of these
/// there, with `LOOK_FOR=zero` those whose name has the word.
#[test]
fn look_at_every_picture() {
    let Some(folder) = std::env::var_os("LOOK").map(std::path::PathBuf::from) else { return };
    std::fs::create_dir_all(&folder).expect("a folder");
    let word = std::env::var("LOOK_FOR").unwrap_or_default();
    for (name, picture) in everything().iter().filter(|(name, _)| name.contains(&word)) {
        let file = folder.join(name.replace(' ', "-")).with_extension("png");
        std::fs::write(file, png(&picture.svg).expect("valid")).expect("a file");
    }
}

#[test]
fn the_registry_names_every_chart_once_and_says_how_it_misleads() {
    for samples in [plausible(), empty(), single(), extreme(), all_equal(1.0)] {
        let mut drawn: Vec<&str> = samples.iter().map(|chart| chart.name()).collect();
        let mut known = CHARTS.map(|about| about.name).to_vec();
        drawn.sort_unstable();
        known.sort_unstable();
        assert_eq!(known, drawn);
    }
    for about in CHARTS {
        assert!(!about.shows.is_empty() && !about.misleads.is_empty());
    }
}

#[test]
fn every_picture_is_valid_xml_and_names_no_file() {
    for (name, picture) in everything() {
        let document = roxmltree::Document::parse(&picture.svg)
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(document.root_element().tag_name().name(), "svg", "{name}");
        assert!(
            document
                .descendants()
                .all(|node| !node.has_tag_name("script") && !node.has_tag_name("image")),
            "{name}"
        );
        let sizes = document.descendants().filter_map(|node| node.attribute("font-size"));
        assert!(sizes.into_iter().all(|size| size.len() <= 4), "{name}: a size is not round");
        assert!(!picture.svg.contains("href") && !picture.svg.contains("url("), "{name}");
        assert!(!picture.svg.contains("NaN") && !picture.svg.contains("inf"), "{name}");
    }
}

#[test]
fn the_same_data_give_the_same_bytes() {
    for ((name, first), (_, second)) in everything().iter().zip(draw_everything()) {
        assert!(*first == second, "{name}");
    }
}

#[test]
fn no_text_leaves_the_picture() {
    for (name, picture) in everything() {
        for text in &picture.texts {
            let inside = text.x >= 0.0
                && text.y >= 0.0
                && text.x + text.width <= picture.width
                && text.y + text.height <= picture.height;
            assert!(inside, "{name}: {text:?} in {} × {}", picture.width, picture.height);
        }
    }
}

#[test]
fn no_mark_leaves_the_picture() {
    for (name, picture) in everything() {
        let document = roxmltree::Document::parse(&picture.svg).expect("valid");
        let (right, bottom) = (4.0 * picture.width, 4.0 * picture.height);
        for node in document.descendants() {
            let number = |key: &str| node.attribute(key).and_then(|text| text.parse::<f64>().ok());
            let mut spots: Vec<(f64, f64)> = [("x1", "y1"), ("x2", "y2"), ("cx", "cy")]
                .into_iter()
                .filter_map(|(x, y)| number(x).zip(number(y)))
                .collect();
            for pair in node.attribute("points").unwrap_or_default().split_whitespace() {
                let (x, y) = pair.split_once(',').expect("a pair");
                spots.push((x.parse().expect("a number"), y.parse().expect("a number")));
            }
            for (x, y) in spots {
                assert!(
                    (0.0..=right).contains(&x) && (0.0..=bottom).contains(&y),
                    "{name}: {x}, {y} in {node:?}"
                );
            }
        }
    }
}

#[test]
fn no_two_texts_overlap() {
    for (name, picture) in everything() {
        for (i, one) in picture.texts.iter().enumerate() {
            for other in &picture.texts[i + 1..] {
                assert!(!one.overlaps(other), "{name}: {one:?} and {other:?}");
            }
        }
    }
}

#[test]
fn without_data_a_picture_says_so() {
    for chart in empty() {
        let picture = chart.draw(Language::English);
        assert!(
            picture.texts.iter().any(|text| text.text == "No data for this picture"),
            "{}",
            chart.name()
        );
    }
}

#[test]
fn markup_in_a_name_is_shown_as_text() {
    for chart in all_equal(1.0) {
        let svg = chart.draw(Language::English).svg;
        assert!(svg.contains("&lt;script&gt;") && !svg.contains("<script"), "{}", chart.name());
    }
}

#[test]
fn the_recorded_room_is_the_room_that_the_renderer_takes() {
    for chart in plausible() {
        let picture = chart.draw(Language::Latvian);
        let tree = picture::tree(&picture.svg).expect("valid");
        let mut boxes = Vec::new();
        collect(tree.root(), &mut boxes);
        assert_eq!(boxes.len(), picture.texts.len(), "{}", chart.name());
        for (text, (x, width)) in picture.texts.iter().zip(boxes) {
            // Kerning and side bearings: some hundredths of the width and a point at the ends.
            assert!(
                (text.width - width).abs() < 2.5 + 0.03 * text.width,
                "{}: {text:?} drawn {width} wide",
                chart.name()
            );
            assert!(
                (text.x - x).abs() < 2.5 + 0.03 * text.width,
                "{}: {text:?} drawn at {x}",
                chart.name()
            );
        }
    }
}

/// Left edge and width of every text, in points and in the order of the document.
fn collect(group: &resvg::usvg::Group, boxes: &mut Vec<(f64, f64)>) {
    for node in group.children() {
        match node {
            Node::Group(inner) => collect(inner, boxes),
            Node::Text(text) => {
                let found = text.abs_bounding_box();
                boxes.push((f64::from(found.x()), f64::from(found.width())));
            }
            _ => {}
        }
    }
}

#[test]
fn every_plausible_picture_becomes_a_png() {
    for chart in plausible() {
        let picture = chart.draw(Language::English);
        let bytes = png(&picture.svg).expect("valid");
        assert_eq!(&bytes[1..4], b"PNG", "{}", chart.name());
        assert!(bytes.len() > 10_000, "{}", chart.name());
    }
}

/// What stands outside brackets under the language that brackets every text of a resource.
fn outside(text: &str) -> String {
    let mut depth = 0_usize;
    let mut outside = String::new();
    for letter in text.chars() {
        match letter {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(letter),
            _ => {}
        }
    }
    outside
}

#[test]
fn every_text_of_a_chart_is_of_a_resource_or_of_its_data() {
    /// Of numbers: `EUR 1.24 million`.
    const NUMBERS: [&str; 3] = ["thousand", "million", "billion"];
    for chart in plausible().into_iter().chain(single()).chain(many()).chain(empty()) {
        let data = format!("{chart:?}");
        let picture = chart.draw(Language::Bracketed);
        // In the order of drawing the lines of a text follow each other.
        let texts = picture.texts.iter().map(|text| {
            // A text that was cut for want of room has lost its end.
            let end = if text.text.ends_with('…') { "]" } else { "" };
            format!("{}{end}", text.text)
        });
        let outside = outside(&texts.collect::<Vec<String>>().join(" "));
        for word in outside.split(|letter: char| !letter.is_alphabetic()) {
            let is_data = data.contains(word) || NUMBERS.contains(&word);
            assert!(is_data || word.chars().count() < 2, "{}: {word} in {outside}", chart.name());
        }
    }
}
