//! The lines of a source that a problem is shown with: few of them, and none endless.

use std::ops::Range;

/// The longest part of a line that is shown, in characters.
const LONGEST: usize = 160;
/// What stands before the first marked character of a line that is cut.
const BEFORE: usize = 60;
/// The most lines of one marked range that are shown.
const MOST_LINES: usize = 12;

/// A piece of a source, cut to what can be shown, with the marked ranges moved accordingly.
#[derive(Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The number of its first line, from 1.
    pub first_line: usize,
    /// Its text.
    pub text: String,
    /// The marked ranges, in bytes of `text`, in the order given.
    pub marks: Vec<Range<usize>>,
}

impl Excerpt {
    /// The lines of all marks, or of so many of the first as do not lie too far apart (the others
    /// are then missing from `marks`, which is cut to those shown).
    pub fn new(text: &str, marks: &[Range<usize>]) -> Option<Self> {
        let start = marks.iter().map(|mark| line_start(text, mark.start)).min()?;
        let end = marks.iter().map(|mark| last_line_end(text, mark)).max()?;
        let lines = text.get(start..end)?.bytes().filter(|byte| *byte == b'\n').count();
        if lines > MOST_LINES && marks.len() > 1 {
            return Self::new(text, &marks[..marks.len() - 1]);
        }
        let first_line = text.get(..start)?.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let mut excerpt = Self { first_line, text: String::new(), marks: Vec::new() };
        let mut moved: Vec<(usize, usize)> = vec![(usize::MAX, 0); marks.len()];
        let mut at = start;
        for (number, line) in text.get(start..end)?.split('\n').take(MOST_LINES).enumerate() {
            if number > 0 {
                excerpt.text.push('\n');
            }
            excerpt.add_line(line, at, marks, &mut moved);
            at += line.len() + 1;
        }
        let length = excerpt.text.len();
        excerpt.marks = moved
            .into_iter()
            .map(|(from, to)| from.min(length)..to.clamp(from.min(length), length))
            .collect();
        Some(excerpt)
    }

    /// Adds one line, cut around what is marked in it.
    fn add_line(
        &mut self,
        line: &str,
        at: usize,
        marks: &[Range<usize>],
        moved: &mut [(usize, usize)],
    ) {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let window = window(line, at, marks);
        if window.start > 0 {
            self.text.push('…');
        }
        let shown = self.text.len();
        let full = at..at + line.len();
        for (mark, (from, to)) in marks.iter().zip(moved) {
            if mark.start <= full.end && mark.end >= full.start {
                let within = |byte: usize| {
                    let byte = floor(line, byte.clamp(full.start, full.end) - at);
                    shown + byte.clamp(window.start, window.end) - window.start
                };
                *from = (*from).min(within(mark.start));
                *to = (*to).max(within(mark.end));
            }
        }
        self.text.push_str(line.get(window.clone()).unwrap_or(""));
        if window.end < line.len() {
            self.text.push('…');
        }
    }
}

/// Which bytes of a line are shown.
fn window(line: &str, at: usize, marks: &[Range<usize>]) -> Range<usize> {
    if line.len() <= LONGEST {
        return 0..line.len();
    }
    let marked = marks
        .iter()
        .filter(|mark| mark.start <= at + line.len() && mark.end >= at)
        .map(|mark| mark.start.saturating_sub(at))
        .min()
        .unwrap_or(0);
    let marked = floor(line, marked.min(line.len()));
    let before = &line[..marked];
    let start = before.char_indices().rev().nth(BEFORE - 1).map_or(0, |(byte, _)| byte);
    let rest = &line[start..];
    let end = rest.char_indices().nth(LONGEST).map_or(line.len(), |(byte, _)| start + byte);
    start..end
}

/// The nearest start of a character at or before a byte.
fn floor(text: &str, byte: usize) -> usize {
    (0..=byte).rev().find(|byte| text.is_char_boundary(*byte)).unwrap_or(0)
}

fn line_start(text: &str, byte: usize) -> usize {
    let byte = floor(text, byte.min(text.len()));
    text[..byte].rfind('\n').map_or(0, |found| found + 1)
}

/// The end of the last line of a mark that is shown.
fn last_line_end(text: &str, mark: &Range<usize>) -> usize {
    let start = floor(text, mark.start.min(text.len()));
    let last = floor(text, mark.end.saturating_sub(1).clamp(start, text.len()));
    let end = text[start..last]
        .match_indices('\n')
        .nth(MOST_LINES - 1)
        .map_or(last, |(at, _)| start + at);
    text[end..].find('\n').map_or(text.len(), |found| end + found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, marks: &[(usize, usize)]) -> Excerpt {
        let marks: Vec<Range<usize>> = marks.iter().map(|(start, end)| *start..*end).collect();
        Excerpt::new(text, &marks).expect("there is a mark")
    }

    fn marked(excerpt: &Excerpt) -> Vec<&str> {
        excerpt.marks.iter().map(|mark| &excerpt.text[mark.clone()]).collect()
    }

    #[test]
    fn a_short_line_is_shown_whole() {
        let excerpt = of("one\ntwo three\nfour", &[(8, 13)]);
        assert_eq!((excerpt.first_line, &*excerpt.text), (2, "two three"));
        assert_eq!(marked(&excerpt), ["three"]);
    }

    #[test]
    fn a_long_line_is_cut_around_its_mark() {
        let line = format!("{}BAD{}", "ā".repeat(5_000), "z".repeat(5_000));
        let excerpt = of(&line, &[(10_000, 10_003)]);
        assert_eq!(marked(&excerpt), ["BAD"]);
        assert!(excerpt.text.chars().count() <= LONGEST + 2);
        assert!(excerpt.text.starts_with("…ā") && excerpt.text.ends_with("z…"));
    }

    #[test]
    fn a_mark_over_thousands_of_lines_shows_only_the_first() {
        let text = "line\n".repeat(10_000);
        let excerpt = of(&text, &[(0, text.len())]);
        assert!(excerpt.text.lines().count() <= MOST_LINES);
        assert_eq!(excerpt.marks[0].start, 0);
    }

    #[test]
    fn marks_far_apart_leave_the_first() {
        let text = "line\n".repeat(100);
        let excerpt = of(&text, &[(300, 304), (0, 4)]);
        assert_eq!((excerpt.first_line, excerpt.marks.len()), (61, 1));
        assert_eq!(marked(&excerpt), ["line"]);
    }

    #[test]
    fn a_mark_beyond_the_text_or_inside_a_letter_does_no_harm() {
        for mark in [(90, 95), (1, 2), (0, 0), (5, 3)] {
            let _ = marked(&of("āb", &[mark]));
        }
        assert_eq!(of("", &[(0, 0)]).text, "");
        assert_eq!(Excerpt::new("text", &[]), None);
    }
}
