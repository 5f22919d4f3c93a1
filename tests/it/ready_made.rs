//! Ready-made formulas and guarantees, worked by hand on three municipalities without points.
//!
//! | | people | own | previous_sum | weight of need |
//! |---|---|---|---|---|
//! | 01 | 1,000 | 100 | 600 | 2 |
//! | 02 | 2,000 | 800 | 100 | 3 |
//! | 03 | 5,000 | 4,000 | 0 | 5 |

use crate::support::{dotacija, rows};
use std::collections::BTreeMap;
use std::fs;

const TABLE: &str = "\
code,year,people,own,previous_sum,need
01,2020,700,100,600,2
01,2021,1000,100,600,2
01,2022,1000,100,600,2
01,2023,1000,100,600,2
02,2020,2000,800,100,3
02,2021,2000,800,100,3
02,2022,2000,800,100,3
02,2023,2000,800,100,3
03,2020,5000,4000,0,5
03,2021,5000,4000,0,5
03,2022,5000,4000,0,5
03,2023,5000,4000,0,5
";

/// The values of a line for 01, 02 and 03 in 2022 (and in the year after, where asked), with a pot.
struct Run(Vec<BTreeMap<String, String>>);

impl Run {
    fn new(rule: &str, pot: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let scenario = format!(
            "Scenario(
                format: 1,
                title: \"Worked by hand\",
                years: (first: 2022, last: 2023),
                municipalities: Table(file: \"municipalities.csv\", code: \"code\", year: \"year\"),
                programmes: {{ \"p\": (purpose: Maintenance, appropriation: {pot}) }},
                policies: {{ \"a\": (rules: {{ \"p\": ({rule}, may_exceed_cost: true) }}) }},
                run: (draws: 1),
            )"
        );
        fs::write(folder.path().join("scenario.ron"), scenario).unwrap();
        fs::write(folder.path().join("municipalities.csv"), TABLE).unwrap();
        let output = folder.path().join("run");
        dotacija()
            .arg("run")
            .arg(folder.path().join("scenario.ron"))
            .args(["--central", "-o"])
            .arg(&output)
            .assert()
            .success();
        Self(rows(&output.join("worksheet.csv")))
    }

    fn line(&self, line: &str, year: &str) -> Vec<f64> {
        let of = |row: &&BTreeMap<String, String>| row["line"] == line && row["year"] == year;
        self.0.iter().filter(of).map(|row| row["value"].parse().unwrap()).collect()
    }
}

fn due(rule: &str) -> Vec<f64> {
    Run::new(rule, "OpenEnded").line("entitlement", "2022")
}

#[test]
fn a_sum_per_head_is_people_times_the_rate_of_their_bracket() {
    // 1,000 · 2, 2,000 · 1.5, 5,000 · 1.5
    let rule =
        "entitle: PerHead(amount: \"bracket(people, [(0, 2), (2_000, 1.5)])\", people: \"people\")";
    assert_eq!(due(rule), [2_000.0, 3_000.0, 7_500.0]);
}

#[test]
fn cases_are_paid_up_to_the_most() {
    // min(100, 900) · 3, min(800, 900) · 3, min(4,000, 900) · 3
    let rule = "entitle: PerCase(amount: 3, cases: \"own\", most: 900)";
    assert_eq!(due(rule), [300.0, 2_400.0, 2_700.0]);
}

#[test]
fn base_comes_before_activity_in_a_short_pot() {
    // Nothing is open, so all is activity: 100, 800 and 4,000 cut to a pot of 490 by a tenth.
    let rule = "entitle: BasePlusActivity(monthly: {}, per_case: 1, cases: \"own\")";
    let run = Run::new(rule, "{2022: 490}");
    assert_eq!(run.line("availability", "2022"), [0.0, 0.0, 0.0]);
    assert_eq!(run.line("award", "2022"), [10.0, 80.0, 400.0]);
}

#[test]
fn smoothing_takes_the_mean_of_the_years_before() {
    // 2022 rests on 2020 and 2021: (700 + 1,000) / 2 = 850; 2023 on 1,000 twice.
    let run = Run::new("entitle: Smoothed(amount: 2, of: \"people\", years: 2)", "OpenEnded");
    assert_eq!(run.line("mean_of_years", "2022"), [850.0, 2_000.0, 5_000.0]);
    assert_eq!(run.line("entitlement", "2023"), [2_000.0, 4_000.0, 10_000.0]);
}

#[test]
fn steps_round_a_half_upwards() {
    // 1,000 · 0.3 = 300 → 400 (1.5 steps of 200), 600 → 600, 1,500 → 1,600 (7.5 steps)
    let rule = "entitle: Stepwise(amount: \"0.3 * people\", step: 200)";
    assert_eq!(due(rule), [400.0, 600.0, 1_600.0]);
}

#[test]
fn an_index_is_the_weighted_sum_of_shares() {
    // Shares of people 1/8, 2/8, 5/8, of need 0.2, 0.3, 0.5, half each: 0.1625, 0.275, 0.5625.
    let rule = "entitle: NeedIndex(indicators: [
        (line: \"by_people\", is: \"people\", weight: 0.5),
        (line: \"by_need\", is: \"need\", weight: 0.5),
    ])";
    let run = Run::new(rule, "{2022: 8_000}");
    assert_eq!(run.line("by_people", "2022"), [0.125, 0.25, 0.625]);
    assert_eq!(run.line("award", "2022"), [1_300.0, 2_200.0, 4_500.0]);
}

#[test]
fn a_gap_is_need_less_capacity_and_never_below_zero() {
    // 300 · need less own: 500, 100, −2,500; half of it.
    let rule = "entitle: FiscalGap(needs: \"300 * need\", capacity: \"own\", share: 0.5)";
    assert_eq!(due(rule), [250.0, 50.0, 0.0]);
}

#[test]
fn capacity_is_brought_towards_that_of_the_nation() {
    // 4,900 / 8,000 = 0.6125 a head. 01 lacks 612.50 − 100 = 512.50, 02 1,225 − 800 = 425, 03 nothing.
    let rule = "entitle: CapacityEqualisation(capacity: \"own\", people: \"people\")";
    assert_eq!(due(rule), [512.5, 425.0, 0.0]);
    // Towards 80 %, 0.49 a head, and half of it: (490 − 100) / 2, (980 − 800) / 2.
    let rule = "entitle: CapacityEqualisation(capacity: \"own\", people: \"people\", share: 0.5, target: 0.8)";
    assert_eq!(due(rule), [195.0, 90.0, 0.0]);
}

#[test]
fn levelling_up_spends_the_pot_on_the_poorest() {
    // 0.1, 0.4 and 0.8 a head. 300 lift 01 to 0.4; the 300 left lift 3,000 people by 0.1.
    let run = Run::new("entitle: LevelUp(have: \"own\", weight: \"people\")", "{2022: 600}");
    assert_eq!(run.line("award", "2022"), [400.0, 200.0, 0.0]);
}

#[test]
fn a_phase_in_goes_from_the_old_sum_to_the_new() {
    // Old 600, 100, 0; new 300, 300, 300. A quarter of the way: 525, 150, 75; then all of it.
    let rule = "entitle: Amount(300), guarantee: [PhaseIn(share: \"bracket(year, [(2022, 0.25), (2023, 1)])\", from: \"previous_sum\")]";
    let run = Run::new(rule, "OpenEnded");
    assert_eq!(run.line("award", "2022"), [525.0, 150.0, 75.0]);
    assert_eq!(run.line("gain_from_PhaseIn_1", "2022"), [225.0, -150.0, -225.0]);
    assert_eq!(run.line("gain_from_PhaseIn_1", "2023"), [0.0, 0.0, 0.0]);
}

#[test]
fn in_a_short_pot_the_others_pay_for_a_protected_floor() {
    // Claims 100, 800, 4,000 and a pot of 980: a fifth of each, 20, 160, 800. With 60 protected the
    // other 920 are divided by what is above the floors, 40, 740, 3,940 of 4,720.
    let rule = "entitle: Amount(\"own\"), guarantee: [Floor(amount: 60, per: Municipality, protected: true)], round: (unit: 1)";
    let run = Run::new(rule, "{2022: 980}");
    let (award, gain) = (run.line("award", "2022"), run.line("gain_from_Floor_1", "2022"));
    // 980 − 180 = 800 · 40 / 4,720 = 6.8, 125.4, 667.8: 67, 185, 728.
    assert_eq!(award, [67.0, 185.0, 728.0]);
    assert_eq!(gain, [47.0, 25.0, -72.0]);
    assert_eq!(gain.iter().sum::<f64>(), 0.0);
}

#[test]
fn without_a_pot_the_state_pays_for_a_floor_and_each_guarantee_has_its_own_price() {
    // 100 is raised to 250; 4,000 cut to 1,000.
    let rule = "entitle: Amount(\"own\"), guarantee: [Floor(amount: 250, per: Municipality), Cap(amount: 1_000, per: Municipality)]";
    let run = Run::new(rule, "OpenEnded");
    assert_eq!(run.line("award", "2022"), [250.0, 800.0, 1_000.0]);
    assert_eq!(run.line("gain_from_Floor_1", "2022"), [150.0, 0.0, 0.0]);
    assert_eq!(run.line("gain_from_Cap_2", "2022"), [0.0, 0.0, -3_000.0]);
}
