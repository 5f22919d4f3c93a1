//! The build-up of an award as a picture and as a table.

use crate::analysis::explain::{Explanation, Step, StepKind};
use crate::chart::{BuildUp, BuildUpStep, Caption, Chart, Heading};
use crate::language::{Language, Message, number, option};
use crate::report::pictures::in_title;
use crate::report::{csv_cell, exact};

/// The steps from the worksheet to the award as SVG.
#[must_use]
pub fn build_up_svg(explanation: &Explanation, language: Language) -> String {
    let steps = explanation.build_up.iter().map(|step| BuildUpStep {
        name: name(explanation, step, language),
        amount: step.amount,
        is_total: step.kind.is_total(),
    });
    let chart = BuildUp {
        heading: heading(explanation, language),
        currency: explanation.currency.clone(),
        steps: steps.collect(),
    };
    chart.draw(language).svg
}

/// What a step is called; lines have the names of the worksheet.
fn name(explanation: &Explanation, step: &Step, language: Language) -> String {
    let guarantees = |protected: bool| {
        let all = explanation.guarantees.iter();
        let own = all.filter(|guarantee| guarantee.protected == protected);
        let names: Vec<&str> = own.map(|guarantee| guarantee.name.as_str()).collect();
        match names.len() {
            0 => Message::new("picture-step-cents"),
            count => Message::new("picture-step-guarantees")
                .count("count", count as f64)
                .name("names", &names.join(", ")),
        }
    };
    let message = match step.kind {
        // Lines beyond the first are told together: they bear no name.
        StepKind::Line if explanation.lines.iter().any(|line| line.name == step.name) => {
            return step.name.clone();
        }
        StepKind::Line => Message::new("picture-step-more-lines"),
        StepKind::Worksheet => Message::new("picture-step-worksheet"),
        StepKind::EligibleCost => Message::new("picture-step-cost"),
        StepKind::Limit => Message::new("picture-step-limit"),
        StepKind::Guarantee => guarantees(false),
        StepKind::Protected => guarantees(true),
        StepKind::Rounding => {
            Message::new("picture-step-rounding").name("unit", &unit(explanation, language))
        }
        StepKind::Due => Message::new("picture-step-due"),
        StepKind::Rationing => {
            let rule = explanation.division.as_ref().map_or("", |division| division.rule.as_str());
            Message::new("picture-step-rationing").words("rule", option(rule))
        }
        StepKind::Award => Message::new("picture-step-award"),
    };
    let text = message.in_language(language);
    if step.kind.is_total() { format!("= {text}") } else { text }
}

/// The unit that claims are rounded to.
fn unit(explanation: &Explanation, language: Language) -> String {
    let unit = explanation.rounding.as_ref().map_or(0.01, |rounding| rounding.unit);
    let decimals = if unit < 1.0 { 2 } else { 0 };
    number::money(unit, decimals, &explanation.currency, language)
}

/// The steps as CSV: what each adds, and what they have come to.
#[must_use]
pub fn build_up_csv(explanation: &Explanation) -> String {
    let mut text = "step,kind,amount,after\n".to_owned();
    // Whole cents, so that no sum is off by an error of floating point.
    let mut cents = 0.0;
    for step in &explanation.build_up {
        let amount = (step.amount * 100.0).round();
        cents = if step.kind.is_total() { amount } else { cents + amount };
        let kind = kind(step.kind);
        let after = exact(cents / 100.0);
        text.push_str(&format!("{},{kind},{},{after}\n", csv_cell(&step.name), exact(step.amount)));
    }
    text
}

fn kind(kind: StepKind) -> &'static str {
    match kind {
        StepKind::Line => "line",
        StepKind::Worksheet => "worksheet",
        StepKind::EligibleCost => "eligible_cost",
        StepKind::Limit => "limit",
        StepKind::Guarantee => "guarantee",
        StepKind::Protected => "protected",
        StepKind::Rounding => "rounding",
        StepKind::Due => "due",
        StepKind::Rationing => "rationing",
        StepKind::Award => "award",
    }
}

fn heading(explanation: &Explanation, language: Language) -> Heading {
    let Explanation { municipality, programme, year, currency, result, pot, future, .. } =
        explanation;
    let say = |message: Message| message.in_language(language);
    let title = if !explanation.has_rule {
        Message::new("picture-build-up-no-rule").name("programme", &in_title(programme))
    } else if result.entitlement == 0.0 {
        Message::new("picture-build-up-nothing")
            .name("programme", &in_title(programme))
            .year("year", *year)
    } else if result.shortfall == 0.0 {
        Message::new("picture-build-up-all").cents("award", result.award, currency)
    } else {
        Message::new("picture-build-up-part").cents("award", result.award, currency).cents(
            "due",
            result.entitlement,
            currency,
        )
    };
    let subtitle = Message::new("picture-build-up-subtitle")
        .name("code", &municipality.code)
        .name("municipality", &municipality.name)
        .name("programme", programme)
        .year("year", *year);
    let due = explanation.division.as_ref().map_or(0.0, |division| division.due);
    let pot = if pot.open_ended {
        Message::new("picture-pot-open")
    } else {
        Message::new("picture-build-up-pot")
            .cents("available", pot.available, currency)
            .cents("due", due, currency)
    };
    let which = future.draw.map_or_else(
        || Message::new("picture-build-up-central"),
        |draw| {
            Message::new("picture-build-up-draw")
                .count("draw", draw as f64)
                .count("draws", future.draws as f64)
        },
    );
    let mut note = say(which);
    if explanation.division.is_some() {
        let unit = unit(explanation, language);
        note =
            format!("{note} {}", say(Message::new("picture-build-up-units").name("unit", &unit)));
    }
    Heading {
        title: say(title.name("municipality", &in_title(&municipality.name))),
        subtitle: say(subtitle),
        caption: Caption {
            policy: explanation.policy.clone(),
            pot: say(pot),
            draws: None,
            data_as_of: String::new(),
            source: say(Message::new("picture-source").name("scenario", &explanation.scenario)),
            note,
        },
    }
}
