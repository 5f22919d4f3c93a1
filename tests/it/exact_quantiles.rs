//! Quantiles found by simulating again are those of all values sorted, whoever sorts them.

use crate::support::{dotacija, in_repository};
use dotacija::analysis::Findings;
use dotacija::engine::{Options, Prepared, Sink, Tally, YearOfBlock, find_exactly, record, replay};
use dotacija::model::Scenario;
use dotacija::report;
use std::fs;
use std::path::{Path, PathBuf};

/// Claims with a cap that many draws reach, a floor, and awards that the pot rations; a pot that is short
/// in some draws only.
const CAPPED: &str = r#"Scenario(
    format: 1,
    title: "Caps, floors and ties",
    years: (first: 2022, last: 2023),
    municipalities: Table(file: "municipalities.csv", code: "code", name: "name"),
    inputs: {
        "pay": (extent: Nation, time: Once, value: Pert(min: 800, mode: 1000, max: 1300), source: "invented"),
        "need": (extent: Municipality, common: (nation: 0.4), value: Uniform(min: 0.5, max: 1), source: "invented"),
    },
    programmes: { "maintenance": (purpose: Maintenance, appropriation: { 2022: Uniform(min: 26_000, max: 32_000) }, later: Same) },
    policies: {
        "draft": (source: "the draft of March", rules: {
            "maintenance": (entitle: Amount("clamp(need * population * pay / 1000, 6_000, 15_000)"), may_exceed_cost: true),
        }),
        "plain": (source: "as today", rules: {
            "maintenance": (entitle: Amount("need * population"), may_exceed_cost: true),
        }),
    },
    run: (draws: 1_500, seed: 7, plan: PLAN),
)
"#;

/// The scenario and its table in a folder.
fn written(folder: &Path, plan: &str) -> PathBuf {
    let table = "code,name,population\n01,Alda,23000\n02,Birze,9700\n03,Ceri,6000\n";
    fs::write(folder.join("municipalities.csv"), table).unwrap();
    let file = folder.join("capped.ron");
    fs::write(&file, CAPPED.replace("PLAN", plan)).unwrap();
    file
}

fn capped(plan: &str) -> Scenario {
    let folder = tempfile::tempdir().unwrap();
    let file = written(folder.path(), plan);
    let opened = dotacija::scenario::open(&file, &[]);
    assert!(opened.scenario.is_some(), "{:?}", opened.problems);
    opened.scenario.unwrap()
}

/// A tally of a scenario's draws: for so many it is told that there will be.
fn tally(prepared: &Prepared<'_>, told: u64) -> Tally {
    let draws = 0..prepared.scenario.run.draws;
    let tally = Tally::new(prepared, told);
    record(prepared, draws, &Options::default(), tally).expect("no formula fails")
}

fn exactly(prepared: &Prepared<'_>, threads: usize) -> Tally {
    let options = Options { threads, ..Options::default() };
    find_exactly(prepared, tally(prepared, u64::MAX), &options).expect("the second pass")
}

/// The five tables.
fn tables(prepared: &Prepared<'_>, tally: &Tally) -> Vec<String> {
    let findings = Findings::new(prepared, tally);
    let write =
        [report::awards, report::budget, report::verdicts, report::outcomes, report::network];
    write.map(|table| String::from_utf8(table(&findings)).unwrap()).into()
}

/// Cents that the first policy awards and is asked for in the first year: by municipality, and in all.
#[derive(Default)]
struct Seen {
    awards: Vec<Vec<i64>>,
    due: Vec<i64>,
    available: Vec<i64>,
}

impl Sink for Seen {
    fn year(&mut self, at: &YearOfBlock<'_>) {
        if at.year > 0 {
            return;
        }
        let state = &at.paths[0].programmes[0];
        self.awards.resize(state.award.len(), Vec::new());
        for lane in 0..at.active {
            for (seen, award) in self.awards.iter_mut().zip(&state.award) {
                seen.push(award[lane]);
            }
            self.due.push(state.entitlement.iter().map(|row| row[lane]).sum());
            self.available.push(state.available[lane]);
        }
    }

