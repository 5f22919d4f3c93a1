//! Where every cent of a pot goes, what years bind later ones to, and what a unit of change costs.

use crate::random_scenario::{any_scenario, runner};
use crate::support::{dotacija, in_repository, rows};
use dotacija::analysis::{ALL, Findings, ReconciliationRow, Side};
use dotacija::engine::{
    Books, CASH, COMMITMENT_ITEMS, Options, Prepared, STEADY, Sink, Tally, YearOfBlock, record,
    replay, simulate, simulate_part,
};
use dotacija::model::{Purpose, Scenario, Unspent};
use dotacija::report;
use proptest::prelude::*;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

fn open(path: &str, settings: &[&str]) -> Scenario {
    let settings: Vec<String> = settings.iter().map(|setting| (*setting).to_owned()).collect();
    let opened = dotacija::scenario::open(&in_repository(path), &settings);
    opened.scenario.unwrap_or_else(|| panic!("{:#?}", opened.problems))
}

fn findings(path: &str, settings: &[&str]) -> Findings {
    let scenario = open(path, settings);
    let prepared = Prepared::new(&scenario);
    let tally = simulate(&prepared, &Options::default()).unwrap();
    Findings::new(&prepared, &tally)
}

/// A policy, programme and year.
type Place<'a> = (&'a str, &'a str, i32);

fn books(rows: &[ReconciliationRow]) -> BTreeMap<Place<'_>, Vec<&ReconciliationRow>> {
    let mut books: BTreeMap<Place<'_>, Vec<&ReconciliationRow>> = BTreeMap::new();
    for row in rows {
        books.entry((&row.policy, &row.programme, row.year)).or_default().push(row);
    }
    books
}

fn side(lines: &[&ReconciliationRow], side: Side, of: fn(&ReconciliationRow) -> i64) -> i64 {
    lines.iter().filter(|row| row.side == side).map(|row| of(row)).sum()
}

fn line(lines: &[&ReconciliationRow], name: &str, of: fn(&ReconciliationRow) -> i64) -> i64 {
    lines.iter().filter(|row| row.line == name).map(|row| of(row)).sum()
}

fn mean(row: &ReconciliationRow) -> i64 {
    row.mean
}

fn central(row: &ReconciliationRow) -> i64 {
    row.central.unwrap()
}

/// A line of the books: what it is, its name and cents.
type Line = (&'static str, &'static str, i64);

