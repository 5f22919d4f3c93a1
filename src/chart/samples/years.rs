//! Samples of charts over the years.

use super::*;

pub fn fan() -> Fan {
    let medians = [410e3, 520e3, 585e3, 640e3, 700e3, 765e3];
    let years = medians
        .iter()
        .zip(2022..)
        .map(|(median, year)| FanYear {
            year,
            claims: quantiles(*median, 0.08 + 0.05 * f64::from(year - 2022)),
            pot: Some(if year < 2025 { 615_394.0 } else { 680_000.0 }),
        })
        .collect();
    Fan {
        pot_name: String::new(),
        heading: heading(
            "From 2024 the claims may go beyond the maintenance pot",
            "Entitlements of all municipalities by year",
        ),
        currency: "EUR".to_owned(),
        years,
    }
}

pub fn histogram() -> Histogram {
    let counts: Vec<u64> = vec![
        3, 22, 90, 310, 720, 1240, 1610, 1700, 1480, 1120, 760, 440, 260, 130, 65, 30, 14, 5, 1,
    ];
    Histogram {
        pot_name: String::new(),
        heading: heading(
            "In six futures of a hundred the pot of 2024 is short",
            "Entitlements of all municipalities in 2024",
        ),
        currency: "EUR".to_owned(),
        // From the pot down and up, so that it is an edge.
        edges: (0..=counts.len()).map(|i| 615_394.0 + 20e3 * (i as f64 - 12.0)).collect(),
        counts,
        constant: None,
        pot: Some(615_394.0),
        // 260, 130, 65, 30, 14, 5 and 1 of 8 000.
        share_beyond: Some(0.063_125),
    }
}

pub fn rollout() -> Rollout {
    let simulated = (0..=16).map(|q| {
        let share = f64::from(q) / 16.0;
        let median = 88.0 + 470.0 * share * share * (3.0 - 2.0 * share);
        (2022.0 + 0.25 * f64::from(q), quantiles(median, 0.03 + 0.12 * share * (1.3 - share)))
    });
    Rollout {
        heading: heading(
            "The network opens about a year later than planned",
            "Open service points at the end of each quarter",
        ),
        counted: said("points"),
        planned: vec![
            (2022.0, 88.0),
            (2022.75, 190.0),
            (2023.5, 330.0),
            (2024.5, 480.0),
            (2025.0, 592.0),
        ],
        simulated: simulated.collect(),
        observed: vec![
            Observed { time: 2022.5, date: said("1 July 2022"), value: 102.0 },
            Observed { time: 2023.416, date: said("1 June 2023"), value: 166.0 },
        ],
    }
}

pub fn queue() -> Queue {
    let waiting =
        [(2022, 0.0), (2023, 121.0), (2024, 167.0), (2025, 102.0), (2026, 64.0), (2027, 38.0)];
    let year = |(year, value): (i32, f64)| Interval {
        name: year.to_string(),
        value,
        low: value * 0.7,
        high: value * 1.4,
    };
    Queue {
        heading: heading(
            "At most 167 points wait for their investment",
            "Points that have asked and were not awarded it",
        ),
        counted: said("points"),
        years: waiting.map(year).to_vec(),
    }
}

pub fn cost() -> Cost {
    let year = |(year, state, own): (i32, f64, f64)| CostYear {
        year,
        state,
        range: (0.9 * state, 1.1 * state),
        own,
    };
    Cost {
        heading: heading(
            "Municipalities bear more than half of the cost",
            "Eligible cost of all points by year, in money of the year",
        ),
        currency: "EUR".to_owned(),
        years: [
            (2022, 0.61e6, 1.2e6),
            (2023, 1.1e6, 1.9e6),
            (2024, 1.7e6, 2.6e6),
            (2025, 2.2e6, 3.3e6),
            (2026, 2.6e6, 3.8e6),
            (2027, 2.8e6, 4.2e6),
        ]
        .map(year)
        .to_vec(),
    }
}

