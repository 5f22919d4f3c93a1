//! What each alternative would be regretted: text, CSV, JSON and a picture.

use super::measured::{Aim, called, called_in, figure, plain, turned, with_error};
use super::pictures::in_title;
use super::table::{Table, short};
use super::{csv_cell, number};
use crate::analysis::frontier::{Felt, Regret, Regrets, Span};
use crate::chart::{Caption, Chart, Heading, Regret as Picture, Regretted};
use crate::language::{Language, Message};
use serde::Serialize;

/// More alternatives than these are not printed one by one.
const MOST: usize = 40;

/// What was asked, for whom it is told.
#[derive(Clone, Debug, Serialize)]
pub struct Question {
    /// The scenario.
    pub scenario: String,
    /// What there should be more of, or less.
    pub aim: Aim,
    /// The levers with their ranges.
    pub levers: Vec<Span>,
    /// How many draws under each assumption.
    pub draws: u64,
    /// The seed.
    pub seed: u64,
}

#[derive(Serialize)]
struct Document<'d> {
    #[serde(flatten)]
    question: &'d Question,
    #[serde(flatten)]
    regrets: &'d Regrets,
}

/// Everything, for programs.
///
/// # Errors
/// It cannot be written as JSON.
pub fn json(question: &Question, regrets: &Regrets) -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string_pretty(&Document { question, regrets })? + "\n")
}

/// A row for each alternative and assumption, and one for the worst of them.
pub fn csv(question: &Question, regrets: &Regrets) -> String {
    let mut head: Vec<String> = ["number", "policy", "today"].map(str::to_owned).into();
    head.extend(question.levers.iter().map(|span| csv_cell(&span.lever)));
    let columns =
        "assumption,mean,lower,upper,p90,maximum,best,minimax,least_mean,may_be_least_mean";
    let mut text = format!("{},{columns}\n", head.join(","));
    for row in &regrets.rows {
        let mut start =
            vec![row.number.to_string(), csv_cell(&row.policy), row.is_today.to_string()];
        start.extend(row.levers.iter().map(|value| super::exact(*value)));
        let start = start.join(",");
        let mut line = |assumption: &str, felt: &Felt, marks: [bool; 3]| {
            let Felt { mean, p90, maximum, best } = felt;
            let cells = [mean.estimate, mean.lower, mean.upper, *p90, *maximum, *best].map(number);
            let marks = marks.map(|mark| mark.to_string()).join(",");
            text.push_str(&format!(
                "{start},{},{},{marks}\n",
                csv_cell(assumption),
                cells.join(",")
            ));
        };
        for (assumption, felt) in regrets.assumptions.iter().zip(&row.under) {
            line(assumption, felt, [false; 3]);
        }
        line(
            "worst",
            &row.worst,
            [row.least.is_minimax, row.least.is_least_mean, row.least.may_be_least_mean],
        );
    }
    text
}

/// A table for people, the least mean first.
pub fn text(question: &Question, regrets: &Regrets) -> String {
    let mut text = format!("regret, where {} is better\n\n", question.aim.words());
    let rows = in_order(regrets);
    let mut head = vec!["policy", "no"];
    head.extend(question.levers.iter().map(|span| plain(&span.lever)));
    head.extend(["mean", "90 %", "most", "best in", ""]);
    let mut table = Table::new(&head);
    for row in rows.iter().take(MOST) {
        let mut cells = vec![short(&row.policy), row.number.to_string()];
        cells.extend(row.levers.iter().map(|value| turned(*value)));
        let Felt { mean, p90, maximum, best } = &row.worst;
        let best = best.map_or_else(|| "–".to_owned(), |best| format!("{:.0} %", best * 100.0));
        cells.extend([with_error(mean), figure(*p90), figure(*maximum), best, marks(row)]);
        table.row(cells);
    }
    text.push_str(&table.text());
    text.push('\n');
    if rows.len() > MOST {
        let rest = rows.len() - MOST;
        text.push_str(&format!("  {rest} more are not shown; --format csv has them all\n"));
    }
    let named = |is_named: &dyn Fn(&Regret) -> bool| {
        let names: Vec<String> =
            rows.iter().filter(|row| is_named(row)).map(|row| name(question, row)).collect();
        said(&names)
    };
    text.push_str(&format!("  least mean regret: {}\n", named(&|row| row.least.is_least_mean)));
    let open =
        rows.iter().filter(|row| row.least.may_be_least_mean && !row.least.is_least_mean).count();
    if open > 0 {
        text.push_str(&format!(
            "  so many draws cannot tell the mean of {open} more from it (marked ~)\n"
        ));
    }
    text.push_str(&format!("  least maximum regret: {}\n", named(&|row| row.least.is_minimax)));
    if regrets.assumptions.len() > 1 {
        text.push_str(&format!(
            "  of each figure the worst of {} assumptions: {}\n",
            regrets.assumptions.len(),
            regrets.assumptions.join(", ")
        ));
    }
    if regrets.without_value > 0 {
        text.push_str(&format!(
            "  {} draws in which the measure has no value for some alternative are left out\n",
            regrets.without_value
        ));
    }
    text.push_str(&format!(
        "  {} draws under each assumption, the same for all, seed {}; ± is what their number leaves open (95 %); more draws find a greater most\n",
        super::grouped(Some(question.draws as f64)),
        question.seed,
    ));
    text
}