    fn block_ends(&mut self, _: &Prepared<'_>, _: usize) {}
}

/// Type 7 of Hyndman & Fan, from the definition: h = (n − 1) p, between the values around it.
fn type_7(values: &[i64], probability: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let h = (sorted.len() - 1) as f64 * probability;
    let (below, above) = (sorted[h.floor() as usize] as f64, sorted[h.ceil() as usize] as f64);
    (below + (above - below) * h.fract()) / 100.0
}

#[test]
fn printed_quantiles_are_those_of_the_values_that_a_replay_has_seen() {
    let scenario = capped("Random");
    let prepared = Prepared::new(&scenario);
    let mut seen = Seen::default();
    replay(&prepared, 0..1_500, &mut seen).expect("no formula fails");
    let findings = Findings::new(&prepared, &exactly(&prepared, 2));
    assert_eq!(findings.about.quantiles, "second pass");
    let near = |found: Option<f64>, expected: f64, what: &str| {
        assert!((found.unwrap() - expected).abs() < 1e-6, "{what}: {found:?} is not {expected}");
    };
    for (municipality, values) in seen.awards.iter().enumerate() {
        let code = &scenario.municipalities.table.codes[municipality];
        let row = findings.awards.iter().find(|row| {
            (&*row.policy, &*row.programme, row.year, row.measure)
                == (&*scenario.policies[0].name, "maintenance", 2022, "award")
                && row.municipality == *code
        });
        let summary = row.unwrap().summary;
        let quantiles = &summary.columns()[3..];
        for (probability, found) in [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95].iter().zip(quantiles) {
            near(*found, type_7(values, *probability), code);
        }
    }
    let gaps: Vec<i64> =
        seen.due.iter().zip(&seen.available).map(|(due, pot)| (due - pot).max(0)).collect();
    let row = findings.budget.iter().find(|row| row.programme == "maintenance" && row.year == 2022);
    let row = row.unwrap();
    let shares = [0.9, 0.95, 0.99];
    let reserves = [row.reserve90, row.reserve95, row.reserve99];
    for (probability, found) in shares.into_iter().zip(reserves) {
        near(found, type_7(&gaps, probability), "reserve");
    }
    let mut sorted = gaps.clone();
    sorted.sort_unstable_by_key(|gap| -gap);
    // The greatest 150, 75 and 15 of 1,500.
    for (worst, found) in [150, 75, 15].into_iter().zip(row.expected_shortfalls) {
        let mean = sorted[..worst].iter().sum::<i64>() as f64 / worst as f64 / 100.0;
        near(found, mean, "expected shortfall");
    }
    let short = gaps.iter().filter(|gap| **gap > 0).count() as f64 / 1_500.0;
    assert!(short > 0.05 && short < 0.95 && row.p_shortfall == Some(short));
    let interval = row.p_shortfall_interval.unwrap();
    assert!(interval.lower < short && short < interval.upper);
    // The median of the dues lies between ranks 712 and 789 from 1: 750 ∓ 1.96 √375 = 712.04 … 787.96.
    let mut due = seen.due.clone();
    due.sort_unstable();
    let row = findings.outcomes.iter().find(|row| {
        (&*row.outcome, &*row.scope, row.year) == ("entitlement", "nation", 2022)
            && row.policy == scenario.policies[0].name
    });
    let [_, median, _] = row.unwrap().intervals;
    near(median.lower, due[711] as f64 / 100.0, "lower end");
    near(median.upper, due[788] as f64 / 100.0, "upper end");
}

#[test]
fn tables_are_those_of_all_values_under_every_plan_and_for_any_threads() {
    for plan in ["Random", "Antithetic", "Sobol"] {
        let scenario = capped(plan);
        let prepared = Prepared::new(&scenario);
        let expected = tables(&prepared, &tally(&prepared, 1));
        let counted = tables(&prepared, &tally(&prepared, u64::MAX));
        assert_ne!(counted, expected, "{plan}: bins have told everything");
        for threads in [1, 2, 3] {
            assert!(
                tables(&prepared, &exactly(&prepared, threads)) == expected,
                "{plan}, {threads}"
            );
        }
    }
}

#[test]
fn a_network_that_each_policy_has_for_itself_is_looked_at_again_alike() {
    let path = in_repository("scenarios/latvia/network-592.ron");
    let settings = ["run.draws=70".to_owned(), "network.mode=WhenFunded".to_owned()];
    let scenario = dotacija::scenario::open(&path, &settings).scenario.expect("it is sound");
    let prepared = Prepared::new(&scenario);
    let expected = tables(&prepared, &tally(&prepared, 1));
    let found = tables(&prepared, &exactly(&prepared, 2));
    for (found, expected) in found.iter().zip(&expected) {
        let differing = found.lines().zip(expected.lines()).find(|(found, known)| found != known);
        assert!(differing.is_none(), "{differing:?}");
    }
}

#[test]
fn the_manifest_and_the_page_say_how_quantiles_were_found() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = written(folder.path(), "Random");
    let run = |output: &Path, draws: &str, more: &[&str]| {
        let mut command = dotacija();
        command.arg("run").arg(&scenario).arg("-o").arg(output).args(["--quiet", "--draws", draws]);
        command.args(more).assert().success();
        let manifest = fs::read(output.join("manifest.json")).unwrap();
        let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
        let page = fs::read_to_string(output.join("report.html")).unwrap();
        (manifest["run"]["quantiles"].as_str().unwrap().to_owned(), page)
    };
    // More values than fit in 64 MiB.
    let (method, page) = run(&folder.path().join("again"), "60000", &["--exact-quantiles"]);
    assert_eq!(method, "second pass");
    assert!(page.contains("exact, the draws simulated a second time for them"));
    // All are kept already.
    assert_eq!(run(&folder.path().join("kept"), "64", &["--exact-quantiles"]).0, "exact");
}
