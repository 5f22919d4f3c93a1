//! A scenario of any size: municipalities on a grid, points scattered around their centres.

use crate::random::{Generator, stream};
use rand::{RngExt, seq::SliceRandom};
use std::fmt::Write;

/// The seed of every synthetic scenario: the same size gives the same bytes.
const SEED: u64 = 592;

/// The files of a scenario with so many municipalities and points.
pub fn files(municipalities: u32, points: u32) -> Vec<(String, Vec<u8>)> {
    let mut chance = Generator::new(SEED, stream("synthetic", "", None));
    let per_row = f64::from(municipalities).sqrt().ceil().max(1.0) as u32;
    let mut municipality_table =
        String::from("code,name,region,population,density,latitude,longitude\n");
    let mut point_table =
        String::from("point,municipality,tier,opens,population,latitude,longitude\n");
    // How many points each municipality has: one each, the others at random.
    let mut owners: Vec<u32> = (0..points).map(|point| point % municipalities).collect();
    owners[municipalities as usize..].shuffle(&mut chance);
    owners.sort_unstable();
    let mut point = 0;
    // A grid that stays on the globe, however large.
    let (north, east) =
        ((30.0 / f64::from(per_row)).min(0.3), (100.0 / f64::from(per_row)).min(0.5));
    for municipality in 0..municipalities {
        let (row, column) = (municipality / per_row, municipality % per_row);
        let centre = (45.0 + f64::from(row) * north, f64::from(column) * east);
        let own =
            owners.iter().skip(point as usize).take_while(|&&owner| owner == municipality).count();
        let mut population = 0;
        for place in 0..own {
            let tier = if place == 0 { "centre" } else { "local" };
            let people: u32 = if place == 0 {
                chance.random_range(2_000..40_000)
            } else {
                chance.random_range(200..3_000)
            };
            population += people;
            let latitude =
                centre.0 + if place == 0 { 0.0 } else { chance.random_range(-0.45..0.45) * north };
            let longitude =
                centre.1 + if place == 0 { 0.0 } else { chance.random_range(-0.45..0.45) * east };
            let opens = if place == 0 {
                "2021-06".to_owned()
            } else {
                format!("{}-{:02}", chance.random_range(2022..=2024), chance.random_range(1..=12))
            };
            // Writing into a string cannot fail.
            let _ = writeln!(
                point_table,
                "P{point:07},M{municipality:06},{tier},{opens},{people},{latitude:.5},{longitude:.5}"
            );
            point += 1;
        }
        let density = f64::from(population) / 900.0;
        let _ = writeln!(
            municipality_table,
            "M{municipality:06},Municipality {municipality},Region {},{population},{density:.2},{:.5},{:.5}",
            municipality % 7,
            centre.0,
            centre.1
        );
    }
    vec![
        ("synthetic.ron".to_owned(), scenario(municipalities, points).into_bytes()),
        ("municipalities.csv".to_owned(), municipality_table.into_bytes()),
        ("points.csv".to_owned(), point_table.into_bytes()),
    ]
}

fn scenario(municipalities: u32, points: u32) -> String {
    let pot = u64::from(points) * 1_500;
    format!(
        r#"Scenario(
    format: 1,
    title: "Synthetic: {municipalities} municipalities, {points} points",
    years: (first: 2022, last: 2026),
    money: (currency: "EUR", price_year: 2022, pay_growth: "pay_growth"),
    municipalities: Table(file: "municipalities.csv", code: "code", name: "name", region: "region", columns: ["population", "density"]),
    points: Table(file: "points.csv", code: "point", municipality: "municipality", tier: "tier", opens: "opens", people: "population", latitude: "latitude", longitude: "longitude", columns: ["population"]),
    expect: (municipalities: {municipalities}, points: {points}),
    inputs: {{
        "pay": (value: Normal(mean: 1100, sd: 100), unit: "EUR/month", source: "synthetic"),
        "pay_growth": (time: Yearly(persistence: 0.5), value: Normal(mean: 0.05, sd: 0.02), unit: "1/year", source: "synthetic"),
        "need": (extent: Municipality, common: (nation: 0.4), value: LogNormal(p10: 0.12, p90: 0.33), unit: "cases/head", source: "synthetic"),
        "delay": (extent: Municipality, common: (nation: 0.3), value: LogNormal(p10: 4, p90: 30), unit: "months", source: "synthetic"),
    }},
    network: (
        mode: WhenReady,
        tiers: {{
            "local": (institutions: 0, institution_days: 0, basket_share: 0.7, video: true),
            "centre": (institutions: 3, institution_days: 5, basket_share: 1, video: true),
        }},
        delay_months: "delay",
    ),
    load: (need: "population * need", distance: (half_km: 10, floor: 0.1, detour: 1.3), second_level_share: 0.1, video_share: 0.3),
    staffing: (minimum: {{"local": 0.25, "centre": 1}}, minutes_per_case: 22, productive_hours: 1550, utilisation: 0.8),
    costs: [
        (name: "equipment", purpose: Investment, per: Point, amount: 4500, life_years: 5),
        (name: "pay", purpose: Maintenance, per: FullTimeEquivalent, amount: "12 * pay * 1.2359", index: Pay),
        (name: "upkeep", purpose: Maintenance, per: Point, amount: 1000),
    ],
    programmes: {{
        "investment": (purpose: Investment, appropriation: {{2022: {pot}}}, later: Same),
        "maintenance": (purpose: Maintenance, appropriation: {{2022: {pot}}}, later: Same),
    }},
    policies: {{
        "flat": (rules: {{
            "investment": (entitle: CostShare(share: 0.7, cap: {{"local": 5_000}}), ration: Proportional),
            "maintenance": (entitle: FlatPerPoint(monthly: {{"local": 250, "centre": 1_000}}), ration: Proportional),
        }}),
        "by load": (rules: {{
            "investment": (entitle: CostShare(share: 0.7), ration: ConstrainedEqualAwards),
            "maintenance": (entitle: Worksheet([(line: "due", is: "1_500 * open_points + 3 * lag(load, 1)")]), ration: ConstrainedEqualLosses),
        }}),
    }},
    run: (draws: 1_000, seed: 1),
    waivers: [(warning: "D0711", reason: "synthetic: nothing here has a source")],
)
"#
    )
}
