//! What municipalities expect of a year under `WhenFunded`, worked by hand.

use dotacija::engine::{Prepared, Sink, YearOfBlock, replay};
use dotacija::model::Quantity;
use dotacija::scenario::Memory;

/// Alda has one planned point, Birze one that is open and one that is planned; both planned ones are
/// ready in 2022. A new point costs 4,000, a year of any point 1,000; the state pays half of the former
/// and 900 of the latter, whatever that comes to.
fn scenario(maintenance: &str, acceptable: f64) -> String {
    format!(
        r#"Scenario(
    format: 1,
    title: "Outlook",
    years: (first: 2022, last: 2023),
    money: (currency: "EUR", price_year: 2022),
    information_date: "2021-12-01",
    municipalities: Table(file: "municipalities.csv", code: "code", name: "name"),
    points: Table(file: "points.csv", code: "point", municipality: "municipality", tier: "tier", opens: "opens", people: "people"),
    network: (
        mode: WhenFunded,
        tiers: {{ "local": (institutions: 0, institution_days: 0, basket_share: 1, video: true) }},
        delay_months: 0, building_months: 2, award_month: 3, acceptable_own_share: {acceptable},
    ),
    costs: [
        (name: "equipment", purpose: Investment, per: Point, amount: 4_000, life_years: 10, vat: Exempt),
        (name: "upkeep", purpose: Maintenance, per: Point, amount: 1_000, vat: Exempt),
    ],
    programmes: {{
        "investment": (purpose: Investment, appropriation: OpenEnded),
        "maintenance": (purpose: Maintenance, appropriation: OpenEnded),
    }},
    policies: {{
        "draft": (rules: {{
            "investment": (entitle: CostShare(share: 0.5)),
            "maintenance": (entitle: Amount("{maintenance}")),
        }}),
    }},
    run: (draws: 64, seed: 1),
)
"#
    )
}

/// The points open in Alda and in Birze in 2023.
#[derive(Default)]
struct Open([f64; 2]);

impl Sink for Open {
    fn year(&mut self, at: &YearOfBlock<'_>) {
        if at.year == 1 {
            self.0 = [0, 1].map(|row| at.paths[0].quantities.of(Quantity::OpenPoints, row)[0]);
        }
    }

    fn block_ends(&mut self, _: &Prepared<'_>, _: usize) {}
}

fn open_in_2023(maintenance: &str, acceptable: f64) -> [f64; 2] {
    let text = scenario(maintenance, acceptable);
    let files = [
        ("case.ron", text.as_str()),
        ("municipalities.csv", "code,name\nA,Alda\nB,Birze\n"),
        (
            "points.csv",
            "point,municipality,tier,opens,people\nA1,A,local,2022-01,900\n\
             B1,B,local,2018-05,800\nB2,B,local,2022-01,700\n",
        ),
    ];
    let opened = dotacija::scenario::open_in(Memory::new(&files), "case.ron", &[]);
    let scenario = opened.scenario.unwrap_or_else(|| panic!("{:#?}", opened.problems));
    let mut open = Open::default();
    replay(&Prepared::new(&scenario), 0..1, &mut open).expect("no formula fails");
    open.0
}

#[test]
fn an_outlook_counts_the_points_that_would_open() {
    // In the outlook all points are open all year and the planned ones are bought, so that the own share
    // to be expected is
    //   Alda    1 − (2,000 +   900) / (4,000 + 1,000) = 0.42
    //   Birze   1 − (2,000 + 1,800) / (4,000 + 2,000) = 0.3667
    // Who does not find that too much joins, is funded in March of 2022, and has its point from June on.
    // Nobody leaves for what 2022 costs it, with 7 months of 12: Alda bears 1 − 2,525 / 4,583.33 = 0.449
    // of at most 0.5, Birze 1 − 3,425 / 5,583.33 = 0.387 of at most 0.41 or, without its new point, 0.1.
    // If only the points were counted that are funded already, the maintenance would be 0 and 900, and
    // the shares 1 − 2,000 / 5,000 = 0.6 and 1 − 2,900 / 6,000 = 0.5167: nobody would join at 0.5.
    let cases = [(0.5, [1.0, 2.0]), (0.41, [0.0, 2.0]), (0.36, [0.0, 1.0])];
    for rule in ["900 * open_points", "900 * open_points_local", "75 * months_open"] {
        for (acceptable, expected) in cases {
            assert_eq!(open_in_2023(rule, acceptable), expected, "{rule}, {acceptable}");
        }
    }
}
