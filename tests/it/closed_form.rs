//! Results whose value is known in closed form.

use dotacija::analysis::Findings;
use dotacija::engine::{Options, Prepared, simulate};
use dotacija::scenario::Memory;

fn findings(scenario: &str, tables: &[(&str, &str)]) -> Findings {
    let mut files = vec![("case.ron", scenario)];
    files.extend_from_slice(tables);
    let opened = dotacija::scenario::open_in(Memory::new(&files), "case.ron", &[]);
    let scenario = opened.scenario.unwrap_or_else(|| panic!("{:#?}", opened.problems));
    let prepared = Prepared::new(&scenario);
    let tally = simulate(&prepared, &Options::default()).unwrap();
    Findings::new(&prepared, &tally)
}

/// Mean, standard deviation and Monte Carlo error of an outcome of the nation in a year.
fn outcome(findings: &Findings, name: &str, year: i32) -> (f64, f64, f64) {
    let row = findings
        .outcomes
        .iter()
        .find(|row| row.outcome == name && row.scope == "nation" && row.year == year)
        .unwrap_or_else(|| panic!("no {name} in {year}"));
    (row.summary.mean.unwrap(), row.summary.sd.unwrap(), row.summary.mcse.unwrap())
}

#[test]
fn a_sum_of_independent_inputs_has_the_sum_of_means_and_of_variances() {
    let found = findings(
        r#"Scenario(format: 1, title: "Sum", years: (first: 2022, last: 2022),
            inputs: {"a": (value: Normal(mean: 3, sd: 3)), "b": (value: Normal(mean: 10, sd: 4)), "c": (value: "2 * a")},
            outcomes: {"total": "a + b", "double": "c"}, run: (draws: 20_000, seed: 5))"#,
        &[],
    );
    // 3 + 10 = 13; √(3² + 4²) = 5; 5 / √20,000 = 0.0354
    let (mean, sd, mcse) = outcome(&found, "total", 2022);
    assert!((mean - 13.0).abs() < 4.0 * 0.0354, "{mean}");
    assert!((sd - 5.0).abs() < 0.1, "{sd}");
    assert!((mcse - 0.0354).abs() < 0.001, "{mcse}");
    // Twice an input has twice its deviation.
    assert!((outcome(&found, "double", 2022).1 - 6.0).abs() < 0.12);
}

#[test]
fn shared_variance_does_not_average_out() {
    let municipalities: String = std::iter::once("code,weight\n".to_owned())
        .chain((0..25).map(|row| format!("M{row:02},1\n")))
        .collect();
    let text = |share: f64| {
        format!(
            r#"Scenario(format: 1, title: "Shared", years: (first: 2022, last: 2022),
                municipalities: Table(file: "m.csv", code: "code", columns: ["weight"]),
                inputs: {{"x": (extent: Municipality, common: (nation: {share}), value: Normal(mean: 0, sd: 1))}},
                programmes: {{"p": (purpose: Maintenance, appropriation: OpenEnded)}},
                policies: {{"all": (rules: {{"p": (entitle: Amount("100 + x * weight"), may_exceed_cost: true)}})}},
                run: (draws: 16_000, seed: 11))"#
        )
    };
    for share in [0.0, 0.36, 1.0] {
        let found = findings(&text(share), &[("m.csv", &municipalities)]);
        // Var Σx = n² · share + n · (1 − share), n = 25.
        let expected = (625.0 * share + 25.0 * (1.0 - share)).sqrt();
        let (mean, sd, _) = outcome(&found, "award", 2022);
        assert!((sd / expected - 1.0).abs() < 0.03, "{share}: {sd} against {expected}");
        assert!((mean - 2_500.0).abs() < 4.0 * expected / 16_000_f64.sqrt(), "{share}: {mean}");
    }
}

#[test]
fn a_random_walk_widens_with_the_root_of_time() {
    let found = findings(
        r#"Scenario(format: 1, title: "Walk", years: (first: 2022, last: 2030),
            inputs: {"w": (time: RandomWalk(start: 50), value: Normal(mean: 1, sd: 2))},
            outcomes: {"w": "w"}, run: (draws: 16_000, seed: 3))"#,
        &[],
    );
    for (step, year) in (2022..=2030).enumerate() {
        let steps = (step + 1) as f64;
        let (mean, sd, _) = outcome(&found, "w", year);
        assert!(
            (mean - (50.0 + steps)).abs() < 4.0 * 2.0 * (steps / 16_000.0).sqrt(),
            "{year}: {mean}"
        );
        assert!((sd / (2.0 * steps.sqrt()) - 1.0).abs() < 0.03, "{year}: {sd}");
    }
}

