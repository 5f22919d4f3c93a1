//! A letter to a municipality: one page, as Markdown and as HTML.
//!
//! [`document`] says what stands in it; the two writers know how a heading, a paragraph and a table are
//! written, and nothing else.

mod document;
mod html;
mod markdown;
mod name;
mod neighbours;

pub use document::{Block, document};
pub use html::html;
pub use markdown::markdown;
pub use name::file_names;

/// What stands in every letter of ours, so that a later one may take its place.
pub const MARK: &str = "written by dotacija explain --letter";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::explain::letters;
    use crate::language::Language;
    use crate::report::bracketed::{seen, texts_of, unbracketed};

    #[test]
    fn an_award_outside_its_own_range_is_told() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/tiny/tiny.ron");
        let opened = crate::scenario::open(&path, &[]);
        let scenario = opened.scenario.unwrap();
        let now = (0, scenario.years.last);
        let mut letter = letters(&scenario, &opened.sources, now, &[0], &|| ()).unwrap().remove(0);
        let written = |letter: &_| markdown(&document(letter, Language::English));
        let award = letter.awards[0].award;
        for (range, is_told) in [((0.0, award), false), ((award + 1.0, award + 2.0), true)] {
            letter.awards[0].range = Some(range);
            assert_eq!(written(&letter).contains("lies outside its own range in: flat, "), is_told);
        }
    }

    #[test]
    fn no_word_of_a_letter_stands_in_its_source() {
        let path =
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/starter/starter.ron");
        let opened = crate::scenario::open(&path, &[]);
        let scenario = opened.scenario.unwrap();
        let (first, last) = (0, scenario.years.last);
        let letters = letters(&scenario, &opened.sources, (first, last), &[0], &|| ()).unwrap();
        let written = |language| html(&document(&letters[0], language), language);
        let lines = |page: &str| seen(page);
        let mut data = texts_of(&scenario);
        data.push(MARK.to_owned());
        // A worksheet filled in is formulas and names, the last line of it a sentence.
        let page = written(Language::Bracketed);
        let mut rest = page.as_str();
        let mut prose = String::new();
        while let Some((before, behind)) = rest.split_once("<pre>") {
            prose.push_str(before);
            let (sheet, after) = behind.split_once("</pre>").unwrap();
            assert!(sheet.trim_end().ends_with(']'), "{sheet}");
            rest = after;
        }
        prose.push_str(rest);
        assert_eq!(unbracketed(&lines(&prose), &data), Vec::<String>::new());
        let latvian = written(Language::Latvian);
        assert!(
            latvian.contains("<html lang=\"lv\">")
                && latvian.contains("Līdzīga lieluma pašvaldības")
        );
    }
}
