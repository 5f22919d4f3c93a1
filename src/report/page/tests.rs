use super::*;
use crate::analysis::example::example;
use crate::engine::{Options, Prepared, simulate};
use crate::model::Scenario;
use crate::problem::Source;
use crate::report::pictures::draw;

/// A page of a scenario in English, with what was drawn for it.
fn page(scenario: &Scenario) -> (String, Vec<PictureFile>) {
    page_in(scenario, Language::English)
}

pub fn sources() -> Sources {
    let text = "Scenario()";
    Sources::of(vec![Source {
        name: "a.ron".into(),
        text: text.into(),
        bytes: text.as_bytes().into(),
    }])
}

fn page_in(scenario: &Scenario, language: Language) -> (String, Vec<PictureFile>) {
    let prepared = Prepared::new(scenario);
    let tally = simulate(&prepared, &Options { threads: 1, ..Options::default() }).unwrap();
    let findings = Findings::new(&prepared, &tally);
    let pictures = draw(&prepared, &tally, &findings, language);
    let page = Page {
        language,
        scenario,
        findings: &findings,
        pictures: &pictures,
        sources: &sources(),
        version: "0.1.0",
    };
    (String::from_utf8(render(&page).unwrap()).unwrap(), pictures)
}

/// The text before the fonts' own and after.
fn without_fonts(page: &str) -> String {
    let mut parts = page.split("base64,");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str(part.split_once(')').map_or("", |(_, rest)| rest));
    }
    text
}

#[test]
fn a_page_holds_its_pictures_tables_and_origin() {
    let (page, pictures) = page(&example());
    // A digest may be broken into lines.
    let page = page.replace("<wbr>", "");
    assert!(page.starts_with("<!doctype html>") && page.trim_end().ends_with("</html>"));
    assert_eq!(page.matches("<div class=\"scroll picture\"").count(), pictures.len());
    for text in [
        "Three municipalities",
        "WhenReady",
        // The digest of `Scenario()`, by b3sum.
        &*crate::archive::digest(b"Scenario()"),
        "−257",
        "What is not modelled",
        "100 * months_open",
    ] {
        assert!(page.contains(text), "{text}");
    }
    assert_eq!(page.matches("@font-face").count(), 2);
}

#[test]
fn pictures_beyond_what_can_be_mailed_are_named() {
    let (_, pictures) = page(&example());
    let large = |index: usize| PictureFile {
        svg: "x".repeat(MOST_PICTURES / 2),
        path: format!("charts/{index}.svg"),
        is_aside: index == 0,
        ..pictures[0].clone()
    };
    let pictures = [large(0), large(1), large(2)];
    let sizes = [MOST_PICTURES / 2; 3];
    let left_out = |is_first: fn(&PictureFile) -> bool| left_out(&pictures, &sizes, is_first, 0);
    let left = left_out(|_| false);
    assert_eq!(left.into_iter().collect::<Vec<_>>(), ["charts/0.svg"]);
    let first = left_out(|picture| picture.is_aside);
    assert_eq!(first.into_iter().collect::<Vec<_>>(), ["charts/2.svg"]);
}

#[test]
fn names_are_escaped_everywhere() {
    let hostile = "<script>alert(1)</script>\"'&";
    let mut scenario = example();
    scenario.title = hostile.to_owned();
    scenario.name = hostile.to_owned();
    scenario.municipalities.table.names = vec![hostile.to_owned(); 3];
    for policy in &mut scenario.policies {
        policy.name.push_str(hostile);
        policy.source = hostile.to_owned();
    }
    for programme in &mut scenario.programmes {
        programme.name.push_str(hostile);
    }
    let (page, pictures) = page(&scenario);
    assert!(pictures.len() > 5);
    assert_eq!(page.matches("<script").count(), 1, "a name became markup");
    assert!(page.contains("&lt;script&gt;alert(1)"));
    for picture in pictures {
        assert!(!picture.svg.contains("<script"), "{}", picture.path);
        assert!(
            picture
                .path
                .chars()
                .all(|letter| letter.is_ascii_alphanumeric() || "/.-".contains(letter))
        );
    }
}

