//! What guarantees cost and who pays for them: worked by hand, and balanced in every draw of any scenario.

use crate::random_scenario::{any_scenario, runner};
use crate::support::{contents, dotacija, in_repository, rows};
use dotacija::analysis::Findings;
use dotacija::engine::{
    GuaranteeItem, Options, Prepared, Sink, Tally, YearOfBlock, find_exactly, record, replay,
    simulate_part,
};
use dotacija::model::Scenario;
use dotacija::report;
use proptest::prelude::*;
use std::cell::Cell;
use std::fs;
use std::path::Path;

const TABLE: &str = "\
code,name,own,previous_entitlement
01,Alda,1000,800
02,Birze,600,1000
03,Ceri,100,100
";

const SCENARIO: &str = r#"Scenario(
    format: 1,
    title: "Guarantees by hand",
    years: (first: 2022, last: 2023),
    municipalities: Table(file: "municipalities.csv", code: "code", name: "name"),
    programmes: { "running": (purpose: Maintenance, appropriation: { 2022: 1_000, 2023: 3_000 }) },
    policies: {
        "draft": (source: "by hand", rules: { "running": (
            entitle: Amount("own"),
            GUARANTEE
            may_exceed_cost: true,
        ) }),
    },
    run: (draws: 64, seed: 1),
)
"#;

const GUARANTEE: &str = r"guarantee: [
    HoldHarmless(share: 0.9, per: Municipality),
    Floor(amount: 200, per: Municipality, protected: true),
],";

/// Runs the scenario of this file; gives what is on the terminal.
fn run(folder: &Path, guarantee: &str) -> String {
    fs::write(folder.join("municipalities.csv"), TABLE).unwrap();
    let file = folder.join("by-hand.ron");
    fs::write(&file, SCENARIO.replace("GUARANTEE", guarantee)).unwrap();
    let run = dotacija().arg("run").arg(file).arg("-o").arg(folder.join("run")).assert().success();
    String::from_utf8(run.get_output().stdout.clone()).unwrap()
}

#[test]
fn what_each_guarantee_gives_and_takes_is_that_of_the_hand() {
    // 2022, pot 1,000. Claims 1,000, 600, 100; nine tenths of last year's 800, 1,000, 100 are 720, 900, 90,
    // so 1,000, 900, 100; at least 200 protected: 1,000, 900, 200. 600 is paid first, and the other 400
    // divided by 800, 700, 0: 413.33, 386.67, 200.
    //   Without HoldHarmless_1: by 800, 400, 0: 466.67, 333.33, 200.
    //   Without Floor_2: 1,000 by 1,000, 900, 100: 500, 450, 50.
    // 2023, pot 3,000. Nine tenths of what was due, 1,000, 900, 200: 900, 810, 180; so 1,000, 810, 180, and
    // with the floor 1,000, 810, 200: all of it is paid.
    //   Without HoldHarmless_1: 1,000, 600, 200. Without Floor_2: 1,000, 810, 180.
    let expected: [(&str, &str, &[f64]); 6] = [
        // gained, given up, cost, gainers, payers, then the gain of 01, 02, 03
        ("HoldHarmless_1", "2022", &[53.34, 53.34, 0.0, 1.0, 1.0, -53.34, 53.34, 0.0]),
        ("HoldHarmless_1", "2023", &[210.0, 0.0, 210.0, 1.0, 0.0, 0.0, 210.0, 0.0]),
        ("HoldHarmless_1", "all", &[263.34, 53.34, 210.0, 1.0, 1.0, -53.34, 263.34, 0.0]),
        ("Floor_2", "2022", &[150.0, 150.0, 0.0, 1.0, 2.0, -86.67, -63.33, 150.0]),
        ("Floor_2", "2023", &[20.0, 0.0, 20.0, 1.0, 0.0, 0.0, 0.0, 20.0]),
        ("Floor_2", "all", &[170.0, 150.0, 20.0, 1.0, 2.0, -86.67, -63.33, 170.0]),
    ];
    let folder = tempfile::tempdir().unwrap();
    let told = run(folder.path(), GUARANTEE);
    let found = rows(&folder.path().join("run/guarantees.csv"));
    for (guarantee, year, expected) in expected {
        let of = found.iter().filter(|row| row["guarantee"] == guarantee && row["year"] == year);
        let of: Vec<_> = of.filter(|row| row["measure"] != "p_broken").collect();
        let means: Vec<f64> = of.iter().map(|row| row["mean"].parse().unwrap()).collect();
        assert_eq!(means, expected, "{guarantee} {year}");
        for row in of {
            // Nothing is drawn: no error, and every quantile is the figure itself.
            assert_eq!(row["mcse"].parse(), Ok(0.0), "{row:?}");
            assert!(["p05", "p50", "p95"].iter().all(|column| row[*column] == row["mean"]));
        }
    }
    let measures: Vec<&str> = found[..8].iter().map(|row| row["measure"].as_str()).collect();
    let shares = ["gain"; 3];
    let totals = ["gained", "given_up", "cost", "gainers", "payers"];
    assert_eq!(measures, [totals.as_slice(), &shares].concat());
    // Only what is protected can be broken, and only in a year: 600 of 1,000, 600 of 3,000.
    let broken: Vec<_> = found.iter().filter(|row| row["measure"] == "p_broken").collect();
    assert_eq!(broken.len(), 2);
    assert!(broken.iter().all(|row| row["guarantee"] == "Floor_2" && row["mean"] == "0"));
    assert!(
        found.iter().all(|row| row["protected"] == (row["guarantee"] == "Floor_2").to_string())
    );

    assert!(told.contains("What guarantees give and take, 2022–2023: draft"), "{told}");
    let line = told.lines().find(|line| line.contains("HoldHarmless_1")).unwrap();
    let words: Vec<&str> = line.split_whitespace().collect();
    assert_eq!(words, ["running", "HoldHarmless_1", "263", "53", "210", "1", "1"]);
    let listed =
        told.lines().any(|line| line.contains("guarantees.csv") && line.contains("each guarantee"));
    assert!(listed, "{told}");
    let page = fs::read_to_string(folder.path().join("run/report.html")).unwrap();
    assert!(page.contains("What the guarantees cost, and who pays"));
    assert!(page.contains("Running: Floor_2, protected"));
}

