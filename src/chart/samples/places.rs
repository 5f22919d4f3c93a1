//! Samples of charts of municipalities.

use super::*;
use std::collections::BTreeMap;

pub fn intervals(count: usize, scale: f64) -> Vec<Interval> {
    let row = |(i, name): (usize, String)| {
        let value = scale * (0.15 + scattered(i + 3) * scattered(i + 3));
        Interval { name, value, low: value * 0.8, high: value * (1.15 + 0.2 * scattered(i)) }
    };
    names(count).into_iter().enumerate().map(row).collect()
}

pub fn ranked_bars() -> RankedBars {
    RankedBars {
        heading: heading(
            "Who is granted how much for maintenance in 2024",
            "Award by municipality",
        ),
        unit: Unit::Money("EUR".to_owned()),
        centre: Centre::Mean,
        in_order: false,
        rows: intervals(43, 30_000.0),
    }
}

pub fn coverage() -> Coverage {
    let mut rows = intervals(43, 80.0);
    rows[7] = Interval { value: 104.0, low: 93.0, high: 112.0, ..rows[7].clone() };
    Coverage {
        heading: heading(
            "No municipality but one has its cost covered",
            "Award as a share of eligible cost, 2024",
        ),
        centre: Centre::Median,
        rows,
    }
}

/// 43 cells of a bent grid, one of them an enclave in its neighbour.
pub fn regions() -> Vec<Region> {
    let corner = |column: usize, row: usize| {
        let bend = |k: usize| 0.3 * (scattered(column * 7 + row * 13 + k) - 0.5);
        (21.0 + 0.9 * (column as f64 + bend(0)), 55.7 + 0.4 * (row as f64 + bend(1)))
    };
    let mut regions: Vec<Region> = (0..42)
        .map(|i| {
            let (c, r) = (i % 7, i / 7);
            let ring = vec![corner(c, r), corner(c + 1, r), corner(c + 1, r + 1), corner(c, r + 1)];
            Region {
                code: i.to_string(),
                name: NAMES[i].to_owned(),
                short: NAMES[i].replace(" novads", " nov."),
                polygons: vec![vec![ring]],
            }
        })
        .collect();
    let (x, y) = (21.0 + 0.9 * 3.5, 55.7 + 0.4 * 3.5);
    let enclave =
        vec![(x - 0.2, y - 0.08), (x + 0.2, y - 0.08), (x + 0.15, y + 0.1), (x - 0.2, y + 0.08)];
    regions[24].polygons[0].push(enclave.clone());
    regions.insert(
        0,
        Region {
            code: "42".to_owned(),
            name: "Rīga".to_owned(),
            short: String::new(),
            polygons: vec![vec![enclave]],
        },
    );
    regions
}

pub fn map() -> Map {
    let values = (0..43)
        .filter(|i| *i != 11 && *i != 30)
        .map(|i| (i.to_string(), 900.0 + 2400.0 * scattered(i) * scattered(i + 9)));
    Map {
        heading: heading(
            "A point in the east is granted more than one in the west",
            "Award per open point in 2024",
        ),
        unit: Unit::Money("EUR".to_owned()),
        regions: regions(),
        values: values.collect(),
        hatched: String::new(),
    }
}

pub fn heat_map(count: usize) -> HeatMap {
    let row = |(i, name): (usize, String)| {
        let last = 60e3 * (0.15 + scattered(i + 3) * scattered(i + 3));
        let value = |year: usize| match year {
            0 if i % 5 == 0 => f64::NAN,
            year => last * (0.3 + 0.14 * year as f64),
        };
        (name, (0..6).map(value).collect())
    };
    HeatMap {
        heading: heading(
            "Awards by municipality and year",
            "All programmes; medians over the draws, in money of the year",
        ),
        unit: Some(Unit::Money("EUR".to_owned())),
        years: (2022..2028).map(|year: i32| year.to_string()).collect(),
        rows: names(count).into_iter().enumerate().map(row).collect(),
    }
}

pub fn lorenz(count: usize) -> Lorenz {
    let curve = |name: &str, spread: f64| Curve {
        name: said(name),
        shares: (0..count)
            .map(|i| (1.0 + 20.0 * scattered(i), 1e4 * (1.0 + spread * scattered(i + 7))))
            .collect(),
    };
    Lorenz {
        heading: heading("How evenly points are funded in 2027", "Awards of all programmes, means"),
        across: said("points, % (those with least for each first)"),
        up: said("awards, %"),
        curves: vec![
            curve("rates of 2018, by tier", 9.0),
            curve("standard cost, capped at half of the cost of a post", 2.0),
            curve("share of cost", 0.2),
        ],
    }
}

