//! `dotacija audit`: counterexamples, the league, and the table of properties.

use crate::support::{dotacija, in_repository};
use dotacija::allocation::promises::{Promise, settle_all};
use dotacija::allocation::properties::Property;
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
    // What `about` says of a rule is what the table says.
    let mut of_table: Vec<&str> = Vec::new();
    let mut compared = 0;
    for line in found.lines() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        if line.starts_with("| |") {
            of_table = cells;
        } else if let Some(property) =
            Property::all().find(|known| cells.get(1) == Some(&known.name()))
        {
            for (rule, sign) in of_table.iter().zip(&cells).filter(|(rule, _)| !rule.is_empty()) {
                let is_kept = ["yes", "**yes**", "(yes)"].contains(sign);
                assert_eq!(property.is_kept_by(rule), Some(is_kept), "{rule}: {line}");
                compared += 1;
            }
        }
    }
    assert_eq!(compared, 24 * dotacija::allocation::rationing::RULES.len());
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
    assert!(shown(&["--format", "csv"]).starts_with("kind,policy,programme,rule,property,literature,cause,problems,trials,violated,by_rounding,year,draw,amount,due,municipality,column,at,value,words\n"));
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

#[test]
fn a_whole_settlement_is_audited_and_what_breaks_it_by_design_is_named() {
    let document: Value = serde_json::from_str(&shown(&["--format", "json"])).unwrap();
    let rows = document["settlements"].as_array().unwrap();
    let of = |policy: &str, programme: &str, property: &str| {
        rows.iter().find(|row| {
            row["policy"] == policy && row["programme"] == programme && row["property"] == property
        })
    };
    // `flat` divides in proportion and nothing else: every property is kept to the cent or two.
    for row in rows.iter().filter(|row| row["policy"] == "flat") {
        assert_eq!(row["violated"], 0, "{row}");
    }
    // One class has nothing to compare across.
    assert!(of("flat", "maintenance", "equal treatment across classes").is_none());
    // `workload` pays new points before renewals.
    let across = of("workload", "investment", "equal treatment across classes").unwrap();
    assert!(across["violated"].as_u64().unwrap() > 0, "{across}");
    assert_eq!(across["cause"], "classes");
    let within = of("workload", "investment", "equal treatment of equals").unwrap();
    assert_eq!(within["violated"], 0, "{within}");
    // Its upkeep has a protected floor, which stays with who has it.
    let floored = of("workload", "maintenance", "equal treatment of equals").unwrap();
    assert_eq!(floored["cause"], "guarantees", "{floored}");
    // What is broken has a cause and a reason, and nothing else has.
    for row in rows {
        let is_violated = row["violated"] != 0;
        assert_eq!(row["cause"].is_string(), is_violated, "{row}");
        assert_eq!(row["reason"] != "", is_violated, "{row}");
    }
    // Every settlement balances, within its bounds.
    for row in rows.iter().filter(|row| row["property"] == "balance" || row["property"] == "bounds")
    {
        assert_eq!((&row["violated"], &row["by_rounding"]), (&0.into(), &0.into()), "{row}");
    }
    assert!(document["one_case_as_two"].as_array().unwrap().len() == 4, "{document}");
}

#[test]
fn csv_and_json_hold_what_the_terminal_is_told() {
    let (text, table) = (shown(&[]), shown(&["--format", "csv"]));
    let document: Value = serde_json::from_str(&shown(&["--format", "json"])).unwrap();
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let words: Vec<String> = reader.records().map(|row| row.unwrap()[19].to_owned()).collect();
    let in_json = document.to_string();
    let mut sentences = 0;
    // What is found stands indented and has a policy, a figure or a cause in it.
    for line in text.lines().map(str::trim).filter(|line| {
        line.contains(", draw ")
            || line.contains("by design")
            || line.starts_with('"')
            || line.contains(" on the other side of the step")
            || line.contains("pots are short")
    }) {
        let sentence = line.split(" (the line").next().unwrap();
        let sentence = sentence
            .split_once(": ")
            .filter(|(first, _)| first.starts_with("the rule alone"))
            .map_or(sentence, |(_, rest)| rest);
        let escaped = sentence.replace('"', "\\\"");
        assert!(words.iter().any(|words| words.contains(sentence)), "not in CSV: {sentence}");
        assert!(in_json.contains(&escaped), "not in JSON: {sentence}");
        sentences += 1;
    }
    assert!(sentences > 12, "{text}");
}

#[test]
fn cases_reported_as_two_pay_where_cases_are_paid_and_nowhere_else() {
    let text = shown(&[]);
    // `flat` pays by point and month.
    assert!(text.contains("\"flat\": not sensitive: one case as two moves no award (tried in 3 municipalities, with up to "), "{text}");
    assert!(text.contains("\"flat\": not sensitive: every case as two moves no award"), "{text}");
    // `workload` pays 1.5 EUR for each case of the year before.
    assert!(text.contains("by reporting every case as two"), "{text}");
    assert!(text.contains("by registering the point "), "{text}");
}

#[test]
fn a_property_is_explained_with_its_source_and_the_rules_that_keep_it() {
    let told = |arguments: &[&str]| {
        let run = dotacija().args(arguments).assert().success();
        String::from_utf8(run.get_output().stdout.clone()).unwrap()
    };
    let list = told(&["list", "properties"]);
    for promise in Promise::ALL {
        assert!(list.contains(promise.name()), "{list}");
    }
    for property in Property::all() {
        assert!(list.contains(property.name()), "{list}");
        let about = told(&["about", property.name()]);
        assert!(about.contains(property.meaning()) && about.contains("doi.org/"), "{about}");
    }
    let consistency = told(&["about", "consistency"]);
    // ClaimsProblems 1.0.0: 10111?11000?0; of the reverse Talmud nothing is said, none was found.
    assert!(
        consistency.contains(
            "**Kept by**: Proportional, ConstrainedEqualAwards, ConstrainedEqualLosses, Talmud, ConstrainedEgalitarian, Piniles\n"
        ),
        "{consistency}"
    );
    assert!(consistency.contains("no violation by ReverseTalmud; violated by DominguezThomson"));
    assert!(
        told(&["about", "equal treatment across classes"]).contains("priority classes break it")
    );
}

/// Classes, floors, limits, competitions, weights and rounding, as scenario files have them.
#[test]
fn what_is_asked_of_every_pot_settles_to_its_awards() {
    for path in [TINY, "scenarios/latvia/network-592.ron"] {
        let opened = dotacija::scenario::open(&in_repository(path), &[]);
        let scenario = opened.scenario.unwrap();
        let prepared = dotacija::engine::Prepared::new(&scenario);
        let seen = dotacija::analysis::audit::observe(&prepared, 3, &|_| {}).unwrap();
        for case in &seen.cases {
            for problem in &case.problems {
                let ask = problem.ask.as_deref().unwrap();
                let given = settle_all(&case.terms, std::slice::from_ref(ask)).remove(0);
                let awards: Vec<i64> =
                    (0..ask.claimants).map(|who| given.award(ask.claimants, who)).collect();
                assert_eq!(awards, problem.awards, "{path}, {}", problem.year);
            }
        }
    }
}
