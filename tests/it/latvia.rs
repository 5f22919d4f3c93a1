//! The national scenarios agree with what is known: sums of 2018, the network of June 2023, the load.

use crate::support::in_repository;
use dotacija::analysis::{Findings, Summary};
use dotacija::engine::{Options, Prepared, simulate};

fn findings(scenario: &str, settings: &[&str]) -> Findings {
    let path = in_repository("scenarios/latvia").join(scenario);
    let settings: Vec<String> = settings.iter().map(|setting| (*setting).to_owned()).collect();
    let opened = dotacija::scenario::open(&path, &settings);
    let scenario = opened.scenario.unwrap_or_else(|| panic!("{:#?}", opened.problems));
    let prepared = Prepared::new(&scenario);
    let tally = simulate(&prepared, &Options::default()).unwrap();
    Findings::new(&prepared, &tally)
}

fn entitlement(findings: &Findings, policy: &str, year: i32) -> Summary {
    let row = findings.budget.iter().find(|row| {
        row.policy.starts_with(policy) && row.programme == "maintenance" && row.year == year
    });
    row.unwrap_or_else(|| panic!("no {policy} in {year}")).entitlement
}

/// A figure of the nation under the only policy, or the first.
fn of_the_nation(findings: &Findings, outcome: &str, year: i32) -> Summary {
    let row = findings
        .outcomes
        .iter()
        .find(|row| row.outcome == outcome && row.scope == "nation" && row.year == year);
    row.unwrap_or_else(|| panic!("no {outcome} in {year}")).summary
}

/// The same sum in every draw.
fn always(summary: &Summary) -> f64 {
    assert_eq!(summary.p05, summary.p95, "{summary:?}");
    assert_eq!(summary.sd, Some(0.0), "{summary:?}");
    summary.mean.unwrap()
}

#[test]
fn the_points_of_2018_ask_for_579_600_eur_by_tier() {
    let found = findings("budget-2018.ron", &[]);
    // 72 county points at 500 and 6 regional ones at 1,000 EUR a month, 12 months, 15 % on top:
    // (72 · 500 + 6 · 1,000) · 12 · 1.15 = 579,600; the published 603,060 are 23,460 more.
    assert_eq!(always(&entitlement(&found, "by tier", 2018)), 579_600.0);
    let row = found
        .budget
        .iter()
        .find(|row| row.policy == "by tier" && row.programme == "maintenance")
        .unwrap();
    assert_eq!(row.unspent_mean, Some(23_460.0));
}

#[test]
fn all_592_points_ask_for_the_sums_of_the_two_readings() {
    let found = findings("readings-of-2018.ron", &["run.draws=64"]);
    // By tier: (562 · 500 + 30 · 1,000) · 12 · 1.15 = 4,291,800, 30 national and regional centres.
    assert_eq!(always(&entitlement(&found, "R0", 2024)), 4_291_800.0);
    assert_eq!(always(&entitlement(&found, "R1", 2024)), 7_376_100.0);
}

#[test]
fn the_network_of_june_2023_lies_within_the_simulated_range() {
    let found = findings("network-592.ron", &["run.draws=1024"]);
    let seen = found.observed.iter().find(|row| row.policy.starts_with("R0: 2018")).unwrap();
    let (low, high) = (seen.simulated.p05.unwrap(), seen.simulated.p95.unwrap());
    assert!(low <= 166.0 && 166.0 <= high, "{low} to {high}");
    assert!(high - low < 350.0 - 131.0, "{low} to {high}");
}

#[test]
fn the_131_points_of_2022_meet_a_load_of_the_known_size() {
    let found = findings("network-592.ron", &["run.draws=512", "network.never=1"]);
    assert_eq!(always(&of_the_nation(&found, "open_points_at_year_end", 2022)), 131.0);
    let median = of_the_nation(&found, "load", 2022).p50.unwrap();
    assert!((100_000.0..=250_000.0).contains(&median), "{median}");
}

#[test]
fn the_load_of_2018_lies_within_the_simulated_range_and_that_of_2021_beyond_it() {
    let found = findings("load-2018-2021.ron", &["run.draws=1024"]);
    assert_eq!(always(&of_the_nation(&found, "open_points", 2018)), 78.0);
    let seen = |year| {
        let on = format!("{year}");
        let row = found.observed.iter().find(|row| row.when.starts_with(&on)).unwrap();
        (row.value, row.simulated.p05.unwrap(), row.simulated.p95.unwrap())
    };
    let (cases, low, high) = seen(2018);
    assert_eq!(cases, 82_581.0);
    assert!(low <= cases && cases <= high, "{low} to {high}");
    // Covid certificates of 2021 are not in the model, and nothing in it stands for them.
    let (cases, _, high) = seen(2021);
    assert_eq!(cases, 242_145.0);
    assert!(cases > high, "{high}");
    // 406,050 municipal and state cases from September 2015 to 2020, less 197,464 of the state from
    // 2015 to 2018, leave about 208,586 at most for 2019 and 2020: 104,293 a year.
    for year in [2019, 2020] {
        let simulated = of_the_nation(&found, "load", year);
        assert!(simulated.p05.unwrap() <= 104_293.0 && 104_293.0 <= simulated.p95.unwrap());
    }
}
