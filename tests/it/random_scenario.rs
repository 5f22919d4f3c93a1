//! Small random scenarios as text, for properties that must hold in every draw of any of them.

use dotacija::model::Scenario;
use dotacija::scenario::{Memory, Opened, open_in};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

/// A scenario as files in memory: name and text.
#[derive(Clone, Debug)]
pub struct Files(pub Vec<(String, String)>);

impl Files {
    /// As the door's in-memory folder takes them.
    pub fn borrowed(&self) -> Vec<(&str, &str)> {
        self.0.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
    }

    /// What the door makes of them.
    pub fn opened(&self) -> Opened {
        open_in(Memory::new(&self.borrowed()), "random.ron", &[])
    }

    /// Their scenario.
    pub fn scenario(&self) -> Scenario {
        let opened = self.opened();
        opened.scenario.unwrap_or_else(|| panic!("{:#?}\n{}", opened.problems, self.0[0].1))
    }
}

/// Tries so many cases, other ones each time.
pub fn runner(cases: u32) -> TestRunner {
    TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() })
}

/// What varies.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools)] // independent choices, each drawn by itself
pub struct Recipe {
    points_of: Vec<usize>,
    people: Vec<u32>,
    pots: [u32; 2],
    ration: usize,
    guarantee: usize,
    unspent: usize,
    unit: usize,
    classes: bool,
    may_exceed: bool,
    funded: bool,
    limit: bool,
}

const RATIONS: [&str; 8] = [
    "Proportional",
    "ConstrainedEqualAwards",
    "ConstrainedEqualLosses",
    "RankedCompetition(score: \"population\")",
    "Talmud",
    "RandomArrival",
    "DominguezThomson",
    "ConstrainedEqualLosses(weight: \"1 + population\")",
];
const UNSPENT: [&str; 3] = ["Lapses", "Carries", "Reoffered"];
/// Units of awards, in cents.
const UNITS: [u32; 3] = [1, 100, 10_000];
/// How many kinds of guarantee there are.
const GUARANTEES: usize = 5;

/// A guarantee of one of these kinds, of amounts that are so many times as high.
fn guarantee(kind: usize, times: u32) -> String {
    let amount = |euros: u32| euros * times;
    match kind {
        1 => format!("guarantee: [Floor(amount: {}, per: Point, protected: true)],", amount(700)),
        2 => format!(
            "guarantee: [Floor(amount: {}), Cap(amount: {}, per: Municipality)],",
            amount(300),
            amount(5_000)
        ),
        3 => "guarantee: [HoldHarmless(share: 0.95, per: Point)],".to_owned(),
        4 => "guarantee: [Damping(down: 0.1, up: 0.15, per: Municipality)],".to_owned(),
        _ => String::new(),
    }
}

/// Any small scenario.
pub fn any_scenario() -> impl Strategy<Value = Files> {
    any_recipe().prop_map(|recipe| recipe.written(1))
}

/// The recipe of any small scenario. Pots are 0, short, or above all claims, each often enough to matter.
pub fn any_recipe() -> impl Strategy<Value = Recipe> {
    let pot = prop_oneof![Just(0_u32), 100_u32..20_000, 1_000_000_u32..9_000_000];
    (
        prop::collection::vec(0_usize..4, 1..6),
        prop::collection::vec(50_u32..5_000, 20),
        [pot.clone(), pot],
        (0..RATIONS.len(), 0..GUARANTEES, 0..UNSPENT.len(), 0..UNITS.len()),
        (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>()),
    )
        .prop_map(|(points_of, people, pots, (ration, guarantee, unspent, unit), flags)| {
            let (classes, may_exceed, funded, limit) = flags;
            // A competition funds whole points: nothing of it can be protected.
            let guarantee = if ration == 3 && guarantee == 1 { 2 } else { guarantee };
            Recipe {
                points_of,
                people,
                pots,
                ration,
                guarantee,
                unspent,
                unit,
                classes,
                may_exceed,
                funded,
                limit,
            }
        })
}

impl Recipe {
    /// Whether whole points are funded or not, or open or not by what is paid: a cent may decide of thousands.
    pub fn hangs_on_a_cent(&self) -> bool {
        self.funded || RATIONS[self.ration].starts_with("RankedCompetition")
    }

    /// Its unit of awards, in cents.
    pub fn unit(&self) -> u32 {
        UNITS[self.unit]
    }

    /// The scenario with so many times as much money, in units that are so many times as large.
    pub fn written(&self, times: u32) -> Files {
        write(self, times)
    }
}

