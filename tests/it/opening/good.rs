//! A scenario without problems, and its model.

use super::small::{MUNICIPALITIES, POINTS, SCENARIO, changed, opened, told};
use dotacija::engine::{Options, Prepared, simulate};
use dotacija::expression::Extent;
use dotacija::model::{
    Appropriation, ColumnValues, Formula, InputValue, Mode, Month, Purpose, Quantity, Ration,
    Scenario, Variable, Vat,
};
use dotacija::problem::codes;
use dotacija::scenario::{Memory, keep_policies, open_in};

fn small() -> Scenario {
    let opened = opened(SCENARIO, MUNICIPALITIES, POINTS, &[]);
    let all: Vec<String> = opened.problems.iter().map(|problem| told(problem, &opened)).collect();
    assert_eq!(all, Vec::<String>::new());
    opened.scenario.expect("nothing was told")
}

fn constant(formula: &Formula) -> Option<f64> {
    formula.program.constant()
}

#[test]
fn tables_stand_in_order_of_code() {
    let scenario = small();
    let municipalities = &scenario.municipalities;
    assert_eq!(municipalities.table.codes, ["01", "02", "03"]);
    assert_eq!(municipalities.table.names, ["Alda", "Birze", "Ceri"]);
    assert_eq!(municipalities.table.lines, [3, 2, 4]);
    assert_eq!(municipalities.regions, ["East", "West"]);
    assert_eq!(municipalities.region, [0, 1, 1]);
    assert_eq!(municipalities.previous_award.as_deref(), Some(&[8_000.0, 3_900.0, 0.0][..]));
    assert_eq!(municipalities.previous_entitlement.as_deref(), Some(&[9_000.0, 4_000.0, 0.0][..]));
    let kind = municipalities.table.column("kind").expect("it is listed");
    let ColumnValues::Texts { codes, values } = &kind.values else { panic!("kinds are texts") };
    assert_eq!((codes.as_slice(), values.len()), (&[1.0, 0.0, 0.0][..], 2));
    assert_eq!(values, &["county", "state_city"]);

    let points = &scenario.points;
    assert_eq!(points.table.codes, ["01-1", "01-2", "02-1", "03-1", "03-2"]);
    assert_eq!(points.municipality, [0, 0, 1, 2, 2]);
    assert_eq!(points.tier, [1, 0, 1, 1, 0]);
    assert_eq!(points.position.as_ref().map(|all| all[1].longitude), Some(26.2));
    let months = |months: &[Option<Month>]| -> Vec<Option<String>> {
        months.iter().map(|month| month.map(|month| month.to_string())).collect()
    };
    let month = |text: &str| Some(text.to_owned());
    // Open on the information date, 1 February 2022, or before; 03-2 never opens.
    assert_eq!(months(&points.opened), [month("2017-06"), None, month("2022-02"), None, None]);
    assert_eq!(months(&points.planned), [None, month("2022-04"), None, month("2023-01"), None]);
}

#[test]
fn a_distribution_in_place_is_an_input_named_by_its_path() {
    let scenario = small();
    let names: Vec<&str> = scenario.inputs.iter().map(|input| input.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "staff_pay",
            "need_per_head",
            "overrun",
            "pay",
            "pay_growth",
            "fixed",
            "money.price_growth",
            "network.delay_months",
            "costs.rent.amount",
        ]
    );
    let rent = &scenario.costs[2].amount;
    assert_eq!(rent.variables, [Variable::Input(8)]);
    assert_eq!(rent.text, "Uniform(min: 400, max: 600)");
    assert_eq!(rent.program.shape().extent, Extent::Nation);
    assert!(rent.program.shape().random);
}

