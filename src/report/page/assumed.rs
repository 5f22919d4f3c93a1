//! What is assumed: inputs, levers, the world, costs, and the rules of each policy.

use super::grid::{Cell, Grid, Head};
use crate::analysis::Findings;
use crate::analysis::shown::{AssumedInput, assumed_inputs};
use crate::expression::Extent;
use crate::language::{Message, option};
use crate::model::{
    Claim, CostItem, Driver, Formula, Input, Mode, Purpose, Ration, Rule, Scenario, Time, TopSlice,
    Unspent, Vat,
};
use crate::report::wording::capitalised;
use crate::report::written::{NONE, Written};
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
pub fn inputs(scenario: &Scenario, written: Written) -> Option<Grid> {
    let heads = [
        Head::words(written.say("page-column-input")),
        Head::figures(written.say("page-column-5")),
        Head::figures(written.say("page-column-median")),
        Head::figures(written.say("page-column-95")),
        Head::words(written.say("page-column-unit")),
        Head::words(written.say("page-column-drawn")),
        Head::words(written.say("page-column-source")),
    ];
    let mut grid = Grid::new(written.say("page-inputs-caption"), heads);
    for (row, input) in assumed_inputs(scenario).into_iter().zip(&scenario.inputs) {
        let name = Cell::with(
            &*row.name,
            row.formula.clone().or(row.distribution.clone()).unwrap_or_default(),
        );
        let figures = match row.quantiles {
            Some(quantiles) => quantiles.map(|value| Cell::new(written.figure(value))).to_vec(),
            None => vec![Cell::new(NONE), Cell::new(written.say("page-computed")), Cell::new(NONE)],
        };
        let drawn = drawn(&row, input, written);
        let end = [Cell::new(row.unit), drawn, Cell::new(row.source)];
        grid.push(std::iter::once(name).chain(figures).chain(end).collect());
    }
    grid.some()
}

/// Which inputs move together.
pub fn correlations(scenario: &Scenario, written: Written) -> Option<Grid> {
    let heads = [
        Head::words(written.say("page-column-input")),
        Head::words(written.say("page-column-and")),
        Head::figures(written.say("page-column-rank")),
        Head::words(written.say("page-column-source")),
    ];
    let mut grid = Grid::new(written.say("page-correlations-caption"), heads);
    for correlation in &scenario.dependence.correlations {
        let [one, other] = correlation.of.map(|input| {
            Cell::new(scenario.inputs.get(input).map_or("", |input| input.name.as_str()))
        });
        let rank = Cell::new(written.figure(correlation.rank));
        grid.push(vec![one, other, rank, Cell::new(&*correlation.source)]);
    }
    grid.some()
}

fn drawn(row: &AssumedInput, input: &Input, written: Written) -> Cell {
    if row.quantiles.is_none() {
        return Cell::default();
    }
    let common = row.common.map_or_else(String::new, |(nation, municipality)| {
        written.words(&if municipality > 0.0 {
            Message::new("page-common-municipality")
                .share("nation", nation)
                .share("municipality", municipality)
        } else {
            Message::new("page-common").share("nation", nation)
        })
    });
    let extent = match input.extent {
        Extent::Nation => Message::new("page-drawn-nation"),
        Extent::Municipality => Message::new("page-drawn-municipality"),
        Extent::Point => Message::new("page-drawn-point"),
    };
    let time = match input.time {
        Time::Once => Message::new("page-once"),
        Time::Yearly { persistence: 0.0 } => Message::new("page-yearly"),
        Time::Yearly { persistence } => {
            Message::new("page-persistent").name("share", &written.figure(persistence))
        }
        Time::RandomWalk { start } => {
            Message::new("page-walk").name("start", &written.figure(start))
        }
    };
    let drawn = Message::new("page-drawn").words("extent", extent).words("time", time);
    Cell::with(written.words(&drawn), common)
}