/// The tables of municipalities and of points.
fn tables(recipe: &Recipe, times: u32) -> (String, String) {
    let euros = |count: usize, amount: u64| count as u64 * amount * u64::from(times);
    let mut municipalities =
        "code,name,population,previous_entitlement,previous_award\n".to_owned();
    let mut points = "point,municipality,tier,opens,people\n".to_owned();
    let mut number = 0;
    for (municipality, &count) in recipe.points_of.iter().enumerate() {
        // At least one point, so that there is something to divide.
        let count = if municipality == 0 { count.max(1) } else { count };
        let population = recipe.people[municipality] * 3;
        municipalities.push_str(&format!(
            "M{municipality},Town {municipality},{population},{},{}\n",
            euros(count, 2_000),
            euros(count, 1_500)
        ));
        for place in 0..count {
            let tier = if place == 0 { "large" } else { "small" };
            let opens = ["2020-05", "2022-03", "2023-08"][(number + municipality) % 3];
            let people = recipe.people[number % recipe.people.len()];
            points.push_str(&format!("P{number:03},M{municipality},{tier},{opens},{people}\n"));
            number += 1;
        }
    }
    (municipalities, points)
}

fn write(recipe: &Recipe, times: u32) -> Files {
    let euros = |amount: u32| u64::from(amount) * u64::from(times);
    let (municipalities, points) = tables(recipe, times);
    let Recipe { pots, classes, may_exceed, .. } = recipe;
    let claims = if *classes {
        "claims: [(class: 1, line: \"presence\"), (class: 2, line: \"activity\")],"
    } else {
        ""
    };
    let limit = if recipe.limit { "limit: CostShare(share: 0.8)," } else { "" };
    let mode = if recipe.funded { "WhenFunded" } else { "WhenReady" };
    let text = format!(
        r#"Scenario(
    format: 1,
    title: "Random",
    years: (first: 2022, last: 2024),
    money: (currency: "EUR", price_year: 2022, pay_growth: "growth"),
    information_date: "2022-01-01",
    municipalities: Table(file: "municipalities.csv", code: "code", name: "name", columns: ["population"]),
    points: Table(file: "points.csv", code: "point", municipality: "municipality", tier: "tier", opens: "opens", people: "people", columns: ["people"]),
    inputs: {{
        "growth": (time: Yearly(persistence: 0.3), value: Normal(mean: 0.05, sd: 0.02)),
        "need": (extent: Municipality, common: (nation: 0.4), value: Uniform(min: 0.1, max: 0.6)),
        "delay": (extent: Point, common: (nation: 0.2, municipality: 0.3), value: Uniform(min: 0, max: 20)),
    }},
    network: (
        mode: {mode},
        tiers: {{
            "small": (institutions: 0, institution_days: 0, basket_share: 0.6, video: true),
            "large": (institutions: 3, institution_days: 5, basket_share: 1, video: true),
        }},
        delay_months: "delay", building_months: 3, acceptable_own_share: 0.7,
    ),
    load: (need: "people * need", second_level_share: 0.1, video_share: 0.5),
    staffing: (minimum: {{"small": 0.2, "large": 1}}, minutes_per_case: 20, productive_hours: 1500),
    costs: [
        (name: "equipment", purpose: Investment, per: Point, amount: {equipment}, life_years: 2),
        (name: "pay", purpose: Maintenance, per: FullTimeEquivalent, amount: {pay}, index: Pay),
    ],
    programmes: {{
        "investment": (purpose: Investment, appropriation: {{2022: {investment}}}, top_slice: {{"publicity": {publicity}}}),
        "maintenance": (purpose: Maintenance, appropriation: {{2022: {maintenance}}}, unspent: {unspent}),
    }},
    policies: {{
        "base": (rules: {{
            "investment": (entitle: CostShare(share: 0.7, cap: {{"small": {cap}}})),
            "maintenance": (entitle: FlatPerPoint(monthly: {{"small": {small}, "large": {large}}}, upkeep: 0.15)),
        }}),
        "tried": (rules: {{
            "investment": (entitle: CostShare(share: 0.9), ration: ConstrainedEqualAwards),
            "maintenance": (
                entitle: Worksheet([
                    (line: "presence", is: "{presence} * open_points"),
                    (line: "activity", is: "{case} * lag(load, 1) + share(population) * {presence}"),
                    (line: "due", is: "presence + activity"),
                ]),
                {claims}
                {limit}
                may_exceed_cost: {may_exceed},
                {guarantee}
                ration: {ration},
                round: (unit: {unit}),
            ),
        }}),
    }},
    run: (draws: 70, seed: 7),
)
"#,
        investment = euros(pots[0]),
        maintenance = euros(pots[1]),
        equipment = euros(4_000),
        pay = euros(14_000),
        publicity = euros(50),
        cap = euros(2_000),
        small = euros(100),
        large = euros(500),
        presence = euros(1_000),
        case = euros(4),
        unspent = UNSPENT[recipe.unspent],
        guarantee = guarantee(recipe.guarantee, times),
        ration = RATIONS[recipe.ration],
        unit = f64::from(UNITS[recipe.unit]) * f64::from(times) / 100.0,
    );
    Files(vec![
        ("random.ron".to_owned(), text),
        ("municipalities.csv".to_owned(), municipalities),
        ("points.csv".to_owned(), points),
    ])
}
