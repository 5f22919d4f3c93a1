//! Data to try the charts on: such as a national scenario gives, and such as nobody should.

use std::collections::BTreeMap;

use super::compare::{Dot, Measure};
use super::fan::FanYear;
use super::frontier::{Alternative, Measured, Standing};
use super::map::Region;
use super::rollout::Observed;
use super::*;

/// The 43 municipalities of Latvia since 1 July 2021 (Law on Administrative Territories and Populated Areas, 2020).
pub const NAMES: [&str; 43] = [
    "Rīga",
    "Daugavpils",
    "Jelgava",
    "Jūrmala",
    "Liepāja",
    "Rēzekne",
    "Ventspils",
    "Aizkraukles novads",
    "Alūksnes novads",
    "Augšdaugavas novads",
    "Ādažu novads",
    "Balvu novads",
    "Bauskas novads",
    "Cēsu novads",
    "Dienvidkurzemes novads",
    "Dobeles novads",
    "Gulbenes novads",
    "Jelgavas novads",
    "Jēkabpils novads",
    "Krāslavas novads",
    "Kuldīgas novads",
    "Ķekavas novads",
    "Limbažu novads",
    "Līvānu novads",
    "Ludzas novads",
    "Madonas novads",
    "Mārupes novads",
    "Ogres novads",
    "Olaines novads",
    "Preiļu novads",
    "Rēzeknes novads",
    "Ropažu novads",
    "Salaspils novads",
    "Saldus novads",
    "Saulkrastu novads",
    "Siguldas novads",
    "Smiltenes novads",
    "Talsu novads",
    "Tukuma novads",
    "Valkas novads",
    "Valmieras novads",
    "Varakļānu novads",
    "Ventspils novads",
];

pub fn heading(title: &str, subtitle: &str) -> Heading {
    Heading {
        title: title.to_owned(),
        subtitle: subtitle.to_owned(),
        caption: Caption {
            policy: "rates of 2018, by tier".to_owned(),
            pot: "EUR 615,394 a year".to_owned(),
            draws: Some(10_000),
            data_as_of: "2022-02-01".to_owned(),
            source: "made-up figures in the shape of a national scenario".to_owned(),
            note: String::new(),
        },
    }
}

/// Numbers between 0 and 1 that look scattered: fractions of the multiples of the golden ratio.
pub fn scattered(i: usize) -> f64 {
    let x = i as f64 * 0.618_033_988_749_895;
    x - x.floor()
}

fn quantiles(median: f64, spread: f64) -> Quantiles {
    let at = |share: f64| median * (1.0 + spread * share);
    Quantiles {
        p05: at(-0.8),
        p10: at(-0.65),
        p25: at(-0.35),
        p50: median,
        p75: at(0.45),
        p90: at(0.95),
        p95: at(1.3),
    }
}

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

pub fn response() -> Response {
    let chances = [0.4, 1.2, 4.1, 9.6, 19.0, 34.0, 52.0];
    Response {
        heading: heading(
            "A base of 171 EUR a month is affordable at 95 %",
            "Chance that the maintenance pot falls short in 2025",
        ),
        lever: "base_local".to_owned(),
        lever_unit: "EUR/month".to_owned(),
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
            label: "met up to 171.2 EUR/month".to_owned(),
        }),
    }
}

pub fn frontier() -> Frontier {
    let measured =
        |name: &str, unit, more| Measured { name: name.to_owned(), unit: Some(unit), more };
    let dot = |i: usize| {
        let x = 400e3 + 40e3 * i as f64;
        let behind = if i % 3 == 0 { 0.0 } else { 9.0 * scattered(i) };
        Alternative {
            label: format!("M{} · base {}", i % 2 + 1, 50 * i),
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
            name: format!("M{} · base {}", i % 2 + 1, 50 * i),
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

pub fn conditions() -> Conditions {
    let row = |name: &str, of: &str, drawn, inside, again: &str| Condition {
        name: name.to_owned(),
        of: of.to_owned(),
        drawn,
        inside,
        again: again.to_owned(),
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

pub fn intervals(scale: f64) -> Vec<Interval> {
    let row = |(i, name): (usize, &&str)| {
        let value = scale * (0.15 + scattered(i + 3) * scattered(i + 3));
        Interval {
            name: (*name).to_owned(),
            value,
            low: value * 0.8,
            high: value * (1.15 + 0.2 * scattered(i)),
        }
    };
    NAMES.iter().enumerate().map(row).collect()
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
        rows: intervals(30_000.0),
    }
}

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
        }
    };
    Drivers {
        heading: heading("What drives the gap of 2024", "Share of the variance by input"),
        unit: Unit::Percent,
        rows: names.iter().enumerate().map(row).collect(),
    }
}

pub fn coverage() -> Coverage {
    let mut rows = intervals(80.0);
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
        counted: "points".to_owned(),
        planned: vec![
            (2022.0, 88.0),
            (2022.75, 190.0),
            (2023.5, 330.0),
            (2024.5, 480.0),
            (2025.0, 592.0),
        ],
        simulated: simulated.collect(),
        observed: vec![
            Observed { time: 2022.5, date: "1 July 2022".to_owned(), value: 102.0 },
            Observed { time: 2023.416, date: "1 June 2023".to_owned(), value: 166.0 },
        ],
    }
}

