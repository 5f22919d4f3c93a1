//! The build-up of an award as a picture and as a table.

use super::figures::euro;
use crate::analysis::explain::{Explanation, StepKind};
use crate::chart::{BuildUp, BuildUpStep, Caption, Chart, Heading, Language};
use crate::report::{csv_cell, exact};

/// The steps from the worksheet to the award as SVG.
#[must_use]
pub fn build_up_svg(explanation: &Explanation) -> String {
    let steps = explanation.build_up.iter().map(|step| BuildUpStep {
        name: if step.kind.is_total() { format!("= {}", step.name) } else { step.name.clone() },
        amount: step.amount,
        is_total: step.kind.is_total(),
    });
    let chart = BuildUp {
        heading: heading(explanation),
        currency: explanation.currency.clone(),
        steps: steps.collect(),
    };
    chart.draw(Language::English).svg
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

fn heading(explanation: &Explanation) -> Heading {
    let Explanation { municipality, programme, year, currency, result, pot, future, .. } =
        explanation;
    let title = if !explanation.has_rule {
        format!("{}: the policy has no rule for {programme}", municipality.name)
    } else if result.entitlement == 0.0 {
        format!("{}: nothing is due for {programme} in {year}", municipality.name)
    } else if result.shortfall == 0.0 {
        format!(
            "{} is awarded {currency} {}, all that is due",
            municipality.name,
            euro(result.award)
        )
    } else {
        format!(
            "{} is awarded {currency} {} of {} due",
            municipality.name,
            euro(result.award),
            euro(result.entitlement)
        )
    };
    let due = explanation.division.as_ref().map_or(0.0, |division| division.due);
    let pot = if pot.open_ended {
        "none, whatever is due is paid".to_owned()
    } else {
        format!("{currency} {} available, {} due to all", euro(pot.available), euro(due))
    };
    let which = future.draw.map_or_else(
        || "Central path: every input at its median".to_owned(),
        |draw| format!("Draw {draw} of {}, counted from 0", future.draws),
    );
    let unit = explanation.rounding.as_ref().map_or(0.01, |rounding| rounding.unit);
    let units = format!(
        "Claims are rounded before the pot is divided; shares are whole units of {unit} {currency}"
    );
    Heading {
        title,
        subtitle: format!(
            "{} ({}), {programme}, {year}: from the worksheet to the award",
            municipality.name, municipality.code
        ),
        caption: Caption {
            policy: explanation.policy.clone(),
            pot,
            draws: None,
            data_as_of: String::new(),
            source: explanation.scenario.clone(),
            note: if explanation.division.is_some() { format!("{which}. {units}") } else { which },
        },
    }
}