pub fn chances(count: usize) -> Chances {
    let row = |(i, name): (usize, String)| {
        let more = (1.6 * scattered(i) - 0.3).clamp(0.0, 1.0);
        let less = (1.0 - more - 0.2 * scattered(i + 5)).max(0.0);
        Chance { name, more, less, difference: 30e3 * (more - less) }
    };
    Chances {
        heading: heading(
            "Who receives more or less than under the baseline",
            "“share of cost” instead of “rates of 2018, by tier”, at the same pot",
        ),
        currency: "EUR".to_owned(),
        rows: names(count).into_iter().enumerate().map(row).collect(),
    }
}

/// Every chart of them on plausible data.
pub fn plausible() -> Vec<Box<dyn Chart>> {
    vec![
        Box::new(ranked_bars()),
        Box::new(coverage()),
        Box::new(map()),
        Box::new(heat_map(43)),
        Box::new(lorenz(43)),
        Box::new(chances(43)),
    ]
}

/// Without any data.
pub fn empty() -> Vec<Box<dyn Chart>> {
    vec![
        Box::new(RankedBars { rows: Vec::new(), ..ranked_bars() }),
        Box::new(Coverage::default()),
        Box::new(Map { regions: Vec::new(), ..map() }),
        Box::new(HeatMap::default()),
        Box::new(Lorenz::default()),
        Box::new(Chances::default()),
    ]
}

/// Every value the same number, and texts too long and full of marks.
pub fn all_equal(value: f64) -> Vec<Box<dyn Chart>> {
    let rows = || long_rows(value);
    let text = || heading(&LONG.repeat(5), &LONG.repeat(6));
    vec![
        Box::new(RankedBars { heading: text(), rows: rows(), ..ranked_bars() }),
        Box::new(Coverage { heading: text(), rows: rows(), ..coverage() }),
        Box::new(Map {
            heading: text(),
            values: (0..43).map(|i| (i.to_string(), value)).collect::<BTreeMap<_, _>>(),
            unit: Unit::Other(LONG.to_owned()),
            ..map()
        }),
        Box::new(HeatMap {
            heading: text(),
            unit: Some(Unit::Other(LONG.to_owned())),
            rows: vec![(LONG.to_owned(), vec![value; 6]); 44],
            ..heat_map(1)
        }),
        Box::new(Lorenz {
            heading: text(),
            across: LONG.repeat(2),
            up: LONG.repeat(2),
            curves: vec![Curve { name: LONG.repeat(2), shares: vec![(1.0, value); 9] }; 9],
        }),
        Box::new(Chances {
            heading: text(),
            rows: vec![
                Chance { name: LONG.to_owned(), more: value, less: value, difference: value };
                40
            ],
            ..chances(1)
        }),
    ]
}

/// Of one item only.
pub fn single() -> Vec<Box<dyn Chart>> {
    let one = |rows: Vec<Interval>| rows.into_iter().take(1).collect::<Vec<_>>();
    vec![
        Box::new(RankedBars { rows: one(intervals(43, 1.0)), ..ranked_bars() }),
        Box::new(Coverage { rows: one(intervals(43, 0.01)), ..coverage() }),
        Box::new(Map { regions: regions()[..1].to_vec(), ..map() }),
        Box::new(heat_map(1)),
        Box::new(lorenz(1)),
        Box::new(chances(1)),
    ]
}

/// Values that no scenario has.
pub fn extreme() -> Vec<Box<dyn Chart>> {
    let mut maps = map();
    maps.regions[5].polygons[0][0].push((f64::NAN, 1.0));
    maps.regions[6].polygons = vec![vec![], vec![vec![]], vec![vec![(24.0, 57.0)]]];
    vec![
        Box::new(RankedBars { rows: (0..200).map(odd_row).collect(), ..ranked_bars() }),
        Box::new(Coverage { rows: (0..61).map(odd_row).collect(), ..coverage() }),
        Box::new(Map { values: (0..43).map(|i| (i.to_string(), odd(i))).collect(), ..maps }),
        Box::new(HeatMap {
            rows: (0..200)
                .map(|i| (NAMES[i % 43].to_owned(), (0..6).map(|year| odd(i + year)).collect()))
                .collect(),
            ..heat_map(1)
        }),
        Box::new(Lorenz {
            curves: (0..9)
                .map(|i| Curve {
                    name: NAMES[i].to_owned(),
                    shares: (0..50).map(|at| (odd(at + i), odd(at + 3))).collect(),
                })
                .collect(),
            ..lorenz(1)
        }),
        Box::new(Chances {
            rows: (0..200)
                .map(|i| Chance {
                    name: NAMES[i % 43].to_owned(),
                    more: odd(i),
                    less: odd(i + 1),
                    difference: odd(i + 2),
                })
                .collect(),
            ..chances(1)
        }),
    ]
}

/// Of 119 municipalities.
pub fn many() -> Vec<Box<dyn Chart>> {
    vec![
        Box::new(RankedBars { rows: intervals(119, 30_000.0), ..ranked_bars() }),
        Box::new(Coverage { rows: intervals(119, 80.0), ..coverage() }),
        Box::new(heat_map(119)),
        Box::new(lorenz(119)),
        Box::new(chances(119)),
    ]
}
