//! An explanation for people, from the worksheet to the award.

use super::division;
use super::figures::{euro, figure, percent};
use super::worksheet::Writer;
use crate::analysis::explain::{Explanation, Filled, Guaranteed};

/// The explanation as text; its last line is the award.
#[must_use]
pub fn text(explanation: &Explanation) -> String {
    let mut writer = Writer::default();
    let mut parts = vec![head(explanation)];
    if explanation.has_rule {
        parts.push(worksheet(explanation, &mut writer));
        parts.push(limits(explanation, &mut writer));
        parts.push(guarantees(explanation, &mut writer));
        parts.push(division::pot(explanation, &mut writer));
        parts.push(division::division(explanation, &mut writer));
        parts.push(division::rounding(explanation));
    } else {
        parts.push(
            "The policy has no rule for this programme: nothing is due and nothing is paid.\n"
                .to_owned(),
        );
        parts.push(division::pot(explanation, &mut writer));
    }
    parts.push(result(explanation));
    parts.retain(|part| !part.is_empty());
    parts.join("\n")
}

/// Which figure it is, and in which future.
pub fn head(explanation: &Explanation) -> String {
    let Explanation { municipality, programme, policy, year, future, .. } = explanation;
    let which = match future.draw {
        None => "the central path: every input at its median".to_owned(),
        Some(draw) => format!(
            "draw {draw} of {}, counted from 0 (seed {}, plan {})",
            future.draws, future.seed, future.plan
        ),
    };
    let source = if explanation.policy_source.is_empty() {
        String::new()
    } else {
        format!("policy: {}\n", explanation.policy_source)
    };
    format!(
        "{} ({}): {programme}, {year}, under \"{policy}\"\n{}\n{which}\n{source}",
        municipality.name, municipality.code, explanation.scenario
    )
}

/// The lines with their numbers put in.
pub fn worksheet(explanation: &Explanation, writer: &mut Writer) -> String {
    let mut text = "The worksheet\n".to_owned();
    for line in &explanation.lines {
        let class = match line.class {
            Some(class) if explanation.classes.len() > 1 => format!("claimed in class {class}"),
            Some(_) => "claimed".to_owned(),
            None => String::new(),
        };
        let remark = [class.as_str(), line.note.as_str()];
        let remark: Vec<&str> = remark.into_iter().filter(|part| !part.is_empty()).collect();
        text.push_str(&writer.formula(&line.name, &line.filled, &remark.join("; ")));
    }
    text
}

fn sum(explanation: &Explanation, of: impl Fn(&crate::analysis::explain::Class) -> f64) -> f64 {
    explanation.classes.iter().map(of).sum()
}

fn limits(explanation: &Explanation, writer: &mut Writer) -> String {
    let mut text = "Limits\n".to_owned();
    for class in &explanation.classes {
        text.push_str(&format!(
            "  class {}: {} = {}\n",
            class.class,
            class.lines.join(" + "),
            figure(class.claimed)
        ));
    }
    let claimed = sum(explanation, |class| class.claimed);
    let after_cost = sum(explanation, |class| class.after_cost);
    let after_limit = sum(explanation, |class| class.after_limit);
    text.push_str(&match explanation.cost_limit {
        None => "  the rule lets claims exceed the eligible cost\n".to_owned(),
        Some(cost) if after_cost < claimed => format!(
            "  the eligible cost, {}, is less: it cuts the claims from {} to {}\n",
            figure(cost),
            figure(claimed),
            figure(after_cost)
        ),
        Some(cost) => format!("  the eligible cost, {}, is not exceeded\n", figure(cost)),
    });
    if let Some(limit) = &explanation.limit {
        let effect = if after_limit < after_cost {
            format!("it cuts the claims from {} to {}", figure(after_cost), figure(after_limit))
        } else {
            "it is not exceeded".to_owned()
        };
        text.push_str(&writer.formula("limit", limit, &effect));
    }
    if explanation.classes.len() > 1 && after_limit < claimed {
        let classes = explanation.classes.iter();
        let left =
            classes.map(|class| format!("class {} {}", class.class, figure(class.after_limit)));
        text.push_str(&format!("  what is left: {}\n", left.collect::<Vec<_>>().join(", ")));
    }
    text
}

