//! What stands above and below every picture.

use super::format::Language;
use super::words;

/// The texts around a picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// The subject of the finding, in a few words.
    pub title: String,
    /// What is shown, in which unit, for which years.
    pub subtitle: String,
    /// Where it comes from.
    pub caption: Caption,
}

/// Where a picture comes from; what is empty is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caption {
    /// Which policy is shown.
    pub policy: String,
    /// Which pot: `EUR 615,394`, `the same for all policies`.
    pub pot: String,
    /// How many draws.
    pub draws: Option<u64>,
    /// The day to which facts were known, `2022-02-01`.
    pub data_as_of: String,
    /// Where the data come from.
    pub source: String,
    /// Anything else that a reader must know.
    pub note: String,
}

impl Caption {
    /// The sentences of the caption, with what the picture itself adds.
    pub(super) fn sentences(&self, added: &str, language: Language) -> Vec<String> {
        let words = language.words();
        let named = |name: &str, text: &str| {
            if text.trim().is_empty() { String::new() } else { format!("{name}: {}", text.trim()) }
        };
        let draws = self.draws.map_or(String::new(), |count| words::draws(count, language));
        let date = match self.data_as_of.trim() {
            "" => String::new(),
            date => format!("{} {date}", words.data_as_of),
        };
        let all = [
            added.trim().to_owned(),
            named(words.policy, &self.policy),
            named(words.pot, &self.pot),
            draws,
            date,
            self.note.trim().to_owned(),
            named(words.source, &self.source),
        ];
        all.into_iter()
            .filter(|sentence| !sentence.is_empty())
            .map(
                |sentence| {
                    if sentence.ends_with(['.', '!', '?']) { sentence } else { sentence + "." }
                },
            )
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caption_says_what_it_knows_and_nothing_else() {
        let caption = Caption {
            draws: Some(10_000),
            source: "VARAM, 2022.".to_owned(),
            ..Caption::default()
        };
        assert_eq!(
            caption.sentences("", Language::English),
            ["10,000 draws.", "Source: VARAM, 2022."]
        );
        assert!(Caption::default().sentences("", Language::English).is_empty());
    }
}