#[test]
fn inputs_keep_their_order_and_find_each_other() {
    let scenario = small();
    let InputValue::Computed(staff_pay) = &scenario.inputs[0].value else { panic!("a formula") };
    assert_eq!(staff_pay.variables, [Variable::Input(3)]);
    let InputValue::Drawn(pay) = &scenario.inputs[3].value else { panic!("a distribution") };
    // Triangular from 800 over 1,000 to the lever's 1,200: the median is the mode.
    assert!((pay.median() - 1_000.0).abs() < 1e-9);
    let InputValue::Drawn(fixed) = &scenario.inputs[5].value else { panic!("a plain number") };
    assert_eq!((fixed.median(), fixed.sd()), (3.0, 0.0));
}

#[test]
fn the_world_is_read_with_what_holds_where_nothing_is_written() {
    let scenario = small();
    assert_eq!((scenario.currency.as_str(), scenario.price_year), ("EUR", 2022));
    let network = scenario.network.as_ref().expect("it is there");
    assert_eq!((network.award_month, network.patience_years), (4, 2));
    assert_eq!(constant(&network.building_months), Some(0.0));
    let load = scenario.load.as_ref().expect("it is there");
    assert_eq!(load.need.program.shape().extent, Extent::Point);
    assert!(load.own_offices[0].is_none() && load.own_offices[1].is_some());
    assert_eq!(constant(&load.distance.floor), Some(0.1));
    assert_eq!(constant(&load.distance.detour), Some(1.3));
    assert_eq!(constant(&load.video_share), Some(0.0));
    let staffing = scenario.staffing.as_ref().expect("it is there");
    assert_eq!(constant(&staffing.minutes_per_video), Some(30.0));
    assert!(staffing.waiting[0].is_none() && staffing.waiting[1].is_some());
    assert_eq!(scenario.costs[0].vat, Vat::Included(0.2));
    assert_eq!(scenario.costs[2].vat, Vat::Added(0.1));
    assert_eq!(scenario.costs[1].vat, Vat::Exempt);
    assert_eq!((scenario.costs[2].index.pay, scenario.costs[2].index.price), (0.2, 0.8));
    assert_eq!(scenario.costs[0].tiers, [true, false]);
    assert_eq!((scenario.threshold.euro, scenario.threshold.percent), (100.0, 5.0));
    assert_eq!((scenario.run.draws, scenario.run.seed), (1_000, 7));
}

#[test]
fn a_population_of_both_tables_is_that_of_the_point_in_the_world() {
    let scenario = small();
    let need = &scenario.load.as_ref().expect("it is there").need;
    assert_eq!(need.variables, [Variable::PointColumn { column: 0, lag: 0 }, Variable::Input(1)]);
    // In a rule, rows are municipalities; inside point_sum the points' own column is meant.
    let worksheet = &scenario.policies[1].rules[1].as_ref().expect("it has a rule").lines[2];
    assert_eq!(
        worksheet.formula.variables,
        [Variable::Line(0), Variable::Line(1), Variable::PointColumn { column: 0, lag: 0 }]
    );
}

#[test]
fn appropriations_are_spread_over_the_years() {
    let scenario = small();
    let names: Vec<&str> =
        scenario.programmes.iter().map(|programme| programme.name.as_str()).collect();
    assert_eq!(names, ["investment", "maintenance"]);
    let yearly = |appropriation: &Appropriation| -> Vec<String> {
        match appropriation {
            Appropriation::OpenEnded => vec!["open".to_owned()],
            Appropriation::Yearly(years) => years.iter().map(|year| year.text.clone()).collect(),
        }
    };
    let own = &scenario.programmes[1].pot;
    assert_eq!(
        yearly(&own.appropriation),
        ["20000", "1_000 * rate_case", "1_000 * rate_case * 1.1"]
    );
    // The policy gives 30,000 for 2020, and keeps the growth of 10 % a year: 30,000 · 1.1², · 1.1³, · 1.1⁴.
    let Appropriation::Yearly(years) = &scenario.policies[1].pots[1].appropriation else {
        panic!("it has sums")
    };
    let values: Vec<f64> = years.iter().filter_map(constant).map(f64::round).collect();
    assert_eq!(values, [36_300.0, 39_930.0, 43_923.0]);
    assert_eq!(scenario.policies[1].pots[1].top_slice.len(), 1);
    assert_eq!(yearly(&scenario.policies[1].pots[0].appropriation), ["open"]);
}

