//! Inputs that move together: what is asked for is what the draws show.

use dotacija::engine::{Prepared, Sink, YearOfBlock, central, replay};
use dotacija::model::Scenario;
use dotacija::numeric::LANES;
use dotacija::random::dependence::{Ranks, score_correlation};
use dotacija::random::distribution::{Bernoulli, Distribution, Poisson};
use dotacija::scenario::{Memory, open_in};

const DRAWS: u64 = 20_000;

/// Values of inputs: `[input][year][row][draw]`.
type Values = Vec<Vec<Vec<Vec<f64>>>>;

/// Keeps what every input was in every year.
struct Kept<'n> {
    inputs: &'n [&'n str],
    /// How many years lie before the first.
    past: usize,
    values: Values,
}

impl Sink for Kept<'_> {
    fn year(&mut self, at: &YearOfBlock<'_>) {
        let years: Vec<usize> = if at.year == 0 {
            (0..=at.prepared.past).collect()
        } else {
            vec![at.prepared.past + at.year]
        };
        self.past = at.prepared.past;
        for year in years {
            for (kept, name) in self.values.iter_mut().zip(self.inputs) {
                let inputs = &at.prepared.scenario.inputs;
                let index = inputs.iter().position(|input| input.name == *name).unwrap();
                let rows = at.draws.input(index, year).chunks(LANES);
                kept.resize(kept.len().max(year + 1), Vec::new());
                kept[year].resize(rows.len(), Vec::new());
                for (kept, row) in kept[year].iter_mut().zip(rows) {
                    kept.extend_from_slice(&row[..at.active]);
                }
            }
        }
    }

    fn block_ends(&mut self, _: &Prepared<'_>, _: usize) {}
}

const TABLES: [(&str, &str); 2] = [
    ("m.csv", "code,name\n1,Alda\n2,Birze\n3,Ceri\n"),
    (
        "p.csv",
        "code,name,municipality,tier,opens\np1,Alda,1,local,2022-01\np2,Avots,1,local,2022-01\np3,Birze,2,local,2022-01\n",
    ),
];

fn read(text: &str) -> Scenario {
    let mut files = TABLES.to_vec();
    files.push(("case.ron", text));
    let opened = open_in(Memory::new(&files), "case.ron", &[]);
    opened.scenario.unwrap_or_else(|| panic!("{:#?}", opened.problems))
}

/// A scenario of inputs and correlations, four years from 2022 on and two before.
fn scenario(inputs: &str, correlations: &str) -> Scenario {
    read(&format!(
        r#"Scenario(format: 1, title: "Ties", years: (first: 2022, last: 2025),
            money: (price_year: 2019),
            municipalities: Table(file: "m.csv", code: "code", name: "name"),
            points: Table(file: "p.csv", code: "code", name: "name", municipality: "municipality", tier: "tier", opens: "opens"),
            network: (mode: WhenReady, delay_months: 0, tiers: {{"local": (institutions: 0, institution_days: 0, basket_share: 1, video: false)}}),
            inputs: {{ {inputs} }}, correlations: [ {correlations} ], run: (seed: 8))"#
    ))
}

fn drawn(scenario: &Scenario, inputs: &[&str], draws: u64) -> Values {
    let prepared = Prepared::new(scenario);
    let mut kept = Kept { inputs, past: 0, values: vec![Vec::new(); inputs.len()] };
    replay(&prepared, 0..draws, &mut kept).unwrap();
    kept.values
}

/// The rank of each value, the mean one where values are equal.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|one, other| values[*one].total_cmp(&values[*other]));
    let mut ranks = vec![0.0; values.len()];
    let mut from = 0;
    while from < order.len() {
        let equal = order[from..].iter().take_while(|at| values[**at] == values[order[from]]);
        let to = from + equal.count();
        for at in &order[from..to] {
            ranks[*at] = (from + to - 1) as f64 / 2.0;
        }
        from = to;
    }
    ranks
}

