//! Problems as text for a terminal or a log, with the source underlined.

use annotate_snippets::{
    AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str,
};

use super::excerpt::Excerpt;
use super::letters::tamed;
use super::{Place, Problem, Severity, Sources};

/// The longest message, note or help that is shown, in characters.
const LONGEST_TEXT: usize = 600;

/// Renders problems one below the other, in the order given (see [`sort`]).
///
/// Control characters are shown as pictures of themselves, long lines and messages are cut.
/// Colour only where the caller knows that a terminal reads it.
#[must_use]
pub fn render(problems: &[Problem], sources: &Sources, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut text = String::new();
    for problem in problems {
        if !text.is_empty() {
            text.push('\n');
        }
        let rendered = renderer.render(&[group(problem, sources)]);
        for line in rendered.lines().filter(|line| !is_filler(line)) {
            // The renderer's own escapes are the only ones left: it shows those of the source.
            for piece in line.split_inclusive('\u{1b}') {
                match piece.strip_suffix('\u{1b}').filter(|_| colour) {
                    Some(before) => {
                        text.push_str(&tamed(before));
                        text.push('\u{1b}');
                    }
                    None => text.push_str(&tamed(piece)),
                }
            }
            text.push('\n');
        }
    }
    text
}

/// The places are told apart from the excerpts, because a cut line has lost its columns; the
/// renderer marks an excerpt without a file's name by a lone `:::`, which says nothing.
fn is_filler(line: &str) -> bool {
    let bare = line.split('\u{1b}').enumerate().map(|(piece, text)| match piece {
        0 => text,
        _ => text.split_once('m').map_or("", |(_, rest)| rest),
    });
    bare.map(str::trim).filter(|piece| !piece.is_empty()).eq([":::"])
}

/// Puts problems in the order in which a reader should mend them: errors before warnings, the
/// more fundamental subject first (files and syntax, fields and numbers, tables, codes, formulas
/// …), then as the files were read, then as they stand in the file. Those without a place come
/// last within their subject.
pub fn sort(problems: &mut [Problem], sources: &Sources) {
    problems.sort_by_cached_key(|problem| {
        let place = problem.at.as_ref().map(|(place, _)| place);
        let file = place.map_or(usize::MAX, |place| sources.position(&place.file));
        (problem.severity, rank(problem.code), file, place.map_or(0, |place| place.start))
    });
}

/// The count that ends a list of problems: "2 errors, 1 warning"; empty without problems.
#[must_use]
pub fn summary(problems: &[Problem]) -> String {
    let errors = problems.iter().filter(|problem| problem.is_error()).count();
    let counted = |count: usize, word: &str| match count {
        0 => None,
        1 => Some(format!("1 {word}")),
        _ => Some(format!("{count} {word}s")),
    };
    [counted(errors, "error"), counted(problems.len() - errors, "warning")]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

/// Fields and numbers are mended together; every other subject by itself.
fn rank(code: &str) -> &str {
    match code.get(1..3).unwrap_or("99") {
        "03" => "02",
        subject => subject,
    }
}

fn group<'a>(problem: &'a Problem, sources: &'a Sources) -> Group<'a> {
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = level
        .primary_title(cut(&problem.message))
        .id(problem.code)
        .elements(places(problem, sources));
    if let Some(note) = &problem.note {
        group = group.element(Level::NOTE.message(normalize_untrusted_str(&cut(note))));
    }
    if let Some(help) = &problem.help {
        group = group.element(Level::HELP.message(normalize_untrusted_str(&cut(help))));
    }
    group
}

/// One piece of source for all places that stand close together, one each for the others.
fn places<'a>(problem: &'a Problem, sources: &'a Sources) -> Vec<Element<'a>> {
    let mut left: Vec<(&Place, &str, AnnotationKind)> = Vec::new();
    if let Some((place, label)) = &problem.at {
        left.push((place, label, AnnotationKind::Primary));
    }
    for (place, label) in &problem.also {
        let kind = if label.is_empty() { AnnotationKind::Visible } else { AnnotationKind::Context };
        left.push((place, label, kind));
    }
    let mut elements = Vec::new();
    while let Some((first, ..)) = left.first().copied() {
        let (mut here, elsewhere): (Vec<_>, Vec<_>) =
            left.into_iter().partition(|(place, ..)| place.file == first.file);
        left = elsewhere;
        let marks: Vec<_> = here.iter().map(|(place, ..)| place.start..place.end).collect();
        let Some(excerpt) = sources.text(&first.file).and_then(|text| Excerpt::new(text, &marks))
        else {
            elements.push(Origin::path(cut(&sources.shown(&first.file))).into());
            continue;
        };
        left.extend(here.split_off(excerpt.marks.len().min(here.len())));
        let mut origin = Origin::path(cut(&sources.shown(&first.file)));
        if let Some((line, column)) = sources.line_column(first) {
            origin = origin.line(line).char_column(column);
        }
        elements.push(origin.into());
        let annotations = here.iter().zip(excerpt.marks).map(|((_, label, kind), mark)| {
            let annotation = kind.span(mark);
            if label.is_empty() { annotation } else { annotation.label(cut(label)) }
        });
        let snippet = Snippet::source(excerpt.text).line_start(excerpt.first_line);
        elements.push(snippet.annotations(annotations).into());
    }
    elements
}

/// A text that fits a terminal.
fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST_TEXT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
    .replace('\n', " ")
}