#[test]
fn ready_made_formulas_become_worksheets() {
    let scenario = small();
    assert_eq!(scenario.programmes[0].purpose, Purpose::Investment);
    let investment = scenario.policies[0].rules[0].as_ref().expect("it has a rule");
    assert_eq!(
        investment.lines[0].formula.text,
        "min(0.7 * new_point_cost_local, 7200 * new_points_local) + 0.7 * new_point_cost_county + 0.7 * renewal_cost"
    );
    assert!(investment.lines[0].formula.variables.contains(&Variable::Quantity {
        quantity: Quantity::NewPoints,
        tier: Some(0),
        lag: 0
    }));
    let flat = scenario.policies[0].rules[1].as_ref().expect("it has a rule");
    let lines: Vec<(&str, &str)> =
        flat.lines.iter().map(|line| (line.name.as_str(), line.formula.text.as_str())).collect();
    assert_eq!(
        lines,
        [
            ("monthly_sum", "100 * months_open_local + 500 * months_open_county"),
            ("upkeep", "0.15 * monthly_sum"),
            ("due", "monthly_sum + upkeep"),
        ]
    );
    assert_eq!((flat.claims.len(), flat.claims[0].line), (1, 2));
    assert_eq!(flat.limit.as_ref().map(|limit| limit.text.as_str()), Some("0.5 * eligible_cost"));
    assert_eq!(flat.rounding.unit, 1);
    assert!(scenario.policies[1].rules[0].is_none());
}

#[test]
fn guarantees_become_bounds() {
    let scenario = small();
    let rule = scenario.policies[1].rules[1].as_ref().expect("it has a rule");
    let text = |formula: &Option<Formula>| formula.as_ref().map(|formula| formula.text.clone());
    let bounds: Vec<(&str, Option<String>, Option<String>, bool)> = rule
        .guarantees
        .iter()
        .map(|g| (g.name.as_str(), text(&g.lower), text(&g.upper), g.protected))
        .collect();
    let own = |text: &str| Some(text.to_owned());
    let before =
        "if(lag(open_points, 1) > 0, entitlement_last_year / lag(open_points, 1), 0) * open_points";
    assert_eq!(bounds[0], ("Floor", own("3000 * open_points"), None, true));
    assert_eq!(bounds[1], ("HoldHarmless", own(&format!("0.95 * {before}")), None, false));
    let upper = "if(award_last_year > 0, (1 + 0.15) * award_last_year, 1_000_000_000_000)";
    assert_eq!(bounds[2], ("Damping", own("max(0, 1 - 0.1) * award_last_year"), own(upper), false));
    // A guarantee sees the lines of the worksheet.
    assert_eq!(bounds[3], ("Cap", None, own("(all)"), false));
    let classes: Vec<(u32, usize)> =
        rule.claims.iter().map(|claim| (claim.class, claim.line)).collect();
    assert_eq!(classes, [(1, 0), (2, 1)]);
    assert_eq!(rule.rounding.unit, 100);
    assert!(
        matches!(rule.ration, Ration::Rule(ref by) if by.rule.name() == "ConstrainedEqualLosses")
    );
}

#[test]
fn own_share_is_cost_less_award() {
    let scenario = small();
    let formula = &scenario.outcomes[1].formula;
    assert_eq!(formula.text, "own_share / population");
    let cost = Variable::Quantity { quantity: Quantity::TotalCost, tier: None, lag: 0 };
    let population = Variable::MunicipalityColumn { column: 0, lag: 0 };
    assert_eq!(formula.variables, [cost, Variable::Award, population]);
}