fn guarantees(explanation: &Explanation, writer: &mut Writer) -> String {
    if explanation.guarantees.is_empty() {
        return String::new();
    }
    let mut text = "Guarantees\n".to_owned();
    let claims = sum(explanation, |class| class.after_limit);
    let cuttable: Vec<&Guaranteed> =
        explanation.guarantees.iter().filter(|guarantee| !guarantee.protected).collect();
    let raised = |list: &[&Guaranteed]| {
        list.iter()
            .filter_map(|guarantee| guarantee.lower.as_ref())
            .fold(claims, |most, lower| most.max(lower.value))
    };
    let after = sum(explanation, |class| class.after_guarantees);
    for guarantee in &explanation.guarantees {
        let how = if guarantee.protected {
            "protected: paid before the rest"
        } else {
            "a bound on what is due, which a short pot may cut"
        };
        text.push_str(&format!("  {} ({how})\n", guarantee.name));
        let (low, high) =
            if guarantee.protected { (after, after) } else { (claims, raised(&cuttable)) };
        let mut bound = |name: &str, filled: &Filled, bites: bool, effect: &str| {
            let effect = if bites { effect } else { "it changes nothing of the claim" };
            text.push_str(&writer.formula(name, filled, effect));
        };
        if let Some(lower) = &guarantee.lower {
            bound(
                "at least",
                lower,
                lower.value > low,
                "more than is claimed: the claim is raised to it",
            );
        }
        if let Some(upper) = &guarantee.upper {
            bound(
                "at most",
                upper,
                upper.value < high,
                "less than is claimed: the claim is cut to it",
            );
        }
        if let Some(gain) = guarantee.gain {
            text.push_str(&match gain {
                0.0 => "      without it the award would be the same\n".to_owned(),
                more if more > 0.0 => {
                    format!("      without it the award would be {} less\n", euro(more))
                }
                less => format!("      without it the award would be {} more\n", euro(-less)),
            });
        }
    }
    let due = sum(explanation, |class| class.due);
    let change = match after.total_cmp(&claims) {
        std::cmp::Ordering::Greater => format!("raise what is claimed from {} to", figure(claims)),
        std::cmp::Ordering::Less => format!("cut what is claimed from {} to", figure(claims)),
        std::cmp::Ordering::Equal => "leave what is claimed at".to_owned(),
    };
    text.push_str(&format!("  so they {change} {}; due are {}\n", figure(after), euro(due)));
    text
}

fn result(explanation: &Explanation) -> String {
    let result = &explanation.result;
    let currency = &explanation.currency;
    let mut rows = vec![
        ("due", euro(result.entitlement), String::new()),
        (
            "award",
            euro(result.award),
            percent(result.award, result.entitlement) + " of what is due",
        ),
        ("shortfall", euro(result.shortfall), String::new()),
        ("eligible cost", euro(result.eligible_cost), String::new()),
        (
            "own share",
            euro(result.own_share),
            percent(result.own_share, result.eligible_cost) + " of the eligible cost",
        ),
    ];
    for row in &mut rows {
        if row.2.starts_with('–') {
            row.2.clear();
        }
    }
    let width = rows.iter().map(|row| row.1.chars().count()).max().unwrap_or(0);
    let mut text = format!("The result, {currency}\n");
    for (name, amount, share) in rows {
        let line = format!("  {name:<14}{amount:>width$}  {share}");
        text.push_str(line.trim_end());
        text.push('\n');
    }
    if explanation.cost_limit.is_some_and(|cost| cost - result.eligible_cost > 0.005) {
        text.push_str(
            "  points whose investment is not awarded are not built: the cost is that of those that are\n",
        );
    }
    text.push_str(&format!("award = {:.2} {currency}\n", result.award));
    text
}
