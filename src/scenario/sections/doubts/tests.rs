//! Each warning once present and once just absent, and what is waived.

use crate::model::Note;
use crate::scenario::{Memory, Opened, open_in};

/// A scenario without a world: three municipalities, one pot, one policy.
const SCENARIO: &str = r#"Scenario(
    format: 1, title: "Three", years: (first: 2022, last: 2023),
    municipalities: Table(file: "m.csv", code: "code", name: "name"),
    inputs: {},
    levers: {},
    programmes: {"pot": (purpose: Maintenance, appropriation: {2022: 1_000})},
    policies: {
        "now": (source: "law", rules: {"pot": (entitle: Worksheet([(line: "due", is: "population")]), may_exceed_cost: true)}),
    },
    waivers: [],
)"#;

const TABLE: &str = "code,name,population\n1,Aglona,9700\n2,Bauska,14000\n3,Cesvaine,20000\n";

fn opened(changes: &[(&str, &str)], table: &str) -> Opened {
    let mut text = SCENARIO.to_owned();
    for (from, to) in changes {
        assert_eq!(text.matches(from).count(), 1, "{from} stands once");
        text = text.replace(from, to);
    }
    let opened = open_in(Memory::new(&[("s.ron", &text), ("m.csv", table)]), "s.ron", &[]);
    assert!(
        opened.scenario.is_some() || opened.problems.iter().any(crate::problem::Problem::is_error)
    );
    opened
}

/// Code, underlined text and message of every problem.
fn shown(opened: &Opened) -> Vec<String> {
    let place = |problem: &crate::problem::Problem| {
        let (place, _) = problem.at.clone()?;
        opened.sources.text(&place.file)?.get(place.start..place.end).map(str::to_owned)
    };
    let one = |problem| format!("[{}]", place(problem).unwrap_or_default());
    let told = opened.problems.iter();
    told.map(|problem| format!("{} {} {}", problem.code, one(problem), problem.message)).collect()
}

fn told(changes: &[(&str, &str)]) -> Vec<String> {
    shown(&opened(changes, TABLE))
}

/// The policy `now` and another one after it.
fn with_policy(policy: &'static str) -> (&'static str, String) {
    ("    },\n    waivers", format!("{policy}\n    }},\n    waivers"))
}

#[test]
fn a_plain_scenario_has_nothing_doubtful() {
    assert_eq!(told(&[]), [""; 0]);
}

#[test]
fn inputs_and_levers_that_no_formula_names_are_told_together() {
    let inputs = (
        r"inputs: {}",
        r#"inputs: {"a": (value: 3, source: "s"), "b": (value: "a + highest", source: "s"), "c": (value: Uniform(min: 1, max: "widest"), source: "s")}"#,
    );
    let levers = (
        r"levers: {}",
        r#"levers: {"highest": (value: 1, min: 0, max: 2, source: "s"), "widest": (value: 2, min: 2, max: 3, source: "s"), "idle": (value: 1, min: 0, max: 2, source: "s")}"#,
    );
    // `a` is named by `b`, `highest` by `b`, `widest` by the distribution of `c`.
    assert_eq!(
        told(&[inputs, levers]),
        [
            "D0704 [\"b\"] 2 inputs are named by no formula: `b` and `c`",
            "D0704 [\"idle\"] the lever `idle` is named by no formula",
        ]
    );
    let used = ("is: \"population\"", "is: \"population + b + c + idle\"");
    assert_eq!(told(&[inputs, levers, used]), [""; 0]);
}

#[test]
fn what_a_base_declares_and_a_reform_no_longer_names_is_not_told() {
    let base = SCENARIO
        .replace("inputs: {}", "inputs: {\"a\": (value: 3, source: \"s\")}")
        .replace("is: \"population\"", "is: \"a\"");
    let rule = "\"pot\": (entitle: Worksheet([(line: \"due\", is: \"population\")]), may_exceed_cost: true)";
    let programmes = format!("\"now\": (source: \"law\", rules: {{{rule}}})");
    let reform = format!("Scenario(base: \"b.ron\", policies: {{{programmes}}})");
    let files = [("s.ron", &*reform), ("b.ron", &*base), ("m.csv", TABLE)];
    assert_eq!(shown(&open_in(Memory::new(&files), "s.ron", &[])), [""; 0]);
}