/// Every chart of them on plausible data.
pub fn plausible() -> Vec<Box<dyn Chart>> {
    vec![
        Box::new(fan()),
        Box::new(histogram()),
        Box::new(rollout()),
        Box::new(queue()),
        Box::new(cost()),
    ]
}

/// Without any data.
pub fn empty() -> Vec<Box<dyn Chart>> {
    vec![
        Box::new(Fan::default()),
        Box::new(Histogram::default()),
        Box::new(Rollout::default()),
        Box::new(Queue::default()),
        Box::new(Cost::default()),
    ]
}

/// Every value the same number, and texts too long and full of marks.
pub fn all_equal(value: f64) -> Vec<Box<dyn Chart>> {
    let flat = flat(value);
    let text = || heading(&LONG.repeat(5), &LONG.repeat(6));
    vec![
        Box::new(Fan {
            heading: text(),
            years: (2022..2028)
                .map(|year| FanYear { year, claims: flat, pot: Some(value) })
                .collect(),
            ..fan()
        }),
        Box::new(Histogram {
            heading: text(),
            edges: vec![value, value + value.abs() + 1.0],
            counts: vec![7],
            pot: Some(value),
            ..histogram()
        }),
        Box::new(Rollout {
            heading: text(),
            counted: LONG.chars().take(20).collect(),
            planned: vec![(2022.0, value)],
            simulated: vec![(2022.0, flat), (2024.0, flat)],
            observed: vec![
                Observed { time: 2022.0, date: LONG.to_owned(), value },
                Observed { time: 2024.0, date: "today".to_owned(), value },
            ],
        }),
        Box::new(Queue { heading: text(), counted: LONG.to_owned(), years: long_rows(value) }),
        Box::new(Cost {
            heading: text(),
            years: (2022..2028)
                .map(|year| CostYear { year, state: value, range: (value, value), own: value })
                .collect(),
            ..cost()
        }),
    ]
}

/// Of one item only.
pub fn single() -> Vec<Box<dyn Chart>> {
    vec![
        Box::new(Fan { years: fan().years[..1].to_vec(), ..fan() }),
        Box::new(Histogram { edges: vec![1.0, 2.0], counts: vec![5], pot: None, ..histogram() }),
        Box::new(Rollout {
            planned: Vec::new(),
            observed: Vec::new(),
            simulated: rollout().simulated[..1].to_vec(),
            ..rollout()
        }),
        Box::new(Queue { years: queue().years[1..2].to_vec(), ..queue() }),
        Box::new(Cost { years: cost().years[..1].to_vec(), ..cost() }),
    ]
}

/// Values that no scenario has.
pub fn extreme() -> Vec<Box<dyn Chart>> {
    vec![
        Box::new(Fan {
            years: (0..200)
                .map(|i| FanYear {
                    year: 1990 + i,
                    claims: odd_quantiles(i as usize % 2),
                    pot: Some(odd(i as usize)),
                })
                .collect(),
            ..fan()
        }),
        Box::new(Histogram {
            edges: vec![-1e6, 0.0, 1.0, 1.0, f64::NAN, 3e11, 1e12],
            counts: vec![1, 2, 3, 4, 5, 6, 7, 8],
            pot: Some(-4e12),
            share_beyond: Some(f64::NAN),
            ..histogram()
        }),
        Box::new(Rollout {
            simulated: (0..30).map(|i| (2022.0 + i as f64, odd_quantiles(i))).collect(),
            planned: (0..30).map(|i| (odd(i), odd(i + 2))).collect(),
            observed: (0..30)
                .map(|i| Observed {
                    time: 2022.0 + i as f64 / 9.0,
                    date: format!("day {i}"),
                    value: odd(i),
                })
                .collect(),
            ..rollout()
        }),
        Box::new(Queue { years: (0..200).map(odd_row).collect(), ..queue() }),
        Box::new(Cost {
            years: (0..90)
                .map(|i| CostYear {
                    year: 1990 + i as i32,
                    state: odd(i),
                    range: (odd(i + 1), odd(i + 2)),
                    own: odd(i + 3),
                })
                .collect(),
            ..cost()
        }),
    ]
}