fn pearson(one: &[f64], other: &[f64]) -> f64 {
    let count = one.len() as f64;
    let (a, b) = (one.iter().sum::<f64>() / count, other.iter().sum::<f64>() / count);
    let sum = |x: &[f64], a: f64, y: &[f64], b: f64| -> f64 {
        x.iter().zip(y).map(|(x, y)| (x - a) * (y - b)).sum()
    };
    sum(one, a, other, b) / (sum(one, a, one, a) * sum(other, b, other, b)).sqrt()
}

fn spearman(one: &[f64], other: &[f64]) -> f64 {
    pearson(&ranks(one), &ranks(other))
}

/// Four standard errors of a rank correlation, after Bonett & Wright (2000),
/// doi:10.1007/BF02294183; those of Pearson's (1 − r²)/√n are smaller.
fn four_errors(rank: f64, draws: u64) -> f64 {
    4.0 * (1.0 - rank * rank) * ((1.0 + rank * rank / 2.0) / (draws as f64 - 3.0)).sqrt() + 1e-9
}

#[track_caller]
fn near(found: f64, expected: f64) {
    let allowed = four_errors(expected, DRAWS);
    assert!((found - expected).abs() < allowed, "{found} for {expected} ± {allowed}");
}

#[test]
fn ranks_come_out_as_asked_whatever_the_distributions() {
    let names = ["a", "b", "c", "d", "e", "f"];
    let asked = [
        (0, 1, 0.5),
        (0, 2, -0.4),
        (1, 2, 0.1),
        (2, 3, -0.3),
        (3, 4, 0.75),
        (4, 5, 0.2),
        (0, 5, -0.5),
    ];
    let correlations: Vec<String> = asked
        .iter()
        .map(|(one, other, rank)| {
            format!("(of: (\"{}\", \"{}\"), rank: {rank})", names[*one], names[*other])
        })
        .collect();
    let correlations = correlations.join(",");
    let scenario = scenario(
        r#""a": (value: Normal(mean: 3, sd: 2)), "b": (value: LogNormal(p10: 1, p90: 40)),
           "c": (value: Pert(min: 0, mode: 1, max: 9)), "d": (value: Gamma(shape: 0.7, scale: 2)),
           "e": (value: Uniform(min: -1, max: 1)), "f": (value: Weibull(shape: 0.8, scale: 3))"#,
        &correlations,
    );
    let found = drawn(&scenario, &names, DRAWS);
    for one in 0..names.len() {
        for other in 0..one {
            let pair = |&&(a, b, _): &&(usize, usize, f64)| (a, b) == (other, one);
            let expected = asked.iter().find(pair).map_or(0.0, |(_, _, rank)| *rank);
            near(spearman(&found[one][0][0], &found[other][0][0]), expected);
        }
    }
}

#[test]
fn yearly_values_of_the_same_year_have_the_rank_that_is_asked_in_every_year() {
    let scenario = scenario(
        r#""pay_growth": (time: Yearly(persistence: 0.8), value: Normal(mean: 0, sd: 1)),
           "price_growth": (time: Yearly(persistence: 0.3), value: Normal(mean: 0, sd: 2)),
           "rate": (time: Yearly(persistence: -0.5), value: LogNormal(mean: 1, sd: 1))"#,
        r#"(of: ("pay_growth", "price_growth"), rank: 0.6), (of: ("rate", "price_growth"), rank: -0.3)"#,
    );
    let found = drawn(&scenario, &["pay_growth", "price_growth", "rate"], DRAWS);
    // Two years before the first, which the price year asks for, and four from it on.
    assert_eq!(found[0].len(), 6);
    for year in 0..6 {
        let of = |input: usize| &found[input][year][0];
        near(spearman(of(0), of(1)), 0.6);
        near(spearman(of(1), of(2)), -0.3);
        near(spearman(of(0), of(2)), 0.0);
    }
    // Each chain alone is as if it were alone: correlated by φᵏ over k years.
    for (input, persistence) in [(0, 0.8_f64), (1, 0.3)] {
        for distance in 1..4_usize {
            let expected = (0..distance).map(|_| persistence).product();
            let year = |year: usize| &found[input][year][0];
            near(pearson(year(1), year(1 + distance)), expected);
            near(pearson(year(2), year(2 + distance)), expected);
        }
    }
    // From the first year on the past of one tells of the other by its own persistence:
    // E[x_(t+1) y_t] = φ_x E[x_t y_t].
    let score = score_correlation(0.6);
    near(pearson(&found[0][4][0], &found[1][3][0]), 0.8 * score);
    near(pearson(&found[0][3][0], &found[1][4][0]), 0.3 * score);
}

