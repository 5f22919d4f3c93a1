//! Pictures as a page holds them: what all have in common said once, and shapes that several share
//! (the outlines of a map) drawn once and named afterwards.

use std::collections::BTreeMap;

/// What every picture says of every text and shape, and the style sheet of the page says for all.
const COMMON: [&str; 4] = [
    " xmlns=\"http://www.w3.org/2000/svg\"",
    " font-family=\"Inter, sans-serif\"",
    " opacity=\"1\"",
    " text-anchor=\"start\"",
];
/// How a shape begins that may be shared, and how its outline does.
const SHAPE: &str = "<polygon ";
const OUTLINE: &str = " points=\"";
/// Shorter outlines are not worth a name.
const SHORTEST: usize = 80;

/// The pictures, and the shapes that they share.
#[derive(Debug, Default)]
pub struct Compact {
    /// A definition for each shared shape; empty where there is none.
    pub shapes: String,
    /// The pictures, in their order.
    pub pictures: Vec<String>,
}

/// Makes pictures small. What they show stays the same.
pub fn compact<'a>(pictures: impl Iterator<Item = &'a str>) -> Compact {
    let pictures: Vec<String> = pictures.map(bare).collect();
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for outline in pictures.iter().flat_map(|picture| outlines(picture)) {
        *found.entry(outline).or_default() += 1;
    }
    let shared: BTreeMap<&str, usize> = found
        .into_iter()
        .filter(|(_, count)| *count > 1)
        .enumerate()
        .map(|(index, (outline, _))| (outline, index))
        .collect();
    let shape = |(outline, index): (&&str, &usize)| {
        format!("<polygon id=\"shape-{index}\" points=\"{outline}\"/>")
    };
    Compact {
        shapes: shared.iter().map(shape).collect(),
        pictures: pictures.iter().map(|picture| with_names(picture, &shared)).collect(),
    }
}

/// Without what the style sheet says, and without the line ends around texts.
fn bare(picture: &str) -> String {
    let mut text = picture.to_owned();
    for common in COMMON {
        text = text.replace(common, "");
    }
    let lines = text.lines().map(str::trim_end).collect::<Vec<_>>();
    lines.join("\n").replace(">\n", ">").replace("\n</", "</")
}

/// The outlines of the shapes of a picture that are long enough.
fn outlines(picture: &str) -> impl Iterator<Item = &str> {
    picture.split(SHAPE).skip(1).filter_map(|shape| {
        let tag = shape.split_once('>')?.0;
        let outline = tag.split_once(OUTLINE)?.1.split_once('"')?.0;
        (outline.len() >= SHORTEST).then_some(outline)
    })
}

/// The picture with a name in the place of each outline that is shared.
fn with_names(picture: &str, shared: &BTreeMap<&str, usize>) -> String {
    let mut parts = picture.split(SHAPE);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for shape in parts {
        let named = shape.split_once('>').and_then(|(tag, rest)| {
            let (before, behind) = tag.split_once(OUTLINE)?;
            let (outline, after) = behind.split_once('"')?;
            let index = shared.get(outline)?;
            Some(format!("<use {before} href=\"#shape-{index}\"{after}>{rest}"))
        });
        if let Some(named) = named {
            text.push_str(&named);
        } else {
            text.push_str(SHAPE);
            text.push_str(shape);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outline_that_two_pictures_share_is_drawn_once() {
        let outline = "1,2 ".repeat(30);
        let picture = |colour: &str| {
            format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\">\n<polygon opacity=\"1\" fill=\"{colour}\" points=\"{outline}\"/>\n<polygon fill=\"red\" points=\"0,0 1,1\"/>\n</svg>"
            )
        };
        let (one, other) = (picture("blue"), picture("green"));
        let compact = compact([&*one, &*other].into_iter());
        assert_eq!(compact.shapes, format!("<polygon id=\"shape-0\" points=\"{outline}\"/>"));
        let used = |colour: &str| format!("<use fill=\"{colour}\" href=\"#shape-0\"/>");
        assert!(compact.pictures[0].contains(&used("blue")), "{}", compact.pictures[0]);
        assert!(compact.pictures[1].contains(&used("green")));
        assert!(compact.pictures[1].contains("<polygon fill=\"red\" points=\"0,0 1,1\"/>"));
    }

    #[test]
    fn a_picture_alone_keeps_its_shapes_and_texts() {
        let outline = "1,2 ".repeat(30);
        let svg = format!(
            "<svg>\n<text x=\"1\" opacity=\"1\">\nCēsis &amp; Ape\n</text>\n<polygon points=\"{outline}\"/>\n</svg>"
        );
        let compact = compact([&*svg].into_iter());
        assert_eq!(compact.shapes, "");
        assert_eq!(
            compact.pictures[0],
            format!(
                "<svg><text x=\"1\">Cēsis &amp; Ape</text><polygon points=\"{outline}\"/></svg>"
            )
        );
    }
}
