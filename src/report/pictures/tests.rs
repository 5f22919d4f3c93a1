//! Every picture of a run in every language.

use super::*;
use crate::analysis::example::example;
use crate::engine::{Options, simulate};
use crate::model::Scenario;
use std::collections::BTreeSet;
use std::path::Path;

fn drawn(language: Language) -> (Vec<PictureFile>, BTreeSet<String>) {
    drawn_of(&example(), language)
}

/// The nation on a few draws: long names, tiers, maps, points that wait.
fn national() -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/latvia/network-592.ron");
    crate::scenario::open(&path, &["run.draws=8".to_owned()]).scenario.expect("a scenario")
}

fn drawn_of(scenario: &Scenario, language: Language) -> (Vec<PictureFile>, BTreeSet<String>) {
    let prepared = Prepared::new(scenario);
    let tally = simulate(&prepared, &Options { threads: 1, ..Options::default() }).unwrap();
    let findings = Findings::new(&prepared, &tally);
    let mut pictures = draw(&prepared, &tally, &findings, language);
    pictures.extend(further(&prepared, &tally, &findings, language));
    let named = [&findings.about.currency, &findings.about.scenario, &findings.about.title];
    let policies = scenario.policies.iter().map(|policy| &policy.name);
    let programmes = scenario.programmes.iter().map(|programme| &programme.name);
    let tiers = scenario.tiers().iter().map(|tier| &tier.name);
    let places = &scenario.municipalities.table.names;
    let data = named.into_iter().chain(policies).chain(programmes).chain(tiers).chain(places);
    let words = data.flat_map(|text| words(text)).map(str::to_lowercase).collect();
    (pictures, words)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|letter: char| !letter.is_alphabetic());
    words.filter(|word| word.chars().count() > 1)
}

/// The texts of a picture: those drawn, in their order, and those that tell it.
fn texts(picture: &PictureFile) -> Vec<String> {
    let between = picture.svg.split("</text>").filter_map(|part| part.rsplit('>').next());
    let drawn: Vec<String> = between.map(closed).collect();
    let mut texts = vec![drawn[..drawn.len() - 1].join(" "), picture.title.clone()];
    texts.push(picture.alt.clone());
    texts.extend(picture.data.columns.iter().cloned());
    texts.extend(picture.data.rows.iter().flatten().cloned());
    texts
}

/// A text with its bracket, which it has lost where it was cut.
fn closed(text: &str) -> String {
    if text.ends_with('…') { format!("{text}]") } else { text.to_owned() }
}

/// What stands outside of brackets.
fn outside(text: &str) -> String {
    let mut depth = 0_usize;
    let outside = |letter: &char| {
        match letter {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    };
    text.chars().filter(outside).collect()
}

#[test]
fn every_word_of_a_picture_is_of_a_resource_or_of_the_scenario() {
    let numbers = ["thousand", "million", "billion"];
    for (pictures, data) in [drawn(Language::Bracketed), drawn_of(&national(), Language::Bracketed)]
    {
        for picture in &pictures {
            for text in texts(picture) {
                let outside = outside(&text);
                for word in words(&outside) {
                    let is_known = data.contains(&word.to_lowercase()) || numbers.contains(&word);
                    assert!(is_known, "{}: {word} in {text}", picture.path);
                }
            }
        }
    }
}

#[test]
fn each_picture_is_drawn_in_both_languages_under_one_name() {
    let ([english, latvian], kinds) = (Language::ALL.map(|language| drawn(language).0), 9);
    let paths = |all: &[PictureFile]| -> Vec<String> {
        all.iter().map(|picture| picture.path.clone()).collect()
    };
    assert_eq!(paths(&english), paths(&latvian));
    let distinct: BTreeSet<&str> = english.iter().map(|picture| picture.chart).collect();
    assert!(distinct.len() >= kinds, "{distinct:?}");
    for (one, other) in english.iter().zip(&latvian) {
        assert!(one.alt != other.alt && one.svg != other.svg, "{}", one.path);
        assert!(other.svg.contains("Avots:"), "{}", other.path);
        assert_eq!(one.data.rows.len(), other.data.rows.len());
    }
}

#[test]
fn a_fan_is_drawn_against_what_may_be_spent() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/starter/starter.ron");
    let settings = ["run.draws=64".to_owned()];
    let scenario = crate::scenario::open(&path, &settings).scenario.expect("a scenario");
    let (pictures, _) = drawn_of(&scenario, Language::English);
    let labels = |stem: &str| {
        let picture = pictures.iter().find(|picture| picture.path.contains(stem)).expect("a fan");
        texts(picture)
            .into_iter()
            .filter(|text| text.contains("EUR"))
            .collect::<Vec<_>>()
            .join(" · ")
    };
    // What is not spent on investment goes into the next year, and is not the same in every draw.
    let carried = labels("fan-investment-old");
    assert!(carried.contains("available with carry-over (mean) EUR"), "{carried}");
    let lapsing = labels("fan-maintenance-old");
    assert!(lapsing.contains("appropriation EUR") && !lapsing.contains("carry-over"), "{lapsing}");
}