#[test]
fn steps_of_random_walks_have_the_rank_that_is_asked() {
    let scenario = scenario(
        r#""a": (time: RandomWalk(start: 5), value: Normal(mean: 0, sd: 1)),
           "b": (time: RandomWalk(start: 0), value: Uniform(min: 0, max: 1))"#,
        r#"(of: ("b", "a"), rank: -0.7)"#,
    );
    let found = drawn(&scenario, &["a", "b"], DRAWS);
    for year in 2..6 {
        let step = |input: usize| -> Vec<f64> {
            let (now, before) = (&found[input][year][0], &found[input][year - 1][0]);
            now.iter().zip(before).map(|(now, before)| now - before).collect()
        };
        near(spearman(&step(0), &step(1)), -0.7);
    }
}

#[test]
fn below_the_nation_values_of_one_entity_have_the_rank_that_is_asked() {
    // Of a 40 % and of b 10 % is common to the nation.
    let scenario = scenario(
        r#""a": (extent: Municipality, common: (nation: 0.4), value: Normal(mean: 0, sd: 1)),
           "b": (extent: Municipality, common: (nation: 0.1), time: Once, value: Normal(mean: 0, sd: 1)),
           "c": (extent: Municipality, common: (nation: 0), value: Uniform(min: 0, max: 1))"#,
        r#"(of: ("a", "b"), rank: 0.5), (of: ("b", "c"), rank: 0.4)"#,
    );
    let found = drawn(&scenario, &["a", "b", "c"], DRAWS);
    let of = |input: usize, row: usize| &found[input][0][row];
    for row in 0..3 {
        near(spearman(of(0, row), of(1, row)), 0.5);
        near(spearman(of(1, row), of(2, row)), 0.4);
        near(spearman(of(0, row), of(2, row)), 0.0);
    }
    // What each has in common with itself elsewhere is what was written.
    near(pearson(of(0, 0), of(0, 2)), 0.4);
    near(pearson(of(1, 0), of(1, 1)), 0.1);
    near(pearson(of(2, 1), of(2, 2)), 0.0);
    // Across municipalities only the national parts meet: their correlation is the asked one over
    // √(0.4·0.1) + √(0.6·0.9) = 0.93485, times √(0.4·0.1) = 0.2.
    near(pearson(of(0, 0), of(1, 2)), score_correlation(0.5) / 0.934_847 * 0.2);
    near(pearson(of(1, 0), of(2, 2)), 0.0);
}