/// The numbers that the grantor can turn.
pub fn levers(scenario: &Scenario, written: Written) -> Option<Grid> {
    let heads = [
        Head::words(written.say("page-column-lever")),
        Head::figures(written.say("page-column-value")),
        Head::figures(written.say("page-column-from")),
        Head::figures(written.say("page-column-to")),
        Head::words(written.say("page-column-unit")),
    ];
    let mut grid = Grid::new(written.say("page-levers-caption"), heads);
    for lever in &scenario.levers {
        let figures = [lever.value, lever.range.0, lever.range.1]
            .map(|value| Cell::new(written.figure(value)));
        let name = Cell::new(&*lever.name);
        grid.push(std::iter::once(name).chain(figures).chain([Cell::new(&*lever.unit)]).collect());
    }
    grid.some()
}

/// What is paid for.
pub fn costs(scenario: &Scenario, written: Written) -> Option<Grid> {
    let heads = [
        Head::words(written.say("page-column-item")),
        Head::words(written.say("page-column-pays-for")),
        Head::words(written.say("page-column-per")),
        Head::words(written.say("page-column-amount")),
        Head::words(written.say("page-column-follows")),
        Head::words(written.say("page-column-vat")),
        Head::words(written.say("page-column-tiers")),
    ];
    let caption = Message::new("page-costs-caption")
        .name("currency", &written.currency(&scenario.currency))
        .year("year", scenario.price_year);
    let mut grid = Grid::new(written.words(&caption), heads);
    for item in &scenario.costs {
        let named = scenario.tiers().iter().zip(&item.tiers).filter(|(_, has)| **has);
        let tiers: Vec<&str> = named.map(|(tier, _)| tier.name.as_str()).collect();
        let tiers = if tiers.len() == scenario.tiers().len() {
            written.say("page-all-tiers")
        } else {
            tiers.join(", ")
        };
        grid.push(vec![
            Cell::new(&*item.name),
            Cell::new(purpose(item.purpose, written)),
            Cell::with(
                per(item, written),
                item.life_years.map_or_else(String::new, |years| {
                    let again = Message::new("page-again-after");
                    written.words(&again.count("count", f64::from(years)))
                }),
            ),
            Cell::new(&*item.amount.text),
            Cell::new(index(item, written)),
            Cell::new(vat(item.vat, written)),
            Cell::new(tiers),
        ]);
    }
    grid.some()
}

fn purpose(purpose: Purpose, written: Written) -> String {
    match purpose {
        Purpose::Investment => written.say("page-investment"),
        Purpose::Maintenance => written.say("page-maintenance"),
    }
}

fn per(item: &CostItem, written: Written) -> String {
    match (item.per, item.purpose) {
        (Driver::Point, Purpose::Investment) => written.say("page-per-new-point"),
        (Driver::Point, Purpose::Maintenance) => written.say("page-per-point-and-year"),
        (Driver::FullTimeEquivalent, _) => written.say("page-per-post"),
        (Driver::Case, _) => written.say("page-per-case"),
    }
}

fn index(item: &CostItem, written: Written) -> String {
    let part = |share: f64, name: String| match share {
        0.0 => None,
        1.0 => Some(name),
        share => {
            let part = Message::new("page-index-part").share("share", share).name("index", &name);
            Some(written.words(&part))
        }
    };
    let pay = part(item.index.pay, written.say("page-index-pay"));
    let price = part(item.index.price, written.say("page-index-prices"));
    match (pay, price) {
        (None, None) => written.say("page-index-nothing"),
        (Some(one), None) | (None, Some(one)) => one,
        (Some(one), Some(other)) => {
            let both = Message::new("page-index-both").name("one", &one).name("other", &other);
            written.words(&both)
        }
    }
}

fn vat(vat: Vat, written: Written) -> String {
    written.words(&match vat {
        Vat::Exempt => Message::new("page-vat-none"),
        Vat::Included(share) => Message::new("page-vat-included").share("share", share),
        Vat::Added(share) => Message::new("page-vat-added").share("share", share),
    })
}

