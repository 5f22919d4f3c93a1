//! Under which conditions something happens: text, CSV, JSON and pictures.

use super::measured::figure;
use super::table::Table;
use super::{csv_cell, number};
use crate::analysis::discovery::{Discovery, FoundBox, HALVES, Limited};
use crate::chart::{Caption, Chart, Condition, Conditions, Heading};
use crate::language::{Language, Message};
use serde::Serialize;

/// What was asked, for whom it is told.
#[derive(Clone, Debug, Serialize)]
pub struct Question {
    /// The scenario.
    pub scenario: String,
    /// The policy.
    pub policy: String,
    /// What happens, as it was written.
    pub when: String,
    /// The seed.
    pub seed: u64,
}

#[derive(Serialize)]
struct Document<'d> {
    #[serde(flatten)]
    question: &'d Question,
    halves: usize,
    #[serde(flatten)]
    discovery: &'d Discovery,
}

/// Everything, for programs.
///
/// # Errors
/// It cannot be written as JSON.
pub fn json(question: &Question, discovery: &Discovery) -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string_pretty(&Document { question, halves: HALVES, discovery })? + "\n")
}

/// A row for each limited input of each box.
pub fn csv(discovery: &Discovery) -> String {
    let mut text = String::from(
        "box,input,of,low,high,drawn_low,drawn_high,p_low,p_high,again_by_coverage,again_by_density,halves,inside,hits,density,coverage\n",
    );
    for (at, one) in discovery.boxes.iter().enumerate() {
        for limit in &one.limits {
            let (low, high) = drawn(discovery, limit);
            let cells = [limit.low, limit.high, Some(low), Some(high), limit.p_low, limit.p_high];
            text.push_str(&format!(
                "{},{},{},{},{},{},{HALVES},{},{},{},{}\n",
                at + 1,
                csv_cell(&limit.input),
                limit.of,
                cells.map(number).join(","),
                limit.by_coverage,
                limit.by_density,
                one.inside,
                one.hits,
                number(Some(one.density)),
                number(Some(one.coverage)),
            ));
        }
    }
    text
}

/// The boxes on the way to each box.
pub fn trajectory_csv(discovery: &Discovery) -> String {
    let mut text = String::from("box,step,inside,hits,density,coverage,restricted,chosen\n");
    for (at, one) in discovery.boxes.iter().enumerate() {
        for (step, on) in one.trajectory.iter().enumerate() {
            let [density, coverage] = [on.density, on.coverage].map(|share| number(Some(share)));
            text.push_str(&format!(
                "{},{step},{},{},{density},{coverage},{},{}\n",
                at + 1,
                on.inside,
                on.hits,
                on.restricted,
                on.chosen
            ));
        }
    }
    text
}

fn drawn(discovery: &Discovery, limit: &Limited) -> (f64, f64) {
    let column = discovery.inputs.iter().find(|input| input.name == limit.input);
    column.map_or((f64::NAN, f64::NAN), |input| (input.low, input.high))
}

/// Whole percent; what is not all is never called 100 %, nor what is not nothing 0 %.
fn percent(share: f64) -> String {
    let whole = (share * 100.0).round();
    if share > 0.0 && whole == 0.0 {
        "<1 %".to_owned()
    } else if share < 1.0 && whole == 100.0 {
        ">99 %".to_owned()
    } else {
        format!("{whole} %")
    }
}