/// The figures of scenarios/tiny/README.md, cents. Of 2022 under `workload`: 3,000 for each of 2.5, 1 and
/// 0.25 points are paid first, 7,500 + 3,000 + 750; 01 uses up its availability of 6,240 and 1,260 of its
/// activity, so that of availability 4,800 - 3,000 and 1,200 - 750 are left, of activity 4,140 + 1,440.
const TINY: [(Place<'_>, &[Line]); 6] = [
    (
        ("flat", "investment", 2022),
        &[
            ("appropriation", "", 1_000_000),
            ("carried_in", "", 0),
            ("available", "", 1_000_000),
            ("awarded", "due", 1_000_000),
            ("carried_on", "", 0),
            ("award", "", 1_000_000),
            ("shortfall", "", 260_000),
            ("entitlement", "", 1_260_000),
        ],
    ),
    (
        ("flat", "investment", 2023),
        &[
            ("appropriation", "", 700_000),
            ("carried_in", "", 0),
            ("available", "", 700_000),
            ("awarded", "due", 637_000),
            ("carried_on", "", 63_000),
            ("award", "", 637_000),
            ("shortfall", "", 0),
            ("entitlement", "", 637_000),
        ],
    ),
    (
        ("flat", "maintenance", 2022),
        &[
            ("appropriation", "", 2_350_000),
            ("carried_in", "", 0),
            ("top_slice", "publicity", 150_000),
            ("available", "", 2_200_000),
            ("awarded", "due", 1_759_500),
            ("lapses", "", 440_500),
            ("award", "", 1_759_500),
            ("shortfall", "", 0),
            ("entitlement", "", 1_759_500),
        ],
    ),
    (
        ("workload", "investment", 2023),
        &[
            ("appropriation", "", 700_000),
            ("carried_in", "", 0),
            ("available", "", 700_000),
            ("awarded", "new", 174_300),
            ("awarded", "renewals", 307_500),
            ("carried_on", "", 218_200),
            ("award", "", 481_800),
            ("shortfall", "", 0),
            ("entitlement", "", 481_800),
        ],
    ),
    (
        ("workload", "maintenance", 2022),
        &[
            ("appropriation", "", 2_350_000),
            ("carried_in", "", 0),
            ("top_slice", "publicity", 150_000),
            ("available", "", 2_200_000),
            ("paid_first", "Floor", 1_125_000),
            ("awarded", "availability", 225_000),
            ("awarded", "activity", 558_000),
            ("lapses", "", 292_000),
            ("award", "", 1_908_000),
            ("shortfall", "", 0),
            ("entitlement", "", 1_908_000),
        ],
    ),
    (
        ("workload", "maintenance", 2023),
        &[
            ("appropriation", "", 2_350_000),
            ("carried_in", "", 0),
            ("top_slice", "publicity", 150_000),
            ("available", "", 2_200_000),
            ("paid_first", "Floor", 2_025_000),
            ("awarded", "availability", 27_000),
            ("awarded", "activity", 148_000),
            ("lapses", "", 0),
            ("award", "", 2_200_000),
            ("shortfall", "", 323_000),
            ("entitlement", "", 2_523_000),
        ],
    ),
];

#[test]
fn the_books_of_the_tiny_scenario_are_those_of_its_page() {
    let found = findings("scenarios/tiny/tiny.ron", &["run.draws=64"]);
    let books = books(&found.reconciliation);
    for (place, expected) in TINY {
        let lines: Vec<(&str, i64)> =
            books[&place].iter().map(|row| (row.line, central(row))).collect();
        let known: Vec<(&str, i64)> =
            expected.iter().map(|(line, _, cents)| (*line, *cents)).collect();
        assert_eq!(lines, known, "{place:?}");
        for (row, (_, name, _)) in books[&place].iter().zip(expected) {
            // What a ready-made formula calls its lines is its own.
            assert!(row.name == *name || *name == "due", "{place:?}: {row:?}");
        }
    }
    // Both together, 2023 under `workload`: 7,000 + 23,500.
    let all = &books[&("workload", ALL, 2023)];
    assert_eq!(line(all, "appropriation", central), 3_050_000);
    assert_eq!(line(all, "top_slice", central), 150_000);
    assert_eq!(line(all, "carried_on", central), 218_200);
    assert_eq!(line(all, "awarded", central), 2_681_800);
}

/// Whether printed books add up, in means and on the median path.
fn add_up(lines: &[&ReconciliationRow]) {
    for of in [mean, central] {
        assert_eq!(side(lines, Side::Source, of), side(lines, Side::Use, of), "{lines:#?}");
        let granted = line(lines, "awarded", of) + line(lines, "paid_first", of);
        assert_eq!(line(lines, "award", of), granted);
        assert_eq!(line(lines, "entitlement", of), granted + line(lines, "shortfall", of));
        let left = side(lines, Side::Source, of) - line(lines, "top_slice", of);
        assert_eq!(line(lines, "available", of), left);
    }
}

#[test]
fn pots_top_slices_and_what_is_left_of_the_nation_are_940_394_in_each_year() {
    let found = findings("scenarios/latvia/network-592.ron", &["run.draws=100"]);
    let books = books(&found.reconciliation);
    assert_eq!(books.len(), 4 * 3 * 6);
    for ((policy, programme, year), lines) in &books {
        add_up(lines);
        if *programme == ALL && *policy != "R0 with recovery fund" {
            for of in [mean, central] {
                // 250,609 + 689,785.
                assert_eq!(side(lines, Side::Source, of), 94_039_400, "{policy} {year}");
                assert_eq!(side(lines, Side::Use, of), 94_039_400, "{policy} {year}");
                assert_eq!(line(lines, "top_slice", of), 8_672_500);
            }
        }
        if *programme == "maintenance" {
            let slices: Vec<(&str, i64)> = lines
                .iter()
                .filter(|row| row.line == "top_slice")
                .map(|row| (row.name.as_str(), row.mean))
                .collect();
            let expected = [
                ("system", 6_500_000),
                ("system_second_line", 1_172_500),
                ("publicity", 1_000_000),
            ];
            let mut sorted = slices.clone();
            sorted.sort_by_key(|(_, cents)| -cents);
            assert_eq!(sorted, expected);
            assert_eq!(line(lines, "available", mean), 60_306_000);
        }
    }
    // The pots of `budget.csv` are those of the books, but for the cents that both round to.
    for row in found.budget.iter().filter(|row| row.programme != ALL) {
        let lines = &books[&(row.policy.as_str(), row.programme.as_str(), row.year)];
        let near =
            |euro: Option<f64>, cents: i64| (euro.unwrap() - cents as f64 / 100.0).abs() <= 0.03;
        assert!(near(row.appropriation, line(lines, "appropriation", mean)));
        assert!(near(row.award.mean, line(lines, "award", mean)), "{row:?}");
        assert!(near(row.entitlement.mean, line(lines, "entitlement", mean)));
    }
}

/// Checks the books of every draw, and adds up what is granted.
#[derive(Default)]
struct Checked {
    /// What each policy and programme has left, by lane.
    left: BTreeMap<(usize, usize), Vec<i64>>,
    /// Awards by policy and programme over all draws and years.
    granted: BTreeMap<(usize, usize), i128>,
    carried: u64,
    first: u64,
}

impl Sink for Checked {
    fn year(&mut self, at: &YearOfBlock<'_>) {
        let scenario = at.prepared.scenario;
        for (policy, chosen) in scenario.policies.iter().enumerate() {
            let (own, _) = at.prepared.paths_of(policy);
            for (programme, state) in at.paths[own].programmes.iter().enumerate() {
                let books = Books::of(state);
                let carries = chosen.pots[programme].unspent == Unspent::Carries && at.year > 0;
                let before = self.left.get(&(policy, programme)).filter(|_| carries);
                for lane in 0..at.active {
                    let parts: i64 = books.parts.iter().map(|part| part[lane]).sum();
                    let slices: i64 = books.top_slices.iter().map(|slice| slice[lane]).sum();
                    let awards: i64 = state.award.iter().map(|award| award[lane]).sum();
                    let due: i64 = state.entitlement.iter().map(|due| due[lane]).sum();
                    assert!(books.parts.iter().all(|part| part[lane] >= 0));
                    assert!(books.top_slices.iter().all(|slice| slice[lane] >= 0));
                    assert_eq!(parts, awards, "parts are what is granted");
                    assert_eq!(parts + books.shortfall[lane], due);
                    assert_eq!(
                        books.appropriation[lane] + books.carried_in[lane],
                        slices + parts + books.unspent[lane],
                        "what comes in goes out"
                    );
                    assert_eq!(books.carried_in[lane], before.map_or(0, |left| left[lane]));
                    self.carried += u64::from(books.carried_in[lane] > 0);
                    let is_split = books.parts.len() > 1;
                    self.first += u64::from(is_split && books.parts[0][lane] > 0);
                    *self.granted.entry((policy, programme)).or_default() += i128::from(awards);
                }
                self.left.insert((policy, programme), books.unspent.to_vec());
            }
        }
    }

    fn block_ends(&mut self, _: &Prepared<'_>, _: usize) {}
}

#[test]
fn in_every_draw_of_any_scenario_the_lines_add_up_and_cash_is_what_is_granted() {
    let (carried, first, later) = (Cell::new(0), Cell::new(0), Cell::new(0));
    runner(48)
        .run(&any_scenario(), |mut files| {
            // Long enough that some points open in a later year than they are funded in.
            files.0[0].1 = files.0[0].1.replace("building_months: 3", "building_months: 14");
            let scenario = files.scenario();
            let prepared = Prepared::new(&scenario);
            let draws = scenario.run.draws;
            let mut checked = Checked::default();
            replay(&prepared, 0..draws, &mut checked).unwrap();
            let tally = Tally::new(&prepared, draws);
            let tally = record(&prepared, 0..draws, &Options::default(), tally).unwrap();
            for lines in books(&Findings::new(&prepared, &tally).reconciliation).values() {
                add_up(lines);
            }
            let years = scenario.years.count();
            for (policy, programme) in checked.granted.keys() {
                let sum = |year: usize, item: usize| {
                    let cube = &tally.commitments.cube;
                    cube.get(&[*policy, *programme, year, item]).moments.sum()
                };
                let mut paid: i128 = (0..years).map(|year| sum(year, CASH)).sum();
                if scenario.programmes[*programme].purpose == Purpose::Investment {
                    let owed: i128 = (0..STEADY).map(|ahead| sum(years - 1, ahead)).sum();
                    let put_off = (0..years).any(|year| sum(year, 0) > 0);
                    later.set(later.get() + u64::from(put_off));
                    paid += owed;
                }
                prop_assert_eq!(paid, checked.granted[&(*policy, *programme)]);
            }
            prop_assert_eq!(tally.commitments.cube.shape()[3], COMMITMENT_ITEMS);
            carried.set(carried.get() + checked.carried);
            first.set(first.get() + checked.first);
            Ok(())
        })
        .unwrap();
    assert!(
        carried.get() > 0 && first.get() > 0 && later.get() > 0,
        "{carried:?} {first:?} {later:?}"
    );
}

#[test]
fn parts_and_threads_merge_to_the_same_books_and_commitments() {
    let scenario = open("scenarios/tiny/tiny.ron", &["run.draws=450"]);
    let prepared = Prepared::new(&scenario);
    let part = |draws, threads| {
        simulate_part(&prepared, draws, &Options { threads, ..Options::default() }).unwrap()
    };
    let tables = |tally: &Tally| {
        let findings = Findings::new(&prepared, tally);
        [
            report::reconciliation(&findings),
            report::commitments(&findings),
            report::budget(&findings),
        ]
    };
    let whole = tables(&part(0..450, 1));
    assert!(whole.iter().all(|table| table.len() > 500));
    assert_eq!(tables(&part(0..450, 3)), whole);
    let mut merged = part(384..450, 1);
    merged.merge(&part(64..384, 2));
    merged.merge(&part(0..64, 1));
    merged.finish();
    assert_eq!(tables(&merged), whole);
}

const FUNDED: &str = r#"Scenario(
    format: 1,
    title: "One point waits for its money",
    years: (first: 2022, last: 2024),
    information_date: "2022-01-01",
    municipalities: Table(file: "municipalities.csv", code: "code", name: "name"),
    points: Table(file: "points.csv", code: "point", municipality: "municipality", tier: "tier", opens: "opens"),
    network: (
        mode: WhenFunded,
        tiers: { "small": (institutions: 0, institution_days: 0, basket_share: 1, video: false) },
        delay_months: 0, building_months: 12, award_month: 4, acceptable_own_share: 1,
    ),
    costs: [
        (name: "equipment", purpose: Investment, per: Point, amount: 1_000),
        (name: "rent", purpose: Maintenance, per: Point, amount: 2_400),
    ],
    programmes: {
        "investment": (purpose: Investment, appropriation: { 2022: 5_000 }),
        "maintenance": (purpose: Maintenance, appropriation: { 2022: 5_000 }),
    },
    policies: { "draft": (source: "by hand", rules: {
        "investment": (entitle: CostShare(share: 0.7)),
        "maintenance": (entitle: FlatPerPoint(monthly: { "small": 100 }, upkeep: 0)),
    }) },
    run: (draws: 64, seed: 1),
)
"#;

#[test]
fn what_is_granted_and_not_yet_open_binds_later_years() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("municipalities.csv"), "code,name\n01,Alda\n").unwrap();
    let points = "point,municipality,tier,opens\nP1,01,small,2020-01\nP2,01,small,2022-02\n";
    fs::write(folder.path().join("points.csv"), points).unwrap();
    let file = folder.path().join("funded.ron");
    fs::write(&file, FUNDED).unwrap();
    dotacija().arg("run").arg(&file).arg("-o").arg(folder.path().join("run")).assert().success();
    let found = rows(&folder.path().join("run/commitments.csv"));
    let means = |programme: &str, year: &str| -> Vec<f64> {
        let of = found.iter().filter(|row| row["programme"] == programme && row["year"] == year);
        of.map(|row| row["mean"].parse().unwrap()).collect()
    };
    // The second point is awarded 700 in April 2022, built for 12 months, open from May 2023: its investment
    // is paid in 2023. A point is due 1,200 a year; in 2023 the second is open for 8 months: 800.
    assert_eq!(means("investment", "2022"), [0.0, 700.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
    assert_eq!(means("investment", "2023"), [700.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
    let expected = [1_200.0, 2_000.0, 2_400.0, 2_400.0, 2_400.0, 2_400.0, 2_400.0];
    assert_eq!(means("maintenance", "2022"), expected);
    assert_eq!(means("maintenance", "2023"), [&[2_000.0], &[2_400.0; 6][..]].concat());
    assert_eq!(means("all", "2022")[..3], [1_200.0, 2_700.0, 2_400.0]);
    let due: Vec<&str> = found[..7].iter().map(|row| row["due"].as_str()).collect();
    assert_eq!(due, ["2022", "2023", "2024", "2025", "2026", "2027", "steady"]);
    let page = fs::read_to_string(folder.path().join("run/report.html")).unwrap();
    for title in ["What becomes of the appropriation", "What later years are bound to"] {
        assert!(page.contains(title), "{title}");
    }
    assert!(page.contains("The pots side by side"));
}

/// The rows of what `levers --format csv` prints.
fn levers(arguments: &[&str]) -> Vec<BTreeMap<String, String>> {
    let tiny = in_repository("scenarios/tiny/tiny.ron");
    let run = dotacija()
        .args(["levers", tiny.to_str().unwrap(), "--format", "csv"])
        .args(arguments)
        .assert()
        .success();
    let text = run.get_output().stdout.clone();
    let mut reader = csv::Reader::from_reader(text.as_slice());
    reader.deserialize().map(|row| row.unwrap()).collect()
}

fn run_tiny(folder: &Path, settings: &[&str]) -> Vec<BTreeMap<String, String>> {
    let mut run = dotacija();
    run.arg("run").arg(in_repository("scenarios/tiny/tiny.ron"));
    for setting in settings {
        run.args(["--set", setting]);
    }
    run.args(["--draws", "192", "-o"]).arg(folder).assert().success();
    rows(&folder.join("budget.csv"))
}

#[test]
fn a_step_of_a_rate_is_the_difference_between_two_runs() {
    let folder = tempfile::tempdir().unwrap();
    let before = run_tiny(&folder.path().join("before"), &[]);
    let after = run_tiny(&folder.path().join("after"), &["levers.rate_local=90"]);
    let found = levers(&["--draws", "192"]);
    let mut seen = 0;
    for (before, after) in before.iter().zip(&after) {
        let key = |row: &BTreeMap<String, String>| {
            ["policy", "programme", "year"].map(|column| row[column].clone())
        };
        let row = found.iter().find(|row| row["change"] == "rate_local" && key(row) == key(before));
        let row = row.unwrap_or_else(|| panic!("{:?} is missing", key(before)));
        assert_eq!(row["by"], "+10 EUR/month");
        let number =
            |row: &BTreeMap<String, String>, column: &str| -> f64 { row[column].parse().unwrap() };
        let columns = [
            ("entitlement_mean", "entitlement_mean"),
            ("award_mean", "award_mean"),
            ("shortfall_mean", "shortfall_mean"),
        ];
        for (of_change, of_run) in columns {
            let difference = number(after, of_run) - number(before, of_run);
            let told = number(row, of_change);
            assert!((difference - told).abs() <= 0.016, "{of_change}: {difference} {told} {row:?}");
            seen += u32::from(told != 0.0);
        }
    }
    assert!(seen >= 4, "{seen}");
    // A month later every planned point costs less, whoever pays.
    let delay = found.iter().find(|row| {
        row["change"] == "delay" && row["programme"] == "maintenance" && row["year"] == "2022"
    });
    assert!(delay.unwrap()["eligible_cost_mean"].parse::<f64>().unwrap() < 0.0);
    assert!(found.iter().any(|row| row["change"] == "points" && row["by"] == "+100"));
}

#[test]
fn levers_speaks_to_people_and_programs_and_refuses_what_it_cannot_do() {
    let tiny = in_repository("scenarios/tiny/tiny.ron");
    let tiny = tiny.to_str().unwrap();
    let told = dotacija().args(["levers", tiny, "--draws", "64", "--quiet"]).assert().success();
    let told = String::from_utf8(told.get_output().stdout.clone()).unwrap();
    for words in
        ["flat: EUR more or less", "pay", "+1 %", "+1 month", "100 more points", "64 draws"]
    {
        assert!(told.contains(words), "{words}\n{told}");
    }
    let json =
        dotacija().args(["levers", tiny, "--draws", "64", "--format", "json"]).assert().success();
    let json: serde_json::Value = serde_json::from_slice(&json.get_output().stdout).unwrap();
    assert_eq!(json["draws"], 64);
    assert!(json["rows"].as_array().unwrap().len() > 20);
    dotacija().args(["levers", tiny, "--draws", "1"]).assert().code(2);
    let wrong = dotacija().args(["levers", tiny, "--set", "levers.rate_locl=3"]).assert().code(2);
    let said = String::from_utf8(wrong.get_output().stderr.clone()).unwrap();
    assert!(said.contains("did you mean `rate_local`?"), "{said}");
}

#[test]
fn levers_writes_a_folder_with_a_picture_of_each_policy() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("levers");
    let tiny = in_repository("scenarios/tiny/tiny.ron");
    let levers = |draws: &str| {
        let mut run = dotacija();
        run.arg("levers").arg(&tiny).args(["--quiet", draws, "-o"]).arg(&folder).assert()
    };
    levers("--draws=64").success();
    let told = levers("--draws=128").success();
    let names: Vec<String> = crate::support::contents(&folder).into_keys().collect();
    assert_eq!(
        names,
        ["levers-flat.svg", "levers-workload.svg", "levers.csv", "levers.json", "levers.txt"]
    );
    assert_eq!(fs::read(folder.join("levers.txt")).unwrap(), told.get_output().stdout);
    // What the table has for all years, the picture has to the unit.
    let found = rows(&folder.join("levers.csv"));
    let row = found.iter().find(|row| {
        ["policy", "change", "programme", "year"].map(|column| &*row[column])
            == ["workload", "rate_local", "maintenance", "all"]
    });
    let due: f64 = row.unwrap()["entitlement_mean"].parse().unwrap();
    let svg = fs::read_to_string(folder.join("levers-workload.svg")).unwrap();
    assert!(svg.contains(&format!("+{due:.0} ±")), "{due}\n{svg}");
    fs::write(folder.join("mine.txt"), "").unwrap();
    levers("--draws=64").code(2);
}

#[test]
fn levers_says_what_to_do_where_nothing_is_paid() {
    let place = tempfile::tempdir().unwrap();
    let scenario = place.path().join("calculator.ron");
    let text = "Scenario(format: 1, title: \"c\", years: (first: 2024, last: 2024), \
        money: (currency: \"EUR\", price_year: 2024), \
        inputs: {\"x\": (extent: Nation, time: Once, value: Uniform(min: 0, max: 1), source: \"me\")}, \
        outcomes: {\"y\": \"x * 2\"}, run: (draws: 64, seed: 1))";
    fs::write(&scenario, text).unwrap();
    let wrong = dotacija().arg("levers").arg(&scenario).assert().code(2);
    let said = String::from_utf8(wrong.get_output().stderr.clone()).unwrap();
    assert!(said.contains("D0792") && said.contains("dotacija sensitivity"), "{said}");
    assert!(wrong.get_output().stdout.is_empty());
}
