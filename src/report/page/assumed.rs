//! What is assumed: inputs, levers, the world, costs, and the rules of each policy.

use super::grid::{Cell, Grid};
use crate::analysis::Findings;
use crate::analysis::shown::{AssumedInput, assumed_inputs};
use crate::model::{
    CostItem, Driver, Formula, Mode, Purpose, Ration, Rule, Scenario, Unspent, Vat,
};
use crate::report::wording::{capitalised, number};
use serde::Serialize;

/// The rule of one programme.
#[derive(Clone, Debug, Serialize)]
pub struct RuleView {
    /// The programme.
    pub programme: String,
    /// The worksheet, line by line.
    pub lines: Grid,
    /// Everything else about it: a word and a text each.
    pub facts: Vec<(String, String)>,
}

/// Every input with its range and source.
pub fn inputs(scenario: &Scenario) -> Option<Grid> {
    let mut grid = Grid::new(
        "Inputs: the values below which 5, 50 and 95 % of the assumed distribution lie",
        &["Input", "#5 %", "#Median", "#95 %", "Unit", "Drawn", "Source"],
    );
    for row in assumed_inputs(scenario) {
        let name = Cell::with(
            &*row.name,
            row.formula.clone().or(row.distribution.clone()).unwrap_or_default(),
        );
        let figures = match row.quantiles {
            Some(quantiles) => quantiles.map(|value| Cell::new(figure(value))).to_vec(),
            None => vec![Cell::new("–"), Cell::new("computed"), Cell::new("–")],
        };
        let drawn = drawn(&row);
        let end = [Cell::new(row.unit), drawn, Cell::new(row.source)];
        grid.push(std::iter::once(name).chain(figures).chain(end).collect());
    }
    (!grid.rows.is_empty()).then_some(grid)
}

/// Which inputs move together.
pub fn correlations(scenario: &Scenario) -> Option<Grid> {
    let mut grid = Grid::new(
        "Correlations: inputs that move together; all others are independent of each other",
        &["Input", "And", "#Rank correlation", "Source"],
    );
    for correlation in &scenario.dependence.correlations {
        let [one, other] = correlation.of.map(|input| {
            Cell::new(scenario.inputs.get(input).map_or("", |input| input.name.as_str()))
        });
        let rank = Cell::new(figure(correlation.rank));
        grid.push(vec![one, other, rank, Cell::new(&*correlation.source)]);
    }
    (!grid.rows.is_empty()).then_some(grid)
}

fn drawn(row: &AssumedInput) -> Cell {
    if row.quantiles.is_none() {
        return Cell::default();
    }
    let share = |share: f64| number(100.0 * share, 0);
    let common = row.common.map_or_else(String::new, |(nation, municipality)| {
        let within = if municipality > 0.0 {
            format!(", {} % to its municipality", share(municipality))
        } else {
            String::new()
        };
        format!("{} % of the variance common to the nation{within}", share(nation))
    });
    let each = if row.extent == "nation" {
        "for the nation".to_owned()
    } else {
        format!("per {}", row.extent)
    };
    Cell::with(format!("{each}, {}", row.time), common)
}

/// A figure with three significant digits or all its whole ones.
fn figure(value: f64) -> String {
    let decimals = match value.abs() {
        size if size >= 99.95 || size == 0.0 => 0,
        size if size >= 9.995 => 1,
        size if size >= 0.9995 => 2,
        size if size >= 0.09995 => 3,
        _ => 4,
    };
    let text = number(value, decimals);
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// The numbers that the grantor can turn.
pub fn levers(scenario: &Scenario) -> Option<Grid> {
    let mut grid = Grid::new(
        "Levers: what the grantor can turn",
        &["Lever", "#Value", "#From", "#To", "Unit"],
    );
    for lever in &scenario.levers {
        let figures =
            [lever.value, lever.range.0, lever.range.1].map(|value| Cell::new(figure(value)));
        let name = Cell::new(&*lever.name);
        grid.push(std::iter::once(name).chain(figures).chain([Cell::new(&*lever.unit)]).collect());
    }
    (!grid.rows.is_empty()).then_some(grid)
}

/// What is paid for.
pub fn costs(scenario: &Scenario) -> Option<Grid> {
    let heads = ["Item", "Pays for", "Per", "Amount", "Follows", "VAT", "Tiers"];
    let caption = format!("Cost items, {} at prices of {}", scenario.currency, scenario.price_year);
    let mut grid = Grid::new(caption, &heads);
    for item in &scenario.costs {
        let named = scenario.tiers().iter().zip(&item.tiers).filter(|(_, has)| **has);
        let tiers: Vec<&str> = named.map(|(tier, _)| tier.name.as_str()).collect();
        let tiers =
            if tiers.len() == scenario.tiers().len() { "all".to_owned() } else { tiers.join(", ") };
        grid.push(vec![
            Cell::new(&*item.name),
            Cell::new(purpose(item.purpose)),
            Cell::with(
                per(item),
                item.life_years
                    .map_or_else(String::new, |years| format!("again after {years} years")),
            ),
            Cell::new(&*item.amount.text),
            Cell::new(index(item)),
            Cell::new(vat(item.vat)),
            Cell::new(tiers),
        ]);
    }
    (!grid.rows.is_empty()).then_some(grid)
}

fn purpose(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Investment => "investment",
        Purpose::Maintenance => "maintenance",
    }
}