#[test]
fn the_order_of_rows_does_not_matter() {
    let shuffled = |text: &str| {
        let mut lines: Vec<&str> = text.lines().collect();
        lines[1..].reverse();
        lines.join("\n")
    };
    let other = opened(SCENARIO, &shuffled(MUNICIPALITIES), &shuffled(POINTS), &[]);
    let strip = |scenario: Scenario| {
        let mut scenario = scenario;
        scenario.municipalities.table.lines.clear();
        scenario.points.table.lines.clear();
        format!("{scenario:?}")
    };
    assert_eq!(strip(other.scenario.expect("it is sound")), strip(small()));
}

#[test]
fn settings_turn_a_lever_a_mode_and_a_year() {
    let settings = ["levers.rate_case=3", "network.mode=WhenFunded", "years.last=2023"];
    let scenario =
        opened(SCENARIO, MUNICIPALITIES, POINTS, &settings).scenario.expect("it is sound");
    assert_eq!(scenario.levers[0].value, 3.0);
    assert_eq!(scenario.network.as_ref().map(|network| network.mode), Some(Mode::WhenFunded));
    assert_eq!(scenario.years.count(), 2);
}

#[test]
fn a_reform_takes_a_base_and_replaces_sections() {
    let reform = "Scenario(base: \"small.ron\", title: \"Reform\", verdict: None, run: (draws: 5))";
    let files = [
        ("reform.ron", reform),
        ("small.ron", SCENARIO),
        ("municipalities.csv", MUNICIPALITIES),
        ("points.csv", POINTS),
    ];
    let opened = open_in(Memory::new(&files), "reform.ron", &[]);
    let scenario = opened.scenario.expect("it is sound");
    assert_eq!((scenario.name.as_str(), scenario.title.as_str()), ("reform", "Reform"));
    assert_eq!((scenario.run.draws, scenario.run.seed, scenario.threshold.euro), (5, 1, 500.0));
    assert_eq!(scenario.policies.len(), 2);
    assert_eq!(opened.sources.files.len(), 4);
}

#[test]
fn a_calculator_needs_only_inputs_and_outcomes() {
    let text = r#"(format: 1, title: "Sum",
        inputs: {"a": (value: Normal(mean: 1, sd: 1), source: "invented"), "b": (value: "2 * a")},
        outcomes: {"both": "a + b", "third": Uniform(min: 0, max: 1)})"#;
    let opened = open_in(Memory::new(&[("s.ron", text)]), "s.ron", &[]);
    assert_eq!(opened.problems, []);
    let scenario = opened.scenario.expect("nothing was told");
    assert_eq!((scenario.outcomes.len(), scenario.inputs.len(), scenario.years.count()), (2, 3, 1));
}

#[test]
fn a_yearly_table_gives_a_row_for_each_code_and_year() {
    let yearly = "code,name,region,kind,population,year\n\
        01,Alda,East,city,23000,2021\n01,Alda,East,city,22000,2022\n\
        02,Birze,West,county,9000,2021\n02,Birze,West,county,8900,2022\n";
    let scenario = SCENARIO
        .replace("columns: [\"population\", \"region\", \"kind\"]", "columns: [\"population\"], year: \"year\", hold: Last")
        .replace("expect: (municipalities: 3, points: 5, population: 38_000)", "expect: (municipalities: 2, population: 30_900)")
        .replace(" * if(region == 'East', 2, 1)", " * lag(population, 1) / population")
        .replace("HoldHarmless(share: 0.95), Damping(down: 0.1, up: 0.15, per: Municipality, against: Award), ", "");
    let points =
        POINTS.lines().filter(|line| !line.contains(",03,")).collect::<Vec<_>>().join("\n");
    let opened = opened(&scenario, yearly, &points, &[]);
    let all: Vec<String> = opened.problems.iter().map(|problem| told(problem, &opened)).collect();
    let held =
        "D0709 [Last] `municipalities.csv` ends in 2022: its values of 2022 stand for 2023 to 2024";
    assert!(matches!(&*all, [only] if only.starts_with(held)), "{all:#?}");
    let model = opened.scenario.expect("it was only doubtful");
    let population = &model.municipalities.table.columns[0];
    assert_eq!(population.in_year(2021), [23_000.0, 9_000.0]);
    assert_eq!(population.in_year(2024), [22_000.0, 8_900.0]);
}

