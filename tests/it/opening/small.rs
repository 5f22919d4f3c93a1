//! A small scenario with every section, and its tables.

use dotacija::problem::Problem;
use dotacija::scenario::{Memory, Opened, open_in};

/// Three municipalities, five points, two years, two policies.
pub const SCENARIO: &str = r#"Scenario(
    format: 1,
    title: "Small",
    years: (first: 2022, last: 2024),
    money: (pay_growth: "pay_growth", price_growth: Normal(mean: 0.05, sd: 0.02), vat_rate: 0.2),
    information_date: "2022-02-01",
    municipalities: Table(file: "municipalities.csv", code: "code", name: "name", region: "region", columns: ["population", "region", "kind"]),
    points: Table(file: "points.csv", code: "point", name: "name", municipality: "municipality", tier: "tier", opens: "opens", people: "population", latitude: "north", longitude: "east", columns: ["population", "portal", "tier"]),
    expect: (municipalities: 3, points: 5, population: 38_000),
    observed: [
        (what: "open_points", on: "2023-06-01", value: 4, source: "invented"),
        (what: "load", year: 2022, value: 5_000),
    ],
    inputs: {
        "staff_pay": (value: "pay * 1.25"),
        "need_per_head": (extent: Municipality, common: (nation: 0.4), value: Uniform(min: 0.1, max: 0.3)),
        "overrun": (extent: Point, common: (nation: 0.4, municipality: 0.3), value: Uniform(min: 0.9, max: 1.1)),
        "pay": (value: Triangular(min: 800, mode: 1_000, max: "highest_pay"), unit: "EUR/month"),
        "pay_growth": (time: Yearly(persistence: 0.5), value: Normal(mean: 0.1, sd: 0.03)),
        "fixed": (value: 3),
    },
    levers: {
        "rate_case": (value: 1.5, min: 0, max: 5),
        "highest_pay": (value: 1_200, min: 1_000, max: 2_000),
    },
    network: (
        mode: WhenReady,
        tiers: {
            "local": (institutions: 0, institution_days: 0, basket_share: 0.8, video: true),
            "county": (institutions: 2, institution_days: 5, basket_share: 1, video: true),
        },
        delay_months: Uniform(min: 0, max: 5),
        never: "tier == 'local' and portal > 5",
        acceptable_own_share: 0.6,
    ),
    load: (
        need: "population * need_per_head",
        factors: { "digital": "interpolate(year, [(2022, 1), (2024, 0.8)])" },
        own_offices: { "county": 0.2 },
        distance: (half_km: 10),
        second_level_share: 0.1,
    ),
    staffing: (minimum: { "local": 0.2, "county": 1 }, minutes_per_case: 30, productive_hours: 1_250, utilisation: 0.8, waiting: { "county": (minutes: 15, share: 0.8, opening_hours: 2_000) }),
    costs: [
        (name: "equipment", purpose: Investment, per: Point, tiers: ["local"], amount: "2_000 * overrun", index: Prices(share: 0.5), life_years: 5, vat: Included),
        (name: "pay", purpose: Maintenance, per: FullTimeEquivalent, amount: "12 * staff_pay", index: Pay),
        (name: "rent", purpose: Maintenance, per: Point, amount: Uniform(min: 400, max: 600), index: Mixed(pay: 0.2, prices: 0.8), vat: Added(rate: 0.1)),
    ],
    programmes: {
        "maintenance": (purpose: Maintenance, appropriation: { 2022: 20_000, 2023: "1_000 * rate_case" }, later: Growing(rate: 0.1), top_slice: { "publicity": 1_500 }, unspent: Carries),
        "investment": (purpose: Investment, appropriation: OpenEnded),
    },
    policies: {
        "flat": (
            source: "invented",
            rules: {
                "investment": (entitle: CostShare(share: 0.7, cap: { "local": 7_200 })),
                "maintenance": (entitle: FlatPerPoint(monthly: { "local": 100, "county": 500 }, upkeep: 0.15), limit: CostShare(share: 0.5)),
            },
        ),
        "workload": (
            programmes: { "maintenance": (appropriation: { 2020: 30_000 }), "investment": (unspent: Lapses) },
            rules: {
                "maintenance": (
                    entitle: Worksheet([
                        (line: "availability", is: "100 * months_open_local + 400 * months_open_county", note: "being there"),
                        (line: "activity", is: "rate_case * lag(load, 1) * if(region == 'East', 2, 1)"),
                        (line: "all", is: "availability + activity + point_sum(population) / 1_000"),
                    ]),
                    claims: [(class: 2, line: "activity"), (class: 1, line: "availability")],
                    guarantee: [Floor(amount: 3_000, protected: true), HoldHarmless(share: 0.95), Damping(down: 0.1, up: 0.15, per: Municipality, against: Award), Cap(amount: "all", per: Municipality)],
                    ration: ConstrainedEqualLosses,
                    round: (unit: 1, method: LargestRemainder),
                ),
            },
        ),
    },
    baseline: "flat",
    verdict: (euro: 100),
    outcomes: { "cost_per_case": "maintenance_cost / load", "own_per_head": "own_share / population" },
    run: (draws: 1_000, seed: 7),
    waivers: [
        (warning: "D0704", about: "fixed", reason: "kept to be read"),
        (warning: "D0711", reason: "invented"),
        (warning: "D0717", about: "workload", reason: "only maintenance is compared"),
        (warning: "D0712", reason: "in 2023 the pot is just the top slice: to be read"),
    ],
)
"#;

