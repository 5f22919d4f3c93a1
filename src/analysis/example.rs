//! A small scenario in which nothing is uncertain, so that its figures can be worked by hand.
//!
//! | municipality | region | points |
//! |---|---|---|
//! | 0010 Aknīste | Sēlija | a local one planned for March 2022 |
//! | 0020 Bauska | Zemgale | a county one open since 2020, a local one planned for June 2023 |
//! | 0030 Cēsis | Vidzeme | none |
//!
//! Years 2022 and 2023. A new point costs 1 000, being open 1 200 a year. Investment: 700 per new
//! point from a pot of 500. Maintenance from a pot of 1 500: `today` 100 a month open, `reform`
//! 1 200 to each municipality with an open point.

use super::Findings;
use crate::allocation::rationing::Proportional;
use crate::allocation::rounding::LargestRemainder;
use crate::engine::{Options, Prepared, simulate};
use crate::expression::{Extent, Kind, Names, Resolved, Shape, compile};
use crate::model::{
    Appropriation, Claim, Column, ColumnValues, Common, CostItem, Dependence, Division, Driver,
    Formula, Guarantee, IndexShare, Indices, Input, InputValue, Lever, Line, Mode, Month,
    Municipalities, Nearest, Network, Plan, Points, Policy, Pot, Programme, Purpose, Quantity,
    Ration, Rounding, Rule, Run, Scenario, Table, Threshold, Tier, Time, Unspent, Variable, Vat,
    Years,
};
use crate::random::distribution::Uniform;
use std::cell::RefCell;
use std::sync::Arc;

/// Draws of the example: one short of two blocks, so that a block is not full.
const DRAWS: u64 = 127;

/// The names that the example's formulas use.
struct Known<'a> {
    levers: &'a [Lever],
    variables: RefCell<Vec<Variable>>,
}

impl Names for Known<'_> {
    fn resolve(&self, name: &str) -> Option<Resolved> {
        let municipality = Shape { extent: Extent::Municipality, random: true };
        let lever = self.levers.iter().position(|lever| lever.name == name);
        let (variable, shape) = match (name, lever, Quantity::by_name(name)) {
            ("year", ..) => (Variable::Year, Shape::CONSTANT),
            ("rent", ..) => (Variable::Input(0), Shape { extent: Extent::Point, random: true }),
            (_, Some(lever), _) => (Variable::Lever(lever), Shape::CONSTANT),
            (_, _, Some(quantity)) => {
                (Variable::Quantity { quantity, tier: None, lag: 0 }, municipality)
            }
            _ => return None,
        };
        let mut variables = self.variables.borrow_mut();
        variables.push(variable);
        Some(Resolved { id: variables.len() as u32 - 1, kind: Kind::Number, shape })
    }

    fn resolve_lag(&self, name: &str, _: u32) -> Result<Resolved, String> {
        Err(format!("`{name}` has no past here"))
    }

    fn text_code(&self, _: u32, _: &str) -> Result<f64, Vec<String>> {
        Err(Vec::new())
    }

    fn known(&self) -> Vec<String> {
        Vec::new()
    }
}

fn formula(levers: &[Lever], text: &str) -> Formula {
    let names = Known { levers, variables: RefCell::default() };
    let program = compile(text, &names).unwrap_or_else(|faults| panic!("{text}: {faults:?}"));
    let variables = names.variables.into_inner();
    Formula {
        text: text.to_owned(),
        place: None,
        program,
        variables,
        pieces: Vec::new(),
        outline: None,
        range: (0.0, f64::MAX),
    }
}

/// A formula over the levers of a scenario and the year.
pub fn constant_formula(scenario: &Scenario, text: &str) -> Formula {
    formula(&scenario.levers, text)
}

fn table(file: &str, rows: &[(&str, &str)], columns: &[(&str, &[f64])]) -> Table {
    Table {
        file: file.into(),
        codes: rows.iter().map(|(code, _)| (*code).to_owned()).collect(),
        names: rows.iter().map(|(_, name)| (*name).to_owned()).collect(),
        lines: (0..rows.len() as u32).map(|row| row + 2).collect(),
        year_lines: Vec::new(),
        columns: columns
            .iter()
            .map(|(name, values)| Column {
                name: (*name).to_owned(),
                values: ColumnValues::Numbers(values.to_vec()),
                gaps: false,
            })
            .collect(),
        streams: Vec::new(),
    }
}

fn municipalities() -> Municipalities {
    let columns: [(&str, &[f64]); 2] =
        [("population", &[1_000.0, 2_000.0, 3_000.0]), ("density", &[4.0, 5.0, 6.0])];
    let rows = [("0010", "Aknīste"), ("0020", "Bauska"), ("0030", "Cēsis")];
    Municipalities {
        table: table("municipalities.csv", &rows, &columns),
        region: vec![0, 2, 1],
        regions: ["Sēlija", "Vidzeme", "Zemgale"].map(str::to_owned).to_vec(),
        previous_award: None,
        previous_entitlement: None,
        shapes: None,
        changes: Vec::new(),
    }
}