fn per(item: &CostItem) -> &'static str {
    match (item.per, item.purpose) {
        (Driver::Point, Purpose::Investment) => "new point",
        (Driver::Point, Purpose::Maintenance) => "point and year",
        (Driver::FullTimeEquivalent, _) => "full-time post and year",
        (Driver::Case, _) => "case",
    }
}

fn index(item: &CostItem) -> String {
    let part = |share: f64, name: &str| match share {
        0.0 => None,
        1.0 => Some(name.to_owned()),
        share => Some(format!("{} % of {name}", number(100.0 * share, 0))),
    };
    let parts: Vec<String> = [part(item.index.pay, "pay"), part(item.index.price, "prices")]
        .into_iter()
        .flatten()
        .collect();
    if parts.is_empty() { "nothing".to_owned() } else { parts.join(" and ") }
}

fn vat(vat: Vat) -> String {
    let rate = |rate: f64| number(100.0 * rate, 0);
    match vat {
        Vat::Exempt => "none".to_owned(),
        Vat::Included(share) => format!("{} %, included", rate(share)),
        Vat::Added(share) => format!("{} %, on top", rate(share)),
    }
}

/// The formulas by which the world moves.
pub fn world(scenario: &Scenario) -> Option<Grid> {
    let mut grid = Grid::new(
        "The world: formulas and figures as written in the scenario",
        &["Quantity", "Is"],
    );
    let mut add = |name: String, formula: &Formula| {
        grid.push(vec![Cell::new(name), Cell::new(&*formula.text)]);
    };
    for (name, formula) in
        [("growth of pay", &scenario.indices.pay), ("growth of prices", &scenario.indices.price)]
    {
        if let Some(formula) = formula {
            add(name.to_owned(), formula);
        }
    }
    if let Some(network) = &scenario.network {
        add("months from plan to readiness".to_owned(), &network.delay_months);
        if let Some(never) = &network.never {
            add("a planned point never opens".to_owned(), never);
        }
        if network.mode == Mode::WhenFunded {
            add("months from award to opening".to_owned(), &network.building_months);
            if let Some(share) = &network.acceptable_own_share {
                add("own share at which municipalities still join".to_owned(), share);
            }
        }
        for tier in &network.tiers {
            add(format!("share of cases that a {} point can serve", tier.name), &tier.basket_share);
        }
    }
    if let Some(load) = &scenario.load {
        add("need, cases a year".to_owned(), &load.need);
        for factor in &load.factors {
            add(format!("need is multiplied by: {}", factor.name), &factor.factor);
        }
        for (tier, share) in scenario.tiers().iter().zip(&load.own_offices) {
            if let Some(share) = share {
                add(format!("share served by the institutions’ own offices, {}", tier.name), share);
            }
        }
        add("kilometres of road at which half still come".to_owned(), &load.distance.half_km);
        add("share that comes however far it is".to_owned(), &load.distance.floor);
        add("road kilometres per straight kilometre".to_owned(), &load.distance.detour);
        add("share that needs the institution itself".to_owned(), &load.second_level_share);
        add("share of those that video serves".to_owned(), &load.video_share);
    }
    if let Some(staffing) = &scenario.staffing {
        for (tier, minimum) in scenario.tiers().iter().zip(&staffing.minimum) {
            add(format!("least posts of a {} point", tier.name), minimum);
        }
        add("minutes per case".to_owned(), &staffing.minutes_per_case);
        add("minutes per video consultation".to_owned(), &staffing.minutes_per_video);
        add("productive hours of a post and year".to_owned(), &staffing.productive_hours);
        add("share of hours that can be busy".to_owned(), &staffing.utilisation);
        if let Some(extra) = &staffing.extra {
            add("posts on top".to_owned(), extra);
        }
    }
    (!grid.rows.is_empty()).then_some(grid)
}

/// What is doubtful and stands all the same, with the reason that the scenario gives.
pub fn waived(findings: &Findings) -> Option<Grid> {
    let mut grid = Grid::new(
        "Warnings that the author of the scenario has waived",
        &["Code", "Warning", "Why it is waived"],
    );
    for note in &findings.warnings {
        let Some(reason) = &note.reason else { continue };
        let warning = Cell::with(&*note.message, &*note.why);
        grid.push(vec![Cell::new(note.code), warning, Cell::new(&**reason)]);
    }
    (!grid.rows.is_empty()).then_some(grid)
}