#[test]
fn persistence_keeps_the_yearly_deviation_and_ties_the_years() {
    // x of two years is tied by φ: the sum over years of a stationary AR(1) of n = 4, φ = 0.5 has
    // variance n + 2 Σ (n − k) φ^k = 4 + 2 (3 · 0.5 + 2 · 0.25 + 1 · 0.125) = 8.25.
    let found = findings(
        r#"Scenario(format: 1, title: "Ties", years: (first: 2022, last: 2025),
            municipalities: Table(file: "m.csv", code: "code"),
            inputs: {"x": (time: Yearly(persistence: 0.5), value: Normal(mean: 0, sd: 1))},
            programmes: {"p": (purpose: Maintenance, appropriation: OpenEnded)},
            policies: {"all": (rules: {"p": (entitle: Amount("100 + x"), may_exceed_cost: true)})},
            outcomes: {"x": "x"}, run: (draws: 16_000, seed: 9))"#,
        &[("m.csv", "code\nA\n")],
    );
    for year in 2022..=2025 {
        assert!((outcome(&found, "x", year).1 - 1.0).abs() < 0.03);
    }
    // Of a normal curve 5 % and 95 % lie 2 · 1.6449 deviations apart.
    let total = &found.headlines[0].award_total;
    let sd = (total.p95.unwrap() - total.p05.unwrap()) / (2.0 * 1.644_85);
    assert!((sd / 8.25_f64.sqrt() - 1.0).abs() < 0.04, "{sd}");
}

#[test]
fn reserves_and_the_chance_of_a_shortfall_follow_the_normal_curve() {
    let found = findings(
        r#"Scenario(format: 1, title: "Reserve", years: (first: 2022, last: 2022),
            municipalities: Table(file: "m.csv", code: "code"),
            inputs: {"x": (value: Normal(mean: 1_000_000, sd: 100_000))},
            programmes: {"p": (purpose: Maintenance, appropriation: {2022: 1_050_000})},
            policies: {"all": (rules: {"p": (entitle: Amount("max(0, x)"), may_exceed_cost: true)})},
            run: (draws: 40_000, seed: 2))"#,
        &[("m.csv", "code\nA\n")],
    );
    let row = found.budget.iter().find(|row| row.programme == "p" && row.year == 2022).unwrap();
    // P(X > 1.05 M) = 1 − Φ(0.5) = 0.3085; standard error √(0.3085 · 0.6915 / 40,000) = 0.0023.
    assert!((row.p_shortfall.unwrap() - 0.3085).abs() < 4.0 * 0.0023);
    // Reserve q = 1 M + z_q · 100,000 − 1.05 M: z = 1.2816, 1.6449, 2.3263.
    for (found, expected, tolerance) in [
        (row.reserve90, 78_155.0, 3_500.0),
        (row.reserve95, 114_485.0, 4_500.0),
        (row.reserve99, 182_635.0, 8_000.0),
    ] {
        assert!((found.unwrap() - expected).abs() < tolerance, "{found:?} against {expected}");
    }
    // Above the reserve the mean is 1 M + 100,000 φ(z_q) / (1 − q) − 1.05 M: φ(z_q) = 0.17550, 0.10314,
    // 0.02665.
    for (found, (expected, tolerance)) in row.expected_shortfalls.into_iter().zip([
        (125_498.0, 3_500.0),
        (156_271.0, 4_500.0),
        (216_521.0, 10_000.0),
    ]) {
        assert!((found.unwrap() - expected).abs() < tolerance, "{found:?} against {expected}");
    }
    // An interval at 95 % of a quantile reaches z √(q (1 − q) / n) / f to either side, with the density f
    // = φ(z_q) / 100,000: at 95 % 2,071. Order statistics a little further.
    let [_, interval, _] = row.reserve_intervals;
    let half = (interval.upper.unwrap() - interval.lower.unwrap()) / 2.0;
    assert!((1_700.0..2_600.0).contains(&half), "{interval:?}");
    // E max(0, X − k) = σ (φ(d) − d (1 − Φ(d))), d = 0.5: 100,000 · (0.35207 − 0.5 · 0.30854) = 19,780.
    assert!((row.shortfall_mean.unwrap() - 19_780.0).abs() < 4.0 * 190.0);
}