#[test]
fn points_share_with_their_municipality_and_with_the_nation() {
    let scenario = scenario(
        r#""a": (extent: Point, common: (nation: 0.3, municipality: 0.5), value: Normal(mean: 0, sd: 1)),
           "b": (extent: Point, common: (nation: 0.2), time: Once, value: Normal(mean: 0, sd: 1))"#,
        r#"(of: ("a", "b"), rank: 0.5)"#,
    );
    let found = drawn(&scenario, &["a", "b"], DRAWS);
    let of = |input: usize, row: usize| &found[input][0][row];
    // p1 and p2 stand in one municipality, p3 in another.
    near(pearson(of(0, 0), of(0, 1)), 0.8);
    near(pearson(of(0, 0), of(0, 2)), 0.3);
    near(pearson(of(1, 0), of(1, 1)), 0.2);
    for row in 0..3 {
        near(spearman(of(0, row), of(1, row)), 0.5);
    }
    // The municipality's part of `a` meets nothing in `b`: √(0.3·0.2) + √(0.2·0.8) = 0.64495 is the
    // most, and points of one municipality meet in the nation only.
    let national = score_correlation(0.5) / 0.644_949 * 0.06_f64.sqrt();
    near(pearson(of(0, 0), of(1, 1)), national);
    near(pearson(of(0, 0), of(1, 2)), national);
}

#[test]
fn a_chain_is_stationary_and_forgets_by_its_persistence() {
    let scenario = scenario(
        r#""x": (time: Yearly(persistence: 0.7), value: Normal(mean: 0, sd: 1)),
           "y": (time: Yearly(persistence: -0.4), value: Normal(mean: 0, sd: 1))"#,
        "",
    );
    let found = drawn(&scenario, &["x", "y"], DRAWS);
    for (input, persistence) in [(0, 0.7_f64), (1, -0.4)] {
        let year = |year: usize| &found[input][year][0];
        for at in 0..6 {
            let square = year(at).iter().map(|value| value * value).sum::<f64>() / DRAWS as f64;
            // Var χ²/n: four times √(2/20,000).
            assert!((square - 1.0).abs() < 0.04, "{at}: {square}");
            for to in at..6 {
                let expected = (at..to).map(|_| persistence).product();
                near(pearson(year(at), year(to)), expected);
            }
        }
    }
}

const MIXED: &str = r#"
    "b": (value: Normal(mean: 0, sd: 1)), "alone": (extent: Municipality, common: (nation: 0.2), value: Normal(mean: 0, sd: 1)),
    "a": (value: Normal(mean: 0, sd: 1)), "y": (time: Yearly(persistence: 0.5), value: Normal(mean: 0, sd: 1)),
    "x": (time: Yearly(persistence: 0.1), value: Normal(mean: 0, sd: 1)), "c": (value: Gamma(shape: 2, scale: 1))"#;

