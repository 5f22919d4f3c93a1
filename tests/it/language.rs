//! The resources of both languages: keys, arguments, and words that would mislead.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const LANGUAGES: [&str; 2] = ["en", "lv"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|of| of == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The messages and terms of a language by key, without comments.
fn resources(language: &str) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for path in files(&root().join("src/assets/locale").join(language), "ftl") {
        let mut key = String::new();
        for line in fs::read_to_string(&path).unwrap().lines() {
            let begins =
                line.starts_with(|letter: char| letter.is_ascii_lowercase() || letter == '-');
            if begins && let Some((name, text)) = line.split_once(" =") {
                name.clone_into(&mut key);
                let before = found.insert(key.clone(), text.to_owned());
                assert!(before.is_none(), "{language} has {key} twice");
            } else if line.starts_with(' ') {
                found.get_mut(&key).unwrap().push_str(&format!("\n{line}"));
            } else {
                assert!(line.is_empty() || line.starts_with('#'), "{}: {line}", path.display());
            }
        }
    }
    found
}

/// What follows a sign in a text, as far as it is a name.
fn names(text: &str, sign: &str) -> BTreeSet<String> {
    let name = |part: &str| -> String {
        part.chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '-').collect()
    };
    text.split(sign).skip(1).map(name).filter(|name| !name.is_empty()).collect()
}

/// The keys that sources and templates name: whole, where a text is said.
fn keys_of_sources() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let mut add = |path: PathBuf, sign: &str| {
        let text = fs::read_to_string(path).unwrap();
        for part in text.split(sign).skip(1) {
            let key = part.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next());
            keys.extend(key.map(str::to_owned));
        }
    };
    for path in files(&root().join("src"), "rs") {
        add(path.clone(), "Message::new(");
        add(path, ".say(");
    }
    for path in files(&root().join("src/assets"), "html") {
        add(path, "say(");
    }
    keys
}

#[test]
fn every_key_that_a_source_names_is_there_in_both_languages_and_no_other() {
    let sources = keys_of_sources();
    assert!(
        sources.len() > 30,
        "only {} keys: the test no longer reads the sources",
        sources.len()
    );
    for language in LANGUAGES {
        let resources = resources(language);
        let messages: BTreeSet<String> =
            resources.keys().filter(|key| !key.starts_with('-')).cloned().collect();
        let difference: Vec<&String> = messages.symmetric_difference(&sources).collect();
        assert!(
            difference.is_empty(),
            "{language}: in one of resources and sources: {difference:?}"
        );
        let used: BTreeSet<String> = resources
            .values()
            .flat_map(|text| names(text, "{ -"))
            .map(|name| format!("-{name}"))
            .collect();
        let terms: BTreeSet<String> =
            resources.keys().filter(|key| key.starts_with('-')).cloned().collect();
        assert_eq!(terms, used, "{language}: terms that are, and that are used");
    }
}

#[test]
fn a_message_has_the_same_arguments_in_both_languages() {
    let [english, latvian] = LANGUAGES.map(resources);
    for (key, text) in english.iter().filter(|(key, _)| !key.starts_with('-')) {
        assert_eq!(names(text, "$"), names(&latvian[key], "$"), "{key}");
    }
}

/// Plural forms only, those that the language has: a number written out would have to be thought of
/// in each language.
#[test]
fn a_text_chooses_by_plural_forms_of_its_language_only() {
    for (language, forms) in [("en", &["one", "other"][..]), ("lv", &["zero", "one", "other"])] {
        for (key, text) in resources(language) {
            for line in text.lines() {
                let line = line.trim_start().trim_start_matches('*');
                let Some(form) = line.strip_prefix('[').and_then(|rest| rest.split(']').next())
                else {
                    continue;
                };
                assert!(forms.contains(&form), "{language} {key}: [{form}]");
            }
        }
    }
}

#[test]
fn no_resource_says_what_would_mislead() {
    for language in LANGUAGES {
        for (key, text) in resources(language) {
            assert_eq!(crate::support::misleading(&text), None, "{language} {key}: {text}");
        }
    }
    // The search itself finds them.
    for text in ["The winner", "budžeta deficīts", "95 % Confidence interval"] {
        assert!(crate::support::misleading(text).is_some(), "{text}");
    }
}