/// The formulas by which the world moves.
pub fn world(scenario: &Scenario, written: Written) -> Option<Grid> {
    let heads = [
        Head::words(written.say("page-column-quantity")),
        Head::words(written.say("page-column-is")),
    ];
    let mut grid = Grid::new(written.say("page-world-caption"), heads);
    let mut add = |name: Message, formula: &Formula| {
        grid.push(vec![Cell::new(written.words(&name)), Cell::new(&*formula.text)]);
    };
    if let Some(formula) = &scenario.indices.pay {
        add(Message::new("world-pay"), formula);
    }
    if let Some(formula) = &scenario.indices.price {
        add(Message::new("world-prices"), formula);
    }
    if let Some(network) = &scenario.network {
        add(Message::new("world-delay"), &network.delay_months);
        if let Some(never) = &network.never {
            add(Message::new("world-never"), never);
        }
        if network.mode == Mode::WhenFunded {
            add(Message::new("world-building"), &network.building_months);
            if let Some(share) = &network.acceptable_own_share {
                add(Message::new("world-acceptable"), share);
            }
        }
        for tier in &network.tiers {
            add(Message::new("world-basket").name("tier", &tier.name), &tier.basket_share);
        }
    }
    if let Some(load) = &scenario.load {
        add(Message::new("world-need"), &load.need);
        for factor in &load.factors {
            add(Message::new("world-factor").name("name", &factor.name), &factor.factor);
        }
        for (tier, share) in scenario.tiers().iter().zip(&load.own_offices) {
            if let Some(share) = share {
                add(Message::new("world-own-offices").name("tier", &tier.name), share);
            }
        }
        add(Message::new("world-half-km"), &load.distance.half_km);
        add(Message::new("world-floor"), &load.distance.floor);
        add(Message::new("world-detour"), &load.distance.detour);
        add(Message::new("world-second-level"), &load.second_level_share);
        add(Message::new("world-video"), &load.video_share);
    }
    if let Some(staffing) = &scenario.staffing {
        for (tier, minimum) in scenario.tiers().iter().zip(&staffing.minimum) {
            add(Message::new("world-posts").name("tier", &tier.name), minimum);
        }
        add(Message::new("world-minutes"), &staffing.minutes_per_case);
        add(Message::new("world-minutes-video"), &staffing.minutes_per_video);
        add(Message::new("world-hours"), &staffing.productive_hours);
        add(Message::new("world-utilisation"), &staffing.utilisation);
        if let Some(extra) = &staffing.extra {
            add(Message::new("world-extra"), extra);
        }
    }
    grid.some()
}

/// What is doubtful and stands all the same, with the reason that the scenario gives.
pub fn waived(findings: &Findings, written: Written) -> Option<Grid> {
    let heads = [
        Head::words(written.say("page-column-code")),
        Head::words(written.say("page-column-warning")),
        Head::words(written.say("page-column-why")),
    ];
    let mut grid = Grid::new(written.say("page-waived-caption"), heads);
    for note in &findings.warnings {
        let Some(reason) = &note.reason else { continue };
        let warning = Cell::with(&*note.message, &*note.why);
        grid.push(vec![Cell::new(note.code), warning, Cell::new(&**reason)]);
    }
    grid.some()
}

/// The rules of a policy, programme by programme.
pub fn rules(scenario: &Scenario, policy: usize, written: Written) -> Vec<RuleView> {
    let Some(policy) = scenario.policies.get(policy) else { return Vec::new() };
    let programmes = scenario.programmes.iter().zip(&policy.rules).zip(&policy.pots);
    programmes
        .map(|((programme, rule), pot)| {
            let mut view = rule.as_ref().map_or_else(
                || RuleView {
                    programme: String::new(),
                    lines: Grid::default(),
                    facts: vec![(written.say("rule-rule"), written.say("rule-none"))],
                },
                |rule| rule_view(rule, &scenario.currency, written),
            );
            view.programme = capitalised(&programme.name);
            for slice in &pot.top_slice {
                let name = Message::new("rule-top-slice").name("name", &slice.name);
                view.facts.push((written.words(&name), amount(slice, &scenario.currency, written)));
            }
            let unspent = match pot.unspent {
                Unspent::Lapses => written.say("rule-lapses"),
                Unspent::Carries => written.say("rule-carries"),
                Unspent::Reoffered => written.say("rule-reoffered"),
            };
            view.facts.push((written.say("rule-unspent"), unspent));
            view
        })
        .collect()
}