#[test]
fn only_tied_inputs_move_and_the_first_of_them_by_name_does_not() {
    let names = ["a", "b", "c", "x", "y", "alone"];
    let draws = 300;
    let of =
        |inputs: &str, correlations: &str| drawn(&scenario(inputs, correlations), &names, draws);
    let free = of(MIXED, "");
    let tied = of(MIXED, r#"(of: ("b", "a"), rank: 0.5)"#);
    for (input, name) in names.iter().enumerate() {
        assert_eq!(free[input] == tied[input], *name != "b", "{name}");
    }
    // Another group, a rank of 0, one input more and another order of both change nothing of it.
    let more = r#""more": (value: Normal(mean: 0, sd: 1)), "aa": (value: Normal(mean: 0, sd: 1)),"#;
    let others = r#"(of: ("y", "x"), rank: 0.4), (of: ("a", "c"), rank: 0), (of: ("a", "b"), rank: 0.5), (of: ("more", "aa"), rank: -0.9)"#;
    let again = of(&format!("{more} {MIXED}"), others);
    for (input, name) in names.iter().enumerate() {
        assert_eq!(again[input] == tied[input], *name != "y", "{name}");
    }
    let turned = r#""a": (value: Normal(mean: 0, sd: 1)), "c": (value: Gamma(shape: 2, scale: 1)),
        "x": (time: Yearly(persistence: 0.1), value: Normal(mean: 0, sd: 1)),
        "alone": (extent: Municipality, common: (nation: 0.2), value: Normal(mean: 0, sd: 1)),
        "y": (time: Yearly(persistence: 0.5), value: Normal(mean: 0, sd: 1)), "b": (value: Normal(mean: 0, sd: 1))"#;
    assert!(of(turned, r#"(of: ("a", "b"), rank: 0.5)"#) == tied);
}

#[test]
fn a_draw_is_the_same_in_whatever_block_it_stands() {
    let scenario = scenario(MIXED, r#"(of: ("b", "a"), rank: 0.5), (of: ("c", "a"), rank: -0.2)"#);
    let prepared = Prepared::new(&scenario);
    let names = ["b", "c"];
    let all = drawn(&scenario, &names, 200);
    let mut kept = Kept { inputs: &names, past: 0, values: vec![Vec::new(); 2] };
    replay(&prepared, 77..140, &mut kept).unwrap();
    for input in 0..2 {
        assert_eq!(kept.values[input][0][0], all[input][0][0][77..140]);
    }
}

#[test]
fn certainty_ties_values_exactly() {
    let scenario = scenario(
        r#""a": (value: Normal(mean: 0, sd: 1)), "b": (value: Normal(mean: 0, sd: 1)),
           "c": (value: Normal(mean: 0, sd: 1)), "d": (value: LogNormal(p10: 1, p90: 2))"#,
        r#"(of: ("a", "b"), rank: 1), (of: ("c", "a"), rank: -1), (of: ("b", "c"), rank: -1),
           (of: ("d", "a"), rank: 0.5), (of: ("d", "b"), rank: 0.5), (of: ("d", "c"), rank: -0.5)"#,
    );
    let found = drawn(&scenario, &["a", "b", "c", "d"], DRAWS);
    let of = |input: usize| &found[input][0][0];
    assert_eq!(of(0), of(1));
    assert!(of(0).iter().zip(of(2)).all(|(a, c)| *a == -c));
    near(spearman(of(0), of(3)), 0.5);
}

#[test]
fn separate_values_reach_what_was_worked_out() {
    let scenario = scenario(
        r#""accepts": (value: Bernoulli(probability: 0.3)), "cases": (value: Poisson(mean: 0.7)),
           "pay": (value: Normal(mean: 0, sd: 1))"#,
        r#"(of: ("accepts", "cases"), rank: 0.6), (of: ("cases", "pay"), rank: -0.5)"#,
    );
    let found = drawn(&scenario, &["accepts", "cases", "pay"], DRAWS);
    let of = |input: usize| &found[input][0][0];
    let coin = Ranks::new(&Bernoulli::new(0.3).unwrap());
    let count = Ranks::new(&Poisson::new(0.7).unwrap());
    let smooth = dotacija::random::distribution::Normal::new(0.0, 1.0).unwrap();
    let smooth = Ranks::new(&smooth as &dyn Distribution);
    let reached = coin.correlation(&count, score_correlation(0.6));
    assert!(reached < 0.5, "{reached}");
    near(spearman(of(0), of(1)), reached);
    near(spearman(of(1), of(2)), count.correlation(&smooth, score_correlation(-0.5)));
}

#[test]
fn the_central_path_stays_where_it_is() {
    let text = |correlations: &str| {
        read(&format!(
            r#"Scenario(format: 1, title: "Centre", years: (first: 2022, last: 2023),
                municipalities: Table(file: "m.csv", code: "code", name: "name"),
                inputs: {{"a": (value: LogNormal(p10: 1, p90: 40)), "b": (time: Once, value: Gamma(shape: 2, scale: 3))}},
                correlations: [{correlations}],
                programmes: {{"p": (purpose: Maintenance, appropriation: OpenEnded)}},
                policies: {{"all": (rules: {{"p": (entitle: Amount("100 * a + b"), may_exceed_cost: true)}})}})"#
        ))
    };
    let (free, tied) = (text(""), text(r#"(of: ("a", "b"), rank: 0.8)"#));
    let path = |scenario: &Scenario| central(&Prepared::new(scenario)).unwrap();
    assert_eq!(path(&free), path(&tied));
}