#[test]
fn what_is_only_doubtful_is_a_warning() {
    let warned = |from: &str, to: &str| {
        let opened = changed(from, to);
        let all: Vec<String> =
            opened.problems.iter().map(|problem| told(problem, &opened)).collect();
        assert!(opened.scenario.is_some(), "{all:?}");
        opened.problems.iter().map(|problem| problem.code).collect::<Vec<_>>()
    };
    assert_eq!(warned("common: (nation: 0.4)", "common: (nation: 0)"), [codes::INDEPENDENT]);
    assert_eq!(warned("2023-06-01", "2025-06-01"), [codes::OUTSIDE_YEARS]);
    // The input is then named by nothing.
    let of_growth = [codes::UNUSED, codes::NO_EFFECT, codes::NO_EFFECT];
    assert_eq!(warned("pay_growth: \"pay_growth\", ", ""), of_growth);
}

#[test]
fn policies_can_be_left_out_but_not_the_baseline() {
    let mut scenario = small();
    scenario.policies.swap(0, 1);
    scenario.baseline = 1;
    keep_policies(&mut scenario, &["flat".to_owned()]).expect("it is a policy");
    assert_eq!((scenario.policies.len(), scenario.baseline), (1, 0));
    let mut scenario = small();
    keep_policies(&mut scenario, &["workload".to_owned()]).expect("it is a policy");
    assert_eq!(scenario.policies.len(), 2);
    let refused = keep_policies(&mut scenario, &["wrkload".to_owned()]).expect_err("it is not");
    assert_eq!(refused.help.as_deref(), Some("did you mean `workload`?"));
}

#[test]
fn the_engine_runs_what_was_read() {
    for mode in ["network.mode=WhenReady", "network.mode=WhenFunded"] {
        let scenario = opened(SCENARIO, MUNICIPALITIES, POINTS, &[mode, "run.draws=64"]);
        let scenario = scenario.scenario.expect("it is sound");
        let prepared = Prepared::new(&scenario);
        let tally = simulate(&prepared, &Options::default());
        assert!(tally.is_ok(), "{mode}: {:?}", tally.err());
    }
}

#[test]
fn the_examples_of_the_format_reference_can_be_read() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/guide/scenario-format.md");
    let guide = std::fs::read_to_string(path).expect("the reference is there");
    let blocks: Vec<&str> = guide
        .split("```ron,fragment\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        .collect();
    assert!(blocks.len() >= 10, "{}", blocks.len());
    for block in blocks {
        let whole = block.contains("Scenario(");
        let text = if whole {
            block.to_owned()
        } else {
            format!("Scenario(years: (first: 2022, last: 2027), {block})")
        };
        let files = [
            ("s.ron", text.as_str()),
            ("load.ron", "(need: 1)"),
            ("today.ron", SCENARIO),
            ("reform-2021.csv", "old,new,share,new_name\n1,2,1,Two\n"),
            ("places.csv", "point,new\np,2\n"),
        ];
        let mut all =
            [files.to_vec(), vec![("municipalities.csv", MUNICIPALITIES), ("points.csv", POINTS)]]
                .concat();
        all.dedup();
        let opened = open_in(Memory::new(&all), "s.ron", &[]);
        // What a fragment needs elsewhere is missing; the fields and choices in it are known.
        let unknown = ["D01", "D0201", "D0203", "D0204", "D0205", "D0206", "D03"];
        let wrong: Vec<String> = opened
            .problems
            .iter()
            .filter(|problem| unknown.iter().any(|code| problem.code.starts_with(code)))
            .map(|problem| told(problem, &opened))
            .collect();
        assert_eq!(wrong, Vec::<String>::new(), "{block}");
    }
}
