//! What is a change and what is none, on small scenarios.

use super::effect::DEFAULTS;
use super::*;
use crate::scenario::{Memory, open_in};

const TINY: &str = include_str!("../../../scenarios/tiny/tiny.ron");
const MUNICIPALITIES: &str = include_str!("../../../scenarios/tiny/municipalities.csv");
const POINTS: &str = include_str!("../../../scenarios/tiny/points.csv");

fn version(files: &[(&str, &str)], settings: &[&str]) -> Version {
    let settings: Vec<String> = settings.iter().map(|setting| (*setting).to_owned()).collect();
    Version::read(Memory::new(files), "s.ron", &settings)
        .unwrap_or_else(|unreadable| panic!("{:#?}", unreadable.problems))
}

fn between(old: &str, new: &str) -> Difference {
    difference(&version(&[("s.ron", old)], &[]), &version(&[("s.ron", new)], &[]))
}

/// Every change of the text on a line.
fn lines(found: &Difference) -> Vec<String> {
    let one = |change: &Change| {
        let what = match &change.what {
            What::Added(new) => format!("+ {}", new.text),
            What::Removed(old) => format!("- {}", old.text),
            What::Changed(old, new) => format!("{} > {}", old.text, new.text),
            What::Moved(old, new) => format!("{} moved {}", old.join(" "), new.join(" ")),
            What::Contents(file) => format!("contents of {file}"),
        };
        format!("{} {what} [{}]", change.path, change.effect.word())
    };
    found.changes.iter().map(one).collect()
}

fn tables(municipalities: (&str, &str), section: &str) -> Difference {
    let text = format!("(municipalities: Table(file: \"m.csv\", code: \"code\", {section}))");
    let side = |table| version(&[("s.ron", text.as_str()), ("m.csv", table)], &[]);
    difference(&side(municipalities.0), &side(municipalities.1))
}

#[test]
fn what_has_no_meaning_is_no_change() {
    let old = r#"Scenario(format: 1, title: "T", levers: {"a": (value: 1_000, min: 0, max: 2e3), "b": (value: 2, min: 0, max: 9)},
        costs: [(name: "x", amount: "a + b * 2", per: Point), (name: "y", amount: 0.50, vat: None)],
        load: (factors: {"f": "if(x == 'a b', 1, 1_000)"}), time: Yearly(), pot: {2022: 1, 2023: 2})"#;
    let new = r#"( // turned around
        pot: {2023: 2.0, 2022: 1}, time: Yearly, load: (factors: {"f": "if( x=='a b',1 , 1000 )"}),
        costs: [(amount: 0.5, name: "y"), (per: Point, name: "x", amount: "a+b\n  *2")],
        levers: {"b": (max: 9, min: 0, value: 2), "a": (max: 2_000, value: 1000, min: 0.0)},
        title: "T", format: 1)"#;
    let found = between(old, new);
    assert!(found.is_empty(), "{:#?}", lines(&found));
    assert!(!found.is_identical && between(old, old).is_identical);
    // White space within a quoted text is a part of it.
    assert!(!between(old, &new.replace("'a b'", "'a  b'")).is_empty());
}

#[test]
fn each_value_is_told_by_the_path_that_sets_it() {
    let old = r#"(levers: {"a": (value: 1, min: 0, max: 9)},
        policies: {"R0: 1.5": (rules: {"m": (entitle: Worksheet([(line: "u", is: "a"), (line: "v", is: 2)]), ration: Proportional)})},
        costs: [(name: "x", amount: 1)], programmes: {"m": (appropriation: {2022: 1, 2023: 2})})"#;
    let new = r#"(levers: {"a": (value: 2, min: 0, max: 9), "b": (value: 0, min: 0, max: 1)},
        policies: {"R0: 1.5": (rules: {"m": (entitle: Worksheet([(line: "u", is: "a * 2"), (line: "v", is: 2)]), ration: RankedCompetition(score: "a"))})},
        costs: [(name: "x", amount: "a")], programmes: {"m": (appropriation: {2022: 1, 2024: 2})})"#;
    assert_eq!(
        lines(&between(old, new)),
        [
            "levers.a.value 1 > 2 [figures]",
            "levers.b + (value: 0, min: 0, max: 1) [figures]",
            "costs.x.amount 1 > \"a\" [figures]",
            "programmes.m.appropriation.2023 - 2 [figures]",
            "programmes.m.appropriation.2024 + 2 [figures]",
            "policies.\"R0: 1.5\".rules.m.entitle.u.is \"a\" > \"a * 2\" [figures]",
            "policies.\"R0: 1.5\".rules.m.ration Proportional > RankedCompetition(score: \"a\") [figures]",
        ]
    );
}

