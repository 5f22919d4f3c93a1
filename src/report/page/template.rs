//! Templates filled in: names are escaped, words come from the resources.

use super::base64::base64;
use crate::chart::font;
use crate::language::{Language, Message};
use crate::report::folded;
use minijinja::value::{Kwargs, Serde, ValueKind};
use minijinja::{Environment, Error, Value, context};
use serde::Serialize;

/// The templates; that their names end in `.html` is what makes minijinja escape.
const TEMPLATES: [(&str, &str); 4] = [
    (super::REPORT, include_str!("../../assets/report.html")),
    ("compare.html", include_str!("../../assets/compare.html")),
    ("parts.html", include_str!("../../assets/parts.html")),
    ("style.html", include_str!("../../assets/style.html")),
];
/// What sorts, copies and chooses; a page can be read without it.
const SCRIPT: &str = include_str!("../../assets/page.js");

/// The template does not fit what it is given: a fault of this program.
#[derive(Debug, thiserror::Error)]
#[error("the page could not be written: {0}")]
pub struct PageError(#[from] Error);

/// Fills a template in a language.
pub fn filled(
    template: &str,
    language: Language,
    view: &impl Serialize,
) -> Result<Vec<u8>, PageError> {
    let mut environment = Environment::new();
    for (name, text) in TEMPLATES {
        environment.add_template(name, text)?;
    }
    environment.add_function("say", move |key: String, given: Kwargs| say(key, &given, language));
    environment.add_filter("folded", |text: &str| Value::from_safe_string(folded(text)));
    environment.add_global("language", language.code());
    environment.add_global("script", Value::from_safe_string(SCRIPT.to_owned()));
    environment.add_global(
        "fonts",
        context! {
            regular => Value::from_safe_string(base64(font::REGULAR_WOFF2)),
            bold => Value::from_safe_string(base64(font::SEMIBOLD_WOFF2)),
        },
    );
    let text = environment.get_template(template)?.render(Serde(view))?;
    Ok(text.into_bytes())
}

/// The words of a key, with what the template puts in: counts and names.
fn say(key: String, given: &Kwargs, language: Language) -> Result<String, Error> {
    let mut arguments = Vec::new();
    for name in given.args() {
        let value: Value = given.get(name)?;
        let argument = match value.kind() {
            ValueKind::Number => Ok(f64::try_from(value)?),
            _ => Err(value.to_string()),
        };
        arguments.push((name.to_owned(), argument));
    }
    Ok(Message::of_template(key, arguments).in_language(language))
}