pub fn compare() -> Compare {
    let dot = |value: f64, spread: f64| {
        Some(Dot { value, low: value * (1.0 - spread), high: value * (1.0 + spread) })
    };
    let euro = || Unit::Money("EUR".to_owned());
    let measure = |name: &str, unit, more_is_better, values: [f64; 4], spread: f64| Measure {
        name: name.to_owned(),
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
        .map(str::to_owned)
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
                Unit::Count("points".to_owned()),
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
        uses: uses.map(|(name, sum)| (name.to_owned(), sum)).to_vec(),
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
            step("due", 186_300.0, true),
            step("the pot is short: Proportional", -157_378.83, false),
            step("award", 28_921.17, true),
        ],
    }
}

/// Changes of two programmes, up and down.
pub fn tornado() -> Tornado {
    let row = |name: &str, by: &str, due, granted| TornadoRow {
        name: name.to_owned(),
        by: by.to_owned(),
        due,
        granted,
    };
    let rows = vec![
        row("rate_case", "+0.15 EUR/case", (1_398.0, 48.0), (557.0, 60.0)),
        row("delay", "+1 month", (-762.0, 8.0), (-159.0, 86.0)),
        row("rate_local", "+10 EUR/month", (631.0, 4.0), (184.0, 12.0)),
    ];
    let of = |name: &str| TornadoGroup { name: name.to_owned(), rows: rows.clone() };
    Tornado {
        heading: heading("What a little more of each costs", "EUR, all years together"),
        currency: "EUR".to_owned(),
        groups: vec![of("maintenance"), of("investment")],
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
        start: ("R0: rates of 2018 by tier".to_owned(), 4_538_405.36),
        steps: steps
            .map(|(name, amount, reverse)| BridgeStep { name: name.to_owned(), amount, reverse })
            .to_vec(),
        end: ("M1 + I1".to_owned(), 14_323_315.55),
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

/// Every chart on plausible data, in the order of the registry.
pub fn plausible() -> Vec<Box<dyn Chart>> {
    vec![
        Box::new(fan()),
        Box::new(histogram()),
        Box::new(ranked_bars()),
        Box::new(coverage()),
        Box::new(map()),
        Box::new(rollout()),
        Box::new(compare()),
        Box::new(waterfall()),
        Box::new(bridge()),
        Box::new(paths(43)),
        Box::new(drivers()),
        Box::new(response()),
        Box::new(build_up()),
        Box::new(tornado()),
        Box::new(frontier()),
        Box::new(regret()),
        Box::new(conditions()),
    ]
}

/// Every chart without any data.
pub fn empty() -> Vec<Box<dyn Chart>> {
    vec![
        Box::new(Fan::default()),
        Box::new(Histogram::default()),
        Box::new(RankedBars { rows: Vec::new(), ..ranked_bars() }),
        Box::new(Coverage::default()),
        Box::new(Map { regions: Vec::new(), ..map() }),
        Box::new(Rollout::default()),
        Box::new(Compare::default()),
        Box::new(Waterfall { appropriation: f64::NAN, ..Waterfall::default() }),
        Box::new(Bridge { end: (String::new(), f64::NAN), ..Bridge::default() }),
        Box::new(Paths::default()),
        Box::new(Drivers { rows: Vec::new(), ..drivers() }),
        Box::new(Response::default()),
        Box::new(BuildUp::default()),
        Box::new(Tornado::default()),
        Box::new(Frontier::default()),
        Box::new(Regret { rows: Vec::new(), ..regret() }),
        Box::new(Conditions::default()),
    ]
}

const LONG: &str =
    "Dienvidkurzemes novads (\"bijušais\" Grobiņas & Aizputes <script>alert('x')</script> novads)";

/// Charts whose every value is the same number, and whose texts are too long and full of marks.
pub fn all_equal(value: f64) -> Vec<Box<dyn Chart>> {
    let flat = Quantiles {
        p05: value,
        p10: value,
        p25: value,
        p50: value,
        p75: value,
        p90: value,
        p95: value,
    };
    let row = |name: &str| Interval { name: name.to_owned(), value, low: value, high: value };
    let rows = || NAMES.iter().map(|name| row(name)).chain([row(LONG)]).collect::<Vec<_>>();
    let text = || heading(&LONG.repeat(5), &LONG.repeat(6));
    let dot = Some(Dot { value, low: value, high: value });
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
        Box::new(RankedBars { heading: text(), rows: rows(), ..ranked_bars() }),
        Box::new(Coverage { heading: text(), rows: rows(), ..coverage() }),
        Box::new(Map {
            heading: text(),
            values: (0..43).map(|i| (i.to_string(), value)).collect::<BTreeMap<_, _>>(),
            unit: Unit::Other(LONG.to_owned()),
            ..map()
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
        Box::new(Paths {
            heading: text(),
            names: vec![LONG.to_owned(); 4],
            pots: vec![value; 3],
            appropriation: Some(value),
            rules: vec![RulePaths { name: LONG.to_owned(), awards: vec![vec![value; 3]; 4] }; 2],
            ..paths(3)
        }),
        Box::new(Drivers {
            heading: text(),
            rows: rows().into_iter().map(|whole| Driver { whole, alone: Some(value) }).collect(),
            ..drivers()
        }),
        Box::new(Response {
            heading: text(),
            lever: LONG.repeat(3),
            lever_unit: LONG.to_owned(),
            unit: Some(Unit::Money("EUR".to_owned())),
            points: vec![ResponsePoint { value, estimate: value, interval: (value, value) }; 5],
            target: value,
            solution: Some(Solved { value, interval: (value, value), label: LONG.repeat(2) }),
        }),
        Box::new(BuildUp {
            heading: text(),
            steps: (0..6)
                .map(|i| BuildUpStep { name: LONG.to_owned(), amount: value, is_total: i > 3 })
                .collect(),
            ..build_up()
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

/// Charts of one item only.
pub fn single() -> Vec<Box<dyn Chart>> {
    let one = |rows: Vec<Interval>| rows.into_iter().take(1).collect::<Vec<_>>();
    vec![
        Box::new(Fan { years: fan().years[..1].to_vec(), ..fan() }),
        Box::new(Histogram { edges: vec![1.0, 2.0], counts: vec![5], pot: None, ..histogram() }),
        Box::new(RankedBars { rows: one(intervals(1.0)), ..ranked_bars() }),
        Box::new(Coverage { rows: one(intervals(0.01)), ..coverage() }),
        Box::new(Map { regions: regions()[..1].to_vec(), ..map() }),
        Box::new(Rollout {
            planned: Vec::new(),
            observed: Vec::new(),
            simulated: rollout().simulated[..1].to_vec(),
            ..rollout()
        }),
        Box::new(Compare { policies: vec!["only".to_owned()], ..compare() }),
        Box::new(Waterfall { uses: Vec::new(), ..waterfall() }),
        Box::new(Bridge { steps: Vec::new(), ..bridge() }),
        Box::new(paths(1)),
        Box::new(Drivers { rows: drivers().rows.into_iter().take(1).collect(), ..drivers() }),
        Box::new(Response { points: response().points[..1].to_vec(), ..response() }),
        Box::new(BuildUp { steps: build_up().steps[4..].to_vec(), ..build_up() }),
        Box::new(Tornado {
            groups: vec![TornadoGroup {
                name: "maintenance".to_owned(),
                rows: tornado().groups[0].rows[..1].to_vec(),
            }],
            ..tornado()
        }),
        Box::new(Frontier { dots: frontier().dots[..1].to_vec(), ..frontier() }),
        Box::new(Regret { rows: regret().rows[..1].to_vec(), ..regret() }),
        Box::new(Conditions { rows: conditions().rows[..1].to_vec(), ..conditions() }),
    ]
}

/// Charts of values far apart, below zero and not numbers.
pub fn extreme() -> Vec<Box<dyn Chart>> {
    let value =
        |i: usize| [1e-12, -5e5, 3e11, 0.0, f64::NAN, -1.0, f64::INFINITY, 1e300, 42.0][i % 9];
    let row = |i: usize| Interval {
        name: format!("{} {i}", NAMES[i % 43]),
        value: value(i),
        low: value(i + 1),
        high: value(i + 2),
    };
    let q = |i: usize| Quantiles { p05: value(i), p95: value(i + 1), ..Quantiles::default() };
    let mut maps = map();
    maps.regions[5].polygons[0][0].push((f64::NAN, 1.0));
    maps.regions[6].polygons = vec![vec![], vec![vec![]], vec![vec![(24.0, 57.0)]]];
    vec![
        Box::new(Fan {
            years: (0..200)
                .map(|i| FanYear {
                    year: 1990 + i,
                    claims: q(i as usize % 2),
                    pot: Some(value(i as usize)),
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
        Box::new(RankedBars { rows: (0..200).map(row).collect(), ..ranked_bars() }),
        Box::new(Coverage { rows: (0..61).map(row).collect(), ..coverage() }),
        Box::new(Map { values: (0..43).map(|i| (i.to_string(), value(i))).collect(), ..maps }),
        Box::new(Rollout {
            simulated: (0..30).map(|i| (2022.0 + i as f64, q(i))).collect(),
            planned: (0..30).map(|i| (value(i), value(i + 2))).collect(),
            observed: (0..30)
                .map(|i| Observed {
                    time: 2022.0 + i as f64 / 9.0,
                    date: format!("day {i}"),
                    value: value(i),
                })
                .collect(),
            ..rollout()
        }),
        Box::new(Compare {
            measures: (0..3)
                .map(|m| Measure {
                    name: "own share".to_owned(),
                    unit: Unit::Money("EUR".to_owned()),
                    more_is_better: None,
                    values: (m..m + 5)
                        .map(|i| {
                            Some(Dot { value: value(i), low: value(i + 1), high: value(i + 2) })
                        })
                        .collect(),
                })
                .collect(),
            ..compare()
        }),
        Box::new(Waterfall {
            uses: (0..14).map(|i| (NAMES[i].to_owned(), value(i) % 1e6)).collect(),
            ..waterfall()
        }),
        Box::new(Bridge {
            steps: (0..14)
                .map(|i| BridgeStep {
                    name: NAMES[i].to_owned(),
                    amount: value(i),
                    reverse: value(i + 3),
                })
                .collect(),
            ..bridge()
        }),
        Box::new(Paths {
            names: (0..9).map(|i| format!("{} {i}", NAMES[i])).collect(),
            pots: (0..9).map(value).collect(),
            appropriation: Some(f64::NAN),
            rules: vec![RulePaths {
                name: String::new(),
                awards: (0..9).map(|i| (0..9).map(|j| value(i + j)).collect()).collect(),
            }],
            ..paths(9)
        }),
        Box::new(Drivers {
            rows: (0..40).map(|i| Driver { whole: row(i), alone: Some(value(i + 4)) }).collect(),
            ..drivers()
        }),
        Box::new(Response {
            points: (0..200)
                .map(|i| ResponsePoint {
                    value: value(i) + i as f64,
                    estimate: value(i + 1),
                    interval: (value(i + 2), value(i + 3)),
                })
                .collect(),
            target: -5e5,
            ..response()
        }),
        Box::new(BuildUp {
            steps: (0..60)
                .map(|i| BuildUpStep {
                    name: NAMES[i % 43].to_owned(),
                    amount: value(i),
                    is_total: i % 7 == 6,
                })
                .collect(),
            ..build_up()
        }),
        Box::new(Tornado {
            groups: (0..9)
                .map(|group| TornadoGroup {
                    name: NAMES[group].to_owned(),
                    rows: (0..9)
                        .map(|i| TornadoRow {
                            name: NAMES[i].to_owned(),
                            by: format!("+{i}"),
                            due: (value(i + group), value(i + 1)),
                            granted: (value(i + 2), value(i + 3)),
                        })
                        .collect(),
                })
                .collect(),
            ..tornado()
        }),
        Box::new(Frontier {
            dots: (0..200)
                .map(|i| Alternative {
                    x: value(i),
                    y: value(i + 1),
                    size: value(i + 2),
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
                    mean: value(i),
                    p90: value(i + 1),
                    maximum: value(i + 2),
                    is_best: i % 2 == 0,
                })
                .collect(),
            ..regret()
        }),
        Box::new(Conditions {
            rows: (0..40)
                .map(|i| Condition {
                    name: NAMES[i].to_owned(),
                    of: String::new(),
                    drawn: (value(i), value(i + 1)),
                    inside: (value(i + 2), value(i + 3)),
                    again: i.to_string(),
                })
                .collect(),
            ..conditions()
        }),
    ]
}
