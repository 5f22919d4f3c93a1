//! What is wrong with a formula, and the nearest thing that would be right.

use std::ops::Range;

/// One thing that is wrong with a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where: bytes of the formula's text.
    pub range: Range<usize>,
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// The name that nothing here is called by, where that is the fault.
    pub name: Option<String>,
    /// Where else in the formula the same stands.
    pub also: Vec<Range<usize>>,
}

/// A range of bytes that can be copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    pub(super) fn to(self, end: Self) -> Self {
        Self { start: self.start.min(end.start), end: self.end.max(end.end) }
    }

    /// The text that stands there.
    pub(super) fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }

    pub(super) fn fault(self, message: impl Into<String>) -> Fault {
        Fault {
            range: self.start..self.end,
            message: brief(message.into()),
            help: None,
            name: None,
            also: Vec::new(),
        }
    }
}

impl Fault {
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(brief(help.into()));
        self
    }
}

/// The longest name or part of a formula that a message repeats, in characters.
const LONGEST_PART: usize = 60;
/// The longest message that is told as it is, in bytes.
const LONGEST_MESSAGE: usize = 300;

/// A long message with what it quotes cut, and a still longer one cut itself.
fn brief(message: String) -> String {
    if message.len() <= LONGEST_MESSAGE {
        return message;
    }
    let cut = |text: &str, most: usize| match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    };
    let parts: Vec<String> = message
        .split('`')
        .enumerate()
        .map(|(place, part)| if place % 2 == 1 { cut(part, LONGEST_PART) } else { part.to_owned() })
        .collect();
    cut(&parts.join("`"), LONGEST_MESSAGE)
}

/// A share of so many percent, as a person would write it.
pub(super) fn share(percent: f64) -> String {
    let text = format!("{:.6}", percent / 100.0);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// "did you mean …?", the whole list where it is short, or nothing.
pub(super) fn suggestion(word: &str, mut known: Vec<String>) -> Option<String> {
    const FEW: usize = 12;
    if word.len() > LONGEST_WORD {
        return None;
    }
    if let Some(nearest) = alike(word, &known) {
        return Some(format!("did you mean `{nearest}`?"));
    }
    known.truncate(MOST_WORDS);
    known.retain(|name| name.len() <= LONGEST_WORD);
    known.sort();
    known.dedup();
    let short = !known.is_empty() && known.len() <= FEW;
    short.then(|| format!("known here: {}", listed(&known)))
}

/// The known word that is most likely meant, if one is near.
pub(super) fn alike<'k>(word: &str, known: &'k [String]) -> Option<&'k str> {
    const ALIKE: f64 = 0.8;
    let short = |name: &&str| name.len() <= LONGEST_WORD;
    let known = known.iter().take(MOST_WORDS).map(String::as_str).filter(short);
    if short(&word) { nearest(word, known, ALIKE) } else { None }
}

/// Nobody mistypes longer words, and to compare them takes long.
const LONGEST_WORD: usize = 80;
/// How many words are compared.
const MOST_WORDS: usize = 2_000;

/// Names in backquotes.
pub(super) fn listed<T: AsRef<str>>(names: &[T]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{}`", name.as_ref())).collect();
    quoted.join(", ")
}

/// The candidate most like the word, by Jaro and Winkler's similarity and then by the fewest slips of the pen.
fn nearest<'k>(word: &str, known: impl Iterator<Item = &'k str>, at_least: f64) -> Option<&'k str> {
    let word = word.to_lowercase();
    // Two slips in a short word make another word.
    let allowed = match word.chars().count() {
        0..=5 => 1,
        length => length / 2,
    };
    known
        .map(|candidate| {
            let lower = candidate.to_lowercase();
            let slips = strsim::damerau_levenshtein(&word, &lower);
            (strsim::jaro_winkler(&word, &lower), slips, candidate)
        })
        .filter(|(alike, slips, _)| *alike >= at_least && *slips <= allowed)
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)).then(b.2.cmp(a.2)))
        .map(|(_, _, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::suggestion;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_slip_of_the_pen_finds_its_word() {
        let known = words(&["load", "population", "open_points", "open_points_local"]);
        let help = |word| suggestion(word, known.clone());
        assert_eq!(help("popluation").as_deref(), Some("did you mean `population`?"));
        assert_eq!(help("open_point").as_deref(), Some("did you mean `open_points`?"));
        assert_eq!(help("Load").as_deref(), Some("did you mean `load`?"));
    }

    #[test]
    fn a_long_name_is_cut_in_messages_and_not_compared() {
        let name = "x".repeat(9_000);
        let fault = super::Span { start: 0, end: 1 }.fault(format!("`{name}` is not known here"));
        assert_eq!(fault.message, format!("`{}…` is not known here", "x".repeat(60)));
        assert_eq!(suggestion(&name, vec![format!("{name}y")]), None);
    }

    #[test]
    fn a_short_list_is_told_where_nothing_is_near() {
        let known = words(&["load", "area"]);
        assert_eq!(suggestion("zzz", known).as_deref(), Some("known here: `area`, `load`"));
        let long: Vec<String> = (0..13).map(|k| format!("column_{k}")).collect();
        assert_eq!(suggestion("zzz", long), None);
    }
}