#[test]
fn the_order_of_tiers_and_of_lines_is_a_change() {
    let text = |tiers: &str, lines: &str| {
        format!(
            "(network: (tiers: {{{tiers}}}), policies: {{\"p\": (rules: {{\"m\": (entitle: Worksheet([{lines}]))}})}})"
        )
    };
    let (a, b) = ("\"l\": (video: true)", "\"c\": (video: false)");
    let (x, y) = ("(line: \"x\", is: 1)", "(line: \"y\", is: 2)");
    let old = text(&format!("{a}, {b}"), &format!("{x}, {y}"));
    let new = text(&format!("{b}, {a}"), &format!("{y}, {x}, (line: \"z\", is: 3)"));
    assert_eq!(
        lines(&between(&old, &new)),
        [
            "network.tiers l c moved c l [figures]",
            "policies.p.rules.m.entitle.z + (line: \"z\", is: 3) [figures]",
            "policies.p.rules.m.entitle x y moved y x [figures]",
        ]
    );
}

#[test]
fn guarantees_and_facts_have_no_order_and_are_matched_by_what_they_are() {
    let rule = |guarantee: &str| {
        format!(
            "(policies: {{\"p\": (rules: {{\"m\": (guarantee: [{guarantee}])}})}}, observed: [(what: \"load\", value: 1), (what: \"staff\", value: 2)])"
        )
    };
    let old = rule("Floor(amount: 1), Cap(amount: 9)");
    let new = rule("Cap(amount: 9), Floor(amount: 2), Damping(down: 0.1)")
        .replace("[(what: \"load\", value: 1), ", "[")
        .replace("value: 2)]", "value: 2), (what: \"load\", value: 1)]");
    assert_eq!(
        lines(&between(&old, &new)),
        [
            "policies.p.rules.m.guarantee.2.amount 1 > 2 [figures]",
            "policies.p.rules.m.guarantee.3 + Damping(down: 0.1) [figures]",
        ]
    );
}

#[test]
fn correlations_have_no_order_and_are_matched_by_their_inputs() {
    let old = "(correlations: [(of: (\"a\", \"b\"), rank: 0.5), (of: (\"c\", \"d\"), rank: 0.1)])";
    let turned =
        "(correlations: [(of: (\"d\", \"c\"), rank: 0.1), (of: (\"b\", \"a\"), rank: 0.5)])";
    assert!(between(old, turned).is_empty());
    let new = "(correlations: [(of: (\"d\", \"c\"), rank: 0.2), (of: (\"a\", \"e\"), rank: 0.5)])";
    assert_eq!(
        lines(&between(old, new)),
        [
            "correlations.1 - (of: (\"a\", \"b\"), rank: 0.5) [figures]",
            "correlations.1.rank 0.1 > 0.2 [figures]",
            "correlations.2 + (of: (\"a\", \"e\"), rank: 0.5) [figures]",
        ]
    );
}

#[test]
fn the_first_policy_is_the_baseline_where_none_is_named() {
    let old = "(policies: {\"a\": (rules: {}), \"b\": (rules: {})})";
    let new = "(policies: {\"b\": (rules: {}), \"a\": (rules: {})})";
    assert_eq!(lines(&between(old, new)), ["baseline \"a\" > \"b\" [figures]"]);
    let named = new.replace("})})", "})}, baseline: \"a\")");
    assert!(named.contains("baseline"), "{named}");
    assert_eq!(lines(&between(old, &named)), ["baseline + \"a\" [default]"]);
    assert_eq!(lines(&between(new, &named)), ["baseline \"b\" > \"a\" [figures]"]);
}