/// A few lines and a table a box.
pub fn text(question: &Question, discovery: &Discovery) -> String {
    let Discovery { draws, hits, .. } = discovery;
    let mut text = format!("{}, under \"{}\"\n\n", question.when, question.policy);
    let share = *hits as f64 / *draws as f64;
    let whole = |count: u64| super::grouped(Some(count as f64));
    match *hits {
        0 => text.push_str(&format!(
            "  never happens in {} draws: there is nothing to explain\n",
            whole(*draws)
        )),
        all if all == *draws => {
            text.push_str(&format!(
                "  happens in all {} draws: there is nothing to explain\n",
                whole(*draws)
            ));
        }
        _ => text.push_str(&format!(
            "  happens in {} of {} draws ({})\n",
            whole(*hits),
            whole(*draws),
            percent(share)
        )),
    }
    for (at, one) in discovery.boxes.iter().enumerate() {
        let among = if at == 0 { "" } else { ", of what the boxes before leave," };
        text.push_str(&format!(
            "\nbox {}: within these ranges it happens in {} of {} draws{among} ({}); {} of all cases lie here\n",
            at + 1,
            whole(one.hits),
            whole(one.inside),
            percent(one.density),
            percent(one.coverage),
        ));
        text.push_str(&limits(discovery, one));
    }
    if discovery.boxes.is_empty() && *hits > 0 && hits < draws {
        text.push_str("  no range of an input sets itself apart beyond chance: these inputs do not decide it, or more draws are needed\n");
    }
    text.push('\n');
    if discovery.without_value > 0 {
        text.push_str(&format!(
            "  {} draws in which the figure has no value are left out\n",
            whole(discovery.without_value)
        ));
    }
    text.push_str(&format!(
        "  {} uncertain inputs looked at, seed {}; p: the chance of such a density without this limit (quasi-p-value); again: of {HALVES} halves of the draws so many limit this input too, in the box of the same coverage and of the same density\n",
        discovery.inputs.len(),
        question.seed,
    ));
    text
}

fn limits(discovery: &Discovery, one: &FoundBox) -> String {
    let mut table = Table::new(&["input", "from", "to", "drawn", "p", "again"]);
    for limit in &one.limits {
        let name = if limit.of.is_empty() {
            limit.input.clone()
        } else {
            format!("{} ({})", limit.input, limit.of)
        };
        let (low, high) = drawn(discovery, limit);
        let p = [limit.p_low, limit.p_high].into_iter().flatten().fold(0.0, f64::max);
        let p = if p < 0.0001 { "<0.0001".to_owned() } else { figure(Some(p)) };
        let end = |end: Option<f64>| end.map_or_else(String::new, three);
        table.row([
            name,
            end(limit.low),
            end(limit.high),
            format!("{} to {}", three(low), three(high)),
            p,
            format!("{}, {}", limit.by_coverage, limit.by_density),
        ]);
    }
    table.text()
}

/// Whole where it is large, else about four digits.
fn three(value: f64) -> String {
    let decimals = match value.abs() {
        size if size >= 1_000.0 => 0,
        size if size >= 10.0 => 1,
        size if size >= 1.0 => 2,
        size if size >= 0.01 => 4,
        _ => 6,
    };
    if decimals == 0 {
        return super::grouped(Some(value));
    }
    number(Some(crate::units::round_half_up(value, decimals)))
}

/// What a figure of an input that is not the nation's is.
fn of_whom(of: &str) -> Option<Message> {
    Some(match of {
        "mean of the years" => Message::new("picture-discovery-years"),
        "mean of the municipalities" => Message::new("picture-discovery-municipalities"),
        "mean of municipalities and years" => Message::new("picture-discovery-both"),
        "mean of the points" => Message::new("picture-discovery-points"),
        "mean of points and years" => Message::new("picture-discovery-points-years"),
        _ => return None,
    })
}

/// A picture of each box.
pub fn pictures(question: &Question, discovery: &Discovery, language: Language) -> Vec<String> {
    let say = |message: Message| message.in_language(language);
    let share = discovery.hits as f64 / discovery.draws as f64;
    let picture = |one: &FoundBox| {
        let row = |limit: &Limited| Condition {
            name: limit.input.clone(),
            of: of_whom(limit.of).map_or_else(|| limit.of.to_owned(), say),
            drawn: drawn(discovery, limit),
            inside: (limit.low.unwrap_or(f64::NAN), limit.high.unwrap_or(f64::NAN)),
            again: say(Message::new("picture-discovery-again")
                .count("found", limit.by_coverage as f64)
                .count("halves", HALVES as f64)),
        };
        let chart = Conditions {
            heading: Heading {
                title: say(Message::new("picture-discovery-title").name("what", &question.when)),
                subtitle: say(Message::new("picture-discovery-subtitle")
                    .share("density", one.density)
                    .share("share", share)
                    .share("coverage", one.coverage)),
                caption: Caption {
                    policy: question.policy.clone(),
                    draws: Some(discovery.draws),
                    note: say(Message::new("picture-discovery-note").count("halves", HALVES as f64)),
                    source: say(Message::new("picture-source").name("scenario", &question.scenario)),
                    ..Caption::default()
                },
            },
            rows: one.limits.iter().map(row).collect(),
        };
        chart.draw(language).svg
    };
    discovery.boxes.iter().map(picture).collect()
}
