//! Texts for readers in English and Latvian, and numbers in each language's own form.
//!
//! ```text
//! src/assets/locale/{en,lv}/*.ftl ─► bundle ─► Message::in_language(Language) ─► text
//!                                                  ▲ typed arguments: counts, money, shares, …
//! ```
//! A sentence is a [`Message`]: the key of a resource and typed arguments. Whoever makes one decides
//! nothing about its language, and nobody outside this module formats a number into a sentence.
//! Resources are compiled in; the syntax is that of [Fluent](https://projectfluent.org).

mod bundle;
mod message;
pub mod number;
mod option;

pub use message::Message;
pub use option::option;

use serde::{Deserialize, Serialize};
use std::fmt::{Display, Formatter};
use std::str::FromStr;

/// The language of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Language {
    /// 1,234.56; EUR 1.2 million.
    #[default]
    #[serde(rename = "en")]
    English,
    /// 1234,56; 12 345; 1,2 milj. €.
    #[serde(rename = "lv")]
    Latvian,
    /// English with every text of a resource in `[…]`: what stands outside brackets is no resource.
    /// For tests; no user can ask for it.
    #[doc(hidden)]
    #[serde(skip)]
    Bracketed,
}

impl Language {
    /// The languages that a reader may choose.
    pub const ALL: [Self; 2] = [Self::English, Self::Latvian];

    /// The text of a key into which nothing is put.
    pub fn say(self, key: &'static str) -> String {
        Message::new(key).in_language(self)
    }

    /// Its code in BCP 47: `en`, `lv`.
    pub fn code(self) -> &'static str {
        match self {
            Self::English | Self::Bracketed => "en",
            Self::Latvian => "lv",
        }
    }
}

impl Display for Language {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.code())
    }
}

/// No language of this program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there are en (English) and lv (Latvian)")]
pub struct UnknownLanguage;

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|language| language.code() == code).ok_or(UnknownLanguage)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_read_by_the_code_that_it_writes() {
        for language in Language::ALL {
            assert_eq!(language.to_string().parse(), Ok(language));
            let json = serde_json::to_string(&language).unwrap();
            assert_eq!(json, format!("\"{language}\""));
            assert_eq!(serde_json::from_str::<Language>(&json).unwrap(), language);
        }
        let wrong: Result<Language, _> = "de".parse();
        assert_eq!(wrong.unwrap_err().to_string(), "there are en (English) and lv (Latvian)");
    }
}
