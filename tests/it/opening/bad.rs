//! What is said about scenarios that are wrong: code, underlined text, message and help.

use super::small::{MUNICIPALITIES, POINTS, SCENARIO, changed, opened, told};
use dotacija::problem::Problem;
use proptest::prelude::*;

/// One change of the small scenario, and what is told about it.
struct Case(&'static str, &'static str, &'static [&'static str]);

const CASES: &[Case] = &[
    Case(
        "format: 1",
        "format: 2",
        &[
            "D0301 [2] format 2 is not known to this version of the program (write `format: 1`, or use a later version)",
        ],
    ),
    Case(
        r#"title: "Small","#,
        "",
        &[r#"D0202 [S] `title` is missing from the scenario (write, for example, `title: "…"`)"#],
    ),
    Case(
        "first: 2022, last",
        "first: 2025, last",
        &[
            "D0301 [2024] the last year, 2024, is before the first, 2025 (write 2025 or a later year)",
        ],
    ),
    Case(
        "last: 2024",
        "last: 2099",
        &["D0301 [2099] 2022 to 2099 is more than 60 years (write 2081 or an earlier year)"],
    ),
    Case(
        r#"baseline: "flat""#,
        r#"baseline: "flta""#,
        &[r#"D0501 ["flta"] `flta` is not a policy of this scenario (did you mean `flat`?)"#],
    ),
    Case(
        "vat_rate: 0.2)",
        "price_year: 2023)",
        &[
            "D0301 [2023] the price year, 2023, is after the first year, 2022 (write 2022 or an earlier year)",
        ],
    ),
    Case(
        "vat_rate: 0.2)",
        "vat_rate: 21)",
        &["D0301 [21] `vat_rate` cannot be 21 (21 % is written 0.21)"],
    ),
    Case(
        r#"pay_growth: "pay_growth""#,
        r#"pay_growth: "pay_growth * pay_index""#,
        &[
            "D0601 [pay_index] `pay_index` is made of this growth, which cannot depend on it (growth may name inputs, levers and the year)",
        ],
    ),
    Case(
        r#""2022-02-01","#,
        r#""1.2.2022","#,
        &[
            r#"D0304 ["1.2.2022"] `1.2.2022` is not a date (write `2022-02-01`: the year first, then month and day)"#,
        ],
    ),
    Case(
        r#"file: "points.csv""#,
        r#"file: "pionts.csv""#,
        &[
            r#"D0110 ["pionts.csv"] cannot read `pionts.csv`: there is no such file (did you mean `points.csv`?)"#,
        ],
    ),
    Case(
        r#"code: "code""#,
        r#"code: "cod""#,
        &[r#"D0403 ["cod"] `municipalities.csv` has no column `cod` (did you mean `code`?)"#],
    ),
    Case(
        "03,Ceri,West",
        "04,Ceri,West",
        &[
            "D0505 [03] points.csv lines 5, 6: municipality `03` matches nothing in municipalities.csv (add it to municipalities.csv, or remove what names it here)",
        ],
    ),
    Case(
        "03,Ceri,West",
        "01,Ceri,West",
        &[
            "D0503 [01] column `code`, line 4 has the code `01` again (delete one row, or give each its own code)",
        ],
    ),
    Case(
        "01-2,Apsi,01,local",
        "01-2,Apsi,01,locl",
        &[
            "D0505 [locl] points.csv line 4: tier `locl` matches nothing in the network's tiers (did you mean `local`?)",
        ],
    ),
    Case(
        "01-2,Apsi",
        "01-1,Apsi",
        &[
            "D0503 [01-1] column `point`, line 4 has the code `01-1` again (delete one row, or give each its own code)",
        ],
    ),
    Case(
        "2022-04-15",
        "soon",
        &[
            "D0406 [soon] column `opens`, line 4 should be a date, found `soon` (dates are written `2022-05-01`, `2022-05` or `2022`)",
        ],
    ),
    Case(
        "population: 38_000)",
        "population: 38_001)",
        &[
            "D0509 [38_001] `population` should be 38_001, and municipalities.csv gives 38_000 (compare these figures with the source, and mend the rows or the total)",
        ],
    ),
    Case(
        "points: 5, pop",
        "points: 6, pop",
        &[
            "D0509 [6] `points` should be 6, and points.csv gives 5 (compare the table with its source, and mend the table or the total)",
        ],
    ),
    Case(
        "population: 38_000)",
        "inhabitants: 38_000)",
        &[
            "D0403 [inhabitants] no table has a column `inhabitants` (known here: `municipalities`, `points`, `population`, `portal`, `previous_award`, `previous_entitlement`)",
        ],
    ),
    Case(
        r#"what: "load", year: 2022"#,
        r#"what: "laod", year: 2022"#,
        &[r#"D0501 ["laod"] `laod` is not a simulated quantity (did you mean `load`?)"#],
    ),
    Case(
        r#"what: "load", year: 2022"#,
        r#"what: "load", on: "2022-05-01""#,
        &[
            r#"D0208 ["2022-05-01"] `load` belongs to a year, not to a day (write `year: 2022`; only points open are counted on a day)"#,
        ],
    ),
    Case(
        r#""pay * 1.25""#,
        r#""pay * staff_pay""#,
        &[
            r#"D0603 ["pay * staff_pay"] the input `staff_pay` is computed from itself (give it a number or a distribution, or name other inputs)"#,
        ],
    ),
    Case(
        r#""pay * 1.25""#,
        r#""payy * 1.25""#,
        &["D0601 [payy] `payy` is not known here (did you mean `pay`?)"],
    ),
    Case(
        r#"value: "pay * 1.25""#,
        r#"value: "pay * 1.25", extent: Nation"#,
        &[
            "D0208 [extent] `extent` cannot be given for an input computed by a formula (leave `extent` out: what the formula names decides)",
        ],
    ),
    Case(
        "common: (nation: 0.4), ",
        "",
        &[
            "D0202 [extent] `need_per_head` is drawn below the nation and needs `common` (write which share of its variance is common: `common: (nation: 0.4)`)",
        ],
    ),
    Case(
        "municipality: 0.3)",
        "municipality: 0.7)",
        &[
            "D0301 [common] the common shares add up to 1.1, which is above 1 (make their sum 1 or less)",
        ],
    ),
    Case(
        "persistence: 0.5",
        "persistence: 1",
        &["D0301 [1] `persistence` cannot be 1 (what never fades is a `RandomWalk(start: …)`)"],
    ),
    Case(
        "sd: 0.03",
        "variance: 0.03",
        &[
            "D0604 [variance] Normal has no `variance` (allowed: mean, sd; or two of p01, p025, p05, p10, p20, p25, p30, p40, p50, p60, p70, p75, p80, p90, p95, p975, p99, such as `Normal(mean: 0.07, sd: 0.035)`)",
        ],
    ),
    Case(
        "Triangular(min: 800",
        "Triangle(min: 800",
        &["D0205 [Triangle] there is no distribution `Triangle` (did you mean `Triangular`?)"],
    ),
    Case(
        r#"max: "highest_pay""#,
        r#"max: "highest""#,
        &[
            r#"D0501 ["highest"] `highest` is not a lever of this scenario (did you mean `highest_pay`?)"#,
        ],
    ),
    Case(
        r#""rate_case": (value: 1.5"#,
        r#""rate_case": (value: 7.5"#,
        &[
            "D0301 [7.5] the lever `rate_case` stands at 7.5 (change the value, or `min` and `max` of the lever)",
        ],
    ),
    Case(
        r#""fixed": (value: 3)"#,
        r#""population": (value: 3)"#,
        &[
            r#"D0502 ["population"] an input cannot be called `population`: that is a column of the municipalities (choose another name, so that formulas are clear)"#,
        ],
    ),
    Case(
        r#""fixed": (value: 3)"#,
        r#""fixed sum": (value: 3)"#,
        &[
            r#"D0506 ["fixed sum"] formulas cannot call `fixed sum` (a name is letters, digits and underscores, and begins with a letter: `fixed_sum`)"#,
        ],
    ),
    Case(
        "basket_share: 0.8",
        r#"basket_share: "population / 1_000_000""#,
        &[
            "D0602 [population] `population` differs between points, and one number for the nation is needed (bring points together, then municipalities: `sum(point_sum(population))` or `mean(point_mean(population))`)",
        ],
    ),
    Case(
        "basket_share: 0.8",
        "basket_share: 80",
        &["D0301 [80] `basket_share` cannot be 80 (80 % is written 0.8)"],
    ),
    Case(
        r#""population * need_per_head""#,
        r#""population * need_per_head * load""#,
        &[
            "D0601 [load] `load` is a result of the simulation, it cannot be named here (rules and outcomes see what is simulated; here stand levers, inputs and columns)",
        ],
    ),
    Case(
        "tier == 'local'",
        "tier == 'lokal'",
        &["D0601 ['lokal'] no cell of the column `tier` is 'lokal' (did you mean `local`?)"],
    ),
    Case(
        r#"own_offices: { "county""#,
        r#"own_offices: { "contry""#,
        &[r#"D0501 ["contry"] `contry` is not a tier of this scenario (did you mean `county`?)"#],
    ),
    Case(
        r#"minimum: { "local": 0.2, "#,
        "minimum: { ",
        &[r#"D0202 [{] every tier is needed here: `local` is missing (add `"local": …`)"#],
    ),
    Case(
        r#"amount: "2_000 * overrun""#,
        r#"amount: "2_000 * overun""#,
        &["D0601 [overun] `overun` is not known here (did you mean `overrun`?)"],
    ),
    Case(
        r#"amount: "12 * staff_pay""#,
        r#"amount: "12 * staff_pay +""#,
        &[
            "D0601 [] the formula ends where a number, a name or `(` should follow (`+` needs a value after it, or is one too many)",
        ],
    ),
    Case(
        "per: Point, tiers",
        "per: Case, tiers",
        &[
            "D0208 [Case] investment is paid per point only (write `per: Point`, or `purpose: Maintenance`)",
        ],
    ),
    Case(
        "Mixed(pay: 0.2, prices: 0.8)",
        "Mixed(pay: 0.4, prices: 0.8)",
        &[
            "D0301 [Mixed] the shares of an index add up to 1.2, which is above 1 (make their sum 1 or less)",
        ],
    ),
    Case(
        "appropriation: { 2022: 20_000, 2023: ",
        "appropriation: { 2023: 20_000, 2024: ",
        &[
            "D0508 [{] 2022 has no appropriation (the first sum is that of 2023: write a sum for 2022, 0 if there is none)",
        ],
    ),
    Case(
        "appropriation: { 2020: 30_000 }",
        "appropriation: { 2023: 30_000 }",
        &[
            "D0508 [{] 2022 has no appropriation (the first sum is that of 2023: write a sum for 2022, 0 if there is none)",
        ],
    ),
    Case(
        "appropriation: OpenEnded",
        "later: Same",
        &[
            "D0202 [(] `appropriation` is missing from a programme (write, for example, `appropriation: { 2022: … }`)",
        ],
    ),
    Case(
        r#""investment": (unspent: Lapses)"#,
        r#""invest": (unspent: Lapses)"#,
        &[
            r#"D0501 ["invest"] `invest` is not a programme of this scenario (did you mean `investment`?)"#,
        ],
    ),
    Case(
        r#""investment": (entitle: CostShare"#,
        r#""capital": (entitle: CostShare"#,
        &[
            r#"D0501 ["capital"] `capital` is not a programme of this scenario (known here: `maintenance`, `investment`)"#,
        ],
    ),
    Case(
        "CostShare(share: 0.7",
        "CostShare(share: 70",
        &["D0301 [70] `share` cannot be 70 (70 % is written 0.7)"],
    ),
    Case(
        r#"entitle: FlatPerPoint(monthly: { "local": 100"#,
        r#"entitle: FlatPerPoint(monthly: { "parish": 100"#,
        &[
            r#"D0501 ["parish"] `parish` is not a tier of this scenario (known here: `local`, `county`)"#,
        ],
    ),
    Case(
        r#"line: "activity", is"#,
        r#"line: "load", is"#,
        &[
            r#"D0502 ["load"] a line cannot be called `load`: that is a quantity of the model (choose another name, so that formulas are clear)"#,
            r#"D0501 ["activity"] `activity` is not a line of this worksheet (known here: `availability`, `load`, `all`)"#,
            "D0601 [activity] `activity` is not known here (the scenario gives the names `rate_case`, `highest_pay`, `staff_pay`, `need_per_head`, `overrun`, `pay`, `pay_growth`, `fixed`, `population`, `region` and 4 more; `dotacija list quantities` shows what is simulated)",
        ],
    ),
    Case(
        "lag(load, 1)",
        "lag(load, 4)",
        &["D0601 [load] `load` is known for 3 years back at most (write lag(load, 3) or less)"],
    ),
    Case(
        "lag(load, 1)",
        "lag(rate_case, 1)",
        &[
            "D0601 [rate_case] the past of `rate_case` is not kept (a lever is the same in all years: write rate_case)",
        ],
    ),
    Case(
        "point_sum(population)",
        "portal",
        &[
            "D0602 [portal] `portal` differs between points, and one number for each municipality is needed (bring points together: `point_sum(portal)`, `point_mean(portal)` or `point_max(portal)`)",
        ],
    ),
    Case(
        r#"class: 2, line: "activity""#,
        r#"class: 2, line: "actvity""#,
        &[
            r#"D0501 ["actvity"] `actvity` is not a line of this worksheet (did you mean `activity`?)"#,
        ],
    ),
    Case(
        "ration: ConstrainedEqualLosses",
        "ration: ConstrainedEqualLoss",
        &[
            "D0205 [ConstrainedEqualLoss] `ConstrainedEqualLoss` is not a rationing rule (did you mean `ConstrainedEqualLosses`?)",
        ],
    ),
    Case(
        "ration: ConstrainedEqualLosses",
        r#"ration: RankedCompetition(score: "rank(activity)")"#,
        &[
            "D0208 [protected] a ranked competition funds whole points: no guarantee can be protected in it (leave `protected` out)",
        ],
    ),
    Case(
        "(unit: 1, method",
        "(unit: 0.001, method",
        &[
            "D0301 [0.001] 0.001 EUR is no unit to round to (`unit: 1` rounds to whole EUR, `unit: 0.01` to cents)",
        ],
    ),
    Case(
        ",previous_award\n",
        ",award_before\n",
        &[
            "D0507 [Damping] the year before the first is not known: the municipalities have no column `previous_award` (add that column to the table of municipalities, in EUR, 0 where there was nothing)",
        ],
    ),
    Case(
        r#""maintenance_cost / load""#,
        r#""maintenance_cost / sum(load)""#,
        &[
            "D0601 [sum] `sum` has no place in an outcome (what an outcome names is a sum already, over the nation, a region or a municipality: write a / b)",
        ],
    ),
    Case(
        r#""maintenance_cost / load""#,
        r#""maintenance_cost / overrun""#,
        &[
            "D0601 [overrun] `overrun` differs within the nation: it has no sum over a scope (outcomes see inputs of extent Nation)",
        ],
    ),
    Case("draws: 1_000", "draws: 0", &["D0301 [0] `draws` cannot be 0"]),
    Case(
        "    network: (\n",
        "    networks: (\n",
        &["D0201 [networks] `networks` is not a field of the scenario (did you mean `network`?)"],
    ),
];

fn errors(from: &str, to: &str) -> Vec<String> {
    let opened = changed(from, to);
    let all = opened.problems.iter().filter(|problem| problem.is_error());
    let all: Vec<String> = all.map(|problem: &Problem| told(problem, &opened)).collect();
    assert_eq!(opened.scenario.is_none(), !all.is_empty());
    all
}

#[test]
fn every_fault_is_told_with_its_place_once() {
    let wrong: Vec<String> = CASES
        .iter()
        .filter_map(|Case(from, to, expected)| {
            let said = errors(from, to);
            (said != *expected).then(|| format!("{from} → {to}\n{said:#?}, not {expected:#?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(CASES.len() >= 60);
}

#[test]
fn faults_of_all_sections_are_told_in_one_go() {
    let changes = [
        ("title: \"Small\"", "titel: \"Small\""),
        ("01-2,Apsi,01", "01-2,Apsi,07"),
        ("2_000 * overrun", "2_000 * overun"),
        ("share: 0.7", "share: 7"),
        ("maintenance_cost / load", "maintenance_cost / lod"),
        ("draws: 1_000", "draws: 1.5"),
    ];
    let change = |text: &str| {
        changes.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
    };
    let opened = opened(&change(SCENARIO), MUNICIPALITIES, &change(POINTS), &[]);
    let codes: Vec<&str> = opened.problems.iter().map(|problem| problem.code).collect();
    // Fields and numbers first, then codes, then formulas.
    assert_eq!(codes, ["D0201", "D0301", "D0302", "D0505", "D0601", "D0601"]);
    assert!(opened.scenario.is_none());
}

#[test]
fn a_circle_of_inputs_is_named_and_those_that_wait_for_it_are_not_blamed() {
    let text = r#"(format: 1, title: "Circle", inputs: {
        "waits": (value: "b"), "a": (value: "c + 1"), "b": (value: "a"), "c": (value: "if(1 > 0, b, lone)"), "lone": (value: 1),
    })"#;
    let opened = opened(text, "", "", &[]);
    let all: Vec<String> = opened.problems.iter().map(|problem| told(problem, &opened)).collect();
    assert_eq!(
        all,
        [
            "D0603 [\"a\"] inputs are computed from each other in a circle: b → a → c → b (one of them must be a number, a distribution or a formula over others)"
        ]
    );
}

#[test]
fn many_rows_of_one_cause_are_one_problem() {
    let mut points = POINTS.to_owned();
    for row in 0..14 {
        points.push_str(&format!("09-{row},,09,local,1,,0,56,26\n"));
    }
    let opened = opened(SCENARIO, MUNICIPALITIES, &points, &[]);
    let all: Vec<String> = opened.problems.iter().map(|problem| told(problem, &opened)).collect();
    assert_eq!(all.len(), 2, "{all:#?}");
    assert_eq!(
        all[0],
        "D0509 [5] `points` should be 5, and points.csv gives 19 (compare the table with its source, and mend the table or the total)"
    );
    let rows = "D0505 [09] points.csv lines 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 and 4 more: municipality `09`";
    assert!(all[1].starts_with(rows), "{}", all[1]);
}

#[test]
fn a_missing_year_of_a_yearly_table_is_told_unless_the_last_is_held() {
    let table = "code,name,region,kind,population,previous_entitlement,previous_award,year\n\
        01,Alda,East,city,20000,1,1,2022\n01,Alda,East,city,23000,1,1,2023\n\
        02,Birze,West,county,9000,1,1,2022\n03,Ceri,West,county,6000,1,1,2023\n";
    let told = |hold: &str| {
        let columns =
            format!("columns: [\"population\", \"region\", \"kind\"], year: \"year\"{hold}");
        let text = SCENARIO
            .replace("columns: [\"population\", \"region\", \"kind\"]", &columns)
            .replace("population: 38_000", "population: 29_000");
        let opened = opened(&text, table, POINTS, &[]);
        opened.problems.iter().map(|problem| told(problem, &opened)).collect::<Vec<_>>()
    };
    assert_eq!(
        told(""),
        [
            "D0508 [\"year\"] this table ends in 2023, the scenario in 2024 (add the later years, or write `hold: Last` to keep the last)",
            "D0508 [\"year\"] rows are missing: `02` in 2023, `03` in 2022 (every code needs a row for every year; `hold: Last` keeps the last)",
        ]
    );
    // The last is held; what was never there cannot be.
    assert_eq!(
        told(", hold: Last"),
        [
            "D0508 [\"year\"] rows are missing: `03` in 2022 (every code needs a row for every year; `hold: Last` keeps the last)"
        ]
    );
}

#[test]
fn under_when_funded_an_investment_rule_does_not_know_the_years_load() {
    let text = SCENARIO
        .replace(
            "CostShare(share: 0.7, cap: { \"local\": 7_200 })",
            "Amount(\"load + lag(load, 1)\")",
        )
        .replace("mode: WhenReady", "mode: WhenFunded");
    let opened = opened(&text, MUNICIPALITIES, POINTS, &[]);
    let all: Vec<String> = opened.problems.iter().map(|problem| told(problem, &opened)).collect();
    assert_eq!(
        all,
        [
            "D0601 [load] `load` of this year is not known when investment is awarded (use the year before: lag(load, 1))"
        ]
    );
}

/// A text with a few bytes removed, doubled, swapped or replaced by others of the language.
fn mutated(text: &str, changes: &[(usize, usize, u8)]) -> String {
    const PIECES: &[&str] = &[
        "(", ")", "\"", "{", "}", "[", "]", ",", ":", "-", "9", ".", "None", "\"load\"", "'", "ā",
        "\n", "()",
    ];
    let mut letters: Vec<char> = text.chars().collect();
    for &(at, other, kind) in changes {
        let (at, other) = (at % letters.len().max(1), other % letters.len().max(1));
        match kind % 5 {
            0 => {
                letters.remove(at);
            }
            1 => letters.swap(at, other),
            2 => letters.insert(at, letters[other]),
            3 => {
                letters.drain(at..(at + 1 + other % 30).min(letters.len()));
            }
            _ => {
                let piece: Vec<char> = PIECES[other % PIECES.len()].chars().collect();
                letters.splice(at..=at, piece);
            }
        }
        if letters.is_empty() {
            letters.push(' ');
        }
    }
    letters.into_iter().collect()
}

/// Values for the place of any field, key or item.
const VALUES: &[&str] = &[
    "0",
    "-1",
    "1e300",
    "\"\"",
    "\"load\"",
    "\"1/0\"",
    "()",
    "[]",
    "{}",
    "None",
    "Same",
    "(value: 1)",
    "Uniform(min: 0, max: 1)",
    "true",
    "NaN",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_the_door_panic(
        scenario in prop::collection::vec((any::<usize>(), any::<usize>(), any::<u8>()), 0..4),
        tables in prop::collection::vec((any::<usize>(), any::<usize>(), any::<u8>()), 0..3),
    ) {
        let opened = opened(&mutated(SCENARIO, &scenario), &mutated(MUNICIPALITIES, &tables), &mutated(POINTS, &tables), &[]);
        prop_assert_eq!(opened.scenario.is_none(), opened.problems.iter().any(Problem::is_error));
    }

    #[test]
    fn no_value_in_the_wrong_place_makes_the_door_panic(at in any::<prop::sample::Index>(), value in prop::sample::select(VALUES)) {
        // The value after the chosen colon, up to the next comma or bracket, becomes another one.
        let colons: Vec<usize> = SCENARIO.match_indices(": ").map(|(at, _)| at + 2).collect();
        let start = colons[at.index(colons.len())];
        let end = start + SCENARIO[start..].find([',', ')', '}', ']']).unwrap_or(0);
        let text = format!("{}{value}{}", &SCENARIO[..start], &SCENARIO[end..]);
        let opened = opened(&text, MUNICIPALITIES, POINTS, &[]);
        prop_assert_eq!(opened.scenario.is_none(), opened.problems.iter().any(Problem::is_error));
    }
}