#[test]
fn none_is_as_good_as_not_written() {
    assert!(
        between("(verdict: None, costs: [(name: \"x\", index: None)])", "(costs: [(name: \"x\")])")
            .is_empty()
    );
    assert_eq!(lines(&between("(run: (draws: 5))", "(run: None)")), ["run - (draws: 5) [figures]"]);
}

#[test]
fn words_and_checks_are_told_apart_from_figures() {
    let old = r#"(title: "A", expect: (points: 1), levers: {"a": (value: 1, min: 0, max: 5, source: "x")}, verdict: (euro: 1))"#;
    let new = r#"(title: "B", expect: (points: 2), levers: {"a": (value: 1, min: 0, max: 6, source: "y")}, verdict: (euro: 2))"#;
    let found = between(old, new);
    assert_eq!(
        lines(&found),
        [
            "title \"A\" > \"B\" [words]",
            "expect.points 1 > 2 [checked]",
            "levers.a.max 5 > 6 [checked]",
            "levers.a.source \"x\" > \"y\" [words]",
            "verdict.euro 1 > 2 [verdicts]",
        ]
    );
    assert_eq!(found.counts(), (5, 0));
}

#[test]
fn rows_are_matched_by_code_and_columns_by_name() {
    let old = "code,people,note\n01,10,a\n02,20,b\n03,30,c\n";
    let new = "people;code;extra\n30.0;03;x\n40;04;x\n11;01;x\n";
    let found = tables((old, new), "columns: [\"people\"]");
    assert_eq!(found.changes, []);
    let [table] = &found.tables[..] else { panic!("{found:#?}") };
    let codes = |rows: &[RowName]| rows.iter().map(|row| row.code.clone()).collect::<Vec<_>>();
    assert_eq!(
        (codes(&table.added), codes(&table.removed)),
        (vec!["04".to_owned()], vec!["02".to_owned()])
    );
    let cells: Vec<_> = table
        .cells
        .iter()
        .map(|cell| {
            (cell.row.code.as_str(), cell.column.as_str(), cell.old.as_str(), cell.new.as_str())
        })
        .collect();
    assert_eq!(cells, [("01", "people", "10", "11")]);
    let columns: Vec<_> = table
        .columns
        .iter()
        .map(|column| (column.name.as_str(), column.is_added, column.effect))
        .collect();
    assert_eq!(columns, [("note", false, Effect::Unseen), ("extra", true, Effect::Unseen)]);
    // Two rows, one cell, two columns; figures follow the rows and the cell.
    assert_eq!(found.counts(), (5, 3));
}

#[test]
fn shuffled_rows_are_no_change_and_codes_keep_their_zeros() {
    let rows = "code,year,people\n1,2022,10\n1,2023,11\n01,2022,5\n01,2023,6\n";
    let shuffled = "code,year,people\n01,2023,6\n1,2022,10\n01,2022,5.0\n1,2023,11\n";
    assert!(tables((rows, shuffled), "year: \"year\"").is_empty());
    let found = tables((rows, &rows.replace("01,2023,6", "01,2023,7")), "year: \"year\"");
    let cell = &found.tables[0].cells[0];
    assert_eq!((cell.row.code.as_str(), cell.row.year.as_deref()), ("01", Some("2023")));
}

#[test]
fn another_file_with_the_same_rows_changes_no_figure() {
    let side = |file: &str| {
        let text = format!("(municipalities: Table(file: \"{file}\", code: \"code\"))");
        version(&[("s.ron", text.as_str()), (file, "code\nA\n")], &[])
    };
    let found = difference(&side("a.csv"), &side("b.csv"));
    assert_eq!(lines(&found), ["municipalities.file \"a.csv\" > \"b.csv\" [same_rows]"]);
}

