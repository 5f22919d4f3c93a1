//! `dotacija explain`: every award can be worked out again from what is printed of it.

mod again;
mod arithmetic;
mod letters;
mod messages;
mod pictured;
mod runs;

use crate::random_scenario::any_scenario;
use crate::support::{dotacija, in_repository};
use dotacija::analysis::explain::{Explanation, explain};
use dotacija::engine::{Prepared, Sink, Wish, YearOfBlock, central, replay, trace};
use dotacija::model::Scenario;
use dotacija::problem::Sources;
use dotacija::report::explain as printed;
use dotacija::scenario::{Memory, Opened, open, open_in};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// Numbers that look random and are the same in every run (Knuth's linear congruence).
struct Picks(u64);

impl Picks {
    fn below(&mut self, count: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % count
    }

    fn wish(&mut self, scenario: &Scenario) -> Wish {
        let mut of = |count: usize| self.below(count as u64) as usize;
        let policy = of(scenario.policies.len());
        let programme = of(scenario.programmes.len());
        let municipalities = vec![of(scenario.municipalities.table.len())];
        let year = scenario.years.first + of(scenario.years.count()) as i32;
        let draw = self.below(scenario.run.draws + 5);
        let draw = Some(draw).filter(|draw| *draw < scenario.run.draws);
        Wish { policy, programme, municipalities, year, draw }
    }
}

/// The awards of a year in one draw: `[programme][municipality]` of one policy, cents.
struct Awards {
    policy: usize,
    year: usize,
    seen: Vec<Vec<i64>>,
}

impl Sink for Awards {
    fn year(&mut self, at: &YearOfBlock<'_>) {
        if at.year == self.year {
            let view = at.paths[at.prepared.paths_of(self.policy).0];
            let of = |rows: &Vec<_>| rows.iter().map(|row: &[i64; 64]| row[0]).collect();
            self.seen = view.programmes.iter().map(|state| of(&state.award)).collect();
        }
    }

