//! What is added to a scenario, and the order of its rows, move nothing that was there: every figure of
//! every draw keeps its bits. And a run in parts is the run, under every sampling plan.

use crate::seen::{Seen, assert_all_kept, assert_kept};
use dotacija::analysis::Findings;
use dotacija::engine::{Options, Prepared, Tally, simulate, simulate_part};
use dotacija::model::Scenario;
use dotacija::scenario::Memory;
use std::ops::Range;

const PLANS: [&str; 4] = ["Random", "Antithetic", "LatinHypercube", "Sobol"];
const MODES: [&str; 2] = ["WhenReady", "WhenFunded"];
const DRAWS: u64 = 330;

/// A scenario as it is written, and its tables.
#[derive(Clone)]
struct Written {
    plan: &'static str,
    mode: &'static str,
    first_input: &'static str,
    last_input: &'static str,
    policy: &'static str,
    municipalities: Vec<&'static str>,
    points: Vec<&'static str>,
}

impl Written {
    fn new(plan: &'static str, mode: &'static str) -> Self {
        Self {
            plan,
            mode,
            first_input: "",
            last_input: "",
            policy: "",
            municipalities: vec!["11,Alda,23000", "12,Birze,9700", "13,Ceri,6000"],
            points: vec![
                "11-1,11,large,2017-06,20000",
                "11-2,11,small,2020-03,2000",
                "11-3,11,small,2022-04,1000",
                "12-1,12,large,2018-09,6700",
                "12-2,12,small,2022-10,3000",
                "13-1,13,large,2022-07,4000",
                "13-2,13,small,2023-01,2000",
            ],
        }
    }

    /// No rule asks what others have, so that only awards depend on them.
    fn text(&self) -> String {
        let Self { plan, mode, first_input, last_input, policy, .. } = self;
        format!(
            r#"Scenario(
    format: 1,
    title: "Additions",
    years: (first: 2022, last: 2024),
    money: (currency: "EUR", price_year: 2022, pay_growth: "growth"),
    information_date: "2022-01-01",
    municipalities: Table(file: "municipalities.csv", code: "code", name: "name", columns: ["population"]),
    points: Table(file: "points.csv", code: "point", municipality: "municipality", tier: "tier", opens: "opens", people: "people", columns: ["people"]),
    inputs: {{
        {first_input}
        "growth": (time: Yearly(persistence: 0.3), value: Normal(mean: 0.05, sd: 0.02)),
        "pay": (value: Pert(min: 800, mode: 1_000, max: 1_300)),
        "need": (extent: Municipality, time: Yearly(persistence: 0.5), common: (nation: 0.4), value: LogNormal(p10: 0.1, p90: 0.6)),
        "delay": (extent: Point, common: (nation: 0.2, municipality: 0.3), value: Uniform(min: 0, max: 20)),
        "yearly_pay": (value: "12 * pay * 1.25"),
        {last_input}
    }},
    network: (
        mode: {mode},
        tiers: {{
            "small": (institutions: 0, institution_days: 0, basket_share: 0.6, video: true),
            "large": (institutions: 3, institution_days: 5, basket_share: 1, video: true),
        }},
        delay_months: "delay", building_months: 3, acceptable_own_share: 0.7,
    ),
    load: (need: "people * need", second_level_share: 0.1, video_share: 0.5),
    staffing: (minimum: {{"small": 0.2, "large": 1}}, minutes_per_case: 20, productive_hours: 1_500),
    costs: [
        (name: "equipment", purpose: Investment, per: Point, amount: 4_000, life_years: 2),
        (name: "pay", purpose: Maintenance, per: FullTimeEquivalent, amount: "yearly_pay", index: Pay),
    ],
    programmes: {{
        "investment": (purpose: Investment, appropriation: {{2022: Uniform(min: 3_000, max: 9_000)}}),
        "maintenance": (purpose: Maintenance, appropriation: {{2022: 20_000}}, later: Same),
    }},
    policies: {{
        "base": (rules: {{
            "investment": (entitle: CostShare(share: 0.7)),
            "maintenance": (entitle: FlatPerPoint(monthly: {{"small": 100, "large": 500}}, upkeep: 0.15)),
        }}),
        "tried": (rules: {{
            "investment": (entitle: CostShare(share: 0.9), ration: ConstrainedEqualAwards),
            "maintenance": (entitle: Worksheet([
                (line: "presence", is: "1_000 * open_points"),
                (line: "activity", is: "4 * lag(load, 1)"),
            ]), ration: ConstrainedEqualLosses),
        }}),
        {policy}
    }},
    run: (draws: {DRAWS}, seed: 7, plan: {plan}),
)
"#
        )
    }

    fn open(&self) -> Scenario {
        let table = |head: &str, rows: &[&str]| format!("{head}\n{}\n", rows.join("\n"));
        let municipalities = table("code,name,population", &self.municipalities);
        let points = table("point,municipality,tier,opens,people", &self.points);
        let text = self.text();
        let files = [
            ("case.ron", text.as_str()),
            ("municipalities.csv", &municipalities),
            ("points.csv", &points),
        ];
        let opened = dotacija::scenario::open_in(Memory::new(&files), "case.ron", &[]);
        opened.scenario.unwrap_or_else(|| panic!("{:#?}", opened.problems))
    }

    fn seen(&self, draws: Range<u64>) -> Seen {
        Seen::of(&self.open(), draws)
    }
}

