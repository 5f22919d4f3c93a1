//! What stands above and below every picture.

use super::format::Language;
use crate::language::Message;

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
        let named = |message: Message, text: &str| {
            let text = text.trim();
            (!text.is_empty()).then(|| message.name("text", text).in_language(language))
        };
        let draws = self.draws.map(|count| {
            Message::new("chart-caption-draws").count("draws", count as f64).in_language(language)
        });
        let all = [
            Some(added.trim().to_owned()),
            named(Message::new("chart-caption-policy"), &self.policy),
            named(Message::new("chart-caption-pot"), &self.pot),
            draws,
            self.date().map(|date| date.in_language(language)),
            Some(self.note.trim().to_owned()),
            named(Message::new("chart-caption-source"), &self.source),
        ];
        all.into_iter()
            .flatten()
            .filter(|sentence| !sentence.is_empty())
            .map(|sentence| {
                let ends = sentence.ends_with(['.', '!', '?']) || sentence.ends_with(".]");
                if ends { sentence } else { sentence + "." }
            })
            .collect()
    }

    /// The day of the data, in the form of the language where it is a day.
    fn date(&self) -> Option<Message> {
        let text = self.data_as_of.trim();
        let parts: Result<Vec<u32>, _> = text.split('-').map(str::parse).collect();
        let parts = parts.unwrap_or_default();
        let message = Message::new("chart-caption-date");
        match parts[..] {
            _ if text.is_empty() => None,
            [year, month, day] => Some(message.date("date", (year as i32, month, day))),
            // A month is known from its first day, as pages write it.
            [year, month] => Some(message.date("date", (year as i32, month, 1))),
            _ => Some(message.name("date", text)),
        }
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
        let dated = Caption { data_as_of: "2022-02-01".to_owned(), ..Caption::default() };
        assert_eq!(dated.sentences("", Language::English), ["Data as of 2022-02-01."]);
        assert_eq!(dated.sentences("", Language::Latvian), ["Dati uz 01.02.2022."]);
        let month = Caption { data_as_of: "2022-02".to_owned(), ..Caption::default() };
        assert_eq!(month.sentences("", Language::Latvian), ["Dati uz 01.02.2022."]);
        let words = Caption { data_as_of: "spring of 2022".to_owned(), ..Caption::default() };
        assert_eq!(words.sentences("", Language::English), ["Data as of spring of 2022."]);
    }
}