    fn block_ends(&mut self, _: &Prepared<'_>, _: usize) {}
}

/// The award as the engine's own run has it, in cents.
fn award_of_the_run(scenario: &Scenario, wish: &Wish) -> i64 {
    let prepared = Prepared::new(scenario);
    let municipality = wish.municipalities[0];
    if scenario.policies[wish.policy].rules[wish.programme].is_none() {
        return 0;
    }
    let Some(draw) = wish.draw else {
        let lines = central(&prepared).unwrap();
        let line = lines.iter().find(|line| {
            (line.policy, line.programme, line.municipality, line.year, &*line.line)
                == (wish.policy, wish.programme, municipality, wish.year, "award")
        });
        return (line.unwrap().value * 100.0).round() as i64;
    };
    let year = (wish.year - scenario.years.first) as usize;
    let mut awards = Awards { policy: wish.policy, year, seen: Vec::new() };
    replay(&prepared, draw..draw + 1, &mut awards).unwrap();
    awards.seen[wish.programme][municipality]
}

fn explained(scenario: &Scenario, sources: &Sources, wish: &Wish) -> Explanation {
    let prepared = Prepared::new(scenario).with_every_split();
    let trace = trace(&prepared, wish).unwrap().unwrap();
    explain(&prepared, sources, wish, 0, &trace).unwrap()
}

/// Explains, works the award out again from the printed text, and compares it with the run.
fn check(opened: &Opened, wish: &Wish) {
    let scenario = opened.scenario.as_ref().unwrap();
    let explanation = explained(scenario, &opened.sources, wish);
    let json = printed::json(&explanation).unwrap();
    let document: serde_json::Value = serde_json::from_str(&json).unwrap();
    let expected = award_of_the_run(scenario, wish);
    assert_eq!(again::award(&document), expected, "{wish:?}\n{json}");
    let text = printed::text(&explanation);
    let last = format!("award = {}.{:02} {}", expected / 100, expected % 100, scenario.currency);
    assert_eq!(text.lines().last(), Some(&*last));
}

fn opened(path: &str, settings: &[&str]) -> Opened {
    let settings: Vec<String> = settings.iter().map(|setting| (*setting).to_owned()).collect();
    let opened = open(&in_repository(path), &settings);
    assert!(opened.scenario.is_some(), "{path}: {:#?}", opened.problems);
    opened
}

#[test]
fn an_award_can_be_worked_out_again_from_the_printed_numbers_alone() {
    let mut picks = Picks(401);
    for (path, settings, times) in [
        ("scenarios/tiny/tiny.ron", &[][..], 10),
        ("scenarios/tiny/tiny.ron", &["network.mode=WhenFunded", "run.plan=Sobol"], 4),
        ("scenarios/starter/starter.ron", &[], 10),
        ("scenarios/latvia/network-592.ron", &[], 10),
        ("scenarios/latvia/network-592.ron", &["network.mode=WhenReady"], 4),
        ("scenarios/latvia/four-million.ron", &[], 4),
    ] {
        let opened = opened(path, settings);
        for _ in 0..times {
            let wish = picks.wish(opened.scenario.as_ref().unwrap());
            check(&opened, &wish);
        }
    }
}

#[test]
fn so_can_one_of_a_pot_in_pools() {
    for pot in ["7_000", "sum(population, by: region) * 0.4"] {
        let text = std::fs::read_to_string(in_repository("scenarios/tiny/tiny.ron")).unwrap();
        let rule = "ration: ConstrainedEqualAwards,";
        assert!(text.contains(rule));
        let pooled = format!("pools: (by: \"region\", pot: \"{pot}\"), {rule}");
        let text = text.replacen(rule, &pooled, 1);
        let seen = "columns: [\"population\", \"region\"])";
        let text = text.replacen("columns: [\"population\"])", seen, 1);
        let beside = ["municipalities.csv", "points.csv"].map(|name| {
            let text = std::fs::read_to_string(in_repository("scenarios/tiny").join(name)).unwrap();
            (name, text)
        });
        let mut files = vec![("tiny.ron", text.as_str())];
        files.extend(beside.iter().map(|(name, text)| (*name, text.as_str())));
        let opened = open_in(Memory::new(&files), "tiny.ron", &[]);
        let scenario = opened.scenario.as_ref().unwrap_or_else(|| panic!("{:#?}", opened.problems));
        assert!(scenario.policies[1].rules[0].as_ref().unwrap().pools.is_some());
        for (municipality, year, draw) in
            [(0, 2022, None), (1, 2023, Some(7)), (2, 2022, Some(999))]
        {
            let municipalities = vec![municipality];
            check(&opened, &Wish { policy: 1, programme: 0, municipalities, year, draw });
        }
    }
}

#[test]
fn so_can_one_of_any_small_scenario() {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut picks = Picks(592);
    for _ in 0..24 {
        let files = any_scenario().new_tree(&mut runner).unwrap().current();
        let opened = files.opened();
        for _ in 0..3 {
            let wish = picks.wish(opened.scenario.as_ref().unwrap());
            check(&opened, &wish);
        }
    }
}

#[test]
fn a_figure_worked_by_hand_explains_itself() {
    // README.md of the scenario: 80 · 24 + 400 · 12 = 6,720 and 1.5 · 3,700 = 5,550 are due; of the
    // 22,000 that are left of the pot, 20,250 go to the floors of 3,000 a point (9,000, 6,000, 5,250).
    // Of class 1 that covers all of 01 and 02 and 5,250 of 5,520 of 03, who is paid the other 270; 1,480
    // stay for the rests of class 2, 3,270 · 1,200 · 240, of which 3,230 must be lost: 1,790 each at most,
    // so that 02 and 03 lose all and 01 keeps 1,480. 9,000 + 1,480 = 10,480.
    let run = dotacija()
        .args(["explain", "scenarios/tiny/tiny.ron", "--policy", "workload"])
        .args(["--programme", "maintenance", "--municipality", "01", "--year", "2023"])
        .current_dir(in_repository(""))
        .assert()
        .success();
    let said = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    let golden = in_repository("tests/it/explain/alda-2023.txt");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&golden, &said).unwrap();
    }
    assert_eq!(said, std::fs::read_to_string(golden).unwrap());
    for line in ["= 80 * 24 + 400 * 12", "= 6720", "= 1.5 * 3700", "= 5550", "award = 10480.00 EUR"]
    {
        assert!(said.lines().any(|said| said.trim() == line), "{line}\n{said}");
    }
}
