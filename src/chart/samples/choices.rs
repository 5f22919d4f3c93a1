//! Samples of charts of policies and rules side by side.

use super::*;

pub fn compare() -> Compare {
    let dot = |value: f64, spread: f64| {
        Some(Dot { value, low: value * (1.0 - spread), high: value * (1.0 + spread) })
    };
    let euro = || Unit::Money("EUR".to_owned());
    let measure = |name: &str, unit, more_is_better, values: [f64; 4], spread: f64| Measure {
        name: said(name),
        unit,
        more_is_better,
        values: values.iter().map(|v| dot(*v, spread)).collect(),
    };
    Compare {
        heading: heading(
            "Four candidates at the same pot",
            "Means over the draws, 2024; bars from the 5th to the 95th percentile",
        ),
        policies: [
            "rates of 2018, by tier",
            "availability and activity",
            "standard cost, capped at half of the cost of a post",
            "share of cost",
        ]
        .map(said)
        .to_vec(),
        baseline: Some(0),
        measures: vec![
            measure("Total award", euro(), None, [583e3, 602e3, 611e3, 615e3], 0.05),
            measure("Coverage of cost", Unit::Percent, None, [41.0, 44.0, 52.0, 46.0], 0.12),
            measure(
                "People within 10 km of an open point",
                Unit::Percent,
                Some(true),
                [78.0, 81.0, 86.0, 80.0],
                0.04,
            ),
            measure(
                "Points open",
                Unit::Count(said("points")),
                Some(true),
                [412.0, 431.0, 498.0, 440.0],
                0.1,
            ),
            measure(
                "Municipalities that receive less",
                Unit::Count(String::new()),
                Some(false),
                [0.0, 9.0, 14.0, 6.0],
                0.3,
            ),
        ],
    }
}

pub fn frontier() -> Frontier {
    let measured =
        |name: &str, unit, more| Measured { name: name.to_owned(), unit: Some(unit), more };
    let dot = |i: usize| {
        let x = 400e3 + 40e3 * i as f64;
        let behind = if i.is_multiple_of(3) { 0.0 } else { 9.0 * scattered(i) };
        Alternative {
            label: format!("M{} · {} {}", i % 2 + 1, said("base"), 50 * i),
            short: i.to_string(),
            x,
            y: 20.0 + 60.0 * (x - 400e3) / (x - 200e3) - behind,
            size: scattered(i + 4),
            standing: match i % 3 {
                0 => Standing::Undominated,
                1 => Standing::Dominated,
                _ => Standing::Undecided,
            },
        }
    };
    Frontier {
        heading: heading(
            "Four alternatives are beaten by none",
            "Each policy at each base, means over the draws",
        ),
        across: measured("mean('award', 2024)", Unit::Money("EUR".to_owned()), false),
        up: measured("coverage(2024)", Unit::Percent, true),
        size: measured("gini('award_per_point', 2024)", Unit::Other(String::new()), false),
        dots: (0..14).map(dot).collect(),
    }
}

pub fn regret() -> Regret {
    let row = |i: usize| {
        let mean = 12e3 * (i + 1) as f64;
        Regretted {
            name: format!("M{} · {} {}", i % 2 + 1, said("base"), 50 * i),
            mean,
            p90: mean * 1.8,
            maximum: mean * 2.2 + 20e3 * scattered(i),
            is_best: i == 0,
        }
    };
    Regret {
        heading: heading(
            "M1 at today's base is regretted least",
            "Regret in mean('award', 2024), draws of two assumptions",
        ),
        unit: Unit::Money("EUR".to_owned()),
        rows: (0..9).map(row).collect(),
    }
}

pub fn paths(claimants: usize) -> Paths {
    let claims: Vec<f64> =
        (0..claimants).map(|i| 2_000.0 + 60_000.0 * scattered(i) * scattered(i * 7 + 3)).collect();
    let total: f64 = claims.iter().sum();
    let pots: Vec<f64> = (0..=60).map(|step| total * f64::from(step) / 60.0).collect();
    let proportional = |claim: &f64| pots.iter().map(|pot| claim * pot / total).collect();
    let equal =
        |claim: &f64| pots.iter().map(|pot| (pot / claimants as f64 * 1.7).min(*claim)).collect();
    let rule = |name: &str, awards| RulePaths { name: name.to_owned(), awards };
    Paths {
        heading: heading("What each municipality is awarded as the pot grows", "EUR, by rule"),
        unit: Some(Unit::Money("EUR".to_owned())),
        names: (0..claimants).map(|i| NAMES[i % 43].to_owned()).collect(),
        appropriation: Some(total * 0.7),
        rules: vec![
            rule("Proportional", claims.iter().map(proportional).collect()),
            rule("ConstrainedEqualAwards", claims.iter().map(equal).collect()),
        ],
        pots,
    }
}