fn points() -> Points {
    let rows = [("p1", "Aknīste"), ("p2", "Bauska"), ("p3", "Mežotne")];
    Points {
        table: table("points.csv", &rows, &[]),
        municipality: vec![0, 1, 1],
        tier: vec![0, 1, 0],
        opened: vec![None, Some(Month::new(2020, 1)), None],
        planned: vec![Some(Month::new(2022, 3)), None, Some(Month::new(2023, 6))],
        position: None,
        people: None,
        centre: Vec::new(),
        nearest: Nearest::default(),
    }
}

fn network() -> Network {
    let tier = |name: &str| Tier {
        name: name.to_owned(),
        institutions: 0,
        institution_days: 0.0,
        basket_share: formula(&[], "1"),
        video: false,
    };
    Network {
        mode: Mode::WhenReady,
        tiers: vec![tier("local"), tier("county")],
        delay_months: formula(&[], "0"),
        never: None,
        building_months: formula(&[], "0"),
        award_month: 4,
        acceptable_own_share: None,
        patience_years: 2,
    }
}

fn cost(name: &str, purpose: Purpose, amount: &str) -> CostItem {
    CostItem {
        name: name.to_owned(),
        purpose,
        per: Driver::Point,
        tiers: vec![true, true],
        amount: formula(&[], amount),
        index: IndexShare::default(),
        life_years: None,
        vat: Vat::Exempt,
    }
}

fn rule(text: &str) -> Rule {
    Rule {
        lines: vec![Line {
            name: "due".to_owned(),
            formula: formula(&[], text),
            note: String::new(),
        }],
        claims: vec![Claim { class: 1, line: 0 }],
        limit: None,
        may_exceed_cost: true,
        guarantees: Vec::new(),
        pools: None,
        ration: Ration::Rule(Division::by(&Proportional)),
        rounding: Rounding { unit: 1, method: &LargestRemainder, least: 0 },
    }
}

fn pot(euro: &str) -> Pot {
    Pot {
        appropriation: Appropriation::Yearly(vec![formula(&[], euro), formula(&[], euro)]),
        top_slice: Vec::new(),
        unspent: Unspent::Lapses,
    }
}

fn policy(name: &str, maintenance: &str) -> Policy {
    Policy {
        name: name.to_owned(),
        source: String::new(),
        rules: vec![Some(rule("700 * new_points")), Some(rule(maintenance))],
        pots: vec![pot("500"), pot("1500")],
        place: None,
    }
}

/// The scenario of this file's table.
pub fn example() -> Scenario {
    let programme =
        |name: &str, purpose, euro| Programme { name: name.to_owned(), purpose, pot: pot(euro) };
    Scenario {
        name: "example".to_owned(),
        title: "Three municipalities".to_owned(),
        years: Years { first: 2022, last: 2023 },
        currency: "EUR".to_owned(),
        price_year: 2022,
        information_date: None,
        municipalities: municipalities(),
        points: points(),
        inputs: Vec::new(),
        dependence: Dependence::default(),
        levers: vec![Lever {
            name: "base_rate".to_owned(),
            value: 3.0,
            range: (0.0, 10.0),
            unit: String::new(),
            place: None,
        }],
        indices: Indices::default(),
        network: Some(network()),
        load: None,
        staffing: None,
        costs: vec![
            cost("equipment", Purpose::Investment, "1000"),
            cost("rent", Purpose::Maintenance, "1200"),
        ],
        programmes: vec![
            programme("investment", Purpose::Investment, "500"),
            programme("maintenance", Purpose::Maintenance, "1500"),
        ],
        policies: vec![
            policy("today", "100 * months_open"),
            policy("reform", "if(open_points > 0, 1200, 0)"),
        ],
        baseline: 0,
        outcomes: Vec::new(),
        observed: Vec::new(),
        threshold: Threshold { euro: 100.0, percent: 5.0 },
        run: Run { draws: DRAWS, seed: 1, plan: Plan::Random, precision: None, quantiles_of: None },
        waivers: Vec::new(),
        noted: Vec::new(),
    }
}

/// The same with a protected floor under maintenance, so that every table of a run has rows.
pub fn guarded() -> Scenario {
    let mut scenario = example();
    let lower = Some(constant_formula(&scenario, "400"));
    let guarantee = Guarantee { name: "Floor".to_owned(), lower, upper: None, protected: true };
    if let Some(rule) = &mut scenario.policies[0].rules[1] {
        rule.guarantees.push(guarantee);
    }
    scenario
}

/// The same with a rent between 1 000 and 1 400 at each point, of which this share is common.
pub fn example_with_rent(common: Common) -> Scenario {
    let mut scenario = example();
    let rent = Uniform::new(1_000.0, 1_400.0).unwrap_or_else(|fault| panic!("{fault:?}"));
    scenario.inputs.push(Input {
        name: "rent".to_owned(),
        extent: Extent::Point,
        time: Time::Once,
        common,
        value: InputValue::Drawn(Arc::new(rent)),
        recipe: None,
        text: "Uniform(min: 1_000, max: 1_400)".to_owned(),
        unit: "EUR/year".to_owned(),
        source: String::new(),
        place: None,
    });
    scenario.costs[1].amount = formula(&[], "rent");
    scenario
}

/// What a run of a scenario finds.
pub fn findings(scenario: &Scenario) -> Findings {
    let prepared = Prepared::new(scenario);
    let options = Options { threads: 1, ..Options::default() };
    let tally = simulate(&prepared, &options).unwrap_or_else(|failure| panic!("{failure:?}"));
    Findings::new(&prepared, &tally)
}
