//! The gallery in `docs/charts.md`, and every picture of it in both languages as it was last looked at.

use super::samples::plausible_in;
use super::*;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Where a picture of the gallery stands, below `docs`.
fn place(chart: &str, language: Language) -> String {
    format!("pictures/charts/{language}/{chart}.svg")
}

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
}

/// A text with a capital and a full stop.
fn sentence(text: &str) -> String {
    let end = if text.ends_with('.') { "" } else { "." };
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase).into_iter().flatten();
    first.chain(letters).chain(end.chars()).collect()
}

fn gallery() -> String {
    let mut text = "\
# Charts

A picture of each kind, on made-up figures. This page and its pictures are written by a test from the charts
themselves (`BLESS=1 cargo test gallery`); `dotacija list charts` and `dotacija about NAME` say the same.
The pictures of a run stand in its folder `charts/`, and most of them on its page as well. Each kind is drawn
in English and Latvian.
"
    .to_owned();
    for about in CHARTS {
        let name = about.name;
        let _ = write!(
            text,
            "\n## {name}\n\n![{name}]({})\n\n\
             - **Shows** {}\n- **How to read it:** {}\n- **Where it could mislead:** {}\n\
             - **Written by** `{}`; [in Latvian]({})\n",
            place(name, Language::English),
            about.shows.to_owned() + ".",
            sentence(about.reads),
            sentence(about.misleads),
            about.written_by,
            place(name, Language::Latvian),
        );
    }
    text
}

/// Compares a file with what it should be; with `BLESS=1` it is written.
fn holds(path: &Path, text: &str) -> bool {
    if std::env::var_os("BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap_or(path)).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    std::fs::read_to_string(path).is_ok_and(|found| found.replace("\r\n", "\n") == text)
}

#[test]
fn the_gallery_is_that_of_the_charts() {
    assert!(holds(&docs().join("charts.md"), &gallery()), "BLESS=1 writes docs/charts.md anew");
}

#[test]
fn every_picture_of_the_gallery_is_as_it_was_looked_at() {
    let mut changed = Vec::new();
    for language in Language::ALL {
        for chart in plausible_in(language) {
            let place = place(chart.name(), language);
            if !holds(&docs().join(&place), &chart.draw(language).svg) {
                changed.push(place);
            }
        }
    }
    assert!(changed.is_empty(), "look at them, then BLESS=1 writes them anew: {changed:#?}");
}
