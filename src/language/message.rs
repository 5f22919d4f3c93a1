//! A sentence without its language: the key of a resource, and what is put in.

use super::{Language, bundle, number};
use fluent_bundle::types::{FluentNumber, FluentNumberOptions};
use fluent_bundle::{FluentArgs, FluentValue};
use std::borrow::Cow;

/// A text of the resources with its arguments; [`Message::in_language`] makes words of it.
///
/// ```
/// use dotacija::language::{Language, Message};
///
/// let message = Message::new("too-few-draws").count("draws", 21.0).count("needed", 50.0);
/// assert!(message.in_language(Language::Latvian).starts_with("Ar 21 izspēli"));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    key: Cow<'static, str>,
    arguments: Vec<(Cow<'static, str>, Argument)>,
}

/// What is put into a text.
#[derive(Clone, Debug, PartialEq)]
enum Argument {
    /// A whole number that words may agree with.
    Count(f64),
    /// A number with so many decimals.
    Number { value: f64, decimals: usize },
    /// A sum with so many decimals.
    Money { sum: f64, decimals: usize, currency: String },
    /// A sum to three figures.
    RoughMoney { sum: f64, currency: String },
    /// A share, in per cent.
    Share(f64),
    /// A year.
    Year(i32),
    /// Year, month and day.
    Date(i32, u32, u32),
    /// Something that has the same name in every language.
    Name(String),
    /// Words of the same language.
    Words(Message),
}

impl Message {
    /// The text of a key. A test finds every key in the sources, so it is written out here and not
    /// put together.
    pub const fn new(key: &'static str) -> Self {
        Self { key: Cow::Borrowed(key), arguments: Vec::new() }
    }

    /// The text of a key that a template names, with what it puts in: whole numbers, with which words
    /// agree, and words. A test finds these keys in the templates.
    pub fn of_template(key: String, given: Vec<(String, Result<f64, String>)>) -> Self {
        let argument = |of: Result<f64, String>| match of {
            Ok(count) => Argument::Count(count),
            Err(words) => Argument::Name(words),
        };
        let arguments = given.into_iter().map(|(name, of)| (Cow::Owned(name), argument(of)));
        Self { key: Cow::Owned(key), arguments: arguments.collect() }
    }

    /// The key.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// A count, whole: words agree with it by the plural forms of the language.
    #[must_use]
    pub fn count(self, name: &'static str, value: f64) -> Self {
        self.with(name, Argument::Count(value))
    }

    /// A number with so many decimals. Words do not agree with it: the plural rules at hand read
    /// the whole part of a Latvian decimal only, where CLDR reads its last digit.
    #[must_use]
    pub fn number(self, name: &'static str, value: f64, decimals: usize) -> Self {
        self.with(name, Argument::Number { value, decimals })
    }

    /// A sum in whole units of the currency (ISO code).
    #[must_use]
    pub fn money(self, name: &'static str, sum: f64, currency: &str) -> Self {
        self.with(name, Argument::Money { sum, decimals: 0, currency: currency.to_owned() })
    }

    /// A sum to the cent.
    #[must_use]
    pub fn cents(self, name: &'static str, sum: f64, currency: &str) -> Self {
        self.with(name, Argument::Money { sum, decimals: 2, currency: currency.to_owned() })
    }

    /// A sum to three figures where it is large: `EUR 4.52 million`.
    #[must_use]
    pub fn rough_money(self, name: &'static str, sum: f64, currency: &str) -> Self {
        self.with(name, Argument::RoughMoney { sum, currency: currency.to_owned() })
    }

    /// A share, 0.5 for 50 %.
    #[must_use]
    pub fn share(self, name: &'static str, share: f64) -> Self {
        self.with(name, Argument::Share(share))
    }

    /// A year.
    #[must_use]
    pub fn year(self, name: &'static str, year: i32) -> Self {
        self.with(name, Argument::Year(year))
    }

    /// A day: year, month from 1, day.
    #[must_use]
    pub fn date(self, name: &'static str, (year, month, day): (i32, u32, u32)) -> Self {
        self.with(name, Argument::Date(year, month, day))
    }

    /// A name, which is the same in every language: of a policy, a municipality, a file.
    #[must_use]
    pub fn name(self, name: &'static str, of: &str) -> Self {
        self.with(name, Argument::Name(of.to_owned()))
    }

    /// Other words of the resources.
    #[must_use]
    pub fn words(self, name: &'static str, message: Message) -> Self {
        self.with(name, Argument::Words(message))
    }

    fn with(mut self, name: &'static str, argument: Argument) -> Self {
        self.arguments.push((Cow::Borrowed(name), argument));
        self
    }

    /// The words in a language. A key that no resource has gives itself; tests make that impossible
    /// for every key that the sources name.
    pub fn in_language(&self, language: Language) -> String {
        let text = self.text(language);
        if language == Language::Bracketed { format!("[{text}]") } else { text }
    }

    /// What is put in under a name, as a reader sees it; empty where nothing is.
    pub fn argument_in(&self, language: Language, name: &str) -> String {
        let found = self.arguments.iter().find(|(of, _)| *of == name);
        let value = found.map(|(_, argument)| argument.value(language));
        match value {
            Some(FluentValue::String(text)) => text.into_owned(),
            Some(value) => bundle::formatted(&value, language).unwrap_or_default(),
            None => String::new(),
        }
    }