#[test]
fn a_page_needs_nothing_from_elsewhere() {
    let (page, _) = page(&example());
    let page = without_fonts(&page).replace("default-src", "");
    for reference in
        ["http:", "https:", " src=", "@import", "<link", "fetch(", "file:", "javascript:"]
    {
        assert!(!page.contains(reference), "{reference}");
    }
    for part in page.split("url(").skip(1) {
        assert!(
            part.starts_with("data:font/woff2"),
            "{}",
            part.chars().take(60).collect::<String>()
        );
    }
    for (index, part) in page.split("href=\"").enumerate().skip(1) {
        let target = part.split('"').next().unwrap_or_default();
        let inside =
            target.strip_prefix('#').is_some_and(|id| page.contains(&format!("id=\"{id}\"")));
        assert!(inside, "link {index} leads to {target}");
    }
}

#[test]
fn a_page_speaks_one_language() {
    let (english, _) = page_in(&example(), Language::English);
    let (latvian, _) = page_in(&example(), Language::Latvian);
    assert!(english.contains("<html lang=\"en\">") && latvian.contains("<html lang=\"lv\">"));
    assert!(english.contains("Municipality") && !english.contains("Pašvaldība"));
    assert!(latvian.contains("Kas ir pieņemts") && !latvian.contains("What is assumed"));
    // 4 000 in 2022 and 2023 together, without a group of thousands below 10 000.
    assert!(latvian.contains("2022.–2023.") && latvian.contains(">4000<"));
}

#[test]
fn the_same_run_gives_the_same_bytes_whatever_the_threads() {
    let scenario = example();
    let with = |threads: usize| {
        let prepared = Prepared::new(&scenario);
        let tally = simulate(&prepared, &Options { threads, ..Options::default() }).unwrap();
        let findings = Findings::new(&prepared, &tally);
        let pictures = draw(&prepared, &tally, &findings, Language::Latvian);
        let page = Page {
            language: Language::Latvian,
            scenario: &scenario,
            findings: &findings,
            pictures: &pictures,
            sources: &sources(),
            version: "0.1.0",
        };
        (render(&page).unwrap(), pictures)
    };
    assert_eq!(with(1), with(2));
}

#[test]
fn every_picture_has_words_and_figures_and_a_name_of_its_own() {
    let (_, pictures) = page(&example());
    let mut paths: Vec<&str> = pictures.iter().map(|picture| &*picture.path).collect();
    for expected in [
        "charts/rollout.svg",
        "charts/compare-policies.svg",
        "charts/fan-maintenance-today.svg",
        "charts/histogram-all-reform-2023.svg",
        "charts/waterfall-today.svg",
        "charts/ranked-awards-reform.svg",
        "charts/coverage-today.svg",
    ] {
        assert!(paths.contains(&expected), "{expected} is not in {paths:?}");
    }
    paths.sort_unstable();
    paths.dedup();
    assert_eq!(paths.len(), pictures.len());
    for picture in &pictures {
        assert!(picture.alt.len() > 30 && !picture.data.rows.is_empty(), "{}", picture.path);
        for row in &picture.data.rows {
            assert_eq!(row.len(), picture.data.columns.len(), "{}", picture.path);
        }
        assert!(crate::chart::png(&picture.svg).is_ok(), "{}", picture.path);
    }
}

#[test]
fn a_scenario_of_formulas_alone_has_a_page_too() {
    let mut scenario = example();
    scenario.points = crate::model::Points::default();
    scenario.network = None;
    scenario.costs.clear();
    scenario.programmes.clear();
    scenario.policies.clear();
    let (page, pictures) = page(&scenario);
    assert!(pictures.is_empty());
    assert!(page.contains("Three municipalities") && !page.contains("WhenReady"));
}

#[test]
fn a_map_is_drawn_where_there_are_boundaries() {
    let mut scenario = example();
    let square = |west: f64| {
        vec![vec![vec![(west, 56.0), (west + 1.0, 56.0), (west + 1.0, 57.0), (west, 56.0)]]]
    };
    let shape = |code: &str, west: f64| crate::model::Shape {
        code: code.to_owned(),
        polygons: square(west),
    };
    scenario.municipalities.shapes =
        Some(vec![shape("0010", 24.0), shape("0020", 25.0), shape("0030", 26.0)]);
    let (_, pictures) = page(&scenario);
    let map = pictures
        .iter()
        .find(|picture| picture.path == "charts/map-award-per-point-today.svg")
        .unwrap();
    // 2023: Bauska 900 to run 1.5 points and 500 for the new one: 1 400 / 1.5; Aknīste 600.
    assert_eq!(map.data.rows[0], ["Bauska", "933"]);
    assert_eq!(map.data.rows[2], ["Cēsis", "–"]);
    assert!(map.alt.contains("1 with points rarely or never open"));
}
