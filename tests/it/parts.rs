//! Every part of the national scenario has an effect: changing it moves a figure in the tables of
//! awards, the budget or the network.

use crate::support::in_repository;
use dotacija::analysis::Findings;
use dotacija::engine::{Options, Prepared, simulate};
use dotacija::report::{awards, budget, network};

/// A part of the domain, and a setting that changes it.
const PARTS: &[(&str, &str)] = &[
    (
        "the days on which institutions sit in a regional centre",
        "network.tiers.regional.institution_days=5",
    ),
    ("how many institutions a tier promises", "network.tiers.regional.institutions=1"),
    ("the libraries' narrower basket", "inputs.library_basket.value=Fixed(value: 0.3)"),
    ("the institutions' own offices", "inputs.offices_regional.value=Fixed(value: 0.95)"),
    ("the closing of those offices", "inputs.offices_left.value=Fixed(value: 0.05)"),
    ("the growing basket", "inputs.services_reached.value=Fixed(value: 1)"),
    ("digital skills that take work away", "inputs.digital_force.value=Fixed(value: -0.2)"),
    ("digital services that bring work", "inputs.digital_force.value=Fixed(value: 0.2)"),
    ("the regional use of the internet", "inputs.digital_exponent.value=Fixed(value: 1)"),
    ("the helpdesk", "inputs.helpdesk_take.value=Fixed(value: 0.9)"),
    ("video consultation", "inputs.video_share.value=Fixed(value: 0.95)"),
    ("the video link of the smallest points", "network.tiers.local.video=false"),
    ("the second level of work", "inputs.second_level_share.value=Fixed(value: 0.6)"),
    ("portal support", "inputs.portal_posts.value=Fixed(value: 5)"),
    ("training", "inputs.training_first.value=Fixed(value: 9_000)"),
    ("value added tax", "costs.ict_county.vat=Added"),
    ("publicity off the top", "programmes.maintenance.top_slice.publicity=110_000"),
    ("the system off the top", "programmes.maintenance.top_slice.system=165_000"),
    ("renewals", "costs.ict_county.life_years=2"),
    ("distance", "inputs.half_distance.value=Fixed(value: 2)"),
    ("the trend of inhabitants", "inputs.trend_parish.value=Fixed(value: -0.2)"),
    ("regional pay", "inputs.latgale_pay.value=Fixed(value: 0.5)"),
    ("the growth of pay", "inputs.pay_drift.value=Fixed(value: 0.3)"),
    ("the growth of prices", "inputs.price_surprise.value=Fixed(value: 0.3)"),
    ("waiting at the largest points", "staffing.waiting.national.minutes=1"),
    ("the least presence", "inputs.posts_county.value=Fixed(value: 3)"),
    ("minutes per case", "inputs.minutes_application.value=Fixed(value: 200)"),
    ("delay", "inputs.readiness.value=Fixed(value: 1)"),
    ("points that never open", "inputs.never_opens.value=Bernoulli(probability: 0.9)"),
    ("unspent money", "programmes.maintenance.unspent=Carries"),
];

/// Parts that matter only where points wait for money.
const FUNDED: &[(&str, &str)] = &[
    ("building", "inputs.building_months.value=Fixed(value: 20)"),
    ("the month of the award", "network.award_month=11"),
    (
        "the own share that a municipality accepts",
        "inputs.acceptable_own_share.value=Fixed(value: 0.05)",
    ),
    ("the patience of those who carry too much", "network.patience_years=1"),
    ("the money for investment", "programmes.investment.appropriation.2022=50_000"),
];

/// Tables of awards, budget and network of 64 futures.
fn tables(settings: &[&str]) -> [Vec<u8>; 3] {
    let path = in_repository("scenarios/latvia/network-592.ron");
    let mut all = vec!["run.draws=64".to_owned()];
    all.extend(settings.iter().map(|setting| (*setting).to_owned()));
    let opened = dotacija::scenario::open(&path, &all);
    let scenario =
        opened.scenario.unwrap_or_else(|| panic!("{settings:?}: {:#?}", opened.problems));
    let prepared = Prepared::new(&scenario);
    let tally = simulate(&prepared, &Options::default()).unwrap();
    let findings = Findings::new(&prepared, &tally);
    [awards(&findings), budget(&findings), network(&findings)]
}

fn without_effect(parts: &[(&str, &str)], mode: &str) -> Vec<String> {
    let before = tables(&[mode]);
    let dead = parts.iter().filter(|(_, setting)| tables(&[mode, setting]) == before);
    dead.map(|(part, setting)| format!("{part}: {setting}")).collect()
}

#[test]
fn every_part_of_the_world_and_the_budget_moves_a_figure() {
    let dead = without_effect(PARTS, "network.mode=WhenReady");
    assert!(dead.is_empty(), "without effect: {dead:#?}");
}

#[test]
fn every_part_of_the_queue_for_money_moves_a_figure() {
    let dead = without_effect(FUNDED, "network.mode=WhenFunded");
    assert!(dead.is_empty(), "without effect: {dead:#?}");
}