    /// The words, without brackets of their own.
    fn text(&self, language: Language) -> String {
        let bundle = bundle::of(language);
        let pattern = bundle.get_message(&self.key).and_then(|message| message.value());
        let Some(pattern) = pattern else {
            #[cfg(test)]
            panic!("no text for {}", self.key);
            #[cfg(not(test))]
            return self.key.clone().into_owned();
        };
        let mut arguments = FluentArgs::with_capacity(self.arguments.len());
        for (name, argument) in &self.arguments {
            arguments.set(name.clone(), argument.value(language));
        }
        let mut faults = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&arguments), &mut faults).into_owned();
        #[cfg(test)]
        assert!(faults.is_empty(), "{}: {faults:?}", self.key);
        text
    }
}

impl Argument {
    fn value(&self, language: Language) -> FluentValue<'static> {
        let text = match self {
            Self::Count(count) => return plural(*count, language),
            Self::Number { value, decimals } => {
                let rounded = crate::units::round_half_up(*value, *decimals as i32);
                number::number(rounded, *decimals, language)
            }
            Self::Money { sum, decimals, currency } => {
                number::money(*sum, *decimals, currency, language)
            }
            Self::RoughMoney { sum, currency } => number::rough_money(*sum, currency, language),
            Self::Share(share) => number::percent(*share, language),
            Self::Year(year) => year.to_string(),
            &Self::Date(year, month, day) => number::date(year, month, day, language),
            Self::Name(name) => name.clone(),
            Self::Words(message) => message.text(language),
        };
        FluentValue::String(text.into())
    }
}

/// A whole number with which words can agree; what is no number or too large is text.
fn plural(value: f64, language: Language) -> FluentValue<'static> {
    let shown = crate::units::round_half_up(value, 0);
    if shown.abs() < 1e9 {
        FluentValue::Number(FluentNumber::new(shown, FluentNumberOptions::default()))
    } else {
        FluentValue::String(number::number(shown, 0, language).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fluent_bundle::FluentResource;
    use fluent_bundle::concurrent::FluentBundle;

    /// The plural form that a language has for a number as it is shown.
    fn form(language: Language, value: f64) -> String {
        let text = "form = { $n ->\n    [zero] zero\n    [one] one\n    [two] two\n    [few] few\n    [many] many\n   *[other] other\n}\n";
        let mut bundle =
            FluentBundle::new_concurrent(vec![language.code().parse().unwrap_or_default()]);
        bundle.add_resource(FluentResource::try_new(text.to_owned()).unwrap()).unwrap();
        let mut arguments = FluentArgs::new();
        arguments.set("n", plural(value, language));
        let pattern = bundle.get_message("form").unwrap().value().unwrap();
        bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned()
    }

    #[test]
    fn plural_forms_are_those_of_cldr() {
        // Samples of common/supplemental/plurals.xml, CLDR 46, for lv.
        let zero = [
            0, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 30, 40, 50, 60, 100, 1_000, 10_000,
            1_000_000,
        ];
        let one = [1, 21, 31, 41, 51, 61, 71, 81, 101, 1_001];
        let other = [2, 3, 4, 5, 6, 7, 8, 9, 22, 23, 24, 25, 26, 27, 28, 29, 102, 1_002];
        for (numbers, expected) in [(&zero[..], "zero"), (&one, "one"), (&other, "other")] {
            for number in numbers {
                assert_eq!(form(Language::Latvian, f64::from(*number)), expected, "{number}");
            }
        }
        for (value, expected) in [(0.0, "other"), (1.0, "one"), (2.0, "other"), (21.0, "other")] {
            assert_eq!(form(Language::English, value), expected, "{value}");
        }
    }

    #[test]
    fn what_is_shown_decides_about_the_form() {
        // 20.6 is shown as 21.
        assert_eq!(form(Language::Latvian, 20.6), "one");
        for value in [f64::NAN, f64::INFINITY, -1e300, 1e9, 1e-300] {
            assert!(!form(Language::Latvian, value).is_empty());
        }
    }

    #[test]
    fn every_kind_of_argument_is_put_in_as_the_language_writes_it() {
        let message = Message::new("spread")
            .number("n", 12_345.65, 1)
            .cents("c", 12_345.67, "EUR")
            .money("m", 1_234.5, "EUR")
            .date("d", (2022, 12, 31));
        let latvian = |name| message.argument_in(Language::Latvian, name).replace('\u{a0}', " ");
        assert_eq!((latvian("n"), latvian("c")), ("12 345,7".into(), "12 345,67 €".into()));
        assert_eq!((latvian("m"), latvian("d")), ("1235 €".into(), "31.12.2022.".into()));
        assert_eq!(latvian("none"), "");
        let english = |name| message.argument_in(Language::English, name).replace('\u{a0}', " ");
        assert_eq!((english("n"), english("c")), ("12,345.7".into(), "EUR 12,345.67".into()));
    }

    #[test]
    fn nothing_but_words_is_put_into_a_text() {
        let message = Message::new("too-few-draws").count("draws", 21.0).count("needed", 12_345.0);
        for language in [Language::English, Language::Latvian, Language::Bracketed] {
            let text = message.in_language(language);
            assert!(!text.contains(['\u{2068}', '\u{2069}', '{', '$']), "{text}");
        }
        assert!(message.in_language(Language::English).contains("12,345"));
        assert!(message.in_language(Language::Latvian).contains("12\u{a0}345"));
    }

    #[test]
    fn brackets_stand_around_a_whole_text_once() {
        let spread = Message::new("spread").count("low", 1.0).count("high", 2.0);
        let text =
            Message::new("covered").year("year", 2027).share("share", 0.5).words("spread", spread);
        let text = text.in_language(Language::Bracketed);
        assert!(text.starts_with('[') && text.ends_with(']'));
        assert_eq!(text.matches(['[', ']']).count(), 2, "{text}");
    }
}