/// The municipalities, out of order.
pub const MUNICIPALITIES: &str = "\
code,name,region,kind,population,previous_entitlement,previous_award
02,Birze,West,county,9000,4000,3900
01,Alda,East,state_city,23000,9000,8000
03,Ceri,West,county,6000,0,0
";

/// The points, out of order.
pub const POINTS: &str = "\
point,name,municipality,tier,population,opens,portal,north,east
01-1,Alda,01,county,20000,2017-06,1,56.5,26.1
02-1,Birze,02,county,9000,2022-02-01,0,56.6,26.3
01-2,Apsi,01,local,3000,2022-04-15,0,56.7,26.2
03-2,Cielavas,03,local,2000,,0,56.9,26.4
03-1,Ceri,03,county,4000,2023-01,0,56.8,26.5
";

/// Opens the small scenario with changed texts.
pub fn opened(scenario: &str, municipalities: &str, points: &str, settings: &[&str]) -> Opened {
    let files =
        [("small.ron", scenario), ("municipalities.csv", municipalities), ("points.csv", points)];
    let settings: Vec<String> = settings.iter().map(|set| (*set).to_owned()).collect();
    open_in(Memory::new(&files), "small.ron", &settings)
}

/// Opens the small scenario with one text of it replaced by another.
pub fn changed(from: &str, to: &str) -> Opened {
    let places = [SCENARIO, MUNICIPALITIES, POINTS].map(|text| text.matches(from).count());
    assert_eq!(places.iter().sum::<usize>(), 1, "{from} stands once in the small scenario");
    let [scenario, municipalities, points] =
        [SCENARIO, MUNICIPALITIES, POINTS].map(|text| text.replace(from, to));
    opened(&scenario, &municipalities, &points, &[])
}

/// Code, underlined text and message of a problem, with its help.
pub fn told(problem: &Problem, opened: &Opened) -> String {
    let place = problem.at.as_ref().map_or("", |(place, _)| {
        let text = opened.sources.text(&place.file).unwrap_or("");
        text.get(place.start..place.end).unwrap_or("?")
    });
    let help = problem.help.as_ref().map_or(String::new(), |help| format!(" ({help})"));
    format!("{} [{place}] {}{help}", problem.code, problem.message)
}