/// Names one after the other, and that they are equal.
fn said(names: &[String]) -> String {
    match names {
        [] => "none has a value".to_owned(),
        [one] => one.clone(),
        several if several.len() > 6 => {
            format!("{} and {} more, all equal", several[..5].join("; "), several.len() - 5)
        }
        several => format!("{}, all equal", several.join("; ")),
    }
}

fn marks(row: &Regret) -> String {
    let marks = [
        (row.least.is_least_mean, "least mean"),
        (row.least.may_be_least_mean && !row.least.is_least_mean, "~"),
        (row.least.is_minimax, "minimax"),
    ];
    let marks: Vec<&str> = marks.iter().filter(|(is, _)| *is).map(|(_, mark)| *mark).collect();
    marks.join(", ")
}

fn name(question: &Question, row: &Regret) -> String {
    let levers: Vec<String> = question.levers.iter().map(|span| span.lever.clone()).collect();
    called(&row.policy, &levers, &row.levers, row.is_today)
}

/// By mean, then by maximum.
fn in_order(regrets: &Regrets) -> Vec<&Regret> {
    let mut rows: Vec<&Regret> = regrets.rows.iter().collect();
    let key = |value: Option<f64>| value.unwrap_or(f64::INFINITY);
    rows.sort_by(|a, b| {
        let mean = key(a.worst.mean.estimate).total_cmp(&key(b.worst.mean.estimate));
        mean.then(key(a.worst.maximum).total_cmp(&key(b.worst.maximum)))
            .then(a.number.cmp(&b.number))
    });
    rows
}

/// Bars of the mean, with the 90th percentile and the most.
pub fn picture(
    question: &Question,
    currency: &str,
    regrets: &Regrets,
    language: Language,
) -> String {
    let say = |message: Message| message.in_language(language);
    let levers: Vec<String> = question.levers.iter().map(|span| span.lever.clone()).collect();
    let name =
        |row: &Regret| called_in(language, &row.policy, (&levers, &row.levers), row.is_today);
    let (unit, scale) = question.aim.chart_unit(currency);
    let scaled = |value: Option<f64>| value.map_or(f64::NAN, |value| value * scale);
    let rows = in_order(regrets);
    let best: Vec<String> =
        rows.iter().filter(|row| row.least.is_least_mean).map(|row| name(row)).collect();
    let title = match best.as_slice() {
        [one] => Message::new("picture-regret-one").name("best", &in_title(one)),
        _ => Message::new("picture-regret-several"),
    };
    let better = if question.aim.more {
        Message::new("chart-more-is-better")
    } else {
        Message::new("chart-less-is-better")
    };
    let subtitle = match regrets.assumptions.len() {
        0 | 1 => Message::new("picture-regret-subtitle"),
        count => Message::new("picture-regret-subtitle-worst").count("count", count as f64),
    };
    let subtitle = subtitle.name("measure", &question.aim.measure).words("better", better);
    let chart = Picture {
        heading: Heading {
            title: say(title),
            subtitle: say(subtitle),
            caption: Caption {
                draws: Some(question.draws),
                source: say(Message::new("picture-source").name("scenario", &question.scenario)),
                ..Caption::default()
            },
        },
        unit,
        rows: rows
            .iter()
            .map(|row| Regretted {
                name: name(row),
                mean: scaled(row.worst.mean.estimate),
                p90: scaled(row.worst.p90),
                maximum: scaled(row.worst.maximum),
                is_best: row.least.is_least_mean,
            })
            .collect(),
    };
    chart.draw(language).svg
}