#[test]
fn where_the_pot_does_not_cover_what_is_protected_the_chance_of_it_stands_beside() {
    // 3 · 400 protected of 1,000 in 2022: cut in proportion, in every draw.
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), "guarantee: [Floor(amount: 400, per: Municipality, protected: true)],");
    let found = rows(&folder.path().join("run/guarantees.csv"));
    let of = |year: &str, measure: &str| -> Vec<String> {
        let of = found.iter().filter(|row| row["year"] == year && row["measure"] == measure);
        of.map(|row| row["mean"].clone()).collect()
    };
    assert_eq!(
        (of("2022", "p_broken"), of("2023", "p_broken")),
        (vec!["1".to_owned()], vec!["0".to_owned()])
    );
    // 333.33 or 333.34 each, against 1,000 divided by 1,000, 600, 100: 588.24, 352.94, 58.82.
    assert_eq!(of("2022", "gained"), of("2022", "given_up"));
    assert_eq!(of("2022", "gainers"), ["1"]);
}

#[test]
fn a_run_without_guarantees_writes_nothing_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let told = run(folder.path(), "");
    let files = contents(&folder.path().join("run"));
    assert!(files.contains_key("budget.csv") && !files.contains_key("guarantees.csv"));
    assert!(!told.contains("guarantee"), "{told}");
    let page = String::from_utf8_lossy(&files["report.html"]).into_owned();
    assert!(!page.contains("What the guarantees cost"));
}

/// Adds up, in cents, what each guarantee gives and takes in every draw, and checks the books.
#[derive(Default)]
struct Books {
    /// `[guarantee][gained, given up]`, over all draws and years.
    sums: Vec<[i128; 2]>,
    paid_by_others: u64,
    paid_by_the_pot: u64,
}

impl Sink for Books {
    fn weighs_guarantees(&self) -> bool {
        true
    }