/// What is used centrally: a sum in the form of the language where it is one number, else its formula.
fn amount(slice: &TopSlice, currency: &str, written: Written) -> String {
    match slice.amount.text.trim().replace('_', "").parse::<f64>() {
        Ok(sum) if sum.fract() == 0.0 => written.money(sum, currency),
        Ok(sum) => written.cents(sum, currency),
        Err(_) => slice.amount.text.clone(),
    }
}

fn rule_view(rule: &Rule, currency: &str, written: Written) -> RuleView {
    let heads = [
        Head::words(written.say("page-column-line")),
        Head::words(written.say("page-column-is")),
        Head::words(written.say("page-column-note")),
    ];
    let mut lines = Grid::new("", heads);
    for line in &rule.lines {
        lines.push(vec![
            Cell::new(&*line.name),
            Cell::new(&*line.formula.text),
            Cell::new(&*line.note),
        ]);
    }
    let mut facts = Vec::new();
    let mut fact = |name: String, text: String| facts.push((name, text));
    let claim = |claim: &Claim| {
        let line = rule.lines.get(claim.line).map_or("", |line| line.name.as_str());
        if rule.claims.len() == 1 {
            return line.to_owned();
        }
        let class = claim.class.to_string();
        written.words(&Message::new("rule-claimed-class").name("line", line).name("class", &class))
    };
    let claims = rule.claims.iter().map(claim).collect::<Vec<_>>().join(", ");
    fact(written.say("rule-claimed"), claims);
    if let Some(limit) = &rule.limit {
        fact(written.say("rule-limit"), limit.text.clone());
    }
    if rule.may_exceed_cost {
        fact(written.say("rule-eligible-cost"), written.say("rule-may-exceed"));
    }
    for guarantee in &rule.guarantees {
        let lower = guarantee.lower.as_ref().map(|formula| {
            written.words(&Message::new("rule-at-least").name("formula", &formula.text))
        });
        let upper = guarantee.upper.as_ref().map(|formula| {
            written.words(&Message::new("rule-at-most").name("formula", &formula.text))
        });
        let bounds = lower.into_iter().chain(upper).collect::<Vec<_>>().join(", ");
        let when = if guarantee.protected {
            Message::new("rule-protected")
        } else {
            Message::new("rule-unprotected")
        };
        let name = Message::new("rule-guarantee").name("name", &guarantee.name);
        fact(written.words(&name), written.words(&when.name("bounds", &bounds)));
    }
    let when_short = written.say("rule-when-short");
    match &rule.ration {
        Ration::Rule(by) => {
            let weighted = by.weight.iter().map(|weight| {
                written.words(&Message::new("rule-weighted").name("formula", &weight.text))
            });
            let estimated = by.estimate.then(|| written.say("rule-estimated"));
            let said = std::iter::once(written.words(&option(by.rule.name())))
                .chain(weighted)
                .chain(estimated);
            fact(when_short, said.collect::<Vec<_>>().join(", "));
        }
        Ration::Competition(by) => {
            let ranked = Message::new("rule-competition").name("formula", &by.score.text);
            fact(when_short, written.words(&ranked));
        }
    }
    let unit = rule.rounding.unit as f64 / 100.0;
    let rounding = Message::new("rule-rounding")
        .cents("unit", unit, currency)
        .words("method", option(rule.rounding.method.name()));
    fact(written.say("rule-rounded-to"), written.words(&rounding));
    RuleView { programme: String::new(), lines, facts }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::example;
    use crate::language::Language;

    #[test]
    fn a_rule_is_shown_line_by_line() {
        let rules = rules(&example(), 0, Written(Language::English));
        assert_eq!(rules[1].programme, "Maintenance");
        assert_eq!(rules[1].lines.rows[0].cells[1].main, "100 * months_open");
        let short = rules[1].facts.iter().find(|fact| fact.0 == "When the pot is short");
        assert_eq!(short.map(|fact| &*fact.1), Some("Proportional"));
        let costs = costs(&example(), Written(Language::English)).unwrap();
        let texts: Vec<_> = costs.rows[0].cells.iter().map(|cell| &*cell.main).collect();
        assert_eq!(
            texts,
            ["equipment", "investment", "new point", "1000", "nothing", "none", "all"]
        );
    }
}
