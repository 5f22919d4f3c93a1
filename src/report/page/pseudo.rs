//! Every word of a page stands in brackets, so in a resource, or it is data: also of the national scenario
//! and of comparisons.

use super::tests::sources;
use super::*;
use crate::analysis::comparison::{
    Compared, Contest, Named, Side, at_pots_of, bridge, compare, on_the_same_draws,
};
use crate::analysis::example::example;
use crate::archive;
use crate::engine::{Options, Prepared, simulate};
use crate::model::Scenario;
use crate::report::bracketed::{seen, texts_of, unbracketed};
use crate::report::pictures::{draw, of_bridge, of_comparison};
use std::path::Path;

/// A scenario of the repository with so many draws.
fn of_file(path: &str, draws: u64) -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(path);
    let opened = crate::scenario::open(&path, &[format!("run.draws={draws}")]);
    opened.scenario.expect("a scenario")
}

/// The texts of some scenarios, and names of the program's own that are the same in every language.
fn data(scenarios: &[&Scenario], more: &[&str]) -> Vec<String> {
    let mut data: Vec<String> = scenarios.iter().flat_map(|scenario| texts_of(scenario)).collect();
    data.extend(crate::random::distribution::DISTRIBUTIONS.iter().map(|of| of.name.to_owned()));
    data.extend(crate::allocation::rationing::RULES.iter().map(|rule| rule.name().to_owned()));
    let policies = scenarios.iter().flat_map(|scenario| &scenario.policies);
    let rules = policies.flat_map(|policy| policy.rules.iter().flatten());
    data.extend(rules.map(|rule| rule.rounding.method.name().to_owned()));
    data.extend(["dotacija 0.1.0", "EUR"].iter().chain(more).map(|text| (*text).to_owned()));
    data
}

/// What stands in a page outside brackets and is no data.
fn foreign(page: Vec<u8>, mut data: Vec<String>) -> Vec<String> {
    data.retain(|text| !text.is_empty());
    data.sort_by_key(|text| (std::cmp::Reverse(text.len()), text.clone()));
    data.dedup();
    unbracketed(&seen(&String::from_utf8(page).expect("UTF-8")), &data)
}

#[test]
fn no_word_of_a_page_stands_in_its_source() {
    let mut small = example();
    small.run.draws = 64;
    let national = of_file("latvia/network-592.ron", 8);
    let starter = of_file("starter/starter.ron", 64);
    for scenario in [&small, &starter, &national] {
        let prepared = Prepared::new(scenario);
        let tally = simulate(&prepared, &Options { threads: 1, ..Options::default() }).unwrap();
        let findings = Findings::new(&prepared, &tally);
        // The words and figures beside the pictures; what stands in them the charts answer for.
        let mut pictures = draw(&prepared, &tally, &findings, Language::Bracketed);
        for picture in &mut pictures {
            picture.svg.clear();
        }
        let page = Page {
            language: Language::Bracketed,
            scenario,
            findings: &findings,
            pictures: &pictures,
            sources: &sources(),
            version: "0.1.0",
        };
        let page = render(&page).unwrap();
        let mut data = data(
            &[scenario],
            &["dotacija explain --letter --municipality … --lang en", "a.ron", findings.about.plan],
        );
        data.extend(findings.warnings.iter().flat_map(|note| {
            [note.message.clone(), note.why.clone(), note.help.clone(), note.code.to_string()]
        }));
        data.extend(pictures.iter().map(|picture| picture.path.clone()));
        data.extend([archive::digest_of(&sources()), archive::digest(b"Scenario()")]);
        assert_eq!(foreign(page, data), Vec::<String>::new(), "{}", scenario.title);
    }
}

/// The page of a comparison, or of a bridge, with its pictures.
fn compared(
    pairs: &[Compared],
    bridge: Option<&crate::analysis::comparison::Bridge>,
    scenarios: &[&Scenario],
) -> Vec<String> {
    let mut pictures = match bridge {
        Some(bridge) => of_bridge(bridge, "EUR", Language::Bracketed),
        None => of_comparison(pairs, "EUR", Language::Bracketed),
    };
    assert!(!pictures.is_empty());
    for picture in &mut pictures {
        picture.svg.clear();
    }
    let page = ComparisonPage {
        language: Language::Bracketed,
        pairs,
        differs: &[],
        bridge,
        pictures: &pictures,
        currency: "EUR",
        seed: 1,
        version: "0.1.0",
    };
    let mut data = data(scenarios, &["first.ron", "second.ron"]);
    data.extend(pictures.iter().map(|picture| picture.path.clone()));
    foreign(comparison(&page).unwrap(), data)
}

#[test]
fn no_word_of_a_comparison_stands_in_its_source() {
    let mut first = example();
    first.run.draws = 32;
    let mut second = first.clone();
    second.years.last -= 1;
    let mut national = of_file("latvia/network-592.ron", 4);
    let pair = |before: Side, after: Side, same_pots| Contest { before, after, same_pots };
    let side = |scenario, policy| Side { scenario, policy };
    let names = ["first.ron".to_owned(), "second.ron".to_owned()];
    // Two policies of one scenario, also at the pots of the first; two scenarios of other years.
    let moved = at_pots_of(&mut first, 1, 0);
    let mut both = [first, second];
    on_the_same_draws(&mut both);
    let moved_national = at_pots_of(&mut national, 1, 0);
    let contests =
        [pair(side(0, 0), side(0, 1), Some(side(0, moved))), pair(side(0, 0), side(1, 0), None)];
    let found = compare(&both, &names, &contests, &[], &Options::default()).expect("compared");
    assert_eq!(compared(&found, None, &[&both[0], &both[1]]), Vec::<String>::new());
    let contests = [pair(side(0, 0), side(0, 1), Some(side(0, moved_national)))];
    let one = std::slice::from_ref(&national);
    let found = compare(one, &names, &contests, &[], &Options::default()).expect("compared");
    assert_eq!(compared(&found, None, &[&national]), Vec::<String>::new());
}

#[test]
fn no_word_of_a_bridge_stands_in_its_source() {
    let mut first = example();
    first.run.draws = 32;
    let mut second = first.clone();
    first.policies.truncate(1);
    second.policies.remove(0);
    let mut mixtures = [first, second];
    on_the_same_draws(&mut mixtures);
    let named = |at: usize, file: &str| Named {
        scenario: format!("../there/{file}"),
        policy: mixtures[at].policies[0].name.clone(),
    };
    let ends = (named(0, "first.ron"), named(1, "second.ron"));
    let steps = [vec!["parameters", "pot"]];
    let mut found = bridge(&mixtures, ends, &steps, &Options::default()).expect("a bridge");
    found.notes.push("The municipalities are not the same: …".to_owned());
    found.together.push("One step: parameters, pot; between them is no scenario (…).".to_owned());
    found.same = vec!["rule", "rationing"];
    let foreign = compared(&[], Some(&found), &[&mixtures[0], &mixtures[1]]);
    assert_eq!(foreign, Vec::<String>::new());
    let pictures = of_bridge(&found, "EUR", Language::Latvian);
    assert!(pictures.iter().all(|picture| !picture.svg.contains("there/")), "a path is told");
    assert!(pictures[0].svg.contains("Viens solis: parametri, apropriācija"));
}