#[test]
fn an_input_more_moves_no_figure_of_any_draw() {
    const IDLE: &str = r#""idle": (extent: Municipality, time: Yearly(persistence: 0.2), common: (nation: 0.5), value: Gamma(shape: 2, scale: 1)),"#;
    for (plan, mode) in PLANS.into_iter().flat_map(|plan| MODES.map(|mode| (plan, mode))) {
        let before = Written::new(plan, mode);
        let seen = before.seen(0..130);
        let last = Written { last_input: IDLE, ..before.clone() }.seen(0..130);
        assert_all_kept(&format!("{plan}, {mode}, behind"), &seen, &last);
        assert_eq!(last.drawn.len(), seen.drawn.len() + 3 * 3);
        // Dimensions of Sobol points are given in the order of declaration.
        if plan != "Sobol" {
            let first = Written { first_input: IDLE, ..before }.seen(0..130);
            assert_all_kept(&format!("{plan}, {mode}, before"), &seen, &first);
        }
    }
}

#[test]
fn a_municipality_more_moves_no_draw_load_or_claim_of_the_others() {
    for plan in PLANS {
        let mut before = Written::new(plan, "WhenReady");
        // One before all others and one behind: every row has another number.
        let mut more = before.clone();
        more.municipalities.extend(["10,Abava,4000", "14,Dobe,8000"]);
        more.points.extend(["10-1,10,large,2022-05,4000", "14-1,14,large,2018-01,8000"]);
        let (seen, now) = (before.seen(0..130), more.seen(0..130));
        assert_kept(plan, &seen.drawn, &now.drawn);
        assert_kept(plan, &seen.world, &now.world);
        // The pot is shared by more.
        assert!(seen.money.iter().any(|(name, draws)| now.money[name] != *draws), "{plan}");
        // Who opens when funded depends on the pot; what is drawn does not.
        (before.mode, more.mode) = ("WhenFunded", "WhenFunded");
        assert_kept(plan, &before.seen(0..130).drawn, &more.seen(0..130).drawn);
    }
}

#[test]
fn a_policy_more_moves_no_figure_of_the_others() {
    const POLICY: &str = r#""a third": (rules: {
        "investment": (entitle: CostShare(share: 0.5)),
        "maintenance": (entitle: Amount("0.8 * maintenance_cost")),
    }),"#;
    for (plan, mode) in PLANS.into_iter().flat_map(|plan| MODES.map(|mode| (plan, mode))) {
        let before = Written::new(plan, mode);
        let more = Written { policy: POLICY, ..before.clone() };
        let (seen, now) = (before.seen(0..130), more.seen(0..130));
        assert_all_kept(&format!("{plan}, {mode}"), &seen, &now);
        assert_eq!(2 * now.money.len(), 3 * seen.money.len());
    }
}

#[test]
fn the_order_of_the_rows_of_each_table_moves_no_figure_of_any_draw() {
    for (plan, mode) in PLANS.into_iter().flat_map(|plan| MODES.map(|mode| (plan, mode))) {
        let before = Written::new(plan, mode);
        let seen = before.seen(0..130);
        let mut municipalities = before.clone();
        municipalities.municipalities.rotate_left(1);
        assert_all_kept(&format!("{plan}, {mode}"), &seen, &municipalities.seen(0..130));
        let mut points = before.clone();
        // 0 3 6 2 5 1 4: neighbours and municipalities are torn apart.
        points.points = (0..7).map(|row| before.points[row * 3 % 7]).collect();
        assert_all_kept(&format!("{plan}, {mode}"), &seen, &points.seen(0..130));
    }
}

#[test]
fn a_draw_alone_is_that_of_the_run_in_a_small_scenario_of_either_mode() {
    for (plan, mode) in PLANS.into_iter().flat_map(|plan| MODES.map(|mode| (plan, mode))) {
        let written = Written::new(plan, mode);
        let all = written.seen(0..DRAWS);
        for draw in [0, 65, DRAWS - 1] {
            let alone = written.seen(draw..draw + 1);
            let parts =
                [(&all.drawn, alone.drawn), (&all.world, alone.world), (&all.money, alone.money)];
            for (all, alone) in parts {
                assert_eq!(all.len(), alone.len());
                for (name, value) in alone {
                    assert_eq!(
                        value,
                        [all[&name][draw as usize]],
                        "{plan}, {mode}, {draw}: {name}"
                    );
                }
            }
        }
    }
}

#[test]
fn uneven_parts_add_up_to_the_run_under_every_plan() {
    let options = Options { threads: 2, ..Options::default() };
    let mut runs = Vec::new();
    for plan in PLANS {
        let scenario = Written::new(plan, "WhenFunded").open();
        let prepared = Prepared::new(&scenario);
        let figures = |tally: &Tally| format!("{:?}", Findings::new(&prepared, tally));
        let whole = figures(&simulate(&prepared, &options).expect("no formula fails"));
        // The last first: the order does not matter.
        for cuts in [vec![192, 64], vec![320, 256, 128]] {
            let part = |draws| simulate_part(&prepared, draws, &options).expect("no formula fails");
            let mut merged = part(cuts[0]..DRAWS);
            for (at, &end) in cuts.iter().enumerate() {
                merged.merge(&part(cuts.get(at + 1).copied().unwrap_or(0)..end));
            }
            merged.finish();
            assert!(figures(&merged) == whole, "{plan}, {cuts:?}");
        }
        assert!(!runs.contains(&whole), "{plan} is another plan's");
        runs.push(whole);
    }
}