/// Every chart of them on plausible data.
pub fn plausible() -> Vec<Box<dyn Chart>> {
    vec![Box::new(compare()), Box::new(paths(43)), Box::new(frontier()), Box::new(regret())]
}

/// Without any data.
pub fn empty() -> Vec<Box<dyn Chart>> {
    vec![
        Box::new(Compare::default()),
        Box::new(Paths::default()),
        Box::new(Frontier::default()),
        Box::new(Regret { rows: Vec::new(), ..regret() }),
    ]
}

/// Every value the same number, and texts too long and full of marks.
pub fn all_equal(value: f64) -> Vec<Box<dyn Chart>> {
    let text = || heading(&LONG.repeat(5), &LONG.repeat(6));
    let dot = Some(Dot { value, low: value, high: value });
    vec![
        Box::new(Compare {
            heading: text(),
            policies: vec![LONG.to_owned(); 5],
            baseline: Some(4),
            measures: (0..9)
                .map(|_| Measure {
                    name: LONG.to_owned(),
                    unit: Unit::Money("EUR".to_owned()),
                    more_is_better: Some(true),
                    values: vec![dot, dot, None, dot, dot],
                })
                .collect(),
        }),
        Box::new(Paths {
            heading: text(),
            names: vec![LONG.to_owned(); 4],
            pots: vec![value; 3],
            appropriation: Some(value),
            rules: vec![RulePaths { name: LONG.to_owned(), awards: vec![vec![value; 3]; 4] }; 2],
            ..paths(3)
        }),
        Box::new(Frontier {
            heading: text(),
            across: Measured {
                name: LONG.repeat(3),
                unit: Some(Unit::Other(LONG.to_owned())),
                more: true,
            },
            up: Measured { name: LONG.repeat(3), unit: Some(Unit::Percent), more: false },
            size: Measured { name: LONG.to_owned(), unit: None, more: false },
            dots: frontier()
                .dots
                .into_iter()
                .map(|dot| Alternative {
                    label: LONG.repeat(2),
                    x: value,
                    y: value,
                    size: value,
                    ..dot
                })
                .collect(),
        }),
        Box::new(Regret {
            heading: text(),
            rows: vec![
                Regretted {
                    name: LONG.repeat(2),
                    mean: value,
                    p90: value,
                    maximum: value,
                    is_best: true
                };
                30
            ],
            ..regret()
        }),
    ]
}

/// Of one item only.
pub fn single() -> Vec<Box<dyn Chart>> {
    vec![
        Box::new(Compare { policies: vec!["only".to_owned()], ..compare() }),
        Box::new(paths(1)),
        Box::new(Frontier { dots: frontier().dots[..1].to_vec(), ..frontier() }),
        Box::new(Regret { rows: regret().rows[..1].to_vec(), ..regret() }),
    ]
}

/// Values that no scenario has.
pub fn extreme() -> Vec<Box<dyn Chart>> {
    vec![
        Box::new(Compare {
            measures: (0..3)
                .map(|m| Measure {
                    name: "own share".to_owned(),
                    unit: Unit::Money("EUR".to_owned()),
                    more_is_better: None,
                    values: (m..m + 5)
                        .map(|i| Some(Dot { value: odd(i), low: odd(i + 1), high: odd(i + 2) }))
                        .collect(),
                })
                .collect(),
            ..compare()
        }),
        Box::new(Paths {
            names: (0..9).map(|i| format!("{} {i}", NAMES[i])).collect(),
            pots: (0..9).map(odd).collect(),
            appropriation: Some(f64::NAN),
            rules: vec![RulePaths {
                name: String::new(),
                awards: (0..9).map(|i| (0..9).map(|j| odd(i + j)).collect()).collect(),
            }],
            ..paths(9)
        }),
        Box::new(Frontier {
            dots: (0..200)
                .map(|i| Alternative {
                    x: odd(i),
                    y: odd(i + 1),
                    size: odd(i + 2),
                    label: format!("{} {i}", NAMES[i % 43]),
                    short: i.to_string(),
                    standing: Standing::default(),
                })
                .collect(),
            ..frontier()
        }),
        Box::new(Regret {
            rows: (0..40)
                .map(|i| Regretted {
                    name: NAMES[i].to_owned(),
                    mean: odd(i),
                    p90: odd(i + 1),
                    maximum: odd(i + 2),
                    is_best: i % 2 == 0,
                })
                .collect(),
            ..regret()
        }),
    ]
}
