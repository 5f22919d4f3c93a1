//! Samples of charts that answer a question about levers and inputs.

use super::*;

pub fn drivers() -> Drivers {
    let names = ["pay_growth", "need_per_head", "delay", "price_growth + pay", "video_share"];
    let row = |(at, name): (usize, &&str)| {
        let value = 60.0 / (1.0 + 2.0 * at as f64);
        Driver {
            whole: Interval {
                name: (*name).to_owned(),
                value,
                low: value - 4.0,
                high: value + 4.0,
            },
            alone: Some(value * 0.8),
            is_told: at < 4,
        }
    };
    Drivers {
        heading: heading("What drives the gap of 2024", "Share of the variance by input"),
        unit: Unit::Percent,
        rows: names.iter().enumerate().map(row).collect(),
        rest: Some(12.0),
    }
}

pub fn response() -> Response {
    let chances = [0.4, 1.2, 4.1, 9.6, 19.0, 34.0, 52.0];
    Response {
        heading: heading(
            "A base of 171 EUR a month is affordable at 95 %",
            "Chance that the maintenance pot falls short in 2025",
        ),
        lever: "base_local".to_owned(),
        lever_unit: Some(Unit::Other(said("EUR/month"))),
        unit: Some(Unit::Percent),
        points: chances
            .iter()
            .zip(0..)
            .map(|(chance, step)| ResponsePoint {
                value: 125.0 + 25.0 * f64::from(step),
                estimate: *chance,
                interval: (0.8 * chance, 1.3 * chance),
            })
            .collect(),
        target: 5.0,
        solution: Some(Solved {
            value: 171.2,
            interval: (166.0, 178.0),
            label: said("met up to 171.2 EUR/month"),
        }),
    }
}

/// Changes of two programmes, up and down.
pub fn tornado() -> Tornado {
    let row = |name: &str, by: &str, due, granted| TornadoRow {
        name: name.to_owned(),
        by: said(by),
        due,
        granted,
    };
    let rows = vec![
        row("rate_case", "+0.15 EUR/case", (1_398.0, 48.0), (557.0, 60.0)),
        row(&said("delay"), "+1 month", (-762.0, 8.0), (-159.0, 86.0)),
        row("rate_local", "+10 EUR/month", (631.0, 4.0), (184.0, 12.0)),
    ];
    let of = |name: &str| TornadoGroup { name: said(name), rows: rows.clone() };
    Tornado {
        heading: heading("What a little more of each costs", "EUR, all years together"),
        currency: "EUR".to_owned(),
        groups: vec![of("maintenance"), of("investment")],
    }
}

pub fn conditions() -> Conditions {
    let row = |name: &str, of: &str, drawn, inside, again: &str| Condition {
        name: name.to_owned(),
        of: said(of),
        drawn,
        inside,
        again: said(again),
    };
    Conditions {
        heading: heading(
            "When the pot of 2025 breaks",
            "In 71 of 100 draws inside these ranges, in 12 of all",
        ),
        rows: vec![
            row("readiness", "mean of the municipalities", (2.1, 7.9), (4.2, f64::NAN), "20 of 20"),
            row("pay_growth", "", (-0.02, 0.12), (0.05, f64::NAN), "18 of 20"),
            row("video_share", "", (0.1, 0.4), (0.15, 0.31), "9 of 20"),
        ],
    }
}

/// Every chart of them on plausible data.
pub fn plausible() -> Vec<Box<dyn Chart>> {
    vec![Box::new(drivers()), Box::new(response()), Box::new(tornado()), Box::new(conditions())]
}

/// Without any data.
pub fn empty() -> Vec<Box<dyn Chart>> {
    vec![
        Box::new(Drivers { rows: Vec::new(), rest: None, ..drivers() }),
        Box::new(Response::default()),
        Box::new(Tornado::default()),
        Box::new(Conditions::default()),
    ]
}

/// Every value the same number, and texts too long and full of marks.
pub fn all_equal(value: f64) -> Vec<Box<dyn Chart>> {
    let rows = || long_rows(value);
    let text = || heading(&LONG.repeat(5), &LONG.repeat(6));
    vec![
        Box::new(Drivers {
            heading: text(),
            rows: rows()
                .into_iter()
                .map(|whole| Driver { whole, alone: Some(value), is_told: value > 0.0 })
                .collect(),
            rest: Some(value),
            ..drivers()
        }),
        Box::new(Response {
            heading: text(),
            lever: LONG.repeat(3),
            lever_unit: Some(Unit::Other(LONG.to_owned())),
            unit: Some(Unit::Money("EUR".to_owned())),
            points: vec![ResponsePoint { value, estimate: value, interval: (value, value) }; 5],
            target: value,
            solution: Some(Solved { value, interval: (value, value), label: LONG.repeat(2) }),
        }),
        Box::new(Tornado {
            heading: text(),
            groups: vec![
                TornadoGroup {
                    name: LONG.to_owned(),
                    rows: vec![
                        TornadoRow {
                            name: LONG.to_owned(),
                            by: LONG.to_owned(),
                            due: (value, value),
                            granted: (value, 0.0),
                        };
                        5
                    ],
                };
                2
            ],
            ..tornado()
        }),
        Box::new(Conditions {
            heading: text(),
            rows: vec![
                Condition {
                    name: LONG.repeat(2),
                    of: LONG.repeat(2),
                    drawn: (value, value),
                    inside: (value, value),
                    again: LONG.to_owned(),
                };
                20
            ],
        }),
    ]
}

/// Of one item only.
pub fn single() -> Vec<Box<dyn Chart>> {
    vec![
        Box::new(Drivers { rows: drivers().rows.into_iter().take(1).collect(), ..drivers() }),
        Box::new(Response { points: response().points[..1].to_vec(), ..response() }),
        Box::new(Tornado {
            groups: vec![TornadoGroup {
                name: "maintenance".to_owned(),
                rows: tornado().groups[0].rows[..1].to_vec(),
            }],
            ..tornado()
        }),
        Box::new(Conditions { rows: conditions().rows[..1].to_vec(), ..conditions() }),
    ]
}

/// Values that no scenario has.
pub fn extreme() -> Vec<Box<dyn Chart>> {
    vec![
        Box::new(Drivers {
            rows: (0..40)
                .map(|i| Driver { whole: odd_row(i), alone: Some(odd(i + 4)), is_told: i % 2 == 0 })
                .collect(),
            ..drivers()
        }),
        Box::new(Response {
            points: (0..200)
                .map(|i| ResponsePoint {
                    value: odd(i) + i as f64,
                    estimate: odd(i + 1),
                    interval: (odd(i + 2), odd(i + 3)),
                })
                .collect(),
            target: -5e5,
            ..response()
        }),
        Box::new(Tornado {
            groups: (0..9)
                .map(|group| TornadoGroup {
                    name: NAMES[group].to_owned(),
                    rows: (0..9)
                        .map(|i| TornadoRow {
                            name: NAMES[i].to_owned(),
                            by: format!("+{i}"),
                            due: (odd(i + group), odd(i + 1)),
                            granted: (odd(i + 2), odd(i + 3)),
                        })
                        .collect(),
                })
                .collect(),
            ..tornado()
        }),
        Box::new(Conditions {
            rows: (0..40)
                .map(|i| Condition {
                    name: NAMES[i].to_owned(),
                    of: String::new(),
                    drawn: (odd(i), odd(i + 1)),
                    inside: (odd(i + 2), odd(i + 3)),
                    again: i.to_string(),
                })
                .collect(),
            ..conditions()
        }),
    ]
}