#[test]
fn a_file_that_cannot_be_read_is_refused_with_its_place() {
    let refused = |files: &[(&str, &str)]| {
        let unreadable = Version::read(Memory::new(files), "s.ron", &[]).unwrap_err();
        unreadable.problems.iter().map(|problem| problem.message.clone()).collect::<Vec<_>>()
    };
    let text = "(municipalities: Table(file: \"m.csv\", code: \"kode\"))";
    assert!(refused(&[("s.ron", text)])[0].contains("m.csv"));
    assert_eq!(
        refused(&[("s.ron", text), ("m.csv", "code\n1\n")]),
        ["`m.csv` has no column `kode`"]
    );
    assert!(!refused(&[("s.ron", "(a: ")]).is_empty());
    // What is no table is no reason to refuse: it is compared as text.
    assert!(between("(points: 3)", "(points: Table(file: 4))").changes.len() == 1);
}

/// Everything the model holds, places left out.
fn model(settings: &[String]) -> Result<String, String> {
    let municipalities = MUNICIPALITIES
        .replace("population", "population,previous_entitlement,previous_award")
        .replace("000\n", "000,1,1\n");
    // A change of boundaries that changes none.
    let change = r#"boundaries: (
        columns: { "population": Sum, "region": Same },
        changes: [(title: "None", file: "same.csv", from: "old", to: "new")],
    ), expect:"#;
    let files = [
        ("s.ron", TINY.replace("expect:", change)),
        ("municipalities.csv", municipalities),
        ("points.csv", POINTS.to_owned()),
        ("same.csv", "old,new\n01,01\n02,02\n03,03\n".to_owned()),
    ];
    let files = files.each_ref().map(|(name, text)| (*name, text.as_str()));
    let opened = open_in(Memory::new(&files), "s.ron", settings);
    let scenario =
        opened.scenario.ok_or_else(|| format!("{settings:?}: {:#?}", opened.problems))?;
    let text = format!("{scenario:?}");
    // A constant is within any range, so the range in which it must be says nothing either.
    Ok(without(&without(&text, "Place {", '}'), "range: (", ')'))
}

/// A text without every part from one mark to the next end.
fn without(text: &str, mark: &str, end: char) -> String {
    let mut pieces = text.split(mark);
    let mut kept = pieces.next().unwrap_or("").to_owned();
    for piece in pieces {
        kept.push_str(piece.split_once(end).map_or("", |(_, rest)| rest));
    }
    kept
}

#[test]
fn what_is_called_a_default_holds_where_it_is_left_out() {
    let before = [
        "policies.workload.rules.maintenance.guarantee=[HoldHarmless(share: 0.9)]",
        "inputs.price_growth.time=Yearly(persistence: 0)",
    ]
    .map(str::to_owned);
    let mut wrong = Vec::new();
    for (pattern, default) in DEFAULTS {
        let path = pattern
            .replace("policies.*.rules.*", "policies.workload.rules.maintenance")
            .replace("guarantee.*", "guarantee.1")
            .replace("inputs.*", "inputs.price_growth")
            .replace("costs.*", "costs.pay")
            .replace("changes.*", "changes.1")
            .replace("programmes.*", "programmes.investment");
        assert!(!path.contains('*'), "{path}");
        let set = |value: &str| {
            let mut settings = before.to_vec();
            if path == "inputs.price_growth.time" {
                settings.pop();
            }
            if path.starts_with("run.precision") {
                settings.push("run.precision=(relative: 0.1, at_most: 2_000)".to_owned());
            }
            if path.ends_with("ration.estimate") {
                settings.push(
                    "policies.workload.rules.maintenance.ration=Proportional(estimate: false)"
                        .to_owned(),
                );
            }
            settings.push(format!("{path}={value}"));
            model(&settings)
        };
        let (left_out, written) = (set("None"), set(default));
        if left_out.is_err() || left_out != written {
            wrong.push(format!("{path}: {:?} {:?}", left_out.err(), written.err()));
        }
    }
    assert!(wrong.is_empty(), "these are no defaults: {wrong:#?}");
}
