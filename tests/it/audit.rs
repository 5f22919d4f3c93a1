//! `dotacija audit`: counterexamples, the league, and the table of properties.

use crate::support::{dotacija, in_repository};
use dotacija::report::audit::properties_document;
use serde_json::Value;

const TINY: &str = "scenarios/tiny/tiny.ron";

/// Standard output of the command, which must succeed.
fn shown(arguments: &[&str]) -> String {
    let run = dotacija()
        .args(["audit", TINY, "--quiet", "--draws", "2", "--problems", "4"])
        .args(arguments)
        .current_dir(in_repository(""))
        .assert()
        .success();
    String::from_utf8(run.get_output().stdout.clone()).unwrap()
}

#[test]
fn properties_document_is_what_the_search_finds() {
    let path = in_repository("docs/properties.md");
    let found = properties_document();
    assert_eq!(
        found.matches(" ! |").count(),
        1,
        "but for the legend no violation of what holds:\n{found}"
    );
    // Four statements of the source are corrected, in two rules; the legend has the sign once.
    assert_eq!(found.matches("**yes**").count(), 5);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &found).unwrap();
    }
    assert!(
        std::fs::read_to_string(&path).unwrap() == found,
        "BLESS=1 writes docs/properties.md anew"
    );
}

#[test]
fn no_rule_violates_on_a_scenarios_draws_what_it_is_said_to_have() {
    let rules = dotacija::allocation::rationing::RULES.iter();
    let chosen: Vec<&str> = rules.flat_map(|rule| ["--rule", rule.name()]).collect();
    let text = shown(&[chosen.as_slice(), &["--format", "json"]].concat());
    let document: Value = serde_json::from_str(&text).unwrap();
    let rows = document["properties"].as_array().unwrap();
    assert!(!rows.is_empty());
    for row in rows {
        assert!(row["literature"] != "holds" || row["violated"] == 0, "{row}");
    }
    // Somebody gains by claiming as two under equal awards, and it is told in words.
    let splits = rows.iter().find(|row| {
        row["rule"] == "ConstrainedEqualAwards"
            && row["counterexample"]
                .as_str()
                .is_some_and(|text| text.contains("by claiming as two"))
    });
    assert!(splits.is_some(), "{text}");
}

#[test]
fn the_same_audit_is_the_same_text_and_warns_that_it_is_no_proof() {
    let text = shown(&[]);
    assert_eq!(text, shown(&[]));
    assert!(text.contains("is no proof that there is none"), "{text}");
    assert!(text.contains("pots are short"), "{text}");
    assert!(shown(&["--format", "csv"]).starts_with("policy,programme,rule,property,literature,problems,trials,violated,year,draw,amount,counterexample\n"));
}

#[test]
fn the_league_has_every_rule_and_a_proportional_policy_pays_equal_shares() {
    let document: Value = serde_json::from_str(&shown(&["--league", "--format", "json"])).unwrap();
    let rows = document["league"].as_array().unwrap();
    assert_eq!(rows.len() % dotacija::allocation::rationing::RULES.len(), 0);
    let proportional = rows.iter().find(|row| row["rule"] == "Proportional").unwrap();
    assert!(proportional["inequality"].as_f64().unwrap() < 1e-9, "{proportional}");
    assert!(shown(&["--league"]).contains("µs: time of one division"));
    assert!(shown(&["--league", "--format", "csv"]).lines().count() == rows.len() + 1);
}

#[test]
fn what_cannot_be_audited_is_refused() {
    let refused = |arguments: &[&str]| {
        let run =
            dotacija().arg("audit").args(arguments).current_dir(in_repository("")).assert().code(2);
        String::from_utf8(run.get_output().stderr.clone()).unwrap()
    };
    assert!(refused(&[TINY, "--rule", "Proportionl"]).contains("did you mean `Proportional`?"));
    assert!(refused(&[TINY, "--draws", "0"]).contains("1..=4096"));
    assert!(refused(&["nowhere.ron"]).contains("nowhere.ron"));
}
