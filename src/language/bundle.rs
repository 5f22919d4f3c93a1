//! The resources of a language, read once.

use super::{Language, number};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentError, FluentResource, FluentValue};
use std::sync::LazyLock;

/// A language with its texts.
pub type Bundle = FluentBundle<FluentResource>;

/// The resources of a folder below `src/assets/locale`, one file a subject; both languages have the
/// same files.
macro_rules! resources {
    ($folder:literal) => {
        [
            include_str!(concat!("../assets/locale/", $folder, "/terms.ftl")),
            include_str!(concat!("../assets/locale/", $folder, "/findings.ftl")),
            include_str!(concat!("../assets/locale/", $folder, "/charts.ftl")),
            include_str!(concat!("../assets/locale/", $folder, "/page.ftl")),
            include_str!(concat!("../assets/locale/", $folder, "/compare.ftl")),
            include_str!(concat!("../assets/locale/", $folder, "/letter.ftl")),
            include_str!(concat!("../assets/locale/", $folder, "/terminal.ftl")),
            include_str!(concat!("../assets/locale/", $folder, "/serve.ftl")),
            include_str!(concat!("../assets/locale/", $folder, "/workbook.ftl")),
        ]
    };
}

static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| bundle(Language::English, &resources!("en")).0);
static LATVIAN: LazyLock<Bundle> = LazyLock::new(|| bundle(Language::Latvian, &resources!("lv")).0);

/// The texts of a language.
pub fn of(language: Language) -> &'static Bundle {
    match language {
        Language::English | Language::Bracketed => &ENGLISH,
        Language::Latvian => &LATVIAN,
    }
}

/// Reads resources, and gives what is wrong with them: nothing, as a test says.
fn bundle(language: Language, resources: &[&str]) -> (Bundle, Vec<String>) {
    let mut bundle = Bundle::new_concurrent(vec![language.code().parse().unwrap_or_default()]);
    // Marks around what is put in are for bidirectional text, and neither language has any.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::Latvian => |value, _| formatted(value, Language::Latvian),
        Language::English | Language::Bracketed => |value, _| formatted(value, Language::English),
    }));
    let mut wrong = Vec::new();
    for text in resources {
        // A message that cannot be read is left out, the others are kept.
        let resource =
            FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(rest, faults)| {
                wrong.extend(faults.iter().map(ToString::to_string));
                rest
            });
        if let Err(faults) = bundle.add_resource(resource) {
            wrong.extend(faults.iter().map(FluentError::to_string));
        }
    }
    (bundle, wrong)
}

/// A count in the form of the language.
pub fn formatted(value: &FluentValue<'_>, language: Language) -> Option<String> {
    match value {
        FluentValue::Number(found) => Some(number::number(found.value, 0, language)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_resource_is_read_whole() {
        for (language, resources) in
            [(Language::English, resources!("en")), (Language::Latvian, resources!("lv"))]
        {
            assert_eq!(bundle(language, &resources).1, Vec::<String>::new(), "{language}");
        }
    }

    #[test]
    fn every_file_of_the_folders_is_compiled_in() {
        for (language, resources) in
            [(Language::English, resources!("en")), (Language::Latvian, resources!("lv"))]
        {
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/assets/locale/");
            let files = std::fs::read_dir(format!("{folder}{language}")).unwrap();
            let mut texts: Vec<String> =
                files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect();
            let mut compiled = resources.map(str::to_owned).to_vec();
            texts.sort();
            compiled.sort();
            assert_eq!(texts, compiled, "{language}");
        }
    }
}