#[test]
fn an_outcome_that_every_run_reports_is_told() {
    let outcomes = |text: &str| told(&[("waivers: []", &format!("outcomes: {{{text}}}"))]);
    assert_eq!(
        outcomes(
            r#""paid": "award", "per_head": "award / population", "again": "award/population""#
        ),
        [
            "D0705 [\"award\"] the outcome `paid` is `award`, which every run reports",
            "D0705 [\"award/population\"] the outcome `again` is the same as `per_head`",
        ]
    );
    assert_eq!(outcomes(r#""per_head": "award / population""#), [""; 0]);
}

#[test]
fn a_policy_with_the_rules_and_pots_of_the_baseline_changes_nothing() {
    // Another note and more blanks are no difference.
    let (from, same) = with_policy(
        r#""new": (source: "us", rules: {"pot": (entitle: Worksheet([(line: "due", is: " population ", note: "n")]), ration: Proportional, may_exceed_cost: true)}),"#,
    );
    assert_eq!(
        told(&[(from, &same)]),
        [
            "D0706 [\"new\"] the policy `new` pays what the baseline `now` pays: it has the same rules and the same pots"
        ]
    );
    let other = same.replace(" population ", "2 * population");
    assert_eq!(told(&[(from, &other)]), [""; 0]);
}

#[test]
fn a_policy_that_differs_only_where_it_cannot_matter_is_told_with_the_reason() {
    let (from, ration) = with_policy(
        r#""new": (source: "us", rules: {"pot": (entitle: Worksheet([(line: "due", is: "population")]), ration: ConstrainedEqualAwards, may_exceed_cost: true)}),"#,
    );
    assert_eq!(told(&[(from, &ration)]), [""; 0], "the pot may be short");
    let open = ("appropriation: {2022: 1_000}", "appropriation: OpenEnded");
    assert_eq!(
        told(&[(from, &ration), open]),
        [
            "D0706 [\"new\"] the policy `new` pays what the baseline `now` pays: it differs only in `ration` of `pot`, whose pot is open-ended under both"
        ]
    );
    let entitle = ration.replace("is: \"population\"", "is: \"1\"");
    assert_eq!(told(&[(from, &entitle), open]), [""; 0]);
    let empty = ("appropriation: {2022: 1_000}", "appropriation: {2022: 0}");
    let [only] = &*told(&[(from, &entitle), empty]) else { panic!("one warning") };
    assert!(only.ends_with("`entitle` of `pot`, whose pot is 0 in every year under both and `ration` of `pot`, whose pot is 0 in every year under both"), "{only}");
    let later = ("appropriation: {2022: 1_000}", "appropriation: {2022: 0, 2023: 1}");
    assert_eq!(told(&[(from, &entitle), later]), [""; 0]);
}

#[test]
fn a_value_that_left_the_others_behind_is_told_with_its_line() {
    let yearly = [("name: \"name\")", "name: \"name\", year: \"year\")")];
    // Five that change by −2 to +2 % and Aglona, whose last digit was typed twice: ln(9700/970).
    let table = |aglona: &str| {
        let mut text = "code,year,name,population\n".to_owned();
        let others = [("B", 98), ("C", 99), ("D", 100), ("E", 101), ("F", 102)];
        for (code, after) in others {
            text += &format!("{code},2022,{code}ne,100\n{code},2023,{code}ne,{after}\n");
        }
        text + "A,2022,Aglona,970\n" + "A,2023,Aglona," + aglona + "\n"
    };
    assert_eq!(
        shown(&opened(&yearly, &table("9700"))),
        [
            "D0707 [9700] `population` changed far more than elsewhere from 2022 to 2023: `Aglona` (line 13: 970 to 9700)"
        ]
    );
    // The median change is √(1 · 1.01) = 1.00499: 20 % above it are 970 · 1.2 · 1.00499 = 1169.8.
    assert_eq!(shown(&opened(&yearly, &table("1169"))), [""; 0]);
    assert_eq!(shown(&opened(&yearly, &table("1171"))).len(), 1);
}

#[test]
fn a_sum_of_last_year_that_is_zero_for_one_is_told_where_a_rule_looks_back() {
    let table = "code,name,population,previous_award\n1,Aglona,9700,100\n2,Bauska,14000,0\n3,Cesvaine,20000,50\n";
    let looks_back = [("is: \"population\"", "is: \"award_last_year\"")];
    assert_eq!(
        shown(&opened(&looks_back, table)),
        ["D0708 [0] `previous_award` is 0 for `Bauska`, and more than 0 for 2 others"]
    );
    assert_eq!(shown(&opened(&[], table)), [""; 0], "no rule looks back");
    let all = table.replace("14000,0", "14000,1");
    assert_eq!(shown(&opened(&looks_back, &all)), [""; 0]);
}

#[test]
fn data_are_old_when_they_are_held_or_dated_long_before() {
    let table = "code,year,name,population\n1,2022,Aglona,9700\n";
    let held = |years: &str| {
        let yearly = ("name: \"name\")", "name: \"name\", year: \"year\", hold: Last)");
        shown(&opened(&[yearly, ("last: 2023", years)], table))
    };
    assert_eq!(
        held("last: 2024"),
        ["D0709 [Last] `m.csv` ends in 2022: its values of 2022 stand for 2023 to 2024"]
    );
    assert_eq!(held("last: 2022"), [""; 0]);
    let of =
        |date: &str| told(&[("name: \"name\")", &format!("name: \"name\", as_of: \"{date}\")"))]);
    // The first year is 2022, so 25 and 24 months before January 2022, and a month after.
    assert_eq!(
        of("2019-12"),
        [
            "D0709 [\"2019-12\"] the data of `m.csv` are of 2019-12, 25 months before the first year, 2022-01"
        ]
    );
    assert_eq!(of("2020-01-01"), [""; 0]);
    assert_eq!(of("2022-01"), [""; 0]);
    assert_eq!(
        of("2022-02"),
        ["D0715 [\"2022-02\"] the data of `m.csv` are of 2022-02, after the first year, 2022-01"]
    );
    assert!(of("soon")[0].starts_with("D0304"));
}

#[test]
fn a_threshold_within_three_per_cent_of_a_municipality_is_told() {
    let of = |formula: &str| told(&[("is: \"population\"", &format!("is: \"{formula}\""))]);
    // Aglona has 9 700 and Cesvaine 20 000: 3 % of 10 000 is 300.
    assert_eq!(
        of("if(population < 10_000, 1, 2)"),
        [
            "D0710 [10_000] the line `due` of `pot` jumps where `population` is 10_000, and 1 municipality lies within 3 % of that: `Aglona` (9700)"
        ]
    );
    assert_eq!(of("if(population < 10_001, 1, 2)"), [""; 0]);
    assert_eq!(of("bracket(population, [(0, 1), (10_000, 2), (15_000, 3), (20_001, 4)])").len(), 2);
    assert_eq!(of("interpolate(population, [(0, 1), (10_000, 2)])"), [""; 0]);
    assert_eq!(of("if(population > 0, 1, 2)"), [""; 0]);
}

#[test]
fn a_threshold_may_be_a_lever_and_the_nearest_five_are_named() {
    let levers =
        ("levers: {}", r#"levers: {"large": (value: 100, min: 0, max: 200, source: "s")}"#);
    let formula = ("is: \"population\"", "is: \"if(population >= large, 1, 2)\"");
    let mut table = "code,name,population\n".to_owned();
    for (code, people) in [(1, 97), (2, 103), (3, 100), (4, 99), (5, 98), (6, 102), (7, 104)] {
        table += &format!("{code},N{code},{people}\n");
    }
    assert_eq!(
        shown(&opened(&[levers, formula], &table)),
        [
            "D0710 [large] the line `due` of `pot` jumps where `population` is 100, and 6 municipalities lie within 3 % of that: `N3` (100), `N4` (99), `N5` (98), `N6` (102), `N1` (97) and 1 more"
        ]
    );
}

#[test]
fn limits_and_guarantees_have_thresholds_too_and_each_is_told_once() {
    let rule = (
        "may_exceed_cost: true",
        r#"limit: "if(population < 10_000, 1, 2)", guarantee: [Damping(down: "if(population < 14_100, 0.1, 0.2)", up: 0.1, per: Municipality)]"#,
    );
    let table =
        TABLE.replace("population", "population,previous_entitlement").replace("00\n", "00,1\n");
    let all = shown(&opened(&[rule], &table));
    assert_eq!(all.len(), 2, "{all:?}");
    assert!(all[0].starts_with("D0710 [10_000] the limit of `pot`"));
    assert!(all[1].starts_with(
        "D0710 [Damping] the guarantee `Damping` of `pot` jumps where `population` is 14_100"
    ));
}

#[test]
fn figures_without_a_source_are_told_by_section() {
    let inputs = (
        "inputs: {}",
        r#"inputs: {"a": (value: 3), "b": (value: 4, source: " "), "c": (value: 4, source: "x"), "d": (value: "a + b + c")}"#,
    );
    let policy = ("source: \"law\", ", "");
    let used = ("is: \"population\"", "is: \"d\"");
    assert_eq!(
        told(&[inputs, used, policy]),
        [
            "D0711 [\"a\"] 2 inputs have no source: `a` and `b`",
            "D0711 [\"now\"] the policy `now` has no source",
        ]
    );
}

#[test]
fn a_top_slice_that_leaves_nothing_is_told_once() {
    let slice = |euro: &str| {
        let pot =
            format!("appropriation: {{2022: 1_000}}, top_slice: {{\"a\": 600, \"b\": {euro}}}");
        told(&[("appropriation: {2022: 1_000}", &pot)])
    };
    assert_eq!(
        slice("400"),
        [
            "D0712 [600] the top slice of `pot` takes 1000 of 1000 EUR in 2022 and 2023: nothing is left to divide"
        ]
    );
    assert_eq!(slice("399"), [""; 0]);
    // 600 and 400 of 1 000 in the first year, of 900 in the second.
    let falling = "appropriation: {2022: 1_000, 2023: 900}, top_slice: {\"a\": 600, \"b\": 400}";
    let [falling] = &*told(&[("appropriation: {2022: 1_000}", falling)]) else {
        panic!("one warning")
    };
    assert!(
        falling.ends_with(
            "takes 1000 of 1000 EUR in 2022 and 1000 of 900 EUR in 2023: nothing is left to divide"
        ),
        "{falling}"
    );
}

#[test]
fn a_policy_without_a_rule_where_there_is_money_is_told_with_the_programme() {
    let (from, without) = with_policy(r#""new": (source: "us", rules: {}),"#);
    assert_eq!(
        told(&[(from, &without)]),
        ["D0717 [\"new\"] the policy `new` has no rule for the programme `pot`"]
    );
    let two = without.clone() + r#""old": (source: "us", rules: {}),"#;
    let two = two.replace("\n    },\n    waivers", "") + "\n    },\n    waivers";
    assert_eq!(
        told(&[(from, &two)]),
        ["D0717 [\"new\"] 2 policies have no rule for the programme `pot`: `new` and `old`"]
    );
    // Without money nobody expects a rule; that both pay nothing is another warning.
    let empty = ("appropriation: {2022: 1_000}", "appropriation: {2022: 0}");
    assert!(told(&[(from, &without), empty]).iter().all(|told| !told.starts_with("D0717")));
}

#[test]
fn what_is_waived_is_not_told_and_keeps_its_reason() {
    let levers = (
        "levers: {}",
        r#"levers: {"a": (value: 1, min: 0, max: 2, source: "s"), "b": (value: 1, min: 0, max: 2, source: "s"), "c": (value: 1, min: 0, max: 2, source: "s")}"#,
    );
    let waivers = |text: &str| {
        let opened = opened(&[levers, ("waivers: []", &format!("waivers: [{text}]"))], TABLE);
        let noted = opened.scenario.as_ref().map_or(Vec::new(), |scenario| scenario.noted.clone());
        (shown(&opened), noted)
    };
    let (left, noted) = waivers(r#"(warning: "D0704", about: "b", reason: "for the next reform")"#);
    assert_eq!(left, ["D0704 [\"a\"] 2 levers are named by no formula: `a` and `c`"]);
    let reasons: Vec<(&str, Option<&str>)> =
        noted.iter().map(|note: &Note| (&*note.message, note.reason.as_deref())).collect();
    assert_eq!(
        reasons,
        [
            ("2 levers are named by no formula: `a` and `c`", None),
            ("the lever `b` is named by no formula", Some("for the next reform")),
        ]
    );
    let (left, noted) = waivers(
        r#"(warning: "D0704", about: ["a", "b"], reason: "r"), (warning: "D0704", reason: "s")"#,
    );
    assert_eq!((left.len(), noted.len()), (0, 2));
    let (left, _) = waivers(r#"(warning: "D0704", reason: "s")"#);
    assert_eq!(left, [""; 0]);
}

#[test]
fn a_waiver_that_waives_nothing_is_told() {
    let waivers = |text: &str| told(&[("waivers: []", &format!("waivers: [{text}]"))]);
    assert_eq!(
        waivers(r#"(warning: "D0704", about: "b", reason: "r")"#),
        ["D0714 [\"b\"] there is no warning D0704 about `b` to waive"]
    );
    // What only a run can show is not judged before one.
    assert_eq!(waivers(r#"(warning: "D0720", reason: "r")"#), [""; 0]);
    // The base's waivers may have nothing left to waive.
    let base = SCENARIO.replace("waivers: []", "waivers: [(warning: \"D0704\", reason: \"r\")]");
    let files =
        [("s.ron", "Scenario(base: \"b.ron\", title: \"t\")"), ("b.ron", &*base), ("m.csv", TABLE)];
    assert_eq!(shown(&open_in(Memory::new(&files), "s.ron", &[])), [""; 0]);
}

#[test]
fn only_warnings_can_be_waived_and_only_with_a_reason() {
    let waivers = |text: &str| told(&[("waivers: []", &format!("waivers: [{text}]"))]);
    assert_eq!(
        waivers(r#"(warning: "D0509", reason: "r")"#),
        [
            "D0716 [\"D0509\"] `D0509` is an error and cannot be waived: a control total differs from the tables"
        ]
    );
    assert_eq!(
        waivers(r#"(warning: "D07O4", reason: "r")"#),
        ["D0205 [\"D07O4\"] `D07O4` is not the code of a warning"]
    );
    assert_eq!(waivers(r#"(warning: "D0704", reason: " ")"#), ["D0207 [\" \"] `reason` is empty"]);
    assert_eq!(waivers(r#"(warning: "D0704")"#), ["D0202 [(] `reason` is missing from a waiver"]);
    let help = opened(&[("waivers: []", "waivers: [(warning: \"D07O4\", reason: \"r\")]")], TABLE);
    assert_eq!(help.problems[0].help.as_deref(), Some("did you mean `D0704`?"));
}

#[test]
fn warnings_of_other_parts_are_waived_as_well() {
    let pot = ("{2022: 1_000}", "{2022: 1_000, 2030: 1}");
    let waiver = ("waivers: []", r#"waivers: [(warning: "D0703", reason: "from the law")]"#);
    assert_eq!(told(&[pot]).len(), 1);
    assert_eq!(told(&[pot, waiver]), [""; 0]);
}