    fn year(&mut self, at: &YearOfBlock<'_>) {
        let mut index = 0;
        for policy in 0..at.prepared.scenario.policies.len() {
            let (own, _) = at.prepared.paths_of(policy);
            for state in at.paths[own].programmes {
                for without in &state.without {
                    self.sums.resize(self.sums.len().max(index + 1), [0; 2]);
                    for lane in 0..at.active {
                        let awards = state.award.iter().zip(&without.award);
                        let gains: Vec<i64> =
                            awards.map(|(with, without)| with[lane] - without[lane]).collect();
                        let gained: i64 = gains.iter().filter(|gain| **gain > 0).sum();
                        let given_up: i64 = -gains.iter().filter(|gain| **gain < 0).sum::<i64>();
                        let left = state.unspent[lane] - without.unspent[lane];
                        assert_eq!(gained - given_up + left, 0, "something is lost");
                        self.paid_by_others += u64::from(given_up > 0);
                        self.paid_by_the_pot += u64::from(left < 0);
                        self.sums[index][0] += i128::from(gained);
                        self.sums[index][1] += i128::from(given_up);
                    }
                    index += 1;
                }
            }
        }
    }

    fn block_ends(&mut self, _: &Prepared<'_>, _: usize) {}
}

#[test]
fn what_some_gain_others_give_up_or_the_pot_has_less_left_in_every_draw() {
    let (others, pot) = (Cell::new(0), Cell::new(0));
    runner(48)
        .run(&any_scenario(), |files| {
            let scenario = files.scenario();
            let prepared = Prepared::new(&scenario);
            let draws = scenario.run.draws;
            let mut books = Books::default();
            replay(&prepared, 0..draws, &mut books).unwrap();
            let tally = Tally::new(&prepared, draws);
            let tally = record(&prepared, 0..draws, &Options::default(), tally).unwrap();
            prop_assert_eq!(tally.guarantees.all().len(), books.sums.len());
            for (index, sums) in books.sums.iter().enumerate() {
                for (item, expected) in
                    [GuaranteeItem::Gained, GuaranteeItem::GivenUp].iter().zip(sums)
                {
                    let years = 0..scenario.years.count();
                    let of = |year| tally.guarantees.totals.get(&[index, year, *item as usize]);
                    let recorded: i128 = years.map(|year| of(year).moments.sum()).sum();
                    prop_assert_eq!(recorded, *expected);
                }
            }
            others.set(others.get() + books.paid_by_others);
            pot.set(pot.get() + books.paid_by_the_pot);
            Ok(())
        })
        .unwrap();
    assert!(others.get() > 0 && pot.get() > 0, "{others:?} {pot:?}");
}

fn tiny(settings: &[&str]) -> Scenario {
    let settings: Vec<String> = settings.iter().map(|setting| (*setting).to_owned()).collect();
    let opened = dotacija::scenario::open(&in_repository("scenarios/tiny/tiny.ron"), &settings);
    opened.scenario.expect("the tiny scenario is sound")
}

/// `guarantees.csv` of a tally.
fn table(prepared: &Prepared<'_>, tally: &Tally) -> String {
    String::from_utf8(report::guarantees(&Findings::new(prepared, tally))).unwrap()
}

#[test]
fn parts_and_threads_merge_to_the_same_bytes() {
    let scenario = tiny(&["run.draws=450"]);
    let prepared = Prepared::new(&scenario);
    let part = |draws, threads| {
        simulate_part(&prepared, draws, &Options { threads, ..Options::default() }).unwrap()
    };
    let whole = table(&prepared, &part(0..450, 1));
    assert!(whole.lines().count() > 20 && whole.contains("Floor_1"), "{whole}");
    assert_eq!(table(&prepared, &part(0..450, 3)), whole);
    let mut merged = part(384..450, 1);
    merged.merge(&part(64..384, 2));
    merged.merge(&part(0..64, 1));
    merged.finish();
    assert_eq!(table(&prepared, &merged), whole);
}

#[test]
fn a_second_pass_finds_quantiles_as_keeping_all_values_does() {
    // To the cent, so that gains take many values.
    let round = "policies.workload.rules.maintenance.round.unit=0.01";
    let scenario = tiny(&["run.draws=6000", round]);
    let prepared = Prepared::new(&scenario);
    let tally = |told| {
        let tally = Tally::new(&prepared, told);
        record(&prepared, 0..6_000, &Options::default(), tally).unwrap()
    };
    let exact = table(&prepared, &tally(6_000));
    // Told that there will be more draws than can be kept, a tally counts in bins.
    let binned = tally(u64::MAX);
    assert_ne!(table(&prepared, &binned), exact);
    let found = find_exactly(&prepared, binned, &Options::default()).unwrap();
    assert_eq!(table(&prepared, &found), exact);
}