/// The rules of a policy, programme by programme.
pub fn rules(scenario: &Scenario, policy: usize) -> Vec<RuleView> {
    let Some(policy) = scenario.policies.get(policy) else { return Vec::new() };
    let programmes = scenario.programmes.iter().zip(&policy.rules).zip(&policy.pots);
    programmes
        .map(|((programme, rule), pot)| {
            let mut view = rule.as_ref().map_or_else(
                || RuleView {
                    programme: String::new(),
                    lines: Grid::default(),
                    facts: vec![("Rule".to_owned(), "none: nothing is granted".to_owned())],
                },
                |rule| rule_view(rule, &scenario.currency),
            );
            view.programme = capitalised(&programme.name);
            for slice in &pot.top_slice {
                view.facts.push((format!("Top slice: {}", slice.name), slice.amount.text.clone()));
            }
            let unspent = match pot.unspent {
                Unspent::Lapses => "goes back to the state",
                Unspent::Carries => "is carried into the next year",
                Unspent::Reoffered => {
                    "is offered once more to claims not met, then goes back to the state"
                }
            };
            view.facts.push(("Unspent money".to_owned(), unspent.to_owned()));
            view
        })
        .collect()
}

fn rule_view(rule: &Rule, currency: &str) -> RuleView {
    let mut lines = Grid::new("", &["Line", "Is", "Note"]);
    for line in &rule.lines {
        lines.push(vec![
            Cell::new(&*line.name),
            Cell::new(&*line.formula.text),
            Cell::new(&*line.note),
        ]);
    }
    let mut facts = Vec::new();
    let mut fact = |name: &str, text: String| facts.push((name.to_owned(), text));
    let claim = |claim: &crate::model::Claim| {
        let line = rule.lines.get(claim.line).map_or("", |line| line.name.as_str());
        if rule.claims.len() == 1 {
            line.to_owned()
        } else {
            format!("{line} (class {})", claim.class)
        }
    };
    fact("Claimed", rule.claims.iter().map(claim).collect::<Vec<_>>().join(", "));
    if let Some(limit) = &rule.limit {
        fact("At most", limit.text.clone());
    }
    if rule.may_exceed_cost {
        fact("Eligible cost", "may be exceeded".to_owned());
    }
    for guarantee in &rule.guarantees {
        let bound = |word: &str, formula: &Option<Formula>| {
            formula.as_ref().map(|formula| format!("{word} {}", formula.text))
        };
        let bounds: Vec<String> =
            [bound("at least", &guarantee.lower), bound("at most", &guarantee.upper)]
                .into_iter()
                .flatten()
                .collect();
        let when = if guarantee.protected {
            "paid before the rest"
        } else {
            "may be cut when the pot is short"
        };
        fact(&format!("Guarantee: {}", guarantee.name), format!("{}; {when}", bounds.join(", ")));
    }
    match &rule.ration {
        Ration::Rule(by) => {
            let name = by.rule.name();
            let weighted = by.weight.iter().map(|weight| format!("weighted by {}", weight.text));
            let estimated = by.estimate.then(|| "estimated".to_owned());
            let said = std::iter::once(name.to_owned()).chain(weighted).chain(estimated);
            fact("When the pot is short", said.collect::<Vec<_>>().join(", "));
        }
        Ration::Competition(by) => {
            let score = &by.score;
            fact("When the pot is short", format!("ranked competition by {}", score.text));
        }
    }
    let unit = rule.rounding.unit as f64 / 100.0;
    fact("Rounded to", format!("{currency} {} ({})", figure(unit), rule.rounding.method.name()));
    RuleView { programme: String::new(), lines, facts }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::example;

    #[test]
    fn figures_have_three_significant_digits() {
        let cases = [
            (1_234.5, "1,235"),
            (12.345, "12.3"),
            (0.5, "0.5"),
            (0.031_25, "0.0313"),
            (0.0, "0"),
            (-0.02, "−0.02"),
            (100.0, "100"),
        ];
        for (value, text) in cases {
            assert_eq!(figure(value), text);
        }
    }

    #[test]
    fn a_rule_is_shown_line_by_line() {
        let rules = rules(&example(), 0);
        assert_eq!(rules[1].programme, "Maintenance");
        assert_eq!(rules[1].lines.rows[0].cells[1].main, "100 * months_open");
        let short = rules[1].facts.iter().find(|fact| fact.0 == "When the pot is short");
        assert_eq!(short.map(|fact| &*fact.1), Some("Proportional"));
        let costs = costs(&example()).unwrap();
        let texts: Vec<_> = costs.rows[0].cells.iter().map(|cell| &*cell.main).collect();
        assert_eq!(
            texts,
            ["equipment", "investment", "new point", "1000", "nothing", "none", "all"]
        );
    }
}
