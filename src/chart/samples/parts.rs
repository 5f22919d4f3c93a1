//! Samples of charts of a sum and its parts.

use super::*;

pub fn waterfall() -> Waterfall {
    let uses = [
        ("top slice for the help desk", 61_500.0),
        ("points open before", 344_000.0),
        ("new points", 138_200.0),
    ];
    Waterfall {
        heading: heading(
            "One euro of nine is not spent in 2024",
            "Maintenance pot, means over the draws",
        ),
        currency: "EUR".to_owned(),
        appropriation: 615_394.0,
        uses: uses.map(|(name, sum)| (said(name), sum)).to_vec(),
    }
}

/// The award of a municipality whose pot is short.
pub fn build_up() -> BuildUp {
    let step =
        |name: &str, amount, is_total| BuildUpStep { name: name.to_owned(), amount, is_total };
    BuildUp {
        heading: heading(
            "Krāslavas novads is awarded EUR 28,921.17 of 186,300.00 due",
            "Maintenance, 2025, EUR",
        ),
        currency: "EUR".to_owned(),
        steps: vec![
            step("pay_sum", 162_000.0, false),
            step("upkeep", 24_300.0, false),
            step(&said("due"), 186_300.0, true),
            step(&said("the pot is short: Proportional"), -157_378.83, false),
            step(&said("award"), 28_921.17, true),
        ],
    }
}

/// Paths in proportion and by equal awards, of as many claimants.
pub fn bridge() -> Bridge {
    let steps = [
        ("parameters", 120_345.67, 98_200.01),
        ("rule", -119_927.63, -1_698_611.83),
        ("rationing", 215_729.07, 51_853.87),
        ("rounding", 0.0, 0.0),
        ("pot", 9_568_763.08, 11_333_468.14),
    ];
    Bridge {
        heading: heading(
            "Most of the change comes from the pot",
            "Awards of 2022–2027, all programmes; means over the draws",
        ),
        currency: "EUR".to_owned(),
        start: (said("R0: rates of 2018 by tier"), 4_538_405.36),
        steps: steps
            .map(|(name, amount, reverse)| BridgeStep { name: said(name), amount, reverse })
            .to_vec(),
        end: ("M1 + I1".to_owned(), 14_323_315.55),
    }
}

/// Every chart of them on plausible data.
pub fn plausible() -> Vec<Box<dyn Chart>> {
    vec![Box::new(waterfall()), Box::new(bridge()), Box::new(build_up())]
}

/// Without any data.
pub fn empty() -> Vec<Box<dyn Chart>> {
    vec![
        Box::new(Waterfall { appropriation: f64::NAN, ..Waterfall::default() }),
        Box::new(Bridge { end: (String::new(), f64::NAN), ..Bridge::default() }),
        Box::new(BuildUp::default()),
    ]
}

/// Every value the same number, and texts too long and full of marks.
pub fn all_equal(value: f64) -> Vec<Box<dyn Chart>> {
    let text = || heading(&LONG.repeat(5), &LONG.repeat(6));
    vec![
        Box::new(Waterfall {
            heading: text(),
            appropriation: value,
            uses: vec![(LONG.to_owned(), value), (LONG.to_owned(), 0.0)],
            ..waterfall()
        }),
        Box::new(Bridge {
            heading: text(),
            start: (LONG.to_owned(), value),
            steps: vec![
                BridgeStep { name: LONG.to_owned(), amount: value, reverse: -value },
                BridgeStep { name: LONG.to_owned(), amount: 0.0, reverse: value },
            ],
            end: (LONG.to_owned(), value),
            ..bridge()
        }),
        Box::new(BuildUp {
            heading: text(),
            steps: (0..6)
                .map(|i| BuildUpStep { name: LONG.to_owned(), amount: value, is_total: i > 3 })
                .collect(),
            ..build_up()
        }),
    ]
}

/// Of one item only.
pub fn single() -> Vec<Box<dyn Chart>> {
    vec![
        Box::new(Waterfall { uses: Vec::new(), ..waterfall() }),
        Box::new(Bridge { steps: Vec::new(), ..bridge() }),
        Box::new(BuildUp { steps: build_up().steps[4..].to_vec(), ..build_up() }),
    ]
}

/// Values that no scenario has.
pub fn extreme() -> Vec<Box<dyn Chart>> {
    vec![
        Box::new(Waterfall {
            uses: (0..14).map(|i| (NAMES[i].to_owned(), odd(i) % 1e6)).collect(),
            ..waterfall()
        }),
        Box::new(Bridge {
            steps: (0..14)
                .map(|i| BridgeStep {
                    name: NAMES[i].to_owned(),
                    amount: odd(i),
                    reverse: odd(i + 3),
                })
                .collect(),
            ..bridge()
        }),
        Box::new(BuildUp {
            steps: (0..60)
                .map(|i| BuildUpStep {
                    name: NAMES[i % 43].to_owned(),
                    amount: odd(i),
                    is_total: i % 7 == 6,
                })
                .collect(),
            ..build_up()
        }),
    ]
}
