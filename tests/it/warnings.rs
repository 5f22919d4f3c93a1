//! Warnings and waivers as a user meets them: what is printed, and where the reasons end up.

use crate::support::{contents, copy_folder, dotacija, in_repository};
use std::fs;
use std::path::Path;

/// The small example with some of its text replaced.
fn tiny(folder: &Path, changes: &[(&str, &str)]) -> std::path::PathBuf {
    let copy = folder.join("tiny");
    copy_folder(&in_repository("scenarios/tiny"), &copy);
    let file = copy.join("tiny.ron");
    let mut text = fs::read_to_string(&file).unwrap();
    for (from, to) in changes {
        assert_eq!(text.matches(from).count(), 1, "{from} stands once");
        text = text.replace(from, to);
    }
    fs::write(&file, text).unwrap();
    file
}

fn checked(scenario: &Path) -> String {
    let check = dotacija().arg("check").arg(scenario).assert().success();
    String::from_utf8(check.get_output().stderr.clone()).unwrap()
}

/// What a short run says and writes.
struct Run {
    said: String,
    page: String,
    /// Of the manifest.
    warnings: Vec<serde_json::Value>,
}

impl Run {
    fn of(scenario: &Path) -> Self {
        let output = scenario.with_file_name("run");
        let run = dotacija()
            .arg("run")
            .arg(scenario)
            .args(["--draws", "64", "-o"])
            .arg(&output)
            .assert()
            .success();
        let manifest = fs::read(output.join("manifest.json")).unwrap();
        let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
        Self {
            said: String::from_utf8(run.get_output().stdout.clone()).unwrap(),
            page: String::from_utf8(contents(&output)["report.html"].clone()).unwrap(),
            warnings: manifest["warnings"].as_array().unwrap().clone(),
        }
    }
}

/// An idle lever and prices of 2018.
const DOUBTFUL: [(&str, &str); 2] = [
    ("levers: {", "levers: {\n        \"idle\": (value: 1, min: 0, max: 2, source: \"invented\"),"),
    ("price_year: 2022", "price_year: 2018"),
];

const WAIVERS: (&str, &str) = (
    "    run: (draws",
    "    waivers: [
        (warning: \"D0704\", about: \"idle\", reason: \"kept <for> the next reform\"),
        (warning: \"D0713\", reason: \"prices of 2018 are what the law names\"),
        (warning: \"D0720\", reason: \"a first look\"),
    ],
    run: (draws",
);

#[test]
fn the_shipped_scenarios_have_no_warning_that_stands() {
    for name in [
        "tiny/tiny.ron",
        "latvia/network-592.ron",
        "latvia/four-million.ron",
        "latvia/readings-of-2018.ron",
        "latvia/budget-2018.ron",
        "reference/new-jersey-school-aid/new-jersey-school-aid.ron",
        "reference/brazil-fpm/fpm-2012.ron",
        "reference/brazil-fpm/fpm-2014.ron",
        "reference/brazil-fpm/fpm-2015.ron",
        "reference/worked-examples/barnett.ron",
        "reference/worked-examples/national-tax-allotment.ron",
        "reference/worked-examples/fundeb-complement.ron",
        "reference/worked-examples/fuel-levy.ron",
        "reference/worked-examples/equalisation-grant.ron",
    ] {
        let said = checked(&in_repository("scenarios").join(name));
        assert!(!said.contains("warning["), "{name}: {said}");
    }
}

#[test]
fn warnings_that_are_not_waived_are_shown_with_place_reason_and_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let said = checked(&tiny(folder.path(), &DOUBTFUL));
    for part in [
        "warning[D0704]: the lever `idle` is named by no formula",
        "tiny.ron:",
        "= note: whoever turns it sees no figure move",
        "= help: name it where it belongs, remove it, or write in a waiver what it is kept for",
        "warning[D0713]: prices are of 2018, 4 years before the first year, 2022",
        "2 warnings",
    ] {
        assert!(said.contains(part), "{part} is missing in:\n{said}");
    }
    assert!(!said.contains("waived"));
    // Three years are not long.
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(checked(&tiny(folder.path(), &[("price_year: 2022", "price_year: 2019")])), "");
}

#[test]
fn reasons_of_waivers_reach_the_page_the_manifest_and_the_summary() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = tiny(folder.path(), &[DOUBTFUL[0], DOUBTFUL[1], WAIVERS]);
    assert_eq!(checked(&scenario), "2 warnings waived (reasons in the report)\n");
    let Run { said, page, warnings } = Run::of(&scenario);
    assert!(said.contains("\n3 warnings waived (reasons in the report)\n"), "{said}");
    assert!(!said.contains("D0720"), "{said}");
    for part in [
        "Warnings that the author of the scenario has waived",
        "the lever `idle` is named by no formula",
        "kept &lt;for&gt; the next reform",
        "prices of 2018 are what the law names",
        "a first look",
    ] {
        assert!(page.contains(part), "{part} is missing on the page");
    }
    assert!(!page.contains("Before using the figures"));
    let of = |code: &str| warnings.iter().find(|warning| warning["code"] == code).unwrap();
    assert_eq!(of("D0704")["reason"], "kept <for> the next reform");
    assert_eq!(of("D0704")["message"], "the lever `idle` is named by no formula");
    assert_eq!(of("D0720")["reason"], "a first look");
}

#[test]
fn warnings_that_stand_reach_the_page_and_the_manifest_without_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = tiny(folder.path(), &DOUBTFUL);
    let Run { said, page, warnings } = Run::of(&scenario);
    assert!(said.contains("warning[D0720]: 64 draws are too few") && !said.contains("waived"));
    assert_eq!(page.matches("Before using the figures").count(), 3);
    assert!(page.contains("write the amounts in prices of 2022, and `price_year: 2022`."));
    let reasons: Vec<_> = warnings.iter().map(|warning| &warning["reason"]).collect();
    assert_eq!(reasons.len(), 3);
    assert!(reasons.iter().all(|reason| reason.is_null()));
}

#[test]
fn check_tells_a_policy_that_pays_the_same_on_the_median_path() {
    let folder = tempfile::tempdir().unwrap();
    // `flat` once more, its maintenance divided by another rule, from a pot that is never short.
    let changes = [
        ("    baseline: \"flat\"", "    baseline: \"flat\""),
        (
            "        \"workload\": (",
            "        \"equal\": (
            source: \"invented\",
            rules: {
                \"investment\":  (entitle: CostShare(share: 0.5), ration: Proportional),
                \"maintenance\": (entitle: FlatPerPoint(monthly: { \"local\": 100, \"county\": 500 }, upkeep: 0.15), ration: ConstrainedEqualAwards),
            },
        ),
        \"workload\": (",
        ),
        ("{ 2022: 23_500 }", "{ 2022: 2_350_000 }"),
    ];
    let said = checked(&tiny(folder.path(), &changes));
    assert!(
        said.contains(
            "warning[D0722]: the policy `equal` pays on the median path what the baseline `flat` pays, to the cent, \
             though it differs in `ration` of `maintenance`; no pot is short there"
        ),
        "{said}"
    );
    // The pot of the example is short.
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(checked(&tiny(folder.path(), &changes[..2])), "");
}
